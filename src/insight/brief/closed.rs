//! A closed question: its counts, with shares and their likely range, as a small table.

use super::open::{answered, said};
use super::say::Say;
use super::{Figure, Section, Sentence, Table};
use crate::analysis::stats::median;
use crate::domain::Answer;
use crate::domain::kind::Kind;
use crate::insight::Material;
use crate::insight::tally::{Counts, Share, Tally};
use crate::store::questionnaires::Asked;

pub(super) fn section(
    say: &Say,
    material: &Material,
    asked: &Asked,
    tally: &Tally,
) -> Option<Section> {
    let all = answered(material, asked.id);
    if all.is_empty() || matches!(tally.counts, Counts::Slots(_)) {
        return None;
    }
    let mut sentence = said(say, asked, &all);
    if all.len() >= say.limits.people {
        counted(say, material, asked, tally, &mut sentence);
    }
    let title = asked.wording.prompt.clone();
    Some(Section::new(&asked.key, title, vec![asked.key.clone()], vec![sentence]))
}

fn counted(say: &Say, material: &Material, asked: &Asked, tally: &Tally, into: &mut Sentence) {
    let of = tally.answered;
    let other = || say.get("brief-other");
    let (text, table, figures) = match &tally.counts {
        Counts::Options { rows, .. } => {
            let counts: Vec<usize> = rows.iter().map(|row| row.count).collect();
            let told = if matches!(asked.wording.kind, Kind::Single(_)) {
                say.limits.parts(&counts)
            } else {
                counts.iter().map(|count| say.limits.tells(*count, of)).collect()
            };
            let mut lines: Vec<Line> = rows
                .iter()
                .zip(keys(material, asked, "option"))
                .zip(told)
                .map(|((row, key), told)| Line {
                    key,
                    label: row.label.clone().unwrap_or_else(other),
                    count: row.count,
                    told,
                })
                .collect();
            // Those that are not told stand last, in the order of the form.
            lines.sort_by_key(|line| {
                (!line.told, std::cmp::Reverse(if line.told { line.count } else { 0 }))
            });
            let (table, figures) = of_people(say, lines, of);
            (say.with("brief-chose", &[("who", say.people(of).into())]), table, figures)
        }
        Counts::Scale { points, low, high, median, cannot_say } => {
            let mut counts = points.clone();
            counts.extend(cannot_say);
            let told = say.limits.parts(&counts);
            let last = points.len();
            let lines = (1..).zip(&counts).zip(told).map(
                |((point, count), told): ((usize, &usize), bool)| Line {
                    key: if point > last {
                        "cannot_say".to_owned()
                    } else {
                        format!("point.{point}")
                    },
                    label: match point {
                        1 => format!("1 · {low}"),
                        p if p == last => format!("{p} · {high}"),
                        p if p > last => say.get("form-cannot-say"),
                        p => p.to_string(),
                    },
                    count: *count,
                    told,
                },
            );
            let (table, mut figures) = of_people(say, lines.collect(), of);
            figures.push(plain("median", *median));
            let placed: usize = points.iter().sum();
            let values = [
                ("who", say.people(placed).into()),
                ("low", low.as_str().into()),
                ("high", high.as_str().into()),
                ("points", last.into()),
                ("median", number(median.unwrap_or_default()).into()),
            ];
            let key =
                if placed >= say.limits.people.max(1) { "brief-placed" } else { "brief-answered" };
            let values = if key == "brief-placed" { &values[..] } else { &values[..1] };
            (say.with(key, values), table, figures)
        }
        Counts::Shares { rows, total, .. } => shares(say, material, asked, (rows, *total), of),
        Counts::Ranking(rows) => {
            let counts: Vec<usize> = rows.iter().map(|row| row.first).collect();
            let told = say.limits.parts(&counts);
            let lines = rows.iter().zip(told).map(|(row, told)| Line {
                key: format!("first.{}", row.label),
                label: row.label.clone(),
                count: row.first,
                told,
            });
            let (mut table, figures) = of_people(say, lines.collect(), of);
            if let Some(head) = table.head.get_mut(1) {
                *head = say.get("brief-head-first");
            }
            (say.with("brief-ranked", &[("who", say.people(of).into())]), table, figures)
        }
        Counts::Numbers { unit, .. } => {
            let (text, figures) = numbers(say, material, asked, unit, of);
            (text, Table::default(), figures)
        }
        Counts::Slots(_) => return,
    };
    into.text = text;
    into.figures.extend(figures);
    into.table = (!table.rows.is_empty()).then_some(table);
}

