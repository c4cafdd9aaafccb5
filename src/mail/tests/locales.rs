//! Every message that is asked for exists in both languages, with the same arguments.

use std::collections::BTreeMap;
use std::path::Path;

use fluent_syntax::ast;
use fluent_syntax::parser::parse;

use super::*;

type Arguments = BTreeMap<String, BTreeSet<String>>;

fn messages(source: &str) -> Arguments {
    let resource = parse(source).unwrap();
    let mut messages = Arguments::new();
    for entry in resource.body {
        if let ast::Entry::Message(message) = entry {
            let mut arguments = BTreeSet::new();
            gather(&message.value.unwrap(), &mut arguments);
            assert!(messages.insert(message.id.name.to_owned(), arguments).is_none());
        }
    }
    messages
}

fn gather(pattern: &ast::Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            let (ast::Expression::Inline(inline)
            | ast::Expression::Select { selector: inline, .. }) = expression;
            if let ast::InlineExpression::VariableReference { id } = inline {
                into.insert(id.name.to_owned());
            }
            if let ast::Expression::Select { variants, .. } = expression {
                for variant in variants {
                    gather(&variant.value, into);
                }
            }
        }
    }
}

/// The keys that begin with `mail-` in the product's source, tests left out.
fn keys_used() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mail");
    let mut keys = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|e| e != "rs") || path.ends_with("tests.rs") {
            continue;
        }
        let source = std::fs::read_to_string(path).unwrap();
        for piece in source.split("\"mail-").skip(1) {
            keys.insert(format!("mail-{}", piece.split('"').next().unwrap()));
        }
    }
    keys
}

#[test]
fn both_languages_have_every_message_with_the_same_arguments() {
    let english = messages(include_str!("../../../locales/en.ftl"));
    let chinese = messages(include_str!("../../../locales/zh.ftl"));
    assert_eq!(english, chinese);

    let have: BTreeSet<_> =
        english.keys().filter(|key| key.starts_with("mail-")).cloned().collect();
    let used = keys_used();
    assert!(used.len() > 30);
    assert_eq!(have, used, "every message is used, and every one that is used exists");
}

#[test]
fn the_chinese_mails_speak_chinese() {
    for (name, content) in samples(Words::of("zh")) {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(content.subject.contains(han), "{name}");
        for block in &content.paragraphs {
            if let Block::Paragraph(text) | Block::Small(text) = block {
                // Quoted from the questionnaire, or the organizer's own.
                let ours = !text.contains("Example Street") && !text.starts_with('•');
                assert!(!ours || text.contains(han), "{name}: {text}");
            }
        }
    }
}
