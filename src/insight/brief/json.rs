//! The brief for programs; `docs/brief.md` says what each field means.

use serde_json::{Value, json};

use super::frozen::{Made, Rests};
use super::sheet::Edition;
use super::{Brief, Quote, Sentence};
use crate::domain::token::Secret;

/// What a program is told about responses.
#[derive(Clone, Copy, Debug)]
pub enum Names<'a> {
    /// Their ids, and what each sentence rests on: for the organizer.
    Ids(&'a Rests),
    /// Nothing but a reference for each quote, which says nothing of who it is and joins nothing.
    References(&'a Secret),
}

/// The brief as JSON.
pub fn json(brief: &Brief, made: &Made, edition: &Edition<'_>, names: Names<'_>) -> Value {
    let sections = brief.sections.iter().map(|section| {
        let sentences = section.sentences.iter().map(|s| sentence(s, names));
        json!({
            "key": section.key,
            "title": section.title,
            "counts_answers_to": section.of,
            "sentences": sentences.collect::<Vec<_>>(),
        })
    });
    json!({
        "format": "colloquy-brief",
        "format_version": 1,
        "title": brief.title,
        "language": brief.language,
        "number": edition.number,
        "published_at": edition.number.and(edition.at),
        "signed": { "name": edition.signed, "on": edition.signed_on },
        "note": edition.note,
        "changes": edition.changes,
        "withdrawn_quotes": edition.withdrawn,
        "made": made,
        "sections": sections.collect::<Vec<_>>(),
    })
}

fn sentence(sentence: &Sentence, names: Names<'_>) -> Value {
    let quotes: Vec<Value> = sentence.quotes.iter().map(|each| quote(each, names)).collect();
    let mut value = json!({
        "key": sentence.key,
        "text": sentence.text,
        "by": sentence.by,
        "figures": sentence.figures,
        "table": sentence.table,
        "quotes": quotes,
    });
    if let (Names::Ids(rests), Some(object)) = (names, value.as_object_mut()) {
        object.insert("rests_on".to_owned(), json!(rests.on(&sentence.key)));
    }
    value
}

fn quote(quote: &Quote, names: Names<'_>) -> Value {
    if quote.text.is_empty() {
        return json!({ "withdrawn": true });
    }
    match names {
        Names::Ids(_) => json!(quote),
        Names::References(secret) => {
            let place =
                format!("{} {} {} {}", quote.response, quote.question, quote.start, quote.end);
            json!({
                "reference": secret.reference(&place),
                "text": quote.text,
                "language": quote.language,
                "name": quote.name,
                "example": quote.example,
            })
        }
    }
}
