//! What was found as JSON; `docs/command-line.md` explains every field.

use serde_json::{Value, json};

use super::Found;
use crate::analysis::themes::{Passage, Theme};

/// Grows when a field changes its meaning or goes.
const FORMAT: u32 = 1;

/// Everything that was found, with ids instead of places, in an order that depends on ids only.
pub(super) fn of(found: &Found<'_>) -> Value {
    let result = &found.result;
    let read = found.texts.len() - result.uninformative.len();
    let mut repeats: Vec<Vec<&str>> =
        result.repeats.iter().map(|group| ids(found, group)).collect();
    repeats.sort();
    json!({
        "format": FORMAT,
        "version": env!("CARGO_PKG_VERSION"),
        "model": found.settings.model.name(),
        "settings": {
            "column": found.wanted.column,
            "id": found.wanted.id,
            "lang": found.wanted.lang,
            "k": found.wanted.k,
            "question": found.settings.question,
            "seed": found.settings.seed,
        },
        "answers": found.texts.len(),
        "answers_read": read,
        "themes": result.themes.iter().map(|t| theme(found, t, read)).collect::<Vec<_>>(),
        "outside": ids(found, &result.outside),
        "uninformative": ids(found, &result.uninformative),
        "repeats": repeats,
    })
}

fn theme(found: &Found<'_>, theme: &Theme, read: usize) -> Value {
    let mut passages = theme.passages.clone();
    passages.sort_by_key(|p| (key(found, p.text), p.start));
    json!({
        "label": theme.label,
        "people": theme.mentions.len(),
        "share": share(theme.mentions.len(), read),
        "main_theme_of": theme.main.len(),
        "gist": span(found, &theme.gist),
        "quotes": theme.quotes.iter().map(|quote| span(found, quote)).collect::<Vec<_>>(),
        "keywords": theme.keywords,
        "members": ids(found, &theme.mentions),
        "main": ids(found, &theme.main),
        "passages": passages
            .iter()
            .map(|p| json!({ "id": key(found, p.text), "start": p.start, "end": p.end }))
            .collect::<Vec<_>>(),
    })
}

/// In four digits, as they are read.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "numbers of answers are small"
)]
pub(super) fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { (part as f64 / all as f64 * 1e4).round() / 1e4 }
}

fn key<'a>(found: &'a Found<'_>, at: usize) -> &'a str {
    found.texts.get(at).map_or("", |text| text.key.as_str())
}

fn ids<'a>(found: &'a Found<'_>, places: &[usize]) -> Vec<&'a str> {
    let mut ids: Vec<&str> = places.iter().map(|at| key(found, *at)).collect();
    ids.sort_unstable();
    ids
}

fn span(found: &Found<'_>, passage: &Passage) -> Value {
    json!({
        "id": key(found, passage.text),
        "start": passage.start,
        "end": passage.end,
        "text": quoted(found, passage),
    })
}

/// The words of a passage: a slice of the answer, or nothing.
pub(super) fn quoted<'a>(found: &'a Found<'_>, passage: &Passage) -> &'a str {
    let text = found.texts.get(passage.text).map_or("", |text| text.text.as_str());
    text.get(passage.start..passage.end).unwrap_or_default()
}
