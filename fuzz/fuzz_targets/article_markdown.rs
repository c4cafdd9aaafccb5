//! Markdown with front matter and commands of site generators.
#![no_main]

use colloquy_fuzz::article;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| article("a.md", None, bytes));
