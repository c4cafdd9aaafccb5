//! Contacts as an organizer brings them, groups them, gives them away and erases them.

use std::fmt::Write as _;

use chrono::TimeDelta;
use colloquy::acts::bring_example::bring_example;
use colloquy::acts::sign_in;
use colloquy::domain::token::Opens;
use colloquy::domain::{Audience, OrganizerId};
use colloquy::jobs::forget::forget_stale;
use colloquy::store::contacts::{self, Contact, lists, search, tags};
use colloquy::store::{contact_imports, invitations, responses, suppressions};
use reqwest::multipart;
use rust_xlsxwriter::Workbook;

use super::support::{Form, Page, TestApp, Visitor, import_form, open};

mod brought;

const CONTACTS: &str = "/desk/contacts";
const IMPORT: &str = "/desk/contacts/import";

async fn me(app: &TestApp) -> OrganizerId {
    sign_in::first_organizer(&app.service).await.unwrap()
}

async fn held(app: &TestApp) -> Vec<Contact> {
    contacts::all_of(app.service.store.read(), me(app).await).await.unwrap()
}

async fn one(app: &TestApp, address: &str) -> Contact {
    let found = held(app).await.into_iter().find(|contact| contact.address_folded == address);
    found.unwrap_or_else(|| panic!("{address} is not held"))
}

/// The figures of an import: new, changed, the same, repeated, left out, unusable.
fn figures(page: &Page) -> Vec<String> {
    page.texts(".figures dd")
}

async fn send_file(visitor: &Visitor, name: &str, bytes: Vec<u8>) -> Page {
    let part = multipart::Part::bytes(bytes).file_name(name.to_owned());
    let form = multipart::Form::new().part("file", part);
    let request = visitor.client.post(visitor.url(IMPORT)).header("sec-fetch-site", "same-origin");
    visitor.send(request.multipart(form)).await
}

fn ticked(page: &Page, addresses: &[&str]) -> Form {
    let mut form = page.form("main form[method=post]");
    for address in addresses {
        let tick = format!("input[aria-label='Tick {address}']");
        let id = page.attributes(&tick, "value").remove(0);
        form.fields.push(("contact".to_owned(), id));
    }
    form
}

#[tokio::test]
async fn a_list_is_looked_at_before_anything_of_it_is_kept() {
    let app = TestApp::signed_in().await;
    let text =
        "Ada <ada@example.org>\nnobody\nADA@example.org\n王薇, wei@example.org, zh, Asia/Shanghai";
    let page = app.bring(IMPORT, text).await;
    assert_eq!(figures(&page), ["2", "0", "0", "1", "0", "1"], "{}", page.words());
    assert!(page.texts("details dt").contains(&"Line 2".to_owned()));
    assert!(held(&app).await.is_empty());

    // Without saying why they may be written to, nothing is imported and nothing typed is lost.
    let mut form = page.form("main form[method=post]");
    form.set("do", "import").set("new_list", "Circle").set("tags", "Berlin, VIP");
    let refused = app.submit(&form).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts(".problems li").len(), 2, "{}", refused.words());
    assert!(held(&app).await.is_empty());
    let form = import_form(&refused);
    assert_eq!((form.get("new_list"), form.get("tags")), (Some("Circle"), Some("Berlin, VIP")));
    assert_eq!(refused.form("main form[method=post]").get("text"), Some(text));

    let left = app.submit(&form).await.location();
    let wei = one(&app, "wei@example.org").await;
    assert_eq!((wei.name.as_str(), wei.language.as_str()), ("王薇", "zh"));
    assert_eq!((wei.zone.as_str(), wei.basis.as_str()), ("Asia/Shanghai", "agreed"));
    assert_eq!(wei.consent_from, "the reading circle");
    assert_eq!(wei.consent_on.unwrap().to_string(), "2026-08-12");
    let db = app.service.store.read();
    let tagged = tags::of_contacts(db, &[wei.id]).await.unwrap();
    assert_eq!(tagged[&wei.id].iter().collect::<Vec<_>>(), ["berlin", "vip"]);

    // What could not be used waits to be corrected, with all that was chosen.
    let page = app.page(&left).await;
    assert!(page.words().contains("2 people added"), "{}", page.words());
    let mut form = page.form("main form[method=post]");
    assert_eq!(form.get("text"), Some("nobody"));
    form.set("text", "nobody@example.org");
    let looked = app.submit(form.set("do", "import")).await.location();
    assert!(looked.ends_with("?changed=1"), "a changed list is looked at: {looked}");
    let page = app.page(&looked).await;
    assert_eq!(figures(&page)[0], "1");
    let end = app.submit(&import_form(&page)).await.location();
    assert!(end.starts_with("/desk/contacts?added=1"), "{end}");
    assert_eq!(held(&app).await.len(), 3);
    assert_eq!(app.get(&left).await.status, 404, "it waits no longer");
}

