//! The page of what was said.

use maud::{Markup, PreEscaped, html};

use super::asked::Asked;
use super::{crossed, filters, groups, tallies, themes, top};
use crate::domain::kind::Kind;
use crate::domain::text::shortened;
use crate::href;
use crate::insight::Insight;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{self, Questionnaire};
use crate::web::ui::layout::{self, Steps};

/// The page around what is drawn once for all who look: the form, and the results.
pub(super) fn page(organizer: &Organizer, steps: &Steps, form: &str, results: &str) -> Markup {
    let body = html! {
        h1 { "What they said" }
        (PreEscaped(form))
        (PreEscaped(results))
    };
    layout::desk(organizer, "What they said", Some(steps), body)
}

/// The way to the brief, the search, and the form; nothing where nobody answered.
pub(super) fn form(of: &Questionnaire, whole: &Insight, asked: &Asked) -> Markup {
    let open = whole.material.questions.iter().any(|q| matches!(q.wording.kind, Kind::Open(_)));
    html! {
        @if !whole.material.voices.is_empty() {
            .actions {
                a.button.primary href=(href::desk(&of.slug, "brief")) { "Open the brief" }
                a.button.quiet href=(href::desk(&of.slug, "exports")) { "Take it along as files" }
            }
            @if open {
                form.search role="search" method="get" action={ (href::desk(&of.slug, "responses")) "#answers" } {
                    label.vh for="q" { @if asked.filter.is_empty() { "Search the open answers" } @else { "Search the open answers of these responses" } }
                    input id="q" type="search" name="q" placeholder="Words or a “phrase”";
                    @for (name, value) in asked.filter.pairs() { input type="hidden" name=(name) value=(value); }
                    button { "Search" }
                }
            }
            (filters::form(of, whole, asked))
        }
    }
}

/// Everything that depends on the answers, question by question, in the order of the form.
pub(super) fn results(of: &Questionnaire, whole: &Insight, asked: &Asked) -> Markup {
    html! {
        div id="results" data-live=(href::desk(&of.slug, "insight/live")) data-version=(whole.version) data-words-live="The results have been brought up to date." {
            (inside(of, whole, asked))
        }
    }
}

fn inside(of: &Questionnaire, whole: &Insight, asked: &Asked) -> Markup {
    let narrowed = (!asked.filter.is_empty()).then(|| whole.narrowed(&asked.filter));
    let shown = narrowed.as_ref().unwrap_or(whole);
    let count = shown.material.voices.len();
    let query = asked.filter.query();
    html! {
        @if whole.material.voices.is_empty() {
            .empty {
                p { "Nobody has answered yet. As soon as somebody has, you see it here." }
                a.button.primary href=(href::desk(&of.slug, "invitations")) { "Invite readers" }
            }
        } @else {
            (filters::chips(of, whole, count, asked))
            @if count == 0 {
                .empty {
                    p { "No response fits all of this." }
                    a.button href={ (href::desk(&of.slug, "insight")) } { "Show all " (whole.material.voices.len()) }
                }
            } @else {
                (made_of(whole, shown))
                (compared(of, shown, asked))
                (contents(shown))
                (top::section(of, whole, shown, &query))
                @for question in &shown.material.questions {
                    (section(of, shown, question, &query))
                }
                @if let Some(opinion) = &shown.opinion {
                    (groups::section(of, &shown.material, opinion, &query))
                }
            }
        }
    }
}

/// The way to each question, where there are several.
fn contents(shown: &Insight) -> Markup {
    let questions = &shown.material.questions;
    html! {
        @if questions.len() > 2 {
            nav.contents.no-print aria-label="On this page" {
                ol {
                    @for question in questions.iter().filter(|asked| !matches!(asked.wording.kind, Kind::Contact(_))) {
                        li { a href={ "#" (question.key) } dir="auto" { (shortened(&question.wording.prompt, 90)) } }
                    }
                    @if shown.opinion.is_some() { li { a href="#groups" { "Opinion groups" } } }
                }
            }
        }
    }
}

fn section(
    of: &Questionnaire,
    shown: &Insight,
    question: &questionnaires::Asked,
    query: &str,
) -> Markup {
    let prompt = &question.wording.prompt;
    if let Some(open) = shown.themes.iter().find(|open| open.question == question.id) {
        return themes::section(of, &shown.material, prompt, open);
    }
    if matches!(question.wording.kind, Kind::Open(_)) {
        return html! {
            section {
                h2 id=(question.key) { (prompt) }
                p.quiet { "The themes of these answers are being made. They are here in a moment." }
            }
        };
    }
    tallies::section(of, shown, question, query)
}

/// From how many responses, and what is still on its way.
fn made_of(whole: &Insight, shown: &Insight) -> Markup {
    let (all, voices) = (&whole.material.voices, &shown.material.voices);
    let examples = voices.iter().filter(|voice| voice.response.example).count();
    let newer = whole.newer.min(all.len());
    html! {
        .notice {
            p {
                "Made from "
                @if voices.len() < all.len() { (voices.len()) " of " (all.len()) " responses: only those that fit what is chosen above." }
                @else if voices.len() == 1 { "1 response." } @else { (voices.len()) " responses." }
                @if examples > 0 { " " (examples) " of them are made-up examples." }
                " Every quote is a piece of an answer, letter by letter."
            }
            @if whole.is_early() {
                p { "Closed questions are counted completely. Themes and opinion groups are still being made." }
            } @else if newer > 0 {
                p {
                    "Closed questions are counted completely. Themes and opinion groups do not have the latest "
                    @if newer == 1 { "response" } @else { (newer) " responses" }
                    " in them yet."
                }
            }
        }
    }
}

/// The cross-table, or why there is none.
fn compared(of: &Questionnaire, shown: &Insight, asked: &Asked) -> Markup {
    let one = asked.rows.is_empty() != asked.columns.is_empty();
    let same = !asked.rows.is_empty() && asked.rows == asked.columns;
    html! {
        @if let Some(found) = asked.crossed(&shown.material) {
            (crossed::section(of, &found, &asked.query()))
        } @else if one || same {
            .notice { p { "To compare, choose two different questions: one for the rows, one for the columns." } }
        }
    }
}
