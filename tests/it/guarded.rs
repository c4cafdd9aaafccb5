//! What opens an organizer's account: another address has to say yes, the old one can say no, every
//! changed key is told by mail, and whoever came in by one that is gone is signed out.

use chrono::TimeDelta;
use colloquy::acts::change_keys::Browser;
use colloquy::acts::make_token::{Wanted, make_token};
use colloquy::domain::api_token::Scope;
use colloquy::domain::status::Purpose;
use colloquy::domain::{OrganizerId, PasskeyId};
use colloquy::jobs::forget::forget_stale;
use colloquy::store::credentials::{self, Passkey};
use colloquy::store::entity::message;
use colloquy::store::{address_changes, organizers, outbox, tokens};
use sea_orm::EntityTrait as _;

use crate::support::{TestApp, Visitor};

const OLD: &str = "ada@example.org";
const NEW: &str = "ada.new@example.org";
const GOOD: &str = "teapot under nine green rivers";

/// A service with Ada signed in, and a second browser of hers.
async fn ada() -> (TestApp, Visitor) {
    let app = TestApp::signed_in().await;
    assert_eq!(change(&app, OLD).await, 303);
    let second = another_browser(&app).await;
    (app, second)
}

async fn another_browser(app: &TestApp) -> Visitor {
    let browser = app.stranger();
    assert_eq!(browser.post_form(&app.sign_in_link().await, &[]).await.status, 303);
    browser
}

async fn change(who: &Visitor, address: &str) -> u16 {
    who.post_form("/desk/account", &[("name", "Ada"), ("address", address)]).await.status
}

async fn is_in(who: &Visitor) -> bool {
    who.get("/desk").await.status == 200
}

async fn address(app: &TestApp) -> String {
    me(app).await.address.unwrap().to_string()
}

async fn me(app: &TestApp) -> organizers::Organizer {
    organizers::first(app.service.store.read()).await.unwrap().unwrap()
}

/// The mails about accounts that went to this address, oldest first: subject and bytes.
async fn mails(app: &TestApp, to: &str) -> Vec<(String, String)> {
    let db = app.service.store.read();
    let mut found = message::Entity::find().all(db).await.unwrap();
    found.retain(|mail| mail.purpose == Purpose::Account && mail.recipient == to);
    found.sort_by_key(|mail| (mail.created_at, mail.id));
    let mut mails = vec![];
    for mail in found {
        let raw = outbox::raw::of(db, mail.id).await.unwrap().unwrap();
        let text = String::from_utf8(raw).unwrap().replace("=\r\n", "");
        mails.push((mail.subject, text));
    }
    mails
}

/// The path of the link in the newest mail to this address.
async fn link(app: &TestApp, to: &str, room: &str) -> String {
    let mails = mails(app, to).await;
    let (_, rest) = mails.last().unwrap().1.split_once(room).unwrap();
    let token: String =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("{room}{token}")
}

#[tokio::test]
async fn another_address_counts_once_somebody_who_reads_it_has_said_yes() {
    let (app, second) = ada().await;
    assert!(mails(&app, OLD).await.is_empty(), "the first address has nobody to ask");
    let asked = app.post_form("/desk/account", &[("name", "Ada L."), ("address", NEW)]).await;
    assert_eq!(asked.location(), "/desk/account");
    let page = app.page("/desk/account").await;
    assert!(page.words().contains("We have written to ada.new@example.org"), "{}", page.words());
    let mut form = page.form("form.stack");
    assert_eq!((form.get("name"), form.get("address")), (Some("Ada L."), Some(OLD)));
    // Another name is kept meanwhile, and the change goes on waiting.
    assert_eq!(app.submit(form.set("name", "Ada")).await.status, 303);
    assert_eq!(mails(&app, NEW).await.len(), 1);
    let (told, text) = mails(&app, OLD).await.pop().unwrap();
    assert_eq!(told, "Your address for signing in is to be changed");
    assert!(text.contains(NEW) && text.contains("23 November 2026"), "{text}");
    let outbox = app.page("/desk/outbox").await.words();
    assert!(!outbox.contains("Is this your new address?"), "who asks cannot read it: {outbox}");

    let yes = link(&app, NEW, "/address/").await;
    for _ in 0..2 {
        let page = app.stranger().page(&yes).await;
        assert!(page.words().contains(NEW) && !page.words().contains(OLD), "{}", page.words());
    }
    assert_eq!((address(&app).await.as_str(), is_in(&second).await), (OLD, true));
    let sign_in = app.service.clock.now();
    app.stranger().post_form("/sign-in", &[("address", OLD)]).await;
    let done = app.stranger().get_in("zh", &yes).await;
    assert_eq!(done.texts("h1"), ["确认您的新邮箱"]);
    let done = app.stranger().post_form(&yes, &[]).await;
    assert_eq!((done.status, done.texts("h1")), (200, vec!["Your new address counts".to_owned()]));
    assert_eq!(address(&app).await, NEW);
    assert!(is_in(&app).await && !is_in(&second).await, "who asked stays, others are out");
    assert_eq!(app.get(&yes).await.status, 410);
    assert_eq!(app.post_form(&yes, &[]).await.status, 410, "once");
    for to in [OLD, NEW] {
        let newest = mails(&app, to).await.pop().unwrap();
        assert_eq!(newest.0, "Your address for signing in was changed", "{to}");
        assert_eq!(newest.1.contains("/keep-address/"), to == OLD, "{to}");
    }
    // A link to sign in that went to the old address opens nothing any more.
    let db = app.service.store.read();
    let old = message::Entity::find().all(db).await.unwrap();
    let old =
        old.into_iter().find(|mail| mail.purpose == Purpose::SignIn && mail.created_at >= sign_in);
    let raw = outbox::raw::of(db, old.unwrap().id).await.unwrap().unwrap();
    let text = String::from_utf8(raw).unwrap().replace("=\r\n", "");
    let token = text.split_once("/sign-in/").unwrap().1.split(char::is_whitespace).next().unwrap();
    assert_eq!(app.stranger().get(&format!("/sign-in/{token}")).await.status, 410);
    let log = app.page("/desk/account/log").await.words();
    assert!(log.contains("confirmed a new address"), "{log}");
}

