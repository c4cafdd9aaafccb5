//! Opinion groups: people who voted alike on statements, tested against chance, and what each
//! statement's votes say.
//!
//! The way: votes in a canonical order (`table`), the two directions of most difference (`map`),
//! groups there (`clusters`), tests that may say "no groups" (`chance`), counts (`statements`).

mod chance;
mod clusters;
#[cfg(test)]
mod golden;
pub mod hull;
mod lists;
mod many;
mod map;
pub mod statements;
mod table;
#[cfg(test)]
mod tests;
mod tridiagonal;
mod withheld;

use clusters::Clustering;
pub use many::of_many;
use map::{Axes, EXACT};
use statements::{Count, Strength};
use table::Table;

/// Fewer placed people than this make no map worth reading.
pub const NEEDED_PEOPLE: usize = 8;
/// A respondent is placed with this many votes, or one on every statement if those are fewer.
pub const NEEDED_VOTES: usize = 7;

/// Who voted how on what.
#[derive(Clone, Debug, Default)]
pub struct Votes<Key = String> {
    /// A stable key for each row: rows are gone through in the order of these.
    pub people: Vec<Key>,
    /// How many statements there are; a rejected statement is not among them.
    pub statements: usize,
    /// Rows x statements: 1 agrees, -1 disagrees, 0 passes, `None` has not seen it.
    pub cells: Vec<Vec<Option<i8>>>,
}

/// How to look for groups.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The number of groups; `None` lets the silhouette choose from 2 to 5.
    pub groups: Option<usize>,
    /// Shuffles in the comparison with chance, say 200. Large tables get fewer: twenty million
    /// divided by people x (statements + 100), but at least 99. Under 99 nothing can be shown, so
    /// the verdict is "no groups".
    pub permutations: u32,
    /// Runs with a tenth of the votes left out, say 20.
    pub removals: u32,
    /// For the shuffles and removals.
    pub seed: u64,
}

/// A share with its 95 % Wilson interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub share: f64,
    pub low: f64,
    pub high: f64,
    /// The people counted in the share.
    pub part: u32,
    /// The people it is a share of: those who voted, passes included.
    pub n: u32,
}

impl Interval {
    /// Nobody voted.
    const UNKNOWN: Self = Self { share: 0.0, low: 0.0, high: 1.0, part: 0, n: 0 };
}

/// One statement over everybody.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementCount {
    pub agree: u32,
    pub disagree: u32,
    pub pass: u32,
    pub unseen: u32,
    /// Shares of those who voted, passes included; `None` when nobody did.
    pub agreed: Option<Interval>,
    pub disagreed: Option<Interval>,
    pub passed: Option<Interval>,
    /// At least a fifth pass, and the interval of that share lies above a tenth.
    pub unsure: bool,
    /// 0 when all votes are on one side, 1 when half agree and half disagree.
    pub split: f64,
    /// 0 to 1: with groups the largest gap between the smoothed shares of those who voted, else
    /// [`Self::split`].
    pub divisive: f64,
    /// Everybody together agrees, or disagrees: smoothed share over one half, one-sided 10 % test.
    pub consensus: bool,
    /// Over the groups; `None` without groups.
    pub across: Option<GroupConsensus>,
}

/// Smoothed shares multiplied over the groups; the geometric means do not shrink with more groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupConsensus {
    pub agree: f64,
    pub disagree: f64,
    pub agree_mean: f64,
    pub disagree_mean: f64,
}

/// A statement that sets a group apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Representative {
    pub statement: usize,
    /// The group agrees (or disagrees) more than the others.
    pub agree: bool,
    /// The share on that side in the group, and among the other grouped people.
    pub inside: Interval,
    pub outside: Interval,
    /// The statistics by which it stands out; ordered by [`Strength::product`].
    pub strength: Strength,
}

/// People who voted alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Rows, ascending.
    pub members: Vec<usize>,
    /// Strongest first, as many as there are; of those of all groups together about one in ten
    /// may be chance.
    pub representative: Vec<Representative>,
    /// For each statement; `None` when nobody of the group voted on it.
    pub agreed: Vec<Option<Interval>>,
    pub disagreed: Vec<Option<Interval>>,
}

