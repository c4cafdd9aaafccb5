//! A reader answers: everything typed is kept, once, as it was typed.

use colloquy::acts::publish_questionnaire::close_questionnaire;
use colloquy::domain::Answer;
use colloquy::domain::status::Standing;
use colloquy::store::entity::{answer, response, revision};
use colloquy::store::questionnaires;
use colloquy::store::responses::{self, Given};
use futures_util::future::join_all;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

use crate::support::{TestApp, open, statements};

async fn given(app: &TestApp) -> Vec<Given> {
    let mut all = vec![];
    let organizer = colloquy::acts::sign_in::first_organizer(&app.service).await.unwrap();
    for of in questionnaires::all_of(app.service.store.read(), organizer).await.unwrap() {
        all.extend(responses::all(app.service.store.read(), of.id).await.unwrap());
    }
    all
}

/// The answers in the respondent's own words.
fn words(given: &Given) -> Vec<&str> {
    let answers = given.answers.values();
    let open = answers.filter_map(|(_, answer)| match answer {
        Answer::Open(text) => Some(text.as_str()),
        _ => None,
    });
    open.collect()
}

#[tokio::test]
async fn three_hundred_thousand_bytes_of_many_scripts_come_back_identical() {
    let pieces = [
        "中文很多字，标点。",
        "العربية من اليمين",
        "עברית",
        "e\u{301} é ẛ̣",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "ไทย हिन्दी",
        "\u{202e}turned\u{202c}",
        "<b>&amp;</b> \"'`",
        "tab\tand\n\nlines  and   spaces",
        "\u{feff}\u{200b}\u{ad}",
        "ﷺ㍿Ⅷ",
        "%41+%2B&a=b;c",
        "\u{1f}\u{7f}\u{85}\u{fffd}\u{10ffff}",
    ];
    // It begins with a line end, which a text area swallows unless it is given one more.
    let mut text = "\n".to_owned();
    while text.len() < 300_000 {
        text.push_str(pieces[text.len() % pieces.len()]);
    }
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let mut form = app.page(&format!("/q/{}", of.slug)).await.form("form#answers");
    form.set("a.q1", &text);

    let sent = app.submit(&form).await;

    assert_eq!(sent.status, 303, "{}", sent.words());
    let kept = given(&app).await;
    assert_eq!(words(&kept[0]), [text.as_str()]);
    let change = app.page(&format!("{}/change", sent.location())).await;
    // HTML cannot carry control characters; everything else comes back through the page too.
    let shown = |text: &str| text.replace(['\u{1f}', '\u{7f}', '\u{85}'], "");
    assert_eq!(shown(&change.texts_as_typed()[0]), shown(&text));
}

#[tokio::test]
async fn the_same_form_sent_twenty_times_at_once_is_one_response() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let mut form = app.page(&format!("/q/{}", of.slug)).await.form("form#answers");
    form.set("a.q1", "Because.");

    let pages = join_all((0..20).map(|_| app.submit(&form))).await;

    let receipt = pages[0].location();
    for page in &pages {
        assert_eq!((page.status, page.location()), (303, receipt.clone()));
    }
    let db = app.service.store.read();
    assert_eq!(responses::count(db, of.id).await.unwrap(), 1);
    assert_eq!(revision::Entity::find().count(db).await.unwrap(), 1);
    assert_eq!(answer::Entity::find().count(db).await.unwrap(), 1);
    assert!(app.page(&receipt).await.words().contains("Because."));
}

#[tokio::test]
async fn many_readers_at_once_are_all_kept() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let path = format!("/q/{}", of.slug);
    let readers: Vec<_> = (0..40).map(|number| (number, app.stranger())).collect();
    join_all(readers.iter().map(async |(number, reader)| {
        let mut form = reader.page(&path).await.form("form#answers");
        form.set("a.q1", &format!("Reader {number}"));
        assert_eq!(reader.submit(&form).await.status, 303);
    }))
    .await;
    let all = given(&app).await;
    let mut kept: Vec<&str> = all.iter().flat_map(words).collect();
    let mut sent: Vec<String> = (0..40).map(|number| format!("Reader {number}")).collect();
    kept.sort_unstable();
    sent.sort_unstable();
    assert_eq!(kept, sent);
}

