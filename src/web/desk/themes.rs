//! The themes of one open question, to work on: named, merged, parted, moved, pinned, hidden, and
//! every step taken back.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::Markup;

use crate::acts::edit_themes::{Change, Outcome, edit_themes};
use crate::domain::kind::Kind;
use crate::domain::{Fields, ThemeId};
use crate::error::AppError;
use crate::href;
use crate::insight::themes::OpenThemes;
use crate::insight::themes::edit::Edit;
use crate::insight::themes::layer::Layer;
use crate::insight::{self, Insight};
use crate::store::questionnaires::{Asked, Questionnaire};
use crate::store::{organizers, theme_suggestions};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::Step;

mod history;
mod list;
mod one;
mod sent;
mod suggest;
mod view;

pub use suggest::{ask, suggest, take};

/// What a page shows.
struct Shown<'a> {
    questionnaire: &'a Questionnaire,
    insight: &'a Insight,
    asked: &'a Asked,
    open: &'a OpenThemes,
    /// Which part of it: `theme=ID`, `show=outside|nothing`, `page=N`, `ask=start-over`.
    query: &'a Fields,
    /// Who took the steps of the history, by name.
    names: Vec<(crate::domain::OrganizerId, String)>,
    /// What is proposed, by theme.
    proposed: suggest::Proposed,
    /// Something that could not be done, with what was sent.
    problem: Option<Problem<'a>>,
}

/// Why nothing was done.
enum Problem<'a> {
    /// Somebody else has edited since.
    Stale(&'a Fields),
    /// A sentence that says why.
    Cannot(&'a str, &'a Fields),
}

impl Shown<'_> {
    fn address(&self) -> String {
        href::themes(&self.questionnaire.slug, &self.asked.key)
    }

    fn layer(&self) -> Option<&Layer> {
        self.insight.material.layers.of(self.asked.id)
    }

    fn sent(&self) -> Option<&Fields> {
        match &self.problem {
            Some(Problem::Stale(sent) | Problem::Cannot(_, sent)) => Some(sent),
            None => None,
        }
    }
}

/// `GET /desk/q/{slug}/themes/{key}`
pub async fn page(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let query = Fields::parse(request.query_string().as_bytes());
    let (questionnaire, insight, asked) = find(&app, &organizer, &path).await?;
    show(&app, &organizer, &questionnaire, &insight, &asked, &query, None).await
}

/// `POST /desk/q/{slug}/themes/{key}`: one edit.
pub async fn edit(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (questionnaire, _, asked) = find(&app, &organizer, &path).await?;
    let on = fields.get("on").and_then(|on| on.parse().ok()).ok_or(AppError::NotFound)?;
    let change = sent::change(&fields).ok_or(AppError::NotFound)?;
    let by = organizer.0.id;
    let outcome = edit_themes(&app, &questionnaire, by, &asked, on, change.clone()).await?;
    // The insight of after, which is also that of a change that was refused.
    let (questionnaire, insight, asked) = find(&app, &organizer, &path).await?;
    let (status, problem) = match outcome {
        Outcome::Done(number) => {
            let next = after(&questionnaire, &insight, &asked, &change, &fields, number);
            return Ok(reply::see(next));
        }
        Outcome::Stale => (StatusCode::CONFLICT, Problem::Stale(&fields)),
        Outcome::Cannot(why) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::Cannot(why, &fields)),
    };
    let place = sent::place(&fields);
    let page =
        show(&app, &organizer, &questionnaire, &insight, &asked, &place, Some(problem)).await?;
    Ok(reply::with(status, page))
}

type Found = (Questionnaire, std::sync::Arc<Insight>, Asked);

/// The open question at this address, with the themes as they are.
pub(in crate::web) async fn find(
    app: &App,
    organizer: &Organizer,
    path: &(String, String),
) -> Result<Found, AppError> {
    let questionnaire = organizer.questionnaire(app, &path.0).await?;
    let insight = insight::of(app, &questionnaire).await?;
    let asked = insight.material.questions.iter().find(|asked| asked.key == path.1);
    let open = asked.filter(|asked| matches!(asked.wording.kind, Kind::Open(_)));
    let asked = open.cloned().ok_or(AppError::NotFound)?;
    Ok((questionnaire, insight, asked))
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    insight: &Insight,
    asked: &Asked,
    query: &Fields,
    problem: Option<Problem<'_>>,
) -> Result<Markup, AppError> {
    let open = insight.themes.iter().find(|open| open.question == asked.id);
    let open = open.ok_or(AppError::NotFound)?;
    let mut names = vec![(organizer.0.id, "You".to_owned())];
    let history = insight.material.layers.of(asked.id).map(|layer| &layer.history);
    for step in history.into_iter().flatten() {
        if !names.iter().any(|(id, _)| *id == step.by) {
            let found = organizers::by_id(app.store.read(), step.by).await?;
            let name = found.map(|found| found.name).filter(|name| !name.is_empty());
            names.push((step.by, name.unwrap_or_else(|| "Another organizer".to_owned())));
        }
    }
    let rows = theme_suggestions::all(app.store.read(), asked.id).await?;
    let proposed = suggest::Proposed::of(app, asked.id, open, &rows);
    let shown = Shown { questionnaire, insight, asked, open, query, names, proposed, problem };
    let steps = steps(app, questionnaire, Some(Step::Insight)).await?;
    Ok(view::page(&organizer.0, &steps, &shown))
}

/// Where one looks at what was done: the same part of the page, if it is still there.
fn after(
    questionnaire: &Questionnaire,
    insight: &Insight,
    asked: &Asked,
    change: &Change,
    fields: &Fields,
    number: i32,
) -> String {
    let layer = insight.material.layers.of(asked.id);
    let last = layer.and_then(|layer| layer.history.last());
    let theme: Option<ThemeId> = last.and_then(|step| match &step.edit {
        Edit::Rename { theme, .. }
        | Edit::Pin { theme, .. }
        | Edit::Unpin { theme, .. }
        | Edit::Summarize { theme, .. } => Some(*theme),
        Edit::Move { from, .. } => *from,
        _ => None,
    });
    let theme = theme.filter(|id| {
        let open = insight.themes.iter().find(|open| open.question == asked.id);
        open.is_some_and(|open| open.place(&id.to_string()).is_some())
    });
    let mut query = form_urlencoded::Serializer::new(String::new());
    match (theme, fields.get("show")) {
        _ if fields.has("view", "all") => {}
        (Some(theme), _) => drop(query.append_pair("theme", &theme.to_string())),
        (None, Some(show)) if matches!(change, Change::Move { .. }) => {
            query.append_pair("show", show);
        }
        _ => {}
    }
    if let (Some(page), true) =
        (fields.get("page"), matches!(change, Change::Pin { .. } | Change::Move { .. }))
    {
        query.append_pair("page", page);
    }
    query.append_pair("done", &number.to_string());
    format!("{}?{}", href::themes(&questionnaire.slug, &asked.key), query.finish())
}
