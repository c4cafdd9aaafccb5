//! Searching the open answers.

use std::sync::Arc;

use crate::analysis::search::Wanted;
use crate::domain::{Answer, QuestionId, ResponseId};
use crate::insight::Insight;

/// What was searched for, and where it was found.
pub(super) struct Found {
    insight: Arc<Insight>,
    wanted: Wanted,
    /// Which response, and which question.
    places: Vec<(usize, usize)>,
}

/// An open answer that is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit<'a> {
    /// Whose.
    pub response: ResponseId,
    /// To which question.
    pub question: QuestionId,
    /// The answer.
    pub text: &'a str,
}

impl Found {
    /// The open answers that hold everything that is wanted (see [`Wanted::new`]), latest response
    /// first; all of them when nothing is. Of a hundred thousand responses it takes a moment.
    pub(super) fn search(insight: Arc<Insight>, wanted: &str) -> Self {
        let wanted = Wanted::new(wanted);
        let material = &insight.material;
        let mut places = vec![];
        for (at, voice) in material.voices.iter().enumerate().rev() {
            for (of, asked) in material.questions.iter().enumerate() {
                let Some(Answer::Open(text)) = voice.answer(asked.id) else { continue };
                if wanted.is_in(text) {
                    places.push((at, of));
                }
            }
        }
        Self { insight, wanted, places }
    }

    /// How many answers there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// So many of them, after so many others.
    pub(super) fn some(&self, after: usize, many: usize) -> impl Iterator<Item = Hit<'_>> {
        let material = &self.insight.material;
        self.places.iter().skip(after).take(many).filter_map(|(at, of)| {
            let voice = material.voices.get(*at)?;
            let question = material.questions.get(*of)?.id;
            let Some(Answer::Open(text)) = voice.answer(question) else { return None };
            Some(Hit { response: voice.response.id, question, text })
        })
    }

    /// The byte spans of a text that were searched for.
    pub(super) fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        joined(self.wanted.find(text))
    }
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
