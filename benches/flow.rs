//! What a respondent costs: opens the form, sends it, and it is on disk. `cargo bench --bench flow`
//!
//! Eight questions: five long open ones, two choices, one short text. Respondents are a closed
//! loop: each opens the form anew and sends it as soon as the last one was acknowledged. Beside
//! the flows stands what the same disk and the same database do bare, measured in the same run,
//! because a disk swings with whatever else it has to do: only the ratio counts.
//!
//! `BENCH_POSTGRES=postgres://…/NAME` (an empty database) measures on PostgreSQL instead of SQLite;
//! `BENCH_STORED=100000` stores so many responses before the form page is weighed again.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use colloquy::acts::bring_article::bring_article;
use colloquy::acts::publish_questionnaire::publish_questionnaire;
use colloquy::acts::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use colloquy::acts::sign_in::first_organizer;
use colloquy::article::Format;
use colloquy::clock::Clock;
use colloquy::config::{Flags, Settings};
use colloquy::domain::kind::{Kind, Open, Single};
use colloquy::domain::question::Line;
use colloquy::domain::status::Standing;
use colloquy::domain::{Answer, ResponseId, Wording};
use colloquy::service::Service;
use colloquy::store::intake::Submission;
use colloquy::store::questionnaires::{self, Questionnaire};
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

const PROGRAM: &str = env!("CARGO_BIN_EXE_colloquy");
const SECONDS: u64 = 5;

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(data: &Path, database: Option<&str>, port: u16) -> Server {
    let mut command = Command::new(PROGRAM);
    command.args(["--data", data.to_str().unwrap(), "--port", &port.to_string()]);
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    // These respondents are quick, and all at one address.
    for limit in ["FORM_SECONDS", "ADDRESS_FORMS", "LINK_FORMS"] {
        command.env(format!("COLLOQUY_LIMITS__{limit}"), "0");
    }
    command.current_dir(data).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let server = Server { child: command.spawn().unwrap(), address: format!("127.0.0.1:{port}") };
    let began = Instant::now();
    while TcpStream::connect(&server.address).is_err() {
        assert!(began.elapsed() < Duration::from_secs(30), "the server does not start");
        std::thread::sleep(Duration::from_millis(5));
    }
    server
}

/// A browser that keeps its connection.
struct Browser {
    address: String,
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Browser {
    fn at(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        Self { address: address.to_owned(), stream, buffer: vec![] }
    }

    /// Sends a request; its status, its head and its body.
    fn ask(&mut self, request: &str) -> (u16, String) {
        for _ in 0..2 {
            if self.stream.write_all(request.as_bytes()).is_ok()
                && let Some(answer) = self.read()
            {
                return answer;
            }
            // A connection that was idle for long is closed.
            *self = Self::at(&self.address.clone());
        }
        (0, String::new())
    }

    fn read(&mut self) -> Option<(u16, String)> {
        self.buffer.clear();
        let mut part = vec![0; 65536];
        loop {
            let read = self.stream.read(&mut part).ok().filter(|read| *read > 0)?;
            self.buffer.extend_from_slice(&part[..read]);
            let text = String::from_utf8_lossy(&self.buffer);
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>())
            });
            if body.len() >= length.map_or(0, Result::unwrap) {
                let status = head.split(' ').nth(1)?.parse().ok()?;
                return Some((status, text.into_owned()));
            }
        }
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let from = text.find(before).map_or(0, |at| at + before.len());
    let to = text[from..].find(after).map_or(text.len(), |at| from + at);
    &text[from..to]
}

/// One respondent's way: the form, then what was written; whether it was acknowledged.
fn flow(browser: &mut Browser, path: &str, number: u64) -> bool {
    let (status, page) =
        browser.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", browser.address));
    if status != 200 {
        return false;
    }
    let mut body = String::new();
    for name in ["form_key", "form_drawn", "form_wordings"] {
        let value = between(&page, &format!("name=\"{name}\" value=\""), "\"").replace(' ', "+");
        let _ = write!(body, "{name}={value}&");
    }
    for question in 1..=5 {
        let _ = write!(body, "a.q{question}=Respondent+{number}+");
        for word in 0..70 {
            let _ = write!(body, "word{}+", (number + word * question) % 977);
        }
        body.push('&');
    }
    let _ = write!(body, "a.q6=o1&a.q7=o2&a.q8=Short+text+{number}");
    let request = format!(
        "POST {path}?send HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        browser.address,
        body.len()
    );
    browser.ask(&request).0 == 303
}

/// CPU time of a process and its children so far, in milliseconds.
fn cpu(root: u32) -> f64 {
    let mut ticks = 0;
    let mut family = vec![root];
    let stats: Vec<(u32, u32, u64)> = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| {
            let pid: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
            let time = |at: usize| fields.get(at)?.parse::<u64>().ok();
            Some((pid, fields[1].parse().ok()?, time(11)? + time(12)?))
        })
        .collect();
    while let Some(pid) = family.pop() {
        ticks += stats.iter().find(|(of, ..)| *of == pid).map_or(0, |(_, _, time)| *time);
        family.extend(stats.iter().filter(|(_, parent, _)| *parent == pid).map(|(of, ..)| *of));
    }
    ticks as f64 * 10.0
}

