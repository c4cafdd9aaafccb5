//! Points of a scale, and numbers.

use super::choices::INTERVAL;
use super::{Base, Picture, Shape};
use crate::domain::kind::Amount;
use crate::insight::brief::{people, percent};
use crate::insight::tally::Bin;
use crate::store::questionnaires::Asked;
use crate::web::desk::insight::table::{Cell, Part, Table, rounded};
use crate::web::ui::chart::bars::Bar;

/// Both sides of a scale. Shares are of those who placed themselves.
pub(super) fn scale(
    asked: &Asked,
    base: &Base,
    (points, placed): (&[usize], usize),
    [low, high]: [&str; 2],
    median: Option<f64>,
    cannot_say: Option<usize>,
) -> Picture {
    let mut table = Table::new(&["Point", "Meaning", "People", "Share", "From", "To", "Of"]);
    let (mut bars, mut parts) = (vec![], vec![]);
    let mut row = |name: String, meaning: &str, count: usize, of: usize| {
        let part = Part::new(count, of);
        let [share, from, to] = part.cells();
        let meaning =
            if meaning.is_empty() { Cell::Empty } else { Cell::Words(meaning.to_owned()) };
        let (people, of) = (Cell::Count(count), Cell::Count(of));
        table.rows.push(vec![Cell::Words(name.clone()), meaning, people, share, from, to, of]);
        part
    };
    for (point, count) in (1_usize..).zip(points) {
        let meaning = match point {
            1 => low,
            last if last == points.len() => high,
            _ => "",
        };
        let part = row(point.to_string(), meaning, *count, placed);
        parts.push(part.share);
        let said = format!("{count} · {}", percent(part.share));
        let interval = Some(part.interval());
        bars.push(Bar { label: point.to_string(), part: part.share, interval, said });
    }
    if let Some(cannot) = cannot_say {
        let part = row("Can’t say".to_owned(), "", cannot, base.answered);
        let said = format!("{cannot} · {}", percent(part.share));
        bars.push(Bar {
            label: "?".to_owned(),
            part: part.share,
            interval: Some(part.interval()),
            said,
        });
    }
    table.missing(2, base.missing);
    let mut picture = base.picture(asked, table);
    picture.reading.push(summed(points, placed, median));
    if let Some(cannot) = cannot_say {
        picture.reading.push(format!(
            "{} can’t say (“?”): a share of all {} who answered. The shares of the points are of the {placed} who placed themselves.",
            people(cannot),
            base.answered
        ));
    }
    picture.reading.push(INTERVAL.to_owned());
    let name = |point: usize, words: &str| {
        if words.is_empty() { point.to_string() } else { format!("{point} {words}") }
    };
    let (low, high) = (name(1, low), name(points.len(), high));
    picture.shape = (base.answered > 0).then_some(Shape::Scale { parts, low, high, points: bars });
    picture
}

/// How many stand on each side.
fn summed(points: &[usize], placed: usize, median: Option<f64>) -> String {
    let half = points.len() / 2;
    let side = |count: usize| {
        let part = Part::new(count, placed);
        format!("{} ({} to {})", percent(part.share), percent(part.low), percent(part.high))
    };
    let low: usize = points.iter().take(half).sum();
    let high: usize = points.iter().rev().take(half).sum();
    let middle = if points.len() % 2 == 1 { ", the rest in the middle" } else { "" };
    let median = median.map(|m| format!(" The middle answer is {}.", rounded(m)));
    format!(
        "Lower half {}, upper half {}{middle}.{}",
        side(low),
        side(high),
        median.unwrap_or_default()
    )
}

/// Numbers in steps.
pub(super) fn numbers(
    asked: &Asked,
    base: &Base,
    bins: &[Bin],
    median: Option<f64>,
    unit: &str,
) -> Picture {
    let mut table = Table::new(&["At least", "Less than", "People", "Share", "From", "To", "Of"]);
    for bin in bins {
        let [share, low, high] = Part::new(bin.count, base.answered).cells();
        let (from, to) = (Cell::Exact(bin.from), Cell::Exact(bin.to));
        let (count, of) = (Cell::Count(bin.count), Cell::Count(base.answered));
        table.rows.push(vec![from, to, count, share, low, high, of]);
    }
    table.missing(2, base.missing);
    let mut picture = base.picture(asked, table);
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    if let Some(median) = median {
        picture.reading.push(format!("The middle answer is {}{unit}.", rounded(median)));
    }
    picture
        .reading
        .push("How many people named a number from one mark to just under the next.".to_owned());
    let edges = bins.iter().map(|bin| bin.from).chain(bins.last().map(|bin| bin.to));
    picture.shape = (base.answered > 0).then(|| Shape::Histogram {
        edges: edges.map(Amount::value).collect(),
        counts: bins.iter().map(|bin| bin.count).collect(),
        median: median.map(|median| (median, format!("median {}", rounded(median)))),
    });
    picture
}
