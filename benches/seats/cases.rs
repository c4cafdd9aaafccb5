//! Made-up requests whose most seats are known: people, slots, languages and hosts as discussions
//! have them, from seeds, the same on every machine.
//!
//! The most seats were found by CP-SAT of OR-tools 9.15 (a model of its own: counts, people and
//! hosts per slot and language, most people placed); for `s200` and `s200b` it had 90 seconds and
//! two threads and did not prove that there are no more.

use colloquy::analysis::seating::{Dimension, Free, Host, Person, Request, Size, Slot};

/// The shape of a request, and how many people can have a seat in it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// For tables.
    pub name: &'static str,
    /// Who wants a seat.
    pub people: usize,
    /// Times to meet.
    pub slots: usize,
    /// How many languages are spoken; each person speaks one, or two.
    pub languages: usize,
    /// Who leads, two groups each.
    pub hosts: usize,
    /// Groups that can meet at one time.
    pub rooms: usize,
    /// Of a hundred people, how many can at a usual time.
    pub free: u64,
    /// Where the numbers come from.
    pub seed: u64,
    /// The most people that any plan seats, as a solver of another kind found, and whether it
    /// proved that no plan seats more.
    pub most: usize,
    /// Whether `most` is proven.
    pub proven: bool,
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }

    fn times(&mut self, popular: &[u64], free: u64) -> Vec<Free> {
        let one = |chance: &mut Self, popular: u64| {
            let can = chance.below(100) < free * popular / 100;
            match (can, chance.below(4)) {
                (false, _) => Free::No,
                (true, 0) => Free::IfNeedBe,
                (true, _) => Free::Yes,
            }
        };
        popular.iter().map(|popular| one(self, *popular)).collect()
    }

    /// Half of all speak the first language, a quarter the second; one in five another one too.
    fn languages(&mut self, count: usize) -> Vec<String> {
        let count = u64::try_from(count).unwrap_or(1);
        let one = |chance: &mut Self| {
            let draw = [0, 0, 1, 2][usize::try_from(chance.below(4)).unwrap_or(0)];
            format!("l{}", draw % count)
        };
        let mut spoken = vec![one(self)];
        if self.below(5) == 0 {
            let more = one(self);
            if !spoken.contains(&more) {
                spoken.push(more);
            }
        }
        spoken
    }
}

/// The request of a case. Views are eight statements.
pub fn request(case: &Case) -> Request {
    let mut chance = Chance(case.seed);
    // Evenings are liked more than mornings.
    let popular: Vec<u64> = (0..case.slots).map(|_| 50 + chance.below(100)).collect();
    let slots = (0..case.slots)
        .map(|slot| Slot { key: format!("s{slot:02}"), groups: case.rooms, languages: None })
        .collect();
    let people = (0..case.people)
        .map(|person| Person {
            key: format!("p{person:04}"),
            views: (0..8)
                .map(|_| Some([0.0, 0.5, 1.0][usize::try_from(chance.below(3)).unwrap_or(0)]))
                .collect(),
            free: chance.times(&popular, case.free),
            languages: chance.languages(case.languages),
            ..Person::default()
        })
        .collect();
    let hosts = (0..case.hosts)
        .map(|host| Host {
            key: format!("h{host:02}"),
            free: chance.times(&popular, case.free + 10),
            languages: chance.languages(case.languages),
            most: 2,
        })
        .collect();
    Request {
        people,
        slots,
        hosts,
        dimensions: (0..8).map(|question| Dimension { weight: 0.125, question }).collect(),
        size: Size { low: 4, target: 6, high: 8 },
        seed: 1,
        ..Request::default()
    }
}

/// Few times, few hosts, several languages: what makes seats short.
pub const CASES: [Case; 6] = [
    Case {
        name: "s40",
        people: 40,
        slots: 12,
        languages: 1,
        hosts: 8,
        rooms: 3,
        free: 25,
        seed: 40,
        most: 40,
        proven: true,
    },
    Case {
        name: "s60",
        people: 60,
        slots: 14,
        languages: 2,
        hosts: 8,
        rooms: 3,
        free: 20,
        seed: 60,
        most: 53,
        proven: true,
    },
    Case {
        name: "s60b",
        people: 60,
        slots: 14,
        languages: 2,
        hosts: 4,
        rooms: 3,
        free: 20,
        seed: 61,
        most: 36,
        proven: true,
    },
    Case {
        name: "s200",
        people: 200,
        slots: 20,
        languages: 2,
        hosts: 20,
        rooms: 4,
        free: 20,
        seed: 200,
        most: 195,
        proven: false,
    },
    Case {
        name: "s200b",
        people: 200,
        slots: 20,
        languages: 3,
        hosts: 14,
        rooms: 4,
        free: 20,
        seed: 201,
        most: 195,
        proven: false,
    },
    Case {
        name: "s1000",
        people: 1000,
        slots: 30,
        languages: 2,
        hosts: 80,
        rooms: 12,
        free: 25,
        seed: 1000,
        most: 1000,
        proven: true,
    },
];
