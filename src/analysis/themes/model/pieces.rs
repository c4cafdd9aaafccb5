//! Cuts text into the pieces of a vocabulary as a unigram model does it (Kudo 2018): the cut of
//! the highest sum of scores, found by dynamic programming.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Stands for a space, so that pieces know where words begin.
pub(super) const SPACE: char = '▁';
/// What stands in front of each piece: its score, its scale, its length.
const HEAD: usize = 9;

/// The pieces of a model, read where they lie: `f32` score, `f32` scale, `u8` length, the bytes.
pub(super) struct Vocabulary {
    bytes: Cow<'static, [u8]>,
    /// Offset of each piece and its number, in the order of the bytes of the pieces.
    index: Vec<(u32, u32)>,
    /// Where the last piece ends.
    pub end: usize,
    /// What a character costs that no piece holds.
    pub unknown: f32,
    /// What a lone mark of a space costs that no piece holds.
    pub space: f32,
}

/// A piece of a text, by its place in the index; nothing for what no piece holds.
pub(super) type Cut = Option<usize>;

impl Vocabulary {
    /// Reads `count` pieces that begin at `at`; only those that `wanted` accepts, by number and
    /// bytes, are cut out of texts.
    pub fn read(
        bytes: Cow<'static, [u8]>,
        at: usize,
        count: u32,
        wanted: impl Fn(u32, &[u8]) -> bool,
    ) -> Option<Self> {
        let mut end = at;
        let mut index = Vec::with_capacity(usize::try_from(count).ok()?.min(bytes.len()));
        for number in 0..count {
            let piece = piece_at(&bytes, end)?;
            if !piece.is_empty() && wanted(number, piece) {
                index.push((u32::try_from(end).ok()?, number));
            }
            end += HEAD + piece.len();
        }
        let text = |offset: u32| piece_at(&bytes, place(offset)).unwrap_or_default();
        index.sort_unstable_by(|a, b| text(a.0).cmp(text(b.0)));
        Some(Self { bytes, index, end, unknown: 0.0, space: 0.0 })
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn piece(&self, offset: u32) -> &[u8] {
        piece_at(&self.bytes, place(offset)).unwrap_or_default()
    }

    /// The number of a piece.
    pub fn number(&self, at: usize) -> Option<usize> {
        self.index.get(at).map(|(_, number)| place(*number))
    }

    pub fn scale(&self, at: usize) -> f32 {
        self.index.get(at).map_or(0.0, |(offset, _)| float(&self.bytes, place(*offset) + 4))
    }

    /// The lowest score of any piece.
    pub fn least(&self) -> f32 {
        self.index.iter().map(|(offset, _)| float(&self.bytes, place(*offset))).fold(0.0, f32::min)
    }

    /// The pieces of a text in which spaces are marked, in order, each with its end.
    pub fn cut(&self, text: &str) -> Vec<(usize, Cut)> {
        let bytes = text.as_bytes();
        let start = Step { score: 0.0, from: 0, piece: None };
        let mut best: Vec<Option<Step>> = vec![None; bytes.len() + 1];
        if let Some(first) = best.first_mut() {
            *first = Some(start);
        }
        for (at, c) in text.char_indices() {
            let Some(score) = best.get(at).copied().flatten().map(|step| step.score) else {
                continue;
            };
            let mut offer = |end: usize, gain: f32, piece: Option<usize>| {
                if let Some(cell) = best.get_mut(end)
                    && cell.is_none_or(|step| score + gain > step.score)
                {
                    *cell = Some(Step { score: score + gain, from: at, piece });
                }
            };
            let mut single = false;
            let mut range = 0..self.index.len();
            for (depth, byte) in bytes.get(at..).unwrap_or_default().iter().enumerate() {
                let entries = self.index.get(range.clone()).unwrap_or_default();
                let byte_of = |entry: &(u32, u32)| self.piece(entry.0).get(depth).copied();
                let low = entries.partition_point(|entry| byte_of(entry) < Some(*byte));
                let rest = entries.get(low..).unwrap_or_default();
                let high = low + rest.partition_point(|entry| byte_of(entry) <= Some(*byte));
                range = range.start + low..range.start + high;
                let Some((offset, _)) = self.index.get(range.start).filter(|_| !range.is_empty())
                else {
                    break;
                };
                if self.piece(*offset).len() == depth + 1 {
                    single |= depth + 1 == c.len_utf8();
                    offer(at + depth + 1, float(&self.bytes, place(*offset)), Some(range.start));
                }
            }
            if !single {
                let gain = if c == SPACE { self.space } else { self.unknown };
                offer(at + c.len_utf8(), gain, None);
            }
        }
        let mut path = Vec::new();
        let mut at = bytes.len();
        while at > 0 {
            let Some(step) = best.get(at).copied().flatten() else { break };
            path.push((at, step.piece));
            at = step.from;
        }
        path.reverse();
        path
    }
}

#[derive(Clone, Copy)]
struct Step {
    score: f32,
    from: usize,
    piece: Cut,
}

fn piece_at(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(*bytes.get(at + HEAD - 1)?);
    bytes.get(at + HEAD..at + HEAD + length)
}

fn place(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// The number that begins at a byte.
pub(super) fn float(bytes: &[u8], at: usize) -> f32 {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0.0, |four| f32::from_le_bytes(*four))
}

/// The words of a text after compatibility normalization, each with its mark of a space.
pub(super) fn words(text: &str) -> Vec<String> {
    let clean: String = text
        .nfkc()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}'))
        .collect();
    clean.split_whitespace().map(|word| format!("{SPACE}{word}")).collect()
}
