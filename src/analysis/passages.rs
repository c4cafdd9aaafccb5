//! A text in passages: sentences, and in long sentences the clauses between which a thought turns.
//!
//! Every passage is a span of bytes on character boundaries, trimmed of white space and of the
//! marks in front of a list item, so that whatever is shown later is a slice of what was written.

mod bounds;

use bounds::{Piece, pieces};

/// No text is cut into more passages than this; longer ones get longer passages.
pub const MOST: usize = 400;

/// The passages of a text, in order, without overlap; none for a text without a letter or digit.
///
/// Sentences end at `.!?;` and `。！？；`, at line breaks and list marks. A sentence of more than ten
/// words is cut before "and", "but", "because" and their like, a Chinese one of more than 24
/// characters at its commas, unless a part would be too short to mean anything. Linear.
pub fn passages(text: &str) -> Vec<(usize, usize)> {
    bounded(text, pieces(text, true))
}

/// The same without cutting sentences: what can stand as a quote.
pub(crate) fn sentences(text: &str) -> Vec<(usize, usize)> {
    bounded(text, pieces(text, false))
}

/// Trims, drops what says nothing and joins neighbours where there are too many.
fn bounded(text: &str, pieces: Vec<Piece>) -> Vec<(usize, usize)> {
    let spans: Vec<(usize, usize)> =
        pieces.into_iter().filter_map(|piece| trimmed(text, piece.start, piece.end)).collect();
    let each = spans.len().div_ceil(MOST).max(1);
    spans.chunks(each).filter_map(|chunk| Some((chunk.first()?.0, chunk.last()?.1))).collect()
}

/// The span without white space and list marks at its edges; nothing when no letter is left.
pub(crate) fn trimmed(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let slice = text.get(start..end)?;
    let front = slice.len() - slice.trim_start_matches(leading).len();
    let rest = slice.get(front..)?;
    let front = front + list_mark(rest);
    let rest = slice.get(front..)?.trim_matches(blank);
    let offset = front + slice.get(front..)?.find(rest).unwrap_or(0);
    rest.chars().any(char::is_alphanumeric).then_some((start + offset, start + offset + rest.len()))
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}')
}

fn leading(c: char) -> bool {
    blank(c)
        || matches!(
            c,
            '-' | '*'
                | '•'
                | '·'
                | '–'
                | '—'
                | '>'
                | '◦'
                | '‣'
                | '▪'
                | '●'
                | ','
                | '，'
                | '、'
                | ';'
                | '；'
                | '.'
                | '。'
                | '!'
                | '！'
                | '?'
                | '？'
                | ':'
                | '：'
        )
}

/// The length of "1. ", "(2) ", "3、" or "a) " in front of a list item.
fn list_mark(text: &str) -> usize {
    let body = text.strip_prefix(['(', '（']).unwrap_or(text);
    let opened = text.len() - body.len();
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letter = usize::from(body.chars().next().is_some_and(|c| c.is_ascii_lowercase()));
    let mark = if (1..=2).contains(&digits) { digits } else { letter };
    let Some(rest) = body.get(mark..).filter(|_| mark > 0) else { return 0 };
    let Some(close) = rest.chars().next() else { return 0 };
    let after = rest.get(close.len_utf8()..).unwrap_or_default();
    let spaced = after.starts_with(char::is_whitespace);
    let closes = match close {
        ')' => spaced || opened > 0 || digits > 0,
        '）' => true,
        '、' | '．' => digits > 0,
        '.' => digits > 0 && spaced,
        _ => false,
    };
    if !closes {
        return 0;
    }
    let gap = after.len() - after.trim_start_matches(blank).len();
    opened + mark + close.len_utf8() + gap
}

#[cfg(test)]
mod tests {
    #![expect(clippy::string_slice, reason = "a test may fail loudly")]

    use super::{MOST, passages, sentences};
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        passages(text).into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            cut(
                "World models, e.g. Dreamer, are next. Dr. Li agrees! Version 3.5 was a hint… And you?"
            ),
            [
                "World models, e.g. Dreamer, are next.",
                "Dr. Li agrees!",
                "Version 3.5 was a hint…",
                "And you?"
            ]
        );
        assert_eq!(cut("他说：“会的。”我不信！真的？"), ["他说：“会的。”", "我不信！", "真的？"]);
    }

    #[test]
    fn lists_and_lines_are_passages_without_their_marks() {
        assert_eq!(
            cut("My bets:\n- robots\r\n* world models\n\n1. memory\n2) agents\n（3）数据\n4、算力"),
            ["My bets:", "robots", "world models", "memory", "agents", "数据", "算力"]
        );
    }

    #[test]
    fn long_sentences_are_cut_where_the_thought_turns() {
        let text = "I would bet on robots that learn from video, but the data for touch is missing \
                    because nobody collects it at scale";
        assert_eq!(
            cut(text),
            [
                "I would bet on robots that learn from video,",
                "but the data for touch is missing",
                "because nobody collects it at scale"
            ]
        );
        assert_eq!(sentences(text).len(), 1);
        assert_eq!(cut("Robots and agents and memory"), ["Robots and agents and memory"]);
    }

    #[test]
    fn long_chinese_sentences_are_cut_at_commas_and_short_ones_are_not() {
        assert_eq!(cut("我觉得是世界模型，也许。"), ["我觉得是世界模型，也许。"]);
        assert_eq!(
            cut(
                "我认为下一个突破会来自能够持续学习的模型，而不是继续扩大参数规模，因为数据已经快用完了。"
            ),
            [
                "我认为下一个突破会来自能够持续学习的模型，",
                "而不是继续扩大参数规模，",
                "因为数据已经快用完了。"
            ]
        );
    }

    #[test]
    fn a_text_without_a_letter_has_no_passage() {
        assert!(cut("").is_empty());
        assert!(cut(" \n… ?! --- 🙂\u{0}").is_empty());
    }

    #[test]
    fn the_number_of_passages_is_bounded_and_no_letter_is_lost() {
        let text = "Short one. ".repeat(9_000);
        let found = passages(&text);
        assert!((MOST / 2..=MOST).contains(&found.len()), "{}", found.len());
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
        let kept: usize = found.iter().map(|(a, b)| letters(&text[*a..*b])).sum();
        assert_eq!(kept, letters(&text));
        assert_eq!(passages(&"一".repeat(100_000)).len(), 1);
    }

    proptest! {
        #[test]
        fn passages_are_trimmed_slices_in_order(text in any::<String>()) {
            let mut last = 0;
            for (start, end) in passages(&text) {
                let slice = text.get(start..end);
                prop_assert!(start >= last && slice.is_some());
                let slice = slice.unwrap();
                prop_assert_eq!(slice.trim(), slice);
                prop_assert!(slice.chars().any(char::is_alphanumeric));
                last = end;
            }
        }

        #[test]
        fn no_words_are_lost(text in "[A-Za-z ,.;!?\n。，]{0,200}") {
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
            let kept: usize = passages(&text).iter().map(|(a, b)| letters(&text[*a..*b])).sum();
            prop_assert_eq!(kept, letters(&text));
        }
    }
}
