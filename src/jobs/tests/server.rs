//! A small mail server: one script, as many conversations as come.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server says at one point.
#[derive(Clone, Copy, Debug)]
pub enum Say {
    /// This line.
    Line(&'static str),
    /// Nothing: it closes the connection.
    Close,
}

/// What the server answers.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    pub rcpt: Say,
    pub mail: Say,
    pub dot: Say,
}

impl Script {
    /// Takes everything.
    pub fn kind() -> Self {
        let ok = Say::Line("250 2.0.0 ok");
        Self { rcpt: ok, mail: ok, dot: ok }
    }
}

/// What the server was given, and what it says; both can be looked at and changed.
#[derive(Clone)]
pub struct Server {
    pub url: String,
    pub script: Arc<Mutex<Script>>,
    /// The recipients whose mails it has read to the dot.
    pub read: Arc<Mutex<Vec<String>>>,
}

/// A server that listens until the test ends.
pub async fn serve(script: Script) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let server = Server { url, script: Arc::new(Mutex::new(script)), read: Arc::default() };
    let shared = server.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = converse(stream, shared.clone()).await;
        }
    });
    server
}

async fn converse(stream: TcpStream, server: Server) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 test\r\n").await?;
    let (mut in_text, mut to) = (false, String::new());
    while let Some(line) = lines.next_line().await? {
        let script = *server.script.lock().unwrap();
        let say = if in_text {
            if line != "." {
                continue;
            }
            in_text = false;
            server.read.lock().unwrap().push(to.clone());
            script.dot
        } else {
            match line.get(..4).unwrap_or_default() {
                "EHLO" => Say::Line("250-test\r\n250 8BITMIME"),
                "MAIL" => script.mail,
                "RCPT" => {
                    to.clone_from(&line);
                    script.rcpt
                }
                "DATA" => {
                    in_text = true;
                    Say::Line("354 go")
                }
                _ => Say::Line("250 ok"),
            }
        };
        match say {
            Say::Line(line) => writer.write_all(format!("{line}\r\n").as_bytes()).await?,
            Say::Close => return Ok(()),
        }
    }
    Ok(())
}
