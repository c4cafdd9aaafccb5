//! A respondent's own page: every version, everything to take along, consents taken back,
//! everything erased; and going on with another device.

use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use colloquy::acts::choose_options::{Chosen, choose_options};
use colloquy::domain::Wording;
use colloquy::domain::consent::Consent;
use colloquy::domain::kind::{Contact, Kind};
use colloquy::domain::status::{Mode, Purpose};
use colloquy::insight;
use colloquy::jobs::forget::forget_stale;
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::responses;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::support::{Form, Page, TestApp, Visitor, open, statements};

/// Nobody writes this by chance.
const CANARY: &str = "CanaryQuetzal7731";

fn contact() -> Wording {
    let consents = Consent::ALL.to_vec();
    Wording::new("May we write to you?", Kind::Contact(Contact { consents }))
}

async fn questionnaire(app: &TestApp) -> Questionnaire {
    app.published(&[open("Why?"), statements(&["It grows."]), contact()]).await
}

fn path(of: &Questionnaire) -> String {
    format!("/q/{}", of.slug)
}

async fn form(reader: &Visitor, of: &Questionnaire, text: &str) -> Form {
    let mut form = reader.page(&path(of)).await.form("form#answers");
    form.set("a.q1", text);
    form
}

/// Sends a form; the path of the receipt.
async fn sent(reader: &Visitor, form: &Form) -> String {
    let page = reader.submit(form).await;
    assert_eq!(page.status, 303, "{}", page.words());
    page.location()
}

