//! A state taken apart, so that what two people changed can be joined: texts by name, and lists of
//! keys in order. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::state::{Placed, State};
use crate::domain::Wording;
use crate::domain::kind::Kind;
use crate::domain::options::Head;
use crate::domain::question::{Line, Translation};
use crate::domain::text::shortened;

/// What two changed differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its name, for [`take`].
    pub part: String,
    /// What it is, in words: "Question 3".
    pub label: String,
    /// What this one has; empty: nothing.
    pub ours: String,
    /// What the other has; empty: nothing.
    pub theirs: String,
}

/// The parts of a state.
#[derive(Clone, Debug, Default, PartialEq)]
struct Parts {
    /// Texts by name: `title`, `q/q3/prompt`, `q/q3/line/o1`, …
    texts: BTreeMap<String, String>,
    /// The keys of the questions (under the empty name) and of each question's lines, in order.
    orders: BTreeMap<String, Vec<String>>,
}

impl Parts {
    fn of(state: &State) -> Self {
        let mut parts = Self::default();
        parts.put("title", &state.title);
        parts.put("introduction", &state.introduction);
        for (tag, head) in &state.translations {
            parts.put(&format!("tr/{tag}/title"), &head.title);
            parts.put(&format!("tr/{tag}/introduction"), &head.introduction);
        }
        let keys = state.questions.iter().map(|placed| placed.key.clone());
        parts.orders.insert(String::new(), keys.collect());
        for placed in &state.questions {
            parts.add(placed);
        }
        parts
    }

