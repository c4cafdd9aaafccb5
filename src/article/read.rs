//! An article and how it is read: what its head says, and what the text shows where it is silent.

use chrono::NaiveDate;

use super::blocks::{Block, Role, blocks};
use super::format::Format;
use super::front_matter::{self, FrontMatter, as_date, primary};
use super::html;
use super::token::tokens;

/// Titles are cut there, in characters.
const TITLE: usize = 200;

/// An article as it was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Article {
    /// What it is called.
    pub title: String,
    /// The day it was published.
    pub date: Option<NaiveDate>,
    /// Who published or wrote it.
    pub source: Option<String>,
    /// What it says of itself in short.
    pub summary: Option<String>,
    /// Where it stands.
    pub link: Option<String>,
    /// The primary language tag: `en`, `zh`.
    pub language: String,
    /// How `text` is written.
    pub format: Format,
    /// The text as it was brought; spans are bytes into it.
    pub text: String,
    /// Where the head ends.
    pub body_start: usize,
}

/// Why there is no article.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ArticleError {
    /// Nothing to read.
    #[error("There is no text in it.")]
    Empty,
    /// A head, and nothing behind it.
    #[error("There is no text after the front matter ({0}).")]
    FrontMatter(String),
    /// A picture, a program, or the like.
    #[error(
        "This is no text that we can read. Bring the article as Markdown, HTML, a Word document (.docx) or plain text."
    )]
    NotText,
    /// A PDF, which knows letters on paper and no sentences.
    #[error(
        "We do not read PDF. Bring the article as Markdown, HTML, a Word document (.docx) or plain text, or copy its words and paste them."
    )]
    Pdf,
    /// A packed file that is no word processor's document, or a broken one.
    #[error("This packed file is no Word document (.docx) that we can read, or it is damaged.")]
    Archive,
}

/// Reads an article. A broken head is read line by line, or else as text.
///
/// # Errors
/// There is no text.
pub fn read(text: &str, format: Format) -> Result<Article, ArticleError> {
    let (front, body_start) = match format {
        Format::Markdown => front_matter::read(text),
        Format::Html => (html_head(text), html::body_start(text)),
        Format::Text => (FrontMatter::default(), 0),
    };
    let mut article = Article {
        title: String::new(),
        date: front.date,
        source: front.source,
        summary: front.summary,
        link: front.link,
        language: String::new(),
        format,
        text: text.to_owned(),
        body_start,
    };
    let blocks = blocks(&tokens(&article));
    if blocks.is_empty() {
        return Err(match front.title {
            Some(title) => ArticleError::FrontMatter(title),
            None => ArticleError::Empty,
        });
    }
    article.title = shortened(&front.title.unwrap_or_else(|| first_words(&blocks)));
    article.language = front.language.unwrap_or_else(|| language_of(&blocks));
    let said = blocks.iter().take(4).find_map(|block| source_of(&block.text));
    article.source = article.source.or(said);
    if let (Some(summary), Some(source)) = (&article.summary, &article.source) {
        // Summaries made from the first words repeat the line that names the source.
        let rest = ["Source: ", "来源："]
            .iter()
            .find_map(|lead| summary.strip_prefix(lead)?.strip_prefix(source.as_str()));
        article.summary = Some(rest.unwrap_or(summary).trim().to_owned());
    }
    // Where an article was copied from often stands as a lone link at its end.
    let last = blocks.last().and_then(|block| block.link.clone());
    article.link = article.link.or(last.filter(|link| link.starts_with("http")));
    Ok(article)
}

/// The one who is named by `Source: X` or `来源：X`.
pub(super) fn source_of(line: &str) -> Option<String> {
    let said = ["Source:", "Source：", "来源：", "来源:", "作者：", "作者:"]
        .iter()
        .find_map(|lead| line.strip_prefix(lead))?
        .trim();
    (!said.is_empty() && said.chars().count() <= 80).then(|| said.to_owned())
}

fn first_words(blocks: &[Block]) -> String {
    let heading = blocks.iter().take(8).find(|block| block.role == Role::Heading);
    heading.or(blocks.first()).map(|block| block.text.clone()).unwrap_or_default()
}

pub(super) fn shortened(title: &str) -> String {
    if title.chars().count() <= TITLE {
        return title.to_owned();
    }
    let cut: String = title.chars().take(TITLE - 1).collect();
    let whole = cut.rfind(' ').filter(|at| *at > cut.len() / 2);
    format!("{}…", whole.and_then(|at| cut.get(..at)).unwrap_or(&cut))
}

/// The language that the words look like; English when they look like none.
fn language_of(blocks: &[Block]) -> String {
    let mut sample = String::new();
    for block in blocks {
        sample.extend(block.text.chars().take(1000));
        sample.push(' ');
        if sample.len() > 6000 {
            break;
        }
    }
    let code = match whatlang::detect_lang(&sample) {
        Some(whatlang::Lang::Cmn) => "zh",
        Some(whatlang::Lang::Deu) => "de",
        Some(whatlang::Lang::Fra) => "fr",
        Some(whatlang::Lang::Spa) => "es",
        Some(whatlang::Lang::Ita) => "it",
        Some(whatlang::Lang::Por) => "pt",
        Some(whatlang::Lang::Nld) => "nl",
        Some(whatlang::Lang::Jpn) => "ja",
        Some(whatlang::Lang::Kor) => "ko",
        Some(whatlang::Lang::Rus) => "ru",
        _ => "en",
    };
    code.to_owned()
}

/// What a page says of itself: `title` and `og:title`, `meta` and `time`, `lang`.
fn html_head(text: &str) -> FrontMatter {
    let mut front = FrontMatter::default();
    let mut og_title = None;
    // A page that says nothing of itself within this much says it nowhere.
    let head: String = text.chars().take(40_000).collect();
    for piece in head.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        let (name, closes) = html::name_of(tag);
        if closes {
            continue;
        }
        match name.as_str() {
            "html" => {
                front.language = html::attribute(tag, "lang").and_then(|lang| primary(&lang));
            }
            "title" if front.title.is_none() => front.title = spaced(after),
            "link" if html::attribute(tag, "rel").as_deref() == Some("canonical") => {
                front.link = html::attribute(tag, "href").filter(|link| link.starts_with("http"));
            }
            "time" if front.date.is_none() => {
                let stated = html::attribute(tag, "datetime");
                front.date = as_date(stated.as_deref().unwrap_or(after));
            }
            "meta" => {
                let key = html::attribute(tag, "property").or(html::attribute(tag, "name"));
                let content = html::attribute(tag, "content").and_then(|said| spaced(&said));
                let (Some(key), Some(said)) = (key, content) else { continue };
                match key.to_ascii_lowercase().as_str() {
                    "og:title" => og_title = Some(said),
                    "article:published_time" | "date" | "dc.date" | "pubdate" => {
                        front.date = as_date(&said).or(front.date);
                    }
                    "og:site_name" => front.source = front.source.or(Some(said)),
                    "author" => front.source = Some(said),
                    "description" | "og:description" => {
                        front.summary = front.summary.or(Some(said));
                    }
                    "og:url" => {
                        front.link = front.link.or(Some(said).filter(|u| u.starts_with("http")));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    front.title = og_title.or(front.title.map(|title| decoded(&title)));
    front
}

fn decoded(text: &str) -> String {
    let tag = format!("a t=\"{}\"", text.replace('"', "&quot;"));
    html::attribute(&tag, "t").unwrap_or_else(|| text.to_owned())
}

fn spaced(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