#[tokio::test]
async fn the_old_address_stops_a_change_or_takes_it_back_with_whatever_was_added_since() {
    let (app, second) = ada().await;
    let password = [("new", GOOD), ("then", "set")];
    assert_eq!(second.post_form("/desk/account/password", &password).await.status, 303);
    app.service.clock.advance(TimeDelta::minutes(5));
    // Before it is confirmed.
    assert_eq!(change(&second, NEW).await, 303);
    let yes = link(&app, NEW, "/address/").await;
    let no = link(&app, OLD, "/keep-address/").await;
    let page = app.stranger().page(&no).await;
    assert!(page.words().contains("That has not happened yet."), "{}", page.words());
    assert!(is_in(&app).await && is_in(&second).await, "looking changes nothing");
    assert_eq!(app.stranger().post_form(&no, &[]).await.status, 200);
    assert!(!is_in(&app).await && !is_in(&second).await, "everybody has to sign in");
    assert_eq!(app.get(&yes).await.status, 410);
    assert_eq!(app.get(&no).await.status, 410);

    // After it, and after more that whoever has the account did with it.
    app.service.clock.advance(TimeDelta::minutes(5));
    let thief = another_browser(&app).await;
    assert_eq!(change(&thief, NEW).await, 303);
    let back = link(&app, OLD, "/keep-address/").await;
    let yes = link(&app, NEW, "/address/").await;
    assert_eq!(app.stranger().post_form(&yes, &[]).await.status, 200);
    assert!(is_in(&thief).await);
    let id = me(&app).await.id;
    passkey(&app, id, 1).await;
    make_token(&app.service, id, token(), &Browser::program()).await.unwrap();
    assert_eq!(change(&thief, "eve@example.org").await, 303);
    let further = link(&app, "eve@example.org", "/address/").await;
    assert_eq!(app.stranger().post_form(&further, &[]).await.status, 200);
    assert_eq!(address(&app).await, "eve@example.org");
    let eves = link(&app, NEW, "/keep-address/").await;
    app.service.clock.advance(TimeDelta::days(6));
    forget_stale(&app.service).await.unwrap();
    let page = app.stranger().get_in("zh", &back).await;
    assert!(page.words().contains("您的登录邮箱已从 ada@example.org 换成"), "{}", page.words());
    let kept = app.stranger().post_form(&back, &[]).await;
    assert_eq!(kept.texts("h1"), ["Your address is ada@example.org"]);
    assert_eq!(address(&app).await, OLD);
    assert!(!is_in(&thief).await);
    let db = app.service.store.read();
    assert!(credentials::passkeys(db, id).await.unwrap().is_empty());
    assert!(tokens::all_of(db, id).await.unwrap().is_empty());
    for dead in [&eves, &back, &yes] {
        assert_eq!(app.stranger().post_form(dead, &[]).await.status, 410, "{dead}");
    }
    let fields = [("address", OLD), ("password", GOOD)];
    let own = app.stranger().post_form("/sign-in/password", &fields).await;
    assert_eq!(own.status, 303, "what was hers before is hers");
}

