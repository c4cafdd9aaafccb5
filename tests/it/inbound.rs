//! Mails that come in: what came back, complaints, holidays, letters; from the corpus in
//! `tests/data/inbound`, by every way in.

use std::time::Duration;

use chrono::TimeDelta;
use colloquy::acts::letter::{Letter, freeze};
use colloquy::acts::receive_mail::{Envelope, Kept, Parcel, receive_mail};
use colloquy::acts::{bring_example::bring_example, sign_in};
use colloquy::config::Settings;
use colloquy::domain::MessageId;
use colloquy::domain::campaign::Aim;
use colloquy::domain::status::{Arrival, Delivery, Purpose};
use colloquy::jobs::{inbox, sender};
use colloquy::mail::mailbox::mailbox;
use colloquy::mail::template;
use colloquy::store::outbox::{self, Message, back};
use colloquy::store::suppressions::{self, Reason};
use colloquy::store::{inbound, organizers};
use colloquy::words::Words;

use crate::support::{Page, TestApp};

mod dovecot;
mod postfix;
mod ways;

const TOKEN: &str = "twenty-characters-at-least";
/// What stands for the message that a mail is about; see the corpus's README.
const SENDER: &str = "discuss+b.aaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb@example.org";
const MESSAGE_ID: &str = "invitation.0190163d8694739baea5966c26f8ad91@example.org";

/// A mail of the corpus.
pub fn corpus(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/inbound");
    std::fs::read_to_string(folder.join(format!("{name}.eml"))).unwrap()
}

/// Settings with ways in.
fn open(settings: &mut Settings) {
    settings.mail.from = "Colloquy <discuss@example.org>".parse().unwrap();
    // The clock of a test stands still, and with it the pace.
    settings.mail.per_second = 0;
    settings.mail.per_minute = 0;
    settings.mail.bounces = String::from("discuss@example.org");
    settings.inbound.token = TOKEN.into();
}

/// A signed-in organizer whose mails come back.
async fn desk() -> TestApp {
    let app = TestApp::spawn_with(open).await;
    app.sign_in().await;
    app
}

