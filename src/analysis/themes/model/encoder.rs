//! Google's multilingual Universal Sentence Encoder 3 (Yang et al. 2019, the small convolutional
//! one), computed here: pieces, the features of two, three and five of them in a row, their mean,
//! and four dense layers. 512 numbers for a text in any of sixteen languages.
//!
//! Much of it does not depend on what stands beside a piece, and texts share their pieces: that is
//! computed once for each of them ([`Known`]), which takes half of the time away.
//!
//! The file holds a mark, `u32` count, the pieces as [`Vocabulary`] reads them, one row of 512
//! bytes for each piece, and the arrays named in [`ARRAYS`] as `f32`; all little-endian.

mod known;

use std::{borrow::Cow, collections::BTreeSet};

use ndarray::{Array1, Array2, ArrayView2, Axis, Slice, Zip};

use super::pieces::{Vocabulary, float};
use known::Known;

/// What the file begins with.
pub(super) const MAGIC: &[u8] = b"colloquy use-m3\n";
/// How many numbers a vector has.
pub(super) const DIMENSIONS: usize = 512;
/// Pieces are quantized in so many parts, each with a scale of its own.
pub(super) const PARTS: usize = 17;
/// The arrays of the file, in order.
pub(super) const ARRAYS: [&str; 36] = [
    "scale", "lo", "proj2", "proj_b2", "ln_g2", "ln_b2", "w1_2", "b1_2", "w2_2", "b2_2", "proj3",
    "proj_b3", "ln_g3", "ln_b3", "w1_3", "b1_3", "w2_3", "b2_3", "proj5", "proj_b5", "ln_g5",
    "ln_b5", "w1_5", "b1_5", "w2_5", "b2_5", "ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "p1",
    "d2", "p3", "d3",
];
/// Features of each width of window.
const FEATURES: usize = 256;
const WIDTHS: [usize; 3] = [2, 3, 5];
const ALL: usize = DIMENSIONS + WIDTHS.len() * FEATURES;
const HIDDEN: usize = 320;
const EPSILON: f32 = 1e-12;
/// A character that no piece holds is so much worse than the worst piece.
const UNKNOWN: f32 = -10.0;
/// The numbers of the pieces that stand for the unknown, a beginning and an end.
const MARKS: [usize; 3] = [0, 1, 2];
/// Texts are read together until they have so many pieces.
const TOGETHER: usize = 384;
/// Texts share what is known of their pieces until so many are known: 16 MB.
const SHARED: usize = 1_024;
/// No more pieces of a text are read.
const MOST: usize = 4_096;

/// The model, ready to be used.
pub(super) struct Encoder {
    pieces: Vocabulary,
    scale: Vec<f32>,
    low: Vec<f32>,
    projection: Array2<f32>,
    projected: Norm,
    windows: Vec<Window>,
    features: Norm,
    mean: Array2<f32>,
    mean_bias: Array1<f32>,
    dense: [Array2<f32>; 6],
}

struct Window {
    width: usize,
    /// How many pieces before its own a window sees.
    before: usize,
    /// For a piece at each place of a window, side by side.
    first: (Array2<f32>, Array1<f32>),
    second: (Array2<f32>, Array1<f32>),
}

/// Layer normalization after a bias.
struct Norm {
    bias: Array1<f32>,
    gain: Array1<f32>,
    shift: Array1<f32>,
}

impl Norm {
    fn apply(&self, rows: &mut Array2<f32>) {
        *rows += &self.bias;
        for mut row in rows.rows_mut() {
            let mean = row.mean().unwrap_or(0.0);
            row -= mean;
            let spread = row.dot(&row) / row.len().max(1).to_float();
            row *= 1.0 / (spread + EPSILON).sqrt();
            row *= &self.gain;
            row += &self.shift;
        }
    }
}

trait ToFloat {
    fn to_float(self) -> f32;
}

impl ToFloat for usize {
    fn to_float(self) -> f32 {
        u16::try_from(self).map_or(f32::from(u16::MAX), f32::from)
    }
}

/// The columns of one set of features.
fn part_of(at: usize) -> Slice {
    Slice::from(at * FEATURES..(at + 1) * FEATURES)
}

/// Takes one array after the other out of the file.
struct Arrays<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Arrays<'_> {
    fn one(&mut self, length: usize) -> Option<Vec<f32>> {
        let end = self.at + 4 * length;
        let slice = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(slice.chunks_exact(4).map(|four| float(four, 0)).collect())
    }

    fn vector(&mut self, length: usize) -> Option<Array1<f32>> {
        self.one(length).map(Array1::from)
    }

    fn matrix(&mut self, rows: usize, columns: usize) -> Option<Array2<f32>> {
        Array2::from_shape_vec((rows, columns), self.one(rows * columns)?).ok()
    }
}

