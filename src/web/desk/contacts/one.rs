//! One contact: what it says, what came of the invitations, and whether it is written to.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::reason;
use crate::acts::add_contacts::column;
use crate::acts::edit_contacts::{self, Corrected, NotCorrected, may_lift};
use crate::domain::text::one_line;
use crate::domain::{Basis, ContactId, Fields, ListId, OrganizerId, audience};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::contacts::lists::{self, List};
use crate::store::contacts::{self, Contact, tags};
use crate::store::organizers::Organizer as OrganizerRow;
use crate::store::person::{self, Kept};
use crate::store::suppressions::{self, Reason};
use crate::web::desk::outbox::tell;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{self, language_name};

/// `GET /desk/contacts/{id}`
pub async fn page(app: App, organizer: Organizer, id: Path<String>) -> Result<Markup, AppError> {
    show(&app, &organizer.0, id.parse()?, None).await
}

/// `POST /desk/contacts/{id}`: the button says what.
pub async fn save(
    app: App,
    organizer: Organizer,
    id: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (id, me): (ContactId, OrganizerId) = (id.parse()?, organizer.0.id);
    let here = href::contact(id);
    match fields.get("do").unwrap_or_default() {
        "suppress" if edit_contacts::suppress(&app, me, id).await? => return Ok(reply::see(here)),
        "lift" if edit_contacts::lift(&app, me, id).await? => return Ok(reply::see(here)),
        "lift" => return Err(AppError::Conflict),
        "save" => {}
        _ => return Err(AppError::NotFound),
    }
    let problem = match read(&fields) {
        Err(problem) => problem,
        Ok(corrected) => match edit_contacts::correct(&app, me, id, corrected).await {
            Ok(()) => return Ok(reply::see(here)),
            Err(NotCorrected::Gone) => return Err(AppError::NotFound),
            Err(NotCorrected::Taken) => ("address", "Another contact of yours has this address."),
            Err(NotCorrected::ToCome) => ("consent_on", "This day is still to come."),
            Err(NotCorrected::Store(error)) => return Err(error.into()),
        },
    };
    let page = show(&app, &organizer.0, id, Some((&fields, problem))).await?;
    Ok(reply::refused(page))
}

/// A field and what is wrong with it.
type Problem = (&'static str, &'static str);

fn read(fields: &Fields) -> Result<Corrected, Problem> {
    let line = |name: &str| one_line(fields.get(name).unwrap_or_default(), 120);
    let address = fields.get("address").unwrap_or_default().parse();
    let zone = match line("zone").as_str() {
        "" => String::new(),
        typed => column::zone(typed)
            .ok_or((
                "zone",
                "Write the zone by its place, such as Europe/Berlin, or leave it empty.",
            ))?
            .name()
            .to_owned(),
    };
    let consent_on = match line("consent_on").as_str() {
        "" => None,
        typed => Some(
            column::day(typed)
                .ok_or(("consent_on", "Write the day as year-month-day, such as 2026-08-12."))?,
        ),
    };
    Ok(Corrected {
        name: line("name"),
        address: address
            .or(Err(("address", "This is not a mail address, such as ada@example.org.")))?,
        language: if fields.get("language") == Some("zh") { "zh" } else { "en" }.to_owned(),
        zone,
        basis: fields.get("basis").and_then(Basis::of).map_or("", Basis::word).to_owned(),
        consent_from: line("consent_from"),
        consent_on,
        lists: fields.all("list").filter_map(|id| id.parse().ok()).collect(),
        tags: audience::tags(fields.get("tags").unwrap_or_default()),
    })
}

/// What the page is made from.
struct Shown<'a> {
    organizer: &'a OrganizerRow,
    contact: Contact,
    all_lists: Vec<List>,
    lists: BTreeSet<ListId>,
    tags: String,
    suppressed: Option<(Reason, Option<OrganizerId>)>,
    kept: Kept,
    /// What was typed, and why it was not kept.
    typed: Option<(&'a Fields, Problem)>,
}

async fn show(
    app: &Service,
    organizer: &OrganizerRow,
    id: ContactId,
    typed: Option<(&Fields, Problem)>,
) -> Result<Markup, AppError> {
    let db = app.store.read();
    let contact = contacts::own(db, organizer.id, id).await?.ok_or(AppError::NotFound)?;
    let hash = app.secret.address_hash(&contact.address_folded);
    let carried = tags::of_contacts(db, &[id]).await?.remove(&id).unwrap_or_default();
    Ok(view(&Shown {
        organizer,
        all_lists: lists::all_of(db, organizer.id).await?,
        lists: lists::of_contacts(db, &[id]).await?.remove(&id).unwrap_or_default(),
        tags: carried.into_iter().collect::<Vec<_>>().join(", "),
        suppressed: suppressions::with_author(db, &hash).await?,
        kept: person::of(db, &contact).await?,
        contact,
        typed,
    }))
}

impl Shown<'_> {
    fn value<'b>(&'b self, field: &'b str, kept: &'b str) -> &'b str {
        self.typed.map_or(kept, |(typed, _)| typed.get(field).unwrap_or_default())
    }

    fn problem(&self, field: &str) -> Option<&'static str> {
        self.typed.and_then(|(_, (at, problem))| (at == field).then_some(problem))
    }
}

