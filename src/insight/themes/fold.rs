//! Passages of answers that repeat each other, as one.

use std::collections::BTreeMap;

use super::OpenThemes;
use crate::analysis::themes::Passage;

/// A passage, and those of other people who wrote nearly the same answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The one that stands for them.
    pub first: Passage,
    /// The others.
    pub others: Vec<Passage>,
}

/// Folds passages, in the order of the first of each: those of answers that repeat each other and
/// say nearly the same words.
pub fn folded(open: &OpenThemes, passages: &[Passage]) -> Vec<Fold> {
    let group: BTreeMap<usize, usize> = (open.found.repeats.iter().enumerate())
        .flat_map(|(number, group)| group.iter().map(move |at| (*at, number)))
        .collect();
    let mut folds: Vec<Fold> = vec![];
    let mut first: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for passage in passages {
        let Some((_, words)) = open.quote(passage) else { continue };
        let known = group.get(&passage.text).map(|number| {
            // Whole answers repeat each other; of their passages, those that begin alike.
            let plain = words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
            (*number, plain.take(12).collect::<String>())
        });
        let at = known.as_ref().and_then(|key| first.get(key)).copied();
        match at.and_then(|at| folds.get_mut(at)) {
            Some(fold) if fold.first.text != passage.text => fold.others.push(*passage),
            _ => {
                first.extend(known.map(|key| (key, folds.len())));
                folds.push(Fold { first: *passage, others: vec![] });
            }
        }
    }
    folds
}
