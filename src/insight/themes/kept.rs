//! Themes as an organizer keeps them, made with the answers as they stand now.

use std::collections::{BTreeMap, BTreeSet};

use super::edit::{Place, Sentence, Span, print_of};
use super::layer::{KeptTheme, Layer};
use crate::analysis::themes::assign::{Standing, assign};
use crate::analysis::themes::{Passage, Settings, Text, Theme, Themes, bare_words};
use crate::domain::{ResponseId, ThemeId};

/// Most quotes of a theme, unless more are pinned.
const QUOTES: usize = 4;

/// What the organizer's edits add to the themes of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Themes that an organizer has named.
    pub named: BTreeSet<ThemeId>,
    /// Themes that are left out of results and brief.
    pub hidden: Vec<Aside>,
    /// Themes that nobody speaks of now.
    pub empty: Vec<(ThemeId, String)>,
    /// Quotes that were pinned and are still words of an answer in that theme.
    pub pinned: BTreeSet<(ThemeId, Span)>,
    /// What themes were called in addresses before they were kept.
    pub was: BTreeMap<String, ThemeId>,
    /// Sentences under the names, by theme.
    pub summaries: BTreeMap<ThemeId, Vec<Sentence>>,
    /// How many answers came or were changed since, and joined the nearest theme by themselves.
    pub joined: usize,
    /// Whose answers came or were changed since, and fit no theme.
    pub newer_outside: Vec<ResponseId>,
}

/// A hidden theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Its id.
    pub id: ThemeId,
    /// Its name.
    pub label: String,
    /// Those whose main theme it is.
    pub main: Vec<ResponseId>,
    /// Those who mention it.
    pub people: Vec<ResponseId>,
    /// Its passages.
    pub passages: Vec<Span>,
}

impl Kept {
    /// Of those people only.
    #[must_use]
    pub fn among(&self, inside: impl Fn(ResponseId) -> bool) -> Self {
        let within = |all: &[ResponseId]| -> Vec<ResponseId> {
            all.iter().copied().filter(|id| inside(*id)).collect()
        };
        let hidden = self.hidden.iter().map(|theme| Aside {
            id: theme.id,
            label: theme.label.clone(),
            main: within(&theme.main),
            people: within(&theme.people),
            passages: theme.passages.iter().copied().filter(|s| inside(s.response)).collect(),
        });
        Self {
            hidden: hidden.collect(),
            newer_outside: within(&self.newer_outside),
            ..self.clone()
        }
    }
}

/// The themes of a layer in these texts; `given` are the same texts as the method reads them.
/// Themes that are shown, their ids in the same order, and the rest.
pub(super) fn kept(
    layer: &Layer,
    texts: &[(ResponseId, String)],
    given: &[Text],
    settings: &Settings,
) -> (Themes, Vec<ThemeId>, Kept) {
    let number: BTreeMap<ThemeId, usize> =
        (0..).zip(&layer.themes).map(|(at, theme)| (theme.id, at)).collect();
    let standings: Vec<Standing> =
        texts.iter().map(|(id, text)| standing(layer.places.get(id), *id, text, &number)).collect();
    let mut found = assign(given, &standings, layer.themes.len(), settings);
    let mut kept = Kept::default();
    let mut shown = vec![];
    for (own, mut theme) in layer.themes.iter().zip(std::mem::take(&mut found.themes)) {
        theme.label.clone_from(&own.label);
        if !own.was.is_empty() {
            kept.was.entry(own.was.clone()).or_insert(own.id);
        }
        if own.named {
            kept.named.insert(own.id);
        }
        if !own.summary.is_empty() {
            kept.summaries.insert(own.id, own.summary.clone());
        }
        if theme.mentions.is_empty() {
            kept.empty.push((own.id, own.label.clone()));
        } else if own.hidden {
            kept.hidden.push(aside(own, &theme, texts));
        } else {
            let same = |id: ResponseId, text: &str| {
                layer.places.get(&id).is_some_and(|place| place.print == print_of(id, text))
            };
            pin(own, &mut theme, texts, same, &mut kept.pinned);
            shown.push((own.id, theme));
        }
    }
    shown.sort_by(|(a_id, a), (b_id, b)| {
        let people = b.mentions.len().cmp(&a.mentions.len());
        people.then_with(|| a.label.cmp(&b.label)).then(a_id.cmp(b_id))
    });
    let outside: BTreeSet<usize> = found.outside.iter().copied().collect();
    let silent: BTreeSet<usize> = found.uninformative.iter().copied().collect();
    for (at, ((id, _), standing)) in texts.iter().zip(&standings).enumerate() {
        if *standing == Standing::Free && !silent.contains(&at) {
            if outside.contains(&at) {
                kept.newer_outside.push(*id);
            } else {
                kept.joined += 1;
            }
        }
    }
    kept.newer_outside.sort_unstable();
    let (ids, themes) = shown.into_iter().unzip();
    found.themes = themes;
    (found, ids, kept)
}

