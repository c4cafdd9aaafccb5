//! Mixing views: annealing over swaps that keep everybody's time as good as it was.

#![expect(clippy::indexing_slicing, reason = "people and groups are indices of one mixing")]

use super::problem::{Cost, Problem, Seating, real};
use super::rng::Rng;
use super::steps::Steps;
use super::views::Views;

/// Groups in the making. People are counted among those who sit.
pub(super) struct Mixing<'a> {
    problem: &'a Problem,
    /// Place in the problem of each person who sits.
    pub seated: Vec<usize>,
    pub views: Views,
    pub fairness: f64,
    /// Cell per group.
    pub cells: Vec<usize>,
    pub members: Vec<Vec<usize>>,
    pub group_of: Vec<usize>,
    inside: Vec<f64>,
    start: Seating,
}

impl<'a> Mixing<'a> {
    /// Starts from a seating.
    pub(super) fn new(problem: &'a Problem, seating: &Seating, fairness: f64) -> Self {
        // Units of more than one person are still to come.
        let mut seated = Vec::new();
        let mut members = vec![Vec::new(); seating.members.len()];
        let mut group_of = Vec::new();
        for (group, units) in seating.members.iter().enumerate() {
            for &unit in units {
                members[group].push(seated.len());
                group_of.push(group);
                seated.push(unit);
            }
        }
        let (cells, start) = (seating.cells.clone(), seating.clone());
        let weigh = |&at: &usize| {
            problem.views[at].iter().zip(&problem.weights).map(|(v, w)| v * w).collect()
        };
        let views = Views::new(seated.iter().map(weigh).collect());
        let inside = members.iter().map(|group| views.inside(group)).collect();
        let fairness = if fairness.is_finite() { fairness.max(0.0) } else { 0.0 };
        Self { problem, seated, views, fairness, cells, members, group_of, inside, start }
    }

    /// Where everybody sits now.
    pub(super) fn seating(&self) -> Seating {
        let units = |group: &Vec<usize>| group.iter().map(|&at| self.seated[at]).collect();
        Seating { members: self.members.iter().map(units).collect(), ..self.start.clone() }
    }

    /// Value of all groups, at most half the number of people.
    pub(super) fn value(&self) -> f64 {
        let groups = self.members.iter().zip(&self.inside);
        groups.map(|(group, inside)| self.group_value(*inside, group.len())).sum()
    }

    fn group_value(&self, inside: f64, size: usize) -> f64 {
        self.views.value(inside, size, self.fairness)
    }

    /// The cost of a person's time and language in a group's cell.
    fn fit(&self, person: usize, group: usize) -> Option<Cost> {
        self.problem.fit[self.seated[person]][self.cells[group]]
    }

    /// Whether a person can move to a group (with somebody back, or none) with no worse times.
    fn fits(&self, person: usize, to: usize, back: Option<usize>) -> bool {
        let from = self.group_of[person];
        if self.cells[from] == self.cells[to] {
            return true;
        }
        let (Some(was), Some(is)) = (self.fit(person, from), self.fit(person, to)) else {
            return false;
        };
        let Some(other) = back else { return is <= was };
        match (self.fit(other, to), self.fit(other, from)) {
            (Some(other_was), Some(other_is)) => is + other_is <= was + other_was,
            _ => false,
        }
    }

    /// New sums of both groups if a person goes to a group and `back` comes from there.
    fn sums(&self, person: usize, to: usize, back: Option<usize>) -> (f64, f64) {
        let from = self.group_of[person];
        let mut here = self.inside[from] - self.views.to_all(person, &self.members[from]);
        let mut there = self.inside[to] + self.views.to_all(person, &self.members[to]);
        if let Some(other) = back {
            let between = self.views.distance(person, other);
            here += self.views.to_all(other, &self.members[from]) - between;
            there -= self.views.to_all(other, &self.members[to]) + between;
        }
        (here, there)
    }

    fn gain(&self, person: usize, to: usize, back: Option<usize>, sums: (f64, f64)) -> f64 {
        let from = self.group_of[person];
        let (a, b) = (self.members[from].len(), self.members[to].len());
        let moved = usize::from(back.is_none());
        self.group_value(sums.0, a - moved) + self.group_value(sums.1, b + moved)
            - self.group_value(self.inside[from], a)
            - self.group_value(self.inside[to], b)
    }

