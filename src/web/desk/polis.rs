//! Bring a conversation that was held with Polis.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use maud::Markup;
use tokio::task::spawn_blocking;

use crate::acts::import_polis::import_polis;
use crate::error::AppError;
use crate::export::polis::read::{self, Conversation, Unreadable};
use crate::href;
use crate::web::extract::{App, Organizer};
use crate::web::reply;
use crate::web::upload;

mod view;

/// All files together may have so many bytes.
const LARGEST: usize = 16 << 20;

/// `GET /desk/new/polis`
pub async fn page(organizer: Organizer) -> Markup {
    view::page(&organizer.0, None)
}

/// `POST /desk/new/polis`: the files, or an archive of them.
pub async fn bring(
    app: App,
    organizer: Organizer,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let files = upload::read(form, LARGEST).await?.files;
    let archive = files.iter().find_map(|(name, _)| name.strip_suffix(".zip")).map(str::to_owned);
    let read = spawn_blocking(move || -> Result<Conversation, Unreadable> {
        let mut conversation = read::read(&read::unpacked(files)?)?;
        conversation.call_if_nameless(&archive.unwrap_or_default());
        Ok(conversation)
    });
    let conversation = match read.await.map_err(anyhow::Error::from)? {
        Ok(conversation) => conversation,
        Err(why) => {
            let page = view::page(&organizer.0, Some(&why.to_string()));
            return Ok(reply::refused(page));
        }
    };
    let imported = import_polis(&app, organizer.0.id, &conversation).await?;
    let insight = href::desk(&imported.questionnaire.slug, "insight");
    Ok(reply::see(insight))
}
