//! LimeSurvey: the tab-separated values that it exports a survey as. One row for each thing in
//! each language; questions, subquestions and answers are told apart by their class.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::build::{Asking, Builder, How, Lines, Said, are_votes, joined, tag};
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
        ask(&mut builder, &found);
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
                if let Some((_, said)) = list.iter_mut().find(|(of, _)| *of == name) {
                    put(said, &language, own, &cell(row, "text"));
                } else {
                    let mut said = Said::default();
                    put(&mut said, &language, own, &cell(row, "text"));
                    list.push((name, said));
                }
            }
            _ => {}
        }
    }
    found
}

impl Found {
    fn cell(&self, name: &str) -> String {
        self.row.get(name).cloned().unwrap_or_default()
    }

    /// How it is answered, where it is one question here too.
    fn how(&self, kind: &str) -> Option<How> {
        let other = self.cell("other") == "Y";
        let single = |lines: Lines, other: bool| How::Single { lines, other };
        let are_voted = || are_votes(self.answers.iter().map(|(_, said)| said.own.as_str()));
        Some(match kind {
            "S" | "D" => self.open(false),
            "T" | "U" => self.open(true),
            "N" => self.number(),
            "L" | "!" | "O" => single(self.answers.clone(), other),
            "G" => single(words(&[("F", "Female"), ("M", "Male")]), false),
            "Y" => single(words(&[("Y", "Yes"), ("N", "No")]), false),
            "M" | "P" => How::Multiple { lines: self.parts.clone(), other },
            "R" => How::Ranking { lines: self.answers.clone() },
            "5" => points(5),
            "F" if are_voted() => How::Statements { lines: self.parts.clone() },
            "K" if self.cell("equals_num_value") == "100" => {
                How::Allocation { lines: self.parts.clone(), total: 100 }
            }
            _ => return None,
        })
    }

    /// How each of its parts is answered, where each is a question here.
    fn how_each(&self, kind: &str) -> Option<How> {
        let single = |lines: Lines| How::Single { lines, other: false };
        Some(match kind {
            "A" => points(5),
            "B" => points(10),
            "C" => single(words(&[("Y", "Yes"), ("U", "Uncertain"), ("N", "No")])),
            "E" => single(words(&[("I", "Increase"), ("S", "Same"), ("D", "Decrease")])),
            "F" | "H" => single(self.answers.clone()),
            "K" => self.number(),
            "Q" => self.open(false),
            _ => return None,
        })
    }

    fn open(&self, long: bool) -> How {
        let most = self.cell("maximum_chars").parse().ok().filter(|most| *most > 0);
        How::Open { long, most }
    }

    fn number(&self) -> How {
        let amount = |name: &str| self.cell(name).parse::<Amount>().ok();
        let (least, most) = (amount("min_num_value_n"), amount("max_num_value_n"));
        How::Number {
            least,
            most: most.filter(|most| least.is_none_or(|least| least <= *most)),
            whole: self.cell("num_value_int_only") == "1",
            unit: self.cell("suffix"),
        }
    }
}

fn points(most: u8) -> How {
    let points = (1..=most).map(|point| point.to_string()).collect();
    How::Scale { points, low: Said::default(), high: Said::default() }
}

fn words(words: &[(&str, &str)]) -> Lines {
    words.iter().map(|(value, word)| ((*value).to_owned(), Said::from(*word))).collect()
}

fn ask(builder: &mut Builder, found: &Found) {
    let (name, kind) = (found.cell("name"), found.cell("type/scale"));
    let required = found.cell("mandatory") == "Y";
    let first = builder.document.questions.len();
    let aside = match kind.as_str() {
        "D" => "A field for a date became a short text.",
        "O" => "The field for a comment beside it was left out.",
        "P" => "The fields for comments beside its options were left out.",
        _ => "",
    };
    if !aside.is_empty() {
        builder.note(&name, aside);
    }
    if let Some(how) = found.how(&kind) {
        let boxes = matches!(how, How::Multiple { .. });
        let (prompt, help) = (found.said.clone(), found.help.clone());
        let asked = builder.ask(Asking { name: name.clone(), prompt, help, required, how });
        if let Some(place) = asked.filter(|_| boxes) {
            name_boxes(builder, found, &name, place);
        }
    } else if found.how_each(&kind).is_some() {
        builder.note(&name, "It has several parts: each became a question of its own.");
        for (part, said) in &found.parts {
            let Some(how) = found.how_each(&kind) else { continue };
            let prompt = joined(&found.said, &said.clone().or(part));
            let (help, name) = (found.help.clone(), format!("{name}_{part}"));
            builder.ask(Asking { name, prompt, help, required, how });
        }
    } else {
        match kind.as_str() {
            "X" => builder.note(&name, "A text between the questions was left out."),
            "*" | "I" => builder.note(&name, "A sum or a choice of language was left out."),
            _ => builder.note(
                &name,
                format!("A question of the type “{kind}” cannot be asked here: it was left out."),
            ),
        }
    }
    for place in first..builder.document.questions.len() {
        builder.when(place, &found.group);
        builder.when(place, &found.cell("relevance"));
    }
}

/// Conditions call each box of a question by a name of its own.
fn name_boxes(builder: &mut Builder, found: &Found, name: &str, place: usize) {
    let lines = builder.document.questions.get(place).map(|question| question.wording.kind.lines());
    let keys: Vec<String> = lines.unwrap_or_default().iter().map(|line| line.key.clone()).collect();
    for ((part, _), key) in found.parts.iter().zip(keys) {
        builder.called(&format!("{name}_{part}"), place, Some(&key));
    }
}
