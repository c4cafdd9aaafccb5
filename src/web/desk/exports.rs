//! Files of what was answered, to take along.

use std::fs::File;
use std::io::{self, Read as _};

use actix_web::body::SizedStream;
use actix_web::http::header::{
    Charset, ContentDisposition, ContentEncoding, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::{Stream, stream};
use maud::Markup;
use tokio::task::spawn_blocking;

use crate::domain::Fields;
use crate::error::AppError;
use crate::export::make::{Made, make};
use crate::export::{Export, Options};
use crate::href;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{mixing, responses};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Organizer};
use crate::web::ui::layout::Step;

mod view;

/// So many bytes are read from the disk at once.
const CHUNK: usize = 256 << 10;
/// Titles are cut after so many characters in the names of files.
const TITLE: usize = 80;

/// `GET /desk/q/{slug}/exports`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let (db, id) = (app.store.read(), questionnaire.id);
    let asked = questionnaires::all_asked(db, id).await?;
    let facts = view::Facts {
        responses: responses::count(db, id).await?,
        examples: responses::examples(db, id).await?.len(),
        waiting: mixing::count(db, id).await?,
        statements: asked.iter().any(|asked| asked.wording.kind.word() == "statements"),
    };
    let steps = steps(&app, &questionnaire, Some(Step::Insight)).await?;
    Ok(view::page(&organizer.0, &steps, &questionnaire, &facts))
}

/// `GET /desk/q/{slug}/exports/{file}?bom=yes&examples=no`
pub async fn file(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let (slug, name) = path.into_inner();
    let what = Export::of(&name).ok_or(AppError::NotFound)?;
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let query = Fields::parse(request.query_string().as_bytes());
    let options = Options {
        mark: query.get("bom") == Some("yes"),
        examples: query.get("examples") != Some("no"),
    };
    let link = app.link(&href::questionnaire(&questionnaire.slug));
    let Made { file, length } =
        make(&app, &questionnaire, what, options, link).await.map_err(failed)?;
    tracing::info!(
        organizer = %organizer.0.id,
        questionnaire = %questionnaire.id,
        file = what.name(),
        bytes = length,
        "answers were exported"
    );
    Ok(HttpResponse::Ok()
        .content_type(what.content_type())
        // Sent as it is, with its length: what breaks off is seen to be broken.
        .insert_header(ContentEncoding::Identity)
        .insert_header(("x-robots-tag", "noindex"))
        .insert_header(disposition(&questionnaire, what))
        .body(SizedStream::new(length, read(file))))
}

/// A disk that is full is told as such; it is not the answers that are in danger.
fn failed(error: anyhow::Error) -> AppError {
    let full = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|error| {
        matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    });
    if full { AppError::NoRoom(error) } else { error.into() }
}

/// The name under which it is saved: the title's words where the browser can write them
/// (RFC 8187), else the address's.
fn disposition(questionnaire: &Questionnaire, what: Export) -> ContentDisposition {
    let plain = format!("{}-{}", questionnaire.slug, what.name());
    let mut title = String::new();
    for c in questionnaire.title.chars().take(TITLE) {
        let unfit = c.is_control() || "/\\:*?\"<>|".contains(c);
        title.push(if unfit { ' ' } else { c });
    }
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.trim_start_matches('.');
    let full =
        if title.is_empty() { plain.clone() } else { format!("{title} – {}", what.name()) };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(plain),
            DispositionParam::FilenameExt(ExtendedValue {
                charset: Charset::Ext("UTF-8".to_owned()),
                language_tag: None,
                value: full.into_bytes(),
            }),
        ],
    }
}

/// The file, piece by piece; with the client gone, it is closed and with that deleted.
fn read(file: File) -> impl Stream<Item = io::Result<Bytes>> + Unpin {
    Box::pin(stream::try_unfold(file, async |mut file| {
        let read = spawn_blocking(move || {
            let mut piece = vec![0; CHUNK];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            io::Result::Ok((file, piece))
        });
        let (file, piece) = read.await.map_err(io::Error::other)??;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    }))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use anyhow::Context as _;

    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_told_as_one() {
        let mut full = File::options().write(true).open("/dev/full").unwrap();
        let error = full.write_all(b"x").context("a table").unwrap_err();
        assert!(matches!(failed(error), AppError::NoRoom(_)));
        let other = anyhow::Error::from(io::Error::other("else"));
        assert!(matches!(failed(other), AppError::Unexpected(_)));
    }
}
