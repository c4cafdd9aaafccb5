//! Which passage of a theme is unlike the others.
#![expect(clippy::indexing_slicing, reason = "every index is a text below their number")]

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Passage, Settings, Text, Theme, bare_words,
    matrix::{add, dot},
    space::{Prepared, Reader, Space},
    stems, written,
};
use crate::analysis::language::han;

/// A theme of fewer people has no passage that is unlike the others.
const ENOUGH: usize = 4;

/// For each theme the passage that lies farthest from what its passages have in common, of those
/// that can stand alone and are nobody's of the theme's quotes; none for a theme of few.
pub fn farthest(texts: &[Text], themes: &[Theme], settings: &Settings) -> Vec<Option<Passage>> {
    let mut reader = Reader::new(&settings.model);
    let spoken: BTreeSet<usize> =
        themes.iter().flat_map(|theme| theme.mentions.iter().copied()).collect();
    let mut order: Vec<usize> = spoken.into_iter().filter(|at| *at < texts.len()).collect();
    order.sort_by_key(|at| &texts[*at].key);
    reader.expect(&order.iter().map(|at| written(texts, *at)).collect::<Vec<_>>());
    let prepared: BTreeMap<usize, Prepared> = order
        .iter()
        .map(|at| (*at, reader.read(&texts[*at].text, texts[*at].language.as_deref())))
        .collect();
    let fitted: Vec<&Prepared> = order.iter().filter_map(|at| prepared.get(at)).collect();
    let space = Space::fit(&fitted, &stems(&settings.question), settings.seed);
    let mut of = |theme: &Theme| {
        if theme.mentions.len() < ENOUGH {
            return None;
        }
        let mut read: Vec<(&str, Passage, Vec<f32>)> = vec![];
        for passage in &theme.passages {
            let text = texts.get(passage.text)?;
            let language = &prepared.get(&passage.text)?.language;
            let slice = text.text.get(passage.start..passage.end)?;
            let vector = space.vector(&reader.read_in(slice, language.clone()));
            read.push((&text.key, *passage, vector));
        }
        read.sort_by_key(|(key, passage, _)| (*key, passage.start, passage.end));
        let mut centre = vec![0.0; space.columns()];
        for (.., vector) in &read {
            add(&mut centre, vector, 1.0);
        }
        let said = |passage: &Passage| {
            let text = texts.get(passage.text)?;
            Some(bare_words(text.text.get(passage.start..passage.end)?))
        };
        let known: Vec<_> = theme.quotes.iter().map(|quote| (quote.text, said(quote))).collect();
        let quoted = |passage: &Passage| {
            let words = said(passage);
            known.iter().any(|(text, said)| *text == passage.text || *said == words)
        };
        read.iter()
            .filter(|(_, p, _)| !quoted(p) && stands_alone(&texts[p.text].text, *p))
            .min_by(|a, b| dot(&a.2, &centre).total_cmp(&dot(&b.2, &centre)))
            .map(|(_, passage, _)| *passage)
    };
    themes.iter().map(&mut of).collect()
}

/// Whether a passage says enough to be understood, and not too much to be read.
fn stands_alone(text: &str, passage: Passage) -> bool {
    let slice = text.get(passage.start..passage.end).unwrap_or_default();
    let chinese = slice.chars().filter(|c| han(*c)).count();
    let words = slice.split_whitespace().count();
    (chinese >= 8 || words >= 5) && slice.chars().count() <= 400
}
