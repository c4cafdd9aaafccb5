//! Sentences about a theme, checked against the answers: each must rest on answers of the theme,
//! each number in it must be one that can be counted, each quoted piece must be words of an answer
//! it rests on. A language model may have written them; nothing is believed.

use unicode_normalization::UnicodeNormalization as _;

use super::OpenThemes;
use super::edit::Sentence;

/// Why a sentence is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It names no answer that it rests on.
    NoAnswer,
    /// It names an answer that is not in the theme.
    Stranger,
    /// It holds a number that nothing here counts to.
    Number(String),
    /// It puts words between quotation marks that stand in no answer it rests on.
    Quote(String),
    /// It is empty, or longer than a sentence is.
    Length,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoAnswer => f.write_str("it names no answer that it rests on"),
            Self::Stranger => f.write_str("it names an answer that is not in this theme"),
            Self::Number(number) => write!(f, "nothing that can be counted here is {number}"),
            Self::Quote(words) => {
                write!(f, "no answer that it names holds the words “{words}”")
            }
            Self::Length => f.write_str("it is empty or too long for a sentence"),
        }
    }
}

/// Longest sentence, in characters.
const LONGEST: usize = 400;

/// Checks a sentence about the theme at this place.
///
/// # Errors
/// The first fault.
pub fn check(open: &OpenThemes, place: usize, sentence: &Sentence) -> Result<(), Fault> {
    let Some(theme) = open.found.themes.get(place) else { return Err(Fault::Stranger) };
    let text = sentence.text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Fault::Length);
    }
    if sentence.answers.is_empty() {
        return Err(Fault::NoAnswer);
    }
    let mut answers = vec![];
    for id in &sentence.answers {
        let of = theme.mentions.iter().filter_map(|at| open.texts.get(*at));
        let (_, text) = of.into_iter().find(|(by, _)| by == id).ok_or(Fault::Stranger)?;
        answers.push(fold(text));
    }
    for words in quoted(text) {
        let folded = fold(&words);
        if folded.is_empty() || !answers.iter().any(|answer| answer.contains(&folded)) {
            return Err(Fault::Quote(words));
        }
    }
    let mut rest = fold(text);
    for words in quoted(text) {
        // What is word for word somebody's is not ours to count.
        rest = rest.replace(&fold(&words), " ");
    }
    let (mentions, main, all) = (theme.mentions.len(), theme.main.len(), open.texts.len());
    let percent = |part: usize| (part * 200 + all) / (2 * all).max(1);
    let counted = [mentions, main, all, open.of, percent(mentions), percent(main), answers.len()];
    for number in numbers(&rest) {
        let fits = counted.iter().any(|counted| counted.to_string() == number);
        // A number that the answers themselves hold ("GPT 4", "2030") is their word.
        let said = || answers.iter().any(|answer| numbers(answer).contains(&number));
        if !fits && !said() {
            return Err(Fault::Number(number));
        }
    }
    Ok(())
}

/// Compatibility forms, case and runs of space do not matter.
fn fold(text: &str) -> String {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' => '\'',
            c => c,
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between quotation marks of any kind.
fn quoted(text: &str) -> Vec<String> {
    const MARKS: [(char, char); 7] =
        [('“', '”'), ('"', '"'), ('「', '」'), ('『', '』'), ('«', '»'), ('„', '“'), ('＂', '＂')];
    let mut found = vec![];
    let mut open: Option<(char, String)> = None;
    for c in text.chars() {
        match &mut open {
            Some((close, words)) if c == *close => {
                found.push(std::mem::take(words));
                open = None;
            }
            Some((_, words)) => words.push(c),
            None => {
                let mark = MARKS.iter().find(|(first, _)| *first == c);
                open = mark.map(|(_, close)| (*close, String::new()));
            }
        }
    }
    // Marks that never close hide nothing.
    found.extend(open.map(|(_, words)| words));
    found
}

/// Whole numbers in digits or in words: "1,200" is 1200, "three" and "三" are 3.
fn numbers(text: &str) -> Vec<String> {
    const WORDS: [(&str, &str); 18] = [
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("forty", "40"),
        ("fifty", "50"),
        ("hundred", "100"),
        ("hundreds", "hundreds"),
        ("thousand", "1000"),
    ];
    const HAN: [(char, u32); 10] = [
        ('两', 2),
        ('二', 2),
        ('三', 3),
        ('四', 4),
        ('五', 5),
        ('六', 6),
        ('七', 7),
        ('八', 8),
        ('九', 9),
        ('十', 10),
    ];
    let chars: Vec<char> = text.chars().collect();
    let mut found = vec![];
    let mut digits = String::new();
    for (at, c) in chars.iter().enumerate() {
        let next = chars.get(at + 1);
        if c.is_ascii_digit() {
            digits.push(*c);
        } else if matches!(c, ',' | '.')
            && !digits.is_empty()
            && next.is_some_and(char::is_ascii_digit)
        {
            if *c == '.' {
                digits.push('.');
            }
        } else if !digits.is_empty() {
            found.push(std::mem::take(&mut digits));
        }
        // Before a counter only: 三分 is a number, 第三 or 三明治 may be none.
        let counts = next.is_some_and(|c| "个人名位成条分".contains(*c));
        if counts && let Some((_, value)) = HAN.iter().find(|(han, _)| han == c) {
            found.push(value.to_string());
        }
    }
    if !digits.is_empty() {
        found.push(digits);
    }
    for word in text.split(|c: char| !c.is_alphabetic()) {
        found.extend(WORDS.iter().find(|(name, _)| *name == word).map(|(_, n)| (*n).to_owned()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        assert_eq!(numbers("1,200 of 31.5 people, gpt-4"), ["1200", "31.5", "4"]);
        assert_eq!(numbers("three of twenty say so"), ["3", "20"]);
        assert_eq!(numbers("三个人中有两位；第三世界"), ["3", "2"]);
        assert!(numbers("nothing, one could say").is_empty());
    }

    #[test]
    fn quotes_are_found_in_every_kind_of_marks() {
        assert_eq!(quoted("“a b” and \"c\" 「d」 «e» “open"), ["a b", "c", "d", "e", "open"]);
        assert!(quoted("it's what they don't say").is_empty());
    }

    #[test]
    fn folding_forgets_case_width_and_space() {
        assert_eq!(fold(" Ｗｏｒｌｄ\n models’ "), "world models'");
    }
}
