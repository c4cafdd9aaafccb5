//! A list of people: CSV in any encoding, or a workbook.
#![no_main]

use colloquy::acts::add_contacts::choices::Choices;
use colloquy::acts::add_contacts::file;
use colloquy::acts::add_contacts::plan::Reading;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = file::text(bytes) {
        let reading = Reading::of(&text, &Choices::default(), Default::default());
        drop(reading.left());
    }
});
