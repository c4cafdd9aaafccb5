//! XLSForm (xlsform.org): a workbook with a sheet of questions, one of choices, one of settings.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::build::{Asking, Builder, How, Lines, Said, tag};
use super::sheet::{language, plain};
use super::{Brought, Source, Unreadable};
use crate::domain::kind::Amount;

/// More rows than this are no form.
const MOST_ROWS: usize = 20_000;

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

/// What is told of whoever answers, and is not asked.
const METADATA: &[&str] = &[
    "start",
    "end",
    "today",
    "deviceid",
    "subscriberid",
    "simserial",
    "phonenumber",
    "username",
    "email",
    "audit",
    "calculate",
    "hidden",
    "xml-external",
    "csv-external",
    "background-audio",
    "start-geopoint",
];

struct Reader {
    builder: Builder,
    /// The form's language as its columns call it (`English (en)`); empty: columns without one.
    own: String,
    choices: BTreeMap<String, Lines>,
}

pub(super) fn read(name: Option<&str>, bytes: &[u8]) -> Result<Brought, Unreadable> {
    let broken = |error: calamine::XlsxError| Unreadable::Broken("XLSX", error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let survey = sheet(&mut book, "survey");
    if survey.is_empty() {
        return Err(Unreadable::Unknown);
    }
    let (choices, settings) = (sheet(&mut book, "choices"), sheet(&mut book, "settings"));
    let settings = settings.into_iter().next().unwrap_or_default();
    let own = settings.get("default_language").cloned().unwrap_or_default();
    let labels: String = survey.iter().filter_map(|row| row.get("label").cloned()).collect();
    let tagged = language_of(&own).unwrap_or_else(|| language(&labels).to_owned());
    let name = name.and_then(|name| name.rsplit_once('.')).map_or("Untitled", |(name, _)| name);
    let title = settings.get("form_title").map_or(name, String::as_str);
    let mut reader = Reader {
        builder: Builder::new(Source::XlsForm, title, &tagged),
        own: first_language(&survey, own),
        choices: BTreeMap::new(),
    };
    for row in &choices {
        let list = row.get("list_name").or_else(|| row.get("list name")).cloned();
        let said = reader.text(row, "label");
        let value = row.get("name").or_else(|| row.get("value")).cloned().unwrap_or_default();
        reader.choices.entry(list.unwrap_or_default()).or_default().push((value, said));
    }
    reader.survey(&survey);
    reader.builder.finish()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Vec<Row> {
    let found = book.sheet_names().into_iter().find(|one| one.trim().eq_ignore_ascii_case(name));
    let Some(range) = found.and_then(|name| book.worksheet_range(&name).ok()) else {
        return vec![];
    };
    let mut rows = range.rows().take(MOST_ROWS);
    let head: Vec<String> = rows
        .next()
        .unwrap_or_default()
        .iter()
        .map(|cell| cell.to_string().trim().to_owned())
        .collect();
    let cells = |row: &[Data]| -> Row {
        let cells = head.iter().zip(row).map(|(name, cell)| (name.clone(), written(cell)));
        cells.filter(|(name, text)| !name.is_empty() && !text.is_empty()).collect()
    };
    rows.map(cells).filter(|row| !row.is_empty()).collect()
}

fn written(cell: &Data) -> String {
    match cell {
        Data::Bool(yes) => yes.to_string(),
        cell => cell.to_string().trim().to_owned(),
    }
}

/// The tag in `English (en)`.
fn language_of(column: &str) -> Option<String> {
    match column.rsplit_once('(') {
        Some((_, tagged)) => tag(tagged.trim_end_matches(')')),
        None => tag(column),
    }
}

/// The language without a name of its own is the form's; else the one that is set, or the first.
fn first_language(survey: &[Row], set: String) -> String {
    let columns = survey.iter().flat_map(BTreeMap::keys);
    let mut named: Vec<&str> = columns.filter_map(|name| name.strip_prefix("label::")).collect();
    named.sort_unstable();
    if named.contains(&set.as_str()) {
        return set;
    }
    let plain = survey.iter().any(|row| row.contains_key("label"));
    if plain { String::new() } else { named.first().map_or(set, |one| (*one).to_owned()) }
}

impl Reader {
    fn text(&self, row: &Row, column: &str) -> Said {
        let mut said = Said::default();
        if let Some(text) = row.get(column) {
            said.own = plain(text);
        }
        let prefix = format!("{column}::");
        for (name, text) in row {
            let Some(language) = name.strip_prefix(&prefix) else { continue };
            if language == self.own {
                said.own = plain(text);
            } else if let Some(language) = language_of(language) {
                said.others.insert(language, plain(text));
            }
        }
        said
    }

    fn survey(&mut self, rows: &[Row]) {
        // What the groups around a row hang on, from the outermost on.
        let mut around: Vec<String> = vec![];
        for row in rows {
            let cell = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
            let kind = cell("type").split_whitespace().collect::<Vec<_>>().join(" ");
            let kind = kind.replace("begin group", "begin_group").replace("end group", "end_group");
            let kind =
                kind.replace("begin repeat", "begin_repeat").replace("end repeat", "end_repeat");
            match kind.as_str() {
                "begin_group" | "begin_repeat" => {
                    let label = self.text(row, "label").or(cell("name")).own;
                    let what = if kind == "begin_group" {
                        "A group: its questions stand one after the other here."
                    } else {
                        "Its questions were to be repeated: they are asked once here."
                    };
                    self.builder.note(&label, what);
                    around.push(cell("relevant").to_owned());
                }
                "end_group" | "end_repeat" => drop(around.pop()),
                _ => self.question(row, &kind, &around),
            }
        }
    }

    fn question(&mut self, row: &Row, kind: &str, around: &[String]) {
        let cell = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
        let name = cell("name").to_owned();
        let Some(how) = self.how(row, kind, &name) else { return };
        let required =
            matches!(cell("required").to_lowercase().as_str(), "yes" | "true" | "true()" | "1");
        let (prompt, help) = (self.text(row, "label"), self.text(row, "hint"));
        let asked = self.builder.ask(Asking { name: name.clone(), prompt, help, required, how });
        let Some(place) = asked else { return };
        for condition in around.iter().map(String::as_str).chain([cell("relevant")]) {
            self.builder.when(place, condition);
        }
        if !cell("choice_filter").is_empty() {
            self.builder
                .note(&name, "Its options hung on an earlier answer: all of them are offered.");
        }
        let bounded = matches!(kind, "integer" | "decimal") && bounds(cell("constraint")).is_some();
        if !cell("constraint").is_empty() && !bounded {
            self.builder.note(
                &name,
                format!(
                    "What its answer had to be (“{}”) is not checked here.",
                    cell("constraint")
                ),
            );
        }
        if !cell("default").is_empty() || !cell("calculation").is_empty() {
            self.builder.note(&name, "Its preset answer was left out.");
        }
    }

    fn how(&mut self, row: &Row, kind: &str, name: &str) -> Option<How> {
        let cell = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
        let (word, list) = kind.split_once(' ').unwrap_or((kind, ""));
        let (list, other) = match list.strip_suffix("or_other") {
            Some(list) => (list.trim(), true),
            None => (list, false),
        };
        let lines = || self.choices.get(list).cloned().unwrap_or_default();
        let number = |whole: bool| {
            let (least, most) = bounds(cell("constraint")).unwrap_or_default();
            How::Number { least, most, whole, unit: String::new() }
        };
        Some(match word {
            "text" => How::Open { long: cell("appearance").contains("multiline"), most: None },
            "integer" | "int" => number(true),
            "decimal" => number(false),
            "range" => self.range(cell("parameters"), name),
            "select_one" | "select" => How::Single { lines: lines(), other },
            "select_multiple" => How::Multiple { lines: lines(), other },
            "rank" => How::Ranking { lines: lines() },
            "acknowledge" | "trigger" => {
                let word = if self.builder.document.language == "zh" { "是的" } else { "Yes" };
                How::Multiple { lines: vec![("OK".to_owned(), word.into())], other: false }
            }
            "date" | "time" | "dateTime" | "datetime" => {
                self.builder.note(name, "A field for a date or a time became a short text.");
                How::Open { long: false, most: None }
            }
            "note" => {
                self.builder.note(name, "A text between the questions was left out.");
                return None;
            }
            "" => return None,
            word if METADATA.contains(&word) => {
                self.builder
                    .note("", "What it noted by itself (times, devices, sums) is not noted here.");
                return None;
            }
            word => {
                self.builder.note(
                    name,
                    format!(
                        "A question of the type “{word}” cannot be asked here: it was left out."
                    ),
                );
                return None;
            }
        })
    }

    fn range(&mut self, parameters: &str, name: &str) -> How {
        let find = |wanted: &str| {
            let parts = parameters.split([' ', ';', ',']).filter_map(|part| part.split_once('='));
            parts.into_iter().find(|(key, _)| key.trim() == wanted).map(|(_, value)| value.trim())
        };
        let whole = |wanted: &str| find(wanted).and_then(|value| value.parse::<i64>().ok());
        let (start, end) = (whole("start").unwrap_or(1), whole("end").unwrap_or(10));
        let step = whole("step").unwrap_or(1);
        if step == 1 && (1..=10).contains(&end.saturating_sub(start)) {
            if start != 1 {
                self.builder.note(
                    name,
                    format!(
                        "Its points are counted from 1 here; there they went from {start} to {end}."
                    ),
                );
            }
            let points = (start..=end).map(|point| point.to_string()).collect();
            return How::Scale { points, low: Said::default(), high: Said::default() };
        }
        let amount = |wanted: &str| find(wanted).and_then(|value| value.parse::<Amount>().ok());
        let (least, most) = (amount("start"), amount("end"));
        let most = most.filter(|most| least.is_none_or(|least| least <= *most));
        How::Number { least, most, whole: step == 1, unit: String::new() }
    }
}

/// The bounds in `. >= 0 and . <= 120`; `None`: it says something else.
fn bounds(constraint: &str) -> Option<(Option<Amount>, Option<Amount>)> {
    let (mut least, mut most) = (None, None);
    for part in constraint.split(" and ") {
        let part = part.trim().trim_matches(['(', ')']).trim().strip_prefix('.')?.trim();
        if let Some(bound) = part.strip_prefix(">=") {
            least = Some(bound.trim().parse().ok()?);
        } else if let Some(bound) = part.strip_prefix("<=") {
            most = Some(bound.trim().parse().ok()?);
        } else {
            return None;
        }
    }
    let order = least.is_none_or(|least: Amount| most.is_none_or(|most| least <= most));
    order.then_some((least, most))
}
