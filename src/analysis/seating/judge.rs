//! A plan changed by hand: what it breaks, how good it is, where else somebody could sit.

#![expect(clippy::indexing_slicing, reason = "people and tables are indices of one plan")]

use super::check::broken;
use super::plan::Score;
use super::problem::blocks;
use super::request::{Free, Given, Request};
use super::sitting::Sitting;
use std::collections::BTreeMap;
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
    /// A participant leads, but sits in none of the groups they lead.
    HostAway {
        /// The host.
        host: String,
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
    let tables = Sitting::given(request, plan, None);
    let groups = plan
        .iter()
        .zip(&tables.tables)
        .map(|(group, table)| {
            let (mix, by_question) = tables.crowd.mix(&table.people);
            Mixed { key: group.key.clone(), mix, by_question }
        })
        .collect();
    Judgement { broken: broken(request, plan), groups, score: tables.score() }
}

/// For every other group of a plan: what stands against a person's sitting there, or the best
/// way in and what it costs. A person without a seat is asked about all groups, and nobody is
/// offered to give up theirs. All who must sit with the person go along.
pub fn moves(request: &Request, plan: &[Given], person: &str) -> Vec<Choice> {
    let Some(place) = request.people.iter().position(|p| p.key == person) else { return vec![] };
    let tables = Sitting::given(request, plan, Some(person));
    let asking = Asking::new(&tables, plan);
    let Some(me) = tables.seated.iter().position(|&seated| seated == place) else { return vec![] };
    let here = tables.at[me];
    (0..plan.len()).filter(|&to| to != here).map(|to| asking.choice(me, here, to)).collect()
}

