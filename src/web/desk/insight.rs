//! What was said: tallies, themes, opinion groups; and the brief.

use actix_web::web::Path;
use maud::Markup;

use crate::error::AppError;
use crate::insight::{self, brief};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Organizer};
use crate::web::ui::layout::Step;

mod brief_view;
mod groups;
mod tallies;
pub(in crate::web::desk) mod themes;
mod view;

/// `GET /desk/q/{slug}/insight`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let insight = insight::of(&app, &questionnaire).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Insight)).await?;
    Ok(view::page(&organizer.0, &steps, &questionnaire, &insight))
}

/// `GET /desk/q/{slug}/brief`: to read, to print.
pub async fn brief(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let insight = insight::of(&app, &questionnaire).await?;
    let brief = brief::brief(&insight);
    let steps = steps(&app, &questionnaire, Some(Step::Insight)).await?;
    Ok(brief_view::page(&organizer.0, &steps, &questionnaire, &insight, &brief))
}
