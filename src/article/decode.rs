//! Bytes of a file to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// So much of a file shows in which encoding it is.
const SHOWS: usize = 256 << 10;

/// Reads UTF-8 and UTF-16, or else the encoding that a page names or that the bytes look like.
/// Control characters go, lines end with `\n`.
pub fn decode(bytes: &[u8]) -> String {
    decode_as(bytes, None)
}

/// As [`decode`]; `said`: the encoding that whoever sent the bytes names, such as `gb2312`. What
/// is UTF-8 is read as that, whatever is said of it.
pub(super) fn decode_as(bytes: &[u8], said: Option<&str>) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').into(),
        Err(_) => encoding(bytes, said).decode(bytes).0,
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Whether bytes are no text in any encoding: a picture, a program, an archive.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let begin = bytes.get(..SHOWS).unwrap_or(bytes);
    if utf16(begin).is_some() {
        return false;
    }
    let odd = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    begin.iter().filter(odd).count() * 50 > begin.len()
}

fn encoding(bytes: &[u8], said: Option<&str>) -> &'static Encoding {
    let begin = bytes.get(..SHOWS).unwrap_or(bytes);
    let named = said.map(str::to_owned).or_else(|| named(begin));
    let named = named.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    // A page that says UTF-16 of itself in letters of one byte is not in UTF-16.
    let named = named.filter(|named| *named != UTF_16LE && *named != UTF_16BE);
    utf16(begin).or(mostly_utf8(begin)).or(named).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(begin, begin.len() == bytes.len());
        detector.guess(None, Utf8Detection::Deny)
    })
}

/// UTF-16 with a mark, or with every other byte of its many Latin letters zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let zeros = |at: fn(&[u8; 2]) -> u8| pairs.iter().filter(|pair| at(pair) == 0).count();
    let (first, second) = (zeros(|[first, _]| *first), zeros(|[_, second]| *second));
    match pairs.len() {
        0..4 => None,
        many if second * 4 > many && first * 50 < many => Some(UTF_16LE),
        many if first * 4 > many && second * 50 < many => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 in which some bytes are damaged: most of what is beyond ASCII reads well.
fn mostly_utf8(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good > bad * 20).then_some(UTF_8)
}

/// The encoding that a page names in its head.
fn named(bytes: &[u8]) -> Option<String> {
    let begin = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, after) = begin.split_once("charset=").or_else(|| begin.split_once("encoding="))?;
    let name = after.trim_start_matches(['"', '\'', ' ']);
    let is_name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    Some(name.chars().take_while(is_name).collect()).filter(|name: &String| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_kind_become_text() {
        let chinese = "智能的下半场：下一个突破会出现在哪里？你会怎么下注？";
        let gb = encoding_rs::GB18030.encode(chinese).0;
        let big5 =
            encoding_rs::BIG5.encode("智能的下半場：下一個突破會出現在哪裡？你會怎麼下注？").0;
        for (bytes, text) in [
            (&b"\xEF\xBB\xBFa\r\nb\0"[..], "a\nb"),
            (b"\xFF\xFEa\0b\0", "ab"),
            (b"\xFE\xFF\0a\0b", "ab"),
            (b"w\0o\0r\0d\0s\0", "words"),
            (b"\0w\0o\0r\0d\0s", "words"),
            (b"caf\xE9 na\xEFve", "café naïve"),
            (&gb, chinese),
            (&big5, "智能的下半場：下一個突破會出現在哪裡？你會怎麼下注？"),
            (b"\xE7\x88\xB1".repeat(50).as_slice(), &"爱".repeat(50)),
        ] {
            assert_eq!(decode(bytes), text);
            assert!(!is_binary(bytes) || bytes.len() <= 8, "{text}");
        }
        let broken = [&b"\xE7\x88\xB1".repeat(50)[..], b"\xFF"].concat();
        assert_eq!(decode(&broken), format!("{}\u{fffd}", "爱".repeat(50)));
        let page =
            [b"<meta charset=shift_jis>".to_vec(), encoding_rs::SHIFT_JIS.encode("問い").0.into()];
        assert_eq!(decode(&page.concat()), "<meta charset=shift_jis>問い");
        assert_eq!(decode_as(b"\xEE\xE5", Some("koi8-r")), "НЕ");
        assert!(is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"));
    }
}
