//! What passages are about, as tokens: words that name something, and pairs of words that stand
//! together in several answers and then count as one.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a passage or a key below their number"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::weak::weak;
use crate::analysis::{
    language::han,
    themes::{
        simple::simplified,
        terms::{Word, words},
    },
};

/// A pair counts as one token when it stands in this many texts.
const PAIR: usize = 2;
/// After these a word is an action, not a thing.
const BEFORE_VERBS: [&str; 22] = [
    "i", "you", "we", "they", "he", "she", "it", "to", "who", "can", "will", "would", "could",
    "should", "must", "may", "might", "not", "nobody", "i'd", "don't", "cannot",
];

/// A word or pair in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub key: String,
    pub surface: String,
}

/// A passage: of which text, and its tokens.
pub(super) struct Spoken<'a> {
    pub text: usize,
    pub slice: &'a str,
    pub language: &'a str,
}

/// What is needed of a word: all words of all passages are held at once.
struct Said<'a> {
    surface: &'a str,
    start: usize,
    /// The number of its key.
    key: usize,
    tells: bool,
    breaks: bool,
    opens: bool,
}

/// The keys of words, each once.
#[derive(Default)]
struct Keys {
    all: Vec<Rc<str>>,
    numbers: HashMap<Rc<str>, usize>,
}

impl Keys {
    fn number(&mut self, key: &str) -> usize {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let (key, number) = (Rc::<str>::from(key), self.all.len());
        self.all.push(key.clone());
        self.numbers.insert(key, number);
        number
    }

    fn said<'a>(&mut self, words: &[Word<'a>]) -> Vec<Said<'a>> {
        let said = |word: &Word<'a>| Said {
            surface: word.surface,
            start: word.start,
            key: self.number(&word.key),
            tells: word.tells(),
            breaks: word.breaks,
            opens: word.opens,
        };
        words.iter().map(said).collect()
    }
}

/// The tokens of each passage, in order.
pub(super) fn tokens(passages: &[Spoken<'_>]) -> Vec<Vec<Token>> {
    let mut keys = Keys::default();
    let read: Vec<Vec<Said<'_>>> =
        passages.iter().map(|passage| keys.said(&words(passage.slice, passage.language))).collect();
    let keys = keys.all;
    let actions = actions(&read);
    let names = |word: &Said<'_>| {
        word.tells
            && !weak(&simplified(&word.surface.to_lowercase()))
            && !actions.contains(&word.key)
    };
    // A pair may have one word that names nothing alone ("small teams"), but not as its head.
    let pair = |a: &Said<'_>, b: &Said<'_>| {
        let space = usize::from(!b.surface.chars().next().is_some_and(han));
        let joined = a.start + a.surface.len() + space == b.start;
        let acts = actions.contains(&a.key) || actions.contains(&b.key);
        let telling = names(a) || names(b);
        (joined && !b.breaks && a.tells && b.tells && telling && !acts)
            .then(|| format!("{} {}", keys[a.key], keys[b.key]))
    };
    let mut pairs: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (passage, words) in passages.iter().zip(&read) {
        for (a, b) in words.iter().zip(words.iter().skip(1)) {
            if let Some(key) = pair(a, b) {
                pairs.entry(key).or_default().insert(passage.text);
            }
        }
    }
    let together = |key: &String| pairs.get(key).is_some_and(|texts| texts.len() >= PAIR);
    read.iter()
        .zip(passages)
        .map(|(words, passage)| {
            let mut out = Vec::new();
            let mut rest = words.iter().peekable();
            while let Some(word) = rest.next() {
                let key = rest.peek().and_then(|next| pair(word, next)).filter(together);
                if let Some(key) = key
                    && let Some(next) = rest.next()
                {
                    let end = next.start + next.surface.len();
                    let surface = passage.slice.get(word.start..end).unwrap_or_default();
                    out.push(Token { key, surface: shown(surface, word.opens) });
                } else if names(word) {
                    let surface = shown(word.surface, word.opens);
                    out.push(Token { key: keys[word.key].to_string(), surface });
                }
            }
            out
        })
        .collect()
}

/// In lower case where only the start of a sentence asks for a capital.
fn shown(surface: &str, opens: bool) -> String {
    let surface = surface.strip_suffix("'s").or(surface.strip_suffix("’s")).unwrap_or(surface);
    let inside = surface.chars().skip(1).any(char::is_uppercase);
    if opens && !inside { surface.to_lowercase() } else { surface.to_owned() }
}

/// The keys of words that mostly stand where a verb stands.
fn actions(read: &[Vec<Said<'_>>]) -> BTreeSet<usize> {
    let mut seen: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for words in read {
        for (before, word) in words.iter().zip(words.iter().skip(1)) {
            let (verb, all) = seen.entry(word.key).or_default();
            let acts = BEFORE_VERBS.contains(&before.surface.to_lowercase().as_str());
            *verb += usize::from(acts && !word.breaks);
            *all += 1;
        }
    }
    let mostly = seen.into_iter().filter(|(_, (verb, all))| verb * 2 >= *all && *verb > 0);
    mostly.map(|(key, _)| key).collect()
}

/// What several people put around their answers in the same words.
pub(super) fn asides(spoken: &[Spoken<'_>]) -> BTreeSet<usize> {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, passage) in spoken.iter().enumerate() {
        let plain: String = passage
            .slice
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        same.entry(plain).or_default().push(at);
    }
    let edge = |at: usize| {
        let alone = |other: Option<usize>| {
            other.and_then(|o| spoken.get(o)).is_none_or(|o| o.text != spoken[at].text)
        };
        alone(at.checked_sub(1)) != alone(Some(at + 1))
    };
    same.into_values()
        .filter(|all| all.len() >= 2 && all.iter().all(|at| edge(*at)))
        .filter(|all| spoken[all[0]].slice.chars().count() < 60)
        .flatten()
        .collect()
}
