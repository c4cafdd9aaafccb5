//! A questionnaire as one document: handed in, handed out, changed as a whole.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::http::header::{self, EntityTag};
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::answered::{Created, Listed, Tagged};
use super::asked::{Json, Paging, Query};
use super::questionnaires::{self, Questionnaire};
use super::refusals;
use crate::acts::make_questionnaire::{Refused, Saved, make_questionnaire, save_document};
use crate::domain::{Document, Slug, Wording};
use crate::error::AppError;
use crate::store::documents;
use crate::store::questionnaires as kept;
use crate::web::extract::{App, Organizer};

/// A questionnaire to be made of a document.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeQuestionnaire {
    /// The address it gets; left out: one made of its title.
    #[schema(pattern = "^[a-z0-9-]{1,80}$")]
    pub slug: Option<String>,
    /// What it asks.
    pub document: Document,
}

/// One wording of a question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WordingSeen {
    /// The key of the question.
    pub question: String,
    /// Its number, from 1.
    pub version: i32,
    /// Whether it is the one that is asked now.
    pub current: bool,
    /// Whether the question is on the form.
    pub on_form: bool,
    /// The words, and how it is answered.
    pub wording: Wording,
}

impl PartialSchema for Document {
    fn schema() -> RefOr<Schema> {
        serde_json::from_value(shape()).unwrap_or_else(|_never| Schema::default().into())
    }
}

impl ToSchema for Document {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Wording::name().into_owned(), Wording::schema()));
        Wording::schemas(schemas);
    }
}

/// The shape of a document. What is read is more lenient than what is written: options may be
/// texts, and what is usual may be left out.
fn shape() -> Value {
    let text = |about: &str| serde_json::json!({ "type": "string", "description": about });
    serde_json::json!({
        "type": "object",
        "description": "A questionnaire without its answers, its address and its state.",
        "required": ["colloquy", "title"],
        "properties": {
            "colloquy": {
                "type": "integer", "minimum": 1, "maximum": 1, "description": "The version of the format: 1.", "example": 1
            },
            "title": { "type": "string", "minLength": 1, "maxLength": 300, "description": "Its title.", "example": "What next?" },
            "introduction": text("What stands before the first question."),
            "language": { "type": "string", "description": "The language of its texts, as a language tag.", "example": "en" },
            "mode": {
                "type": "string", "enum": ["identified", "confidential", "anonymous"], "description": "What is kept of who answers."
            },
            "options": { "type": "object", "description": "What is chosen for the whole of it: translations, hidden fields, sites that may frame it, times, thanks." , "example": {} },
            "article": {
                "type": "object",
                "description": "The article that it is about, if it is about one.",
                "required": ["format", "text"],
                "properties": {
                    "format": { "type": "string", "enum": ["markdown", "html", "text"] },
                    "text": text("Its whole text.")
                },
                "example": { "format": "markdown", "text": "# What next?\n\nWords." }
            },
            "questions": {
                "type": "array",
                "description": "Its questions, in order.",
                "items": {
                    "type": "object",
                    "description": "A question: `key`, `prompt`, `help`, `required`, `kind` and what belongs to it. See Wording.",
                    "required": ["kind", "prompt"],
                    "properties": {
                        "key": { "type": ["string", "null"], "description": "Names it, for conditions; `q1`, `q2`, … name questions that are there." },
                        "kind": {
                            "type": "string",
                            "enum": ["open", "single", "multiple", "scale", "statements", "ranking", "number", "allocation", "availability", "contact"]
                        },
                        "prompt": text("The question.")
                    },
                    "example": { "kind": "single", "prompt": "Which first?", "options": ["Work", "School"] }
                }
            }
        }
    })
}

/// Why a document was not kept, as a problem.
pub fn refused(why: Refused) -> AppError {
    match why {
        Refused::Taken => AppError::Refused("Another questionnaire has this address.".to_owned()),
        Refused::Changed => AppError::Changed,
        Refused::Faults(faults) => refusals::all(faults.iter().map(ToString::to_string)),
    }
}

/// `POST /api/v1/questionnaires`
pub async fn make(
    app: App,
    me: Organizer,
    Json(wanted): Json<MakeQuestionnaire>,
) -> Result<Created<Questionnaire>, AppError> {
    let slug = wanted
        .slug
        .map(|slug| slug.parse::<Slug>())
        .transpose()
        .map_err(|why| AppError::Refused(format!("The slug: {why}.")))?;
    let made = make_questionnaire(&app, me.0.id, wanted.document, slug).await?;
    questionnaires::made(&app, &me, made.map_err(refused)?).await
}

/// `GET /api/v1/questionnaires/{slug}/document`
pub async fn show(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Tagged<Document>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let document = documents::of(app.store.read(), &of).await?;
    Ok(Tagged { tag: document.print(), shown: document })
}

/// `PUT /api/v1/questionnaires/{slug}/document`
pub async fn save(
    app: App,
    me: Organizer,
    slug: Path<String>,
    request: HttpRequest,
    Json(document): Json<Document>,
) -> Result<Tagged<Document>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let seen = match request.headers().get(header::IF_MATCH) {
        None => None,
        Some(tag) => {
            let tag = tag.to_str().ok().and_then(|tag| tag.parse::<EntityTag>().ok());
            match tag {
                Some(tag) if !tag.weak => Some(tag.tag().to_owned()),
                _ => return Err(AppError::Changed),
            }
        }
    };
    let saved = save_document(&app, of, document, seen.as_deref()).await?;
    let Saved { questionnaire, .. } = saved.map_err(refused)?;
    let document = documents::of(app.store.read(), &questionnaire).await?;
    Ok(Tagged { tag: document.print(), shown: document })
}

/// `GET /api/v1/questionnaires/{slug}/wordings`
pub async fn wordings(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<WordingSeen>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let db = app.store.read();
    let asked = kept::all_asked(db, of.id).await?;
    let mut all: BTreeMap<(usize, i32), WordingSeen> = BTreeMap::new();
    for (id, (version, wording, question)) in kept::wordings(db, of.id).await? {
        let Some(place) = asked.iter().position(|one| one.id == question) else { continue };
        let Some(of) = asked.get(place) else { continue };
        let seen = WordingSeen {
            question: of.key.clone(),
            version,
            current: of.wording_id == id,
            on_form: of.position.is_some(),
            wording,
        };
        all.insert((place, version), seen);
    }
    let all: Vec<WordingSeen> = all.into_values().collect();
    Listed::of(all, |one| format!("{}/{}", one.question, one.version), &paging)
}