/// The texts of the mails that were written as files, once there are so many, quoted-printable
/// undone as far as links need it.
async fn mails(app: &TestApp, count: usize) -> Vec<String> {
    let folder = app.home.path().join("outbox");
    for _ in 0..100 {
        let files: Vec<_> = std::fs::read_dir(&folder)
            .map(|files| files.map(|file| file.unwrap().path()).collect())
            .unwrap_or_default();
        let whole: Vec<_> =
            files.iter().filter(|file| file.extension().is_some_and(|e| e == "eml")).collect();
        if whole.len() >= count {
            let read = |file: &&std::path::PathBuf| std::fs::read_to_string(file).unwrap();
            return whole.iter().map(read).map(|m| m.replace("=\r\n", "")).collect();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the mails did not leave")
}

/// The link of this room in a mail, as a path.
fn link(mail: &str, room: &str) -> String {
    let (_, after) = mail.split_once(&format!("/{room}/")).expect(room);
    let token: String =
        after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    format!("/{room}/{token}")
}

#[tokio::test]
async fn every_version_can_be_opened_in_the_wording_of_then() {
    let app = TestApp::spawn().await;
    let of = questionnaire(&app).await;
    let receipt = sent(&app, &form(&app, &of, "First thoughts.").await).await;
    let reworded = [open("Why at all?"), statements(&["It grows."]), contact()];
    let stored = questionnaires::by_id(app.service.store.read(), of.id).await.unwrap().unwrap();
    app.edit(stored, &reworded).await;
    app.service.clock.advance(TimeDelta::hours(1));
    let mut change = app.page(&format!("{receipt}/change")).await.form("form#answers");
    assert_eq!(app.submit(change.set("a.q1", "Second thoughts.")).await.status, 303);

    let page = app.page(&receipt).await;
    let versions = page.attributes(".versions li a", "href");
    assert_eq!(versions, [format!("{receipt}/versions/1"), format!("{receipt}/versions/2")]);
    let first = app.page(&versions[0]).await;
    assert_eq!(first.texts(".answers dt"), ["Why?"]);
    assert_eq!(first.texts(".answers dd"), ["First thoughts."]);
    let second = app.page(&versions[1]).await;
    assert_eq!(second.texts(".answers dt"), ["Why at all?"]);
    assert_eq!(second.texts(".answers dd"), ["Second thoughts."]);
    assert_eq!(app.get(&format!("{receipt}/versions/3")).await.status, 404);
    assert_eq!(app.get("/r/none/versions/1").await.status, 404);
}

#[tokio::test]
async fn a_download_has_every_word_of_every_version() {
    let app = TestApp::spawn().await;
    let of = questionnaire(&app).await;
    let of = choose_options(
        &app.service,
        of,
        Chosen { hidden: vec!["issue".to_owned()], ..Chosen::default() },
    )
    .await
    .unwrap();
    let odd = "First <b>&amp; \"1 < 2\"\nand 一个 🙂";
    let page = app.page(&format!("{}?h.issue=Issue%2042", path(&of))).await;
    let mut first = page.form("form#answers");
    first.set("a.q1", odd).set("a.q2.s1", "agree");
    let receipt = sent(&app, &first).await;
    let mut change = app.page(&format!("{receipt}/change")).await.form("form#answers");
    change.set("a.q1", "Second thoughts.").set("a.q3.name", "Ada").set("a.q3.quote", "yes");
    app.submit(&change).await;

    let json = app.page(&format!("{receipt}/download.json")).await;
    let named = json.header("content-disposition").to_owned();
    assert!(named.starts_with("attachment; filename=\""), "{named}");
    assert!(named.ends_with(".json\""), "{named}");
    let value: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    let revisions = value["revisions"].as_array().unwrap();
    assert_eq!(revisions.len(), 2);
    assert_eq!(revisions[0]["answers"][0]["answer"]["open"], odd);
    assert_eq!(revisions[1]["counts"], true);
    assert_eq!(value["hidden_fields"]["issue"], "Issue 42");
    let consent = &revisions[1]["answers"][2]["consents"][0];
    assert_eq!(consent["consent"], "quote");
    assert!(consent["in_words"].as_str().unwrap().contains("without my name"), "{consent}");

    let text = app.page(&format!("{receipt}/download.txt")).await;
    assert!(text.header("content-disposition").ends_with(".txt\""));
    for word in [
        odd,
        "Second thoughts.",
        "Why?",
        "It grows.",
        "Agree",
        "Ada",
        "Issue 42",
        "23 November 2026",
        "without my name",
    ] {
        assert!(text.text.contains(word), "{word} is not in {}", text.text);
    }
    assert_eq!(app.get("/r/none/download.json").await.status, 404);
}

#[tokio::test]
async fn what_was_allowed_can_be_taken_back_also_after_the_close() {
    let app = TestApp::signed_in().await;
    let of = questionnaire(&app).await;
    let mut filled = form(&app, &of, "Quote me.").await;
    filled.set("a.q3.name", "Ada").set("a.q3.address", "ada@example.org");
    filled.set("a.q3.quote_named", "yes").set("a.q3.join", "yes");
    let receipt = sent(&app, &filled).await;
    let quotable = async || {
        let stored = questionnaires::by_id(app.service.store.read(), of.id).await.unwrap();
        let insight = insight::of(&app.service, &stored.unwrap()).await.unwrap();
        let id = insight.material.voices[0].response.id;
        (insight.material.is_quotable(id), insight.material.name_for_quotes(id).is_some())
    };
    assert_eq!(quotable().await, (true, true));
    app.post_form(&format!("/desk/q/{}/close", of.slug), &[]).await;

    let page = app.page(&receipt).await;
    let buttons = page.attributes("#consents button", "value");
    assert_eq!(buttons, ["join", "quote_named"], "only what is allowed can be taken back");
    let back = app
        .post_form(&format!("{receipt}/consents"), &[("withdraw", "quote_named")])
        .await
        .location();
    let page = app.page(&back).await;
    assert_eq!(page.attributes("#consents button", "value"), ["join"]);
    assert_eq!(quotable().await, (false, false));
    // It is a revision like any other; what was there before can be read.
    assert_eq!(page.texts(".versions li").len(), 2);
    let given = responses::all(app.service.store.read(), of.id).await.unwrap().remove(0);
    assert_eq!(given.response.revision, 2);
    assert!(given.allows(Consent::Join));
    assert_eq!(given.answers.len(), 2);
    // A second click, or nonsense, changes nothing.
    for withdraw in ["quote_named", "nonsense", ""] {
        app.post_form(&format!("{receipt}/consents"), &[("withdraw", withdraw)]).await;
    }
    assert_eq!(app.page(&receipt).await.texts(".versions li").len(), 2);
}

/// Where a text is in the database: in its files on SQLite, in its rows on PostgreSQL.
pub async fn places(app: &TestApp, text: &str) -> Vec<String> {
    let db = app.service.store.read();
    if db.get_database_backend() == DbBackend::Sqlite {
        let named = |name: &str| name.starts_with("colloquy.db");
        let files = std::fs::read_dir(app.home.path()).unwrap().map(|file| file.unwrap().path());
        let name = |file: &Path| file.file_name().unwrap().to_str().unwrap().to_owned();
        return files
            .filter(|file| named(&name(file)))
            .filter(|file| {
                let bytes = std::fs::read(file).unwrap();
                bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
            })
            .map(|file| name(&file))
            .collect();
    }
    let all = |sql: String| async move {
        db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap()
    };
    let tables = "SELECT table_name::text FROM information_schema.tables \
                  WHERE table_schema = 'public'";
    let mut found = vec![];
    for row in all(tables.to_owned()).await {
        let table: String = row.try_get_by_index(0).unwrap();
        // Bytes are written in hexadecimal in the text of a row.
        let hex = colloquy::domain::token::hex(text.as_bytes());
        let sql = format!(
            "SELECT 1 FROM \"{table}\" r WHERE r::text ILIKE '%{text}%' OR r::text LIKE '%{hex}%'"
        );
        if !all(sql).await.is_empty() {
            found.push(table);
        }
    }
    found
}

#[tokio::test]
async fn what_is_erased_is_nowhere_in_the_database_and_nothing_else_is_harmed() {
    let app = TestApp::spawn().await;
    let of = questionnaire(&app).await;
    let other = sent(&app, &form(&app, &of, "Another reader's words.").await).await;
    let reader = app.stranger();
    let mut filled = form(&reader, &of, &format!("{CANARY} said the first time.")).await;
    let address = format!("{CANARY}@example.org");
    filled.set("a.q3.name", CANARY).set("a.q3.address", &address).set("a.q3.quote_named", "yes");
    let receipt = sent(&reader, &filled).await;
    let mut change = reader.page(&format!("{receipt}/change")).await.form("form#answers");
    // Long enough for pages of its own.
    let long = format!("{CANARY} said more. ").repeat(2000);
    reader.submit(change.set("a.q1", &long)).await;
    let mailed = reader.post_form(&format!("{receipt}/mail"), &[("address", &address)]).await;
    assert_eq!(mailed.status, 303);
    mails(&app, 1).await;
    assert!(!places(&app, CANARY).await.is_empty(), "this test looks in the wrong place");

    // Looking erases nothing, nor does a button without the tick.
    let page = reader.page(&format!("{receipt}/erase")).await;
    let mut erase = page.form("main form[method=post]");
    assert_eq!(reader.submit(&erase).await.status, 422);
    assert!(reader.page(&receipt).await.text.contains(CANARY));

    let page = reader.submit(erase.set("sure", "yes")).await;
    assert_eq!((page.status, page.texts("h1")), (200, vec!["Everything is gone".to_owned()]));
    for path in ["", "/change", "/erase", "/versions/1", "/download.txt"] {
        assert_eq!(reader.get(&format!("{receipt}{path}")).await.status, 404, "{path}");
    }
    // The second click of two.
    assert_eq!(reader.submit(&erase).await.status, 404);
    // The mail's worker may still have been writing down that it had sent it.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(places(&app, CANARY).await, [""; 0]);

    let db = app.service.store.read();
    let backend = db.get_database_backend();
    let sql = "SELECT asked_by FROM erasure";
    let notes = db.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].try_get_by_index::<String>(0).unwrap(), "respondent");
    let left = responses::all(db, of.id).await.unwrap();
    assert_eq!(left.len(), 1);
    assert!(
        app.page(&other)
            .await
            .words()
            .contains("Another reader’s words.".replace('’', "'").as_str())
    );

    // The form that was open is a form again: what is sent now is new, and has nothing of before.
    let again = sent(&reader, filled.set("a.q1", "New words.")).await;
    let page = reader.page(&again).await;
    assert!(page.words().contains("New words."));
    assert_eq!(page.texts(".versions li").len(), 0);
}

