//! Google Forms: its answers as CSV. The file does not say how a question was asked; that is read
//! off the answers, and said in a note, so that it can be set right.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone as _, Utc};

use super::build::{Asking, Builder, How, Lines, Said, are_votes, vote};
use super::sheet::{language, plain, rows};
use super::{Brought, Given, Source, Unreadable};
use crate::domain::Answer;
use crate::domain::kind::{Amount, Chosen, Kind, Votes};

/// More than this is no answer sheet of a form.
const MOST_ROWS: usize = 100_000;
/// More options than these are answers in one's own words.
const MOST_OPTIONS: usize = 30;
/// A longer answer is in one's own words, in characters.
const LONGEST_OPTION: usize = 120;

/// A column: its place, its heading, what stands below it.
struct Column {
    place: usize,
    head: String,
    cells: Vec<String>,
}

/// How the cells of a question become answers.
enum Cells {
    One(usize),
    /// Several options in one cell, parted so.
    Several(usize, &'static str),
    /// One column for each statement.
    Rows(Vec<usize>),
}

pub(super) fn read(name: Option<&str>, text: &str) -> Result<Brought, Unreadable> {
    let mut table = rows(text, b',').into_iter();
    let head = table.next().unwrap_or_default();
    let body: Vec<Vec<String>> = table
        .take(MOST_ROWS)
        .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
        .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty()))
        .collect();
    let times: Vec<&str> = body.iter().filter_map(|row| row.first()).map(String::as_str).collect();
    let order = Order::of(&times);
    let dated = times.iter().filter(|time| order.read(time).is_some()).count();
    // Its first column is always the time at which the answers came.
    if head.len() < 2 || dated * 2 < times.len() || body.is_empty() {
        return Err(Unreadable::Unknown);
    }
    let heads: String = head.iter().collect();
    let own = language(&heads);
    let title = name.and_then(|name| name.rsplit_once('.')).map_or("Google form", |(name, _)| name);
    let title = title.strip_suffix(" (Responses)").unwrap_or(title);
    let mut builder = Builder::new(Source::GoogleForms, title, own);
    let columns = head.iter().enumerate().skip(1).map(|(place, head)| Column {
        place,
        head: plain(head),
        cells: body.iter().map(|row| row.get(place).cloned().unwrap_or_default()).collect(),
    });
    let columns: Vec<Column> = columns.collect();
    let mut asked: Vec<(usize, Cells)> = vec![];
    let mut done: BTreeSet<usize> = BTreeSet::new();
    for column in &columns {
        if !done.insert(column.place) {
            continue;
        }
        if is_address(column) {
            builder.note(&column.head, "The column of addresses was left out: nobody in it has agreed here to be written to.");
            continue;
        }
        let rows: Vec<&Column> = match row_of(&column.head) {
            Some((of, _)) => columns
                .iter()
                .filter(|other| row_of(&other.head).is_some_and(|(same, _)| same == of))
                .collect(),
            None => vec![],
        };
        if rows.len() > 1 && rows.iter().all(|row| is_voted(row)) {
            let (of, _) = row_of(&column.head).unwrap_or_default();
            let line = |row: &&Column| {
                let said = row_of(&row.head).map_or("", |(_, row)| row);
                (format!("s{}", row.place), Said::from(said))
            };
            let how = How::Statements { lines: rows.iter().map(line).collect() };
            if let Some(place) = builder.ask(Asking::new(of, of, how)) {
                let places = rows.iter().map(|row| row.place).collect::<Vec<_>>();
                done.extend(&places);
                asked.push((place, Cells::Rows(places)));
            }
            continue;
        }
        let (how, separator) = guess(&mut builder, column);
        let prompt = match row_of(&column.head).filter(|_| rows.len() > 1) {
            Some((of, row)) => format!("{of} — {row}"),
            None => column.head.clone(),
        };
        if let Some(place) = builder.ask(Asking::new(&column.head, prompt.as_str(), how)) {
            asked.push((
                place,
                match separator {
                    Some(separator) => Cells::Several(column.place, separator),
                    None => Cells::One(column.place),
                },
            ));
        }
    }
    if order.zone.is_none() {
        builder.note("", "Its times tell no time zone: they were read as UTC.");
    }
    let mut brought = builder.finish()?;
    for (number, row) in (1..).zip(&body) {
        let at = row.first().and_then(|time| order.read(time));
        let mut answers = BTreeMap::new();
        for (place, cells) in &asked {
            let Some(question) = brought.document.questions.get(*place) else { continue };
            let Some(key) = question.key.clone() else { continue };
            if let Some(answer) = answer(&question.wording.kind, cells, row) {
                answers.insert(key, answer);
            }
        }
        if !answers.is_empty() {
            brought.answers.push(Given { row: number, at, answers });
        }
    }
    Ok(brought)
}

