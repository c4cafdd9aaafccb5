//! What a button of the editor asks for beside saving: every change of the form's shape is a button,
//! so that it works without a script.

use super::fresh;
use crate::acts::save_questionnaire::{Edited, EditedQuestion};
use crate::domain::question::Line;

/// What comes after saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web::desk::questionnaire) enum Then {
    /// Nothing more.
    Save,
    /// The script saved by itself: it wants the same page again.
    Auto,
    /// The preview.
    Preview,
    /// To publish.
    Publish,
    /// What changed since it was published.
    Changes,
    /// Back one step.
    Undo,
    /// Forward again.
    Redo,
    /// A new question of this kind at a place, counted from 0.
    Add(usize, String),
    /// The question with this key to a place, counted from 0.
    Move(String, usize),
    /// One place up or down.
    By(String, Way),
    /// The question with this key once more, behind it.
    Copy(String),
    /// The question with this key off the form.
    Off(String),
    /// A line of a question, by its place, one place up or down, or off.
    Line(String, usize, Option<Way>),
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web::desk::questionnaire) enum Way {
    Up,
    Down,
}

impl Way {
    /// Swaps what is at `place` with its neighbour.
    fn take<T>(self, list: &mut [T], place: usize) {
        let other = match self {
            Self::Up => place.checked_sub(1),
            Self::Down => place.checked_add(1),
        };
        if let Some(other) = other.filter(|other| place.max(*other) < list.len()) {
            list.swap(place, other);
        }
    }
}

impl Then {
    pub(super) fn read(text: &str) -> Self {
        let parts: Vec<&str> = text.split(':').collect();
        let number = |text: &str| text.parse().unwrap_or(usize::MAX);
        match parts.as_slice() {
            ["auto"] => Self::Auto,
            ["preview"] => Self::Preview,
            ["publish"] => Self::Publish,
            ["changes"] => Self::Changes,
            ["undo"] => Self::Undo,
            ["redo"] => Self::Redo,
            ["add", place, kind] => Self::Add(number(place), (*kind).to_owned()),
            ["move", key, place] => Self::Move((*key).to_owned(), number(place)),
            ["up", key] => Self::By((*key).to_owned(), Way::Up),
            ["down", key] => Self::By((*key).to_owned(), Way::Down),
            ["copy", key] => Self::Copy((*key).to_owned()),
            ["off", key] => Self::Off((*key).to_owned()),
            ["line-up", key, at] => Self::Line((*key).to_owned(), number(at), Some(Way::Up)),
            ["line-down", key, at] => Self::Line((*key).to_owned(), number(at), Some(Way::Down)),
            ["line-off", key, at] => Self::Line((*key).to_owned(), number(at), None),
            _ => Self::Save,
        }
    }
}

/// Does it to what was typed, as far as it concerns the questions.
pub(super) fn apply(then: &Then, edited: &mut Edited, language: &str) {
    let questions = &mut edited.questions;
    let place = |questions: &[EditedQuestion], key: &str| {
        questions.iter().position(|question| question.key.as_deref() == Some(key))
    };
    match then {
        Then::Add(at, kind) => {
            if let Some(new) = fresh::question(kind, language) {
                questions.insert((*at).min(questions.len()), new);
            }
        }
        Then::Move(key, to) => {
            if let Some(from) = place(questions, key) {
                let question = questions.remove(from);
                questions.insert((*to).min(questions.len()), question);
            }
        }
        Then::By(key, way) => {
            if let Some(from) = place(questions, key) {
                way.take(questions, from);
            }
        }
        Then::Copy(key) => {
            if let Some(from) = place(questions, key)
                && let Some(mut copy) = questions.get(from).cloned()
            {
                (copy.key, copy.shown) = (None, vec![]);
                questions.insert(from + 1, copy);
            }
        }
        Then::Off(key) => {
            if let Some(from) = place(questions, key) {
                questions.remove(from);
                edited.off.push(key.clone());
            }
        }
        Then::Line(key, at, way) => {
            let question = place(questions, key).and_then(|place| questions.get_mut(place));
            if let Some((lines, _)) = question.and_then(|q| q.wording.kind.lines_mut()) {
                line(lines, *at, *way);
            }
        }
        Then::Save
        | Then::Auto
        | Then::Preview
        | Then::Publish
        | Then::Changes
        | Then::Undo
        | Then::Redo => {}
    }
}

fn line(lines: &mut Vec<Line>, at: usize, way: Option<Way>) {
    match way {
        Some(way) => way.take(lines, at),
        None if at < lines.len() => drop(lines.remove(at)),
        None => {}
    }
}
