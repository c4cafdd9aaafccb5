//! What a reader types to find answers: words, and phrases in quotation marks.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

use super::{Needle, each_folded, fold, letter};
use crate::analysis::language::han;
use crate::analysis::themes;

/// An English word of fewer letters is found as a word only: "ai" is in "said".
const SHORT: usize = 4;
const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];
/// Signs at the ends of a word that are none of it.
const AROUND: &str = ".,;:!?…'’()[]<>/。，、；：！？·（）【】《》〈〉";
/// Chinese words that only hold others together.
const HOLDING: &str = "的地得之了着与和及吗呢吧啊呀";

/// What is looked for: all of it has to be in an answer, in any order.
pub struct Wanted {
    parts: Vec<Part>,
}

enum Part {
    /// As it stands there: a phrase, a Chinese word, whatever is no English word.
    Literal(Needle),
    Word(Word),
}

impl Wanted {
    /// Reads what was typed. Words in Latin letters are found by their English stem, those of at
    /// least four letters inside longer ones, too; Chinese is cut into words; what stands in
    /// quotation marks is found as it stands. Nothing is in every text.
    pub fn new(typed: &str) -> Self {
        let mut parts = vec![];
        let mut rest = typed;
        while let Some(mark) = rest.find(|c| !closing(c).is_empty()) {
            let (before, marked) = rest.split_at_checked(mark).unwrap_or((rest, ""));
            words(before, &mut parts);
            let mut inside = marked.chars();
            let close = inside.next().map(closing).unwrap_or_default();
            rest = inside.as_str();
            // A mark that is never closed is none.
            if let Some((phrase, after)) = rest.split_once(close) {
                literal(phrase, &mut parts);
                rest = after;
            }
        }
        words(rest, &mut parts);
        if parts.is_empty() {
            literal(typed, &mut parts);
        }
        themes::rest();
        Self { parts }
    }

    /// Whether all of it is in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Literal(needle) => needle.is_in(text),
            Part::Word(word) => word.is_in(text),
        })
    }

    /// Every place where some of it stands, as byte spans of the text; they may overlap.
    pub fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let each = self.parts.iter().flat_map(|part| match part {
            Part::Literal(needle) => needle.find(text),
            Part::Word(word) => word.find(text),
        });
        each.collect()
    }
}

/// The marks that may close what this one opens; none if it is no quotation mark.
fn closing(mark: char) -> &'static [char] {
    match mark {
        '"' | '＂' => &['"', '＂'],
        '“' | '”' => &['”', '"'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        '「' => &['」'],
        '『' => &['』'],
        _ => &[],
    }
}

fn literal(text: &str, parts: &mut Vec<Part>) {
    if !text.trim().is_empty() {
        parts.push(Part::Literal(Needle::new(text)));
    }
}

/// The words of what stands outside of quotation marks.
fn words(text: &str, parts: &mut Vec<Part>) {
    for mut rest in text.split_whitespace() {
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c| han(c) != han(first)).unwrap_or(rest.len());
            let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            rest = after;
            if han(first) {
                chinese(run, parts);
                continue;
            }
            let word = run.trim_matches(|c| AROUND.contains(c));
            match Word::new(word) {
                Some(word) => parts.push(Part::Word(word)),
                None => literal(word, parts),
            }
        }
    }
}

/// The words of a run of Chinese characters, without those that only hold others together.
fn chinese(run: &str, parts: &mut Vec<Part>) {
    if run.chars().nth(1).is_none() {
        return literal(run, parts);
    }
    let mut words = themes::chinese_words(run);
    let holds = |word: &&str| word.chars().all(|c| HOLDING.contains(c));
    if !words.iter().all(holds) {
        words.retain(|word| !holds(word));
    }
    for word in words {
        literal(word, parts);
    }
}

/// A word in Latin letters.
struct Word {
    stem: String,
    /// What every word with this stem begins with.
    begin: Needle,
    begins: String,
    /// The word itself, if it is also looked for inside of others.
    whole: Option<Needle>,
    stemmer: Stemmer,
}

impl Word {
    fn new(typed: &str) -> Option<Self> {
        let folded: String = fold(typed).into_iter().map(|folded| folded.value).collect();
        let bare = folded.strip_suffix("'s").unwrap_or(&folded);
        if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        let stemmer = Stemmer::create(Algorithm::English);
        let stem = stem(&stemmer, bare).into_owned();
        let begins = beginning(&stem).to_owned();
        let whole = (bare.len() >= SHORT).then(|| Needle::new(bare));
        Some(Self { begin: Needle::new(&begins), begins, stem, whole, stemmer })
    }

    fn is_in(&self, text: &str) -> bool {
        let whole = || self.whole.as_ref().is_some_and(|whole| whole.is_in(text));
        self.begin.is_in(text) && (whole() || self.stems(text, |_| true))
    }

    fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = self.whole.as_ref().map(|whole| whole.find(text)).unwrap_or_default();
        self.stems(text, |span| {
            found.push(span);
            false
        });
        found
    }

    /// Looks at each word of the text that has this stem, until `enough` says so.
    fn stems(&self, text: &str, mut enough: impl FnMut((usize, usize)) -> bool) -> bool {
        let is = |word: &str| {
            word.starts_with(&self.begins)
                && (word == self.stem || stem(&self.stemmer, word) == self.stem)
        };
        let mut word = String::new();
        let (mut start, mut end) = (0, 0);
        for (at, c) in text.char_indices() {
            let (mut ended, mut mark) = (false, true);
            each_folded(c, |value| {
                mark = false;
                if letter(value) && !ended {
                    if word.is_empty() {
                        start = at;
                    }
                    word.push(value);
                    end = at + c.len_utf8();
                } else {
                    ended = true;
                }
            });
            // A mark of its own belongs to the letter before it.
            if mark {
                end = at + c.len_utf8();
            }
            if ended {
                if is(&word) && enough((start, end)) {
                    return true;
                }
                word.clear();
            }
        }
        is(&word) && enough((start, end))
    }
}

