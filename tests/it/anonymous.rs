//! What is kept of who answers: said on the form, held at the desk, and in anonymous
//! questionnaires true even for somebody who has every copy of the database.

use std::time::Duration;

use chrono::TimeDelta;
use colloquy::acts::add_contacts::add_contacts;
use colloquy::acts::bring_example::bring_example;
use colloquy::acts::choose_mode::choose_mode;
use colloquy::acts::plan_campaign::begin_campaign;
use colloquy::acts::publish_questionnaire::close_questionnaire;
use colloquy::acts::sign_in;
use colloquy::domain::campaign::Aim;
use colloquy::domain::status::Mode;
use colloquy::domain::token::{self, Opens};
use colloquy::jobs::mix::mix_due;
use colloquy::store::entity::sealed;
use colloquy::store::invitations::{self, Invitation};
use colloquy::store::mixing::keys::Keys;
use colloquy::store::questionnaires::Questionnaire;
use colloquy::store::{mixing, organizers, responses};
use sea_orm::EntityTrait as _;

use crate::support::{Form, TestApp, open};

mod attack;
mod attacker;
mod evidence;

/// A questionnaire in this mode, open to readers, with one question.
async fn asked(app: &TestApp, mode: Mode) -> Questionnaire {
    let of = app.published(&[open("What comes next?")]).await;
    choose_mode(&app.service, of, mode).await.unwrap().unwrap()
}

/// Somebody who was invited.
struct Reader {
    name: String,
    invitation: Invitation,
    /// `/i/…`
    path: String,
}

/// Invites these people; in their order.
async fn invite(app: &TestApp, of: &Questionnaire, people: &[String]) -> Vec<Reader> {
    let (service, db) = (&app.service, app.service.store.read());
    let by = organizers::by_id(db, of.organizer_id).await.unwrap().unwrap();
    let lines: Vec<String> =
        people.iter().map(|name| format!("{name} <{name}@example.org>")).collect();
    for line in &lines {
        let language = if line.contains("zh ") { "zh" } else { "en" };
        add_contacts(service, by.id, line, language, "a list").await.unwrap();
    }
    begin_campaign(service, &by, of, Aim::Invite).await.unwrap();
    let all = invitations::people(db, &service.secret, of.id, of.organizer_id).await.unwrap();
    let reader = |name: &String| {
        let person = all.iter().find(|person| person.contact.name == *name).unwrap();
        let invitation = person.invitation.clone().unwrap();
        let token = service.secret.link(Opens::Invitation, invitation.id.0);
        Reader { name: name.clone(), invitation, path: format!("/i/{token}") }
    };
    people.iter().map(reader).collect()
}

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("reader{number}")).collect()
}

/// The form at `path` with this text; a person takes a minute for it.
async fn filled(app: &TestApp, path: &str, text: &str) -> Form {
    let mut form = app.stranger().page(path).await.form("form#answers");
    app.service.clock.advance(TimeDelta::minutes(1));
    form.set("a.q1", text);
    form
}

/// Sends this text through the form at `path`; the path of the receipt.
async fn send(app: &TestApp, path: &str, text: &str) -> String {
    let form = filled(app, path, text).await;
    app.submit(&form).await.location()
}

