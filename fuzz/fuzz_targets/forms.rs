//! Forms of other programs as text: SurveyJS, Typeform, LimeSurvey, answers of Google Forms, ours.
#![no_main]

use colloquy_fuzz::form;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| form(bytes));
