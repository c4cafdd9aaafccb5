//! Opinion groups against what was published and against chance. `cargo bench --bench opinions`
//!
//! Three conversations lie in `tests/data/polis`; the larger ones are looked for in the folder
//! `polis` of `COLLOQUY_DATA` (`../shared/data` if it is not set), as `NAME/participants-votes.csv`,
//! `NAME/comments.csv` and `NAME/golden.json`, and missed with a word when they are not there.
//! `benches/peers/opinions.py` does the same work with numpy.
//!
//! The last line says how many bars were missed; missing one is a failure.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use colloquy::analysis::opinions::statements::{Count, Strength, count, group_consensus, holds};
use colloquy::analysis::opinions::{NEEDED_VOTES, Opinions, Settings, Verdict, Votes, opinions};
use colloquy::analysis::rng::Rng;
use colloquy::analysis::stats;
use colloquy::polis::Matrix;
use serde_json::Value;

/// One real conversation, rejected statements included.
struct Conversation {
    name: &'static str,
    names: Vec<String>,
    votes: Votes,
    golden: Value,
}

impl Conversation {
    fn in_repository(name: &'static str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/polis");
        let votes = fs::read_to_string(folder.join(format!("{name}.votes.txt"))).unwrap();
        let golden = fs::read(folder.join(format!("{name}.golden.json"))).unwrap();
        let mut lines = votes.lines();
        let names: Vec<String> = lines.next().unwrap().split(' ').map(str::to_owned).collect();
        let vote = |sign| match sign {
            '+' => Some(1),
            '-' => Some(-1),
            '0' => Some(0),
            _ => None,
        };
        let rows = lines.map(|line| line.split_once(' ').unwrap());
        let (people, cells) = rows
            .map(|(person, votes)| (person.to_owned(), votes.chars().map(vote).collect()))
            .unzip();
        let votes = Votes { people, statements: names.len(), cells };
        Self { name, names, votes, golden: serde_json::from_slice(&golden).unwrap() }
    }

    fn beside(folder: &Path, name: &'static str) -> Option<Self> {
        let votes = fs::read(folder.join(name).join("participants-votes.csv")).ok()?;
        let golden = fs::read(folder.join(name).join("golden.json")).ok()?;
        let matrix = Matrix::read(&votes).unwrap();
        let golden = serde_json::from_slice(&golden).unwrap();
        Some(Self { name, names: matrix.statements.clone(), votes: matrix.votes(), golden })
    }

    fn statement(&self, tid: &Value) -> usize {
        let name = tid.as_str().map_or_else(|| tid.to_string(), str::to_owned);
        self.names.iter().position(|n| *n == name).unwrap()
    }

    fn accepted(&self) -> Vec<usize> {
        let out = list(&self.golden["moderated_out"]);
        let out: Vec<usize> = out.iter().map(|tid| self.statement(tid)).collect();
        (0..self.names.len()).filter(|s| !out.contains(s)).collect()
    }

    fn without_rejected(&self) -> Votes {
        let kept = self.accepted();
        let cells = self.votes.cells.iter().map(|row| kept.iter().map(|&s| row[s]).collect());
        Votes { people: self.votes.people.clone(), statements: kept.len(), cells: cells.collect() }
    }

    /// Rejected statements passed by all who voted on enough others, which is how the published
    /// groups were made.
    fn with_rejected_passed(&self) -> Votes {
        let mut votes = self.without_rejected();
        for row in &mut votes.cells {
            let enough = row.iter().flatten().count() >= NEEDED_VOTES;
            row.resize(self.names.len(), enough.then_some(0));
        }
        votes.statements = self.names.len();
        votes
    }

    fn published(&self, row: usize) -> Option<usize> {
        let group = &self.golden["published_group_of_participant"][&self.votes.people[row]];
        group.as_u64().map(|g| g as usize)
    }

    fn groups(&self) -> usize {
        (0..self.votes.cells.len()).filter_map(|row| self.published(row)).max().unwrap() + 1
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(|x| x.as_f64().unwrap()).collect()
}

/// Lines of the table, and how many bars were missed.
#[derive(Default)]
struct Report {
    missed: usize,
}

impl Report {
    fn line(&mut self, what: &str, found: &str, bar: &str, met: bool) {
        self.missed += usize::from(!met);
        println!("{what:<72} {found:>12}  {bar:<12} {}", if met { "met" } else { "MISSED" });
    }

    fn note(what: &str, found: &str) {
        println!("{what:<72} {found:>12}");
    }

