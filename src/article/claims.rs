//! Which sentences of the body are judgements that stand on their own.

use super::sentences::is_chinese;

/// Words that judge or foretell.
const JUDGING: [&str; 44] = [
    "will",
    "should",
    "must",
    "cannot",
    "can't",
    "difficult",
    "hard",
    "easy",
    "inevitable",
    "inevitably",
    "important",
    "valuable",
    "critical",
    "crucial",
    "essential",
    "best",
    "better",
    "worse",
    "worst",
    "most",
    "more",
    "never",
    "always",
    "unlikely",
    "likely",
    "impossible",
    "only",
    "no",
    "need",
    "needs",
    "limited",
    "determines",
    "far",
    "overestimate",
    "overestimates",
    "underestimate",
    "underestimates",
    "enough",
    "benefit",
    "explode",
    "wrong",
    "right",
    "matter",
    "matters",
];

const JUDGING_ZH: [&str; 23] = [
    "会",
    "应该",
    "必须",
    "不可能",
    "难以",
    "很难",
    "重要",
    "关键",
    "最",
    "更",
    "不会",
    "只有",
    "必然",
    "一定",
    "不能",
    "将",
    "取决于",
    "低估",
    "高估",
    "远远",
    "没有",
    "值得",
    "才是",
];

/// Openings that point back at what was said before.
const POINTING: [&str; 40] = [
    "it",
    "its",
    "this",
    "that",
    "these",
    "those",
    "they",
    "their",
    "he",
    "she",
    "his",
    "her",
    "such",
    "for",
    "in addition",
    "especially",
    "although",
    "because",
    "which",
    "here",
    "there",
    "as",
    "let's",
    "after",
    "before",
    "one",
    "another",
    "both",
    "compared",
    "from",
    "not",
    "if",
    "since",
    "when",
    "while",
    "or",
    "on",
    "with",
    "source",
    "them",
];

/// Openings that point at nothing although they look so.
const PLAIN: [&str; 12] = [
    "it is difficult to",
    "it is unlikely that",
    "it is likely that",
    "it is hard to",
    "it is impossible",
    "it is inevitable",
    "there is no doubt that",
    "there will be",
    "it is easy to",
    "it is important to",
    "if you",
    "it is better to",
];

const POINTING_ZH: [&str; 22] = [
    "这",
    "那",
    "它",
    "他",
    "她",
    "其",
    "例如",
    "比如",
    "因为",
    "虽然",
    "如果",
    "另一",
    "一方面",
    "同时",
    "此",
    "尤其",
    "特别",
    "从",
    "在此",
    "来源",
    "于是",
    "对此",
];

/// Persons whose view is not the reader's.
const PERSONAL: [&str; 14] = [
    "i", "we", "me", "my", "our", "us", "he", "him", "his", "you", "your", "they", "their", "them",
];

/// How well a sentence serves as a statement; none: it does not. `bold`: the author set it so;
/// `edge`: it opens or closes its paragraph.
pub(super) fn worth(sentence: &str, bold: bool, edge: bool) -> Option<i32> {
    if sentence.contains(['?', '？', '!', '！', ':', '：', '•', '|', '{', '=', '@'])
        || sentence.contains("://")
    {
        return None;
    }
    let value = if is_chinese(sentence) { chinese(sentence)? } else { english(sentence)? };
    Some(value + if bold { 3 } else { 0 } + i32::from(edge))
}

fn english(sentence: &str) -> Option<i32> {
    // Most sentences are ruled out by their length: that costs nothing.
    if !(5..=40).contains(&sentence.split_ascii_whitespace().take(41).count()) {
        return None;
    }
    let mut lower = sentence.to_ascii_lowercase();
    if lower.contains('’') {
        lower = lower.replace('’', "'");
    }
    let words: Vec<&str> = lower
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let plain = PLAIN.iter().any(|opening| lower.starts_with(opening));
    let points = POINTING.iter().any(|opening| {
        lower.strip_prefix(opening).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    if !(5..=30).contains(&words.len()) || (points && !plain) {
        return None;
    }
    let judged = words.iter().filter(|word| JUDGING.contains(word)).count();
    if judged == 0 && !verbal(&words) {
        return None;
    }
    let mut value = i32::try_from(judged.min(3)).unwrap_or(0) * 3;
    value += match words.len() {
        5..=7 => 6,
        8..=16 => 4,
        17..=22 => 1,
        _ => -4,
    };
    let personal = words.iter().filter(|word| PERSONAL.contains(word)).count();
    value -= 4 * i32::try_from(personal.min(3)).unwrap_or(0);
    // Pointing words inside, numbers of a day, reports of what somebody said.
    let backward =
        ["this ", "these ", " it ", "because ", "at the same time", "mentioned", "also ", " then "];
    value -=
        2 * i32::try_from(backward.iter().filter(|w| lower.contains(**w)).count()).unwrap_or(0);
    let reported = ["said", "announced", "released", "think", "thinks", "speculated", "planned"];
    value -= 3 * i32::from(words.iter().any(|word| reported.contains(word)));
    // What is said of difficulty or likelihood is a judgement through and through.
    value += 3 * i32::from(plain);
    value -= 2 * i32::from(words.contains(&"because"));
    value -= 2 * i32::from(lower.contains(|c: char| c.is_ascii_digit()));
    value -= i32::try_from(lower.matches([',', ';', '/', '"', '“']).count().min(4)).unwrap_or(0);
    Some(value)
}

/// Whether something is said to be something.
fn verbal(words: &[&str]) -> bool {
    words.iter().skip(1).any(|word| ["is", "are", "has", "have", "can", "may"].contains(word))
}

fn chinese(sentence: &str) -> Option<i32> {
    let length = sentence.chars().count();
    if !(8..=70).contains(&length) || POINTING_ZH.iter().any(|word| sentence.starts_with(word)) {
        return None;
    }
    let judged = JUDGING_ZH.iter().filter(|word| sentence.contains(**word)).count();
    if judged == 0 && !sentence.contains('是') {
        return None;
    }
    let mut value = i32::try_from(judged.min(3)).unwrap_or(0) * 3;
    value += if length <= 32 { 4 } else { 0 };
    for person in ["我", "你", "您", "他们", "这", "它"] {
        value -= 3 * i32::from(sentence.contains(person));
    }
    value -= i32::try_from(sentence.matches(['，', '“', '；']).count().min(4)).unwrap_or(0);
    Some(value)
}
