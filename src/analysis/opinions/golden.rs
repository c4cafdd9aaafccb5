//! Real conversations against values computed independently from the published definitions.

mod conversation;

use conversation::{Conversation, list};
use serde_json::Value;

use super::map::{Axes, EXACT};
use super::statements::{Count, Strength, count, group_consensus, holds};
use super::table::Table;
use super::{Opinions, Settings, Verdict, Votes, opinions};
use crate::analysis::rng::Rng;
use crate::analysis::stats::adjusted_rand;

macro_rules! conversation {
    ($name:literal) => {
        Conversation::read(
            include_str!(concat!("../../../tests/data/polis/", $name, ".votes.txt")),
            include_str!(concat!("../../../tests/data/polis/", $name, ".golden.json")),
        )
    };
}

fn all() -> [Conversation; 3] {
    [
        conversation!("brexit-consensus"),
        conversation!("15-per-hour-seattle"),
        conversation!("london.youth.policing"),
    ]
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(|x| x.as_f64().unwrap()).collect()
}

fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance
}

fn settings(groups: Option<usize>) -> Settings {
    Settings { groups, permutations: 99, removals: 2, seed: 1 }
}

fn against_published(conversation: &Conversation, found: &Opinions) -> f64 {
    let Verdict::Groups { groups, .. } = &found.verdict else { return f64::NAN };
    let mut pairs = vec![];
    for (at, group) in groups.iter().enumerate() {
        let known = group.members.iter().filter_map(|&row| conversation.published(row));
        pairs.extend(known.map(|published| (at, published)));
    }
    assert!(pairs.len() > 100, "{}", pairs.len());
    adjusted_rand(&pairs).unwrap()
}

#[test]
fn centre_components_and_places_are_the_golden_ones() {
    for conversation in all() {
        let (accepted, votes) = (conversation.accepted(), conversation.without_rejected());
        let table = Table::new(&votes);
        let axes = Axes::new(&table, EXACT);
        let pca = &conversation.golden["pca"];
        let centre = numbers(&pca["center"]);
        for (column, &given) in table.columns.iter().enumerate() {
            assert!(near(axes.centre[column], centre[accepted[given]], 1e-12));
        }
        for axis in 0..2 {
            let golden = numbers(&pca["components"][axis]);
            for (column, &given) in table.columns.iter().enumerate() {
                let (ours, theirs) = (axes.components[axis][column], golden[accepted[given]]);
                assert!(near(ours, theirs, 1e-9), "{axis}: {ours} {theirs}");
            }
        }
        // The golden places count rejected statements as seen passes; we do not see them at all.
        let rejected = conversation.names.len() - accepted.len();
        let root = |n: usize| f64::from(u32::try_from(n).unwrap()).sqrt();
        for (given, golden) in list(&pca["first5_projection"]).iter().enumerate() {
            let row = table.rows.iter().position(|&r| r == given).unwrap();
            let place = axes.place(&table, row, 0.0);
            let ours = root(table.seen(row)) / root(accepted.len());
            let theirs = root(table.seen(row) + rejected) / root(conversation.names.len());
            for (x, golden) in place.into_iter().zip(numbers(golden)) {
                assert!(near(x * ours, golden * theirs, 1e-9), "{given}: {x} {golden}");
            }
        }
    }
}

#[test]
fn as_many_people_are_placed_as_have_enough_votes() {
    for conversation in all() {
        let found = opinions(&conversation.without_rejected(), &settings(Some(2)));
        let golden = conversation.golden["participants_with_enough_votes"].as_u64().unwrap();
        assert_eq!(u64::try_from(found.placed.len()).unwrap(), golden);
    }
}

#[test]
fn statistics_of_the_published_groups_are_the_golden_ones() {
    for conversation in all() {
        let number = conversation.published_number();
        let counts: Vec<Vec<Count>> = (0..number)
            .map(|group| count(&conversation.votes, conversation.published_rows(group)))
            .collect();
        let golden = &conversation.golden["for_published_groups"];
        for (group, inside) in counts.iter().enumerate() {
            let others = (0..number)
                .filter(|&other| other != group)
                .flat_map(|other| conversation.published_rows(other));
            let outside = count(&conversation.votes, others);
            for entry in list(&golden["representative"][group.to_string()]) {
                let at = conversation.statement(&entry["tid"]);
                let agree = entry["repful-for"] == "agree";
                let found = Strength::new(inside[at], outside[at], agree);
                for (ours, name) in [
                    (found.success, "p-success"),
                    (found.success_test, "p-test"),
                    (found.repness, "repness"),
                    (found.repness_test, "repness-test"),
                ] {
                    let theirs = entry[name].as_f64().unwrap();
                    assert!(near(ours, theirs, 1e-9), "{group} {at} {name}: {ours} {theirs}");
                }
            }
        }
        for (tid, value) in golden["group_aware_consensus"].as_object().unwrap() {
            let at = conversation.statement(&Value::from(tid.as_str()));
            let within: Vec<Count> = counts.iter().map(|c| c[at]).collect();
            let ours = group_consensus(&within).unwrap();
            assert!(near(ours.agree, value.as_f64().unwrap(), 1e-12), "{tid}");
        }
    }
}

