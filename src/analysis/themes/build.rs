//! Makes themes of placed passages: names, quotes, keywords.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Passage, Theme,
    labels::{Label, Sample, labels},
    matrix::{Matrix, dot},
    quotes::{Candidate, choose},
    repeats::bare_words,
    space::{Reader, Space},
    spread::Placed,
};
use crate::analysis::{language::han, passages::sentences};

/// A theme is named and quoted from this many of its most central passages.
const LOOKED_AT: usize = 1_200;
const QUOTABLE: usize = 160;
/// What is long enough to stand alone and short enough to be read, in words.
const QUOTE: (usize, usize) = (6, 60);
const GIST: (usize, usize) = (3, 18);
/// Chinese characters that make about one word.
const HAN_PER_WORD: f32 = 1.8;

/// A text as it is known by now.
pub(super) struct Known<'a> {
    pub text: &'a str,
    pub language: String,
    pub main: Option<usize>,
    /// The text it repeats, or itself.
    pub source: usize,
    pub placed: Vec<Placed>,
}

impl Known<'_> {
    /// Whose main theme has no passage in it (a copy that differs where its source speaks of it)
    /// has that of the nearest passage for its main theme.
    pub fn settled(mut self) -> Self {
        let in_main = |main: &usize| self.placed.iter().any(|placed| placed.theme == *main);
        if self.main.is_some_and(|main| !in_main(&main)) {
            let nearest = self.placed.iter().max_by(|a, b| a.near.total_cmp(&b.near));
            self.main = nearest.map(|placed| placed.theme);
        }
        self
    }
}

/// The themes, still in the numbers of `texts`.
pub(super) fn build(
    texts: &[Known<'_>],
    space: &Space,
    centres: &Matrix,
    question: &BTreeSet<String>,
    given: Option<Vec<Label>>,
    reader: &mut Reader,
) -> Vec<Theme> {
    let mut central: Vec<Vec<(usize, Placed)>> = vec![Vec::new(); centres.rows];
    for (at, text) in texts.iter().enumerate() {
        for placed in &text.placed {
            if let Some(theme) = central.get_mut(placed.theme) {
                theme.push((at, *placed));
            }
        }
    }
    let mut themes = Vec::new();
    for (number, placed) in central.iter_mut().enumerate() {
        let passages: Vec<Passage> = placed.iter().map(|(at, p)| passage(*at, p)).collect();
        let mentions: BTreeSet<usize> = placed.iter().map(|(at, _)| *at).collect();
        placed.sort_by(|a, b| b.1.near.total_cmp(&a.1.near).then(a.0.cmp(&b.0)));
        placed.truncate(LOOKED_AT);
        let centre = centres.row(number);
        let quotes = quotes(texts, placed, mentions.len(), space, centre, reader);
        themes.push(Theme {
            label: String::new(),
            gist: gist(texts, placed).unwrap_or(Passage { text: 0, start: 0, end: 0 }),
            main: (0..texts.len())
                .filter(|at| texts.get(*at).is_some_and(|text| text.main == Some(number)))
                .collect(),
            mentions: mentions.into_iter().collect(),
            passages,
            quotes,
            keywords: Vec::new(),
        });
    }
    let samples: Vec<Vec<Sample<'_>>> =
        central.iter().map(|placed| samples(texts, placed)).collect();
    let names = given.unwrap_or_else(|| {
        labels(&samples, question, |theme, phrases, language| {
            reader.near(centres.row(theme), space, phrases, language)
        })
    });
    for (theme, Label { label, keywords }) in themes.iter_mut().zip(names) {
        let label = if label.is_empty() { opening(texts, theme.gist) } else { label };
        (theme.label, theme.keywords) = (label, keywords);
    }
    themes
}

fn passage(text: usize, placed: &Placed) -> Passage {
    Passage { text, start: placed.start, end: placed.end }
}

/// The first words of a passage, for a theme without a phrase.
fn opening(texts: &[Known<'_>], gist: Passage) -> String {
    let text = slice(texts, gist.text, gist.start, gist.end);
    let words = text.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    words.chars().take(24).collect()
}

/// The passages to count phrases in: repeated texts count once.
fn samples<'a>(texts: &'a [Known<'_>], placed: &[(usize, Placed)]) -> Vec<Sample<'a>> {
    placed
        .iter()
        .filter_map(|(at, placed)| {
            let known = texts.get(*at).filter(|known| known.source == *at)?;
            let text = known.text.get(placed.start..placed.end)?;
            Some(Sample { text, language: &known.language })
        })
        .collect()
}

/// About how many words a passage has.
fn length(text: &str) -> usize {
    let hans = text.chars().filter(|c| han(*c)).count();
    let words = text.split(|c: char| c.is_whitespace() || han(c)).filter(|w| !w.is_empty()).count();
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a rough number of words"
    )]
    let chinese = (hans as f32 / HAN_PER_WORD) as usize;
    chinese + words
}

fn within(text: &str, (least, most): (usize, usize)) -> bool {
    (least..=most).contains(&length(text))
}

fn slice<'a>(texts: &'a [Known<'_>], at: usize, start: usize, end: usize) -> &'a str {
    texts.get(at).and_then(|known| known.text.get(start..end)).unwrap_or_default()
}

/// The most central passage of few words; of any length where there is none.
fn gist(texts: &[Known<'_>], central: &[(usize, Placed)]) -> Option<Passage> {
    central
        .iter()
        .find(|(at, placed)| within(slice(texts, *at, placed.start, placed.end), GIST))
        .or_else(|| central.first())
        .map(|(at, placed)| passage(*at, placed))
}

/// Whole sentences where they are not too long, around the most central passages.
fn quotes(
    texts: &[Known<'_>],
    central: &[(usize, Placed)],
    mentions: usize,
    space: &Space,
    centre: &[f32],
    reader: &mut Reader,
) -> Vec<Passage> {
    let most = match mentions {
        0..=5 => 2,
        6..=11 => 3,
        _ => 4,
    };
    let mut spans: BTreeMap<Passage, usize> = BTreeMap::new();
    let mut loose: BTreeMap<Passage, usize> = BTreeMap::new();
    for (at, placed) in central.iter().take(QUOTABLE) {
        let Some(known) = texts.get(*at) else { continue };
        let (start, end) = sentences(known.text)
            .into_iter()
            .find(|(start, end)| *start <= placed.start && placed.end <= *end)
            .filter(|(start, end)| length(slice(texts, *at, *start, *end)) <= QUOTE.1)
            .unwrap_or((placed.start, placed.end));
        let good = within(slice(texts, *at, start, end), QUOTE);
        let span = Passage { text: *at, start, end };
        (if good { &mut spans } else { &mut loose }).insert(span, known.source);
    }
    let sources: BTreeSet<usize> = spans.values().copied().collect();
    if sources.len() < 2 {
        spans.append(&mut loose);
    }
    let read: Vec<&str> =
        spans.keys().map(|span| slice(texts, span.text, span.start, span.end)).collect();
    reader.expect(&read);
    let candidates: Vec<Candidate<Passage>> = spans
        .into_iter()
        .map(|(span, source)| {
            let language = texts.get(span.text).map_or_else(String::new, |k| k.language.clone());
            let text = slice(texts, span.text, span.start, span.end);
            let vector = space.vector(&reader.read_in(text, language));
            let near = dot(&vector, centre);
            Candidate { what: span, source, words: bare_words(text), vector, near }
        })
        .collect();
    choose(&candidates, most)
}
