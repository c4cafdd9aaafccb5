//! Whom words are for: paragraphs that announce questions, sentences that speak to the reader,
//! set him to think or ask him to write. English and Chinese, by what such words have in common.

use super::sentences::is_chinese;

/// What a paragraph says of the list behind it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Lead {
    /// The items are put to the reader.
    Reader,
    /// The items are for another place, or for others: what this text or another one will answer.
    Elsewhere,
    /// A list follows that somebody gives of himself or to the reader.
    Person,
    /// A list follows.
    List,
    /// Nothing.
    None,
}

/// Small letters, and one kind of apostrophe.
pub(super) fn plain(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// Whether one of the phrases stands in the text.
pub(super) fn any(text: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|words| text.contains(words))
}

/// Whether one of the words stands in the text as a whole word; Chinese ones anywhere.
pub(super) fn has_word(text: &str, wanted: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| wanted.contains(&word))
        || wanted.iter().any(|word| !word.is_ascii() && text.contains(word))
}

/// Whether the reader is spoken to.
pub(super) fn to_reader(text: &str) -> bool {
    let wanted = [
        "you", "your", "yours", "yourself", "reader", "readers", "你", "您", "读者", "讀者", "各位",
    ];
    has_word(&plain(text), &wanted) && !text.starts_with(['"', '“'])
}

/// Whether the reader's own view is asked for, wherever it stands.
pub(super) fn asks_for_view(text: &str) -> bool {
    let wanted = [
        "what do you think",
        "do you think",
        "do you agree",
        "do you believe",
        "what would you",
        "how would you",
        "which would you",
        "would you",
        "what's your take",
        "tell us",
        "tell me",
        "what is your",
        "what's your",
        "你认为",
        "您认为",
        "您認為",
        "你觉得",
        "您觉得",
        "你怎么看",
        "您怎么看",
        "你会",
        "您会",
        "你的看法",
        "您的看法",
        "大家怎么看",
        "大家觉得",
        "大家认为",
    ];
    any(&plain(text), &wanted)
}

/// What a paragraph says of what stands behind it.
pub(super) fn announces(lead: &str) -> Lead {
    if !lead.trim_end_matches(['*', '_', ' ']).ends_with([':', '：']) {
        return Lead::None;
    }
    let text = plain(lead);
    if is_elsewhere(&text) {
        return Lead::Elsewhere;
    }
    let wanted = [
        "question",
        "questions",
        "questionnaire",
        "ask",
        "asking",
        "curious",
        "survey",
        "wonder",
        "wondering",
        "comments",
        "feedback",
        "advice",
        "discuss",
        "问题",
        "问卷",
        "请教",
        "想问",
        "好奇",
        "讨论",
        "意见",
        "想听",
        "听听",
        "说说",
        "聊聊",
        "看法",
        "问下",
        "問題",
        "請教",
    ];
    let said = [
        "your thoughts",
        "your view",
        "your opinion",
        "hear from you",
        "hear your",
        "like to know",
    ];
    let persons = [
        "i", "i'd", "i'm", "me", "my", "we", "we'd", "us", "our", "you", "your", "我", "咱", "你",
        "您",
    ];
    if has_word(&text, &wanted) || any(&text, &said) {
        Lead::Reader
    } else if has_word(&text, &persons) {
        Lead::Person
    } else {
        Lead::List
    }
}

/// Whether questions are spoken of that this text, another text or others deal with.
pub(super) fn is_elsewhere(text: &str) -> bool {
    let wanted = [
        "in this lesson",
        "in this chapter",
        "in this article",
        "in this post",
        "in this section",
        "in this talk",
        "you will learn",
        "you'll learn",
        "we will cover",
        "we'll cover",
        "we will explore",
        "we'll explore",
        "we asked",
        "they asked",
        "respondents",
        "sets out to answer",
        "set out to answer",
        "answers the following",
        "answer the following questions in your",
        "readme",
        "自述文件",
        "本文将",
        "本课程",
        "本章",
        "在本课",
        "我们将",
        "受访者",
        "读完本",
        "文档应",
        "文档中",
    ];
    any(&plain(text), &wanted)
}

