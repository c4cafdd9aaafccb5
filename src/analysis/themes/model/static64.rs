//! The model that comes with the program: 64 numbers for each of 93,989 word pieces.
//!
//! The file holds `u32` count, `u32` dimensions, then for each piece `f32` score, `f32` scale,
//! `u8` length and its bytes, then one row of `i8` for each piece; all little-endian. It is read
//! where it lies in the program; only an index of the pieces is built, once, when first needed.
//! The vector of a text is the sum of those of its pieces.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use super::pieces::{Vocabulary, words};
use crate::analysis::themes::matrix::{add, unit};

static BYTES: &[u8] = include_bytes!("../../../../assets/model/use-static64.bin");
static PIECES: LazyLock<Option<Vocabulary>> = LazyLock::new(read);

/// How many numbers a vector has.
pub(super) const DIMENSIONS: usize = 64;
/// Score of the lone mark of a space, which the file leaves out because it means nothing.
const SPACE_SCORE: f32 = -3.5;
/// How much worse a character without a piece is than the worst piece.
const UNKNOWN: f32 = -28.832_836;
/// Longer words are not remembered.
const REMEMBERED: usize = 48;

pub(super) type Vector = [f32; DIMENSIONS];

fn read() -> Option<Vocabulary> {
    let count = u32::from_le_bytes(*BYTES.first_chunk()?);
    let dimensions = u32::from_le_bytes(*BYTES.get(4..)?.first_chunk()?);
    if usize::try_from(dimensions) != Ok(DIMENSIONS) {
        return None;
    }
    // Three pieces are not text, but marks of the encoder the vectors come from.
    let text = |_, piece: &[u8]| !piece.starts_with(b"extra_token_id");
    let mut pieces = Vocabulary::read(Cow::Borrowed(BYTES), 8, count, text)?;
    (pieces.unknown, pieces.space) = (UNKNOWN, SPACE_SCORE);
    Some(pieces)
}

/// The vocabulary, for tests.
#[cfg(test)]
pub(super) fn vocabulary() -> Option<&'static Vocabulary> {
    PIECES.as_ref()
}

/// The words that were seen, with their vectors.
#[derive(Default)]
pub(super) struct Words(HashMap<String, Vector>);

impl Words {
    /// The vector of a text, of length one; zeros for a text without a known piece.
    pub fn embed(&mut self, text: &str) -> Vector {
        let mut sum = [0.0; DIMENSIONS];
        for word in words(text) {
            let vector = if word.len() > REMEMBERED {
                vector(&word)
            } else {
                *self.0.entry(word).or_insert_with_key(|word| vector(word))
            };
            add(&mut sum, &vector, 1.0);
        }
        unit(&mut sum);
        sum
    }
}

fn vector(word: &str) -> Vector {
    let mut sum = [0.0; DIMENSIONS];
    let Some(pieces) = PIECES.as_ref() else { return sum };
    for at in pieces.cut(word).into_iter().filter_map(|(_, piece)| piece) {
        let Some(number) = pieces.number(at) else { continue };
        let scale = pieces.scale(at);
        let from = pieces.end + number * DIMENSIONS;
        let row = BYTES.get(from..from + DIMENSIONS).unwrap_or_default();
        for (value, byte) in sum.iter_mut().zip(row) {
            *value += scale * f32::from(byte.cast_signed());
        }
    }
    sum
}
