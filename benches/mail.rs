//! What the outbox can do, and what it keeps when processes are killed.
//!
//! `cargo bench --bench mail` runs all of it; `-- speed`, `-- relay`, `-- click`, `-- kill`, `-- stop`,
//! `-- share`, `-- hang` or `-- restart` one part. Speed needs Debian's `postfix` package for
//! `smtp-sink` and `smtp-source`, the relay is its Postfix (as root). With
//! `TEST_POSTGRES=postgres://…` all but the last two are measured there too.
//!
//! Disks and machines differ: beside our figures stands what `smtp-source` reaches, and how often
//! the same disk makes a small append durable, in the same run.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    reason = "a measurement may fail loudly, prints what it measured, and takes the time"
)]

use std::fs::File;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use colloquy::acts::add_contacts::add_contacts;
use colloquy::acts::bring_example::bring_example;
use colloquy::acts::plan_campaign::begin_campaign;
use colloquy::acts::sign_in;
use colloquy::clock::Clock;
use colloquy::config::{Flags, Settings};
use colloquy::domain::campaign::Aim;
use colloquy::domain::status::{Delivery, Purpose};
use colloquy::domain::{MessageId, QuestionnaireId};
use colloquy::store::{organizers, outbox};

use self::office::Office;
use self::postfix::Postfix;
use self::server::{Script, Server, serve};

#[path = "../tests/it/sending/office.rs"]
mod office;
#[path = "../tests/it/inbound/postfix.rs"]
mod postfix;
#[path = "../src/jobs/tests/server.rs"]
mod server;

const RECIPIENTS: usize = 10_000;
const CONNECTIONS: usize = 8;

fn row(what: &str, figure: &str, bar: &str) {
    println!("| {what:<58} | {figure:>16} | {bar:<14} |");
}

fn name(postgres: Option<&str>) -> &'static str {
    if postgres.is_some() { "PostgreSQL" } else { "SQLite" }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn head(what: &str) {
    println!("\n{what}\n");
    row("", "measured", "bar");
    row(&"-".repeat(58), &"-".repeat(16), &"-".repeat(14));
}

/// The address of an empty database: a file in `home`, or one of the PostgreSQL that is named.
async fn database(home: &Path, postgres: Option<&str>) -> String {
    use sea_orm::ConnectionTrait as _;
    let Some(server) = postgres else {
        return format!("sqlite:{}", home.join("colloquy.db").display());
    };
    let name = format!("bench_{}", uuid::Uuid::new_v4().simple());
    let db = sea_orm::Database::connect(server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE template0")).await.unwrap();
    db.close().await.unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

/// A process that ends with this.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program(name: &str) -> Option<Command> {
    let places = ["/usr/sbin", "/usr/bin", "/usr/local/sbin"];
    let path = places.iter().map(|place| Path::new(place).join(name)).find(|path| path.exists());
    path.map(Command::new)
}

/// A sink that takes everything, and its port.
fn sink() -> Option<(Running, u16)> {
    let port = free_port();
    let mut command = program("smtp-sink")?;
    let who = Command::new("id").arg("-u").output().unwrap();
    if who.stdout.starts_with(b"0\n") {
        command.args(["-u", "nobody"]);
    }
    command.args([&format!("127.0.0.1:{port}"), "1024"]).stdout(Stdio::null());
    let running = Running(command.spawn().unwrap());
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(began.elapsed() < Duration::from_secs(5), "smtp-sink does not start");
        std::thread::sleep(Duration::from_millis(10));
    }
    Some((running, port))
}

/// Mails a second of `smtp-source`, over kept connections.
fn source(port: u16, length: usize) -> f64 {
    let began = Instant::now();
    let done = program("smtp-source")
        .unwrap()
        .args(["-d", "-s", &CONNECTIONS.to_string(), "-m", &RECIPIENTS.to_string()])
        .args(["-l", &length.to_string(), "-f", "a@example.org", "-t", "b@example.org"])
        .arg(format!("127.0.0.1:{port}"))
        .status();
    assert!(done.unwrap().success());
    RECIPIENTS as f64 / began.elapsed().as_secs_f64()
}

