//! What results of a hundred thousand responses cost. `cargo bench --bench results`
//!
//! Ten questions, three of them open, about 1.1 kB of answers a response; one in eight is Chinese.
//! The responses are written straight into the tables; then the program is started, an organizer
//! signs in, and what she waits for is measured. Beside it stands what the same machine does in
//! the same run with the same database: only the ratio counts.
//!
//! At the end stand the bars, each with what was found. They are for 100,000 responses.
//!
//! `BENCH_RESPONSES=10000` takes fewer, `BENCH_POSTGRES=postgres://…/NAME` (an empty database)
//! measures on PostgreSQL instead of SQLite, `BENCH_PROGRAM=…` another build of the program.
#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use colloquy::acts::bring_article::bring_article;
use colloquy::acts::publish_questionnaire::publish_questionnaire;
use colloquy::acts::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use colloquy::acts::sign_in::{first_organizer, make_link};
use colloquy::article::Format;
use colloquy::clock::Clock;
use colloquy::config::{Flags, Settings};
use colloquy::domain::status::Standing;
use colloquy::domain::{Answer, ResponseId};
use colloquy::service::Service;
use colloquy::store::entity::{answer, response, revision};
use colloquy::store::questionnaires::{self, Asked, Questionnaire};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, Set, Statement};
use serde_json::json;

use bars::Bars;

mod bars;

const PORT: u16 = 8463;
const VIEWERS: usize = 50;

// --- the questionnaire and what is answered

fn kinds() -> Vec<serde_json::Value> {
    let lines = |prefix: &str, count: usize| -> Vec<_> {
        let line = |at| json!({ "key": format!("{prefix}{at}"), "text": format!("Line {at}") });
        (1..=count).map(line).collect()
    };
    vec![
        json!({ "kind": "open", "long": true }),
        json!({ "kind": "open", "long": true }),
        json!({ "kind": "open", "long": true }),
        json!({ "kind": "single", "options": lines("o", 5), "other": false }),
        json!({ "kind": "multiple", "options": lines("o", 6), "other": false }),
        json!({ "kind": "scale", "points": 7, "low": "never", "high": "always" }),
        json!({ "kind": "statements", "statements": lines("s", 12) }),
        json!({ "kind": "ranking", "options": lines("o", 4) }),
        json!({ "kind": "allocation", "options": lines("o", 4), "other": false, "total": 100 }),
        json!({ "kind": "number", "whole": true, "unit": "hours" }),
    ]
}

