//! What the seating answers: a plan, or why there is none.

/// Why a person sits there; the caller makes the words.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The only time this person can.
    OnlySlot {
        /// Place in the request.
        slot: usize,
    },
    /// One of the `could` slots this person can.
    SharedSlot {
        /// Place in the request.
        slot: usize,
        /// At how many slots this person can.
        could: usize,
        /// Whether this one is "if need be".
        if_need_be: bool,
    },
    /// A view this person adds: far from the mean of the rest of the group.
    Adds {
        /// Place in the request.
        dimension: usize,
        /// What this person says, 0..1.
        value: f64,
        /// What the rest says.
        group_mean: f64,
    },
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
    /// Place in [`Request::people`](super::Request::people).
    pub person: usize,
    /// The time first, then views; at most three.
    pub reasons: Vec<Reason>,
    /// `None` if no other group can take this person without a worse time for anybody.
    pub elsewhere: Option<Elsewhere>,
}

/// Who leads a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leader {
    /// Place in [`Request::hosts`](super::Request::hosts).
    Host(usize),
    /// Place in [`Request::people`](super::Request::people).
    Person(usize),
}

/// People who meet at a slot and talk in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The key of the group of the previous plan that goes on here.
    pub key: Option<String>,
    /// Place in the request.
    pub slot: usize,
    /// What is spoken.
    pub language: String,
    /// Who leads; `None` if groups need no host.
    pub host: Option<Leader>,
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
    NoSharedSlot {
        /// So many others could.
        shared: usize,
        /// So many are needed.
        needed: usize,
    },
    /// No language, or none that enough people speak.
    NoLanguage,
    /// Nobody can lead a group at this person's times and in their languages.
    NoHost,
    /// The people they must sit with cannot come where they can, or there is no room for all.
    Together,
    /// In every group within reach sits somebody they must not meet.
    Apart,
    /// Groups were possible, but all seats within reach went to others.
    NoRoom,
}

/// How good a plan is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Score {
    /// People with a seat.
    pub placed: usize,
    /// People of the request.
    pub people: usize,
    /// How often somebody carries a tag of [`Request::lone`](super::Request::lone) alone.
    pub alone: usize,
    /// Sum over groups of how far their size is from the target.
    pub off_target: usize,
    /// People who come "if need be".
    pub if_need_be: usize,
    /// People of the previous plan who sit in another group now, or in none, though they are
    /// still there.
    pub moved: usize,
    /// Diversity F: sum over groups of the distances of their pairs, divided by their size.
    pub value: f64,
    /// What F cannot exceed: half of people seated times mean distance.
    pub ceiling: f64,
    /// What F is by chance with groups of these sizes.
    pub random: f64,
    /// Share of the gap between chance and the ceiling that was closed, 0..1; 1 if there is none.
    pub gap_closed: f64,
    /// Disagreement inside the group that has least of it, as a share of everybody's.
    pub worst: f64,
}

/// One change that would give more people a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// One more host who can at a slot, in a language.
    Host {
        /// Place in the request.
        slot: usize,
        /// What the host has to speak.
        language: String,
    },
    /// Room for one more group.
    Room {
        /// Place in the request.
        slot: usize,
    },
    /// Groups as small as this.
    Low(usize),
    /// Groups as large as this.
    High(usize),
    /// Any language at a slot.
    Languages {
        /// Place in the request.
        slot: usize,
    },
    /// Without all rules who sits together.
    NoTogether,
    /// Without all rules who sits apart.
    NoApart,
    /// Without all pins.
    NoPins,
}

/// What would help, and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The change.
    pub what: Remedy,
    /// So many more people would have a seat.
    pub more: usize,
}

/// The result.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// By key of the slot, then by first key of the people.
    pub groups: Vec<Group>,
    /// By key.
    pub unplaced: Vec<(usize, Unplaced)>,
    /// How good it is.
    pub score: Score,
    /// What would give more people a seat, best first; empty if all have one.
    pub helps: Vec<Help>,
    /// Per round, per group of `groups`, the people at its table (places in the request, by key).
    /// The first round is `groups` as it is; empty with fewer than two rounds. Hosts stay at
    /// their table, and only groups of one slot and language exchange people.
    pub rounds: Vec<Vec<Vec<usize>>>,
    /// The seed that was used.
    pub seed: u64,
    /// SHA-256 of all that the plan depends on, in hexadecimal: the same for the same request in
    /// any order.
    pub input_hash: String,
}

/// One contradiction in a request, as small as it could be made. Rules are named by their place
/// in the request, people by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// Nobody is there.
    NoPeople,
    /// Fewer people than the smallest group has.
    TooFewPeople {
        /// So many there are.
        people: usize,
        /// So many are needed.
        low: usize,
    },
    /// No slot has room for a group.
    NoSlots,
    /// Nobody can at any slot with room.
    NobodyFree,
    /// At no slot can enough people with a common language; `best_slot` comes nearest.
    NoSharedSlot {
        /// Place in the request.
        best_slot: usize,
        /// So many can there.
        free: usize,
        /// So many are needed.
        low: usize,
    },
    /// So many people who could meet do not divide into groups of `low..=high`.
    Size {
        /// So many could meet.
        people: usize,
        /// The fewest in a group.
        low: usize,
        /// The most.
        high: usize,
    },
    /// Not `1 <= low <= target <= high`.
    BadSize,
    /// A key is there twice.
    TwoOfAKey {
        /// The key.
        key: String,
    },
    /// A rule or a pin names a person, slot or group that is not there.
    Unknown {
        /// The key.
        key: String,
    },
    /// People who must sit together are more than a group takes.
    BlockTooLarge {
        /// Their keys.
        people: Vec<String>,
        /// The most in a group.
        high: usize,
    },
    /// People who must sit together share no slot and language.
    BlockNeverFree {
        /// The fewest of them who do not.
        people: Vec<String>,
    },
    /// Two people must sit together and apart.
    BlockApart {
        /// All who must sit together because of the rules that bind these two.
        people: Vec<String>,
        /// The pair.
        pair: (String, String),
    },
    /// Nobody can lead a group at the slots where people can meet.
    NoHost {
        /// Slots where enough people with a common language can meet, places in the request.
        slots: Vec<usize>,
    },
    /// Pins that cannot be kept, alone or all of these together.
    Pins {
        /// Places in [`Request::pins`](super::Request::pins).
        pins: Vec<usize>,
    },
    /// No group is possible because of these rules who sits together or apart.
    Rules {
        /// Places in [`Request::together`](super::Request::together).
        together: Vec<usize>,
        /// Places in [`Request::apart`](super::Request::apart).
        apart: Vec<usize>,
    },
}

/// Why there is no plan at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The contradictions; without all of them (see [`without`](super::without)) there is a plan. At
    /// least one; the first is what an organizer should read first.
    pub clashes: Vec<Clash>,
}

impl Conflict {
    /// The contradiction to tell first.
    pub fn first(&self) -> &Clash {
        self.clashes.first().unwrap_or(&Clash::NoPeople)
    }
}

impl From<Clash> for Conflict {
    fn from(clash: Clash) -> Self {
        Self { clashes: vec![clash] }
    }
}
