//! Words in pictures. SVG breaks no lines, so they are broken here, by an estimate of how wide
//! letters are that is rather too wide than too narrow.

use maud::{Markup, html};
use unicode_segmentation::UnicodeSegmentation as _;

/// About how wide a text is at this size, in pixels.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(ems).sum::<f64>() * size
}

/// How wide a character is, in parts of the size of its font.
fn ems(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' => 0.3,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' | '"' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' => 0.95,
        'A'..='Z' => 0.7,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        '\0'..='\u{24ff}' => 0.58,
        // Chinese, full-width forms, emoji and whatever else is not known to be narrow.
        _ => 1.05,
    }
}

/// The text in lines of at most `room` pixels: at spaces, between Chinese characters, and where
/// a word is longer than a line, inside it.
pub fn wrapped(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces(text) {
        let wide = width(piece, size);
        // The space at the end of a line takes no room.
        if used + width(piece.trim_end(), size) > room && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0.0;
        }
        if width(piece.trim_end(), size) <= room {
            line.push_str(piece);
            used += wide;
            continue;
        }
        for letter in piece.graphemes(true) {
            let wide = width(letter, size);
            if used + wide > room && !line.is_empty() {
                lines.push(line.trim_end().to_owned());
                line.clear();
                used = 0.0;
            }
            line.push_str(letter);
            used += wide;
        }
    }
    let last = line.trim_end();
    if !last.is_empty() || lines.is_empty() {
        lines.push(last.to_owned());
    }
    lines
}

/// What stays together: words with the space after them, Chinese characters with the marks that
/// may not begin a line.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = vec![];
    let mut start = 0;
    let mut before: Option<&str> = None;
    for (at, letter) in text.grapheme_indices(true) {
        let wide = |letter: &str| letter.chars().next().is_some_and(|c| ems(c) > 1.0);
        let closing = letter.chars().all(|c| "，。、；：？！）」』”’》…".contains(c));
        let breaks = before.is_some_and(|before| {
            let space = before.trim().is_empty();
            (space && !letter.trim().is_empty())
                || ((wide(letter) || wide(before)) && !space && !letter.trim().is_empty())
        });
        let opening = before.is_some_and(|before| before.chars().all(|c| "（「『“‘《".contains(c)));
        if breaks && !closing && !opening {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = Some(letter);
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// Lines under each other, the first with its base at `y`.
pub fn block(
    lines: &[String],
    x: impl std::fmt::Display,
    y: f64,
    step: f64,
    class: &str,
) -> Markup {
    let mut at = y - step;
    html! {
        @for line in lines {
            @let () = at += step;
            text class=[Some(class).filter(|class| !class.is_empty())] x=(x) y=(super::px(at)) { (line) }
        }
    }
}

/// A number of lines, to calculate with.
pub fn lines(count: usize) -> f64 {
    super::number(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_the_room_and_no_letter_is_lost() {
        let long =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        let chinese = "人工智能的下一个突破，会出现在合成数据、验证（还是“更好的工具”）之中？我们想听听您的看法。";
        let mixed = "Use GPT 来写 code, 然后 verify 它 👩‍👩‍👧 twice.";
        for text in [long, chinese, mixed, "", " ", "A short one", &"word ".repeat(60)] {
            let lines = wrapped(text, 200.0, 14.0);
            for line in &lines {
                assert!(width(line, 14.0) <= 200.0, "{line}");
                assert!(!line.starts_with(['，', '。', '？', '）']), "{line}");
            }
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
        assert_eq!(wrapped("A short one", 200.0, 14.0), ["A short one"]);
    }
}