    fn apply(&mut self, person: usize, to: usize, back: Option<usize>, sums: (f64, f64)) {
        let from = self.group_of[person];
        self.carry(person, from, to);
        if let Some(other) = back {
            self.carry(other, to, from);
        }
        self.inside[from] = sums.0;
        self.inside[to] = sums.1;
    }

    fn carry(&mut self, person: usize, from: usize, to: usize) {
        if let Some(place) = self.members[from].iter().position(|&p| p == person) {
            self.members[from].swap_remove(place);
        }
        self.members[to].push(person);
        self.group_of[person] = to;
    }

    /// Searches for so many steps, then walks down to where no single swap helps.
    pub(super) fn improve(&mut self, rng: &mut Rng, budget: &mut Steps<'_>) {
        let steps = budget.of();
        if self.members.len() < 2 || self.views.mean <= 0.0 {
            return;
        }
        let count = self.seated.len();
        let each = u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(400);
        // Restarts of growing length while there is time for more than one.
        let rounds = (steps / each.max(1)).clamp(1, 3);
        let parts = rounds * (rounds + 1) / 2;
        let mut best = (self.value(), self.members.clone());
        for round in 1..=rounds {
            self.anneal(rng, steps / parts * round, budget);
            self.polish(8);
            let value = self.value();
            if value > best.0 + 1e-12 {
                best = (value, self.members.clone());
            }
        }
        self.restore(&best.1);
        // A few random swaps and down again: few people may have many small valleys.
        let kicks = if count <= 60 { 20 * rounds } else { 0 };
        for _ in 0..kicks {
            self.kick(rng);
            self.polish(8);
            let value = self.value();
            if value > best.0 + 1e-12 {
                best = (value, self.members.clone());
            } else if value < best.0 - 1e-12 {
                self.restore(&best.1);
            }
        }
        // Sums anew: thousands of small changes leave a trace.
        self.restore(&best.1);
    }

    fn restore(&mut self, members: &[Vec<usize>]) {
        members.clone_into(&mut self.members);
        for (group, members) in self.members.iter().enumerate() {
            self.inside[group] = self.views.inside(members);
            for &person in members {
                self.group_of[person] = group;
            }
        }
    }

    fn kick(&mut self, rng: &mut Rng) {
        for _ in 0..2 + rng.below(3) {
            let (person, other) = (rng.below(self.seated.len()), rng.below(self.seated.len()));
            let to = self.group_of[other];
            if self.group_of[person] != to && self.fits(person, to, Some(other)) {
                let sums = self.sums(person, to, Some(other));
                self.apply(person, to, Some(other), sums);
            }
        }
    }

    fn anneal(&mut self, rng: &mut Rng, steps: u64, budget: &mut Steps<'_>) {
        let count = self.seated.len();
        let size = real(count) / real(self.members.len());
        let hot = 0.3 / size;
        let stages = 100_u32;
        for stage in 0..stages {
            let heat = hot * 0.02_f64.powf(f64::from(stage) / f64::from(stages));
            if !budget.take(steps / u64::from(stages)) {
                break;
            }
            for _ in 0..steps / u64::from(stages) {
                let (person, other) = (rng.below(count), rng.below(count));
                let (from, to) = (self.group_of[person], self.group_of[other]);
                if from == to {
                    continue;
                }
                // Now and then only one goes, if that leaves the same sizes.
                let alone = self.members[from].len() == self.members[to].len() + 1;
                let back = if alone && rng.below(4) == 0 { None } else { Some(other) };
                if !self.fits(person, to, back) {
                    continue;
                }
                let sums = self.sums(person, to, back);
                let gain = self.gain(person, to, back, sums);
                if gain >= 0.0 || rng.unit() < (gain / heat).exp() {
                    self.apply(person, to, back, sums);
                }
            }
        }
    }

    /// Swaps as long as that helps, at most so many times through all pairs.
    fn polish(&mut self, times: usize) {
        let count = self.seated.len();
        // Through all pairs of thousands of people takes too long for what it brings.
        let mut left = if count > 3000 { 0 } else { times };
        let mut better = true;
        while better && left > 0 {
            left -= 1;
            better = false;
            for (person, other) in (0..count).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let to = self.group_of[other];
                if self.group_of[person] == to || !self.fits(person, to, Some(other)) {
                    continue;
                }
                let sums = self.sums(person, to, Some(other));
                if self.gain(person, to, Some(other), sums) > 1e-12 {
                    self.apply(person, to, Some(other), sums);
                    better = true;
                }
            }
        }
    }
}
