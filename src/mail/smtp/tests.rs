//! Conversations with a small server that says what it is told to say.

mod at_once;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::task::JoinHandle;

use super::*;

const FROM: &str = "discuss+b.7@example.org";
const TO: &str = "ada@example.org";
/// Heard when another command came in the same packet.
const MORE: &str = "(more)";
const RAW: &[u8] = b"Subject: x\r\n\r\n.a dot\r\n..\r\nend\r\n";

/// One answer of the server.
#[derive(Clone, Copy)]
enum Say {
    /// This line, and on.
    Line(&'static str),
    /// This line, and the end.
    Last(&'static str),
    /// The end, without a word.
    Close,
    /// Nothing, for ever.
    Silence,
}
use Say::{Close, Last, Line, Silence};

/// What the server answers; everything else it likes.
#[derive(Clone, Copy)]
struct Script {
    greeting: Say,
    ehlo: &'static str,
    /// To every EHLO after the first.
    greeted_twice: &'static str,
    auth: Say,
    mail: Say,
    rcpt: Say,
    data: Say,
    /// After DATA: read only so many bytes of the text, then close.
    only: Option<usize>,
    dot: Say,
    connections: usize,
}

fn kind() -> Script {
    Script {
        greeting: Line("220 test ready"),
        ehlo: "250-test\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME",
        greeted_twice: "",
        auth: Line("235 2.7.0 welcome"),
        mail: Line("250 2.1.0 ok"),
        rcpt: Line("250 2.1.5 ok"),
        data: Line("354 go"),
        only: None,
        dot: Line("250 2.0.0 queued as 7"),
        connections: 1,
    }
}

/// Says one thing; whether the conversation goes on.
async fn say(writer: &mut OwnedWriteHalf, what: Say) -> bool {
    match what {
        Line(line) | Last(line) => {
            let sent = writer.write_all(format!("{line}\r\n").as_bytes()).await;
            sent.is_ok() && matches!(what, Line(_))
        }
        Close => false,
        Silence => {
            tokio::time::sleep(Duration::from_secs(20)).await;
            false
        }
    }
}

/// The server: returns what it was told, commands and texts, line by line.
async fn serve(script: Script) -> (SmtpServer, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let task = tokio::spawn(async move {
        let mut heard = vec![];
        for _ in 0..script.connections {
            let (stream, _) = listener.accept().await.unwrap();
            let (reader, mut writer) = stream.into_split();
            let mut reader = BufReader::new(reader);
            if say(&mut writer, script.greeting).await {
                converse(script, &mut reader, &mut writer, &mut heard).await;
            }
        }
        heard
    });
    let mut server: SmtpServer = format!("smtp://127.0.0.1:{port}").parse().unwrap();
    let short = Duration::from_millis(400);
    server.timeouts =
        Timeouts { connect: short, command: short, data: short, body: short, dot: short };
    (server, task)
}

async fn converse(
    script: Script,
    reader: &mut BufReader<OwnedReadHalf>,
    writer: &mut OwnedWriteHalf,
    heard: &mut Vec<String>,
) {
    let (mut greeted, mut refused) = (false, false);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let line = line.trim_end().to_owned();
        heard.push(line.clone());
        if !reader.buffer().is_empty() {
            heard.push(MORE.to_owned());
        }
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer = match verb.as_str() {
            "EHLO" if greeted && !script.greeted_twice.is_empty() => Line(script.greeted_twice),
            "EHLO" => Line(script.ehlo),
            "AUTH" => script.auth,
            "MAIL" => script.mail,
            "RCPT" if refused => Line("503 5.5.1 from whom?"),
            "RCPT" => script.rcpt,
            "DATA" => script.data,
            "QUIT" => Last("221 bye"),
            _ => Line("250 ok"),
        };
        greeted |= verb == "EHLO";
        refused = verb == "MAIL" && !matches!(script.mail, Line(line) if line.starts_with('2'));
        if !say(writer, answer).await {
            return;
        }
        if verb == "DATA" && matches!(script.data, Line(_)) {
            if let Some(only) = script.only {
                drop(reader.read_exact(&mut vec![0; only]).await);
                return;
            }
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).await.unwrap_or(0) == 0 {
                    return;
                }
                if line == ".\r\n" {
                    break;
                }
                heard.push(line.strip_prefix('.').unwrap_or(&line).to_owned());
            }
            if !say(writer, script.dot).await {
                return;
            }
        }
    }
}