/// Whether readers are asked to answer, write or take part.
pub(super) fn invites(paragraph: &str) -> bool {
    let wanted = [
        "let us know",
        "let me know",
        "tell us",
        "tell me",
        "write to me",
        "write to us",
        "write me",
        "drop me",
        "drop us",
        "send us",
        "send me",
        "hit reply",
        "reply to this",
        "comment below",
        "in the comments",
        "leave a comment",
        "love to hear",
        "like to hear",
        "want to hear",
        "your answers",
        "your thoughts",
        "share your",
        "letters to",
        "letters, please",
        "what do you think",
        "join the discussion",
        "join the conversation",
        "respond by",
        "留言",
        "评论区",
        "評論區",
        "来信",
        "回信",
        "告诉我",
        "告訴我",
        "想问问",
        "想问下",
        "想听听",
        "聊聊",
        "说说你",
        "说说您",
        "征集",
        "征求",
        "欢迎讨论",
        "欢迎交流",
        "欢迎回复",
        "欢迎分享",
        "欢迎投稿",
        "欢迎来",
        "欢迎拨打",
        "欢迎在",
    ];
    any(&plain(paragraph), &wanted)
}

/// Whether a paragraph sets the reader to think: a sign, or the verb at its head. How many bytes
/// of signs stand before its words.
pub(super) fn prompts(paragraph: &str) -> Option<usize> {
    let signs = ['✅', '🤔', '💭', '💬', '❓', '🧠', '🚨', '✍', '📝', '\u{fe0f}', ' '];
    let words = paragraph.trim_start_matches(signs);
    let signed = paragraph.len() - words.len();
    let text = plain(&words.chars().take(40).collect::<String>());
    let verbs = [
        "think ",
        "consider ",
        "discuss",
        "reflect",
        "ask yourself",
        "exercise",
        "activity",
        "try it",
        "想一想",
        "思考",
        "讨论",
        "练习",
        "试一试",
        "议一议",
    ];
    (signed > 0 || verbs.iter().any(|verb| text.starts_with(verb))).then_some(signed)
}

/// Whether a sentence behind a question answers it at once.
pub(super) fn answers(sentence: &str) -> bool {
    let text = plain(sentence.trim_start_matches(['"', '“', '*']));
    let begins = [
        "no", "yes", "not", "because", "of", "then", "nothing", "none", "nobody", "maybe",
        "perhaps", "probably", "only", "sure", "mostly", "more", "never", "always", "i", "we",
        "it", "they", "well", "fair",
    ];
    let first: String = text.chars().take_while(|c| c.is_alphanumeric()).collect();
    let chinese = [
        "不", "没", "是的", "当然", "会", "对", "因为", "其实", "可以", "值得", "只", "大概",
        "也许", "肯定", "有人", "够", "这", "很", "我", "他", "她", "都", "答案", "錯", "错",
        "並不", "并不", "能",
    ];
    begins.contains(&first.as_str()) || chinese.iter().any(|word| text.starts_with(word))
}

/// Whether a sentence sets a task that an answer can be written to: `Describe …`, `试分析……`.
pub(super) fn sets_task(sentence: &str) -> bool {
    let text = plain(sentence);
    let verbs = [
        "tell us",
        "tell me",
        "describe ",
        "share ",
        "explain ",
        "name ",
        "list ",
        "give an example",
    ];
    let chinese =
        ["请说说", "请谈谈", "谈谈", "说说", "请描述", "请举", "举出", "请回忆", "请写", "请分享"];
    verbs.iter().chain(&chinese).any(|verb| text.starts_with(verb))
}

/// How many bytes at the head of a sentence only say that a question comes: `One question: `.
pub(super) fn preface(sentence: &str) -> usize {
    let Some((at, colon)) = sentence.char_indices().find(|(_, c)| matches!(c, ':' | '：')) else {
        return 0;
    };
    let before = plain(sentence.get(..at).unwrap_or_default());
    let wanted = [
        "question",
        "questions",
        "wonder",
        "wondering",
        "ask",
        "curious",
        "问",
        "请教",
        "好奇",
        "读者",
        "朋友",
    ];
    let after = sentence.get(at + colon.len_utf8()..).unwrap_or_default().trim_start();
    let enough = after.chars().count() >= if is_chinese(after) { 6 } else { 15 };
    if enough && has_word(&before, &wanted) { sentence.len() - after.len() } else { 0 }
}
