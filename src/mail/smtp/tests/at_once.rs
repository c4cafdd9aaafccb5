//! Servers that take several commands at once hear them so, and what they say is understood as if
//! they had been asked one by one.

use super::*;

fn taking_many() -> Script {
    Script { ehlo: "250-test\r\n250-PIPELINING\r\n250 8BITMIME", ..kind() }
}

fn packets(heard: &[String]) -> Vec<&str> {
    let verb = |line: &String| line.split([' ', ':']).next().map(str::to_owned);
    let told = ["RSET", "MAIL", "RCPT", "DATA", MORE];
    let verbs = heard.iter().filter_map(verb);
    verbs.filter_map(|verb| told.into_iter().find(|known| **known == verb)).collect()
}

#[tokio::test]
async fn both_addresses_come_in_one_packet_if_the_server_takes_that() {
    for (script, expected) in [
        (
            taking_many(),
            ["MAIL", MORE, "RCPT", "RSET", MORE, "MAIL", MORE, "RCPT", "DATA"].as_slice(),
        ),
        (kind(), ["MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA"].as_slice()),
    ] {
        let (server, task) = serve(script).await;
        let mut connection = Connection::open(&server).await.unwrap();
        let held = connection.deliver(FROM, TO, RAW, async || Err("not now")).await;
        assert!(matches!(held, Outcome::Withheld { .. }), "{held:?}");
        let sent = connection.deliver(FROM, TO, RAW, yes).await;
        assert!(matches!(sent, Outcome::Sent { .. }), "{sent:?}");
        connection.close().await;
        assert_eq!(packets(&task.await.unwrap()), expected);
    }
}

#[tokio::test]
async fn whatever_goes_wrong_means_the_same_as_one_by_one() {
    let ehlo = taking_many().ehlo;
    for script in [
        Script { mail: Line("550 5.1.0 you?"), ..kind() },
        Script { mail: Line("451 4.3.0 later"), ..kind() },
        Script { mail: Last("421 4.7.0 too much"), ..kind() },
        Script { mail: Close, ..kind() },
        Script { mail: Silence, ..kind() },
        Script { rcpt: Line("450 4.2.0 greylisted"), ..kind() },
        Script { rcpt: Line("550-5.1.1 no\r\n550 5.1.1 such user"), ..kind() },
        Script { rcpt: Last("421 4.7.0 too much"), ..kind() },
        Script { rcpt: Line("354 what?"), ..kind() },
        Script { rcpt: Silence, ..kind() },
        Script { dot: Close, ..kind() },
    ] {
        let (one_by_one, at_once) =
            tokio::join!(outcome_of(script), outcome_of(Script { ehlo, ..script }));
        assert_eq!(one_by_one, at_once);
    }
}

#[tokio::test]
async fn after_a_refusal_the_next_mail_is_not_out_of_step() {
    let script = Script { mail: Line("451 4.3.0 later"), ..taking_many() };
    let (server, task) = serve(script).await;
    let mut connection = Connection::open(&server).await.unwrap();
    for _ in 0..3 {
        let outcome = connection.deliver(FROM, TO, RAW, yes).await;
        let text = "4.3.0 later".to_owned();
        assert_eq!(outcome, Outcome::Deferred { stage: Stage::Sender, code: Some(451), text });
        assert!(connection.usable());
    }
    connection.close().await;
    let heard = task.await.unwrap();
    assert_eq!(heard.last().map(String::as_str), Some("QUIT"), "{heard:?}");
}

#[tokio::test]
async fn whoever_is_not_greeted_twice_is_asked_one_by_one() {
    let (server, task) = serve(Script { greeted_twice: "503 5.5.1 again?", ..taking_many() }).await;
    let outcome = deliver(&server, FROM, TO, RAW, yes).await;
    assert!(matches!(outcome, Outcome::Sent { .. }), "{outcome:?}");
    assert_eq!(packets(&task.await.unwrap()), ["MAIL", "RCPT", "DATA"]);
}