async fn yes() -> Result<(), Infallible> {
    Ok(())
}

async fn outcome_of(script: Script) -> Outcome {
    let (server, task) = serve(script).await;
    let outcome = deliver(&server, FROM, TO, RAW, yes).await;
    task.abort();
    outcome
}

#[tokio::test]
async fn a_mail_that_is_accepted_is_sent_and_arrives_as_it_was() {
    let (server, task) = serve(kind()).await;
    let outcome = deliver(&server, FROM, TO, RAW, yes).await;
    assert_eq!(outcome, Outcome::Sent { code: 250, text: "2.0.0 queued as 7".to_owned() });
    let heard = task.await.unwrap();
    let from = heard.iter().position(|l| l == "DATA").unwrap() + 1;
    let to = heard.iter().position(|l| l == "QUIT").unwrap();
    let text: String = heard.get(from..to).unwrap().concat();
    assert_eq!(text.trim_end(), String::from_utf8_lossy(RAW).trim_end());
    assert!(heard.contains(&format!("MAIL FROM:<{FROM}>")), "{heard:?}");
    assert!(heard.contains(&format!("RCPT TO:<{TO}>")), "{heard:?}");
}

#[tokio::test]
async fn later_means_deferred() {
    let outcome = outcome_of(Script { rcpt: Line("450 4.2.0 greylisted"), ..kind() }).await;
    let text = "4.2.0 greylisted".to_owned();
    assert_eq!(outcome, Outcome::Deferred { stage: Stage::Recipient, code: Some(450), text });
    let outcome = outcome_of(Script { dot: Line("451 4.3.0 later"), ..kind() }).await;
    assert!(matches!(outcome, Outcome::Deferred { stage: Stage::Dot, code: Some(451), .. }));
    let outcome = outcome_of(Script { rcpt: Line("552 5.2.2 full"), ..kind() }).await;
    assert!(matches!(outcome, Outcome::Deferred { code: Some(552), .. }));
}

#[tokio::test]
async fn an_address_that_does_not_exist_fails_and_is_suppressed() {
    let outcome =
        outcome_of(Script { rcpt: Line("550-5.1.1 no\r\n550 5.1.1 such user"), ..kind() }).await;
    let text = "5.1.1 no such user".to_owned();
    let stage = Some(Stage::Recipient);
    assert_eq!(outcome, Outcome::Failed { stage, code: Some(550), text, suppress: true });
    assert_eq!(outcome.enhanced().unwrap().to_string(), "5.1.1");
    let outcome = outcome_of(Script { dot: Line("554 no"), ..kind() }).await;
    assert!(matches!(outcome, Outcome::Failed { suppress: false, .. }));
}

#[tokio::test]
async fn what_is_our_fault_is_not_the_addressees() {
    for script in [
        Script { rcpt: Line("550 5.7.1 relaying denied"), ..kind() },
        Script { dot: Line("550 5.7.26 not authenticated"), ..kind() },
        Script { mail: Line("550 5.1.0 you?"), ..kind() },
        Script { greeting: Last("554 no service"), ..kind() },
    ] {
        let outcome = outcome_of(script).await;
        assert!(matches!(outcome, Outcome::SenderFault { .. }), "{outcome:?}");
    }
}