impl Encoder {
    /// Reads the file; nothing if it is not whole.
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let count = u32::from_le_bytes(*bytes.get(MAGIC.len()..)?.first_chunk()?);
        let known = |number: u32, _: &[u8]| number > 2;
        let mut pieces = Vocabulary::read(Cow::Owned(bytes), MAGIC.len() + 4, count, known)?;
        pieces.unknown = pieces.least() + UNKNOWN;
        pieces.space = pieces.unknown;
        let table = usize::try_from(count).ok()?.next_multiple_of(PARTS) * DIMENSIONS;
        let mut arrays = Arrays { bytes: pieces.bytes(), at: pieces.end + table };
        let (scale, low) = (arrays.one(PARTS)?, arrays.one(PARTS)?);
        let mut projection = Array2::zeros((DIMENSIONS, WIDTHS.len() * FEATURES));
        let (mut bias, mut gain, mut shift) = (vec![], vec![], vec![]);
        let mut windows = Vec::new();
        for (at, width) in WIDTHS.into_iter().enumerate() {
            let part = arrays.matrix(DIMENSIONS, FEATURES)?;
            projection.slice_axis_mut(Axis(1), part_of(at)).assign(&part);
            bias.extend(arrays.one(FEATURES)?);
            gain.extend(arrays.one(FEATURES)?);
            shift.extend(arrays.one(FEATURES)?);
            let mut layer =
                || Some((arrays.matrix(width * FEATURES, FEATURES)?, arrays.vector(FEATURES)?));
            let ((first, bias_of_first), second) = (layer()?, layer()?);
            let first = (side_by_side(&first), bias_of_first);
            windows.push(Window { width, before: (width - 1) / 2, first, second });
        }
        let projected = Norm { bias: bias.into(), gain: gain.into(), shift: shift.into() };
        let features = Norm {
            bias: Array1::zeros(ALL),
            gain: arrays.vector(ALL)?,
            shift: arrays.vector(ALL)?,
        };
        let mean = arrays.matrix(ALL, DIMENSIONS)?;
        let mean_bias = arrays.vector(DIMENSIONS)?;
        let dense = [
            arrays.matrix(DIMENSIONS, HIDDEN)?,
            arrays.matrix(HIDDEN, HIDDEN)?,
            arrays.matrix(DIMENSIONS, HIDDEN)?,
            arrays.matrix(HIDDEN, DIMENSIONS)?,
            arrays.matrix(HIDDEN, DIMENSIONS)?,
            arrays.matrix(DIMENSIONS, DIMENSIONS)?,
        ];
        let whole = arrays.at == arrays.bytes.len();
        whole.then_some(Self {
            pieces,
            scale,
            low,
            projection,
            projected,
            windows,
            features,
            mean,
            mean_bias,
            dense,
        })
    }

    /// The numbers of the pieces of a text, between a beginning and an end.
    pub fn pieces(&self, text: &str) -> Vec<usize> {
        let [unknown, beginning, end] = MARKS;
        let marked: String = super::pieces::words(text).concat();
        let mut out = vec![beginning];
        for (_, piece) in self.pieces.cut(&marked).into_iter().take(MOST) {
            let number = piece.and_then(|at| self.pieces.number(at)).unwrap_or(unknown);
            // What is unknown in a row is one.
            if number != unknown || out.last() != Some(&unknown) {
                out.push(number);
            }
        }
        out.push(end);
        out
    }

    /// The vectors of texts, each of length one; zeros for a text without a letter.
    pub fn encode(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let pieces: Vec<Vec<usize>> = texts.iter().map(|text| self.pieces(text)).collect();
        let mut out = Vec::with_capacity(texts.len());
        let mut rest = pieces.as_slice();
        while !rest.is_empty() {
            let mut shared = BTreeSet::new();
            let full = rest.iter().position(|text| {
                let full = shared.len() >= SHARED;
                if !full {
                    shared.extend(text);
                }
                full
            });
            let (now, later) = rest.split_at(full.unwrap_or(rest.len()));
            let known = Known::new(self, shared);
            for some in split(now) {
                out.extend(self.together(some, &known));
            }
            rest = later;
        }
        for (vector, text) in out.iter_mut().zip(texts) {
            if !text.chars().any(char::is_alphanumeric) {
                vector.fill(0.0);
            }
        }
        out
    }

    fn together(&self, texts: &[Vec<usize>], known: &Known) -> Vec<Vec<f32>> {
        let rows: Vec<usize> = texts.iter().flatten().map(|piece| known.row(*piece)).collect();
        let bounds: Vec<(usize, usize)> = texts
            .iter()
            .scan(0, |from, text| {
                let start = *from;
                *from += text.len();
                Some((start, *from))
            })
            .collect();
        let mut all = Array2::zeros((rows.len(), ALL));
        for (mut row, of) in all.rows_mut().into_iter().zip(&rows) {
            row.slice_axis_mut(Axis(0), Slice::from(..DIMENSIONS)).assign(&known.values.row(*of));
        }
        for (at, window) in self.windows.iter().enumerate() {
            let once = known.first(at, window, &rows, &bounds);
            let twice = window.second(once.view(), &bounds);
            // A meaning takes the place of two sets of features.
            let place = part_of(DIMENSIONS / FEATURES + at);
            all.slice_axis_mut(Axis(1), place).assign(&twice);
        }
        self.features.apply(&mut all);
        let mut sums = Array2::zeros((texts.len(), ALL));
        for (mut sum, (start, end)) in sums.rows_mut().into_iter().zip(&bounds) {
            let own = all.slice_axis(Axis(0), Slice::from(*start..*end));
            sum.assign(&own.sum_axis(Axis(0)));
        }
        let mut mean = sums.dot(&self.mean);
        for (mut row, text) in mean.rows_mut().into_iter().zip(texts) {
            let length = text.len().to_float();
            Zip::from(&mut row).and(&self.mean_bias).for_each(|value, bias| {
                *value = (*value + length * bias) / length.sqrt();
            });
        }
        let [d0, d1, p1, d2, p3, d3] = &self.dense;
        let positive = |value: f32| value.max(0.0);
        let first = mean.dot(d0).mapv_into(positive);
        let second = (mean.dot(p1) + first.dot(d1)).mapv_into(positive);
        let third = second.dot(d2).mapv_into(positive);
        let last = (second.dot(p3) + third.dot(d3)).mapv_into(f32::tanh);
        last.rows()
            .into_iter()
            .map(|row| {
                let length = row.dot(&row).sqrt().max(EPSILON);
                row.iter().map(|value| value / length).collect()
            })
            .collect()
    }
}

