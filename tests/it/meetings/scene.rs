//! A discussion that is ready to be told: people of the example in groups, some who wait, a host.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use colloquy::acts::answer_seat::answer_seat;
use colloquy::acts::invite_participants::{Told, invite_participants, token_of};
use colloquy::acts::sign_in;
use colloquy::acts::tell_change::tell_change;
use colloquy::domain::status::{Bond, Delivery, Format, Purpose, Rsvp};
use colloquy::domain::token::{self, Opens};
use colloquy::domain::{
    DiscussionId, GroupId, HostId, MessageId, ParticipantId, ResponseId, RuleId, SeatId, SlotId,
};
use colloquy::insight;
use colloquy::insight::guide::guide;
use colloquy::service::Service;
use colloquy::store::discussions::{
    self, Discussion, Group, Host, Participant, Rule, Seat, Slot, Whole,
};
use colloquy::store::organizers::{self, Organizer};
use colloquy::store::outbox::{self, Line};
use colloquy::store::questionnaires::{self, Questionnaire};
use mail_parser::{MessageParser, MimeHeaders as _};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _, Set};

use crate::support::{Page, TestApp};

/// The discussion and everybody in it.
pub struct Scene {
    pub app: TestApp,
    pub of: Questionnaire,
    /// The path of its desk.
    pub desk: String,
    participants: Vec<Participant>,
}

/// The appointment in a mail: its lines, unfolded.
pub fn calendar(eml: &str) -> String {
    let message = MessageParser::new().parse(eml.as_bytes()).unwrap();
    let part = message
        .parts
        .iter()
        .find(|part| part.content_type().is_some_and(|kind| kind.subtype() == Some("calendar")));
    let part = part.expect("a mail with an appointment");
    let ics = String::from_utf8(part.contents().to_vec()).unwrap();
    let parsed: icalendar::Calendar = ics.parse().unwrap();
    assert_eq!(parsed.events().count(), 1);
    ics.replace("\r\n ", "")
}