#[tokio::test]
async fn who_we_are_is_said_and_may_be_doubted() {
    let ehlo = "250-test\r\n250 AUTH PLAIN LOGIN";
    for (auth, sent) in [("235 2.7.0 ok", true), ("535 5.7.8 wrong", false)] {
        let (mut server, task) = serve(Script { ehlo, auth: Line(auth), ..kind() }).await;
        server.user = Some("ada".to_owned());
        server.password = Some("secret".to_owned().into());
        let outcome = deliver(&server, FROM, TO, RAW, yes).await;
        assert_eq!(matches!(outcome, Outcome::Sent { .. }), sent, "{outcome:?}");
        let fault = matches!(outcome, Outcome::SenderFault { stage: Stage::Auth, .. });
        assert_eq!(fault, !sent, "{outcome:?}");
        task.abort();
    }
    let (mut server, task) = serve(kind()).await;
    (server.user, server.password) = (Some("ada".to_owned()), Some("x".to_owned().into()));
    let outcome = deliver(&server, FROM, TO, RAW, yes).await;
    assert!(matches!(outcome, Outcome::SenderFault { stage: Stage::Auth, .. }), "{outcome:?}");
    task.abort();
}

#[tokio::test]
async fn without_the_encryption_that_was_asked_for_nothing_is_sent() {
    let (mut server, task) = serve(kind()).await;
    server.tls = Tls::StartTls;
    let outcome = deliver(&server, FROM, TO, RAW, yes).await;
    assert!(matches!(outcome, Outcome::SenderFault { stage: Stage::Connect, .. }), "{outcome:?}");
    let heard = task.await.unwrap();
    assert!(!heard.iter().any(|l| l.starts_with("MAIL")), "{heard:?}");
}

#[tokio::test]
async fn a_connection_lost_before_the_dot_is_deferred() {
    for script in [
        Script { greeting: Close, ..kind() },
        Script { mail: Close, ..kind() },
        Script { rcpt: Close, ..kind() },
        Script { rcpt: Last("421 4.7.0 too much"), ..kind() },
        Script { data: Close, ..kind() },
        Script { data: Last("250 what?"), ..kind() },
    ] {
        let outcome = outcome_of(script).await;
        assert!(matches!(outcome, Outcome::Deferred { .. }), "{outcome:?}");
    }
    // In the middle of a text so long that it cannot all be on its way already.
    let (server, task) = serve(Script { only: Some(100), ..kind() }).await;
    let long = b"a line of text\r\n".repeat(4_000_000);
    let outcome = deliver(&server, FROM, TO, &long, yes).await;
    assert!(matches!(outcome, Outcome::Deferred { stage: Stage::Data, .. }), "{outcome:?}");
    task.abort();
}

