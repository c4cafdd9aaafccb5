//! Search as people expect it: case, accents and width do not matter, and what was found is
//! pointed at in the text as it was written.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::language::han;

mod wanted;

pub use wanted::Wanted;

/// Finds every place where `needle` stands in `haystack`: [`Needle::find`], for once.
pub fn find(needle: &str, haystack: &str) -> Vec<(usize, usize)> {
    Needle::new(needle).find(haystack)
}

/// What is searched for, made ready for many texts.
///
/// Compared after compatibility decomposition (Unicode NFKD, which equals NFKC once marks are
/// gone), in lower case, without marks; a run of white space equals one space. A needle of
/// nothing but marks and space finds nothing. Linear in both.
#[derive(Clone, Debug)]
pub struct Needle {
    folded: Vec<char>,
    fallback: Vec<usize>,
    /// Its bytes, where it is of ASCII letters, digits and signs only.
    plain: Option<Vec<u8>>,
}

impl Needle {
    /// Makes it ready.
    pub fn new(needle: &str) -> Self {
        let mut folded: Vec<char> = fold(needle.trim()).into_iter().map(|f| f.value).collect();
        if folded.iter().all(|c| *c == ' ') {
            folded.clear();
        }
        let byte = |c: &char| u8::try_from(*c).ok().filter(u8::is_ascii_graphic);
        let plain = folded.iter().map(byte).collect();
        Self { fallback: failure(&folded), folded, plain }
    }

    /// Whether it stands in the text anywhere. Nothing is put aside for it: a hundred thousand
    /// answers are looked through while somebody waits.
    pub fn is_in(&self, haystack: &str) -> bool {
        if self.folded.is_empty() {
            return false;
        }
        match &self.plain {
            Some(plain) if haystack.is_ascii() => is_in_plain(plain, haystack.as_bytes()),
            // ASCII stays ASCII when it is folded.
            None if haystack.is_ascii() && !self.folded.iter().all(char::is_ascii) => false,
            _ => self.is_in_folded(haystack),
        }
    }

    fn is_in_folded(&self, haystack: &str) -> bool {
        let (mut matched, mut after_space) = (0, false);
        for c in haystack.chars() {
            let mut found = false;
            each_folded(c, |value| {
                let space = value == ' ' && c.is_whitespace();
                if !(space && after_space) {
                    matched = self.step(matched, value);
                    found |= matched == self.folded.len();
                }
                after_space = value == ' ';
            });
            if found {
                return true;
            }
        }
        false
    }

    /// How much of it has been read when this follows.
    fn step(&self, mut matched: usize, value: char) -> usize {
        while matched > 0 && self.folded.get(matched) != Some(&value) {
            matched = self.fallback.get(matched - 1).copied().unwrap_or(0);
        }
        matched + usize::from(self.folded.get(matched) == Some(&value))
    }

    /// Every place where it stands, as byte spans of the text: on character boundaries, in
    /// order, without overlap.
    pub fn find(&self, haystack: &str) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        if self.folded.is_empty() {
            return found;
        }
        let hay = fold(haystack);
        let mut matched = 0;
        for (at, folded) in hay.iter().enumerate() {
            matched = self.step(matched, folded.value);
            if matched == self.folded.len() {
                matched = 0;
                let start = (at + 1).checked_sub(self.folded.len()).and_then(|at| hay.get(at));
                if let Some(start) = start
                    && found.last().is_none_or(|(_, end)| *end <= start.start)
                {
                    found.push((start.start, folded.end));
                }
            }
        }
        found
    }
}

/// Whether the bytes stand there, in either case. `needle` is in lower case.
fn is_in_plain(needle: &[u8], haystack: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else { return false };
    let other = first.to_ascii_uppercase();
    let mut left = haystack;
    while let Some(at) = left.iter().position(|byte| *byte == *first || *byte == other) {
        let Some((_, after)) = left.split_at_checked(at + 1) else { return false };
        if after.get(..rest.len()).is_some_and(|there| there.eq_ignore_ascii_case(rest)) {
            return true;
        }
        left = after;
    }
    false
}

/// One character after folding, and the span in the original that it stands for.
struct Folded {
    value: char,
    start: usize,
    end: usize,
}

fn fold(text: &str) -> Vec<Folded> {
    let mut out: Vec<Folded> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if c.is_whitespace() {
            match out.last_mut() {
                Some(last) if last.value == ' ' => last.end = end,
                _ => out.push(Folded { value: ' ', start, end }),
            }
            continue;
        }
        let before = out.len();
        each_folded(c, |value| out.push(Folded { value, start, end }));
        // A mark of its own belongs to the letter before it.
        if out.len() == before
            && let Some(last) = out.last_mut()
        {
            last.end = end;
        }
    }
    out
}

