//! Kills the server in the middle of submissions and counts what it had acknowledged: nothing may
//! be lost, nothing may be there twice. Then weighs the server. `cargo bench --bench durability`
//!
//! The speed of the disk differs from machine to machine: beside the submissions stands how often
//! the same disk makes a small append durable, measured in the same run.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use colloquy::domain::Answer;
use colloquy::store::Store;
use colloquy::store::{questionnaires, responses};
use futures_util::future::join_all;

const PROGRAM: &str = env!("CARGO_BIN_EXE_colloquy");
const ROUNDS: usize = 5;
const SUBMISSIONS: usize = 2000;
const CLIENTS: usize = 16;

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: no handler runs, nothing is flushed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the server; also how long it took until the first answer.
async fn start(data: &Path, port: u16) -> (Server, Duration) {
    let began = Instant::now();
    let child = command(data)
        .args(["--port", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let server = Server { child, address: format!("http://127.0.0.1:{port}") };
    while reqwest::get(format!("{}/health", server.address)).await.is_err() {
        assert!(began.elapsed() < Duration::from_secs(30), "the server does not start");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    (server, began.elapsed())
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["--data", data.to_str().unwrap()]).current_dir(data).stdin(Stdio::null());
    // All clients are on one address, and none of them takes its time.
    command.env("COLLOQUY_LIMITS__ADDRESS_FORMS", "0").env("COLLOQUY_LIMITS__FORM_SECONDS", "0");
    command
}

/// Makes the example questionnaire; its slug.
fn questionnaire(data: &Path) -> String {
    let output = command(data).arg("demo").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let (_, after) = said.split_once("/q/").unwrap();
    after.split_whitespace().next().unwrap().to_owned()
}

/// Sends `form` until it is acknowledged, as a browser does that finds its connection broken.
async fn submit(client: &reqwest::Client, url: &str, key: &str, text: &str) -> usize {
    let began = Instant::now();
    let mut tries = 0;
    loop {
        tries += 1;
        let sent = client.post(url).form(&[("form_key", key), ("a.q1", text)]).send().await;
        if sent.is_ok_and(|answer| answer.status() == 303) {
            return tries;
        }
        assert!(began.elapsed() < Duration::from_mins(1), "a submission is never taken");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What the killed round acknowledged before the kill, and how fast.
struct Round {
    before_kill: usize,
    sent_again: usize,
    seconds: f64,
}

async fn round(number: usize, data: &Path, slug: &str, port: u16) -> Round {
    let (server, _) = start(data, port).await;
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    let url = format!("{}/q/{slug}", server.address);
    let next = AtomicUsize::new(0);
    let kept = AtomicUsize::new(0);
    let again = AtomicUsize::new(0);
    let killed = Arc::new(AtomicBool::new(false));
    let began = Instant::now();
    let clients = (0..CLIENTS).map(async |_| {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= SUBMISSIONS {
                break;
            }
            let key = uuid::Uuid::new_v4().simple().to_string();
            let text = format!("Submission {place} of round {number}: 意见很多，说来话长。");
            let tries = submit(&client, &url, &key, &text).await;
            again.fetch_add(tries - 1, Ordering::Relaxed);
            kept.fetch_add(1, Ordering::Relaxed);
        }
    });
    let kill = async {
        while kept.load(Ordering::Relaxed) < SUBMISSIONS / 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let before_kill = kept.load(Ordering::Relaxed);
        let half = began.elapsed();
        drop(server);
        killed.store(true, Ordering::Relaxed);
        let (server, _) = start(data, port).await;
        (before_kill, half, server)
    };
    let (_, (before_kill, half, server)) = tokio::join!(join_all(clients), kill);
    drop(server);
    assert!(killed.load(Ordering::Relaxed));
    let sent_again = again.load(Ordering::Relaxed);
    Round { before_kill, sent_again, seconds: half.as_secs_f64() / before_kill as f64 }
}

/// How many responses are there for each text.
async fn stored(data: &Path, slug: &str) -> BTreeMap<String, usize> {
    let url = format!("sqlite:{}", data.join("colloquy.db").display());
    let store = Store::open(&url, 2).await.unwrap();
    let slug = slug.parse().unwrap();
    let of = questionnaires::by_slug(store.read(), &slug).await.unwrap().unwrap();
    let mut texts = BTreeMap::new();
    for given in responses::all(store.read(), of.id).await.unwrap() {
        for (_, answer) in given.answers.values() {
            if let Answer::Open(text) = answer
                && text.starts_with("Submission ")
            {
                *texts.entry(text.clone()).or_default() += 1;
            }
        }
    }
    store.close().await.unwrap();
    texts
}

/// How many small appends the disk makes durable in a second.
fn appends(data: &Path) -> f64 {
    let mut file = File::create(data.join("appends")).unwrap();
    let began = Instant::now();
    let mut count = 0;
    while began.elapsed() < Duration::from_secs(2) {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    f64::from(count) / began.elapsed().as_secs_f64()
}

/// Resident memory of a process, in MB.
fn memory(server: &Server) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

fn row(what: &str, figure: &str, bar: &str) {
    println!("| {what:<52} | {figure:>14} | {bar:<12} |");
}

#[tokio::main]
async fn main() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let data = home.path();
    let slug = questionnaire(data);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);

    let mut rounds = vec![];
    for number in 0..ROUNDS {
        rounds.push(round(number, data, &slug, port).await);
    }
    let appends = appends(data);
    let stored = stored(data, &slug).await;
    let acknowledged = ROUNDS * SUBMISSIONS;
    let lost = acknowledged - stored.len();
    let twice: usize = stored.values().map(|count| count - 1).sum();
    let speed = rounds.iter().map(|round| 1.0 / round.seconds).sum::<f64>() / rounds.len() as f64;
    let before: usize = rounds.iter().map(|round| round.before_kill).sum();
    let again: usize = rounds.iter().map(|round| round.sent_again).sum();

    let mut starts = vec![];
    for _ in 0..5 {
        let (server, took) = start(data, port).await;
        drop(server);
        starts.push(took);
    }
    starts.sort();
    let (server, _) = start(data, port).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let idle = memory(&server);
    let size = std::fs::metadata(PROGRAM).unwrap().len() as f64 / 1e6;

    println!(
        "{SUBMISSIONS} submissions by {CLIENTS} clients, killed in the middle, {ROUNDS} times\n"
    );
    row("", "measured", "bar");
    row(&"-".repeat(52), &"-".repeat(14), &"-".repeat(12));
    row("acknowledged", &acknowledged.to_string(), "");
    row("  of them before the kill", &before.to_string(), "");
    row("sent again after a broken connection", &again.to_string(), "");
    row("acknowledged and lost", &lost.to_string(), "0");
    row("there twice", &twice.to_string(), "0");
    row("submissions in a second", &format!("{speed:.0}"), "");
    row("durable appends in a second, same disk, same run", &format!("{appends:.0}"), "reference");
    row("submissions for each durable append", &format!("{:.2}", speed / appends), "");
    row(
        "from start to first answer, median",
        &format!("{} ms", starts[2].as_millis()),
        "< 1000 ms",
    );
    row("  slowest of five", &format!("{} ms", starts[4].as_millis()), "< 1000 ms");
    row("memory when idle", &format!("{idle:.1} MB"), "< 40 MB");
    row("size of the program", &format!("{size:.1} MB"), "< 40 MB");
    assert_eq!((lost, twice), (0, 0), "an acknowledgement was not kept");
}
