//! Addresses, networks, links and other short words that come from outside.
#![no_main]

use colloquy::domain::{Slug, email::Email, network::Network, options};
use colloquy::mail::{clean, verp};
use lettre::Address;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let base: Address = "discuss@example.org".parse().unwrap();
    drop(verp::read(&base, text));
    drop(text.parse::<Email>());
    drop(text.parse::<Network>());
    drop(text.parse::<Slug>());
    drop(Slug::of_title(text, "questions"));
    drop(options::origin(text));
    drop(options::hidden_name(text));
    drop(clean::line(text, 100));
    drop(clean::lines(text));
    let _ = clean::is_link(text);
});
