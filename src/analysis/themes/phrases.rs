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
    /// Whether it is all that is said between two marks, as people name what they mean:
    /// "World models.", "My bet is continual learning."
    pub whole: bool,
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

/// Small words that may stand inside a name.
const INSIDE: [&str; 8] = ["of", "for", "in", "on", "的", "之", "与", "和"];

/// The phrases of a passage.
pub(super) fn phrases(text: &str, language: &str, capitals: &Capitals) -> Vec<Phrase> {
    let words = words(text, language);
    let most = if language == "zh" { MOST_CHINESE_WORDS } else { MOST_WORDS };
    let mut out = Vec::new();
    for segment in words.chunk_by(|_, next| !next.breaks) {
        let telling = segment.iter().filter(|word| word.tells()).count();
        for from in (0..segment.len()).filter(|at| segment.get(*at).is_some_and(Word::tells)) {
            for count in 1..=most {
                let Some(inside) = segment.get(from..from + count) else { break };
                let Some(last) = inside.last() else { break };
                let small = inside.iter().filter(|word| word.stop).count();
                if small > 1 || (last.stop && !INSIDE.contains(&last.key.as_str())) {
                    break;
                }
                if last.tells()
                    && let Some(phrase) = phrase(text, inside, telling, capitals)
                {
                    out.push(phrase);
                }
            }
        }
    }
    out
}

fn phrase(text: &str, words: &[Word<'_>], telling: usize, capitals: &Capitals) -> Option<Phrase> {
    let (first, last) = (words.first()?, words.last()?);
    let rest = text.get(first.start + first.surface.len()..last.start + last.surface.len())?;
    let surface = capitals.inside(first) + rest;
    let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = surface.chars().any(char::is_alphabetic);
    if !named || surface.chars().count() > MOST_CHARACTERS {
        return None;
    }
    let own: Vec<&Word<'_>> = words.iter().filter(|word| word.tells()).collect();
    let stems: BTreeSet<&String> = own.iter().map(|word| &word.key).collect();
    Some(Phrase {
        stems: stems.into_iter().cloned().collect(),
        surface,
        whole: own.len() == telling,
    })
}

#[cfg(test)]
mod tests {
    use super::{Capitals, phrases};

    fn surfaces(text: &str, language: &str, whole: bool) -> Vec<String> {
        phrases(text, language, &Capitals::default())
            .into_iter()
            .filter(|phrase| phrase.whole == whole)
            .map(|phrase| phrase.surface)
            .collect()
    }

    #[test]
    fn a_name_that_stands_alone_is_known_as_one() {
        assert_eq!(surfaces("My bet is continual learning.", "en", true), ["continual learning"]);
        assert_eq!(surfaces("世界模型，才是关键", "zh", true), ["世界模型"]);
    }

    #[test]
    fn phrases_do_not_begin_or_end_with_small_words_or_cross_marks() {
        assert_eq!(
            surfaces("The cost of energy, robots and chips", "en", false),
            ["cost", "energy", "robots", "chips"]
        );
        assert_eq!(
            surfaces("The cost of energy, robots", "en", true),
            ["cost of energy", "robots"]
        );
    }

    #[test]
    fn a_capital_that_only_opens_a_sentence_is_not_kept() {
        let mut capitals = Capitals::default();
        capitals.learn("I like Lean and robots", "en");
        let first = |text: &str| phrases(text, "en", &capitals).remove(0).surface;
        assert_eq!(first("Robots win"), "robots");
        assert_eq!(first("Lean wins"), "Lean");
        assert_eq!(first("RLHF wins"), "RLHF");
    }
}