#[tokio::test]
async fn whoever_erases_is_in_no_group_and_no_guide_any_more() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let slug = desk.rsplit('/').next().unwrap().parse().unwrap();
    let service = &app.service;
    let db = service.store.read();
    let of = questionnaires::by_slug(db, &slug).await.unwrap().unwrap();
    let before_it = app.get(&format!("{desk}/discussion")).await;
    let make = before_it.form("main form[method=post]");
    assert_eq!(app.submit(&make).await.status, 303, "{}", before_it.words());
    let whole = colloquy::store::discussions::latest(db, of.id).await.unwrap().unwrap();
    let seat = whole.seats.iter().find(|seat| seat.group_id.is_some()).unwrap();
    let response = |seat: &colloquy::store::discussions::Seat| {
        whole.participant(seat.participant_id).unwrap().response_id.unwrap()
    };
    let (seated, group) = (response(seat), seat.group_id.unwrap());
    let before = whole.of(group).count();
    // Somebody whose words stand in a guide, seated or not.
    let behind = |text: &str| {
        let guide: insight::guide::Guide = serde_json::from_str(text).unwrap();
        let quotes = guide.topics.into_iter().flat_map(|topic| topic.quotes);
        quotes.map(|quote| quote.response).collect::<Vec<_>>()
    };
    let all = |groups: &[colloquy::store::discussions::Group]| {
        groups.iter().flat_map(|group| behind(&group.guide)).collect::<Vec<_>>()
    };
    let said = all(&whole.groups);
    let quoted = *said.iter().find(|id| **id != seated).unwrap();
    for id in [seated, quoted] {
        let response = responses::by_id(db, id).await.unwrap().unwrap();
        let given = responses::given(db, response).await.unwrap();
        colloquy::acts::erase_response::erase_response(service, of.mode, &given).await.unwrap();
    }
    let after = colloquy::store::discussions::latest(db, of.id).await.unwrap().unwrap();
    let gone = whole.of(group).filter(|seat| [seated, quoted].contains(&response(seat))).count();
    assert_eq!(after.of(group).count(), before - gone);
    assert!(gone >= 1 && after.groups.len() == whole.groups.len());
    let kept = all(&after.groups);
    let expected: Vec<_> = said.into_iter().filter(|id| ![seated, quoted].contains(id)).collect();
    assert_eq!(kept, expected, "everybody else's words stay");
    assert_eq!(app.get(&format!("{desk}/discussion")).await.status, 200);
    assert_eq!(app.get(&format!("{desk}/discussion/{group}/guide")).await.status, 200);
    let insight = insight::of(service, &of).await.unwrap();
    assert!([seated, quoted].iter().all(|id| insight.material.voice(*id).is_none()));
}

