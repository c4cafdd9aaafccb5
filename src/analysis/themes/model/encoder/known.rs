//! What pieces are before they stand in a row.

use std::collections::BTreeSet;

use ndarray::{Array2, Axis};

use super::{DIMENSIONS, Encoder, FEATURES, PARTS, Window, part_of};

/// A row for each of some pieces.
pub(super) struct Known {
    /// Their numbers, ascending.
    pieces: Vec<usize>,
    pub values: Array2<f32>,
    projected: Array2<f32>,
    /// For each width of window, what a piece adds at each of its places, side by side.
    first: Vec<Array2<f32>>,
}

impl Known {
    pub fn new(encoder: &Encoder, pieces: BTreeSet<usize>) -> Self {
        let pieces: Vec<usize> = pieces.into_iter().collect();
        let mut values = Array2::zeros((pieces.len(), DIMENSIONS));
        let table = encoder.pieces.end;
        for (mut row, number) in values.rows_mut().into_iter().zip(&pieces) {
            let part = number % PARTS;
            let scale = encoder.scale.get(part).copied().unwrap_or(0.0);
            let low = encoder.low.get(part).copied().unwrap_or(0.0);
            let from = table + number * DIMENSIONS;
            let bytes = encoder.pieces.bytes().get(from..from + DIMENSIONS).unwrap_or_default();
            for (value, byte) in row.iter_mut().zip(bytes) {
                *value = f32::from(*byte) * scale + low;
            }
        }
        let mut projected = values.dot(&encoder.projection);
        encoder.projected.apply(&mut projected);
        let of_window = |(at, window): (usize, &Window)| {
            projected.slice_axis(Axis(1), part_of(at)).dot(&window.first.0)
        };
        let first = encoder.windows.iter().enumerate().map(of_window).collect();
        Self { pieces, values, projected, first }
    }

    /// The row of a piece that is known.
    pub fn row(&self, piece: usize) -> usize {
        self.pieces.binary_search(&piece).unwrap_or_default()
    }

    /// The first layer over windows of pieces that stand at `rows`, added to what was there; each
    /// text ends at its `bounds`.
    pub fn first(
        &self,
        at: usize,
        window: &Window,
        rows: &[usize],
        bounds: &[(usize, usize)],
    ) -> Array2<f32> {
        let mut out = Array2::zeros((rows.len(), FEATURES));
        let (Some(first), bias) = (self.first.get(at), &window.first.1) else { return out };
        let own = self.projected.slice_axis(Axis(1), part_of(at));
        for bounds in bounds {
            for at in bounds.0..bounds.1 {
                let mut sum = out.row_mut(at);
                for place in 0..window.width {
                    let from = window.piece(at, place, *bounds).and_then(|from| rows.get(from));
                    if let Some(from) = from {
                        sum += &first.row(*from).slice_axis(Axis(0), part_of(place));
                    }
                }
                sum += bias;
                sum.mapv_inplace(|value| value.max(0.0));
                if let Some(row) = rows.get(at) {
                    sum += &own.row(*row);
                }
            }
        }
        out
    }
}
