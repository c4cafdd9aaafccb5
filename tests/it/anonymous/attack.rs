//! Somebody copies the database after everything that happens, and has the logs. On an identified
//! questionnaire the attack finds nearly everybody; on an anonymous one no more than chance.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use colloquy::acts::publish_questionnaire::close_questionnaire;
use colloquy::domain::status::Mode;
use colloquy::domain::{Answer, InvitationId, ResponseId};
use colloquy::store::entity::contact;
use colloquy::store::responses;
use sea_orm::{ConnectionTrait as _, Database, EntityTrait as _};

use super::attacker::{CERTAIN, Guesses, WAYS};
use super::evidence::{Dump, Evidence, places};
use super::{Reader, asked, filled, invite, mixed, names};
use crate::support::TestApp;

/// How often an anonymous questionnaire is attacked: chance needs room to show that it is chance.
const ROUNDS: usize = 6;
/// Invited readers of each.
const READERS: usize = 12;

/// The logs of this whole process.
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl io::Write for Logs {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Logs {
    fn start() -> Self {
        let logs = Self::default();
        let writer = logs.clone();
        let started = tracing_subscriber::fmt()
            .with_env_filter("info,colloquy=trace,tracing_actix_web=trace,actix_web=debug,sqlx=debug,sea_orm=debug")
            .with_writer(move || writer.clone())
            .with_ansi(false)
            .try_init();
        started.expect("nobody else listens");
        logs
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// What was done, and who did it.
struct Round {
    evidence: Evidence,
    truth: BTreeMap<ResponseId, InvitationId>,
    /// What must not be in any log.
    canaries: Vec<String>,
}

/// Twelve invited readers and a public one answer one after the other, two of them twice.
async fn round(app: &TestApp, mode: Mode, number: usize) -> Round {
    let of = asked(app, mode).await;
    let mut people = names(READERS);
    people[4].push_str("zh");
    let mut readers = invite(app, &of, &people).await;
    // In another order each time.
    readers.sort_by_key(|reader| (reader.name.len() * 7 + number * 5) % 11);
    readers.rotate_left(number % READERS);
    let mut dumps = vec![Dump::of(app, &of).await];
    let mut canaries = vec![];
    for (place, Reader { path, name, .. }) in readers.iter().enumerate() {
        let words = format!("kiwi{number}x{place}y{}", "z".repeat(7 * ((place * 5) % 13)));
        let mut form = filled(app, path, &words).await;
        let receipt = app.submit(&form).await.location();
        dumps.push(Dump::of(app, &of).await);
        canaries.extend([path.clone(), receipt.clone(), format!("{name}@"), words.clone()]);
        if place % 5 == 3 {
            form.set("a.q1", &format!("{words} changed"));
            assert_eq!(app.submit(&form).await.location(), receipt);
            dumps.push(Dump::of(app, &of).await);
        }
        if place == 6 {
            let form = filled(app, &format!("/q/{}", of.slug), "somebody else").await;
            assert_eq!(app.submit(&form).await.status, 303);
            dumps.push(Dump::of(app, &of).await);
        }
        mixed(app).await;
        dumps.push(Dump::of(app, &of).await);
    }
    close_questionnaire(&app.service, of.clone()).await.unwrap();
    app.service.clock.advance(TimeDelta::hours(25));
    mixed(app).await;
    dumps.push(Dump::of(app, &of).await);

    let db = app.service.store.read();
    let (mut truth, mut said) = (BTreeMap::new(), BTreeMap::new());
    for given in responses::all(db, of.id).await.unwrap() {
        let Some((_, Answer::Open(text))) = given.answers.values().next() else { panic!() };
        let start = text.split('y').next().unwrap();
        if let Some(place) = start.strip_prefix(&format!("kiwi{number}x")) {
            let place: usize = place.parse().unwrap();
            truth.insert(given.response.id, readers[place].invitation.id);
            said.insert(given.response.id, format!("{start}y"));
        }
    }
    assert_eq!(truth.len(), READERS, "every answer can be read in the end");
    let contacts = contact::Entity::find().all(db).await.unwrap();
    let contacts = contacts.into_iter().map(|row| (row.id, row)).collect();
    let secret = app.service.secret.clone();
    // First the journal as it is, then the database with everything in it.
    let (_, journal) = places(app, &said);
    into_the_database(app).await;
    let (database, _) = places(app, &said);
    let evidence = Evidence { dumps, secret, contacts, database, journal };
    Round { evidence, truth, canaries }
}

/// On SQLite, lets the journal's pages go where they belong.
async fn into_the_database(app: &TestApp) {
    let file = app.home.path().join("colloquy.db");
    if file.exists() {
        let db = Database::connect(format!("sqlite:{}", file.display())).await.unwrap();
        db.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await.unwrap();
        db.close().await.unwrap();
    }
}

/// How many of the guesses are right.
fn right(guesses: &Guesses, truth: &BTreeMap<ResponseId, InvitationId>) -> usize {
    guesses.iter().filter(|(id, guess)| truth.get(id) == Some(guess)).count()
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "the table is what this is about")]
async fn copies_of_the_database_and_the_logs_do_not_tell_who_wrote_what() {
    let logs = Logs::start();
    let app = TestApp::spawn().await;
    let mut found = [[0; 2]; WAYS.len()];
    let mut best = [0; 2];
    let mut canaries = vec![];
    for number in 0..=ROUNDS {
        let (mode, place) = if number == 0 { (Mode::Identified, 0) } else { (Mode::Anonymous, 1) };
        let Round { evidence, truth, canaries: words } = round(&app, mode, number).await;
        canaries.extend(words);
        let mut votes: BTreeMap<(ResponseId, InvitationId), usize> = BTreeMap::new();
        for (way, (name, attack)) in WAYS.iter().enumerate() {
            let guesses = attack(&evidence);
            found[way][place] += right(&guesses, &truth);
            // What says it for certain counts for more than all that only points to it.
            let weight = match *name {
                _ if way < CERTAIN => 100,
                "what is new between two copies" | "that, and lengths" => 10,
                _ => 1,
            };
            for guess in guesses {
                *votes.entry(guess).or_default() += weight;
            }
        }
        let mut together = Guesses::new();
        let mut ranked: Vec<_> = votes.into_iter().map(|(guess, votes)| (votes, guess)).collect();
        ranked.sort_unstable();
        for (_, (id, guess)) in ranked.into_iter().rev() {
            if !together.values().any(|taken| *taken == guess) {
                together.entry(id).or_insert(guess);
            }
        }
        best[place] += right(&together, &truth);
    }

    let all = [READERS, READERS * ROUNDS];
    eprintln!("{:<36} {:>12} {:>12}", "found by", "with names", "anonymous");
    let line = |name: &str, [named, anonymous]: [usize; 2]| {
        let of = |count: usize, all: usize| format!("{count} of {all}");
        eprintln!("{name:<36} {:>12} {:>12}", of(named, all[0]), of(anonymous, all[1]));
    };
    for (way, (name, _)) in WAYS.iter().enumerate() {
        line(name, found[way]);
    }
    line("all of it together", best);

    assert_eq!(best[0], all[0], "an attack that finds nobody proves nothing");
    // A batch of five or more gives one right guess by chance, whatever its size, so 12 of 72 are
    // expected, with a standard deviation of 3.5; more than 28 happen once in fifty thousand.
    let most = all[1] / 5 + 14;
    assert!(best[1] <= most, "{} of {} were found", best[1], all[1]);
    for (way, (name, _)) in WAYS.iter().enumerate() {
        let most = if way < CERTAIN { 0 } else { most };
        assert!(found[way][1] <= most, "{name} finds {} of {}", found[way][1], all[1]);
    }

    let logs = logs.text();
    assert!(logs.contains("/i/{token}") && logs.contains("POST"), "the logs were not seen");
    for canary in &canaries {
        let token = canary.trim_start_matches("/i/").trim_start_matches("/r/");
        let line = logs.lines().find(|line| line.contains(token));
        assert!(line.is_none(), "{canary} is in the logs: {line:?}");
    }
}
