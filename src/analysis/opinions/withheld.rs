//! What may be published: nothing that tells of so few people that one of them could be known.

use super::statements::{Count, statement};
use super::{Group, Opinions, StatementCount, Verdict, lists};

impl Opinions {
    /// The same without what counts fewer than `least` people, and without what would let such a
    /// count be found by subtraction.
    ///
    /// A statement on which fewer voted has no counts. A smaller group has no dots, no shares and
    /// represents nothing; its members stay in the list, so that groups keep their letters: their
    /// number is not to be shown. A group's share of a statement on which fewer of it voted is
    /// not there, nor is the smallest other one where all votes less those shown would leave
    /// fewer. Lists are made anew of what is left.
    #[must_use]
    pub fn withheld(&self, least: u32) -> Self {
        let groups = self.groups();
        let shown: Vec<Vec<bool>> = (0..self.statements.len())
            .map(|at| shown(&self.statements, groups, at, least))
            .collect();
        let is_shown = |group: usize, at: usize| -> bool {
            shown.get(at).and_then(|groups| groups.get(group)).copied().unwrap_or(false)
        };
        let everybody: Vec<Count> = self
            .statements
            .iter()
            .map(|count| Some(all(count)).filter(|c| c.votes() >= least).unwrap_or_default())
            .collect();
        // Only groups that can be shown, each with what is shown of it.
        let counts: Vec<Vec<Count>> = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| size(group) >= least)
            .map(|(g, group)| {
                let of =
                    |at: usize| if is_shown(g, at) { cell(group, at) } else { Count::default() };
                (0..self.statements.len()).map(of).collect()
            })
            .collect();
        let statements: Vec<StatementCount> = everybody
            .iter()
            .zip(&self.statements)
            .enumerate()
            .map(|(at, (count, before))| {
                let within: Vec<Count> =
                    counts.iter().filter_map(|of| of.get(at)).copied().collect();
                let people = if count.votes() > 0 { count.votes() + before.unseen } else { 0 };
                let mut said = statement(*count, people, &within);
                if within.iter().any(|count| count.votes() == 0) {
                    said.across = None;
                }
                said
            })
            .collect();
        let kept: Vec<Group> = groups
            .iter()
            .enumerate()
            .map(|(g, group)| self.without_small(g, group, least, is_shown))
            .collect();
        let small = |row: &usize| {
            groups
                .iter()
                .any(|group| size(group) < least && group.members.binary_search(row).is_ok())
        };
        let mut axes = self.axes.clone();
        for (mean, count) in axes.centre.iter_mut().zip(&everybody) {
            if count.votes() == 0 {
                *mean = 0.0;
            }
        }
        let dots = self.placed.iter().zip(&self.map).filter(|(row, _)| !small(row));
        let (placed, map) = dots.map(|(row, point)| (*row, *point)).unzip();
        Self {
            placed,
            map,
            common_ground: lists::common_ground(&everybody, &counts),
            consensus: lists::consensus(&everybody),
            divisive: lists::divisive(&statements, &counts),
            unsure: lists::unsure(&statements),
            verdict: super::with_groups(self.verdict.clone(), kept),
            statements,
            axes,
            explained: self.explained,
        }
    }

    /// The groups, where there are any.
    pub fn groups(&self) -> &[Group] {
        match &self.verdict {
            Verdict::Groups { groups, .. } => groups,
            _ => &[],
        }
    }

    fn without_small(
        &self,
        g: usize,
        group: &Group,
        least: u32,
        is_shown: impl Fn(usize, usize) -> bool,
    ) -> Group {
        let mut kept = group.clone();
        let (agreed, disagreed) = (kept.agreed.iter_mut(), kept.disagreed.iter_mut());
        for (at, (agreed, disagreed)) in agreed.zip(disagreed).enumerate() {
            if !is_shown(g, at) {
                (*agreed, *disagreed) = (None, None);
            }
        }
        kept.representative.retain(|view| {
            let others = self.groups().iter().enumerate().filter(|(other, _)| *other != g);
            let told: u32 = others
                .filter(|(other, _)| is_shown(*other, view.statement))
                .map(|(_, group)| cell(group, view.statement).votes())
                .sum();
            let untold = view.outside.n.saturating_sub(told);
            is_shown(g, view.statement)
                && view.outside.n >= least
                && (untold == 0 || untold >= least)
        });
        kept
    }
}

fn size(group: &Group) -> u32 {
    u32::try_from(group.members.len()).unwrap_or(u32::MAX)
}

fn all(count: &StatementCount) -> Count {
    Count { agree: count.agree, disagree: count.disagree, pass: count.pass }
}

/// A group's votes on a statement.
fn cell(group: &Group, at: usize) -> Count {
    let of = |shares: &[Option<super::Interval>]| shares.get(at).copied().flatten();
    let (Some(agreed), Some(disagreed)) = (of(&group.agreed), of(&group.disagreed)) else {
        return Count::default();
    };
    let pass = agreed.n.saturating_sub(agreed.part).saturating_sub(disagreed.part);
    Count { agree: agreed.part, disagree: disagreed.part, pass }
}

