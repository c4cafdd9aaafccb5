//! Themes in open answers, found without a language model: which answers belong together, what
//! they have in common in their own words, and quotes that are slices of what was written.

pub mod assign;
mod build;
mod careless;
mod farthest;
mod graph;
mod group;
mod ideas;
mod kmeans;
mod labels;
mod lexical;
mod matrix;
mod model;
mod named;
mod phrases;
mod quotes;
mod random;
mod repeats;
mod simple;
mod space;
mod spread;
mod terms;
mod twins;

use std::collections::{BTreeMap, BTreeSet};

use build::{Known, build};
pub use farthest::farthest;
use group::{Member, group};
use ideas::{Answer, Asked, ideas};
pub use labels::raised;
pub use model::{Model, Unfit, from_wheel};
pub use named::names;
pub use repeats::bare_words;
use space::{Prepared, Reader};

use crate::analysis::passages::passages;

/// One answer.
#[derive(Clone, Debug)]
pub struct Text {
    /// The stable key of the response, unique; results do not depend on the order of the texts.
    pub key: String,
    /// What was written.
    pub text: String,
    /// The language of the questionnaire, believed where the text is too short to tell.
    pub language: Option<String>,
}

/// What the organizer may decide.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The words of the question, so that labels do not repeat it.
    pub question: String,
    /// The number of themes; by itself when `None`.
    pub themes: Option<usize>,
    /// Seed of the restarts: the same seed gives the same themes for ever.
    pub seed: u64,
    /// What tells how near two texts are in meaning.
    pub model: Model,
}

/// A span of one of the given texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Index into the given texts.
    pub text: usize,
    /// First byte, on a character boundary.
    pub start: usize,
    /// One past the last byte, on a character boundary.
    pub end: usize,
}

/// What several answers have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// One to three short phrases from the answers, joined by "; " or "、".
    pub label: String,
    /// The most central short passage.
    pub gist: Passage,
    /// The texts whose main theme it is, ascending.
    pub main: Vec<usize>,
    /// The texts that hold at least one passage of it, ascending; a superset of `main`.
    pub mentions: Vec<usize>,
    /// Its passages, in order of text and place.
    pub passages: Vec<Passage>,
    /// Two to four quotes, central and different, each from another text.
    pub quotes: Vec<Passage>,
    /// Words that are more common in it than elsewhere, the most telling first.
    pub keywords: Vec<String>,
}

/// What was found in all answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Themes {
    /// By the number of mentions, then by label.
    pub themes: Vec<Theme>,
    /// The texts that no theme fits, ascending.
    pub outside: Vec<usize>,
    /// The texts that say nothing: empty, "no idea", "n/a", "不知道"; ascending.
    pub uninformative: Vec<usize>,
    /// Groups of (nearly) identical texts, each ascending.
    pub repeats: Vec<Vec<usize>>,
}

/// With fewer different answers than this only those that repeat each other make a theme.
const FEW: usize = 8;

/// Gives back memory that is kept so that the next themes are found a tenth of a second earlier.
pub fn rest() {
    terms::chinese::close();
}

/// The words of a Chinese text, as the dictionary cuts them; [`rest`] closes it again.
pub fn chinese_words(text: &str) -> Vec<&str> {
    terms::words(text, "zh").into_iter().map(|word| word.surface).collect()
}

