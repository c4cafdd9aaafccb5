//! A list of contacts as table programs write it.

use crate::error::AppError;

/// A file's text: UTF-8, or UTF-16 with a mark at its head, as table programs write it.
pub(super) fn text(bytes: &[u8]) -> Result<String, AppError> {
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
