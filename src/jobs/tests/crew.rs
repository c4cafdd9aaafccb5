//! Several connections, and what a server may do to each of them.

use std::time::{Duration, Instant};

use super::*;
use crate::domain::campaign::{Aim, State};
use crate::mail::smtp::SmtpServer;
use crate::store::campaigns::{self, Campaign};

impl Desk {
    async fn campaign(&self) -> CampaignId {
        let now = self.service.clock.now();
        let id = CampaignId(self.service.clock.name());
        let new = Campaign {
            id,
            questionnaire_id: self.questionnaire.id,
            aim: Aim::Invite,
            state: State::Running,
            paused_why: None,
            audience: "{}".to_owned(),
            template: "{}".to_owned(),
            terms: "{}".to_owned(),
            starts_at: now,
            not_after: now + TimeDelta::days(3),
            planned_at: Some(now),
            left_out: None,
            created_by: self.organizer.id,
            created_at: now,
            updated_at: now,
        };
        let tx = self.service.store.write().await.unwrap();
        campaigns::insert(&tx, new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn turn(&self, id: CampaignId, before: State, next: State) {
        let now = self.service.clock.now();
        let tx = self.service.store.write().await.unwrap();
        assert!(campaigns::turn(&tx, id, &[before], next, None, now).await.unwrap());
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_that_hangs_holds_up_no_other_and_is_given_up_in_time() {
    let server = serve(Script::kind()).await;
    let desk = desk_with(&server.url, |mail| mail.connections = 8).await;
    desk.queue("p+hang@example.org", Purpose::Reminder, None).await;
    desk.invite_many(100).await;
    let mut to: SmtpServer = server.url.parse().unwrap();
    let patience = Duration::from_secs(4);
    to.timeouts.dot = patience;
    let courier = Courier::to(&desk.service, to);
    let began = Instant::now();
    let delivered = desk.deliver(&courier).await;
    assert!(began.elapsed() >= patience);
    assert_eq!((delivered.sent, delivered.unknown), (100, 1));
    let last = *server.times.lock().unwrap().last().unwrap();
    assert!(last - began < patience, "the others had all gone by then");
}

#[tokio::test]
async fn a_server_that_greylists_and_counts_gets_every_mail_once() {
    let script = Script { mails_a_connection: 20, connections: 4, ..Script::kind() };
    let server = serve(script).await;
    let desk = desk_with(&server.url, |mail| mail.connections = 8).await;
    for n in 0..120 {
        let tag = if n % 6 == 0 { "+grey2" } else { "" };
        desk.queue(&format!("p{n}{tag}@example.org"), Purpose::Reminder, None).await;
    }
    let courier = Courier::new(&desk.service);
    for _ in 0..20 {
        let before = server.named.lock().unwrap().len();
        desk.deliver(&courier).await;
        desk.deliver(&courier).await;
        let mut named = server.named.lock().unwrap().split_off(before);
        let all = named.len();
        named.sort();
        named.dedup();
        assert_eq!(named.len(), all, "nothing is tried again before its time");
        server.named.lock().unwrap().extend(named);
        desk.wait(TimeDelta::seconds(30));
    }
    assert_eq!(server.kept(), (120, 120));
    assert_eq!(desk.count(Delivery::Sent).await, 120);
    assert_eq!(server.named.lock().unwrap().len(), 120 + 2 * 20);
}

#[tokio::test]
async fn what_may_have_arrived_is_held_and_only_calendars_get_it_again_once() {
    let server = serve(Script::kind()).await;
    let desk = desk_with(&server.url, |mail| mail.connections = 4).await;
    for tag in ["lostack", "reset"] {
        desk.queue(&format!("reader+{tag}@example.org"), Purpose::Reminder, None).await;
        desk.queue(&format!("seated+{tag}@example.org"), Purpose::Seat, None).await;
    }
    let courier = Courier::new(&desk.service);
    for _ in 0..40 {
        desk.deliver(&courier).await;
        desk.wait(TimeDelta::minutes(2));
    }
    let named = server.named.lock().unwrap().clone();
    let times = |to: &str| named.iter().filter(|named| *named == to).count();
    for tag in ["lostack", "reset"] {
        assert_eq!(times(&format!("reader+{tag}@example.org")), 1);
        assert_eq!(times(&format!("seated+{tag}@example.org")), 2);
    }
    assert_eq!(desk.count(Delivery::Unknown).await, 4);
}

#[tokio::test]
async fn a_server_that_does_not_want_us_pauses_the_campaign_and_blames_nobody() {
    for refusal in ["550 5.7.26 not authenticated", "550 5.7.515 access denied"] {
        let server = serve(Script { dot: Say::Line(refusal), ..Script::kind() }).await;
        let desk = desk(&server.url).await;
        let campaign = desk.campaign().await;
        for n in 0..10 {
            let to = format!("p{n}@example.org");
            desk.queue(&to, Purpose::Invitation, Some(campaign)).await;
        }
        let courier = Courier::new(&desk.service);
        assert_eq!(desk.deliver(&courier).await.deferred, 3);
        for _ in 0..5 {
            desk.wait(TimeDelta::minutes(5));
            assert_eq!(desk.deliver(&courier).await.handled(), 0, "by hand only");
        }
        let db = desk.service.store.read();
        let paused = campaigns::by_id(db, campaign).await.unwrap().unwrap();
        assert_eq!(paused.state, State::Paused);
        assert!(paused.paused_why.unwrap().contains("5.7."));
        assert!(desk.lines().await.iter().all(|line| line.attempts == 0));
        *server.script.lock().unwrap() = Script::kind();
        desk.turn(campaign, State::Paused, State::Running).await;
        assert_eq!(desk.deliver(&courier).await.sent, 10);
        assert_eq!(desk.service.post.trouble(), None);
    }
}

#[tokio::test]
async fn a_server_that_is_down_or_refuses_our_password_costs_no_attempt_and_is_tried_each_minute() {
    for script in [
        Script { greeting: Say::Close, ..Script::kind() },
        Script { greeting: Say::Line("421 4.3.2 not now"), ..Script::kind() },
        Script { auth: Say::Line("535 5.7.8 wrong"), ..Script::kind() },
    ] {
        let server = serve(script).await;
        let url = server.url.replace("smtp://", "smtp://ada:secret@");
        let desk = desk(&url).await;
        // Of no campaign: one would wait for its organizer once we are refused.
        for n in 0..5 {
            desk.queue(&format!("p{n}@example.org"), Purpose::Invitation, None).await;
        }
        let courier = Courier::new(&desk.service);
        desk.deliver(&courier).await;
        for _ in 0..10 {
            desk.wait(TimeDelta::seconds(61));
            assert_eq!(desk.deliver(&courier).await.deferred, 1);
            assert!(desk.service.post.trouble().is_some());
        }
        assert!(desk.lines().await.iter().all(|line| line.attempts == 0));
        *server.script.lock().unwrap() = Script::kind();
        desk.wait(TimeDelta::seconds(61));
        assert_eq!(desk.deliver(&courier).await.sent, 5, "by itself");
        assert_eq!(desk.service.post.trouble(), None);
    }
}

#[tokio::test]
async fn a_pause_holds_even_what_a_worker_has_in_hand() {
    let script = Script { think: Duration::from_millis(200), ..Script::kind() };
    let server = serve(script).await;
    let desk = desk(&server.url).await;
    let campaign = desk.campaign().await;
    for n in 0..8 {
        desk.queue(&format!("p{n}@example.org"), Purpose::Invitation, Some(campaign)).await;
    }
    let courier = Courier::new(&desk.service);
    let pause = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        desk.turn(campaign, State::Running, State::Paused).await;
        server.named.lock().unwrap().len()
    };
    let (delivered, named) = tokio::join!(desk.deliver(&courier), pause);
    assert!(delivered.sent <= named && delivered.sent < 5, "{delivered:?}");
    let sent = u64::try_from(delivered.sent).unwrap();
    assert_eq!(desk.count(Delivery::Queued).await, 8 - sent);
    desk.turn(campaign, State::Paused, State::Running).await;
    desk.deliver(&courier).await;
    assert_eq!(server.kept(), (8, 8));
    desk.queue("late@example.org", Purpose::Invitation, Some(campaign)).await;
    desk.turn(campaign, State::Running, State::Cancelled).await;
    assert_eq!(desk.deliver(&courier).await.handled(), 0);
}

#[tokio::test]
async fn three_days_with_mails_given_up_suppress_an_address() {
    let server = serve(Script::kind()).await;
    let desk = desk(&server.url).await;
    let courier = Courier::new(&desk.service);
    let hash = desk.service.secret.address_hash("ada+full@example.org");
    for day in 1..=3 {
        desk.queue("ada+full@example.org", Purpose::Reminder, None).await;
        for _ in 0..80 {
            desk.wait(TimeDelta::hours(1));
            desk.deliver(&courier).await;
        }
        assert_eq!(desk.count(Delivery::Expired).await, day);
        let known = suppressions::of(desk.service.store.read(), &hash).await.unwrap();
        assert_eq!(known, (day == 3).then_some(Reason::Soft));
    }
}

#[tokio::test]
async fn who_stops_while_many_are_queued_gets_none_of_them() {
    let server = serve(Script::kind()).await;
    let desk = desk_with(&server.url, |mail| mail.connections = 4).await;
    desk.invite_many(300).await;
    let courier = Courier::new(&desk.service);
    deliver_due(&desk.service, &courier, 100).await.unwrap();
    let read = server.read.lock().unwrap().clone();
    let waits = (0..300).map(|n| format!("p{n}@example.org")).filter(|to| !read.contains(to));
    let waits: Vec<String> = waits.take(20).collect();
    for address in &waits {
        let link = desk.token(address).await;
        stop_mails(&desk.service, &link).await.unwrap();
    }
    let delivered = desk.deliver(&courier).await;
    assert_eq!(server.kept(), (280, 280), "{delivered:?}");
    assert!(!server.named.lock().unwrap().iter().any(|named| waits.contains(named)));
    assert_eq!(desk.count(Delivery::Suppressed).await, 20);
}