fn view(page: &Shown<'_>) -> Markup {
    let contact = &page.contact;
    let title = if contact.name.is_empty() { contact.address.as_str() } else { &contact.name };
    layout::desk(
        page.organizer,
        title,
        None,
        html! {
            p { a href=(href::CONTACTS) { "All contacts" } }
            h1 { bdi { (title) } @if !contact.name.is_empty() { small { bdi { (contact.address) } } } }
            (written_to(page))
            (form(page))
            (invited(&page.kept))
            h2 { "All that you hold of this person" }
            p { "The contact, the invitations and mails with all that happened to them, the seats in discussions and, where the questionnaire shows who answered, the answers: as one file, to hand over when they ask for it." }
            p { a href=(href::contact_everything(contact.id)) { "Take it along as JSON" } }
            p { a href=(href::contact_erase(contact.id)) { "Erase this person" } }
        },
    )
}

fn written_to(page: &Shown<'_>) -> Markup {
    let Some((why, by)) = page.suppressed else { return html! {} };
    let lift = may_lift(page.organizer.id, why, by);
    html! {
        .notice {
            p { strong { "We do not write to this person" @if why != Reason::Manual { ": " (reason(why)) } "." } }
            p {
                @match why {
                    Reason::Stopped | Reason::Complaint => "Only they can change that, on the page that the last line of every mail leads to.",
                    Reason::Manual if !lift => "Another organizer here has asked for it, and only they can lift it.",
                    Reason::Manual => "You asked for it.",
                    Reason::NoMailbox => "The server of the address says that there is no such mailbox. If that was a mistake, lift it.",
                    Reason::Soft => "Mails to it were given up on three days. If the mailbox works again, lift it.",
                }
            }
            @if lift {
                form method="post" action=(href::contact(page.contact.id)) {
                    button name="do" value="lift" { "Write to them again" }
                }
            }
        }
    }
}

fn form(page: &Shown<'_>) -> Markup {
    let contact = &page.contact;
    let on = contact.consent_on.map(|day| day.to_string()).unwrap_or_default();
    let input = |name: &str, label: &str, kept: &str, kind: &str, most: &str| {
        html! {
            .field {
                label for=(name) { (label) }
                @if let Some(problem) = page.problem(name) { p.problem id={ (name) "-problem" } role="alert" { (problem) } }
                input id=(name) name=(name) type=(kind) value=(page.value(name, kept)) maxlength=[(kind != "date").then_some(most)] autocomplete="off"
                    aria-invalid=[page.problem(name).map(|_| "true")];
            }
        }
    };
    let has = |list: &List| match page.typed {
        Some((typed, _)) => typed.has("list", &list.id.to_string()),
        None => page.lists.contains(&list.id),
    };
    html! {
        form.stack method="post" action=(href::contact(contact.id)) {
            (input("name", "Name", &contact.name, "text", "120"))
            (input("address", "Mail address", contact.address.as_str(), "email", "254"))
            .field {
                label for="language" { "Language" }
                select id="language" name="language" {
                    @for tag in ["en", "zh"] {
                        option value=(tag) selected[page.value("language", &contact.language) == tag] { (language_name(tag)) }
                    }
                }
            }
            (input("zone", "Time zone, such as Europe/Berlin", &contact.zone, "text", "60"))
            @if !page.all_lists.is_empty() {
                fieldset.field {
                    legend { "Lists" }
                    .ticks {
                        @for list in &page.all_lists {
                            label.check {
                                input type="checkbox" name="list" value=(list.id) checked[has(list)];
                                span { bdi { (list.name) } }
                            }
                        }
                    }
                }
            }
            (input("tags", "Tags, separated by commas", &page.tags, "text", "300"))
            .field {
                label for="basis" { "Why you may write to them" }
                select id="basis" name="basis" {
                    @let chosen = page.value("basis", &contact.basis);
                    option value="" { "not written down" }
                    option value="agreed" selected[chosen == "agreed"] { "They agreed" }
                    option value="known" selected[chosen == "known"] { "We know each other" }
                }
            }
            (input("consent_from", "Where the address comes from", &contact.consent_from, "text", "120"))
            (input("consent_on", "When they agreed", &on, "date", "10"))
            p.actions {
                button.primary name="do" value="save" { "Save" }
                @if page.suppressed.is_none() {
                    button.danger name="do" value="suppress" { "Do not write to them" }
                }
            }
            p.help {
                "Among your contacts since " (tell::moment(contact.created_at))
                @match contact.source.as_str() { "file" => ", from a file", "pasted" => ", pasted", _ => {} } "."
            }
        }
    }
}

fn invited(kept: &Kept) -> Markup {
    html! {
        @if !kept.invitations.is_empty() {
            h2 { "Invitations" }
            .scroll tabindex="0" role="region" aria-label="Invitations" {
                table.data.cards {
                    thead { tr { th scope="col" { "Questionnaire" } th scope="col" { "Invited" } th scope="col" { "Mails" } th scope="col" { "Answered" } } }
                    tbody {
                        @for invitation in &kept.invitations {
                            @let of = kept.questionnaires.iter().find(|(id, _)| *id == invitation.questionnaire_id);
                            tr {
                                th scope="row" {
                                    @if let Some((_, of)) = of { a href=(href::desk(&of.slug, "invitations")) { (of.title) } }
                                }
                                td data-label="Invited" { (tell::moment(invitation.created_at)) }
                                td {
                                    @for (line, _) in kept.messages.iter().filter(|(line, _)| line.invitation_id == Some(invitation.id)) {
                                        a href=(href::message(line.id)) { (tell::purpose(line.purpose)) } " " (tell::tag(line.state, line.last_reply.as_deref())) br;
                                    }
                                }
                                td { @if invitation.answered_at.is_some() { span.tag.on { "answered" } } @else { span.tag { "not yet" } } }
                            }
                        }
                    }
                }
            }
        }
    }
}
