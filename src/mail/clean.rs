//! Foreign text made safe for the places of a mail where it is put.

/// One line of at most `most` characters, for names, titles, subjects and labels: line ends and
/// control characters become one space, marks that turn the writing direction around are dropped
/// (they would reorder what we say around them), and what looks like an encoded word (RFC 2047)
/// is broken up, so that nobody's title is decoded into something else.
pub fn line(text: &str, most: usize) -> String {
    let mut line = String::new();
    let mut length = 0_usize;
    let mut gap = false;
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() {
            gap = length > 0;
            continue;
        }
        if turns_direction(character) {
            continue;
        }
        if gap || (character == '?' && line.ends_with('=')) {
            line.push(' ');
            length += 1;
            gap = false;
        }
        line.push(character);
        length += 1;
        if length > most {
            return shortened(&line, most);
        }
    }
    line
}

fn shortened(line: &str, most: usize) -> String {
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Text of several lines: line ends become LF, other control characters except the tab vanish.
pub fn lines(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| *c == '\n' || *c == '\t' || !c.is_control();
    unix.chars().filter(kept).collect::<String>().trim().to_owned()
}

/// Whether a text is an address that may stand behind a link: `http` or `https`, printable
/// ASCII, no brackets or quotes, at most 900 characters (a header line holds 998, RFC 5322).
pub fn is_link(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
        && address.len() <= 900
        && address.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"'))
}

/// The marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9).
fn turns_direction(character: char) -> bool {
    matches!(
        character,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  A\r\nBcc: x\u{7} \u{202e}y ", 80), "A Bcc: x y");
        assert_eq!(line("=?utf-8?q?=0d=0a?=", 80), "= ?utf-8?q?=0d=0a?=");
        assert_eq!(line("意见很多很多", 4), "意见很…");
        assert_eq!(line("four", 4), "four");
        assert_eq!(line(&"x".repeat(10_000), 70).chars().count(), 70);
        assert_eq!(line("", 70), "");
    }

    #[test]
    fn several_lines_stay_several() {
        assert_eq!(lines("a\r\nb\rc\0\u{1b}d\n"), "a\nb\ncd");
    }

    #[test]
    fn only_plain_web_addresses_are_links() {
        assert!(is_link("https://example.org/a?b=c&d=%20#e"));
        assert!(is_link("http://localhost:8080/"));
        for wrong in [
            "javascript:alert(1)",
            "https://",
            "https://a b",
            "https://a\r\nBcc: x",
            "https://a>",
            "https://例え",
            "mailto:a@b",
            "",
        ] {
            assert!(!is_link(wrong), "{wrong}");
        }
    }
}
