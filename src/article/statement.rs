//! Sentences and headings made fit to stand alone: without labels and joining words.

use super::invert::capitalised;
use super::sentences::is_chinese;

const NUMBERED: [&str; 13] = [
    "insight", "part", "chapter", "section", "point", "thesis", "no.", "question", "lesson",
    "step", "takeaway", "观点", "洞察",
];

/// How many bytes of a heading only number it: `Insight 01`, `3.`, `第一章`, `二、`.
pub(super) fn label(heading: &str) -> usize {
    let lower = heading.to_ascii_lowercase();
    let word = NUMBERED.iter().find(|word| lower.starts_with(*word)).map_or(0, |word| word.len());
    let after = lower.get(word..).unwrap_or_default();
    let gap = after.len() - after.trim_start_matches([' ', '#']).len();
    let number = after.get(gap..).unwrap_or_default();
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = number.get(digits..).unwrap_or_default();
    let pointed =
        rest.len() - rest.trim_start_matches([' ', '.', ':', ')', '：', '、', '-', '—', '–']).len();
    // `01 Prices` counts, `2026 was` does not.
    let padded = number.starts_with('0') && digits == 2 && rest.starts_with(' ');
    if digits > 0
        && digits < 4
        && (word > 0 || padded || (pointed > 0 && !rest.starts_with(['-', ' '])))
    {
        return word + gap + digits + pointed;
    }
    let numerals = |c: char| "一二三四五六七八九十".contains(c);
    let first = heading.strip_prefix('第').unwrap_or(heading);
    let behind = first.trim_start_matches(numerals);
    if behind.len() < first.len() {
        let marks: &[char] =
            if first.len() < heading.len() { &['章', '节', '部', '点'] } else { &['、'] };
        if let Some(rest) = behind.strip_prefix(marks) {
            let rest = rest.trim_start_matches(['分', ' ', '：', '、', ':']);
            return heading.len() - rest.len();
        }
    }
    0
}

/// A heading such as `DeepSeek This wave ...` names its topic before the sentence begins.
pub(super) fn topic(heading: &str) -> usize {
    let Some((first, rest)) = heading.split_once(' ') else { return 0 };
    let begins = ["This ", "The ", "These ", "That ", "Those "];
    let topic = first.starts_with(char::is_uppercase) && first.chars().any(char::is_lowercase);
    let word = begins.iter().any(|word| word.trim() == first);
    if topic && !word && begins.iter().any(|begin| rest.starts_with(begin)) {
        heading.len() - rest.len()
    } else {
        0
    }
}

const JOINING: [&str; 34] = [
    "but ",
    "so ",
    "and ",
    "therefore, ",
    "however, ",
    "in addition, ",
    "moreover, ",
    "also, ",
    "thus, ",
    "hence, ",
    "finally, ",
    "today, ",
    "of course, ",
    "as mentioned earlier, ",
    "strictly speaking, ",
    "on the other hand, ",
    "on the one hand, ",
    "in fact, ",
    "indeed, ",
    "then, ",
    "therefore ",
    "in short, ",
    "surprisingly, ",
    "但是，",
    "但",
    "所以，",
    "所以",
    "因此，",
    "此外，",
    "另外，",
    "然而，",
    "不过，",
    "而且，",
    "总之，",
];

/// How many bytes at the head of a sentence only join it to what came before.
pub(super) fn joint(sentence: &str) -> usize {
    let mut rest = sentence.trim_start_matches(['"', '“']);
    if rest.contains(['"', '”']) {
        rest = sentence;
    }
    loop {
        let found = JOINING.iter().find_map(|joining| {
            let head = rest.get(..joining.len())?;
            head.eq_ignore_ascii_case(joining).then(|| rest.get(joining.len()..)).flatten()
        });
        // What a colon announces stands better without the announcement.
        let colon = [": ", "："].iter().find_map(|colon| {
            let (before, after) = rest.split_once(colon)?;
            let long = if is_chinese(after) {
                after.chars().count() >= 8
            } else {
                after.split(' ').count() >= 5
            };
            (long && !before.contains(['(', '（', '"', '“'])).then_some(after.trim_start())
        });
        match found.or(colon) {
            Some(next) if !next.is_empty() => rest = next,
            _ => return sentence.len() - rest.len(),
        }
    }
}

/// The words as a sentence: a capital, and a point at the end.
pub(super) fn as_sentence(words: &str) -> String {
    let words = words.trim().trim_end_matches([',', '，', ';', '；', ':', '：', ' ']);
    let ended = words.ends_with(['.', '!', '?', '。', '！', '？', '”', '"', '…']);
    let end = match (ended, is_chinese(words)) {
        (true, _) => "",
        (false, true) => "。",
        (false, false) => ".",
    };
    format!("{}{end}", capitalised(words))
}

/// Words by which an English heading says something.
const VERBS: [&str; 32] = [
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "cannot", "could",
    "should", "must", "may", "does", "do", "did", "needs", "makes", "isn't", "won't", "can't",
    "aren't", "doesn't", "don't", "remains", "matters", "means", "wins", "becomes", "beats",
];

/// Whether a heading says something that can be true or false.
pub(super) fn claims(heading: &str) -> bool {
    if is_chinese(heading) {
        let verbs = [
            "是", "会", "将", "不", "能够", "应该", "应当", "没有", "已经", "已", "需要", "正在",
            "必须", "让", "比", "了",
        ];
        // What only holds the sign of a verb, and what asks without a mark.
        let others = [
            "社会", "会议", "机会", "协会", "但是", "可是", "于是", "不同", "了解", "比较", "对比",
        ];
        let asking = ["什么", "怎", "如何", "为何", "谁", "哪", "吗", "呢", "多少", "是否", "几"];
        let plain = others.iter().fold(heading.to_owned(), |text, other| text.replace(other, ""));
        return heading.chars().count() >= 6
            && verbs.iter().any(|verb| plain.contains(verb))
            && !asking.iter().any(|word| heading.contains(word));
    }
    let words: Vec<String> = heading
        .split_whitespace()
        .map(|word| word.trim_matches(['.', ',', '!']).replace('’', "'").to_lowercase())
        .collect();
    let verb = words.iter().skip(1).any(|word| VERBS.contains(&word.as_str()));
    let asked = ["how", "why", "what", "where", "when", "who", "which"];
    let indirect = words.first().is_some_and(|first| asked.contains(&first.as_str()));
    (verb && words.len() >= 3 && !indirect) || heading.ends_with(['!', '！', '。'])
}
