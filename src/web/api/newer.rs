//! A newer text of the article: brought, compared with the one that is there, taken.

use std::collections::BTreeSet;

use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::{Created, Shown};
use super::articles::BringArticle;
use super::asked::Json;
use super::questionnaires::{self, Questionnaire};
use super::words::{Fate, FoundKind};
use crate::acts::bring_newer::{self, Changed, keep_newer, take_newer};
use crate::domain::ArticleId;
use crate::error::AppError;
use crate::store::questionnaires::Questionnaire as Kept;
use crate::web::extract::{App, Organizer};

/// A newer text, and what became of the questions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NewerText {
    /// Names it.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// Its language, as a language tag.
    pub language: String,
    /// What became of the questions that are on the form, and what is new, in its order.
    pub changes: Vec<NewerQuestion>,
}

/// What became of one question or statement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NewerQuestion {
    /// By this it is taken.
    pub key: String,
    /// What became of it.
    pub fate: Fate,
    /// Its words in the text that is there.
    pub before: Option<String>,
    /// Its words in the newer text.
    pub after: Option<String>,
    /// What it is in the newer text.
    pub kind: Option<FoundKind>,
    /// The options that the author names there.
    pub options: Vec<String>,
    /// Whether it can be taken into the form.
    pub can_be_taken: bool,
}

/// What is taken of a newer text.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeNewer {
    /// The keys of what the form takes; none: the text alone takes the place of the other.
    #[schema(value_type = Vec<String>)]
    pub take: BTreeSet<String>,
}

impl NewerQuestion {
    fn of(one: Changed) -> Self {
        let can_be_taken = one.can_be_taken();
        let kind = one.after.as_ref().map(|after| after.kind.into());
        let (after, options) = one.after.map(|after| (after.text, after.options)).unzip();
        Self {
            key: one.key,
            fate: one.change.into(),
            before: one.before,
            after,
            kind,
            options: options.unwrap_or_default(),
            can_be_taken,
        }
    }
}

async fn compared(app: &App, of: &Kept, id: ArticleId) -> Result<NewerText, AppError> {
    let newer = bring_newer::compare(app.store.read(), of, id).await?.ok_or(AppError::NotFound)?;
    Ok(NewerText {
        id,
        title: newer.article.title,
        language: newer.article.language,
        changes: newer.changes.into_iter().map(NewerQuestion::of).collect(),
    })
}

/// `POST /api/v1/questionnaires/{slug}/article/newer`
pub async fn bring(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(brought): Json<BringArticle>,
) -> Result<Created<NewerText>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let read = brought.read(&app).await?;
    let Some(id) = keep_newer(&app, &of, read).await? else {
        let why = "This is the text that is here already, letter for letter.";
        return Err(AppError::Refused(why.to_owned()));
    };
    let at = format!("/api/v1/questionnaires/{}/article/newer/{id}", of.slug);
    Ok(Created { at, made: compared(&app, &of, id).await? })
}

/// `GET /api/v1/questionnaires/{slug}/article/newer/{id}`
pub async fn show(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Shown<NewerText>, AppError> {
    let (slug, id) = path.into_inner();
    let of = me.questionnaire(&app, &slug).await?;
    Ok(Shown(compared(&app, &of, id.parse()?).await?))
}

/// `POST /api/v1/questionnaires/{slug}/article/newer/{id}/take`
pub async fn take(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    Json(wanted): Json<TakeNewer>,
) -> Result<Shown<Questionnaire>, AppError> {
    let (slug, id) = path.into_inner();
    let of = me.questionnaire(&app, &slug).await?;
    let id: ArticleId = id.parse()?;
    let newer = compared(&app, &of, id).await?;
    let open: BTreeSet<&String> =
        newer.changes.iter().filter(|one| one.can_be_taken).map(|one| &one.key).collect();
    if let Some(unknown) = wanted.take.iter().find(|key| !open.contains(key)) {
        return Err(AppError::Refused(format!("Nothing that can be taken is called “{unknown}”.")));
    }
    let taken = take_newer(&app, &of, id, &wanted.take).await?.ok_or(AppError::Conflict)?;
    Ok(Shown(questionnaires::seen(&app, &me, taken).await?))
}