async fn questionnaire(service: &Service) -> Questionnaire {
    let organizer = first_organizer(service).await.unwrap();
    let article = "# An article\n\nWhat do you think?\n";
    let draft = bring_article(service, organizer, article, Format::Markdown, false).await.unwrap();
    let asked = questionnaires::asked(service.store.read(), draft.id).await.unwrap();
    let questions = (1..).zip(kinds()).map(|(number, mut kind)| {
        kind["prompt"] = format!("What do you say to question {number}?").into();
        EditedQuestion {
            key: (number == 1).then(|| "q1".to_owned()),
            wording: serde_json::from_value(kind).unwrap(),
            passage: None,
            shown: vec![],
        }
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

/// A small generator of our own (SplitMix64): the same answers in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(u64::try_from(words.len()).unwrap())).unwrap()]
    }
}

const WHO: &[&str] = &["My doctor", "A teacher", "The city", "My café", "A judge", "The bank"];
const DOES: &[&str] = &["should explain", "never tells me", "decides alone about", "forgets"];
const WHAT: &[&str] = &[
    "why a model was trusted with the diagnosis",
    "what happens to the personal data of the children",
    "how many jobs go to machines in the next years",
    "which neighbours may build higher than the trees",
    "whether the bus comes in the evening",
    "the price of heating for those who rent",
];
const WHY: &[&str] = &["because nobody asks us", "and that is unfair", "which worries me a lot"];
const ZH: &[&str] = &[
    "我担心数据的隐私，没有人问过我们。",
    "模型应该先在小城市里试用一年。",
    "学校里的老师需要更多时间，而不是更多屏幕。",
    "公共交通比新的停车场更重要。",
    "医生要能解释为什么相信机器的判断。",
];

fn text(chance: &mut Chance, chinese: bool) -> String {
    let mut text = String::new();
    for _ in 0..2 + chance.below(2) {
        if chinese {
            text.push_str(chance.of(ZH));
        } else {
            let (who, does) = (chance.of(WHO), chance.of(DOES));
            let (what, why) = (chance.of(WHAT), chance.of(WHY));
            let _ = write!(text, "{who} {does} {what} {why}, {} times. ", chance.below(1000));
        }
    }
    text
}

fn answers(chance: &mut Chance, chinese: bool) -> Vec<Answer> {
    let value = |json| serde_json::from_value::<Answer>(json).unwrap();
    let mut all: Vec<Answer> = vec![];
    all.extend((0..3).map(|_| Answer::Open(text(chance, chinese))));
    all.push(value(json!({ "single": { "options": [format!("o{}", 1 + chance.below(5))] } })));
    let some: Vec<_> =
        (1..=6).filter(|_| chance.below(3) == 0).map(|at| format!("o{at}")).collect();
    all.push(value(json!({ "multiple": { "options": some } })));
    all.push(value(json!({ "scale": 1 + chance.below(7) })));
    let camp = chance.below(2);
    let votes: BTreeMap<_, _> = (1..=12)
        .filter_map(|at| {
            let lean = if at % 2 == camp {
                ["agree", "agree", "pass"]
            } else {
                ["disagree", "agree", "disagree"]
            };
            (chance.below(4) > 0).then(|| (format!("s{at}"), chance.of(&lean)))
        })
        .collect();
    all.push(value(json!({ "statements": votes })));
    let first = 1 + chance.below(4);
    let order: Vec<_> = (0..4).map(|at| format!("o{}", 1 + (first + at) % 4)).collect();
    all.push(value(json!({ "ranking": order })));
    let share = 5 * chance.below(10);
    let points = json!({ "o1": share, "o2": 50 - share, "o3": 25, "o4": 25 });
    all.push(value(json!({ "allocation": { "points": points } })));
    all.push(value(json!({ "number": chance.below(80).to_string() })));
    all
}

/// Writes responses into the tables, by id, as they lie there; the bytes of their answers.
async fn fill(service: &Service, of: &Questionnaire, asked: &[Asked], count: usize) -> usize {
    let mut ids: Vec<_> = (0..count).map(|_| ResponseId(service.clock.random_name())).collect();
    ids.sort();
    let mut chance = Chance(4);
    let begin: DateTime<Utc> = service.clock.now() - TimeDelta::days(20);
    let mut bytes = 0;
    for some in ids.chunks(1000) {
        let tx = service.store.write().await.unwrap();
        let (mut responses, mut revisions, mut given) = (vec![], vec![], vec![]);
        for id in some {
            let at = begin + TimeDelta::seconds(i64::try_from(chance.below(1_700_000)).unwrap());
            let chinese = chance.below(8) == 0;
            responses.push(response::ActiveModel {
                id: Set(*id),
                questionnaire_id: Set(of.id),
                token_hash: Set(id.to_string()),
                revision: Set(1),
                content_hash: Set(String::new()),
                language: Set(if chinese { "zh" } else { "en" }.to_owned()),
                example: Set(false),
                created_at: Set(at),
                updated_at: Set(at),
                standing: Set(Standing::Counted),
                extras: Set("{}".to_owned()),
            });
            revisions.push(revision::ActiveModel {
                response_id: Set(*id),
                number: Set(1),
                questionnaire_id: Set(of.id),
                content_hash: Set(String::new()),
                submitted_at: Set(at),
            });
            for (asked, answer) in asked.iter().zip(answers(&mut chance, chinese)) {
                let value = serde_json::to_string(&answer).unwrap();
                bytes += value.len();
                given.push(answer::ActiveModel {
                    response_id: Set(*id),
                    revision: Set(1),
                    question_id: Set(asked.id),
                    questionnaire_id: Set(of.id),
                    wording_id: Set(asked.wording_id),
                    value: Set(value),
                });
            }
        }
        response::Entity::insert_many(responses).exec_without_returning(&tx).await.unwrap();
        revision::Entity::insert_many(revisions).exec_without_returning(&tx).await.unwrap();
        while !given.is_empty() {
            let part: Vec<_> = given.drain(..given.len().min(5000)).collect();
            answer::Entity::insert_many(part).exec_without_returning(&tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    bytes
}

// --- the program and those who ask it

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(data: &Path, database: Option<&str>) -> Server {
    let program = std::env::var("BENCH_PROGRAM");
    let program = program.unwrap_or_else(|_| env!("CARGO_BIN_EXE_colloquy").to_owned());
    let mut command = Command::new(program);
    command.args(["--data", data.to_str().unwrap(), "--port", &PORT.to_string()]);
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    // One address, and nobody takes their time.
    for limit in ["FORM_SECONDS", "ADDRESS_FORMS", "LINK_FORMS"] {
        command.env(format!("COLLOQUY_LIMITS__{limit}"), "0");
    }
    command.current_dir(data).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let server = Server(command.spawn().unwrap());
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", PORT)).is_err() {
        assert!(began.elapsed() < Duration::from_secs(30), "the server does not start");
        std::thread::sleep(Duration::from_millis(5));
    }
    server
}

struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
    first: Duration,
    whole: Duration,
}

/// One request on a connection of its own; when the first byte came, and when the last.
fn ask(method: &str, path: &str, cookie: &str, more: &str, body: &str) -> Reply {
    let mut stream = TcpStream::connect(("127.0.0.1", PORT)).unwrap();
    stream.set_nodelay(true).unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nConnection: close\r\nCookie: {cookie}\r\n\
         Sec-Fetch-Site: same-origin\r\n{more}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let began = Instant::now();
    stream.write_all(request.as_bytes()).unwrap();
    let mut all = vec![0; 1];
    stream.read_exact(&mut all).unwrap();
    let first = began.elapsed();
    stream.read_to_end(&mut all).unwrap();
    let whole = began.elapsed();
    let cut = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&all[..cut]).into_owned();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, head, body: all.split_off(cut + 4), first, whole }
}

