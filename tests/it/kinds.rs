//! Every kind of question over the wire: answered, read back, changed, in both languages; what a
//! condition hides is not kept; readers' own statements come before others only by the organizer.

use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::responses;

use crate::support::{Form, Page, TestApp, every_kind, statements};

fn path(of: &Questionnaire) -> String {
    format!("/q/{}", of.slug)
}

fn fill(form: &mut Form) {
    for (name, value) in [
        ("a.q1", "Agents that talk, and many more words than twenty characters."),
        ("a.q2", "o1"),
        ("a.q3", "o3"),
        ("a.q4", "cannot_say"),
        ("a.q5.s1", "agree"),
        ("a.q5.s2", "pass"),
        ("a.q5.own", "Voice\nstays."),
        ("a.q6.o3", "1"),
        ("a.q6.o1", "２"),
        ("a.q7.o1", "30 %"),
        ("a.q7.other", "20"),
        ("a.q7.other.text", "Glass"),
        ("a.q8", "1 234,5"),
        ("a.q9", "Because it is quick."),
        ("a.q10", "It is quick indeed."),
        ("a.q11.t202612031800", "if_need_be"),
        ("a.q12.name", "Ada"),
        ("a.q12.address", "ada@example.org"),
        ("a.q12.quote", "yes"),
    ] {
        form.set(name, value);
    }
}

/// What a copy of the answers says, line by line.
fn copied(page: &Page) -> Vec<String> {
    page.texts("dl.answers dd")
}

#[tokio::test]
async fn every_kind_is_read_back_on_the_receipt_and_on_the_form_to_change() {
    let app = TestApp::spawn().await;
    let of = app.published(&every_kind()).await;
    let mut form = app.page(&path(&of)).await.form("form#answers");
    fill(&mut form);
    let sent = app.submit(&form).await;
    assert_eq!(sent.status, 303, "{}", sent.words());

    let expected = [
        "Agents that talk, and many more words than twenty characters.",
        "Chat",
        "Watch",
        "I can’t say",
        "Agree: Chat stays.",
        "Pass: Forms go.",
        "Your own statement: Voice stays.",
        "1. Third",
        "2. First",
        "30 of 100 points: Red",
        "20 of 100 points: Glass",
        "1234.5 years",
        "Because it is quick.",
        "It is quick indeed.",
        "Ada",
        "ada@example.org",
        "You may quote me without my name",
    ];
    let english = copied(&app.page(&sent.location()).await);
    for line in expected {
        assert!(english.iter().any(|read| read == line), "{line:?} is not in {english:#?}");
    }
    let chinese = copied(&app.page(&format!("{}?lang=zh", sent.location())).await);
    for line in
        ["说不上来", "同意：Chat stays.", "您自己的观点：Voice stays.", "可以引用我的话，不署名"]
    {
        assert!(chinese.iter().any(|read| read == line), "{line:?} is not in {chinese:#?}");
    }

    // What the form shows is what was sent: sent again untouched, it is the same response.
    for language in ["en", "zh"] {
        let change = app.page(&format!("{}/change?lang={language}", sent.location())).await;
        let again = change.form("form#answers");
        for (name, value) in
            [("a.q4", "cannot_say"), ("a.q6.o1", "2"), ("a.q8", "1234.5"), ("a.q7.o1", "30")]
        {
            assert_eq!(again.get(name), Some(value), "{name} in {language}");
        }
        assert_eq!(app.submit(&again).await.status, 303);
    }
    let kept = responses::all(app.service.store.read(), of.id).await.unwrap();
    assert_eq!((kept.len(), kept[0].response.revision), (1, 1));
}

#[tokio::test]
async fn a_translated_question_is_asked_in_the_readers_language() {
    let app = TestApp::spawn().await;
    let of = app.published(&every_kind()).await;
    let page = app.get_in("zh", &path(&of)).await;
    let prompt = page.texts("#q-q2 .prompt");
    assert!(prompt[0].starts_with("哪种界面最重要？"), "{prompt:?}");
    // The third option has no Chinese: it stays, and says in which language it is.
    let options = page.texts("#q-q2 .choice > span");
    assert_eq!(options.get(..3).unwrap(), ["聊天", "画布", "Voice"]);
    assert_eq!(page.texts("#q-q2 .choice > span[lang=en]"), ["Voice"]);
    assert_eq!(page.attributes("#q-q2", "lang"), Vec::<String>::new());
    assert_eq!(page.attributes("#q-q3", "lang"), ["en"]);
}

#[tokio::test]
async fn what_a_condition_hides_is_neither_needed_nor_kept() {
    let app = TestApp::spawn().await;
    let of = app.published(&every_kind()).await;
    let form = app.page(&path(&of)).await.form("form#answers");
    let send = async |choice: &str, why: &str, further: &str, check: bool| {
        let mut form = form.clone();
        form.set("a.q2", choice).set("a.q9", why).set("a.q10", further);
        if check {
            form.set("go", "check");
        }
        app.submit(&form).await
    };
    let asked = send("o1", "", "", false).await;
    assert_eq!(asked.status, 422, "{}", asked.words());
    let checked = send("o2", "", "", true).await;
    assert!(checked.texts(".problem").is_empty(), "{:?}", checked.texts(".problem"));

    assert_eq!(send("o2", "Typed before.", "And this.", false).await.status, 303);

    let db = app.service.store.read();
    let kept = responses::all(db, of.id).await.unwrap();
    let asked = questionnaires::asked(db, of.id).await.unwrap();
    let answered: Vec<&str> = asked
        .iter()
        .filter(|asked| kept[0].answer(asked.id).is_some())
        .map(|asked| asked.key.as_str())
        .collect();
    assert_eq!(answered, ["q2"]);
}

