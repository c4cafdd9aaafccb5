//! The map and the numbers of the statements as files.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use super::{Shown, numbers};
use crate::error::AppError;
use crate::insight::Insight;
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::insight::files::{drawn, file};
use crate::web::extract::{App, Organizer};

/// `GET /desk/q/{slug}/insight/map.svg`, with whom to look at
pub async fn map(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let of = organizer.questionnaire(&app, &slug).await?;
    let questionnaire = of.clone();
    let text = drawn(&app, &of, &request, move |whole, shown, asked| {
        let only: Vec<String> = asked.only(whole).into_iter().collect();
        of_statements(&questionnaire, shown, |shown| super::drawn(shown, &only)).flatten()
    });
    let text = text.await?.ok_or(AppError::NotFound)?;
    Ok(file(&of, "map", "svg", "image/svg+xml").body(text))
}

/// `GET /desk/q/{slug}/insight/statements.csv`, with whom to look at
pub async fn statements(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let of = organizer.questionnaire(&app, &slug).await?;
    let questionnaire = of.clone();
    let table = drawn(&app, &of, &request, move |_, shown, _| {
        of_statements(&questionnaire, shown, numbers::whole)
    });
    let table = table.await?.ok_or(AppError::NotFound)?;
    Ok(file(&of, "statements", "csv", "text/csv; charset=utf-8").body(table.csv()?))
}

/// What is made of the statements, where any are asked.
fn of_statements<T>(
    of: &Questionnaire,
    insight: &Insight,
    make: impl FnOnce(&Shown<'_>) -> T,
) -> Option<T> {
    let opinion = insight.opinion.as_deref()?;
    let result = &opinion.result;
    let material = &insight.material;
    Some(make(&Shown { of, material, opinion, result, groups: result.groups() }))
}
