//! What files of many answers cost: `cargo bench --bench exports`
//!
//! Fills a database with 100,000 responses to ten questions (`BENCH_RESPONSES` says another
//! number), starts the program on it, signs in, and fetches each file as a browser does: seconds
//! until the first and the last byte, megabytes a second, and how much memory the program takes
//! more, and how much of a processor's time. Beside it stands what does not depend on us, measured in the same run: reading the
//! database's file, and sending as many bytes through a socket. Disks and machines differ: only
//! the ratios count. At the end stand the bars, each with what was found.
//!
//! `BENCH_POSTGRES=postgres://…/NAME` (an empty database) measures on PostgreSQL instead;
//! `BENCH_FILES=responses.csv,results.xlsx` fetches these files instead of the usual ones.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use colloquy::acts::bring_article::bring_article;
use colloquy::acts::publish_questionnaire::publish_questionnaire;
use colloquy::acts::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use colloquy::acts::sign_in::{first_organizer, make_link};
use colloquy::app;
use colloquy::article::Format;
use colloquy::clock::Clock;
use colloquy::config::{Flags, Settings};
use colloquy::domain::kind::{
    Allocation, Chosen, Kind, Multiple, Number, Open, Scale, Shares, Single, Statements, Vote,
    Votes,
};
use colloquy::domain::question::Line;
use colloquy::domain::status::Standing;
use colloquy::domain::{Answer, ResponseId, Wording};
use colloquy::service::Service;
use colloquy::store::intake::Submission;
use colloquy::store::questionnaires::{self, Asked, Questionnaire};
use futures_util::future::join_all;

use bars::Bars;

mod bars;

const PROGRAM: &str = env!("CARGO_BIN_EXE_colloquy");

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

fn start(data: &Path, database: Option<&str>) -> Server {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Command::new(PROGRAM);
    command.args(["--data", data.to_str().unwrap(), "--port", &free.to_string()]);
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    command.current_dir(data).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let server = Server { child: command.spawn().unwrap(), address: format!("127.0.0.1:{free}") };
    let began = Instant::now();
    while TcpStream::connect(&server.address).is_err() {
        assert!(began.elapsed() < Duration::from_secs(30), "the server does not start");
        std::thread::sleep(Duration::from_millis(5));
    }
    server
}

/// Ten questions of eight kinds, four of them open.
fn questions() -> Vec<Wording> {
    let options = |texts: [&str; 4]| Line::numbered("o", texts);
    let open = |prompt: &str| Wording::new(prompt, Kind::Open(Open { long: true, most: None }));
    let statements = ["A stays.", "B goes.", "C comes.", "D is new.", "E is old.", "F is both."];
    let four = ["Red", "Green", "Blue", "Yellow"];
    vec![
        open("What comes next?"),
        open("What would you miss?"),
        open("What did we forget?"),
        open("In one word?"),
        Wording::new("Which one?", Kind::Single(Single { options: options(four), other: true })),
        Wording::new(
            "Which ones?",
            Kind::Multiple(Multiple { options: options(four), other: true }),
        ),
        Wording::new("How sure?", Kind::Scale(Scale { points: 7, ..Scale::default() })),
        Wording::new(
            "What do you think?",
            Kind::Statements(Statements {
                statements: Line::numbered("s", statements),
                ..Statements::default()
            }),
        ),
        Wording::new(
            "Where would you bet?",
            Kind::Allocation(Allocation { options: options(four), other: false, total: 100 }),
        ),
        Wording::new("How many?", Kind::Number(Number::default())),
    ]
}

/// Numbers that look random and are the same in each run (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn words(&mut self, bytes: usize) -> String {
        let mut text = String::new();
        while text.len() < bytes {
            match self.roll(12) {
                0 => text.push_str("“quoted”, "),
                1 => text.push_str("然后，"),
                2 => text.push_str("and so on\n"),
                n => {
                    text.push_str(&"something"[..3 + n as usize % 7]);
                    text.push(' ');
                }
            }
        }
        text
    }
}

