//! Votes on statements and opinion groups, as programs read them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::analysis::opinions::{Group, Interval, Verdict, letter};
use crate::domain::ResponseId;
use crate::insight::Material;
use crate::insight::opinion::Opinion;

/// Votes on statements, and whether people fall into groups.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Opinions {
    /// How many people voted.
    pub people: usize,
    /// The statements, in the order of the form.
    pub statements: Vec<StatementResult>,
    /// Whether there are groups.
    pub verdict: GroupVerdict,
    /// The groups, the largest first; none where people do not fall into groups.
    pub groups: Vec<OpinionGroup>,
}

/// Votes on one statement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatementResult {
    /// The key of its question.
    pub question: String,
    /// Its key there.
    pub key: String,
    /// Its words.
    pub text: String,
    /// How many agree.
    pub agree: u32,
    /// How many disagree.
    pub disagree: u32,
    /// How many passed.
    pub pass: u32,
    /// How many were not shown it, or left it out.
    pub unseen: u32,
    /// Which share of those who voted agrees, with its interval.
    pub agreed: Option<Share>,
    /// Whether everybody's groups stand on the same side of it.
    pub common_ground: bool,
    /// Whether the groups are surely apart on it.
    pub divisive: bool,
    /// Whether many passed.
    pub unsure: bool,
}

/// A share with its interval (Wilson, 95 %).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Share {
    /// The share, 0 to 1.
    pub value: f64,
    /// Where the interval begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// How many of them.
    pub part: u32,
    /// Of how many.
    pub of: u32,
}

/// Whether people fall into groups.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum GroupVerdict {
    /// Too few people voted on enough statements.
    TooFew {
        /// How many did.
        placed: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Shuffled votes fall into groups as well.
    NoGroups {
        /// The share of shuffles that did.
        chance: f64,
        /// How many shuffles were tried.
        tried: usize,
    },
    /// Groups beyond chance.
    Groups {
        /// The share of shuffles that fell into groups as clear.
        chance: f64,
        /// How many shuffles were tried.
        tried: usize,
        /// The share of people who stay when a tenth of the votes is left out.
        stability: f64,
    },
}

/// People who voted alike.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpinionGroup {
    /// What it is called: `A`, `B`, …
    pub name: String,
    /// Who is in it, by response.
    pub members: Vec<ResponseId>,
    /// What tells it from the others, strongest first.
    pub represented_by: Vec<RepresentedBy>,
}

/// A statement that tells a group from the others.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RepresentedBy {
    /// The key of its question.
    pub question: String,
    /// Its key there.
    pub key: String,
    /// Whether the group agrees; else it disagrees.
    pub agree: bool,
    /// Which share of the group does.
    pub inside: Share,
    /// Which share of the others does.
    pub outside: Share,
}

fn share(of: &Interval) -> Share {
    Share { value: of.share, low: of.low, high: of.high, part: of.part, of: of.n }
}

/// What a program sees of the votes.
pub fn opinions(material: &Material, opinion: &Opinion) -> Opinions {
    let key_of = |at: usize| {
        let voted = opinion.statements.get(at)?;
        let asked = material.questions.iter().find(|asked| asked.id == voted.question)?;
        Some((asked.key.clone(), voted.key.clone(), voted.text.clone()))
    };
    let result = &opinion.result;
    let statements = result.statements.iter().enumerate().filter_map(|(at, count)| {
        let (question, key, text) = key_of(at)?;
        Some(StatementResult {
            question,
            key,
            text,
            agree: count.agree,
            disagree: count.disagree,
            pass: count.pass,
            unseen: count.unseen,
            agreed: count.agreed.as_ref().map(share),
            common_ground: result.common_ground.contains(&at),
            divisive: result.divisive.contains(&at),
            unsure: result.unsure.contains(&at),
        })
    });
    let (verdict, groups): (_, &[Group]) = match &result.verdict {
        Verdict::TooFew { placed, needed } => {
            (GroupVerdict::TooFew { placed: *placed, needed: *needed }, &[])
        }
        Verdict::NoGroups { chance, tried, .. } => {
            (GroupVerdict::NoGroups { chance: *chance, tried: *tried }, &[])
        }
        Verdict::Groups { groups, chance, tried, stability, .. } => {
            let (chance, tried, stability) = (*chance, *tried, *stability);
            (GroupVerdict::Groups { chance, tried, stability }, groups)
        }
    };
    let groups = groups.iter().enumerate().map(|(at, group)| OpinionGroup {
        name: letter(at),
        members: group
            .members
            .iter()
            .filter_map(|at| opinion.votes.people.get(*at).copied())
            .collect(),
        represented_by: group
            .representative
            .iter()
            .filter_map(|one| {
                let (question, key, _) = key_of(one.statement)?;
                let (inside, outside) = (share(&one.inside), share(&one.outside));
                Some(RepresentedBy { question, key, agree: one.agree, inside, outside })
            })
            .collect(),
    });
    Opinions {
        people: opinion.votes.people.len(),
        statements: statements.collect(),
        verdict,
        groups: groups.collect(),
    }
}
