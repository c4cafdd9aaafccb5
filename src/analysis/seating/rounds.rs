//! Rounds: people change tables so that nobody meets the same people again (the social golfer
//! problem), and every table of every round is as mixed as that allows.
//!
//! Only groups of one slot and language exchange people; who leads a group and who is pinned to it
//! stay. The first round is the plan itself.

#![expect(clippy::indexing_slicing, reason = "units, groups and rounds are indices of one plan")]

use super::groups::Groups;
use super::mix;
use super::plan::{Group, Plan};
use super::problem::{Problem, Seating, by_key, real};
use super::request::Request;
use super::rng::{Losses, Rng};
use super::rules::Rules;
use super::steps::Steps;

/// Above so many units nobody looks for better rounds than those of the rotation: counting who met
/// whom would take too much memory, and the rotation of so many repeats next to nothing.
const MOST: usize = 5000;
/// First and last heat when meetings again are to go, in meetings.
const HOT: f64 = 0.25;
const COLD: f64 = 0.15;
/// First and last heat when views are to mix, in units of the mean distance by people of a group.
const WARM: f64 = 0.08;
const COOL: f64 = 0.008;
/// Heats of an annealing.
const STAGES: u32 = 64;
/// Steps of the first search for rounds without meetings again, per unit and round.
const FIRST: u64 = 20_000;
/// Steps between two looks at whether to go on.
const BREATH: u64 = 10_000;

/// All rounds of a plan, as [`Plan::rounds`] has them.
pub(super) fn rounds(
    request: &Request,
    problem: &Problem,
    seating: &Seating,
    plan: &Plan,
    steps: &mut Steps<'_>,
) -> Vec<Vec<Vec<usize>>> {
    let first = |group: &Group| group.seats.iter().map(|seat| seat.person).collect();
    let mut all = vec![plan.groups.iter().map(first).collect()];
    let mut rank = vec![0; request.people.len()];
    for (place, person) in by_key(request).into_iter().enumerate() {
        rank[person] = place;
    }
    let people = |units: &[usize]| -> Vec<usize> {
        let people = units.iter().flat_map(|&unit| &problem.units[unit]);
        let mut people: Vec<usize> = people.map(|&person| problem.people[person]).collect();
        people.sort_by_key(|&person| rank[person]);
        people
    };
    // Groups of the seating in the order of the plan.
    let mut order: Vec<usize> = (0..seating.members.len()).collect();
    order.sort_by_key(|&group| {
        let members = people(&seating.members[group]);
        plan.groups.iter().position(|group| group.seats.iter().any(|s| members.contains(&s.person)))
    });
    for round in further(problem, seating, request, steps) {
        all.push(order.iter().map(|&group| people(&round[group])).collect());
    }
    all
}

/// The rounds after the first: per round, per group of the seating, its units.
fn further(
    problem: &Problem,
    seating: &Seating,
    request: &Request,
    steps: &mut Steps<'_>,
) -> Vec<Vec<Vec<usize>>> {
    let sitting: Vec<usize> = seating.members.iter().flatten().copied().collect();
    let tables = Tables::new(problem, seating, &sitting);
    let mut found = tables.rotated(request.rounds.saturating_sub(1));
    let change = tables.classes.iter().any(|class| class.len() > 1);
    if sitting.len() <= MOST && change {
        let groups = |members: Vec<Vec<usize>>| {
            let mut groups = mix::groups(problem, seating, request.fairness);
            groups.set(members);
            groups
        };
        let mut rng = Rng::new(request.seed);
        let mut party = Party::new(&tables, found.into_iter().map(groups).collect(), &mut rng);
        party.improve(steps);
        found = party.rounds.into_iter().map(|round| round.groups.members).collect();
    }
    let table = |units: Vec<usize>| units.into_iter().map(|unit| sitting[unit]).collect();
    found.into_iter().map(|round| round.into_iter().map(table).collect()).collect()
}

/// The first round and what holds in all of them.
struct Tables {
    members: Vec<Vec<usize>>,
    rules: Rules,
    /// Groups of one slot and language.
    classes: Vec<Vec<usize>>,
}

