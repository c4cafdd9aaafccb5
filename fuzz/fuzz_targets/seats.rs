//! A request for seats: whatever is read is seated without a broken rule, or a conflict is named.
#![no_main]

use colloquy::analysis::seating::{check, seat};
use colloquy::cli::seats::file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(asked) = file::read(bytes, None, Some(200)) else { return };
    let request = asked.request;
    // Larger ones are slow, and no different.
    if request.people.len() > 40 || request.slots.len() > 20 || request.rounds > 5 {
        return;
    }
    match seat(&request) {
        Ok(plan) => check(&request, &plan).expect("a plan keeps its rules"),
        Err(conflict) => assert!(!conflict.clashes.is_empty()),
    }
});