/// `Question [Row]`, as grids are written.
fn row_of(head: &str) -> Option<(&str, &str)> {
    let (of, row) = head.strip_suffix(']')?.rsplit_once('[')?;
    Some((of.trim(), row.trim()))
}

fn filled(column: &Column) -> impl Iterator<Item = &str> {
    column.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty())
}

fn is_voted(column: &Column) -> bool {
    let said: BTreeSet<&str> = filled(column).collect();
    !said.is_empty() && said.iter().all(|one| vote(one).is_some())
}

fn is_address(column: &Column) -> bool {
    let all = filled(column).count();
    let addresses = filled(column).filter(|cell| {
        cell.split_once('@').is_some_and(|(_, host)| host.contains('.')) && !cell.contains(' ')
    });
    all > 0 && addresses.count() * 10 >= all * 9
}

/// How a question was asked, by what was answered; the separator, where several can be chosen.
fn guess(builder: &mut Builder, column: &Column) -> (How, Option<&'static str>) {
    let name = column.head.as_str();
    let cells: Vec<&str> = filled(column).collect();
    let distinct: BTreeSet<&str> = cells.iter().copied().collect();
    if cells.is_empty() {
        return (How::Open { long: true, most: None }, None);
    }
    let numbers: Option<Vec<i64>> = cells.iter().map(|cell| cell.parse().ok()).collect();
    if let Some(numbers) = numbers {
        let (least, most) = (numbers.iter().min(), numbers.iter().max());
        let (least, most) = (least.copied().unwrap_or(1), most.copied().unwrap_or(5));
        if least >= 0 && most <= 10 && distinct.len() > 1 {
            let to = if most <= 5 { 5 } else { 10 };
            let from = i64::from(least > 0);
            builder.note(name, format!("Its answers go from {least} to {most}: it was read as a scale from {from} to {to}. If it is a number, change its kind."));
            let points = (from..=to).map(|point| point.to_string()).collect();
            return (How::Scale { points, low: Said::default(), high: Said::default() }, None);
        }
    }
    if cells.iter().all(|cell| cell.parse::<Amount>().is_ok()) {
        let whole = cells.iter().all(|cell| cell.parse::<i64>().is_ok());
        return (How::Number { least: None, most: None, whole, unit: String::new() }, None);
    }
    for separator in [";", ", "] {
        let pieces: Vec<&str> =
            cells.iter().flat_map(|cell| cell.split(separator)).map(str::trim).collect();
        let kinds: BTreeSet<&str> = pieces.iter().copied().collect();
        let short = kinds.iter().all(|piece| piece.chars().count() <= LONGEST_OPTION / 2);
        let parted = cells.iter().filter(|cell| cell.contains(separator)).count();
        let again = kinds.len() * 2 <= pieces.len()
            && kinds.len() < distinct.len() + usize::from(separator == ";");
        if parted > 0 && short && again && (2..=MOST_OPTIONS).contains(&kinds.len()) {
            builder.note(name, "Several of its options can be chosen, as it seems. Options that nobody chose are not in the file.");
            return (How::Multiple { lines: options(&kinds), other: false }, Some(separator));
        }
    }
    let short =
        distinct.iter().all(|cell| cell.chars().count() <= LONGEST_OPTION && !cell.contains('\n'));
    let again = distinct.len() * 2 <= cells.len();
    if short && again && (2..=MOST_OPTIONS).contains(&distinct.len())
        || are_votes(distinct.iter().copied())
    {
        builder.note(name, "One of its options can be chosen, as it seems. Options that nobody chose are not in the file.");
        return (How::Single { lines: options(&distinct), other: false }, None);
    }
    let long = cells.iter().map(|cell| cell.chars().count()).sum::<usize>() > 60 * cells.len();
    (How::Open { long, most: None }, None)
}

