//! How the members of a group voted, as far as they let their group see it: counts, never names.

use super::{Side, Topic, Votes};
use crate::domain::ResponseId;
use crate::domain::consent::Consent;
use crate::insight::Insight;

/// Most statements that are listed as agreed.
const AGREED: usize = 4;
/// Of fewer voters than this nothing is said to be agreed.
const ENOUGH: u32 = 3;

/// A statement with the votes of members: its place among all statements, its name and its counts.
pub(super) struct Counted {
    /// Its place among the statements of the opinion.
    pub at: usize,
    /// The key of its question and its own: `q2.s5`.
    pub key: String,
    /// The counts.
    pub votes: Votes,
}

/// Each statement with the votes of those members who let the group see their answers.
pub(super) fn of_members(insight: &Insight, members: &[ResponseId]) -> Vec<Counted> {
    let Some(opinion) = &insight.opinion else { return vec![] };
    let sees = |id: &ResponseId| {
        members.contains(id)
            && insight.material.voice(*id).is_some_and(|voice| voice.allows(Consent::Group))
    };
    let rows = opinion.votes.people.iter().zip(&opinion.votes.cells).filter(|(id, _)| sees(id));
    let rows: Vec<&Vec<Option<i8>>> = rows.map(|(_, row)| row).collect();
    let count = |column: usize, vote: i8| {
        let voted = rows.iter().filter(|row| row.get(column).copied().flatten() == Some(vote));
        u32::try_from(voted.count()).unwrap_or(u32::MAX)
    };
    let counted = opinion.statements.iter().enumerate().map(|(at, statement)| {
        let asked = insight.material.questions.iter().find(|a| a.id == statement.question);
        Counted {
            at,
            key: format!("{}.{}", asked.map_or("", |a| a.key.as_str()), statement.key),
            votes: Votes {
                text: statement.text.clone(),
                agree: count(at, 1),
                disagree: count(at, -1),
                pass: count(at, 0),
            },
        }
    });
    counted.collect()
}

/// The side of somebody on the statement at a place, if they took one.
pub(super) fn side(insight: &Insight, id: ResponseId, at: usize) -> Option<Side> {
    let opinion = insight.opinion.as_deref()?;
    let row = opinion.votes.people.iter().position(|person| *person == id)?;
    match opinion.votes.cells.get(row)?.get(at).copied().flatten()? {
        1 => Some(Side::Agree),
        -1 => Some(Side::Disagree),
        _ => None,
    }
}

/// On how many statements at least two members voted, and on how many of these both sides sit at
/// the table.
pub(super) fn divided(counted: &[Counted]) -> (u32, u32) {
    let several = counted.iter().filter(|c| c.votes.agree + c.votes.disagree + c.votes.pass >= 2);
    let (mut all, mut both) = (0, 0);
    for statement in several {
        all += 1;
        both += u32::from(statement.votes.agree > 0 && statement.votes.disagree > 0);
    }
    (all, both)
}

/// The statement on which these members differ most: where the smaller side is largest.
pub(super) fn most_divided(votes: &[Counted]) -> Option<&Counted> {
    let differ = votes.iter().filter(|c| c.votes.agree > 0 && c.votes.disagree > 0);
    differ.min_by_key(|counted| {
        let v = &counted.votes;
        let (small, large) = (v.agree.min(v.disagree), v.agree.max(v.disagree));
        (std::cmp::Reverse(small), large, v.pass, counted.at)
    })
}

/// Where enough members voted and nobody voted against the others; what is talked about is not
/// among them.
pub(super) fn agreed(votes: &[Counted], topics: &[Topic]) -> Vec<Votes> {
    let mut agreed: Vec<Votes> = votes
        .iter()
        .map(|counted| &counted.votes)
        .filter(|v| {
            (v.agree >= ENOUGH && v.disagree == 0) || (v.disagree >= ENOUGH && v.agree == 0)
        })
        .filter(|v| !topics.iter().any(|topic| topic.text == v.text))
        .cloned()
        .collect();
    agreed.sort_by_key(|v| (std::cmp::Reverse(v.agree.max(v.disagree)), v.pass));
    agreed.truncate(AGREED);
    agreed
}
