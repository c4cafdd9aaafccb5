//! What was said: tallies, themes, opinion groups.

use std::sync::Arc;

use actix_web::web::Path;
use actix_web::{Either, HttpRequest, HttpResponse};
use maud::Markup;

use crate::error::AppError;
use crate::href;
use crate::insight::{self, Insight};
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Organizer};
use crate::web::reply;
use crate::web::ui::layout::Step;

pub(super) mod asked;
mod crossed;
pub mod files;
mod filters;
pub mod groups;
pub mod live;
mod picture;
mod table;
mod tallies;
pub(in crate::web::desk) mod themes;
mod top;
mod view;

/// `GET /desk/q/{slug}/insight`, with whom to look at and which questions to compare.
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Either<Markup, HttpResponse>, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let asked = asked::Asked::read(request.query_string());
    let query = asked.query();
    // A form sends its empty fields too; the address to keep has none.
    if request.query_string().split('&').any(|pair| pair.ends_with('=')) {
        let page = href::desk(&questionnaire.slug, "insight");
        return Ok(Either::Right(reply::see(href::with_query(&page, &query))));
    }
    let draw = |name: String, part: fn(&Questionnaire, &Insight, &asked::Asked) -> Markup| {
        let (of, asked) = (questionnaire.clone(), asked.clone());
        let (app, drawn_of) = (app.clone(), questionnaire.clone());
        async move {
            let draw = move |insight: Arc<Insight>| part(&of, &insight, &asked).into_string();
            insight::live::drawn(&app, &drawn_of, &name, draw).await
        }
    };
    let form = draw(format!("form?{query}"), view::form).await?;
    let results = draw(format!("results?{query}"), view::results).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Insight)).await?;
    Ok(Either::Left(view::page(&organizer.0, &steps, &form, &results)))
}

/// When responses came, as the page of responses shows it too.
pub(super) fn over_time(of: &Questionnaire, insight: &Insight) -> Markup {
    let picture = top::over_time(&insight.material);
    maud::html! {
        p.small.quiet { (picture.count) }
        (picture.figure(of, ""))
    }
}
