//! People to seat, made of real votes, and the value of their groups straight from the definition.

use std::fs;
use std::path::Path;

use colloquy::analysis::rng::Rng;
use colloquy::analysis::seating::{Dimension, Free, Person, Plan, Request, Size, Slot};
use colloquy::polis::Matrix;

/// Votes that somebody has to have given to be counted in.
const NEEDED: usize = 7;

/// One row of views per person; their distance is the mean difference per column.
#[derive(Clone, Debug)]
pub struct Crowd {
    pub rows: Vec<Vec<f64>>,
}

/// People of each group.
pub fn groups(plan: &Plan) -> Vec<Vec<usize>> {
    plan.groups.iter().map(|group| group.seats.iter().map(|seat| seat.person).collect()).collect()
}

impl Crowd {
    /// All who gave enough votes, in the order of the file, on statements with at least 5 votes and
    /// at least 2 % of theirs; -1, 0, 1, and what was not seen is the mean of those who saw it.
    /// `n M / 2` of the first 48 and 96 of freshwater is 11.22947 and 22.56042 then.
    pub fn polis(folder: &Path, name: &str) -> Self {
        let votes = fs::read(folder.join(name).join("participants-votes.csv")).unwrap();
        let matrix = Matrix::read(&votes).unwrap();
        let enough = |row: &&Vec<Option<i8>>| row.iter().flatten().count() >= NEEDED;
        let rows: Vec<&Vec<Option<i8>>> = matrix.cells.iter().filter(enough).collect();
        let columns: Vec<(usize, f64)> = (0..matrix.statements.len())
            .filter_map(|column| {
                let given: Vec<f64> =
                    rows.iter().filter_map(|row| row[column].map(f64::from)).collect();
                let counts = given.len() >= 5 && given.len() * 50 >= rows.len();
                counts.then(|| (column, given.iter().sum::<f64>() / given.len() as f64))
            })
            .collect();
        let view = |row: &Vec<Option<i8>>| {
            columns.iter().map(|&(c, mean)| row[c].map_or(mean, f64::from)).collect()
        };
        Self { rows: rows.into_iter().map(view).collect() }
    }

    /// The first so many.
    pub fn first(&self, people: usize) -> Self {
        Self { rows: self.rows.iter().take(people).cloned().collect() }
    }

    /// So many by lot.
    pub fn draw(&self, people: usize, seed: u64) -> Self {
        let mut rows = self.rows.clone();
        Rng::new(seed).shuffle(&mut rows);
        rows.truncate(people);
        Self { rows }
    }

    /// The statements with the largest variance, each cut at its median: 1 above it, else 0.
    pub fn halves(&self, statements: usize) -> Self {
        let people = self.rows.len();
        let column = |c: usize| self.rows.iter().map(move |row| row[c]);
        let variance = |c: usize| {
            let mean = column(c).sum::<f64>() / people as f64;
            column(c).map(|value| (value - mean).powi(2)).sum::<f64>()
        };
        let median = |c: usize| {
            let mut values: Vec<f64> = column(c).collect();
            values.sort_by(f64::total_cmp);
            f64::midpoint(values[(people - 1) / 2], values[people / 2])
        };
        let mut columns: Vec<usize> = (0..self.rows[0].len()).collect();
        columns.sort_by(|a, b| variance(*b).total_cmp(&variance(*a)).then(a.cmp(b)));
        let cuts: Vec<(usize, f64)> =
            columns.into_iter().take(statements).map(|c| (c, median(c))).collect();
        let row = |row: &Vec<f64>| {
            cuts.iter().map(|&(c, cut)| f64::from(u8::from(row[c] > cut))).collect()
        };
        Self { rows: self.rows.iter().map(row).collect() }
    }

    /// Places on the first principal axes, by iteration of the covariance.
    pub fn principal(&self, count: usize) -> Self {
        let (people, columns) = (self.rows.len() as f64, self.rows[0].len());
        let means: Vec<f64> = (0..columns)
            .map(|c| self.rows.iter().map(|row| row[c]).sum::<f64>() / people)
            .collect();
        let centred = |row: &Vec<f64>| -> Vec<f64> {
            row.iter().zip(&means).map(|(value, mean)| value - mean).collect()
        };
        let rows: Vec<Vec<f64>> = self.rows.iter().map(centred).collect();
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let mut rng = Rng::new(5);
        let mut found: Vec<Vec<f64>> = Vec::new();
        for _ in 0..count {
            let mut axis: Vec<f64> = (0..columns).map(|_| rng.unit() - 0.5).collect();
            for _ in 0..100 {
                let places: Vec<f64> = rows.iter().map(|row| dot(row, &axis)).collect();
                axis = (0..columns)
                    .map(|c| rows.iter().zip(&places).map(|(row, place)| row[c] * place).sum())
                    .collect();
                for other in &found {
                    let along = dot(&axis, other);
                    axis.iter_mut().zip(other).for_each(|(x, y)| *x -= along * y);
                }
                let length = dot(&axis, &axis).sqrt();
                for x in &mut axis {
                    *x /= length;
                }
            }
            found.push(axis);
        }
        let place = |row: &Vec<f64>| found.iter().map(|axis| dot(row, axis)).collect();
        Self { rows: rows.iter().map(place).collect() }
    }

