//! Whom a question is for: the reader, or nobody in particular.

use super::sentences::is_chinese;

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase)
}

fn has_word(text: &str, wanted: &[&str]) -> bool {
    words(text).any(|word| wanted.contains(&word.as_str()))
        || wanted.iter().any(|word| !word.is_ascii() && text.contains(word))
}

/// Whether the reader is spoken to.
pub(super) fn to_reader(text: &str) -> bool {
    let said = has_word(
        text,
        &["you", "your", "yours", "reader", "readers", "你", "您", "读者", "大家", "各位"],
    );
    // "你" inside a quoted saying is not the reader, but who says "您" means one.
    said && !text.starts_with(['"', '“'])
}

/// Whether the reader's own view is asked for, wherever it stands.
pub(super) fn asks_for_view(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "what do you think",
        "do you think",
        "do you agree",
        "what would you",
        "how would you",
        "which would you",
        "would you",
        "tell us",
        "tell me",
        "what is your",
        "what's your",
        "你认为",
        "您认为",
        "你觉得",
        "您觉得",
        "你怎么看",
        "您怎么看",
        "你会",
        "您会",
        "你的看法",
        "您的看法",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

/// Whether a paragraph before a list announces questions to the reader.
pub(super) fn announces(lead: &str) -> bool {
    let ends = lead.trim_end().ends_with([':', '：']);
    ends && has_word(
        lead,
        &[
            "question",
            "questions",
            "questionnaire",
            "ask",
            "asking",
            "curious",
            "survey",
            "问题",
            "问卷",
            "请教",
            "想问",
            "好奇",
            "讨论",
        ],
    )
}

/// Whether a heading stands over questions to the reader.
pub(super) fn heads_questions(heading: &str) -> bool {
    let short = heading.chars().count() <= if is_chinese(heading) { 16 } else { 60 };
    short
        && has_word(
            heading,
            &["questions", "questionnaire", "survey", "问题", "问卷", "提问", "思考题", "讨论题"],
        )
}
