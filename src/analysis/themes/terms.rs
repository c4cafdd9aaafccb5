//! The words of a text: for counting (stems, without the small words) and for showing (as written).

pub(super) mod chinese;
mod stop;

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::simple::simple;
use crate::analysis::language::han;

/// One word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    /// As written.
    pub surface: &'a str,
    /// Where it begins in the text.
    pub start: usize,
    /// What it is counted as: lower case, normalized width, the stem.
    pub key: String,
    /// Whether it is too common to mean anything by itself.
    pub stop: bool,
    /// Whether a comma or a sentence ends before it.
    pub breaks: bool,
    /// Whether a sentence begins with it, so that its capital letter says nothing.
    pub opens: bool,
}

impl Word<'_> {
    pub fn han(&self) -> bool {
        self.surface.chars().next().is_some_and(han)
    }

    /// Whether it may be counted as a term.
    pub fn tells(&self) -> bool {
        !self.stop && (!self.han() || self.surface.chars().nth(1).is_some())
    }
}

/// The words of a text in its language.
pub(super) fn words<'a>(text: &'a str, language: &str) -> Vec<Word<'a>> {
    let stemmer = stemmer(language);
    let mut out = Vec::new();
    let (mut breaks, mut opens) = (true, true);
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let length = if han(c) {
            run(rest, |c, _| han(c))
        } else if c.is_alphanumeric() {
            run(rest, |c, next| {
                !han(c) && (c.is_alphanumeric() || joins(c, next) || mark(c) || suffix(c, next))
            })
        } else {
            0
        };
        if length == 0 {
            let sentence =
                matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '\n' | '•' | ':' | '：');
            let word =
                c.is_whitespace() || matches!(c, '*' | '_' | '#' | '`' | '$' | '@' | '&' | '\'');
            breaks |= !word || c == '\n';
            opens |= sentence;
            at += c.len_utf8();
            continue;
        }
        let slice = rest.get(..length).unwrap_or_default();
        let lengths = if han(c) { chinese::cut(slice) } else { vec![slice.len()] };
        let mut start = at;
        for length in lengths {
            let surface = text.get(start..start + length).unwrap_or_default();
            out.push(word(surface, start, language, stemmer.as_ref(), breaks, opens));
            start += surface.len();
            (breaks, opens) = (false, false);
        }
        at += length;
    }
    out
}

/// The length of the run of characters that `inside` accepts, given each and the one after it.
fn run(text: &str, inside: impl Fn(char, Option<char>) -> bool) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !inside(c, chars.peek().map(|(_, next)| *next)) {
            return at;
        }
    }
    text.len()
}

/// Marks that hold a word together when a letter follows: "fine-tuning", "don't", "node.js".
fn joins(c: char, next: Option<char>) -> bool {
    matches!(c, '-' | '\'' | '’' | '.' | '‐' | '‑' | '/')
        && next.is_some_and(|n| n.is_alphanumeric() && !han(n))
}

fn suffix(c: char, next: Option<char>) -> bool {
    matches!(c, '+' | '#') && next.is_none_or(|n| !n.is_alphanumeric())
}

fn mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn word<'a>(
    surface: &'a str,
    start: usize,
    language: &str,
    stemmer: Option<&Stemmer>,
    breaks: bool,
    opens: bool,
) -> Word<'a> {
    let lower: String = surface
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' => '\'',
            '‐' | '‑' => '-',
            other => simple(other),
        })
        .collect();
    let bare = lower.strip_suffix("'s").unwrap_or(&lower);
    let short = ["'ll", "'ve", "'re", "n't", "'d"].iter().any(|end| bare.ends_with(end));
    let stop = short
        || stop::stop(bare, language)
        || stop::stop(&lower, language)
        || (bare.len() < 2 && bare.is_ascii());
    let key = match stemmer {
        Some(stemmer) if bare.is_ascii() || !bare.chars().any(han) => stemmer.stem(bare),
        _ => Cow::Borrowed(bare),
    };
    Word { surface, start, key: key.into_owned(), stop, breaks, opens }
}

fn stemmer(language: &str) -> Option<Stemmer> {
    let algorithm = match language {
        "de" => Algorithm::German,
        "fr" => Algorithm::French,
        "es" => Algorithm::Spanish,
        "it" => Algorithm::Italian,
        "pt" => Algorithm::Portuguese,
        "nl" => Algorithm::Dutch,
        "sv" => Algorithm::Swedish,
        "ru" => Algorithm::Russian,
        // English words stand in Chinese texts as well.
        "en" | "zh" => Algorithm::English,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::string_slice, reason = "a test may fail loudly")]

    use super::words;

    fn keys(text: &str, language: &str) -> Vec<String> {
        words(text, language).into_iter().filter(super::Word::tells).map(|w| w.key).collect()
    }

    #[test]
    fn english_words_are_counted_by_their_stems() {
        assert_eq!(
            keys("The models’ learning, continually LEARNED: fine-tuning isn't it (C++).", "en"),
            ["model", "learn", "continu", "learn", "fine-tun", "c++"]
        );
    }

    #[test]
    fn chinese_words_come_from_the_dictionary() {
        assert_eq!(
            keys("我觉得合成数据和LLM的持续学习最重要", "zh"),
            ["合成", "数据", "llm", "持续", "学习"]
        );
    }

    #[test]
    fn words_are_slices_at_their_places() {
        let text = "Ｗorld-models, 世界模型! naïve\u{301}";
        for word in words(text, "en") {
            assert_eq!(&text[word.start..word.start + word.surface.len()], word.surface);
        }
        assert!(words("", "en").is_empty() && words("… 🙂", "zh").is_empty());
    }
}
