//! What differs between two texts, word by word; Chinese, character by character.

/// A piece of two texts that are laid beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// In both.
    Same(&'a str),
    /// Only in the earlier one.
    Gone(&'a str),
    /// Only in the later one.
    New(&'a str),
}

/// Longer texts, in words, are shown as one gone and one new.
const MOST: usize = 2_000;

/// The pieces of both texts in order: those that are gone before those that came in their place.
pub fn pieces<'a>(before: &'a str, after: &'a str) -> Vec<Piece<'a>> {
    let (old, new) = (words(before), words(after));
    if old.len() > MOST || new.len() > MOST {
        return [Piece::Gone(before), Piece::New(after)].to_vec();
    }
    let common = common(&old, &new);
    let (mut from, mut to) = (old.iter(), new.iter());
    let mut found = vec![];
    for word in common.iter().map(Some).chain([None]) {
        let is_common = |other: &&&str| word.is_some_and(|word| *word == **other);
        let gone = from.by_ref().take_while(|other| !is_common(other));
        found.extend(gone.map(|word| Piece::Gone(word)));
        let came = to.by_ref().take_while(|other| !is_common(other));
        found.extend(came.map(|word| Piece::New(word)));
        found.extend(word.map(|word| Piece::Same(word)));
    }
    joined(before, after, found)
}

/// Words with the white space behind them; each Chinese character and each mark by itself.
pub fn words(text: &str) -> Vec<&str> {
    let mut words = vec![];
    let mut start = 0;
    let mut last: Option<Sort> = None;
    for (at, c) in text.char_indices() {
        let sort = Sort::of(c);
        let goes_on = last.is_none()
            || sort == Sort::Space
            || (last, sort) == (Some(Sort::Letter), Sort::Letter);
        if !goes_on {
            words.extend(text.get(start..at));
            start = at;
        }
        last = Some(sort);
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    Space,
    Alone,
}

impl Sort {
    fn of(c: char) -> Self {
        // Scripts that put no space between words begin with the marks of Chinese.
        let alone = u32::from(c) >= 0x2e80 || !(c.is_alphanumeric() || c == '\'' || c == '’');
        if c.is_whitespace() {
            Self::Space
        } else if alone {
            Self::Alone
        } else {
            Self::Letter
        }
    }
}

/// A longest list of words that stand in both in this order.
fn common<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<&'a str> {
    // lengths[i][j]: of old[i..] and new[j..], row by row from the end.
    let mut lengths = vec![vec![0_u16; new.len() + 1]];
    for one in old.iter().rev() {
        let below = lengths.last().cloned().unwrap_or_default();
        let mut row = vec![0_u16; new.len() + 1];
        for (place, two) in new.iter().enumerate().rev() {
            let at = |row: &[u16], place: usize| row.get(place).copied().unwrap_or(0);
            let length = if one == two {
                at(&below, place + 1) + 1
            } else {
                at(&below, place).max(at(&row, place + 1))
            };
            if let Some(cell) = row.get_mut(place) {
                *cell = length;
            }
        }
        lengths.push(row);
    }
    let length = |i: usize, j: usize| {
        let row = (old.len().checked_sub(i)).and_then(|at| lengths.get(at));
        row.and_then(|row| row.get(j)).copied().unwrap_or(0)
    };
    let (mut i, mut j, mut found) = (0, 0, vec![]);
    while let (Some(one), Some(two)) = (old.get(i), new.get(j)) {
        if one == two {
            found.push(*one);
            (i, j) = (i + 1, j + 1);
        } else if length(i + 1, j) >= length(i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Neighbours of one sort as one piece of the text that they are from.
fn joined<'a>(before: &'a str, after: &'a str, found: Vec<Piece<'a>>) -> Vec<Piece<'a>> {
    let (mut from, mut to) = (0, 0);
    let mut joined: Vec<Piece<'a>> = vec![];
    for piece in found {
        let last = joined.pop();
        let cut =
            |text: &'a str, start: usize, end: usize| text.get(start..end).unwrap_or_default();
        let longer = |had: usize, word: &str, end: usize, text: &'a str| {
            cut(text, end - had, end + word.len())
        };
        match (last, piece) {
            (Some(Piece::Same(had)), Piece::Same(word)) => {
                joined.push(Piece::Same(longer(had.len(), word, to, after)));
            }
            (Some(Piece::Gone(had)), Piece::Gone(word)) => {
                joined.push(Piece::Gone(longer(had.len(), word, from, before)));
            }
            (Some(Piece::New(had)), Piece::New(word)) => {
                joined.push(Piece::New(longer(had.len(), word, to, after)));
            }
            (last, piece) => {
                joined.extend(last);
                joined.push(piece);
            }
        }
        match piece {
            Piece::Same(word) => (from, to) = (from + word.len(), to + word.len()),
            Piece::Gone(word) => from += word.len(),
            Piece::New(word) => to += word.len(),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let shown = pieces(before, after).into_iter().map(|piece| match piece {
            Piece::Same(text) => text.to_owned(),
            Piece::Gone(text) => format!("[-{text}]"),
            Piece::New(text) => format!("[+{text}]"),
        });
        shown.collect()
    }

    #[test]
    fn what_changed_is_told_word_by_word() {
        assert_eq!(shown("What do you want?", "What do we want?"), "What do [-you ][+we ]want?");
        assert_eq!(
            shown("同意这个观点吗？", "不同意这个看法吗？"),
            "[+不]同意这个[-观点][+看法]吗？"
        );
        assert_eq!(shown("", "New words"), "[+New words]");
        assert_eq!(shown("Old words", ""), "[-Old words]");
        assert_eq!(shown("The same.", "The same."), "The same.");
        assert_eq!(shown("teh end", "the end"), "[-teh ][+the ]end");
    }

    #[test]
    fn both_texts_can_be_read_from_the_pieces() {
        let texts = ["", "a b", "b a", "不a  b。c\n\nd", "a don’t, b", "a b a b a", "字字 a"];
        for before in texts {
            for after in texts {
                let all = pieces(before, after);
                let of = |gone: bool| -> String {
                    let kept = all.iter().filter_map(|piece| match *piece {
                        Piece::Same(text) => Some(text),
                        Piece::Gone(text) => gone.then_some(text),
                        Piece::New(text) => (!gone).then_some(text),
                    });
                    kept.collect()
                };
                assert_eq!((of(true).as_str(), of(false).as_str()), (before, after));
            }
        }
    }
}