/// Texts by as many as are read together.
fn split(texts: &[Vec<usize>]) -> Vec<&[Vec<usize>]> {
    let mut out = Vec::new();
    let (mut from, mut count) = (0, 0);
    for (at, text) in texts.iter().enumerate() {
        if at > from && count + text.len() > TOGETHER {
            out.extend(texts.get(from..at));
            (from, count) = (at, 0);
        }
        count += text.len();
    }
    out.extend(texts.get(from..));
    out
}

/// The weights of the places of a window, which stand one under the other in the file.
fn side_by_side(weights: &Array2<f32>) -> Array2<f32> {
    let places = weights.nrows() / FEATURES;
    let mut out = Array2::zeros((FEATURES, places * FEATURES));
    for place in 0..places {
        let own = weights.slice_axis(Axis(0), part_of(place));
        out.slice_axis_mut(Axis(1), part_of(place)).assign(&own);
    }
    out
}

impl Window {
    /// Where the piece stands that a window has at a place, unless its text ends before.
    fn piece(&self, at: usize, place: usize, (start, end): (usize, usize)) -> Option<usize> {
        let from = (at + place).checked_sub(self.before)?;
        (start..end).contains(&from).then_some(from)
    }

    /// The second layer over windows, added to what was there.
    fn second(&self, rows: ArrayView2<'_, f32>, bounds: &[(usize, usize)]) -> Array2<f32> {
        let (weights, bias) = &self.second;
        let mut seen = Array2::zeros((rows.nrows(), self.width * FEATURES));
        for bounds in bounds {
            for at in bounds.0..bounds.1 {
                for place in 0..self.width {
                    if let Some(from) = self.piece(at, place, *bounds) {
                        let mut row = seen.row_mut(at);
                        row.slice_axis_mut(Axis(0), part_of(place)).assign(&rows.row(from));
                    }
                }
            }
        }
        let mut out = seen.dot(weights) + bias;
        out.mapv_inplace(|value| value.max(0.0));
        out + rows
    }
}
