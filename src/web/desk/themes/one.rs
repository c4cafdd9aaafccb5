//! One theme with all its passages, or the answers in none: to tick and to move.

use maud::{Markup, html};

use super::{Shown, sent, suggest, view};
use crate::acts::edit_themes::LONGEST;
use crate::analysis::themes::Passage;
use crate::href;
use crate::insight::brief::people;
use crate::insight::themes::edit::Span;
use crate::insight::themes::fold::{Fold, folded};
use crate::insight::themes::kept::span;
use crate::web::desk::insight::themes::{counts, dissent, gist, quote, summary};

/// Passages on one page.
const PAGE: usize = 50;

/// One theme.
pub(super) fn theme(shown: &Shown<'_>, place: usize) -> Markup {
    let open = shown.open;
    let Some(theme) = open.found.themes.get(place) else { return html! {} };
    let id = open.id(place);
    let typed = shown.sent().and_then(|sent| sent.get("label"));
    let mut quotes = theme.quotes.clone();
    // Whole sentences may hold a passage of the theme; a quote stands once.
    quotes.extend(theme.passages.iter().filter(|passage| !theme.quotes.contains(passage)));
    let folds = folded(open, &quotes);
    html! {
        p { a href=(shown.address()) { "All themes of this question" } }
        p.kicker { (shown.asked.wording.prompt) }
        h1 { (theme.label) }
        (view::message(shown))
        (gist(open, theme))
        (counts(open, theme))
        (summary(shown.questionnaire, open, place))
        form.search method="post" action=(shown.address()) {
            input type="hidden" name="on" value=(open.edits);
            input type="hidden" name="theme" value=(id);
            label for="label" { "Name" }
            input id="label" name="label" value=(typed.unwrap_or(&theme.label)) maxlength=(LONGEST) required dir="auto";
            button name="do" value="rename" { "Rename" }
        }
        form.actions.near method="post" action=(shown.address()) {
            input type="hidden" name="on" value=(open.edits);
            input type="hidden" name="theme" value=(id);
            button name="do" value="split" { "Split it in two" }
            button name="do" value="hide" { "Hide it" }
        }
        (suggest::of_theme(shown, place))
        (dissent(shown.questionnaire, &shown.insight.material, open, place))
        h2 id="passages" { "What they say" }
        (passages(shown, Some(place), &folds))
    }
}

/// The answers in no theme, or those that say nothing.
pub(super) fn answers(shown: &Shown<'_>, which: &str) -> Markup {
    let open = shown.open;
    let (title, places) = match which {
        "nothing" => ("Answers that say nothing on it", &open.found.uninformative),
        _ => ("Answers in no theme", &open.found.outside),
    };
    let whole = |at: &usize| {
        let (_, text) = open.texts.get(*at)?;
        let start = text.len() - text.trim_start().len();
        Some(Passage { text: *at, start, end: start + text.trim().len() })
    };
    let all: Vec<Passage> = places.iter().filter_map(whole).collect();
    let folds = folded(open, &all);
    html! {
        p { a href=(shown.address()) { "All themes of this question" } }
        p.kicker { (shown.asked.wording.prompt) }
        h1 { (title) ": " (places.len()) }
        (view::message(shown))
        @if folds.is_empty() {
            .empty {
                p { @if places.is_empty() { "There are none." } @else { "They are empty." } }
                a.button href=(shown.address()) { "All themes" }
            }
        } @else {
            (passages(shown, None, &folds))
        }
    }
}

fn passages(shown: &Shown<'_>, place: Option<usize>, folds: &[Fold]) -> Markup {
    let open = shown.open;
    let pages = folds.len().div_ceil(PAGE).max(1);
    let wanted = shown.query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let number: usize = Ord::clamp(wanted, 1, pages);
    let theme = place.map(|place| open.id(place));
    let part = match (&theme, shown.query.get("show")) {
        (Some(theme), _) => format!("theme={theme}"),
        (None, show) => format!("show={}", show.unwrap_or("outside")),
    };
    let hidden = html! {
        input type="hidden" name="on" value=(open.edits);
        @if let Some(theme) = &theme { input type="hidden" name="theme" value=(theme); }
        @else { input type="hidden" name="show" value=(shown.query.get("show").unwrap_or("outside")); }
        input type="hidden" name="page" value=(number);
    };
    html! {
        // Pins have a form of their own, so that Enter in the other never pins.
        form id="pins" method="post" action=(shown.address()) { (hidden) }
        form.passages method="post" action=(shown.address()) {
            (hidden)
            ul.picks {
                @for fold in folds.iter().skip((number - 1) * PAGE).take(PAGE) {
                    (pick(shown, place, &fold.first, false))
                    @if !fold.others.is_empty() {
                        li.folded {
                            details {
                                summary {
                                    (people(fold.people())) " wrote nearly this"
                                    @if !fold.again.is_empty() { ", some of them more than once" }
                                }
                                ul.picks { @for other in fold.others.iter().chain(&fold.again) { (pick(shown, place, other, true)) } }
                            }
                        }
                    }
                }
            }
            (bar(shown, place))
        }
        @if pages > 1 {
            nav.pages aria-label="Pages" {
                @if number > 1 { a rel="prev" href={ (shown.address()) "?" (part) "&page=" (number - 1) "#passages" } { "Back" } }
                span aria-current="page" { "Page " (number) " of " (pages) }
                @if number < pages { a rel="next" href={ (shown.address()) "?" (part) "&page=" (number + 1) "#passages" } { "Further" } }
            }
        }
    }
}