fn options(of: &BTreeSet<&str>) -> Lines {
    of.iter().map(|text| ((*text).to_owned(), Said::from(*text))).collect()
}

fn answer(kind: &Kind, cells: &Cells, row: &[String]) -> Option<Answer> {
    let cell = |place: usize| row.get(place).map(String::as_str).filter(|cell| !cell.is_empty());
    let key = |text: &str| {
        let line = kind.lines().iter().find(|line| line.text == plain(text));
        line.map(|line| line.key.clone())
    };
    match cells {
        Cells::Rows(places) => {
            let votes = kind.lines().iter().zip(places);
            let votes =
                votes.filter_map(|(line, place)| Some((line.key.clone(), vote(cell(*place)?)?)));
            let votes = Votes { votes: votes.collect(), own: Box::default() };
            (votes != Votes::default()).then_some(Answer::Statements(votes))
        }
        Cells::Several(place, separator) => {
            let mut options: Vec<String> =
                cell(*place)?.split(separator).filter_map(|piece| key(piece.trim())).collect();
            options.sort_by_key(|key| kind.lines().iter().position(|line| line.key == *key));
            options.dedup();
            Some(Answer::Multiple(Chosen { options, other: None }))
        }
        Cells::One(place) => {
            let text = cell(*place)?;
            Some(match kind {
                Kind::Open(_) => Answer::Open(text.to_owned()),
                Kind::Number(_) => Answer::Number(text.parse().ok()?),
                Kind::Scale(scale) => {
                    let point: u8 = text.parse().ok()?;
                    // Eleven points began with 0 there, six too: those up to 5.
                    let from_zero = matches!(scale.points, 6 | 11);
                    Answer::Scale(if from_zero { point + 1 } else { point })
                }
                _ => Answer::Single(Chosen { options: vec![key(text)?], other: None }),
            })
        }
    }
}

/// How the times of a file are written.
struct Order {
    day_first: bool,
    zone: Option<FixedOffset>,
}

impl Order {
    fn of(times: &[&str]) -> Self {
        let first = |time: &&str| time.split(['/', '.', '-']).next()?.trim().parse::<u32>().ok();
        let day_first = times.iter().filter_map(first).any(|first| (13..=31).contains(&first))
            || times.iter().any(|time| time.split(' ').next().is_some_and(|day| day.contains('.')));
        let zone = times.iter().find_map(|time| zone_of(time));
        Self { day_first, zone }
    }

    /// The moment, by whichever of the ways Google writes it.
    fn read(&self, time: &str) -> Option<DateTime<Utc>> {
        let (time, _) = time.split_once(" GMT").unwrap_or((time, ""));
        let time = time.replace("上午 ", "AM ").replace("下午 ", "PM ");
        let time = time.replace("上午", "AM ").replace("下午", "PM ");
        let ways = [
            "%Y/%m/%d %I:%M:%S %p",
            "%Y/%m/%d %p %I:%M:%S",
            "%Y/%m/%d %H:%M:%S",
            "%Y-%m-%d %H:%M:%S",
        ];
        let by_day = ["%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d-%m-%Y %H:%M:%S"];
        let by_month = ["%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p"];
        let more: &[&str] = if self.day_first { &by_day } else { &by_month };
        let read = ways
            .iter()
            .chain(more)
            .find_map(|way| NaiveDateTime::parse_from_str(time.trim(), way).ok())?;
        let zone = self.zone.unwrap_or(FixedOffset::east_opt(0)?);
        Some(zone.from_local_datetime(&read).single()?.with_timezone(&Utc))
    }
}

/// The zone in `2026/11/26 4:06:06 PM GMT+1`.
fn zone_of(time: &str) -> Option<FixedOffset> {
    let (_, zone) = time.split_once(" GMT")?;
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone
        .trim_start_matches(['+', '-'])
        .split_once(':')
        .unwrap_or((zone.trim_start_matches(['+', '-']), "0"));
    let hours: i32 = if hours.is_empty() { 0 } else { hours.parse().ok()? };
    let minutes: i32 = minutes.parse().ok()?;
    FixedOffset::east_opt(sign * (hours.min(14) * 3600 + minutes.min(59) * 60))
}
