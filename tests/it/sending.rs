//! Mails leave by processes that are killed, told to stop, or share an outbox.

use std::time::Duration;

use colloquy::domain::status::{Delivery, Purpose};

use self::office::Office;
use self::server::{Script, Server, serve};
use super::support::database_url;

mod office;
#[path = "../../src/jobs/tests/server.rs"]
mod server;

/// An outbox with mails to `count` people, and a server that thinks a little about each.
async fn queued(home: &std::path::Path, count: usize) -> (Office, Server) {
    let server = serve(Script { think: Duration::from_millis(10), ..Script::kind() }).await;
    let office = Office::open(home, &database_url(home).await).await;
    office.queue(count, Purpose::Reminder, |n| format!("p{n}@example.org")).await;
    (office, server)
}

#[tokio::test]
async fn killed_in_the_middle_no_mail_is_lost_and_none_is_sent_twice() {
    let home = tempfile::tempdir().unwrap();
    let (office, server) = queued(home.path(), 240).await;
    for left in [180, 120, 60] {
        let worker = office.worker(&server.url, &[]);
        office.until_left(left).await;
        drop(worker);
    }
    let worker = office.worker(&server.url, &[]);
    office.until_left(0).await;
    drop(worker);
    let (sent, unknown) =
        (office.count(Delivery::Sent).await, office.count(Delivery::Unknown).await);
    let (kept, different) = server.kept();
    assert_eq!(kept, different, "nobody got it twice");
    assert_eq!(sent + unknown, 240, "none is lost");
    assert!(unknown <= 3 * 8, "one for each connection and kill at the most: {unknown}");
    assert!((sent..=sent + unknown).contains(&kept), "{sent} {unknown} {kept}");
}

#[tokio::test]
async fn told_to_stop_a_process_leaves_no_mail_in_doubt() {
    let home = tempfile::tempdir().unwrap();
    let (office, server) = queued(home.path(), 200).await;
    for left in [140, 80] {
        let worker = office.worker(&server.url, &[]);
        office.until_left(left).await;
        assert!(worker.stop().await < Duration::from_secs(30));
        let in_hand = [Delivery::Claimed, Delivery::InData, Delivery::Unknown];
        for state in in_hand {
            assert_eq!(office.count(state).await, 0, "{state:?}");
        }
    }
    let worker = office.worker(&server.url, &[]);
    office.until_left(0).await;
    worker.stop().await;
    assert_eq!((office.count(Delivery::Sent).await, server.kept()), (200, (200, 200)));
}

#[tokio::test]
async fn two_processes_share_an_outbox_and_every_mail_leaves_once() {
    let home = tempfile::tempdir().unwrap();
    let (office, server) = queued(home.path(), 300).await;
    let workers = [office.worker(&server.url, &[]), office.worker(&server.url, &[])];
    office.until_left(0).await;
    drop(workers);
    assert_eq!((office.count(Delivery::Sent).await, server.kept()), (300, (300, 300)));
}
