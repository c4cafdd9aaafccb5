//! How the echo looks at the desk.

use maud::{Markup, html};

use super::Desk;
use crate::href;
use crate::insight::echo::Echo;
use crate::insight::guide::sheet::NOTES;
use crate::insight::poll::{LEAST, MOST};
use crate::store::discussions::Whole;
use crate::store::organizers::Organizer;
use crate::web::echo::article;
use crate::web::ui::layout;
use crate::words::Words;

/// The page.
pub(super) fn page(organizer: &Organizer, desk: &Desk, done: Option<&str>) -> Markup {
    let slug = &desk.questionnaire.slug;
    let done = match done {
        Some("kept") => Some("What you made of the notes is kept."),
        Some("poll") => Some("The statements of the poll are kept."),
        Some("published") => Some("The echo is published."),
        Some("unpublished") => Some("Nobody reads the echo any more."),
        _ => None,
    };
    layout::desk(
        organizer,
        "Echo",
        Some(&desk.steps),
        html! {
            h1 { "Echo" }
            @if let Some(done) = done { .notice role="status" { p { (done) } } }
            @if let Some(version) = &desk.published {
                p {
                    "Version " (version.number) " of the echo is published: "
                    a href=(href::echo(slug)) { "what everybody reads" } "."
                }
            }
            @match &desk.whole {
                None => {
                    .empty {
                        p { "After the discussion, notes and a second poll come together here. Until then, the brief is what you can give back to your readers." }
                        @if desk.brief.is_some() {
                            p { a href=(href::brief(slug, None)) { "The brief as everybody reads it" } }
                        }
                        p { a.primary.button href=(href::desk(slug, "brief")) { "Open the brief" } }
                    }
                }
                Some(whole) => {
                    (polled(desk))
                    (notes(desk, whole))
                }
            }
            @if desk.published.is_some() {
                section {
                    h2 { "Take it back" }
                    p { "Nobody reads the echo then, until you publish it again. What groups wrote down stays here." }
                    form method="post" action=(href::desk(slug, "echo/unpublish")) {
                        button.danger { "Take the echo back" }
                    }
                }
            }
        },
    )
}

fn polled(desk: &Desk) -> Markup {
    let slug = &desk.questionnaire.slug;
    let (before, after, both) = desk.answered;
    let lines: Vec<&str> = desk.statements.iter().map(|s| s.text.as_str()).collect();
    html! {
        section {
            h2 { "The poll before and after" }
            @if before + after == 0 {
                p { "Participants are asked the same few statements by their own links before they meet, and once they have met. Nobody is told who said what." }
                form.stack method="post" action=(href::desk(slug, "echo/poll")) {
                    .field {
                        label for="statements" { "Statements, one a line" }
                        p.help id="statements-help" { "At most " (MOST) ". They are proposed when you send the appointments, from what groups differ on; once somebody has answered they stay as they are. Without a statement there is no poll." }
                        textarea id="statements" name="statements" rows="6" aria-describedby="statements-help" { "\n" (lines.join("\n")) }
                    }
                    .actions { button { "Keep the statements" } }
                }
            } @else {
                ol { @for line in &lines { li dir="auto" { (line) } } }
                dl.facts.figures {
                    div { dt { "answered before" } dd { (before) } }
                    div { dt { "answered after" } dd { (after) } }
                    div { dt { "both times" } dd { (both) } }
                }
                p.small.quiet { "Only those who answered both times are counted, and a statement is told of from " (LEAST) " of them on." }
            }
        }
    }
}

fn notes(desk: &Desk, whole: &Whole) -> Markup {
    let slug = &desk.questionnaire.slug;
    let words = Words::of("en");
    let any =
        desk.notes.values().flat_map(|fields| fields.values()).any(|note| !note.text.is_empty());
    html! {
        form.editor method="post" action=(href::desk(slug, "echo")) {
            input type="hidden" name="version" value=(desk.version);
            section {
                h2 { "What groups wrote down" }
                @if any {
                    p { "Read each note before everybody does: names, and what tells who somebody is, do not belong there. What you put in other words is marked so." }
                } @else {
                    p { "No group has written anything down yet. Hosts do it by their own link; where a group has no host, each of its people can." }
                }
                @for group in &whole.groups {
                    @let fields = desk.notes.get(&group.id);
                    @let written: Vec<_> = NOTES.iter().filter_map(|field| fields?.get(*field)).filter(|note| !note.text.is_empty()).collect();
                    @if !written.is_empty() {
                        h3 { "Group " (group.number) }
                        @for note in written {
                            @let edited = desk.draft.notes.get(&note.id);
                            @let id = note.id.to_string();
                            .field {
                                label for={ "n-" (id) } { (words.get(&format!("note-{}", note.field))) }
                                textarea id={ "n-" (id) } name={ "n." (id) } rows="4" dir="auto" {
                                    "\n" (edited.and_then(|edited| edited.text.as_deref()).unwrap_or(&note.text))
                                }
                            }
                            label.choice {
                                input type="checkbox" name={ "in." (id) } value="1" checked[edited.is_none_or(|edited| !edited.hidden)];
                                span { "Everybody may read it" }
                            }
                        }
                    }
                }
            }
            section {
                h2 { "At its head" }
                .field {
                    label for="intro" { "What you say yourself" }
                    textarea id="intro" name="intro" rows="5" dir="auto" { "\n" (desk.draft.intro) }
                }
            }
            .actions {
                button.primary name="then" value="publish" { "Keep it and see what everybody would read" }
                button.quiet { "Keep it" }
            }
        }
    }
}

/// What everybody would read; `empty`: publishing it was tried, and there is nothing in it.
pub(super) fn preview(organizer: &Organizer, desk: &Desk, echo: &Echo, empty: bool) -> Markup {
    let slug = &desk.questionnaire.slug;
    let words = Words::of(&desk.questionnaire.language);
    layout::desk(
        organizer,
        "Publish the echo",
        Some(&desk.steps),
        html! {
            h1 { "Publish the echo" }
            @if echo.is_empty() {
                .warning role=[empty.then_some("alert")] {
                    p { "There is nothing in it yet: no notes, nothing that can be told of the poll, and no words of yours." }
                }
            } @else {
                p { "Everybody with the address reads this, and it is linked from the brief and from the pages of those who answered." }
                .preview lang=(words.language()) { (article(words, echo, "")) }
                form method="post" action=(href::desk(slug, "echo/publish")) {
                    .actions { button.primary { "Publish it" } }
                }
            }
            p { a href=(href::desk(slug, "echo")) { "Back to the echo" } }
        },
    )
}
