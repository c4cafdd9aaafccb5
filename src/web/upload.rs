//! Forms with a file in them, of which the guard has read the body.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use futures_util::{StreamExt as _, TryStreamExt as _};

use crate::error::AppError;

/// What was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// What was typed, by field.
    pub typed: BTreeMap<String, String>,
    /// The name and the bytes of each file that was chosen; their field is `file`.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Sent {
    /// What was typed into a field; empty where it is missing.
    pub fn text(&self, field: &str) -> &str {
        self.typed.get(field).map_or("", String::as_str)
    }

    /// The file, where one can be chosen.
    pub fn file(&self) -> Option<&(String, Vec<u8>)> {
        self.files.last()
    }
}

/// Reads a form of at most `limit` bytes.
///
/// # Errors
/// A form that is larger, or is none.
pub async fn read(mut form: Multipart, limit: usize) -> Result<Sent, AppError> {
    let broken = |_| AppError::Refused("The form did not arrive whole.".to_owned());
    let mut sent = Sent::default();
    let mut total = 0;
    while let Some(mut field) = form.try_next().await.map_err(broken)? {
        let mut bytes = vec![];
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(broken)?;
            total += chunk.len();
            if total > limit {
                return Err(AppError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        let file_name = field.content_disposition().and_then(|sent| sent.get_filename());
        match field.name() {
            Some("file") if !bytes.is_empty() => {
                sent.files.push((file_name.unwrap_or_default().to_owned(), bytes));
            }
            Some(name) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                sent.typed.insert(name.to_owned(), text);
            }
            None => {}
        }
    }
    Ok(sent)
}
