//! From the invitation to a group to the echo, as participants, hosts and the organizer go through
//! it: pages over HTTP, mails as they stand in the outbox, calendars read back by a parser.

use chrono::TimeDelta;
use colloquy::acts::answer_seat::answer_seat;
use colloquy::acts::erase_response::erase_response;
use colloquy::acts::invite_participants::invite_participants;
use colloquy::acts::remind_participants::remind_participants;
use colloquy::domain::MessageId;
use colloquy::domain::status::{Delivery, Purpose, Rsvp};
use colloquy::store::{discussions, outbox, responses};

use crate::meetings::scene::{Scene, calendar, value};

mod echo;
mod guides;
mod replies;
pub mod scene;

#[tokio::test]
async fn an_appointment_is_asked_for_answered_and_called_off_by_links() {
    let scene = Scene::of(&[3], 0).await;
    scene.invite().await;
    let ada = scene.participant(0);
    let first = scene.last_mail(&ada, Purpose::Seat).await;
    let event = calendar(&first);
    assert_eq!(
        (value(&event, "METHOD"), value(&event, "SEQUENCE")),
        ("REQUEST".into(), "0".into())
    );
    let attendees = event.lines().filter(|line| line.starts_with("ATTENDEE")).count();
    assert_eq!(attendees, 1, "{event}");
    assert!(value(&event, "DTSTART").ends_with('Z'));

    let page = scene.seat(&ada).await;
    assert!(page.words().contains("You have not said yet."), "{}", page.words());
    // Looking changes nothing, however often a scanner looks.
    assert_eq!(scene.now(&ada).await.rsvp, Rsvp::None);
    let link = scene.link(&ada);
    let reader = scene.app.stranger();
    for (answer, said, kept) in [
        ("perhaps", "You said that perhaps you come.", Rsvp::Tentative),
        ("yes", "You said that you come.", Rsvp::Accepted),
    ] {
        let sent = reader.post_form(&format!("{link}/answer"), &[("answer", answer)]).await;
        assert_eq!(sent.status, 303);
        assert!(reader.page(&sent.location()).await.words().contains(said));
        assert_eq!(scene.now(&ada).await.rsvp, kept);
    }
    for _ in 0..2 {
        let sent = reader.post_form(&format!("{link}/answer"), &[("answer", "no")]).await;
        assert_eq!(sent.status, 303, "twice is as good as once");
    }
    let cancel = calendar(&scene.last_mail(&ada, Purpose::SeatCancelled).await);
    assert_eq!(value(&cancel, "METHOD"), "CANCEL");
    assert_eq!(value(&cancel, "UID"), value(&event, "UID"));
    assert_eq!(value(&cancel, "SEQUENCE"), "1");
    assert_eq!(value(&cancel, "STATUS"), "CANCELLED");
    assert_eq!(scene.mails(&ada).await.len(), 2);
    let page = scene.seat(&ada).await;
    assert!(page.words().contains("You gave your seat back"), "{}", page.words());
    // Who comes after all gets the seat that is still free, and a calendar takes it again.
    assert_eq!(page.texts("main form button"), ["I would like to come after all"]);
    let back = reader.post_form(&format!("{link}/answer"), &[("answer", "yes")]).await;
    assert_eq!(back.status, 303);
    let again = calendar(&scene.last_mail(&ada, Purpose::Seat).await);
    assert_eq!(
        (value(&again, "UID"), value(&again, "SEQUENCE")),
        (value(&event, "UID"), "2".into())
    );
    assert_eq!(scene.members(1).await.len(), 3);
    let odd = reader.post_form(&format!("{link}/answer"), &[("answer", "so")]).await;
    assert_eq!(odd.status, 404);
}

