//! How wide and high a picture is, as the head of its file says. Nothing is unpacked.

use super::{Format, Head};

/// Format, width and height; none where the bytes are no picture of a known format.
pub(super) fn of(bytes: &[u8]) -> Option<Head> {
    let (format, (width, height)) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (Format::Png, png(bytes)?)
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        (Format::Jpeg, jpeg(bytes)?)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        (Format::Gif, (little(bytes, 6, 2)?, little(bytes, 8, 2)?))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12)? == b"WEBP" {
        (Format::WebP, webp(bytes)?)
    } else if bytes.get(4..8)? == b"ftyp" {
        (Format::Avif, avif(bytes)?)
    } else {
        return None;
    };
    Some(Head { format, width, height })
}

/// A number of `length` bytes, the highest first.
fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().fold(0, |number, digit| number << 8 | u32::from(*digit)))
}

/// A number of `length` bytes, the lowest first.
fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().rev().fold(0, |number, digit| number << 8 | u32::from(*digit)))
}

/// IHDR (ISO/IEC 15948, 11.2.2).
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?))
}

/// The first frame header (ITU-T T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2_usize;
    loop {
        (*bytes.get(at)? == 0xff).then_some(())?;
        match *bytes.get(at.checked_add(1)?)? {
            // Fill bytes before a marker.
            0xff => at += 1,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
            }
            _ => {
                let length = usize::try_from(big(bytes, at + 2, 2)?).ok()?;
                at = at.checked_add(2)?.checked_add(length)?;
            }
        }
    }
}

/// The extended, the lossless or the lossy header (RFC 9649, 2.5 to 2.7).
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        b"VP8L" => {
            (*bytes.get(20)? == 0x2f).then_some(())?;
            let sides = little(bytes, 21, 4)?;
            Some(((sides & 0x3fff) + 1, (sides >> 14 & 0x3fff) + 1))
        }
        b"VP8 " => {
            (bytes.get(23..26)? == [0x9d, 0x01, 0x2a]).then_some(())?;
            Some((little(bytes, 26, 2)? & 0x3fff, little(bytes, 28, 2)? & 0x3fff))
        }
        _ => None,
    }
}

/// The largest extent among the image's properties (ISO/IEC 23008-12, 6.5.3, within
/// `meta/iprp/ipco`): those of tiles and of what makes parts see-through are no larger.
fn avif(bytes: &[u8]) -> Option<(u32, u32)> {
    let (_, brands) = boxes(bytes).next()?;
    let is_avif = |brand: &[u8]| brand == b"avif" || brand == b"avis";
    let named = (0..).step_by(4).map_while(|at| brands.get(at..at + 4)).take(64).any(is_avif);
    named.then_some(())?;
    let within = |bytes, name: &[u8; 4]| boxes(bytes).find(|(found, _)| found == name);
    let (_, meta) = within(bytes, b"meta")?;
    let (_, properties) = within(meta.get(4..)?, b"iprp")?;
    let (_, all) = within(properties, b"ipco")?;
    let extents = boxes(all).filter(|(name, _)| name == b"ispe");
    let extents = extents.filter_map(|(_, held)| Some((big(held, 4, 4)?, big(held, 8, 4)?)));
    extents.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

/// The boxes that stand one after the other (ISO/IEC 14496-12, 4.2), at most so many: their names
/// and what they hold. One whose length makes no sense is the last.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..)?;
        let name: [u8; 4] = rest.get(4..8)?.try_into().ok()?;
        let length = match big(rest, 0, 4)? {
            0 => rest.len(),
            length => usize::try_from(length).ok()?,
        };
        let held = rest.get(8..length.min(rest.len()))?;
        at = at.checked_add(length)?;
        Some((name, held))
    })
    .take(1000)
}
