//! A page of the web without what stands around its article: menus, adverts, notices about
//! cookies, comments. What is found is kept as plain HTML, in which spans then have their places.

use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use chrono::NaiveDate;
use dom_smoothie::{Config, Readability};

use super::front_matter::{as_date, primary};
use super::html;
use super::safe::Links;

/// Deeper pages, and such of more elements, are read as they are: what looks for the article
/// builds a tree.
const DEEP: usize = 200;
const MANY: usize = 60_000;
/// Fewer characters than this are no article where the page has more.
const SHORT: usize = 200;

/// What a page says.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The article, as HTML with few elements and attributes.
    pub html: String,
    pub title: Option<String>,
    pub source: Option<String>,
    pub date: Option<NaiveDate>,
    pub summary: Option<String>,
    pub language: Option<String>,
}

/// The article of a page that came from an address, if it came from one; none where the page is
/// too deep to look into, or nothing in it looks like an article.
pub(super) fn article(page: &str, address: Option<&str>) -> Option<Page> {
    if !is_modest(page) {
        return None;
    }
    let config = Config { max_elements_to_parse: MANY, keep_classes: false, ..Config::default() };
    let found = Readability::new(page, address, Some(config)).ok()?.parse().ok()?;
    let html = plain(&found.content, address);
    let length = found.text_content.trim().chars().count();
    if length < SHORT && length * 2 < words_of(page) {
        return None;
    }
    let said = |said: Option<String>| {
        let said = said?.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(said).filter(|said| !said.is_empty() && said.chars().count() <= 300)
    };
    Some(Page {
        html,
        title: said(Some(found.title)),
        source: said(found.site_name).or(said(found.byline)),
        date: found.published_time.and_then(|time| as_date(&time)),
        summary: said(found.excerpt),
        language: found.lang.and_then(|lang| primary(&lang)),
    })
}

/// HTML without everything that articles are not made of: styles, classes, scripts, what is
/// hidden. As it came where it is too deep to look into.
pub(super) fn plain(html: &str, address: Option<&str>) -> String {
    if !is_modest(html) {
        return html.to_owned();
    }
    // A text editor on the web wraps everything in a bold element that is not bold.
    let html = html.replace("<b style=\"font-weight:normal;\"", "<div");
    let base = address.and_then(|address| ammonia::Url::parse(address).ok());
    let tags = [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "div",
        "section",
        "article",
        "main",
        "figure",
        "figcaption",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "b",
        "em",
        "i",
        "cite",
        "del",
        "s",
        "sub",
        "sup",
        "a",
        "img",
        "br",
        "hr",
        "q",
        "kbd",
        "aside",
        "details",
        "summary",
        "header",
        "footer",
        "time",
    ];
    let silent = ["script", "style", "nav", "form", "button", "select", "svg", "math", "iframe"];
    Builder::empty()
        .tags(HashSet::from(tags))
        .clean_content_tags(HashSet::from(silent))
        .generic_attributes(HashSet::from(["id"]))
        .add_tag_attributes("a", ["href", "name"])
        .add_tag_attributes("img", ["src", "alt"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(match base {
            Some(base) => Links::from(Some(base)),
            // Where it stands may still be said later.
            None => UrlRelative::PassThrough,
        })
        .link_rel(None)
        .clean(&html)
        .to_string()
}

/// Whether a tree can be built of it.
fn is_modest(html: &str) -> bool {
    let (deepest, count) = html::depth(html);
    deepest <= DEEP && count <= MANY
}

/// How many characters of words a page has, at least about.
fn words_of(page: &str) -> usize {
    let tokens = html::tokens(page, html::body_start(page), page.len());
    tokens
        .iter()
        .map(|token| match token {
            super::token::Token::Text(words, ..) => words.trim().chars().count(),
            _ => 0,
        })
        .sum()
}