#[tokio::test]
async fn themes_and_groups_are_told_once_it_is_closed_and_only_of_five_or_more() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let slug = desk.rsplit('/').next().unwrap().parse().unwrap();
    let service = &app.service;
    let db = service.store.read();
    let of = questionnaires::by_slug(db, &slug).await.unwrap().unwrap();
    let reader = app.stranger();
    let insight = insight::of(service, &of).await.unwrap();
    // Says what one of a theme of five or more has said.
    let (open, theme) = insight
        .themes
        .iter()
        .find_map(|open| {
            let theme = open.found.themes.iter().find(|theme| theme.mentions.len() >= 5)?;
            Some((open, theme))
        })
        .unwrap();
    let text = open.texts[theme.main[0]].1.clone();
    let asked = insight.material.questions.iter().find(|a| a.id == open.question).unwrap();
    let mut filled = reader.page(&path(&of)).await.form("form#answers");
    filled.set(&format!("a.{}", asked.key), &text);
    let receipt = sent(&reader, &filled).await;
    assert!(reader.page(&receipt).await.texts(".results li").is_empty(), "not while it is open");
    app.post_form(&format!("{desk}/close"), &[]).await;
    let told = reader.page(&receipt).await.texts(".results li");
    assert!(!told.is_empty());
    for line in &told {
        let people: usize = line.split(' ').next().unwrap().parse().unwrap();
        assert!(people >= 5, "{line}");
        assert!(line.contains("said something like it"), "{line}");
    }
}

#[tokio::test]
async fn a_reader_goes_on_with_another_device_and_sends_one_response() {
    let app = TestApp::spawn().await;
    let of = questionnaire(&app).await;
    let phone = app.stranger();
    let mut begun = form(&phone, &of, "Begun on the phone, 未完\nand more").await;
    begun.set("a.q2.s1", "agree").set("go", "later").set("go_address", "ada@example.org");
    let page = phone.submit(&begun).await;
    assert_eq!(page.status, 200, "{}", page.words());
    assert!(!page.text.contains("/d/"), "the link goes to the mailbox alone");
    let still = page.form("form#answers");
    assert_eq!(still.get("a.q1"), Some("Begun on the phone, 未完\nand more"));
    assert_eq!(still.get("a.q2.s1"), Some("agree"));
    assert_eq!(still.get("form_key"), begun.get("form_key"));

    let mail = mails(&app, 1).await.remove(0);
    assert!(mail.contains("To: ada@example.org") || mail.contains("To: <ada@example.org>"));
    for word in ["Begun", "未完", "agree"] {
        assert!(!mail.contains(word), "the mail tells {word}");
    }
    let opened = link(&mail, "d");
    let desk = app.stranger();
    let page = desk.page(&opened).await;
    assert!(page.words().contains("what you had written by Monday 23 November 2026"));
    assert_eq!(page.header("x-robots-tag"), "noindex");
    let mut there = page.form("form#answers");
    assert_eq!(there.get("a.q1"), Some("Begun on the phone, 未完\nand more"));
    assert_eq!(there.get("a.q2.s1"), Some("agree"));
    // Nobody sees it, and it counts nowhere.
    let db = app.service.store.read();
    assert_eq!(responses::count(db, of.id).await.unwrap(), 0);
    app.sign_in().await;
    for page in [format!("/desk/q/{}/responses", of.slug), "/desk/outbox".to_owned()] {
        let text = app.page(&page).await.text;
        assert!(!text.contains("Begun") && !text.contains("ada@example.org"), "{page}");
    }

    let receipt = sent(&desk, there.set("a.q1", "Ended at the desk.")).await;
    assert_eq!(desk.get(&opened).await.status, 404, "sent is sent");
    // What is sent from the phone later is a revision of the same response.
    let mut still = still;
    assert_eq!(sent(&phone, still.set("a.q1", "On the phone again.")).await, receipt);
    assert_eq!(responses::count(db, of.id).await.unwrap(), 1);
    assert_eq!(desk.page(&receipt).await.texts(".versions li").len(), 2);
}