fn get(path: &str, cookie: &str) -> Reply {
    let reply = ask("GET", path, cookie, "", "");
    assert_eq!(reply.status, 200, "{path}: {}", reply.head);
    reply
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// Opens the form, and sends it when told: how long it takes to be acknowledged.
fn send(path: &str) -> Duration {
    let page = String::from_utf8_lossy(&get(path, "").body).into_owned();
    let mut body = String::new();
    for name in ["form_key", "form_drawn", "form_wordings"] {
        let from = format!("name=\"{name}\" value=\"");
        let value = &page[page.find(&from).unwrap() + from.len()..];
        let _ = write!(body, "{name}={}&", value[..value.find('"').unwrap()].replace(' ', "+"));
    }
    body.push_str("a.q1=A+new+answer+about+trees&a.q4=o2&a.q6=3");
    let reply = ask("POST", &format!("{path}?send"), "", FORM, &body);
    assert_eq!(reply.status, 303, "{}", reply.head);
    reply.whole
}

/// A page that is kept open: tells how many responses each event speaks of, and when it came.
fn view(path: &str, cookie: &str) -> mpsc::Receiver<(u64, u64, Instant)> {
    let (tell, told) = mpsc::channel();
    let mut stream = TcpStream::connect(("127.0.0.1", PORT)).unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nAccept-Encoding: br\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { return };
            let Some(data) = line.strip_prefix("data: ") else { continue };
            let news: serde_json::Value = serde_json::from_str(data).unwrap();
            let number = |name: &str| news[name].as_u64().unwrap();
            if tell.send((number("responses"), number("newer"), Instant::now())).is_err() {
                return;
            }
        }
    });
    told
}

