//! Answers that say nothing: empty ones, "no idea", "n/a", "…", "不知道", a hand on the keyboard.
//! Who agrees says something ("good idea", "可以", 👍), and so does who says no or names a year.

use std::{collections::HashSet, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;

use super::simple::simple;
use crate::analysis::language::han;

/// A longer answer of empty words only may still mean something.
const MOST_WORDS: usize = 14;
const MOST_HAN: usize = 16;

/// What a part of an answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Says that there is nothing.
    Absent,
    /// Says that its author does not know.
    Unknown,
    /// Stands around these.
    Around,
    /// What is not known; behind "nothing" it would be an answer ("none of these").
    About,
    /// A sound or a courtesy: alone or around others.
    Soft,
    /// Says nothing where there is nothing else.
    Noise,
}

/// In English, without the signs in "don't" and without [`ADVERBS`].
const ENGLISH: [(Part, &str); 6] = [
    (
        Part::Absent,
        "none; nothing; nil; null; nan; na; n/a; n a; not applicable; no comment; no comments; no further comments; no answer; \
no answers; no response; no suggestions; nothing to add; nothing to say; nothing comes to mind; nothing special; nothing in particular; \
same as above; same as before; as above; as before; see above; see before; see previous; see previous answer; ditto",
    ),
    (
        Part::Unknown,
        "idk; dunno; dont know; do not know; didnt know; did not know; wouldnt know; would not know; no idea; no ideas; no clue; not a clue; \
no opinion; no opinions; no view; no views; no thoughts; not sure; unsure; not certain; uncertain; undecided; not decided; hard to say; \
hard to tell; hard to know; hard to predict; hard to answer; difficult to say; difficult to tell; difficult to know; \
difficult to predict; difficult to answer; impossible to say; impossible to tell; impossible to know; impossible to predict; \
cant say; cant tell; cant predict; cant answer; cant guess; cannot say; cannot tell; cannot predict; cannot answer; cannot guess; \
can not say; can not tell; can not answer; couldnt say; couldnt tell; could not say; could not tell; cant think of anything; \
cannot think of anything; prefer not to say; prefer not to answer; rather not say; who knows; beats me; havent thought; \
have not thought; havent had time; never thought; dont understand; do not understand",
    ),
    (
        Part::Around,
        "i; im; ive; have; had; my; me; or; and; well; at all; at the moment; right now; now; for now; for; yet; to be honest; tbh; much; \
more; else; any; further; please; no; nope; nah; oh; ah; currently; too far ahead",
    ),
    (
        Part::About,
        "about; this; that; it; these; the; question; questions; topic; answer; of; to; on; in; what; how; why; who; which; one; say; \
think; anything; something; with; enough",
    ),
    (Part::Soft, "lol; haha; hmm; hm; um; uh; er; hello; hi; sorry; thanks; thank you"),
    (
        Part::Noise,
        "test; tests; testing; pass; skip; blank; empty; tbd; todo; xxx; asdf; asdfgh; qwerty; asd; foo; bar; lorem ipsum",
    ),
];

const ADVERBS: [&str; 8] =
    ["really", "honestly", "actually", "just", "quite", "simply", "truly", "personally"];

/// In Chinese.
const CHINESE: [(Part, &str); 6] = [
    (
        Part::Absent,
        "没有; 没; 无; 暂无; 没什么; 没啥; 没有什么; 没了; 无可奉告; 无意见; 没意见; 没有意见; 没想法; 没有想法; 没什么想法; 没什么意见; \
没什么想说的; 没什么好说的; 没有什么想说的; 没有什么好说的; 没有补充; 无补充; 同上; 如上; 见上; 略",
    ),
    (
        Part::Unknown,
        "不知道; 不清楚; 不了解; 不太了解; 不太清楚; 不太知道; 不晓得; 不确定; 不好说; 说不好; 说不清; 没想过; 没有想过; 没想好; 没有想好; \
没考虑过; 没有考虑过; 难说; 很难说; 难讲; 很难讲; 不懂; 不太懂; 不想说; 不想回答",
    ),
    (
        Part::Around,
        "我; 也; 真的; 真; 实在; 确实; 还; 目前; 暂时; 现在; 说实话; 啊; 呀; 吧; 呢; 哦; 了; 的; 什么; 想法; 意见; 看法; 其他; 别的",
    ),
    (Part::About, "这个问题; 这个; 这方面; 这; 对; 关于; 怎么; 如何; 该; 说; 想; 回答"),
    (Part::Soft, "哈哈; 哈; 嗯; 呵呵; 呵; 额; 呃; 谢谢; 你好; 抱歉; 对不起; 不好意思"),
    (Part::Noise, "测试; 跳过"),
];

