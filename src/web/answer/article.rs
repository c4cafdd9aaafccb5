//! The article, to read.

use maud::{Markup, html};

use super::page::{head, other_language};
use super::published::Published;
use crate::href;
use crate::store::articles::Article;
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::words::Words;

/// The page: title, source, date, text, and the way to the questions.
pub(super) fn page(of: &Published, words: Words) -> Markup {
    let slug = &of.questionnaire.slug;
    let language = other_language(words, &of.article.language);
    let frame = ReaderFrame { path: href::article(slug), asks: of.brand(), ..Default::default() };
    let to_form = html! {
        .actions {
            a.button.primary href=(href::questionnaire(slug)) {
                (words.get(if of.is_open() { "article-answer" } else { "article-questions" }))
            }
        }
    };
    let body = html! {
        article {
            (head(of, words, &of.article.title, &of.article.language))
            @if let Some(link) = &of.article.link && is_web(link) {
                p { a href=(link) rel="noopener" { (words.get("article-original")) } }
            }
            .article lang=[language] dir="auto" { (text(&of.article)) }
        }
        (to_form)
    };
    reader_with(words, &of.article.title, frame, body)
}

/// Paragraphs as they were brought, without the lines before the text that say what it is.
fn text(article: &Article) -> Markup {
    let start = usize::try_from(article.body_start).unwrap_or(0);
    let body = article.body.get(start..).unwrap_or(&article.body);
    html! {
        @for paragraph in body.split("\n\n").filter(|text| !text.trim().is_empty()) {
            p dir="auto" { (paragraph.trim()) }
        }
    }
}

/// An address that a browser opens as a page: what was brought may be anything.
fn is_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}