#[tokio::test]
async fn other_words_in_the_same_form_are_a_further_revision_and_the_first_stays() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let mut form = app.page(&format!("/q/{}", of.slug)).await.form("form#answers");
    let first = app.submit(form.set("a.q1", "At first.")).await.location();
    let second = app.submit(form.set("a.q1", "On reflection.")).await.location();
    assert_eq!(first, second);

    let mut change = app.page(&format!("{first}/change")).await.form("form#answers");
    assert_eq!(change.get("a.q1"), Some("On reflection."));
    assert_eq!(app.submit(change.set("a.q1", "In the end.")).await.location(), first);

    let db = app.service.store.read();
    let kept = given(&app).await;
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].response.revision, words(&kept[0])), (3, vec!["In the end."]));
    let mut every: Vec<(i32, String)> = answer::Entity::find()
        .all(db)
        .await
        .unwrap()
        .into_iter()
        .map(|row| (row.revision, row.value))
        .collect();
    every.sort();
    let texts: Vec<&str> = every.iter().map(|(_, value)| value.as_str()).collect();
    for (text, part) in texts.iter().zip(["At first.", "On reflection.", "In the end."]) {
        assert!(text.contains(part), "{texts:?}");
    }
    assert_eq!(every.len(), 3);
}

#[tokio::test]
async fn an_answer_stays_with_the_words_it_was_given_to() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why now?")]).await;
    let path = format!("/q/{}", of.slug);
    let mut before = app.page(&path).await.form("form#answers");
    app.edit(of.clone(), &[open("Why not later?")]).await;
    let mut after = app.page(&path).await.form("form#answers");

    app.submit(before.set("a.q1", "to the first")).await;
    app.submit(after.set("a.q1", "to the second")).await;

    let wordings = questionnaires::wordings(app.service.store.read(), of.id).await.unwrap();
    for given in given(&app).await {
        let (wording, _) = given.answers.values().next().unwrap();
        let (version, wording, _) = &wordings[wording];
        let expected = match words(&given)[..] {
            ["to the first"] => (1, "Why now?"),
            ["to the second"] => (2, "Why not later?"),
            ref other => panic!("{other:?}"),
        };
        assert_eq!((*version, wording.prompt.as_str()), expected);
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_never_an_error() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let path = format!("/q/{}", of.slug);
    for (bytes, kept) in [
        ("a%00b", "ab"),
        ("a%ff%feb", "a\u{fffd}\u{fffd}b"),
        // A lone surrogate, and half an emoji
        ("a%ED%A0%80b", "a\u{fffd}\u{fffd}\u{fffd}b"),
        ("a%F0%9F%98", "a\u{fffd}"),
        ("a%E4%B8%AD%zz%4", "a中%zz%4"),
        ("a%0D%0Ab%0Dc", "a\nb\nc"),
    ] {
        let form = app.stranger().page(&path).await.form("form#answers");
        let key = form.get("form_key").unwrap();
        let sent = app.post_raw(&path, format!("form_key={key}&a.q1={bytes}")).await;
        assert_eq!(sent.status, 303, "{bytes}: {}", sent.words());
        let all = given(&app).await;
        assert!(all.iter().any(|given| words(given) == [kept]), "{bytes}");
    }
}

