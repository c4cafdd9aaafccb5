//! Themes with their quotes.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::analysis::opinions::letter;
use crate::analysis::stats::wilson;
use crate::analysis::themes::{Passage, Theme};
use crate::domain::ResponseId;
use crate::href;
use crate::insight::Material;
use crate::insight::brief::{people, percent};
use crate::insight::themes::OpenThemes;
use crate::insight::themes::dissent::{Dissent, Rule};
use crate::insight::themes::fold::{Fold, folded};
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::chart::width;

/// Passages that are listed under "more" at the most.
const MORE: usize = 60;
/// So many themes are open when the page is: the largest. One more is not worth a fold.
const OPEN: usize = 5;

/// One open question.
pub(super) fn section(
    questionnaire: &Questionnaire,
    material: &Material,
    prompt: &str,
    open: &OpenThemes,
) -> Markup {
    let answered = open.texts.len();
    let asked = material.questions.iter().find(|asked| asked.id == open.question);
    let work = asked.map(|asked| href::themes(&questionnaire.slug, &asked.key));
    html! {
        section {
            h2 id=[asked.map(|asked| &asked.key)] dir="auto" { (prompt) }
            @if open.of > 0 { p.small.quiet { (people(open.of)) " answered." (drawn(open)) } }
            @if open.found.themes.is_empty() {
                .empty {
                    p {
                        @match answered {
                            0 => "Nobody has answered this question yet.",
                            1 => "One answer so far: too few for themes.",
                            _ => "Too few of the answers resemble each other for themes. Read them one by one: it does not take long.",
                        }
                    }
                    @if answered > 0 { a.button href=(href::desk(&questionnaire.slug, "responses")) { @if answered == 1 { "Read the answer" } @else { "Read the answers" } } }
                }
            }
            (themes(questionnaire, material, open))
            @if let Some(kept) = open.layer() {
                @if !kept.hidden.is_empty() {
                    p.small.quiet { "Hidden by you: " (themes_of(kept.hidden.len())) "." }
                }
                @if !kept.newer_outside.is_empty() {
                    p.small.quiet { (newer(kept.newer_outside.len())) " none of your themes." }
                }
            }
            (rest(questionnaire, open, "Answers in no theme", &open.found.outside))
            (rest(questionnaire, open, "Answers that say nothing on it", &open.found.uninformative))
            @if let (Some(work), true) = (work, answered > 0) {
                .actions.no-print { a.button.quiet href=(work) { "Work on these themes" } }
            }
        }
    }
}

/// The largest themes, and the others by name under a fold.
fn themes(questionnaire: &Questionnaire, material: &Material, open: &OpenThemes) -> Markup {
    let all = &open.found.themes;
    let first = if all.len() > OPEN + 1 { OPEN } else { all.len() };
    let folded = all.get(first..).unwrap_or_default();
    let most = folded.iter().map(|theme| theme.mentions.len()).max().unwrap_or(0);
    html! {
        @for place in 0..first { (theme(questionnaire, material, open, place)) }
        @if !folded.is_empty() {
            details.fewer {
                summary { (folded.len()) " more themes, of at most " (people(most)) " each" }
                @for place in first..all.len() { (theme(questionnaire, material, open, place)) }
            }
            p.small.quiet.fewer-names {
                @for (at, theme) in folded.iter().enumerate() { @if at > 0 { " · " } bdi { (theme.label) } }
            }
        }
    }
}

/// `1 theme`, `3 themes`
pub(in crate::web::desk) fn themes_of(count: usize) -> String {
    if count == 1 { "1 theme".to_owned() } else { format!("{count} themes") }
}

/// `1 newer answer fits`, `12 newer answers fit`
pub(in crate::web::desk) fn newer(count: usize) -> String {
    if count == 1 { "1 newer answer fits".to_owned() } else { format!("{count} newer answers fit") }
}

/// Of very many answers not all are read.
pub(in crate::web::desk) fn drawn(open: &OpenThemes) -> Markup {
    html! {
        @if open.of > open.texts.len() {
            " The themes are of " (open.texts.len()) " of these answers, drawn evenly."
        }
    }
}

fn theme(
    questionnaire: &Questionnaire,
    material: &Material,
    open: &OpenThemes,
    place: usize,
) -> Markup {
    let Some(theme) = open.found.themes.get(place) else { return html! {} };
    let show = |passage: &Passage| quote(questionnaire, material, open, passage);
    let (first, others) = theme.quotes.split_at(theme.quotes.len().min(2));
    let quoted: Vec<usize> = first.iter().map(|quote| quote.text).collect();
    let more: Vec<Passage> = (others.iter().chain(&theme.passages))
        .filter(|passage| !quoted.contains(&passage.text))
        .copied()
        .collect();
    let further: BTreeSet<usize> = more.iter().map(|passage| passage.text).collect();
    let more = folded(open, &more);
    html! {
        article.theme id={ "theme-" (open.question) "-" (open.id(place)) } {
            h3 { (theme.label) }
            @if !says_the_gist(open, theme, first) { (gist(open, theme)) }
            (counts(open, theme))
            (summary(questionnaire, open, place))
            @for passage in first { (show(passage)) }
            (dissent(questionnaire, material, open, place))
            @if !more.is_empty() {
                details {
                    summary { (more_people(further.len())) }
                    @for fold in more.iter().take(MORE) {
                        (show(&fold.first))
                        (alike(questionnaire, material, open, fold))
                    }
                    @if more.len() > MORE {
                        p { a href=(theme_page(questionnaire, material, open, place)) { "All passages of this theme" } }
                    }
                }
            }
        }
    }
}

