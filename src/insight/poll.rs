//! The poll before and after: which statements it has, and what changed, told only where it tells
//! nothing about a few.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Insight, brief};
use crate::domain::status::Phase;
use crate::domain::{ParticipantId, token};
use crate::insight::guide::{Guide, Why};
use crate::store::discussions::Whole;
use crate::store::poll::Answer;

/// Most statements of a poll: it takes a minute.
pub const MOST: usize = 5;
/// Nothing is told of fewer people who answered both times.
pub const LEAST: usize = 5;

/// One statement of the poll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its name: `q2.s5`, or `own.1` for one that the organizer wrote.
    pub key: String,
    /// Its words.
    pub text: String,
}

/// The statements that a poll begins with: those on which most groups differ, then those that part
/// everybody most.
pub fn proposed(insight: &Insight, whole: &Whole) -> Vec<Statement> {
    let mut topics: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for group in &whole.groups {
        let Ok(guide) = serde_json::from_str::<Guide>(&group.guide) else { continue };
        for topic in guide.topics {
            let about = matches!(topic.why, Why::Differs | Why::Divides | Why::Shared);
            // A statement's key has its own name after the question's: `differs.q2.s5`.
            let key = topic.key.split_once('.').map(|(_, key)| key.to_owned());
            if let Some(key) = key.filter(|key| about && key.contains('.')) {
                topics.entry(key).or_insert((0, topic.text)).0 += 1;
            }
        }
    }
    let mut topics: Vec<_> = topics.into_iter().collect();
    topics.sort_by(|(a, (most, _)), (b, (least, _))| least.cmp(most).then(a.cmp(b)));
    let mut found: Vec<Statement> =
        topics.into_iter().map(|(key, (_, text))| Statement { key, text }).collect();
    if let Some(opinion) = insight.opinion.as_deref() {
        for (at, _) in brief::most_divided(&opinion.result.statements) {
            let Some(voted) = opinion.statements.get(at) else { continue };
            let asked = insight.material.questions.iter().find(|a| a.id == voted.question);
            let key = format!("{}.{}", asked.map_or("", |a| a.key.as_str()), voted.key);
            if !found.iter().any(|known| known.key == key) {
                found.push(Statement { key, text: voted.text.clone() });
            }
        }
    }
    found.truncate(MOST);
    found
}

/// How those who answered both times see one statement before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Who agrees.
    pub agree: u32,
    /// Who passes.
    pub pass: u32,
    /// Who disagrees.
    pub disagree: u32,
}

impl Counts {
    fn add(&mut self, value: i32) {
        match value {
            1 => self.agree += 1,
            -1 => self.disagree += 1,
            _ => self.pass += 1,
        }
    }
}

/// What changed on one statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The statement.
    pub statement: Statement,
    /// How many answered it both times.
    pub pairs: u32,
    /// Before the meeting.
    pub before: Counts,
    /// After it.
    pub after: Counts,
    /// Who moved toward agreement.
    pub toward: u32,
    /// Who moved away from it.
    pub away: u32,
}

/// The pairs of answers to each statement, of whoever answered it before and after.
pub fn pairs(answers: &[Answer]) -> BTreeMap<String, BTreeMap<ParticipantId, (i32, i32)>> {
    let mut both: BTreeMap<(String, ParticipantId), [Option<i32>; 2]> = BTreeMap::new();
    for answer in answers {
        let pair = both.entry((answer.statement.clone(), answer.participant_id)).or_default();
        let [before, after] = pair;
        match answer.phase {
            Phase::Before => *before = Some(answer.value),
            Phase::After => *after = Some(answer.value),
        }
    }
    let mut pairs: BTreeMap<String, BTreeMap<ParticipantId, (i32, i32)>> = BTreeMap::new();
    for ((statement, one), pair) in both {
        if let [Some(before), Some(after)] = pair {
            pairs.entry(statement).or_default().insert(one, (before, after));
        }
    }
    pairs
}

/// What changed on each statement, in the order of the poll; of those with fewer than `least` pairs
/// nothing.
pub fn changes(statements: &[Statement], answers: &[Answer], least: usize) -> Vec<Change> {
    let pairs = pairs(answers);
    let change = |statement: &Statement| {
        let of = pairs.get(&statement.key)?;
        let mut change = Change {
            statement: statement.clone(),
            pairs: u32::try_from(of.len()).ok()?,
            before: Counts::default(),
            after: Counts::default(),
            toward: 0,
            away: 0,
        };
        for (before, after) in of.values() {
            change.before.add(*before);
            change.after.add(*after);
            change.toward += u32::from(after > before);
            change.away += u32::from(after < before);
        }
        (of.len() >= least).then_some(change)
    };
    statements.iter().filter_map(change).collect()
}

/// A mark of each pair behind the numbers of a statement: two sets of them tell by how many people
/// two versions differ, and nothing else.
pub fn behind(answers: &[Answer]) -> BTreeMap<String, BTreeSet<String>> {
    let mark = |one: ParticipantId, pair: (i32, i32)| {
        token::hash(&format!("{one}:{}:{}", pair.0, pair.1)).chars().take(18).collect()
    };
    let of = pairs(answers).into_iter();
    of.map(|(key, of)| (key, of.into_iter().map(|(one, pair)| mark(one, pair)).collect())).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{DiscussionId, QuestionnaireId};

    fn answer(one: u128, phase: Phase, value: i32) -> Answer {
        Answer {
            participant_id: ParticipantId(Uuid::from_u128(one)),
            phase,
            statement: "q1.s1".to_owned(),
            discussion_id: DiscussionId(Uuid::nil()),
            questionnaire_id: QuestionnaireId(Uuid::nil()),
            value,
        }
    }

    #[test]
    fn only_whoever_answered_both_times_is_counted_and_only_from_five_on() {
        let statement = Statement { key: "q1.s1".to_owned(), text: "It will.".to_owned() };
        let mut answers = vec![];
        for (one, (before, after)) in (0..).zip([(1, 1), (1, -1), (0, 1), (-1, 0)]) {
            answers.push(answer(one, Phase::Before, before));
            answers.push(answer(one, Phase::After, after));
        }
        answers.push(answer(9, Phase::Before, 1));
        let of = |answers: &[Answer]| changes(std::slice::from_ref(&statement), answers, LEAST);
        assert_eq!(of(&answers), []);
        answers.push(answer(9, Phase::After, 1));
        let [change] = of(&answers).try_into().unwrap();
        assert_eq!((change.pairs, change.toward, change.away), (5, 2, 1));
        assert_eq!(change.before, Counts { agree: 3, pass: 1, disagree: 1 });
        assert_eq!(change.after, Counts { agree: 3, pass: 1, disagree: 1 });
        assert_eq!(behind(&answers)["q1.s1"].len(), 5);
    }
}