    fn error(&mut self, what: &str, found: f64, most: f64) {
        self.line(what, &format!("{found:.1e}"), &format!("<= {most:.0e}"), found <= most);
    }
}

fn settings(groups: Option<usize>, permutations: u32) -> Settings {
    Settings { groups, permutations, removals: 0, seed: 1 }
}

/// Centre, components, places and statistics against the golden values.
fn golden(report: &mut Report, of: &Conversation) {
    let (accepted, votes) = (of.accepted(), of.without_rejected());
    let found = opinions(&votes, &settings(Some(2), 0));
    let (pca, name) = (&of.golden["pca"], of.name);
    let golden = [numbers(&pca["components"][0]), numbers(&pca["components"][1])];
    let centre = numbers(&pca["center"]);
    let (mut off_centre, mut off_axes) = (0.0_f64, 0.0_f64);
    for (column, &at) in accepted.iter().enumerate() {
        off_centre = off_centre.max((found.axes.centre[column] - centre[at]).abs());
        for (axis, golden) in golden.iter().enumerate() {
            off_axes = off_axes.max((found.axes.directions[axis][column] - golden[at]).abs());
        }
    }
    report.error(&format!("{name}: centre"), off_centre, 1e-12);
    report.error(&format!("{name}: components"), off_axes, 1e-9);

    // The golden places count rejected statements as seen passes.
    let rejected = (of.names.len() - accepted.len()) as f64;
    let mut off = 0.0_f64;
    for (row, golden) in list(&pca["first5_projection"]).iter().enumerate() {
        for (axis, golden) in numbers(golden).into_iter().enumerate() {
            let (mut place, mut seen) = (0.0, rejected);
            for (column, vote) in votes.cells[row].iter().enumerate() {
                let Some(vote) = vote else { continue };
                seen += 1.0;
                place += (f64::from(*vote) - found.axes.centre[column])
                    * found.axes.directions[axis][column];
            }
            off = off.max((place * (of.names.len() as f64 / seen).sqrt() - golden).abs());
        }
    }
    report.error(&format!("{name}: first five places"), off, 1e-9);

    let rows =
        |group| (0..of.votes.cells.len()).filter(move |&row| of.published(row) == Some(group));
    let counts: Vec<Vec<Count>> = (0..of.groups()).map(|g| count(&of.votes, rows(g))).collect();
    let published = &of.golden["for_published_groups"];
    let (mut off, mut off_across) = (0.0_f64, 0.0_f64);
    for (group, inside) in counts.iter().enumerate() {
        let others = (0..of.groups()).filter(|&other| other != group).flat_map(rows);
        let outside = count(&of.votes, others);
        for entry in list(&published["representative"][group.to_string()]) {
            let at = of.statement(&entry["tid"]);
            let found = Strength::new(inside[at], outside[at], entry["repful-for"] == "agree");
            for (ours, name) in [
                (found.success, "p-success"),
                (found.success_test, "p-test"),
                (found.repness, "repness"),
                (found.repness_test, "repness-test"),
            ] {
                off = off.max((ours - entry[name].as_f64().unwrap()).abs());
            }
        }
    }
    for (tid, value) in published["group_aware_consensus"].as_object().unwrap() {
        let at = of.statement(&Value::from(tid.as_str()));
        let within: Vec<Count> = counts.iter().map(|c| c[at]).collect();
        let ours = group_consensus(&within).unwrap().agree;
        off_across = off_across.max((ours - value.as_f64().unwrap()).abs());
    }
    let everybody = count(&of.votes, 0..of.votes.cells.len());
    for (side, agree) in [("agree", true), ("disagree", false)] {
        for entry in list(&of.golden["consensus"][side]) {
            let rank = entry["p-success"].as_f64().unwrap() * entry["p-test"].as_f64().unwrap();
            let ours = holds(everybody[of.statement(&entry["tid"])], agree).unwrap_or(f64::NAN);
            // A statement that is not held gives no number, which is off however far it is.
            off = if ours.is_nan() { f64::INFINITY } else { off.max((ours - rank).abs()) };
        }
    }
    report.error(&format!("{name}: statistics of statements"), off, 1e-9);
    report.error(&format!("{name}: group-aware consensus"), off_across, 1e-12);
}

/// How well the groups found agree with those published.
fn agreement(of: &Conversation, found: &Opinions) -> f64 {
    let Verdict::Groups { groups, .. } = &found.verdict else { return f64::NAN };
    let members =
        groups.iter().enumerate().flat_map(|(at, g)| g.members.iter().map(move |&r| (at, r)));
    let pairs: Vec<_> = members.filter_map(|(at, row)| Some((at, of.published(row)?))).collect();
    stats::adjusted_rand(&pairs).unwrap_or(f64::NAN)
}

/// The verdict in two words.
fn verdict(found: &Opinions) -> String {
    match &found.verdict {
        Verdict::TooFew { .. } => "too few".to_owned(),
        Verdict::NoGroups { .. } => "no groups".to_owned(),
        Verdict::Groups { groups, .. } => format!("{} groups", groups.len()),
    }
}

fn shuffled<T: Clone>(items: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&at| items[at].clone()).collect()
}

