//! The best F for 24 people, proven: a recursion over all sets of people that groups can leave.

use crate::crowd::Crowd;

/// F is counted in steps of this, so that a table of 2^24 sets takes 64 MB.
const STEP: f64 = 1.0 / (1_u32 << 27) as f64;

struct Sets {
    size: usize,
    /// W/s of each set of `size` people.
    worth: Vec<u32>,
    /// One more than the best of a set that was looked at.
    best: Vec<u32>,
}

/// The most that groups of `size` can come to, to about 1e-7.
pub fn optimum(crowd: &Crowd, size: usize) -> f64 {
    let people = crowd.rows.len();
    assert!(people <= 24 && people.is_multiple_of(size));
    let sets = 1_usize << people;
    let mut tables = Sets { size, worth: vec![0; sets], best: vec![0; sets] };
    for set in 0..sets {
        if set.count_ones() as usize == size {
            let group: Vec<usize> = (0..people).filter(|person| set >> person & 1 == 1).collect();
            let worth = (crowd.inside(&group) / size as f64 / STEP).round();
            assert!(worth < f64::from(u32::MAX) / 8.0);
            tables.worth[set] = worth as u32;
        }
    }
    f64::from(tables.of(sets - 1)) * STEP
}

impl Sets {
    /// The first of a set sits with every choice of others.
    fn of(&mut self, set: usize) -> u32 {
        if set == 0 {
            return 0;
        }
        if self.best[set] == 0 {
            let first = set & set.wrapping_neg();
            let rest: Vec<usize> =
                (0..24).map(|p| 1 << p).filter(|bit| (set ^ first) & bit != 0).collect();
            let best = self.choose(set, &rest, first, self.size - 1);
            self.best[set] = best + 1;
        }
        self.best[set] - 1
    }

    fn choose(&mut self, set: usize, rest: &[usize], group: usize, more: usize) -> u32 {
        if more == 0 {
            return self.worth[group] + self.of(set ^ group);
        }
        let mut best = 0;
        for next in 0..=rest.len() - more {
            best = best.max(self.choose(set, &rest[next + 1..], group | rest[next], more - 1));
        }
        best
    }
}