/// What a plan is asked for one person after another.
struct Asking<'a> {
    tables: &'a Sitting<'a>,
    plan: &'a [Given],
    /// For each seated person all who must sit together with them, themselves included.
    with: Vec<Vec<usize>>,
    /// Groups that a seated person leads.
    leads: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Asking<'a> {
    fn new(tables: &'a Sitting<'a>, plan: &'a [Given]) -> Self {
        let request = tables.request;
        let place: BTreeMap<usize, usize> =
            tables.seated.iter().enumerate().map(|(at, &person)| (person, at)).collect();
        let mut with: Vec<Vec<usize>> = (0..tables.seated.len()).map(|at| vec![at]).collect();
        for block in blocks(request) {
            let there: Vec<usize> =
                block.iter().filter_map(|person| place.get(person).copied()).collect();
            for &person in &there {
                with[person].clone_from(&there);
            }
        }
        let mut leads: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..tables.seated.len() {
            let key = &tables.person(at).key;
            let led = plan.iter().enumerate().filter(|(_, group)| group.host.as_ref() == Some(key));
            let led: Vec<usize> = led.map(|(group, _)| group).collect();
            if !led.is_empty() {
                leads.insert(at, led);
            }
        }
        Self { tables, plan, with, leads }
    }

    fn choice(&self, me: usize, here: usize, to: usize) -> Choice {
        let go = &self.with[me];
        let mut best: Option<Way> = None;
        let mut least: Option<Vec<Broken>> = None;
        let mut consider = |back: &[usize]| {
            let stands = self.stands(go, here, to, back);
            if stands.is_empty() {
                let way = self.way(go, here, to, back);
                let less = |best: &Way| {
                    let order = (way.if_need_be, way.alone).cmp(&(best.if_need_be, best.alone));
                    order.then(way.cost.total_cmp(&best.cost)).then(way.back.cmp(&best.back))
                };
                if best.as_ref().is_none_or(|best| less(best).is_lt()) {
                    best = Some(way);
                }
            } else if least.as_ref().is_none_or(|least| stands.len() < least.len()) {
                least = Some(stands);
            }
        };
        consider(&[]);
        if here < self.plan.len() {
            for &other in &self.tables.tables[to].people {
                let back = &self.with[other];
                // A block comes back once, by its first person.
                if back.first() == Some(&other) {
                    consider(back);
                }
            }
        }
        let blocked = if best.is_some() { vec![] } else { least.unwrap_or_default() };
        Choice { group: to, blocked, way: best }
    }

    fn way(&self, go: &[usize], here: usize, to: usize, back: &[usize]) -> Way {
        let tables = self.tables;
        let need = |people: &[usize], table: usize| {
            let count = people.iter().filter(|&&p| tables.if_need_be(p, table)).count();
            i64::try_from(count).unwrap_or(i64::MAX)
        };
        let alone = |table: usize, leave: &[usize], come: &[usize]| {
            let Some(people) = tables.tables.get(table).map(|table| &table.people) else {
                return 0;
            };
            let stay = people.iter().filter(|person| !leave.contains(person));
            let after: Vec<usize> = stay.chain(come).copied().collect();
            let count = |people: &[usize]| i64::try_from(tables.alone(people)).unwrap_or(i64::MAX);
            count(&after) - count(people)
        };
        let if_need_be = need(go, to) - need(go, here) + need(back, here) - need(back, to);
        Way {
            back: back.iter().map(|&person| tables.person(person).key.clone()).collect(),
            cost: tables.cost(go, to, back),
            alone: alone(here, go, back) + alone(to, back, go),
            if_need_be,
        }
    }

    /// The hard rules that stand against an exchange.
    fn stands(&self, go: &[usize], here: usize, to: usize, back: &[usize]) -> Vec<Broken> {
        let mut wrong = vec![];
        self.arrive(go, to, back, &mut wrong);
        if here < self.plan.len() {
            self.arrive(back, here, go, &mut wrong);
        }
        let size = self.tables.request.size;
        for (table, out, into) in [(to, back.len(), go.len()), (here, go.len(), back.len())] {
            let Some(about) = self.tables.tables.get(table) else { continue };
            let before = about.people.len();
            let people = (before + into).saturating_sub(out);
            // What was outside already may stay, but not become worse.
            if (people < size.low && people < before) || (people > size.high && people > before) {
                wrong.push(Broken::Size { group: self.plan[table].key.clone(), people });
            }
        }
        wrong.sort();
        wrong.dedup();
        wrong
    }

    fn arrive(&self, people: &[usize], to: usize, gone: &[usize], wrong: &mut Vec<Broken>) {
        let (tables, group) = (self.tables, &self.plan[to]);
        let request = tables.request;
        for &person in people {
            let about = tables.person(person);
            let (group_key, key) = (|| group.key.clone(), || about.key.clone());
            let free = tables.tables[to].slot.map(|slot| super::problem::free(about, slot));
            if free.is_none_or(|free| free == Free::No) {
                wrong.push(Broken::NotFree { group: group_key(), person: key() });
            }
            if !about.languages.contains(&group.language) {
                wrong.push(Broken::Language { group: group_key(), person: key() });
            }
            let pins = request.pins.iter().filter(|pin| pin.person == about.key);
            if pins.into_iter().any(|pin| {
                pin.slot != group.slot || pin.group.as_ref().is_some_and(|k| *k != group.key)
            }) {
                wrong.push(Broken::Pin { person: key() });
            }
            let stay = tables.tables[to].people.iter().filter(|other| !gone.contains(other));
            for other in stay.map(|&other| &tables.person(other).key) {
                let (a, b) = (other.min(&about.key).clone(), other.max(&about.key).clone());
                if request.apart.iter().any(|(x, y)| (x.min(y), x.max(y)) == (&a, &b)) {
                    wrong.push(Broken::Apart { group: group_key(), pair: (a, b) });
                }
            }
            if let Some(led) = self.leads.get(&person) {
                if !led.contains(&to) {
                    wrong.push(Broken::HostAway { host: key() });
                }
                if led.iter().any(|&led| led != to && self.plan[led].slot == group.slot) {
                    let slot = group.slot.clone();
                    wrong.push(Broken::HostTwiceAtSlot { host: key(), slot });
                }
            }
        }
    }
}