#[tokio::test]
async fn known_people_get_what_they_lack_and_keep_what_they_have() {
    let app = TestApp::signed_in().await;
    app.import(IMPORT, "ada@example.org\nbob@example.org, Bob\nStopped <s@example.org>").await;
    let stopped = one(&app, "s@example.org").await;
    let hash = app.service.secret.address_hash("n@example.org");
    let tx = app.service.store.write().await.unwrap();
    let now = app.service.clock.now();
    suppressions::insert(&tx, hash, suppressions::Reason::Stopped, now).await.unwrap();
    tx.commit().await.unwrap();

    let list = "email,name,time zone\nada@example.org,Ada,Europe/Berlin\nBOB@example.org,Robert,\n\
                n@example.org,New,\ns@example.org,Stopped,";
    let page = app.bring(IMPORT, list).await;
    assert_eq!(figures(&page), ["0", "1", "2", "0", "1", "0"], "{}", page.words());
    assert!(page.words().contains("name (1), time zone (1)"), "{}", page.words());
    let mut form = import_form(&page);
    // To be replaced is another reading of the list, so it is looked at again.
    let looked = app.submit(form.set("overwrite", "yes")).await.location();
    let page = app.page(&looked).await;
    assert_eq!(figures(&page), ["0", "2", "1", "0", "1", "0"], "{}", page.words());
    let before = one(&app, "bob@example.org").await;
    app.submit(&import_form(&page)).await.location();
    let (ada, bob) = (one(&app, "ada@example.org").await, one(&app, "bob@example.org").await);
    assert_eq!((ada.name.as_str(), ada.zone.as_str()), ("Ada", "Europe/Berlin"));
    assert_eq!((bob.name.as_str(), bob.address.as_str()), ("Robert", "bob@example.org"));
    assert_eq!((bob.id, bob.created_at), (before.id, before.created_at));
    assert_eq!(held(&app).await.len(), 3, "whoever asked us to stop is not taken in");
    assert_eq!(one(&app, "s@example.org").await.id, stopped.id);
}

#[tokio::test]
async fn a_workbook_is_read_and_its_columns_can_be_said() {
    let app = TestApp::signed_in().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Wer", "Wo", "Seit", "Was"]).unwrap();
    sheet.write_row(1, 0, ["Ada", "ada@example.org", "2026-05-01", "vip"]).unwrap();
    sheet.write_row(2, 0, ["Bob", "bob@example.org", "2026-05-02", "x;y"]).unwrap();
    let sent = send_file(&app, "people.xlsx", book.save_to_buffer().unwrap()).await;
    let page = app.page(&sent.location()).await;
    assert!(page.texts("h1")[0].contains("people.xlsx"), "{:?}", page.texts("h1"));
    let mut form = page.form("main form[method=post]");
    assert_eq!(form.get("column.1"), Some("address"));
    form.set("column.0", "name").set("column.2", "consent_on").set("column.3", "tags");
    form.set("basis", "agreed").set("consent_from", "the fair");
    let looked = app.submit(form.set("do", "import")).await.location();
    let page = app.page(&looked).await;
    let mut form = page.form("main form[method=post]");
    assert_eq!(form.get("column.3"), Some("tags"));
    app.submit(form.set("do", "import")).await.location();
    let bob = one(&app, "bob@example.org").await;
    assert_eq!(bob.name, "Bob");
    assert_eq!(bob.consent_on.unwrap().to_string(), "2026-05-02", "each has a day of their own");
    let carried = tags::of_contacts(app.service.store.read(), &[bob.id]).await.unwrap();
    assert_eq!(carried[&bob.id].iter().collect::<Vec<_>>(), ["x", "y"]);

    let broken = send_file(&app, "people.xlsx", b"PK\x03\x04 no archive".to_vec()).await;
    assert_eq!(broken.status, 422);
    assert!(broken.words().contains("CSV UTF-8"), "{}", broken.words());
    let empty = app.post_form(IMPORT, &[]).await;
    assert!(empty.status >= 400 && empty.status < 500, "{}", empty.status);
}

