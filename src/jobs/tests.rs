//! A whole outbox on SQLite, with a small mail server that says what it is told to say.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::Set;

use super::courier::Courier;
use super::deliver::{Delivered, deliver_due};
use crate::acts::add_contacts::add_contacts;
use crate::acts::campaign::{LeftOut, token_of};
use crate::acts::change_address;
use crate::acts::change_keys::Browser;
use crate::acts::plan_campaign::{Queued, begin_campaign};
use crate::acts::publish_questionnaire::{close_questionnaire, publish_questionnaire};
use crate::acts::sign_in;
use crate::acts::stop_mails::stop_mails;
use crate::clock::Clock;
use crate::config::{Flags, Mail, Settings};
use crate::domain::campaign::Aim;
use crate::domain::kind::{Kind, Open};
use crate::domain::rates::Rates;
use crate::domain::status::{Delivery, Mode, Purpose, Status};
use crate::domain::{
    ArticleId, CampaignId, MessageId, QuestionId, QuestionnaireId, Wording, WordingId,
};
use crate::service::Service;
use crate::store::articles::{self, NewArticle};
use crate::store::invitations;
use crate::store::organizers::{self, Organizer};
use crate::store::outbox::{self, Line, NewMessage, claiming, way};
use crate::store::questionnaires::{self, Asked, NewQuestionnaire, Questionnaire};
use crate::store::suppressions::{self, Reason};
use crate::words::Words;
use server::{Say, Script, serve};

mod crew;
mod faults;
mod pacing;
pub mod server;

/// A service with one organizer and one open questionnaire.
struct Desk {
    service: Service,
    organizer: Organizer,
    questionnaire: Questionnaire,
    folder: tempfile::TempDir,
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

/// Mails go to `mail` (empty: into files), one at a time and as fast as they can.
async fn desk(mail: &str) -> Desk {
    desk_with(mail, |_mail| {}).await
}

async fn desk_with(mail: &str, change: impl FnOnce(&mut Mail)) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let flags = Flags { data: Some(folder.path().to_owned()), ..Flags::default() };
    let mut settings = Settings::load(&flags).unwrap();
    settings.mail.url = mail.to_owned().into();
    (settings.mail.per_second, settings.mail.per_minute) = (0, 0);
    settings.mail.connections = 1;
    change(&mut settings.mail);
    let clock = Clock::at(start());
    let (service, _writer) = crate::app::open(&settings, clock).await.unwrap();
    let id = sign_in::first_organizer(&service).await.unwrap();
    let address = "lin@example.org".parse().unwrap();
    let browser = Browser::program();
    change_address::save_account(&service, id, "Lin Wei", address, &browser).await.unwrap();
    let organizer = organizers::first(service.store.read()).await.unwrap().unwrap();
    let questionnaire = open_questionnaire(&service, &organizer).await;
    Desk { service, organizer, questionnaire, folder }
}

async fn open_questionnaire(service: &Service, organizer: &Organizer) -> Questionnaire {
    let now = service.clock.now();
    let article = ArticleId(service.clock.name());
    let tx = service.store.write().await.unwrap();
    articles::insert(
        &tx,
        NewArticle {
            id: Set(article),
            title: Set("Second half".to_owned()),
            date: Set(None),
            source: Set(None),
            link: Set(None),
            summary: Set(None),
            language: Set("en".to_owned()),
            format: Set("markdown".to_owned()),
            body: Set("Text.".to_owned()),
            body_start: Set(0),
            created_at: Set(now),
            earlier_id: Set(None),
        },
    )
    .await
    .unwrap();
    let new = NewQuestionnaire {
        id: Set(QuestionnaireId(service.clock.name())),
        organizer_id: Set(organizer.id),
        article_id: Set(article),
        slug: Set("second-half".parse().unwrap()),
        title: Set("The second half".to_owned()),
        introduction: Set(String::new()),
        language: Set("en".to_owned()),
        status: Set(Status::Open),
        version: Set(1),
        example: Set(false),
        created_at: Set(now),
        published_at: Set(Some(now)),
        closed_at: Set(None),
        mode: Set(Mode::Identified),
        options: Set("{}".to_owned()),
    };
    let questionnaire = questionnaires::insert(&tx, new).await.unwrap();
    let open = Open { long: true, most: None };
    let asked = Asked {
        id: QuestionId(service.clock.name()),
        key: "q1".to_owned(),
        position: Some(0),
        wording_id: WordingId(service.clock.name()),
        version: 1,
        wording: Wording::new("What next?", Kind::Open(open)),
        passage: None,
    };
    questionnaires::insert_question(&tx, questionnaire.id, &asked, now).await.unwrap();
    tx.commit().await.unwrap();
    questionnaire
}

impl Desk {
    async fn add(&self, list: &str) {
        add_contacts(&self.service, self.organizer.id, list, "en", "pasted").await.unwrap();
    }