fn answers(
    asked: &[Asked],
    dice: &mut Dice,
) -> BTreeMap<colloquy::domain::QuestionId, (colloquy::domain::WordingId, Answer)> {
    let options = |dice: &mut Dice| format!("o{}", 1 + dice.roll(4));
    let all = asked.iter().enumerate().map(|(place, asked)| {
        let answer = match place {
            0..3 => Answer::Open(dice.words(300)),
            3 => Answer::Open(dice.words(8)),
            4 => Answer::Single(Chosen { options: vec![options(dice)], other: None }),
            5 => Answer::Multiple(Chosen {
                options: vec!["o1".to_owned(), "o3".to_owned()],
                other: Some(dice.words(10)),
            }),
            6 => Answer::Scale(1 + dice.roll(7) as u8),
            7 => {
                let votes = (1..=6).map(|at| (format!("s{at}"), Vote::ALL[dice.roll(3) as usize]));
                Answer::Statements(Votes { votes: votes.collect(), own: Box::default() })
            }
            8 => {
                let points = [("o1".to_owned(), 30), ("o2".to_owned(), 70)];
                Answer::Allocation(Shares { points: points.into(), other: None })
            }
            _ => Answer::Number((dice.roll(5_000) as i32).into()),
        };
        (asked.id, (asked.wording_id, answer))
    });
    all.collect()
}

async fn fill(service: &Service, of: &Questionnaire, number: usize) {
    let asked = questionnaires::asked(service.store.read(), of.id).await.unwrap();
    let mut dice = Dice(1);
    let at = service.clock.now();
    for chunk in 0..number.div_ceil(1_000) {
        let here = 1_000.min(number - chunk * 1_000);
        let all: Vec<Submission> = (0..here)
            .map(|_| {
                let response = ResponseId(service.clock.random_name());
                Submission {
                    response,
                    questionnaire: of.id,
                    token_hash: response.to_string(),
                    language: "en".to_owned(),
                    example: false,
                    invitation: None,
                    at: at + chrono::TimeDelta::milliseconds(dice.roll(1_000_000) as i64),
                    standing: Standing::Counted,
                    extras: BTreeMap::new(),
                    answers: answers(&asked, &mut dice),
                    seal: None,
                }
            })
            .collect();
        for kept in join_all(all.into_iter().map(|new| service.intake.keep(new))).await {
            kept.unwrap();
        }
    }
}

async fn prepared(data: &Path, database: Option<&str>, number: usize) -> (String, String) {
    let settings = Settings::load(&Flags {
        data: Some(data.to_owned()),
        database: database.map(ToOwned::to_owned),
        ..Flags::default()
    })
    .unwrap();
    let (service, writer) = app::open(&settings, Clock::default()).await.unwrap();
    let organizer = first_organizer(&service).await.unwrap();
    let text = "# An article\n\nWhere will it go next?\n";
    let draft = bring_article(&service, organizer, text, Format::Markdown, false).await.unwrap();
    let questions = questions().into_iter().map(|wording| EditedQuestion {
        key: None,
        wording,
        passage: None,
        shown: vec![],
    });
    let edited = Edited {
        title: draft.title.clone(),
        introduction: String::new(),
        questions: questions.collect(),
        ..Edited::default()
    };
    let draft = save_questionnaire(&service, draft, edited).await.unwrap();
    let of = publish_questionnaire(&service, draft).await.unwrap().unwrap();
    fill(&service, &of, number).await;
    let link = make_link(&service, organizer).await.unwrap();
    let Service { store, intake, .. } = service;
    drop(intake);
    writer.await.unwrap();
    store.close().await.unwrap();
    let token = link.rsplit('/').next().unwrap().to_owned();
    (format!("/desk/q/{}", of.slug), format!("/sign-in/{token}"))
}

/// Asks, and reads the answer to its end without keeping it: its head, the bytes of its body, and
/// the seconds until the first and the last of them.
fn fetch(address: &str, request: &str) -> (String, u64, f64, f64) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(10))).unwrap();
    let began = Instant::now();
    stream.write_all(request.as_bytes()).unwrap();
    let (mut head, mut length, mut first) = (vec![], 0, 0.0);
    let mut piece = vec![0; 1 << 18];
    loop {
        let read = stream.read(&mut piece).unwrap();
        if read == 0 {
            break;
        }
        if first == 0.0 {
            first = began.elapsed().as_secs_f64();
            head.extend_from_slice(&piece[..read.min(4_096)]);
        }
        length += read as u64;
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let head = head.split("\r\n\r\n").next().unwrap().to_owned();
    let length = length - head.len() as u64 - 4;
    (head, length, first, began.elapsed().as_secs_f64())
}

