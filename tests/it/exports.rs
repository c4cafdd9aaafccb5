//! What was answered, as files: read by other programs than ours, and compared with what was
//! typed.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read as _};

use chrono::TimeDelta;
use colloquy::acts::choose_mode::choose_mode;
use colloquy::acts::choose_options::{Chosen, choose_options};
use colloquy::domain::kind::{Kind, Number, Single};
use colloquy::domain::question::Line;
use colloquy::domain::status::Mode;
use colloquy::domain::{Answer, Wording};
use colloquy::export::Export;
use colloquy::jobs::mix::mix_due;
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::responses;
use reqwest::multipart;

use crate::support::{TestApp, Visitor, every_kind, open, statements};

fn form_of(of: &Questionnaire) -> String {
    format!("/q/{}", of.slug)
}

fn file_of(of: &Questionnaire, name: &str) -> String {
    format!("/desk/q/{}/exports/{name}", of.slug)
}

/// Answers as a reader does; the path of the receipt.
async fn answer(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> String {
    let mut form = app.stranger().page(path).await.form("form#answers");
    app.service.clock.advance(TimeDelta::minutes(1));
    for (name, value) in fields {
        form.set(name, value);
    }
    let sent = app.stranger().submit(&form).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    sent.location()
}

const FILLED: [(&str, &str); 20] = [
    ("a.q1", "Agents that talk, \"quoted\",\nand more."),
    ("a.q2", "o1"),
    ("a.q3", "o3"),
    ("a.q3.other", "=Glass"),
    ("a.q4", "cannot_say"),
    ("a.q5.s1", "agree"),
    ("a.q5.s2", "pass"),
    ("a.q5.own", "Voice stays."),
    ("a.q6.o3", "1"),
    ("a.q6.o1", "2"),
    ("a.q7.o1", "30"),
    ("a.q7.other", "20"),
    ("a.q7.other.text", "Glass"),
    ("a.q8", "1234.5"),
    ("a.q9", "Because it is quick."),
    ("a.q10", "它很快。"),
    ("a.q11.t202612031800", "if_need_be"),
    ("a.q12.name", "Ada"),
    ("a.q12.address", "ada@example.org"),
    ("a.q12.quote", "yes"),
];

async fn bytes(app: &Visitor, path: &str) -> Vec<u8> {
    let response = app.client.get(app.url(path)).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200, "{path}");
    response.bytes().await.unwrap().to_vec()
}

/// A table: its heads, and its lines by the keys of the heads.
fn table(text: &str) -> (Vec<String>, Vec<HashMap<String, String>>) {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let keys = heads.iter().map(|head| head.split(": ").next().unwrap().to_owned());
    let keys: Vec<String> = keys.collect();
    let lines = reader.into_records().map(|line| {
        let line = line.unwrap();
        assert_eq!(line.len(), keys.len());
        keys.iter().cloned().zip(line.iter().map(str::to_owned)).collect()
    });
    let lines = lines.collect();
    (heads, lines)
}

async fn wide(app: &TestApp, of: &Questionnaire) -> (Vec<String>, Vec<HashMap<String, String>>) {
    table(&app.page(&file_of(of, "responses.csv")).await.text)
}

#[tokio::test]
async fn every_kind_has_its_columns_and_its_lines() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    answer(&app, &form_of(&of), &FILLED).await;
    answer(&app, &form_of(&of), &[("a.q1", "Only this"), ("a.q4", "4")]).await;

    let page = app.page(&file_of(&of, "responses.csv")).await;
    assert_eq!(page.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("content-length"), page.text.len().to_string());
    let (heads, lines) = table(&page.text);
    assert_eq!(heads[..6], ["response", "answered", "language", "via", "example", "revision"]);
    assert_eq!(heads[6], "q1: What comes next?");
    assert!(heads.contains(&"q3.o2: What do you use? – Desk".to_owned()), "{heads:?}");
    assert!(heads.contains(&"q5.s1: What do you think of these? – Chat stays.".to_owned()));
    assert_eq!(lines.len(), 2);
    for (key, value) in [
        ("answered", "2026-11-23T12:01:00Z"),
        ("language", "en"),
        ("via", "public"),
        ("example", "0"),
        ("revision", "1"),
        ("q1", "Agents that talk, \"quoted\",\nand more."),
        ("q2", "Chat"),
        ("q2.other", ""),
        ("q3.o1", "0"),
        ("q3.o2", "0"),
        ("q3.o3", "1"),
        ("q3.other", "'=Glass"),
        ("q4", "cannot_say"),
        ("q5.s1", "agree"),
        ("q5.s2", "pass"),
        ("q5.own", "Voice stays."),
        ("q6.o1", "2"),
        ("q6.o2", ""),
        ("q6.o3", "1"),
        ("q7.o1", "30"),
        ("q7.o2", "0"),
        ("q7.other", "20"),
        ("q7.other.text", "Glass"),
        ("q8", "1234.5"),
        ("q9", "Because it is quick."),
        ("q10", "它很快。"),
        ("q11.t202612031800", "if_need_be"),
        ("q11.t202612041800", ""),
        ("q12.name", "Ada"),
        ("q12.address", "ada@example.org"),
        ("q12.quote", "1"),
        ("q12.join", "0"),
    ] {
        assert_eq!(lines[0].get(key).map(String::as_str), Some(value), "{key}");
    }
    // Nothing said is nothing, not "no".
    let said: BTreeMap<_, _> =
        lines[1].iter().filter(|(key, value)| key.starts_with('q') && !value.is_empty()).collect();
    let said: Vec<_> = said.into_iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(said, [("q1", "Only this"), ("q4", "4")]);
}