/// Signs that agree or disagree without a word.
const SIGNS: [char; 9] = ['👍', '👎', '👏', '✅', '✔', '❌', '💯', '❤', '♥'];

/// What is made of these alone names nothing that could be a theme: in "Yes, I think so. More
/// trams!" the trams do.
const BESIDE: &str = "i have had no not any idea ideas clue really sorry don't dont do know idk dunno sure unsure \
undecided uncertain nothing none na n a n/a nil null nan comment comments opinion opinions honestly to be honest at all the \
moment lol haha hmm hm um uh er well answer answers thought thoughts thinking about this it that these question so say add \
much more hard difficult tell think haven't havent hasn't never of what pass skip yes yep yeah nope nah ok okay test testing \
tests good great nice fine cool same as above see before previous ditto anything something maybe too far ahead beats me who knows \
can't cant cannot couldn't predict yet i'm im i've ive is for now just very here there everything whatever thanks thank you please \
hello hi blank empty tbd todo xxx asdf asdfgh qwerty asd foo bar lorem ipsum . guess on my with in and one else";
const BESIDE_IN_CHINESE: &str = "好; 好的; 可以; 是; 是的; 不是; 不; 对; 行; 挺好; 挺好的; 很好; 都行; 都可以; 随便; 无所谓; 不会; 问题; 就; 有; 太; 很; \
啥; 一; 个; 点";

type Phrases<T> = Vec<(Vec<T>, Part)>;

static BESIDE_KNOWN: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| BESIDE.split_whitespace().collect());
static ENGLISH_KNOWN: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| phrases(&ENGLISH, |phrase| phrase.split(' ').collect()));
static CHINESE_KNOWN: LazyLock<Phrases<char>> =
    LazyLock::new(|| phrases(&CHINESE, |phrase| phrase.chars().collect()));
static CHINESE_BESIDE: LazyLock<Phrases<char>> = LazyLock::new(|| {
    let beside = phrases(&[(Part::Around, BESIDE_IN_CHINESE)], |phrase| phrase.chars().collect());
    longest_first([CHINESE_KNOWN.clone(), beside].concat())
});

fn phrases<T: Clone>(
    of: &[(Part, &'static str)],
    cut: impl Fn(&'static str) -> Vec<T>,
) -> Phrases<T> {
    let each = |(part, list): &(Part, &'static str)| {
        let part = *part;
        list.split("; ").map(|phrase| (cut(phrase), part)).collect::<Vec<_>>()
    };
    longest_first(of.iter().flat_map(each).collect())
}

fn longest_first<T>(mut phrases: Phrases<T>) -> Phrases<T> {
    phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    phrases
}

/// Whether an answer says nothing that could be read.
pub(super) fn says_nothing(text: &str) -> bool {
    nothing(text, |said| match said {
        Said::Han(letters) => parts(letters, &CHINESE_KNOWN).is_some_and(|all| empty(&all)),
        Said::Words(words) => {
            let bare: Vec<String> = words.iter().map(|word| word.replace('\'', "")).collect();
            let words: Vec<&str> = bare.iter().map(String::as_str).collect();
            let words: Vec<&str> = words.into_iter().filter(|w| !ADVERBS.contains(w)).collect();
            parts(&words, &ENGLISH_KNOWN).is_some_and(|all| empty(&all))
        }
    })
}

/// Whether a text has nothing that could be a theme: it says nothing, or only that somebody
/// agrees or not, which tells nothing beside others ("Yes, I think so. More trams!").
pub(super) fn adds_nothing(passage: &str) -> bool {
    let empty = |said: Said<'_>| match said {
        Said::Han(letters) => parts(letters, &CHINESE_BESIDE).is_some(),
        Said::Words(words) => words.iter().all(|word| BESIDE_KNOWN.contains(word)),
    };
    !passage.chars().any(char::is_alphabetic) || nothing(passage, empty) || says_nothing(passage)
}

/// What a text consists of.
enum Said<'a> {
    /// Chinese characters and others between them.
    Han(&'a [char]),
    Words(&'a [&'a str]),
}

/// Whether there is no word in a text, or only those that `empty` knows.
fn nothing(text: &str, empty: impl Fn(Said<'_>) -> bool) -> bool {
    let clean: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' => '\'',
            other => simple(other),
        })
        .collect();
    let letters: Vec<char> = clean.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() {
        return !clean.contains(SIGNS);
    }
    if letters.len() > 2 && letters.iter().all(|c| Some(c) == letters.first()) {
        return true;
    }
    if letters.iter().any(|c| han(*c)) {
        return letters.len() <= MOST_HAN && empty(Said::Han(&letters));
    }
    let words: Vec<&str> = clean
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '/')))
        .map(|word| word.trim_matches(['\'', '/']))
        .filter(|word| !word.is_empty())
        .collect();
    words.len() <= MOST_WORDS && (empty(Said::Words(&words)) || mashed(&words, text))
}