/// The statements that a stranger finds on the form.
async fn votable(app: &TestApp, of: &Questionnaire) -> Vec<String> {
    app.stranger().page(&path(of)).await.texts(".statement legend")
}

#[tokio::test]
async fn a_readers_own_statement_is_votable_once_the_organizer_has_put_it_on_the_form() {
    let app = TestApp::signed_in().await;
    let mut wording = statements(&["Chat stays.", "Forms go."]);
    if let colloquy::domain::kind::Kind::Statements(kind) = &mut wording.kind {
        kind.own = true;
    }
    let of = app.published(&[wording]).await;
    for own in ["Voice\nstays.", "Voice stays.", "Buy my <b>watch</b>"] {
        let mut form = app.stranger().page(&path(&of)).await.form("form#answers");
        form.set("a.q1.s1", "agree").set("a.q1.own", own);
        assert_eq!(app.submit(&form).await.status, 303);
    }
    assert_eq!(votable(&app, &of).await, ["Chat stays.", "Forms go."]);

    let desk = format!("/desk/q/{}", of.slug);
    let list = app.page(&format!("{desk}/responses")).await;
    let found = list.texts("#statements article .answer");
    assert_eq!(found, ["Buy my <b>watch</b>", "Voice stays."]);
    assert!(list.texts("#statements article")[1].contains("2 readers wrote it"));

    let of_entry = |page: &Page, text: &str| {
        let names = page.attributes("#statements input[name=statement]", "value");
        let place = page.texts("#statements article .answer").iter().position(|t| t == text);
        names[place.unwrap()].clone()
    };
    let (watch, voice) = (of_entry(&list, &found[0]), of_entry(&list, &found[1]));
    let decide = async |name: &str, decision: &str| {
        let fields = [("question", "q1"), ("statement", name), ("decision", decision)];
        app.post_form(&format!("{desk}/statements"), &fields).await.status
    };
    let mut stale = app.page(&format!("{desk}/questionnaire")).await.form("form.editor");
    assert_eq!(decide(&watch, "decline").await, 303);
    // Pressed twice, it stands there once.
    assert_eq!(decide(&voice, "take").await, 303);
    assert_eq!(decide(&voice, "take").await, 303);
    assert_eq!(decide("nothing", "take").await, 404);

    assert_eq!(votable(&app, &of).await, ["Chat stays.", "Forms go.", "Voice stays."]);
    let list = app.page(&format!("{desk}/responses")).await;
    assert_eq!(list.texts("#statements summary"), ["Left off: 1", "Put on the form: 1"]);
    let mut form = app.stranger().page(&path(&of)).await.form("form#answers");
    form.set("a.q1.s3", "disagree");
    let receipt = app.submit(&form).await.location();
    assert_eq!(copied(&app.page(&receipt).await), ["Disagree: Voice stays."]);

    // An editor that was opened before does not take it off again; a line that it takes off is
    // gone, and what is new has a key that no line has had: votes stay with their words.
    let path_of = &of;
    let put = async |form: &mut Form, lines: &[&str]| {
        form.set_all("q0.line", lines);
        let saved = app.submit(form).await;
        assert_eq!(saved.status, 303);
        // Readers see it once it is put on the form.
        let changes = app.page(&format!("/desk/q/{}/changes", path_of.slug)).await;
        assert_eq!(app.submit(&changes.form("main form")).await.status, 303);
    };
    put(&mut stale, &["Chat stays.", "", "Four.\nFive."]).await;
    let votes = app.stranger().page(&path(&of)).await;
    assert_eq!(votes.texts(".statement legend"), ["Chat stays.", "Four.", "Five.", "Voice stays."]);
    let names = votes.attributes(".statement input[value=agree]", "name");
    assert_eq!(names, ["a.q1.s1", "a.q1.s4", "a.q1.s5", "a.q1.s3"]);
    let mut editor = app.page(&format!("{desk}/questionnaire")).await.form("form.editor");
    put(&mut editor, &["Chat stays.", "Four.", "", "", ""]).await;
    let mut editor = app.page(&format!("{desk}/questionnaire")).await.form("form.editor");
    put(&mut editor, &["Chat stays.", "Four.", "Six."]).await;
    let votes = app.stranger().page(&path(&of)).await;
    let names = votes.attributes(".statement input[value=agree]", "name");
    assert_eq!(names, ["a.q1.s1", "a.q1.s4", "a.q1.s6"]);

    // Nobody but the organizer decides.
    let other = app.another_organizer("other@example.org").await;
    let fields = [("question", "q1"), ("statement", watch.as_str()), ("decision", "take")];
    let refused = other.post_form(&format!("{desk}/statements"), &fields).await;
    assert_eq!(refused.status, 404);
    assert_eq!(votable(&app, &of).await.len(), 3);
}
