//! What `colloquy opinions --json` prints; `docs/command-line.md` says what each field is.

use serde::Serialize;

use super::Found;
use crate::analysis::opinions::{
    Group, GroupConsensus, Interval, NEEDED_PEOPLE, NEEDED_VOTES, Representative, StatementCount,
    Verdict, letter,
};

/// The number of this form of the file: grows when a field changes its meaning or goes.
const FORMAT: u32 = 1;

#[derive(Serialize)]
pub(super) struct Said<'a> {
    format: u32,
    version: &'static str,
    settings: Setting,
    people: usize,
    statements_counted: usize,
    votes: u64,
    rejected: &'a [String],
    verdict: Judged,
    groups: Vec<Camp<'a>>,
    /// Of the groups found and those that the file gives.
    agreement_with_given_groups: Option<Agreement>,
    explained: [f64; 2],
    map: Vec<Place<'a>>,
    statements: Vec<Statement<'a>>,
    common_ground: Vec<&'a str>,
    consensus: Vec<Side<'a>>,
    divisive: Vec<&'a str>,
    unsure: Vec<&'a str>,
}

#[derive(Serialize)]
struct Setting {
    k: Option<usize>,
    shuffles: u32,
    removals: u32,
    seed: u64,
    needed_votes: usize,
    needed_people: usize,
}

#[derive(Serialize)]
struct Judged {
    /// `groups`, `no-groups` or `too-few`.
    found: &'static str,
    placed: usize,
    silhouette: Option<f64>,
    chance: Option<f64>,
    shuffles: Option<usize>,
    stability: Option<f64>,
}

#[derive(Serialize)]
struct Camp<'a> {
    name: String,
    size: usize,
    members: Vec<&'a str>,
    representative: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    statement: &'a str,
    side: &'static str,
    inside: Counted,
    elsewhere: Counted,
    p_success: f64,
    p_test: f64,
    repness: f64,
    repness_test: f64,
}

#[derive(Serialize)]
struct Agreement {
    adjusted_rand: f64,
    people: usize,
}

#[derive(Serialize)]
struct Place<'a> {
    person: &'a str,
    x: f64,
    y: f64,
    group: Option<String>,
}

#[derive(Clone, Copy, Serialize)]
struct Counted {
    share: f64,
    low: f64,
    high: f64,
    part: u32,
    n: u32,
}

#[derive(Serialize)]
struct Statement<'a> {
    id: &'a str,
    text: Option<&'a str>,
    agree: u32,
    disagree: u32,
    pass: u32,
    unseen: u32,
    agreed: Option<Counted>,
    disagreed: Option<Counted>,
    passed: Option<Counted>,
    mean: f64,
    loadings: [f64; 2],
    divisive: f64,
    across: Option<Across>,
    groups: Vec<InGroup>,
}

#[derive(Serialize)]
struct Across {
    agree: f64,
    disagree: f64,
    agree_mean: f64,
    disagree_mean: f64,
}

#[derive(Serialize)]
struct InGroup {
    name: String,
    agreed: Option<Counted>,
    disagreed: Option<Counted>,
}

#[derive(Serialize)]
struct Side<'a> {
    statement: &'a str,
    side: &'static str,
}

impl From<Interval> for Counted {
    fn from(i: Interval) -> Self {
        Self { share: i.share, low: i.low, high: i.high, part: i.part, n: i.n }
    }
}

impl From<GroupConsensus> for Across {
    fn from(c: GroupConsensus) -> Self {
        let GroupConsensus { agree, disagree, agree_mean, disagree_mean } = c;
        Self { agree, disagree, agree_mean, disagree_mean }
    }
}

fn side(agree: bool) -> &'static str {
    if agree { "agree" } else { "disagree" }
}