/// Where an answer stands in the numbers of the layer's themes; free where its words are others.
fn standing(
    place: Option<&Place>,
    id: ResponseId,
    text: &str,
    number: &BTreeMap<ThemeId, usize>,
) -> Standing {
    let Some(place) = place.filter(|place| place.print == print_of(id, text)) else {
        return Standing::Free;
    };
    let whole = |(theme, start, end): &(ThemeId, usize, usize)| {
        text.get(*start..*end).filter(|words| !words.trim().is_empty())?;
        Some((*number.get(theme)?, *start, *end))
    };
    let passages: Vec<_> = place.passages.iter().filter_map(whole).collect();
    let main = place.main.and_then(|main| number.get(&main).copied());
    let main = main.filter(|main| passages.iter().any(|(theme, ..)| theme == main));
    Standing::Fixed { main: main.or(passages.first().map(|(theme, ..)| *theme)), passages }
}

fn aside(own: &KeptTheme, theme: &Theme, texts: &[(ResponseId, String)]) -> Aside {
    let people = |places: &[usize]| {
        let mut people: Vec<_> =
            places.iter().filter_map(|at| texts.get(*at)).map(|(id, _)| *id).collect();
        people.sort_unstable();
        people
    };
    let mut passages: Vec<Span> =
        theme.passages.iter().filter_map(|passage| span(texts, passage)).collect();
    passages.sort_unstable();
    Aside {
        id: own.id,
        label: own.label.clone(),
        main: people(&theme.main),
        people: people(&theme.mentions),
        passages,
    }
}

/// The span that a passage is.
pub fn span(texts: &[(ResponseId, String)], passage: &Passage) -> Option<Span> {
    let (response, _) = texts.get(passage.text)?;
    Some(Span { response: *response, start: passage.start, end: passage.end })
}

/// Puts pinned quotes before the others: those that are still words of somebody in the theme.
fn pin(
    own: &KeptTheme,
    theme: &mut Theme,
    texts: &[(ResponseId, String)],
    same: impl Fn(ResponseId, &str) -> bool,
    pinned: &mut BTreeSet<(ThemeId, Span)>,
) {
    let places = || theme.mentions.iter().filter_map(|at| Some((*at, texts.get(*at)?)));
    let mut quotes = vec![];
    for span in &own.pinned {
        let Some((at, (_, text))) = places().find(|(_, (id, _))| *id == span.response) else {
            continue;
        };
        let passage = Passage { text: at, start: span.start, end: span.end };
        // A quote may be the whole sentence around a passage.
        let meets =
            |other: &Passage| other.text == at && other.start < span.end && span.start < other.end;
        let said = text.get(span.start..span.end).is_some_and(|words| !words.trim().is_empty());
        if said && same(span.response, text) && theme.passages.iter().any(meets) {
            pinned.insert((own.id, *span));
            quotes.push(passage);
        }
    }
    let first = quotes.len();
    let words = |quote: &Passage| {
        let (_, text) = texts.get(quote.text)?;
        text.get(quote.start..quote.end).map(bare_words)
    };
    for quote in &theme.quotes {
        let known = |q: &Passage| q.text == quote.text || words(q) == words(quote);
        if first < QUOTES && quotes.len() < QUOTES && !quotes.iter().any(known) {
            quotes.push(*quote);
        }
    }
    theme.quotes = quotes;
}
