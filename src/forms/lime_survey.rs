//! LimeSurvey: the tab-separated values that it exports a survey as. One row for each thing in
//! each language; questions, subquestions and answers are told apart by their class.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::build::{Asking, Builder, How, Lines, Said, are_votes, tag};
use super::sheet::{plain, rows};
use super::{Brought, Source, Unreadable};
use crate::domain::kind::Amount;

/// Whether a text begins like such a table.
pub(super) fn is_one(text: &str) -> bool {
    let head = text.lines().next().unwrap_or_default();
    let head: Vec<&str> = head.split('\t').map(|cell| cell.trim_matches('"')).collect();
    head.contains(&"class") && head.contains(&"type/scale") && head.contains(&"name")
}

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

/// A question with what belongs to it, in the survey's language and in others.
#[derive(Default)]
struct Found {
    row: Row,
    said: Said,
    help: Said,
    group: String,
    parts: Vec<(String, Said)>,
    answers: Vec<(String, Said)>,
}

pub(super) fn read(text: &str) -> Result<Brought, Unreadable> {
    let mut table = rows(text, b'\t').into_iter();
    let head = table.next().unwrap_or_default();
    let rows: Vec<Row> = table.map(|row| named(&head, &row)).collect();
    let cell = |row: &Row, name: &str| row.get(name).cloned().unwrap_or_default();
    let setting = |name: &str| {
        let found = rows.iter().find(|row| cell(row, "class") == "S" && cell(row, "name") == name);
        found.map(|row| cell(row, "text")).unwrap_or_default()
    };
    let own = setting("language");
    let own = if own.is_empty() { "en".to_owned() } else { own };
    let mut builder = Builder::new(Source::LimeSurvey, "Untitled", &own);
    let in_all = |name: &str| {
        let mut said = Said::default();
        for row in rows.iter().filter(|row| cell(row, "class") == "SL" && cell(row, "name") == name)
        {
            put(&mut said, &cell(row, "language"), &own, &cell(row, "text"));
        }
        said
    };
    let (description, welcome) = (in_all("surveyls_description"), in_all("surveyls_welcometext"));
    let introduction = if welcome.is_empty() { description } else { welcome };
    builder.head(&in_all("surveyls_title"), &introduction);
    for found in questions(&rows, &own) {
        ask(&mut builder, found);
    }
    builder.finish()
}

fn named(head: &StringRecord, row: &StringRecord) -> Row {
    let cells = head.iter().zip(row.iter()).filter(|(_, cell)| !cell.is_empty());
    cells.map(|(name, cell)| (name.trim().to_owned(), cell.to_owned())).collect()
}

fn put(said: &mut Said, language: &str, own: &str, text: &str) {
    if language.is_empty() || language == own {
        said.own = plain(text);
    } else if let Some(language) = tag(language) {
        said.others.insert(language, plain(text));
    }
}