/// Everything said about the votes, row and statement by their names, as text.
fn told(found: &Opinions, votes: &Votes, names: &[String]) -> String {
    let mut places: Vec<_> =
        found.placed.iter().zip(&found.map).map(|(&row, p)| (&votes.people[row], p)).collect();
    places.sort_by(|a, b| a.0.cmp(b.0));
    let mut said: Vec<_> = names
        .iter()
        .zip(&found.statements)
        .enumerate()
        .map(|(at, (name, s))| {
            (name, s, found.axes.centre[at], found.axes.directions.clone().map(|d| d[at]))
        })
        .collect();
    said.sort_by(|a, b| a.0.cmp(b.0));
    let mut text = format!("{places:?} {said:?} {:?}", found.explained);
    if let Verdict::Groups { groups, silhouette, chance, stability, .. } = &found.verdict {
        _ = write!(text, "{silhouette} {chance} {stability}");
        for group in groups {
            let mut members: Vec<_> = group.members.iter().map(|&m| &votes.people[m]).collect();
            members.sort();
            let shown =
                group.representative.iter().map(|r| (&names[r.statement], r.inside, r.outside));
            _ = write!(text, "{members:?} {:?}", shown.collect::<Vec<_>>());
        }
    }
    text
}

/// How many of `runs` shuffles of rows and statements change something.
fn changed_by_order(votes: &Votes, names: &[String], runs: usize) -> usize {
    let asked = Settings { groups: None, permutations: 99, removals: 5, seed: 1 };
    let first = told(&opinions(votes, &asked), votes, names);
    let mut rng = Rng::new(7);
    let changes = (0..runs).filter(|_| {
        let mut rows: Vec<usize> = (0..votes.cells.len()).collect();
        let mut columns: Vec<usize> = (0..votes.statements).collect();
        rng.shuffle(&mut rows);
        rng.shuffle(&mut columns);
        let cells =
            shuffled(&votes.cells, &rows).iter().map(|row| shuffled(row, &columns)).collect();
        let people = shuffled(&votes.people, &rows);
        let again = Votes { people, statements: votes.statements, cells };
        told(&opinions(&again, &asked), &again, &shuffled(names, &columns)) != first
    });
    changes.count()
}

/// Each statement's votes dealt anew among those who saw it.
fn permuted(votes: &Votes, seed: u64) -> Votes {
    let mut rng = Rng::new(seed ^ 0x7065_726d);
    let mut dealt = votes.clone();
    for column in 0..votes.statements {
        let rows: Vec<usize> =
            (0..votes.cells.len()).filter(|&row| votes.cells[row][column].is_some()).collect();
        let mut held: Vec<_> = rows.iter().map(|&row| votes.cells[row][column]).collect();
        rng.shuffle(&mut held);
        for (&row, vote) in rows.iter().zip(held) {
            dealt.cells[row][column] = vote;
        }
    }
    dealt
}

/// People in two camps with votes on `votes` random cells.
fn made_up(people: usize, statements: usize, votes: usize, seed: u64) -> Votes {
    let mut rng = Rng::new(seed);
    let sides: Vec<bool> = (0..statements).map(|_| rng.below(2) == 0).collect();
    let mut cells = vec![vec![None; statements]; people];
    let mut filled = 0;
    while filled < votes {
        let (row, column) = (rng.below(people), rng.below(statements));
        if cells[row][column].is_none() {
            let side = (row % 2 == 0) == sides[column];
            let vote = if rng.unit() < 0.7 { side } else { !side };
            cells[row][column] = Some(if rng.below(8) == 0 {
                0
            } else if vote {
                1
            } else {
                -1
            });
            filled += 1;
        }
    }
    Votes { people: (0..people).map(|p| format!("{p:05}")).collect(), statements, cells }
}

/// Nanoseconds that this thread has been on a processor, where the system tells (Linux): what
/// else the machine does is not in them.
fn on_processor() -> Option<u64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok()
}

