//! Passages of answers that repeat each other, as one.

use std::collections::{BTreeMap, BTreeSet};

use super::OpenThemes;
use crate::analysis::themes::Passage;

/// A passage, and those of other people who wrote nearly the same answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The one that stands for them.
    pub first: Passage,
    /// The others: one of each person.
    pub others: Vec<Passage>,
    /// Where one of these people says it once more.
    pub again: Vec<Passage>,
}

impl Fold {
    fn of(first: Passage) -> Self {
        Self { first, others: vec![], again: vec![] }
    }

    /// How many people wrote it, each counted once.
    pub fn people(&self) -> usize {
        1 + self.others.len()
    }
}

/// Folds passages, in the order of the first of each: those of answers that repeat each other and
/// say nearly the same words.
pub fn folded(open: &OpenThemes, passages: &[Passage]) -> Vec<Fold> {
    let group: BTreeMap<usize, usize> = (open.found.repeats.iter().enumerate())
        .flat_map(|(number, group)| group.iter().map(move |at| (*at, number)))
        .collect();
    let mut folds: Vec<Fold> = vec![];
    let mut first: BTreeMap<(usize, String), usize> = BTreeMap::new();
    let mut wrote: BTreeSet<(usize, usize)> = BTreeSet::new();
    for passage in passages {
        let Some((_, words)) = open.quote(passage) else { continue };
        let known = group.get(&passage.text).map(|number| {
            // Whole answers repeat each other; of their passages, those that begin alike.
            let plain = words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
            (*number, plain.take(12).collect::<String>())
        });
        let at = known.as_ref().and_then(|key| first.get(key)).copied();
        let place = at.unwrap_or(folds.len());
        let is_new = wrote.insert((place, passage.text));
        match at.and_then(|at| folds.get_mut(at)) {
            Some(fold) if is_new => fold.others.push(*passage),
            Some(fold) => fold.again.push(*passage),
            None => {
                first.extend(known.map(|key| (key, place)));
                folds.push(Fold::of(*passage));
            }
        }
    }
    // Where nobody else wrote it, there is nothing to fold.
    folds.into_iter().flat_map(alone).collect()
}

fn alone(mut fold: Fold) -> Vec<Fold> {
    let again = if fold.others.is_empty() { std::mem::take(&mut fold.again) } else { vec![] };
    std::iter::once(fold).chain(again.into_iter().map(Fold::of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::themes::{Model, Themes};
    use crate::domain::{QuestionId, ResponseId};

    /// Themes of these answers, of which those in `repeats` are nearly the same.
    fn open(texts: &[&str], repeats: Vec<Vec<usize>>) -> OpenThemes {
        let texts = texts.iter().map(|text| (ResponseId(uuid::Uuid::new_v4()), (*text).to_owned()));
        OpenThemes {
            question: QuestionId(uuid::Uuid::nil()),
            of: texts.len(),
            texts: texts.collect(),
            model: Model::default(),
            found: Themes { repeats, ..Themes::default() },
            dissent: vec![],
            edits: 0,
            kept: None,
        }
    }

    fn passages(open: &OpenThemes, place: usize) -> Vec<Passage> {
        let spans = crate::analysis::passages::sentences(&open.texts[place].1);
        spans.into_iter().map(|(start, end)| Passage { text: place, start, end }).collect()
    }

    #[test]
    fn who_says_the_same_again_and_again_is_one_person() {
        let chorus = "Verification will decide it. ".repeat(7);
        let open =
            open(&[&chorus, &chorus, "Something else entirely.", &chorus], vec![vec![0, 1, 3]]);
        let all: Vec<Passage> = (0..4).flat_map(|place| passages(&open, place)).collect();
        let folds = folded(&open, &all);
        let counted: Vec<(usize, usize)> =
            folds.iter().map(|fold| (fold.people(), fold.again.len())).collect();
        assert_eq!(counted, [(3, 18), (1, 0)], "three people, seven times each");
        let others: Vec<usize> = folds[0].others.iter().map(|passage| passage.text).collect();
        assert_eq!((folds[0].first.text, others), (0, vec![1, 3]));
    }

    #[test]
    fn somebody_alone_is_not_folded_and_no_passage_is_lost() {
        let open = open(&["Again and again. Again and again. Other.", "B."], vec![vec![0, 1]]);
        let all: Vec<Passage> = (0..2).flat_map(|place| passages(&open, place)).collect();
        let folds = folded(&open, &all);
        assert_eq!(folds.iter().map(Fold::people).collect::<Vec<_>>(), [1, 1, 1, 1]);
        let mut shown: Vec<Passage> = folds.iter().map(|fold| fold.first).collect();
        shown.sort_by_key(|passage| (passage.text, passage.start));
        assert_eq!(shown, all);
    }
}
