//! A program of somebody else's that is told what happens.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// What it was told, and what it answers.
#[derive(Clone)]
pub struct Receiver {
    /// Where it listens.
    pub address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    status: Arc<Mutex<u16>>,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Its headers, names in small letters.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub body: String,
}

impl Heard {
    /// What it tells.
    pub fn event(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// Its body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Receiver {
    /// One that answers 200.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        let (heard, status) = (Arc::default(), Arc::new(Mutex::new(200)));
        let receiver = Self { address, heard, status };
        let own = receiver.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = vec![];
                let mut piece = vec![0; 4096];
                let (top, body) = loop {
                    let read = stream.read(&mut piece).await.unwrap();
                    bytes.extend_from_slice(&piece[..read]);
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let Some((top, body)) = text.split_once("\r\n\r\n") else { continue };
                    let length = top.lines().find_map(|line| {
                        line.to_lowercase().strip_prefix("content-length: ")?.parse().ok()
                    });
                    if body.len() >= length.unwrap_or(0) || read == 0 {
                        break (top.to_owned(), body.to_owned());
                    }
                };
                assert!(top.starts_with("POST /hook "), "{top}");
                let headers = top.lines().skip(1).filter_map(|line| line.split_once(": "));
                let headers =
                    headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
                own.heard.lock().unwrap().push(Heard { headers, body });
                let status = *own.status.lock().unwrap();
                let answer = format!("HTTP/1.1 {status} So\r\ncontent-length: 2\r\n\r\nso");
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        receiver
    }

    /// Answers with this status from now on.
    pub fn answer(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    /// Everything it was told, once that is at least so much.
    pub async fn heard(&self, least: usize) -> Vec<Heard> {
        for _ in 0..200 {
            let heard = self.heard.lock().unwrap().clone();
            if heard.len() >= least {
                return heard;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("only {:?} were told", self.heard.lock().unwrap());
    }
}
