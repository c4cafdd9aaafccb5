//! Anything: the format is guessed, the encoding too.
#![no_main]

use colloquy_fuzz::article;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (first, rest) = bytes.split_at(bytes.len().min(1));
    let name = ["a.txt", "", "a.docx", "a"][usize::from(first.first().copied().unwrap_or(0) % 4)];
    article(name, None, rest);
});