/// Snowball's English stem; "LLMs" are many, too, though there is no vowel in them.
fn stem<'a>(stemmer: &Stemmer, word: &'a str) -> Cow<'a, str> {
    match word.strip_suffix('s').filter(|one| one.len() > 1 && !word.contains(VOWELS)) {
        Some(one) if !one.ends_with('s') => Cow::Borrowed(one),
        _ => stemmer.stem(word),
    }
}

/// What every word of this stem begins with: stems end in other letters than their words where an
/// "e" came back (hoping, hope), a "y" is an "i" (city, citi), "-bility" is "-ble", or in "dying".
fn beginning(stem: &str) -> &str {
    let bent = match stem.as_bytes() {
        [_, .., b'i', b'e'] => 2,
        [_, .., b'e' | b'i' | b'y'] | [.., b'b', b'l'] => 1,
        _ => 0,
    };
    stem.get(..stem.len() - bent).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::string_slice, reason = "a test may fail loudly")]

    use super::*;

    fn found(wanted: &str, text: &str) -> Vec<String> {
        let wanted = Wanted::new(wanted);
        let spans = wanted.find(text);
        let words = spans.into_iter().map(|(a, b)| text[a..b].to_owned()).collect();
        if wanted.is_in(text) { words } else { vec![] }
    }

    fn finds(wanted: &str, text: &str) -> bool {
        !found(wanted, text).is_empty()
    }

    #[test]
    fn english_words_are_found_by_their_stem() {
        assert_eq!(found("taxes", "A TAX, and taxation"), ["TAX"]);
        assert_eq!(found("tax", "Taxes? Taxed taxis. Syntax!"), ["Taxes", "Taxed"]);
        assert_eq!(found("hoping", "I hope"), ["hope"]);
        for [one, other] in
            [["die", "dying"], ["sky", "skies"], ["happy", "happiness"], ["city", "Cities’"]]
        {
            assert!(finds(one, other) && finds(other, one), "{one} {other}");
        }
        assert!(finds("LLMs", "一个llm模型") && finds("llm模型", "模型 for an LLM"));
        assert!(finds("cafes", "Une CAFE\u{301}, ｃａｆｅ") && finds("country’s", "countries"));
    }

    #[test]
    fn every_word_begins_as_its_stem_does() {
        let stemmer = Stemmer::create(Algorithm::English);
        let odd = "dying ties tied lying skies skis idly gently ugly only early singly visibility \
                   possibly abilities agreed hoping hopping relational happily news stably sses";
        let article = include_str!("../../../examples/article.md").to_lowercase();
        let words = article.split(|c: char| !c.is_ascii_alphabetic()).chain(odd.split_whitespace());
        for word in words.filter(|word| !word.is_empty()) {
            let stem = stem(&stemmer, word);
            assert!(word.starts_with(beginning(&stem)), "{word}: {stem}");
        }
    }

    #[test]
    fn short_words_are_words_and_longer_ones_may_stand_in_others() {
        assert!(!finds("ai", "He said it again") && finds("ai", "With A.I. and (AI)"));
        assert!(finds("steuer", "Mehrwertsteuer") && finds("vacc", "A vaccine"));
        assert!(finds("c++", "In C++.") && !finds("c++", "In C."));
        assert!(finds("GPT-4", "with gpt-4o") && finds("50%", "at 50%."));
        assert!(finds("модел", "Новая модель"));
    }

    #[test]
    fn chinese_is_cut_and_each_word_needed() {
        assert_eq!(found("疫苗副作用", "疫苗的副作用还不清楚"), ["疫苗", "副作用"]);
        assert!(finds("疫苗的副作用", "副作用来自疫苗") && !finds("疫苗副作用", "疫苗很好"));
        assert!(finds("疫苗，副作用？", "疫苗的副作用") && finds("的", "疫苗的副作用"));
    }

    #[test]
    fn all_words_are_needed_in_any_order() {
        assert!(finds("fewer  car, trams", "Trams and fewer cars"));
        assert!(!finds("trams buses", "Trams and fewer cars"));
    }

    #[test]
    fn phrases_are_found_as_they_stand() {
        let text = "More trams, please. 需要更多研究。";
        for phrase in [
            "“more trams”",
            "\"More  TRAMS\"",
            "「需要更多」",
            "『更多研究』",
            "«trams, please»",
            "„trams“",
        ] {
            assert!(finds(phrase, text), "{phrase}");
        }
        assert!(!finds("\"trams more\"", text) && finds("trams more", text));
        assert!(!finds("「更多需要」", text) && finds("更多需要", text));
        assert!(finds("please \"more trams\" 研究", text) && !finds("buses \"more trams\"", text));
        assert!(!finds("\"tram please\"", text));
        // A mark without its other one, or with nothing between them.
        assert!(finds("\"more trams", text) && finds("trams\"", text) && !finds("\"\"", text));
    }

    #[test]
    fn nothing_wanted_is_in_every_text() {
        assert!(Wanted::new("  ").is_in("anything") && Wanted::new("").is_in(""));
        assert!(!Wanted::new("?").is_in("no") && Wanted::new("?").is_in("Why?"));
    }
}
