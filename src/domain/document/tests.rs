use serde_json::json;

use super::*;
use crate::domain::kind::Kind;

fn faults(value: Value) -> Vec<String> {
    let faults = Document::read(value).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_short_document_is_read_and_written_out() {
    let document = Document::read(json!({
        "colloquy": 1,
        "title": " What \n next? ",
        "questions": [
            { "kind": "single", "key": "first", "prompt": "Which?", "options": ["Work", { "text": "School" }] },
            { "kind": "open", "prompt": "Why?", "shown_if": { "question": "first" } },
            { "kind": "number", "prompt": "When?", "least": 2026, "most": "2100.5" },
            { "kind": "scale", "prompt": "How sure?", "points": 5 },
            { "kind": "availability", "prompt": "When could you come?",
              "slots": [{ "start": "2026-12-03T19:00:00+01:00", "minutes": 90 }] },
        ]
    }))
    .unwrap();
    assert_eq!(document.title, "What next?");
    assert_eq!(document.questions[0].wording.kind.lines()[1].text, "School");
    let Kind::Number(number) = &document.questions[2].wording.kind else { panic!() };
    assert_eq!(number.most.unwrap().to_string(), "2100.5");
    let Kind::Availability(times) = &document.questions[4].wording.kind else { panic!() };
    assert_eq!(times.slots[0].key, "t202612031800");
    assert_eq!(times.zone, "UTC");
    let written = serde_json::to_string(&document).unwrap();
    assert_eq!(Document::parse(&written).unwrap(), document);
    assert_eq!(serde_json::from_str::<Document>(&written).unwrap().print(), document.print());
}

#[test]
fn what_is_not_known_or_cannot_be_kept_is_named_with_its_place() {
    let question = |more: Value| {
        let mut question = json!({ "kind": "single", "prompt": "Which?", "options": ["A", "B"] });
        let all = question.as_object_mut().unwrap();
        all.extend(more.as_object().unwrap().clone());
        let document = json!({ "colloquy": 1, "title": "T", "questions": [question] });
        faults(document).join("\n")
    };
    for (more, place) in [
        (json!({ "requird": true }), "/questions/0/requird"),
        (
            json!({ "kind": "singel" }),
            "/questions/0: This cannot be read: unknown variant `singel`",
        ),
        (json!({ "most": 3 }), "/questions/0/most"),
        (json!({ "options": [{ "text": "A", "key": "a b" }] }), "/questions/0/options/0/key"),
        (json!({ "options": [{ "text": "A", "key": "other" }] }), "/questions/0/options/0/key"),
        (json!({ "options": ["A", " "] }), "/questions/0/options/1/text"),
        (json!({ "options": [{ "text": "A", "colour": "red" }] }), "/questions/0/options/0/colour"),
        (json!({ "shown_if": { "question": "q1" } }), "/questions/0/shown_if/question"),
        (json!({ "translations": { "../x": {} } }), "/questions/0/translations/../x"),
        (json!({ "key": "q 1" }), "/questions/0/key"),
        (json!({ "prompt": "x".repeat(2001) }), "/questions/0/prompt"),
    ] {
        let said = question(more.clone());
        assert!(said.starts_with(place) && !said.contains('\n'), "{more}: {said}");
    }
    assert_eq!(faults(json!([])), ["A questionnaire is a JSON object."]);
    assert!(faults(json!({ "title": "T" }))[0].contains("“colloquy”: 1"));
    assert!(faults(json!({ "colloquy": 2, "title": "T" }))[0].starts_with("/colloquy"));
    let named = json!({ "colloquy": 1, "title": "T", "surprise": 1,
        "options": { "embed": ["https://a.example/path"], "hidden": ["a"], "colour": "red" } });
    assert_eq!(faults(named).len(), 2);
    assert!(Document::parse("{").unwrap_err()[0].what.starts_with("This is not JSON"));
}

#[test]
fn names_of_ones_own_become_keys_that_can_be_kept_and_conditions_follow() {
    let mut document = Document::read(json!({
        "colloquy": 1, "title": "T", "questions": [
            { "key": "age", "kind": "number", "prompt": "How old?" },
            { "key": "q7", "kind": "open", "prompt": "Seven" },
            { "kind": "open", "prompt": "Why?", "shown_if": { "question": "age" } },
        ]
    }))
    .unwrap();
    document.name_questions(["q9"]);
    let keys: Vec<_> = document.questions.iter().map(|q| q.key.clone().unwrap()).collect();
    assert_eq!(keys, ["q10", "q7", "q11"]);
    assert_eq!(document.questions[2].wording.shown_if.as_ref().unwrap().question, "q10");
}

#[test]
fn a_document_without_keys_finds_its_questions_again() {
    let written = json!({
        "colloquy": 1, "title": "T", "questions": [
            { "key": "first", "kind": "single", "prompt": "Which?", "options": ["A", "B"] },
            { "kind": "open", "prompt": "Why?", "shown_if": { "question": "first" } },
        ]
    });
    let mut kept = Document::read(written.clone()).unwrap();
    kept.name_questions([]);
    for question in &mut kept.questions {
        question.wording.kind.name_lines([]);
    }
    let mut again = Document::read(written).unwrap();
    let present: Vec<_> =
        kept.questions.iter().map(|q| (q.key.as_deref().unwrap(), &q.wording)).collect();
    again.align(&present);
    assert_eq!(again, kept);
}