#[tokio::test]
async fn whoever_waits_longest_and_fits_gets_the_seat_that_is_free() {
    let scene = Scene::of(&[3, 3], 3).await;
    scene.invite().await;
    // The first who waits cannot come at the time of the first group, the second may not sit with
    // somebody there; the third can.
    let waiting: Vec<_> = (6..9).map(|at| scene.participant(at)).collect();
    scene.free(&waiting[0], &[("b", "yes")]).await;
    scene.free(&waiting[1], &[("a", "yes")]).await;
    scene.free(&waiting[2], &[("a", "if_need_be")]).await;
    scene.apart(&waiting[1], &scene.participant(1)).await;
    for one in &waiting {
        assert!(scene.seat(one).await.words().contains("You have no seat yet"));
        assert_eq!(scene.mails(one).await.len(), 0);
    }
    scene.answer(&scene.participant(0), Rsvp::Declined).await;
    let members = scene.members(1).await;
    assert_eq!(members.len(), 3);
    assert!(members.contains(&waiting[2].id), "{members:?}");
    let request = calendar(&scene.last_mail(&waiting[2], Purpose::Seat).await);
    assert_eq!(value(&request, "METHOD"), "REQUEST");
    assert!(scene.seat(&waiting[2]).await.words().contains("Do you come?"));
    // And in the second group the first who waits.
    scene.answer(&scene.participant(3), Rsvp::Declined).await;
    assert!(scene.members(2).await.contains(&waiting[0].id));
    // Whoever erases everything leaves a free seat too.
    let db = scene.service().store.read();
    let response = scene.participant(2).response_id.unwrap();
    let response = responses::by_id(db, response).await.unwrap().unwrap();
    let given = responses::given(db, response).await.unwrap();
    scene.free(&waiting[1], &[("a", "yes"), ("b", "no")]).await;
    scene.apart(&waiting[1], &scene.participant(0)).await;
    erase_response(scene.service(), scene.of.mode, &given).await.unwrap();
    assert!(scene.members(1).await.contains(&waiting[1].id));
    assert_eq!(scene.mails(&waiting[1]).await.len(), 1);
    // Nobody is left for whom there is room.
    scene.answer(&scene.participant(4), Rsvp::Declined).await;
    assert_eq!(scene.members(2).await.len(), 2);
}

#[tokio::test]
async fn in_several_rounds_a_free_seat_is_one_in_each_and_nobody_is_met_twice() {
    let scene = Scene::of(&[3, 3], 2).await;
    let one = |at| scene.participant(at).id;
    let sorted = |people: &[usize]| {
        let mut people: Vec<_> = people.iter().map(|at| one(*at)).collect();
        people.sort();
        people
    };
    scene.in_rounds(&[&[&[0, 1, 2], &[3, 4, 5]], &[&[1, 4], &[0, 3]], &[&[2, 3], &[0, 5]]]).await;
    scene.invite().await;
    // There is room at later tables, but none in the first round.
    assert_eq!(scene.mails(&scene.participant(6)).await.len(), 0);
    scene.answer(&scene.participant(0), Rsvp::Declined).await;
    // At the first tables of the second round and the third somebody would be met twice.
    let now = [
        [sorted(&[6, 1, 2]), sorted(&[3, 4, 5])],
        [sorted(&[1, 4]), sorted(&[6, 3])],
        [sorted(&[2, 3]), sorted(&[6, 5])],
    ];
    assert_eq!(scene.tables().await, now);
    assert_eq!(scene.mails(&scene.participant(6)).await.len(), 1);
    // In the first round there is a seat again, but everybody who sits there would be met twice.
    scene.answer(&scene.participant(5), Rsvp::Declined).await;
    assert_eq!(scene.mails(&scene.participant(7)).await.len(), 0);
    assert_eq!(scene.tables().await[0][1], sorted(&[3, 4]));
}

