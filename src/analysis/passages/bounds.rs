//! Where sentences end and where long ones may be cut.

use crate::analysis::language::han;

/// A span before trimming.
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
}

/// Longer sentences than this many words are cut at conjunctions.
const LONG_WORDS: usize = 10;
/// Longer Chinese sentences than this many characters are cut at commas.
const LONG_HAN: usize = 24;
/// The least a clause holds.
const CLAUSE_WORDS: usize = 4;
const CLAUSE_HAN: usize = 8;

const TURNS: [&str; 14] = [
    "and", "but", "because", "although", "though", "while", "whereas", "however", "so", "or",
    "also", "unless", "instead", "then",
];
/// Those after which no comma is needed to make a new clause.
const FREE_TURNS: [&str; 7] =
    ["but", "because", "although", "though", "while", "whereas", "however"];
const ABBREVIATIONS: [&str; 20] = [
    "e.g", "i.e", "vs", "dr", "mr", "mrs", "ms", "prof", "etc", "cf", "al", "st", "no", "fig",
    "approx", "inc", "ltd", "jr", "sr", "z.b",
];

/// The sentences of a text, or with `cut` their clauses.
pub(super) fn pieces(text: &str, cut: bool) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        if !ends(text.get(start..at).unwrap_or_default(), c, next) {
            continue;
        }
        // Closing quotes and further marks belong to the sentence they close.
        while let Some((at, c)) = chars.next_if(|(_, c)| closing(*c)) {
            end = at + c.len_utf8();
        }
        sentence(text, start, end, cut, &mut out);
        start = end;
    }
    sentence(text, start, text.len(), cut, &mut out);
    out
}

fn closing(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '。'
            | '！'
            | '？'
            | '…'
            | '"'
            | '\''
            | '”'
            | '’'
            | '」'
            | '』'
            | '）'
            | ')'
            | '»'
    )
}

/// Whether the sentence `before` ends with `c`.
fn ends(before: &str, c: char, next: Option<char>) -> bool {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '。' | '！' | '？' | '；' | '•' | '▪' | '●' => {
            true
        }
        '!' | '?' | ';' | '…' => next.is_none_or(|n| n.is_whitespace() || closing(n) || han(n)),
        '.' => next.is_none_or(|n| n.is_whitespace() || quote(n)) && !abbreviated(before),
        _ => false,
    }
}

fn quote(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | ')' | '»' | '」')
}

/// Whether a point after `before` belongs to an abbreviation, an initial or a list number.
fn abbreviated(before: &str) -> bool {
    let from = before
        .char_indices()
        .rev()
        .take(12)
        .find(|(_, c)| c.is_whitespace() || *c == '(')
        .map_or_else(
            || before.char_indices().rev().nth(11).map_or(0, |(at, _)| at),
            |(at, c)| at + c.len_utf8(),
        );
    let word = before.get(from..).unwrap_or_default();
    let mut chars = word.chars();
    let single = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    let numbered = before.len() < 64
        && before.trim_start().len() <= 2
        && !word.is_empty()
        && word.chars().all(|c| c.is_ascii_digit());
    single || numbered || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

fn sentence(text: &str, start: usize, end: usize, cut: bool, out: &mut Vec<Piece>) {
    let Some(slice) = text.get(start..end) else { return };
    if start == end {
        return;
    }
    if !cut {
        out.push(Piece { start, end });
        return;
    }
    let hans = slice.chars().filter(|c| han(*c)).count();
    let cuts = if hans > LONG_HAN {
        commas(slice)
    } else if hans == 0 && slice.split_whitespace().take(LONG_WORDS + 1).count() > LONG_WORDS {
        turns(slice)
    } else {
        Vec::new()
    };
    let mut from = 0;
    for cut in cuts.into_iter().chain([slice.len()]) {
        out.push(Piece { start: start + from, end: start + cut });
        from = cut;
    }
}

/// Offsets behind the commas of a Chinese sentence, where both sides are long enough.
fn commas(sentence: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut left = sentence.chars().filter(|c| han(*c)).count();
    let mut length = 0;
    for (at, c) in sentence.char_indices() {
        if han(c) {
            length += 1;
            left -= 1;
        } else if matches!(c, '，' | ',' | '：' | '—') && length >= CLAUSE_HAN && left >= CLAUSE_HAN
        {
            cuts.push(at + c.len_utf8());
            length = 0;
        }
    }
    cuts
}

/// Offsets in front of the words at which a long sentence turns.
fn turns(sentence: &str) -> Vec<usize> {
    let words: Vec<(usize, &str)> = words(sentence);
    let mut cuts = Vec::new();
    let mut length = 0;
    let mut comma = false;
    for (index, (at, word)) in words.iter().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let turn = if comma {
            TURNS.contains(&bare.as_str())
        } else {
            FREE_TURNS.contains(&bare.as_str())
        };
        if turn && length >= CLAUSE_WORDS && words.len() - index >= CLAUSE_WORDS {
            cuts.push(*at);
            length = 0;
        }
        length += 1;
        comma = word.ends_with([',', ':', '—', '–']) || *word == "-";
    }
    cuts
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                out.push((from, text.get(from..at).unwrap_or_default()));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    out
}
