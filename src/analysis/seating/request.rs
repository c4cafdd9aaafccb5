//! What is asked of the seating.

/// Whether a person can at a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Free {
    /// Gladly.
    Yes,
    /// Only if it cannot be otherwise.
    IfNeedBe,
    /// Not at all.
    No,
}

/// Somebody who wants a seat.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Stable and unique, also among hosts: it decides the order, never the place in the list.
    pub key: String,
    /// One per dimension, scaled to 0..1; `None` is not answered.
    pub views: Vec<Option<f64>>,
    /// One per slot; what is missing counts as no.
    pub free: Vec<Free>,
    /// What the person can talk in, best first.
    pub languages: Vec<String>,
    /// What marks the person; see [`Request::lone`].
    pub tags: Vec<String>,
    /// How many groups this person may lead; 0 is none. Who leads sits in one of the groups that
    /// they lead, and leads others only at other slots.
    pub hosts: usize,
}

/// A time to meet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slot {
    /// Stable and unique; groups are listed in its order.
    pub key: String,
    /// How many groups can meet then; `usize::MAX` is any number.
    pub groups: usize,
    /// What may be spoken then; `None` is any language.
    pub languages: Option<Vec<String>>,
}

/// Somebody who leads groups and has no seat of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Host {
    /// Stable and unique, also among people.
    pub key: String,
    /// One per slot; what is missing counts as no.
    pub free: Vec<Free>,
    /// What the host can lead in, best first.
    pub languages: Vec<String>,
    /// How many groups in all; never more than one at a slot.
    pub most: usize,
}

/// How many people a group has: never outside `low..=high`, best near `target`. Hosts of
/// [`Request::hosts`] do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The fewest.
    pub low: usize,
    /// The best.
    pub target: usize,
    /// The most.
    pub high: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { low: 4, target: 6, high: 8 }
    }
}

/// One coordinate of the views.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dimension {
    /// How much it counts; nothing below zero.
    pub weight: f64,
    /// The question it belongs to.
    pub question: usize,
}

/// The organizer's word that a person sits at a slot, or in a group of [`Request::previous`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pin {
    /// The person's key.
    pub person: String,
    /// The slot's key.
    pub slot: String,
    /// The key of a group of the previous plan that meets at that slot.
    pub group: Option<String>,
}

/// A group of a plan that is there already: told to people, or changed by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Stable and unique among groups.
    pub key: String,
    /// The slot's key.
    pub slot: String,
    /// What is spoken.
    pub language: String,
    /// The key of the host or person who leads.
    pub host: Option<String>,
    /// Keys of those who sit in it.
    pub people: Vec<String>,
}

/// All that a plan depends on. Whatever names a person, slot or group does so by key; rules that
/// name somebody who is not there are a conflict, except in `previous`.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Who wants a seat.
    pub people: Vec<Person>,
    /// What the views are about.
    pub dimensions: Vec<Dimension>,
    /// When groups can meet.
    pub slots: Vec<Slot>,
    /// How large groups are.
    pub size: Size,
    /// Decides the lottery when places are short, and where the search goes.
    pub seed: u64,
    /// How long to search: swaps tried. Never a time, so that every machine finds the same.
    pub steps: u64,
    /// Weight of the groups that fall behind; 0 is none, 4 is a good value.
    pub fairness: f64,
    /// Who leads without a seat. If there are none and no person may lead, groups need no host;
    /// else each group has exactly one.
    pub hosts: Vec<Host>,
    /// People who sit in one group, or not at all. Lists that share somebody are one.
    pub together: Vec<Vec<String>>,
    /// Pairs who never sit in one group.
    pub apart: Vec<(String, String)>,
    /// Tags that nobody should carry alone in a group: none or at least two there, if it can be.
    pub lone: Vec<String>,
    /// Who sits where in any case.
    pub pins: Vec<Pin>,
    /// A plan that people know already: as few of them as possible sit elsewhere afterwards.
    pub previous: Option<Vec<Given>>,
    /// How often people change tables; 1 is not at all, and so is 0.
    pub rounds: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            people: vec![],
            dimensions: vec![],
            slots: vec![],
            size: Size::default(),
            seed: 1,
            steps: super::STEPS,
            fairness: 4.0,
            hosts: vec![],
            together: vec![],
            apart: vec![],
            lone: vec![],
            pins: vec![],
            previous: None,
            rounds: 1,
        }
    }
}

impl Request {
    /// Whether each group needs a host.
    pub fn needs_hosts(&self) -> bool {
        !self.hosts.is_empty() || self.people.iter().any(|person| person.hosts > 0)
    }
}