#[tokio::test]
async fn hostile_lists_are_kept_as_text_and_break_nothing() {
    let app = TestApp::signed_in().await;
    let long = "x".repeat(10_000);
    let mut list = String::from("name,email\n");
    for (at, name) in [
        "\"Ada\r\nBcc: eve@example.org\"",
        "\"O'Neil, \"\"Q\"\"\"",
        "\u{202e}gro.elpmaxe\u{202c}",
        "=HYPERLINK(\"\"http://e.example\"\")",
        "<script>alert(1)</script>",
        long.as_str(),
        "=?utf-8?b?QmNjOg==?=",
        "\u{0}\u{7}",
    ]
    .iter()
    .enumerate()
    {
        writeln!(list, "{name},h{at}@example.org").unwrap();
    }
    for address in [
        "a@bücher.example",
        "\"a b\"@example.org",
        "\"a..b\"@example.org",
        "用户@例子.example",
        "a@example.org\u{202e}",
        "a@b@c.de",
        "@",
        &format!("{}@example.org", "y".repeat(400)),
        "a@[127.0.0.1]",
        "=1@example.org",
    ] {
        writeln!(list, "N,{address}").unwrap();
    }
    let page = app.bring(IMPORT, &list).await;
    assert!(!page.text.contains("<script>alert"), "nothing is markup");
    app.submit(&import_form(&page)).await.location();
    let held = held(&app).await;
    assert!(held.len() >= 10, "{}", held.len());
    for contact in &held {
        let bare = |text: &str| !text.contains(char::is_control) && text.chars().count() <= 254;
        assert!(bare(&contact.name) && bare(contact.address.as_str()), "{contact:?}");
    }
    assert_eq!(app.page(CONTACTS).await.texts("tbody tr").len(), held.len());
    let file = app.get("/desk/contacts/contacts.csv").await.text;
    let body = file.trim_start_matches('\u{feff}');
    for record in csv::Reader::from_reader(body.as_bytes()).records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "a formula: {cell}");
        }
    }
    // What was given out is taken in again as it was.
    let page = app.bring(IMPORT, body).await;
    let count = held.len().to_string();
    assert_eq!(figures(&page)[..3], ["0".to_owned(), "0".to_owned(), count], "{}", page.words());
}

