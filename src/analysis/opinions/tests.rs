//! Camps that were planted are found, noise and odd shapes give an honest answer.

use super::{Opinions, Settings, Verdict, Votes, opinions, statements};
use crate::analysis::rng::Rng;

fn settings(seed: u64) -> Settings {
    Settings { groups: None, permutations: 99, removals: 5, seed }
}

/// People in `camps` camps. Each camp has its own side on each statement, any two are apart on at
/// least half of them, and each member keeps to it with chance `loyalty`; a tenth of the cells is unseen, another tenth passes.
fn planted(people: usize, statements: usize, camps: usize, loyalty: f64, seed: u64) -> Votes {
    let mut rng = Rng::new(seed);
    let draw = |rng: &mut Rng| -> Vec<Vec<bool>> {
        (0..camps).map(|_| (0..statements).map(|_| rng.below(2) == 1).collect()).collect()
    };
    let apart = |a: &Vec<bool>, b: &Vec<bool>| a.iter().zip(b).filter(|(a, b)| a != b).count();
    let mut side = draw(&mut rng);
    while (0..camps).any(|a| (0..a).any(|b| apart(&side[a], &side[b]) < statements / 2)) {
        side = draw(&mut rng);
    }
    let cells = (0..people)
        .map(|person| {
            let mut vote = |agree: bool| match rng.below(10) {
                0 => None,
                1 => Some(0),
                _ if (rng.unit() < loyalty) == agree => Some(1),
                _ => Some(-1),
            };
            side[person % camps].iter().map(|&agree| vote(agree)).collect()
        })
        .collect();
    Votes { people: (0..people).map(|p| format!("{p:04}")).collect(), statements, cells }
}

/// Votes that have nothing to do with each other, each statement with its own leaning.
fn noise(people: usize, statements: usize, seed: u64) -> Votes {
    let mut rng = Rng::new(seed);
    let leaning: Vec<f64> = (0..statements).map(|_| rng.unit()).collect();
    let cells = (0..people)
        .map(|_| {
            let mut vote = |leaning: f64| match rng.below(5) {
                0 => None,
                _ if rng.unit() < leaning => Some(1),
                _ => Some(-1),
            };
            leaning.iter().map(|&leaning| vote(leaning)).collect()
        })
        .collect();
    Votes { people: (0..people).map(|p| format!("{p:04}")).collect(), statements, cells }
}

fn is_finite(found: &Opinions) -> bool {
    let mut numbers: Vec<f64> = found.map.iter().flatten().copied().collect();
    numbers.extend(found.explained);
    for s in &found.statements {
        numbers.extend([s.split, s.divisive]);
        for interval in [s.agreed, s.disagreed, s.passed].into_iter().flatten() {
            numbers.extend([interval.share, interval.low, interval.high]);
        }
        if let Some(across) = s.across {
            numbers.extend([across.agree_mean, across.disagree_mean]);
        }
    }
    let limits = numbers.iter().all(|x| (-1.0..=1.0).contains(x));
    let verdict = match &found.verdict {
        Verdict::TooFew { .. } => true,
        Verdict::NoGroups { silhouette, chance, .. } => {
            silhouette.is_finite() && (0.0..=1.0).contains(chance)
        }
        Verdict::Groups { groups, silhouette, chance, stability, .. } => {
            let shown = groups.iter().flat_map(|g| &g.representative);
            shown.into_iter().all(|r| r.strength.product().is_finite())
                && silhouette.is_finite()
                && [chance, stability].into_iter().all(|x| (0.0..=1.0).contains(x))
        }
    };
    limits && verdict
}

#[test]
fn planted_camps_are_found_person_by_person() {
    for camps in [2, 3] {
        for seed in 0..3 {
            let votes = planted(60, 14, camps, 0.93, seed + 10);
            let found = opinions(&votes, &settings(seed));
            let Verdict::Groups { groups, chance, stability, .. } = &found.verdict else {
                panic!("{camps} camps, seed {seed}: {:?}", found.verdict)
            };
            assert_eq!(groups.len(), camps);
            assert!(*chance <= 0.05 && *stability > 0.9, "{chance} {stability}");
            let placed: usize = groups.iter().map(|g| g.members.len()).sum();
            assert_eq!(placed, found.placed.len());
            let wrong: usize = groups
                .iter()
                .map(|g| {
                    let of = |camp| g.members.iter().filter(|&&m| m % camps == camp).count();
                    g.members.len() - (0..camps).map(of).max().unwrap()
                })
                .sum();
            assert!(wrong <= 2, "{camps} camps, seed {seed}: {wrong} in the wrong group");
            assert!(is_finite(&found));
        }
    }
}