    /// So many people, each like one of these but for normal noise of a part of the spread.
    pub fn resampled(&self, people: usize, noise: f64, seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let count = self.rows.len() as f64;
        let spread: Vec<f64> = (0..self.rows[0].len())
            .map(|c| (self.rows.iter().map(|row| row[c] * row[c]).sum::<f64>() / count).sqrt())
            .collect();
        let mut one = || -> Vec<f64> {
            let row = &self.rows[rng.below(self.rows.len())];
            let mut normal = || (0..12).map(|_| rng.unit()).sum::<f64>() - 6.0;
            row.iter().zip(&spread).map(|(value, s)| value + noise * s * normal()).collect()
        };
        Self { rows: (0..people).map(|_| one()).collect() }
    }

    /// Everybody at one time in groups of one size, or of as near as can be.
    pub fn request(&self, size: usize, seed: u64, steps: u64) -> Request {
        let columns = self.rows[0].len();
        let ends: Vec<(f64, f64)> = (0..columns)
            .map(|c| {
                let values = self.rows.iter().map(|row| row[c]);
                values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
            })
            .collect();
        let view = |row: &Vec<f64>| {
            let scaled = row
                .iter()
                .zip(&ends)
                .map(|(v, (low, high))| if high > low { (v - low) / (high - low) } else { 0.0 });
            scaled.map(Some).collect()
        };
        let person = |(number, row)| Person {
            key: format!("p{number:05}"),
            views: view(row),
            free: vec![Free::Yes],
            languages: vec!["en".to_owned()],
            ..Person::default()
        };
        let uneven = usize::from(!self.rows.len().is_multiple_of(size));
        Request {
            people: self.rows.iter().enumerate().map(person).collect(),
            dimensions: ends
                .iter()
                .enumerate()
                .map(|(question, (low, high))| Dimension { weight: high - low, question })
                .collect(),
            slots: vec![Slot { key: "s".to_owned(), groups: usize::MAX, languages: None }],
            size: Size { low: size - uneven, target: size, high: size + uneven },
            seed,
            steps,
            fairness: 0.0,
            ..Request::default()
        }
    }

    /// Distance of two people.
    pub fn far(&self, a: usize, b: usize) -> f64 {
        let pairs = self.rows[a].iter().zip(&self.rows[b]);
        pairs.map(|(x, y)| (x - y).abs()).sum::<f64>() / self.rows[a].len() as f64
    }

    /// Sum of the distances of a group's pairs.
    pub fn inside(&self, group: &[usize]) -> f64 {
        let pairs = group.iter().flat_map(|&a| group.iter().map(move |&b| (a, b)));
        pairs.map(|(a, b)| self.far(a, b)).sum::<f64>() / 2.0
    }

    /// F: the sum of that by size.
    pub fn value(&self, groups: &[Vec<usize>]) -> f64 {
        groups.iter().map(|group| self.inside(group) / group.len() as f64).sum()
    }

    /// Mean distance over all ordered pairs, from sorted columns.
    pub fn mean(&self) -> f64 {
        let count = self.rows.len() as f64;
        let column = |c: usize| -> f64 {
            let mut values: Vec<f64> = self.rows.iter().map(|row| row[c]).collect();
            values.sort_by(f64::total_cmp);
            let signed = |(rank, value): (usize, &f64)| value * (2.0 * rank as f64 + 1.0 - count);
            values.iter().enumerate().map(signed).sum::<f64>() * 2.0 / (count * count)
        };
        let columns = self.rows[0].len();
        (0..columns).map(column).sum::<f64>() / columns as f64
    }

    /// Share of the gap between chance and `n M / 2` that these groups close.
    pub fn closed(&self, groups: &[Vec<usize>]) -> f64 {
        let (count, mean) = (self.rows.len() as f64, self.mean());
        let pair = mean * count / (count - 1.0);
        let random: f64 = groups.iter().map(|g| (g.len() as f64 - 1.0) / 2.0 * pair).sum();
        (self.value(groups) - random) / (count * mean / 2.0 - random)
    }

    /// Most of that gap that groups of one size could close where views are yes or no: what they
    /// would if the yes of each statement were spread over the groups as evenly as its number
    /// allows, whatever the others do. People have to divide into such groups.
    pub fn closable(&self, size: usize) -> f64 {
        let (people, columns) = (self.rows.len(), self.rows[0].len());
        let groups = people / size;
        let pairs = |yes: usize| (yes * (size - yes)) as f64;
        let column = |c: usize| {
            let yes = self.rows.iter().filter(|row| row[c] > 0.5).count();
            let (each, more) = (yes / groups, yes % groups);
            let fuller = if more > 0 { more as f64 * pairs(each + 1) } else { 0.0 };
            (groups - more) as f64 * pairs(each) + fuller
        };
        let value = (0..columns).map(column).sum::<f64>() / (columns * size) as f64;
        let (count, mean) = (people as f64, self.mean());
        let random = (size as f64 - 1.0) / 2.0 * groups as f64 * mean * count / (count - 1.0);
        (value - random) / (count * mean / 2.0 - random)
    }

    /// Disagreement inside the group that has least of it, in units of everybody's.
    pub fn worst(&self, groups: &[Vec<usize>]) -> f64 {
        let mean = self.mean();
        let inner = |group: &Vec<usize>| {
            let size = group.len() as f64;
            2.0 * self.inside(group) / (size * size) / mean
        };
        groups.iter().map(inner).fold(f64::INFINITY, f64::min)
    }
}
