//! The contacts as a file.

use actix_web::http::header::ContentDisposition;
use actix_web::{HttpRequest, HttpResponse};

use super::{About, Shown, everybody, reason};
use crate::domain::Fields;
use crate::error::AppError;
use crate::export::table::Table;
use crate::store::contacts::lists;
use crate::web::extract::{App, Organizer};

/// The heads of its columns: an import understands them again.
const HEADS: [&str; 10] = [
    "email",
    "name",
    "language",
    "time zone",
    "lists",
    "tags",
    "basis",
    "where it comes from",
    "agreed on (date)",
    "not written to",
];

/// `GET /desk/contacts/contacts.csv`, with the same query as the page.
pub async fn csv(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let shown = Shown::read(&Fields::parse(request.query_string().as_bytes()));
    let found = everybody(&app, organizer.0.id, &shown).await?;
    let about = About::of(&app, &found).await?;
    let own = lists::all_of(app.store.read(), organizer.0.id).await?;
    let write = || -> std::io::Result<Vec<u8>> {
        let mut table = Table::begin(vec![], true)?;
        for head in HEADS {
            table.text(head)?;
        }
        table.end_line()?;
        for contact in &found {
            let on = about.lists.get(&contact.id);
            let names = own.iter().filter(|list| on.is_some_and(|on| on.contains(&list.id)));
            let names: Vec<&str> = names.map(|list| list.name.as_str()).collect();
            let tags = about.tags.get(&contact.id).into_iter().flatten();
            let tags: Vec<&str> = tags.map(String::as_str).collect();
            table.text(contact.address.as_str())?;
            table.text(&contact.name)?;
            table.text(&contact.language)?;
            table.text(&contact.zone)?;
            table.text(&names.join("; "))?;
            table.text(&tags.join(", "))?;
            table.text(&contact.basis)?;
            table.text(&contact.consent_from)?;
            table.text(&contact.consent_on.map(|day| day.to_string()).unwrap_or_default())?;
            table.text(about.suppressed.get(&contact.id).map_or("", |why| reason(*why)))?;
            table.end_line()?;
        }
        table.finish()
    };
    let bytes = write().map_err(anyhow::Error::from)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(ContentDisposition::attachment("contacts.csv"))
        .body(bytes))
}
