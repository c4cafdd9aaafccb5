//! How good plans are, against bounds and other people's results. `cargo bench --bench seats`, or
//! with numbers of rows after `--` for those alone.
//!
//! Real votes are looked for in the folder `polis` of `COLLOQUY_DATA` (`../shared/data` if it is not
//! set), as `NAME/participants-votes.csv`. One thread; budgets in steps; where five seeds are run the
//! median counts, in quality and in processor time. F is computed here from the plan, not taken from
//! it. Where F comes from other programs on the same votes, they are named.
//!
//! `GroupSelect`'s examples are read from the folder of `GROUPSELECT_DATA`, if it is set.
//!
//! The last line says how many bars were missed; missing one is a failure.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use colloquy::analysis::rng::Rng;
use colloquy::analysis::seating::{Plan, Request, check, seat, steps_for};

#[path = "seats/cases.rs"]
mod cases;
#[path = "seats/crowd.rs"]
mod crowd;
#[path = "seats/exact.rs"]
mod exact;
#[path = "seats/tables.rs"]
mod tables;

use crowd::Crowd;

/// Lines of the table, and how many bars were missed.
struct Report {
    missed: usize,
    rows: BTreeSet<usize>,
}

impl Report {
    fn asked(&self, row: usize) -> bool {
        self.rows.is_empty() || self.rows.contains(&row)
    }

    fn line(&mut self, what: &str, seen: &str, bar: &str, met: bool) {
        self.missed += usize::from(!met);
        println!("{what:<50} {seen:>38}  {bar:<26} {}", if met { "met" } else { "MISSED" });
    }
}

/// Seconds that this thread has been on a processor, where the system tells (Linux).
fn on_processor() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = told.split_whitespace().next().and_then(|nanoseconds| nanoseconds.parse().ok());
    first.unwrap_or(f64::NAN) / 1e9
}

/// Forgets the peak of memory so far, where the system can (Linux).
fn forget_peak() {
    _ = fs::write("/proc/self/clear_refs", "5");
}

/// Most memory since [`forget_peak`], in megabytes.
fn peak() -> f64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    number.unwrap_or(f64::NAN) / 1024.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What five seeds gave.
struct Runs {
    value: f64,
    closed: f64,
    worst: f64,
    seconds: f64,
    megabytes: f64,
}

fn run(crowd: &Crowd, size: usize, steps: u64, fairness: f64) -> Runs {
    forget_peak();
    let runs: Vec<(f64, f64, f64, f64)> = (1..=5)
        .map(|seed| {
            let request = Request { fairness, ..crowd.request(size, seed, steps) };
            let start = on_processor();
            let plan = seat(&request).unwrap();
            let seconds = on_processor() - start;
            check(&request, &plan).unwrap();
            let groups = crowd::groups(&plan);
            (crowd.value(&groups), crowd.closed(&groups), crowd.worst(&groups), seconds)
        })
        .collect();
    let of = |part: fn(&(f64, f64, f64, f64)) -> f64| median(runs.iter().map(part).collect());
    let (value, closed) = (of(|run| run.0), of(|run| run.1));
    Runs { value, closed, worst: of(|r| r.2), seconds: of(|r| r.3), megabytes: peak() }
}

/// One bar on F: instance, steps, least F, most seconds, and what else reached.
fn quality(report: &mut Report, what: &str, crowd: &Crowd, steps: u64, least: f64, most: f64) {
    let runs = run(crowd, 6, steps, 0.0);
    let seen = format!(
        "{:.4}, {:.1} s, {:.0} MB, gap {:.3}",
        runs.value, runs.seconds, runs.megabytes, runs.closed
    );
    let met = runs.value >= least && runs.seconds <= most;
    report.line(what, &seen, &format!(">= {least} at {most} s"), met);
}

