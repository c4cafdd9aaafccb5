//! The editor's form, read back into a questionnaire.

use std::collections::BTreeSet;

use super::{condition, translation};
use crate::acts::save_questionnaire::{Edited, EditedQuestion};
use crate::domain::text::one_line;
use crate::domain::{Fields, Wording};

mod fresh;
mod kind;
mod then;

pub(super) use then::Then;

/// What was read, and what could not be.
pub(super) struct Read {
    /// The questionnaire as edited; what could not be read is left out of it.
    pub edited: Edited,
    /// One sentence for each thing that could not be read.
    pub problems: Vec<String>,
    /// The number of the entry that the page showed.
    pub based_on: i64,
    /// Parts of which the other's words are taken.
    pub theirs: BTreeSet<String>,
    /// What comes next.
    pub then: Then,
}

/// Reads the editor's form. Questions come as `q0.…`, `q1.…`, in their order.
pub(super) fn read(fields: &Fields, language: &str) -> Read {
    let mut problems = vec![];
    let mut questions = vec![];
    for number in 0.. {
        let part = |name: &str| format!("q{number}.{name}");
        let Some(word) = fields.get(&part("kind")) else { break };
        let prompt = one_line(fields.get(&part("prompt")).unwrap_or_default(), 2000);
        let read = kind::read(word, fields, &part, &prompt, &mut problems);
        let Some(mut kind) = read else { continue };
        let mut beside = kind::lines(fields, &part);
        if let Some(to) = fields.get(&part("to")).filter(|to| *to != word) {
            kind = fresh::changed(kind, to, language);
            let lines = beside.iter_mut().zip(kind.lines());
            lines.for_each(|((old, _), line)| old.key.clone_from(&line.key));
        }
        let wording = Wording {
            help: one_line(fields.get(&part("help")).unwrap_or_default(), 1000),
            required: fields.has(&part("required"), "yes"),
            translations: translation::read(fields, &part, &beside, language),
            shown_if: condition::read(fields, &part("if")),
            ..Wording::new(prompt, kind)
        };
        let shown = fields.get(&part("shown")).unwrap_or_default();
        questions.push(EditedQuestion {
            key: fields.filled(&part("key")).map(str::to_owned),
            wording,
            passage: fields.get(&part("passage")).and_then(read_passage),
            shown: shown.split_whitespace().map(str::to_owned).collect(),
        });
    }
    let title = one_line(fields.get("title").unwrap_or_default(), 300);
    let title = if title.is_empty() {
        problems.push("The questionnaire needs a title.".to_owned());
        "Untitled".to_owned()
    } else {
        title
    };
    let mut edited = Edited {
        title,
        introduction: fields.get("introduction").unwrap_or_default().trim().to_owned(),
        translations: translation::read_head(fields, language),
        questions,
        ..Edited::default()
    };
    let then = Then::read(fields.get("then").unwrap_or_default());
    then::apply(&then, &mut edited, language);
    Read {
        edited,
        problems,
        based_on: fields.get("based_on").and_then(|typed| typed.parse().ok()).unwrap_or(0),
        theirs: fields.all("theirs").map(str::to_owned).collect(),
        then,
    }
}

fn read_passage(text: &str) -> Option<(usize, usize)> {
    let (start, end) = text.split_once('-')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}
