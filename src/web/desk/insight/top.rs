//! How it went: how many opened, began and finished, when answers came, in which language and by
//! which way.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, TimeDelta};
use maud::{Markup, html};

use super::picture::{Picture, Shape};
use super::table::{Cell, Part, Table};
use crate::domain::status::Mode;
use crate::insight::brief::percent;
use crate::insight::timeline::{Step, Timeline};
use crate::insight::{Insight, Material};
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::chart::bars::Bar;
use crate::web::ui::layout::language_name;

/// The names of these pictures in addresses; no question's key is one of them.
pub(super) const NAMES: [&str; 4] = ["reach", "time", "languages", "ways"];

/// One of them. `whole`: everybody's insight; `shown`: of those who are looked at.
pub(super) fn picture(name: &str, whole: &Insight, shown: &Insight) -> Option<Picture> {
    match name {
        "reach" => Some(reach(whole)),
        "time" => Some(over_time(&shown.material)),
        "languages" => languages(&shown.material),
        "ways" => ways(&shown.material),
        _ => None,
    }
}

/// The section at the top of the page. Opening and beginning can only be counted of everybody:
/// beside numbers of some they would be read as theirs.
pub(super) fn section(of: &Questionnaire, whole: &Insight, shown: &Insight, query: &str) -> Markup {
    let names = NAMES.iter().filter(|name| query.is_empty() || **name != "reach");
    let all = names.filter_map(|name| picture(name, whole, shown));
    html! {
        section {
            h2 id="reach" { "How it went" }
            .columns.fields {
                @for picture in all {
                    div {
                        h3 { (picture.title) }
                        @if !picture.count.is_empty() { p.small.quiet { (picture.count) } }
                        @if picture.shape.is_none() {
                            @for line in &picture.reading { p.quiet { (line) } }
                        }
                        (picture.figure(of, query))
                    }
                }
            }
        }
    }
}

fn made(name: &str, title: &str, count: String, table: Table) -> Picture {
    Picture {
        name: name.to_owned(),
        title: title.to_owned(),
        count,
        reading: vec![],
        shape: None,
        table,
        others: vec![],
    }
}

/// From opening the form to a response, always of everybody.
fn reach(whole: &Insight) -> Picture {
    let examples = whole.material.voices.iter().filter(|voice| voice.response.example).count();
    let finished = whole.material.voices.len() - examples;
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let (opened, begun) = (number(whole.reach.opened()), number(whole.reach.begun()));
    let late = number(whole.late);
    let counted = opened > 0 || begun > 0;
    let mut steps = vec![];
    if counted {
        steps.push(("Opened the form", opened, "times"));
        steps.push(("Began to answer", begun, "times"));
    }
    steps.push(("Finished, and count", finished, "responses"));
    steps.push(("Came late, and do not count", late, "responses"));
    let most = steps.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
    let mut table = Table::new(&["Step", "Number", "Of what"]);
    let mut bars = vec![];
    for (label, count, unit) in steps {
        let cells =
            [Cell::Words(label.to_owned()), Cell::Count(count), Cell::Words(unit.to_owned())];
        table.rows.push(cells.to_vec());
        let part = super::themes::share(count, most);
        bars.push(Bar { label: label.to_owned(), part, interval: None, said: count.to_string() });
    }
    let mut picture = made("reach", "From opening to a response", String::new(), table);
    let since = whole.reach.days.first().map(|(day, ..)| day.format("%-d %B %Y"));
    picture.reading.extend(match since {
        Some(since) if opened < finished || begun < finished => Some(format!(
            "Opening and beginning have been counted since {since} only, and not where something comes between us and the reader’s browser: the first numbers are too small."
        )),
        Some(_) => Some("Opening and beginning count times, not people: who opens the form twice counts twice, and nothing is kept of who it was.".to_owned()),
        None => Some("How often the form was opened and begun is not known.".to_owned()),
    });
    if examples > 0 {
        picture.reading.push(format!("{examples} made-up examples are not in these numbers."));
    }
    if whole.material.mode == Mode::Anonymous {
        picture.reading.push("Answers that still wait to be mixed are not in them.".to_owned());
    }
    picture.shape = (most > 0).then_some(Shape::Bars(bars));
    picture
}

