//! A plan changed by hand: what it breaks, how good it is, where else somebody could sit.

use super::plan::Score;
use super::request::{Given, Request};
use std::fmt;

/// A hard rule that a plan breaks. Groups, people, hosts and slots are named by key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// A group has too few people, or too many.
    Size {
        /// The group.
        group: String,
        /// So many sit in it.
        people: usize,
    },
    /// A group meets at a slot that is not there.
    NoSuchSlot {
        /// The group.
        group: String,
    },
    /// Somebody sits or leads who is not there.
    NoSuchPerson {
        /// The group.
        group: String,
        /// The unknown key.
        person: String,
    },
    /// More groups meet at a slot than have room.
    Rooms {
        /// The slot.
        slot: String,
        /// So many meet.
        groups: usize,
        /// So many can.
        room: usize,
    },
    /// A language may not be spoken at the slot.
    LanguageAtSlot {
        /// The group.
        group: String,
    },
    /// A person sits more than once.
    Twice {
        /// The person.
        person: String,
    },
    /// A person cannot at the time of the group.
    NotFree {
        /// The group.
        group: String,
        /// The person.
        person: String,
    },
    /// A person does not speak the language of the group.
    Language {
        /// The group.
        group: String,
        /// The person.
        person: String,
    },
    /// Nobody leads the group, though groups need a host.
    NoHost {
        /// The group.
        group: String,
    },
    /// The host cannot lead at the time of the group.
    HostNotFree {
        /// The group.
        group: String,
        /// The host.
        host: String,
    },
    /// The host does not speak the language of the group.
    HostLanguage {
        /// The group.
        group: String,
        /// The host.
        host: String,
    },
    /// The host leads another group at the same time, or sits in one.
    HostTwiceAtSlot {
        /// The host.
        host: String,
        /// The slot.
        slot: String,
    },
    /// The host leads more groups than they may.
    HostTooOften {
        /// The host.
        host: String,
        /// So many they lead.
        groups: usize,
        /// So many they may.
        most: usize,
    },
    /// People who must sit together do not.
    Together {
        /// They.
        people: Vec<String>,
    },
    /// Two who must not meet sit in one group.
    Apart {
        /// The group.
        group: String,
        /// The two.
        pair: (String, String),
    },
    /// A person does not sit where the organizer pinned them.
    Pin {
        /// The person.
        person: String,
    },
    /// A person is neither seated nor told why not, or both.
    Unexplained {
        /// The person.
        person: String,
    },
    /// A value is outside its range.
    Value {
        /// Which.
        what: String,
    },
}

/// What a plan breaks; at least one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rules, each once, in a fixed order.
    pub broken: Vec<Broken>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, broken) in self.broken.iter().enumerate() {
            let comma = if place == 0 { "" } else { "; " };
            write!(f, "{comma}{broken:?}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violation {}

/// How like everybody a group is.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixed {
    /// The group's key.
    pub key: String,
    /// 0 is no better than chance, 100 is a perfect miniature of all who sit.
    pub mix: f64,
    /// The same for each question, by question.
    pub by_question: Vec<(usize, f64)>,
}

/// What there is to say about a plan changed by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The hard rules it breaks; a plan that is being moved about may break some.
    pub broken: Vec<Broken>,
    /// Its groups, in the order they were given.
    pub groups: Vec<Mixed>,
    /// How good it is as a whole.
    pub score: Score,
}

/// The best way for a person into another group.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Who would come back in exchange; empty for a move. The keys of all who must sit together
    /// with the person go along and are not named.
    pub back: Vec<String>,
    /// What it costs, in percent of the best thinkable plan; below 0 the plan would gain.
    pub cost: f64,
    /// How many more (or fewer) carry a tag of [`Request::lone`] alone.
    pub alone: i64,
    /// How many more (or fewer) come "if need be".
    pub if_need_be: i64,
}

/// One group as a choice for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Place in the plan that was given.
    pub group: usize,
    /// The hard rules that the best way breaks; if not empty, what stands against it.
    pub blocked: Vec<Broken>,
    /// The best way that breaks nothing; `None` if there is none.
    pub way: Option<Way>,
}

/// Judges a plan changed by hand against the request.
pub fn judge(request: &Request, plan: &[Given]) -> Judgement {
    let _ = request;
    // The real verdict follows with the checker.
    Judgement {
        broken: vec![],
        groups: plan
            .iter()
            .map(|group| Mixed { key: group.key.clone(), mix: 0.0, by_question: vec![] })
            .collect(),
        score: Score::default(),
    }
}

/// For every other group of a plan: what stands against a person's sitting there, or the best
/// way in and what it costs. A person without a seat is asked about all groups.
pub fn moves(request: &Request, plan: &[Given], person: &str) -> Vec<Choice> {
    let _ = (request, person);
    (0..plan.len()).map(|group| Choice { group, blocked: vec![], way: None }).collect()
}
