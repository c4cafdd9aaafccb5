//! The echo: what groups wrote down and what changed between the two polls, as the organizer has
//! looked it through and everybody reads it. Notes are people's own words: whoever takes theirs back
//! takes them out of every version.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::guide::sheet::NOTES;
use super::poll::{Change, Counts, LEAST};
use crate::domain::NoteId;
use crate::store::discussions::Whole;
use crate::store::notes::Fields;

/// What an organizer has made of the notes, before it is published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// What stands at its head.
    pub intro: String,
    /// Notes in other words, or left out. A note that is written anew is looked through anew.
    pub notes: BTreeMap<NoteId, Edited>,
}

/// What was done to one note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edited {
    /// Other words.
    pub text: Option<String>,
    /// Whether it is left out.
    pub hidden: bool,
}

/// An echo as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Echo {
    /// The discussion's title.
    pub title: String,
    /// What the organizer says at its head.
    pub intro: String,
    /// How many groups have met.
    pub groups: u32,
    /// How many people sat in them.
    pub people: u32,
    /// What groups wrote down, by field and group.
    pub said: Vec<Said>,
    /// What changed between the polls, where it can be told.
    pub changes: Vec<Change>,
    /// Of how many statements of the poll nothing can be told without telling about a few.
    pub untold: u32,
}

/// One note as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Which note.
    pub note: NoteId,
    /// The group's number.
    pub group: i32,
    /// The field of the note form.
    pub field: String,
    /// The words.
    pub text: String,
    /// Whether the organizer has put it in other words.
    pub edited: bool,
}

/// The echo of a discussion with what the organizer made of it; `changes` as they may be told.
pub fn echo(
    whole: &Whole,
    notes: &BTreeMap<crate::domain::GroupId, Fields>,
    draft: &Draft,
    changes: Vec<Change>,
    untold: usize,
) -> Echo {
    let mut said = vec![];
    for field in NOTES {
        for group in &whole.groups {
            let note = notes.get(&group.id).and_then(|fields| fields.get(field));
            let Some(note) = note.filter(|note| !note.text.trim().is_empty()) else { continue };
            let edited = draft.notes.get(&note.id).cloned().unwrap_or_default();
            if !edited.hidden {
                said.push(Said {
                    note: note.id,
                    group: group.number,
                    field: field.to_owned(),
                    edited: edited.text.is_some(),
                    text: edited.text.unwrap_or_else(|| note.text.clone()),
                });
            }
        }
    }
    let mut people = BTreeSet::new();
    let met: BTreeSet<i32> = said.iter().map(|said| said.group).collect();
    for group in whole.groups.iter().filter(|group| met.contains(&group.number)) {
        let there = whole.of(group.id).filter(|seat| seat.attended != Some(false));
        people.extend(there.map(|seat| seat.participant_id));
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Echo {
        title: whole.discussion.title.clone(),
        intro: draft.intro.clone(),
        groups: count(met.len()),
        people: count(people.len()),
        said,
        changes,
        untold: count(untold),
    }
}

impl Echo {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty() && self.changes.is_empty() && self.intro.is_empty()
    }

    /// Takes out the notes that are not there any more; how many.
    pub fn keep_only(&mut self, standing: &[NoteId]) -> usize {
        let before = self.said.len();
        self.said.retain(|said| standing.contains(&said.note));
        before - self.said.len()
    }
}

/// The marks behind the numbers of each statement that is told.
pub type Behind = BTreeMap<String, BTreeSet<String>>;

/// A version that was published: its numbers, and what is behind them.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// Its numbers.
    pub changes: Vec<Change>,
    /// The marks behind them.
    pub behind: Behind,
}

/// What can be told of the changes: nothing on which all said the same while they are few, and
/// nothing that, beside a version that was published, would tell about fewer than five people (then
/// that version's numbers stay). With the marks behind what is told, and of how many statements
/// nothing is.
pub fn told(
    all: Vec<Change>,
    asked: usize,
    marks: &Behind,
    before: &[Before],
) -> (Vec<Change>, Behind, usize) {
    let (mut changes, mut behind) = (vec![], Behind::new());
    for change in all.into_iter().filter(|change| !is_of_one_mind(change)) {
        let key = change.statement.key.clone();
        let now = marks.get(&key).cloned().unwrap_or_default();
        let near = before.iter().rev().find_map(|version| {
            let then = version.behind.get(&key)?;
            let differ = then.difference(&now).count().max(now.difference(then).count());
            (differ > 0 && differ < LEAST).then_some((version, then))
        });
        match near {
            None => {
                changes.push(change);
                behind.insert(key, now);
            }
            Some((version, then)) => {
                let kept = version.changes.iter().find(|known| known.statement.key == key);
                changes.extend(kept.cloned());
                behind.insert(key, then.clone());
            }
        }
    }
    let untold = asked.saturating_sub(changes.len());
    (changes, behind, untold)
}

/// Whether everybody said the same, and they are so few that it is something about each of them.
fn is_of_one_mind(change: &Change) -> bool {
    let all = |counts: Counts| [counts.agree, counts.pass, counts.disagree].contains(&change.pairs);
    let few = usize::try_from(change.pairs).unwrap_or(usize::MAX) < 2 * LEAST;
    few && (all(change.before) || all(change.after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::poll::Statement;

    fn change(key: &str, pairs: u32, before: [u32; 3], after: [u32; 3]) -> Change {
        let counts = |[agree, pass, disagree]: [u32; 3]| Counts { agree, pass, disagree };
        let statement = Statement { key: key.to_owned(), text: key.to_owned() };
        let (before, after) = (counts(before), counts(after));
        Change { statement, pairs, before, after, toward: 0, away: 0 }
    }

    fn marks(key: &str, people: std::ops::Range<u32>) -> Behind {
        [(key.to_owned(), people.map(|one| one.to_string()).collect())].into()
    }

    #[test]
    fn few_of_one_mind_are_not_told_of() {
        let all = vec![
            change("a", 5, [5, 0, 0], [3, 1, 1]),
            change("b", 5, [4, 0, 1], [3, 1, 1]),
            change("c", 12, [12, 0, 0], [3, 4, 5]),
        ];
        let (told, _, untold) = told(all, 4, &Behind::new(), &[]);
        let keys: Vec<_> = told.iter().map(|change| change.statement.key.as_str()).collect();
        assert_eq!((keys, untold), (vec!["b", "c"], 2));
    }

    #[test]
    fn a_later_version_does_not_tell_by_subtraction() {
        let first = change("a", 6, [4, 1, 1], [3, 2, 1]);
        let published = Before { changes: vec![first.clone()], behind: marks("a", 0..6) };
        let then = std::slice::from_ref(&published);
        // One more person: the numbers of before stay.
        let next = change("a", 7, [5, 1, 1], [3, 3, 1]);
        let (kept, behind, _) = told(vec![next.clone()], 1, &marks("a", 0..7), then);
        assert_eq!((kept, behind), (vec![first], marks("a", 0..6)));
        // Five more can hide each other.
        let (kept, behind, _) = told(vec![next.clone()], 1, &marks("a", 0..11), then);
        assert_eq!((kept, behind), (vec![next], marks("a", 0..11)));
    }
}