/// Of which groups the votes on a statement can be shown.
fn shown(statements: &[StatementCount], groups: &[Group], at: usize, least: u32) -> Vec<bool> {
    let votes: Vec<u32> = groups.iter().map(|group| cell(group, at).votes()).collect();
    let mut shown: Vec<bool> =
        groups.iter().zip(&votes).map(|(group, n)| size(group) >= least && *n >= least).collect();
    let everybody = statements.get(at).map_or(0, |count| all(count).votes());
    loop {
        let told: u32 = votes.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(n, _)| n).sum();
        let untold = everybody.saturating_sub(told);
        if untold == 0 || untold >= least {
            return shown;
        }
        let smallest = (0..).zip(votes.iter().zip(&shown)).filter(|(_, (_, shown))| **shown);
        let Some((smallest, _)) = smallest.min_by_key(|(_, (n, _))| **n) else { return shown };
        if let Some(shown) = shown.get_mut::<usize>(smallest) {
            *shown = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::opinions::{Settings, Votes, opinions};
    use crate::analysis::rng::Rng;

    /// Camps of these sizes; a tenth of the votes is unseen, a tenth against the camp.
    fn camps(sizes: &[usize], seed: u64) -> Votes {
        let mut rng = Rng::new(seed);
        let statements = 12;
        let mut cells = vec![];
        for (camp, &size) in sizes.iter().enumerate() {
            for _ in 0..size {
                let vote = |s: usize| if s % sizes.len() == camp { 1 } else { -1 };
                let mut row: Vec<Option<i8>> = (0..statements).map(|s| Some(vote(s))).collect();
                for cell in &mut row {
                    match rng.below(10) {
                        0 => *cell = None,
                        1 => *cell = cell.map(|vote: i8| -vote),
                        _ => {}
                    }
                }
                cells.push(row);
            }
        }
        let people = (0..cells.len()).map(|p| format!("{p:03}")).collect();
        Votes { people, statements, cells }
    }

    fn found(votes: &Votes) -> Opinions {
        opinions(votes, &Settings { groups: Some(3), permutations: 99, removals: 0, seed: 1 })
    }

    #[test]
    fn no_number_of_fewer_than_five_can_be_read_or_worked_out() {
        let mut seen = 0;
        for seed in 0..12 {
            let votes = camps(&[14, 9, 4], seed);
            let whole = found(&votes);
            let public = whole.withheld(5);
            if whole.groups().len() < 3 || whole.groups().iter().all(|g| g.members.len() >= 5) {
                continue;
            }
            seen += 1;
            for (at, count) in public.statements.iter().enumerate() {
                let everybody = all(count).votes();
                assert!(everybody == 0 || everybody >= 5);
                // Whatever of the groups' numbers is shown is of five, and leaves none or five.
                let cells: Vec<u32> =
                    public.groups().iter().map(|group| cell(group, at).votes()).collect();
                assert!(cells.iter().all(|n| *n == 0 || *n >= 5), "{cells:?}");
                let rest = everybody - cells.iter().sum::<u32>();
                assert!(rest == 0 || rest >= 5, "{everybody} {cells:?}");
            }
            for (g, group) in public.groups().iter().enumerate() {
                for view in &group.representative {
                    let others = public.groups().iter().enumerate().filter(|(o, _)| *o != g);
                    let told: u32 = others.map(|(_, o)| cell(o, view.statement).votes()).sum();
                    let untold = view.outside.n - told;
                    assert!(view.inside.n >= 5 && view.outside.n >= 5);
                    assert!(untold == 0 || untold >= 5, "{untold}");
                }
                if group.members.len() < 5 {
                    assert!(group.representative.is_empty());
                    assert!(!group.members.iter().any(|row| public.placed.contains(row)));
                }
            }
        }
        assert!(seen > 5, "{seen}");
    }

    #[test]
    fn what_is_withheld_does_not_show_in_the_lists() {
        // The smallest camp alone decides whether all groups agree on a statement: what is
        // published is the same whichever side it takes.
        let is_small = |found: &Opinions| found.groups().last().is_some_and(|g| size(g) < 5);
        let tried = (0..12).map(|seed| camps(&[14, 9, 4], seed));
        let (base, groups) = tried
            .map(|votes| (found(&votes), votes))
            .find(|(found, _)| is_small(found))
            .map(|(f, v)| (v, f))
            .unwrap();
        let small: Vec<usize> = groups.groups()[2].members.clone();
        let published = |last: i8| {
            let mut votes = base.clone();
            for (row, cells) in votes.cells.iter_mut().enumerate() {
                cells.push(Some(if small.contains(&row) { last } else { 1 }));
            }
            votes.statements += 1;
            (groups.recounted(&votes, Some), votes.statements - 1)
        };
        let ((agree, at), (disagree, _)) = (published(1), published(-1));
        assert!(agree.common_ground.contains(&at) && !disagree.common_ground.contains(&at));
        let (agree, disagree) = (agree.withheld(5), disagree.withheld(5));
        assert_eq!(agree.common_ground.contains(&at), disagree.common_ground.contains(&at));
        assert_eq!(agree.divisive.contains(&at), disagree.divisive.contains(&at));
        assert!(agree.statements[at].across == disagree.statements[at].across);
    }

    #[test]
    fn nothing_is_withheld_of_large_groups() {
        let whole = found(&camps(&[20, 18, 16], 1));
        assert_eq!(whole.groups().len(), 3);
        assert_eq!(whole.withheld(5), whole);
    }
}