/// Few times, hosts and languages: as many people have a seat as another solver found possible.
fn placing(report: &mut Report) {
    for case in cases::CASES {
        let mut seconds = Vec::new();
        let mut seated = Vec::new();
        for seed in 1..=5 {
            let steps = steps_for(case.people);
            let request = Request { seed, steps, ..cases::request(&case) };
            let start = on_processor();
            let plan = seat(&request).unwrap();
            seconds.push(on_processor() - start);
            check(&request, &plan).unwrap();
            seated.push(plan.groups.iter().map(|group| group.seats.len()).sum::<usize>());
        }
        seated.sort_unstable();
        let (least, most) = (seated[0], if case.people < 1000 { 3.0 } else { 5.0 });
        let seconds = median(seconds);
        let seen = format!("{} to {} seated, {seconds:.1} s", least, seated[4]);
        let proof = if case.proven { "" } else { " (not proven)" };
        let bar = format!(">= {}{proof} at {most} s", case.most);
        report.line(case.name, &seen, &bar, least >= case.most && seconds <= most);
    }
}

/// 24 people: every run of five seeds finds the optimum of the exact recursion over subsets.
fn twenty_four(report: &mut Report, folder: &Path) {
    let london = Crowd::polis(folder, "london.youth.policing");
    let mut instances: Vec<(String, Crowd, usize)> = [4, 6, 8]
        .map(|size| (format!("london.youth.policing, groups of {size}"), london.first(24), size))
        .into_iter()
        .collect();
    for name in ["scoop-hivemind.freshwater", "scoop-hivemind.biodiversity", "vtaiwan.uberx"] {
        let all = Crowd::polis(folder, name);
        for seed in [1, 2] {
            instances.push((format!("{name}, draw {seed}, groups of 6"), all.draw(24, seed), 6));
        }
    }
    for (name, crowd, size) in instances {
        let best = exact::optimum(&crowd, size);
        let mut seconds = Vec::new();
        let found = (1..=5).filter(|&seed| {
            let start = on_processor();
            let plan = seat(&crowd.request(size, seed, 4_000_000)).unwrap();
            seconds.push(on_processor() - start);
            crowd.value(&crowd::groups(&plan)) > best - 1e-6
        });
        let found = found.count();
        let slowest = seconds.into_iter().fold(0.0, f64::max);
        let seen = format!("{found} of 5 at {best:.5}, {slowest:.2} s at most");
        report.line(&name, &seen, "5 of 5, each in 0.2 s", found == 5 && slowest <= 0.2);
    }
}

/// Equal disagreement in all groups, and what it costs.
fn fairness(report: &mut Report, name: &str, crowd: &Crowd, steps: u64) {
    let (plain, fair) = (run(crowd, 6, steps, 0.0), run(crowd, 6, steps, 16.0));
    let loss = 100.0 * (1.0 - fair.value / plain.value);
    let seen = format!("worst V {:.3} M (was {:.3}), loss {loss:.2} %", fair.worst, plain.worst);
    report.line(name, &seen, ">= 0.88 M, <= 0.7 %", fair.worst >= 0.88 && loss <= 0.7);
}

/// The plan in keys, so that the order of the input does not show.
fn told(request: &Request, plan: &Plan) -> Vec<(String, Vec<String>, u64)> {
    let keys = |people: &[usize]| people.iter().map(|&p| request.people[p].key.clone()).collect();
    let group = |people: &Vec<usize>, mix: f64, slot: usize| {
        (request.slots[slot].key.clone(), keys(people), mix.to_bits())
    };
    let groups = crowd::groups(plan);
    groups.iter().zip(&plan.groups).map(|(people, g)| group(people, g.mix, g.slot)).collect()
}

/// Byte for byte the same on 1, 2 and 4 threads and after shuffling the input.
fn same(report: &mut Report, crowd: &Crowd) {
    let request = Request { rounds: 3, fairness: 4.0, ..crowd.request(6, 1, 2_000_000) };
    let first = seat(&request).unwrap();
    let mut differ = 0;
    for threads in [1, 2, 4] {
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..threads).map(|_| scope.spawn(|| seat(&request))).collect();
            for run in runs {
                differ += usize::from(run.join().unwrap().unwrap() != first);
            }
        });
    }
    report.line("7 plans on 1, 2 and 4 threads: differ", &differ.to_string(), "0", differ == 0);
    let mut rng = Rng::new(3);
    let differ = (0..5).filter(|_| {
        let mut shuffled = request.clone();
        rng.shuffle(&mut shuffled.people);
        let plan = seat(&shuffled).unwrap();
        let hashes = plan.input_hash == first.input_hash;
        !hashes || told(&shuffled, &plan) != told(&request, &first)
    });
    let differ = differ.count();
    report.line("5 shuffles of the people: differ", &differ.to_string(), "0", differ == 0);
}

