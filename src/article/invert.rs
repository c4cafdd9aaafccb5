//! Yes-or-no questions as sentences to agree or disagree with, where grammar leaves no doubt.

/// Plain forms that are verbs and nothing else that could stand there.
const VERBS: [&str; 48] = [
    "be",
    "become",
    "surpass",
    "take",
    "replace",
    "overtake",
    "beat",
    "win",
    "lose",
    "survive",
    "exist",
    "remain",
    "stay",
    "have",
    "make",
    "keep",
    "bring",
    "solve",
    "reach",
    "achieve",
    "improve",
    "create",
    "build",
    "grow",
    "fail",
    "succeed",
    "help",
    "pay",
    "learn",
    "think",
    "understand",
    "continue",
    "disappear",
    "dominate",
    "follow",
    "invest",
    "explode",
    "scale",
    "catch",
    "give",
    "get",
    "go",
    "come",
    "regulate",
    "disclose",
    "coexist",
    "happen",
    "protect",
];

/// Past participles that do not end in "-ed".
const PARTICIPLES: [&str; 24] = [
    "been",
    "become",
    "beaten",
    "won",
    "lost",
    "taken",
    "made",
    "kept",
    "brought",
    "built",
    "grown",
    "paid",
    "taught",
    "thought",
    "understood",
    "caught",
    "given",
    "got",
    "gotten",
    "gone",
    "come",
    "overtaken",
    "broken",
    "found",
];

const ARTICLES: [&str; 8] = ["the", "a", "an", "this", "that", "these", "those", "our"];

const AFTER_BE: [&str; 16] = [
    "a",
    "an",
    "the",
    "not",
    "in",
    "at",
    "over",
    "under",
    "on",
    "dead",
    "inevitable",
    "overvalued",
    "possible",
    "necessary",
    "better",
    "still",
];

/// The sentence that says yes to the question, or none.
pub(super) fn declared(question: &str) -> Option<String> {
    // Who asks for himself or speaks to somebody claims nothing.
    let persons = [
        "我",
        "你",
        "您",
        "Am I",
        "Can I",
        "Do I",
        "Should I",
        "Should we",
        "Can you",
        "Are you",
        "Do you",
    ];
    if persons.iter().any(|person| question.starts_with(person)) {
        return None;
    }
    if question.contains('？') || question.ends_with('吗') {
        return chinese(question);
    }
    let inner = question.strip_suffix('?')?.trim();
    if inner.contains(['?', ',', ';', ':']) || inner.contains(" or ") {
        return None;
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    let (auxiliary, rest) = words.split_first()?;
    let auxiliary = auxiliary.to_lowercase();
    let is_head: fn(&str) -> bool = match auxiliary.as_str() {
        "has" | "have" => |word| PARTICIPLES.contains(&word) || is_regular(word),
        "can" | "could" | "will" | "would" | "should" | "must" | "may" | "might" => {
            |word| VERBS.contains(&word)
        }
        "is" | "are" | "was" | "were" => |word| AFTER_BE.contains(&word) || is_regular(word),
        _ => return None,
    };
    // The subject: up to four words, of which only the first may be an article.
    let verb = rest.iter().position(|word| is_head(word))?;
    let (subject, said) = (rest.get(..verb)?, rest.get(verb..)?);
    let plain = subject.iter().skip(1).all(|word| !ARTICLES.contains(word));
    let first = subject.first()?;
    // "Is the model trained on code better?" has its verb elsewhere: with "to be" only one name.
    let be = matches!(auxiliary.as_str(), "is" | "are" | "was" | "were");
    let name = subject.len() == 1 && first.starts_with(char::is_uppercase);
    if !plain || subject.len() > 4 || (ARTICLES.contains(first) && verb < 2) || (be && !name) {
        return None;
    }
    // A second verb could be the true one.
    if said.iter().skip(1).take(3).any(|word| PARTICIPLES.contains(word)) {
        return None;
    }
    let sentence = format!("{} {auxiliary} {}.", subject.join(" "), said.join(" "));
    Some(capitalised(&sentence))
}

fn is_regular(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase)
}

/// `……吗？` and `……是否……？` state the matter as soon as the asking word is gone.
fn chinese(question: &str) -> Option<String> {
    let inner = question.trim_end_matches(['？', '?']).trim();
    let asking = ["什么", "怎么", "谁", "哪", "为何", "如何", "还是", "多少", "难道", "，"];
    if inner.contains(['？', '?']) || asking.iter().any(|word| inner.contains(word)) {
        return None;
    }
    if let Some(said) = inner.strip_suffix('吗') {
        return (!said.contains("是否")).then(|| format!("{said}。"));
    }
    let (before, after) = inner.split_once("是否")?;
    (!before.is_empty() && !after.contains("是否"))
        .then(|| format!("{}{after}。", before.trim_end()))
}

/// The sentence with a capital at its head.
pub(super) fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
