//! In each theme one passage that is unlike the others, so that a theme is not taken for
//! agreement.

use std::collections::BTreeMap;

use super::OpenThemes;
use super::edit::Span;
use super::kept::span;
use crate::analysis::opinions::Verdict;
use crate::analysis::themes::{Passage, Settings, Text, Theme, bare_words, farthest};
use crate::domain::ResponseId;
use crate::insight::opinion::Opinion;

/// Why a quote stands for those who see it otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Its author is in this opinion group, most of the theme's people in the other; from 0.
    OtherGroup {
        /// The author's.
        own: usize,
        /// Most people's.
        most: usize,
    },
    /// Of all passages that can stand alone it lies farthest from what they have in common.
    Farthest,
}

/// A quote of a theme that is unlike the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dissent {
    /// The words.
    pub span: Span,
    /// Why these.
    pub rule: Rule,
}

/// For each theme the quote of somebody of another opinion group than most of its people: of the
/// passage farthest out if its author is one, else of the first such; where there are no groups,
/// the passage farthest out.
pub(super) fn dissents(
    open: &OpenThemes,
    given: &[Text],
    settings: &Settings,
    opinion: Option<&Opinion>,
) -> Vec<Option<Dissent>> {
    let groups = opinion.map(groups).unwrap_or_default();
    let far = farthest(given, &open.found.themes, settings);
    let of = |(theme, far): (&Theme, Option<Passage>)| {
        let far = far.and_then(|passage| span(&open.texts, &passage));
        let rule = |span: &Span| other_group(open, theme, &groups, span.response);
        let others = || {
            let of = |passage: &Passage| Some((span(&open.texts, passage)?, *passage));
            let mut spans: Vec<_> = theme.passages.iter().filter_map(of).collect();
            spans.sort_unstable();
            let quotes = quotes(open, theme);
            spans
                .into_iter()
                .filter(|(_, passage)| !is_quoted(open, &quotes, passage))
                .find_map(|(span, _)| Some(Dissent { span, rule: rule(&span)? }))
        };
        let span = far?;
        Some(match rule(&span) {
            Some(rule) => Dissent { span, rule },
            None => others().unwrap_or(Dissent { span, rule: Rule::Farthest }),
        })
    };
    open.found.themes.iter().zip(far).map(of).collect()
}

/// Who is quoted, and with which words.
fn quotes(open: &OpenThemes, theme: &Theme) -> Vec<(ResponseId, String)> {
    let quotes = theme.quotes.iter().filter_map(|quote| open.quote(quote));
    quotes.map(|(by, said)| (by, bare_words(said))).collect()
}

/// Whether the same person is quoted, or somebody with the same words.
fn is_quoted(open: &OpenThemes, quotes: &[(ResponseId, String)], passage: &Passage) -> bool {
    open.quote(passage).is_some_and(|(by, said)| {
        let said = bare_words(said);
        quotes.iter().any(|(quoted, words)| *quoted == by || *words == said)
    })
}

/// The group of each person who has one.
fn groups(opinion: &Opinion) -> BTreeMap<ResponseId, usize> {
    let Verdict::Groups { groups, .. } = &opinion.result.verdict else { return BTreeMap::new() };
    let of = (0..).zip(groups).flat_map(|(at, group)| group.members.iter().map(move |m| (*m, at)));
    of.filter_map(|(row, at)| Some((*opinion.votes.people.get(row)?, at))).collect()
}

/// Whether a person is of another group than more than half of the theme's people who have one.
fn other_group(
    open: &OpenThemes,
    theme: &Theme,
    groups: &BTreeMap<ResponseId, usize>,
    id: ResponseId,
) -> Option<Rule> {
    let own = *groups.get(&id)?;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for id in open.people(&theme.mentions) {
        if let Some(group) = groups.get(&id) {
            *counts.entry(*group).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let (most, count) = counts.into_iter().max_by_key(|(at, n)| (*n, std::cmp::Reverse(*at)))?;
    (count * 2 > all && most != own).then_some(Rule::OtherGroup { own, most })
}
