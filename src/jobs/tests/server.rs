//! A small mail server that misbehaves as it is told: by a script for all, and for one recipient by
//! what stands after the `+` of the address.
//!
//! `+grey2`: put off twice. `+full`, `+gone`: refused. `+lostack`: stored, then the connection is
//! closed without a word. `+reset`: closed after the dot, not stored. `+hang`: the dot is never answered.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server says at one point.
#[derive(Clone, Copy, Debug)]
pub enum Say {
    /// This line.
    Line(&'static str),
    /// Nothing: it closes the connection.
    Close,
    /// Nothing at all.
    Silence,
}

/// What the server answers.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    pub greeting: Say,
    pub auth: Say,
    pub rcpt: Say,
    pub mail: Say,
    pub dot: Say,
    /// After so many mails on one connection it says 421 and closes.
    pub mails_a_connection: usize,
    /// With so many connections it says 421 to another and closes.
    pub connections: usize,
    /// How long it thinks about a mail.
    pub think: Duration,
}

impl Script {
    /// Takes everything.
    pub fn kind() -> Self {
        let ok = Say::Line("250 2.0.0 ok");
        Self {
            greeting: Say::Line("220 test"),
            auth: Say::Line("235 2.7.0 welcome"),
            rcpt: ok,
            mail: ok,
            dot: ok,
            mails_a_connection: usize::MAX,
            connections: usize::MAX,
            think: Duration::ZERO,
        }
    }
}

/// What the server was given, and what it says; both can be looked at and changed.
#[derive(Clone)]
pub struct Server {
    pub url: String,
    pub script: Arc<Mutex<Script>>,
    /// The recipients whose mails it has read to the dot and kept, and when.
    pub read: Arc<Mutex<Vec<String>>>,
    /// When it kept them.
    pub times: Arc<Mutex<Vec<Instant>>>,
    /// The recipients that were named, with each attempt.
    pub named: Arc<Mutex<Vec<String>>>,
    seen: Arc<Mutex<HashMap<String, usize>>>,
    open: Arc<AtomicUsize>,
}

impl Server {
    /// How many mails it has kept, and how many different recipients they went to.
    pub fn kept(&self) -> (usize, usize) {
        let mut read = self.read.lock().unwrap().clone();
        let all = read.len();
        read.sort();
        read.dedup();
        (all, read.len())
    }
}

/// A server that listens until the test ends.
pub async fn serve(script: Script) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let server = Server {
        url,
        script: Arc::new(Mutex::new(script)),
        read: Arc::default(),
        times: Arc::default(),
        named: Arc::default(),
        seen: Arc::default(),
        open: Arc::default(),
    };
    let shared = server.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let shared = shared.clone();
            tokio::spawn(async move {
                shared.open.fetch_add(1, Ordering::Relaxed);
                let _ = converse(stream, &shared).await;
                shared.open.fetch_sub(1, Ordering::Relaxed);
            });
        }
    });
    server
}

/// What stands between `<` and `>`.
fn address(line: &str) -> String {
    let inner = line.split_once('<').map_or(line, |(_, rest)| rest);
    inner.split('>').next().unwrap_or_default().to_owned()
}

fn tag(address: &str) -> &str {
    let user = address.split('@').next().unwrap_or_default();
    user.split_once('+').map_or("", |(_, tag)| tag)
}

impl Server {
    /// What is said to this recipient.
    fn greets(&self, to: &str, script: Script) -> Say {
        match tag(to) {
            "gone" => Say::Line("550 5.1.1 no such user"),
            "full" => Say::Line("552 5.2.2 mailbox full"),
            other => match other.strip_prefix("grey").and_then(|times| times.parse::<usize>().ok())
            {
                Some(times) => {
                    let mut seen = self.seen.lock().unwrap();
                    let seen = seen.entry(to.to_owned()).or_insert(0_usize);
                    *seen += 1;
                    if *seen <= times { Say::Line("450 4.2.0 greylisted") } else { script.rcpt }
                }
                None => script.rcpt,
            },
        }
    }

    fn keep(&self, to: &str) {
        self.read.lock().unwrap().push(to.to_owned());
        self.times.lock().unwrap().push(Instant::now());
    }
}

async fn converse(stream: TcpStream, server: &Server) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let script = *server.script.lock().unwrap();
    if server.open.load(Ordering::Relaxed) > script.connections {
        return writer.write_all(b"421 4.7.0 too many connections\r\n").await;
    }
    match script.greeting {
        Say::Line(line) => writer.write_all(format!("{line}\r\n").as_bytes()).await?,
        Say::Close => return Ok(()),
        Say::Silence => std::future::pending().await,
    }
    let (mut in_text, mut to, mut mails) = (false, String::new(), 0);
    while let Some(line) = lines.next_line().await? {
        let script = *server.script.lock().unwrap();
        let say = if in_text {
            if line != "." {
                continue;
            }
            in_text = false;
            mails += 1;
            if !script.think.is_zero() {
                tokio::time::sleep(script.think).await;
            }
            match tag(&to) {
                "lostack" => {
                    server.keep(&to);
                    Say::Close
                }
                "reset" => Say::Close,
                "hang" => Say::Silence,
                _ => {
                    server.keep(&to);
                    script.dot
                }
            }
        } else {
            match line.get(..4).unwrap_or_default() {
                "EHLO" => Say::Line("250-test\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME"),
                "AUTH" => script.auth,
                "MAIL" if mails >= script.mails_a_connection => {
                    writer.write_all(b"421 4.7.0 enough for one connection\r\n").await?;
                    return Ok(());
                }
                "MAIL" => script.mail,
                "RCPT" => {
                    to = address(&line);
                    server.named.lock().unwrap().push(to.clone());
                    server.greets(&to, script)
                }
                "DATA" => {
                    in_text = true;
                    Say::Line("354 go")
                }
                "QUIT" => {
                    writer.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => Say::Line("250 ok"),
            }
        };
        match say {
            Say::Line(line) => writer.write_all(format!("{line}\r\n").as_bytes()).await?,
            Say::Close => return Ok(()),
            Say::Silence => std::future::pending().await,
        }
    }
    Ok(())
}
