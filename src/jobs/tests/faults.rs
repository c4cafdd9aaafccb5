//! What a mail server may do to us, and what the outbox then says.

use super::*;

#[tokio::test]
async fn a_server_that_takes_mails_gets_each_once() {
    let server = serve(Script::kind()).await;
    let desk = desk_with(&server.url, |mail| mail.connections = 8).await;
    desk.invite_many(60).await;
    let (one, two) = (Courier::new(&desk.service), Courier::new(&desk.service));
    let (a, b) = tokio::join!(desk.deliver(&one), desk.deliver(&two));
    assert_eq!(a.sent + b.sent, 60);
    let mut read = server.read.lock().unwrap().clone();
    read.sort();
    read.dedup();
    assert_eq!((read.len(), server.read.lock().unwrap().len()), (60, 60));
}

#[tokio::test]
async fn a_mail_put_off_is_tried_again_on_schedule_and_blames_nobody() {
    let script = Script { rcpt: Say::Line("450 4.2.0 greylisted"), ..Script::kind() };
    let server = serve(script).await;
    let desk = desk(&server.url).await;
    desk.add("ada@example.org").await;
    desk.invite().await;
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.deferred, 1);
    assert_eq!(desk.deliver(&courier).await.handled(), 0, "not before its time");
    desk.wait(TimeDelta::seconds(47));
    assert_eq!(desk.deliver(&courier).await.handled(), 0);
    desk.wait(TimeDelta::seconds(26));
    *server.script.lock().unwrap() = Script::kind();
    assert_eq!(desk.deliver(&courier).await.sent, 1);
    let line = &desk.lines().await[0];
    assert_eq!((line.state, line.attempts), (Delivery::Sent, 2));
    let events = outbox::events(desk.service.store.read(), line.id).await.unwrap();
    let states: Vec<Delivery> = events.iter().map(|event| event.state).collect();
    assert_eq!(states, [Delivery::Queued, Delivery::Sent]);
    assert!(events[0].detail.contains("greylisted"));
}

#[tokio::test]
async fn a_mail_that_is_put_off_for_ever_is_given_up_in_time() {
    let script = Script { dot: Say::Line("451 4.3.0 later"), ..Script::kind() };
    let server = serve(script).await;
    let desk = desk(&server.url).await;
    desk.add("ada@example.org").await;
    desk.invite().await;
    let courier = Courier::new(&desk.service);
    let mut attempts = 0;
    for _ in 0..73 * 12 {
        attempts += desk.deliver(&courier).await.handled();
        desk.wait(TimeDelta::minutes(5));
    }
    let line = &desk.lines().await[0];
    assert_eq!(line.state, Delivery::Expired);
    assert!((10..=12).contains(&attempts), "{attempts}");
    assert_eq!(server.read.lock().unwrap().len(), attempts);
}

#[tokio::test]
async fn an_address_without_a_mailbox_is_not_written_to_again() {
    let script = Script { rcpt: Say::Line("550 5.1.1 no such user"), ..Script::kind() };
    let server = serve(script).await;
    let desk = desk(&server.url).await;
    desk.add("ada@example.org").await;
    desk.invite().await;
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.failed, 1);
    desk.wait(TimeDelta::days(9));
    assert_eq!(desk.remind().await.left_out.get(&LeftOut::NoMailbox), Some(&1));
}

#[tokio::test]
async fn what_was_handed_over_without_an_answer_is_unknown_and_never_sent_again() {
    let server = serve(Script { dot: Say::Close, ..Script::kind() }).await;
    let desk = desk(&server.url).await;
    desk.add("ada@example.org").await;
    desk.invite().await;
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.unknown, 1);
    *server.script.lock().unwrap() = Script::kind();
    desk.wait(TimeDelta::days(2));
    assert_eq!(desk.deliver(&courier).await.handled(), 0);
    assert_eq!(desk.states().await, [Delivery::Unknown]);
    assert_eq!(server.read.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_that_refuses_us_pauses_the_mails_and_no_reader_is_blamed() {
    let script = Script { mail: Say::Line("550 5.7.1 who are you"), ..Script::kind() };
    let server = serve(script).await;
    let desk = desk(&server.url).await;
    // Of no campaign: one would wait for its organizer.
    for n in 0..5 {
        desk.queue(&format!("p{n}@example.org"), Purpose::Invitation, None).await;
    }
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.deferred, 3);
    assert!(desk.service.post.trouble().unwrap().text.contains("who are you"));
    desk.wait(TimeDelta::seconds(50));
    assert_eq!(desk.deliver(&courier).await.handled(), 0);
    desk.wait(TimeDelta::seconds(11));
    assert_eq!(desk.deliver(&courier).await.deferred, 1, "one probe a minute");
    *server.script.lock().unwrap() = Script::kind();
    desk.wait(TimeDelta::minutes(2));
    assert_eq!(desk.deliver(&courier).await.sent, 5);
    assert_eq!(desk.service.post.trouble(), None);
    assert!(desk.lines().await.iter().all(|line| line.attempts == 1));
}