/// Finds the themes of the answers to one question.
///
/// Themes are groups of answers that are near in meaning and words; every further passage of an
/// answer may add the theme it is nearest to. With fewer than eight different answers, and no
/// number asked for, there are themes only where answers repeat each other. Depends on the keys,
/// texts, languages and settings only, not on the order of the texts. Above 3,000 different
/// answers the work grows in proportion to their number.
pub fn themes(texts: &[Text], settings: &Settings) -> Themes {
    let [uninformative, bare, told] = sorted(texts);
    let slices: Vec<&str> = told.iter().map(|at| written(texts, *at)).collect();
    let sources = repeats::repeats(&slices);
    let mut reader = Reader::new(&settings.model);
    let question = stems(&settings.question);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for source in &sources {
        *counts.entry(*source).or_default() += 1;
    }
    let distinct = counts.keys().filter_map(|at| slices.get(*at));
    let mut read: Vec<&str> = distinct.copied().collect();
    read.extend(slices.iter().flat_map(|text| {
        passages(text).into_iter().filter_map(|(start, end)| text.get(start..end))
    }));
    reader.expect(&read);
    let prior = |at: usize| texts.get(at).and_then(|text| text.language.as_deref());
    let prepared: BTreeMap<usize, Prepared> = counts
        .keys()
        .filter_map(|at| Some((*at, reader.read(slices.get(*at)?, prior(*told.get(*at)?)))))
        .collect();
    // Positions in `told` from here on; the last step goes back to the order of the caller.
    let answers: Vec<Answer<'_>> = prepared
        .iter()
        .filter_map(|(at, text)| {
            let people = counts.get(at).copied()?;
            Some(Answer { text: slices.get(*at)?, language: &text.language, people })
        })
        .collect();
    let several = settings.themes.is_none().then(|| {
        let asked = Asked { words: &question, options: &options(&settings.question) };
        ideas(&answers, asked, &mut reader, settings.seed)
    });
    let (known, themes) = if let Some(Some(several)) = several {
        let known = several.known(&slices, &sources, &prepared);
        let themes = build(
            &known,
            &several.space,
            &several.centres,
            &question,
            Some(several.names),
            &mut reader,
        );
        (known, themes)
    } else {
        let few = prepared.len() < FEW && settings.themes.is_none();
        let standing: Vec<usize> = prepared
            .keys()
            .copied()
            .filter(|at| !few || counts.get(at).is_some_and(|count| *count > 1))
            .collect();
        let members: Vec<Member<'_>> = standing
            .iter()
            .filter_map(|at| {
                let key =
                    told.get(*at).and_then(|at| texts.get(*at)).map(|text| text.key.as_str())?;
                let weight = counts.get(at).copied()?;
                Some(Member { key, prepared: prepared.get(at)?, weight })
            })
            .collect();
        let wanted = if few { Some(members.len()) } else { settings.themes };
        let grouping = group(&members, wanted, &question, settings.seed);
        let main: BTreeMap<usize, usize> = standing
            .iter()
            .zip(&grouping.main)
            .filter_map(|(at, group)| Some((*at, (*group)?)))
            .collect();
        let (space, centres) = (&grouping.space, &grouping.centres);
        let known: Vec<Known<'_>> = slices
            .iter()
            .zip(&sources)
            .map(|(text, source)| {
                let language =
                    prepared.get(source).map_or_else(String::new, |text| text.language.clone());
                let main = main.get(source).copied();
                let placed = spread::spread(text, &language, main, space, centres, &mut reader);
                Known { text, language, main, source: *source, placed }.settled()
            })
            .collect();
        let themes = build(&known, space, centres, &question, None, &mut reader);
        (known, themes)
    };
    let outside = (0..known.len())
        .filter(|at| known.get(*at).is_some_and(|known| known.placed.is_empty()))
        .collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, source) in sources.iter().enumerate() {
        groups.entry(*source).or_default().push(at);
    }
    let repeats = groups.into_values().filter(|group| group.len() > 1).collect();
    let mut found = Themes { themes, outside, uninformative: Vec::new(), repeats };
    found.give_back(&told);
    // Who only agrees, or names a year, said something that is no theme.
    found.outside.extend(bare);
    found.outside.sort_unstable();
    found.uninformative = uninformative;
    found.uninformative.sort_unstable();
    found
}

/// The texts that say nothing, those that say nothing which could be a theme, and the others; in
/// an order that hangs on their keys and words only.
fn sorted(texts: &[Text]) -> [Vec<usize>; 3] {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    let sorting = |at: &usize| texts.get(*at).map(|text| (&text.key, &text.text));
    order.sort_by(|a, b| sorting(a).cmp(&sorting(b)));
    let (nothing, told): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|at| careless::says_nothing(written(texts, *at)));
    let (bare, told) = told.into_iter().partition(|at| careless::adds_nothing(written(texts, *at)));
    [nothing, bare, told]
}

fn written(texts: &[Text], at: usize) -> &str {
    texts.get(at).map_or("", |text| text.text.as_str())
}

/// What the words of the question are counted as.
fn stems(question: &str) -> BTreeSet<String> {
    let language = crate::analysis::language::language(question, None);
    terms::words(question, &language).into_iter().map(|word| word.key).collect()
}

/// The stems of what a question offers: short parts between its marks, three or more of them.
fn options(question: &str) -> BTreeSet<String> {
    let language = crate::analysis::language::language(question, None);
    let words = terms::words(question, &language);
    let parts: Vec<&[terms::Word<'_>]> = words.chunk_by(|_, next| !next.breaks).collect();
    let short = |part: &&[terms::Word<'_>]| part.iter().filter(|word| word.tells()).count() <= 3;
    let offered: Vec<&[terms::Word<'_>]> = parts.into_iter().filter(short).collect();
    if offered.len() < 3 {
        return BTreeSet::new();
    }
    offered.into_iter().flatten().map(|word| word.key.clone()).collect()
}

impl Themes {
    /// From positions in the order of keys to positions in the order of the caller.
    fn give_back(&mut self, told: &[usize]) {
        let given = |at: usize| told.get(at).copied().unwrap_or(at);
        let back = |all: &mut Vec<usize>| {
            for at in all.iter_mut() {
                *at = given(*at);
            }
            all.sort_unstable();
        };
        for theme in &mut self.themes {
            back(&mut theme.main);
            back(&mut theme.mentions);
            for passage in
                theme.passages.iter_mut().chain(&mut theme.quotes).chain([&mut theme.gist])
            {
                passage.text = given(passage.text);
            }
            theme.passages.sort_unstable();
        }
        self.themes.sort_by(|a, b| {
            b.mentions.len().cmp(&a.mentions.len()).then_with(|| a.label.cmp(&b.label))
        });
        back(&mut self.outside);
        self.repeats.iter_mut().for_each(back);
        self.repeats.sort();
    }
}

#[cfg(test)]
mod tests;
