//! The brief: read, edited, signed, published, taken back.

use actix_web::HttpRequest;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::answered::{Created, Done, Download, Listed, Shown};
use super::asked::{Json, Paging, Query, line};
use super::refusals;
use crate::acts::edit_brief::{Kept, edit_brief, sign_brief};
use crate::acts::publish_brief::{self, Obstacle, prospect, publish_brief, unpublish_brief};
use crate::domain::QuestionnaireId;
use crate::error::AppError;
use crate::insight::brief::edits::Edits;
use crate::insight::brief::frozen::{Made, Rests};
use crate::insight::brief::json::{Names, json};
use crate::insight::brief::sheet::Edition;
use crate::insight::brief::{Brief, Limits};
use crate::service::Service;
use crate::store::briefs;
use crate::web::desk;
use crate::web::extract::{App, Organizer};

/// The brief as it is being prepared.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Brief)]
pub struct BriefSeen {
    /// How often its edits were changed; a change has to name it.
    pub version: i64,
    /// Who signs it; empty: nobody.
    pub signed: String,
    /// Place and day of the signature, as they should stand there.
    pub signed_on: String,
    /// What was changed over what is made of the answers.
    pub edits: Edits,
    /// Sentences that were left out, by key, whose theme is not there any more: another may say
    /// the same.
    pub gone: Vec<String>,
    /// The brief with its edits, as in the file `brief.json`.
    #[schema(value_type = Object)]
    pub brief: Value,
}

/// The edits of a brief, as a whole.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditBrief {
    /// As which version it was seen.
    pub version: i64,
    /// The edits.
    pub edits: Edits,
}

/// Who signs a brief.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignBrief {
    /// Their name; empty: the signature is taken away.
    #[schema(max_length = 120)]
    pub name: String,
    /// Place and day, as they should stand there.
    #[serde(default)]
    #[schema(max_length = 120)]
    pub day: String,
}

/// What would be published.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BriefProspect {
    /// The number it would have.
    pub number: i32,
    /// What stands in the way, one sentence each.
    pub obstacles: Vec<String>,
    /// Edited sentences, by key, in whose place stands what may be told.
    pub set_aside: Vec<String>,
    /// How many edited sentences are older than the newest answers.
    pub newer: usize,
    /// The brief as everybody would read it.
    #[schema(value_type = Object)]
    pub brief: Value,
}

/// A version to be published.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishBrief {
    /// What readers should know about this version.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: String,
}

/// A published version.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BriefVersion {
    /// Its number.
    pub number: i32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// When it was taken back, if it was.
    pub unpublished_at: Option<DateTime<Utc>>,
    /// Who signed it; empty: nobody.
    pub signed: String,
}

impl From<briefs::Listed> for BriefVersion {
    fn from(of: briefs::Listed) -> Self {
        let briefs::Listed { number, published_at, unpublished_at, signed, .. } = of;
        Self { number, published_at, unpublished_at, signed }
    }
}

fn written(app: &Service, brief: &Brief, limits: Limits, edition: &Edition<'_>) -> Value {
    let made = Made::now(limits, &app.insights.model());
    json(brief, &made, edition, Names::Ids(&Rests::of(brief)))
}

async fn seen(app: &App, me: &Organizer, slug: &str) -> Result<BriefSeen, AppError> {
    let desk = desk::brief::Desk::of(app, me, slug).await?;
    let edition = desk.edition();
    Ok(BriefSeen {
        version: desk.version(),
        signed: edition.signed.to_owned(),
        signed_on: edition.signed_on.to_owned(),
        brief: written(app, &desk.draft.read(), Limits::DESK, &edition),
        gone: desk.gone(),
        edits: desk.edits.clone(),
    })
}

