//! One real conversation as the test data hold it.

use serde_json::Value;

use crate::analysis::opinions::{NEEDED_VOTES, Votes};

pub(super) struct Conversation {
    /// Every statement, the rejected ones too.
    pub votes: Votes,
    pub names: Vec<String>,
    pub golden: Value,
}

impl Conversation {
    pub fn read(votes: &str, golden: &str) -> Self {
        let mut lines = votes.lines();
        let names: Vec<String> = lines.next().unwrap().split(' ').map(str::to_owned).collect();
        let (people, cells) = lines
            .map(|line| {
                let (person, votes) = line.split_once(' ').unwrap();
                let vote = |sign| match sign {
                    '+' => Some(1),
                    '-' => Some(-1),
                    '0' => Some(0),
                    _ => None,
                };
                (person.to_owned(), votes.chars().map(vote).collect())
            })
            .unzip();
        let votes = Votes { people, statements: names.len(), cells };
        Self { votes, names, golden: serde_json::from_str(golden).unwrap() }
    }

    pub fn statement(&self, tid: &Value) -> usize {
        let name = tid.as_str().map_or_else(|| tid.to_string(), str::to_owned);
        self.names.iter().position(|n| *n == name).unwrap()
    }

    /// Positions of the statements that were not rejected.
    pub fn accepted(&self) -> Vec<usize> {
        let out: Vec<usize> =
            list(&self.golden["moderated_out"]).iter().map(|t| self.statement(t)).collect();
        (0..self.names.len()).filter(|s| !out.contains(s)).collect()
    }

    /// The votes without the rejected statements.
    pub fn without_rejected(&self) -> Votes {
        let kept = self.accepted();
        let cells = self.votes.cells.iter().map(|row| kept.iter().map(|&s| row[s]).collect());
        Votes { people: self.votes.people.clone(), statements: kept.len(), cells: cells.collect() }
    }

    /// The votes with the rejected statements passed by all who voted on enough others: so the
    /// published groups were computed.
    pub fn with_rejected_passed(&self) -> Votes {
        let mut votes = self.without_rejected();
        for row in &mut votes.cells {
            let seen = row.iter().flatten().count();
            let filled = if seen >= NEEDED_VOTES { Some(0) } else { None };
            row.resize(self.names.len(), filled);
        }
        votes.statements = self.names.len();
        votes
    }

    pub fn published(&self, row: usize) -> Option<usize> {
        let group = &self.golden["published_group_of_participant"][&self.votes.people[row]];
        group.as_u64().and_then(|g| usize::try_from(g).ok())
    }

    pub fn published_rows(&self, group: usize) -> impl Iterator<Item = usize> {
        (0..self.votes.cells.len()).filter(move |&row| self.published(row) == Some(group))
    }

    pub fn published_number(&self) -> usize {
        (0..self.votes.cells.len()).filter_map(|row| self.published(row)).max().unwrap() + 1
    }
}

pub(super) fn list(value: &Value) -> Vec<Value> {
    value.as_array().unwrap().clone()
}
