//! What an invitation to an anonymous questionnaire shows once it was used: it cannot lead to the
//! answers, since nothing that is kept does.

use maud::{Markup, html};

use super::page::{article_link, head};
use super::published::Published;
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::words::Words;

/// The page.
pub(super) fn page(of: &Published, path: &str, words: Words) -> Markup {
    let frame = ReaderFrame {
        path: path.to_owned(),
        asks: of.brand(),
        look: of.look(),
        ..Default::default()
    };
    let questionnaire = &of.questionnaire;
    let body = html! {
        (head(of, words, &questionnaire.title, &questionnaire.language))
        p.lede { (words.get("used-lede")) }
        p { (words.get("used-why")) }
        p { (words.get("used-change")) }
        p { (article_link(of, words)) }
    };
    reader_with(words, &questionnaire.title, frame, body)
}
