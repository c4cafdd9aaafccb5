//! Options, statements and times: too few, empty, twice the same.

use std::collections::BTreeSet;

use super::{Found, Where};
use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::text::shortened;
use crate::store::questionnaires::Asked;

pub(super) fn check(found: &mut Found, number: usize, asked: &Asked) {
    let place = || Where::Question(asked.key.clone());
    let kind = &asked.wording.kind;
    let (has, least, what) = match kind {
        Kind::Single(kind) => (kind.options.len(), 2, "options"),
        Kind::Multiple(kind) => (kind.options.len(), 1, "options"),
        Kind::Allocation(kind) => (kind.options.len(), 2, "options"),
        Kind::Ranking(kind) => (kind.options.len(), 2, "options"),
        Kind::Statements(kind) if kind.own => (kind.statements.len(), 0, "statements"),
        Kind::Statements(kind) => (kind.statements.len(), 1, "statements"),
        Kind::Availability(kind) => (kind.slots.len(), 1, "times"),
        Kind::Open(_) | Kind::Scale(_) | Kind::Number(_) | Kind::Contact(_) => (0, 0, ""),
    };
    if has < least {
        found.blocks(format!("Question {number} needs at least {least} of its {what}."), place());
    }
    if kind.lines().iter().any(|line| line.text.trim().is_empty()) {
        found.blocks(format!("Question {number} has an empty line among its {what}."), place());
    }
    for text in twice(kind.lines()) {
        let said = format!("Question {number} offers “{}” twice.", shortened(text.trim(), 40));
        // Two equal options cannot be told apart; a statement twice is only tedious.
        if matches!(kind, Kind::Statements(_)) {
            found.hints(said, place());
        } else {
            found.blocks(said, place());
        }
    }
    if let Kind::Scale(kind) = kind
        && kind.low.is_empty()
        && kind.high.is_empty()
    {
        found.hints(
            format!("Question {number} does not say what its first and its last point mean."),
            place(),
        );
    }
    if let Kind::Ranking(kind) = kind
        && kind.options.len() > 9
    {
        let options = kind.options.len();
        found.hints(format!("Question {number} asks to rank {options} options: few people can rank more than nine."), place());
    }
}

/// The texts that stand there twice, whatever their case and spaces.
fn twice(lines: &[Line]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let texts = lines.iter().map(|line| line.text.as_str()).filter(|text| !text.trim().is_empty());
    texts.filter(|text| !seen.insert(folded(text))).collect()
}