#[tokio::test]
async fn an_invited_readers_draft_comes_back_to_the_same_invitation() {
    let app = TestApp::signed_in().await;
    let of = questionnaire(&app).await;
    let desk = format!("/desk/q/{}/invitations", of.slug);
    app.import(&desk, "Ada <ada@example.org>").await;
    let added = app.page(&desk).await;
    app.submit(&added.form_with_button("Invite 1 person")).await;
    let invitation = link(&mails(&app, 1).await[0], "i");
    let reader = app.stranger();
    let mut begun = reader.page(&invitation).await.form("form#answers");
    begun.set("a.q1", "Begun.").set("go", "later").set("go_address", "ada@home.example");
    assert_eq!(reader.submit(&begun).await.status, 200);
    let all = mails(&app, 2).await;
    let opened = link(all.iter().find(|mail| mail.contains("/d/")).unwrap(), "d");
    let there = reader.page(&opened).await.form("form#answers");
    assert!(there.action.starts_with(&invitation), "{}", there.action);
    let receipt = sent(&reader, &there).await;
    assert_eq!(reader.get(&invitation).await.location(), receipt);

    // After erasing, the invitation may be used again, and is bound to what is new.
    let mut erase = reader.page(&format!("{receipt}/erase")).await.form("main form[method=post]");
    assert_eq!(reader.submit(erase.set("sure", "yes")).await.status, 200);
    let mut anew = reader.page(&invitation).await.form("form#answers");
    let receipt = sent(&reader, anew.set("a.q1", "Anew.")).await;
    assert_eq!(reader.get(&invitation).await.location(), receipt);
}