#[test]
fn the_consensus_of_everybody_is_the_golden_one() {
    for conversation in all() {
        let counts = count(&conversation.votes, 0..conversation.votes.cells.len());
        for (side, agree) in [("agree", true), ("disagree", false)] {
            for entry in list(&conversation.golden["consensus"][side]) {
                let at = conversation.statement(&entry["tid"]);
                let rank = entry["p-success"].as_f64().unwrap() * entry["p-test"].as_f64().unwrap();
                assert!(near(holds(counts[at], agree).unwrap(), rank, 1e-9), "{side} {at}");
            }
        }
    }
}

#[test]
fn groups_are_those_that_were_published() {
    let brexit = conversation!("brexit-consensus");
    let seattle = conversation!("15-per-hour-seattle");
    let as_published = seattle.with_rejected_passed();
    for (conversation, votes, bar) in [
        (&brexit, brexit.without_rejected(), 0.85),
        (&seattle, as_published, 0.85),
        (&seattle, seattle.without_rejected(), 0.8),
    ] {
        let number = conversation.published_number();
        let found = opinions(&votes, &settings(Some(number)));
        let index = against_published(conversation, &found);
        assert!(index >= bar, "{}: {index}", conversation.golden["name"]);
    }
}

#[test]
fn a_conversation_without_camps_has_no_groups() {
    let conversation = conversation!("london.youth.policing");
    for seed in 1..4 {
        let asked = Settings { groups: None, permutations: 99, removals: 2, seed };
        let found = opinions(&conversation.without_rejected(), &asked);
        assert!(matches!(found.verdict, Verdict::NoGroups { .. }), "{:?}", found.verdict);
    }
}

#[test]
#[expect(clippy::float_cmp, reason = "the same bits are what is promised")]
fn the_order_of_rows_and_statements_changes_no_bit() {
    let votes = conversation!("brexit-consensus").without_rejected();
    let asked = Settings { groups: None, permutations: 99, removals: 1, seed: 5 };
    let first = opinions(&votes, &asked);
    let mut rng = Rng::new(9);
    for _ in 0..3 {
        let mut rows: Vec<usize> = (0..votes.cells.len()).collect();
        let mut columns: Vec<usize> = (0..votes.statements).collect();
        rng.shuffle(&mut rows);
        rng.shuffle(&mut columns);
        let cells = rows.iter().map(|&r| columns.iter().map(|&c| votes.cells[r][c]).collect());
        let shuffled = Votes {
            people: rows.iter().map(|&r| votes.people[r].clone()).collect(),
            statements: votes.statements,
            cells: cells.collect(),
        };
        let again = opinions(&shuffled, &asked);
        assert_eq!(first.explained, again.explained);
        assert_eq!(first.placed.len(), again.placed.len());
        for (&row, place) in again.placed.iter().zip(&again.map) {
            let before = first.placed.binary_search(&rows[row]).unwrap();
            assert_eq!(first.map[before], *place);
        }
        for (at, counted) in again.statements.iter().enumerate() {
            assert_eq!(first.statements[columns[at]], *counted);
        }
        let unshuffled = |found: &Opinions, of: &dyn Fn(usize) -> usize| match &found.verdict {
            Verdict::Groups { groups, silhouette, chance, stability, .. } => (
                groups
                    .iter()
                    .map(|group| {
                        let mut rows: Vec<usize> = group.members.iter().map(|&m| of(m)).collect();
                        rows.sort_unstable();
                        rows
                    })
                    .collect::<Vec<_>>(),
                [*silhouette, *chance, *stability],
            ),
            other => panic!("{other:?}"),
        };
        assert_eq!(unshuffled(&first, &|m| m), unshuffled(&again, &|m| rows[m]));
    }
}
