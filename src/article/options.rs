//! The options that a question names: "for example A, B and C", "A or B?", 例如甲、乙和丙.

use super::sentences::is_chinese;

/// What a question names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Named {
    /// At least two, cleaned.
    pub options: Vec<String>,
    /// Whether they are examples ("such as"), or the choice itself ("A or B?").
    pub examples: bool,
    /// Where the asking clause stands in the question when examples stand before it.
    pub asking: Option<usize>,
}

/// Words behind which an enumeration of things to share out stands.
const AMONG: [&str; 5] = [" over ", " among ", " between ", " across ", "分配到"];

const LEADS: [&str; 12] = [
    "for example",
    "for instance",
    "such as",
    "e.g.",
    "including",
    "例如",
    "比如",
    "譬如",
    "诸如",
    "包括",
    "比方说",
    "像是",
];

/// Words with which a clause asks.
const ASKING: [&str; 26] = [
    "what", "which", "how", "where", "who", "whom", "why", "when", "would", "do", "does", "did",
    "will", "should", "can", "could", "is", "are", "你", "您", "哪", "怎", "什么", "如何", "大家",
    "是否",
];

/// Finds the options of a question.
pub(super) fn named(question: &str) -> Option<Named> {
    let lower = question.to_ascii_lowercase();
    let lead = LEADS.iter().filter_map(|lead| Some((lower.find(lead)?, lead.len()))).min();
    let (from, examples) = match lead {
        Some((at, length)) => (at + length, true),
        None => (choice_start(&lower).or_else(|| shared_start(&lower))?, false),
    };
    let rest = question.get(from..)?;
    let rest_at = from + (rest.len() - rest.trim_start_matches([' ', ',', ':', '，', '：']).len());
    let mut options = vec![];
    let mut asking = None;
    let end = question.get(rest_at..)?.find(['?', '？', ')', '）', '。', ';', '；']);
    let end = end.map_or(question.len(), |end| end + rest_at);
    let mut at = rest_at;
    for part in question.get(rest_at..end)?.split_inclusive([',', '，', '、', '：', ':']) {
        let clause = part.trim_end_matches([',', '，', '、', '：', ':']);
        if asks(clause) {
            asking = Some(at + (part.len() - part.trim_start().len()));
            break;
        }
        at += part.len();
        options.extend(split_joined(clause).into_iter().filter_map(|option| clean(&option)));
    }
    let good = (2..=12).contains(&options.len())
        && options.iter().all(|option| (1..=100).contains(&option.chars().count()));
    good.then_some(Named { options, examples, asking })
}

fn asks(clause: &str) -> bool {
    let clause = clause.trim().to_ascii_lowercase();
    let begin = clause.trim_start_matches("and ").trim_start_matches("then ");
    ASKING.iter().any(|word| {
        begin.strip_prefix(word).is_some_and(|rest| {
            !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}

/// Where the choice of "Which will win: A, B or C?" or "是甲还是乙？" begins.
fn choice_start(question: &str) -> Option<usize> {
    let joined = [" or ", "还是", "或者"].iter().find_map(|or| question.find(or))?;
    let before = question.get(..joined)?;
    if let Some(colon) = before.rfind([':', '：']) {
        return Some(colon);
    }
    if is_chinese(question) {
        let comma = before.rfind('，').map_or(0, |at| at + '，'.len_utf8());
        let choice = question.get(comma..)?;
        let lead = ["你认为", "您认为", "你觉得", "您觉得", "应该", "会", "更", "是"];
        let mut rest = choice;
        while let Some(next) = lead.iter().find_map(|lead| rest.strip_prefix(lead)) {
            rest = next;
        }
        return Some(question.len() - rest.len() + chosen(rest));
    }
    // "Will it be A or B?": only where what is before is known to the word.
    let known =
        ["will it be ", "is it ", "should it be ", "would you choose ", "would you rather have "];
    known.iter().find_map(|lead| Some(before.rfind(lead)? + lead.len())).or_else(|| {
        // "Will it be A, B or C?": the first of several has few words.
        let comma = before.find(',')?;
        let first = before.get(..comma)?;
        let leads = [" be ", " prefer ", " choose ", " to be "];
        let start = leads.iter().filter_map(|lead| Some(first.rfind(lead)? + lead.len())).max()?;
        (first.get(start..)?.split(' ').count() <= 4).then_some(start)
    })
}

/// Where the enumeration of `spread them over A, B and C` begins.
fn shared_start(question: &str) -> Option<usize> {
    let start = AMONG.iter().find_map(|lead| Some(question.find(lead)? + lead.len()))?;
    question.get(start..)?.contains([',', '、']).then_some(start)
}

/// How many bytes of a clause stand before what is chosen: 您支持 before 原址重建还是整体搬迁.
fn chosen(clause: &str) -> usize {
    let verbs = [
        "支持", "选择", "做到", "采用", "使用", "喜欢", "倾向", "赞成", "需要", "偏向", "看好",
        "选", "用", "去",
    ];
    let end = ["还是", "或者", "、"].iter().filter_map(|joint| clause.find(joint)).min();
    let first = clause.get(..end.unwrap_or_default()).unwrap_or_default();
    let cut = verbs.iter().filter_map(|verb| Some(first.rfind(verb)? + verb.len())).max();
    // A verb at the very end is part of what is chosen.
    cut.filter(|cut| *cut < first.len()).unwrap_or_default()
}

/// Splits at the joining words: "A and B", 甲和乙.
fn split_joined(clause: &str) -> Vec<String> {
    let mut text = clause.trim().to_owned();
    for lead in ["and ", "or ", "以及", "还有", "或者", "或", "和", "还是"] {
        if text.starts_with(lead) {
            text.drain(..lead.len());
        }
    }
    for joint in [" and ", " or ", "以及", "还是", "或者", "和"] {
        // One joint to a clause: a second one belongs to the words ("research and development").
        if let Some((left, right)) = text.split_once(joint)
            && !left.trim().is_empty()
            && !right.trim().is_empty()
        {
            return vec![left.to_owned(), right.to_owned()];
        }
    }
    vec![text]
}

fn clean(option: &str) -> Option<String> {
    let mut option = option.trim().trim_matches(['"', '“', '”', '「', '」', '.', '…', ' ']);
    for lead in ["the ", "a ", "an "] {
        option = option.strip_prefix(lead).unwrap_or(option);
    }
    option = option.strip_suffix("等").unwrap_or(option).trim();
    // 这四个方向 counts what was named.
    if let Some((named, counted)) = option.split_once('这') {
        let counts = counted.starts_with(|c| "两二三四五六七八九十几些".contains(c));
        option = if counts && !named.is_empty() { named } else { option };
    }
    option = option.strip_suffix(" etc").unwrap_or(option).trim();
    (!option.is_empty() && option != "so on").then(|| option.to_owned())
}