#[tokio::test]
async fn a_change_of_address_ends_by_itself_is_given_up_and_floods_nobody() {
    let (app, _second) = ada().await;
    assert_eq!(change(&app, NEW).await, 303);
    let first = link(&app, NEW, "/address/").await;
    assert_eq!(change(&app, NEW).await, 303);
    assert_eq!(app.get(&first).await.status, 410, "only the newest counts");
    let second = link(&app, NEW, "/address/").await;
    assert_eq!(app.page("/desk/account").await.texts(".notice button"), ["Keep ada@example.org"]);
    assert_eq!(app.post_form("/desk/account", &[("then", "keep")]).await.status, 303);
    assert!(!app.page("/desk/account").await.words().contains("We have written"));
    assert_eq!(app.get(&second).await.status, 410);
    assert_eq!(change(&app, NEW).await, 303);
    assert_eq!(change(&app, NEW).await, 422, "three a day");
    let last = link(&app, NEW, "/address/").await;
    // Somebody else has it by the time it is confirmed.
    let _other = app.another_organizer(NEW).await;
    assert_eq!(app.post_form(&last, &[]).await.status, 409);
    assert_eq!(change(&app, NEW).await, 422);
    app.service.clock.advance(TimeDelta::hours(25));
    assert_eq!(app.get(&last).await.status, 410);
    let db = app.service.store.read();
    assert!(address_changes::is_any_stale(db, app.service.clock.now()).await.unwrap());
    forget_stale(&app.service).await.unwrap();
    assert!(!address_changes::is_any_stale(db, app.service.clock.now()).await.unwrap());
    assert_eq!(address(&app).await, OLD);
}

/// What a form sends.
type Fields = Vec<(&'static str, &'static str)>;

fn token() -> Wanted {
    let scopes = [Scope::Read].into_iter().collect();
    Wanted { name: "nightly".to_owned(), scopes, questionnaire: None, expires: None }
}

async fn passkey(app: &TestApp, of: OrganizerId, number: u128) -> PasskeyId {
    let id = PasskeyId(uuid::Uuid::from_u128(number));
    let new = Passkey {
        id,
        organizer_id: of,
        credential_id: number.to_string(),
        credential: "{}".to_owned(),
        name: "my phone".to_owned(),
        created_at: app.service.clock.now(),
        used_at: None,
    };
    let tx = app.service.store.write().await.unwrap();
    credentials::insert_passkey(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn every_changed_key_is_told_by_mail_and_one_that_is_gone_signs_others_out() {
    let (app, _) = ada().await;
    let id = me(&app).await.id;
    let key = passkey(&app, id, 1).await;
    let issuer = "https://login.example.org";
    let tx = app.service.store.write().await.unwrap();
    credentials::insert_identity(&tx, (issuer, "1"), id, app.service.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let keys = "/desk/account/password";
    let removed = format!("/desk/account/passkeys/{key}/remove");
    let (other, more) = (GOOD, "quite another nine rivers");
    let deeds: [(&str, Fields, &str, bool); 8] = [
        (keys, vec![("new", other), ("then", "set")], "A password was set for your account", false),
        (
            keys,
            vec![("current", other), ("new", more), ("then", "set")],
            "The password of your account was changed",
            true,
        ),
        (keys, vec![("then", "remove")], "The password of your account was removed", true),
        // There is none any more: nothing has changed.
        (keys, vec![("then", "remove")], "", false),
        (&removed, vec![], "A passkey was removed from your account", true),
        (
            "/desk/account/elsewhere",
            vec![("issuer", "https://login.example.org")],
            "An account elsewhere no longer opens your account",
            true,
        ),
        ("/desk/account/elsewhere", vec![("issuer", "https://login.example.org")], "", false),
        (
            "/desk/account/tokens",
            vec![("name", "nightly"), ("scope", "read"), ("days", "90")],
            "A token for programs was made in your account",
            false,
        ),
    ];
    for (path, fields, subject, signs_out) in deeds {
        let before = mails(&app, OLD).await.len();
        let second = another_browser(&app).await;
        let page = app.post_form(path, &fields).await;
        assert!(page.status < 400, "{path} {fields:?}: {}", page.words());
        assert_eq!((is_in(&app).await, is_in(&second).await), (true, !signs_out), "{subject}");
        let told = mails(&app, OLD).await.split_off(before);
        let subjects: Vec<&str> = told.iter().map(|(subject, _)| subject.as_str()).collect();
        assert_eq!(subjects, if subject.is_empty() { vec![] } else { vec![subject] });
        for (_, text) in told {
            assert!(text.contains("Monday 23 November 2026, 12:00 (UTC)"), "{text}");
            assert!(text.contains("If it was not: sign in, sign out everywhere else"), "{text}");
            assert_eq!(text.contains("Every other browser was signed out."), signs_out, "{text}");
        }
    }
    let last = mails(&app, OLD).await.pop().unwrap().1;
    assert!(last.contains("nightly"), "{last}");
    // In the language of the browser; and without a mail server, as a file.
    let chinese = app.client.post(app.url(keys)).header("accept-language", "zh");
    let chinese = chinese.header("sec-fetch-site", "same-origin");
    app.send(chinese.form(&[("new", GOOD), ("then", "set")])).await;
    assert_eq!(mails(&app, OLD).await.pop().unwrap().0, "您的账号设置了密码");
    let folder = app.home.path().join("outbox");
    for tries in 0.. {
        let files = std::fs::read_dir(&folder).map_or(0, Iterator::count);
        if files >= mails(&app, OLD).await.len() {
            break;
        }
        assert!(tries < 200, "{files} files");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
