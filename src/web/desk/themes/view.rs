//! The frame of the theme page: what was just done, or could not be; then the part that is asked
//! for.

use maud::{Markup, html};

use super::{Problem, Shown, history, list, one, suggest};
use crate::domain::Fields;
use crate::href;
use crate::insight::brief::people;
use crate::insight::themes::edit::Edit;
use crate::store::organizers::Organizer;
use crate::web::desk::insight::themes::{drawn, newer, themes_of};
use crate::web::ui::layout::{self, Steps};

/// The page.
pub(super) fn page(organizer: &Organizer, steps: &Steps, shown: &Shown<'_>) -> Markup {
    let theme = shown.query.filled("theme").and_then(|id| shown.open.place(id));
    let body = match (theme, shown.query.get("show")) {
        (Some(place), _) => one::theme(shown, place),
        (None, Some("outside")) => one::answers(shown, "outside"),
        (None, Some("nothing")) => one::answers(shown, "nothing"),
        _ => all(shown),
    };
    layout::desk(organizer, "Themes", Some(steps), body)
}

/// Every theme of the question.
fn all(shown: &Shown<'_>) -> Markup {
    let open = shown.open;
    html! {
        p { a href=(href::desk(&shown.questionnaire.slug, "insight")) { "What they said" } }
        p.kicker { "Themes" }
        h1 { (shown.asked.wording.prompt) }
        (message(shown))
        @if open.texts.is_empty() {
            .empty {
                p { "Nobody has answered this question yet. Once readers have, you find its themes here." }
                a.button.primary href=(href::desk(&shown.questionnaire.slug, "invitations")) { "Invite readers" }
            }
        } @else {
            p.lede {
                (people(open.of)) " answered. "
                @if open.found.themes.is_empty() { "The answers have too little in common for themes." }
                @else { (themes_of(open.found.themes.len())) "." }
                (drawn(open))
            }
            (standing(shown))
            (list::themes(shown))
            (list::rest(shown))
            (suggest::section(shown))
            (history::list(shown))
        }
    }
}

/// Whether themes are found anew or kept, and what became of later answers.
fn standing(shown: &Shown<'_>) -> Markup {
    let Some(kept) = shown.open.layer() else {
        return html! {
            p.help { "They are found anew with every answer until you change something here, or in the brief about one of them. From then on they stay as you leave them, and later answers join the theme that they are nearest to, or none." }
        };
    };
    let outside = kept.newer_outside.len();
    html! {
        p.help { "These are your themes: they stay as you leave them." }
        @if kept.joined > 0 {
            p { (kept.joined) @if kept.joined == 1 { " later answer has" } @else { " later answers have" } " joined the nearest theme." }
        }
        @if outside > 0 {
            .notice {
                p { (newer(outside)) " none of your themes." }
                form.actions method="post" action=(shown.address()) {
                    input type="hidden" name="on" value=(shown.open.edits);
                    button name="do" value="further" { "Look for further themes among them" }
                    a.quiet href={ (shown.address()) "?show=outside" } { "Read them" }
                }
            }
        }
    }
}

/// What was just done, with the way back; or what was not, with what was sent.
pub(super) fn message(shown: &Shown<'_>) -> Markup {
    match &shown.problem {
        Some(Problem::Cannot(why, _)) => html! {
            .warning role="alert" { p { (why) } }
        },
        Some(Problem::Stale(sent)) => stale(shown, sent),
        None => done(shown),
    }
}

fn done(shown: &Shown<'_>) -> Markup {
    let number: Option<i32> = shown.query.get("done").and_then(|done| done.parse().ok());
    let last = shown.layer().and_then(|layer| layer.history.last());
    let step = last.filter(|step| Some(step.number) == number);
    html! {
        @if let Some(step) = step {
            .notice.told role="status" {
                p { (history::told(step)) }
                @if step.edit == Edit::Undo && shown.layer().is_some_and(|layer| !layer.keeps) {
                    p { "Themes are found anew with every answer again. What you changed in the brief about one comes off when it is found differently." }
                }
                @if step.stands && step.edit != Edit::Undo { (history::undo(shown)) }
            }
        }
    }
}

/// Somebody was quicker: what they did, what was wanted, and how to do it nevertheless.
fn stale(shown: &Shown<'_>, sent: &Fields) -> Markup {
    let on: i32 = sent.get("on").and_then(|on| on.parse().ok()).unwrap_or(0);
    let steps = shown.layer().map(|layer| layer.history.as_slice()).unwrap_or_default();
    let typed: Vec<&str> = ["label", "name"].iter().filter_map(|name| sent.filled(name)).collect();
    html! {
        .warning role="alert" {
            h2 { "Not done yet: the themes have changed since you opened the page" }
            ul {
                @for step in steps.iter().filter(|step| step.number > on) {
                    li { (history::told(step)) " " span.small.quiet { (history::signed(shown, step)) } }
                }
            }
            p {
                "Below they are as they are now."
                @for typed in &typed { " You had typed: “" span.typed { (typed) } "”." }
            }
            form.actions method="post" action=(shown.address()) {
                @for (name, value) in sent.pairs().filter(|(name, _)| *name != "on") {
                    input type="hidden" name=(name) value=(value);
                }
                button name="on" value=(shown.open.edits) { "Do it now, on these" }
                a.button.quiet href=(shown.address()) { "Leave it" }
            }
        }
    }
}
