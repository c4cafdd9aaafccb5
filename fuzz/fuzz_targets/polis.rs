//! The files of a conversation that was held with Polis.
#![no_main]

use colloquy::polis::{Matrix, comments};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(matrix) = Matrix::read(bytes) {
        drop(matrix.votes());
    }
    drop(comments(bytes));
});
