//! The brief, to read and to print.

use maud::{Markup, html};

use crate::domain::ResponseId;
use crate::href;
use crate::insight::Insight;
use crate::insight::brief::{Brief, Quote, Section, Sentence};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::{self, Steps};

/// The page.
pub(super) fn page(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    insight: &Insight,
    brief: &Brief,
) -> Markup {
    let sentence = |s: &Sentence| sentence(questionnaire, insight, s);
    layout::desk(
        organizer,
        "Brief",
        Some(steps),
        html! {
            @if brief.opening.is_empty() {
                h1 { "Brief" }
                .empty {
                    p { "A brief is made of responses, and there are none yet." }
                    a.button.primary href=(href::desk(&questionnaire.slug, "invitations")) { "Invite readers" }
                }
            } @else {
                .actions {
                    button type="button" data-js hidden data-print { "Print" }
                    a.button.quiet href=(href::desk(&questionnaire.slug, "insight")) { "Everything in detail" }
                }
                article.brief lang="en" {
                    p.kicker { "Brief" }
                    h1 { (questionnaire.title) }
                    @for opening in &brief.opening { (sentence(opening)) }
                    @for section in &brief.sections { (section_of(questionnaire, insight, section)) }
                    @if !brief.to_discuss.is_empty() {
                        h2 { "To talk about" }
                        @for question in &brief.to_discuss { (sentence(question)) }
                    }
                    @if !brief.left_out.is_empty() {
                        h2 { "What this brief leaves out" }
                        @for left_out in &brief.left_out { (sentence(left_out)) }
                    }
                    p.signed {
                        "Made from the answers themselves"
                        @if !organizer.name.is_empty() { " for " (organizer.name) }
                        ": every number counts people, every quote is a piece of an answer."
                    }
                }
            }
        },
    )
}

fn section_of(questionnaire: &Questionnaire, insight: &Insight, section: &Section) -> Markup {
    html! {
        h2 { (section.title) }
        @for s in &section.sentences { (sentence(questionnaire, insight, s)) }
        @for quote in &section.quotes { (quoted(questionnaire, insight, quote)) }
    }
}

fn quoted(questionnaire: &Questionnaire, insight: &Insight, quote: &Quote) -> Markup {
    let voice = insight.material.voice(quote.response);
    html! {
        blockquote.quote dir="auto" lang=[voice.map(|voice| &*voice.response.language)] {
            p { (quote.text) }
            footer {
                (quote.name.as_deref().unwrap_or("A respondent"))
                @if voice.is_some_and(|voice| voice.response.example) { " (example)" }
                span.no-print { " · " a href=(href::response(&questionnaire.slug, quote.response)) { "the whole answer" } }
            }
        }
    }
}

/// A sentence; behind it, folded, the responses it rests on.
fn sentence(questionnaire: &Questionnaire, insight: &Insight, sentence: &Sentence) -> Markup {
    html! {
        .sentence {
            p { (sentence.text) }
            @if !sentence.rests_on.is_empty() {
                details.no-print {
                    summary { "Rests on " (sentence.rests_on.len()) @if sentence.rests_on.len() == 1 { " response" } @else { " responses" } }
                    ul.names { @for id in &sentence.rests_on { li { (link(questionnaire, insight, *id)) } } }
                }
            }
        }
    }
}

fn link(questionnaire: &Questionnaire, insight: &Insight, id: ResponseId) -> Markup {
    let who = crate::web::desk::responses::who(&insight.material, id);
    html! { a href=(href::response(&questionnaire.slug, id)) { (who) } }
}