fn pick(shown: &Shown<'_>, place: Option<usize>, passage: &Passage, folded: bool) -> Markup {
    let open = shown.open;
    let Some(span) = span(&open.texts, passage) else { return html! {} };
    let Some(words) = open.words(&span) else { return html! {} };
    let value = sent::written(&span);
    let ticked = shown.sent().is_some_and(|sent| sent.has("passage", &value));
    let main = place.and_then(|place| open.found.themes.get(place));
    let mentions_only = main.is_some_and(|theme| theme.main.binary_search(&passage.text).is_err());
    let label = crate::domain::text::shortened(words, 60);
    html! {
        li.pick {
            input type="checkbox" name="passage" value=(value) checked[ticked] aria-label={ "Tick: " (label) };
            div {
                (quote(shown.questionnaire, &shown.insight.material, open, passage))
                p.small.marks {
                    @if mentions_only { span.quiet { "mainly about something else" } " " }
                    @if let Some(place) = place {
                        @let first = open.is_pinned(place, &span);
                        @if first { span.tag.on { "pinned" } " " }
                        @if !folded { (pin(&span, first, &label)) }
                    }
                }
            }
        }
    }
}

fn pin(span: &Span, first: bool, label: &str) -> Markup {
    html! {
        @if first { button.quiet.small form="pins" name="unpin" value=(sent::written(span)) { "Unpin" span.vh { ": " (label) } } }
        @else { button.quiet.small form="pins" name="pin" value=(sent::written(span)) { "Pin as a quote" span.vh { ": " (label) } } }
    }
}

/// What can be done with what is ticked.
fn bar(shown: &Shown<'_>, place: Option<usize>) -> Markup {
    let open = shown.open;
    let of = |name: &str| shown.sent().and_then(|sent| sent.get(name)).unwrap_or_default();
    let chosen = |value: &str| of("to") == value;
    let new = if place.is_none() { "new" } else { "" };
    html! {
        .together role="group" aria-labelledby="together" {
            @if place.is_none() { h2 id="together" { "With what is ticked" } }
            @else { h3 id="together" { "With what is ticked" } }
            .field {
                label for="to" { "Move to" }
                select id="to" name="to" {
                    option value="new" selected[chosen("new") || (of("to").is_empty() && new == "new")] { "a new theme" }
                    @for other in 0..open.found.themes.len() {
                        @let id = open.id(other);
                        @if Some(other) != place {
                            option value=(id) selected[chosen(&id)] { (open.found.themes.get(other).map_or("", |theme| &theme.label)) }
                        }
                    }
                    @for theme in open.layer().iter().flat_map(|kept| &kept.hidden) {
                        @let id = theme.id.to_string();
                        option value=(id) selected[chosen(&id)] { (theme.label) " (hidden)" }
                    }
                    @for (theme, label) in open.layer().iter().flat_map(|kept| &kept.empty) {
                        @let id = theme.to_string();
                        option value=(id) selected[chosen(&id)] { (label) " (nobody)" }
                    }
                    @if place.is_some() { option value="none" selected[chosen("none")] { "no theme" } }
                }
            }
            .field {
                label for="name" { "Name of the new theme" }
                input id="name" name="name" value=(of("name")) maxlength=(LONGEST) aria-describedby="name-help" dir="auto";
                p.help id="name-help" { "Left empty, it gets one from the passages." }
            }
            @if place.is_some() {
                label.check {
                    input type="checkbox" name="whole" value="yes" checked[of("whole") == "yes"];
                    span { "The whole answers, out of all other themes" }
                }
            } @else {
                input type="hidden" name="whole" value="yes";
            }
            button name="do" value="move" { "Move" }
        }
        p.small.quiet { "Answers are never changed. Each is read whole under its link; " a href=(href::desk(&shown.questionnaire.slug, "responses")) { "all responses" } "." }
    }
}
