//! An organizer's colour and picture on the pages of a questionnaire: a small style sheet and an
//! image of our own, at addresses that change with what they hold.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::published::Published;
use crate::domain::colour::{Accent, Colour};
use crate::domain::{Options, QuestionnaireId, picture, token};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::logos;
use crate::web::extract::App;
use crate::web::ui::layout::Look;

/// The look of the questionnaire's pages for readers.
pub(in crate::web) fn of(of: &Published) -> Look {
    at(&href::look(&of.questionnaire.slug), &of.questionnaire.options())
}

/// The look, with its files under `base`.
pub(in crate::web) fn at(base: &str, options: &Options) -> Look {
    let style = sheet(options).map(|sheet| format!("{base}/{}", name_of(&sheet)));
    let logo = options.logo.as_ref().map(|name| format!("{base}/{name}"));
    Look { style, logo }
}

/// The style sheet; none where everything is ours.
fn sheet(options: &Options) -> Option<String> {
    let colour = options.accent.as_ref().and_then(|accent| accent.parse::<Colour>().ok());
    if colour.is_none() && options.logo.is_none() {
        return None;
    }
    let rule = |Accent { accent, on_accent, tint }: Accent| {
        format!(":root{{--accent:{accent};--on-accent:{on_accent};--tint:{tint}}}")
    };
    let mut sheet = String::new();
    if let Some(colour) = colour {
        sheet.push_str(&rule(colour.on_light()));
        sheet.push_str("@media screen and (prefers-color-scheme:dark){");
        sheet.push_str(&rule(colour.on_dark()));
        sheet.push('}');
    }
    if options.logo.is_some() {
        sheet.push_str(".brand img{block-size:2.5rem;inline-size:auto;max-inline-size:12rem;object-fit:contain}");
    }
    Some(sheet)
}

fn name_of(sheet: &str) -> String {
    let print: String = token::print(&[sheet.as_bytes()]).chars().take(16).collect();
    format!("look-{print}.css")
}

/// `GET /q/{slug}/look/{name}`
pub async fn serve(app: App, path: web::Path<(String, String)>) -> Result<HttpResponse, AppError> {
    let (slug, name) = path.into_inner();
    let of = Published::at(&app, &slug).await?;
    file(&app, of.questionnaire.id, &of.questionnaire.options(), &name).await
}

/// The style sheet or the picture, if it has this name now.
pub(in crate::web) async fn file(
    app: &Service,
    id: QuestionnaireId,
    options: &Options,
    name: &str,
) -> Result<HttpResponse, AppError> {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    if let Some(sheet) = sheet(options).filter(|sheet| name_of(sheet) == name) {
        return Ok(answer.content_type("text/css; charset=utf-8").body(sheet));
    }
    if options.logo.as_deref() != Some(name) {
        return Err(AppError::NotFound);
    }
    let logo = logos::of(app.store.read(), id).await?.filter(|logo| logo.name == name);
    let logo = logo.ok_or(AppError::NotFound)?;
    Ok(answer.content_type(picture::content_type(name)).body(logo.bytes))
}