/// Points on average, most first.
fn shares(
    say: &Say,
    material: &Material,
    asked: &Asked,
    (rows, total): (&[Share], u32),
    of: usize,
) -> (String, Table, Vec<Figure>) {
    let mut lines: Vec<_> = rows.iter().zip(keys(material, asked, "mean")).collect();
    lines.sort_by(|a, b| b.0.mean.total_cmp(&a.0.mean));
    let figures = lines.iter().map(|(row, key)| plain(key.clone(), Some(row.mean)));
    let figures = figures.collect();
    let rows = lines.iter().map(|(row, _)| {
        vec![
            row.label.clone().unwrap_or_else(|| say.get("brief-other")),
            format!("{:.0}", row.mean),
        ]
    });
    let head = ["brief-head-answer", "brief-head-points"].map(|key| say.get(key)).to_vec();
    let total = i64::from(total);
    let values = [("who", say.people(of).into()), ("total", total.into())];
    (say.with("brief-shared", &values), Table { head, rows: rows.collect() }, figures)
}

/// One line of a table.
struct Line {
    key: String,
    label: String,
    count: usize,
    told: bool,
}

fn of_people(say: &Say, lines: Vec<Line>, of: usize) -> (Table, Vec<Figure>) {
    let figures = lines.iter().map(|l| say.figure_if(l.key.clone(), l.count, of, l.told));
    let figures = figures.collect();
    let rows = lines.into_iter().map(|line| {
        let [people, likely] = say.cells(line.count, of, line.told);
        vec![line.label, people, likely]
    });
    (say.table(rows.collect()), figures)
}

/// `option.o1`, …, `option.other`: the names of a question's lines, in the order of its rows.
fn keys(material: &Material, asked: &Asked, what: &str) -> Vec<String> {
    let lines = material.lines(asked);
    let keys = lines.iter().map(|line| line.key.clone());
    keys.chain(["other".to_owned()]).map(|key| format!("{what}.{key}")).collect()
}

fn plain(what: impl Into<String>, number: Option<f64>) -> Figure {
    Figure { what: what.into(), number, of: None, likely: None }
}

/// The middle, and between which numbers the middle half lies; the least and the most are what
/// one person said, so they are for the desk only.
fn numbers(
    say: &Say,
    material: &Material,
    asked: &Asked,
    unit: &str,
    of: usize,
) -> (String, Vec<Figure>) {
    let given = material.answers(asked.id).filter_map(|(_, answer)| match answer {
        Answer::Number(number) => Some(number.value()),
        _ => None,
    });
    let mut given: Vec<f64> = given.collect();
    given.sort_by(f64::total_cmp);
    let half = given.len() / 2;
    let quarter = |part: Option<&[f64]>| part.and_then(median).unwrap_or_default();
    let (middle, low, high) = (
        median(&given).unwrap_or_default(),
        quarter(given.get(..half)),
        quarter(given.get(given.len() - half..)),
    );
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let values = [
        ("who", say.people(of).into()),
        ("middle", format!("{}{unit}", number(middle)).into()),
        ("low", number(low).into()),
        ("high", format!("{}{unit}", number(high)).into()),
    ];
    let mut figures = vec![plain("median", Some(middle))];
    // Each quarter has to be of enough people.
    if given.len() < say.limits.people * 4 || given.len() < 4 {
        return (say.with("brief-number", &values[..2]), figures);
    }
    figures.extend([plain("quarter", Some(low)), plain("three_quarters", Some(high))]);
    (say.with("brief-number-range", &values), figures)
}

/// A number with at most two places.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
