//! Which question of a document is which question of a questionnaire.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, DocumentQuestion};
use crate::domain::Wording;

/// Whether a key is one that a kept question can have: `q1`, `q2`, …
pub fn is_kept_key(key: &str) -> bool {
    number(key).is_some()
}

fn number(key: &str) -> Option<u32> {
    let digits = key.strip_prefix('q')?;
    let plain = !digits.starts_with('0') && digits.len() <= 6;
    digits.parse().ok().filter(|_| plain && digits.bytes().all(|b| b.is_ascii_digit()))
}

impl Document {
    /// Finds the questions of this document among those that are kept (`present`, by key): by
    /// key, and where it has none or one of its own, by kind and words. Their options without
    /// keys are found by their words. So a document that was written without keys, brought
    /// twice, is the same questionnaire.
    pub fn align(&mut self, present: &[(&str, &Wording)]) {
        let keeps = |question: &DocumentQuestion| {
            let key = question.key.as_deref()?;
            is_kept_key(key).then(|| key.to_owned())
        };
        let mut taken: BTreeSet<String> = self.questions.iter().filter_map(keeps).collect();
        let mut renamed = BTreeMap::new();
        for question in &mut self.questions {
            let wording = &mut question.wording;
            let same = |(key, known): &&(&str, &Wording)| {
                let alike =
                    known.prompt == wording.prompt && known.kind.word() == wording.kind.word();
                !taken.contains(*key) && alike
            };
            let key = question.key.clone().filter(|key| is_kept_key(key));
            let key = key.or_else(|| Some(present.iter().find(same)?.0.to_owned()));
            let Some(key) = key else { continue };
            if let Some((_, known)) = present.iter().find(|(of, _)| *of == key)
                && let Some((lines, _)) = wording.kind.lines_mut()
            {
                let mut used: BTreeSet<String> =
                    lines.iter().map(|line| line.key.clone()).collect();
                for line in lines.iter_mut().filter(|line| line.key.is_empty()) {
                    let before = known.kind.lines().iter();
                    let mut before = before.filter(|known| known.text == line.text);
                    if let Some(before) = before.find(|known| !used.contains(&known.key)) {
                        used.insert(before.key.clone());
                        line.key.clone_from(&before.key);
                    }
                }
            }
            taken.insert(key.clone());
            if let Some(before) = question.key.replace(key.clone()) {
                renamed.insert(before, key);
            }
        }
        self.follow(&renamed);
    }

    /// Gives every question a key that can be kept, which none of `taken` is; conditions follow.
    pub fn name_questions<'a>(&mut self, taken: impl IntoIterator<Item = &'a str>) {
        let taken = taken.into_iter().filter_map(number).max();
        let own = self.questions.iter().filter_map(|question| number(question.key.as_deref()?));
        let mut last = own.max().max(taken).unwrap_or(0);
        let mut renamed = BTreeMap::new();
        for question in &mut self.questions {
            if question.key.as_deref().is_some_and(is_kept_key) {
                continue;
            }
            last = last.saturating_add(1);
            let key = format!("q{last}");
            if let Some(before) = question.key.replace(key.clone()) {
                renamed.insert(before, key);
            }
        }
        self.follow(&renamed);
    }

    fn follow(&mut self, renamed: &BTreeMap<String, String>) {
        let conditions = self.questions.iter_mut().filter_map(|q| q.wording.shown_if.as_mut());
        for condition in conditions {
            if let Some(key) = renamed.get(&condition.question) {
                condition.question.clone_from(key);
            }
        }
    }
}
