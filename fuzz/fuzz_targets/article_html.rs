//! A page of the web, as it comes from an address.
#![no_main]

use colloquy_fuzz::article;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| article("a.html", Some("https://paper.example/a/b"), bytes));
