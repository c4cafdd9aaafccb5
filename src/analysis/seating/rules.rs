//! What an exchange must not break: times, languages and pins, who sits apart, who stays, sizes;
//! and how many tags are alone.

#![expect(clippy::indexing_slicing, reason = "units, groups and cells are indices of one plan")]

use super::groups::Groups;
use super::problem::{Cost, Problem, Seating};

/// Stands for a cell in which a unit cannot sit; more than all that can.
const NEVER: Cost = Cost::MAX / 1024;

/// The rules, for units that sit.
#[derive(Clone)]
pub(super) struct Rules {
    /// Cell of each group.
    cells: Vec<usize>,
    all_cells: usize,
    /// `units x cells`: what sitting there costs.
    fit: Vec<Cost>,
    /// People of each unit.
    people: Vec<usize>,
    stays: Vec<bool>,
    apart: Vec<Vec<usize>>,
    tags: Vec<Vec<(usize, usize)>>,
    tag_count: usize,
    /// `groups x tags`: how many of the group carry it.
    carried: Vec<usize>,
    /// Whether any two units may change places: nothing here has to be asked.
    pub plain: bool,
}

impl Rules {
    /// `seated`: the unit of the problem behind each unit here.
    pub(super) fn new(problem: &Problem, seating: &Seating, seated: &[usize]) -> Self {
        let mut place = vec![None; problem.units.len()];
        for (here, &unit) in seated.iter().enumerate() {
            place[unit] = Some(here);
        }
        let all_cells = problem.cells.len();
        let cost = |unit: usize, cell: usize| problem.fit[unit][cell].unwrap_or(NEVER);
        let apart: Vec<Vec<usize>> = seated
            .iter()
            .map(|&unit| problem.apart[unit].iter().filter_map(|&other| place[other]).collect())
            .collect();
        let stays: Vec<bool> = seated.iter().map(|&unit| seating.leads[unit]).collect();
        let tags: Vec<Vec<(usize, usize)>> =
            seated.iter().map(|&unit| problem.tags[unit].clone()).collect();
        let sizes = seating.members.iter().map(|units| {
            let people = units.iter().map(|&unit| problem.units[unit].len());
            (people.clone().sum::<usize>(), people.max())
        });
        let sizes: Vec<(usize, Option<usize>)> = sizes.collect();
        let plain = seating.cells.windows(2).all(|pair| pair[0] == pair[1])
            && !stays.contains(&true)
            && apart.iter().all(Vec::is_empty)
            && tags.iter().all(Vec::is_empty)
            && sizes.iter().all(|(size, unit)| *size == sizes[0].0 && *unit == Some(1));
        Self {
            cells: seating.cells.clone(),
            all_cells,
            fit: seated
                .iter()
                .flat_map(|&unit| (0..all_cells).map(move |cell| cost(unit, cell)))
                .collect(),
            people: seated.iter().map(|&unit| problem.units[unit].len()).collect(),
            stays,
            apart,
            tags,
            tag_count: problem.tag_count,
            carried: vec![0; problem.tag_count * seating.cells.len()],
            plain,
        }
    }

    /// The rules of a round after the first: any group of one's own class is as good as another,
    /// those of other classes are out of reach.
    pub(super) fn of_rounds(
        problem: &Problem,
        seating: &Seating,
        seated: &[usize],
        classes: &[Vec<usize>],
    ) -> Self {
        let mut rules = Self::new(problem, seating, seated);
        let mut open = vec![NEVER; rules.fit.len()];
        let mut unit_of = vec![0; problem.units.len()];
        for (here, &unit) in seated.iter().enumerate() {
            unit_of[unit] = here;
        }
        for class in classes {
            for unit in class.iter().flat_map(|&group| &seating.members[group]) {
                for &group in class {
                    let at = unit_of[*unit] * rules.all_cells + rules.cells[group];
                    if rules.fit[at] < NEVER {
                        open[at] = 0;
                    }
                }
            }
        }
        rules.fit = open;
        rules
    }

    /// How many people a unit is.
    pub(super) fn people(&self, unit: usize) -> usize {
        self.people[unit]
    }

    /// Whether a unit must not leave its group.
    pub(super) fn stays(&self, unit: usize) -> bool {
        self.stays[unit]
    }

    /// Whether these units may sit in a group; who stays is for the caller to see to.
    pub(super) fn may_sit(&self, units: &[usize], group: usize) -> bool {
        let fits = |&unit: &usize| self.cost(unit, group) < NEVER;
        let alone = |unit: &usize| self.apart[*unit].iter().all(|other| !units.contains(other));
        units.iter().all(fits) && units.iter().all(alone)
    }