    fn put(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.texts.insert(name.to_owned(), text.to_owned());
        }
    }

    fn add(&mut self, Placed { key, passage, wording }: &Placed) {
        let name = |part: &str| format!("q/{key}/{part}");
        self.put(&name("prompt"), &wording.prompt);
        self.put(&name("help"), &wording.help);
        self.put(&name("required"), if wording.required { "yes" } else { "" });
        if let Some(condition) = &wording.shown_if {
            self.put(&name("if"), &json(condition));
        }
        if let Some(passage) = passage {
            self.put(&name("passage"), &json(passage));
        }
        for (tag, texts) in &wording.translations {
            self.put(&name(&format!("tr/{tag}/prompt")), &texts.prompt);
            self.put(&name(&format!("tr/{tag}/help")), &texts.help);
            for (line, text) in &texts.lines {
                self.put(&name(&format!("tr/{tag}/line/{line}")), text);
            }
        }
        let mut bare = wording.kind.clone();
        if let Some((lines, _)) = bare.lines_mut() {
            let lines = std::mem::take(lines);
            for line in &lines {
                self.texts.insert(name(&format!("line/{}", line.key)), line.text.clone());
            }
            self.orders.insert(key.clone(), lines.into_iter().map(|line| line.key).collect());
        }
        self.put(&name("kind"), &json(&bare));
    }

    fn text(&self, name: &str) -> String {
        self.texts.get(name).cloned().unwrap_or_default()
    }

    /// The inverse of [`Parts::of`].
    fn state(&self) -> State {
        let mut state = State {
            title: self.text("title"),
            introduction: self.text("introduction"),
            ..State::default()
        };
        for (name, text) in &self.texts {
            if let ["tr", tag, part] = name.split('/').collect::<Vec<_>>().as_slice() {
                let head: &mut Head = state.translations.entry((*tag).to_owned()).or_default();
                match *part {
                    "title" => head.title.clone_from(text),
                    _ => head.introduction.clone_from(text),
                }
            }
        }
        let keys = self.orders.get("").cloned().unwrap_or_default();
        state.questions = keys.iter().filter_map(|key| self.placed(key)).collect();
        state
    }

    fn placed(&self, key: &str) -> Option<Placed> {
        let before = format!("q/{key}/");
        let text = |part: &str| self.text(&format!("{before}{part}"));
        let mut kind: Kind = serde_json::from_str(&text("kind")).ok()?;
        if let Some((lines, _)) = kind.lines_mut() {
            for line in self.orders.get(key).into_iter().flatten() {
                let text = text(&format!("line/{line}"));
                lines.push(Line { key: line.clone(), text });
            }
        }
        let mut wording = Wording::new(text("prompt"), kind);
        wording.help = text("help");
        wording.required = text("required") == "yes";
        wording.shown_if = serde_json::from_str(&text("if")).ok();
        for (name, text) in self.texts.range(before.clone()..) {
            let Some(part) = name.strip_prefix(&before) else { break };
            let Some((tag, part)) = part.strip_prefix("tr/").and_then(|r| r.split_once('/')) else {
                continue;
            };
            let texts: &mut Translation = wording.translations.entry(tag.to_owned()).or_default();
            match part.strip_prefix("line/") {
                Some(line) => drop(texts.lines.insert(line.to_owned(), text.clone())),
                None if part == "prompt" => texts.prompt.clone_from(text),
                None => texts.help.clone_from(text),
            }
        }
        let passage = serde_json::from_str(&text("passage")).ok();
        Some(Placed { key: key.to_owned(), passage, wording })
    }

    /// Which questions, or lines of which question, differ from `other` in more than their place.
    fn touched(&self, other: &Self, question: &str) -> bool {
        let before = format!("q/{question}/");
        let of = |parts: &Self| -> Vec<(String, String)> {
            let from = parts.texts.range(before.clone()..);
            from.take_while(|(name, _)| name.starts_with(&before))
                .map(|(name, text)| (name.clone(), text.clone()))
                .collect()
        };
        of(self) != of(other)
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What `theirs` and `ours` both made of `base`, joined; where both changed the same part
/// differently, ours, and the part is told.
pub(super) fn merge(base: &State, theirs: &State, ours: &State) -> (State, Vec<Conflict>) {
    let (b, t, o) = (Parts::of(base), Parts::of(theirs), Parts::of(ours));
    let mut merged = Parts::default();
    let mut conflicts = vec![];
    let places = places(ours, theirs);
    let lost = |key: &str| {
        let has =
            |parts: &Parts| parts.orders.get("").is_some_and(|all| all.iter().any(|k| k == key));
        !has(&t) || !has(&o)
    };
    let names: BTreeSet<&String> =
        b.texts.keys().chain(t.texts.keys()).chain(o.texts.keys()).collect();
    for name in names {
        let (was, their, our) = (b.texts.get(name), t.texts.get(name), o.texts.get(name));
        // Of a question that one has taken off, what the other has of it stays whole.
        let gone = question_of(name).is_some_and(lost);
        let taken = if gone {
            our.or(their)
        } else if our == was {
            their
        } else {
            if their != was && their != our {
                conflicts.push(Conflict {
                    part: name.clone(),
                    label: label(name, &places),
                    ours: our.map(|text| told(name, text)).unwrap_or_default(),
                    theirs: their.map(|text| told(name, text)).unwrap_or_default(),
                });
            }
            our
        };
        if let Some(text) = taken {
            merged.texts.insert(name.clone(), text.clone());
        }
    }
    let lists: BTreeSet<&String> = t.orders.keys().chain(o.orders.keys()).collect();
    for name in lists {
        let of = |parts: &Parts| parts.orders.get(name).cloned().unwrap_or_default();
        let (was, their, our) = (of(&b), of(&t), of(&o));
        // What one has taken off and the other has changed stays.
        let changed = |key: &String, by: &Parts| {
            if name.is_empty() {
                by.touched(&b, key)
            } else {
                let line = format!("q/{name}/line/{key}");
                by.texts.get(&line) != b.texts.get(&line)
            }
        };
        let order = order(&was, &their, &our, |key| changed(key, &t), |key| changed(key, &o));
        merged.orders.insert(name.clone(), order);
    }
    (merged.state(), conflicts)
}

/// Two orders of keys made one: what either has added is there, what either has taken off is gone,
/// unless the other has changed it; the order is ours if we have changed it.
fn order(
    was: &[String],
    theirs: &[String],
    ours: &[String],
    they_changed: impl Fn(&String) -> bool,
    we_changed: impl Fn(&String) -> bool,
) -> Vec<String> {
    let stays = |key: &&String| {
        let (was, their, our) = (was.contains(key), theirs.contains(key), ours.contains(key));
        match (was, their, our) {
            (true, true, false) => they_changed(key),
            (true, false, true) => we_changed(key),
            _ => true,
        }
    };
    let common = |list: &[String]| -> Vec<String> {
        let everywhere =
            |key: &&String| was.contains(key) && theirs.contains(key) && ours.contains(key);
        list.iter().filter(everywhere).cloned().collect()
    };
    let (lead, other) = if common(ours) == common(was) { (theirs, ours) } else { (ours, theirs) };
    let mut order: Vec<String> = lead.iter().filter(stays).cloned().collect();
    for (place, key) in other.iter().enumerate() {
        if order.contains(key) || !stays(&key) {
            continue;
        }
        // Behind the nearest one before it that is there.
        let before = other.get(..place).unwrap_or_default().iter().rev();
        let at =
            before.filter_map(|b| order.iter().position(|key| key == b)).map(|at| at + 1).next();
        order.insert(at.unwrap_or(0), key.clone());
    }
    order
}

/// Takes the other's words for these parts.
pub(super) fn take(ours: &mut State, theirs: &State, wanted: &BTreeSet<String>) {
    if wanted.is_empty() {
        return;
    }
    let (mut parts, theirs) = (Parts::of(ours), Parts::of(theirs));
    for name in wanted {
        match theirs.texts.get(name) {
            Some(text) => drop(parts.texts.insert(name.clone(), text.clone())),
            None => drop(parts.texts.remove(name)),
        }
    }
    *ours = parts.state();
}

fn question_of(name: &str) -> Option<&str> {
    name.strip_prefix("q/")?.split('/').next()
}

/// The number of each question: ours where we have it.
fn places(ours: &State, theirs: &State) -> BTreeMap<String, usize> {
    let numbered = |state: &State| -> Vec<(String, usize)> {
        (1..).zip(&state.questions).map(|(number, placed)| (placed.key.clone(), number)).collect()
    };
    numbered(theirs).into_iter().chain(numbered(ours)).collect()
}

/// What a part is, in words.
fn label(name: &str, places: &BTreeMap<String, usize>) -> String {
    let parts: Vec<&str> = name.split('/').collect();
    match parts.as_slice() {
        ["title"] => "The title".to_owned(),
        ["introduction"] => "The introduction".to_owned(),
        ["tr", _, part] => format!("The {part} in the other language"),
        ["q", key, rest @ ..] => {
            let number = places.get(*key).copied().unwrap_or(0);
            match rest {
                ["prompt"] => format!("Question {number}"),
                ["help"] => format!("Question {number}: its help"),
                ["required"] => format!("Question {number}: whether it must be answered"),
                ["if"] => format!("Question {number}: when it is asked"),
                ["line", _] => format!("Question {number}: one of its lines"),
                ["tr", ..] => format!("Question {number}: a translation"),
                _ => format!("Question {number}: how it is answered"),
            }
        }
        _ => name.to_owned(),
    }
}

/// A part's text for people: what is kept as JSON is only named.
fn told(name: &str, text: &str) -> String {
    match name.rsplit('/').next() {
        Some("kind") => serde_json::from_str::<Kind>(text)
            .map(|kind| format!("“{}” with its settings", kind.word()))
            .unwrap_or_default(),
        Some("if" | "passage") => "another choice".to_owned(),
        _ => text.to_owned(),
    }
}

/// What changed from one state to the next, a few words for each thing.
pub fn changed(before: &State, after: &State) -> Vec<String> {
    let (old, new) = (Parts::of(before), Parts::of(after));
    let keys = |state: &State| -> Vec<String> {
        state.questions.iter().map(|placed| placed.key.clone()).collect()
    };
    let (old_keys, new_keys) = (keys(before), keys(after));
    let mut said = vec![];
    for (name, what) in [("title", "title"), ("introduction", "introduction")] {
        if old.texts.get(name) != new.texts.get(name) {
            said.push(what.to_owned());
        }
    }
    if before.translations != after.translations {
        said.push("title or introduction in the other language".to_owned());
    }
    for placed in before.questions.iter().filter(|placed| !new_keys.contains(&placed.key)) {
        said.push(format!("“{}” taken off", shortened(&placed.wording.prompt, 40)));
    }
    for (number, placed) in (1..).zip(&after.questions) {
        if !old_keys.contains(&placed.key) {
            said.push(format!("question {number} added"));
        } else if new.touched(&old, &placed.key)
            || new.orders.get(&placed.key) != old.orders.get(&placed.key)
        {
            said.push(format!("question {number}"));
        }
    }
    let common = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter().filter(|key| other.contains(key)).cloned().collect()
    };
    if common(&old_keys, &new_keys) != common(&new_keys, &old_keys) {
        said.push("the order".to_owned());
    }
    said
}

#[cfg(test)]
mod tests;