#[tokio::test]
async fn a_group_that_meets_at_another_time_or_place_is_told_with_a_higher_number() {
    let scene = Scene::of(&[2, 2], 0).await;
    scene.invite().await;
    let (ada, other) = (scene.participant(0), scene.participant(2));
    let before = calendar(&scene.last_mail(&ada, Purpose::Seat).await);
    let group = scene.whole().await.groups[0].id;
    let path = format!("{}/discussion/{group}/guide", scene.desk);
    let mut form = scene.app.page(&path).await.form("#meeting form");
    assert_eq!(scene.app.submit(&form).await.status, 303);
    assert_eq!(scene.mails(&ada).await.len(), 1, "nothing was changed, nobody is told");
    form.set("place", "Room 9");
    assert_eq!(scene.app.submit(&form).await.status, 303);
    let moved = calendar(&scene.last_mail(&ada, Purpose::Seat).await);
    assert_eq!(value(&moved, "UID"), value(&before, "UID"));
    assert_eq!(
        (value(&moved, "SEQUENCE"), value(&moved, "LOCATION")),
        ("1".into(), "Room 9".into())
    );
    form.set("starts", "2026-11-30T20:30");
    assert_eq!(scene.app.submit(&form).await.status, 303);
    let moved = calendar(&scene.last_mail(&ada, Purpose::Seat).await);
    assert_eq!((value(&moved, "SEQUENCE"), value(&moved, "DTSTART").len()), ("2".into(), 16));
    assert_ne!(value(&moved, "DTSTART"), value(&before, "DTSTART"));
    assert_eq!(scene.mails(&other).await.len(), 1, "the other group is not told");
}

#[tokio::test]
async fn the_day_before_everybody_is_reminded_once_as_things_then_stand() {
    let scene = Scene::of(&[3], 0).await;
    scene.invite().await;
    scene.answer(&scene.participant(2), Rsvp::Declined).await;
    let (ada, bo) = (scene.participant(0), scene.participant(1));
    let service = &scene.app.service;
    assert_eq!(remind_participants(service).await.unwrap(), 0, "it is days until then");
    service.clock.advance(TimeDelta::days(6));
    // Two nodes at the same moment.
    let (one, other) = tokio::join!(remind_participants(service), remind_participants(service));
    assert_eq!(one.unwrap() + other.unwrap(), 2);
    assert_eq!(remind_participants(service).await.unwrap(), 0);
    let mail = scene.last_mail(&ada, Purpose::SeatReminder).await;
    assert!(mail.contains(&scene.link(&ada)), "{mail}");
    assert!(mail.contains("This is what you talk about"), "{mail}");
    assert_eq!(
        scene.mails(&scene.participant(2)).await.len(),
        2,
        "who does not come is not reminded"
    );
    let _ = bo;
}

#[tokio::test]
async fn a_reminder_that_no_longer_holds_is_not_handed_over() {
    let scene = Scene::of(&[3], 0).await;
    scene.invite().await;
    let (ada, bo) = (scene.participant(0), scene.participant(1));
    let group = scene.whole().await.groups[0].clone();
    let starts = group.starts_at.unwrap().timestamp();
    scene.answer(&ada, Rsvp::Declined).await;
    // As if they had been queued before: for one who has left, at a time that is not true any more,
    // and as things stand.
    let service = scene.service();
    let now = service.clock.now();
    let mails = [(ada.id, starts), (bo.id, starts + 60), (bo.id, starts)];
    let tx = service.store.write().await.unwrap();
    for (one, starts) in mails {
        let new = outbox::NewMessage {
            id: MessageId(service.clock.name()),
            idempotency_key: format!("seat:{one}:before:{}:{starts}", group.id),
            questionnaire: Some(scene.of.id),
            invitation: None,
            campaign: None,
            purpose: Purpose::SeatReminder,
            recipient: format!("{one}@example.org"),
            language: "en".to_owned(),
            subject: starts.to_string(),
            message_id: format!("<{one}.{starts}@example.org>"),
            raw: b"Subject: Soon\r\n\r\nSoon.\r\n".to_vec(),
            at: now,
            not_after: now + TimeDelta::days(1),
        };
        assert!(outbox::enqueue(&tx, new).await.unwrap());
    }
    tx.commit().await.unwrap();
    scene.delivered().await;
    let lines = outbox::of_questionnaire(service.store.read(), scene.of.id).await.unwrap();
    let states: Vec<Delivery> = lines
        .into_iter()
        .filter(|line| line.purpose == Purpose::SeatReminder)
        .map(|line| line.state)
        .collect();
    assert_eq!(states, [Delivery::Cancelled, Delivery::Cancelled, Delivery::Written]);
}