impl Tables {
    fn new(problem: &Problem, seating: &Seating, sitting: &[usize]) -> Self {
        let mut first = 0;
        let members = seating.members.iter().map(|units| {
            let numbers = first..first + units.len();
            first = numbers.end;
            numbers.collect()
        });
        let alike = |a: usize, b: usize| {
            let (a, b) = (&problem.cells[seating.cells[a]], &problem.cells[seating.cells[b]]);
            a.slot == b.slot && a.language == b.language
        };
        let mut classes: Vec<Vec<usize>> = Vec::new();
        for group in 0..seating.members.len() {
            match classes.iter_mut().find(|class| alike(class[0], group)) {
                Some(class) => class.push(group),
                None => classes.push(vec![group]),
            }
        }
        let rules = Rules::of_rounds(problem, seating, sitting, &classes);
        Self { members: members.collect(), rules, classes }
    }

    /// The rounds of a rotation: who sits `a`-th at the table moves on by `a` tables each time. Two
    /// people meet again only if the number of tables divides the product of how far apart they
    /// sit at the table and how far apart the rounds are; never if it is a prime and tables are
    /// not larger than that. Where somebody may not sit so, people stay where they are.
    fn rotated(&self, further: usize) -> Vec<Vec<Vec<usize>>> {
        let mut rounds = vec![self.members.clone(); further];
        for class in &self.classes {
            let orders: Vec<Vec<usize>> = class.iter().map(|&group| self.by_stay(group)).collect();
            for (round, members) in rounds.iter_mut().enumerate() {
                let mut next = vec![Vec::new(); class.len()];
                for (table, units) in orders.iter().enumerate() {
                    for (place, &unit) in units.iter().enumerate() {
                        next[(table + place * (round + 1)) % class.len()].push(unit);
                    }
                }
                let sizes = |tables: &[Vec<usize>]| -> Vec<usize> {
                    let people = |&unit: &usize| self.rules.people(unit);
                    let mut sizes: Vec<usize> =
                        tables.iter().map(|units| units.iter().map(people).sum()).collect();
                    sizes.sort_unstable();
                    sizes
                };
                let fits = next.iter().zip(class).all(|(units, &g)| self.rules.may_sit(units, g));
                if fits && sizes(&next) == sizes(&orders) {
                    for (units, &group) in next.into_iter().zip(class) {
                        members[group] = units;
                    }
                }
            }
        }
        rounds
    }

    /// Units of a group, those who stay first: the first of a table never moves on.
    fn by_stay(&self, group: usize) -> Vec<usize> {
        let mut units = self.members[group].clone();
        units.sort_by_key(|&unit| !self.rules.stays(unit));
        units
    }
}

/// One round after the first.
struct Round {
    groups: Groups,
    rules: Rules,
}

/// All rounds in the making.
struct Party<'a> {
    rounds: Vec<Round>,
    /// `units x units`: how often two have met.
    met: Vec<u16>,
    /// How many meetings were not the first of the two.
    again: i64,
    units: usize,
    /// Units that can change tables with each other.
    classes: Vec<Vec<usize>>,
    /// The class of each unit.
    class_of: Vec<usize>,
    rng: &'a mut Rng,
    losses: Losses,
}

impl<'a> Party<'a> {
    fn new(tables: &Tables, rounds: Vec<Groups>, rng: &'a mut Rng) -> Self {
        let units = tables.members.iter().map(Vec::len).sum();
        let mut class_of = vec![0; units];
        let classes: Vec<Vec<usize>> = tables
            .classes
            .iter()
            .map(|class| class.iter().flat_map(|&group| tables.members[group].clone()).collect())
            .collect();
        for (class, members) in classes.iter().enumerate() {
            for &unit in members {
                class_of[unit] = class;
            }
        }
        let rounds = rounds.into_iter().map(|groups| {
            let mut rules = tables.rules.clone();
            rules.set(&groups.members);
            Round { groups, rules }
        });
        let mut party = Self {
            rounds: rounds.collect(),
            met: Vec::new(),
            again: 0,
            units,
            classes,
            class_of,
            rng,
            losses: Losses::new(),
        };
        party.count(&tables.members);
        party
    }

    /// Counts meetings anew.
    fn count(&mut self, first: &[Vec<usize>]) {
        self.met = vec![0; self.units * self.units];
        self.again = 0;
        for members in
            std::iter::once(first).chain(self.rounds.iter().map(|r| &r.groups.members[..]))
        {
            for table in members {
                for (place, &a) in table.iter().enumerate() {
                    for &b in &table[..place] {
                        self.again += i64::from(self.met[a * self.units + b]);
                        self.met[a * self.units + b] += 1;
                        self.met[b * self.units + a] += 1;
                    }
                }
            }
        }
    }

