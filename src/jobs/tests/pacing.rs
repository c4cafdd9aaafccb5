//! No more mails than set, on however many nodes, whatever the clock does.

use super::*;

/// How many mails leave within `seconds`, one try a second on each node.
async fn leave(desk: &Desk, nodes: &[Courier], seconds: i64) -> usize {
    let mut sent = 0;
    for _ in 0..seconds {
        for node in nodes {
            sent += desk.deliver(node).await.sent;
        }
        desk.wait(TimeDelta::seconds(1));
    }
    sent
}

#[tokio::test]
async fn a_domain_gets_its_rate_from_all_nodes_together_and_others_do_not_wait_for_it() {
    let server = serve(Script::kind()).await;
    let desk = desk_with(&server.url, |mail| mail.per_minute = 20).await;
    for n in 0..60 {
        desk.queue(&format!("p{n}@example.org"), Purpose::Reminder, None).await;
    }
    for n in 0..3 {
        desk.queue(&format!("p{n}@elsewhere.example"), Purpose::Reminder, None).await;
    }
    let nodes = [Courier::new(&desk.service), Courier::new(&desk.service)];
    assert_eq!(leave(&desk, &nodes, 1).await, 3 + 3, "ten seconds' worth to each at once");
    assert_eq!(leave(&desk, &nodes, 60).await, 20);
    desk.queue("lin@example.org", Purpose::SignIn, None).await;
    let next = desk.deliver(&nodes[0]).await.sent;
    assert!((1..=2).contains(&next), "who waits before the screen waits for no domain");
    assert_eq!(desk.count(Delivery::Queued).await, 60 + 3 + 1 - 26 - u64::try_from(next).unwrap());
}

#[tokio::test]
async fn all_mails_together_leave_at_the_pace_that_is_set() {
    let server = serve(Script::kind()).await;
    let desk = desk_with(&server.url, |mail| mail.per_second = 2).await;
    desk.invite_many(40).await;
    let nodes = [Courier::new(&desk.service), Courier::new(&desk.service)];
    assert_eq!(leave(&desk, &nodes, 1).await, 2);
    assert_eq!(leave(&desk, &nodes, 10).await, 20);
}

#[tokio::test]
async fn a_domain_that_asks_for_slower_gets_half_and_a_tenth_more_each_minute() {
    let slower = Script { rcpt: Say::Line("451 4.7.1 slower, please"), ..Script::kind() };
    let server = serve(slower).await;
    let desk = desk_with(&server.url, |mail| mail.per_minute = 60).await;
    for n in 0..300 {
        desk.queue(&format!("p{n}@example.org"), Purpose::Reminder, None).await;
    }
    let nodes = [Courier::new(&desk.service)];
    let deferred = desk.deliver(&nodes[0]).await.deferred;
    assert!((2..10).contains(&deferred), "slower at once, and all of one moment is one news");
    *server.script.lock().unwrap() = Script::kind();
    desk.wait(TimeDelta::seconds(1));
    let minutes = [
        leave(&desk, &nodes, 60).await,
        leave(&desk, &nodes, 60).await,
        leave(&desk, &nodes, 60).await,
    ];
    let expected = [28..=32, 31..=36, 34..=39];
    for (minute, expected) in minutes.into_iter().zip(expected) {
        assert!(expected.contains(&minute), "{minutes:?}");
    }
}

#[tokio::test]
async fn a_sender_that_nobody_knows_starts_slowly() {
    let server = serve(Script { greeting: Say::Close, ..Script::kind() }).await;
    let desk = desk_with(&server.url, |mail| mail.warm_up = vec![3, 5]).await;
    desk.invite_many(20).await;
    let courier = Courier::new(&desk.service);
    for _ in 0..10 {
        assert_eq!(desk.deliver(&courier).await.deferred, 1);
        desk.wait(TimeDelta::minutes(2));
    }
    *server.script.lock().unwrap() = Script::kind();
    for expected in [3, 5, 12] {
        assert_eq!(desk.deliver(&courier).await.sent, expected);
        assert_eq!(desk.deliver(&courier).await.sent, 0);
        desk.wait(TimeDelta::days(1));
    }
}

#[tokio::test]
async fn a_clock_that_jumps_makes_nothing_leave_early_and_nothing_that_is_overdue() {
    let server = serve(Script { rcpt: Say::Line("450 4.2.0 later"), ..Script::kind() }).await;
    let desk = desk_with(&server.url, |mail| mail.per_minute = 6).await;
    desk.queue("ada@example.org", Purpose::Reminder, None).await;
    let courier = Courier::new(&desk.service);
    assert_eq!(desk.deliver(&courier).await.deferred, 1);
    *server.script.lock().unwrap() = Script::kind();
    desk.wait(TimeDelta::days(-1));
    assert_eq!(desk.deliver(&courier).await.handled(), 0, "not before its time");
    desk.queue("bob@example.org", Purpose::Reminder, None).await;
    assert_eq!(desk.deliver(&courier).await.sent, 1, "no bucket is closed until tomorrow");
    desk.wait(TimeDelta::days(1) + TimeDelta::minutes(2));
    assert_eq!(desk.deliver(&courier).await.sent, 1);
    desk.queue("eve@example.org", Purpose::Reminder, None).await;
    desk.wait(TimeDelta::hours(73));
    assert_eq!(desk.deliver(&courier).await.handled(), 0);
    assert_eq!(desk.count(Delivery::Expired).await, 1);
    assert_eq!(server.kept(), (2, 2));
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_takes_no_mail_from_the_hands_of_its_own_worker() {
    let server = serve(Script { think: std::time::Duration::from_millis(300), ..Script::kind() });
    let server = server.await;
    let desk = desk(&server.url).await;
    desk.invite_many(3).await;
    let courier = Courier::new(&desk.service);
    let jump = async {
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        desk.wait(TimeDelta::days(1));
    };
    let (delivered, ()) = tokio::join!(desk.deliver(&courier), jump);
    assert_eq!((delivered.sent, delivered.unknown), (3, 0));
    assert_eq!(desk.count(Delivery::Sent).await, 3);
}
