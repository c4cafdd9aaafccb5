//! Annealing by rows: one unit against all others in turn, several at a time.
//!
//! What a swap loses is worked out for [`LANES`] others at once, without a branch, from tables that
//! are read in order; only a swap that is put up with is looked at one by one. That is some times
//! as fast as drawing each pair by lot, and every pair still comes up equally often.
//!
//! Losses are 32-bit floats here: they decide whether a swap is made, while what it brings is
//! counted as everywhere. Their operations are rounded alike on all machines, in any number at once.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "units and groups are indices of one plan; losses may be rounded"
)]

use super::super::rng::{LANES, Limits, Rng};
use super::Groups;

/// What groups and units are to each other, as rows need it.
struct Near {
    /// Distances of each unit to its own group.
    own: Vec<i32>,
    /// Distances of the unit of the row to each group.
    to: Vec<i32>,
    /// How far each group falls behind in disagreement, as a share of everybody's; below 0 if it
    /// does not.
    behind: Vec<f32>,
}

/// What is the same for a whole row.
#[derive(Clone, Copy)]
struct Row {
    unit: usize,
    group: usize,
    own: i32,
    behind: f32,
}

/// What one step of distance is worth in groups of one size: see [`super::Worth`].
#[derive(Clone, Copy)]
struct Step {
    each: f32,
    share: f32,
    fairness: f32,
}

impl Step {
    /// What it costs to have a group go from one `behind` to another.
    #[inline]
    fn fall(self, from: f32, to: f32) -> f32 {
        let (from, to) = (from.max(0.0), to.max(0.0));
        self.fairness * (to * to - from * from)
    }
}

impl Groups {
    /// Looks at two swaps for each of so many steps, or a few more, and makes those whose loss is
    /// below the limit drawn for each; how many steps that were. Two cost less than one that is
    /// drawn by lot.
    ///
    /// All groups have to be of one size and all units of one person, there have to be at least
    /// [`LANES`] units, and their distances have to be kept.
    pub(in super::super) fn sweep(&mut self, steps: u64, limits: &Limits, rng: &mut Rng) -> u64 {
        let units = self.group_of.len();
        let each = u64::try_from(units / 2).unwrap_or(u64::MAX);
        let mut near = self.near();
        let mut taken = 0;
        while taken < steps {
            let unit = rng.below(units);
            let first = limits.place(rng);
            if self.fairness > 0.0 {
                self.row::<true>(unit, limits, first, &mut near);
            } else {
                self.row::<false>(unit, limits, first, &mut near);
            }
            taken += each;
        }
        taken
    }

    fn near(&self) -> Near {
        Near {
            own: self.group_of.iter().enumerate().map(|(u, &group)| self.sum(u, group)).collect(),
            to: vec![0; self.members.len()],
            behind: (0..self.members.len()).map(|group| self.behind(group)).collect(),
        }
    }

    fn step(&self) -> Step {
        let (each, share, fairness) = self.worth_of.by_size[self.size[0]];
        Step { each: each as f32, share: share as f32, fairness: fairness as f32 }
    }

    /// Sum of the kept distances between a unit and a group.
    fn sum(&self, unit: usize, group: usize) -> i32 {
        self.sums[group * self.group_of.len() + unit]
    }

    fn behind(&self, group: usize) -> f32 {
        let (_, share, _) = self.worth_of.by_size[self.size[group]];
        (1.0 - share * self.inside[group] as f64) as f32
    }

    /// One unit against all others.
    fn row<const FAIR: bool>(
        &mut self,
        unit: usize,
        limits: &Limits,
        first: usize,
        near: &mut Near,
    ) {
        let (units, step) = (self.group_of.len(), self.step());
        self.reach(unit, near);
        let mut row = self.row_of(unit, near);
        for start in (0..units).step_by(LANES) {
            // The last ones overlap those before.
            let from = start.min(units - LANES);
            let Some(lost) = self.losses::<FAIR>(from, row, step, near) else { return };
            let Some(limits) = limits.at(first + start) else { return };
            if !lost.iter().zip(limits).any(|(lost, limit)| lost < limit) {
                continue;
            }
            let mut good = lost.iter().zip(limits).enumerate().filter(|(_, (l, limit))| l < limit);
            let found = good.find(|(lane, _)| self.group_of[from + lane] != row.group);
            if let Some((lane, _)) = found {
                self.trade(row, from + lane, near);
                row = self.row_of(unit, near);
            }
        }
    }

