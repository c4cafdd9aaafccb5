//! Erasing one person: first what it means, then, with a tick, at once.

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use crate::acts::erase_contact::{Extent, connected, erase_contact};
use crate::acts::erase_response::EraseError;
use crate::domain::ContactId;
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::organizers::Organizer as OrganizerRow;
use crate::store::{contacts, person};
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout;

/// `GET /desk/contacts/{id}/erase`
pub async fn ask(app: App, organizer: Organizer, id: Path<String>) -> Result<Markup, AppError> {
    asking(&app, &organizer.0, id.parse()?, false).await
}

/// `POST /desk/contacts/{id}/erase`
pub async fn erase(
    app: App,
    organizer: Organizer,
    id: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let id = id.parse()?;
    if !fields.has("sure", "yes") {
        let page = asking(&app, &organizer.0, id, true).await?;
        return Ok(reply::refused(page));
    }
    let extent = Extent {
        responses: fields.has("responses", "yes"),
        never_again: fields.has("never_again", "yes"),
    };
    match erase_contact(&app, organizer.0.id, id, extent).await {
        Ok(true) => Ok(reply::see(format!("{}?done=1", href::CONTACTS))),
        Ok(false) => Err(AppError::NotFound),
        Err(error @ EraseError::Waiting) => Err(AppError::Unavailable(error.into())),
        Err(EraseError::Store(error)) => Err(error.into()),
    }
}

async fn asking(
    app: &Service,
    organizer: &OrganizerRow,
    id: ContactId,
    unticked: bool,
) -> Result<Markup, AppError> {
    let db = app.store.read();
    let contact = contacts::own(db, organizer.id, id).await?.ok_or(AppError::NotFound)?;
    let kept = person::of(db, &contact).await?;
    let responses = connected(&kept).len();
    let seats = kept.participants.len() + kept.hosts.len();
    Ok(layout::desk(
        organizer,
        "Erase this person",
        None,
        html! {
            p { a href=(href::contact(id)) { bdi { (contact.address) } } }
            h1 { "Erase this person" }
            p { "This cannot be undone. Gone will be:" }
            ul.notes {
                li { "the contact, with its lists and tags" }
                @if !kept.invitations.is_empty() { li { (counted(kept.invitations.len(), "invitation")) ": the links in their mails no longer work" } }
                @if !kept.messages.is_empty() { li { "the address and the text of " (counted(kept.messages.len(), "mail")) "; that something was sent is still counted" } }
                @if seats > 0 { li { "the name and address at " (counted(seats, "seat")) " in discussions, which stay" } }
                @if !kept.arrivals.is_empty() { li { (counted(kept.arrivals.len(), "mail")) " that came from the address, and what was handed on to you of their letters; what your own mailbox has got is yours to delete" } }
            }
            p { "Anonymous answers stay: nobody knows whose they are. Their author can erase them by the receipt." }
            form.stack method="post" action=(href::contact_erase(id)) {
                @if unticked { p.problem role="alert" { "Tick the box to erase this person." } }
                @if responses > 0 {
                    label.check {
                        input type="checkbox" name="responses" value="yes" checked;
                        span { @if responses == 1 { "Erase the response that is connected with them too" } @else { "Erase the " (responses) " responses that are connected with them too" } }
                    }
                }
                label.check {
                    input type="checkbox" name="never_again" value="yes" checked;
                    span { "Never write to the address again: a fingerprint of it stays, from which nobody can read it" }
                }
                label.check {
                    input type="checkbox" name="sure" value="yes";
                    span { "I want this person erased" }
                }
                p.actions {
                    button.danger { "Erase this person" }
                    a href=(href::contact(id)) { "Keep them" }
                }
            }
        },
    ))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
