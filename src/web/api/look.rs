//! The picture at the head of a questionnaire's pages.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::answered::{Done, Download, Shown};
use super::asked::Picture;
use super::questionnaires::{self, Questionnaire};
use crate::acts::choose_options::choose_logo;
use crate::domain::picture::{self, Unfit};
use crate::error::AppError;
use crate::store::logos;
use crate::web::extract::{App, Organizer};

/// `GET /api/v1/questionnaires/{slug}/logo`
pub async fn show(app: App, me: Organizer, slug: Path<String>) -> Result<Download, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let logo = logos::of(app.store.read(), of.id).await?.ok_or(AppError::NotFound)?;
    let kind = picture::content_type(&logo.name);
    Ok(Download(HttpResponse::Ok().content_type(kind).body(logo.bytes)))
}

/// `PUT /api/v1/questionnaires/{slug}/logo`
pub async fn put(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Picture(bytes): Picture,
) -> Result<Shown<Questionnaire>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let format = picture::read(&bytes).map_err(|why| {
        AppError::Refused(match why {
            Unfit::NoPicture | Unfit::Drawing => "This is neither PNG nor JPEG.".to_owned(),
            Unfit::TooLarge => {
                "It has more than 256 KB, or a side of more than 4,000 pixels.".to_owned()
            }
        })
    })?;
    let of = choose_logo(&app, of, Some((bytes.to_vec(), format))).await?;
    Ok(Shown(questionnaires::seen(&app, &me, of).await?))
}

/// `DELETE /api/v1/questionnaires/{slug}/logo`
pub async fn remove(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    choose_logo(&app, of, None).await?;
    Ok(Done)
}
