//! Responses: how many, when, every open answer to read and to search, and each one whole.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Path;
use maud::{Markup, html};
use tokio::task::spawn_blocking;

use crate::domain::{Fields, ResponseId};
use crate::error::AppError;
use crate::insight::{self, Insight};
use crate::store::{mixing, proposals, responses};
use crate::web::desk::home::steps;
use crate::web::desk::insight::asked::Asked;
use crate::web::extract::{App, Organizer};
use crate::web::ui::layout::Step;
use found::Found;

mod found;
mod held;
mod proposed;
mod view;
mod waiting;

pub use held::decide;
pub use proposed::decide_statement;
pub(super) use view::who;

/// `GET /desk/q/{slug}/responses?q=…&page=…`, with the filter of the results page.
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let insight = insight::now(&app, &questionnaire).await?;
    let query = Fields::parse(request.query_string().as_bytes());
    let wanted = query.get("q").unwrap_or_default().trim().to_owned();
    let number = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let asked = Asked::read(request.query_string());
    let (of, words, filter) = (insight.clone(), wanted.clone(), asked.filter.clone());
    let found = spawn_blocking(move || {
        let whose = if filter.is_empty() { of } else { Arc::new(of.narrowed(&filter)) };
        Found::search(whose, &words)
    });
    let found = found.await.map_err(anyhow::Error::from)?;
    let steps = steps(&app, &questionnaire, Some(Step::Response)).await?;
    let drawn_of = questionnaire.clone();
    let draw = move |insight: Arc<Insight>| view::overview(&drawn_of, &insight).into_string();
    let overview = insight::live::drawn(&app, &questionnaire, "responses", draw).await?;
    let only = asked.only(&insight);
    let (filter, only) = (&asked.filter, only.as_deref());
    let list =
        view::List { wanted: &wanted, filter, only, found: &found, number, overview: &overview };
    let waiting = mixing::count(app.store.read(), questionnaire.id).await?;
    let held = responses::uncounted(app.store.read(), questionnaire.id).await?;
    let decided = proposals::decisions(app.store.read(), questionnaire.id).await?;
    let apart = html! {
        (waiting::notice(&questionnaire, waiting))
        (held::list(&questionnaire, &held))
        (proposed::list(&questionnaire, &insight.material, &decided))
    };
    Ok(view::page(&organizer.0, &steps, &questionnaire, &insight, &list, &apart))
}

/// `GET /desk/q/{slug}/responses/{id}`
pub async fn one(
    app: App,
    organizer: Organizer,
    path: Path<(String, ResponseId)>,
) -> Result<Markup, AppError> {
    let (slug, id) = path.into_inner();
    let (questionnaire, role) = organizer.with_role(&app, &slug).await?;
    let db = app.store.read();
    let response = responses::by_id(db, id)
        .await?
        .filter(|response| response.questionnaire_id == questionnaire.id)
        .ok_or(AppError::NotFound)?;
    let revisions = responses::revisions(db, id).await?;
    let given = responses::given(db, response).await?.for_organizer(questionnaire.mode, role);
    let insight = insight::now(&app, &questionnaire).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Response)).await?;
    Ok(view::one(&organizer.0, &steps, &questionnaire, &insight.material, &given, &revisions))
}