    /// Counts how far a unit is from each group.
    fn reach(&self, unit: usize, near: &mut Near) {
        for (to, sums) in near.to.iter_mut().zip(self.sums.chunks_exact(self.group_of.len())) {
            *to = sums[unit];
        }
    }

    fn row_of(&self, unit: usize, near: &Near) -> Row {
        let group = self.group_of[unit];
        Row { unit, group, own: near.own[unit], behind: near.behind[group] }
    }

    /// What is lost if the unit of a row changes places with others; nonsense for those of its own
    /// group.
    #[inline]
    fn losses<const FAIR: bool>(
        &self,
        from: usize,
        row: Row,
        step: Step,
        near: &Near,
    ) -> Option<[f32; LANES]> {
        let units = self.group_of.len();
        let far: &[i32; LANES] = self.far.row(row.unit).get(from..)?.first_chunk()?;
        let here: &[i32; LANES] = self.sums.get(row.group * units + from..)?.first_chunk()?;
        let own: &[i32; LANES] = near.own.get(from..)?.first_chunk()?;
        let groups: &[usize; LANES] = self.group_of.get(from..)?.first_chunk()?;
        let to: [i32; LANES] = groups.map(|group| near.to[group]);
        let mut lost = [0.0; LANES];
        if FAIR {
            let behind: [f32; LANES] = groups.map(|group| near.behind[group]);
            for lane in 0..LANES {
                let ours = (here[lane] - row.own - far[lane]) as f32;
                let theirs = (to[lane] - own[lane] - far[lane]) as f32;
                let fall = step.fall(row.behind, row.behind - step.share * ours)
                    + step.fall(behind[lane], behind[lane] - step.share * theirs);
                lost[lane] = fall - step.each * (ours + theirs);
            }
        } else {
            for lane in 0..LANES {
                let more = here[lane] - row.own + to[lane] - own[lane] - 2 * far[lane];
                lost[lane] = -step.each * more as f32;
            }
        }
        Some(lost)
    }

    /// Makes a swap and counts anew what it changes for the row.
    fn trade(&mut self, row: Row, other: usize, near: &mut Near) {
        let change = self.swap(row.unit, other);
        let groups = [row.group, self.group_of[other]];
        self.make_swap(row.unit, other, &change);
        for group in groups {
            near.to[group] = self.sum(row.unit, group);
            near.behind[group] = self.behind(group);
            for &member in &self.members[group] {
                near.own[member] = self.sum(member, group);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::far::Far;
    use super::super::super::problem::real;
    use super::super::super::rng::Losses;
    use super::*;

    #[test]
    fn a_row_tells_of_each_swap_what_the_swap_itself_brings() {
        let mut rng = Rng::new(5);
        let mut view = || vec![(0..4).map(|_| real(rng.below(5)) / 4.0).collect()];
        let views: Vec<Vec<Vec<f64>>> = (0..30).map(|_| view()).collect();
        for fairness in [0.0, 4.0] {
            let members = (0..5).map(|group| (6 * group..6 * group + 6).collect()).collect();
            let mut groups = Groups::new(Far::new(&views, 6), members, 6, fairness);
            let mut limits = Limits::new(&Losses::new(), &mut rng);
            limits.set(0.01);
            let before = groups.value();
            assert!(groups.sweep(2000, &limits, &mut rng) >= 2000);
            assert!(groups.value() > before, "{before} {}", groups.value());
            let mut near = groups.near();
            for unit in 0..30 {
                groups.reach(unit, &mut near);
                let row = groups.row_of(unit, &near);
                for from in 0..=30 - LANES {
                    let lost = if fairness > 0.0 {
                        groups.losses::<true>(from, row, groups.step(), &near)
                    } else {
                        groups.losses::<false>(from, row, groups.step(), &near)
                    };
                    for (other, lost) in (from..).zip(lost.unwrap()) {
                        if groups.group_of[other] != row.group {
                            let gain = groups.swap(unit, other).gain;
                            assert!((gain + f64::from(lost)).abs() < 1e-5, "{gain} {lost}");
                        }
                    }
                }
            }
            let counted = groups.value();
            groups.set(groups.members.clone());
            assert_eq!(counted.to_bits(), groups.value().to_bits());
        }
    }
}
