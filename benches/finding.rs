//! How well and how fast questions are found in articles. `cargo bench --bench finding`
//!
//! The articles and their marks lie in `tests/articles` (`SOURCES.md` there says how they are
//! marked); `faults` as an argument lists what was missed and wrongly ticked. Speed is taken on
//! ten megabytes made of these articles, beside a pass of the parser alone over the same text.
//!
//! The last line says how many bars were missed; missing one is a failure.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a measurement may fail loudly, and prints what it measured"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use colloquy::article::{self, Format};
use judge::Score;

#[path = "../tests/it/finding/judge.rs"]
mod judge;

const SIZE: usize = 10 << 20;

fn main() -> ExitCode {
    let faults = std::env::args().any(|argument| argument == "faults");
    let mut missed = 0;
    for held_out in [false, true] {
        let half = if held_out { "held out" } else { "for tuning" };
        let mut groups: BTreeMap<String, Score> = BTreeMap::new();
        let mut count = 0;
        for article in judge::articles().iter().filter(|a| a.held_out() == held_out) {
            assert!(article.misplaced().is_empty(), "{}: a mark stands nowhere", article.name);
            let score = article.score();
            count += 1;
            let origin = if article.written_by_us() { "ours" } else { "real" };
            let names = ["all", article.language(), origin, &format!("kind: {}", article.kind())];
            for name in names.map(str::to_owned) {
                groups.entry(name).or_default().add(&score);
            }
            if faults {
                for fault in &score.faults {
                    println!("  {fault}");
                }
            }
        }
        println!("\n{count} articles {half}");
        println!(
            "{:20}{:>7}{:>7}{:>8}{:>7}{:>8}{:>11}{:>9}{:>12}",
            "", "asked", "found", "ticked", "right", "recall", "precision", "options", "statements"
        );
        for (name, of) in &groups {
            println!(
                "{name:20}{:>7}{:>7}{:>8}{:>7}{:>8.2}{:>11.2}{:>9}{:>12}",
                of.asked,
                of.found,
                of.ticked,
                of.right,
                of.recall(),
                of.precision(),
                format!("{}/{}", of.listed, of.lists),
                format!("{}/{}", of.stated, of.statements),
            );
        }
        let all = &groups["all"];
        if held_out {
            missed += usize::from(all.recall() < 0.90) + usize::from(all.precision() < 0.80);
        }
    }
    missed += usize::from(speed() > Duration::from_secs(1));
    println!("\nbars missed: {missed}");
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How long this thread has run: what others do on the machine does not count.
fn spent() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let run = text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
    run.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Ten megabytes of Markdown: how long reading and finding take, the best of three.
fn speed() -> Duration {
    let mut text = String::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    while text.len() < SIZE {
        for path in &paths {
            text.push_str(&fs::read_to_string(path).unwrap());
            text.push_str("\n\n");
        }
    }
    let best = |work: &dyn Fn() -> usize| {
        let times = (0..3).map(|_| {
            let begun = spent();
            std::hint::black_box(work());
            spent().saturating_sub(begun)
        });
        times.min().unwrap()
    };
    let parser = best(&|| {
        let options = pulldown_cmark::Options::ENABLE_TABLES;
        pulldown_cmark::Parser::new_ext(&text, options).count()
    });
    let read = best(&|| article::read(&text, Format::Markdown).unwrap().title.len());
    let brought = article::read(&text, Format::Markdown).unwrap();
    let found = best(&|| article::candidates(&brought).len());
    let rate = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
    println!("\n{:.1} MB of Markdown", text.len() as f64 / 1e6);
    for (name, time) in [("the parser alone", parser), ("reading", read), ("finding", found)] {
        println!("{name:20}{:>8.0} ms{:>8.0} MB/s", time.as_secs_f64() * 1e3, rate(time));
    }
    read + found
}
