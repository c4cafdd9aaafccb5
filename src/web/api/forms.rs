//! Forms of other programs: brought, and handed out as one of them reads them.

use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::{Created, Download};
use super::asked::{Json, Upload};
use super::documents::refused;
use super::questionnaires::{self, Questionnaire};
use crate::acts::import_form::{LARGEST, import_form, read_form};
use crate::error::AppError;
use crate::forms::Note;
use crate::web::desk;
use crate::web::extract::{App, Organizer};

/// A form of another program to be brought.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BringForm {
    /// Its file: SurveyJS or Typeform (JSON), LimeSurvey (tab-separated), XLSForm (XLSX), the
    /// answers of a Google form (CSV), or a document of Colloquy (JSON). Which it is, its bytes
    /// say.
    pub file: Upload,
}

/// A form that was brought.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FormBrought {
    /// The questionnaire: a draft; where answers came with it, closed, and with these.
    pub questionnaire: Questionnaire,
    /// From which program it is.
    #[schema(example = "SurveyJS")]
    pub source: &'static str,
    /// What could not be kept, and what became of it.
    pub notes: Vec<FormNote>,
}

/// One thing that is not as it was.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FormNote {
    /// The question by its name there, or what else it is about; may be empty.
    pub about: String,
    /// What became of it.
    pub what: String,
}

/// `POST /api/v1/imports`
pub async fn bring(
    app: App,
    me: Organizer,
    Json(sent): Json<BringForm>,
) -> Result<Created<FormBrought>, AppError> {
    let bytes = sent.file.bytes()?;
    if bytes.len() > LARGEST {
        return Err(AppError::TooLarge);
    }
    let read = read_form(sent.file.name, bytes).await?;
    let brought = read.map_err(|why| AppError::Refused(why.to_string()))?;
    let source = brought.source.name();
    let see = |Note { about, what }: Note| FormNote { about, what };
    let notes = brought.notes.iter().cloned().map(see).collect();
    let of = import_form(&app, me.0.id, brought).await?.map_err(refused)?;
    let Created { at, made } = questionnaires::made(&app, &me, of).await?;
    Ok(Created { at, made: FormBrought { questionnaire: made, source, notes } })
}

/// `GET /api/v1/questionnaires/{slug}/surveyjs`
pub async fn survey_js(app: App, me: Organizer, slug: Path<String>) -> Result<Download, AppError> {
    desk::import::survey_js(app, me, slug).await.map(Download)
}
