//! All themes of a question: to open, to merge, to hide; and what is in none.

use maud::{Markup, html};

use super::Shown;
use crate::insight::themes::kept::Aside;
use crate::web::desk::insight::themes::{counts, gist, quoted};

/// Passages of a hidden theme that are listed.
const MOST: usize = 60;

/// The list, as one form: ticked themes become one.
pub(super) fn themes(shown: &Shown<'_>) -> Markup {
    let (open, address) = (shown.open, shown.address());
    let ticked = |id: &str| shown.sent().is_some_and(|sent| sent.has("tick", id));
    html! {
        @if !open.found.themes.is_empty() {
            form.themes method="post" action=(address) {
                input type="hidden" name="on" value=(open.edits);
                ul.picks {
                    @for (place, theme) in open.found.themes.iter().enumerate() {
                        @let id = open.id(place);
                        li.pick {
                            input type="checkbox" name="tick" value=(id) id={ "tick-" (id) } checked[ticked(&id)]
                                aria-label={ "Merge “" (theme.label) "”" };
                            .theme {
                                h2 { a href={ (address) "?theme=" (id) } { (theme.label) } }
                                (gist(open, theme))
                                (counts(open, theme))
                            }
                        }
                    }
                }
                @if open.found.themes.len() > 1 {
                    .actions.together {
                        button name="do" value="merge" { "Merge the ticked themes" }
                        span.small.quiet { "The first of them keeps its name." }
                    }
                }
            }
        }
    }
}

/// Hidden themes, themes of nobody, and the answers in none.
pub(super) fn rest(shown: &Shown<'_>) -> Markup {
    let (open, address) = (shown.open, shown.address());
    let (outside, nothing) = (open.found.outside.len(), open.found.uninformative.len());
    html! {
        @if let Some(kept) = open.layer() {
            @if !kept.hidden.is_empty() {
                section {
                    h2 { "Hidden" }
                    p.help { "Left out of results and brief, and counted there as hidden." }
                    @for theme in &kept.hidden {
                        form.row method="post" action=(address) {
                            input type="hidden" name="on" value=(open.edits);
                            input type="hidden" name="theme" value=(theme.id);
                            input type="hidden" name="view" value="all";
                            span { (theme.label) " " span.small.quiet { "mentioned by " (theme.people.len()) } }
                            button name="do" value="show" { "Show it again" span.vh { ": " (theme.label) } }
                        }
                        (said(shown, theme))
                    }
                }
            }
            @if !kept.empty.is_empty() {
                p.small.quiet {
                    "Nobody speaks of these now: "
                    @for (place, (_, label)) in kept.empty.iter().enumerate() {
                        @if place > 0 { ", " } "“" (label) "”"
                    }
                    ". They come back with the answers that join them."
                }
            }
        }
        section {
            h2 { "In no theme" }
            ul {
                li {
                    @if outside > 0 { a href={ (address) "?show=outside" } { (answers(outside)) " in no theme" } }
                    @else { "Every answer that says something is in a theme." }
                }
                @if nothing > 0 {
                    li { a href={ (address) "?show=nothing" } { (answers(nothing)) @if nothing == 1 { " that says nothing on it" } @else { " that say nothing on it" } } }
                }
            }
        }
    }
}

/// What is said in a hidden theme, to read without showing it again.
fn said(shown: &Shown<'_>, theme: &Aside) -> Markup {
    let passages = &theme.passages;
    html! {
        details {
            summary { "What they say" span.vh { " in " (theme.label) } }
            @for span in passages.iter().take(MOST) {
                @if let Some(words) = shown.open.words(span) {
                    (quoted(shown.questionnaire, &shown.insight.material, span.response, words))
                }
            }
            @if passages.len() > MOST { p.small.quiet { "The first " (MOST) " of " (passages.len()) " are shown." } }
        }
    }
}

/// `1 answer`, `12 answers`
pub(super) fn answers(count: usize) -> String {
    if count == 1 { "1 answer".to_owned() } else { format!("{count} answers") }
}
