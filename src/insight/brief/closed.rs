//! A closed question: its counts, with shares and their likely range, as a small table.

use super::open::{answered, said};
use super::say::{Limits, Say};
use super::{Figure, Section, Sentence, Table, begun};
use crate::analysis::stats::median;
use crate::domain::Answer;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::kind::Kind;
use crate::insight::Material;
use crate::insight::tally::{Bin, Counts, Ranked, Share, Tally};
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
        count(say, material, asked, tally, all.len(), &mut sentence);
    }
    let title = asked.wording.prompt.clone();
    Some(Section::new(&asked.key, title, vec![asked.key.clone()], vec![sentence]))
}

/// Which lines of a question with one answer a person may be told, by what conditions call them.
pub(super) fn told_of(limits: Limits, tally: &Tally) -> Option<Vec<(String, bool)>> {
    match &tally.counts {
        Counts::Options { rows, .. } => {
            let counts: Vec<usize> = rows.iter().map(|row| row.count).collect();
            let keys = rows.iter().map(|row| row.key.clone());
            Some(keys.zip(limits.parts(&counts)).collect())
        }
        Counts::Scale { points, cannot_say, .. } => {
            // Few who cannot say would follow from the others.
            let cannot = cannot_say.filter(|count| *count > 0);
            let counts: Vec<usize> = points.iter().copied().chain(cannot).collect();
            let mut told = limits.parts(&counts);
            told.resize(points.len() + 1, false);
            let keys = (1..=points.len()).map(|point| point.to_string());
            Some(keys.chain([CANNOT_SAY.to_owned()]).zip(told).collect())
        }
        _ => None,
    }
}

fn count(
    say: &Say,
    material: &Material,
    asked: &Asked,
    tally: &Tally,
    of: usize,
    into: &mut Sentence,
) {
    let other = || say.get("brief-other");
    let told = || told_of(say.limits, tally).unwrap_or_default().into_iter().map(|(_, told)| told);
    let (text, table, figures) = match &tally.counts {
        Counts::Options { rows, .. } => {
            let told: Vec<bool> = if matches!(asked.wording.kind, Kind::Single(_)) {
                told().collect()
            } else {
                rows.iter().map(|row| say.limits.tells(row.count, of)).collect()
            };
            let mut lines: Vec<Line> = rows
                .iter()
                .zip(keys(material, asked, "option"))
                .zip(told)
                .map(|((row, key), told)| Line {
                    key,
                    label: row.label.clone().unwrap_or_else(other),
                    count: row.count,
                    of,
                    told,
                })
                .collect();
            // Those that are not told stand last, in the order of the form.
            lines.sort_by_key(|line| {
                (!line.told, std::cmp::Reverse(if line.told { line.count } else { 0 }))
            });
            let (table, figures) = of_people(say, lines);
            (say.with("brief-chose", &[("who", say.people(of).into())]), table, figures)
        }
        Counts::Scale { points, low, high, median, cannot_say } => {
            let placed = tally.of();
            let told: Vec<bool> = told().collect();
            // Shares are of those who placed themselves, unless that would tell who did not.
            let apart = told.last() == Some(&true) || placed == of;
            let last = points.len();
            let mut lines: Vec<Line> = (1..)
                .zip(points)
                .zip(&told)
                .map(|((point, count), told): ((usize, &usize), &bool)| Line {
                    key: format!("point.{point}"),
                    label: match point {
                        1 => format!("1 · {low}"),
                        p if p == last => format!("{p} · {high}"),
                        p => p.to_string(),
                    },
                    count: *count,
                    of: if apart { placed } else { of },
                    told: *told,
                })
                .collect();
            lines.extend(cannot_say.map(|count| Line {
                key: CANNOT_SAY.to_owned(),
                label: say.get("form-cannot-say"),
                count,
                of,
                told: told.last() == Some(&true),
            }));
            let (table, mut figures) = of_people(say, lines);
            let median = median.filter(|_| placed >= say.limits.people.max(1));
            figures.push(plain("median", median));
            let values = [
                ("who", say.people(of).into()),
                ("low", low.as_str().into()),
                ("high", high.as_str().into()),
                ("points", last.into()),
                ("median", number(median.unwrap_or_default()).into()),
            ];
            let text = match median {
                Some(_) => say.with("brief-placed", &values),
                None => say.with("brief-answered", &values[..1]),
            };
            (text, table, figures)
        }
        Counts::Shares { rows, total, .. } => shares(say, material, asked, (rows, *total), of),
        Counts::Ranking(rows) => {
            let (table, figures) = ranking(say, rows, of);
            (say.with("brief-ranked", &[("who", say.people(of).into())]), table, figures)
        }
        Counts::Numbers { bins, unit, .. } => {
            let (text, figures) = numbers(say, material, asked, (bins, unit), of);
            (text, Table::default(), figures)
        }
        Counts::Slots(_) => return,
    };
    into.text = begun(&text);
    into.figures.extend(figures);
    into.table = (!table.rows.is_empty()).then_some(table);
}