/// Lets `respondents` answer for a while: flows a second, CPU milliseconds a flow, the slowest
/// hundredth of the flows in milliseconds, and how many were not acknowledged.
fn load(address: &str, path: &str, respondents: usize, processes: &[u32]) -> (f64, f64, f64, u64) {
    let stop = Arc::new(AtomicBool::new(false));
    let counted = Arc::new(AtomicBool::new(false));
    let refused = Arc::new(AtomicU64::new(0));
    let threads: Vec<_> = (0..respondents)
        .map(|place| {
            let (stop, counted, refused) = (stop.clone(), counted.clone(), refused.clone());
            let (address, path) = (address.to_owned(), path.to_owned());
            std::thread::spawn(move || {
                let mut browser = Browser::at(&address);
                let (mut number, mut times) = (place as u64 * 1_000_000, vec![]);
                while !stop.load(Ordering::Relaxed) {
                    let began = Instant::now();
                    number += 1;
                    if !flow(&mut browser, &path, number) {
                        refused.fetch_add(1, Ordering::Relaxed);
                    } else if counted.load(Ordering::Relaxed) {
                        times.push(began.elapsed());
                    }
                }
                times
            })
        })
        .collect();
    std::thread::sleep(Duration::from_secs(1));
    let before: f64 = processes.iter().map(|pid| cpu(*pid)).sum();
    counted.store(true, Ordering::Relaxed);
    let began = Instant::now();
    std::thread::sleep(Duration::from_secs(SECONDS));
    stop.store(true, Ordering::Relaxed);
    let took = began.elapsed().as_secs_f64();
    let after: f64 = processes.iter().map(|pid| cpu(*pid)).sum();
    let mut times: Vec<Duration> = threads.into_iter().flat_map(|t| t.join().unwrap()).collect();
    times.sort();
    let slow = times[(times.len() - 1) * 99 / 100].as_secs_f64() * 1000.0;
    let flows = times.len() as f64;
    (flows / took, (after - before) / flows, slow, refused.load(Ordering::Relaxed))
}

/// The form page alone: pages a second over 8 connections, CPU microseconds of the server each.
fn pages(address: &str, path: &str, process: u32) -> (f64, f64) {
    let stop = Arc::new(AtomicBool::new(false));
    let before = cpu(process);
    let began = Instant::now();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let (stop, address) = (stop.clone(), address.to_owned());
            let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
            std::thread::spawn(move || {
                let (mut browser, mut count) = (Browser::at(&address), 0_u64);
                while !stop.load(Ordering::Relaxed) {
                    assert_eq!(browser.ask(&request).0, 200);
                    count += 1;
                }
                count
            })
        })
        .collect();
    std::thread::sleep(Duration::from_secs(SECONDS));
    stop.store(true, Ordering::Relaxed);
    let count: u64 = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    let spent = cpu(process) - before;
    (count as f64 / began.elapsed().as_secs_f64(), spent * 1000.0 / count as f64)
}

