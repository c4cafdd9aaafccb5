//! Answers that say nothing: empty ones, "no idea", "n/a", "…", "不知道", a hand on the keyboard.

use std::{collections::HashSet, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;

use super::simple::simple;
use crate::analysis::language::han;

/// A longer answer of empty words only may still mean something.
const MOST_WORDS: usize = 14;
const MOST_HAN: usize = 16;

/// An answer made of these alone says nothing.
const WORDS: &str = "i have had no not any idea ideas clue really sorry don't dont do know idk dunno sure unsure \
undecided uncertain nothing none na n a n/a nil null nan comment comments opinion opinions honestly to be honest at all the \
moment lol haha hmm hm um uh er well answer answers thought thoughts thinking about this it that these question so say add \
much more hard difficult tell think haven't havent hasn't never of what pass skip yes yep yeah no nope nah ok okay test testing \
tests good great nice fine cool same as above see before previous ditto anything something maybe unsure too far ahead beats me who knows \
can't cant cannot couldn't predict yet i'm im i've ive is for now just very here there everything whatever thanks thank you please \
hello hi blank empty tbd todo xxx asdf asdfgh qwerty asd foo bar lorem ipsum . guess on my with in and one else";

/// A Chinese answer made of these alone says nothing; longer ones first where one begins another.
const CHINESE: &str = "不知道 不清楚 不了解 不太了解 不太清楚 不太知道 不确定 不確定 不好说 不好說 说不好 说不清 没想法 没有想法 没什么想法 \
没想过 没有想过 没想好 还没想好 没什么 没有 没 无 無 暂无 暫無 沒有 沒想法 沒想過 无可奉告 无意见 没意见 没有意见 同上 如上 见上 随便 隨便 无所谓 都行 都可以 略 测试 測試 \
很难说 难说 很难讲 不懂 不会 不想说 不想回答 跳过 谢谢 你好 哈哈 哈 嗯 呵呵 额 呃 好 好的 可以 是 是的 不是 不 对 行 挺好 挺好的 很好 \
我 也 真的 真 实在 还 目前 暂时 现在 这个 问题 啊 呀 吧 呢 哦 了 的 呵 说 就 有 什么 回答 想 想法 意见 看法 太 很 没啥 啥 一 个 点 抱歉 对不起 不好意思";

static KNOWN: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| WORDS.split_whitespace().collect());
static CHINESE_KNOWN: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let mut all: Vec<Vec<char>> =
        CHINESE.split_whitespace().map(|word| word.chars().collect()).collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all
});

/// Whether an answer says nothing that could be read.
pub(super) fn says_nothing(text: &str) -> bool {
    let clean: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' => '\'',
            other => simple(other),
        })
        .collect();
    if !clean.chars().any(char::is_alphabetic) {
        return true;
    }
    let letters: Vec<char> = clean.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.len() > 2 && letters.iter().all(|c| Some(c) == letters.first()) {
        return true;
    }
    if letters.iter().any(|c| han(*c)) {
        return letters.len() <= MOST_HAN && empty_chinese(&letters);
    }
    let words: Vec<&str> = clean
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '/')))
        .map(|word| word.trim_matches(['\'', '/']))
        .filter(|word| !word.is_empty())
        .collect();
    words.len() <= MOST_WORDS
        && (words.iter().all(|word| KNOWN.contains(word)) || mashed(&words, text))
}

/// Greedy from the left, the longest known word first.
fn empty_chinese(letters: &[char]) -> bool {
    let mut rest = letters;
    while !rest.is_empty() {
        let Some(word) = CHINESE_KNOWN.iter().find(|word| rest.starts_with(word)) else {
            return false;
        };
        rest = rest.get(word.len()..).unwrap_or_default();
    }
    true
}

/// Small letters without a vowel, such as a hand leaves that falls on the keyboard.
fn mashed(words: &[&str], text: &str) -> bool {
    !text.chars().any(char::is_uppercase)
        && words.iter().all(|word| {
            word.len() >= 5
                && word.bytes().all(|b| b.is_ascii_lowercase())
                && !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        })
}

#[cfg(test)]
mod tests {
    use super::says_nothing;

    #[test]
    fn careless_answers_are_known() {
        for text in [
            "",
            " \n",
            "...",
            "…",
            "?",
            "n/a",
            "N/A.",
            "NA",
            "-",
            "none",
            "No idea!",
            "I don't know",
            "I don’t really know, sorry",
            "idk lol",
            "not sure",
            "Nothing",
            "No comment.",
            "same as above",
            "aaaaaa",
            "sdfghjkl",
            "asdf",
            "🙂🙂",
            "42",
            "不知道",
            "我真的不知道啊",
            "无",
            "没有",
            "暂无。",
            "没想法",
            "不清楚，没想过",
            "嗯嗯",
            "ｎ／ａ",
            "ok",
            "Hard to say.",
        ] {
            assert!(says_nothing(text), "{text:?}");
        }
    }

    #[test]
    fn short_answers_that_say_something_stay() {
        for text in [
            "RLHF",
            "World models",
            "机器人",
            "Nothing new will come",
            "I know that agents fail",
            "AGI",
            "数据",
            "不会有突破",
            "没有新的架构",
            "Memory",
            "x",
            "C++",
            "робот",
            "Data.",
        ] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }
}
