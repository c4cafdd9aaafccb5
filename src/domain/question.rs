//! What is asked: the wording of a question, versioned once published.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::condition::Condition;
use super::kind::Kind;

/// One wording of a question. Answers are bound to the wording they were given to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Wording {
    /// The question as the reader sees it.
    pub prompt: String,
    /// One short sentence under it; may be empty.
    #[serde(default)]
    pub help: String,
    /// Whether the form can be sent without an answer to it.
    #[serde(default)]
    pub required: bool,
    /// Its texts in further languages, by language tag (`zh`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, Translation>,
    /// When it is asked; always where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_if: Option<Condition>,
    /// How it is answered.
    #[serde(flatten)]
    pub kind: Kind,
}

/// The texts of a wording in one more language. What is empty or missing stays as it is in the
/// questionnaire's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Translation {
    /// The question.
    pub prompt: String,
    /// The sentence under it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Options and statements by key; the ends of a scale as `low` and `high`, a number's unit
    /// as `unit`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<String, String>,
}

impl Wording {
    /// A question that may be skipped, always asked, in one language.
    pub fn new(prompt: impl Into<String>, kind: Kind) -> Self {
        Self {
            prompt: prompt.into(),
            help: String::new(),
            required: false,
            translations: BTreeMap::new(),
            shown_if: None,
            kind,
        }
    }

    /// The wording with its texts in `language` as far as there are any. Whether the prompt is:
    /// the page marks its parts by it.
    pub fn in_language(&self, language: &str) -> (Self, bool) {
        let Some(texts) = self.translations.get(language) else { return (self.clone(), false) };
        let mut wording = self.clone();
        let put = |place: &mut String, text: &str| {
            if !text.trim().is_empty() {
                text.clone_into(place);
            }
        };
        put(&mut wording.prompt, &texts.prompt);
        put(&mut wording.help, &texts.help);
        wording.kind.texts(&mut |key, place| {
            if let Some(text) = texts.lines.get(key) {
                put(place, text);
            }
        });
        (wording, !texts.prompt.trim().is_empty())
    }
}

/// A line of a question that has a key of its own: an option, or a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Line {
    /// Names it within its question, stays when the text is corrected: `o1`, `s3`.
    pub key: String,
    /// What the reader sees.
    pub text: String,
}

impl Line {
    /// Lines from texts, with keys `{prefix}1`, `{prefix}2`, … in order.
    pub fn numbered<S: Into<String>>(
        prefix: &str,
        texts: impl IntoIterator<Item = S>,
    ) -> Vec<Self> {
        (1..)
            .zip(texts)
            .map(|(number, text)| Self { key: format!("{prefix}{number}"), text: text.into() })
            .collect()
    }
}

/// The text of the line with this key.
pub fn text_of<'a>(lines: &'a [Line], key: &str) -> Option<&'a str> {
    lines.iter().find(|line| line.key == key).map(|line| line.text.as_str())
}