/// `1 more person`, `12 more people`
fn more_people(count: usize) -> String {
    if count == 1 { "1 more person".to_owned() } else { format!("{count} more people") }
}

fn theme_page(
    questionnaire: &Questionnaire,
    material: &Material,
    open: &OpenThemes,
    place: usize,
) -> String {
    let asked = material.questions.iter().find(|asked| asked.id == open.question);
    let key = asked.map(|asked| asked.key.as_str()).unwrap_or_default();
    format!("{}?theme={}", href::themes(&questionnaire.slug, key), open.id(place))
}

/// Whether the words that stand for the theme are read in one of these quotes anyway.
fn says_the_gist(open: &OpenThemes, theme: &Theme, quotes: &[Passage]) -> bool {
    let Some((_, gist)) = open.quote(&theme.gist) else { return false };
    quotes.iter().filter_map(|quote| open.quote(quote)).any(|(_, words)| words.contains(gist))
}

/// The theme in a few words of somebody.
pub(in crate::web::desk) fn gist(open: &OpenThemes, theme: &Theme) -> Markup {
    html! {
        @if let Some((_, words)) = open.quote(&theme.gist) { p.gist dir="auto" { "“" (words) "”" } }
    }
}

/// How many people, with the interval in which the share of all readers like them lies.
pub(in crate::web::desk) fn counts(open: &OpenThemes, theme: &Theme) -> Markup {
    let answered = open.texts.len();
    let (mentions, main) = (theme.mentions.len(), theme.main.len());
    let share = share(mentions, answered);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (low, high) = wilson(count(mentions), count(answered));
    html! {
        p.share {
            "Mentioned by " (mentions) " of " (people(answered)) " ("
            (percent(share)) ", likely " (format!("{:.0} to {:.0}", low * 100.0, high * 100.0)) " %), main theme of " (main)
        }
        .bar { span class={ "fill " (width(share)) } {} }
    }
}

/// What stands under the name: only what can still be counted and found in the answers.
pub(in crate::web::desk) fn summary(
    questionnaire: &Questionnaire,
    open: &OpenThemes,
    place: usize,
) -> Markup {
    let sentences = open.summary(place);
    html! {
        @if !sentences.is_empty() {
            .summary {
                @for sentence in &sentences {
                    p {
                        (sentence.text) " "
                        @for (number, id) in (1..).zip(sentence.answers.iter().take(5)) {
                            a.small href=(href::response(&questionnaire.slug, *id)) { "[" span.vh { "answer " } (number) "]" } " "
                        }
                    }
                }
            }
        }
    }
}

/// Somebody who sees it otherwise, and by which rule.
pub(in crate::web::desk) fn dissent(
    questionnaire: &Questionnaire,
    material: &Material,
    open: &OpenThemes,
    place: usize,
) -> Markup {
    let found = open.dissent.get(place).copied().flatten();
    let quotes = open.found.themes.get(place).map_or(&[][..], |theme| &theme.quotes);
    // What stands there already in the same words, somebody else's, adds nothing.
    let is_quoted = |words: &str| {
        quotes.iter().filter_map(|quote| open.quote(quote)).any(|(_, quoted)| quoted == words)
    };
    let shown = found
        .and_then(|found: Dissent| Some((found, open.words(&found.span)?)))
        .filter(|(_, words)| !is_quoted(words));
    html! {
        @if let Some((Dissent { span, rule }, words)) = shown {
            p.small.quiet.dissent {
                @match rule {
                    Rule::OtherGroup { own, most } => { "From opinion group " (letter(own)) ", where most here are of group " (letter(most)) ":" },
                    Rule::Farthest => { "Farthest from what the others here say:" },
                }
            }
            (quoted(questionnaire, material, span.response, words))
        }
    }
}

/// The others of a fold.
pub(in crate::web::desk) fn alike(
    questionnaire: &Questionnaire,
    material: &Material,
    open: &OpenThemes,
    fold: &Fold,
) -> Markup {
    html! {
        @if !fold.others.is_empty() {
            details.alike {
                summary { (people(fold.people())) " wrote nearly this" }
                @for other in &fold.others { (quote(questionnaire, material, open, other)) }
            }
        }
    }
}

/// A passage, with its author.
pub(in crate::web::desk) fn quote(
    questionnaire: &Questionnaire,
    material: &Material,
    open: &OpenThemes,
    passage: &Passage,
) -> Markup {
    let quote = open.quote(passage);
    html! {
        @if let Some((response, words)) = quote { (quoted(questionnaire, material, response, words)) }
    }
}

/// Words of a respondent, and the way to the whole answer.
pub(in crate::web::desk) fn quoted(
    questionnaire: &Questionnaire,
    material: &Material,
    response: ResponseId,
    words: &str,
) -> Markup {
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
                @if places.len() > MORE { p.small.quiet { "The first " (MORE) " are shown." } }
            }
        }
    }
}

/// A part of a whole, 0 where there is none.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}
