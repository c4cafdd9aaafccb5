//! Who sits with whom, and what an exchange would bring.
//!
//! For every group and unit the sum of the distances between them is kept (as Lai and Hao 2016
//! do), so what an exchange brings takes four look-ups, whatever the size of the groups; only an
//! exchange that is made costs a walk over all units. Where distances are not kept, neither are
//! the sums.
//!
//! The value of all groups is the sum of `W/s`, with `W` the sum of the distances of a group's
//! pairs and `s` its size. As distances are of negative type (L1), it is at most `n M / 2`, with
//! `M` the mean over all ordered pairs, and reaches it only if every group is like everybody
//! (energy distance, Székely and Rizzo 2013).

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "units and groups are indices of one plan; sums of distances fit an f64"
)]

use super::far::Far;
use super::problem::real;

mod sweep;

/// What groups are worth by the sum of the distances of their pairs, in units of the mean distance.
struct Worth {
    /// By size: what one step of distance is worth, what it adds to the share of the mean, and
    /// the weight of falling behind.
    by_size: Vec<(f64, f64, f64)>,
}

impl Worth {
    /// `most`: the largest size.
    fn new(step: f64, most: usize, fairness: f64) -> Self {
        let of = |size: usize| {
            let people = real(size.max(1));
            (step / people, 2.0 * step / (people * people), fairness * real(size))
        };
        Self { by_size: (0..=most).map(of).collect() }
    }

    /// `W/s`, less what the group falls behind.
    #[inline]
    fn of(&self, inside: i64, size: usize) -> f64 {
        let (each, share, fairness) = self.by_size[size];
        let inside = inside as f64;
        let behind = (1.0 - share * inside).max(0.0);
        each * inside - fairness * behind * behind
    }
}

/// What a swap or a move would leave in the group that is left and in the one that is joined.
#[derive(Clone, Copy)]
pub(super) struct Change {
    /// Sums of pairs.
    inside: (i64, i64),
    /// Values.
    worth: (f64, f64),
    /// What it brings.
    pub gain: f64,
}

/// Groups in the making; units and groups are numbers from 0.
pub(super) struct Groups {
    far: Far,
    worth_of: Worth,
    fairness: f64,
    /// Whether each unit is one person.
    single: bool,
    /// Sum of the distances of the pairs inside each unit.
    within: Vec<i64>,
    /// Units of each group.
    pub members: Vec<Vec<usize>>,
    pub group_of: Vec<usize>,
    /// People in each group.
    pub size: Vec<usize>,
    /// Place of each unit in the members of its group.
    place: Vec<usize>,
    /// `groups x units`: distances from a unit to all of a group; nothing if not kept.
    sums: Vec<i32>,
    /// Sum of the distances of each group's pairs.
    inside: Vec<i64>,
    worth: Vec<f64>,
}

impl Groups {
    /// `most`: the largest size that a group may come to have.
    pub(super) fn new(far: Far, members: Vec<Vec<usize>>, most: usize, fairness: f64) -> Self {
        let (units, count) = (far.len(), members.len());
        let largest = (0..units).map(|unit| far.people(unit)).max().unwrap_or(0);
        let sizes = members.iter().map(|units| units.iter().map(|&u| far.people(u)).sum::<usize>());
        let most = sizes.max().unwrap_or(0).max(most) + largest;
        let mut groups = Self {
            worth_of: Worth::new(far.step, most, fairness),
            fairness,
            single: largest <= 1,
            within: (0..units).map(|unit| far.inside(unit)).collect(),
            sums: if far.kept() { vec![0; units * count] } else { Vec::new() },
            far,
            group_of: vec![0; units],
            size: vec![0; count],
            place: vec![0; units],
            inside: vec![0; count],
            worth: vec![0.0; count],
            members: Vec::new(),
        };
        groups.set(members);
        groups
    }

    /// Seats everybody anew.
    pub(super) fn set(&mut self, members: Vec<Vec<usize>>) {
        self.members = members;
        let count = self.group_of.len();
        for (group, members) in self.members.iter().enumerate() {
            let (mut twice, mut inside, mut size) = (0, 0, 0);
            for (place, &unit) in members.iter().enumerate() {
                self.group_of[unit] = group;
                self.place[unit] = place;
                twice += i64::from(self.far.to_all(unit, members));
                inside += self.within[unit];
                size += self.far.people(unit);
            }
            self.size[group] = size;
            self.inside[group] = twice / 2 + inside;
            self.worth[group] = self.worth_of.of(self.inside[group], size);
            if !self.sums.is_empty() {
                let sums = &mut self.sums[group * count..(group + 1) * count];
                sums.fill(0);
                for &member in members {
                    for (sum, distance) in sums.iter_mut().zip(self.far.row(member)) {
                        *sum += distance;
                    }
                }
            }
        }
    }