/// A property of an appointment.
pub fn value(calendar: &str, key: &str) -> String {
    let line = calendar.lines().find(|line| line.starts_with(key)).unwrap_or_default();
    line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

impl Scene {
    /// Groups of these sizes a week ahead at the slots `a`, `b`, …, and so many who wait; the first
    /// group has a host who does not take part.
    pub async fn of(sizes: &[usize], waiting: usize) -> Self {
        let app = TestApp::spawn().await;
        let desk = app.example().await;
        let slug = desk.rsplit('/').next().unwrap().parse().unwrap();
        let db = app.service.store.read();
        let of = questionnaires::by_slug(db, &slug).await.unwrap().unwrap();
        let insight = insight::of(&app.service, &of).await.unwrap();
        let clock = &app.service.clock;
        let now = clock.now();
        let id = DiscussionId(clock.name());
        let largest = sizes.iter().copied().max().unwrap_or(2);
        let discussion = discussion(&app.service, &of, id, largest);
        let slots = slots(&app.service, &discussion);
        let host = host(&app.service, &discussion);
        let people: usize = sizes.iter().sum::<usize>() + waiting;
        let joining = insight
            .material
            .joining()
            .filter(|voice| voice.contact().is_some_and(|contact| contact.address.contains('@')));
        let responses: Vec<_> = joining.map(|voice| voice.response.id).take(people).collect();
        assert_eq!(responses.len(), people, "the example has so many who join");
        let mut participants: Vec<Participant> = responses
            .iter()
            .map(|response| participant(&app.service, &discussion, *response))
            .collect();
        let (mut groups, mut seats, mut from) = (vec![], vec![], 0);
        for ((number, size), slot) in (1..).zip(sizes).zip(&slots) {
            let group = GroupId(clock.name());
            let members = &responses[from..from + size];
            groups.push(Group {
                id: group,
                discussion_id: id,
                questionnaire_id: of.id,
                number,
                language: "en".to_owned(),
                starts_at: Some(slot.starts_at),
                place: String::new(),
                slot_id: Some(slot.id),
                host_id: (number == 1).then_some(host.id),
                sequence: 0,
                guide: serde_json::to_string(&guide(&insight, members, 90)).unwrap(),
                summary: "{\"mix\":50.0}".to_owned(),
            });
            for one in &participants[from..from + size] {
                seats.push(seat(&app.service, &discussion, one.id, Some(group)));
            }
            from += size;
        }
        for (one, minutes) in participants[from..].iter_mut().zip(0..) {
            one.waiting_since = Some(now + TimeDelta::minutes(minutes));
            seats.push(seat(&app.service, &discussion, one.id, None));
        }
        let tx = app.service.store.write().await.unwrap();
        discussions::setup::insert(&tx, discussion).await.unwrap();
        discussions::setup::set_slots(&tx, &[], &slots).await.unwrap();
        discussions::setup::set_hosts(&tx, &[], &[host]).await.unwrap();
        discussions::add_participants(&tx, &participants).await.unwrap();
        discussions::plan::replace(&tx, id, &groups, &seats).await.unwrap();
        tx.commit().await.unwrap();
        Self { app, of, desk, participants }
    }

    pub fn service(&self) -> &Service {
        &self.app.service
    }

    pub fn participant(&self, at: usize) -> Participant {
        self.participants[at].clone()
    }

    pub async fn organizer(&self) -> Organizer {
        let db = self.service().store.read();
        let id = sign_in::first_organizer(self.service()).await.unwrap();
        organizers::by_id(db, id).await.unwrap().unwrap()
    }

    pub async fn invite(&self) -> Told {
        let organizer = self.organizer().await;
        invite_participants(self.service(), &organizer, &self.of).await.unwrap()
    }

    pub async fn whole(&self) -> Whole {
        let db = self.service().store.read();
        discussions::latest(db, self.of.id).await.unwrap().unwrap()
    }

    pub async fn now(&self, one: &Participant) -> Participant {
        self.whole().await.participant(one.id).unwrap().clone()
    }

    pub async fn members(&self, number: i32) -> Vec<ParticipantId> {
        let whole = self.whole().await;
        let group = whole.groups.iter().find(|group| group.number == number).unwrap();
        whole.members(group.id).into_iter().map(|(_, one)| one.id).collect()
    }

    /// The path of a participant's page.
    pub fn link(&self, one: &Participant) -> String {
        format!("/g/{}", token_of(self.service(), one.id))
    }

    pub async fn seat(&self, one: &Participant) -> Page {
        self.app.stranger().page(&self.link(one)).await
    }

    /// The path of the page of the host of a group.
    pub async fn host_link(&self, number: i32) -> String {
        let whole = self.whole().await;
        let group = whole.groups.iter().find(|group| group.number == number).unwrap();
        let host = whole.host_of(group).unwrap();
        format!("/h/{}", self.service().secret.link(Opens::Host, host.id.0))
    }

    pub async fn answer(&self, one: &Participant, answer: Rsvp) {
        answer_seat(self.service(), one, answer, self.service().clock.now()).await.unwrap();
    }

    /// Every mail to a participant, oldest first.
    pub async fn mails(&self, one: &Participant) -> Vec<Line> {
        let db = self.service().store.read();
        let insight = insight::now(self.service(), &self.of).await.unwrap();
        let address = insight::participants::who(&insight.material, one).address.unwrap();
        let lines = outbox::of_questionnaire(db, self.of.id).await.unwrap();
        lines.into_iter().filter(|line| line.recipient == address).collect()
    }

    /// The last mail of this kind to a participant, as it is sent.
    pub async fn last_mail(&self, one: &Participant, purpose: Purpose) -> String {
        let lines = self.mails(one).await;
        let line = lines.into_iter().rfind(|line| line.purpose == purpose);
        self.eml(line.unwrap_or_else(|| panic!("no {purpose:?}")).id).await
    }

    pub async fn eml(&self, id: MessageId) -> String {
        let path = format!("/desk/outbox/{id}?as=eml");
        self.app.get(&path).await.text.replace("=\r\n", "")
    }

    /// Says when somebody who takes part can come.
    pub async fn free(&self, one: &Participant, free: &[(&str, &str)]) {
        let free: BTreeMap<_, _> = free.iter().copied().collect();
        let tx = self.service().store.write().await.unwrap();
        let free = Some(serde_json::to_string(&free).unwrap());
        let one = Participant { free, ..self.now(one).await };
        discussions::save_participant(&tx, one).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Two who must not sit together.
    pub async fn apart(&self, one: &Participant, other: &Participant) {
        let tx = self.service().store.write().await.unwrap();
        let rule = Rule {
            id: RuleId(self.service().clock.name()),
            discussion_id: one.discussion_id,
            questionnaire_id: one.questionnaire_id,
            kind: Bond::Apart,
            people: serde_json::to_string(&[one.id, other.id]).unwrap(),
        };
        discussions::setup::set_rules(&tx, one.discussion_id, &[rule]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Moves somebody to another group, as an organizer does.
    pub async fn move_to(&self, one: &Participant, number: i32) {
        self.change(|after| {
            let group = after.groups.iter().find(|group| group.number == number).unwrap().id;
            let seat = after.seats.iter_mut().find(|seat| seat.participant_id == one.id).unwrap();
            seat.group_id = Some(group);
        })
        .await;
    }

    /// Gives the host another group.
    pub async fn host_goes_to(&self, number: i32) {
        self.change(|after| {
            let host = after.hosts[0].id;
            for group in &mut after.groups {
                group.host_id = (group.number == number).then_some(host);
            }
        })
        .await;
    }

    /// Changes the plan and tells of it.
    async fn change(&self, change: impl FnOnce(&mut Whole)) {
        let before = self.whole().await;
        let mut after = before.clone();
        change(&mut after);
        let organizer = self.organizer().await;
        let tx = self.service().store.write().await.unwrap();
        discussions::plan::replace(&tx, before.discussion.id, &after.groups, &after.seats)
            .await
            .unwrap();
        tell_change(self.service(), &tx, &organizer, &self.of, &before).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Makes a discussion in rounds of it, all at the time of the first group: for each round, for
    /// each group, who sits there, by their places.
    pub async fn in_rounds(&self, rounds: &[&[&[usize]]]) {
        let before = self.whole().await;
        let mut discussion = before.discussion.clone().into_active_model();
        discussion.rounds = Set(i32::try_from(rounds.len()).unwrap());
        let first = (before.groups[0].starts_at, before.groups[0].slot_id);
        let mut groups = before.groups.clone();
        for group in &mut groups {
            (group.starts_at, group.slot_id) = first;
        }
        let mut seats = before.seats.clone();
        seats.retain(|seat| seat.group_id.is_none());
        for (round, tables) in (0..).zip(rounds) {
            for (group, people) in groups.iter().zip(*tables) {
                seats.extend(people.iter().map(|at| {
                    let one = self.participant(*at).id;
                    Seat { round, ..seat(self.service(), &before.discussion, one, Some(group.id)) }
                }));
            }
        }
        let tx = self.service().store.write().await.unwrap();
        discussion.update(&tx).await.unwrap();
        discussions::plan::replace(&tx, before.discussion.id, &groups, &seats).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Who sits where: for each round the groups by number, of each who sits in it.
    pub async fn tables(&self) -> Vec<Vec<Vec<ParticipantId>>> {
        let whole = self.whole().await;
        let table = |round, group: &Group| {
            let at = whole.of(group.id).filter(|seat| seat.round == round);
            let mut people: Vec<_> = at.map(|seat| seat.participant_id).collect();
            people.sort();
            people
        };
        let round = |round| whole.groups.iter().map(|group| table(round, group)).collect();
        (0..whole.discussion.rounds).map(round).collect()
    }

    /// Returns once nothing waits in the outbox.
    pub async fn delivered(&self) {
        for _ in 0..200 {
            let db = self.service().store.read();
            let waiting = outbox::count(db, Delivery::Queued).await.unwrap()
                + outbox::count(db, Delivery::Claimed).await.unwrap();
            if waiting == 0 {
                return;
            }
            // The clock stands still, and with it the pace at which mails leave.
            self.service().clock.advance(TimeDelta::seconds(1));
            self.service().post.wake();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the mails did not leave");
    }
}

fn seat(service: &Service, of: &Discussion, one: ParticipantId, group: Option<GroupId>) -> Seat {
    Seat {
        id: SeatId(service.clock.random_name()),
        participant_id: one,
        group_id: group,
        discussion_id: of.id,
        questionnaire_id: of.questionnaire_id,
        round: 0,
        reason: match group {
            Some(_) => "{\"seat\":\"seated\",\"reasons\":[]}",
            None => "{\"seat\":\"waiting\",\"because\":\"no_room\"}",
        }
        .to_owned(),
        locked: false,
        attended: None,
    }
}

fn discussion(
    service: &Service,
    of: &Questionnaire,
    id: DiscussionId,
    largest: usize,
) -> Discussion {
    let size = i32::try_from(largest).unwrap();
    Discussion {
        id,
        questionnaire_id: of.id,
        title: "The second half".to_owned(),
        place: "Room 1".to_owned(),
        minutes: 90,
        low: 2,
        target: size,
        high: size,
        rooms: 3,
        seed: 1,
        format: Format::One,
        rounds: 1,
        wish: "{}".to_owned(),
        input_hash: String::new(),
        summary: "{\"diversity\":0.5}".to_owned(),
        created_at: service.clock.now(),
        invited_at: None,
    }
}

fn slots(service: &Service, of: &Discussion) -> Vec<Slot> {
    let slot = |(key, hours): (&str, i64)| Slot {
        id: SlotId(service.clock.name()),
        discussion_id: of.id,
        questionnaire_id: of.questionnaire_id,
        key: key.to_owned(),
        starts_at: of.created_at + TimeDelta::days(7) + TimeDelta::hours(hours),
        minutes: Some(90),
        capacity: 3,
        place: String::new(),
        language: None,
    };
    ["a", "b", "c"].into_iter().zip(0..).map(slot).collect()
}

fn host(service: &Service, of: &Discussion) -> Host {
    let id = HostId(service.clock.random_name());
    Host {
        id,
        discussion_id: of.id,
        questionnaire_id: of.questionnaire_id,
        participant_id: None,
        name: "Chen Host".to_owned(),
        address: "host@example.org".to_owned(),
        languages: "[\"en\"]".to_owned(),
        free: "{}".to_owned(),
        most: 1,
        token_hash: token::hash(&service.secret.link(Opens::Host, id.0)),
    }
}

fn participant(service: &Service, of: &Discussion, response: ResponseId) -> Participant {
    let id = ParticipantId(service.clock.random_name());
    Participant {
        id,
        discussion_id: of.id,
        questionnaire_id: of.questionnaire_id,
        response_id: Some(response),
        name: String::new(),
        address: String::new(),
        language: "en".to_owned(),
        free: Some("{\"a\":\"yes\",\"b\":\"yes\",\"c\":\"yes\"}".to_owned()),
        tags: "[]".to_owned(),
        token_hash: token::hash(&token_of(service, id)),
        most_groups: 0,
        added_by_hand: false,
        joined_at: of.created_at,
        asked_at: None,
        left_at: None,
        rsvp: Rsvp::None,
        rsvp_at: None,
        waiting_since: None,
    }
}