/// The fastest of some runs, in milliseconds of processor time, or of the clock where the system
/// does not tell it: what the machine does besides only adds. `each`: how often the work is done
/// in a run, since the system tells it in steps of some milliseconds.
fn fastest(runs: usize, each: u32, work: impl Fn() -> Opinions) -> f64 {
    let time = |_| {
        let (start, before) = (Instant::now(), on_processor());
        for _ in 0..each {
            black_box(work());
        }
        let used = before.zip(on_processor()).map(|(before, after)| (after - before) as f64 / 1e6);
        used.unwrap_or_else(|| start.elapsed().as_secs_f64() * 1e3) / f64::from(each)
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

fn main() -> ExitCode {
    let data = std::env::var_os("COLLOQUY_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let folder = data.join("polis");
    let mut report = Report::default();
    let [brexit, seattle, london] =
        ["brexit-consensus", "15-per-hour-seattle", "london.youth.policing"]
            .map(Conversation::in_repository);
    let mut beside = vec![];
    for name in ["vtaiwan.uberx", "scoop-hivemind.biodiversity"] {
        match Conversation::beside(&folder, name) {
            Some(found) => beside.push(found),
            None => println!("{name}: not in {}, left out", folder.display()),
        }
    }

    println!("Against values computed independently: largest difference");
    for of in [&brexit, &seattle, &london].into_iter().chain(&beside) {
        golden(&mut report, of);
    }

    println!("\nAgainst the published groups, their number given: adjusted Rand index");
    // The published groups were made with rejected statements counted as seen and passed by
    // everybody. Like for like is that convention; ours leaves rejected statements out.
    let (published, ours) =
        (", as published: rejected are passed", ", ours: rejected are not there");
    let index = |of: &Conversation, votes: &Votes| {
        agreement(of, &opinions(votes, &settings(Some(of.groups()), 99)))
    };
    let mut compare = |of: &Conversation, how: &str, votes: &Votes, bar: Option<f64>| {
        let found = index(of, votes);
        let what = format!("{}, {} groups{how}", of.name, of.groups());
        match bar {
            Some(bar) => {
                report.line(&what, &format!("{found:.3}"), &format!(">= {bar}"), found >= bar);
            }
            None => Report::note(&what, &format!("{found:.3}")),
        }
    };
    compare(&brexit, "", &brexit.without_rejected(), Some(0.85));
    compare(&seattle, published, &seattle.with_rejected_passed(), Some(0.85));
    compare(&seattle, ours, &seattle.without_rejected(), None);
    for (of, bar) in beside.iter().zip([0.82, 0.9]) {
        compare(of, published, &of.with_rejected_passed(), None);
        compare(of, ours, &of.without_rejected(), Some(bar));
    }

    println!("\nWhat is said with nothing given");
    for of in [&brexit, &seattle].into_iter().chain(&beside) {
        let found = opinions(&of.without_rejected(), &settings(None, 200));
        Report::note(of.name, &verdict(&found));
    }
    let found = verdict(&opinions(&london.without_rejected(), &settings(None, 200)));
    report.line(london.name, &found, "no groups", found == "no groups");

    println!("\nOrder and chance");
    let votes = brexit.without_rejected();
    let changes = changed_by_order(&votes, &brexit.names, 20);
    let what = "brexit-consensus: of 20 shuffles of rows and statements, changed";
    report.line(what, &changes.to_string(), "0", changes == 0);
    for of in [&brexit, &seattle, &london] {
        let votes = of.without_rejected();
        let quiet = (0..100).filter(|&seed| {
            verdict(&opinions(&permuted(&votes, seed), &settings(None, 200))) == "no groups"
        });
        let (quiet, what) = (quiet.count(), format!("{}: of 100 permuted, “no groups”", of.name));
        report.line(&what, &quiet.to_string(), ">= 95", quiet >= 95);
    }

    println!("\nProcessor time on one core, fastest of several, ms");
    let large = made_up(2000, 900, 225_000, 1);
    let small = made_up(30, 20, 480, 1);
    let bare = |votes| move || opinions(votes, &Settings { removals: 0, ..settings(None, 0) });
    let time = fastest(8, 2, bare(&large));
    report.line("2,000 x 900, 225,000 votes, no tests", &format!("{time:.1}"), "< 50", time < 50.0);
    let tested = fastest(2, 1, || opinions(&large, &settings(None, 200)));
    let what = "2,000 x 900, 225,000 votes, with the chance test";
    report.line(what, &format!("{tested:.0}"), "< 5000", tested < 5000.0);
    let time = fastest(4, 1000, bare(&small));
    report.line("30 x 20, no tests", &format!("{time:.3}"), "< 1", time < 1.0);

    println!("\n{} bars missed", report.missed);
    if report.missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