#[tokio::test]
async fn numbers_below_nothing_are_numbers_and_no_formulas() {
    let app = TestApp::signed_in().await;
    let degrees = Wording::new("How cold is it?", Kind::Number(Number::default()));
    let of = app.published(&[degrees]).await;
    answer(&app, &form_of(&of), &[("a.q1", "-12.5")]).await;
    assert_eq!(wide(&app, &of).await.1[0]["q1"], "-12.5");
    let book = Book::open(&bytes(&app, &file_of(&of, "results.xlsx")).await);
    assert_eq!(book.numbers("Responses", "G"), [-12.5]);
}

#[tokio::test]
async fn steps_of_numbers_in_the_workbook_are_cut_between_decimals() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[Wording::new("Hours?", Kind::Number(Number::default()))]).await;
    for hours in ["0.1", "0.3", "0.6"] {
        answer(&app, &form_of(&of), &[("a.q1", hours)]).await;
    }
    let book = Book::open(&bytes(&app, &file_of(&of, "results.xlsx")).await);
    assert_eq!(book.numbers("q1", "B"), [1.0, 1.0, 0.0, 1.0]);
    assert_eq!(book.numbers("q1", "C"), [0.0, 0.2, 0.4, 0.6]);
    assert_eq!(book.numbers("q1", "D"), [0.2, 0.4, 0.6, 0.8]);
    assert!(book.everything().contains(">0.6 to under 0.8<"));
}

#[tokio::test]
async fn everything_that_was_said_has_a_line_of_its_own() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    answer(&app, &form_of(&of), &FILLED).await;
    let id = responses::all(app.service.store.read(), of.id).await.unwrap()[0].response.id;
    let text = app.page(&file_of(&of, "answers.csv")).await.text;
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    assert_eq!(
        reader.headers().unwrap(),
        ["response", "question", "version", "item", "value"].as_slice()
    );
    let lines: Vec<Vec<String>> =
        reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect();
    assert!(lines.iter().all(|line| line[0] == id.to_string() && line[2] == "1"));
    let said: Vec<[&str; 3]> = lines.iter().map(|l| [&*l[1], &*l[3], &*l[4]]).collect();
    assert_eq!(
        said,
        [
            ["q1", "", "Agents that talk, \"quoted\",\nand more."],
            ["q2", "o1", "Chat"],
            ["q3", "o3", "Watch"],
            ["q3", "other", "'=Glass"],
            ["q4", "", "cannot_say"],
            ["q5", "s1", "agree"],
            ["q5", "s2", "pass"],
            ["q5", "own", "Voice stays."],
            ["q6", "o3", "1"],
            ["q6", "o1", "2"],
            ["q7", "o1", "30"],
            ["q7", "other", "20"],
            ["q7", "other.text", "Glass"],
            ["q8", "", "1234.5"],
            ["q9", "", "Because it is quick."],
            ["q10", "", "它很快。"],
            ["q11", "t202612031800", "if_need_be"],
            ["q12", "name", "Ada"],
            ["q12", "address", "ada@example.org"],
            ["q12", "quote", "1"],
        ]
    );
}

