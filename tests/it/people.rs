//! A team at one questionnaire: invitations to colleagues, roles, handing over, deleting with a
//! grace, sessions, and the log of what was done.

use std::time::Duration;

use chrono::TimeDelta;
use colloquy::acts::change_members::{self, Changed};
use colloquy::acts::hand_over;
use colloquy::acts::note_deed::{Deed, note_deed};
use colloquy::acts::plan_campaign::begin_campaign;
use colloquy::domain::campaign::Aim;
use colloquy::domain::status::{Delivery, Purpose, Way};
use colloquy::domain::token::Opens;
use colloquy::domain::{OrganizerId, Role};
use colloquy::jobs::courier::Courier;
use colloquy::jobs::deliver::deliver_due;
use colloquy::jobs::forget::forget_stale;
use colloquy::store::organizers::{self, Organizer};
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::{audit, members, outbox, responses};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::mine::places;
use crate::support::{Page, TestApp, Visitor};

/// The example with its responses, and the path of its desk.
async fn example(app: &TestApp) -> (Questionnaire, String) {
    let desk = app.example().await;
    let slug = desk.rsplit('/').next().unwrap().parse().unwrap();
    let of = questionnaires::by_slug(app.service.store.read(), &slug).await.unwrap().unwrap();
    (of, desk)
}

async fn known(app: &TestApp, address: &str) -> Organizer {
    let db = app.service.store.read();
    organizers::by_address(db, &address.parse().unwrap()).await.unwrap().unwrap()
}

