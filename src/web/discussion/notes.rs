//! The note form: on the host's page, on a participant's where the group has no host, and at the desk.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use maud::{Markup, html};

use super::Opened;
use crate::acts::write_notes::{LONGEST, Typed, write_notes};
use crate::domain::{Fields, GroupId};
use crate::error::AppError;
use crate::href;
use crate::insight::guide::sheet::NOTES;
use crate::service::Service;
use crate::store::discussions::Group;
use crate::store::notes::{self, Fields as Kept};
use crate::web::extract::{App, Form, Speaks};
use crate::web::reply;
use crate::web::ui::layout;
use crate::words::Words;

/// What was typed when somebody else had written in the same fields meanwhile.
pub(in crate::web) struct Both<'a> {
    /// What this one typed.
    pub typed: &'a BTreeMap<String, Typed>,
    /// What stands there now.
    pub theirs: &'a Kept,
}

/// The form; `action`: where it is sent; `level`: that of its heading.
pub(in crate::web) fn form(
    words: Words,
    kept: &Kept,
    both: Option<&Both<'_>>,
    action: &str,
) -> Markup {
    html! {
        section.no-print.notes id="notes" {
            h2 { (words.get("guide-notes")) }
            p { (words.get("guide-notes-how")) }
            @if both.is_some() {
                .problems role="alert" tabindex="-1" {
                    h3 { (words.get("notes-both")) }
                    p { (words.get("notes-both-next")) }
                }
            }
            form method="post" action=(action) {
                @for field in NOTES {
                    @let note = kept.get(field);
                    @let theirs = both.and_then(|both| both.theirs.get(field));
                    @let typed = both.and_then(|both| both.typed.get(field)).map(|typed| typed.text.as_str());
                    @let text = typed.unwrap_or(note.map_or("", |note| note.text.as_str()));
                    .field {
                        label for={ "n-" (field) } { (words.get(&format!("note-{field}"))) }
                        @if let Some(theirs) = theirs {
                            p.help id={ "t-" (field) } { (words.get("notes-theirs")) }
                            blockquote.quote dir="auto" { p { (theirs.text) } }
                        }
                        input type="hidden" name={ "seen." (field) } value=[note.map(|note| note.id.to_string())];
                        textarea id={ "n-" (field) } name={ "n." (field) } rows="4" maxlength=(LONGEST) dir="auto"
                            aria-describedby=[theirs.map(|_| format!("t-{field}"))] { "\n" (text) }
                    }
                }
                .actions { button.primary { (words.get("notes-keep")) } }
            }
        }
    }
}

/// Reads the form.
pub(in crate::web) fn read(fields: &Fields) -> BTreeMap<String, Typed> {
    let typed = NOTES.into_iter().filter_map(|field| {
        let text = fields.get(&format!("n.{field}"))?;
        let text: String = text.trim_end().chars().take(LONGEST).collect();
        let seen = fields.get(&format!("seen.{field}")).and_then(|id| id.parse().ok());
        Some((field.to_owned(), Typed { text, seen }))
    });
    typed.collect()
}

/// The notes of a group that count.
pub(in crate::web) async fn of_group(app: &Service, group: &Group) -> Result<Kept, AppError> {
    let mut all = notes::of_discussion(app.store.read(), group.discussion_id).await?;
    Ok(all.remove(&group.id).unwrap_or_default())
}

/// The form for a participant, where the group has begun to meet and has no host.
pub(super) async fn of_participant(
    app: &Service,
    words: Words,
    opened: &Opened,
    group: &Group,
    path: &str,
) -> Result<Option<Markup>, AppError> {
    if !may_write(app, opened, group.id) {
        return Ok(None);
    }
    let kept = of_group(app, group).await?;
    Ok(Some(form(words, &kept, None, &format!("{path}/notes"))))
}

fn may_write(app: &Service, opened: &Opened, group: GroupId) -> bool {
    let now = app.clock.now();
    let group = opened.whole.group(group);
    group.is_some_and(|group| {
        opened.whole.host_of(group).is_none() && group.starts_at.is_some_and(|at| at <= now)
    })
}

/// `POST /g/{token}/notes`
pub async fn keep(
    app: App,
    Speaks(words): Speaks,
    token: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let opened = Opened::at(&app, &token).await?.ok_or(AppError::NotFound)?;
    let group = opened.group().filter(|group| may_write(&app, &opened, group.id));
    let group = group.ok_or(AppError::NotFound)?;
    let (path, typed) = (href::seat(&token), read(&fields));
    let theirs = write_notes(&app, group, Some(opened.one.id), &typed).await?;
    if theirs.is_empty() {
        return Ok(reply::see(format!("{path}?done=notes")));
    }
    let both = Both { typed: &typed, theirs: &theirs };
    conflict(&app, words, group, &both, &format!("{path}/notes")).await
}

/// The form with what both have written.
pub(super) async fn conflict(
    app: &Service,
    words: Words,
    group: &Group,
    both: &Both<'_>,
    action: &str,
) -> Result<HttpResponse, AppError> {
    let kept = of_group(app, group).await?;
    let title = words.get("notes-both");
    let page = layout::reader(
        words,
        &title,
        html! { h1 { (title) } (form(words, &kept, Some(both), action)) },
    );
    Ok(reply::with(StatusCode::CONFLICT, page))
}