    /// Half of the budget at most goes for meetings again, what is left for views.
    fn improve(&mut self, steps: &mut Steps<'_>) {
        let size = self.rounds.iter().map(|round| round.groups.members.len()).max().unwrap_or(1);
        let size = real(self.units) / real(size.max(1));
        let steep = self.rounds.first().map_or(1.0, |round| round.groups.steepness());
        let end = steps.rest() / 2;
        let each = FIRST * u64::try_from(self.units * self.rounds.len()).unwrap_or(u64::MAX);
        let mut length = each;
        while self.again > 0 && steps.rest() > end {
            self.anneal(length.min(steps.rest() - end), (HOT, COLD), false, steps);
            length = length.saturating_mul(2);
        }
        if steps.left() && self.rounds.iter().any(|round| round.groups.differ()) {
            self.anneal(steps.rest(), (WARM * steep / size, COOL * steep / size), true, steps);
        }
    }

    /// Cools from one heat to another, looking at meetings again, or at the mix of views.
    fn anneal(&mut self, length: u64, heats: (f64, f64), mix: bool, steps: &mut Steps<'_>) {
        let mut heat = heats.0;
        // The 64th root, as the square root of square roots: those are the same on every machine.
        let cooler = (0..6).fold(heats.1 / heats.0, |ratio: f64, _| ratio.sqrt());
        for _ in 0..STAGES {
            let mut left = length / u64::from(STAGES) + 1;
            while left > 0 {
                let some = left.min(BREATH);
                left -= some;
                for _ in 0..some {
                    self.stroll(heat, mix);
                }
                if !steps.take(some) || (!mix && self.again == 0) {
                    return;
                }
            }
            heat *= cooler;
        }
    }

    /// One random swap, if the rules allow it.
    fn stroll(&mut self, heat: f64, mix: bool) {
        let number = self.rng.below(self.rounds.len());
        let unit = self.rng.below(self.units);
        let class = &self.classes[self.class_of[unit]];
        let other = class[self.rng.below(class.len())];
        let Round { groups, rules } = &self.rounds[number];
        let (from, to) = (groups.group_of[unit], groups.group_of[other]);
        if from == to
            || !rules.may_swap(groups, unit, &[other])
            || rules.people(unit) != rules.people(other)
        {
            return;
        }
        let again = self.more(groups, unit, other);
        // Once views count, who meets whom again only gets less.
        if mix && again > 0 {
            return;
        }
        let alone = rules.more_alone(groups, unit, to, Some(other));
        if alone > 0 && again >= 0 {
            return;
        }
        let change = groups.swap(unit, other);
        let loss =
            if mix { -change.gain } else { i32::try_from(again).map_or(f64::MAX, f64::from) };
        let good = loss <= 0.0 || again < 0 || alone < 0;
        if !good && loss >= heat * self.losses.draw(self.rng) {
            return;
        }
        self.meet(number, unit, other);
        self.again += again;
        let Round { groups, rules } = &mut self.rounds[number];
        rules.went(unit, from, to);
        rules.went(other, to, from);
        groups.make_swap(unit, other, &change);
    }

    /// How many more meetings would not be the first if two change tables.
    fn more(&self, groups: &Groups, unit: usize, other: usize) -> i64 {
        let row = |unit: usize| &self.met[unit * self.units..(unit + 1) * self.units];
        let (ours, theirs) = (row(unit), row(other));
        let sum = |table: usize, leaves: usize, go: &[u16], come: &[u16]| -> i64 {
            let stay = groups.members[table].iter().filter(|&&member| member != leaves);
            stay.map(|&member| i64::from(come[member]) + 1 - i64::from(go[member])).sum()
        };
        sum(groups.group_of[unit], unit, ours, theirs)
            + sum(groups.group_of[other], other, theirs, ours)
    }

    /// Counts the meetings of a swap that is about to be made.
    fn meet(&mut self, number: usize, unit: usize, other: usize) {
        let (groups, units) = (&self.rounds[number].groups, self.units);
        for (goes, comes) in [(unit, other), (other, unit)] {
            for &member in &groups.members[groups.group_of[goes]] {
                if member != goes {
                    self.met[member * units + goes] -= 1;
                    self.met[goes * units + member] -= 1;
                    self.met[member * units + comes] += 1;
                    self.met[comes * units + member] += 1;
                }
            }
        }
    }
}