#[tokio::test]
async fn contacts_are_found_grouped_and_given_away() {
    let app = TestApp::signed_in().await;
    let people = "Ada Müller <ada@example.org>\nBob <bob@example.org>\nÉva <eva@example.net>";
    app.import(IMPORT, people).await;
    let page = app.page(CONTACTS).await;
    assert_eq!(page.texts("tbody th a").len(), 3);
    let found = async |query: &str| app.page(&format!("{CONTACTS}?{query}")).await;
    for (query, count) in
        [("q=example.org", 2), ("q=müller", 1), ("q=MÜLLER", 0), ("q=%25", 0), ("q=a+net", 1)]
    {
        let page = found(query).await;
        // SQLite knows no large letters beyond ASCII; PostgreSQL does.
        let more = query == "q=MÜLLER";
        let shown = page.texts("tbody th a").len();
        assert!(shown == count || more, "{query}: {shown}");
    }

    let mut form = ticked(&page, &["ada@example.org", "eva@example.net"]);
    let done = app.submit(form.set("new_list", "Circle").set("do", "put_on")).await.location();
    assert!(app.page(&done).await.words().contains("Done with 2 people"));
    let mut form = page.form("main form[method=post]");
    form.set("all", "yes").set("tags", "Berlin; VIP").set("do", "tag");
    app.submit(&form).await.location();
    let db = app.service.store.read();
    let organizer = me(&app).await;
    let circle = lists::all_of(db, organizer).await.unwrap().remove(0);
    let page = found(&format!("list={}", circle.id)).await;
    assert_eq!(page.texts("tbody th a"), ["ada@example.org", "eva@example.net"]);
    let mut form = ticked(&page, &["eva@example.net"]);
    app.submit(form.set("list", &circle.id.to_string()).set("do", "take_off")).await.location();
    let mut form = ticked(&page, &["ada@example.org"]);
    app.submit(form.set("tags", "vip").set("do", "untag")).await.location();

    // Whoever asks the store for an audience gets the same, in parts.
    let of = async |lists: &[_], tags: &[&str]| {
        let tags = tags.iter().map(ToString::to_string).collect();
        let audience = Audience { lists: lists.to_vec(), tags };
        let mut all: Vec<String> = vec![];
        while let part =
            contacts::audience(db, organizer, &audience, all.last().map(String::as_str), 2)
                .await
                .unwrap()
            && !part.is_empty()
        {
            all.extend(part.into_iter().map(|contact| contact.address_folded));
        }
        let count = contacts::count(db, organizer, &audience).await.unwrap();
        assert_eq!(count, u64::try_from(all.len()).unwrap());
        all
    };
    assert_eq!(of(&[], &[]).await, ["ada@example.org", "bob@example.org", "eva@example.net"]);
    assert_eq!(of(&[circle.id], &[]).await, ["ada@example.org"]);
    assert_eq!(of(&[], &["vip"]).await, ["bob@example.org", "eva@example.net"]);
    assert_eq!(of(&[circle.id], &["vip"]).await, [""; 0]);
    assert_eq!(of(&[circle.id], &["vip", "berlin"]).await, ["ada@example.org"]);

    let file = app.get(&format!("/desk/contacts/contacts.csv?list={}", circle.id)).await;
    assert_eq!(file.text.lines().count(), 2, "{}", file.text);
    assert!(file.text.contains("ada@example.org,Ada Müller,en,,Circle,berlin,agreed"));

    // Nobody else sees or changes any of it.
    let other = app.another_organizer("eve@example.org").await;
    let ada = one(&app, "ada@example.org").await;
    assert!(other.page(CONTACTS).await.words().contains("You have no contacts yet"));
    for path in ["", "/erase", "/everything.json"] {
        assert_eq!(other.get(&format!("{CONTACTS}/{}{path}", ada.id)).await.status, 404);
    }
    let id = ada.id.to_string();
    other.post_form(CONTACTS, &[("contact", &id), ("do", "suppress")]).await;
    other
        .post_form(
            &format!("{CONTACTS}/lists"),
            &[("list", &circle.id.to_string()), ("do", "delete")],
        )
        .await;
    assert_eq!(of(&[circle.id], &[]).await, ["ada@example.org"]);
    let hash = app.service.secret.address_hash("ada@example.org");
    assert_eq!(suppressions::of(db, &hash).await.unwrap(), None);
}

#[tokio::test]
async fn lists_are_made_renamed_and_removed_without_their_people() {
    let app = TestApp::signed_in().await;
    app.import(IMPORT, "ada@example.org").await;
    let path = "/desk/contacts/lists";
    let mut make = app.page(path).await.form("main form[method=post]");
    make.set("name", "Circle").set("do", "make");
    app.submit(&make).await.location();
    let twice = app.submit(make.set("name", "CIRCLE")).await;
    assert_eq!(twice.status, 422);
    assert_eq!(twice.form("section.panel form").get("name"), Some("CIRCLE"));
    let page = app.page(path).await;
    let mut rename = page.form("section.entry form");
    app.submit(rename.set("name", "Readers").set("do", "rename")).await.location();
    assert_eq!(app.page(path).await.texts("section.entry h2"), ["Readers"]);
    app.submit(rename.set("do", "delete")).await.location();
    assert_eq!(app.page(path).await.texts("section.entry h2"), [""; 0]);
    assert_eq!(held(&app).await.len(), 1);
}

#[tokio::test]
async fn an_organizer_lifts_what_they_did_and_never_what_a_reader_asked_for() {
    let app = TestApp::signed_in().await;
    app.import(IMPORT, "ada@example.org\nbob@example.org").await;
    let ada = format!("{CONTACTS}/{}", one(&app, "ada@example.org").await.id);
    let hash = app.service.secret.address_hash("ada@example.org");
    let db = app.service.store.read();
    app.post_form(&ada, &[("do", "suppress")]).await.location();
    let page = app.page(&ada).await;
    assert!(page.words().contains("You asked for it."), "{}", page.words());
    let shown = app.page(&format!("{CONTACTS}?show=suppressed")).await;
    assert_eq!(shown.texts("tbody th a"), ["ada@example.org"]);

    // Another organizer here who holds the same address cannot undo it.
    let other = app.another_organizer("eve@example.org").await;
    other.import(IMPORT, "ada@example.org").await;
    assert!(other.page(CONTACTS).await.words().contains("You have no contacts yet"));

    app.post_form(&ada, &[("do", "lift")]).await.location();
    assert_eq!(suppressions::of(db, &hash).await.unwrap(), None);
    other.import(IMPORT, "ada@example.org").await;
    app.post_form(&ada, &[("do", "suppress")]).await.location();
    let link = other.page(CONTACTS).await.attributes("tbody th a", "href").remove(0);
    assert_eq!(other.post_form(&link, &[("do", "lift")]).await.status, 409);
    assert!(suppressions::of(db, &hash).await.unwrap().is_some());

    let tx = app.service.store.write().await.unwrap();
    let now = app.service.clock.now();
    suppressions::insert(&tx, hash.clone(), suppressions::Reason::Stopped, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.post_form(&ada, &[("do", "lift")]).await.status, 409);
    assert!(app.page(&ada).await.words().contains("Only they can change that"));
}