/// Responses by hour, day, week or month.
pub(super) fn over_time(material: &Material) -> Picture {
    let line = Timeline::of(material);
    let (name, short, long) = match line.step {
        Step::Hour => ("hour", "%H:%M", "%-d %b %Y, %H:%M"),
        Step::Day => ("day", "%-d %b", "%-d %b %Y"),
        Step::Week => ("week", "%-d %b", "%-d %b %Y"),
        Step::Month => ("month", "%b %y", "%b %Y"),
    };
    let zone = material.day_zone();
    let mut table = Table::new(&["From", "Responses"]);
    let told = |at: &NaiveDateTime, form: &str| at.format(form).to_string();
    for (at, count) in &line.steps {
        table.rows.push(vec![Cell::Words(told(at, long)), Cell::Count(*count)]);
    }
    let begin = match line.step {
        Step::Week => ", each from its Monday",
        _ => "",
    };
    let count = format!("Responses by {name}{begin}, on the clock of {zone}.");
    let mut picture = made("time", "When they came", count, table);
    if line.step == Step::Hour {
        picture.reading.extend(hours(&line.steps));
    }
    let bars = line.steps.iter().map(|(at, count)| (told(at, short), *count));
    picture.shape = (!line.steps.is_empty()).then(|| Shape::Columns(bars.collect()));
    picture
}

/// From the first of these hours to the end of the last, the day said once if it is one.
fn hours(steps: &[(NaiveDateTime, usize)]) -> Option<String> {
    let ((from, _), (last, _)) = steps.first().zip(steps.last())?;
    let to = *last + TimeDelta::hours(1);
    let day = |at: &NaiveDateTime| at.format("%-d %b %Y").to_string();
    let (begin, end) = (from.format("%H:%M"), to.format("%H:%M"));
    Some(if day(from) == day(&to) {
        format!("On {}, from {begin} to {end}.", day(from))
    } else {
        format!("From {}, {begin} to {}, {end}.", day(from), day(&to))
    })
}

/// Shares of all responses.
fn shares(name: &str, title: &str, rows: &[(String, usize)], of: usize) -> Picture {
    let mut table = Table::new(&[title, "Responses", "Share", "Of"]);
    let mut bars = vec![];
    for (label, count) in rows {
        let part = Part::new(*count, of);
        table.rows.push(vec![
            Cell::Words(label.clone()),
            Cell::Count(*count),
            Cell::Share(part.share),
            Cell::Count(of),
        ]);
        let said = format!("{count} · {}", percent(part.share));
        bars.push(Bar { label: label.clone(), part: part.share, interval: None, said });
    }
    let mut picture = made(name, title, String::new(), table);
    picture.shape = (of > 0).then_some(Shape::Bars(bars));
    picture
}

/// The languages of the form on which responses were written; nothing where there is one only.
fn languages(material: &Material) -> Option<Picture> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for voice in &material.voices {
        *counts.entry(&voice.response.language).or_default() += 1;
    }
    let mut rows: Vec<(String, usize)> =
        counts.into_iter().map(|(tag, count)| (language_name(tag).to_owned(), count)).collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    (rows.len() > 1)
        .then(|| shares("languages", "Language of the form", &rows, material.voices.len()))
}

/// By invitation or by the public address; never of anonymous answers, of which nobody can tell.
fn ways(material: &Material) -> Option<Picture> {
    let invited = material.voices.iter().filter(|voice| voice.response.invited).count();
    let all = material.voices.len();
    let tells = material.mode != Mode::Anonymous && invited > 0;
    let rows = [("Invited".to_owned(), invited), ("Public address".to_owned(), all - invited)];
    tells.then(|| shares("ways", "How they came", &rows, all))
}
