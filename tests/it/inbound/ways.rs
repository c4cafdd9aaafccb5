//! The ways in: who may hand over a mail, LMTP as servers speak it, a real Postfix that returns a
//! mail, a real mailbox.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use colloquy::acts::bring_example::bring_example;
use colloquy::acts::sign_in;
use colloquy::domain::status::Delivery;
use colloquy::store::inbound;
use colloquy::store::outbox::back;
use colloquy::store::suppressions::Reason;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream, UnixStream};

use super::dovecot::{Dovecot, ports};
use super::postfix::Postfix;
use super::{TOKEN, about, corpus, hand_over, open, queued, sent, suppressed};
use crate::support::{TestApp, database_url};

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

#[tokio::test]
async fn a_mail_to_the_address_in_the_head_stops_mails() {
    let port = free_port();
    let app = TestApp::spawn_with(|settings| {
        open(settings);
        settings.inbound.lmtp = format!("127.0.0.1:{port}");
    })
    .await;
    app.sign_in().await;
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let questionnaire = bring_example(&app.service, organizer).await.unwrap();
    let page = format!("/desk/q/{}/invitations", questionnaire.slug);
    app.import(&page, "ada@example.net\nbo@example.net\ncy@example.net").await;
    app.submit(&app.page(&page).await.form_with_button("Invite 3 people")).await.location();
    let mut addresses = vec![];
    for mail in app.page("/desk/outbox").await.attributes("tbody a", "href") {
        let raw = app.get(&format!("{mail}?as=eml")).await.text;
        let head = raw.lines().find(|line| line.starts_with("List-Unsubscribe: ")).unwrap();
        let (https, mailto) = head.split_once(", <mailto:").unwrap();
        assert!(https.ends_with("/stop>"), "{head}");
        let to = raw.lines().find_map(|line| line.strip_prefix("To: ")).unwrap().to_owned();
        addresses.push((to, mailto.split_once('?').unwrap().0.to_owned()));
    }
    addresses.sort_unstable();
    let [(ada, ada_stop), (bo, bo_stop), (cy, cy_stop)] = &addresses[..] else { panic!() };
    assert_eq!(ada, "ada@example.net");

    // As a server hands it over, without a subject or a word; twice is as good as once.
    for id in [1, 2] {
        let to = format!("RCPT TO:<{}>", ada_stop.to_uppercase());
        let text = format!("From: Ada <ada@example.net>\r\nMessage-ID: <{id}@x.y>\r\n\r\n.");
        let lines = ["LHLO here", "MAIL FROM:<ada@example.net>", &to, "DATA", &text];
        let said = converse(connected(port).await, &lines).await;
        assert!(said.last().unwrap().starts_with("250"), "{said:?}");
        assert_eq!(suppressed(&app, ada).await, Some(Reason::Stopped));
        assert_eq!(suppressed(&app, bo).await, None);
    }
    // By its heads alone, as out of a mailbox; a mail program may say that it wrote it by itself.
    let raw = format!(
        "From: bo@example.net\nTo: {bo_stop}\nSubject: anything\nAuto-Submitted: auto-generated\n\nx"
    );
    let told = hand_over(&app, &raw).await;
    assert!(told.text.starts_with("stop: "), "{}", told.text);
    assert_eq!(suppressed(&app, bo).await, Some(Reason::Stopped));
    // Nobody else's, and nothing that a server sends back.
    let parts = |address: &str| {
        let (start, tag) = address.split_once('@').unwrap().0.rsplit_once('.').unwrap();
        (start.to_owned(), tag.to_owned())
    };
    let ((start, _), (_, tag)) = (parts(cy_stop), parts(ada_stop));
    let forged = format!("From: eve@example.net\nTo: {start}.{tag}@example.org\n\nx");
    assert!(hand_over(&app, &forged).await.text.starts_with("forged: "));
    let back = corpus("bounce-postfix").replace(super::SENDER, cy_stop);
    assert!(hand_over(&app, &back).await.text.starts_with("bounce: "));
    assert_eq!(suppressed(&app, cy).await, None);
    let inbox = app.page("/desk/inbox?show=complaints").await;
    assert_eq!(inbox.texts("tbody tr").len(), 3, "{}", inbox.words());
    assert!(inbox.words().contains("asked by mail"), "{}", inbox.words());
    assert_eq!(app.page(&page).await.text.matches("asked us to stop</span>").count(), 2);
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
pub(super) struct Stopped(pub(super) Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
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
    let away_to = away.local_addr().unwrap().port();
    let server = Postfix::start(
        smtp,
        &format!(
            "transport_maps = inline:{{ {{example.net=smtp:[127.0.0.1]:{away_to}}} \
             {{example.org=lmtp:inet:127.0.0.1:{back_to}}} }}"
        ),
    );
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
    assert_eq!(state, Delivery::Bounced, "{}", server.log());
    assert!(suppressed(&app, "nobody@example.net").await.is_some());
    eprintln!("from the outbox to the returned mail: {:?}", began.elapsed());
}

#[tokio::test]
async fn a_mailbox_is_looked_into_and_nothing_in_it_is_lost() {
    if !is_here("/usr/sbin/dovecot") {
        return;
    }
    let port = free_port();
    let box_of =
        Dovecot::start(&format!("ssl = no\ndisable_plaintext_auth = no\n{}", ports(port, 0)));
    // What was read before we came is not ours to look at.
    box_of.put("cur", "1.old:2,S", &corpus("letter-chinese"));
    box_of.put("new", "2.waiting", &corpus("automatic-exchange"));
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
    box_of.put("new", "3.bounce", &about(&app, "bounce-postfix", &ada));
    // Somebody's mail program marked it as read before we looked: it is new to us all the same.
    box_of.put("cur", "4.seen:2,S", &about(&app, "bounce-qmail", &ada));
    come(&app, 3).await;
    let message = back::by_id(app.service.store.read(), ada.id).await.unwrap().unwrap();
    assert_eq!(message.state, Delivery::Bounced);
    let lies = box_of.lies();
    assert_eq!(lies.len(), 4, "nothing was deleted: {lies:?}");
    assert!(lies.iter().all(|name| name.ends_with('S')), "all of it is marked as read: {lies:?}");
    let log = box_of.log();
    assert!(!log.contains("Error") && !log.contains("Fatal"), "{log}");
}

#[tokio::test]
async fn a_mailbox_is_looked_into_over_tls_and_only_if_its_certificate_is_trusted() {
    if !is_here("/usr/sbin/dovecot") || !is_here("/usr/bin/openssl") {
        return;
    }
    let (plain, encrypted) = (free_port(), free_port());
    let box_of = Dovecot::start(&format!(
        "ssl = required\nssl_cert = <certificate.pem\nssl_key = <key.pem\n{}",
        ports(plain, encrypted)
    ));
    drop((connected(plain).await, connected(encrypted).await));
    let home = tempfile::tempdir().unwrap();
    let database = database_url(home.path()).await;
    let who = "ada%40example.org:secret%2Fword@localhost";
    let looks = |address: String, trusted: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
        command.args(["--data", home.path().to_str().unwrap(), "--database", &database]);
        command.args(["--port", "0"]).current_dir(home.path());
        command.env("COLLOQUY_INBOUND__IMAP", address).env("COLLOQUY_INBOUND__IMAP_SECONDS", "1");
        command.env("SSL_CERT_FILE", box_of.path(trusted)).env_remove("SSL_CERT_DIR");
        Stopped(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    };
    box_of.put("new", "1.waiting", &corpus("automatic-exchange"));
    let stranger = looks(format!("imaps://{who}:{encrypted}/INBOX"), "stranger.pem");
    box_of.until("refused the certificate", |log, _| log.contains("unknown ca")).await;
    assert!(box_of.lies().iter().all(|name| !name.ends_with('S')), "{:?}", box_of.lies());
    drop(stranger);
    for (number, address) in
        [format!("imaps://{who}:{encrypted}/INBOX"), format!("imap+starttls://{who}:{plain}/INBOX")]
            .into_iter()
            .enumerate()
    {
        box_of.put("new", &format!("2.waiting-{number}"), &corpus("automatic-exchange"));
        let _looking = looks(address, "ca.pem");
        let all_read = |_: &str, lies: &[String]| lies.iter().all(|name| name.ends_with('S'));
        box_of.until("read every mail", all_read).await;
    }
    let log = box_of.log();
    assert_eq!(box_of.lies().len(), 3, "nothing was deleted");
    assert!(!log.contains("Fatal") && log.contains("TLS"), "{log}");
}

/// Waits until so many mails came in.
async fn come(app: &TestApp, count: usize) {
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
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