#[tokio::test]
async fn a_reader_who_stopped_mails_takes_it_back_on_their_own_page() {
    let app = TestApp::signed_in().await;
    let questionnaire = bring_example(&app.service, me(&app).await).await.unwrap();
    let page = format!("/desk/q/{}/invitations", questionnaire.slug);
    app.import(&page, "ada@example.org").await;
    let ada = one(&app, "ada@example.org").await;
    app.submit(&app.page(&page).await.form_with_button("Invite 1 person")).await.location();
    let kept =
        colloquy::store::person::of(app.service.store.read(), &ada).await.unwrap().invitations;
    let token = app.service.secret.link(Opens::Invitation, kept[0].id.0);
    let path = format!("/i/{token}/stop");
    let reader = app.stranger();
    let stop = reader.page(&path).await.form("main form[method=post]");
    let stopped = reader.submit(&stop).await;
    let again = stopped.form("main form[method=post]");
    assert_eq!(again.get("again"), Some("yes"));
    // A mail program that repeats its click changes nothing.
    let click = [("List-Unsubscribe", "One-Click"), ("again", "yes")];
    assert_eq!(reader.post_form(&path, &click).await.status, 200);
    let hash = app.service.secret.address_hash("ada@example.org");
    let db = app.service.store.read();
    assert!(suppressions::of(db, &hash).await.unwrap().is_some());
    let back = reader.submit(&again).await;
    assert_eq!(back.status, 200);
    assert!(back.words().contains("We may write to you again"), "{}", back.words());
    assert_eq!(suppressions::of(db, &hash).await.unwrap(), None);
    assert!(!app.page(&page).await.text.contains("asked us to stop</span>"));
}

#[tokio::test]
async fn all_of_one_person_is_given_away_and_erased() {
    let app = TestApp::signed_in().await;
    let questionnaire = bring_example(&app.service, me(&app).await).await.unwrap();
    let page = format!("/desk/q/{}/invitations", questionnaire.slug);
    app.import(&page, "Ada <ada@example.org>\nBob <bob@example.org>").await;
    app.submit(&app.page(&page).await.form_with_button("Invite 2 people")).await.location();
    let ada = one(&app, "ada@example.org").await;
    let path = format!("{CONTACTS}/{}", ada.id);

    let file = app.get(&format!("{path}/everything.json")).await;
    let value: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(value["contact"]["address"], "ada@example.org");
    assert_eq!(value["contact"]["where_it_comes_from"], "the reading circle");
    assert_eq!(value["invitations"][0]["questionnaire"], questionnaire.title);
    assert_eq!(value["mails"][0]["to"], "ada@example.org");
    assert!(!file.text.contains("bob@example.org"), "nobody else is in it");

    let ask = app.page(&format!("{path}/erase")).await;
    let mut form = ask.form("main form[method=post]");
    assert_eq!(app.submit(&form).await.status, 422, "only with a tick");
    assert_eq!(held(&app).await.len(), 2);
    app.submit(form.set("sure", "yes")).await.location();
    assert_eq!(app.get(&path).await.status, 404);
    assert_eq!(held(&app).await.len(), 1);
    let outbox = app.page("/desk/outbox").await;
    assert!(!outbox.text.contains("ada@example.org") && outbox.text.contains("bob@example.org"));
    for mail in outbox.attributes("tbody a", "href") {
        assert!(!app.page(&mail).await.text.contains("ada@example.org"), "{mail}");
    }
    // The fingerprint stays, so that the next list does not bring the address back.
    let page = app.bring(IMPORT, "ada@example.org").await;
    assert_eq!(figures(&page), ["0", "0", "0", "0", "1", "0"], "{}", page.words());
}