/// Are there camps?
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Too few people voted on enough statements.
    TooFew { placed: usize, needed: usize },
    /// Shuffled votes fall into groups as well: people do not fall into camps. `chance` is the
    /// share of `tried` shuffles that did (p value; the real votes count as one of them).
    NoGroups { silhouette: f64, chance: f64, tried: usize },
    /// Groups beyond chance, the largest first; `chance` and `tried` as without. `stability` is
    /// the share of people who stay when a tenth of the votes is left out.
    Groups { groups: Vec<Group>, silhouette: f64, chance: f64, tried: usize, stability: f64 },
}

/// All there is to say about the votes.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinions {
    /// Rows with enough votes, ascending.
    pub placed: Vec<usize>,
    /// Where each of them stands, both axes on one scale, -1 to 1, 0 being the average view.
    pub map: Vec<[f64; 2]>,
    /// What the map is made of.
    pub axes: Components,
    /// Share of all differences that each axis shows.
    pub explained: [f64; 2],
    pub verdict: Verdict,
    pub statements: Vec<StatementCount>,
    /// Statements on whose same side every group (without groups: everybody) stands, best first.
    pub common_ground: Vec<usize>,
    /// Statements with which everybody together agrees (true) or disagrees, clearest first.
    pub consensus: Vec<(usize, bool)>,
    /// Statements on which the groups (without groups: people) are surely apart, widest first.
    pub divisive: Vec<usize>,
    /// Statements on which many pass, most first.
    pub unsure: Vec<usize>,
}

/// The mean vote of each statement and the two directions in which people differ most, by given
/// statement: a person's place is the sum of their votes less the means along each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Components {
    /// Mean votes, passes counted as 0; 0 where nobody voted.
    pub centre: Vec<f64>,
    /// Unit vectors, the largest entry positive; zeros where people differ along fewer directions.
    pub directions: [Vec<f64>; 2],
}

/// What the group at this place is called: `A`, `B`, …
pub fn letter(group: usize) -> String {
    ('A'..='Z').nth(group).map_or_else(|| (group + 1).to_string(), String::from)
}

/// Places people on a map, looks for groups and counts the statements.
///
/// Total: any shape of input gives finite numbers. The same votes and settings give the same bytes
/// whatever the order of rows and statements.
pub fn opinions<Key: Ord>(votes: &Votes<Key>, settings: &Settings) -> Opinions {
    let table = Table::new(votes);
    let axes = Axes::new(&table, EXACT);
    let enough = NEEDED_VOTES.min(votes.statements).max(1);
    let placed: Vec<usize> =
        (0..table.rows.len()).filter(|&row| table.seen(row) >= enough).collect();
    let points = axes.place_all(&table, &placed);
    let (verdict, members) = judge(&table, &placed, &points, settings);

    let (placed, map) = in_given_order(&table, &placed, &points);
    let given = axes.by_given(&table);
    told(votes, members, (placed, map), (given, axes.explained), verdict)
}

/// Everything that is counted, around what was found.
fn told<Key>(
    votes: &Votes<Key>,
    members: Vec<Vec<usize>>,
    (placed, map): (Vec<usize>, Vec<[f64; 2]>),
    (axes, explained): (Components, [f64; 2]),
    verdict: Verdict,
) -> Opinions {
    let everybody = statements::count(votes, 0..votes.cells.len());
    let people = u32::try_from(votes.cells.len()).unwrap_or(u32::MAX);
    let (groups, counts) = statements::groups(votes, members);
    let within = |statement: usize| -> Vec<Count> {
        counts.iter().filter_map(|counts| counts.get(statement).copied()).collect()
    };
    let statements: Vec<StatementCount> = everybody
        .iter()
        .enumerate()
        .map(|(at, count)| statements::statement(*count, people, &within(at)))
        .collect();
    Opinions {
        placed,
        map,
        axes,
        explained,
        common_ground: lists::common_ground(&everybody, &counts),
        consensus: lists::consensus(&everybody),
        divisive: lists::divisive(&statements, &counts),
        unsure: lists::unsure(&statements),
        verdict: with_groups(verdict, groups),
        statements,
    }
}

