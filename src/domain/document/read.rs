//! JSON, read into a document. Values of other types and fields that nobody knows are faults.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Document, DocumentQuestion, Fault, VERSION};

/// What is read, and what was wrong on the way.
struct Reading {
    faults: Vec<Fault>,
}

/// Reads what a document says, without looking whether it can be kept.
pub(super) fn document(value: Value) -> Result<Document, Vec<Fault>> {
    let mut reading = Reading { faults: vec![] };
    let Value::Object(mut map) = value else {
        reading.fault("", "A questionnaire is a JSON object.");
        return Err(reading.faults);
    };
    match map.remove("colloquy") {
        Some(version) if version == VERSION => {}
        Some(version) => {
            reading.fault("/colloquy", format!("This is version 1 only, not version {version}."));
        }
        None => reading.fault("", "It needs “colloquy”: 1, the version of this format."),
    }
    let mut document = Document::new("", "en");
    reading.needed(&mut map, "title", &mut document.title);
    reading.optional(&mut map, "introduction", &mut document.introduction);
    reading.optional(&mut map, "language", &mut document.language);
    reading.optional(&mut map, "mode", &mut document.mode);
    reading.optional(&mut map, "options", &mut document.options);
    reading.optional(&mut map, "article", &mut document.article);
    match map.remove("questions") {
        None | Some(Value::Null) => {}
        Some(Value::Array(all)) => {
            for (place, question) in all.into_iter().enumerate() {
                let pointer = format!("/questions/{place}");
                document.questions.extend(reading.question(question, &pointer));
            }
        }
        Some(_) => reading.fault("/questions", "This is a list of questions."),
    }
    for unknown in map.keys() {
        reading.unknown(&format!("/{}", escaped(unknown)));
    }
    if reading.faults.is_empty() { Ok(document) } else { Err(reading.faults) }
}

impl Reading {
    fn fault(&mut self, pointer: &str, what: impl Into<String>) {
        self.faults.push(Fault { pointer: pointer.to_owned(), what: what.into() });
    }

    fn unknown(&mut self, pointer: &str) {
        self.fault(pointer, "Nothing is known by this name.");
    }

    fn needed(&mut self, map: &mut Map<String, Value>, name: &str, place: &mut String) {
        if map.contains_key(name) {
            self.optional(map, name, place);
        } else {
            self.fault("", format!("It needs a “{name}”."));
        }
    }

    fn optional<T: DeserializeOwned + Serialize>(
        &mut self,
        map: &mut Map<String, Value>,
        name: &str,
        place: &mut T,
    ) {
        let Some(value) = map.remove(name).filter(|value| !value.is_null()) else { return };
        if let Some(read) = self.typed(value, &format!("/{name}")) {
            *place = read;
        }
    }

    /// The value as a `T`; what a `T` has no place for is a fault.
    fn typed<T: DeserializeOwned + Serialize>(&mut self, value: Value, pointer: &str) -> Option<T> {
        match serde_json::from_value::<T>(value.clone()) {
            Ok(read) => {
                let kept = serde_json::to_value(&read).unwrap_or_default();
                self.dropped(&value, &kept, pointer);
                Some(read)
            }
            Err(error) => {
                self.fault(pointer, format!("This cannot be read: {error}."));
                None
            }
        }
    }

    /// Finds what stands in `said` and has no place in `kept`, which was read from it.
    fn dropped(&mut self, said: &Value, kept: &Value, pointer: &str) {
        match (said, kept) {
            (Value::Object(said), Value::Object(kept)) => {
                for (name, value) in said {
                    let pointer = format!("{pointer}/{}", escaped(name));
                    match kept.get(name) {
                        Some(kept) => self.dropped(value, kept, &pointer),
                        None if says_nothing(value) => {}
                        None => self.unknown(&pointer),
                    }
                }
            }
            (Value::Array(said), Value::Array(kept)) => {
                for (place, (value, kept)) in said.iter().zip(kept).enumerate() {
                    self.dropped(value, kept, &format!("{pointer}/{place}"));
                }
            }
            _ => {}
        }
    }

    fn question(&mut self, value: Value, pointer: &str) -> Option<DocumentQuestion> {
        let Value::Object(mut map) = value else {
            self.fault(pointer, "A question is a JSON object.");
            return None;
        };
        let mut part = |name: &str| map.remove(name).filter(|value| !value.is_null());
        let (key, passage) = (part("key"), part("passage"));
        let key = key.and_then(|key| self.typed(key, &format!("{pointer}/key")));
        let passage = passage.and_then(|at| self.typed(at, &format!("{pointer}/passage")));
        written_out(&mut map);
        let wording = self.typed(Value::Object(map), pointer)?;
        Some(DocumentQuestion { key, wording, passage })
    }
}

/// Writes out what a question may say shortly: an option as its text alone, a number as a number.
fn written_out(map: &mut Map<String, Value>) {
    for name in ["options", "statements"] {
        for line in map.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
            match line {
                Value::String(text) => {
                    *line = serde_json::json!({ "key": "", "text": std::mem::take(text) });
                }
                Value::Object(line) => {
                    line.entry("key").or_insert_with(|| "".into());
                }
                _ => {}
            }
        }
    }
    for slot in map.get_mut("slots").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(slot) = slot {
            slot.entry("key").or_insert_with(|| "".into());
        }
    }
    match map.get("kind").and_then(Value::as_str) {
        Some("number") => {
            for name in ["least", "most"] {
                if let Some(number @ Value::Number(_)) = map.get_mut(name) {
                    *number = number.to_string().into();
                }
            }
        }
        Some("scale") => {
            for name in ["low", "high"] {
                map.entry(name).or_insert_with(|| "".into());
            }
        }
        Some("availability") => {
            map.entry("zone").or_insert_with(|| "UTC".into());
        }
        _ => {}
    }
}

/// Whether leaving a value out says the same.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// A name as a piece of a JSON pointer (RFC 6901, section 3).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
