//! What was said: tallies, themes, opinion groups.

use actix_web::web::Path;
use maud::Markup;

use crate::error::AppError;
use crate::insight;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Organizer};
use crate::web::ui::layout::Step;

mod groups;
mod tallies;
mod themes;
mod view;

/// `GET /desk/q/{slug}/insight`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let insight = insight::of(&app, &questionnaire).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Insight)).await?;
    Ok(view::page(&organizer.0, &steps, &questionnaire, &insight))
}