fn main() -> ExitCode {
    let data = std::env::var_os("COLLOQUY_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let folder = data.join("polis");
    if !folder.join("vtaiwan.uberx/participants-votes.csv").exists() {
        println!("no votes in {}: see the head of benches/seats.rs", folder.display());
        return ExitCode::FAILURE;
    }
    let rows = std::env::args().skip(1).filter_map(|row| row.parse().ok()).collect();
    let mut report = Report { missed: 0, rows };
    let all = |name| Crowd::polis(&folder, name);
    let freshwater = all("scoop-hivemind.freshwater");
    let (biodiversity, uberx) =
        (all("scoop-hivemind.biodiversity").first(438), all("vtaiwan.uberx").first(1218));

    if report.asked(1) {
        println!("\n1. 24 people: the proven optimum");
        twenty_four(&mut report, &folder);
    }
    if report.asked(2) {
        println!("\n2. Dozens of people, groups of 6: F (bounds 10.57417 and 21.29265)");
        let (some, more) = (freshwater.first(48), freshwater.first(96));
        quality(&mut report, "freshwater 48", &some, 50_000_000, 10.558, 1.0);
        quality(&mut report, "freshwater 96", &more, 250_000_000, 21.24, 5.0);
        quality(&mut report, "freshwater 96", &more, 1_700_000_000, 21.26, 20.0);
    }
    if report.asked(3) {
        println!("\n3. Hundreds of people, groups of 6: F (TPSDP of its authors 65.00 and 233.39)");
        quality(&mut report, "biodiversity 438", &biodiversity, 400_000_000, 65.05, 10.0);
        quality(&mut report, "vtaiwan.uberx 1218", &uberx, 22_000_000, 232.8, 2.0);
        quality(&mut report, "vtaiwan.uberx 1218", &uberx, 500_000_000, 233.4, 20.0);
    }
    if report.asked(4) {
        println!("\n4. 10,000 people, groups of 6: votes on five axes, drawn anew with noise");
        let large = uberx.principal(5).resampled(10_000, 0.2, 1);
        let runs = run(&large, 6, 20_000_000, 0.0);
        let seen = format!("{:.3}, {:.1} s, {:.0} MB", runs.closed, runs.seconds, runs.megabytes);
        let met = runs.closed >= 0.58 && runs.seconds <= 10.0 && runs.megabytes <= 600.0;
        report.line("gap closed", &seen, ">= 0.58, <= 10 s, <= 600 MB", met);
    }
    if report.asked(5) {
        println!(
            "\n5. Above the median or not: gap closed (Frankly Match .526 .643 .331 .370 .445)"
        );
        let london = all("london.youth.policing").first(24);
        for (name, crowd, bits) in [
            ("london 24, 8 statements", &london, 8),
            ("freshwater 96, 8 statements", &freshwater.first(96), 8),
            ("freshwater 96, 30 statements", &freshwater.first(96), 30),
            ("biodiversity 438, 10 statements", &biodiversity, 10),
            ("vtaiwan.uberx 1218, 10 statements", &uberx, 10),
        ] {
            let crowd = crowd.halves(bits);
            let runs = run(&crowd, 6, 20_000_000, 0.0);
            let most = crowd.closable(6);
            let seen = format!("{:.4} of {most:.4}, {:.1} s", runs.closed, runs.seconds);
            let met = runs.closed >= 0.85 && runs.seconds <= 2.0;
            report.line(name, &seen, ">= 0.85 at 2 s", met);
        }
    }
    if report.asked(7) {
        println!("\n7. Seats where times and hosts are short, against CP-SAT");
        placing(&mut report);
    }
    if report.asked(8) {
        println!("\n8. Fairness 16 against none");
        fairness(&mut report, "freshwater 96", &freshwater.first(96), 100_000_000);
        fairness(&mut report, "biodiversity 438", &biodiversity, 100_000_000);
        fairness(&mut report, "vtaiwan.uberx 1218", &uberx, 100_000_000);
    }
    if report.asked(9) {
        println!("\n9. Rounds");
        tables::rounds(&mut report);
        tables::group_select(&mut report);
    }
    println!("\nThe same everywhere");
    same(&mut report, &freshwater.first(96));
    println!("\n{} bars missed", report.missed);
    if report.missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
