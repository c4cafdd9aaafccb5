//! The ways in: who may hand over a mail, LMTP as servers speak it, a real Postfix that returns a
//! mail, a real mailbox.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use colloquy::domain::status::Delivery;
use colloquy::store::inbound;
use colloquy::store::outbox::back;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream, UnixStream};

use super::{TOKEN, about, corpus, hand_over, open, queued, sent};
use crate::support::TestApp;

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn mail_is_taken_only_from_who_shows_the_token() {
    let closed = TestApp::spawn().await;
    assert_eq!(hand_over(&closed, "From: a@b.cd\n\nx").await.status, 404);
    closed.sign_in().await;
    assert!(closed.page("/desk/inbox").await.words().contains("No way in is set"));

    let app = TestApp::spawn_with(open).await;
    let post = || app.client.post(app.url("/inbound/mail")).body("From: a@b.cd\n\nsecret words");
    for refused in [post(), post().bearer_auth("other"), post().header("authorization", TOKEN)] {
        let page = app.send(refused).await;
        assert_eq!((page.status, page.header("www-authenticate")), (401, "Bearer"));
        assert!(page.header("content-type").starts_with("text/plain"));
        assert!(!page.text.contains("secret words"), "{}", page.text);
    }
    assert_eq!(hand_over(&app, "").await.status, 422);
    assert_eq!(app.send(post().bearer_auth(TOKEN)).await.status, 200);
    // Larger than any form may be.
    let large = format!("From: a@b.cd\n\n{}", "words ".repeat(1 << 18));
    assert_eq!(hand_over(&app, &large).await.status, 200);
    let unknown = app.client.post(app.url("/inbound/mail")).bearer_auth("x").body(large);
    assert_eq!(app.send(unknown).await.status, 413);
}

/// What a server says to these lines, one answer for each; an answer of several lines is its last.
async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, lines: &[&str]) -> Vec<String> {
    let mut stream = BufReader::new(stream);
    let mut answers = vec![];
    for line in std::iter::once(&"").chain(lines) {
        if !line.is_empty() {
            stream.write_all(line.as_bytes()).await.unwrap();
            stream.write_all(b"\r\n").await.unwrap();
        }
        loop {
            let mut answer = String::new();
            let reading = stream.read_line(&mut answer);
            tokio::time::timeout(Duration::from_secs(20), reading).await.unwrap().unwrap();
            if answer.as_bytes().get(3) != Some(&b'-') {
                answers.push(answer.trim_end().to_owned());
                break;
            }
        }
    }
    answers
}

/// Connects as soon as somebody listens.
async fn connected(port: u16) -> TcpStream {
    for _ in 0..200 {
        if let Ok(stream) = TcpStream::connect(("127.0.0.1", port)).await {
            return stream;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nobody listens")
}

#[tokio::test]
async fn lmtp_takes_what_is_for_us_and_keeps_it_before_it_says_so() {
    let port = free_port();
    let app = TestApp::spawn_with(|settings| {
        open(settings);
        settings.inbound.lmtp = format!("127.0.0.1:{port}");
    })
    .await;
    let ada = sent(&app, "ada@example.net").await;
    let raw = about(&app, "bounce-postfix", &ada).replace('\n', "\r\n");
    let to = format!("RCPT TO:<{}>", colloquy::jobs::sender::envelope(&app.service, &ada));
    let text = format!("{raw}\r\n.");
    let said = converse(
        connected(port).await,
        &[
            "EHLO here",
            "LHLO here",
            "DATA",
            "MAIL FROM:<> SIZE=100",
            "RCPT TO:<somebody@example.org>",
            &to,
            "rcpt to:<Discuss@Example.ORG>",
            "DATA",
            &text,
        ],
    )
    .await;
    let codes: Vec<&str> = said.iter().filter_map(|answer| answer.get(..3)).collect();
    assert_eq!(
        codes,
        ["220", "500", "250", "503", "250", "550", "250", "250", "354", "250"],
        "{said:?}"
    );
    let message = back::by_id(app.service.store.read(), ada.id).await.unwrap().unwrap();
    assert_eq!(message.state, Delivery::Bounced);
    let long = "x".repeat(3000);
    let said = converse(connected(port).await, &["NOOP", "VRFY x", "WHAT", &long]).await;
    let codes: Vec<&str> = said.iter().filter_map(|answer| answer.get(..3)).collect();
    assert_eq!(codes, ["220", "250", "252", "500", "500"]);
    // A server that waits does not hold up a stop.
    let mut lines = BufReader::new(connected(port).await).lines();
    assert!(lines.next_line().await.unwrap().unwrap().starts_with("220"));
    let waiting = tokio::spawn(last_of(lines));
    app.stop().await;
    let last = tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap().unwrap();
    assert!(last.starts_with("421"), "{last}");
}

async fn last_of(mut lines: tokio::io::Lines<BufReader<TcpStream>>) -> String {
    let mut last = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        last = line;
    }
    last
}

#[tokio::test]
async fn lmtp_listens_on_a_socket_in_the_file_system_too() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("lmtp");
    // One that a process left behind is in nobody's way.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let app = TestApp::spawn_with(|settings| {
        open(settings);
        settings.inbound.lmtp = format!("unix:{}", path.display());
    })
    .await;
    let mut stream = UnixStream::connect(&path).await;
    for _ in 0..200 {
        if stream.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        stream = UnixStream::connect(&path).await;
    }
    assert!(converse(stream.unwrap(), &["QUIT"]).await[1].starts_with("221"));
    app.stop().await;
}