/// Lets the mixer work until nothing is due; it also works by itself meanwhile.
async fn mixed(app: &TestApp) {
    while mix_due(&app.service).await.unwrap() > 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// How many answers can be read, and how many wait.
async fn counts(app: &TestApp, of: &Questionnaire) -> (u64, u64) {
    let db = app.service.store.read();
    (responses::count(db, of.id).await.unwrap(), mixing::count(db, of.id).await.unwrap())
}

#[tokio::test]
async fn an_anonymous_invitation_lets_its_reader_in_once_and_leads_nowhere() {
    let app = TestApp::spawn().await;
    let of = asked(&app, Mode::Anonymous).await;
    let reader = invite(&app, &of, &names(1)).await.remove(0);
    let one = filled(&app, &reader.path, "A first thought").await;
    let mut other = filled(&app, &reader.path, "Somebody else's thought").await;
    assert_ne!(one.get("form_key"), other.get("form_key"));

    let receipt = app.submit(&one).await.location();
    for _ in 0..2 {
        assert_eq!(app.submit(&one).await.location(), receipt, "the same form, sent again");
    }
    let page = app.page(&receipt).await;
    assert!(page.texts("dd").contains(&"A first thought".to_owned()), "{}", page.words());
    assert!(page.words().contains("wait, encrypted"), "{}", page.words());

    let refused = app.submit(&other).await;
    assert_eq!(refused.status, 409);
    let back = refused.form("form#answers");
    assert_eq!(back.get("a.q1"), Some("Somebody else's thought"));
    assert_eq!(back.get("form_key"), other.get("form_key"));
    other.set("a.q1", "");
    assert_eq!(app.submit(&other).await.status, 422);

    let again = app.page(&reader.path).await;
    assert!(again.words().contains("it has been used"), "{}", again.words());
    assert!(!again.text.contains("/r/"), "the link leads to the answers");
    let kept = invitations::by_id(app.service.store.read(), reader.invitation.id).await;
    let kept = kept.unwrap().unwrap();
    assert_eq!((kept.response_id, kept.opened_at), (None, None));
    assert_eq!(kept.answered_at, of.published_at);
    assert_eq!(counts(&app, &of).await, (0, 1));
    let rows = sealed::Entity::find().all(app.service.store.read()).await.unwrap();
    assert!(!String::from_utf8_lossy(&rows[0].content).contains("thought"));
}

#[tokio::test]
async fn what_waits_can_be_read_and_changed_and_so_can_what_was_mixed() {
    let app = TestApp::signed_in().await;
    let of = asked(&app, Mode::Anonymous).await;
    let public = format!("/q/{}", of.slug);
    let mut receipts = vec![];
    for number in 0..12 {
        let text = format!("Thought number {number}");
        receipts.push((send(&app, &public, &text).await, text));
    }
    let change = async |receipt: &str, text: &str| {
        let form = filled(&app, &format!("{receipt}/change"), text).await;
        assert_eq!(app.submit(&form).await.location(), receipt);
    };
    change(&receipts[3].0, "Changed while it waits").await;
    receipts[3].1 = "Changed while it waits".to_owned();
    mixed(&app).await;
    let (read, wait) = counts(&app, &of).await;
    assert_eq!(read + wait, 12);
    assert!(read >= 5 && wait >= 5, "{read} can be read and {wait} wait");
    let desk = app.page(&format!("/desk/q/{}/responses", of.slug)).await;
    assert!(desk.words().contains(&format!("{wait} more answers wait")), "{}", desk.words());
    for (receipt, text) in &receipts {
        assert!(app.page(receipt).await.texts("dd").contains(text), "{text}");
    }

    close_questionnaire(&app.service, of.clone()).await.unwrap();
    mixed(&app).await;
    assert_eq!(counts(&app, &of).await.0 + counts(&app, &of).await.1, 12);
    assert!(counts(&app, &of).await.1 >= 5, "some may still be writing");
    app.service.clock.advance(TimeDelta::hours(25));
    mixed(&app).await;
    assert_eq!(counts(&app, &of).await, (12, 0));
    for (receipt, text) in &receipts {
        let page = app.page(receipt).await;
        assert!(page.texts("dd").contains(text), "{text}");
        assert!(!page.words().contains("wait, encrypted"));
    }
    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    for given in &all {
        assert_eq!(given.response.revision, 1, "who has changed an answer is known by it");
        assert_eq!(given.response.created_at, mixing::day(given.response.created_at));
        assert_eq!(given.response.updated_at, given.response.created_at);
        assert_eq!(given.response.language, of.language);
    }
}

#[tokio::test]
async fn a_mixed_answer_that_is_changed_is_seen_changed_at_the_desk_and_tells_only_the_day() {
    let app = TestApp::signed_in().await;
    let of = asked(&app, Mode::Anonymous).await;
    let mut receipts = vec![];
    for number in 0..25 {
        let text = format!("Thought number {number}");
        receipts.push(send(&app, &format!("/q/{}", of.slug), &text).await);
    }
    mixed(&app).await;
    let desk = format!("/desk/q/{}/responses", of.slug);
    let before = app.page(&desk).await.words();
    let mut moved = None;
    for (number, receipt) in receipts.iter().enumerate() {
        if !app.page(receipt).await.words().contains("wait, encrypted") {
            moved = Some((number, receipt.clone()));
        }
    }
    let (number, receipt) = moved.unwrap();
    assert!(before.contains(&format!("Thought number {number}")));
    let text = "Something quite different";
    assert_eq!(send(&app, &format!("{receipt}/change"), text).await, receipt);
    assert!(app.page(&desk).await.words().contains(text));
    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    let changed = all.iter().find(|given| given.response.revision == 2).unwrap();
    assert_eq!(changed.response.updated_at, mixing::day(changed.response.updated_at));
}

#[tokio::test]
async fn fewer_than_five_are_never_shown() {
    let app = TestApp::signed_in().await;
    let of = asked(&app, Mode::Anonymous).await;
    for number in 0..4 {
        send(&app, &format!("/q/{}", of.slug), &format!("Thought {number}")).await;
    }
    close_questionnaire(&app.service, of.clone()).await.unwrap();
    app.service.clock.advance(TimeDelta::hours(25));
    mixed(&app).await;
    assert_eq!(counts(&app, &of).await, (0, 4));
    let desk = app.page(&format!("/desk/q/{}/responses", of.slug)).await;
    assert!(desk.words().contains("Fewer than five would not be anonymous"), "{}", desk.words());
    assert!(!desk.text.contains("Thought"));
}

#[tokio::test]
async fn the_mode_is_chosen_at_the_desk_and_never_promises_less_than_was_read() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("What comes next?")]).await;
    let desk = format!("/desk/q/{}/settings", of.slug);
    let choose = async |mode: &str| {
        let mut form = app.page(&desk).await.form("form.settings");
        form.set("mode", mode);
        app.submit(&form).await
    };
    let allowed =
        async || app.page(&desk).await.attributes("input[name=mode]:not([disabled])", "value");
    let modes = ["identified", "confidential", "anonymous"];
    assert_eq!(allowed().await, modes);
    assert_eq!(choose("confidential").await.status, 303);
    assert_eq!(allowed().await, modes[1..]);
    let refused = choose("identified").await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts(".problems li")[0].contains("can only become more"));
    assert_eq!(
        app.page(&desk).await.attributes("input[name=mode][checked]", "value"),
        ["confidential"]
    );
    send(&app, &format!("/q/{}", of.slug), "A thought").await;
    assert_eq!(allowed().await, ["confidential"]);
    let refused = choose("anonymous").await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts(".problems li")[0].contains("stays as it is"));
    assert!(app.page(&desk).await.words().contains("The first answer is in"));
}

