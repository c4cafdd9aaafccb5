//! Reads the editor of a guide. Each field comes with what stood in it when it was drawn: only what
//! was changed counts.

use crate::domain::Fields;
use crate::domain::text::one_line;
use crate::insight::guide::edits::{Edited, Edits, Own};
use crate::insight::guide::sheet::Part;

/// Characters of a part at the most.
pub(super) const LONGEST: usize = 4000;

/// The layer with what was changed; `parts`: as they stand with it, `layer`: its name in keys.
pub(super) fn read(fields: &Fields, now: &Edits, parts: &[Part], layer: &str) -> Edits {
    let mut edits = now.clone();
    for part in parts {
        let key = &part.key;
        let (was, is) = pair(fields, "t", key);
        let (was, is) = (lines(was), lines(is));
        let (title_was, title) = pair(fields, "h", key);
        let title = one_line(title, 300);
        if let Some(own) = edits.own.iter_mut().find(|own| own.key == *key) {
            if was != is {
                own.text = is;
            }
            if title_was != title {
                own.title = title;
            }
        } else {
            if was != is {
                let made = part.made.clone().unwrap_or_else(|| part.text());
                let edited = edits.parts.entry(key.clone()).or_default();
                edited.text = (is != lines(&made) && !is.is_empty()).then_some(is);
                edited.over = made;
            }
            if title_was != title {
                let edited: &mut Edited = edits.parts.entry(key.clone()).or_default();
                edited.title = Some(title).filter(|title| !title.is_empty());
            }
        }
        hidden(fields, key, &mut edits);
        for quote in &part.quotes {
            hidden(fields, &quote.key, &mut edits);
        }
    }
    let title = one_line(fields.get("own-title").unwrap_or_default(), 300);
    let text = lines(fields.get("own-text").unwrap_or_default());
    if !title.is_empty() || !text.is_empty() {
        let key = edits.new_key(layer);
        edits.own.push(Own { key, title, text });
    }
    order(fields, parts, &mut edits);
    edits.tidy();
    edits
}

/// What stood in a field when it was drawn, and what stands in it now.
fn pair<'a>(fields: &'a Fields, what: &str, key: &str) -> (&'a str, &'a str) {
    let get = |name: String| fields.get(&name).unwrap_or_default();
    (get(format!("{what}-was.{key}")), get(format!("{what}.{key}")))
}

/// Lines that say something, each on one line.
fn lines(typed: &str) -> String {
    let lines = typed.lines().map(|line| one_line(line, LONGEST)).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").chars().take(LONGEST).collect()
}

fn hidden(fields: &Fields, key: &str, edits: &mut Edits) {
    let (was, is) = pair(fields, "d", key);
    if was != is {
        edits.hidden.insert(key.to_owned(), is == "1");
    }
}

fn order(fields: &Fields, parts: &[Part], edits: &mut Edits) {
    let mut changed = false;
    let mut places: Vec<(f64, &str)> = vec![];
    for (place, part) in (1_u32..).zip(parts) {
        let (was, is) = pair(fields, "place", &part.key);
        changed |= was != is;
        let typed = is.trim().replace(',', ".").parse::<f64>().ok().filter(|p| p.is_finite());
        let typed = typed.unwrap_or(f64::from(place));
        // "3" for what stood at 7 means: before what stands at 3.
        let moved = if was == is { 0.0 } else { -0.5 };
        let down = if was != is && typed > f64::from(place) { 1.0 } else { 0.0 };
        places.push((typed + moved + down, &part.key));
    }
    if changed {
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        edits.order = places.into_iter().map(|(_, key)| key.to_owned()).collect();
    }
}
