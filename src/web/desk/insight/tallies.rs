//! Closed questions: each with its picture.

use maud::{Markup, html};

use super::picture;
use crate::domain::ResponseId;
use crate::href;
use crate::insight::Insight;
use crate::store::questionnaires::{Asked, Questionnaire};

/// One closed question; nothing of those that are not counted.
pub(super) fn section(of: &Questionnaire, shown: &Insight, asked: &Asked, query: &str) -> Markup {
    let Some(picture) = picture::of(shown, asked) else { return html! {} };
    html! {
        section {
            h2 id=(asked.key) dir="auto" { (picture.title) }
            @if picture.shape.is_none() {
                .empty { p { "Nobody has answered this question." } }
            } @else {
                p.small.quiet { (picture.count) }
                (picture.figure(of, query))
                (written(of, &picture.others))
            }
        }
    }
}

/// What was written beside "something else".
fn written(of: &Questionnaire, others: &[(ResponseId, String)]) -> Markup {
    html! {
        @if !others.is_empty() {
            details {
                summary { "Something else, in their words: " (others.len()) }
                ul.others {
                    @for (response, text) in others {
                        li dir="auto" { (text) " " a href=(href::response(&of.slug, *response)) { "the whole answer" } }
                    }
                }
            }
        }
    }
}
