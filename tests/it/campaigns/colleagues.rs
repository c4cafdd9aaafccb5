//! Several organizers write to the same people about one questionnaire: by address, whoever has
//! them among their contacts, and however the address is written.

use colloquy::acts::edit_contacts::{Corrected, correct};
use colloquy::acts::erase_contact::{Extent, erase_contact};
use colloquy::domain::kind::Contact;
use colloquy::domain::{Kind, OrganizerId, Role, Wording};
use colloquy::store::{contacts, members, person};

use super::*;

impl Scene {
    /// A colleague with these contacts, a line each.
    async fn colleague(&self, lines: &str) -> Organizer {
        let service = &self.app.service;
        let id = OrganizerId(service.clock.name());
        let tx = service.store.write().await.unwrap();
        let address = Some("bea@example.net".parse().unwrap());
        let now = service.clock.now();
        organizers::insert(&tx, id, address, "Bea", now).await.unwrap();
        members::insert(&tx, self.of.id, id, Role::Editor, now).await.unwrap();
        tx.commit().await.unwrap();
        add_contacts(service, id, lines, "en", "pasted").await.unwrap();
        organizers::by_id(service.store.read(), id).await.unwrap().unwrap()
    }

    async fn begin_as(&self, by: &Organizer, aim: Aim) -> Queued {
        begin_campaign(&self.app.service, by, &self.of, aim).await.unwrap().unwrap()
    }
}

impl Scene {
    /// The organizer gives one of their contacts another address.
    async fn correct(&self, from: &str, to: &str) {
        let contact = self.person(from).await.contact;
        let corrected = Corrected {
            address: to.parse().unwrap(),
            name: contact.name,
            language: contact.language,
            zone: contact.zone,
            basis: String::new(),
            consent_from: String::new(),
            consent_on: None,
            lists: vec![],
            tags: vec![],
        };
        assert!(correct(&self.app.service, self.by.id, contact.id, corrected).await.is_ok());
    }