/// What the parts of a text do, greedy from the left, the longest known phrase first; none if
/// there is anything else in it.
fn parts<T: PartialEq>(text: &[T], known: &Phrases<T>) -> Option<Vec<Part>> {
    let (mut rest, mut parts) = (text, vec![]);
    while !rest.is_empty() {
        let (phrase, part) = known.iter().find(|(phrase, _)| rest.starts_with(phrase))?;
        parts.push(*part);
        rest = rest.get(phrase.len()..).unwrap_or_default();
    }
    Some(parts)
}

fn empty(parts: &[Part]) -> bool {
    let has = |part| parts.contains(&part);
    let noise = parts.iter().all(|part| matches!(part, Part::Noise | Part::Soft));
    let says_so = match (has(Part::Absent), has(Part::Unknown)) {
        (true, _) => !has(Part::About),
        (false, unknown) => unknown,
    };
    noise || (says_so && !has(Part::Noise))
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
    use super::{adds_nothing, says_nothing};

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
            "不知道",
            "我真的不知道啊",
            "无",
            "没有",
            "暂无。",
            "没想法",
            "不清楚，没想过",
            "嗯嗯",
            "ｎ／ａ",
            "Hard to say.",
            "No, nothing really.",
            "I don't know what to say about this",
            "Can’t think of anything right now, sorry",
            "No idea, to be honest",
            "Nothing to add.",
            "test",
            "thank you",
            "沒有想法",
            "这个问题我不太了解",
            "不知道该怎么说",
            "目前还没有想好",
            "没什么好说的",
            "谢谢",
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

    #[test]
    fn who_agrees_or_refuses_or_answers_in_a_word_says_something() {
        for text in [
            "good idea",
            "good idea, really",
            "Yes!",
            "No",
            "no, never",
            "OK",
            "Great, thanks",
            "Sure",
            "Maybe",
            "I think so",
            "Too hard",
            "Everything",
            "More of the same",
            "None of these",
            "More tests",
            "Not yet",
            "Don't do it",
            "Nothing will change",
            "2030",
            "👍",
            "👍🏽👍🏽",
            "好",
            "好的",
            "可以",
            "不是",
            "不行",
            "挺好的",
            "都可以",
            "无所谓",
            "没有问题",
            "没问题",
            "没有这个问题",
            "不会",
            "很好，谢谢",
            "2030年",
        ] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }

    #[test]
    fn who_only_agrees_names_no_theme() {
        for text in
            ["Yes, I think so.", "good idea, really", "No", "2030", "👍", "好的", "没有问题"]
        {
            assert!(adds_nothing(text) && !says_nothing(text), "{text:?}");
        }
        for text in ["More trams!", "Good trams", "应该多修电车线路", "Data"] {
            assert!(!adds_nothing(text), "{text:?}");
        }
        assert!(adds_nothing("No idea") && adds_nothing("无"));
    }
}
