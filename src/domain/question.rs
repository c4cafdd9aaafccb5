//! What is asked: the wording of a question, versioned once published.

use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// One wording of a question. Answers are bound to the wording they were given to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wording {
    /// The question as the reader sees it.
    pub prompt: String,
    /// One short sentence under it; may be empty.
    #[serde(default)]
    pub help: String,
    /// Whether the form can be sent without an answer to it.
    #[serde(default)]
    pub required: bool,
    /// How it is answered.
    #[serde(flatten)]
    pub kind: Kind,
}

/// A line of a question that has a key of its own: an option, or a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