/// What a character is compared as: no character, one, or several.
fn each_folded(c: char, mut take: impl FnMut(char)) {
    match c {
        // Most of what is written needs no table.
        _ if c.is_whitespace() => take(' '),
        '\0'..='\x7f' => take(c.to_ascii_lowercase()),
        '\u{4e00}'..='\u{9fff}' | '\u{3001}' | '\u{3002}' => take(c),
        _ => {
            for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd() {
                match part {
                    'ß' => ['s', 's'].into_iter().for_each(&mut take),
                    'ς' => take('σ'),
                    '’' | '‘' => take('\''),
                    _ if is_combining_mark(part) || invisible(part) => {}
                    _ if part.is_whitespace() => take(' '),
                    value => take(value),
                }
            }
        }
    }
}

/// Whether it is of a word that is parted from others by spaces and signs.
fn letter(c: char) -> bool {
    c.is_alphanumeric() && !han(c) && !matches!(c, '\u{2e80}'..='\u{feff}')
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The failure function of Knuth, Morris and Pratt (1977).
fn failure(needle: &[char]) -> Vec<usize> {
    let mut table = vec![0; needle.len()];
    let mut length = 0;
    for at in 1..needle.len() {
        while length > 0 && needle.get(at) != needle.get(length) {
            length = table.get(length - 1).copied().unwrap_or(0);
        }
        if needle.get(at) == needle.get(length) {
            length += 1;
        }
        if let Some(cell) = table.get_mut(at) {
            *cell = length;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    #![expect(clippy::string_slice, reason = "a test may fail loudly")]

    use super::{Needle, find};
    use proptest::prelude::*;

    fn words(needle: &str, haystack: &str) -> Vec<String> {
        find(needle, haystack).into_iter().map(|(a, b)| haystack[a..b].to_owned()).collect()
    }

    #[test]
    fn case_accents_and_width_do_not_matter() {
        assert_eq!(
            words("cafe", "Café, CAFE\u{301}! ｃａｆｅ"),
            ["Café", "CAFE\u{301}", "ｃａｆｅ"]
        );
        assert_eq!(words("ÉLAN", "un elan, un élan"), ["elan", "élan"]);
        assert_eq!(words("strasse", "Hauptstraße"), ["straße"]);
        assert_eq!(words("ｌｌｍ", "An LLM"), ["LLM"]);
        assert_eq!(words("istanbul", "İstanbul"), ["İstanbul"]);
    }

    #[test]
    fn chinese_is_found_inside_a_sentence() {
        assert_eq!(words("模型", "世界模型与大模型"), ["模型", "模型"]);
        assert_eq!(find("模型", "世界模型"), [(6, 12)]);
    }

    #[test]
    fn runs_of_space_equal_one_space() {
        assert_eq!(words("world  models", "World\n\tmodels"), ["World\n\tmodels"]);
    }

    #[test]
    fn finds_do_not_overlap_and_nothing_finds_nothing() {
        assert_eq!(find("aa", "aaaaa"), [(0, 2), (2, 4)]);
        assert_eq!(find("aab", "aaaab"), [(2, 5)]);
        assert!(find("", "abc").is_empty());
        assert!(find(" \u{301}", "a b").is_empty());
        assert!(find("abc", "").is_empty());
    }

    proptest! {
        #[test]
        fn spans_are_slices_in_order(needle in "\\PC{0,3}", haystack in any::<String>()) {
            let mut last = 0;
            for (start, end) in find(&needle, &haystack) {
                prop_assert!(start >= last && end > start && haystack.get(start..end).is_some());
                last = end;
            }
        }

        #[test]
        fn what_is_found_is_in(needle in "\\PC{0,3}", haystack in "\\PC{0,40}", more in any::<String>()) {
            for hay in [haystack.as_str(), &more, &needle, &format!("{more}{needle}{haystack}")] {
                prop_assert_eq!(Needle::new(&needle).is_in(hay), !find(&needle, hay).is_empty());
            }
        }

        #[test]
        fn few_letters_in_many_forms_are_found_in_both_ways(
            needle in "[abé模型 \t\u{301}]{1,3}", haystack in "[aAbBÉé模型 \t\u{301}\u{a0}]{0,12}",
        ) {
            let needle = Needle::new(&needle);
            prop_assert_eq!(needle.is_in(&haystack), !needle.find(&haystack).is_empty());
        }

        #[test]
        fn plain_letters_are_found_as_the_standard_library_finds_them(
            needle in "[ab]{1,4}", haystack in "[abc]{0,40}",
        ) {
            let expected: Vec<_> =
                haystack.match_indices(&needle).map(|(at, m)| (at, at + m.len())).collect();
            prop_assert_eq!(find(&needle, &haystack), expected);
        }
    }
}
