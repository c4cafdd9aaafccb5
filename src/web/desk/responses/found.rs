//! Searching the open answers.

use crate::analysis::search::find;
use crate::domain::{Answer, QuestionId, ResponseId};
use crate::insight::Material;

/// An open answer that is listed, with the spans in it that were searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// Whose.
    pub response: ResponseId,
    /// To which question.
    pub question: QuestionId,
    /// The answer.
    pub text: &'a str,
    /// Byte spans of what was searched for.
    pub spans: Vec<(usize, usize)>,
}

/// The open answers that hold every one of the wanted words, latest response first; all of them
/// when nothing is wanted.
pub(super) fn search<'a>(material: &'a Material, wanted: &str) -> Vec<Found<'a>> {
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let mut found = vec![];
    for voice in material.voices.iter().rev() {
        for asked in &material.questions {
            let Some(Answer::Open(text)) = voice.answer(asked.id) else { continue };
            let mut spans = vec![];
            let all = words.iter().all(|word| {
                let at = find(word, text);
                spans.extend_from_slice(&at);
                !at.is_empty()
            });
            if all {
                let (response, question) = (voice.response.id, asked.id);
                found.push(Found { response, question, text, spans: joined(spans) });
            }
        }
    }
    found
}

/// Overlapping spans become one.
fn joined(mut spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    spans.sort_unstable();
    let mut joined: Vec<(usize, usize)> = vec![];
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// The text cut into pieces: plain ones and, marked true, those that were searched for.
pub(super) fn pieces<'a>(text: &'a str, spans: &[(usize, usize)]) -> Vec<(&'a str, bool)> {
    let mut pieces = vec![];
    let mut at = 0;
    for (start, end) in spans {
        pieces.extend(text.get(at..*start).map(|piece| (piece, false)));
        pieces.extend(text.get(*start..*end).map(|piece| (piece, true)));
        at = *end;
    }
    pieces.extend(text.get(at..).map(|piece| (piece, false)));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_spans_become_one_and_the_pieces_make_the_text() {
        let spans = joined(vec![(4, 6), (0, 2), (1, 3)]);
        assert_eq!(spans, [(0, 3), (4, 6)]);
        let pieces = pieces("abcdefg", &spans);
        assert_eq!(pieces, [("abc", true), ("d", false), ("ef", true), ("g", false)]);
    }
}
