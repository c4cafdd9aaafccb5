//! Votes on the statements of one question.

use std::collections::BTreeMap;

use crate::domain::Answer;
use crate::domain::kind::Vote;
use crate::insight::Material;
use crate::store::questionnaires::Asked;

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteCount {
    /// Its key.
    pub key: String,
    /// Its words.
    pub text: String,
    /// How many agree.
    pub agree: usize,
    /// How many disagree.
    pub disagree: usize,
    /// How many saw it and chose neither.
    pub pass: usize,
}

impl VoteCount {
    /// How many voted on it: those who did not see it are not among them.
    pub fn voted(&self) -> usize {
        self.agree + self.disagree + self.pass
    }
}

/// The statements of a question in the order of the form.
pub fn votes(material: &Material, asked: &Asked) -> Vec<VoteCount> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (_, answer) in material.answers(asked.id) {
        let Answer::Statements(given) = answer else { continue };
        for (key, vote) in given.votes.iter() {
            let [agree, disagree, pass] = counts.entry(key).or_default();
            *match vote {
                Vote::Agree => agree,
                Vote::Disagree => disagree,
                Vote::Pass => pass,
            } += 1;
        }
    }
    let of = |key: &str| counts.get(key).copied().unwrap_or_default();
    let lines = material.lines(asked).into_iter().map(|line| {
        let [agree, disagree, pass] = of(&line.key);
        VoteCount { key: line.key, text: line.text, agree, disagree, pass }
    });
    lines.collect()
}