#[tokio::test]
async fn answers_go_with_the_person_if_wished_and_only_then() {
    let app = TestApp::signed_in().await;
    let questionnaire = app.published(&[open("What comes next?")]).await;
    let page = format!("/desk/q/{}/invitations", questionnaire.slug);
    app.import(&page, "Ada <ada@example.org>\nBob <bob@example.org>").await;
    app.submit(&app.page(&page).await.form_with_button("Invite 2 people")).await.location();
    let db = app.service.store.read();
    for person in
        invitations::people(db, &app.service.secret, questionnaire.id, questionnaire.organizer_id)
            .await
            .unwrap()
    {
        let token = app.service.secret.link(Opens::Invitation, person.invitation.unwrap().id.0);
        let mut form = app.stranger().page(&format!("/i/{token}")).await.form("form#answers");
        form.set("a.q1", &format!("Words of {}.", person.contact.name));
        assert_eq!(app.stranger().submit(&form).await.status, 303);
    }
    let said = async || {
        let all = responses::all(db, questionnaire.id).await.unwrap();
        let mut said: Vec<String> =
            all.iter().flat_map(|given| given.answers.values()).map(|a| format!("{a:?}")).collect();
        said.sort();
        said
    };
    assert_eq!(said().await.len(), 2);
    for (address, wished, left) in [("bob@example.org", false, 2), ("ada@example.org", true, 1)] {
        let path = format!("{CONTACTS}/{}", one(&app, address).await.id);
        let file = app.get(&format!("{path}/everything.json")).await.text;
        assert_eq!(file.matches("Words of ").count(), 1, "{file}");
        let mut form = app.page(&format!("{path}/erase")).await.form("main form[method=post]");
        form.fields.retain(|(name, _)| name != "responses");
        if wished {
            form.fields.push(("responses".to_owned(), "yes".to_owned()));
        }
        app.submit(form.set("sure", "yes")).await.location();
        assert_eq!(said().await.len(), left, "{address}");
    }
    assert!(said().await[0].contains("Words of Bob."), "{:?}", said().await);
}

#[tokio::test]
async fn what_is_brought_and_not_imported_is_forgotten_after_a_day() {
    let app = TestApp::signed_in().await;
    app.bring(IMPORT, "ada@example.org").await;
    let waiting = async || {
        let all = contact_imports::all_of(app.service.store.read(), me(&app).await).await;
        all.unwrap().len()
    };
    app.service.clock.advance(TimeDelta::hours(23));
    forget_stale(&app.service).await.unwrap();
    assert_eq!(waiting().await, 1);
    assert!(
        app.page(CONTACTS)
            .await
            .words()
            .contains("Lists with lines that are not among your contacts yet")
    );
    app.service.clock.advance(TimeDelta::hours(2));
    forget_stale(&app.service).await.unwrap();
    assert_eq!(waiting().await, 0);
    // Another list is thrown away at once.
    let page = app.bring(IMPORT, "ada@example.org").await;
    app.submit(page.form("main form[method=post]").set("do", "throw_away")).await.location();
    assert_eq!((waiting().await, held(&app).await.len()), (0, 0));
}

#[tokio::test]
async fn a_contact_is_corrected_and_two_never_share_an_address() {
    let app = TestApp::signed_in().await;
    app.import(IMPORT, "ada@example.org\nbob@example.org").await;
    let path = format!("{CONTACTS}/{}", one(&app, "ada@example.org").await.id);
    let mut form = app.page(&path).await.form("main form[method=post]");
    form.set("do", "save").set("name", "Ada").set("zone", "europe/berlin").set("tags", "x, y");
    app.submit(&form).await.location();
    let ada = one(&app, "ada@example.org").await;
    assert_eq!((ada.name.as_str(), ada.zone.as_str()), ("Ada", "Europe/Berlin"));
    for (field, wrong) in
        [("address", "BOB@example.org"), ("address", "ada"), ("zone", "Nowhere/City")]
    {
        let mut form = app.page(&path).await.form("main form[method=post]");
        let refused =
            app.submit(form.set("do", "save").set(field, wrong).set("name", "Typed")).await;
        assert_eq!(refused.status, 422, "{wrong}");
        let again = refused.form("main form[method=post]");
        assert_eq!((again.get(field), again.get("name")), (Some(wrong), Some("Typed")));
        assert_eq!(refused.texts(".problem").len(), 1, "{wrong}");
    }
    let everybody = search::Wanted::default();
    let db = app.service.store.read();
    let found = search::all(db, me(&app).await, &everybody).await.unwrap();
    assert_eq!(found.len(), 2);
}