    /// Waits until the last mail to somebody is in this state.
    async fn last_is(&self, address: &str, state: Delivery) {
        for _ in 0..100 {
            let lines = self.lines().await;
            if lines.iter().any(|line| line.recipient == address && line.state == state) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{:?}", self.lines().await);
    }
}

fn left_out(queued: &Queued) -> Vec<(LeftOut, usize)> {
    queued.left_out.iter().map(|(why, count)| (*why, *count)).collect()
}

#[tokio::test]
async fn a_colleague_writes_to_nobody_whom_another_has_asked_and_to_nobody_twice() {
    let scene = Scene::with("p1@example.org\np2@example.org\np9@example.org").await;
    scene.begin(Aim::Invite).await;
    scene.sent(3).await;
    scene.answer("p9@example.org").await;
    let people = "P1@Example.org\np2@example.org\np9@example.org\nnew@example.org";
    let bea = scene.colleague(people).await;
    let invited = scene.begin_as(&bea, Aim::Invite).await;
    assert_eq!(invited.mails, 1, "{invited:?}");
    assert_eq!(left_out(&invited), [(LeftOut::Answered, 1), (LeftOut::Invited, 2)]);
    scene.sent(4).await;

    // Her reminders count what the others had, and carry the one link that each has.
    let service = &scene.app.service;
    let soon = scene.begin_as(&bea, Aim::Remind).await;
    assert_eq!(left_out(&soon), [(LeftOut::Answered, 1), (LeftOut::TooSoon, 3)]);
    service.clock.advance(TimeDelta::days(6));
    let reminded = scene.begin_as(&bea, Aim::Remind).await;
    assert_eq!((reminded.mails, left_out(&reminded)), (3, vec![(LeftOut::Answered, 1)]));
    scene.sent(7).await;
    let own = scene.person("p1@example.org").await;
    let asked: Vec<_> = own.mails.iter().map(|mail| mail.invitation_id).collect();
    assert_eq!(asked, [own.invitation.map(|one| one.id); 2], "one person has one link");
    assert_eq!(invitations::count(service.store.read(), scene.of.id).await.unwrap(), 4);
    let mine = scene.begin(Aim::Remind).await;
    assert_eq!(left_out(&mine), [(LeftOut::Answered, 1), (LeftOut::TooSoon, 2)]);

    service.clock.advance(TimeDelta::minutes(1));
    assert_eq!(scene.begin_as(&bea, Aim::Thank).await.mails, 1);
    scene.sent(8).await;
    let thanked = scene.begin(Aim::Thank).await;
    assert_eq!(left_out(&thanked), [(LeftOut::NotAnswered, 2), (LeftOut::HadIt, 1)]);
}

#[tokio::test]
async fn whoever_has_answered_is_known_however_their_domain_is_written() {
    let app = TestApp::signed_in().await;
    let asks = Wording::new("May we write to you?", Kind::Contact(Contact { consents: vec![] }));
    let of = app.published(&[open("What comes next?"), asks]).await;
    let by = organizers::by_id(app.service.store.read(), of.organizer_id).await.unwrap().unwrap();
    let list = "jörg@bücher.test\nada@example.org";
    add_contacts(&app.service, by.id, list, "en", "pasted").await.unwrap();
    let scene = Scene { app, of, by };
    scene.begin(Aim::Invite).await;
    scene.sent(2).await;
    let service = &scene.app.service;
    service.clock.advance(TimeDelta::days(6));
    // One is queued already when the answer comes by the public link, and one is not.
    let waits = scene.draft(Aim::Remind, -1, 3 * 24 * 60).await;
    scene.sql("UPDATE contact SET zone = 'Asia/Tokyo'").await;
    service.clock.advance(TimeDelta::hours(1));
    assert!(scene.turn(waits, Turn::Go).await);
    let reader = scene.app.stranger();
    let mut form = reader.page(&format!("/q/{}", scene.of.slug)).await.form("form#answers");
    form.set("a.q1", "Memory.").set("a.q2.name", "J").set("a.q2.address", " JÖRG@Bücher.Test");
    assert_eq!(reader.submit(&form).await.status, 303);
    let told = scene.forecast(Aim::Remind).await;
    assert_eq!(told.left_out[&LeftOut::Answered].0, 1, "{told:?}");
    service.clock.advance(TimeDelta::hours(11));
    tokio::time::sleep(Duration::from_millis(500)).await;
    service.clock.advance(TimeDelta::minutes(16));
    scene.sent(3).await;
    for _ in 0..100 {
        if scene.counts(waits).await.get(&Delivery::Cancelled) == Some(&1) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let theirs = scene.person("jörg@xn--bcher-kva.test").await;
    assert_eq!(theirs.mails.last().unwrap().state, Delivery::Cancelled);
    // What is held of this person has their answer.
    let db = service.store.read();
    let contact = contacts::by_id(db, theirs.contact.id).await.unwrap().unwrap();
    assert_eq!(person::of(db, &contact).await.unwrap().responses.len(), 1);
}

#[tokio::test]
async fn a_link_outlives_the_contact_that_it_was_made_for() {
    let scene = Scene::with("p1@example.org\np2@example.org").await;
    scene.begin(Aim::Invite).await;
    scene.sent(2).await;
    let link = scene.link("p1@example.org").await;
    let bea = scene.colleague("p1@example.org").await;
    let (service, stranger) = (&scene.app.service, scene.app.stranger());
    for gone in ["p1@example.org", "p2@example.org"] {
        let (id, extent) =
            (scene.person(gone).await.contact.id, Extent { responses: false, never_again: false });
        assert!(erase_contact(service, scene.by.id, id, extent).await.is_ok_and(|done| done));
    }
    // Only who is nobody's any more is invited no more.
    assert_eq!(invitations::count(service.store.read(), scene.of.id).await.unwrap(), 1);
    assert_eq!(stranger.get(&format!("/i/{link}")).await.status, 200);
    let again = scene.begin_as(&bea, Aim::Invite).await;
    assert_eq!((again.mails, left_out(&again)), (0, vec![(LeftOut::Invited, 1)]));
}

#[tokio::test]
async fn a_mail_that_waits_does_not_go_to_an_address_that_was_corrected() {
    let scene = Scene::with("ada@exmaple.org").await;
    scene.begin(Aim::Invite).await;
    scene.sent(1).await;
    let service = &scene.app.service;
    service.clock.advance(TimeDelta::days(6));
    scene.sql("UPDATE contact SET zone = 'Asia/Tokyo'").await;
    let waits = scene.draft(Aim::Remind, -1, 3 * 24 * 60).await;
    service.clock.advance(TimeDelta::hours(1));
    assert!(scene.turn(waits, Turn::Go).await);
    scene.correct("ada@exmaple.org", "ada@example.org").await;
    service.clock.advance(TimeDelta::hours(11));
    tokio::time::sleep(Duration::from_millis(500)).await;
    service.clock.advance(TimeDelta::minutes(16));
    scene.last_is("ada@exmaple.org", Delivery::Cancelled).await;
    let lines = scene.lines().await;
    let left = lines.iter().filter(|line| matches!(line.state, Delivery::Sent | Delivery::Written));
    assert_eq!(left.count(), 1, "{lines:?}");
}

#[tokio::test]
async fn whoever_stops_by_a_colleagues_mail_stops_where_it_came_to() {
    let scene = Scene::with("ada@old.example").await;
    scene.begin(Aim::Invite).await;
    scene.sent(1).await;
    let link = scene.link("ada@old.example").await;
    let bea = scene.colleague("ada@old.example").await;
    scene.app.service.clock.advance(TimeDelta::days(6));
    assert_eq!(scene.begin_as(&bea, Aim::Remind).await.mails, 1);
    scene.sent(2).await;
    scene.correct("ada@old.example", "ada@new.example").await;
    let (stranger, stop) = (scene.app.stranger(), format!("/i/{link}/stop"));
    assert_eq!(stranger.post_form(&stop, &[]).await.status, 200);
    let barred = scene.begin_as(&bea, Aim::Invite).await;
    assert_eq!((barred.mails, left_out(&barred)), (0, vec![(LeftOut::Stopped, 1)]));
    assert_eq!(stranger.post_form(&stop, &[("again", "yes")]).await.status, 200);
    scene.app.service.clock.advance(TimeDelta::minutes(1));
    assert_eq!(scene.begin_as(&bea, Aim::Invite).await.mails, 1);
}
