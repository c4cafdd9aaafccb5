//! The heads of images of articles.
#![no_main]

use colloquy::domain::picture::{LARGEST_IMAGE, read_image};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(head) = read_image(bytes) {
        assert!(head.width > 0 && head.height > 0 && bytes.len() <= LARGEST_IMAGE);
        assert!(u64::from(head.width) * u64::from(head.height) <= 50_000_000);
    }
});