    /// Queues a mail of its own for somebody, without an invitation.
    async fn queue(&self, to: &str, purpose: Purpose, campaign: Option<CampaignId>) -> MessageId {
        let now = self.service.clock.now();
        let id = MessageId(self.service.clock.name());
        let new = NewMessage {
            id,
            idempotency_key: id.to_string(),
            questionnaire: Some(self.questionnaire.id),
            invitation: None,
            campaign,
            purpose,
            recipient: to.to_owned(),
            language: "en".to_owned(),
            subject: "Hello".to_owned(),
            message_id: format!("<{id}@example.org>"),
            raw: b"Subject: Hello\r\n\r\nHello.\r\n".to_vec(),
            at: now,
            not_after: now + TimeDelta::hours(72),
        };
        let tx = self.service.store.write().await.unwrap();
        assert!(outbox::enqueue(&tx, new).await.unwrap());
        tx.commit().await.unwrap();
        id
    }

    /// How many mails are in this state.
    async fn count(&self, state: Delivery) -> u64 {
        outbox::count(self.service.store.read(), state).await.unwrap()
    }

    /// Invites `count` people.
    async fn invite_many(&self, count: usize) {
        let list: Vec<String> = (0..count).map(|n| format!("p{n}@example.org")).collect();
        self.add(&list.join("\n")).await;
        assert_eq!(self.invite().await.mails, count);
    }

    async fn invite(&self) -> Queued {
        self.begin(Aim::Invite).await.unwrap()
    }

    async fn remind(&self) -> Queued {
        self.begin(Aim::Remind).await.unwrap()
    }

    async fn begin(&self, aim: Aim) -> Option<Queued> {
        let (by, of) = (&self.organizer, &self.questionnaire);
        begin_campaign(&self.service, by, of, aim).await.unwrap()
    }

    async fn deliver(&self, courier: &Courier) -> Delivered {
        deliver_due(&self.service, courier, 1000).await.unwrap()
    }

    async fn lines(&self) -> Vec<Line> {
        let db = self.service.store.read();
        outbox::of_questionnaire(db, self.questionnaire.id).await.unwrap()
    }

    async fn states(&self) -> Vec<Delivery> {
        self.lines().await.into_iter().map(|line| line.state).collect()
    }

    /// The link of the invitation of a contact.
    async fn token(&self, address: &str) -> String {
        let (db, secret) = (self.service.store.read(), &self.service.secret);
        let people =
            invitations::people(db, secret, self.questionnaire.id, self.organizer.id).await;
        let people = people.unwrap();
        let person = people.into_iter().find(|p| p.contact.address_folded == address).unwrap();
        token_of(secret, person.invitation.unwrap().id)
    }

    fn files(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("outbox")).map_or(0, Iterator::count)
    }

    fn wait(&self, by: TimeDelta) {
        self.service.clock.advance(by);
    }
}

#[tokio::test]
async fn without_a_server_each_contact_gets_one_file_however_often_invite_is_pressed() {
    let desk = desk("").await;
    desk.add("Ada <ada@example.org>\n王薇 <wei@example.org>, zh\nADA@example.org").await;
    assert_eq!(desk.invite().await.mails, 2);
    let again = desk.invite().await;
    assert_eq!((again.mails, again.left_out.get(&LeftOut::Invited)), (0, Some(&2)));
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.sent, 2);
    assert_eq!(desk.deliver(&courier).await.handled(), 0);
    assert_eq!(desk.files(), 2);
    assert_eq!(desk.states().await, [Delivery::Written, Delivery::Written]);
}

#[tokio::test]
async fn whoever_had_only_a_file_is_asked_once_there_is_a_server_with_the_same_link() {
    let mut desk = desk("").await;
    desk.add("ada@example.org\nbob@example.org").await;
    desk.invite().await;
    assert_eq!(desk.deliver(&Courier::new(&desk.service)).await.sent, 2);
    let link = desk.token("ada@example.org").await;
    let server = serve(Script::kind()).await;
    let mut settings = Settings::clone(&desk.service.settings);
    settings.mail.url = server.url.clone().into();
    desk.service.settings = std::sync::Arc::new(settings);
    desk.wait(TimeDelta::hours(1));

    assert_eq!(desk.remind().await.left_out.get(&LeftOut::NotInvited), Some(&2));
    assert_eq!(desk.invite().await.mails, 2);
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.sent, 2);
    assert_eq!(server.kept(), (2, 2));
    let (written, sent) = (Delivery::Written, Delivery::Sent);
    assert_eq!(desk.states().await, [written, written, sent, sent]);
    assert_eq!(desk.token("ada@example.org").await, link, "links from the files go on working");
    assert_eq!(desk.invite().await.left_out.get(&LeftOut::Invited), Some(&2));
    // The files count for nothing: both reminders are left.
    for _ in 0..2 {
        desk.wait(TimeDelta::days(6));
        assert_eq!(desk.remind().await.mails, 2);
        assert_eq!(desk.deliver(&courier).await.sent, 2);
    }
}