#[test]
fn what_only_one_camp_says_represents_it_and_what_all_say_is_common_ground() {
    // Two camps of ten: statements 0 to 5 split them, 6 everybody agrees with, 7 nobody does.
    let row = |first: bool| -> Vec<Option<i8>> {
        let own = if first { 1 } else { -1 };
        [own, own, own, -own, -own, -own, 1, -1].into_iter().map(Some).collect()
    };
    let votes = Votes {
        people: (0..20).map(|p| format!("{p:02}")).collect(),
        statements: 8,
        cells: (0..20).map(|p| row(p < 10)).collect(),
    };
    let found = opinions(&votes, &settings(1));
    let Verdict::Groups { groups, silhouette, stability, .. } = &found.verdict else {
        panic!("{:?}", found.verdict)
    };
    assert_eq!(groups[0].members, (0..10).collect::<Vec<_>>());
    assert_eq!(groups[1].members, (10..20).collect::<Vec<_>>());
    assert!(*silhouette > 0.99 && *stability > 0.99);
    assert_eq!(found.common_ground, [6, 7]);
    for (group, own) in groups.iter().zip([true, false]) {
        assert_eq!(group.representative.len(), 6);
        for shown in &group.representative {
            assert!(shown.statement < 6);
            assert_eq!(shown.agree, (shown.statement < 3) == own);
            assert_eq!((shown.inside.part, shown.inside.n), (10, 10));
            assert_eq!((shown.outside.part, shown.outside.n), (0, 10));
        }
    }
    for (at, statement) in found.statements.iter().enumerate() {
        assert_eq!(statement.consensus, at > 5);
        assert!(if at < 6 { statement.divisive > 0.8 } else { statement.divisive < 0.1 });
    }
    // All differences lie along one line, and the map fills its frame.
    assert!(found.explained[0] > 1.0 - 1e-9 && found.explained[1] < 1e-9);
    assert!(found.map.iter().all(|p| (p[0].abs() - 1.0).abs() < 1e-9 && p[1].abs() < 1e-6));
}

#[test]
fn the_largest_group_comes_first() {
    for sizes in [[5, 9, 14], [9, 14, 5], [14, 5, 9], [14, 9, 5], [9, 5, 14], [5, 14, 9]] {
        let camps = sizes.iter().enumerate().flat_map(|(camp, &size)| vec![camp; size]);
        let row = |camp| (0..9).map(|s| Some(if s % 3 == camp { 1 } else { -1 })).collect();
        let votes = Votes {
            people: (0..28).map(|p| format!("{p:02}")).collect(),
            statements: 9,
            cells: camps.map(row).collect(),
        };
        let found = opinions(&votes, &settings(1));
        let Verdict::Groups { groups, .. } = &found.verdict else { panic!("{:?}", found.verdict) };
        assert_eq!(groups.iter().map(|g| g.members.len()).collect::<Vec<_>>(), [14, 9, 5]);
    }
}

#[test]
fn statements_do_not_represent_people_who_were_thrown_together() {
    // Two tests at one-sided 10 % alone let some statement pass in most of these.
    let mut shown = 0;
    for seed in 0..40 {
        let votes = noise(40, 30, seed);
        let members = vec![(0..20).collect(), (20..40).collect()];
        let (groups, _) = statements::groups(&votes, members);
        shown += usize::from(groups.iter().any(|group| !group.representative.is_empty()));
    }
    assert!(shown <= 8, "{shown} of 40");
}

#[test]
fn noise_has_no_groups() {
    let mut quiet = 0;
    for seed in 0..100 {
        let asked = Settings { groups: None, permutations: 99, removals: 0, seed };
        let found = opinions(&noise(24, 10, seed + 1000), &asked);
        quiet += usize::from(matches!(found.verdict, Verdict::NoGroups { .. }));
    }
    assert!(quiet >= 95, "{quiet} of 100");
}

#[test]
fn odd_shapes_give_finite_numbers() {
    let people = |n: usize| (0..n).map(|p| format!("{p:02}")).collect::<Vec<_>>();
    let same = |n: usize, row: Vec<Option<i8>>| Votes {
        people: people(n),
        statements: row.len(),
        cells: vec![row; n],
    };
    let mut ragged = planted(12, 9, 2, 0.9, 4);
    ragged.people.truncate(5);
    ragged.cells[3].truncate(2);
    ragged.cells[4].extend([Some(1); 40]);
    ragged.cells[5] = vec![Some(i8::MIN); 9];
    ragged.cells[6] = vec![Some(99); 9];
    for (name, votes, placed) in [
        ("nothing", Votes::default(), Some(0)),
        ("no statements", same(9, vec![]), Some(0)),
        ("no people", Votes { statements: 5, ..Votes::default() }, Some(0)),
        ("one person", same(1, vec![Some(1), Some(-1)]), Some(1)),
        ("two people", planted(2, 8, 2, 1.0, 1), None),
        ("all pass", same(20, vec![Some(0); 9]), Some(20)),
        ("nobody saw anything", same(20, vec![None; 9]), Some(0)),
        ("all alike", same(20, vec![Some(1), Some(-1), Some(0)]), Some(20)),
        ("one statement", planted(30, 1, 2, 1.0, 1), None),
        ("ragged", ragged, None),
    ] {
        for groups in [None, Some(0), Some(1), Some(2), Some(50)] {
            for permutations in [0, 99] {
                let asked = Settings { groups, permutations, removals: 2, seed: 2 };
                let found = opinions(&votes, &asked);
                assert!(is_finite(&found), "{name}: {found:?}");
                assert_eq!(found.statements.len(), votes.statements, "{name}");
                if let Some(placed) = placed {
                    assert_eq!(found.placed.len(), placed, "{name}");
                }
                if permutations == 0 {
                    assert!(!matches!(found.verdict, Verdict::Groups { .. }), "{name}");
                }
            }
        }
    }
}

