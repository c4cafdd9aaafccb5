//! How well groups found without labels agree with labels that people gave.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    Settings, Text,
    kmeans::kmeans,
    matrix::Matrix,
    terms::{Word, words},
    themes,
};

/// 120 questions to a bank, labelled with eight intents; see the README beside the file.
const SLICE: &str = include_str!("../../../../tests/data/banking77/slice.tsv");

fn labelled() -> Vec<(&'static str, &'static str)> {
    SLICE.lines().map(|line| line.split_once('\t').unwrap()).collect()
}

/// Normalized mutual information of two partitions (arithmetic mean of the entropies).
fn nmi(a: &[usize], b: &[usize]) -> f64 {
    let entropy = |counts: BTreeMap<(usize, usize), f64>| -> f64 {
        let all: f64 = counts.values().sum();
        counts.values().map(|count| -count / all * (count / all).ln()).sum()
    };
    let count = |pairs: &mut dyn Iterator<Item = (usize, usize)>| {
        let mut counts = BTreeMap::new();
        pairs.for_each(|pair| *counts.entry(pair).or_insert(0.0) += 1.0);
        entropy(counts)
    };
    let first = count(&mut a.iter().map(|x| (*x, 0)));
    let second = count(&mut b.iter().map(|x| (*x, 0)));
    let both = count(&mut a.iter().copied().zip(b.iter().copied()));
    2.0 * (first + second - both) / (first + second)
}

/// Plain TF-IDF over the same words, then the same k-means: what a simple program does.
fn words_only(texts: &[&str], groups: usize) -> Vec<usize> {
    let bags: Vec<Vec<String>> = texts
        .iter()
        .map(|text| words(text, "en").into_iter().filter(Word::tells).map(|w| w.key).collect())
        .collect();
    let mut rarity: BTreeMap<&str, f32> = BTreeMap::new();
    for bag in &bags {
        for key in bag.iter().collect::<BTreeSet<_>>() {
            *rarity.entry(key).or_default() += 1.0;
        }
    }
    let mut rows = Matrix::zeros(texts.len(), rarity.len());
    for (row, bag) in bags.iter().enumerate() {
        for key in bag {
            let at = rarity.keys().position(|other| other == key).unwrap();
            rows.row_mut(row)[at] += (121.0 / (1.0 + rarity[key.as_str()])).ln() + 1.0;
        }
    }
    rows.normalize();
    kmeans(&rows, groups, 8, 1)
}

#[test]
fn groups_agree_with_peoples_labels_better_than_groups_by_words_alone() {
    let given = labelled();
    let names: BTreeSet<&str> = given.iter().map(|(label, _)| *label).collect();
    let gold: Vec<usize> = given
        .iter()
        .map(|(label, _)| names.iter().position(|name| name == label).unwrap())
        .collect();
    let texts: Vec<Text> = given
        .iter()
        .enumerate()
        .map(|(at, (_, text))| Text {
            key: format!("{at:03}"),
            text: (*text).to_owned(),
            language: Some("en".to_owned()),
        })
        .collect();
    let score = |wanted: Option<usize>| {
        let settings = Settings { themes: wanted, ..Settings::default() };
        let mut own = vec![usize::MAX; texts.len()];
        for (number, theme) in themes(&texts, &settings).themes.iter().enumerate() {
            theme.main.iter().for_each(|at| own[*at] = number);
        }
        nmi(&gold, &own)
    };
    let plain: Vec<&str> = given.iter().map(|(_, text)| *text).collect();
    let simple = nmi(&gold, &words_only(&plain, names.len()));
    let (given, chosen) = (score(Some(names.len())), score(None));
    assert!(given > 0.82 && given > 1.1 * simple, "{given} {simple}");
    assert!(chosen > 0.78, "{chosen} {given} {simple}");
}

#[test]
fn the_measure_is_that_of_its_definition() {
    assert!((nmi(&[0, 0, 1, 1], &[5, 5, 7, 7]) - 1.0).abs() < 1e-12);
    assert!(nmi(&[0, 0, 1, 1], &[0, 1, 0, 1]).abs() < 1e-12);
    // Entropies ln 2 and 0.5623, joint 1.0397: 2 (0.6931 + 0.5623 - 1.0397) / 1.2555.
    assert!((nmi(&[0, 0, 1, 1], &[0, 0, 0, 1]) - 0.343_712).abs() < 1e-5);
}