#[tokio::test]
async fn reminders_wait_for_their_days_and_end_after_two() {
    let desk = desk("").await;
    desk.add("ada@example.org").await;
    assert_eq!(desk.remind().await.left_out.get(&LeftOut::NotInvited), Some(&1));
    desk.invite().await;
    assert_eq!(desk.remind().await.left_out.get(&LeftOut::Waiting), Some(&1));
    let courier = Courier::new(&desk.service);
    desk.deliver(&courier).await;
    desk.wait(TimeDelta::days(5) - TimeDelta::seconds(1));
    assert_eq!(desk.remind().await.left_out.get(&LeftOut::TooSoon), Some(&1));
    for _ in 0..2 {
        desk.wait(TimeDelta::days(6));
        assert_eq!(desk.remind().await.mails, 1);
        assert_eq!(desk.deliver(&courier).await.sent, 1);
    }
    desk.wait(TimeDelta::days(6));
    assert_eq!(desk.remind().await.left_out.get(&LeftOut::Enough), Some(&1));
    assert_eq!(desk.lines().await.len(), 3);
}

#[tokio::test]
async fn who_stops_gets_nothing_more_not_even_what_waits() {
    let desk = desk("").await;
    desk.add("ada@example.org\nbob@example.org").await;
    desk.invite().await;
    let link = desk.token("ada@example.org").await;
    for _ in 0..2 {
        assert!(stop_mails(&desk.service, &link).await.unwrap().unwrap().stopped);
    }
    assert!(stop_mails(&desk.service, "no-such-link").await.unwrap().is_none());
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.sent, 1);
    desk.wait(TimeDelta::days(30));
    let reminded = desk.remind().await;
    assert_eq!((reminded.mails, reminded.left_out.get(&LeftOut::Stopped)), (1, Some(&1)));
    let mut states = desk.states().await;
    states.sort_by_key(|state| *state == Delivery::Suppressed);
    assert_eq!(states, [Delivery::Written, Delivery::Queued, Delivery::Suppressed]);
}

#[tokio::test]
async fn a_questionnaire_that_closes_calls_off_what_waits() {
    let desk = desk("").await;
    desk.add("ada@example.org").await;
    desk.invite().await;
    close_questionnaire(&desk.service, desk.questionnaire.clone()).await.unwrap();
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.withheld, 1);
    assert_eq!((desk.states().await, desk.files()), (vec![Delivery::Cancelled], 0));
    assert_eq!(desk.begin(Aim::Invite).await, None);
    let questionnaire = desk.questionnaire.clone();
    publish_questionnaire(&desk.service, questionnaire).await.unwrap().unwrap();
    assert_eq!(desk.remind().await.left_out.get(&LeftOut::NotInvited), Some(&1));
    assert_eq!(desk.invite().await.mails, 1, "what was called off is mailed once it is open again");
    assert_eq!(desk.deliver(&courier).await.sent, 1);
    assert_eq!(desk.invite().await.mails, 0);
}

#[tokio::test]
async fn a_link_to_sign_in_is_mailed_to_organizers_only_and_before_all_else() {
    let desk = desk("").await;
    desk.add("ada@example.org").await;
    desk.invite().await;
    for address in ["nobody@example.org", "LIN@example.org"] {
        let address = address.parse().unwrap();
        sign_in::send_link(&desk.service, &address, Words::of("en")).await.unwrap();
    }
    let tx = desk.service.store.write().await.unwrap();
    let now = desk.service.clock.now();
    let first = claiming::claim(&tx, "me", 1, &Rates::default(), now, now).await.unwrap();
    assert_eq!(first[0].recipient, "lin@example.org");
    drop(tx);
    for _ in 0..20 {
        let address = "lin@example.org".parse().unwrap();
        sign_in::send_link(&desk.service, &address, Words::of("en")).await.unwrap();
    }
    let queued = outbox::count(desk.service.store.read(), Delivery::Queued).await.unwrap();
    assert_eq!(queued, 6, "a form sent in a loop does not fill a mailbox");
}

#[tokio::test]
async fn of_two_reasons_not_to_write_the_weightier_stays() {
    let desk = desk("").await;
    let now = desk.service.clock.now();
    for first in Reason::ALL {
        for second in Reason::ALL {
            let hash = format!("{first:?}{second:?}");
            let tx = desk.service.store.write().await.unwrap();
            for reason in [first, second] {
                suppressions::insert(&tx, hash.clone(), reason, now).await.unwrap();
            }
            assert_eq!(suppressions::of(&tx, &hash).await.unwrap(), Some(first.min(second)));
        }
    }
}

#[tokio::test]
async fn a_month_after_its_end_a_mail_has_lost_its_text_and_kept_its_line() {
    let server = serve(Script::kind()).await;
    let desk = desk_with(&server.url, |mail| mail.per_minute = 60).await;
    desk.queue("ada@example.org", Purpose::Reminder, None).await;
    desk.deliver(&Courier::new(&desk.service)).await;
    let waits = desk.queue("bob@example.org", Purpose::Reminder, None).await;
    for (days, kept) in [(30, true), (1, false)] {
        desk.wait(TimeDelta::days(days));
        super::forget::forget_stale(&desk.service).await.unwrap();
        for line in desk.lines().await {
            let raw = outbox::raw::of(desk.service.store.read(), line.id).await.unwrap();
            assert_eq!(raw.is_some(), kept || line.id == waits, "{days} {line:?}");
        }
    }
    assert_eq!(desk.lines().await.len(), 2);
}