#[tokio::test]
async fn an_anonymous_questionnaire_asks_nobody_who_they_are() {
    let app = TestApp::signed_in().await;
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let example = bring_example(&app.service, organizer).await.unwrap();
    // The example asks for name and address.
    let refused = choose_mode(&app.service, example, Mode::Anonymous).await.unwrap();
    assert!(refused.unwrap_err()[0].contains("cannot ask for name and address"));
    let of = asked(&app, Mode::Anonymous).await;
    let mut form =
        app.page(&format!("/desk/q/{}/questionnaire", of.slug)).await.form("form.editor");
    form.set("then", "add:0:contact");
    let refused = app.submit(&form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts(".problems li")[0].contains("cannot ask for name and address"));
    let page = app.page(&format!("/q/{}", of.slug)).await;
    assert_eq!(page.attributes("input[type=email]", "name"), Vec::<String>::new());
}

#[tokio::test]
async fn above_the_first_question_stands_what_is_known_of_whom() {
    let app = TestApp::spawn().await;
    for (mode, said, of_a_link, in_chinese) in [
        (Mode::Identified, "only if you write it", "can therefore see", "知道这些回答出自您"),
        (Mode::Confidential, "unless you write it", "whoever runs the server", "但不是匿名"),
        (Mode::Anonymous, "not asked who you are", "lets you answer once", "不记下哪份回答来自它"),
    ] {
        let of = asked(&app, mode).await;
        let reader = invite(&app, &of, &names(1)).await.remove(0);
        let public = app.page(&format!("/q/{}", of.slug)).await;
        assert!(public.texts(".promise")[0].contains(said), "{:?}", public.texts(".promise"));
        let own = app.page(&reader.path).await;
        assert!(own.texts(".promise")[0].contains(of_a_link), "{:?}", own.texts(".promise"));
        let chinese = app.page(&format!("{}?lang=zh", reader.path)).await;
        assert!(
            chinese.texts(".promise")[0].contains(in_chinese),
            "{:?}",
            chinese.texts(".promise")
        );
        app.page(&format!("{}?lang=en", reader.path)).await;
        let anonymous = mode == Mode::Anonymous;
        assert_eq!(
            own.attributes("form#answers", "data-draft-session").len(),
            usize::from(anonymous)
        );
        assert_eq!(own.words().contains("Hello reader1"), !anonymous);
    }
}