fn memory(process: u32, which: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with(which)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

/// Seconds of a processor's time that a process has used.
fn processor(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// Seconds for reading a file from first to last byte.
fn reading(path: &Path) -> (f64, u64) {
    let (mut file, mut piece, mut all) = (fs::File::open(path).unwrap(), vec![0; 1 << 18], 0);
    let began = Instant::now();
    loop {
        let read = file.read(&mut piece).unwrap();
        if read == 0 {
            return (began.elapsed().as_secs_f64(), all);
        }
        all += read as u64;
    }
}

/// Seconds for sending so many bytes through a socket to ourselves.
fn sending(length: u64) -> f64 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let sender = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 256]).unwrap();
        let (piece, mut left) = (vec![b'x'; 1 << 18], length);
        while left > 0 {
            let here = left.min(piece.len() as u64);
            stream.write_all(&piece[..here as usize]).unwrap();
            left -= here;
        }
    });
    let began = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"go").unwrap();
    let mut piece = vec![0; 1 << 18];
    while stream.read(&mut piece).unwrap() > 0 {}
    sender.join().unwrap();
    began.elapsed().as_secs_f64()
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut bars = Bars::default();
    let number =
        std::env::var("BENCH_RESPONSES").ok().map_or(100_000, |number| number.parse().unwrap());
    let database = std::env::var("BENCH_POSTGRES").ok();
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    println!("filling in {number} responses to 10 questions …");
    let began = Instant::now();
    let (desk, sign_in) = prepared(home.path(), database.as_deref(), number).await;
    println!("filled in {:.0} s", began.elapsed().as_secs_f64());

    let server = start(home.path(), database.as_deref());
    let process = server.child.id();
    let host = format!("HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", server.address);
    let (head, ..) = fetch(
        &server.address,
        &format!("POST {sign_in} {host}Sec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n\r\n"),
    );
    let cookie = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let cookie = value.trim().split(';').next()?;
        name.eq_ignore_ascii_case("set-cookie").then(|| cookie.to_owned())
    });
    let cookie = cookie.unwrap();
    println!(
        "\n{:20} {:>8} {:>9} {:>8} {:>8} {:>8} {:>8} {:>9}",
        "file", "MB", "first, s", "all, s", "CPU, s", "MB/s", "more MB", "x socket"
    );
    let names = match std::env::var("BENCH_FILES") {
        Ok(names) => names.split(',').map(str::to_owned).collect(),
        Err(_) => {
            vec!["responses.csv".to_owned(), "responses.csv".to_owned(), "answers.csv".to_owned()]
        }
    };
    for (number, name) in names.into_iter().enumerate() {
        let (before, used) = (memory(process, "VmRSS"), processor(process));
        fs::write(format!("/proc/{process}/clear_refs"), "5").unwrap();
        let request = format!("GET {desk}/exports/{name} {host}Cookie: {cookie}\r\n\r\n");
        let (head, length, first, all) = fetch(&server.address, &request);
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        let more = memory(process, "VmHWM") - before;
        let megabytes = length as f64 / 1e6;
        println!(
            "{name:20} {megabytes:8.1} {first:9.2} {all:8.2} {:8.2} {:8.1} {more:8.1} {:9.1}",
            processor(process) - used,
            megabytes / all,
            all / sending(length)
        );
        let file =
            format!("{name}, {}", if number == 0 { "first of the process" } else { "later" });
        if name == "responses.csv" {
            bars.under(&format!("{file}: time"), "s", all, 3.0);
        }
        bars.under(&format!("{file}: more memory"), "MB", more, 50.0);
    }
    if database.is_none() {
        let (seconds, length) = reading(&home.path().join("colloquy.db"));
        let megabytes = length as f64 / 1e6;
        println!("{:20} {megabytes:8.1} {:>9} {seconds:8.2}", "the database's file", "");
    }
    bars.tell()
}