/// Stops a program when the test is over, also when it fails.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// A mail server of our own with a folder of its own, stopped with it.
struct Postfix(TempDir);

impl Drop for Postfix {
    fn drop(&mut self) {
        postfix(self.0.path(), "stop");
    }
}

fn postfix(home: &Path, order: &str) -> bool {
    let mut command = Command::new("postfix");
    command.arg("-c").arg(home.join("etc")).arg(order).current_dir(home);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Whether a program is there, and we may start it as another user.
fn is_here(program: &str) -> bool {
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let here = root && Path::new(program).exists();
    if !here {
        eprintln!("left out: {program} is not installed, or this is not root");
    }
    here
}

impl Postfix {
    fn start(smtp: u16, away: u16, back: u16) -> Self {
        let home = tempfile::Builder::new().prefix("postfix").tempdir_in("/tmp").unwrap();
        let at = home.path();
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(at, open).unwrap();
        for folder in ["etc", "queue", "data"] {
            std::fs::create_dir(at.join(folder)).unwrap();
        }
        assert!(
            Command::new("chown").arg("postfix").arg(at.join("data")).status().unwrap().success()
        );
        let place = at.display();
        let main = format!(
            "compatibility_level = 3.6\nqueue_directory = {place}/queue\ndata_directory = {place}/data\n\
             mail_owner = postfix\nsetgid_group = postdrop\ninet_interfaces = 127.0.0.1\n\
             inet_protocols = ipv4\nmyhostname = mx.example.org\nmydestination =\n\
             mynetworks = 127.0.0.0/8\nalias_maps =\nalias_database =\nlocal_recipient_maps =\n\
             smtputf8_enable = no\nmaillog_file = {place}/log\nmaillog_file_prefixes = /tmp\n\
             smtp_dns_support_level = disabled\nlmtp_dns_support_level = disabled\n\
             transport_maps = inline:{{ {{example.net=smtp:[127.0.0.1]:{away}}} \
             {{example.org=lmtp:inet:127.0.0.1:{back}}} }}\n"
        );
        std::fs::write(at.join("etc/main.cf"), main).unwrap();
        let mut master = format!("127.0.0.1:{smtp} inet n - n - - smtpd\n");
        for line in [
            "pickup unix n - n 60 1 pickup",
            "cleanup unix n - n - 0 cleanup",
            "qmgr unix n - n 300 1 qmgr",
            "rewrite unix - - n - - trivial-rewrite",
            "bounce unix - - n - 0 bounce",
            "defer unix - - n - 0 bounce",
            "trace unix - - n - 0 bounce",
            "proxymap unix - - n - - proxymap",
            "smtp unix - - n - - smtp",
            "lmtp unix - - n - - lmtp",
            "error unix - - n - - error",
            "retry unix - - n - - error",
            "anvil unix - - n - 1 anvil",
            "scache unix - - n - 1 scache",
            "postlog unix-dgram n - n - 1 postlogd",
        ] {
            master.push_str(line);
            master.push('\n');
        }
        std::fs::write(at.join("etc/master.cf"), master).unwrap();
        assert!(postfix(at, "start"), "Postfix does not start");
        Self(home)
    }
}

/// A mail server that knows nobody.
async fn knows_nobody(listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        let mut stream = BufReader::new(stream);
        let _ = stream.write_all(b"220 mx.example.net ESMTP\r\n").await;
        let mut line = String::new();
        while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
            let answer: &[u8] = match line.get(..4).unwrap_or_default() {
                "RCPT" => b"550 5.1.1 User unknown\r\n",
                "DATA" => b"554 5.5.1 No valid recipients\r\n",
                _ => b"250 2.0.0 Ok\r\n",
            };
            let _ = stream.write_all(answer).await;
            line.clear();
        }
    }
}

