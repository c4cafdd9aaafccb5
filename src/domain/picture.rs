//! Pictures that organizers bring: which bytes are one that every browser shows and that runs
//! nothing. What is drawn by a program (SVG) is not among them.

/// The largest picture, in bytes.
pub const LARGEST: usize = 256 * 1024;
/// The longest side, in pixels.
const LONGEST: u32 = 4000;

/// Why some bytes cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Neither PNG nor JPEG, or damaged.
    NoPicture,
    /// More than [`LARGEST`] bytes, or a side of more than 4,000 pixels.
    TooLarge,
}

/// The ending of a picture's format, `png` or `jpg`.
///
/// # Errors
/// Why these bytes cannot be taken.
pub fn read(bytes: &[u8]) -> Result<&'static str, Unfit> {
    let (format, width, height) = size(bytes).ok_or(Unfit::NoPicture)?;
    if width == 0 || height == 0 {
        return Err(Unfit::NoPicture);
    }
    if bytes.len() > LARGEST || width > LONGEST || height > LONGEST {
        return Err(Unfit::TooLarge);
    }
    Ok(format)
}

/// The content type of a picture whose name ends as [`read`] said.
pub fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "png")) => "image/png",
        _ => "image/jpeg",
    }
}

/// Format, width and height as the file's head says: IHDR of PNG (ISO/IEC 15948, 11.2.2), or the
/// first frame header of JPEG (ITU-T T.81, B.2.2).
fn size(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
    let number =
        |at: usize| Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?));
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16)? == b"IHDR" {
        return Some(("png", number(16)?, number(20)?));
    }
    bytes.starts_with(&[0xff, 0xd8, 0xff]).then_some(())?;
    let short = |at: usize| -> Option<u32> {
        Some(u32::from(*bytes.get(at)?) << 8 | u32::from(*bytes.get(at.checked_add(1)?)?))
    };
    let mut at = 2_usize;
    loop {
        (*bytes.get(at)? == 0xff).then_some(())?;
        match *bytes.get(at.checked_add(1)?)? {
            // Fill bytes before a marker.
            0xff => at += 1,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some(("jpg", short(at + 7)?, short(at + 5)?));
            }
            _ => at = at.checked_add(2)?.checked_add(usize::try_from(short(at + 2)?).ok()?)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    #[test]
    fn only_pictures_that_run_nothing_are_taken() {
        assert_eq!(read(&png(120, 40)), Ok("png"));
        let jpeg =
            [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 17, 8][..], &[0, 40, 0, 120, 3]];
        assert_eq!(read(&jpeg.concat()), Ok("jpg"));
        assert_eq!(size(&jpeg.concat()), Some(("jpg", 120, 40)));
        for other in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"[..],
            b"GIF89a\x01\0\x01\0",
            b"",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
        ] {
            assert_eq!(read(other), Err(Unfit::NoPicture));
        }
        assert_eq!(read(&png(0, 40)), Err(Unfit::NoPicture));
        assert_eq!(read(&png(4001, 40)), Err(Unfit::TooLarge));
        let mut heavy = png(120, 40);
        heavy.resize(LARGEST + 1, 0);
        assert_eq!(read(&heavy), Err(Unfit::TooLarge));
    }
}
