//! A mail that comes in, by whichever way.
#![no_main]

use colloquy::mail::inbound;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(inbound::read(bytes));
});