#[tokio::test]
async fn a_server_that_is_away_costs_no_attempt() {
    // Nobody listens on port 9 of this machine.
    let desk = desk("smtp://127.0.0.1:9").await;
    desk.add("ada@example.org\nbob@example.org").await;
    desk.invite().await;
    let courier = Courier::new(&desk.service);
    for _ in 0..10 {
        assert_eq!(desk.deliver(&courier).await.deferred, 1, "one probe a minute");
        assert_eq!(desk.deliver(&courier).await.handled(), 0);
        desk.wait(TimeDelta::minutes(1));
    }
    let lines = desk.lines().await;
    assert!(lines.iter().all(|line| line.attempts == 0 && line.state == Delivery::Queued));
    let told = outbox::events(desk.service.store.read(), lines[0].id).await.unwrap();
    assert_eq!(told.len(), 1, "the same news is told once");
    desk.wait(TimeDelta::hours(72));
    desk.deliver(&courier).await;
    assert_eq!(desk.states().await, [Delivery::Expired, Delivery::Expired]);
}

#[tokio::test]
async fn after_a_crash_what_was_claimed_is_due_again_and_what_was_handed_over_is_unknown() {
    let desk = desk("").await;
    desk.add("ada@example.org\nbob@example.org").await;
    desk.invite().await;
    let (service, now) = (&desk.service, desk.service.clock.now());
    let soon = now + TimeDelta::minutes(3);
    for begun in [true, false] {
        let tx = service.store.write().await.unwrap();
        let rates = Rates::default();
        let claimed = claiming::claim(&tx, "gone", 1, &rates, now, soon).await.unwrap();
        let ids = [claimed[0].id];
        if begun {
            assert_eq!(way::begin_data(&tx, "gone", &ids, now, soon).await.unwrap(), ids);
            assert_eq!(way::begin_data(&tx, "other", &ids, now, soon).await.unwrap(), []);
        }
        tx.commit().await.unwrap();
    }
    let courier = Courier::new(service);
    assert_eq!(desk.deliver(&courier).await.handled(), 0, "their worker may be alive");
    desk.wait(TimeDelta::minutes(4));
    assert_eq!(desk.deliver(&courier).await.sent, 1);
    let mut states = desk.states().await;
    states.sort_by_key(|state| *state == Delivery::Unknown);
    assert_eq!(states, [Delivery::Written, Delivery::Unknown]);
    assert_eq!(desk.files(), 1);
}

#[tokio::test]
async fn an_answer_between_queueing_and_sending_calls_the_mail_off() {
    use crate::acts::submit_response::{Arrival, submit_response};
    use crate::domain::{Fields, ResponseId};
    let server = serve(Script::kind()).await;
    let desk = desk(&server.url).await;
    desk.add("ada@example.org").await;
    desk.invite().await;
    let link = desk.token("ada@example.org").await;
    let hash = crate::domain::token::hash(&link);
    let db = desk.service.store.read();
    let invitation = invitations::by_token(db, &hash).await.unwrap().unwrap();
    let fields: Fields = [("a.q1".to_owned(), "Memory".to_owned())].into_iter().collect();
    let (service, id) = (&desk.service, desk.questionnaire.id);
    let form = service.forms.fresh(&service.store, id, service.clock.now()).await;
    let form = form.unwrap().unwrap();
    let response = ResponseId(service.clock.random_name());
    let mut arrival = Arrival::of(&form, &fields, response);
    arrival.invitation = Some(invitation.id);
    submit_response(service, arrival).await.unwrap();
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.withheld, 1);
    assert_eq!(desk.states().await, [Delivery::Cancelled]);
    assert_eq!(server.read.lock().unwrap().len(), 0);
}