#[tokio::test]
async fn once_they_have_met_everybody_who_was_there_is_asked_again() {
    let scene = Scene::of(&[3], 0).await;
    scene.invite().await;
    scene.service().clock.advance(TimeDelta::days(7) + TimeDelta::hours(3));
    let host = scene.host_link(1).await;
    let form = scene.app.page(&host).await.form("form[action$=attendance]");
    let mut form = form;
    let seats: Vec<String> = scene.app.page(&host).await.attributes("input[name=there]", "value");
    form.fields.retain(|(name, _)| name != "there");
    form.fields.extend(seats[..2].iter().map(|seat| ("there".to_owned(), seat.clone())));
    assert_eq!(scene.app.submit(&form).await.status, 303);
    assert_eq!(remind_participants(scene.service()).await.unwrap(), 2);
    assert_eq!(remind_participants(scene.service()).await.unwrap(), 0);
    let whole = scene.whole().await;
    let there = whole.seats.iter().filter(|seat| seat.attended == Some(true)).count();
    assert_eq!((there, seats.len()), (2, 3));
}

#[tokio::test]
async fn moving_somebody_ends_one_appointment_and_asks_for_the_other_at_once() {
    let scene = Scene::of(&[3, 3], 0).await;
    scene.invite().await;
    let ada = scene.participant(0);
    let old = calendar(&scene.last_mail(&ada, Purpose::Seat).await);
    scene.move_to(&ada, 2).await;
    let lines = scene.mails(&ada).await;
    let purposes: Vec<_> = lines.iter().map(|line| line.purpose).collect();
    assert_eq!(purposes, [Purpose::Seat, Purpose::SeatCancelled, Purpose::Seat]);
    let cancel = calendar(&scene.last_mail(&ada, Purpose::SeatCancelled).await);
    let new = calendar(&scene.last_mail(&ada, Purpose::Seat).await);
    assert_eq!(
        (value(&cancel, "UID"), value(&cancel, "SEQUENCE")),
        (value(&old, "UID"), "1".into())
    );
    assert_ne!(value(&new, "UID"), value(&old, "UID"));
    assert_eq!(value(&new, "SEQUENCE"), "0");
    assert_eq!(scene.mails(&scene.participant(1)).await.len(), 1, "nobody else is told");
    // Back again: the first appointment with a number above all of before.
    scene.move_to(&ada, 1).await;
    let back = calendar(&scene.last_mail(&ada, Purpose::Seat).await);
    assert_eq!((value(&back, "UID"), value(&back, "SEQUENCE")), (value(&old, "UID"), "2".into()));
}

#[tokio::test]
async fn appointments_are_sent_once_and_to_hosts_too() {
    let scene = Scene::of(&[3], 0).await;
    let told = scene.invite().await;
    assert_eq!((told.mails, told.without_address), (3, 0));
    let organizer = scene.organizer().await;
    let again = invite_participants(scene.service(), &organizer, &scene.of).await.unwrap();
    assert_eq!(again.mails, 0);
    let lines = outbox::of_questionnaire(scene.service().store.read(), scene.of.id).await.unwrap();
    let host = lines.iter().find(|line| line.recipient == "host@example.org").unwrap();
    let mail = scene.eml(host.id).await;
    assert!(mail.contains("You are the host"), "{mail}");
    assert!(mail.contains(&scene.host_link(1).await), "{mail}");
    // A second answer while the first is being kept changes nothing twice.
    let ada = scene.participant(0);
    let whole = scene.whole().await;
    let service = scene.service();
    let (a, b) = tokio::join!(
        answer_seat(service, &ada, Rsvp::Declined, service.clock.now()),
        answer_seat(service, &ada, Rsvp::Declined, service.clock.now())
    );
    a.unwrap();
    b.unwrap();
    assert_eq!(scene.mails(&ada).await.len(), 2);
    let found = discussions::by_id(service.store.read(), whole.discussion.id).await.unwrap();
    assert_eq!(found.unwrap().members(whole.groups[0].id).len(), 2);
}

