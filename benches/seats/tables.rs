//! Rounds: who meets whom again, and how mixed the tables of all rounds are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use colloquy::analysis::seating::{
    Dimension, Free, Person, Plan, Request, Size, Slot, check, seat,
};

use crate::{Report, median, on_processor};

/// People without views at so many tables.
fn party(people: usize, tables: usize, rounds: usize, seed: u64) -> Request {
    let person = |number: usize| Person {
        key: format!("p{number:04}"),
        free: vec![Free::Yes],
        languages: vec!["en".to_owned()],
        ..Person::default()
    };
    let most = people.div_ceil(tables);
    Request {
        people: (0..people).map(person).collect(),
        slots: vec![Slot { key: "s".to_owned(), groups: tables, languages: None }],
        size: Size { low: people / tables, target: most, high: most },
        steps: 40_000_000,
        seed,
        rounds,
        ..Request::default()
    }
}

/// How many meetings are not the first of the two.
fn again(plan: &Plan) -> usize {
    let mut met = BTreeSet::new();
    let pairs = plan.rounds.iter().flatten().flat_map(|table| {
        let pairs = table.iter().flat_map(|&a| table.iter().map(move |&b| (a, b)));
        pairs.filter(|(a, b)| a < b).collect::<Vec<_>>()
    });
    pairs.filter(|pair| !met.insert(*pair)).count()
}

/// Nobody meets the same people again.
pub fn rounds(report: &mut Report) {
    let cases = [
        (15, 5, 7),
        (16, 4, 5),
        (25, 5, 6),
        (24, 6, 5),
        (30, 6, 4),
        (40, 10, 9),
        (48, 8, 5),
        (60, 10, 6),
        (96, 16, 5),
        (100, 20, 10),
        (200, 40, 5),
        (47, 8, 4),
        (32, 8, 7),
    ];
    for (people, tables, rounds) in cases {
        let runs: Vec<(f64, f64)> = (1..=5)
            .map(|seed| {
                let request = party(people, tables, rounds, seed);
                let start = on_processor();
                let plan = seat(&request).unwrap();
                let seconds = on_processor() - start;
                check(&request, &plan).unwrap();
                assert_eq!((plan.groups.len(), plan.rounds.len()), (tables, rounds));
                (again(&plan) as f64, seconds)
            })
            .collect();
        let most = runs.iter().map(|run| run.0).fold(0.0, f64::max);
        let (repeats, seconds) = (
            median(runs.iter().map(|r| r.0).collect()),
            median(runs.iter().map(|r| r.1).collect()),
        );
        let seen = format!("{repeats} (at most {most}), {seconds:.2} s");
        let what = format!("{people} people, {tables} tables, {rounds} rounds");
        report.line(&what, &seen, "0 meetings again, <= 2 s", repeats == 0.0 && seconds <= 2.0);
    }
}

/// The folder with the example data of `GroupSelect`'s library: `groupselect/examples/data` in a copy
/// of its repository from when it had these files (such as s2324954/groupselect-lib on GitHub).
fn examples() -> Option<PathBuf> {
    std::env::var_os("GROUPSELECT_DATA").map(PathBuf::from)
}

/// Columns that say nothing about whom a person stands for.
const BESIDE: [&str; 5] = ["ID", "name", "dietary reqs", "photo consent", "audio consent"];

/// Where each person belongs, field by field.
struct Fields {
    /// People x fields: the category.
    rows: Vec<Vec<usize>>,
    /// How many categories each field has.
    counts: Vec<usize>,
}

