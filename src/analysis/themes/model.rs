//! The word vectors that come with the program: what a text is about, as 64 numbers.
//!
//! The file holds `u32` count, `u32` dimensions, then for each piece `f32` score, `f32` scale,
//! `u8` length and its bytes, then one row of `i8` for each piece; all little-endian. It is read
//! where it lies in the program; only an index of the pieces is built, once, when first needed.
//! A text is cut into pieces as a unigram model does it (Kudo 2018): the cut of the highest sum of
//! scores, found by dynamic programming. Its vector is the sum of those of its pieces.

use std::{collections::HashMap, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;

static BYTES: &[u8] = include_bytes!("../../../assets/model/use-static64.bin");
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(BYTES).unwrap_or_default());

/// How many numbers a vector has.
pub(super) const DIMENSIONS: usize = 64;
/// Stands for a space, so that pieces know where words begin.
const SPACE: char = '▁';
/// Score of the lone mark of a space, which the file leaves out because it means nothing.
const SPACE_SCORE: f32 = -3.5;
/// How much worse a character without a piece is than the worst piece.
const UNKNOWN: f32 = -28.832_836;

#[derive(Default)]
struct Model {
    /// Offset of each piece in the file and its number, in the order of the bytes of the pieces.
    index: Vec<(u32, u32)>,
    /// Where the rows begin.
    rows: usize,
}

impl Model {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let count = u32::from_le_bytes(*bytes.first_chunk()?);
        let dimensions = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?);
        if usize::try_from(dimensions) != Ok(DIMENSIONS) {
            return None;
        }
        let mut at = 8;
        let mut index = Vec::with_capacity(usize::try_from(count).ok()?);
        for number in 0..count {
            let piece = piece(at);
            // Three pieces are not text, but marks of the encoder the vectors come from.
            if !piece.is_empty() && !piece.starts_with(b"extra_token_id") {
                index.push((u32::try_from(at).ok()?, number));
            }
            at += 9 + usize::from(*bytes.get(at + 8)?);
        }
        index.sort_unstable_by(|a, b| piece(place(a.0)).cmp(piece(place(b.0))));
        Some(Self { index, rows: at })
    }
}

fn place(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

fn piece(at: usize) -> &'static [u8] {
    let length = BYTES.get(at + 8).copied().map_or(0, usize::from);
    BYTES.get(at + 9..at + 9 + length).unwrap_or_default()
}

fn float(at: usize) -> f32 {
    BYTES
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0.0, |four| f32::from_le_bytes(*four))
}

/// A piece of a text: where it ends, and its place in the index unless it is unknown.
#[derive(Clone, Copy)]
struct Step {
    score: f32,
    from: usize,
    piece: Option<usize>,
}

/// Cuts one word, which begins with the mark of a space unless it follows without one.
fn cut(word: &str) -> Vec<(usize, Option<usize>)> {
    let bytes = word.as_bytes();
    let start = Step { score: 0.0, from: 0, piece: None };
    let mut best: Vec<Option<Step>> = vec![None; bytes.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = Some(start);
    }
    for (at, c) in word.char_indices() {
        let Some(score) = best.get(at).copied().flatten().map(|step| step.score) else { continue };
        let mut offer = |end: usize, gain: f32, piece: Option<usize>| {
            if let Some(cell) = best.get_mut(end)
                && cell.is_none_or(|step| score + gain > step.score)
            {
                *cell = Some(Step { score: score + gain, from: at, piece });
            }
        };
        let mut single = false;
        let mut range = 0..MODEL.index.len();
        for (depth, byte) in bytes.get(at..).unwrap_or_default().iter().enumerate() {
            let entries = MODEL.index.get(range.clone()).unwrap_or_default();
            let byte_of = |entry: &(u32, u32)| piece(place(entry.0)).get(depth).copied();
            let low = entries.partition_point(|entry| byte_of(entry) < Some(*byte));
            let high = entries.partition_point(|entry| byte_of(entry) <= Some(*byte));
            range = range.start + low..range.start + high;
            let Some((offset, _)) = MODEL.index.get(range.start).filter(|_| !range.is_empty())
            else {
                break;
            };
            let offset = place(*offset);
            if piece(offset).len() == depth + 1 {
                single |= depth + 1 == c.len_utf8();
                offer(at + depth + 1, float(offset), Some(range.start));
            }
        }
        if !single {
            let gain = if c == SPACE { SPACE_SCORE } else { UNKNOWN };
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

/// Turns texts into vectors and remembers the words it has seen.
#[derive(Default)]
pub(super) struct Embedder {
    words: HashMap<String, [f32; DIMENSIONS]>,
}

impl Embedder {
    /// The vector of a text, of length one; zeros for a text without a known piece.
    pub fn embed(&mut self, text: &str) -> [f32; DIMENSIONS] {
        let mut sum = [0.0; DIMENSIONS];
        for word in words(text) {
            let vector = if word.len() > 48 {
                vector(&word)
            } else {
                *self.words.entry(word).or_insert_with_key(|word| vector(word))
            };
            super::matrix::add(&mut sum, &vector, 1.0);
        }
        super::matrix::unit(&mut sum);
        sum
    }
}

/// The words of a text after compatibility normalization, each with its mark of a space.
fn words(text: &str) -> Vec<String> {
    let clean: String = text
        .nfkc()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}'))
        .collect();
    clean.split_whitespace().map(|word| format!("{SPACE}{word}")).collect()
}

fn vector(word: &str) -> [f32; DIMENSIONS] {
    let mut sum = [0.0; DIMENSIONS];
    for (offset, number) in cut(word).into_iter().filter_map(|(_, piece)| MODEL.index.get(piece?)) {
        let scale = float(place(*offset) + 4);
        let from = MODEL.rows + place(*number) * DIMENSIONS;
        let row = BYTES.get(from..from + DIMENSIONS).unwrap_or_default();
        for (value, byte) in sum.iter_mut().zip(row) {
            *value += scale * f32::from(byte.cast_signed());
        }
    }
    sum
}

#[cfg(test)]
mod tests;
