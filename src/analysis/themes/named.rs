//! Names for groups that somebody else made: an organizer, or people who labelled answers.

use super::{
    Settings, Text,
    group::middles,
    labels::{Sample, labels},
    space::{Prepared, Reader, Space},
    stems, written,
};

/// A name for each group of texts, in the words of its texts against those of the others; empty
/// for a group without a word.
///
/// Each group holds places in `texts`, none of which stands in two groups.
pub fn names(texts: &[Text], groups: &[Vec<usize>], settings: &Settings) -> Vec<String> {
    let mut main: Vec<Option<usize>> = vec![None; texts.len()];
    for (group, members) in groups.iter().enumerate() {
        for at in members {
            if let Some(own) = main.get_mut(*at) {
                *own = Some(group);
            }
        }
    }
    let question = stems(&settings.question);
    let mut reader = Reader::new(&settings.model);
    reader.expect(&texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>());
    let prepared: Vec<Prepared> =
        texts.iter().map(|text| reader.read(&text.text, text.language.as_deref())).collect();
    let all: Vec<&Prepared> = prepared.iter().collect();
    let space = Space::fit(&all, &question, settings.seed);
    let centres = middles(&space.vectors(&all), &main);
    let samples: Vec<Vec<Sample<'_>>> = groups
        .iter()
        .map(|members| {
            members
                .iter()
                .filter_map(|at| {
                    let language = &prepared.get(*at)?.language;
                    Some(Sample { text: written(texts, *at), language })
                })
                .collect()
        })
        .collect();
    let near = |theme: usize, phrases: &[String], language: &str| {
        if theme >= centres.rows {
            return vec![0.0; phrases.len()];
        }
        reader.near(centres.row(theme), &space, phrases, language)
    };
    labels(&samples, &question, near).into_iter().map(|label| label.label).collect()
}