/// The questions in order, each with its parts in every language.
fn questions(rows: &[Row], own: &str) -> Vec<Found> {
    let cell = |row: &Row, name: &str| row.get(name).cloned().unwrap_or_default();
    let mut found: Vec<Found> = vec![];
    let mut at: Option<usize> = None;
    let mut group = String::new();
    for row in rows {
        let (class, name) = (cell(row, "class"), cell(row, "name"));
        let language = cell(row, "language");
        match class.as_str() {
            "G" => group = cell(row, "relevance"),
            "Q" => {
                let known = found.iter().position(|one| one.row.get("name") == Some(&name));
                let place = known.unwrap_or(found.len());
                if known.is_none() {
                    let (row, group) = (row.clone(), group.clone());
                    found.push(Found { row, group, ..Found::default() });
                }
                if let Some(one) = found.get_mut(place) {
                    put(&mut one.said, &language, own, &cell(row, "text"));
                    put(&mut one.help, &language, own, &cell(row, "help"));
                }
                at = Some(place);
            }
            "SQ" | "A" => {
                let Some(one) = at.and_then(|place| found.get_mut(place)) else { continue };
                let list = if class == "SQ" { &mut one.parts } else { &mut one.answers };
                let second = !matches!(cell(row, "type/scale").as_str(), "" | "0");
                if second {
                    continue;
                }
                match list.iter_mut().find(|(of, _)| *of == name) {
                    Some((_, said)) => put(said, &language, own, &cell(row, "text")),
                    None => {
                        let mut said = Said::default();
                        put(&mut said, &language, own, &cell(row, "text"));
                        list.push((name, said));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn ask(builder: &mut Builder, found: Found) {
    let cell = |name: &str| found.row.get(name).cloned().unwrap_or_default();
    let name = cell("name");
    let required = cell("mandatory") == "Y";
    let first = builder.document.questions.len();
    let other = cell("other") == "Y";
    let amount = |name: &str| cell(name).parse::<Amount>().ok();
    let open = |long: bool| How::Open {
        long,
        most: cell("maximum_chars").parse().ok().filter(|most| *most > 0),
    };
    let points = |most: u8| How::Scale {
        points: (1..=most).map(|point| point.to_string()).collect(),
        low: Said::default(),
        high: Said::default(),
    };
    let words = |words: &[(&str, &str)]| -> Lines {
        words.iter().map(|(value, word)| ((*value).to_owned(), Said::from(*word))).collect()
    };
    let number = || How::Number {
        least: amount("min_num_value_n"),
        most: amount("max_num_value_n"),
        whole: cell("num_value_int_only") == "1",
        unit: cell("suffix"),
    };
    let kind = cell("type/scale");
    let one = |builder: &mut Builder, how: How| {
        let (prompt, help) = (found.said.clone(), found.help.clone());
        builder.ask(Asking { name: name.clone(), prompt, help, required, how })
    };
    let each = |builder: &mut Builder, how: &dyn Fn() -> How| {
        builder.note(&name, "It has several parts: each became a question of its own.");
        for (part, said) in &found.parts {
            let own = format!(
                "{} — {}",
                found.said.own,
                if said.own.is_empty() { part } else { &said.own }
            );
            let others = found.said.others.iter().map(|(language, text)| {
                let part = said.others.get(language).unwrap_or(&said.own);
                (language.clone(), format!("{text} — {part}"))
            });
            let prompt = Said { own, others: others.collect() };
            let (help, name) = (found.help.clone(), format!("{name}_{part}"));
            builder.ask(Asking { name, prompt, help, required, how: how() });
        }
    };
    match kind.as_str() {
        "S" => drop(one(builder, open(false))),
        "T" | "U" => drop(one(builder, open(true))),
        "D" => {
            builder.note(&name, "A field for a date became a short text.");
            one(builder, open(false));
        }
        "N" => drop(one(builder, number())),
        "L" | "!" => drop(one(builder, How::Single { lines: found.answers.clone(), other })),
        "O" => {
            builder.note(&name, "The field for a comment beside it was left out.");
            one(builder, How::Single { lines: found.answers.clone(), other });
        }
        "G" => drop(one(
            builder,
            How::Single { lines: words(&[("F", "Female"), ("M", "Male")]), other: false },
        )),
        "Y" => drop(one(
            builder,
            How::Single { lines: words(&[("Y", "Yes"), ("N", "No")]), other: false },
        )),
        "M" | "P" => {
            if kind == "P" {
                builder.note(&name, "The fields for comments beside its options were left out.");
            }
            let lines: Lines = found.parts.clone();
            if let Some(place) = one(builder, How::Multiple { lines, other }) {
                let question = builder.document.questions.get(place);
                let keys: Vec<String> = question
                    .map(|q| q.wording.kind.lines().iter().map(|line| line.key.clone()).collect())
                    .unwrap_or_default();
                for ((part, _), key) in found.parts.iter().zip(keys) {
                    builder.called(&format!("{name}_{part}"), place, Some(&key));
                }
            }
        }
        "R" => drop(one(builder, How::Ranking { lines: found.answers.clone() })),
        "5" => drop(one(builder, points(5))),
        "A" => each(builder, &|| points(5)),
        "B" => each(builder, &|| points(10)),
        "C" => each(builder, &|| How::Single {
            lines: words(&[("Y", "Yes"), ("U", "Uncertain"), ("N", "No")]),
            other: false,
        }),
        "E" => each(builder, &|| How::Single {
            lines: words(&[("I", "Increase"), ("S", "Same"), ("D", "Decrease")]),
            other: false,
        }),
        "F" if are_votes(found.answers.iter().map(|(_, said)| said.own.as_str())) => {
            one(builder, How::Statements { lines: found.parts.clone() });
        }
        "F" | "H" => each(builder, &|| How::Single { lines: found.answers.clone(), other: false }),
        "K" if cell("equals_num_value") == "100" => {
            one(builder, How::Allocation { lines: found.parts.clone(), total: 100 });
        }
        "K" => each(builder, &number),
        "Q" => each(builder, &|| open(false)),
        "X" => builder.note(&name, "A text between the questions was left out."),
        "*" | "I" => builder.note(&name, "A sum or a choice of language was left out."),
        _ => builder.note(
            &name,
            format!("A question of the type “{kind}” cannot be asked here: it was left out."),
        ),
    }
    for place in first..builder.document.questions.len() {
        builder.when(place, &found.group);
        builder.when(place, &cell("relevance"));
    }
}