#[tokio::test]
async fn no_cell_and_no_head_is_a_formula_and_long_texts_are_whole() {
    let app = TestApp::signed_in().await;
    let options = Line::numbered("o", ["=HYPERLINK(\"x\")", "@sum"]);
    let of = app
        .published(&[
            open("=cmd|'/C calc'!A0"),
            Wording::new("Which?", Kind::Single(Single { options, other: true })),
        ])
        .await;
    let long = "长而又长\r\n".repeat(3_000) + "the end";
    let hostile = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "'=1",
        "＝1",
        "a,b",
        "\"",
        "two\nlines",
        "\u{feff}x",
        long.as_str(),
    ];
    for text in hostile {
        answer(&app, &form_of(&of), &[("a.q1", text), ("a.q2", "o1")]).await;
    }
    for name in ["responses.csv", "answers.csv"] {
        let text = app.page(&file_of(&of, name)).await.text;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let cells: Vec<String> = reader
            .records()
            .flat_map(|line| line.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        for cell in &cells {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell:?}");
        }
        for typed in hostile {
            let kept = typed.replace("\r\n", "\n");
            let guarded =
                cells.iter().find(|cell| colloquy::export::guard::unguarded(cell) == kept);
            assert!(guarded.is_some(), "{kept:.20} is not in {name}");
        }
        assert!(cells.contains(&"'=HYPERLINK(\"x\")".to_owned()));
        // Every line ends as RFC 4180 says; the ends inside of answers stay as they are kept.
        let ends = text.matches("\r\n").count();
        let lines = csv::ReaderBuilder::new().from_reader(text.as_bytes()).into_records().count();
        assert_eq!(ends, lines + 1);
    }
    let (heads, lines) = wide(&app, &of).await;
    assert_eq!(heads[6], "q1: =cmd|'/C calc'!A0", "a key stands before it");
    assert_eq!(lines.len(), hostile.len());
    // Excel takes no more than 32,767 characters; ours has 15,007.
    let book = Book::open(&bytes(&app, &file_of(&of, "results.xlsx")).await);
    assert!(book.texts("Responses").iter().any(|text| text.ends_with("the end")));
    assert!(book.texts("Responses").contains(&"=1+1".to_owned()), "a text, and no formula");
}

#[tokio::test]
async fn without_responses_there_are_heads_only() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    for name in
        ["responses.csv", "answers.csv", "comments.csv", "votes.csv", "participants-votes.csv"]
    {
        let text = app.page(&file_of(&of, name)).await.text;
        let lines = csv::ReaderBuilder::new().from_reader(text.as_bytes()).into_records().count();
        let expected = if name == "comments.csv" { 2 } else { 0 };
        assert_eq!(lines, expected, "{name}: {text}");
        assert!(text.ends_with("\r\n"), "{name}");
    }
    let all: serde_json::Value =
        serde_json::from_str(&app.page(&file_of(&of, "everything.json")).await.text).unwrap();
    assert_eq!(all["responses"].as_array().unwrap().len(), 0);
    let book = Book::open(&bytes(&app, &file_of(&of, "results.xlsx")).await);
    assert_eq!(book.rows("Responses"), 1);
}

#[tokio::test]
async fn columns_stay_when_questions_are_reworded_or_taken_off() {
    let app = TestApp::signed_in().await;
    let single = |prompt: &str, texts: &[&str]| {
        let options = Line::numbered("o", texts.iter().copied());
        Wording::new(prompt, Kind::Single(Single { options, other: false }))
    };
    let of = app.published(&[open("Why?"), single("Which?", &["Red", "Green"])]).await;
    answer(&app, &form_of(&of), &[("a.q1", "Because"), ("a.q2", "o2")]).await;
    let of = app.edit(of, &[single("Which now?", &["Red", "Emerald"])]).await;
    let (heads, lines) = wide(&app, &of).await;
    // The first question became another one, with a key of its own; both that were asked before keep
    // their columns.
    assert_eq!(heads[6..], ["q3: Which now?", "q1: Why?", "q2: Which?"]);
    assert_eq!(lines[0]["q1"], "Because");
    // Said to the words that were there.
    assert_eq!(lines[0]["q2"], "Green");
    let long = app.page(&file_of(&of, "answers.csv")).await.text;
    assert!(long.contains(",q2,1,o2,Green\r\n"), "{long}");
}

#[tokio::test]
async fn hidden_fields_have_columns() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let of = choose_options(
        &app.service,
        of,
        Chosen { hidden: vec!["issue".to_owned()], ..Chosen::default() },
    )
    .await
    .unwrap();
    answer(&app, &format!("{}?h.issue=%3D7", form_of(&of)), &[("a.q1", "Because")]).await;
    let (heads, lines) = wide(&app, &of).await;
    assert_eq!(heads[6], "h.issue");
    assert_eq!(lines[0]["h.issue"], "'=7");
}

