//! An import: bring a list, look at what would be kept, say why it may be, import.

use actix_multipart::Multipart;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};
use tokio::task::spawn_blocking;

use super::form;
use super::preview;
use crate::acts::add_contacts::{self, Choices, Refused, file, plan};
use crate::domain::{Fields, ImportId, OrganizerId};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::contacts::lists;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout;
use crate::web::upload;

/// Lists are taken up to this many bytes: some hundred thousand people.
const LARGEST: usize = 8 << 20;

/// `GET /desk/contacts/import`
pub async fn ask(organizer: Organizer) -> Markup {
    asked(&organizer, href::CONTACTS_IMPORT, "", None)
}

fn asked(organizer: &Organizer, action: &str, typed: &str, problem: Option<&str>) -> Markup {
    layout::desk(
        &organizer.0,
        "Add contacts",
        None,
        html! {
            p { a href=(href::CONTACTS) { "All contacts" } }
            h1 { "Add contacts" }
            (form::bring(action, typed, problem, true))
        },
    )
}

/// `POST /desk/contacts/import`
pub async fn bring(
    app: App,
    organizer: Organizer,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let choices = Choices { language: "en".to_owned(), ..Choices::default() };
    bring_from(&app, &organizer, form, href::CONTACTS_IMPORT, choices).await
}

/// Keeps what was pasted and what is in the file, each as a list that waits, and leads to the
/// page that shows what would become of it. What cannot be read is told, with what was typed.
pub async fn bring_from(
    app: &Service,
    organizer: &Organizer,
    form: Multipart,
    action: &str,
    choices: Choices,
) -> Result<HttpResponse, AppError> {
    let sent = upload::read(form, LARGEST).await?;
    let pasted = sent.text("list").to_owned();
    let refused =
        |problem: &str| Ok(reply::refused(asked(organizer, action, &pasted, Some(problem))));
    let mut brought = vec![];
    if let Some((name, bytes)) = sent.file().cloned() {
        let read = spawn_blocking(move || file::text(&bytes)).await.map_err(anyhow::Error::from)?;
        match read {
            Ok(text) if text.trim().is_empty() => return refused("The file is empty."),
            Ok(text) => brought.push((name, text, "file")),
            Err(why) => return refused(&why.to_string()),
        }
    }
    if !pasted.trim().is_empty() {
        brought.push(("What you pasted".to_owned(), pasted.clone(), "pasted"));
    }
    let mut first = None;
    for (name, text, source) in brought {
        let choices = Choices { source: source.to_owned(), ..choices.clone() };
        let id = add_contacts::bring(app, organizer.0.id, &name, &text, &choices).await?;
        first = first.or(Some(id));
    }
    match first {
        Some(id) => Ok(reply::see(href::contacts_import(id))),
        None => refused("The list is empty: paste some lines, or choose a file."),
    }
}

/// `GET /desk/contacts/import/{id}`: what would become of the list.
pub async fn look(
    app: App,
    organizer: Organizer,
    id: Path<String>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let query = Fields::parse(request.query_string().as_bytes());
    let typed = |name: &str| query.get(name).and_then(|n| n.parse::<usize>().ok());
    let said = match (typed("added"), typed("known")) {
        (Some(new), Some(known)) => preview::Said::Left { new, known },
        _ if query.get("changed").is_some() => preview::Said::Changed,
        _ => preview::Said::Nothing,
    };
    shown(&app, &organizer, id.parse()?, said, typed("page").unwrap_or(0)).await
}

async fn shown(
    app: &Service,
    organizer: &Organizer,
    id: ImportId,
    said: preview::Said,
    number: usize,
) -> Result<Markup, AppError> {
    let (db, me) = (app.store.read(), organizer.0.id);
    let (import, choices) = add_contacts::waiting(db, me, id).await?.ok_or(AppError::NotFound)?;
    let reading = add_contacts::reading(app, import.content.clone(), choices.clone()).await?;
    let plan = plan::plan(app, db, me, &reading, &choices, app.clock.now()).await?;
    Ok(preview::view(&preview::Page {
        organizer: &organizer.0,
        import: &import,
        choices: &choices,
        reading: &reading,
        plan: &plan,
        lists: &lists::all_of(db, me).await?,
        said,
        number,
    }))
}

/// `POST /desk/contacts/import/{id}`: keeps what was chosen, then imports, shows the list anew or
/// throws it away, as the button says.
pub async fn decide(
    app: App,
    organizer: Organizer,
    id: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (id, me): (ImportId, OrganizerId) = (id.parse()?, organizer.0.id);
    if fields.has("do", "throw_away") {
        add_contacts::throw_away(&app, me, id).await?;
        return Ok(reply::see(href::CONTACTS));
    }
    let waiting = add_contacts::waiting(app.store.read(), me, id).await?;
    let (import, before) = waiting.ok_or(AppError::NotFound)?;
    let choices = Choices::read(&fields, &before);
    let text = fields.get("text").filter(|text| *text != import.content);
    let anew = text.is_some() || differs(&app, &import.content, &before, &choices).await?;
    add_contacts::choose(&app, &import, &choices, text).await?;
    let page = href::contacts_import(id);
    if !fields.has("do", "import") {
        let part = fields.get("page").and_then(|page| page.parse::<usize>().ok());
        let part = part.map_or_else(String::new, |part| format!("?page={part}#kept"));
        return Ok(reply::see(format!("{page}{part}")));
    }
    if anew {
        return Ok(reply::see(format!("{page}?changed=1")));
    }
    let added = match add_contacts::import(&app, me, id).await {
        Ok(added) => added,
        Err(Refused::Gone) => return Err(AppError::NotFound),
        Err(Refused::Store(error)) => return Err(error.into()),
        Err(Refused::Incomplete(problems)) => {
            let said = preview::Said::Missing(problems);
            let page = shown(&app, &organizer, id, said, 0).await?;
            return Ok(reply::refused(page));
        }
    };
    let counts = format!("added={}&known={}", added.new, added.known);
    Ok(if !added.unusable.is_empty() {
        reply::see(format!("{page}?{counts}"))
    } else if let Ok(slug) = choices.back.parse() {
        reply::see(format!("{}?{counts}", href::desk(&slug, "invitations")))
    } else {
        reply::see(format!("{}?{counts}", href::CONTACTS))
    })
}

/// Whether the list is read otherwise now: then the organizer looks before it is imported.
async fn differs(
    app: &Service,
    text: &str,
    before: &Choices,
    now: &Choices,
) -> Result<bool, AppError> {
    if before.overwrite != now.overwrite {
        return Ok(true);
    }
    let read = add_contacts::reading(app, text.to_owned(), before.clone()).await?;
    let columns = &read.sheet.columns;
    let has_head = (!columns.is_empty()).then_some(read.sheet.head.is_some());
    Ok(*columns != now.columns || has_head != now.head)
}