/// Everything that was found, to be written.
pub(super) fn of(found: &Found) -> Said<'_> {
    let (result, matrix) = (&found.result, &found.matrix);
    let groups = result.groups();
    let mut group_of = vec![None; matrix.people.len()];
    for (at, group) in groups.iter().enumerate() {
        for row in &group.members {
            if let Some(of) = group_of.get_mut(*row) {
                *of = Some(at);
            }
        }
    }
    let id = |at: usize| matrix.statements.get(at).map_or("", String::as_str);
    let ids = |list: &[usize]| list.iter().map(|at| id(*at)).collect();
    let person = |row: usize| matrix.people.get(row).map_or("", String::as_str);
    let places = result.placed.iter().zip(&result.map);
    let cast = |s: &StatementCount| u64::from(s.agree) + u64::from(s.disagree) + u64::from(s.pass);
    Said {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION"),
        settings: Setting {
            k: found.settings.groups,
            shuffles: found.settings.permutations,
            removals: found.settings.removals,
            seed: found.settings.seed,
            needed_votes: NEEDED_VOTES.min(matrix.statements.len()).max(1),
            needed_people: NEEDED_PEOPLE,
        },
        people: matrix.people.len(),
        statements_counted: matrix.statements.len(),
        votes: result.statements.iter().map(cast).sum(),
        rejected: &found.rejected,
        verdict: judged(&result.verdict, result.placed.len()),
        groups: groups
            .iter()
            .enumerate()
            .map(|(at, group)| Camp {
                name: letter(at),
                size: group.members.len(),
                members: group.members.iter().map(|row| person(*row)).collect(),
                representative: group
                    .representative
                    .iter()
                    .map(|r| shown(r, id(r.statement)))
                    .collect(),
            })
            .collect(),
        agreement_with_given_groups: found
            .agreement()
            .map(|(adjusted_rand, people)| Agreement { adjusted_rand, people }),
        explained: result.explained,
        map: places
            .map(|(row, [x, y])| {
                let group = group_of.get(*row).copied().flatten().map(letter);
                Place { person: person(*row), x: *x, y: *y, group }
            })
            .collect(),
        statements: result
            .statements
            .iter()
            .enumerate()
            .map(|(at, count)| statement(found, groups, at, count))
            .collect(),
        common_ground: ids(&result.common_ground),
        consensus: result
            .consensus
            .iter()
            .map(|(at, agree)| Side { statement: id(*at), side: side(*agree) })
            .collect(),
        divisive: ids(&result.divisive),
        unsure: ids(&result.unsure),
    }
}

fn judged(verdict: &Verdict, placed: usize) -> Judged {
    let nothing = Judged {
        found: "too-few",
        placed,
        silhouette: None,
        chance: None,
        shuffles: None,
        stability: None,
    };
    match verdict {
        Verdict::TooFew { .. } => nothing,
        Verdict::NoGroups { silhouette, chance, tried } => Judged {
            found: "no-groups",
            silhouette: Some(*silhouette),
            chance: Some(*chance),
            shuffles: Some(*tried),
            ..nothing
        },
        Verdict::Groups { silhouette, chance, tried, stability, .. } => Judged {
            found: "groups",
            silhouette: Some(*silhouette),
            chance: Some(*chance),
            shuffles: Some(*tried),
            stability: Some(*stability),
            ..nothing
        },
    }
}

fn shown<'a>(view: &Representative, statement: &'a str) -> Shown<'a> {
    Shown {
        statement,
        side: side(view.agree),
        inside: view.inside.into(),
        elsewhere: view.outside.into(),
        p_success: view.strength.success,
        p_test: view.strength.success_test,
        repness: view.strength.repness,
        repness_test: view.strength.repness_test,
    }
}

fn statement<'a>(
    found: &'a Found,
    groups: &[Group],
    at: usize,
    count: &StatementCount,
) -> Statement<'a> {
    let id = found.matrix.statements.get(at).map_or("", String::as_str);
    let axes = &found.result.axes;
    let number = |values: &Vec<f64>| values.get(at).copied().unwrap_or_default();
    let share = |shares: &[Option<Interval>]| shares.get(at).copied().flatten().map(Counted::from);
    let [first, second] = &axes.directions;
    Statement {
        id,
        text: found.words.get(id).map(String::as_str),
        agree: count.agree,
        disagree: count.disagree,
        pass: count.pass,
        unseen: count.unseen,
        agreed: count.agreed.map(Counted::from),
        disagreed: count.disagreed.map(Counted::from),
        passed: count.passed.map(Counted::from),
        mean: number(&axes.centre),
        loadings: [number(first), number(second)],
        divisive: count.divisive,
        across: count.across.map(Across::from),
        groups: groups
            .iter()
            .enumerate()
            .map(|(at, group)| InGroup {
                name: letter(at),
                agreed: share(&group.agreed),
                disagreed: share(&group.disagreed),
            })
            .collect(),
    }
}