#[tokio::test]
async fn strangers_and_other_organizers_get_nothing() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    answer(&app, &form_of(&of), &FILLED).await;
    let other = app.another_organizer("other@example.org").await;
    let files = Export::ALL.iter().map(|export| file_of(&of, export.name()));
    for path in files.chain([format!("/desk/q/{}/exports", of.slug)]) {
        assert_eq!(app.stranger().get(&path).await.status, 303, "{path}");
        assert_eq!(other.get(&path).await.status, 404, "{path}");
        assert_eq!(app.get(&path).await.status, 200, "{path}");
    }
    for name in ["passwords.csv", "..", "%2e%2e%2fcolloquy.db", "Responses.csv"] {
        assert_eq!(app.get(&file_of(&of, name)).await.status, 404, "{name}");
    }
}

#[tokio::test]
async fn confidential_files_have_names_only_where_their_owners_agreed_and_no_minutes() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    let of = choose_mode(&app.service, of, Mode::Confidential).await.unwrap().unwrap();
    for (name, consent) in [("Silent", "a.q12.quote"), ("Open", "a.q12.quote_named")] {
        let address = format!("{name}@example.org");
        answer(
            &app,
            &form_of(&of),
            &[
                ("a.q1", "Words"),
                ("a.q12.name", name),
                ("a.q12.address", &address),
                (consent, "yes"),
            ],
        )
        .await;
    }
    for export in Export::ALL {
        let text = match export {
            Export::Workbook => {
                Book::open(&bytes(&app, &file_of(&of, export.name())).await).everything()
            }
            Export::Polis => continue,
            _ => app.page(&file_of(&of, export.name())).await.text,
        };
        assert!(!text.contains("Silent"), "{}", export.name());
        assert!(!text.contains("@example.org"), "{}", export.name());
        assert!(!text.contains("12:01"), "{}", export.name());
    }
    let (_, lines) = wide(&app, &of).await;
    let mut names: Vec<&str> = lines.iter().map(|line| line["q12.name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["", "Open"]);
    assert!(lines.iter().all(|line| line["answered"] == "2026-11-23"));
}

#[tokio::test]
async fn anonymous_files_tell_days_and_no_order_of_arrival() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?"), statements(&["A", "B"])]).await;
    let of = choose_mode(&app.service, of, Mode::Anonymous).await.unwrap().unwrap();
    for number in 0..24 {
        let text = format!("Answer {number:02}");
        answer(&app, &form_of(&of), &[("a.q1", &text), ("a.q2.s1", "agree")]).await;
    }
    while mix_due(&app.service).await.unwrap() > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    let (_, lines) = wide(&app, &of).await;
    assert!(lines.len() >= 5, "{}", lines.len());
    let ids: Vec<&String> = lines.iter().map(|line| &line["response"]).collect();
    assert!(ids.is_sorted(), "the order is that of random ids");
    for line in &lines {
        assert_eq!((line["answered"].as_str(), line["via"].as_str()), ("2026-11-23", ""));
    }
    let said: Vec<&String> = lines.iter().map(|line| &line["q1"]).collect();
    assert!(!said.is_sorted(), "by chance once in 120 at least: {said:?}");
    let votes = app.page(&file_of(&of, "votes.csv")).await.text;
    assert!(votes.contains("Mon Nov 23 00:00:00 UTC 2026"), "{votes}");
    assert!(!app.page(&file_of(&of, "everything.json")).await.text.contains("\"via\""));
    let page = app.page(&format!("/desk/q/{}/exports", of.slug)).await;
    assert!(page.words().contains("stand in no order"), "{}", page.words());
    assert!(page.words().contains("to be mixed with others"), "{}", page.words());
}

#[tokio::test]
async fn responses_stand_in_the_order_in_which_they_came() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let expected: Vec<String> = (0..12).map(|number| format!("Answer {number:02}")).collect();
    for text in &expected {
        answer(&app, &form_of(&of), &[("a.q1", text)]).await;
    }
    let (_, lines) = wide(&app, &of).await;
    let said: Vec<&String> = lines.iter().map(|line| &line["q1"]).collect();
    assert_eq!(said, expected.iter().collect::<Vec<_>>());
    let text = app.page(&file_of(&of, "answers.csv")).await.text;
    let said = csv::Reader::from_reader(text.as_bytes()).into_records();
    let said: Vec<String> = said.map(|line| line.unwrap()[4].to_owned()).collect();
    assert_eq!(said, expected);
    let text = app.page(&file_of(&of, "everything.json")).await.text;
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    let said: Vec<String> = all["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|response| response["answers"][0]["answer"]["open"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(said, expected);
}