    /// Counts tags anew.
    pub(super) fn set(&mut self, members: &[Vec<usize>]) {
        self.carried.fill(0);
        for (group, members) in members.iter().enumerate() {
            for &unit in members {
                for &(tag, people) in &self.tags[unit] {
                    self.carried[group * self.tag_count + tag] += people;
                }
            }
        }
    }

    /// How many tags are alone in a group.
    pub(super) fn alone_in(&self, group: usize) -> usize {
        let carried = &self.carried[group * self.tag_count..(group + 1) * self.tag_count];
        carried.iter().filter(|&&people| people == 1).count()
    }

    /// How many tags are alone in all groups.
    pub(super) fn alone(&self) -> usize {
        (0..self.cells.len()).map(|group| self.alone_in(group)).sum()
    }

    /// Counts the tags of a unit that went.
    pub(super) fn went(&mut self, unit: usize, from: usize, to: usize) {
        for &(tag, people) in &self.tags[unit] {
            self.carried[from * self.tag_count + tag] -= people;
            self.carried[to * self.tag_count + tag] += people;
        }
    }

    fn cost(&self, unit: usize, group: usize) -> Cost {
        self.fit[unit * self.all_cells + self.cells[group]]
    }

    /// Whether nobody in a group, but for those who leave it, must not meet a unit.
    fn welcome(&self, now: &Groups, unit: usize, to: usize, leaving: &[usize]) -> bool {
        let there = |other: &&usize| now.group_of[**other] == to;
        self.apart[unit].iter().filter(there).all(|other| leaving.contains(other))
    }

    /// Whether a unit and some of another group may change places with times no worse. Sizes are
    /// for the caller to see to.
    pub(super) fn may_swap(&self, now: &Groups, unit: usize, others: &[usize]) -> bool {
        let Some(&other) = others.first() else { return false };
        let (from, to) = (now.group_of[unit], now.group_of[other]);
        if self.stays[unit] || others.iter().any(|&other| self.stays[other]) {
            return false;
        }
        if self.cells[from] != self.cells[to] {
            let was = |other: &usize| self.cost(*other, to);
            let is = |other: &usize| self.cost(*other, from);
            let before = self.cost(unit, from) + others.iter().map(was).sum::<Cost>();
            let after = self.cost(unit, to) + others.iter().map(is).sum::<Cost>();
            if after > before {
                return false;
            }
        }
        self.welcome(now, unit, to, others)
            && others.iter().all(|&other| self.welcome(now, other, from, &[unit]))
    }

    /// Whether a unit may go to a group with times no worse and sizes no less even, which keeps
    /// them within bounds.
    pub(super) fn may_go(&self, now: &Groups, unit: usize, to: usize) -> bool {
        let from = now.group_of[unit];
        now.size[from] >= now.size[to] + now.people(unit) && self.can_go(now, unit, to)
    }

    /// The same, whatever becomes of sizes.
    pub(super) fn can_go(&self, now: &Groups, unit: usize, to: usize) -> bool {
        let from = now.group_of[unit];
        !self.stays[unit]
            && self.cost(unit, to) <= self.cost(unit, from)
            && self.welcome(now, unit, to, &[])
    }

    /// How many more tags would be alone if units changed places; `None` stands for nobody.
    pub(super) fn more_alone(
        &self,
        now: &Groups,
        unit: usize,
        to: usize,
        other: Option<usize>,
    ) -> i32 {
        let back: &[(usize, usize)] = other.map_or(&[], |other| &self.tags[other]);
        if self.tags[unit].is_empty() && back.is_empty() {
            return 0;
        }
        let from = now.group_of[unit];
        let of = |tags: &[(usize, usize)], tag: usize| {
            tags.iter().find(|(own, _)| *own == tag).map_or(0, |(_, people)| *people)
        };
        let more = |tag: usize, go: usize, come: usize| {
            let here = self.carried[from * self.tag_count + tag];
            let there = self.carried[to * self.tag_count + tag];
            let is = i32::from(here + come - go == 1) + i32::from(there + go - come == 1);
            is - i32::from(here == 1) - i32::from(there == 1)
        };
        let going = self.tags[unit].iter().map(|&(tag, go)| more(tag, go, of(back, tag)));
        let coming = back
            .iter()
            .filter(|(tag, _)| of(&self.tags[unit], *tag) == 0)
            .map(|&(tag, come)| more(tag, 0, come));
        going.chain(coming).sum()
    }
}
