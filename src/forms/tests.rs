use std::io::Cursor;

use rust_xlsxwriter::Workbook;

use super::*;
use crate::domain::kind::Kind;

fn brought(name: &str) -> Brought {
    let file = format!("{}/tests/data/forms/{name}", env!("CARGO_MANIFEST_DIR"));
    read(Some(name), &std::fs::read(file).unwrap()).unwrap()
}

/// Each question as its kind, its words and what it hangs on.
fn outline(of: &Document) -> Vec<String> {
    let one = |question: &crate::domain::document::DocumentQuestion| {
        let wording = &question.wording;
        let lines: Vec<&str> = wording.kind.lines().iter().map(|line| line.text.as_str()).collect();
        let lines =
            if lines.is_empty() { String::new() } else { format!(" ({})", lines.join("/")) };
        let hangs = wording
            .shown_if
            .as_ref()
            .map(|condition| format!(" if {}={}", condition.question, condition.any_of.join("|")));
        format!("{} {}{lines}{}", wording.kind.word(), wording.prompt, hangs.unwrap_or_default())
    };
    of.questions.iter().map(one).collect()
}

fn notes(of: &Brought) -> String {
    let line = |note: &Note| format!("{}: {}", note.about, note.what);
    of.notes.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_form_of_survey_js_is_read_with_its_languages_and_conditions() {
    let brought = brought("survey.json");
    assert_eq!(brought.source, Source::SurveyJs);
    let document = &brought.document;
    assert_eq!(document.title, "After the talk");
    assert_eq!(document.introduction, "Ten minutes, no right answers.");
    assert_eq!(document.options.translations["zh"].title, "讲座之后");
    assert_eq!(
        outline(document),
        [
            "single Did you come? (Yes/No/By video)",
            "scale How did you like it? if q1=yes|online|other",
            "open Why so low? if q2=1|2|3|4",
            "single Would you come again? (Yes/No)",
            "multiple Which days? (Mon/Tue/Wed/None) if q4=true",
            "statements What do you think? (It was slow./It was deep.) if q4=true",
            "single How was — food (Good/Bad) if q4=true",
            "single How was — room (Good/Bad) if q4=true",
            "ranking Which first? (a/b/c) if q4=true",
            "number How old are you? if q4=true",
            "open Your address if q4=true",
            "open And? if q4=true",
        ]
    );
    let first = &document.questions[0].wording;
    assert!(first.required && matches!(&first.kind, Kind::Single(kind) if kind.other));
    assert_eq!(first.translations["zh"].lines["yes"], "来了");
    let said = notes(&brought);
    for what in [
        "liked: Its points are counted from 1 here; there they went from 0 to 10.",
        "mail: A field for “email” became a short text.",
        "photo: A question of the kind “file” cannot be asked here",
        "sign: A question of the kind “signaturepad”",
        "both: Its condition “{came} = 'yes' and {age} > 30” cannot be said here",
        "parts: A table of rows and columns: each row became a question of its own.",
        "ad: A text, picture or sum between the questions was left out.",
        "completedHtml: This was left out.",
    ] {
        assert!(said.contains(what), "{what}\n{said}");
    }
}

#[test]
fn what_survey_js_can_say_comes_back_as_it_was() {
    let document = Document::read(serde_json::json!({
        "colloquy": 1, "title": "What next?", "introduction": "Thank you.\n\nReally.", "language": "en",
        "options": { "translations": { "zh": { "title": "接下来？", "introduction": "谢谢。" } } },
        "questions": [
            { "key": "q1", "kind": "single", "prompt": "Which?", "help": "One.", "required": true, "other": true,
              "options": [{ "key": "o1", "text": "A" }, { "key": "o2", "text": "B" }],
              "translations": { "zh": { "prompt": "哪个？", "help": "一个。", "lines": { "o1": "甲" } } } },
            { "key": "q2", "kind": "open", "prompt": "Why?", "long": true, "shown_if": { "question": "q1", "any_of": ["o1", "other"] } },
            { "key": "q3", "kind": "multiple", "prompt": "What?", "options": [{ "key": "o1", "text": "A" }] },
            { "key": "q4", "kind": "open", "prompt": "Short?", "shown_if": { "question": "q3", "any_of": ["o1"] } },
            { "key": "q5", "kind": "scale", "prompt": "Sure?", "points": 7, "low": "No", "high": "Yes",
              "translations": { "zh": { "prompt": "确定吗？", "lines": { "low": "不", "high": "是" } } } },
            { "key": "q6", "kind": "statements", "prompt": "Agree?", "statements": [{ "key": "s1", "text": "It is." }, { "key": "s2", "text": "It is not." }] },
            { "key": "q7", "kind": "ranking", "prompt": "Order?", "options": [{ "key": "o1", "text": "A" }, { "key": "o2", "text": "B" }], "shown_if": { "question": "q5", "any_of": ["6", "7"] } },
            { "key": "q8", "kind": "number", "prompt": "How many?", "least": "0", "most": "12.5", "whole": true },
            { "key": "q9", "kind": "open", "prompt": "So?", "shown_if": { "question": "q8" } },
        ]
    }))
    .unwrap();
    let (json, lost) = to_survey_js(&document);
    assert_eq!(lost, []);
    let again = read(None, json.to_string().as_bytes()).unwrap();
    assert_eq!(notes(&again), "");
    let mut paragraphs = document.clone();
    // SurveyJS has one line there.
    paragraphs.introduction = "Thank you. Really.".to_owned();
    assert_eq!(again.document, paragraphs);
    // And what it cannot say is said.
    let times = Document::read(serde_json::json!({
        "colloquy": 1, "title": "T", "questions": [
            { "kind": "contact", "prompt": "Who?", "consents": ["join"] },
            { "kind": "allocation", "prompt": "Bets?", "options": ["A", "B"] },
            { "kind": "scale", "prompt": "Sure?", "points": 5, "cannot_say": true } ]
    }))
    .unwrap();
    let (json, lost) = to_survey_js(&times);
    assert_eq!(lost.len(), 3);
    assert_eq!(json["pages"][0]["elements"].as_array().unwrap().len(), 1);
}

#[test]
fn a_survey_of_lime_survey_is_read_in_both_its_languages() {
    let brought = brought("lime.txt");
    assert_eq!(brought.source, Source::LimeSurvey);
    let document = &brought.document;
    assert_eq!(document.title, "Neighbourhood");
    assert_eq!(document.introduction, "Welcome, neighbour & friend.");
    assert_eq!(document.options.translations["zh"].title, "邻里");
    assert_eq!(
        outline(document),
        [
            "single Do you live here? (Yes/No)",
            "number For how many years? if q1=Y",
            "multiple What do you use? (Park/Library)",
            "scale How are these? — The streets",
            "scale How are these? — The air",
            "allocation Share 100 points (Park/Library)",
            "statements Do you agree? (It is loud./It is green.)",
            "open Why the library? if q3=lib",
            "ranking Order them (Park/Library)",
            "open Anything else?",
        ]
    );
    assert_eq!(document.questions[2].wording.translations["zh"].lines["park"], "公园");
    assert_eq!(document.questions[3].wording.translations["zh"].prompt, "这些怎么样？ — 街道");
    let Kind::Number(number) = &document.questions[1].wording.kind else { panic!() };
    assert_eq!((number.whole, number.most.unwrap().to_string().as_str()), (true, "120"));
    let said = notes(&brought);
    assert!(said.contains("file: A question of the type “|” cannot be asked here"), "{said}");
    assert!(said.contains("more: Its condition “years.NAOK > 3” cannot be said here"), "{said}");
}

#[test]
fn jumps_of_typeform_become_conditions() {
    let brought = brought("typeform.json");
    assert_eq!(brought.source, Source::Typeform);
    assert_eq!(brought.document.introduction, "Hello\n\nFive minutes.");
    assert_eq!(
        outline(&brought.document),
        [
            "single Are you subscribed? (Yes/No)",
            "number Since which year? if q1=true",
            "open Why *not*? if q1=false",
            "scale How likely?",
            "multiple Which topics? (Work/School)",
            "open Your e-mail",
            "ranking Which first? (Red/Blue)",
        ]
    );
    let said = notes(&brought);
    assert!(
        said.contains("A file: A question of the kind “file upload” cannot be asked here"),
        "{said}"
    );
    assert!(said.contains("Some of its logic cannot be said here"), "{said}");
}

#[test]
fn answers_of_a_google_form_tell_how_it_was_asked() {
    let brought = brought("google.csv");
    assert_eq!(brought.source, Source::GoogleForms);
    assert_eq!(
        outline(&brought.document),
        [
            "single Which surface matters most? (Canvas/Chat)",
            "scale How sure are you?",
            "multiple What do you use? (Desk/Phone/Watch)",
            "statements What do you think of these? (Chat stays./Forms go.)",
            "number How many years?",
            "open Why?",
        ]
    );
    assert!(notes(&brought).contains("Email Address: The column of addresses was left out"));
    assert_eq!(brought.answers.len(), 5);
    let first = &brought.answers[0];
    assert_eq!(first.at.unwrap().to_rfc3339(), "2026-11-20T08:06:06+00:00");
    let said = |row: usize| serde_json::to_value(&brought.answers[row].answers).unwrap();
    assert_eq!(
        said(0),
        serde_json::json!({
            "q1": { "single": { "options": ["Chat"] } }, "q2": { "scale": 4 },
            "q3": { "multiple": { "options": ["Desk", "Phone"] } },
            "q4": { "statements": { "s5": "agree", "s6": "disagree" } },
            "q5": { "number": "12" },
            "q6": { "open": "Because it is the first thing that people know, and the last that they will give up." },
        })
    );
    assert_eq!(said(3)["q6"]["open"], "=SUM(A1)");
    assert_eq!(said(3)["q4"]["statements"]["s5"], "pass");
    assert_eq!(brought.answers[4].at.unwrap().to_rfc3339(), "2026-11-21T23:15:00+00:00");
}

/// A workbook of these sheets, each its rows.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn an_xls_form_is_read_with_groups_choices_and_languages() {
    let bytes = workbook(&[
        (
            "survey",
            &[
                &[
                    "type",
                    "name",
                    "label::English (en)",
                    "label::Chinese (zh)",
                    "hint",
                    "required",
                    "relevant",
                    "constraint",
                    "parameters",
                ],
                &["start", "start"],
                &["note", "hello", "Welcome"],
                &["select_one yn", "home", "Do you live here?", "您住在这里吗？", "Now", "yes"],
                &["begin group", "g", "About it", "", "", "", "${home} = 'yes'"],
                &["integer", "years", "How many years?", "", "", "", "", ". >= 0 and . <= 120"],
                &["select_multiple uses or_other", "uses", "What do you use?"],
                &["end group"],
                &["text", "why", "Why?", "", "", "", "selected(${uses}, 'lib')"],
                &["range", "sure", "How sure?", "", "", "", "", "", "start=1 end=7 step=1"],
                &["rank uses", "order", "Which first?"],
                &["geopoint", "where", "Where?"],
                &["text", "late", "Old?", "", "", "", "${years} > 3"],
            ],
        ),
        (
            "choices",
            &[
                &["list_name", "name", "label::English (en)", "label::Chinese (zh)"],
                &["yn", "yes", "Yes", "是"],
                &["yn", "no", "No", "否"],
                &["uses", "park", "Park"],
                &["uses", "lib", "Library"],
            ],
        ),
        ("settings", &[&["form_title", "default_language"], &["Neighbours", "English (en)"]]),
    ]);
    let brought = read(Some("neighbours.xlsx"), &bytes).unwrap();
    assert_eq!((brought.source, brought.document.title.as_str()), (Source::XlsForm, "Neighbours"));
    assert_eq!(
        outline(&brought.document),
        [
            "single Do you live here? (Yes/No)",
            "number How many years? if q1=yes",
            "multiple What do you use? (Park/Library) if q1=yes",
            "open Why? if q3=lib",
            "scale How sure?",
            "ranking Which first? (Park/Library)",
            "open Old?",
        ]
    );
    let first = &brought.document.questions[0].wording;
    assert_eq!((first.help.as_str(), first.required), ("Now", true));
    assert_eq!(first.translations["zh"].lines["no"], "否");
    let Kind::Scale(scale) = &brought.document.questions[4].wording.kind else { panic!() };
    assert_eq!(scale.points, 7);
    let said = notes(&brought);
    for what in [
        "where: A question of the type “geopoint”",
        "late: Its condition",
        "hello: A text between",
        "What it noted by itself",
    ] {
        assert!(said.contains(what), "{what}\n{said}");
    }
    assert!(calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).is_ok());
}

