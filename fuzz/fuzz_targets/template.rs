//! An organizer's words of a mail, with places that are filled in.
#![no_main]

use colloquy::domain::campaign::Aim;
use colloquy::mail::template::{Facts, Template};
use colloquy::words::Words;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (subject, text) = text.split_once('\n').unwrap_or((text, ""));
    let template = Template { subject: subject.to_owned(), text: text.to_owned() };
    drop(template.problems(Aim::Invite));
    let facts = Facts { name: text.chars().take(40).collect(), ..Facts::sample() };
    drop(template.content(Words::of("zh"), &facts));
});
