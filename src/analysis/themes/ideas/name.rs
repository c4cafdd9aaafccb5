//! What an idea is called: the words for it that most people use.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Idea,
    tokens::{Spoken, Token},
};
use crate::analysis::themes::labels::{Label, raised};

const PHRASES: usize = 3;
const KEYWORDS: usize = 8;

/// The texts that hold a word, and how it is written in them.
type Uses<'a> = (BTreeSet<usize>, BTreeMap<&'a str, usize>);

/// Up to three words or pairs, each of at least two texts and a fifth of them all, in the language
/// in which more is said of it.
pub(super) fn name(idea: &Idea, spoken: &[Spoken<'_>], tokens: &[Vec<Token>]) -> Label {
    let mut counts: BTreeMap<(bool, &str), Uses<'_>> = BTreeMap::new();
    for (passage, own) in spoken.iter().zip(tokens) {
        for token in own.iter().filter(|t| idea.keys.contains(&t.key)) {
            let entry = counts.entry((passage.language == "zh", token.key.as_str())).or_default();
            entry.0.insert(passage.text);
            *entry.1.entry(&token.surface).or_default() += 1;
        }
    }
    let chinese: usize = counts.iter().filter(|((zh, _), _)| *zh).map(|(_, c)| c.0.len()).sum();
    let others: usize = counts.iter().filter(|((zh, _), _)| !*zh).map(|(_, c)| c.0.len()).sum();
    let mut ranked: Vec<(usize, &str, &str)> = counts
        .iter()
        .filter(|((zh, _), _)| *zh == (chinese > others))
        .filter_map(|((_, key), (texts, forms))| {
            let form = forms.iter().max_by_key(|(form, count)| (**count, **form))?.0;
            Some((texts.len(), *form, *key))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let keywords: Vec<String> =
        ranked.iter().take(KEYWORDS).map(|(_, form, _)| (*form).to_owned()).collect();
    // "Base model" says more than "base" where two in three of those who say "base" mean it.
    let part = |small: &str, large: &str| {
        small != large && small.split(' ').all(|word| large.split(' ').any(|other| other == word))
    };
    let all = ranked.clone();
    ranked.retain(|(count, _, key)| {
        !all.iter().any(|(more, _, other)| part(key, other) && more * 3 >= *count * 2)
    });
    let least = (idea.texts.len() / 5).max(2);
    let shown: Vec<&str> = ranked
        .iter()
        .enumerate()
        .filter(|(at, (count, ..))| *at == 0 || *count >= least)
        .map(|(_, ranked)| ranked)
        .filter(|(_, _, key)| !ranked.iter().any(|(_, _, other)| part(other, key)))
        .take(PHRASES)
        .map(|(_, form, _)| *form)
        .collect();
    let label = shown.join(if chinese > others { "、" } else { "; " });
    Label { label: raised(&label), keywords }
}
