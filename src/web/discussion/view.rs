//! How a participant's page looks.

use maud::{Markup, html};

use super::{Opened, drawn, polled};
use crate::acts::invite_participants::group_name;
use crate::domain::status::Rsvp;
use crate::href;
use crate::insight::guide::sheet::Sheet;
use crate::store::discussions::Group;
use crate::web::ui::guide;
use crate::web::ui::layout::{self, ReaderFrame};
use crate::words::Words;

/// What the page of somebody with a seat is drawn from.
pub(super) struct Seated<'a> {
    pub words: Words,
    pub opened: &'a Opened,
    pub group: &'a Group,
    pub when: String,
    pub sheet: Sheet,
    pub path: String,
    /// Whether the meeting has begun.
    pub started: bool,
    /// Whether participants were told of their seats.
    pub told: bool,
    /// Where the poll stands, if there is one.
    pub poll: Option<polled::State>,
    /// Whether the echo is published.
    pub echo: bool,
    /// The notes of the group, where nobody else leads it.
    pub notes: Option<Markup>,
    /// What was just done.
    pub done: Option<&'a str>,
}

/// The page of somebody with a seat.
pub(super) fn seated(seated: &Seated<'_>) -> Markup {
    let words = seated.words;
    let lede = if seated.started { "discussion-lede-past" } else { "discussion-lede" };
    let frame = ReaderFrame { path: seated.path.clone(), ..ReaderFrame::default() };
    let (title, colon) = (words.get("discussion-title"), words.get("receipt-colon"));
    let title = format!("{title}{colon}{}", group_name(words, seated.group));
    let body = html! {
        @if seated.done == Some("poll") {
            .notice role="status" { p { (words.get("poll-kept")) } }
        }
        @if seated.done == Some("notes") {
            .notice role="status" { p { (words.get("notes-kept")) } }
        }
        h1 { (title) }
        p.lede { (words.with(lede, &[("when", seated.when.as_str().into())])) }
        (rounds(seated))
        @if seated.told && !seated.started { (answer(seated)) }
        @if let Some(poll) = seated.poll { (polled::invites(words, poll, &seated.path)) }
        @if seated.echo {
            p.no-print { a href=(href::echo(&seated.opened.questionnaire.slug)) { (words.get("echo-link")) } " · " (words.get("echo-link-how")) }
        }
        (guide::guide(&seated.sheet, 2))
        nav.take.no-print aria-labelledby="files" {
            h2 id="files" { (words.get("guide-files")) }
            ul {
                @for (name, key) in drawn::files() {
                    li { a href={ (seated.path) "/guide/" (name) } download { (words.get(key)) } }
                }
            }
        }
        @if let Some(notes) = &seated.notes { (notes) }
    };
    layout::reader_with(words, &title, frame, body)
}

/// At which table in which round, where there are several.
fn rounds(seated: &Seated<'_>) -> Markup {
    let (words, opened) = (seated.words, seated.opened);
    let mut tables: Vec<_> =
        opened.whole.seats.iter().filter(|seat| seat.participant_id == opened.one.id).collect();
    tables.sort_by_key(|seat| seat.round);
    html! {
        @if tables.len() > 1 {
            dl.facts {
                @for seat in tables {
                    dt { (words.with("discussion-round", &[("number", i64::from(seat.round + 1).into())])) }
                    dd {
                        @match seat.group_id.and_then(|id| opened.whole.group(id)) {
                            Some(group) => { (group_name(words, group)) }
                            None => { "–" }
                        }
                    }
                }
            }
        }
    }
}

/// Whether they come: three buttons, the one that was pressed said in words.
fn answer(seated: &Seated<'_>) -> Markup {
    let words = seated.words;
    let now = match seated.opened.one.rsvp {
        Rsvp::None | Rsvp::Declined => "discussion-answer-none",
        Rsvp::Accepted => "discussion-answer-yes-said",
        Rsvp::Tentative => "discussion-answer-perhaps-said",
    };
    let buttons = [
        ("yes", "discussion-answer-yes", Rsvp::Accepted),
        ("perhaps", "discussion-answer-perhaps", Rsvp::Tentative),
        ("no", "discussion-answer-no", Rsvp::Declined),
    ];
    html! {
        section.no-print id="answer" {
            h2 { (words.get("discussion-answer")) }
            p role=[(seated.done == Some("answer")).then_some("status")] { (words.get(now)) }
            form method="post" action={ (seated.path) "/answer" } {
                .actions {
                    @for (value, key, rsvp) in buttons {
                        button.primary[seated.opened.one.rsvp == Rsvp::None && value == "yes"] name="answer" value=(value)
                            aria-pressed=[(seated.opened.one.rsvp == rsvp).then_some("true")] { (words.get(key)) }
                    }
                }
            }
            p.help { (words.get("discussion-answer-how")) }
        }
    }
}

/// The page of somebody without a seat; `open`: some group has yet to meet.
pub(super) fn without(words: Words, waits: bool, path: &str, open: bool) -> Markup {
    let key = if waits { "discussion-waiting" } else { "discussion-left" };
    layout::reader(
        words,
        &words.get(key),
        html! {
            h1 { (words.get(key)) }
            p.lede { (words.get(&format!("{key}-next"))) }
            @if open {
                form method="post" action={ (path) "/answer" } {
                    .actions {
                        @if waits {
                            button.quiet name="answer" value="no" { (words.get("discussion-wait-no")) }
                        } @else {
                            button name="answer" value="yes" { (words.get("discussion-come-after-all")) }
                        }
                    }
                }
            }
        },
    )
}

/// A page that says why there is nothing to see.
pub(super) fn nothing(words: Words, key: &str) -> Markup {
    layout::reader(
        words,
        &words.get(key),
        html! {
            h1 { (words.get(key)) }
            p.lede { (words.get(&format!("{key}-next"))) }
        },
    )
}
