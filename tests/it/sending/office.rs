//! An outbox that is shared with processes of the program, which are started, stopped and killed.
//! The bench of mail uses it too.
#![allow(dead_code, reason = "the tests and the bench use different parts")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use colloquy::domain::MessageId;
use colloquy::domain::status::{Delivery, Purpose};
use colloquy::store::Store;
use colloquy::store::outbox::{self, NewMessage};

const PROGRAM: &str = env!("CARGO_BIN_EXE_colloquy");

/// The outbox.
pub struct Office {
    pub store: Store,
    pub url: String,
    pub home: PathBuf,
}

impl Office {
    pub async fn open(home: &Path, url: &str) -> Self {
        let store = Store::open(url, 4).await.unwrap();
        Self { store, url: url.to_owned(), home: home.to_owned() }
    }

    /// Queues mails to as many different addresses, all due.
    pub async fn queue(&self, count: usize, purpose: Purpose, address: impl Fn(usize) -> String) {
        let now = Utc::now() - TimeDelta::seconds(1);
        let new: Vec<NewMessage> = (0..count)
            .map(|n| {
                let id = MessageId(uuid::Uuid::now_v7());
                NewMessage {
                    id,
                    idempotency_key: id.to_string(),
                    questionnaire: None,
                    invitation: None,
                    campaign: None,
                    purpose,
                    recipient: address(n),
                    language: "en".to_owned(),
                    subject: "Hello".to_owned(),
                    message_id: format!("<{id}@example.org>"),
                    raw: format!("Subject: Hello {n}\r\n\r\n{}", "A line of text.\r\n".repeat(200))
                        .into_bytes(),
                    at: now,
                    not_after: now + TimeDelta::hours(72),
                }
            })
            .collect();
        let tx = self.store.write().await.unwrap();
        assert_eq!(outbox::enqueue_all(&tx, new).await.unwrap(), u64::try_from(count).unwrap());
        tx.commit().await.unwrap();
    }

    pub async fn count(&self, state: Delivery) -> usize {
        usize::try_from(outbox::count(self.store.read(), state).await.unwrap()).unwrap()
    }

    /// How many have not come to an end.
    pub async fn left(&self) -> usize {
        let mut left = 0;
        for state in [Delivery::Queued, Delivery::Claimed, Delivery::InData] {
            left += self.count(state).await;
        }
        left
    }

    /// Returns when at most so many are left.
    pub async fn until_left(&self, most: usize) {
        let began = Instant::now();
        while self.left().await > most {
            assert!(began.elapsed() < Duration::from_mins(5), "the mails do not leave");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// A process that sends to `server` over eight connections, as fast as it can. One that is
    /// killed loses what it had after two seconds.
    pub fn worker(&self, server: &str, set: &[(&str, &str)]) -> Worker {
        self.worker_at(0, server, set)
    }

    /// The same, with its pages on a port.
    pub fn worker_at(&self, port: u16, server: &str, set: &[(&str, &str)]) -> Worker {
        let mut command = Command::new(PROGRAM);
        command
            .args(["--data", self.home.to_str().unwrap(), "--database", &self.url])
            .args(["--port", &port.to_string()])
            .current_dir(&self.home)
            .env("COLLOQUY_MAIL__URL", server)
            .env("COLLOQUY_MAIL__CONNECTIONS", "8")
            .env("COLLOQUY_MAIL__PER_SECOND", "0")
            .env("COLLOQUY_MAIL__PER_MINUTE", "0")
            .env("COLLOQUY_MAIL__LEASE_SECONDS", "2")
            .env("COLLOQUY_LOG__FILTER", "error")
            .envs(set.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        Worker(command.spawn().unwrap())
    }
}

/// A process; it is killed when this is dropped.
pub struct Worker(Child);

impl Worker {
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Asks it to stop as a service manager does; how long it took to.
    pub async fn stop(mut self) -> Duration {
        let began = Instant::now();
        let asked =
            Command::new("sh").args(["-c", &format!("kill -TERM {}", self.0.id())]).status();
        assert!(asked.unwrap().success());
        while self.0.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < Duration::from_secs(40), "it does not stop");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        began.elapsed()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // SIGKILL: no handler runs, nothing is flushed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
