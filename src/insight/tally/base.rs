//! How many people were asked each question: of those who were not asked, nobody is missing.

use std::collections::BTreeMap;

use crate::domain::condition::shown;
use crate::domain::{Answer, QuestionId};
use crate::insight::Material;
use crate::store::questionnaires::Asked;

/// How many people were asked each question on the form: everybody, or with a condition those of
/// whom it was true, and whoever answered all the same, under an earlier version of the form.
/// Nothing is known of questions that were taken off the form.
pub fn base(material: &Material) -> BTreeMap<QuestionId, usize> {
    let on_form = || material.questions.iter().filter(|asked| asked.position.is_some());
    let everybody = material.voices.len();
    let mut base: BTreeMap<QuestionId, usize> =
        on_form().map(|asked| (asked.id, everybody)).collect();
    let conditional: Vec<_> = on_form().filter(|asked| asked.wording.shown_if.is_some()).collect();
    if conditional.is_empty() {
        return base;
    }
    for asked in &conditional {
        base.insert(asked.id, 0);
    }
    // Only these decide: the questions with a condition, and those that conditions look at.
    let decides = |asked: &&Asked| {
        let looked_at = |other: &&Asked| {
            other.wording.shown_if.as_ref().is_some_and(|on| on.question == asked.key)
        };
        asked.wording.shown_if.is_some() || conditional.iter().any(looked_at)
    };
    let form: Vec<&Asked> = on_form().filter(decides).collect();
    for voice in &material.voices {
        let answers: BTreeMap<&str, &Answer> = form
            .iter()
            .filter_map(|asked| Some((asked.key.as_str(), voice.answer(asked.id)?)))
            .collect();
        let form = form.iter().map(|asked| (&*asked.key, asked.wording.shown_if.as_ref()));
        let shown = shown(form, &answers);
        for asked in &conditional {
            let seen = shown.contains(asked.key.as_str()) || answers.contains_key(&*asked.key);
            if let Some(count) = base.get_mut(&asked.id).filter(|_| seen) {
                *count += 1;
            }
        }
    }
    base
}
