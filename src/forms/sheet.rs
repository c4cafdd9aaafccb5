//! Tables of text, and text with the marks of web pages in it.

use csv::{ReaderBuilder, StringRecord};

/// Bytes as text: UTF-8, UTF-16 with its mark, else Windows-1252.
pub(super) fn text(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_with_bom_removal(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// The rows of a table, however long each is; what breaks off ends it.
pub(super) fn rows(text: &str, separator: u8) -> Vec<StringRecord> {
    let reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader.into_records().map_while(Result::ok).collect()
}

/// Tags that stand within a line.
const INLINE: [&str; 11] = ["a", "b", "em", "font", "i", "s", "span", "strong", "sub", "sup", "u"];

/// A text without the tags of HTML and Markdown's stars around words, in one line; what stood in
/// paragraphs is parted by a space.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        if let Some((tag, after)) = after.split_once('>').filter(|_| tag) {
            // A tag inside a line parts no words.
            let tag = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            if !INLINE.contains(&tag.to_ascii_lowercase().as_str()) {
                out.push(' ');
            }
            rest = after;
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    for (entity, character) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        if out.contains(entity) {
            out = out.replace(entity, character);
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    let joined = words.join(" ");
    joined.replace("**", "")
}

/// Whether a text is Chinese for the most part: the language of forms that do not say theirs.
pub(super) fn language(texts: &str) -> &'static str {
    let han = texts.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    let letters = texts.chars().filter(|c| c.is_alphabetic()).count();
    if han * 3 > letters { "zh" } else { "en" }
}
