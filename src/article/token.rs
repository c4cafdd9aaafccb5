//! What all notations are read into: a flat run of openings, texts and closings.

use super::format::Format;
use super::read::Article;
use super::{html, markdown};

/// One step through an article. Names are those of HTML elements, and four of ours that never
/// close: `anchor`, a place with a name that links lead to; `note`, the number of a footnote with
/// the name of its place; `task`, a box before an item, with `x` if it is ticked; `title`, what is
/// written under the image that is open.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Token {
    /// An element opens; a link has an address.
    Open(&'static str, Option<String>),
    /// An element closes.
    Close(&'static str),
    /// `br`, `hr`.
    Void(&'static str),
    /// A block ends or begins that is no element of its own.
    Edge,
    /// A text, and where it stands in the source.
    Text(String, usize, usize),
}

/// All tokens of the body.
pub(super) fn tokens(article: &Article) -> Vec<Token> {
    let (text, from) = (article.text.as_str(), article.body_start);
    match article.format {
        Format::Markdown => markdown::tokens(text, from),
        Format::Html => html::tokens(text, from, html::body_end(text, from)),
        Format::Text => plain_text(text, from),
    }
}

/// Paragraphs stand between empty lines.
fn plain_text(text: &str, from: usize) -> Vec<Token> {
    let mut tokens = vec![Token::Edge];
    let mut at = from;
    for line in text.get(from..).unwrap_or_default().split_inclusive('\n') {
        if line.trim().is_empty() {
            tokens.push(Token::Edge);
        } else {
            tokens.push(Token::Text(line.to_owned(), at, at + line.len()));
        }
        at += line.len();
    }
    tokens
}

/// Whether an element is a block, so that text before and after it does not run together.
pub(super) fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "strong"
            | "em"
            | "del"
            | "code"
            | "sub"
            | "sup"
            | "q"
            | "kbd"
            | "anchor"
            | "note"
            | "task"
            | "img"
            | "title"
    )
}
