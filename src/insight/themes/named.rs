//! Names of themes for everybody. A name is made of phrases from answers: those that only a few
//! people used could tell who they are, and nobody has allowed to be quoted by them.

use std::collections::BTreeSet;

use super::OpenThemes;
use crate::analysis::themes::raised;
use crate::domain::ResponseId;

/// What stands between the phrases of a name.
const BETWEEN: [&str; 2] = ["; ", "、"];
/// Words that make a name where no phrase does.
const WORDS: usize = 3;

impl OpenThemes {
    /// The name of the theme at this place, of phrases that at least so many people used, or of
    /// such words; none if there are none. What an organizer calls a theme stays as it is, and
    /// with `least` 0 every name does.
    pub fn name(&self, place: usize, least: usize) -> Option<String> {
        let theme = self.found.themes.get(place)?;
        if least == 0 || self.is_named(place) {
            return Some(theme.label.clone());
        }
        let texts = theme.mentions.iter().filter_map(|at| self.texts.get(*at));
        let texts: Vec<(ResponseId, String)> =
            texts.map(|(id, text)| (*id, text.to_lowercase())).collect();
        let shared = |phrase: &&str| {
            let phrase = phrase.to_lowercase();
            let who = texts.iter().filter(|(_, text)| says(text, &phrase)).map(|(id, _)| *id);
            who.collect::<BTreeSet<_>>().len() >= least
        };
        let between = BETWEEN.into_iter().find(|mark| theme.label.contains(mark));
        let between = between.unwrap_or("; ");
        let phrases: Vec<&str> = theme.label.split(between).filter(shared).collect();
        let words = theme.keywords.iter().map(String::as_str).filter(shared);
        let parts = if phrases.is_empty() { words.take(WORDS).collect() } else { phrases };
        (!parts.is_empty()).then(|| raised(&parts.join(between)))
    }

    /// Whether an organizer has named the theme at this place.
    fn is_named(&self, place: usize) -> bool {
        self.kept
            .as_ref()
            .is_some_and(|(ids, kept)| ids.get(place).is_some_and(|id| kept.named.contains(id)))
    }
}

/// Whether a phrase stands in a text, from the beginning of a word.
fn says(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let latin = |c: char| c.is_alphanumeric() && c.is_ascii();
        !phrase.starts_with(latin) || !before.is_some_and(latin)
    })
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_phrase_begins_where_a_word_does() {
        assert!(says("higher taxes, please", "tax"));
        assert!(!says("artists start", "tart"));
        assert!(says("start with art", "art"));
        assert!(says("更多的合成数据", "合成数据") && !says("数据合成", "合成数据"));
        assert!(!says("", "art"));
    }
}