#[tokio::test]
async fn what_was_erased_is_in_no_file() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    let receipt = answer(&app, &form_of(&of), &FILLED).await;
    answer(&app, &form_of(&of), &[("a.q1", "It stays")]).await;
    // What was computed before must not bring it back.
    assert!(app.page(&file_of(&of, "everything.json")).await.text.contains("Agents that talk"));
    let mut erase = app.page(&format!("{receipt}/erase")).await.form("main form[method=post]");
    app.submit(erase.set("sure", "yes")).await;
    for export in Export::ALL {
        let text = match export {
            Export::Workbook => {
                Book::open(&bytes(&app, &file_of(&of, export.name())).await).everything()
            }
            Export::Polis => continue,
            _ => app.page(&file_of(&of, export.name())).await.text,
        };
        assert!(!text.contains("Agents that talk"), "{}", export.name());
        assert!(!text.contains("ada@example.org"), "{}", export.name());
        let (words, votes) = (text.contains("It stays"), export.name());
        assert!(words || matches!(export, Export::PolisFile(_)), "{votes}");
    }
}

#[tokio::test]
async fn a_changed_answer_is_there_in_its_last_state() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let receipt = answer(&app, &form_of(&of), &[("a.q1", "First")]).await;
    let mut change = app.page(&format!("{receipt}/change")).await.form("form#answers");
    assert_eq!(app.submit(change.set("a.q1", "Second")).await.status, 303);
    let (_, lines) = wide(&app, &of).await;
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0]["q1"].as_str(), lines[0]["revision"].as_str()), ("Second", "2"));
}

#[tokio::test]
async fn the_mark_and_the_examples_can_be_left_out() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let get = async |query: &str| {
        String::from_utf8(bytes(&app, &format!("{desk}/exports/responses.csv{query}")).await)
            .unwrap()
    };
    let plain = get("").await;
    assert!(plain.starts_with("response,"));
    assert_eq!(get("?bom=yes").await, format!("\u{feff}{plain}"));
    assert_eq!(get("").await, plain, "same answers, same bytes");
    let lines =
        |text: &str| csv::ReaderBuilder::new().from_reader(text.as_bytes()).into_records().count();
    assert_eq!((lines(&plain), lines(&get("?examples=no").await)), (60, 0));
    let page = app.page(&format!("{desk}/exports")).await;
    let offered = page.attributes("button[formaction]", "formaction");
    assert_eq!(offered.len(), Export::ALL.len());
    assert!(
        offered.iter().all(|path| path.starts_with(&format!("{desk}/exports/"))),
        "{offered:?}"
    );
    assert!(page.attributes("input[type=checkbox]", "name").contains(&"examples".to_owned()));
    for from in ["insight", "responses"] {
        let hrefs = app.page(&format!("{desk}/{from}")).await.attributes("a", "href");
        assert!(hrefs.contains(&format!("{desk}/exports")), "{from}");
    }
    // Every file twice, byte for byte.
    for export in Export::ALL {
        let path = format!("{desk}/exports/{}", export.name());
        assert_eq!(bytes(&app, &path).await, bytes(&app, &path).await, "{}", export.name());
    }
    for name in ["results.xlsx", "everything.json", "polis.zip"] {
        bytes(&app, &format!("{desk}/exports/{name}?examples=no")).await;
    }
}

#[tokio::test]
async fn files_are_saved_under_the_title_in_any_script() {
    let app = TestApp::signed_in().await;
    let mut of = app.published(&[open("Why?")]).await;
    of.title = "AI 的下半场: \"什么\"\r\n来了?".to_owned();
    let tx = app.service.store.write().await.unwrap();
    questionnaires::update(&tx, of.clone()).await.unwrap();
    tx.commit().await.unwrap();
    let page = app.page(&file_of(&of, "responses.csv")).await;
    let expected: String =
        form_urlencoded::byte_serialize("AI 的下半场 什么 来了 – responses.csv".as_bytes())
            .collect();
    let expected = format!(
        "attachment; filename=\"{}-responses.csv\"; filename*=UTF-8''{}",
        of.slug,
        expected.replace('+', "%20")
    );
    assert_eq!(page.header("content-disposition"), expected);
}