    /// Value of all groups in units of the mean distance, at most half the number of people.
    pub(super) fn value(&self) -> f64 {
        self.worth.iter().sum()
    }

    /// How much steeper the value is with the fairness term than without: where groups disagree
    /// some 6 % less than everybody, the term's slope is a quarter of its weight. Heats have to
    /// be as much higher, or the search freezes at once.
    pub(super) fn steepness(&self) -> f64 {
        1.0 + self.fairness.min(100.0) / 4.0
    }

    /// Whether anybody differs from anybody.
    pub(super) fn differ(&self) -> bool {
        self.far.step > 0.0
    }

    /// How many people a unit is.
    pub(super) fn people(&self, unit: usize) -> usize {
        self.far.people(unit)
    }

    /// Whether what an exchange brings is quickly known.
    pub(super) const fn quick(&self) -> bool {
        self.far.kept()
    }

    /// Sum of the distances from a unit to a group.
    #[inline]
    fn to_group(&self, unit: usize, group: usize) -> i64 {
        let kept = self.sums.get(group * self.group_of.len() + unit);
        i64::from(kept.copied().unwrap_or_else(|| self.far.to_all(unit, &self.members[group])))
    }

    /// What it brings if two units of as many people, in different groups, change places.
    #[inline]
    pub(super) fn swap(&self, unit: usize, other: usize) -> Change {
        let (a, b) = (self.group_of[unit], self.group_of[other]);
        let between = i64::from(self.far.distance(unit, other));
        let within = if self.single { 0 } else { self.within[other] - self.within[unit] };
        let here =
            self.inside[a] + self.to_group(other, a) - self.to_group(unit, a) - between + within;
        let there =
            self.inside[b] + self.to_group(unit, b) - self.to_group(other, b) - between - within;
        self.change((a, b), (here, there), (self.size[a], self.size[b]))
    }

    /// What it brings if a unit goes to another group.
    pub(super) fn going(&self, unit: usize, to: usize) -> Change {
        let (from, people) = (self.group_of[unit], self.people(unit));
        let here = self.inside[from] - self.to_group(unit, from) - self.within[unit];
        let there = self.inside[to] + self.to_group(unit, to) + self.within[unit];
        self.change((from, to), (here, there), (self.size[from] - people, self.size[to] + people))
    }

    #[inline]
    fn change(&self, groups: (usize, usize), inside: (i64, i64), sizes: (usize, usize)) -> Change {
        let worth = (self.worth_of.of(inside.0, sizes.0), self.worth_of.of(inside.1, sizes.1));
        let gain = worth.0 + worth.1 - self.worth[groups.0] - self.worth[groups.1];
        Change { inside, worth, gain }
    }

    fn keep(&mut self, groups: (usize, usize), change: &Change) {
        (self.inside[groups.0], self.inside[groups.1]) = change.inside;
        (self.worth[groups.0], self.worth[groups.1]) = change.worth;
    }

    /// Makes what [`Groups::swap`] looked at.
    pub(super) fn make_swap(&mut self, unit: usize, other: usize, change: &Change) {
        let (a, b) = (self.group_of[unit], self.group_of[other]);
        self.keep((a, b), change);
        (self.group_of[unit], self.group_of[other]) = (b, a);
        self.place.swap(unit, other);
        self.members[a][self.place[other]] = other;
        self.members[b][self.place[unit]] = unit;
        if self.sums.is_empty() {
            return;
        }
        let count = self.group_of.len();
        let (first, second) = self.sums.split_at_mut(a.max(b) * count);
        let lower = &mut first[a.min(b) * count..][..count];
        let (here, there) =
            if a < b { (lower, &mut second[..count]) } else { (&mut second[..count], lower) };
        let moved = self.far.row(other).iter().zip(self.far.row(unit));
        for ((here, there), (came, went)) in here.iter_mut().zip(there).zip(moved) {
            let change = came - went;
            *here += change;
            *there -= change;
        }
    }

    /// Makes what [`Groups::going`] looked at.
    pub(super) fn make_going(&mut self, unit: usize, to: usize, change: &Change) {
        let (from, people) = (self.group_of[unit], self.people(unit));
        self.keep((from, to), change);
        self.size[from] -= people;
        self.size[to] += people;
        let place = self.place[unit];
        self.members[from].swap_remove(place);
        if let Some(&moved) = self.members[from].get(place) {
            self.place[moved] = place;
        }
        self.place[unit] = self.members[to].len();
        self.members[to].push(unit);
        self.group_of[unit] = to;
        if self.sums.is_empty() {
            return;
        }
        let (count, row) = (self.group_of.len(), self.far.row(unit));
        for (sum, distance) in self.sums[from * count..][..count].iter_mut().zip(row) {
            *sum -= distance;
        }
        for (sum, distance) in self.sums[to * count..][..count].iter_mut().zip(row) {
            *sum += distance;
        }
    }
}
