//! Forms of others, read into a document of ours: what can be asked here in the same way, and one
//! note for each thing that cannot. Bytes in, values out; nothing is decided here. Out again, as
//! SurveyJS says it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::document::Fault;
use crate::domain::{Answer, Document};

mod build;
mod expression;
mod google_forms;
mod lime_survey;
mod sheet;
mod survey_js;
mod survey_js_out;
mod typeform;
mod xls_form;

pub use survey_js_out::to_survey_js;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// Which program's it is.
    pub source: Source,
    /// The questionnaire.
    pub document: Document,
    /// What could not be kept, and how it was read instead.
    pub notes: Vec<Note>,
    /// The answers in it, where it holds any.
    pub answers: Vec<Given>,
}

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The question by its name there, or what else it is about; may be empty.
    pub about: String,
    /// What became of it, one or two sentences.
    pub what: String,
}

/// What one person answered there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The number of the row, from 1.
    pub row: usize,
    /// When, if that is told.
    pub at: Option<DateTime<Utc>>,
    /// The answers, by the key of the question in the document.
    pub answers: BTreeMap<String, Answer>,
}

/// The program that a form comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Ours: a document.
    Colloquy,
    /// SurveyJS: the JSON of its form library and Creator.
    SurveyJs,
    /// Typeform: the JSON of its Create API.
    Typeform,
    /// LimeSurvey: its tab-separated values.
    LimeSurvey,
    /// XLSForm: the workbook of ODK, KoboToolbox and others.
    XlsForm,
    /// Google Forms: the answers as CSV.
    GoogleForms,
}

impl Source {
    /// Its name, as people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Colloquy => "Colloquy",
            Self::SurveyJs => "SurveyJS",
            Self::Typeform => "Typeform",
            Self::LimeSurvey => "LimeSurvey",
            Self::XlsForm => "XLSForm",
            Self::GoogleForms => "Google Forms",
        }
    }
}

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No program that we know writes such files.
    #[error(
        "This is no form that is known here: a document of Colloquy, SurveyJS or Typeform (JSON), LimeSurvey (tab-separated), an XLSForm (XLSX), or the answers of a Google form (CSV)."
    )]
    Unknown,
    /// It begins like a file of this program, and breaks off or is wrong.
    #[error("This looks like a file of {0}, and cannot be read: {1}.")]
    Broken(&'static str, String),
    /// There is no question in it that can be asked here.
    #[error("There is no question in it that can be asked here.")]
    Nothing,
    /// A document of ours with faults.
    #[error("{}", .0.iter().map(Fault::to_string).collect::<Vec<_>>().join(" "))]
    Faults(Vec<Fault>),
}

/// The most notes that are made of one file: more tell nobody more.
const MOST_NOTES: usize = 500;

/// Reads a form; `name`: the file's name, where one is known.
///
/// # Errors
/// See [`Unreadable`].
pub fn read(name: Option<&str>, bytes: &[u8]) -> Result<Brought, Unreadable> {
    if bytes.starts_with(b"PK\x03\x04") {
        return xls_form::read(name, bytes);
    }
    let text = sheet::text(bytes);
    if text.trim_start().starts_with('{') {
        return json(&text);
    }
    if lime_survey::is_one(&text) {
        return lime_survey::read(&text);
    }
    google_forms::read(name, &text)
}

fn json(text: &str) -> Result<Brought, Unreadable> {
    let broken = |error: serde_json::Error| Unreadable::Broken("JSON", error.to_string());
    let value: serde_json::Value = serde_json::from_str(text.trim()).map_err(broken)?;
    let has = |name: &str| value.get(name).is_some();
    if has("colloquy") {
        let document = Document::read(value).map_err(Unreadable::Faults)?;
        return Ok(Brought { source: Source::Colloquy, document, notes: vec![], answers: vec![] });
    }
    if has("fields") {
        return typeform::read(&value);
    }
    if has("pages") || has("elements") || has("questions") {
        return survey_js::read(&value);
    }
    Err(Unreadable::Unknown)
}

#[cfg(test)]
mod tests;