#[test]
fn two_people_are_too_few() {
    let found = opinions(&planted(2, 8, 2, 1.0, 1), &settings(1));
    assert!(matches!(found.verdict, Verdict::TooFew { placed: 0..=2, needed: 8 }));
    assert!(found.common_ground.is_empty() || found.statements.iter().any(|s| s.consensus));
}

#[test]
fn a_statement_counts_everybody_once() {
    let votes = [Some(1), Some(1), Some(1), Some(-1), Some(0), Some(0), None];
    let cells = votes.into_iter().map(|vote| vec![vote]).collect();
    let found = opinions(&Votes::<String> { people: vec![], statements: 1, cells }, &settings(1));
    let all = &found.statements[0];
    assert_eq!((all.agree, all.disagree, all.pass, all.unseen), (3, 1, 2, 1));
    assert!((all.agreed.unwrap().share - 0.5).abs() < 1e-12 && all.agreed.unwrap().n == 6);
    assert!((all.split - 1.0 / 3.0).abs() < 1e-12 && (all.divisive - all.split).abs() < 1e-12);
    assert!(!all.consensus && all.across.is_none());
    // Two passes of six may be a whim: the interval begins below a tenth.
    assert!(!all.unsure);
}

#[test]
fn chances_of_noise_are_spread_evenly() {
    let chances: Vec<f64> = (0..80)
        .map(|seed| {
            let asked = Settings { groups: None, permutations: 39, removals: 0, seed };
            match opinions(&noise(20, 9, seed + 500), &asked).verdict {
                Verdict::NoGroups { chance, .. } | Verdict::Groups { chance, .. } => chance,
                Verdict::TooFew { .. } => panic!("{seed}"),
            }
        })
        .collect();
    // Of 80 even draws below a quarter, a half, three quarters: 20, 40, 60, each within three
    // standard deviations (3.9, 4.5, 3.9).
    for (below, least, most) in [(0.25, 8, 32), (0.5, 26, 54), (0.75, 48, 72)] {
        let found = chances.iter().filter(|chance| **chance <= below).count();
        assert!((least..=most).contains(&found), "{found} of 80 below {below}");
    }
}

#[test]
fn counting_some_of_the_people_is_counting_their_votes() {
    let votes = planted(60, 14, 2, 0.9, 12);
    let whole = opinions(&votes, &settings(3));
    let mut rng = Rng::new(8);
    let inside: Vec<usize> = (0..60).filter(|_| rng.below(3) > 0).collect();
    let some = Votes {
        people: inside.iter().map(|&row| votes.people[row].clone()).collect(),
        statements: votes.statements,
        cells: inside.iter().map(|&row| votes.cells[row].clone()).collect(),
    };
    let found = whole.recounted(&some, |row| inside.iter().position(|&kept| kept == row));
    assert!(whole.groups().len() == 2 && found.groups().len() == 2);
    let tally = |rows: &[usize], at: usize, vote: Option<i8>| {
        rows.iter().filter(|&&row| votes.cells[row][at] == vote).count()
    };
    let number = |n: u32| usize::try_from(n).unwrap();
    for (at, count) in found.statements.iter().enumerate() {
        for (counted, vote) in [
            (count.agree, Some(1)),
            (count.disagree, Some(-1)),
            (count.pass, Some(0)),
            (count.unseen, None),
        ] {
            assert_eq!(number(counted), tally(&inside, at, vote), "{at} {vote:?}");
        }
        for (before, after) in whole.groups().iter().zip(found.groups()) {
            let kept: Vec<usize> =
                before.members.iter().copied().filter(|row| inside.contains(row)).collect();
            assert_eq!(after.members.iter().map(|&row| inside[row]).collect::<Vec<_>>(), kept);
            let share = after.agreed[at].unwrap();
            assert_eq!(number(share.part), tally(&kept, at, Some(1)));
            assert_eq!(number(share.n), kept.len() - tally(&kept, at, None));
        }
    }
    for (row, point) in found.placed.iter().zip(&found.map) {
        let before = whole.placed.binary_search(&inside[*row]).unwrap();
        assert!(whole.map[before].iter().zip(point).all(|(a, b)| (a - b).abs() < 1e-15));
    }
}
