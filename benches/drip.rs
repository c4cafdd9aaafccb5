//! Two thousand bodies that drip one byte a second, and what other readers notice of them.
//! `cargo bench --bench drip`
//!
//! Everybody comes from one network address, which is the worst case: a place that is taken
//! from a slow sender is not taken from a reader beside it only if quick forms need none.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const PROGRAM: &str = env!("CARGO_BIN_EXE_colloquy");
const DRIPPING: usize = 2000;
const READERS: usize = 4;
/// Each reader opens the form and sends it so often in a second: the machine is never busy with
/// them alone.
const FLOWS: u32 = 25;
const MEASURED: Duration = Duration::from_secs(20);

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["--data", data.to_str().unwrap()]).current_dir(data).stdin(Stdio::null());
    // All are on one address, and none of them takes its time.
    command.env("COLLOQUY_LIMITS__ADDRESS_FORMS", "0").env("COLLOQUY_LIMITS__FORM_SECONDS", "0");
    command
}

/// What happened to those who drip.
#[derive(Default)]
struct Drips {
    open: AtomicUsize,
    cut: AtomicUsize,
    over: AtomicBool,
}

/// One byte a second for as long as it is allowed, then again on a new connection.
async fn drip(port: u16, path: &str, drips: &Drips) {
    while !drips.over.load(Ordering::Relaxed) {
        let Ok(mut socket) = TcpStream::connect(("127.0.0.1", port)).await else {
            tokio::time::sleep(Duration::from_millis(200)).await;
            continue;
        };
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100000\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\na.q1="
        );
        drips.open.fetch_add(1, Ordering::Relaxed);
        let mut alive = socket.write_all(head.as_bytes()).await.is_ok();
        let mut answer = [0; 1024];
        while alive && !drips.over.load(Ordering::Relaxed) {
            let second = tokio::time::timeout(Duration::from_secs(1), socket.read(&mut answer));
            alive = second.await.is_err() && socket.write_all(b"x").await.is_ok();
        }
        drips.open.fetch_sub(1, Ordering::Relaxed);
        drips.cut.fetch_add(usize::from(!alive), Ordering::Relaxed);
    }
}

/// How long the form and the sending of it take, in milliseconds, sorted; and how many failed.
async fn read_and_send(port: u16, path: &str) -> (Vec<f64>, usize) {
    let url = format!("http://127.0.0.1:{port}{path}");
    let began = Instant::now();
    let readers = (0..READERS).map(async |reader| {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        let (mut took, mut failed, mut number) = (vec![], 0, 0);
        while began.elapsed() < MEASURED {
            // On a schedule that does not wait for slow answers.
            let due = Duration::from_secs(1) / FLOWS * number
                + Duration::from_millis(u64::try_from(reader).unwrap() * 10);
            tokio::time::sleep(due.saturating_sub(began.elapsed())).await;
            number += 1;
            let form = client.get(&url).send().await;
            let key = uuid::Uuid::new_v4().simple().to_string();
            let text = "意见很多，说来话长。".repeat(40);
            let fields = [("form_key", key.as_str()), ("a.q1", text.as_str())];
            let sent = client.post(&url).form(&fields).send().await;
            let well = form.is_ok_and(|form| form.status() == 200)
                && sent.is_ok_and(|sent| sent.status() == 303);
            failed += usize::from(!well);
            took.push(began.elapsed().saturating_sub(due).as_secs_f64() * 1000.0);
        }
        (took, failed)
    });
    let all = join_all(readers).await;
    let failed = all.iter().map(|(_, failed)| failed).sum();
    let mut took: Vec<f64> = all.into_iter().flat_map(|(took, _)| took).collect();
    took.sort_by(f64::total_cmp);
    (took, failed)
}

/// The time that so many of a hundred did not exceed.
fn at(took: &[f64], hundredth: usize) -> f64 {
    took[(took.len() - 1) * hundredth / 100]
}

fn row(what: &str, (took, failed): &(Vec<f64>, usize)) {
    println!(
        "| {what:<30} | {:>6} | {failed:>6} | {:>8.2} | {:>8.2} | {:>8.2} |",
        took.len(),
        at(took, 50),
        at(took, 99),
        at(took, 100)
    );
}

#[tokio::main]
async fn main() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let data = home.path();
    let said = String::from_utf8(command(data).arg("demo").output().unwrap().stdout).unwrap();
    let slug = said.split_once("/q/").unwrap().1.split_whitespace().next().unwrap();
    let path = format!("/q/{slug}");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let server = command(data).args(["--port", &port.to_string()]).stdout(Stdio::null()).spawn();
    let _server = Server(server.unwrap());
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    read_and_send(port, &path).await;
    let before = read_and_send(port, &path).await;
    let drips = Arc::new(Drips::default());
    for _ in 0..DRIPPING {
        let (drips, path) = (drips.clone(), path.clone());
        tokio::spawn(async move { drip(port, &path, &drips).await });
    }
    while drips.open.load(Ordering::Relaxed) < DRIPPING * 9 / 10 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let meanwhile = read_and_send(port, &path).await;
    let (open, cut) = (drips.open.load(Ordering::Relaxed), drips.cut.load(Ordering::Relaxed));
    drips.over.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let after = read_and_send(port, &path).await;

    println!("{READERS} readers, form and submission {FLOWS} times a second each, milliseconds\n");
    println!(
        "|                                |  flows | failed |   median |      p99 |  longest |"
    );
    println!(
        "| ------------------------------ | ------ | ------ | -------- | -------- | -------- |"
    );
    row("alone", &before);
    row(&format!("while {open} bodies drip"), &meanwhile);
    row("alone again", &after);
    println!("\n{cut} dripping connections were cut, and came again.");
    let alone = at(&before.0, 99).max(at(&after.0, 99));
    println!("p99 while they drip / alone: {:.2} (bar: 2)", at(&meanwhile.0, 99) / alone);
    assert_eq!(meanwhile.1, 0, "a reader was turned away");
}