impl Fields {
    fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap();
        let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let head = lines.next().unwrap();
        let columns: Vec<usize> = (0..head.len()).filter(|&c| !BESIDE.contains(&head[c])).collect();
        let mut names: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); columns.len()];
        let rows = lines.map(|line| {
            let category = |(known, column): (&mut BTreeMap<_, _>, &usize)| {
                let next = known.len();
                *known.entry(line[*column]).or_insert(next)
            };
            names.iter_mut().zip(&columns).map(category).collect()
        });
        let rows = rows.collect();
        Self { rows, counts: names.iter().map(BTreeMap::len).collect() }
    }

    /// A category is a view of its own; those of one field share its weight, as they do in
    /// [`Self::imbalance`].
    fn request(&self, size: usize, rounds: usize, seed: u64, steps: u64) -> Request {
        let view = |row: &Vec<usize>| {
            let fields = row.iter().zip(&self.counts);
            let one = |(own, count): (&usize, &usize)| {
                (0..*count).map(|category| Some(f64::from(u8::from(category == *own)))).collect()
            };
            fields.flat_map(|field| -> Vec<_> { one(field) }).collect()
        };
        let person = |(number, row)| Person {
            key: format!("p{number:04}"),
            views: view(row),
            free: vec![Free::Yes],
            languages: vec!["en".to_owned()],
            ..Person::default()
        };
        let weights = self.counts.iter().enumerate().flat_map(|(question, &count)| {
            (0..count).map(move |_| Dimension { weight: 1.0 / count as f64, question })
        });
        Request {
            people: self.rows.iter().enumerate().map(person).collect(),
            dimensions: weights.collect(),
            slots: vec![Slot { key: "s".to_owned(), groups: usize::MAX, languages: None }],
            size: Size { low: size, target: size, high: size },
            fairness: 0.0,
            seed,
            steps,
            rounds,
            ..Request::default()
        }
    }

    /// Mean difference between the share of a category at a table and among all: over the
    /// categories of a field, then over fields, tables and rounds (Barrett and Gal 2024).
    fn imbalance(&self, plan: &Plan) -> f64 {
        let share = |people: &[usize], field: usize, category: usize| {
            let those = people.iter().filter(|&&person| self.rows[person][field] == category);
            those.count() as f64 / people.len() as f64
        };
        let all: Vec<usize> = (0..self.rows.len()).collect();
        let mut means = Vec::new();
        for table in plan.rounds.iter().flatten() {
            for (field, &count) in self.counts.iter().enumerate() {
                let off =
                    (0..count).map(|c| (share(table, field, c) - share(&all, field, c)).abs());
                means.push(off.sum::<f64>() / count as f64);
            }
        }
        means.iter().sum::<f64>() / means.len() as f64
    }
}

/// The people of `GroupSelect`'s examples at tables of five.
pub fn group_select(report: &mut Report) {
    let Some(folder) = examples() else {
        println!("GroupSelect's examples: not measured, GROUPSELECT_DATA is not set");
        return;
    };
    for (file, rounds, least) in [
        ("sf_f_40.csv", 3, None),
        ("sf_f_40.csv", 5, None),
        ("100i_4j_3k_3d_data.csv", 5, None),
        ("philipps_example_data.csv", 4, Some(0.052)),
    ] {
        let fields = Fields::read(&folder.join(file));
        let runs: Vec<(f64, f64, f64)> = (1..=5)
            .map(|seed| {
                let request = fields.request(5, rounds, seed, 20_000_000);
                let start = on_processor();
                let plan = seat(&request).unwrap();
                let seconds = on_processor() - start;
                check(&request, &plan).unwrap();
                (again(&plan) as f64, fields.imbalance(&plan), seconds)
            })
            .collect();
        let of = |part: fn(&(f64, f64, f64)) -> f64| median(runs.iter().map(part).collect());
        let (repeats, imbalance, seconds) = (of(|run| run.0), of(|run| run.1), of(|run| run.2));
        let seen = format!("{repeats} again, off by {imbalance:.4}, {seconds:.1} s");
        let what = format!("{} people, tables of 5, {rounds} rounds", fields.rows.len());
        match least {
            Some(least) => {
                let met = repeats == 0.0 && imbalance <= least && seconds <= 2.0;
                report.line(&what, &seen, &format!("0, <= {least} at 2 s"), met);
            }
            None => println!("{what:<50} {seen:>38}"),
        }
    }
}
