//! The dictionary that Chinese is cut into words with. Of its 350,000 words only those are held
//! that can stand in what has to be cut: the cuts are the same, and most of the memory is saved.

use std::io::{BufRead as _, BufReader};
use std::sync::{Arc, Mutex, PoisonError};

use jieba_rs::Jieba;

use crate::analysis::language::han;
use crate::analysis::themes::simple::simplified;

/// Its words and how common each is, packed (RFC 8878).
const DICTIONARY: &[u8] = include_bytes!("../../../../assets/words/zh.zst");

/// Words that came into use after the dictionary was made.
const NEWER: &str = "具身 智能体 端侧 云端 多模态 预训练 微调 算力 脑机 类脑 灵巧手 自监督 涌现 泛化 开源 大模型 \
    可解释性 可穿戴 元宇宙 碳中和 短视频 直播 网约车 共享单车 人工智能 机器学习 顿悟";

/// Stands for all words that are not held, so that those that are stay as common as they were.
const OTHERS: &str = "\u{f8ff}";

/// After so many texts with something new in them, all words are held.
const PATIENCE: usize = 4;

static OPEN: Mutex<Option<Open>> = Mutex::new(None);

struct Open {
    words: Arc<Jieba>,
    pairs: Pairs,
    /// How often words were missing.
    missed: usize,
}

/// The lengths in bytes of the words of a run of Chinese characters, simplified for the purpose:
/// the dictionary knows no others, and they are as long.
pub(super) fn cut(run: &str) -> Vec<usize> {
    let simple = simplified(run);
    let words = with([&*simple], 1);
    words.cut(&simple, true).into_iter().map(|token| token.word.len()).collect()
}

/// Opens the dictionary at the words of these texts, which will be cut.
pub(in crate::analysis::themes) fn expect(texts: &[&str]) {
    let runs = texts.iter().flat_map(|text| text.split(|c| !han(c))).filter(|run| !run.is_empty());
    let mut runs = runs.map(simplified).peekable();
    if runs.peek().is_some() {
        with(runs, 0);
    }
}

/// Gives the memory of the dictionary back; the next Chinese text reads it again, which takes a
/// part of a tenth of a second.
pub(in crate::analysis::themes) fn close() {
    *OPEN.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// A dictionary that holds all its words that are in these runs. If some were not held, that
/// counts as so many times.
fn with(runs: impl IntoIterator<Item = impl AsRef<str>>, counts: usize) -> Arc<Jieba> {
    let mut held = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut pairs = held.as_mut().map(|open| std::mem::take(&mut open.pairs)).unwrap_or_default();
    let mut new = false;
    for run in runs {
        new |= pairs.add(run.as_ref());
    }
    match &mut *held {
        Some(open) if !new => {
            open.pairs = pairs;
            open.words.clone()
        }
        _ => {
            let missed = held.take().map_or(0, |open| open.missed) + counts;
            if missed > PATIENCE {
                pairs = Pairs::all();
            }
            let words = Arc::new(read(&pairs));
            *held = Some(Open { words: words.clone(), pairs, missed });
            words
        }
    }
}

/// Reads the words of the dictionary of which every pair of neighbours is among these.
fn read(pairs: &Pairs) -> Jieba {
    let mut words = Jieba::empty();
    let mut others = 0;
    #[expect(clippy::expect_used, reason = "the words are compiled in and tested")]
    let mut packed =
        BufReader::new(zstd::Decoder::new(DICTIONARY).expect("a dictionary that can be read"));
    let mut line = String::new();
    while packed.read_line(&mut line).is_ok_and(|length| length > 0) {
        if let Some((word, common)) = line.trim_end().split_once(' ') {
            let common = common.parse().unwrap_or(0);
            if pairs.cover(word) {
                words.add_word(word, Some(common), None);
            } else {
                others += common;
            }
        }
        line.clear();
    }
    words.add_word(OTHERS, Some(others), None);
    // How common these are is reckoned from their parts, which are always held.
    for word in NEWER.split(' ') {
        words.add_word(word, None, None);
    }
    words
}

/// Which characters follow each other, in a set of fixed size: what was added is always in it,
/// and seldom something else.
struct Pairs(Box<[u64]>);

/// 4 million bits, half a megabyte.
const PLACES: u32 = 22;

impl Default for Pairs {
    fn default() -> Self {
        let mut pairs = Self(vec![0; 1 << (PLACES - 6)].into());
        for word in NEWER.split(' ') {
            pairs.add(word);
        }
        pairs
    }
}

impl Pairs {
    fn all() -> Self {
        Self(vec![u64::MAX; 1 << (PLACES - 6)].into())
    }

    /// Adds all of a run; whether some of it was not there.
    fn add(&mut self, run: &str) -> bool {
        let mut new = false;
        for (at, bit) in places(run) {
            if let Some(bits) = self.0.get_mut(at) {
                new |= *bits & bit == 0;
                *bits |= bit;
            }
        }
        new
    }

    fn cover(&self, run: &str) -> bool {
        places(run).all(|(at, bit)| self.0.get(at).is_some_and(|bits| bits & bit != 0))
    }
}

/// Where each character of a run stands in a set, and each with the one after it.
fn places(run: &str) -> impl Iterator<Item = (usize, u64)> {
    let next = run.chars().skip(1).map(u32::from).chain([0]);
    run.chars().map(u32::from).zip(next).flat_map(|(one, next)| [(one, 0), (one, next)]).map(
        |(one, next)| {
            // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
            let mixed =
                (u64::from(one) << 32 | u64::from(next)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let place = mixed >> (64 - PLACES);
            (usize::try_from(place >> 6).unwrap_or(0), 1 << (place & 63))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{Pairs, read};

    const TEXTS: [&str; 4] = [
        "我觉得合成数据和持续学习最重要",
        "大模型的可解释性与具身智能体仍然是人工智能的难题",
        "乒乓球拍卖完了，南京市长江大桥，研究生命的起源",
        "网约车司机担心自动驾驶会让他们失业，短视频平台也改变了年轻人的阅读习惯",
    ];

    #[test]
    fn words_are_cut_as_with_the_whole_dictionary() {
        let whole = read(&Pairs::all());
        let mut pairs = Pairs::default();
        for text in TEXTS {
            pairs.add(text);
        }
        let held = read(&pairs);
        for text in TEXTS {
            assert_eq!(held.cut(text, true), whole.cut(text, true));
        }
        // Without the words of a text it is cut otherwise.
        let none = read(&Pairs::default());
        assert!(TEXTS.iter().any(|text| none.cut(text, true) != whole.cut(text, true)));
    }

    #[test]
    fn what_was_added_is_covered() {
        let mut pairs = Pairs::default();
        assert!(pairs.add("长江大桥") && !pairs.add("江大"));
        assert!(pairs.cover("长江") && pairs.cover("桥") && pairs.cover("大模型"));
        assert!(!pairs.cover("桥大") && !pairs.cover("南京"));
    }
}