fn memory(server: &Server, what: &str) -> u32 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.0.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap();
    line.trim_end_matches("kB").trim_matches([':', '\t', ' ']).parse::<u32>().unwrap() / 1024
}

/// Says what the program takes, and the most it took, in MB, which is given back.
fn weigh(server: &Server) -> u32 {
    let (now, most) = (memory(server, "VmRSS"), memory(server, "VmHWM"));
    println!("memory now: {now} MB, at most {most} MB");
    most
}

fn cpu(server: &Server) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{}/stat", server.0.id())).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The middle one and the slowest hundredth, in milliseconds.
fn middle(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort();
    (ms(times[times.len() / 2]), ms(times[(times.len() - 1) * 99 / 100]))
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut bars = Bars::default();
    let home = tempfile::tempdir().unwrap();
    let database = std::env::var("BENCH_POSTGRES").ok();
    let count = std::env::var("BENCH_RESPONSES").map_or(100_000, |count| count.parse().unwrap());
    let flags = Flags {
        data: Some(home.path().to_owned()),
        database: database.clone(),
        ..Flags::default()
    };
    let settings = Settings::load(&flags).unwrap();
    let (service, _writer) = colloquy::app::open(&settings, Clock::default()).await.unwrap();
    let of = questionnaire(&service).await;
    let asked = questionnaires::asked(service.store.read(), of.id).await.unwrap();
    let began = Instant::now();
    let bytes = fill(&service, &of, &asked, count).await;
    println!(
        "{count} responses to {} questions, {} bytes of answers each; written in {:.0} s",
        asked.len(),
        bytes / count.max(1),
        began.elapsed().as_secs_f64()
    );
    let organizer = first_organizer(&service).await.unwrap();
    let link = make_link(&service, organizer).await.unwrap();
    let (_, token) = link.rsplit_once('/').unwrap();
    let (form, desk) = (format!("/q/{}", of.slug), format!("/desk/q/{}", of.slug));
    // What stands still beside it: the database's own look at every answer.
    let db = service.store.read();
    let query = "SELECT sum(length(value)) FROM answer";
    let statement = || Statement::from_string(db.get_database_backend(), query);
    db.query_one_raw(statement()).await.unwrap();
    let began = Instant::now();
    db.query_one_raw(statement()).await.unwrap();
    let still = began.elapsed();
    println!("the database adds up the length of all answers in {:.0} ms", ms(still));

    let server = start(home.path(), database.as_deref());
    let signed = ask("POST", &format!("/sign-in/{token}"), "", FORM, "");
    let cookie = signed.head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    let cookie = cookie.unwrap().split(';').next().unwrap().to_owned();
    let results = format!("{desk}/insight");
    println!("memory before: {} MB", memory(&server, "VmRSS"));
    let cold = get(&results, &cookie);
    println!(
        "first look: {:.2} s ({:.1} times the adding up), {} kB of page, memory {} MB",
        cold.first.as_secs_f64(),
        cold.first.as_secs_f64() / still.as_secs_f64(),
        cold.body.len() / 1024,
        memory(&server, "VmRSS"),
    );

    // Readers send their forms while themes and groups are being made beside.
    let watching = view(&format!("{results}/live"), &cookie);
    let began = Instant::now();
    let (mut meanwhile, mut made) = (vec![], false);
    while !made && began.elapsed() < Duration::from_mins(5) {
        meanwhile.push(send(&form));
        made = watching.try_iter().any(|(responses, newer, _)| newer < responses);
    }
    println!("themes and groups after {:.1} s", began.elapsed().as_secs_f64());
    drop(watching);
    std::thread::sleep(Duration::from_secs(3));
    let alone = (0..100).map(|_| send(&form)).collect();
    let ((m50, m99), (a50, a99)) = (middle(meanwhile), middle(alone));
    println!(
        "a form is acknowledged in {m50:.1} ms (p99 {m99:.1}) meanwhile, {a50:.1} ms (p99 {a99:.1}) after"
    );
    get(&results, &cookie);
    weigh(&server);

    let warm = || {
        let (mut first, mut whole) = (vec![], vec![]);
        for _ in 0..100 {
            let reply = get(&results, &cookie);
            first.push(reply.first);
            whole.push(reply.whole);
        }
        (middle(first), middle(whole))
    };
    warm();
    let ((f50, f99), (w50, w99)) = warm();
    println!("warm first byte: {f50:.1} ms (p99 {f99:.1}), whole page {w50:.1} ms (p99 {w99:.1})");
    bars.under("first byte of the results page, warm", "ms", f50, 50.0);
    let viewers: Vec<_> = (0..VIEWERS).map(|_| view(&format!("{results}/live"), &cookie)).collect();
    std::thread::sleep(Duration::from_secs(2));
    let ((f50, f99), (w50, w99)) = warm();
    println!(
        "with {VIEWERS} viewers: {f50:.1} ms (p99 {f99:.1}), whole page {w50:.1} ms (p99 {w99:.1})"
    );
    bars.under(&format!("the same with {VIEWERS} viewers"), "ms", f50, 50.0);
    let (before, began) = (cpu(&server), Instant::now());
    std::thread::sleep(Duration::from_secs(5));
    let share = cpu(&server).saturating_sub(before).as_secs_f64() / began.elapsed().as_secs_f64();
    println!("{VIEWERS} viewers while nothing happens: {:.1} % of a core", share * 100.0);
    let (mut events, mut pages) = (vec![], vec![]);
    for _ in 0..10 {
        let last: Vec<u64> =
            viewers.iter().map(|v| v.try_iter().last().map_or(0, |n| n.0)).collect();
        let known = last.into_iter().max().unwrap_or(0);
        send(&form);
        let sent = Instant::now();
        for viewer in &viewers {
            let news = std::iter::from_fn(|| viewer.recv_timeout(Duration::from_secs(10)).ok());
            let at = news.into_iter().find(|(responses, ..)| *responses > known).unwrap().2;
            events.push(at.saturating_duration_since(sent));
        }
        pages.push(get(&results, &cookie).first);
        std::thread::sleep(Duration::from_millis(370));
    }
    let ((e50, e99), (p50, p99)) = (middle(events), middle(pages));
    println!("from an acknowledged answer to the event: {e50:.0} ms (p99 {e99:.0})");
    bars.under("from an acknowledged answer to the event, p99", "ms", e99, 2_000.0);
    println!("the page drawn anew after it: {p50:.0} ms (p99 {p99:.0})");
    weigh(&server);
    drop(viewers);
    for (what, query) in [
        ("trees", "trees"),
        ("隐私", "%E9%9A%90%E7%A7%81"),
        ("cafe", "cafe"),
        ("(nothing)", "zzzz"),
    ] {
        let path = format!("{desk}/responses?q={query}");
        get(&path, &cookie);
        let (s50, s99) = middle((0..10).map(|_| get(&path, &cookie).whole).collect());
        println!("search for {what}: {s50:.0} ms (slowest {s99:.0})");
    }
    weigh(&server);
    // The export of all answers, where there is one.
    let export = ask("GET", &format!("{desk}/exports/responses.csv"), &cookie, "", "");
    if export.status == 200 {
        println!(
            "CSV: {} MB in {:.2} s ({:.1} times the adding up)",
            export.body.len() >> 20,
            export.whole.as_secs_f64(),
            export.whole.as_secs_f64() / still.as_secs_f64()
        );
        bars.under("CSV of all responses", "s", export.whole.as_secs_f64(), 3.0);
    }
    let most = weigh(&server);
    bars.under("memory, themes and export included, at any time", "MB", f64::from(most), 300.0);
    bars.tell()
}