#[tokio::test]
async fn a_connection_lost_after_the_dot_is_unknown() {
    for script in [
        Script { dot: Close, ..kind() },
        Script { dot: Last("not an answer"), ..kind() },
        Script { dot: Last("354 more?"), ..kind() },
    ] {
        let outcome = outcome_of(script).await;
        assert!(matches!(outcome, Outcome::Unknown { .. }), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_silent_server_does_not_hold_us() {
    for (script, stage) in [
        (Script { greeting: Silence, ..kind() }, Some(Stage::Connect)),
        (Script { mail: Silence, ..kind() }, Some(Stage::Sender)),
        (Script { rcpt: Silence, ..kind() }, Some(Stage::Recipient)),
        (Script { data: Silence, ..kind() }, Some(Stage::Data)),
        (Script { dot: Silence, ..kind() }, None),
    ] {
        let waited = timeout(Duration::from_secs(10), outcome_of(script)).await;
        match (waited.unwrap(), stage) {
            (Outcome::Deferred { stage: at, code: None, .. }, Some(stage)) => assert_eq!(at, stage),
            (Outcome::Unknown { .. }, None) => {}
            (outcome, _) => panic!("{outcome:?}"),
        }
    }
}

#[tokio::test]
async fn nobody_there_is_deferred_at_the_door() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    for scheme in ["smtp", "smtps", "smtp+starttls"] {
        let server: SmtpServer = format!("{scheme}://127.0.0.1:{port}").parse().unwrap();
        let outcome = deliver(&server, FROM, TO, RAW, yes).await;
        assert!(matches!(outcome, Outcome::Deferred { stage: Stage::Connect, .. }), "{outcome:?}");
    }
}

#[tokio::test]
async fn the_mark_is_made_after_the_addresses_and_before_the_text() {
    let marks = Arc::new(AtomicUsize::new(0));
    for (script, made) in [
        (kind(), 1),
        (Script { rcpt: Line("550 5.1.1 no"), ..kind() }, 1),
        (Script { data: Line("451 no"), ..kind() }, 2),
    ] {
        let (server, task) = serve(script).await;
        let mark = async || {
            marks.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(())
        };
        drop(deliver(&server, FROM, TO, RAW, mark).await);
        assert_eq!(marks.load(Ordering::Relaxed), made);
        task.abort();
    }
    let (server, task) = serve(kind()).await;
    let outcome = deliver(&server, FROM, TO, RAW, async || Err("the lease is lost")).await;
    assert_eq!(outcome, Outcome::Withheld { text: "the lease is lost".to_owned() });
    let heard = task.await.unwrap();
    assert!(!heard.contains(&"DATA".to_owned()), "{heard:?}");
}

#[tokio::test]
async fn one_connection_carries_many_mails_and_forgets_the_failed_ones() {
    let (server, task) = serve(kind()).await;
    // As a worker would: in a task of its own, which asks that the future can move.
    let sending = tokio::spawn(async move {
        let mut connection = Connection::open(&server).await.unwrap();
        let held = connection.deliver(FROM, TO, RAW, async || Err("not now")).await;
        assert!(matches!(held, Outcome::Withheld { .. }) && connection.usable());
        for _ in 0..3 {
            let outcome = connection.deliver(FROM, TO, RAW, yes).await;
            assert!(matches!(outcome, Outcome::Sent { .. }), "{outcome:?}");
        }
        assert_eq!(connection.tried(), 4);
        connection.close().await;
    });
    sending.await.unwrap();
    let heard = task.await.unwrap();
    let count = |verb: &str| heard.iter().filter(|l| l.starts_with(verb)).count();
    assert_eq!((count("EHLO"), count("MAIL"), count("RSET"), count("QUIT")), (2, 4, 1, 1));
}

#[tokio::test]
async fn a_lost_connection_is_not_used_again() {
    let (server, task) = serve(Script { dot: Close, ..kind() }).await;
    let mut connection = Connection::open(&server).await.unwrap();
    let first = connection.deliver(FROM, TO, RAW, yes).await;
    assert!(matches!(first, Outcome::Unknown { .. }) && !connection.usable());
    let second = connection.deliver(FROM, TO, RAW, yes).await;
    assert!(matches!(second, Outcome::Deferred { stage: Stage::Connect, .. }), "{second:?}");
    task.abort();
}

#[tokio::test]
async fn addresses_that_cannot_be_written_never_reach_the_server() {
    let (server, task) = serve(Script { connections: 5, ..kind() }).await;
    for to in ["", "ada", "a@b.de>\r\nRCPT TO:<eve@example.org", "王@example.org"] {
        let outcome = deliver(&server, FROM, to, RAW, yes).await;
        assert!(matches!(outcome, Outcome::Failed { suppress: false, .. }), "{to}: {outcome:?}");
    }
    let outcome = deliver(&server, "not an address", TO, RAW, yes).await;
    assert!(matches!(outcome, Outcome::SenderFault { stage: Stage::Sender, .. }), "{outcome:?}");
    let heard = task.await.unwrap();
    assert!(!heard.iter().any(|l| l.starts_with("MAIL")), "{heard:?}");
}
