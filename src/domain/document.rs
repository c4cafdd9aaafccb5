//! A questionnaire as one JSON document: what files, imports and the HTTP interface hand over.
//!
//! ```json
//! { "colloquy": 1, "title": "What next?", "language": "en", "questions": [
//!   { "kind": "single", "prompt": "Which first?", "options": ["Work", "School"] } ] }
//! ```
//!
//! Reading is strict: what a document says and we do not know is a fault, never dropped.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::options::Options;
use super::question::Wording;
use super::status::Mode;
use super::token::hex;

mod check;
mod names;
mod read;

pub use check::{MOST_LINES, MOST_QUESTIONS};
pub use names::is_kept_key;

/// The version of the format that is written, and the only one that is read so far.
pub const VERSION: u8 = 1;

/// A questionnaire without its answers, its address and its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its title, one line.
    pub title: String,
    /// What stands before the first question; paragraphs are parted by an empty line.
    pub introduction: String,
    /// The language of its texts, as a language tag (`en`, `zh`).
    pub language: String,
    /// What is kept of who answers.
    pub mode: Mode,
    /// What was chosen for the whole of it; title and introduction in further languages too.
    pub options: Options,
    /// The article that it is about. A questionnaire may have none.
    pub article: Option<ArticleText>,
    /// Its questions, in order.
    pub questions: Vec<DocumentQuestion>,
}

/// An article as it was brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleText {
    /// `markdown`, `html` or `text`.
    pub format: String,
    /// Its whole text, front matter included.
    pub text: String,
}

/// One question of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentQuestion {
    /// Names it within the document, for conditions. `q1`, `q2`, … name the questions of a
    /// questionnaire that is there already; any other name is forgotten once it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Its words, and how it is answered.
    #[serde(flatten)]
    pub wording: Wording,
    /// The passage of the article that it comes from: from and to, in bytes of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<(usize, usize)>,
}

impl From<Wording> for DocumentQuestion {
    fn from(wording: Wording) -> Self {
        Self { key: None, wording, passage: None }
    }
}

/// Something in a document that cannot be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where: a JSON pointer (RFC 6901), empty for the whole document.
    pub pointer: String,
    /// What is wrong, one sentence.
    pub what: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.pointer.as_str() {
            "" => f.write_str(&self.what),
            pointer => write!(f, "{pointer}: {}", self.what),
        }
    }
}

impl Document {
    /// A document without questions, on no article, with the usual choices.
    pub fn new(title: impl Into<String>, language: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            introduction: String::new(),
            language: language.into(),
            mode: Mode::Identified,
            options: Options::default(),
            article: None,
            questions: vec![],
        }
    }

    /// Reads the text of a document, and looks whether everything in it can be kept.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the document.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(value) => Self::read(value),
            Err(error) => {
                let what = format!("This is not JSON: {error}.");
                Err(vec![Fault { pointer: String::new(), what }])
            }
        }
    }

    /// Reads a document, and looks whether everything in it can be kept.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the document.
    pub fn read(value: Value) -> Result<Self, Vec<Fault>> {
        read::document(value)?.sound()
    }

    /// The document as JSON; what it says by leaving out stays left out.
    pub fn to_value(&self) -> Value {
        let mut map = Map::new();
        let mut put = |name: &str, value: Value| map.insert(name.to_owned(), value);
        put("colloquy", VERSION.into());
        put("title", self.title.clone().into());
        put("introduction", self.introduction.clone().into());
        put("language", self.language.clone().into());
        // None of these can fail: their keys are texts and their numbers finite.
        put("mode", serde_json::to_value(self.mode).unwrap_or_default());
        put("options", serde_json::to_value(&self.options).unwrap_or_default());
        if let Some(article) = &self.article {
            put("article", serde_json::to_value(article).unwrap_or_default());
        }
        put("questions", serde_json::to_value(&self.questions).unwrap_or_default());
        Value::Object(map)
    }

    /// By which a reader of the document knows later whether it has changed: the SHA-256 of its
    /// JSON, in hexadecimal digits.
    pub fn print(&self) -> String {
        let digest: [u8; 32] = Sha256::digest(self.to_value().to_string().as_bytes()).into();
        hex(&digest)
    }
}

impl Serialize for Document {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(Value::deserialize(deserializer)?).map_err(|faults| {
            let all: Vec<String> = faults.iter().map(Fault::to_string).collect();
            serde::de::Error::custom(all.join(" "))
        })
    }
}

#[cfg(test)]
mod tests;
