//! The echo at the desk: the poll, the notes of the groups looked through, and what everybody will
//! read.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::Markup;

use crate::acts::ask_poll::ask_poll;
use crate::acts::edit_echo::edit_echo;
use crate::acts::publish_echo::{prospect, publish_echo, unpublish_echo};
use crate::domain::text::one_line;
use crate::domain::{Fields, GroupId};
use crate::error::AppError;
use crate::href;
use crate::insight::echo::{Draft, Echo, Edited};
use crate::insight::poll::{Statement, pairs};
use crate::service::Service;
use crate::store::discussions::{self, Whole};
use crate::store::notes::Fields as Notes;
use crate::store::questionnaires::Questionnaire;
use crate::store::{echoes, notes, poll};
use crate::web::brief;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{Step, Steps};

mod view;

/// Everything that these pages are made of.
pub(in crate::web) struct Desk {
    pub(in crate::web) questionnaire: Questionnaire,
    steps: Steps,
    whole: Option<Whole>,
    pub(in crate::web) notes: std::collections::BTreeMap<GroupId, Notes>,
    pub(in crate::web) draft: Draft,
    pub(in crate::web) version: i64,
    pub(in crate::web) statements: Vec<Statement>,
    /// How many have answered before, after, and both times.
    pub(in crate::web) answered: (usize, usize, usize),
    pub(in crate::web) published: Option<echoes::Version>,
    /// The published brief, if there is one.
    brief: Option<i32>,
}

impl Desk {
    pub(in crate::web) async fn of(
        app: &Service,
        organizer: &Organizer,
        slug: &str,
    ) -> Result<Self, AppError> {
        let questionnaire = organizer.questionnaire(app, slug).await?;
        let db = app.store.read();
        let steps = steps(app, &questionnaire, Some(Step::Echo)).await?;
        let whole = discussions::latest(db, questionnaire.id).await?;
        let whole = whole.filter(|whole| !whole.groups.is_empty());
        let kept = echoes::draft(db, questionnaire.id).await?;
        let mut desk = Self {
            steps,
            notes: std::collections::BTreeMap::new(),
            draft: match &kept {
                Some(kept) => serde_json::from_str(&kept.content).map_err(anyhow::Error::from)?,
                None => Draft::default(),
            },
            version: kept.map_or(0, |kept| kept.version),
            statements: vec![],
            answered: (0, 0, 0),
            published: echoes::published(db, questionnaire.id).await?,
            brief: brief::latest(app, questionnaire.id).await?,
            questionnaire,
            whole,
        };
        if let Some(id) = desk.whole.as_ref().map(|whole| whole.discussion.id) {
            desk.notes = notes::of_discussion(db, id).await?;
            if let Some(poll) = poll::of(db, id).await? {
                desk.statements =
                    serde_json::from_str(&poll.statements).map_err(anyhow::Error::from)?;
            }
            desk.answered = counted(&poll::answers(db, id).await?);
        }
        Ok(desk)
    }
}

/// How many people answered before, after, and something both times.
fn counted(answers: &[poll::Answer]) -> (usize, usize, usize) {
    use crate::domain::status::Phase;
    let people = |phase: Phase| {
        let of = answers.iter().filter(|answer| answer.phase == phase);
        of.map(|answer| answer.participant_id).collect::<std::collections::BTreeSet<_>>().len()
    };
    let both: std::collections::BTreeSet<_> =
        pairs(answers).into_values().flat_map(std::collections::BTreeMap::into_keys).collect();
    (people(Phase::Before), people(Phase::After), both.len())
}

/// `GET /desk/q/{slug}/echo`
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let said = Fields::parse(request.query_string().as_bytes());
    Ok(view::page(&organizer.0, &desk, said.get("done")))
}

/// `POST /desk/q/{slug}/echo`: keeps what was made of the notes.
pub async fn save(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let mut draft = desk.draft.clone();
    draft.intro = fields.get("intro").unwrap_or_default().trim().chars().take(10_000).collect();
    for note in desk.notes.values().flat_map(|fields| fields.values()) {
        let Some(typed) = fields.get(&format!("n.{}", note.id)) else { continue };
        let typed: String = typed.trim_end().chars().take(10_000).collect();
        let hidden = fields.get(&format!("in.{}", note.id)).is_none();
        let text = (typed != note.text).then_some(typed);
        let edited = Edited { hidden: hidden || text.as_deref() == Some(""), text };
        draft.notes.insert(note.id, edited);
    }
    draft.notes.retain(|_, edited| *edited != Edited::default());
    let seen = fields.get("version").and_then(|version| version.parse().ok()).unwrap_or(-1);
    if !edit_echo(&app, &desk.questionnaire, seen, &draft).await? {
        return Err(AppError::Conflict);
    }
    let next =
        if fields.get("then") == Some("publish") { "echo/publish" } else { "echo?done=kept" };
    Ok(reply::see(href::desk(&desk.questionnaire.slug, next)))
}

/// `POST /desk/q/{slug}/echo/poll`: the statements of the poll, one a line.
pub async fn ask(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let typed = fields.get("statements").unwrap_or_default();
    let lines: Vec<String> = typed.lines().map(|line| one_line(line, 500)).collect();
    if !ask_poll(&app, &questionnaire, &lines).await? {
        return Err(AppError::Conflict);
    }
    Ok(reply::see(href::desk(&questionnaire.slug, "echo?done=poll")))
}

/// `GET /desk/q/{slug}/echo/publish`: what everybody would read.
pub async fn preview(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<Markup, AppError> {
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let made = prospect(app.store.read(), desk.questionnaire.id).await?;
    let echo = made.map(|(echo, _)| echo).unwrap_or_default();
    Ok(view::preview(&organizer.0, &desk, &echo, false))
}

/// `POST /desk/q/{slug}/echo/publish`
pub async fn publish(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let desk = Desk::of(&app, &organizer, &slug).await?;
    if publish_echo(&app, &desk.questionnaire).await?.is_some() {
        return Ok(reply::see(href::desk(&desk.questionnaire.slug, "echo?done=published")));
    }
    let page = view::preview(&organizer.0, &desk, &Echo::default(), true);
    Ok(reply::refused(page))
}

/// `POST /desk/q/{slug}/echo/unpublish`
pub async fn unpublish(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    unpublish_echo(&app, &questionnaire).await?;
    Ok(reply::see(href::desk(&questionnaire.slug, "echo?done=unpublished")))
}