/// How often the disk makes a small append durable, in a second.
fn appends(folder: &Path) -> f64 {
    let mut file = fs::File::create(folder.join("appends")).unwrap();
    let (began, mut count) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_secs(2) {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    f64::from(count) / began.elapsed().as_secs_f64()
}

/// How many rows of the same size go into a bare table in a second, each in a commit of its own.
async fn inserts(service: &Service) -> f64 {
    let tx = service.store.write().await.unwrap();
    tx.execute_unprepared("CREATE TABLE bare (text TEXT NOT NULL)").await.unwrap();
    tx.commit().await.unwrap();
    let text = "word ".repeat(600);
    let (began, mut count) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_secs(2) {
        let tx = service.store.write().await.unwrap();
        let insert = format!("INSERT INTO bare VALUES ('{text}')");
        tx.execute_raw(Statement::from_string(tx.get_database_backend(), insert)).await.unwrap();
        tx.commit().await.unwrap();
        count += 1;
    }
    let speed = f64::from(count) / began.elapsed().as_secs_f64();
    let tx = service.store.write().await.unwrap();
    tx.execute_unprepared("DROP TABLE bare").await.unwrap();
    tx.commit().await.unwrap();
    speed
}

async fn questionnaire(service: &Service) -> Questionnaire {
    let organizer = first_organizer(service).await.unwrap();
    let article = "# An article\n\nWhat do you think?\n";
    let draft = bring_article(service, organizer, article, Format::Markdown, false).await.unwrap();
    let open = |long| {
        Kind::Open(serde_json::from_value::<Open>(serde_json::json!({ "long": long })).unwrap())
    };
    let single = || {
        Kind::Single(Single { options: Line::numbered("o", ["One", "Two", "Three"]), other: false })
    };
    let kinds = [
        open(true),
        open(true),
        open(true),
        open(true),
        open(true),
        single(),
        single(),
        open(false),
    ];
    let asked = questionnaires::asked(service.store.read(), draft.id).await.unwrap();
    let questions = (1..).zip(kinds).map(|(number, kind)| EditedQuestion {
        key: (number == 1).then(|| "q1".to_owned()),
        wording: wording(&format!("What do you say to question {number}?"), &kind),
        passage: None,
        shown: vec![],
    });
    let edited = Edited {
        title: "A bench".to_owned(),
        questions: questions.collect(),
        // Only the first of what the article asks is reworded.
        off: asked.into_iter().skip(1).map(|asked| asked.key).collect(),
        ..Edited::default()
    };
    let saved = save_questionnaire(service, draft, edited).await.unwrap();
    publish_questionnaire(service, saved).await.unwrap().unwrap()
}

fn wording(prompt: &str, kind: &Kind) -> Wording {
    let mut value = serde_json::to_value(kind).unwrap();
    value["prompt"] = prompt.into();
    serde_json::from_value(value).unwrap()
}

/// Stores responses until there are `count`, as the intake does.
async fn store(service: &Service, of: &Questionnaire, count: u64) {
    let asked = questionnaires::asked(service.store.read(), of.id).await.unwrap();
    let present = colloquy::store::responses::count(service.store.read(), of.id).await.unwrap();
    let mut number = present;
    while number < count {
        let some = (0..640.min(count - number)).map(|_| {
            let response = ResponseId(service.clock.random_name());
            let answers: BTreeMap<_, _> = asked
                .iter()
                .take(5)
                .map(|asked| (asked.id, (asked.wording_id, Answer::Open("word ".repeat(80)))))
                .collect();
            service.intake.keep(Submission {
                response,
                questionnaire: of.id,
                token_hash: response.to_string(),
                language: "en".to_owned(),
                example: false,
                invitation: None,
                at: service.clock.now(),
                standing: Standing::Counted,
                extras: BTreeMap::new(),
                seal: None,
                answers,
            })
        });
        for kept in join_all(some).await {
            kept.unwrap();
            number += 1;
        }
    }
}

/// The process that all of PostgreSQL's processes are children of.
async fn postmaster(service: &Service) -> Option<u32> {
    let db = service.store.read();
    if db.get_database_backend() != DbBackend::Postgres {
        return None;
    }
    let query = Statement::from_string(DbBackend::Postgres, "SELECT pg_backend_pid() AS pid");
    let pid: i32 = db.query_one_raw(query).await.unwrap().unwrap().try_get("", "pid").unwrap();
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:")?.trim().parse().ok())
}

#[tokio::main]
async fn main() {
    let home = tempfile::tempdir().unwrap();
    let database = std::env::var("BENCH_POSTGRES").ok();
    let flags = Flags {
        data: Some(home.path().to_owned()),
        database: database.clone(),
        ..Flags::default()
    };
    let settings = Settings::load(&flags).unwrap();
    let (service, _writer) = colloquy::app::open(&settings, Clock::default()).await.unwrap();
    let of = questionnaire(&service).await;
    let path = format!("/q/{}", of.slug);
    let server = start(home.path(), database.as_deref(), 8461);
    let mut processes = vec![server.child.id()];
    processes.extend(postmaster(&service).await);
    let name = if processes.len() > 1 { "PostgreSQL" } else { "SQLite" };
    println!("{name}: form page and stored submission, 5 long texts, 2 choices, 1 short text");
    println!("durable appends of 4 KiB to this disk: {:.0}/s", appends(home.path()));
    println!("bare inserts of 3 KB, a commit each:   {:.0}/s", inserts(&service).await);
    let (bare, cost) = pages(&server.address, &path, processes[0]);
    println!("form page: {bare:.0}/s, {cost:.0} µs of CPU each, with no response stored");
    println!("respondents    flows/s   CPU ms/flow   p99 ms   not acknowledged");
    for respondents in [1, 8, 32, 200] {
        let (speed, spent, slow, refused) = load(&server.address, &path, respondents, &processes);
        println!("{respondents:>11} {speed:>10.0} {spent:>13.3} {slow:>8.1} {refused:>18}");
    }
    println!("durable appends of 4 KiB to this disk: {:.0}/s", appends(home.path()));
    println!("bare inserts of 3 KB, a commit each:   {:.0}/s", inserts(&service).await);
    let stored = std::env::var("BENCH_STORED").ok().and_then(|count| count.parse().ok());
    store(&service, &of, stored.unwrap_or(0)).await;
    let count = colloquy::store::responses::count(service.store.read(), of.id).await.unwrap();
    let (full, cost) = pages(&server.address, &path, processes[0]);
    println!("form page: {full:.0}/s, {cost:.0} µs of CPU each, with {count} responses stored");
}