#[tokio::test]
async fn a_file_is_whole_or_an_error_and_leaves_nothing_behind() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    answer(&app, &form_of(&of), &[("a.q1", &"word ".repeat(3_000))]).await;
    for export in Export::ALL {
        bytes(&app, &file_of(&of, export.name())).await;
    }
    // A client that goes away before the first byte was read.
    for _ in 0..5 {
        drop(app.client.get(app.url(&file_of(&of, "responses.csv"))).send().await.unwrap());
    }
    let folder = app.home.path().join("exports");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    std::fs::remove_dir(&folder).unwrap();
    std::fs::write(&folder, "no folder").unwrap();
    for export in Export::ALL {
        let page = app.get(&file_of(&of, export.name())).await;
        assert_eq!(page.status, 500, "{}", export.name());
        assert_eq!(page.header("content-disposition"), "");
        assert!(page.header("content-type").starts_with("text/html"));
    }
}

#[tokio::test]
async fn the_workbook_has_a_sheet_for_each_view_with_real_types_and_charts() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    answer(&app, &form_of(&of), &FILLED).await;
    for number in 0_usize..9 {
        let years = number.to_string();
        let vote = if number.is_multiple_of(3) { "agree" } else { "disagree" };
        let choice = if number.is_multiple_of(2) { "o2" } else { "o3" };
        let fields = [("a.q2", choice), ("a.q4", "4"), ("a.q5.s1", vote), ("a.q8", years.as_str())];
        answer(&app, &form_of(&of), &fields).await;
    }
    let book = Book::open(&bytes(&app, &file_of(&of, "results.xlsx")).await);
    assert_eq!(
        book.names(),
        [
            "Overview",
            "Responses",
            "q2",
            "q3",
            "q4",
            "q6",
            "q7",
            "q8",
            "q11",
            "Themes",
            "Quotes",
            "Statements",
            "Groups"
        ]
    );
    assert_eq!(book.rows("Responses"), 11);
    assert!(!book.everything().contains("<f>"), "no formulas");
    // Chat 1, Canvas 5, Voice 4, something else 0.
    assert_eq!(book.numbers("q2", "B"), [1.0, 5.0, 4.0, 0.0]);
    // Points 1 to 5, then "can't say".
    assert_eq!(book.numbers("q4", "B"), [0.0, 0.0, 0.0, 9.0, 0.0, 1.0]);
    // Shares of points are of those who placed themselves.
    assert_eq!(book.numbers("q4", "C"), [0.0, 0.0, 0.0, 1.0, 0.0, 0.1]);
    assert_eq!(book.numbers("q4", "D"), [9.0, 9.0, 9.0, 9.0, 9.0, 10.0]);
    assert_eq!(book.numbers("q8", "B"), [9.0, 0.0, 1.0]);
    assert!(book.everything().contains(">1000 to under 1500<"));
    assert_eq!(book.numbers("Statements", "B"), [4.0, 0.0], "agree");
    assert_eq!(book.numbers("Statements", "C"), [6.0, 0.0], "disagree");
    assert_eq!(book.numbers("Statements", "D"), [0.0, 1.0], "pass");
    assert_eq!(book.numbers("Statements", "E"), [0.0, 9.0], "not seen");
    let answered = book.numbers("Responses", "B");
    // 2026-11-23 is day 46349 of Excel's calendar; 12:01 is a little over a half of it.
    assert!((answered[0] - 46_349.500_694).abs() < 1e-5, "{}", answered[0]);
    assert_eq!(book.charts(), 8);
    assert!(book.texts("Responses").contains(&"=Glass".to_owned()));
}

