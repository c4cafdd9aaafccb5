//! The form that brings contacts: pasted lines, or a file from a table program.

use std::time::Duration;

use actix_multipart::Multipart;
use futures_util::{StreamExt as _, TryStreamExt as _};

use crate::error::AppError;
use crate::service::Service;

/// Lists are taken up to this many bytes: some hundred thousand people.
const LIMIT: usize = 8 << 20;

/// What was sent.
#[derive(Debug, Default)]
pub struct Brought {
    /// The pasted lines.
    pub pasted: String,
    /// The file's text.
    pub file: String,
}

/// Reads the form, within the limits on size and time.
pub async fn read(form: Multipart, service: &Service) -> Result<Brought, AppError> {
    let deadline = Duration::from_secs(service.settings.server.body_seconds);
    tokio::time::timeout(deadline, gather(form)).await.unwrap_or(Err(AppError::TooSlow))
}

async fn gather(mut form: Multipart) -> Result<Brought, AppError> {
    let broken = |_| AppError::Refused("The list did not arrive whole.".to_owned());
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
        match field.name() {
            Some("list") => brought.pasted = String::from_utf8_lossy(&bytes).into_owned(),
            Some("file") => brought.file = text(&bytes)?,
            _ => {}
        }
    }
    Ok(brought)
}

/// A file's text: UTF-8, or UTF-16 with a mark at its head, as table programs write it.
fn text(bytes: &[u8]) -> Result<String, AppError> {
    let unreadable = || {
        AppError::Refused(
            "The file cannot be read as text. In your table program, save it as “CSV UTF-8”."
                .to_owned(),
        )
    };
    let pair: fn([u8; 2]) -> u16 = match bytes.get(..2) {
        Some([0xff, 0xfe]) => u16::from_le_bytes,
        Some([0xfe, 0xff]) => u16::from_be_bytes,
        _ => {
            let text = String::from_utf8(bytes.to_vec()).map_err(|_not_utf8| unreadable())?;
            return if text.contains('\0') { Err(unreadable()) } else { Ok(text) };
        }
    };
    let units = bytes.chunks_exact(2).skip(1).filter_map(|two| Some(pair(two.try_into().ok()?)));
    char::decode_utf16(units).collect::<Result<_, _>>().map_err(|_unpaired| unreadable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_table_programs_are_read_and_others_refused() {
        let list = "姓名,邮箱\n王薇,wei@example.org";
        assert_eq!(text(list.as_bytes()).unwrap(), list);
        let little: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(list.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&little).unwrap(), list);
        // The same in GB 18030 begins with 0xd0 0xd5; a spreadsheet file is a ZIP archive.
        for other in [&b"\xd0\xd5\xc3\xfb,a@b.de"[..], b"PK\x03\x04\0\0", b"\xff\xfe\x00\xd8"] {
            assert!(matches!(text(other), Err(AppError::Refused(_))));
        }
    }
}