/// `GET /api/v1/questionnaires/{slug}/brief`
pub async fn show(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<BriefSeen>, AppError> {
    Ok(Shown(seen(&app, &me, &slug).await?))
}

/// `PUT /api/v1/questionnaires/{slug}/brief/edits`
pub async fn edit(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<EditBrief>,
) -> Result<Shown<BriefSeen>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let mut edits = wanted.edits;
    edits.tidy();
    match edit_brief(&app, &of, me.0.id, wanted.version, &edits).await? {
        Kept::Kept => Ok(Shown(seen(&app, &me, &slug).await?)),
        Kept::Meanwhile => Err(AppError::Conflict),
    }
}

/// `PUT /api/v1/questionnaires/{slug}/brief/signature`
pub async fn sign(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<SignBrief>,
) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let (name, day) = (line("name", &wanted.name, 120)?, line("day", &wanted.day, 120)?);
    sign_brief(&app, &of, &name, &day).await?;
    Ok(Done)
}

fn told(obstacle: &Obstacle) -> String {
    let least = Limits::PUBLISHED.people;
    match obstacle {
        Obstacle::TooFew { people } => {
            format!("{people} people have answered: nothing is published of fewer than {least}.")
        }
        Obstacle::Empty => "There is nothing in it: every section is left out.".to_owned(),
        Obstacle::TooNear { number, of, sections } => format!(
            "The answers to {} differ from those behind version {number} by only {}: whoever \
             subtracts the two would learn what they said. Leave out: {}.",
            if of.of == "*" { "everything" } else { of.of.as_str() },
            of.differ,
            sections.join(", ")
        ),
    }
}

fn prospect_seen(app: &Service, of: &publish_brief::Prospect) -> BriefProspect {
    BriefProspect {
        number: of.number,
        obstacles: of.obstacles.iter().map(told).collect(),
        set_aside: of.set_aside.clone(),
        newer: of.newer,
        brief: written(app, &of.brief, Limits::PUBLISHED, &Edition::default()),
    }
}

/// `GET /api/v1/questionnaires/{slug}/brief/prospect`
pub async fn look_ahead(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<BriefProspect>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let found = prospect(&app, &of).await?;
    Ok(Shown(prospect_seen(&app, &found)))
}

/// `GET /api/v1/questionnaires/{slug}/brief/versions`
pub async fn versions(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<BriefVersion>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let all = briefs::listed(app.store.read(), of.id).await?;
    let part = Listed::of(all, |one| one.number.to_string(), &paging)?;
    Ok(part.map(BriefVersion::from))
}

async fn version(app: &App, of: &QuestionnaireId, number: i32) -> Result<BriefVersion, AppError> {
    let all = briefs::listed(app.store.read(), *of).await?;
    let found = all.into_iter().find(|one| one.number == number);
    found.map(BriefVersion::from).ok_or(AppError::NotFound)
}

/// `POST /api/v1/questionnaires/{slug}/brief/versions`
pub async fn publish(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<PublishBrief>,
) -> Result<Created<BriefVersion>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    match publish_brief(&app, &of, &line("note", &wanted.note, 2000)?).await? {
        Ok(number) => {
            let at = format!("/api/v1/questionnaires/{}/brief/versions/{number}", of.slug);
            Ok(Created { at, made: version(&app, &of.id, number).await? })
        }
        Err(prospect) => Err(refusals::all(prospect.obstacles.iter().map(told))),
    }
}

/// `GET /api/v1/questionnaires/{slug}/brief/versions/{number}`
pub async fn one(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<Download, AppError> {
    let (slug, number) = path.into_inner();
    let number: i32 = number.parse().map_err(|_no_number| AppError::NotFound)?;
    let of = me.questionnaire(&app, &slug).await?;
    version(&app, &of.id, number).await?;
    let file = Path::from((slug, format!("{number}.json")));
    desk::brief::file(app, me, file, request).await.map(Download)
}

/// `DELETE /api/v1/questionnaires/{slug}/brief/versions/{number}`
pub async fn unpublish(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Done, AppError> {
    let (slug, number) = path.into_inner();
    let number: i32 = number.parse().map_err(|_no_number| AppError::NotFound)?;
    let of = me.questionnaire(&app, &slug).await?;
    if unpublish_brief(&app, &of, number).await? { Ok(Done) } else { Err(AppError::NotFound) }
}