#[tokio::test]
async fn a_confidential_desk_shows_names_only_where_their_owners_agreed() {
    let app = TestApp::signed_in().await;
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let example = bring_example(&app.service, organizer).await.unwrap();
    let of = choose_mode(&app.service, example, Mode::Confidential).await.unwrap().unwrap();
    let path = format!("/q/{}", of.slug);
    let page = app.page(&path).await;
    let address = page.attributes("input[type=email]", "name").remove(0);
    let contact = address.trim_end_matches(".address").to_owned();
    for (name, consents) in
        [("Silent", vec![]), ("Quoted", vec!["quote_named"]), ("Joining", vec!["join"])]
    {
        let mut form = app.stranger().page(&path).await.form("form#answers");
        app.service.clock.advance(TimeDelta::minutes(1));
        form.set(&format!("{contact}.name"), name);
        form.set(&address, &format!("{name}@example.org"));
        for consent in consents {
            form.set(&format!("{contact}.{consent}"), "yes");
        }
        assert_eq!(app.submit(&form).await.status, 303);
    }
    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    let desk = format!("/desk/q/{}", of.slug);
    let mut shown = String::new();
    for given in &all {
        shown += &app.page(&format!("{desk}/responses/{}", given.response.id)).await.text;
    }
    for part in ["responses", "insight", "brief", "discussion", "invitations"] {
        shown += &app.page(&format!("{desk}/{part}")).await.text;
    }
    let holds = |text: &str| shown.contains(text);
    assert!(!holds("Silent"), "a name that its owner kept to themselves");
    assert!(holds("Quoted") && !holds("Quoted@example.org"));
    assert!(holds("Joining@example.org"));
    // What its reader has said, its reader reads.
    assert_eq!(all.iter().filter(|given| given.contact.is_some()).count(), 3);
}

#[tokio::test]
async fn a_form_sent_again_much_later_is_still_the_same_response() {
    let app = TestApp::spawn().await;
    let of = asked(&app, Mode::Anonymous).await;
    let reader = invite(&app, &of, &names(1)).await.remove(0);
    let form = filled(&app, &reader.path, "A thought").await;
    let receipt = app.submit(&form).await.location();
    let key = app.service.mixer.current().unwrap().name.clone();
    // Another key seals by now; the one of before is held as long as something waits under it.
    app.service.clock.advance(TimeDelta::hours(5));
    mixed(&app).await;
    send(&app, &format!("/q/{}", of.slug), "Another thought").await;
    assert_ne!(app.service.mixer.current().unwrap().name, key);
    assert_eq!(app.submit(&form).await.location(), receipt);
    assert_eq!(counts(&app, &of).await, (0, 2));
    // After a restart, too.
    let folder = app.home.path().join("mixer");
    let keys = Keys::open(&folder, app.service.clock.now()).unwrap();
    let hash = token::hash(receipt.trim_start_matches("/r/"));
    let db = app.service.store.read();
    assert!(mixing::find(db, &keys, &hash).await.unwrap().is_some());

    let tx = app.service.store.write().await.unwrap();
    assert!(mixing::remove(&tx, &keys, &hash).await.unwrap());
    assert!(!mixing::remove(&tx, &keys, &hash).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(app.get(&receipt).await.status, 404);
    assert_eq!(counts(&app, &of).await, (0, 1));
    app.service.clock.advance(TimeDelta::hours(2));
    mixed(&app).await;
    let left = Keys::open(&folder, app.service.clock.now()).unwrap();
    assert!(left.all().iter().all(|left| left.name != key), "nothing waits under it any more");
}

#[tokio::test]
async fn those_who_came_late_are_mixed_among_themselves() {
    let app = TestApp::spawn().await;
    let of = asked(&app, Mode::Anonymous).await;
    let public = format!("/q/{}", of.slug);
    let mut late = vec![];
    for number in 0..6 {
        late.push(filled(&app, &public, &format!("Late thought {number}")).await);
    }
    for number in 0..6 {
        send(&app, &public, &format!("Thought {number}")).await;
    }
    close_questionnaire(&app.service, of.clone()).await.unwrap();
    app.service.clock.advance(TimeDelta::hours(25));
    for form in &late[..4] {
        assert_eq!(app.submit(form).await.status, 303);
    }
    mixed(&app).await;
    assert_eq!(counts(&app, &of).await.1, 4, "four would stand out");
    for form in &late[4..] {
        assert_eq!(app.submit(form).await.status, 303);
    }
    mixed(&app).await;
    assert_eq!(counts(&app, &of).await.1, 0);
}
