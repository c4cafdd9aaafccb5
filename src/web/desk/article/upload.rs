//! The form that brings an article: a file, or pasted text.

use actix_multipart::Multipart;
use futures_util::{StreamExt as _, TryStreamExt as _};

use crate::error::AppError;

/// Articles are taken up to this many bytes.
const LIMIT: usize = 16 << 20;

/// What was sent.
#[derive(Default)]
pub(super) struct Brought {
    /// The file's name and bytes, if one was chosen.
    pub file: Option<(String, Vec<u8>)>,
    /// The pasted text.
    pub pasted: String,
}

/// Reads the form.
pub(super) async fn read(mut form: Multipart) -> Result<Brought, AppError> {
    let broken = |_| AppError::Refused("The file did not arrive whole.".to_owned());
    let mut brought = Brought::default();
    let mut total = 0;
    while let Some(mut field) = form.try_next().await.map_err(broken)? {
        let mut bytes = vec![];
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(broken)?;
            total += chunk.len();
            if total > LIMIT {
                return Err(AppError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        let file_name = field
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .map(str::to_owned);
        match field.name() {
            Some("file") if !bytes.is_empty() => {
                brought.file = Some((file_name.unwrap_or_default(), bytes));
            }
            Some("text") => brought.pasted = String::from_utf8_lossy(&bytes).into_owned(),
            _ => {}
        }
    }
    Ok(brought)
}
