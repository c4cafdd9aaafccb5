//! The article, to read, with the words that the questions come from marked in it.

use maud::{Markup, PreEscaped, html};

use super::images;
use super::page::{head, other_language};
use super::published::Published;
use crate::article;
use crate::href;
use crate::store::questionnaires::Asked;
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::words::Words;

/// The page: title, source, date, text, and the way to the questions.
pub(super) fn page(of: &Published, asked: &[Asked], words: Words) -> Markup {
    let slug = &of.questionnaire.slug;
    let language = other_language(words, &of.article.language);
    let frame = ReaderFrame {
        path: href::article(slug),
        asks: of.brand(),
        article: true,
        look: of.look(),
        ..Default::default()
    };
    let marks: Vec<(usize, usize, String)> = asked
        .iter()
        .filter_map(|asked| {
            let (start, end) = asked.passage?;
            Some((start, end, format!("m-{}", asked.key)))
        })
        .collect();
    let kept = images::pictures(&href::images(slug), &of.images);
    let text = article::illustrated(&of.read(), &marks, &kept);
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
            (about(of, words, !marks.is_empty()))
            .article lang=[language] dir="auto" { (PreEscaped(text)) }
        }
        (to_form)
    };
    reader_with(words, &of.article.title, frame, body)
}

/// Where the article comes from, and what its marks mean.
fn about(of: &Published, words: Words, marked: bool) -> Markup {
    let link = of.article.link.as_ref().filter(|link| is_web(link));
    html! {
        @if link.is_some() || marked {
            .about {
                @if let Some(link) = link {
                    a href=(link) rel="noopener" { (words.get("article-original")) }
                }
                @if marked { span { (words.get("article-marked")) } }
            }
        }
    }
}

/// An address that a browser opens as a page: what was brought may be anything.
fn is_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}