/// A further organizer who works with the questionnaire.
async fn member(app: &TestApp, of: &Questionnaire, address: &str, role: Role) -> Visitor {
    let visitor = app.another_organizer(address).await;
    let who = known(app, address).await.id;
    let tx = app.service.store.write().await.unwrap();
    members::keep(&tx, of.id, who, role, app.service.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    visitor
}

/// Invites somebody on the page of people; the path of the link in the mail.
async fn invited(app: &TestApp, desk: &str, address: &str, role: &str) -> String {
    let mut form =
        app.page(&format!("{desk}/people")).await.form_with_button("Send the invitation");
    let sent = app.submit(form.set("address", address).set("role", role)).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    let me = known(app, "lin@example.org").await;
    let db = app.service.store.read();
    let lines = outbox::page(db, &me, &[], 0, 50).await.unwrap();
    let line = lines.iter().find(|line| line.purpose == Purpose::Colleague).unwrap();
    assert_eq!(line.recipient, address);
    let eml = app.get(&format!("/desk/outbox/{}?as=eml", line.id)).await.text.replace("=\r\n", "");
    assert!(eml.contains("Lin asks you to work"), "{eml}");
    let (_, rest) = eml.split_once("/join/").unwrap();
    let token: String =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("/join/{token}")
}

/// Gives the first organizer a name and an address.
async fn named(app: &TestApp) {
    let fields = [("name", "Lin"), ("address", "lin@example.org")];
    assert_eq!(app.post_form("/desk/account", &fields).await.status, 303);
}

fn names(page: &Page) -> Vec<String> {
    page.texts("table th[scope=row]")
}

#[tokio::test]
async fn a_colleague_is_invited_gets_an_account_another_role_and_is_taken_out() {
    let app = TestApp::spawn().await;
    let (of, desk) = example(&app).await;
    named(&app).await;
    let people = format!("{desk}/people");
    let wrong = app
        .post_form(&format!("{people}/invite"), &[("address", "vera@"), ("role", "editor")])
        .await;
    assert_eq!(
        (wrong.status, wrong.attributes("#address", "value")),
        (422, vec!["vera@".to_owned()])
    );

    let link = invited(&app, &desk, "vera@example.org", "viewer").await;
    let vera = app.stranger();
    // Mail scanners look first.
    for _ in 0..3 {
        let page = vera.page(&link).await;
        assert_eq!(page.header("set-cookie"), "");
        assert!(page.words().contains("Lin asks you to work on this questionnaire."));
    }
    let mut form = vera.page(&link).await.form("main form");
    let joined = vera.submit(form.set("name", "Vera <b>Kim</b>")).await;
    assert_eq!((joined.status, joined.location()), (303, desk.clone()));
    assert_eq!(app.stranger().post_form(&link, &[("name", "Eve")]).await.status, 410, "once");

    // A viewer reads and is offered nothing that would be refused.
    let seen = vera.page(&people).await;
    assert_eq!(names(&seen), ["Linlin@example.org", "Vera <b>Kim</b> (you)vera@example.org"]);
    assert_eq!(seen.texts("main form button"), ["Leave"]);
    assert_eq!(seen.attributes("body", "class"), ["desk viewer"]);
    assert!(seen.attributes("nav.steps a", "href").contains(&format!("{desk}/questionnaire")));
    assert!(!seen.attributes("nav.steps a", "href").contains(&format!("{desk}/invitations")));
    let refused = vera.post_form(&format!("{desk}/close"), &[]).await;
    assert_eq!(refused.status, 403);
    assert!(refused.words().contains("Your role here is viewer; this needs the role editor."));
    assert_eq!(refused.texts("main li"), ["Lin"]);
    assert!(vera.page("/desk").await.words().contains("your role: viewer"));
    // Addresses are for those who may write to them.
    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    let with = |one: &&responses::Given| {
        one.contact.as_ref().is_some_and(|contact| contact.address.contains('@'))
    };
    let given = all.iter().find(with).unwrap();
    let address = &given.contact.as_ref().unwrap().address;
    let one = format!("{desk}/responses/{}", given.response.id);
    assert!(app.page(&one).await.text.contains(address));
    assert!(!vera.page(&one).await.text.contains(address));
    let groups = format!("{desk}/discussion");
    let everybody = "datalist#everybody option";
    assert!(!app.page(&groups).await.attributes(everybody, "value").is_empty());
    assert!(vera.page(&groups).await.attributes(everybody, "value").is_empty());

    let who = known(&app, "vera@example.org").await.id.to_string();
    let role = format!("{people}/role");
    assert_eq!(app.post_form(&role, &[("who", &who), ("role", "editor")]).await.status, 303);
    assert_eq!(vera.post_form(&format!("{desk}/close"), &[]).await.status, 303);
    assert_eq!(vera.post_form(&role, &[("who", &who), ("role", "owner")]).await.status, 403);
    // Whoever it runs in the name of stays.
    let lin = known(&app, "lin@example.org").await.id.to_string();
    assert_eq!(app.post_form(&format!("{people}/remove"), &[("who", &lin)]).await.status, 422);
    assert_eq!(app.post_form(&role, &[("who", &lin), ("role", "viewer")]).await.status, 422);
    assert_eq!(app.post_form(&format!("{people}/remove"), &[("who", &who)]).await.status, 303);
    assert_eq!(vera.get(&people).await.status, 404);
    assert_eq!(vera.get("/desk").await.status, 200, "the account is theirs");

    // Who has an account signs in by its own means: the link alone opens none.
    let link = invited(&app, &desk, "vera@example.org", "editor").await;
    let thief = app.stranger();
    assert!(thief.page(&link).await.words().contains("There is an account for vera@example.org"));
    let refused = thief.post_form(&link, &[("name", "Vera")]).await;
    assert_eq!((refused.status, refused.header("set-cookie")), (401, ""));
    assert_eq!(vera.submit(&vera.page(&link).await.form("main form")).await.status, 303);
    assert_eq!(vera.get(&format!("{desk}/invitations")).await.status, 200);
    assert_eq!(vera.post_form(&format!("{people}/leave"), &[]).await.location(), "/desk");
    assert_eq!(vera.get(&people).await.status, 404);

    // Taken back, or too old, a link opens nothing.
    let link = invited(&app, &desk, "bo@example.org", "editor").await;
    let form = app.page(&people).await.form(".held form");
    assert_eq!(app.submit(&form).await.status, 303);
    assert_eq!(app.stranger().get(&link).await.status, 410);
    let link = invited(&app, &desk, "bo@example.org", "editor").await;
    app.service.clock.advance(TimeDelta::days(7));
    assert_eq!(app.stranger().get(&link).await.status, 410);
    assert_eq!(app.stranger().post_form(&link, &[("name", "Bo")]).await.status, 410);
}

#[tokio::test]
async fn an_invitation_does_not_become_a_flood_of_mails() {
    let app = TestApp::spawn().await;
    let (_, desk) = example(&app).await;
    named(&app).await;
    let mut form =
        app.page(&format!("{desk}/people")).await.form_with_button("Send the invitation");
    form.set("address", "vera@example.org");
    let mut statuses = vec![];
    for _ in 0..4 {
        statuses.push(app.submit(&form).await.status);
    }
    assert_eq!(statuses, [303, 303, 303, 422]);
    assert_eq!(app.page(&format!("{desk}/people")).await.texts(".held li").len(), 1);
}

#[tokio::test]
async fn a_questionnaire_is_handed_over_by_both_sides_and_never_without_an_owner() {
    let app = TestApp::spawn().await;
    let (of, desk) = example(&app).await;
    named(&app).await;
    let vera = member(&app, &of, "vera@example.org", Role::Viewer).await;
    let ed = member(&app, &of, "ed@example.org", Role::Editor).await;
    let veras = known(&app, "vera@example.org").await.id;
    let people = format!("{desk}/people");
    let take = format!("{people}/take-over");
    assert_eq!(vera.post_form(&take, &[]).await.status, 409, "nobody asked");
    let mut form = app.page(&people).await.form_with_button("Ask them to take it over");
    assert_eq!(app.submit(form.set("who", &veras.to_string())).await.status, 303);
    assert_eq!(ed.post_form(&take, &[]).await.status, 409, "somebody else was asked");
    assert!(vera.page("/desk").await.words().contains("You are asked to take over"));
    let accept = vera.page(&people).await.form_with_button("Take it over");
    assert_eq!(vera.submit(&accept).await.status, 303);
    let now = questionnaires::by_id(app.service.store.read(), of.id).await.unwrap().unwrap();
    assert_eq!(now.organizer_id, veras);
    let asks = app.stranger().page(&format!("/q/{}", of.slug)).await.words();
    assert!(asks.contains("Another"), "readers see whose it is now: {asks}");
    // Who had it stays an owner, and can go now.
    assert_eq!(app.post_form(&format!("{people}/leave"), &[]).await.status, 303);
    assert_eq!(vera.post_form(&format!("{people}/leave"), &[]).await.status, 422);

    // Two things at once: whatever wins, it runs in the name of somebody who is an owner.
    let eds = known(&app, "ed@example.org").await.id;
    let service = &app.service;
    for _ in 0..10 {
        let of = questionnaires::by_id(service.store.read(), of.id).await.unwrap().unwrap();
        let from = of.organizer_id;
        let to = if from == veras { eds } else { veras };
        let tx = service.store.write().await.unwrap();
        members::keep(&tx, of.id, to, Role::Editor, service.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(hand_over::offer(service, of.id, from, to).await.unwrap());
        let (took, removed, again) = tokio::join!(
            hand_over::take_over(service, of.id, to),
            change_members::remove(service, of.id, to),
            hand_over::take_over(service, of.id, to),
        );
        assert!(!(took.unwrap() && again.unwrap()), "once is enough");
        let removed = removed.unwrap();
        let now = questionnaires::by_id(service.store.read(), of.id).await.unwrap().unwrap();
        let role = members::role_of(service.store.read(), of.id, now.organizer_id).await.unwrap();
        assert_eq!(role, Some(Role::Owner), "{removed:?}");
        assert_eq!(removed == Changed::InTheirName, now.organizer_id == to);
    }
}

async fn lines(app: &TestApp, me: OrganizerId) -> Vec<outbox::Line> {
    let me = organizers::by_id(app.service.store.read(), me).await.unwrap().unwrap();
    outbox::page(app.service.store.read(), &me, &[], 0, 50).await.unwrap()
}

/// The tables that have a row of this questionnaire.
async fn tables_with(app: &TestApp, of: &Questionnaire) -> Vec<String> {
    let db = app.service.store.read();
    let backend = db.get_database_backend();
    let named = match backend {
        DbBackend::Sqlite => {
            "SELECT m.name AS name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND c.name = 'questionnaire_id'"
        }
        _ => {
            "SELECT table_name::text AS name FROM information_schema.columns \
             WHERE table_schema = 'public' AND column_name = 'questionnaire_id'"
        }
    };
    let mut found = vec![];
    for row in db.query_all_raw(Statement::from_string(backend, named)).await.unwrap() {
        let table: String = row.try_get("", "name").unwrap();
        let sql = match backend {
            DbBackend::Sqlite => {
                format!("SELECT 1 FROM {table} WHERE questionnaire_id = ? LIMIT 1")
            }
            _ => format!("SELECT 1 FROM {table} WHERE questionnaire_id = $1 LIMIT 1"),
        };
        let query = Statement::from_sql_and_values(backend, sql, [of.id.0.into()]);
        if db.query_one_raw(query).await.unwrap().is_some() {
            found.push(table);
        }
    }
    found
}

#[tokio::test]
async fn a_deleted_questionnaire_is_closed_at_once_can_be_restored_and_is_erased_for_good() {
    let app = TestApp::spawn().await;
    let (of, desk) = example(&app).await;
    named(&app).await;
    let reader = app.stranger();
    let form = format!("/q/{}", of.slug);
    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    let receipt = app.service.secret.link(Opens::Response, all[0].response.id.0);
    let receipt = format!("/r/{receipt}");
    let written = reader.page(&receipt).await.words();
    let page = format!("{desk}/delete");
    assert_eq!(app.post_form(&page, &[]).await.status, 422, "it has to be meant");
    assert_eq!(reader.get(&form).await.status, 200);
    assert_eq!(app.post_form(&page, &[("sure", "yes")]).await.status, 303);

    let gone = reader.get(&form).await;
    assert_eq!(gone.status, 410);
    assert!(gone.words().contains("7 December 2026"), "{}", gone.words());
    let sent = reader.post_form(&form, &[("q1", "An hour of writing")]).await;
    assert_eq!((sent.status, sent.texts("textarea")), (410, vec!["An hour of writing".to_owned()]));
    for path in ["article", "brief", "echo"] {
        assert_eq!(reader.get(&format!("{form}/{path}")).await.status, 410, "{path}");
    }
    // What somebody has answered stays theirs to read; it cannot be changed any more.
    let own = reader.page(&receipt).await.words();
    let code = app.service.secret.code(all[0].response.id.0);
    assert!(own.contains(&code), "{own}");
    assert_eq!(reader.post_form(&format!("{receipt}/change"), &[]).await.status, 410);
    // The desk reads and changes nothing; nothing is sent.
    assert!(app.page(&format!("{desk}/insight")).await.words().contains("is deleted"));
    assert_eq!(app.post_form(&format!("{desk}/close"), &[]).await.status, 422);
    let me = known(&app, "lin@example.org").await;
    app.import("/desk/contacts/import", "ada@example.org, Ada").await;
    begin_campaign(&app.service, &me, &of, Aim::Invite).await.unwrap();
    let courier = Courier::new(&app.service);
    deliver_due(&app.service, &courier, 50).await.unwrap();
    let invitation = |lines: Vec<outbox::Line>| {
        lines.into_iter().find(|line| line.purpose == Purpose::Invitation).map(|line| line.state)
    };
    assert_ne!(invitation(lines(&app, me.id).await), Some(Delivery::Written));

    let restored = app.post_form(&format!("{desk}/restore"), &[]).await;
    assert_eq!(restored.status, 303);
    assert_eq!(reader.get(&form).await.status, 200);
    assert_eq!(reader.page(&receipt).await.words(), written, "as it was");
    for _ in 0..200 {
        if invitation(lines(&app, me.id).await) == Some(Delivery::Written) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(invitation(lines(&app, me.id).await), Some(Delivery::Written));

    app.post_form(&page, &[("sure", "yes")]).await;
    app.service.clock.advance(TimeDelta::days(13));
    forget_stale(&app.service).await.unwrap();
    assert_eq!(reader.get(&form).await.status, 410, "not a day early");
    assert_eq!(app.get(&desk).await.status, 200);
    assert!(tables_with(&app, &of).await.len() > 10);
    app.service.clock.advance(TimeDelta::days(1));
    forget_stale(&app.service).await.unwrap();
    assert_eq!(reader.get(&form).await.status, 404);
    assert_eq!(reader.get(&receipt).await.status, 404);
    assert_eq!(app.get(&desk).await.status, 404);
    assert_eq!(tables_with(&app, &of).await, [""; 0]);
    assert_eq!(places(&app, &of.title).await, [""; 0]);
}

#[tokio::test]
async fn an_account_goes_with_what_is_its_own_and_never_with_what_others_work_on() {
    let app = TestApp::spawn().await;
    let (of, desk) = example(&app).await;
    named(&app).await;
    let vera = member(&app, &of, "vera@example.org", Role::Editor).await;
    let yes = [("sure", "yes")];
    let refused = app.post_form("/desk/account/delete", &yes).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts(".problems li"), [of.title.as_str()]);
    assert_eq!(vera.post_form(&format!("{desk}/people/leave"), &[]).await.status, 303);

    let elsewhere = app.stranger();
    elsewhere.post_form(&app.sign_in_link().await, &[]).await;
    app.import("/desk/contacts/import", "canary@example.org, Canary").await;
    assert_eq!(app.post_form("/desk/account/delete", &yes).await.status, 303);
    assert_eq!(elsewhere.get("/desk").await.status, 303, "signed out");
    assert_eq!(app.stranger().get(&format!("/q/{}", of.slug)).await.status, 410);
    let home = app.page("/desk").await;
    assert_eq!(app.submit(&home.form_with_button("Take that back")).await.status, 303);
    assert_eq!(app.stranger().get(&format!("/q/{}", of.slug)).await.status, 200);

    app.post_form("/desk/account/delete", &yes).await;
    app.service.clock.advance(TimeDelta::days(14));
    forget_stale(&app.service).await.unwrap();
    assert_eq!(app.get("/desk").await.status, 303);
    for gone in ["lin@example.org", "canary@example.org", of.title.as_str()] {
        assert_eq!(places(&app, gone).await, [""; 0], "{gone}");
    }
    assert!(!places(&app, "vera@example.org").await.is_empty());
}

#[tokio::test]
async fn an_organizer_sees_where_they_are_signed_in_and_ends_it() {
    let app = TestApp::signed_in().await;
    let (second, third) = (app.stranger(), app.stranger());
    for visitor in [&second, &third] {
        visitor.post_form(&app.sign_in_link().await, &[]).await;
    }
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let used = second.client.get(second.url("/desk")).header("user-agent", firefox);
    assert_eq!(second.send(used).await.status, 200);
    app.service.clock.advance(TimeDelta::hours(1));
    let page = app.page("/desk/account/sessions").await;
    assert_eq!(names(&page).len(), 3, "{}", page.words());
    assert!(names(&page)[0].ends_with("this one"), "{:?}", names(&page));
    assert!(names(&page).contains(&"Firefox on Linux".to_owned()), "{:?}", names(&page));
    let button = page.texts("main table button");
    let place = button.iter().position(|text| text.contains("Firefox")).unwrap();
    let value = page.attributes("main table button", "value").remove(place);
    app.post_form("/desk/account/sessions", &[("end", &value)]).await;
    assert_eq!(second.get("/desk").await.status, 303, "out");
    assert_eq!(third.get("/desk").await.status, 200);
    app.post_form("/desk/account/sessions", &[("others", "yes")]).await;
    assert_eq!(third.get("/desk").await.status, 303);
    assert_eq!(app.get("/desk").await.status, 200);

    // Signing in again makes a new session and ends the one before.
    let before = app.another_organizer("eve@example.org").await;
    let id = known(&app, "eve@example.org").await.id;
    let link = colloquy::acts::sign_in::make_link(&app.service, id).await.unwrap();
    let path = format!("/sign-in/{}", link.rsplit('/').next().unwrap());
    before.post_form(&path, &[]).await;
    let page = before.page("/desk/account/sessions").await;
    assert_eq!(names(&page).len(), 1, "{}", page.words());

    let out = app.post_form("/sign-out", &[]).await;
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    // What is not used ends by itself, and so does what is used for too long.
    app.sign_in().await;
    app.service.clock.advance(TimeDelta::days(13));
    assert_eq!(app.get("/desk").await.status, 200);
    app.service.clock.advance(TimeDelta::days(13));
    assert_eq!(app.get("/desk").await.status, 200, "it was used between");
    app.service.clock.advance(TimeDelta::days(5));
    assert_eq!(app.get("/desk").await.status, 303, "thirty days are over");
    app.sign_in().await;
    app.service.clock.advance(TimeDelta::days(15));
    assert_eq!(app.get("/desk").await.status, 303, "nobody was there");
}

#[tokio::test]
async fn what_was_done_is_written_down_and_what_was_refused_is_not() {
    let app = TestApp::spawn().await;
    let (of, desk) = example(&app).await;
    named(&app).await;
    let vera = member(&app, &of, "vera@example.org", Role::Viewer).await;
    let ed = member(&app, &of, "ed@example.org", Role::Editor).await;
    let log = format!("{desk}/log");
    assert_eq!(vera.post_form(&format!("{desk}/close"), &[]).await.status, 403);
    assert_eq!(ed.post_form(&format!("{desk}/close"), &[]).await.status, 303);
    let who = known(&app, "vera@example.org").await.id.to_string();
    let role = [("who", who.as_str()), ("role", "editor")];
    app.post_form(&format!("{desk}/people/role"), &role).await;
    let mut form = app.page("/desk/new").await.form("main form[enctype]");
    form.fields.retain(|(name, _)| name != "file");
    let brought = app.submit(form.set("text", "# A title\n\nWhat do you think?\n")).await;
    assert_eq!(brought.status, 303, "{}", brought.words());
    let command = Deed {
        organizer: None,
        questionnaire: Some(of.id),
        way: Way::CommandLine,
        deed: "published the questionnaire",
        detail: "",
    };
    note_deed(&app.service, command).await.unwrap();
    let page = app.page(&log).await;
    assert_eq!(
        page.texts("tbody tr td:nth-child(n+2)"),
        [
            "The command line",
            "published the questionnaire on the command line",
            "Lin",
            "changed a role: Another, now editor",
            "Another",
            "closed the questionnaire",
        ]
    );
    assert_eq!(ed.page(&log).await.texts("tbody tr").len(), 3);
    let own = app.page("/desk/account/log").await;
    assert_eq!(
        own.texts("tbody td:last-child"),
        [
            "brought an article",
            "changed a role: Another, now editor",
            "changed the name or address of the account"
        ]
    );
    let db = app.service.store.read();
    let lines = audit::of_organizer(db, of.organizer_id, 0, 9).await.unwrap();
    assert!(lines[0].questionnaire_id.is_some_and(|id| id != of.id), "what was made is known");
    app.service.clock.advance(TimeDelta::days(731));
    forget_stale(&app.service).await.unwrap();
    assert!(audit::of_questionnaire(db, of.id, 0, 9).await.unwrap().is_empty());
}
