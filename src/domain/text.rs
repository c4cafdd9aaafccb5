//! What is done to typed text at the door, and nothing more: what a reader wrote is kept.

/// Text as it is kept: NUL removed (PostgreSQL cannot store it), the line ends of the wire
/// (CRLF) turned back into those of the text area (LF). Everything else stays as typed.
pub fn at_the_door(typed: &str) -> String {
    if !typed.contains(['\0', '\r']) {
        return typed.to_owned();
    }
    typed.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n")
}

/// One line: control characters and line ends become spaces, ends trimmed, at most `most`
/// characters. For names, titles, options: things that are shown inside a sentence.
pub fn one_line(typed: &str, most: usize) -> String {
    let mut line = String::new();
    for word in typed.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.chars().take(most).collect()
}

/// The first `most` characters, with "…" where something was left out.
pub fn shortened(text: &str, most: usize) -> String {
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(most).collect();
    if characters.next().is_some() {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_be_kept_is_changed() {
        assert_eq!(at_the_door("a\0b\r\nc\rd\u{202e}é😀"), "ab\nc\nd\u{202e}é😀");
        assert_eq!(one_line("  A\r\nBcc: x \u{7}", 80), "A Bcc: x");
        assert_eq!(shortened("意见很多很多", 4), "意见很多…");
    }
}