#[tokio::test]
async fn nobody_can_fill_a_mailbox_and_whoever_asked_us_to_stop_gets_nothing() {
    let app = TestApp::spawn().await;
    let of = questionnaire(&app).await;
    let ask = async |address: &str| {
        let mut begun = form(&app, &of, "Text.").await;
        begun.set("go", "later").set("go_address", address);
        app.submit(&begun).await
    };
    for (address, status) in [
        ("", 422),
        ("nobody", 422),
        ("ada@example.org", 200),
        ("Ada@Example.org", 200),
        ("ada@example.org", 200),
        ("ADA@example.org", 429),
    ] {
        let page = ask(address).await;
        assert_eq!(page.status, status, "{address}");
        assert_eq!(page.form("form#answers").get("a.q1"), Some("Text."), "{address}");
    }
    // Links to one's own page count with them, and erasing does not begin anew.
    let receipt = sent(&app, &form(&app, &of, "Sent.").await).await;
    let page = app.post_form(&format!("{receipt}/mail"), &[("address", "ada@example.org")]).await;
    assert_eq!(page.status, 429);
    assert_eq!(page.form("details form").get("address"), Some("ada@example.org"));
    let three = ["bea@example.org"; 3];
    for address in three {
        let page = app.post_form(&format!("{receipt}/mail"), &[("address", address)]).await;
        assert_eq!(page.status, 303);
    }
    app.post_form(&format!("{receipt}/erase"), &[("sure", "yes")]).await;
    assert_eq!(ask("bea@example.org").await.status, 429);
    // Another day is another day.
    app.service.clock.advance(TimeDelta::hours(25));
    assert_eq!(ask("ada@example.org").await.status, 200);

    // One form sends so many at most, to whomever.
    let mut begun = form(&app, &of, "Text.").await;
    begun.set("go", "later");
    let mut statuses = vec![];
    for place in 0..6 {
        begun.set("go_address", &format!("reader{place}@example.org"));
        statuses.push(app.submit(&begun).await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);

    let hash = app.service.secret.address_hash("eve@example.org");
    let tx = app.service.store.write().await.unwrap();
    let stopped = colloquy::store::suppressions::Reason::Stopped;
    colloquy::store::suppressions::insert(&tx, hash, stopped, app.service.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ask("eve@example.org").await.status, 200, "nobody is told");
    let db = app.service.store.read();
    let since = app.service.clock.now() - TimeDelta::days(9);
    let purposes = [Purpose::Draft];
    let queued = async |address| {
        colloquy::store::outbox::asked_for_since(db, &[address], &purposes, since).await.unwrap()
    };
    assert_eq!((queued("eve@example.org").await, queued("ada@example.org").await), (0, 4));
}

#[tokio::test]
async fn a_draft_goes_when_its_reader_says_so_or_its_time_is_over() {
    let app = TestApp::spawn().await;
    let of = questionnaire(&app).await;
    let keep = async |text: &str, address: &str| -> Page {
        let mut begun = form(&app, &of, text).await;
        begun.set("go", "later").set("go_address", address);
        app.submit(&begun).await
    };
    keep(CANARY, "ada@example.org").await;
    let opened = link(&mails(&app, 1).await[0], "d");
    let page = app.page(&opened).await;
    let delete = page.attributes("details.elsewhere button[formaction]", "formaction").remove(0);
    assert_eq!(delete, format!("{opened}/delete"));
    let gone = app.post_form(&delete, &[]).await;
    assert_eq!((gone.status, gone.texts("h1")), (200, vec!["It is deleted".to_owned()]));
    assert_eq!(app.get(&opened).await.status, 404);
    assert_eq!(app.post_form(&delete, &[]).await.status, 404);
    assert_eq!(places(&app, CANARY).await, [""; 0]);

    keep("Kept for a month.", "bea@example.org").await;
    let all = mails(&app, 2).await;
    let opened = link(all.iter().find(|mail| mail.contains("bea@")).unwrap(), "d");
    app.service.clock.advance(TimeDelta::days(29));
    assert_eq!(forget_stale(&app.service).await.unwrap(), 0);
    assert_eq!(app.get(&opened).await.status, 200);
    app.service.clock.advance(TimeDelta::days(2));
    assert_eq!(app.get(&opened).await.status, 404);
    assert_eq!(forget_stale(&app.service).await.unwrap(), 1);
    assert_eq!(places(&app, "bea@example.org").await, [""; 0], "the mail is forgotten too");
}

#[tokio::test]
async fn anonymous_readers_are_asked_for_no_address() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let sql = "UPDATE questionnaire SET mode = 'anonymous', version = version + 1";
    let tx = app.service.store.write().await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
    app.service.forms.changed();
    let stored = questionnaires::by_id(app.service.store.read(), of.id).await.unwrap().unwrap();
    assert_eq!(stored.mode, Mode::Anonymous);
    let page = app.page(&path(&of)).await;
    assert!(page.attributes("input", "name").iter().all(|name| name != "go_address"));
    let mut begun = page.form("form#answers");
    begun.set("a.q1", CANARY).set("go", "later").set("go_address", "ada@example.org");
    let refused = app.submit(&begun).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.form("form#answers").get("a.q1"), Some(CANARY));

    begun.fields.retain(|(name, _)| !name.starts_with("go"));
    let receipt = sent(&app, &begun).await;
    let page = app.page(&receipt).await;
    assert!(page.attributes("input[type=email]", "name").is_empty());
    let mail = app.post_form(&format!("{receipt}/mail"), &[("address", "ada@example.org")]).await;
    assert_eq!(mail.status, 422);
    // While it waits to be mixed it can be taken along, and erased.
    let text = app.page(&format!("{receipt}/download.txt")).await.text;
    assert!(text.contains(CANARY), "{text}");
    let done = app.post_form(&format!("{receipt}/erase"), &[("sure", "yes")]).await;
    assert_eq!(done.texts("h1"), ["Everything is gone"]);
    assert_eq!(app.get(&receipt).await.status, 404);
    let db = app.service.store.read();
    assert_eq!(colloquy::store::mixing::count(db, of.id).await.unwrap(), 0);
}