#[tokio::test]
async fn what_a_real_server_takes_and_returns_is_known_within_a_minute() {
    if !is_here("/usr/sbin/postfix") {
        return;
    }
    let (smtp, back_to) = (free_port(), free_port());
    let away = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Postfix::start(smtp, away.local_addr().unwrap().port(), back_to);
    tokio::spawn(knows_nobody(away));
    let app = TestApp::spawn_with(|settings| {
        open(settings);
        settings.mail.url = format!("smtp://127.0.0.1:{smtp}").into();
        settings.inbound.lmtp = format!("127.0.0.1:{back_to}");
    })
    .await;
    drop(connected(smtp).await);
    let began = std::time::Instant::now();
    let id = queued(&app, "nobody@example.net").await;
    let db = app.service.store.read();
    let mut state = Delivery::Queued;
    while state != Delivery::Bounced && began.elapsed() < Duration::from_mins(1) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        state = back::by_id(db, id).await.unwrap().unwrap().state;
    }
    let log = std::fs::read_to_string(server.0.path().join("log")).unwrap_or_default();
    assert_eq!(state, Delivery::Bounced, "{log}");
    assert!(super::suppressed(&app, "nobody@example.net").await.is_some());
    eprintln!("from the outbox to the returned mail: {:?}", began.elapsed());
}

#[tokio::test]
async fn a_mailbox_is_looked_into_and_nothing_in_it_is_lost() {
    if !is_here("/usr/sbin/dovecot") {
        return;
    }
    let port = free_port();
    let home = tempfile::Builder::new().prefix("dovecot").tempdir_in("/tmp").unwrap();
    let at = home.path();
    let open_to_all = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(at, open_to_all).unwrap();
    for folder in
        ["run", "home", "home/Maildir", "home/Maildir/new", "home/Maildir/cur", "home/Maildir/tmp"]
    {
        std::fs::create_dir(at.join(folder)).unwrap();
    }
    let place = at.display();
    let settings = format!(
        "base_dir = {place}/run\nlog_path = {place}/log\nprotocols = imap\nlisten = 127.0.0.1\nssl = no\n\
         disable_plaintext_auth = no\nfirst_valid_uid = 1\nmail_location = maildir:{place}/home/Maildir\n\
         passdb {{\n driver = static\n args = password=secret/word\n}}\n\
         userdb {{\n driver = static\n args = uid=nobody gid=nogroup home={place}/home\n}}\n\
         service imap-login {{\n chroot =\n inet_listener imap {{\n  port = {port}\n }}\n \
         inet_listener imaps {{\n  port = 0\n }}\n}}\nservice anvil {{\n chroot =\n}}\n"
    );
    std::fs::write(at.join("dovecot.conf"), settings).unwrap();
    let into = |folder: &str, name: &str, raw: &str| {
        std::fs::write(at.join(format!("home/Maildir/{folder}/{name}")), raw).unwrap();
        let mut own = Command::new("chown");
        own.arg("-R").arg("nobody:nogroup").arg(at.join("home"));
        assert!(own.status().unwrap().success());
    };
    // What was read before we came is not ours to look at.
    into("cur", "1.old:2,S", &corpus("letter-chinese"));
    into("new", "2.waiting", &corpus("automatic-exchange"));
    let mut command = Command::new("dovecot");
    command.arg("-F").arg("-c").arg(at.join("dovecot.conf")).current_dir(at);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let _server = Stopped(child);
    drop(connected(port).await);
    let app = TestApp::spawn_with(|settings| {
        open(settings);
        settings.inbound.imap =
            format!("imap://ada%40example.org:secret%2Fword@127.0.0.1:{port}/INBOX").into();
        settings.inbound.imap_seconds = 1;
    })
    .await;
    app.sign_in().await;
    let ada = sent(&app, "ada@example.net").await;
    come(&app, 1).await;
    into("new", "3.bounce", &about(&app, "bounce-postfix", &ada));
    // Somebody's mail program marked it as read before we looked: it is new to us all the same.
    into("cur", "4.seen:2,S", &about(&app, "bounce-qmail", &ada));
    come(&app, 3).await;
    let message = back::by_id(app.service.store.read(), ada.id).await.unwrap().unwrap();
    assert_eq!(message.state, Delivery::Bounced);
    let lies: Vec<String> = ["new", "cur"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(at.join("home/Maildir").join(folder)).unwrap())
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(lies.len(), 4, "nothing was deleted: {lies:?}");
    assert!(lies.iter().all(|name| name.ends_with('S')), "all of it is marked as read: {lies:?}");
    let log = std::fs::read_to_string(at.join("log")).unwrap_or_default();
    assert!(!log.contains("Error") && !log.contains("Fatal"), "{log}");
}

/// Waits until so many mails came in.
async fn come(app: &TestApp, count: usize) {
    let organizer = colloquy::acts::sign_in::first_organizer(&app.service).await.unwrap();
    let mut found = 0;
    for _ in 0..200 {
        let db = app.service.store.read();
        found = inbound::page(db, organizer, &[], 0, 100).await.unwrap().len();
        if found >= count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(found, count, "{}", app.page("/desk/inbox").await.words());
}
