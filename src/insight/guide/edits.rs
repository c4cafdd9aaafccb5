//! What the organizer has changed in guides: a layer of its own over what is made of the answers,
//! for all groups of one language, and one for a single group over that. A guide that is made
//! again never writes over it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sheet::Part;

/// Everything that was changed in one layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GuideEdits)]
#[serde(default)]
pub struct Edits {
    /// Parts in other words, by key.
    pub parts: BTreeMap<String, Edited>,
    /// Parts and quotes that are hidden, or shown although the layer below hides them, by key.
    pub hidden: BTreeMap<String, bool>,
    /// The keys of the parts in the order that was chosen; empty: as they come.
    pub order: Vec<String>,
    /// Parts that were added.
    pub own: Vec<Own>,
    /// The last number that was given to something added: none is given twice.
    pub last: u32,
}

/// A part in other words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GuideEdited)]
#[serde(default)]
pub struct Edited {
    /// Another heading.
    pub title: Option<String>,
    /// Other words, line by line.
    pub text: Option<String>,
    /// What it said when it was put in other words.
    pub over: String,
}

/// A part that was added: a further thing to talk about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OwnPart)]
pub struct Own {
    /// Its key: `own.all.3`, `own.group.1`.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// Its words, line by line.
    pub text: String,
}

impl Edits {
    /// A key for something that is added to the layer of this name.
    pub fn new_key(&mut self, layer: &str) -> String {
        self.last += 1;
        format!("own.{layer}.{}", self.last)
    }

    /// Forgets what says nothing.
    pub fn tidy(&mut self) {
        self.parts.retain(|_, edited| edited.title.is_some() || edited.text.is_some());
        self.own.retain(|own| !own.title.is_empty() || !own.text.is_empty());
    }
}

/// Puts a layer over the parts of a guide. What is hidden stays in the list, marked so.
pub fn apply(parts: &mut Vec<Part>, edits: &Edits) {
    for own in &edits.own {
        let closing = parts.iter().position(|part| matches!(&*part.key, "facts" | "closing"));
        let mut part = Part::new(&own.key, own.title.clone(), vec![]);
        part.has_lead = true;
        part.own = true;
        part.set_text(&own.text);
        parts.insert(closing.unwrap_or(parts.len()), part);
    }
    for part in parts.iter_mut() {
        if let Some(edited) = edits.parts.get(&part.key) {
            let made = part.text();
            part.newer |= edited.text.is_some() && edited.over != made;
            if let Some(text) = &edited.text {
                part.made.get_or_insert(made);
                part.set_text(text);
            }
            if let Some(title) = &edited.title {
                part.title.clone_from(title);
            }
        }
        if let Some(hidden) = edits.hidden.get(&part.key) {
            part.hidden = *hidden;
        }
        for quote in &mut part.quotes {
            if let Some(hidden) = edits.hidden.get(&quote.key) {
                quote.hidden = *hidden;
            }
        }
    }
    if !edits.order.is_empty() {
        // What is new since the order was chosen stays behind what it stood behind.
        let mut placed: Vec<Part> = vec![];
        let mut rest = std::mem::take(parts);
        for key in &edits.order {
            if let Some(at) = rest.iter().position(|part| part.key == *key) {
                placed.push(rest.remove(at));
            }
        }
        for part in rest {
            let new = placed.iter().rposition(|known| known.rank <= part.rank);
            placed.insert(new.map_or(0, |at| at + 1), part);
        }
        *parts = placed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Vec<Part> {
        let named = ["agreements", "opening", "shared.q1", "closing"];
        let mut parts: Vec<Part> = named
            .iter()
            .map(|key| Part::new(key, format!("The {key}"), vec!["One.".into(), "Two.".into()]))
            .collect();
        parts.iter_mut().zip(0..).for_each(|(part, rank)| part.rank = rank);
        parts
    }

    fn keys(parts: &[Part]) -> Vec<&str> {
        parts.iter().map(|part| part.key.as_str()).collect()
    }

    #[test]
    fn a_layer_changes_words_and_order_and_hides() {
        let mut edits = Edits::default();
        let edited = Edited { text: Some("Three.".into()), over: "One.\nTwo.".into(), title: None };
        edits.parts.insert("opening".into(), edited);
        edits.hidden.insert("closing".into(), true);
        edits.order = vec!["shared.q1".into(), "opening".into()];
        let key = edits.new_key("all");
        edits.own.push(Own { key, title: "Own".into(), text: "Why?\nThink.".into() });
        let mut parts = parts();
        apply(&mut parts, &edits);
        assert_eq!(keys(&parts), ["agreements", "own.all.1", "shared.q1", "opening", "closing"]);
        assert_eq!(
            (parts[3].lines.as_slice(), parts[3].newer),
            (&["Three.".to_owned()][..], false)
        );
        assert_eq!(parts[3].made.as_deref(), Some("One.\nTwo."));
        assert!(parts[4].hidden);
        assert_eq!((&*parts[1].lead, &*parts[1].lines[0]), ("Why?", "Think."));
        // A second layer shows what the first one hides, and its words stand over both.
        let mut second = Edits::default();
        second.hidden.insert("closing".into(), false);
        let edited = Edited { text: Some("Four.".into()), over: "Old.".into(), title: None };
        second.parts.insert("opening".into(), edited);
        apply(&mut parts, &second);
        assert_eq!(
            (parts[3].text().as_str(), parts[3].newer, parts[4].hidden),
            ("Four.", true, false)
        );
        assert_eq!(parts[3].made.as_deref(), Some("One.\nTwo."));
    }
}
