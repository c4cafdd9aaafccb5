//! What a person had typed, out of a body of whatever kind and however much of it came.

use std::collections::BTreeMap;

use actix_multipart::Multipart;
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use futures_util::StreamExt as _;

use super::{Arrived, End};
use crate::acts::submit_response::WORDINGS;
use crate::domain::{Fields, text};

/// The kind of a form that browsers send by themselves.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// The kind of a form with files in it.
pub const MULTIPART: &str = "multipart/form-data";

/// Fields of a form beyond this number are not a person's.
const MOST: usize = 5_000;

/// The fields of what arrived, as far as they can be read: a form of either kind, or any other
/// text, which is then the one field `text`.
pub async fn fields(kind: &str, headers: &HeaderMap, arrived: &Arrived) -> Fields {
    let cut = arrived.end != End::Whole;
    let bytes = &arrived.bytes;
    let pairs: Vec<(String, String)> = match kind {
        // Without a word about its kind it is most likely a form.
        FORM | "" => Fields::parse(if cut { up_to_escape(bytes) } else { bytes }).into(),
        MULTIPART => multipart(headers, bytes.clone()).await,
        _ => vec![("text".to_owned(), text::at_the_door(&String::from_utf8_lossy(bytes)))],
    };
    let mut pairs: Vec<_> = pairs.into_iter().take(MOST).collect();
    if cut && let Some((_, last)) = pairs.last_mut() {
        // The last letter may have lost some of its bytes.
        last.truncate(last.trim_end_matches(char::REPLACEMENT_CHARACTER).len());
    }
    pairs.into_iter().collect()
}

/// Without an escape whose end is missing.
fn up_to_escape(bytes: &[u8]) -> &[u8] {
    let from = bytes.len().saturating_sub(2);
    let broken = bytes.get(from..).and_then(|end| end.iter().position(|byte| *byte == b'%'));
    broken.and_then(|at| bytes.get(..from + at)).unwrap_or(bytes)
}

/// The texts of a form with files in it; of a file, its text if it is one.
async fn multipart(headers: &HeaderMap, bytes: Bytes) -> Vec<(String, String)> {
    let body = futures_util::stream::iter([Ok(bytes)]);
    let mut form = Multipart::new(headers, body);
    let mut pairs = vec![];
    while let Some(Ok(mut field)) = form.next().await {
        let mut value = vec![];
        while let Some(Ok(chunk)) = field.next().await {
            value.extend_from_slice(&chunk);
        }
        let Some(name) = field.name() else { continue };
        let is_file = field.content_disposition().is_some_and(|sent| sent.get_filename().is_some());
        let value = match String::from_utf8(value) {
            Ok(value) => value,
            // A picture is nothing that could be corrected in a page.
            Err(_) if is_file => continue,
            Err(odd) => String::from_utf8_lossy(odd.as_bytes()).into_owned(),
        };
        pairs.push((name.to_owned(), text::at_the_door(&value)));
    }
    pairs
}

/// Questions by their keys, as far as they are known.
pub type Prompts = BTreeMap<String, Prompt>;

/// A question in the words that its reader had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The question.
    pub text: String,
    /// Its language, where that is another than the page's.
    pub language: Option<String>,
}

/// A text that somebody typed, with what it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed<'a> {
    /// The field.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// The number of its question on the form, from 1, if it answers one.
    pub question: Option<usize>,
    /// The question itself, if it is known.
    pub prompt: Option<&'a Prompt>,
}

/// The texts among the fields, in their order.
pub fn texts<'a>(fields: &'a Fields, prompts: &'a Prompts) -> Vec<Typed<'a>> {
    let wordings = fields.get(WORDINGS).unwrap_or_default();
    let number = |key: &str| {
        let of = |word: &str| word.rsplit_once('.').is_some_and(|(of, _)| of == key);
        wordings.split_whitespace().position(of).map(|place| place + 1)
    };
    fields
        .pairs()
        .filter(|(name, value)| is_text(name, value))
        .map(|(name, text)| {
            let key = name.strip_prefix("a.").and_then(|rest| rest.split('.').next());
            let prompt = key.and_then(|key| prompts.get(key));
            Typed { name, text, question: key.and_then(number), prompt }
        })
        .collect()
}

/// What a person typed, as against the words by which a form knows its ticks and choices.
pub fn is_text(name: &str, value: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.-".contains(c);
    !name.starts_with("form_")
        && !value.trim().is_empty()
        && (value.chars().count() > 20 || !value.chars().all(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_people_type_are_told_from_the_forms_own() {
        for text in ["是", "So.", "Because it does", "a\nb", "antidisestablishmentarianism"] {
            assert!(is_text("a.q1", text), "{text}");
        }
        for word in ["", "  ", "agree", "o12", "if_need_be", "2026-11-23", "40"] {
            assert!(!is_text("a.q1", word), "{word}");
        }
        assert!(!is_text("form_key", "a key that nobody typed"));
    }

    #[test]
    fn a_text_knows_its_question() {
        let pairs = [("form_wordings", "q4.1 q2.3"), ("a.q2.other", "So."), ("title", "On trees")];
        let fields = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let fields: Fields = fields.into_iter().collect();
        let why = Prompt { text: "Why?".to_owned(), language: None };
        let prompts = Prompts::from([("q2".to_owned(), why.clone())]);
        let typed = texts(&fields, &prompts);
        let numbers: Vec<_> = typed.iter().map(|typed| (typed.question, typed.prompt)).collect();
        assert_eq!(numbers, [(Some(2), Some(&why)), (None, None)]);
    }

    #[test]
    fn a_body_that_was_cut_ends_with_its_last_whole_escape() {
        for (cut, whole) in [("a=%E4%B8%AD", "a=%E4%B8%AD"), ("a=b%", "a=b"), ("a=b%E", "a=b")] {
            assert_eq!(up_to_escape(cut.as_bytes()), whole.as_bytes());
        }
        assert_eq!(up_to_escape(b""), b"");
    }
}
