//! A word processor's document: its text, and the parts beside it after lines of dashes.
#![no_main]

use std::io::{Cursor, Write as _};

use colloquy_fuzz::article;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

const PARTS: [&str; 6] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/_rels/document.xml.rels",
    "word/footnotes.xml",
    "docProps/core.xml",
];

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut archive = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, part) in PARTS.iter().zip(text.split("\n---\n")) {
        let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(*name, plain).unwrap();
        archive.write_all(part.as_bytes()).unwrap();
    }
    article("a.docx", None, archive.finish().unwrap().get_ref());
});
