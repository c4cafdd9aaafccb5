//! Phrases of a passage that could name a theme, each with what it is counted as and as written.

use std::collections::{BTreeMap, BTreeSet};

use super::terms::{Word, words};

/// A longer phrase is a sentence, not a name.
const MOST_WORDS: usize = 4;
const MOST_CHINESE_WORDS: usize = 3;
const MOST_CHARACTERS: usize = 40;

/// A phrase: its stems in order of the alphabet, and how it is written.
pub(super) struct Phrase {
    pub stems: Vec<String>,
    pub surface: String,
}

/// How words are written inside sentences, so that a capital at the start of one can be judged.
#[derive(Default)]
pub(super) struct Capitals {
    /// For each word in lower case: how often it has a capital, how often not.
    seen: BTreeMap<String, (usize, usize)>,
}

impl Capitals {
    pub fn learn(&mut self, text: &str, language: &str) {
        for word in words(text, language).into_iter().filter(|word| !word.opens && !word.han()) {
            let (upper, lower) = self.seen.entry(word.surface.to_lowercase()).or_default();
            *(if capital(word.surface) { upper } else { lower }) += 1;
        }
    }

    /// A word as it would stand in the middle of a sentence.
    fn inside(&self, word: &Word<'_>) -> String {
        let lower = word.surface.to_lowercase();
        let proper = self.seen.get(&lower).is_some_and(|(upper, lower)| upper > lower);
        if word.opens && capital(word.surface) && !proper { lower } else { word.surface.to_owned() }
    }
}

/// Whether a word has its first letter, and only that, in upper case.
fn capital(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && !chars.any(char::is_uppercase)
}

/// The phrases of a passage.
pub(super) fn phrases(text: &str, language: &str, capitals: &Capitals) -> Vec<Phrase> {
    let words = words(text, language);
    let most = if language == "zh" { MOST_CHINESE_WORDS } else { MOST_WORDS };
    let mut out = Vec::new();
    for (from, first) in words.iter().enumerate().filter(|(_, word)| word.tells()) {
        let mut stops = 0;
        for (count, last) in words.iter().skip(from).take(most).enumerate() {
            if count > 0 && last.breaks {
                break;
            }
            stops += usize::from(last.stop);
            if stops > 1 {
                break;
            }
            if !last.tells() {
                continue;
            }
            let inside = words.get(from..=from + count).unwrap_or_default();
            let end = last.start + last.surface.len();
            let rest = text.get(first.start + first.surface.len()..end).unwrap_or_default();
            let surface = capitals.inside(first) + rest;
            let stems: BTreeSet<&String> =
                inside.iter().filter(|word| word.tells()).map(|word| &word.key).collect();
            let digits = surface.chars().all(|c| !c.is_alphabetic());
            if !digits && surface.chars().count() <= MOST_CHARACTERS {
                let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
                out.push(Phrase { stems: stems.into_iter().cloned().collect(), surface });
            }
        }
    }
    out
}
