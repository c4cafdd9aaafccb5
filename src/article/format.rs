//! In which notation an article was written.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::bring::has_head;

/// The notation of an article.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Markdown, with or without front matter.
    Markdown,
    /// A page or a piece of one.
    Html,
    /// Paragraphs between empty lines.
    Text,
}

/// A name that is none of `markdown`, `html`, `text`.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
#[error("an article is markdown, html or text, not {0}")]
pub struct UnknownFormat(pub String);

impl Format {
    /// Guesses from the file's name, and from how the text begins where the name says nothing.
    pub fn guess(file_name: Option<&str>, text: &str) -> Self {
        let ending = file_name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("md" | "markdown" | "mdown" | "mkd") => Self::Markdown,
            Some("html" | "htm" | "xhtml") => Self::Html,
            // A text file may still be Markdown: front matter is what tells.
            Some("txt" | "text") if !has_head(text) => Self::Text,
            _ if looks_like_html(text) => Self::Html,
            _ => Self::Markdown,
        }
    }
}

fn looks_like_html(text: &str) -> bool {
    let begin: String =
        text.trim_start().chars().take(400).collect::<String>().to_ascii_lowercase();
    let opens = ["<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<p>"];
    opens.iter().any(|open| begin.starts_with(open))
        || (begin.starts_with("<?xml") || begin.starts_with("<!--")) && begin.contains("<html")
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Text => "text",
        })
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        match name {
            "markdown" => Ok(Self::Markdown),
            "html" => Ok(Self::Html),
            "text" => Ok(Self::Text),
            _ => Err(UnknownFormat(name.to_owned())),
        }
    }
}
