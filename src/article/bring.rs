//! An article as it is brought: a file, what was pasted, what was found at an address. What is no
//! text with places of its own (a word processor's document, a page with much around the article)
//! is turned into plain HTML once, and that is then the article's text.

use super::decode::{decode_as, is_binary};
use super::format::Format;
use super::read::{Article, ArticleError, read, shortened};
use super::{docx, front_matter, readable};

/// What is brought, and what is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Its format, where whoever gives it says so.
    pub stated: Option<Format>,
    /// What the file is called.
    pub name: Option<&'a str>,
    /// What the other side says it is: `text/html; charset=gb2312`.
    pub content_type: Option<&'a str>,
    /// Where it was found.
    pub address: Option<&'a str>,
}

/// Reads what is brought into an article.
///
/// # Errors
/// There is no text in it, or it is in a form that is not read.
pub fn bring(given: &Given<'_>) -> Result<Article, ArticleError> {
    let bytes = given.bytes;
    if docx::is_archive(bytes) {
        return document(bytes);
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(ArticleError::Pdf);
    }
    if is_binary(bytes) {
        return Err(ArticleError::NotText);
    }
    let (kind, said) = given.content_type.map(content_type).unwrap_or_default();
    let text = decode_as(bytes, said.as_deref());
    let name = given.name.or_else(|| given.address.and_then(name_at));
    let format = given.stated.unwrap_or_else(|| match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/markdown" | "text/x-markdown" => Format::Markdown,
        _ => Format::guess(name, &text),
    });
    let mut article = match format {
        Format::Html => page(&text, given.address)?,
        Format::Markdown | Format::Text => read(&text, format)?,
    };
    article.link = article.link.or(given.address.map(str::to_owned));
    Ok(article)
}

/// A word processor's document.
fn document(bytes: &[u8]) -> Result<Article, ArticleError> {
    let found = docx::read(bytes).ok_or(ArticleError::Archive)?;
    let mut article = read(&found.html, Format::Html)?;
    // Its properties are often those of the document that it was copied from: they come last.
    if !found.html.contains("<h1>")
        && let Some(title) = &found.title
    {
        article.title = shortened(title);
    }
    article.source = article.source.or(found.source);
    article.date = article.date.or(found.date);
    Ok(article)
}

/// A page, or a piece of one.
fn page(text: &str, address: Option<&str>) -> Result<Article, ArticleError> {
    let begin = text.get(..text.floor_char_boundary(4096)).unwrap_or(text).to_ascii_lowercase();
    let is_whole = ["<html", "<body", "<head", "<!doctype"].iter().any(|tag| begin.contains(tag));
    let found = if is_whole { readable::article(text, address) } else { None };
    let whole = read(text, Format::Html);
    let Some(found) = found else {
        let mut article = read(&readable::plain(&body(text), address), Format::Html)?;
        if let Ok(whole) = whole {
            article.title = whole.title;
            (article.date, article.source) = (whole.date, whole.source);
            (article.link, article.summary) = (whole.link, whole.summary);
            article.language = whole.language;
        }
        return Ok(article);
    };
    let mut article = read(&found.html, Format::Html)?;
    if let Some(title) = &found.title {
        article.title = shortened(title);
    }
    article.language = found.language.unwrap_or(article.language);
    article.source = found.source.or(article.source);
    article.date = found.date.or(article.date);
    article.summary = found.summary.or(article.summary);
    if let Ok(whole) = whole {
        article.date = article.date.or(whole.date);
        article.link = whole.link.or(article.link);
    }
    Ok(article)
}

/// What stands in the body of a page; all of a piece.
fn body(text: &str) -> String {
    let from = super::html::body_start(text);
    text.get(from..super::html::body_end(text, from)).unwrap_or(text).to_owned()
}

/// The kind and the encoding of a content type, in small letters.
fn content_type(said: &str) -> (String, Option<String>) {
    let said = said.to_ascii_lowercase();
    let kind = said.split(';').next().unwrap_or_default().trim().to_owned();
    let charset = said.split_once("charset=").map(|(_, after)| {
        after.split(';').next().unwrap_or_default().trim_matches(['"', '\'', ' ']).to_owned()
    });
    (kind, charset)
}

/// The last part of an address's path, where it is a file's name.
fn name_at(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let path = rest.split(['?', '#']).next()?;
    let (_, name) = path.rsplit_once('/')?;
    name.contains('.').then_some(name)
}

/// Whether a head stands before the text of a file: then it is Markdown, whatever it is called.
pub(super) fn has_head(text: &str) -> bool {
    front_matter::read(text).1 > 0
}

#[cfg(test)]
mod tests;