/// First places, with the points on average that their order follows.
fn ranking(say: &Say, rows: &[Ranked], of: usize) -> (Table, Vec<Figure>) {
    let counts: Vec<usize> = rows.iter().map(|row| row.first).collect();
    let told = say.limits.parts(&counts);
    // Of two options the points of one are how many put it first.
    let points = rows.len() > 2 || told.iter().all(|told| *told);
    let lines = rows.iter().zip(told).map(|(row, told)| Line {
        key: format!("first.{}", row.label),
        label: row.label.clone(),
        count: row.first,
        of,
        told,
    });
    let (mut table, figures) = of_people(say, lines.collect());
    if let Some(head) = table.head.get_mut(1) {
        *head = say.get("brief-head-first");
    }
    if points {
        // Told are rounded means.
        table.head.insert(1, say.get("brief-head-points"));
        for (line, row) in table.rows.iter_mut().zip(rows) {
            line.insert(1, format!("{:.1}", row.points));
        }
    }
    (table, figures)
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
    // A mean of many, to the last place, tells what a single person gave.
    let exact = |mean: f64| if say.limits.people > 0 { mean.round() } else { mean };
    let figures = lines.iter().map(|(row, key)| plain(key.clone(), Some(exact(row.mean))));
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
    of: usize,
    told: bool,
}

fn of_people(say: &Say, lines: Vec<Line>) -> (Table, Vec<Figure>) {
    let figures = lines.iter().map(|l| say.figure_if(l.key.clone(), l.count, l.of, l.told));
    let figures = figures.collect();
    let rows = lines.into_iter().map(|line| {
        let [people, likely] = say.cells(line.count, line.of, line.told);
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

/// The middle, and between which numbers the middle half lies. Each of them is what one person
/// said, so they are told by the steps of the histogram only; the least and the most not at all.
fn numbers(
    say: &Say,
    material: &Material,
    asked: &Asked,
    (bins, unit): (&[Bin], &str),
    of: usize,
) -> (String, Vec<Figure>) {
    let given = material.answers(asked.id).filter_map(|(_, answer)| match answer {
        Answer::Number(number) => Some(number.value()),
        _ => None,
    });
    let mut given: Vec<f64> = given.collect();
    given.sort_by(f64::total_cmp);
    let half = given.len() / 2;
    let step = bins.first().map_or(1.0, |bin| bin.to.value() - bin.from.value());
    let exact = say.limits.people == 0;
    let told = |part: Option<&[f64]>| {
        let value = part.and_then(median).unwrap_or_default();
        if exact { value } else { (value / step).round() * step }
    };
    let (middle, low, high) =
        (told(Some(&given)), told(given.get(..half)), told(given.get(given.len() - half..)));
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
        let key = if exact { "brief-number" } else { "brief-number-about" };
        return (say.with(key, &values[..2]), figures);
    }
    figures.extend([plain("quarter", Some(low)), plain("three_quarters", Some(high))]);
    let key = if exact { "brief-number-range" } else { "brief-number-range-about" };
    (say.with(key, &values), figures)
}

/// A number with at most two places.
fn number(value: f64) -> String {
    // Zero has no sign, and neither has what is rounded to it.
    let rounded = (value * 100.0).round() / 100.0 + 0.0;
    let text = format!("{rounded:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