impl Opinions {
    /// The same map and groups, with the votes of other people counted: of some of those who were
    /// placed, or of many of whom only a part was. `to`: where a former row stands in `votes`,
    /// `None` for who is not among them; it keeps the order.
    #[must_use]
    pub fn recounted<Key>(&self, votes: &Votes<Key>, to: impl Fn(usize) -> Option<usize>) -> Self {
        let rows = self.placed.iter().zip(&self.map);
        let (placed, map) = rows.filter_map(|(row, point)| Some((to(*row)?, *point))).unzip();
        let members = match &self.verdict {
            Verdict::Groups { groups, .. } => {
                let of = |group: &Group| group.members.iter().filter_map(|row| to(*row)).collect();
                groups.iter().map(of).collect()
            }
            _ => vec![],
        };
        let axes = (self.axes.clone(), self.explained);
        told(votes, members, (placed, map), axes, self.verdict.clone())
    }
}

fn with_groups(verdict: Verdict, found: Vec<Group>) -> Verdict {
    match verdict {
        Verdict::Groups { silhouette, chance, tried, stability, .. } => {
            Verdict::Groups { groups: found, silhouette, chance, tried, stability }
        }
        other => other,
    }
}

/// The verdict, its groups still empty, and the members of the groups as given rows.
fn judge(
    table: &Table,
    placed: &[usize],
    points: &[[f64; 2]],
    settings: &Settings,
) -> (Verdict, Vec<Vec<usize>>) {
    if placed.len() < NEEDED_PEOPLE {
        return (Verdict::TooFew { placed: placed.len(), needed: NEEDED_PEOPLE }, vec![]);
    }
    let splits = clusters::splits(points, settings.groups);
    let Some(found) = clusters::best(splits.clone()) else {
        return (Verdict::NoGroups { silhouette: 0.0, chance: 1.0, tried: 0 }, vec![]);
    };
    let reach = |asked| chance::within_reach(asked, table.rows.len(), table.columns.len());
    let silhouette = found.silhouette;
    let runs = reach(settings.permutations);
    let chance = chance::chance(table, placed, settings.groups, &splits, runs, settings.seed);
    let tried = usize::try_from(runs).unwrap_or(usize::MAX);
    if found.groups < 2 || chance > chance::LEVEL {
        return (Verdict::NoGroups { silhouette, chance, tried }, vec![]);
    }
    let seed = settings.seed.rotate_left(32) ^ 1;
    let stability = chance::stability(table, placed, &found, reach(settings.removals), seed);
    let verdict = Verdict::Groups { groups: vec![], silhouette, chance, tried, stability };
    (verdict, members(table, placed, &found))
}

/// The given rows of each group, ascending.
fn members(table: &Table, placed: &[usize], found: &Clustering) -> Vec<Vec<usize>> {
    let mut members = vec![vec![]; found.groups];
    for (row, &label) in placed.iter().zip(&found.labels) {
        if let (Some(group), Some(&given)) = (members.get_mut(label), table.rows.get(*row)) {
            group.push(given);
        }
    }
    for group in &mut members {
        group.sort_unstable();
    }
    members
}

/// Placed people and their points by given row, the points scaled to -1..1.
fn in_given_order(
    table: &Table,
    placed: &[usize],
    points: &[[f64; 2]],
) -> (Vec<usize>, Vec<[f64; 2]>) {
    let largest = points.iter().flatten().fold(0.0_f64, |best, x| best.max(x.abs()));
    let scale = if largest > 1e-12 { 1.0 / largest } else { 0.0 };
    let mut pairs: Vec<(usize, [f64; 2])> = placed
        .iter()
        .zip(points)
        .filter_map(|(row, point)| Some((*table.rows.get(*row)?, point.map(|x| x * scale))))
        .collect();
    pairs.sort_by_key(|(row, _)| *row);
    pairs.into_iter().unzip()
}
