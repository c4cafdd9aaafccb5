//! What was found for reading.

use std::fmt::Write as _;

use super::Found;
use super::json::{quoted, share};

/// How many ids are listed of those that no theme fits.
const IDS: usize = 12;

/// The themes with their counts and quotes, then what is in none.
pub(super) fn listed(found: &Found<'_>) -> String {
    let result = &found.result;
    let read = found.texts.len() - result.uninformative.len();
    let mut out = String::new();
    // Writing to a string does not fail.
    _ = writeln!(out, "{read} answers, {}\n", found.settings.model.name());
    if result.themes.is_empty() {
        out.push_str("No themes: too few answers, or none that say the same.\n\n");
    }
    for (number, theme) in (1..).zip(&result.themes) {
        let people = theme.mentions.len();
        let percent = 100.0 * share(people, read);
        _ = writeln!(out, "{number}. {}", theme.label);
        _ = writeln!(
            out,
            "   {people} of {read} ({percent:.0} %), main theme of {}",
            theme.main.len()
        );
        for quote in &theme.quotes {
            let words = quoted(found, quote).split_whitespace().collect::<Vec<_>>().join(" ");
            let id = found.texts.get(quote.text).map_or("", |text| text.key.as_str());
            _ = writeln!(out, "   “{words}” [{id}]");
        }
        out.push('\n');
    }
    for (places, what) in [(&result.outside, "in no theme"), (&result.uninformative, "say nothing")]
    {
        if places.is_empty() {
            continue;
        }
        let mut ids: Vec<&str> = places
            .iter()
            .filter_map(|at| found.texts.get(*at).map(|text| text.key.as_str()))
            .collect();
        ids.sort_unstable();
        let more = if ids.len() > IDS { ", …" } else { "" };
        ids.truncate(IDS);
        _ = writeln!(out, "{} {what}: {}{more}", places.len(), ids.join(", "));
    }
    let copies: usize = result.repeats.iter().map(Vec::len).sum();
    if copies > 0 {
        let times = result.repeats.len();
        _ = writeln!(
            out,
            "{copies} answers repeat each other, nearly word for word ({times} groups)"
        );
    }
    out
}
