//! The words: the same keys in every language, with the same arguments, and none that is used
//! but missing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

fn arguments(pattern: &Pattern<String>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_arguments(expression, found);
        }
    }
}

fn expression_arguments(expression: &Expression<String>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => inline_arguments(inline, found),
        Expression::Select { selector, variants } => {
            inline_arguments(selector, found);
            for variant in variants {
                arguments(&variant.value, found);
            }
        }
    }
}

fn inline_arguments(inline: &InlineExpression<String>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.clone());
        }
        InlineExpression::Placeable { expression } => expression_arguments(expression, found),
        _ => {}
    }
}

fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let file = format!("{}/locales/{language}.ftl", env!("CARGO_MANIFEST_DIR"));
    let parsed = parser::parse(std::fs::read_to_string(file).unwrap()).unwrap();
    let mut messages = BTreeMap::new();
    for entry in parsed.body {
        if let Entry::Message(message) = entry {
            let mut found = BTreeSet::new();
            arguments(&message.value.unwrap(), &mut found);
            let before = messages.insert(message.id.name.clone(), found);
            assert!(before.is_none(), "{language}: {} stands there twice", message.id.name);
        }
    }
    messages
}

#[test]
fn every_language_says_the_same_with_the_same_arguments() {
    let (english, chinese) = (messages("en"), messages("zh"));
    let keys = |of: &BTreeMap<String, _>| of.keys().cloned().collect::<BTreeSet<_>>();
    let apart: Vec<String> =
        keys(&english).symmetric_difference(&keys(&chinese)).cloned().collect();
    assert!(apart.is_empty(), "only in one language: {apart:?}");
    for (key, arguments) in &english {
        assert!(chinese[key].is_subset(arguments), "{key}: {:?} of {arguments:?}", chinese[key]);
    }
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_key_that_is_used_exists() {
    let english = messages("en");
    let mut files = vec![];
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut files);
    let mut used = 0;
    for file in files {
        for call in
            ["words.get(\"", "words.with(\"", ".with(\n            \"", ".with(\n        \""]
        {
            for after in file.split(call).skip(1) {
                let key = after.split('"').next().unwrap();
                if !key.contains('{') {
                    assert!(english.contains_key(key), "{key} is used and not written");
                    used += 1;
                }
            }
        }
    }
    assert!(used > 50, "the search finds {used} uses");
}
