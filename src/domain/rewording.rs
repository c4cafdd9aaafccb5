//! Whether changed words are the same question corrected, or another question: a proposal, by the
//! size of the change and by what turns a meaning around.

use std::collections::BTreeSet;

use super::Wording;
use super::difference::{Piece, pieces, words};
use super::kind::Kind;

/// What a change of a published question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewording {
    /// A slip mended: its answers are read as answers to one question.
    Corrected,
    /// Another question: answers stay with the words that they were given to.
    Replaced,
}

/// Above this share of letters that differ, it is another question.
const MUCH: f64 = 0.2;

/// Words that turn a sentence around, in English and Chinese; `n’t` is looked for at word ends.
const TURNS: [&str; 20] = [
    "not", "no", "never", "none", "nobody", "nothing", "without", "cannot", "less", "more",
    "least", "most", "always", "only", "不", "没", "无", "非", "未", "别",
];

/// What readers would say of the change from `before` to `after`, with the reason in words; nothing
/// where no reader sees another question, option or end of a scale.
pub fn proposed(before: &Wording, after: &Wording) -> Option<(Rewording, &'static str)> {
    use Rewording::{Corrected, Replaced};
    if before.kind.word() != after.kind.word() {
        return Some((Replaced, "it is answered in another way"));
    }
    if let (Kind::Scale(old), Kind::Scale(new)) = (&before.kind, &after.kind)
        && old.points != new.points
    {
        return Some((Replaced, "the scale has another number of points"));
    }
    let (old, new) = (texts(before), texts(after));
    let common: Vec<(&str, &str)> = old
        .iter()
        .filter_map(|(key, text)| {
            let now = new.iter().find(|(other, _)| other == key)?;
            Some((text.as_str(), now.1.as_str()))
        })
        .filter(|(text, now)| text != now)
        .collect();
    let gone = old.iter().any(|(key, _)| !new.iter().any(|(other, _)| other == key));
    let came = new.iter().any(|(key, _)| !old.iter().any(|(other, _)| other == key));
    if common.is_empty() && !gone && !came {
        return None;
    }
    for (text, now) in &common {
        if turned(text, now) {
            return Some((Replaced, "a number, or a word such as “not”, has changed"));
        }
        if apart(text, now) > MUCH {
            return Some((Replaced, "many of its words have changed"));
        }
    }
    Some(match (gone, came) {
        (true, _) => (Corrected, "lines were taken off; answers to those that stay are kept"),
        (_, true) => (Corrected, "lines were added; answers to those before are kept"),
        _ => (Corrected, "few letters have changed"),
    })
}

/// Everything that a reader answers to, by a name that stays.
fn texts(wording: &Wording) -> Vec<(String, String)> {
    let mut texts = vec![("prompt".to_owned(), wording.prompt.clone())];
    let mut kind = wording.kind.clone();
    kind.texts(&mut |key, text| texts.push((key.to_owned(), text.clone())));
    texts
}

/// The share of letters that differ, 0 to 1: edits (Levenshtein) by the longer text's length.
fn apart(before: &str, after: &str) -> f64 {
    let fold = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (old, new) = (fold(before), fold(after));
    let longest = old.len().max(new.len());
    if longest == 0 {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=new.len()).collect();
    for (place, one) in old.iter().enumerate() {
        let mut diagonal = place;
        let mut left = place + 1;
        let mut next = vec![left];
        for (two, above) in new.iter().zip(row.iter().skip(1)) {
            let changed = diagonal + usize::from(one != two);
            diagonal = *above;
            left = changed.min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    let edits = row.last().copied().unwrap_or(0);
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(edits) / number(longest)
}

/// Whether a number or a word that turns the meaning around came or went.
fn turned(before: &str, after: &str) -> bool {
    let turns = |piece: &Piece<'_>| match piece {
        Piece::Same(_) => BTreeSet::new(),
        Piece::Gone(text) | Piece::New(text) => words(text)
            .into_iter()
            .map(|word| word.trim().to_lowercase().replace('’', "'"))
            .filter(|word| {
                TURNS.contains(&word.as_str())
                    || word.ends_with("n't")
                    || word.chars().any(char::is_numeric)
            })
            .collect::<BTreeSet<String>>(),
    };
    let pieces = pieces(before, after);
    let of = |gone: bool| -> BTreeSet<String> {
        let those = pieces.iter().filter(|piece| match piece {
            Piece::Gone(_) => gone,
            Piece::New(_) => !gone,
            Piece::Same(_) => false,
        });
        those.flat_map(turns).collect()
    };
    of(true) != of(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::{Open, Single};
    use crate::domain::question::Line;

    fn open(prompt: &str) -> Wording {
        Wording::new(prompt, Kind::Open(Open { long: true, most: None }))
    }

    fn single(options: &[(&str, &str)]) -> Wording {
        let line = |(key, text): &(&str, &str)| Line { key: (*key).into(), text: (*text).into() };
        let options = options.iter().map(line).collect();
        Wording::new("Which one?", Kind::Single(Single { options, other: false }))
    }

    #[test]
    fn a_slip_is_corrected_and_another_question_replaces() {
        use Rewording::{Corrected, Replaced};
        for (before, after, what) in [
            ("What do you exspect of it?", "What do you expect of it?", Some(Corrected)),
            ("Where will it appear next?", "Where will it appear next?", None),
            ("Where will it appear", "Where will it appear?", Some(Corrected)),
            ("Should we do it?", "Should we not do it?", Some(Replaced)),
            ("Should we do it in 2026?", "Should we do it in 2027?", Some(Replaced)),
            ("Why don’t you write?", "Why do you write?", Some(Replaced)),
            ("What comes next for all of us?", "Who pays for it in the end?", Some(Replaced)),
            ("您同意这样做吗？", "您不同意这样做吗？", Some(Replaced)),
            ("您怎么看待数据的作用？", "您怎么看数据的作用？", Some(Corrected)),
        ] {
            let found = proposed(&open(before), &open(after)).map(|(what, _)| what);
            assert_eq!(found, what, "{before} → {after}");
        }
    }

    #[test]
    fn help_and_translations_are_no_other_question_and_lines_may_come_and_go() {
        let mut helped = open("Why?");
        helped.help = "Some words of help.".to_owned();
        assert_eq!(proposed(&open("Why?"), &helped), None);
        let before = single(&[("o1", "Red"), ("o2", "Green")]);
        let of = |after: &[(&str, &str)]| proposed(&before, &single(after)).map(|(what, _)| what);
        assert_eq!(
            of(&[("o1", "Red"), ("o2", "Green"), ("o3", "Blue")]),
            Some(Rewording::Corrected)
        );
        assert_eq!(of(&[("o2", "Green")]), Some(Rewording::Corrected));
        assert_eq!(of(&[("o1", "Black"), ("o2", "Green")]), Some(Rewording::Replaced));
        assert_eq!(of(&[("o2", "Green"), ("o1", "Red")]), None);
        assert_eq!(
            proposed(&before, &open("Which one?")).map(|(what, _)| what),
            Some(Rewording::Replaced)
        );
    }
}