/// A mail to this address that has left.
async fn sent(app: &TestApp, address: &str) -> Message {
    let id = queued(app, address).await;
    for _ in 0..200 {
        let message = back::by_id(app.service.store.read(), id).await.unwrap().unwrap();
        if message.state == Delivery::Written {
            return message;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the mail did not leave")
}

async fn queued(app: &TestApp, address: &str) -> MessageId {
    let service = &app.service;
    let organizer = sign_in::first_organizer(service).await.unwrap();
    let questionnaire = bring_example(service, organizer).await.unwrap();
    let now = service.clock.now();
    let content = template::sample(Aim::Invite, Words::of("en"));
    let letter = Letter {
        key: format!("test:{address}"),
        purpose: Purpose::Invitation,
        to: mailbox("", address).unwrap(),
        content: &content,
        organizer: None,
        questionnaire: Some(&questionnaire),
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: now + TimeDelta::hours(72),
    };
    let new = freeze(service, letter).unwrap();
    let id = new.id;
    let tx = service.store.write().await.unwrap();
    outbox::enqueue(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
    service.post.wake();
    id
}

/// A mail of the corpus, about this message.
fn about(app: &TestApp, name: &str, message: &Message) -> String {
    corpus(name)
        .replace(SENDER, &sender::envelope(&app.service, message))
        .replace(MESSAGE_ID, message.message_id.trim_matches(['<', '>']))
        .replace("nobody@example.net", &message.recipient)
}

async fn hand_over(app: &TestApp, raw: &str) -> Page {
    let request = app.client.post(app.url("/inbound/mail")).bearer_auth(TOKEN);
    app.send(request.header("content-type", "message/rfc822").body(raw.to_owned())).await
}

async fn state(app: &TestApp, of: &Message) -> Delivery {
    back::by_id(app.service.store.read(), of.id).await.unwrap().unwrap().state
}

async fn suppressed(app: &TestApp, address: &str) -> Option<Reason> {
    let hash = app.service.secret.address_hash(address);
    suppressions::of(app.service.store.read(), &hash).await.unwrap()
}

async fn mails(app: &TestApp) -> usize {
    let organizer = app.service.store.read();
    let organizer = organizers::first(organizer).await.unwrap().unwrap();
    outbox::page(app.service.store.read(), &organizer, &[], 0, 1000).await.unwrap().len()
}

#[tokio::test]
async fn what_comes_back_is_told_once_and_blames_nobody_who_is_not_to_blame() {
    use Delivery::{Bounced, Complained, Written};
    let app = desk().await;
    let gone = Some(Reason::NoMailbox);
    let table = [
        ("bounce-postfix", "bounce", Bounced, gone),
        ("bounce-exim", "bounce", Bounced, gone),
        ("bounce-exim-words", "bounce", Bounced, gone),
        ("bounce-exchange", "bounce", Bounced, gone),
        ("bounce-gmail", "bounce", Bounced, gone),
        ("bounce-qmail", "bounce", Bounced, gone),
        ("bounce-full", "bounce", Bounced, None),
        ("bounce-blocked", "bounce", Bounced, None),
        ("bounce-delayed-postfix", "notice", Written, None),
        ("complaint-arf", "complaint", Complained, Some(Reason::Complaint)),
        ("complaint-not-spam", "notice", Written, None),
        ("automatic-gmail", "automatic", Written, None),
        ("automatic-exchange", "automatic", Written, None),
    ];
    for (number, (name, kind, becomes, why)) in (0..).zip(table) {
        let address = format!("reader{number}@example.net");
        let message = sent(&app, &address).await;
        let mut raw = about(&app, name, &message);
        if number % 2 == 0 {
            raw = raw.replace('\n', "\r\n");
        }
        let told = hand_over(&app, &raw).await;
        assert_eq!(told.status, 200, "{name}: {}", told.text);
        assert!(told.text.starts_with(&format!("{kind}: ")), "{name}: {}", told.text);
        assert_eq!(state(&app, &message).await, becomes, "{name}");
        assert_eq!(suppressed(&app, &address).await, why, "{name}");
        // The same mail, as another server would bring it.
        let again = format!("Received: from x by y; Thu, 26 Nov 2026 14:00:00 +0000\r\n{raw}");
        let told = hand_over(&app, &again).await;
        assert!(told.text.contains("had come before"), "{name}: {}", told.text);
        let db = app.service.store.read();
        let events = outbox::events(db, message.id).await.unwrap().len();
        let expected = 1 + usize::from(becomes != Written || name.contains("delayed"));
        assert_eq!(events, expected, "{name}: its history tells each thing once");
        assert_eq!(inbound::about(db, message.id).await.unwrap().len(), 1, "{name}");
    }
    assert_eq!(mails(&app).await, table.len(), "nothing was answered or handed on");

    let page = app.page("/desk/inbox").await;
    assert_eq!(page.texts("tbody tr").len(), table.len());
    assert!(page.words().contains("There is no such mailbox"), "{}", page.words());
    let one = page.attributes("tbody a", "href").pop().unwrap();
    let one_page = app.page(&one).await;
    assert!(one_page.texts(".tag").contains(&"came back".to_owned()), "{}", one_page.text);
    assert!(one_page.words().contains("Undelivered Mail Returned to Sender"));
    let raw = app.get(&format!("{one}?as=eml")).await;
    assert!(raw.text.contains("Reporting-MTA"), "{}", raw.text);
    let eve = app.another_organizer("eve@example.org").await;
    assert_eq!(eve.get(&one).await.status, 404, "nobody reads what concerns another");
    assert!(eve.page("/desk/inbox").await.words().contains("Nothing came yet"));

    app.service.clock.advance(TimeDelta::days(29));
    app.sign_in().await;
    inbox::forget(&app.service).await.unwrap();
    assert_eq!(app.page("/desk/inbox").await.texts("tbody tr").len(), table.len());
    app.service.clock.advance(TimeDelta::days(2));
    app.sign_in().await;
    inbox::forget(&app.service).await.unwrap();
    assert!(app.page("/desk/inbox").await.words().contains("Nothing came yet"));
}

#[tokio::test]
async fn only_who_carried_a_mail_can_say_that_it_came_back() {
    let app = desk().await;
    let (ada, bo) = (sent(&app, "ada@example.net").await, sent(&app, "bo@example.net").await);
    let of = |message: &Message| {
        let address = sender::envelope(&app.service, message);
        let (start, tag) = address.split_once('@').unwrap().0.rsplit_once('.').unwrap();
        (start.to_owned(), tag.to_owned())
    };
    let ((ada_start, _), (_, bo_tag)) = (of(&ada), of(&bo));
    for tag in [bo_tag.as_str(), "aaaaaaaaaaaaaaaa", "a"] {
        let forged = format!("{ada_start}.{tag}@example.org");
        // Even with the right Message-ID in it.
        let raw = about(&app, "bounce-postfix", &ada)
            .replace(&sender::envelope(&app.service, &ada), &forged)
            .replace("12B66A10B65", tag);
        let told = hand_over(&app, &raw).await;
        assert!(told.text.starts_with("forged: "), "{}", told.text);
    }
    assert_eq!(state(&app, &ada).await, Delivery::Written);
    assert_eq!(suppressed(&app, "ada@example.net").await, None);
    // A server that returns mails to the address in From names the Message-ID, which only who
    // carried the mail knows, too.
    let raw = about(&app, "bounce-postfix", &ada)
        .replace(&sender::envelope(&app.service, &ada), "discuss@example.org");
    assert!(hand_over(&app, &raw).await.text.starts_with("bounce: "));
    assert_eq!(state(&app, &ada).await, Delivery::Bounced);
    let stranger = raw.replace(ada.message_id.trim_matches(['<', '>']), "x@y").replace("1795", "1");
    let told = hand_over(&app, &stranger).await;
    assert!(told.text.contains("not said about which mail"), "{}", told.text);
}

#[tokio::test]
async fn a_report_that_overtakes_its_mail_waits_for_it() {
    let app = TestApp::spawn_with(|settings| {
        open(settings);
        // Nobody listens there, so the mail stays on its way.
        settings.mail.url = "smtp://127.0.0.1:1".into();
    })
    .await;
    let id = queued(&app, "ada@example.net").await;
    let service = &app.service;
    let message = back::by_id(service.store.read(), id).await.unwrap().unwrap();
    let raw = about(&app, "bounce-postfix", &message);
    assert!(hand_over(&app, &raw).await.text.starts_with("kept: "));
    service.clock.advance(TimeDelta::minutes(16));
    colloquy::acts::receive_mail::deal_with_waiting(service).await.unwrap();
    let known = inbound::about(service.store.read(), id).await.unwrap();
    assert_eq!(known.len(), 1, "it does not wait for ever");
}

#[tokio::test]
async fn letters_are_handed_on_once_and_never_in_a_circle() {
    let app = desk().await;
    let service = &app.service;
    let organizer = sign_in::first_organizer(service).await.unwrap();
    let tx = service.store.write().await.unwrap();
    let address = "olga@example.com".parse().unwrap();
    organizers::update(&tx, organizer, address, "Olga").await.unwrap();
    tx.commit().await.unwrap();
    let ada = sent(&app, "ada@example.net").await;
    let before = mails(&app).await;
    for name in ["letter", "letter-chinese"] {
        for _ in 0..2 {
            let told = hand_over(&app, &about(&app, name, &ada)).await;
            assert!(told.text.contains("handed on to olga@example.com"), "{}", told.text);
        }
    }
    assert_eq!(mails(&app).await, before + 2);
    let of_organizer = organizers::first(service.store.read()).await.unwrap().unwrap();
    let lines = outbox::page(service.store.read(), &of_organizer, &[], 0, 10).await.unwrap();
    let forwarded: Vec<_> = lines.iter().filter(|l| l.purpose == Purpose::Forward).collect();
    let raw = outbox::raw::of(service.store.read(), forwarded[1].id).await.unwrap().unwrap();
    let mail = mail_parser::MessageParser::default().parse(&raw).unwrap();
    let reply_to = mail.reply_to().unwrap().first().unwrap();
    assert_eq!(reply_to.address(), Some("ada@example.net"), "the answer goes to who wrote");
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("olga@example.com"));
    assert!(mail.body_text(0).unwrap().contains("> May I answer on paper?"));
    assert!(String::from_utf8_lossy(&raw).contains("Auto-Submitted: auto-generated"));
    let chinese = &lines.iter().find(|line| line.subject.contains("王薇")).unwrap();
    assert_eq!(chinese.recipient, "olga@example.com");

    // What came back of the letter itself, our own mail, the organizer's, a mail without a sender.
    let ours = outbox::raw::of(service.store.read(), ada.id).await.unwrap().unwrap();
    let ours = String::from_utf8(ours).unwrap();
    let forward = back::by_id(service.store.read(), forwarded[0].id).await.unwrap().unwrap();
    let letter = |from: &str, id: &str| {
        about(&app, "letter", &ada)
            .replace("\"Nobody, in Particular\" <ada@example.net>", from)
            .replace("letter-1@", id)
    };
    let circles = [
        (ours.as_str(), "automatic"),
        (&about(&app, "bounce-full", &forward), "bounce"),
        (&letter("Olga <OLGA@example.com>", "a@"), "letter"),
        (&letter("Us <discuss+x@example.org>", "b@"), "letter"),
        (&letter("", "c@"), "letter"),
        (&format!("{}{}", "Received: from a by b\n".repeat(40), letter("a@b.cd", "d@")), "letter"),
        (&format!("List-Id: <x.y>\n{}", letter("a@b.cd", "e@")), "automatic"),
    ];
    for (raw, kind) in circles {
        let told = hand_over(&app, raw).await;
        assert!(told.text.starts_with(kind), "{kind}: {}", told.text);
        assert!(!told.text.contains("handed on to"), "{}", told.text);
    }
    assert_eq!(mails(&app).await, before + 2);
}

#[tokio::test]
async fn whatever_comes_in_is_kept_and_nothing_stops_the_service() {
    let app = desk().await;
    let ada = sent(&app, "ada@example.net").await;
    let dsn = about(&app, "bounce-postfix", &ada).replace('\n', "\r\n");
    let head = "From: a@b.cd\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n";
    let junk = "BEGIN:VCALENDAR\nMETHOD:REPLY\n".to_owned() + &"x".repeat(1 << 20);
    let deep = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n".repeat(500);
    let cases: [(Vec<u8>, Arrival); 6] = [
        (vec![0; 4096], Arrival::Letter),
        (b"\xff\xfe\x00".to_vec(), Arrival::Unreadable),
        (format!("{head}{junk}").into_bytes(), Arrival::Answer),
        (format!("From: a@b.cd\r\n{deep}").into_bytes(), Arrival::Letter),
        (b"From: a\0b@c.de\r\nSubject: \0\r\n\r\n\0".to_vec(), Arrival::Letter),
        (dsn.as_bytes()[..dsn.len() / 2].to_vec(), Arrival::Letter),
    ];
    for (number, (raw, kind)) in (0..).zip(cases) {
        let kept = receive(&app, raw).await;
        let fits = kept.kind == kind
            || matches!(kept.kind, Arrival::Unreadable | Arrival::Automatic | Arrival::Bounce);
        assert!(fits, "{number}: {kept:?}");
    }
    let page = app.page("/desk/inbox").await;
    for one in page.attributes("tbody a", "href") {
        assert_eq!(app.get(&one).await.status, 200, "{one}");
    }
}

async fn receive(app: &TestApp, raw: Vec<u8>) -> Kept {
    let parcel = Parcel { way: "http", envelope: Envelope::default(), raw };
    receive_mail(&app.service, parcel).await.unwrap()
}

#[tokio::test]
async fn who_is_erased_leaves_no_letter_behind() {
    let app = desk().await;
    let service = &app.service;
    let organizer = sign_in::first_organizer(service).await.unwrap();
    let tx = service.store.write().await.unwrap();
    organizers::update(&tx, organizer, "olga@example.com".parse().unwrap(), "Olga").await.unwrap();
    tx.commit().await.unwrap();
    app.import("/desk/contacts/import", "Ada <ada@example.net>\nBo <bo@example.net>").await;
    let (ada, bo) = (sent(&app, "ada@example.net").await, sent(&app, "bo@example.net").await);
    let letter = |of: &Message, from: &str, number: usize| {
        about(&app, "letter", of)
            .replace("\"Nobody, in Particular\" <", &format!("\"Name of {from}\" <"))
            .replace(&format!("<{}>", of.recipient), &format!("<{from}>"))
            .replace("letter-1@", &format!("letter-{number}@"))
            .replace("on paper", &format!("on paper of {from}"))
    };
    let letters = [
        letter(&ada, "ada@example.net", 1),
        // From another address of hers, to the mail that she got.
        letter(&ada, "lovelace@example.net", 2),
        letter(&bo, "bo@example.net", 3),
    ];
    for letter in letters {
        let told = hand_over(&app, &letter).await;
        assert!(told.text.contains("handed on to olga@example.com"), "{}", told.text);
    }
    let found = async |words: &str| {
        let mut found = 0;
        for list in ["/desk/outbox", "/desk/inbox"] {
            let page = app.page(list).await;
            found += usize::from(page.text.contains(words));
            for mail in page.attributes("tbody a", "href") {
                let mail = app.page(&mail).await;
                found += usize::from(mail.text.contains(words));
            }
        }
        found
    };
    let theirs = ["ada@example.net", "lovelace@example.net"];
    for theirs in theirs {
        assert!(found(theirs).await > 2);
    }
    let db = service.store.read();
    let contact = colloquy::store::contacts::all_of(db, organizer).await.unwrap();
    let contact = contact.into_iter().find(|one| one.name == "Ada").unwrap();
    let path = format!("/desk/contacts/{}/erase", contact.id);
    let mut form = app.page(&path).await.form("main form[method=post]");
    app.submit(form.set("sure", "yes")).await.location();
    for theirs in theirs {
        assert_eq!(found(theirs).await, 0, "{theirs}");
    }
    assert!(found("on paper of bo@example.net").await >= 2, "nobody else's letter goes");

    // The letter itself is kept for a month only; what was handed on of it says her name longer.
    app.service.clock.advance(TimeDelta::days(31));
    app.sign_in().await;
    inbox::forget(service).await.unwrap();
    assert!(found("Name of bo@example.net").await > 0);
    let contact = colloquy::store::contacts::all_of(db, organizer).await.unwrap();
    let path = format!("/desk/contacts/{}/erase", contact[0].id);
    let mut form = app.page(&path).await.form("main form[method=post]");
    app.submit(form.set("sure", "yes")).await.location();
    assert_eq!(found("bo@example.net").await, 0);
}
