//! Answers that were given more than once, word for word or nearly so.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::random::hash;

/// Two texts repeat each other when they share at least this part of their character 4-grams
/// (Jaccard index), as 7 of 10.
const SHARED: (usize, usize) = (7, 10);
/// Shorter texts repeat each other only word for word.
const SHORTEST: usize = 20;
/// How many of its 4-grams, those of the lowest hash, stand for a text when pairs are looked for.
const SKETCH: usize = 16;
/// No text is compared with more than this many others that share one of those.
const NEIGHBOURS: usize = 24;
/// What is looked at of a long text.
const MOST: usize = 4_000;

/// For each text the first of those it repeats, itself when it repeats none.
///
/// Linear but for what is near: pairs are looked for among texts that share one of a few 4-grams.
pub(super) fn repeats(texts: &[&str]) -> Vec<usize> {
    let normal: Vec<String> = texts.iter().map(|text| bare_words(text)).collect();
    let mut parent: Vec<usize> = (0..texts.len()).collect();
    let mut exact: BTreeMap<&str, usize> = BTreeMap::new();
    let mut distinct = Vec::new();
    for (at, text) in normal.iter().enumerate() {
        let first = *exact.entry(text).or_insert(at);
        if first == at {
            distinct.push(at);
        } else {
            join(&mut parent, first, at);
        }
    }
    let grams: BTreeMap<usize, Box<[u64]>> =
        distinct.iter().filter_map(|at| Some((*at, four_grams(normal.get(*at)?)?))).collect();
    let mut buckets: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, own) in &grams {
        for gram in own.iter().take(SKETCH) {
            let bucket = buckets.entry(*gram).or_default();
            for other in bucket.iter() {
                if root(&mut parent, *other) != root(&mut parent, *at)
                    && grams.get(other).is_some_and(|theirs| alike(own, theirs))
                {
                    join(&mut parent, *other, *at);
                }
            }
            if bucket.len() < NEIGHBOURS {
                bucket.push(*at);
            }
        }
    }
    (0..texts.len()).map(|at| root(&mut parent, at)).collect()
}

/// The words of a text, to tell whether another has the same: letters and digits in lower case
/// and normal width, words apart by one space. Of signs only, these.
pub fn bare_words(text: &str) -> String {
    let folded: String = text
        .chars()
        .take(MOST)
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { text.trim().to_owned() } else { words }
}

/// The hashes of the 4-grams in ascending order, each once, which is why the first make a fair
/// sketch.
fn four_grams(text: &str) -> Option<Box<[u64]>> {
    let chars: Vec<char> = text.chars().collect();
    let bytes =
        |gram: &[char]| gram.iter().flat_map(|c| u32::from(*c).to_le_bytes()).collect::<Vec<u8>>();
    (chars.len() >= SHORTEST).then(|| {
        let mut grams: Vec<u64> = chars.windows(4).map(|gram| hash(bytes(gram))).collect();
        grams.sort_unstable();
        grams.dedup();
        grams.into()
    })
}

fn alike(a: &[u64], b: &[u64]) -> bool {
    let shared = shared(a, b);
    shared * SHARED.1 >= (a.len() + b.len() - shared) * SHARED.0
}

/// How many two ascending lists share.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        let order = x.cmp(y);
        count += usize::from(order == Ordering::Equal);
        if order != Ordering::Greater {
            a.next();
        }
        if order != Ordering::Less {
            b.next();
        }
    }
    count
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while let Some(up) = parent.get(at).copied().filter(|up| *up != at) {
        let above = parent.get(up).copied().unwrap_or(up);
        if let Some(cell) = parent.get_mut(at) {
            *cell = above;
        }
        at = above;
    }
    at
}

/// The smaller of the two roots stands for both.
fn join(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    if let Some(cell) = parent.get_mut(a.max(b)) {
        *cell = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[test]
    fn the_same_words_in_other_clothes_repeat() {
        let texts =
            ["World models!", "Robots", "world  models", "Ｗｏｒｌｄ models", "World model"];
        assert_eq!(repeats(&texts), [0, 1, 0, 0, 4]);
        assert_eq!(repeats(&["👍", "👎", "👍 "]), [0, 1, 0]);
    }

    #[test]
    fn nearly_the_same_long_words_repeat_and_others_do_not() {
        let texts = [
            "Treat others how you would like to be treated yourself",
            "Treat others as you would want them to treat your dog",
            "I say: treat others how you would like to be treated yourself!",
            "模型应该能够像人一样在部署之后继续学习新的知识和技能",
            "模型应该能够像人一样在部署之后继续学习新的知识与技能。",
        ];
        assert_eq!(repeats(&texts), [0, 1, 0, 3, 3]);
    }

    #[test]
    fn nothing_and_long_texts_are_no_trouble() {
        assert!(repeats(&[]).is_empty());
        let long = "long text ".repeat(10_000);
        assert_eq!(repeats(&["", &long, "", &long]), [0, 1, 0, 1]);
    }
}