/// How many small appends the disk makes durable in a second.
fn appends(home: &Path) -> f64 {
    let mut file = File::create(home.join("appends")).unwrap();
    let (began, mut count) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_secs(1) {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    f64::from(count) / began.elapsed().as_secs_f64()
}

/// A line of `/proc/PID/status` in MB, and the CPU seconds that the process has used.
fn weight(pid: u32) -> (f64, f64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    let peak = line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: f64 = fields.iter().skip(11).take(2).map(|n| n.parse::<f64>().unwrap()).sum();
    (peak, ticks / 100.0)
}

/// What was planned.
struct Planned {
    took: Duration,
    questionnaire: QuestionnaireId,
    /// How long one mail is, in bytes.
    length: usize,
}

/// Plans invitations to so many recipients.
async fn plan(home: &Path, url: &str, recipients: usize) -> Planned {
    let flags = Flags {
        data: Some(home.to_owned()),
        database: Some(url.to_owned()),
        public_url: Some("https://colloquy.example.org".to_owned()),
        ..Flags::default()
    };
    let settings = Settings::load(&flags).unwrap();
    let (service, _writer) = colloquy::app::open(&settings, Clock::default()).await.unwrap();
    let id = sign_in::first_organizer(&service).await.unwrap();
    let questionnaire = bring_example(&service, id).await.unwrap();
    let organizer = organizers::first(service.store.read()).await.unwrap().unwrap();
    let list: Vec<String> = (0..recipients)
        .map(|n| format!("Reader {n} <reader{n}@domain{}.example>", n % 500))
        .collect();
    add_contacts(&service, id, &list.join("\n"), "en", "bench").await.unwrap();
    let began = Instant::now();
    let queued =
        begin_campaign(&service, &organizer, &questionnaire, Aim::Invite).await.unwrap().unwrap();
    let took = began.elapsed();
    assert_eq!(queued.mails, recipients);
    let db = service.store.read();
    let lines = outbox::of_questionnaire(db, questionnaire.id).await.unwrap();
    let raw = outbox::raw::of(db, lines.first().unwrap().id).await.unwrap().unwrap();
    service.store.clone().close().await.unwrap();
    Planned { took, questionnaire: questionnaire.id, length: raw.len() }
}

/// How fast all mails leave to this server, by a process that is then stopped.
struct Sent {
    rate: f64,
    peak: f64,
    cpu: f64,
    stopped: Duration,
}

async fn send(office: &Office, url: &str, of: QuestionnaireId, mails: usize) -> Sent {
    let worker = office.worker(url, &[]);
    office.until_left(mails - 1).await;
    let (began, first) = (Clock::default().now(), office.left().await);
    // Seldom: to count them all is work for a machine that has other things to do. When the last
    // one left, it says itself.
    while office.left().await > 0 {
        let over = began + chrono::TimeDelta::minutes(5);
        assert!(Clock::default().now() < over, "the mails do not leave");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let lines = outbox::of_questionnaire(office.store.read(), of).await.unwrap();
    let ended = lines.iter().map(|line| line.updated_at).max().unwrap();
    let rate = first as f64 / (ended - began).as_seconds_f64();
    let (peak, cpu) = weight(worker.id());
    let stopped = worker.stop().await;
    assert_eq!(office.count(Delivery::Sent).await, mails);
    Sent { rate, peak, cpu, stopped }
}

/// Speed: planned, then sent durably to a sink, beside `smtp-source`.
async fn speed(postgres: Option<&str>) {
    let name = name(postgres);
    let Some((_sink, port)) = sink() else {
        println!("speed: smtp-sink is not there (Debian: postfix)");
        return;
    };
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let url = database(home.path(), postgres).await;
    let planned = plan(home.path(), &url, RECIPIENTS).await;
    let length = planned.length;
    let before = source(port, length);
    let office = Office::open(home.path(), &url).await;
    let sent =
        send(&office, &format!("smtp://127.0.0.1:{port}"), planned.questionnaire, RECIPIENTS).await;
    let reference = f64::midpoint(before, source(port, length));
    head(&format!("{RECIPIENTS} mails of {length} bytes, {CONNECTIONS} connections, {name}"));
    row("planned in", &format!("{:.2} s", planned.took.as_secs_f64()), "< 2 s");
    row("smtp-source, nothing kept", &format!("{reference:.0}/s"), "");
    row("sent, two marks on disk for each", &format!("{:.0}/s", sent.rate), ">= 1000/s");
    row("  of what smtp-source reaches", &format!("{:.2}", sent.rate / reference), ">= 0.15");
    row("CPU time for each mail", &format!("{:.0} µs", sent.cpu * 1e6 / RECIPIENTS as f64), "");
    row("most memory", &format!("{:.0} MB", sent.peak), "< 100 MB");
    row("stopped in", &format!("{} ms", sent.stopped.as_millis()), "< 30 s");
    row("durable appends, same disk, same run", &format!("{:.0}/s", appends(home.path())), "");
}

/// To a Postfix that keeps each mail in its queue before it answers, and then throws it away.
async fn relay(postgres: Option<&str>) {
    let who = Command::new("id").arg("-u").output().unwrap();
    if program("postfix").is_none() || who.stdout != b"0\n" {
        println!("relay: Postfix is not there (Debian: postfix), or this is not root");
        return;
    }
    let port = free_port();
    let server = Postfix::start(port, "default_transport = discard:silently");
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let url = database(home.path(), postgres).await;
    let mails = RECIPIENTS / 2;
    let planned = plan(home.path(), &url, mails).await;
    let length = planned.length;
    let before = source(port, length);
    let office = Office::open(home.path(), &url).await;
    let sent =
        send(&office, &format!("smtp://127.0.0.1:{port}"), planned.questionnaire, mails).await;
    let reference = f64::midpoint(before, source(port, length));
    head(&format!("{mails} mails to Postfix, {CONNECTIONS} connections, {}", name(postgres)));
    row("smtp-source, nothing kept here", &format!("{reference:.0}/s"), "");
    row("sent, two marks on disk for each", &format!("{:.0}/s", sent.rate), ">= 300/s");
    row("  of what smtp-source reaches", &format!("{:.2}", sent.rate / reference), "");
    assert!(!server.log().contains("fatal"), "{}", server.log());
}

/// The last half of what waits: to whom, and the path that "unsubscribe" leads to.
async fn who_clicks(office: &Office, of: QuestionnaireId) -> Vec<(String, String)> {
    let db = office.store.read();
    let lines = outbox::of_questionnaire(db, of).await.unwrap();
    let last = lines.get(lines.len() / 2..).unwrap();
    let ids: Vec<MessageId> = last.iter().map(|line| line.id).collect();
    let raws = outbox::raw::of_all(db, &ids).await.unwrap();
    let mut found = vec![];
    for line in last {
        let raw = String::from_utf8(raws.get(&line.id).unwrap().clone()).unwrap();
        let (_, link) = raw.split_once("List-Unsubscribe: <").unwrap();
        let (_, rest) = link.split_once('>').unwrap().0.split_once("/i/").unwrap();
        found.push((line.recipient.clone(), format!("/i/{rest}")));
    }
    found
}

/// Half of those who were invited click on "unsubscribe" while their mails wait.
async fn click(postgres: Option<&str>) {
    let mails = 1000;
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let url = database(home.path(), postgres).await;
    let planned = plan(home.path(), &url, mails).await;
    let office = Office::open(home.path(), &url).await;
    let clicking = who_clicks(&office, planned.questionnaire).await;
    let server = serve(Script::kind()).await;
    let port = free_port();
    // One a second: those who click are the last in the line.
    let worker = office.worker_at(port, &server.url, &[("COLLOQUY_MAIL__PER_SECOND", "1")]);
    let site = format!("http://127.0.0.1:{port}");
    let began = Instant::now();
    while reqwest::get(format!("{site}/health")).await.is_err() {
        assert!(began.elapsed() < Duration::from_secs(30), "the program does not start");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let client =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for (_, path) in &clicking {
        let looked = client.get(format!("{site}{path}")).send().await.unwrap();
        assert_eq!(looked.status(), 200);
    }
    let by_looking = office.count(Delivery::Suppressed).await;
    let (mut other, mut cookies) = (0, 0);
    for (_, path) in clicking.iter().chain(&clicking) {
        let form = [("List-Unsubscribe", "One-Click")];
        let clicked = client.post(format!("{site}{path}")).form(&form).send().await.unwrap();
        other += usize::from(clicked.status() != 200);
        cookies += usize::from(clicked.headers().contains_key("set-cookie"));
    }
    let waiting = office.left().await;
    let held = office.count(Delivery::Suppressed).await;
    worker.stop().await;
    let worker = office.worker(&server.url, &[]);
    office.until_left(0).await;
    worker.stop().await;
    let read = server.read.lock().unwrap().clone();
    let further = read.iter().filter(|to| clicking.iter().any(|(who, _)| who == *to)).count();
    let half = mails / 2;
    head(&format!("{half} of {mails} click while the mails wait, twice each, {}", name(postgres)));
    row("held back by looking at the pages", &by_looking.to_string(), "0");
    row("held back by the clicks", &held.to_string(), &half.to_string());
    row("others that still waited then", &waiting.to_string(), "");
    row("answers that were not 200", &other.to_string(), "0");
    row("cookies", &cookies.to_string(), "0");
    row("mails to those who clicked", &further.to_string(), "0");
    row("mails to the others", &(read.len() - further).to_string(), &half.to_string());
    assert_eq!((by_looking, held, other, cookies, further), (0, half, 0, 0, 0));
    assert_eq!(read.len(), half);
}

/// What came of mails in the end.
struct Tally {
    sent: usize,
    unknown: usize,
    kept: usize,
    different: usize,
}

async fn tally(office: &Office, server: &Server) -> Tally {
    let (kept, different) = server.kept();
    let sent = office.count(Delivery::Sent).await;
    Tally { sent, unknown: office.count(Delivery::Unknown).await, kept, different }
}

fn tell(tally: &Tally, mails: usize, unknown: &str, twice: &str) {
    row("mails", &mails.to_string(), "");
    row("lost", &(mails - tally.sent - tally.unknown).to_string(), "0");
    row("sent", &tally.sent.to_string(), "");
    row("perhaps delivered, and said so", &tally.unknown.to_string(), unknown);
    row("arrived twice", &(tally.kept - tally.different).to_string(), twice);
}

async fn queued(
    mails: usize,
    purpose: Purpose,
    postgres: Option<&str>,
) -> (tempfile::TempDir, Office, Server) {
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let server = serve(Script { think: Duration::from_millis(10), ..Script::kind() }).await;
    let office = Office::open(home.path(), &database(home.path(), postgres).await).await;
    office.queue(mails, purpose, |n| format!("p{n}@example.org")).await;
    (home, office, server)
}

/// Killed fifteen times in the middle: what is held in doubt, and what is sent again in doubt.
async fn kill(postgres: Option<&str>) {
    let (mails, kills) = (1500, 15);
    let most = format!("<= {}", kills * CONNECTIONS);
    for (purpose, what) in
        [(Purpose::Reminder, "readers: held"), (Purpose::Seat, "calendars: once more")]
    {
        let (_home, office, server) = queued(mails, purpose, postgres).await;
        for kill in 1..=kills {
            let worker = office.worker(&server.url, &[]);
            office.until_left(mails - kill * mails / (kills + 1)).await;
            drop(worker);
        }
        let worker = office.worker(&server.url, &[]);
        office.until_left(0).await;
        drop(worker);
        let tally = tally(&office, &server).await;
        head(&format!("kill -9, {kills} times, {what}, {}", name(postgres)));
        let twice = if purpose == Purpose::Reminder { "0" } else { &most };
        tell(&tally, mails, &most, twice);
        assert_eq!(tally.sent + tally.unknown, mails);
        assert!(purpose != Purpose::Reminder || tally.kept == tally.different);
    }
}

/// Told to stop ten times.
async fn stop(postgres: Option<&str>) {
    let (mails, stops) = (1500, 10);
    let (_home, office, server) = queued(mails, Purpose::Reminder, postgres).await;
    let mut longest = Duration::ZERO;
    for stop in 1..=stops {
        let worker = office.worker(&server.url, &[]);
        office.until_left(mails - stop * mails / (stops + 1)).await;
        longest = longest.max(worker.stop().await);
    }
    let worker = office.worker(&server.url, &[]);
    office.until_left(0).await;
    worker.stop().await;
    head(&format!("SIGTERM, {stops} times"));
    tell(&tally(&office, &server).await, mails, "0", "0");
    row("stopped in, the longest", &format!("{} ms", longest.as_millis()), "< 30 s");
}

/// Two processes with one outbox.
async fn share(postgres: Option<&str>) {
    let (_home, office, server) = queued(RECIPIENTS, Purpose::Reminder, postgres).await;
    server.script.lock().unwrap().think = Duration::ZERO;
    let workers = [office.worker(&server.url, &[]), office.worker(&server.url, &[])];
    office.until_left(0).await;
    drop(workers);
    head(&format!("two processes, one outbox, {}", name(postgres)));
    tell(&tally(&office, &server).await, RECIPIENTS, "0", "0");
}

/// One of eight connections hangs: how fast the others are.
async fn hang() {
    let mut rates = vec![];
    for hanging in [false, true] {
        let (_home, office, server) = queued(1600, Purpose::Reminder, None).await;
        server.script.lock().unwrap().think = Duration::from_millis(20);
        if hanging {
            office.queue(1, Purpose::SignIn, |_| "p+hang@example.org".to_owned()).await;
        }
        let left = usize::from(hanging);
        let worker = office.worker(&server.url, &[]);
        office.until_left(1500).await;
        let (began, first) = (Instant::now(), office.left().await);
        office.until_left(left).await;
        rates.push((first - left) as f64 / began.elapsed().as_secs_f64());
        drop(worker);
    }
    let (without, with) = (rates.first().unwrap(), rates.last().unwrap());
    head("one of eight connections hangs");
    row("all well", &format!("{without:.0}/s"), "");
    row("one hangs", &format!("{with:.0}/s"), "");
    row("share", &format!("{:.2}", with / without), ">= 0.80");
}

/// Restarted three times while a paced campaign goes on.
async fn restart() {
    let mails = 600;
    let (_home, office, server) = queued(mails, Purpose::Invitation, None).await;
    let paced = [("COLLOQUY_MAIL__PER_SECOND", "60")];
    let began = Instant::now();
    for left in [450, 300, 150] {
        let worker = office.worker(&server.url, &paced);
        office.until_left(left).await;
        worker.stop().await;
    }
    let worker = office.worker(&server.url, &paced);
    office.until_left(0).await;
    worker.stop().await;
    head("restarted three times during 600 mails at 60 a second");
    tell(&tally(&office, &server).await, mails, "0", "0");
    let rate = mails as f64 / began.elapsed().as_secs_f64();
    row("mails a second", &format!("{rate:.0}"), "<= 60");
}

#[tokio::main]
async fn main() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|asked| asked == part);
    let postgres = std::env::var("TEST_POSTGRES").ok();
    let mut places = vec![None];
    if postgres.is_some() {
        places.push(postgres.as_deref());
    }
    for place in places {
        if wanted("speed") {
            speed(place).await;
        }
        if wanted("relay") {
            relay(place).await;
        }
        if wanted("click") {
            click(place).await;
        }
        if wanted("kill") {
            kill(place).await;
        }
        if wanted("stop") {
            stop(place).await;
        }
        if wanted("share") {
            share(place).await;
        }
    }
    if wanted("hang") {
        hang().await;
    }
    if wanted("restart") {
        restart().await;
    }
}
