//! A questionnaire as a document.
#![no_main]

use colloquy::domain::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(document) = Document::parse(text) {
        let again = Document::read(document.to_value()).expect("what is written can be read");
        assert_eq!(again.print(), document.print());
    }
});