#[test]
fn what_is_no_form_is_said_to_be_none_and_nothing_panics() {
    let no = |bytes: &[u8]| read(None, bytes).unwrap_err();
    assert_eq!(no(b""), Unreadable::Unknown);
    assert_eq!(no(b"hello"), Unreadable::Unknown);
    assert_eq!(no(b"a,b\n1,2\n"), Unreadable::Unknown);
    assert!(matches!(no(b"{\"pages\": ["), Unreadable::Broken("JSON", _)));
    assert_eq!(no(b"{\"pages\": []}"), Unreadable::Nothing);
    assert!(matches!(no(b"PK\x03\x04 nothing"), Unreadable::Broken("XLSX", _)));
    assert!(matches!(no(b"{\"colloquy\": 1}"), Unreadable::Faults(_)));
    // Each sample, cut off anywhere and with odd bytes in it.
    for name in ["survey.json", "lime.txt", "typeform.json", "google.csv"] {
        let file = format!("{}/tests/data/forms/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(file).unwrap();
        for cut in (0..bytes.len()).step_by(97) {
            drop(read(None, &bytes[..cut]));
            let mut odd = bytes.clone();
            odd[cut] = 0xff;
            drop(read(None, &odd));
            odd[cut] = b'"';
            drop(read(None, &odd));
        }
    }
}
