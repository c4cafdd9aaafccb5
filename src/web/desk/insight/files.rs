//! Pictures and their numbers as files.

use actix_web::http::header::ContentDisposition;
use actix_web::web::{self, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::asked::Asked;
use super::picture::{self, Picture};
use super::{crossed, top};
use crate::error::AppError;
use crate::insight::{self, Insight};
use crate::store::questionnaires::Questionnaire;
use crate::web::extract::{App, Organizer};

/// `GET /desk/q/{slug}/insight/{key}.svg`
pub async fn svg(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let (slug, key) = path.into_inner();
    let of = organizer.questionnaire(&app, &slug).await?;
    let drawn = drawn(&app, &of, &request, move |whole, shown, asked| {
        let picture = named(&key, whole, shown)?;
        let only = if picture.name == "reach" { None } else { asked.only(whole) };
        Some((picture.svg(&only.into_iter().collect::<Vec<_>>())?, key))
    });
    let (text, key) = drawn.await?.ok_or(AppError::NotFound)?;
    Ok(file(&of, &key, "svg", "image/svg+xml").body(text))
}

/// `GET /desk/q/{slug}/insight/{key}.csv`
pub async fn csv(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let (slug, key) = path.into_inner();
    let of = organizer.questionnaire(&app, &slug).await?;
    let table = drawn(&app, &of, &request, move |whole, shown, _| {
        named(&key, whole, shown).map(|picture| (picture.table, key))
    });
    let (table, key) = table.await?.ok_or(AppError::NotFound)?;
    Ok(file(&of, &key, "csv", "text/csv; charset=utf-8").body(table.csv()?))
}

/// `GET /desk/q/{slug}/insight/cross.csv?rows=…&columns=…`
pub async fn cross(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let of = organizer.questionnaire(&app, &slug).await?;
    let table = drawn(&app, &of, &request, |_, shown, asked| {
        asked.crossed(&shown.material).map(|found| crossed::csv(&found))
    });
    let table = table.await?.ok_or(AppError::NotFound)?;
    Ok(file(&of, "cross", "csv", "text/csv; charset=utf-8").body(table.csv()?))
}

fn named(key: &str, whole: &Insight, shown: &Insight) -> Option<Picture> {
    if top::NAMES.contains(&key) {
        return top::picture(key, whole, shown);
    }
    let asked = shown.material.questions.iter().find(|asked| asked.key == key)?;
    picture::of(shown, asked)
}

/// Made of those responses that the address asks for, beside the requests of others.
pub(super) async fn drawn<T: Send + 'static>(
    app: &App,
    of: &Questionnaire,
    request: &HttpRequest,
    draw: impl FnOnce(&Insight, &Insight, &Asked) -> T + Send + 'static,
) -> Result<T, AppError> {
    let asked = Asked::read(request.query_string());
    let whole = insight::now(app, of).await?;
    let draw = web::block(move || {
        if asked.filter.is_empty() {
            return draw(&whole, &whole, &asked);
        }
        draw(&whole, &whole.narrowed(&asked.filter), &asked)
    });
    Ok(draw.await.map_err(anyhow::Error::from)?)
}

/// The answer that saves a file.
pub(super) fn file(
    of: &Questionnaire,
    key: &str,
    ending: &str,
    kind: &'static str,
) -> actix_web::HttpResponseBuilder {
    // Slugs and keys are of letters, digits and hyphens: the plain form of RFC 6266 is enough.
    let name = format!("{}-{key}.{ending}", of.slug);
    let mut answer = HttpResponse::Ok();
    answer.content_type(kind).insert_header(ContentDisposition::attachment(name));
    answer
}