#[tokio::test]
async fn everything_is_in_the_json() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    answer(&app, &form_of(&of), &FILLED).await;
    let text = app.page(&file_of(&of, "everything.json")).await.text;
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (all["format"].as_str(), all["format_version"].as_u64()),
        (Some("colloquy-everything"), Some(1))
    );
    assert_eq!(all["questionnaire"]["mode"], "identified");
    assert_eq!(all["questions"].as_array().unwrap().len(), 12);
    assert_eq!(all["questions"][1]["wordings"][0]["wording"]["kind"], "single");
    assert_eq!(all["themes"][0]["seed"], 1);
    assert_eq!(all["opinion"]["verdict"], "too few");
    let kept = responses::all(app.service.store.read(), of.id).await.unwrap().remove(0);
    let response = &all["responses"][0];
    assert_eq!(response["id"], serde_json::to_value(kept.response.id).unwrap());
    assert_eq!(response["via"], "public");
    // Each answer as it is kept, and read back as such.
    let answers = response["answers"].as_array().unwrap();
    assert_eq!(answers.len(), kept.answers.len());
    for (id, (_, answer)) in &kept.answers {
        let asked = questionnaires::all_asked(app.service.store.read(), of.id).await.unwrap();
        let key = &asked.iter().find(|asked| asked.id == *id).unwrap().key;
        let written = answers.iter().find(|bound| bound["question"] == key.as_str()).unwrap();
        let read: Answer = serde_json::from_value(written["answer"].clone()).unwrap();
        assert_eq!(&read, answer);
    }
}

async fn bring(app: &TestApp, files: &[(&str, Vec<u8>)]) -> crate::support::Page {
    let mut form = multipart::Form::new();
    for (name, bytes) in files {
        let part = multipart::Part::bytes(bytes.clone()).file_name((*name).to_owned());
        form = form.part("file", part);
    }
    let request = app.client.post(app.url("/desk/new/polis"));
    app.send(request.header("sec-fetch-site", "same-origin").multipart(form)).await
}

async fn at_desk(app: &TestApp, path: &str) -> Questionnaire {
    let slug = path.split('/').nth(3).unwrap().parse().unwrap();
    questionnaires::by_slug(app.service.store.read(), &slug).await.unwrap().unwrap()
}

/// Votes of made-up people on `s1`, `s2`, …: two camps, and some who saw little.
fn camps() -> Vec<Vec<(String, &'static str)>> {
    let vote = |person: usize, at: usize| {
        let camp = person % 2 == at % 2;
        match (person * 7 + at * 3) % 11 {
            0 => "pass",
            n if (n < 9) == camp => "agree",
            _ => "disagree",
        }
    };
    let seen = |person: usize, at: usize| !(person + at).is_multiple_of(6);
    let votes = |person: usize| {
        let all = (0..8).filter(move |at| seen(person, *at));
        all.map(move |at| (format!("a.q1.s{}", at + 1), vote(person, at))).collect()
    };
    (0..20).map(votes).collect()
}

#[tokio::test]
async fn votes_go_out_as_polis_writes_them_and_come_in_again_the_same() {
    let app = TestApp::signed_in().await;
    let lines = ["One, \"quoted\"", "=Two", "三", "Four", "Five", "Six", "Seven", "Eight"];
    let of = app.published(&[statements(&lines)]).await;
    for votes in camps() {
        let fields: Vec<(&str, &str)> = votes.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        answer(&app, &form_of(&of), &fields).await;
    }
    let comments = app.page(&file_of(&of, "comments.csv")).await.text;
    assert!(comments.starts_with(
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\r\n,,0,,"
    ));
    let matrix = app.page(&file_of(&of, "participants-votes.csv")).await.text;
    assert!(matrix.starts_with(
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3,4,5,6,7\r\n0,"
    ));
    // Counted by hand from what was sent.
    for (line, sent) in matrix.lines().skip(1).zip(camps()) {
        let cells: Vec<&str> = line.split(',').collect();
        let sign =
            |at: usize| match sent.iter().find(|(key, _)| *key == format!("a.q1.s{}", at + 1)) {
                None => "",
                Some((_, "agree")) => "1",
                Some((_, "disagree")) => "-1",
                Some(_) => "0",
            };
        let votes: Vec<&str> = (0..8).map(sign).collect();
        assert_eq!(cells[6..], votes);
        let agree = votes.iter().filter(|vote| **vote == "1").count();
        assert_eq!((cells[3], cells[4]), (&*sent.len().to_string(), &*agree.to_string()));
    }
    let summary = app.page(&file_of(&of, "summary.csv")).await.text;
    assert!(summary.contains("voters,20\r\n") && summary.contains("comments,8\r\n"), "{summary}");

    let archive = bytes(&app, &file_of(&of, "polis.zip")).await;
    let brought = bring(&app, &[("polis.zip", archive.clone())]).await;
    assert_eq!(brought.status, 303, "{}", brought.words());
    let again = at_desk(&app, &brought.location()).await;
    assert_eq!((again.title.as_str(), again.mode), (of.title.as_str(), Mode::Identified));
    let of_again = app.page(&file_of(&again, "participants-votes.csv")).await.text;
    // Their numbers follow the time of the last vote, which is told; so they are the same.
    assert_eq!(of_again, matrix);
    let (heads, lines) = wide(&app, &again).await;
    assert_eq!(heads[6], "h.polis-participant");
    assert_eq!(lines[3]["h.polis-participant"], "3");
    assert!(heads[8].ends_with(" – =Two"), "{heads:?}");

    // Brought once more, it is the same, whichever table the votes are in.
    let votes = app.page(&file_of(&of, "votes.csv")).await.text;
    for files in [
        vec![("polis.zip", archive)],
        vec![("c.csv", comments.into_bytes()), ("v.csv", votes.into_bytes())],
    ] {
        assert_eq!(bring(&app, &files).await.location(), brought.location());
        assert_eq!(app.page(&file_of(&again, "participants-votes.csv")).await.text, matrix);
    }
    assert_eq!(responses::count(app.service.store.read(), again.id).await.unwrap(), 20);
    let insight = app.page(&brought.location()).await;
    assert!(insight.words().contains("三"), "{}", insight.words());
}

