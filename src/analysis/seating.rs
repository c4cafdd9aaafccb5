//! Seating: who meets whom, when. Every group should be a miniature of everybody.
//!
//! The way: the counts of groups per slot and language are searched, the people are placed into
//! them by an exact flow, and swaps then mix the views. The same request gives the same plan,
//! whatever the order of its people and slots.

mod check;
mod counts;
mod explain;
mod flow;
mod mix;
mod problem;
mod rng;
mod views;

pub use check::check;

/// A good number of steps for up to 36 people; see [`steps_for`] for more.
pub const STEPS: u64 = 600_000;

/// A good number of steps for so many people.
pub fn steps_for(people: usize) -> u64 {
    let times = people.div_ceil(36).max(1);
    STEPS.saturating_mul(u64::try_from(times).unwrap_or(u64::MAX))
}

/// Whether a person can at a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Free {
    Yes,
    IfNeedBe,
    No,
}

/// Somebody who wants a seat.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Stable and unique: it decides the order, never the place in the list.
    pub key: String,
    /// One per dimension, scaled to 0..1; `None` is not answered.
    pub views: Vec<Option<f64>>,
    /// One per slot; what is missing counts as no.
    pub free: Vec<Free>,
    /// What the person can talk in, best first.
    pub languages: Vec<String>,
}

/// A time to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Stable and unique; groups are listed in its order.
    pub key: String,
    /// How many groups can meet then; `usize::MAX` is any number.
    pub groups: usize,
}

/// How many people a group has: never outside `low..=high`, best near `target`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub low: usize,
    pub target: usize,
    pub high: usize,
}

/// One coordinate of the views.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dimension {
    /// How much it counts; nothing below zero.
    pub weight: f64,
    /// The question it belongs to.
    pub question: usize,
}

/// All that a plan depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub people: Vec<Person>,
    pub dimensions: Vec<Dimension>,
    pub slots: Vec<Slot>,
    pub size: Size,
    pub seed: u64,
    /// How long to search: swaps tried.
    pub steps: u64,
    /// Weight of the groups that fall behind; 0 is none, 4 is a good value.
    pub fairness: f64,
}

/// Why a person sits there; the caller makes the words.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The only time this person can.
    OnlySlot { slot: usize },
    /// One of the `could` slots this person can.
    SharedSlot { slot: usize, could: usize, if_need_be: bool },
    /// A view this person adds: far from the mean of the rest of the group.
    Adds { dimension: usize, value: f64, group_mean: f64 },
}

/// The cheapest other group for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// Place in [`Plan::groups`].
    pub group: usize,
    /// What the best swap or move there would lose, in percent of the best thinkable plan.
    pub cost: f64,
}

/// One person in a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// Place in [`Request::people`].
    pub person: usize,
    /// The time first, then views; at most three.
    pub reasons: Vec<Reason>,
    /// `None` if no other group can take this person without a worse time for anybody.
    pub elsewhere: Option<Elsewhere>,
}

/// People who meet at a slot and talk in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub slot: usize,
    pub language: String,
    /// By key.
    pub seats: Vec<Seat>,
    /// How like everybody seated: 0 is no better than chance, 100 is a perfect miniature.
    pub mix: f64,
    /// The same for each question, by question.
    pub by_question: Vec<(usize, f64)>,
}

/// Why somebody has no seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unplaced {
    /// Not free at any slot with room for a group.
    NoSlot,
    /// At most `shared` others with a common language at one slot, `needed` others are needed.
    NoSharedSlot { shared: usize, needed: usize },
    /// No language, or none that enough people speak.
    NoLanguage,
    /// Groups were possible, but all seats within reach went to others.
    NoRoom,
}

/// The result.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// By key of the slot, then by first key of the people.
    pub groups: Vec<Group>,
    /// By key.
    pub unplaced: Vec<(usize, Unplaced)>,
    /// Share of the gap between chance and the ceiling that was closed, 0..1.
    pub diversity: f64,
    /// The value searched for, fairness included, as a share of its ceiling: at most 1.
    pub score: f64,
    pub seed: u64,
}

/// Why there is no plan at all: the smallest reason found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    NoPeople,
    TooFewPeople {
        people: usize,
        low: usize,
    },
    NoSlots,
    NobodyFree,
    /// At no slot can enough people with a common language; `best_slot` comes nearest.
    NoSharedSlot {
        best_slot: usize,
        free: usize,
        low: usize,
    },
    /// So many people who could meet do not divide into groups of `low..=high`.
    Size {
        people: usize,
        low: usize,
        high: usize,
    },
    /// Not `1 <= low <= target <= high`.
    BadSize,
}

/// Seats people into groups.
///
/// Most people first, then few "if need be", then sizes near the target, then a good mix of views
/// (maximally diverse groups in the size-normalised form, Feo and Khellaf 1990 for the problem).
///
/// # Errors
/// The smallest [`Conflict`] that leaves no plan.
pub fn seat(request: &Request) -> Result<Plan, Conflict> {
    let problem = problem::Problem::new(request)?;
    let mut rng = rng::Rng::new(request.seed);
    let placed = counts::search(&problem, &mut rng, request.steps);
    let mut mixing = mix::Mixing::new(&problem, &placed, request.fairness);
    mixing.improve(&mut rng, request.steps);
    Ok(explain::plan(request, &problem, &mixing))
}

#[cfg(test)]
mod tests;
