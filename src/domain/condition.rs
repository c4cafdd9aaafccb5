//! When a question is asked: on what was answered before it. The server alone decides, browsers
//! only follow at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::Answer;
use super::kind::OTHER;

/// A question is asked when this is true of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Condition {
    /// The earlier question's key.
    pub question: String,
    /// What its answer must be; empty: any answer will do. Keys of options (`other` for an own
    /// one), points of a scale, or `{statement}={vote}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<String>,
}

impl Condition {
    /// Whether an answer to the earlier question satisfies it.
    pub fn holds(&self, answer: Option<&Answer>) -> bool {
        let Some(answer) = answer else { return false };
        self.any_of.is_empty() || said(answer).iter().any(|value| self.any_of.contains(value))
    }
}

/// What an answer says, in the words of [`Condition::any_of`].
fn said(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Single(chosen) | Answer::Multiple(chosen) => {
            let other = chosen.other.iter().map(|_| OTHER.to_owned());
            chosen.options.iter().cloned().chain(other).collect()
        }
        Answer::Scale(point) => vec![point.to_string()],
        Answer::CannotSay => vec![CANNOT_SAY.to_owned()],
        Answer::Number(number) => vec![number.to_string()],
        Answer::Statements(votes) => {
            let votes = votes.votes.iter();
            votes.map(|(key, vote)| format!("{key}={}", vote.key())).collect()
        }
        Answer::Ranking(keys) => keys.first().cloned().into_iter().collect(),
        Answer::Allocation(shares) => shares.points.keys().cloned().collect(),
        Answer::Availability(free) => {
            free.iter().map(|(key, free)| format!("{key}={}", free.key())).collect()
        }
        Answer::Open(_) | Answer::Contact(_) => vec![],
    }
}

/// What "can't say" is called in forms and conditions.
pub const CANNOT_SAY: &str = "cannot_say";

/// Which of the questions are asked, by key: `asked` in the order of the form with their
/// conditions, `answers` as they were given. A condition looks only at what stands before it and
/// is itself asked; one that looks elsewhere is never true.
pub fn shown<'a>(
    asked: impl IntoIterator<Item = (&'a str, Option<&'a Condition>)>,
    answers: &BTreeMap<&str, &Answer>,
) -> BTreeSet<&'a str> {
    let mut shown = BTreeSet::new();
    for (key, condition) in asked {
        let holds = condition.is_none_or(|condition| {
            let earlier = condition.question.as_str();
            shown.contains(earlier) && condition.holds(answers.get(earlier).copied())
        });
        if holds {
            shown.insert(key);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Chosen;

    fn chose(key: &str) -> Answer {
        Answer::Single(Chosen { options: vec![key.to_owned()], other: None })
    }

    fn on(question: &str, any_of: &[&str]) -> Condition {
        let any_of = any_of.iter().map(|value| (*value).to_owned()).collect();
        Condition { question: question.to_owned(), any_of }
    }

    #[test]
    fn a_question_that_hangs_on_a_hidden_one_is_hidden_too() {
        let (second, third, fourth) = (on("q1", &["o1"]), on("q2", &[]), on("q3", &[]));
        let form =
            [("q1", None), ("q2", Some(&second)), ("q3", Some(&third)), ("q4", Some(&fourth))];
        let (yes, no, text) = (chose("o1"), chose("o2"), Answer::Open("so".to_owned()));
        let all = |first| BTreeMap::from([("q1", first), ("q2", &text), ("q3", &text)]);
        let of = |first| shown(form, &all(first)).into_iter().collect::<Vec<_>>();
        assert_eq!(of(&yes), ["q1", "q2", "q3", "q4"]);
        // What was typed before the first choice was changed does not bring them back.
        assert_eq!(of(&no), ["q1"]);
    }

    #[test]
    fn a_condition_on_itself_or_on_what_comes_later_is_never_true() {
        let (itself, later) = (on("q1", &[]), on("q3", &[]));
        let text = Answer::Open("so".to_owned());
        let answers = BTreeMap::from([("q1", &text), ("q2", &text), ("q3", &text)]);
        let form = [("q1", Some(&itself)), ("q2", Some(&later)), ("q3", None)];
        assert_eq!(shown(form, &answers).into_iter().collect::<Vec<_>>(), ["q3"]);
    }

    #[test]
    fn own_options_points_and_votes_can_be_asked_for() {
        let other = Answer::Single(Chosen { options: vec![], other: Some("mine".to_owned()) });
        assert!(on("q", &["other"]).holds(Some(&other)));
        assert!(on("q", &["4", "5"]).holds(Some(&Answer::Scale(4))));
        assert!(!on("q", &["4", "5"]).holds(Some(&Answer::CannotSay)));
        assert!(on("q", &["cannot_say"]).holds(Some(&Answer::CannotSay)));
        assert!(on("q", &[]).holds(Some(&Answer::CannotSay)));
        assert!(!on("q", &[]).holds(None));
    }
}
