//! What writers put before the lines of a list, with the notation's own signs or without:
//! `•`, `1）`, `（一）`, `A．`, `Question 3:`.

use super::blocks::BULLETS;

/// What a line begins with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Marker {
    Bullet,
    Number,
    /// `(a)`, `B．`: mostly one of several answers.
    Letter,
    /// `Question 3:`, `问题三：`
    Question,
}

const NUMERALS: &str = "一二三四五六七八九十";

/// What a line begins with, and how many bytes that is with the spaces around it. `before`: what
/// stands before the line in its paragraph, since `3. ` may also be the end of a sentence.
pub(super) fn marker(line: &str, before: &str) -> Option<(Marker, usize)> {
    let start = line.trim_start();
    let (marker, rest) = bulleted(start)
        .or_else(|| labelled(start))
        .or_else(|| enclosed(start))
        .or_else(|| pointed(start, before))?;
    let rest = rest.trim_start();
    (!rest.is_empty()).then(|| (marker, line.len() - rest.len()))
}

fn bulleted(line: &str) -> Option<(Marker, &str)> {
    if let Some(rest) = line.strip_prefix(BULLETS) {
        return Some((Marker::Bullet, rest.trim_start_matches(BULLETS)));
    }
    let rest = line.strip_prefix(['-', '*', '–'])?;
    rest.starts_with(' ').then_some((Marker::Bullet, rest))
}

/// `Question 3:`, `Q3.`, `问题三：`, `第3题`
fn labelled(line: &str) -> Option<(Marker, &str)> {
    let words = ["Question", "question", "QUESTION", "Q", "问题", "第"];
    let (word, rest) = words.iter().find_map(|word| Some((word, line.strip_prefix(word)?)))?;
    let rest = rest.trim_start_matches([' ', '#']);
    let number = numeral(rest).or_else(|| digits(rest))?;
    let rest = rest.get(number..)?;
    let rest = if *word == "第" { rest.strip_prefix('题')? } else { rest };
    let marks = [':', '.', '：', '．', '、', ')', '）', ' '];
    let after = rest.trim_start_matches(marks);
    (after.len() < rest.len()).then_some((Marker::Question, after))
}

/// `(a)`, `（1）`, `（一）`
fn enclosed(line: &str) -> Option<(Marker, &str)> {
    let inner = line.strip_prefix(['(', '（'])?;
    let (marker, length) = if let Some(length) = numeral(inner).or_else(|| digits(inner)) {
        (Marker::Number, length)
    } else {
        (Marker::Letter, letter(inner)?)
    };
    Some((marker, inner.get(length..)?.strip_prefix([')', '）'])?))
}

/// `1)`, `2、`, `三、`, `B．`, and `4. ` where a sentence has ended.
fn pointed<'a>(line: &'a str, before: &str) -> Option<(Marker, &'a str)> {
    let ended =
        before.trim_end().ends_with(['.', '?', '!', ':', ';', '。', '？', '！', '：', '；']);
    let marks: &[char] = &[')', '）', '、', '．'];
    let spaced = |rest: &'a str| {
        let rest = rest.strip_prefix('.').filter(|_| ended || before.is_empty())?;
        rest.starts_with(' ').then_some(rest)
    };
    if let Some(length) = digits(line) {
        let rest = line.get(length..)?;
        return Some((Marker::Number, rest.strip_prefix(marks).or_else(|| spaced(rest))?));
    }
    if let Some(length) = numeral(line) {
        let rest = line.get(length..)?.strip_prefix('、')?;
        // 一、二线城市 counts nothing.
        return (!rest.starts_with(|c| NUMERALS.contains(c))).then_some((Marker::Number, rest));
    }
    let rest = line.get(letter(line)?..)?;
    Some((Marker::Letter, rest.strip_prefix(marks).or_else(|| spaced(rest).filter(|_| ended))?))
}

/// How many bytes of digits begin a text: one or two.
fn digits(text: &str) -> Option<usize> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&count).then_some(count)
}

fn numeral(text: &str) -> Option<usize> {
    let count = text.chars().take_while(|c| NUMERALS.contains(*c)).count();
    (1..=3).contains(&count).then_some(count * '一'.len_utf8())
}

fn letter(text: &str) -> Option<usize> {
    text.starts_with(|c: char| matches!(c, 'a'..='h' | 'A'..='H')).then_some(1)
}
