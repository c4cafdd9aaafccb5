//! A form that a reader sends, read by a question of every kind, and what its conditions say of it.
#![no_main]

use std::collections::BTreeMap;

use colloquy::domain::Fields;
use colloquy::domain::condition::{Condition, shown};
use colloquy::domain::kind::Kind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (kind, body) = bytes.split_at(at);
    let fields = Fields::parse(body);
    let Ok(kind) = serde_json::from_slice::<Kind>(kind) else { return };
    if let Ok(Some(answer)) = kind.read(&fields, "q1") {
        let again = answer.fields("q1");
        assert_eq!(kind.read(&again, "q1").ok().flatten().as_ref(), Some(&answer));
        let condition: Condition = serde_json::from_value(
            serde_json::json!({ "question": "q1", "any_of": fields.all("if").collect::<Vec<_>>() }),
        )
        .unwrap();
        let answers = BTreeMap::from([("q1", &answer)]);
        drop(shown([("q1", None), ("q2", Some(&condition))], &answers));
    }
});
