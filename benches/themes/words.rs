//! What is compared with: TF-IDF and k-means, and names by the words of each theme.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};

use crate::data::Chance;

const RESTARTS: u64 = 4;
const ROUNDS: usize = 100;
/// The small words of English.
const SMALL: &str = "a about above after again all also am an and any are as at be because been before being \
below between both but by can cannot could did do does doing down during each few for from further had has have having \
he her here hers him his how i if in into is it its itself just me more most my myself no nor not now of off on once only \
or other our ours out over own same she should so some such than that the their theirs them themselves then there these \
they this those through to too under until up very was we were what when where which while who whom why will with would \
you your yours yourself may might must shall ever every however whether us upon among many much since still yet even get \
got go like make made see seem since take one two well dont cant im ive isnt doesnt wont";

/// One text as weights of words.
pub type Sparse = Vec<(usize, f64)>;

/// The stems of the words of a text, without the small ones.
pub fn stems(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let small: BTreeSet<&str> = SMALL.split_whitespace().collect();
    let lower = text.to_lowercase().replace(['’', '\''], "");
    lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .map(|word| word.trim_matches('-'))
        .filter(|word| word.len() > 1 && !small.contains(word))
        .map(|word| stemmer.stem(word).into_owned())
        .collect()
}

/// TF-IDF: one plus the logarithm of the count, times the smoothed rarity, to length one; words of
/// one text only are left out where there are more than sixty.
pub fn tf_idf(texts: &[String]) -> (Vec<Sparse>, usize) {
    let all: Vec<Vec<String>> = texts.iter().map(|text| stems(text)).collect();
    let mut rarity: BTreeMap<&str, f64> = BTreeMap::new();
    for text in &all {
        for stem in text.iter().collect::<BTreeSet<_>>() {
            *rarity.entry(stem).or_default() += 1.0;
        }
    }
    let least = if texts.len() > 60 { 2.0 } else { 1.0 };
    rarity.retain(|_, count| *count >= least);
    let numbers: BTreeMap<&str, usize> = rarity.keys().copied().zip(0..).collect();
    let rows = all
        .iter()
        .map(|text| {
            let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
            for stem in text.iter().filter(|stem| rarity.contains_key(stem.as_str())) {
                *counts.entry(stem).or_default() += 1.0;
            }
            let mut row: Sparse = counts
                .into_iter()
                .map(|(stem, count)| {
                    let rare = ((1.0 + texts.len() as f64) / (1.0 + rarity[stem])).ln() + 1.0;
                    (numbers[stem], (1.0 + count.ln()) * rare)
                })
                .collect();
            let length = row.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
            for (_, weight) in &mut row {
                *weight /= length.max(1e-12);
            }
            row
        })
        .collect();
    (rows, numbers.len())
}

/// Lloyd's k-means from k-means++ starts, the best of four.
pub fn kmeans(rows: &[Sparse], terms: usize, groups: usize) -> Vec<usize> {
    let runs = (0..RESTARTS).map(|seed| once(rows, terms, groups, &mut Chance(seed)));
    runs.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap().1
}

fn distance(row: &Sparse, centre: &[f64], square: f64) -> f64 {
    let own: f64 = row.iter().map(|(_, weight)| weight * weight).sum();
    let shared: f64 = row.iter().map(|(term, weight)| weight * centre[*term]).sum();
    (own + square - 2.0 * shared).max(0.0)
}

fn once(rows: &[Sparse], terms: usize, groups: usize, chance: &mut Chance) -> (f64, Vec<usize>) {
    let dense = |row: &Sparse| {
        let mut out = vec![0.0; terms];
        for (term, weight) in row {
            out[*term] = *weight;
        }
        out
    };
    let square = |centre: &Vec<f64>| centre.iter().map(|value| value * value).sum::<f64>();
    let first = (chance.next() % rows.len() as u64) as usize;
    let mut centres = vec![dense(&rows[first])];
    let gaps = |centre: &Vec<f64>| {
        let own = square(centre);
        rows.iter().map(|row| distance(row, centre, own)).collect::<Vec<f64>>()
    };
    let mut near = gaps(&centres[0]);
    // Of several candidates the one that leaves least, as scikit-learn does it.
    let trials = 2 + (groups as f64).ln() as usize;
    while centres.len() < groups {
        let mut best: Option<(f64, Vec<f64>, Vec<f64>)> = None;
        for _ in 0..trials {
            let mut left = chance.unit() * near.iter().sum::<f64>();
            let chosen = near.iter().position(|near| {
                left -= near;
                left < 0.0
            });
            let centre = dense(&rows[chosen.unwrap_or(rows.len() - 1)]);
            let own: Vec<f64> = gaps(&centre).iter().zip(&near).map(|(a, b)| a.min(*b)).collect();
            let total = own.iter().sum::<f64>();
            if best.as_ref().is_none_or(|(least, ..)| total < *least) {
                best = Some((total, own, centre));
            }
        }
        let (_, own, centre) = best.unwrap();
        near = own;
        centres.push(centre);
    }
    let mut own = vec![usize::MAX; rows.len()];
    let mut cost = f64::MAX;
    for _ in 0..ROUNDS {
        let squares: Vec<f64> = centres.iter().map(square).collect();
        let before = own.clone();
        cost = 0.0;
        for (row, own) in rows.iter().zip(&mut own) {
            let distances = centres.iter().zip(&squares).map(|(c, s)| distance(row, c, *s));
            let (best, least) = distances.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            (*own, cost) = (best, cost + least);
        }
        if own == before {
            break;
        }
        for (group, centre) in centres.iter_mut().enumerate() {
            let members: Vec<&Sparse> =
                rows.iter().zip(&own).filter(|(_, own)| **own == group).map(|(r, _)| r).collect();
            if members.is_empty() {
                continue;
            }
            centre.fill(0.0);
            for (term, weight) in members.iter().copied().flatten() {
                centre[*term] += weight / members.len() as f64;
            }
        }
    }
    (cost, own)
}

/// Four words for each group by class-based TF-IDF (Grootendorst 2022), as written.
pub fn class_names(groups: &[Vec<&str>]) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut counts: Vec<BTreeMap<String, f64>> = Vec::new();
    let mut all: BTreeMap<String, f64> = BTreeMap::new();
    let mut forms: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for group in groups {
        let mut own: BTreeMap<String, f64> = BTreeMap::new();
        for stem in group.iter().flat_map(|text| stems(text)) {
            *own.entry(stem.clone()).or_default() += 1.0;
            *all.entry(stem).or_default() += 1.0;
        }
        for word in group.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
            let word = word.to_lowercase();
            *forms.entry(stemmer.stem(&word).into_owned()).or_default().entry(word).or_default() +=
                1;
        }
        counts.push(own);
    }
    let size = all.values().sum::<f64>() / groups.len() as f64;
    counts
        .iter()
        .map(|own| {
            let mut ranked: Vec<(f64, &String)> = own
                .iter()
                .map(|(stem, count)| (count * (1.0 + size / all[stem]).ln(), stem))
                .collect();
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            let form = |stem: &String| {
                let forms = forms.get(stem);
                let most = forms.and_then(|forms| forms.iter().max_by_key(|(_, count)| **count));
                most.map_or_else(|| stem.clone(), |(form, _)| form.clone())
            };
            ranked.iter().take(4).map(|(_, stem)| form(stem)).collect::<Vec<_>>().join(", ")
        })
        .collect()
}