#[tokio::test]
async fn what_cannot_be_kept_is_given_back_word_for_word() {
    let app = TestApp::spawn().await;
    let mut needed = open("Why?");
    needed.required = true;
    let of = app.published(&[needed, open("What else?"), statements(&["It grows."])]).await;
    let mut form = app.page(&format!("/q/{}", of.slug)).await.form("form#answers");
    form.set("a.q2", "  An <hour> of\n\n writing 一小时 ").set("a.q3.s1", "agree");

    let page = app.submit(&form).await;

    assert_eq!(page.status, 422);
    assert!(page.texts("title")[0].starts_with("Error"), "{:?}", page.texts("title"));
    let again = page.form("form#answers");
    assert_eq!(again.get("a.q2"), form.get("a.q2"));
    assert_eq!(again.get("a.q3.s1"), Some("agree"));
    assert_eq!(again.get("form_key"), form.get("form_key"));
    // A link in the summary leads to the field.
    let links = page.attributes("[role=alert] a, .summary a", "href");
    assert_eq!(links.len(), 1);
    assert_eq!(page.attributes(&links[0], "id").len(), 1, "{links:?}");
    assert!(given(&app).await.is_empty());

    let mut again = again;
    assert_eq!(app.submit(again.set("a.q1", "So.")).await.status, 303);
    assert_eq!(words(&given(&app).await[0]), ["So.", form.get("a.q2").unwrap()]);
}

#[tokio::test]
async fn what_comes_after_the_close_is_kept_as_late() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let path = format!("/q/{}", of.slug);
    let mut form = app.page(&path).await.form("form#answers");
    let mut other = app.stranger().page(&path).await.form("form#answers");
    let mut forged = other.clone();
    app.service.clock.advance(chrono::TimeDelta::hours(1));
    close_questionnaire(&app.service, of).await.unwrap();
    assert_eq!(app.get(&path).await.status, 410);
    let standings = async || {
        let db = app.service.store.read();
        let mut all = vec![];
        for response in response::Entity::find().all(db).await.unwrap() {
            all.push(responses::given(db, response).await.unwrap());
        }
        all.sort_by_key(|given| words(given).join(""));
        all.into_iter().map(|given| given.response.standing).collect::<Vec<_>>()
    };

    app.service.clock.advance(chrono::TimeDelta::hours(23));
    assert_eq!(app.submit(form.set("a.q1", "1: in the grace")).await.status, 303);
    // Whoever says to have begun earlier has to prove it.
    let stamp = other.get("form_drawn").unwrap().to_owned();
    forged.set("form_drawn", &format!("1{stamp}")).set("a.q1", "3: forged");
    forged.set("form_key", "00000000000000000000000000000001");
    assert_eq!(app.submit(&forged).await.status, 303);
    app.service.clock.advance(chrono::TimeDelta::hours(2));
    assert_eq!(app.submit(other.set("a.q1", "2: after the grace")).await.status, 303);

    assert_eq!(standings().await, [Standing::Counted, Standing::Late, Standing::Late]);
}

#[tokio::test]
async fn a_form_of_another_questionnaire_loses_nothing() {
    let app = TestApp::spawn().await;
    let one = app.published(&[open("Why?")]).await;
    let other = app.published(&[open("How?")]).await;
    let mut form = app.page(&format!("/q/{}", one.slug)).await.form("form#answers");
    assert_eq!(app.submit(form.set("a.q1", "To the one.")).await.status, 303);

    form.action = format!("/q/{}", other.slug);
    let mut page = app.submit(form.set("a.q1", "To the other.")).await;
    if page.status != 303 {
        assert_eq!(page.texts_as_typed(), ["To the other."]);
        page = app.submit(&page.form("form#answers")).await;
    }
    assert_eq!(page.status, 303);
    let mut kept: Vec<_> = given(&app).await.iter().flat_map(words).map(str::to_owned).collect();
    kept.sort();
    assert_eq!(kept, ["To the one.", "To the other."]);
}

#[tokio::test]
async fn a_draft_and_a_wrong_link_are_not_there() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let mut form = app.page(&format!("/q/{}", of.slug)).await.form("form#answers");
    let receipt = app.submit(form.set("a.q1", "So.")).await.location();
    assert!(receipt.len() > "/r/".len() + 20, "{receipt}");
    let mut wrong = receipt.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == 'A' { 'B' } else { 'A' });
    assert_eq!(app.get(&wrong).await.status, 404);
    assert_eq!(app.get(&format!("{wrong}/change")).await.status, 404);
    assert_eq!(app.get(&receipt).await.header("x-robots-tag"), "noindex");
}