#[tokio::test]
async fn what_is_no_conversation_is_refused_in_words_and_nothing_is_kept() {
    let app = TestApp::signed_in().await;
    let before = app.page("/desk").await.text;
    for (files, words) in [
        (vec![("", vec![])], "None of the files has the statements"),
        (vec![("a.csv", b"a,b\n1,2\n".to_vec())], "None of the files has the statements"),
        (vec![("a.zip", b"PK\x03\x04broken".to_vec())], "neither a table"),
        (vec![("a.csv", b"comment-id,comment-body\n1,\xff\n".to_vec())], "not UTF-8"),
        (
            vec![
                ("c.csv", b"comment-id,comment-body\n1,A\n".to_vec()),
                ("p.csv", b"participant,1\n0,7\n".to_vec()),
            ],
            "“p.csv”, line 2, column “1”: “7” is no vote",
        ),
        (
            vec![
                ("c.csv", b"comment-id,comment-body\r\n1,A\r\n".to_vec()),
                ("p.csv", b"participant,1\r\n0,1\r\n1,7\r\n".to_vec()),
            ],
            "“p.csv”, line 3, column “1”: “7” is no vote",
        ),
    ] {
        let page = bring(&app, &files).await;
        assert_eq!(page.status, 422, "{words}");
        assert!(page.texts("[role=alert]")[0].contains(words), "{}", page.words());
    }
    assert_eq!(app.page("/desk").await.text, before);
    assert_eq!(app.page("/desk/new/polis").await.form("main form").get("file"), None);
}

/// A workbook, opened without the library that wrote it.
struct Book {
    files: BTreeMap<String, String>,
}

impl Book {
    fn open(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut files = BTreeMap::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            files.insert(file.name().unwrap().into_owned(), text);
        }
        Self { files }
    }

    fn names(&self) -> Vec<String> {
        pieces(&self.files["xl/workbook.xml"], "<sheet name=\"", "\"")
    }

    fn sheet(&self, name: &str) -> &str {
        let at = self.names().iter().position(|of| of == name).unwrap() + 1;
        &self.files[&format!("xl/worksheets/sheet{at}.xml")]
    }

    fn rows(&self, name: &str) -> usize {
        self.sheet(name).matches("<row ").count()
    }

    fn charts(&self) -> usize {
        self.files.keys().filter(|name| name.starts_with("xl/charts/chart")).count()
    }

    fn everything(&self) -> String {
        self.files.values().cloned().collect()
    }

    /// The numbers in a column.
    fn numbers(&self, name: &str, column: &str) -> Vec<f64> {
        let cells = pieces(self.sheet(name), &format!("<c r=\"{column}"), "</c>");
        let numbers = cells.iter().filter(|cell| !cell.contains(" t=\""));
        numbers.map(|cell| pieces(cell, "<v>", "</v>")[0].parse().unwrap()).collect()
    }

    /// The texts of a sheet whose texts stand in it.
    fn texts(&self, name: &str) -> Vec<String> {
        let texts = pieces(self.sheet(name), "<is><t", "</t>");
        let text = |text: &String| text.split_once('>').unwrap().1.replace("&quot;", "\"");
        texts.iter().map(text).collect()
    }
}

fn pieces(text: &str, before: &str, after: &str) -> Vec<String> {
    let pieces = text.split(before).skip(1);
    pieces.map(|piece| piece.split(after).next().unwrap().to_owned()).collect()
}
