//! The lists of contacts: make one, give it another name, take it away.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use maud::{Markup, html};

use super::form::people;
use crate::acts::edit_contacts::{ListDeed, work_on_lists};
use crate::domain::{Fields, ListId};
use crate::error::AppError;
use crate::href;
use crate::store::contacts::lists::{self, List};
use crate::store::organizers::Organizer as OrganizerRow;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout;

/// `GET /desk/contacts/lists`
pub async fn page(app: App, organizer: Organizer) -> Result<Markup, AppError> {
    show(&app, &organizer.0, None).await
}

async fn show(
    app: &App,
    organizer: &OrganizerRow,
    problem: Option<(&Fields, &str)>,
) -> Result<Markup, AppError> {
    let db = app.store.read();
    let all = lists::all_of(db, organizer.id).await?;
    let counts = lists::counts(db, &all).await?;
    Ok(view(organizer, &all, &counts, problem))
}

/// `POST /desk/contacts/lists`: the button says what.
pub async fn change(
    app: App,
    organizer: Organizer,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let list = || fields.get("list").unwrap_or_default().parse::<ListId>();
    let name = || fields.get("name").unwrap_or_default().to_owned();
    let deed = match fields.get("do").unwrap_or_default() {
        "make" => ListDeed::Make(name()),
        "rename" => ListDeed::Rename(list()?, name()),
        "delete" => ListDeed::Delete(list()?),
        _ => return Err(AppError::NotFound),
    };
    if work_on_lists(&app, organizer.0.id, deed).await? {
        return Ok(reply::see(href::CONTACTS_LISTS));
    }
    let problem = "Give it a name that no other list of yours has.";
    let page = show(&app, &organizer.0, Some((&fields, problem))).await?;
    Ok(reply::refused(page))
}

fn view(
    organizer: &OrganizerRow,
    all: &[List],
    counts: &BTreeMap<ListId, i64>,
    problem: Option<(&Fields, &str)>,
) -> Markup {
    let making = problem.filter(|(fields, _)| fields.has("do", "make"));
    layout::desk(
        organizer,
        "Lists",
        None,
        html! {
            p { a href=(href::CONTACTS) { "All contacts" } }
            h1 { "Lists" small { "Groups of contacts, to invite some and not others. A person can be on several." } }
            @if all.is_empty() {
                p { "There is no list yet. You can also make one while you add contacts." }
            }
            @for list in all {
                @let here = problem.filter(|(fields, _)| fields.has("list", &list.id.to_string()));
                @let count = usize::try_from(counts.get(&list.id).copied().unwrap_or(0)).unwrap_or(0);
                section.entry {
                    h2 { a href={ (href::CONTACTS) "?list=" (list.id) } { bdi { (list.name) } } }
                    p.quiet { (people(count)) }
                    details.more open[here.is_some()] {
                        summary { "Change or remove" }
                        form.stack method="post" action=(href::CONTACTS_LISTS) {
                            input type="hidden" name="list" value=(list.id);
                            .field {
                                label for={ "name-" (list.id) } { "Name" }
                                @if let Some((_, problem)) = here { p.problem role="alert" { (problem) } }
                                @let typed = here.and_then(|(fields, _)| fields.get("name"));
                                input id={ "name-" (list.id) } name="name" maxlength="80" value=(typed.unwrap_or(&list.name));
                            }
                            p.actions {
                                button name="do" value="rename" { "Save the name" }
                                button.danger name="do" value="delete" { "Remove the list" }
                            }
                            p.help { "Whoever is on it stays among your contacts." }
                        }
                    }
                }
            }
            section.panel {
                h2 { "A new list" }
                form.stack method="post" action=(href::CONTACTS_LISTS) {
                    .field {
                        label for="name" { "Name" }
                        @if let Some((_, problem)) = making { p.problem role="alert" { (problem) } }
                        input id="name" name="name" maxlength="80" required value=(making.and_then(|(fields, _)| fields.get("name")).unwrap_or_default());
                    }
                    p.actions { button name="do" value="make" { "Make the list" } }
                }
            }
        },
    )
}
