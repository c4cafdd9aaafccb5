//! Forms of other programs: brought, looked at with what could not be kept, then made; and a
//! questionnaire as a file for another.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::Path;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::Markup;

use crate::acts::import_form::{LARGEST, import_form, read_form};
use crate::error::AppError;
use crate::forms::to_survey_js;
use crate::href;
use crate::store::documents;
use crate::web::extract::{App, Organizer};
use crate::web::reply;
use crate::web::upload;

mod view;

/// A form on its way back from the page that shows it has a third more bytes.
const RETURNED: usize = 12 << 20;

/// `GET /desk/new/import`
pub async fn page(organizer: Organizer) -> Markup {
    view::ask(&organizer.0, None)
}

/// `POST /desk/new/import`: a file is shown as it was read; what was shown is made.
pub async fn bring(
    app: App,
    organizer: Organizer,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let sent = upload::read(form, RETURNED).await?;
    let shown = !sent.text("bytes").is_empty();
    let (name, bytes) = if let Some((name, bytes)) = sent.file() {
        (name.clone(), bytes.clone())
    } else {
        let bytes = STANDARD.decode(sent.text("bytes")).unwrap_or_default();
        (sent.text("name").to_owned(), bytes)
    };
    if bytes.len() > LARGEST {
        return Err(AppError::TooLarge);
    }
    let back = STANDARD.encode(&bytes);
    let brought = match read_form(name.clone(), bytes).await? {
        Ok(brought) => brought,
        Err(why) => return Ok(reply::refused(view::ask(&organizer.0, Some(&why.to_string())))),
    };
    if !shown {
        let seen = view::Seen { brought: &brought, name: &name, bytes: &back };
        return Ok(reply::with(StatusCode::OK, view::preview(&organizer.0, &seen)));
    }
    let answered = !brought.answers.is_empty();
    match import_form(&app, organizer.0.id, brought).await? {
        Ok(made) => {
            let next = if answered { "insight" } else { "questionnaire" };
            Ok(reply::see(href::desk(&made.slug, next)))
        }
        Err(why) => Ok(reply::refused(view::ask(&organizer.0, Some(&why.to_string())))),
    }
}

/// `GET /desk/q/{slug}/questionnaire.json`: the document.
pub async fn document(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let document = documents::of(app.store.read(), &questionnaire).await?;
    Ok(file(&format!("{}-questionnaire.json", questionnaire.slug), &document.to_value()))
}

/// `GET /desk/q/{slug}/surveyjs.json`: the questionnaire as SurveyJS says it.
pub async fn survey_js(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let document = documents::of(app.store.read(), &questionnaire).await?;
    let (survey, _lost) = to_survey_js(&document);
    Ok(file(&format!("{}-surveyjs.json", questionnaire.slug), &survey))
}

fn file(name: &str, value: &serde_json::Value) -> HttpResponse {
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name.to_owned())],
    };
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(disposition)
        .body(format!("{value:#}\n"))
}