#[tokio::test]
async fn who_is_added_after_all_were_told_gets_a_seat_where_there_is_room() {
    let scene = Scene::of(&[3, 1], 0).await;
    scene.invite().await;
    let people = format!("{}/discussion/people", scene.desk);
    let add = |name: &'static str, address: &'static str, time: &'static str| {
        let fields = [("what", "add"), ("name", name), ("address", address), ("can", time)];
        let (app, people) = (&scene.app, &people);
        async move { assert_eq!(app.post_form(people, &fields).await.status, 303) }
    };
    let named = async |name: &str| {
        let whole = scene.whole().await;
        whole.participants.into_iter().find(|one| one.name == name).unwrap()
    };
    // The first group is full.
    add("Ann", "ann@example.org", "a").await;
    add("Li Lei", "lilei@example.org", "b").await;
    add("Bo", "bo@example.org", "none").await;
    let (ann, li, bo) = (named("Ann").await, named("Li Lei").await, named("Bo").await);
    assert_eq!((scene.members(1).await.len(), scene.members(2).await.len()), (3, 2));
    assert!(scene.members(2).await.contains(&li.id));
    let request = calendar(&scene.last_mail(&li, Purpose::Seat).await);
    assert_eq!(value(&request, "METHOD"), "REQUEST");
    assert_eq!(scene.mails(&ann).await.len() + scene.mails(&bo).await.len(), 0);
    // Whoever says only now when they can come does too.
    let reader = scene.app.stranger();
    let mut form = reader.page(&format!("{}/times", scene.link(&bo))).await.form("main form");
    form.set("t.b", "yes");
    assert_eq!(reader.submit(&form).await.status, 303);
    assert!(scene.members(2).await.contains(&bo.id));
    assert_eq!(scene.mails(&bo).await.len(), 1);
    // And whoever waits since the organizer knows that they can.
    scene.answer(&li, Rsvp::Declined).await;
    let id = ann.id.to_string();
    let fields = [
        ("what", "correct"),
        ("who", &*id),
        ("name", "Ann"),
        ("address", "ann@example.org"),
        ("can", "b"),
    ];
    assert_eq!(scene.app.post_form(&people, &fields).await.status, 303);
    assert!(scene.members(2).await.contains(&ann.id));
}

#[tokio::test]
async fn a_change_of_the_host_alone_is_told_to_the_host_and_to_nobody_else() {
    let scene = Scene::of(&[2, 2], 0).await;
    scene.invite().await;
    let mails = async || {
        let db = scene.service().store.read();
        outbox::of_questionnaire(db, scene.of.id).await.unwrap()
    };
    let before = mails().await;
    scene.host_goes_to(2).await;
    let known: Vec<_> = before.iter().map(|line| line.id).collect();
    let mut new = mails().await;
    new.retain(|line| !known.contains(&line.id));
    assert_eq!(new.len(), 2);
    assert!(new.iter().all(|line| line.recipient == "host@example.org"));
    let mut methods = vec![];
    for line in &new {
        methods.push(value(&calendar(&scene.eml(line.id).await), "METHOD"));
    }
    methods.sort();
    assert_eq!(methods, ["CANCEL", "REQUEST"]);
}
