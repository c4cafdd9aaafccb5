//! Themes with their quotes.

use maud::{Markup, html};

use crate::analysis::themes::{Passage, Theme};
use crate::href;
use crate::insight::Material;
use crate::insight::brief::people;
use crate::insight::themes::OpenThemes;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::chart::width;

/// Passages that are listed under "more" at the most.
const MORE: usize = 60;

/// One open question.
pub(super) fn section(
    questionnaire: &Questionnaire,
    material: &Material,
    prompt: &str,
    open: &OpenThemes,
) -> Markup {
    let answered = open.texts.len();
    html! {
        section {
            h2 { (prompt) }
            p.small.quiet { (people(answered)) " answered." }
            @if open.found.themes.is_empty() {
                .empty {
                    p { @if answered == 0 { "Nobody has answered this question yet." } @else { "Too few of the answers resemble each other for themes. Read them one by one: it does not take long." } }
                    @if answered > 0 { a.button href=(href::desk(&questionnaire.slug, "responses")) { "Read the answers" } }
                }
            }
            @for found in &open.found.themes { (theme(questionnaire, material, open, found)) }
            (rest(questionnaire, open, "Answers that fit no theme", &open.found.outside))
            (rest(questionnaire, open, "Answers that say nothing on it", &open.found.uninformative))
        }
    }
}

fn theme(
    questionnaire: &Questionnaire,
    material: &Material,
    open: &OpenThemes,
    theme: &Theme,
) -> Markup {
    let answered = open.texts.len();
    let share = share(theme.mentions.len(), answered);
    let more: Vec<&Passage> = theme
        .passages
        .iter()
        .filter(|passage| !theme.quotes.iter().any(|q| q.text == passage.text))
        .collect();
    html! {
        article.theme {
            h3 { (theme.label) }
            p.share { (theme.mentions.len()) " of " (people(answered)) }
            .bar { span class={ "fill " (width(share)) } {} }
            @for passage in theme.quotes.iter().take(2) { (quote(questionnaire, material, open, passage)) }
            @let rest = theme.quotes.iter().skip(2).chain(more.iter().copied()).collect::<Vec<_>>();
            @if !rest.is_empty() {
                details {
                    summary { (rest.len()) " more" }
                    @for passage in rest.iter().take(MORE) { (quote(questionnaire, material, open, passage)) }
                    @if rest.len() > MORE {
                        p { a href=(href::desk(&questionnaire.slug, "responses")) { "Read the others among the responses" } }
                    }
                }
            }
        }
    }
}

fn quote(
    questionnaire: &Questionnaire,
    material: &Material,
    open: &OpenThemes,
    passage: &Passage,
) -> Markup {
    let Some((response, words)) = open.quote(passage) else { return html! {} };
    let language = material.voice(response).map(|voice| &*voice.response.language);
    html! {
        blockquote.quote dir="auto" lang=[language] {
            p { (words) }
            footer {
                (material.name_for_quotes(response).unwrap_or("A respondent"))
                " · " a href=(href::response(&questionnaire.slug, response)) { "the whole answer" }
            }
        }
    }
}

fn rest(questionnaire: &Questionnaire, open: &OpenThemes, title: &str, places: &[usize]) -> Markup {
    let listed = places.iter().filter_map(|place| open.texts.get(*place));
    html! {
        @if !places.is_empty() {
            details {
                summary { (title) ": " (places.len()) }
                ul {
                    @for (response, text) in listed.take(MORE) {
                        li dir="auto" {
                            (crate::domain::text::shortened(text, 300)) " "
                            a href=(href::response(&questionnaire.slug, *response)) { "the whole answer" }
                        }
                    }
                }
            }
        }
    }
}

/// A part of a whole, 0 where there is none.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}
