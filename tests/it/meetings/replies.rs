//! Answers of calendars by mail: they say the same as the answer by link, for the same person only.

use chrono::{DateTime, TimeDelta, Utc};
use colloquy::acts::invite_participants::uid;
use colloquy::acts::receive_mail::{Envelope, Kept, Parcel, receive_mail};
use colloquy::domain::GroupId;
use colloquy::domain::status::{Arrival, Purpose, Rsvp};
use colloquy::store::discussions::Participant;
use colloquy::store::meetings::{self, Meeting};

use super::scene::{Scene, calendar, value};
use crate::inbound::corpus;

/// An answer of the corpus by this participant, given at this moment.
async fn reply(scene: &Scene, name: &str, one: &Participant, at: DateTime<Utc>) -> String {
    let whole = scene.whole().await;
    let group = whole.group(whole.seat_of(one.id).unwrap().group_id.unwrap()).unwrap();
    let address = scene.mails(one).await[0].recipient.clone();
    let moment = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    corpus(name)
        .replace("UID-OF-THE-SEAT", &uid(scene.service(), group.id, one.id.0))
        .replace("20261007T170000Z", &moment(group.starts_at.unwrap()))
        .replace("20261001T090000Z", &moment(at))
        .replace("nobody@example.net", &address)
        .replace("NOBODY@example.net", &address.to_uppercase())
}

async fn receive(scene: &Scene, raw: &str) -> Kept {
    let raw = raw.as_bytes().to_vec();
    let parcel = Parcel { way: "http", envelope: Envelope::default(), raw };
    receive_mail(scene.service(), parcel).await.unwrap()
}

#[tokio::test]
async fn a_calendar_answers_as_the_link_does() {
    let scene = Scene::of(&[3, 2], 1).await;
    scene.invite().await;
    let now = scene.service().clock.now();
    let before = |minutes| now - TimeDelta::minutes(minutes);
    let (ada, bo, chen) = (scene.participant(0), scene.participant(1), scene.participant(2));

    let yes = reply(&scene, "answer-google", &ada, before(5)).await;
    let kept = receive(&scene, &yes.replace('\n', "\r\n")).await;
    assert_eq!((kept.kind, scene.now(&ada).await.rsvp), (Arrival::Answer, Rsvp::Accepted));
    assert!(kept.said.starts_with("They come, as their calendar says."), "{}", kept.said);
    assert!(kept.said.contains("Looking forward: see you; bye"), "{}", kept.said);
    assert!(!receive(&scene, &yes).await.is_new, "the same answer twice is one");
    // An answer that was overtaken by a later one.
    let late = reply(&scene, "answer-exchange", &ada, before(6)).await;
    assert!(receive(&scene, &late).await.said.contains("otherwise later"));
    assert_eq!(scene.now(&ada).await.rsvp, Rsvp::Accepted);

    let perhaps = reply(&scene, "answer-apple", &bo, before(4)).await;
    assert!(receive(&scene, &perhaps).await.said.starts_with("They come perhaps"));
    assert_eq!(scene.now(&bo).await.rsvp, Rsvp::Tentative);

    // Who does not come gives the seat back, and who waits moves up, as by the link.
    let no = reply(&scene, "answer-exchange", &chen, before(3)).await;
    let kept = receive(&scene, &no).await;
    assert!(kept.said.contains("I am on a train at that time."), "{}", kept.said);
    let members = scene.members(1).await;
    assert!(!members.contains(&chen.id) && members.contains(&scene.participant(5).id));
    assert_eq!(scene.now(&chen).await.rsvp, Rsvp::Declined);
}

#[tokio::test]
async fn nobody_answers_for_somebody_else_or_to_what_has_changed() {
    let scene = Scene::of(&[3, 2], 0).await;
    scene.invite().await;
    let service = scene.service();
    let now = service.clock.now();
    let (ada, bo) = (scene.participant(0), scene.participant(1));
    let yes = reply(&scene, "answer-google", &ada, now).await;
    let address = scene.mails(&ada).await[0].recipient.clone();
    let mail = calendar(&scene.last_mail(&ada, Purpose::Seat).await);
    let own = value(&mail, "UID");
    let other = value(&calendar(&scene.last_mail(&bo, Purpose::Seat).await), "UID");
    assert_ne!(own, other, "each appointment has a name of its own");
    let group: GroupId = own.split('.').next().unwrap().parse().unwrap();
    let tag = own.split('@').next().unwrap().rsplit('.').next().unwrap().to_owned();
    let mut number = 0;
    let mut altered = |from: &str, to: &str| {
        number += 1;
        assert!(yes.contains(from), "{from}");
        yes.replace(from, to).replace("Message-ID: <calendar-", &format!("Message-ID: <{number}-"))
    };
    let cases = [
        (altered(&format!("mailto:{address}"), "mailto:eve@example.org"), "somebody else"),
        (altered(&tag, "aaaaaaaaaaaaaaaa"), "a name that we never gave"),
        (altered(&own, &format!("{group}@example.org")), "none of ours"),
        (altered("SEQUENCE:0", "SEQUENCE:7"), "a version of the appointment that we never sent"),
    ];
    for (raw, why) in cases {
        let kept = receive(&scene, &raw).await;
        assert!(kept.said.contains(why), "{why}: {}", kept.said);
        assert_eq!(scene.now(&ada).await.rsvp, Rsvp::None, "{why}");
    }
    let cut = reply(&scene, "answer-truncated", &ada, now).await;
    assert!(receive(&scene, &cut).await.said.contains("breaks off"));

    // The group meets an hour later, and a calendar still knows the earlier time.
    let whole = scene.whole().await;
    let starts = whole.group(group).unwrap().starts_at.unwrap();
    let later = Meeting {
        starts_at: starts + TimeDelta::hours(1),
        place: String::new(),
        slot: None,
        sequence: 1,
    };
    let tx = service.store.write().await.unwrap();
    meetings::set(&tx, group, later).await.unwrap();
    tx.commit().await.unwrap();
    let kept = receive(&scene, &yes).await;
    assert!(kept.said.contains("an earlier time of the group"), "{}", kept.said);
    assert_eq!(scene.now(&ada).await.rsvp, Rsvp::None);
}
