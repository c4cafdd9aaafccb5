//! Votes on statements, gathered over all questions that ask for them, and opinion groups.

use std::collections::BTreeMap;

use super::Material;
use crate::analysis::opinions::{Opinions, Settings, Votes, of_many};
use crate::domain::kind::Kind;
use crate::domain::{Answer, QuestionId, ResponseId};

/// Seeds are fixed, so that the same answers always give the same groups.
pub const SEED: u64 = 1;

/// A statement that was voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voted {
    /// The question it stands in.
    pub question: QuestionId,
    /// Its key there.
    pub key: String,
    /// Its words.
    pub text: String,
}

/// Everybody's votes and what they say.
#[derive(Clone, Debug)]
pub struct Opinion {
    /// The statements: columns.
    pub statements: Vec<Voted>,
    /// The votes of those who voted at least once.
    pub votes: Votes<ResponseId>,
    /// Counts, map and groups.
    pub result: Opinions,
}

impl Opinion {
    /// Those who voted on a statement.
    pub fn voted(&self, statement: usize) -> Vec<ResponseId> {
        let voted = self.votes.people.iter().zip(&self.votes.cells);
        let voted = voted.filter(|(_, row)| row.get(statement).copied().flatten().is_some());
        voted.map(|(id, _)| *id).collect()
    }

    /// The same map and groups with those people only whose responses are in `material`.
    #[must_use]
    pub fn among(&self, material: &Material) -> Self {
        let mut to = vec![None; self.votes.people.len()];
        let (mut people, mut cells) = (vec![], vec![]);
        let rows = self.votes.people.iter().zip(&self.votes.cells);
        for (place, (id, row)) in to.iter_mut().zip(rows) {
            if material.voice(*id).is_some() {
                *place = Some(people.len());
                people.push(*id);
                cells.push(row.clone());
            }
        }
        let votes = Votes { people, statements: self.votes.statements, cells };
        let result = self.result.recounted(&votes, |row| to.get(row).copied().flatten());
        Self { statements: self.statements.clone(), votes, result }
    }

    /// The same without what would tell of fewer than `least` people, also by subtraction; see
    /// [`Opinions::withheld`]. A smaller group is still in it, so that groups keep their letters,
    /// with nothing but its members: its size is not to be told.
    #[must_use]
    pub fn publishable(&self, least: u32) -> Self {
        Self { result: self.result.withheld(least), ..self.clone() }
    }

    /// Those who voted enough to have a place on the map.
    pub fn placed(&self) -> Vec<ResponseId> {
        self.result.placed.iter().filter_map(|row| self.votes.people.get(*row)).copied().collect()
    }
}

/// The opinion on a questionnaire's statements; none where it asks for none.
pub fn of(material: &Material) -> Option<Opinion> {
    let mut statements = vec![];
    for asked in &material.questions {
        if matches!(asked.wording.kind, Kind::Statements(_)) {
            statements.extend(material.lines(asked).into_iter().map(|line| Voted {
                question: asked.id,
                key: line.key,
                text: line.text,
            }));
        }
    }
    if statements.is_empty() {
        return None;
    }
    let column: BTreeMap<(QuestionId, &str), usize> =
        (0..).zip(&statements).map(|(at, s)| ((s.question, s.key.as_str()), at)).collect();
    let (mut people, mut cells) = (vec![], vec![]);
    for voice in &material.voices {
        let mut row = vec![None; statements.len()];
        for (question, answer) in voice.all() {
            let Answer::Statements(votes) = answer else { continue };
            for (key, vote) in votes.votes.iter() {
                let at = column.get(&(question, key)).copied();
                if let Some(cell) = at.and_then(|at| row.get_mut(at)) {
                    *cell = Some(vote.sign());
                }
            }
        }
        if row.iter().any(Option::is_some) {
            people.push(voice.response.id);
            cells.push(row);
        }
    }
    let votes = Votes { people, statements: statements.len(), cells };
    let settings = Settings { groups: None, permutations: 200, removals: 20, seed: SEED };
    let result = of_many(&votes, &settings);
    Some(Opinion { statements, votes, result })
}
