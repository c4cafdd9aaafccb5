//! Every word that is asked for exists in every language, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// Each message's key with the names of its arguments.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(language: &str) -> Messages {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{language}.ftl"));
    let source = fs::read_to_string(file).unwrap();
    let resource = fluent_syntax::parser::parse(source.as_str()).unwrap();
    let mut messages = Messages::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut arguments = BTreeSet::new();
            gather(&message.value.unwrap(), &mut arguments);
            let key = message.id.name.to_owned();
            assert!(messages.insert(key, arguments).is_none(), "{} twice", message.id.name);
        }
    }
    messages
}

fn gather(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let (Expression::Inline(inline) | Expression::Select { selector: inline, .. }) = expression;
        if let InlineExpression::VariableReference { id } = inline {
            into.insert(id.name.to_owned());
        }
        if let Expression::Select { variants, .. } = expression {
            for variant in variants {
                gather(&variant.value, into);
            }
        }
    }
}

/// The product's code, tests left out.
fn code() -> String {
    fn gather(folder: &Path, code: &mut String) {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                gather(&path, code);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                code.push_str(text.split("#[cfg(test)]\nmod tests {").next().unwrap());
            }
        }
    }
    let mut code = String::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    code
}

/// The texts in quotes that stand in the code right after one of `starts`.
fn quoted_after(code: &str, starts: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for start in starts {
        for piece in code.split(start).skip(1) {
            if let Some(text) = piece.trim_start().strip_prefix('"') {
                found.insert(text.split('"').next().unwrap().to_owned());
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_words_with_the_same_arguments() {
    let (english, chinese) = (messages("en"), messages("zh"));
    assert!(english.len() > 50);
    assert_eq!(english, chinese);
}

#[test]
fn every_word_that_is_asked_for_exists() {
    let have = messages("en");
    let asked = quoted_after(&code(), &["words.get(", "words.with("]);
    assert!(asked.len() > 20, "the code does not ask for words as this test thinks");
    let missing: Vec<_> = asked.iter().filter(|key| !have.contains_key(*key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_word_that_exists_is_asked_for() {
    let code = code();
    // Whatever stands between two quotes; and what a key begins with that `format!` makes whole.
    let quoted: BTreeSet<&str> = code.split('"').collect();
    let begun: BTreeSet<&str> =
        quoted.iter().filter_map(|text| text.split_once("-{")).map(|(start, _)| start).collect();
    let idle: Vec<_> = messages("en")
        .into_keys()
        .filter(|key| {
            // `format!("{key}-next")` and `format!("form-problem-{}", …)`
            let made = key.strip_suffix("-next").is_some_and(|k| quoted.contains(k))
                || key.rmatch_indices('-').any(|(at, _)| begun.contains(key.split_at(at).0));
            !quoted.contains(key.as_str()) && !made
        })
        .collect();
    assert!(idle.is_empty(), "{idle:#?}");
}

#[test]
fn both_languages_are_spoken() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let file = |language: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{language}.ftl"));
        fs::read_to_string(path).unwrap()
    };
    let chinese = file("zh").chars().filter(|c| han(*c)).count();
    assert!(chinese > 1000, "{chinese} Chinese characters");
    assert_eq!(file("en").chars().find(|c| han(*c)), None);
}
