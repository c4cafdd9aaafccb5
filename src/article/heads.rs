//! Headings over questions: those that are left to the reader, those that are answered there.

use super::announce::{any, has_word, plain};
use super::sentences::is_chinese;

/// What a heading stands over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Head {
    /// Questions that are put to the reader or left open: its items are questions.
    Questions,
    /// The reader is asked to take part: what is asked there is asked of him.
    Invitation,
    /// Questions that are answered where they stand.
    Answers,
    /// The text itself.
    Text,
}

/// What a heading stands over.
pub(super) fn heads(heading: &str) -> Head {
    let text = plain(heading);
    let chinese = is_chinese(heading);
    if heading.chars().count() > if chinese { 20 } else { 60 } {
        return Head::Text;
    }
    if is_over_answers(&text) {
        return Head::Answers;
    }
    if chinese { chinese_head(&text) } else { english_head(&text) }
}

fn is_over_answers(text: &str) -> bool {
    let whole = ["faq", "faqs", "solution", "solutions", "answer", "answers", "troubleshooting"];
    let wanted = [
        "frequently asked",
        "common questions",
        "questions and answers",
        "questions & answers",
        "q&a",
        "q & a",
        "answer key",
        "more questions",
        "questions?",
        "常见问题",
        "常见疑问",
        "常見問題",
        "问答",
        "答疑",
        "解答",
        "答案",
        "疑难",
        "故障",
    ];
    has_word(text, &whole) || any(text, &wanted)
}

fn english_head(text: &str) -> Head {
    let questions = [
        "discussion points",
        "points for discussion",
        "for discussion",
        "discussion prompts",
        "discussion topics",
        "open issues",
        "open points",
        "open problems",
        "unresolved",
        "undecided",
        "to be decided",
        "outstanding issues",
        "food for thought",
        "things to think about",
    ];
    let ours = ["research question", "the question of", "asking questions", "question of"];
    if any(text, &questions)
        || (has_word(text, &["questions", "questionnaire", "survey"]) && !any(text, &ours))
    {
        return Head::Questions;
    }
    let inviting = [
        "your turn",
        "over to you",
        "join the d",
        "join the c",
        "have your say",
        "what do you think",
        "tell us",
        "tell me",
        "your thoughts",
        "your view",
        "your opinion",
        "let us know",
        "we want to hear",
        "call for comments",
        "request for comments",
        "think about it",
        "what about you",
    ];
    let alone = ["challenge", "feedback", "discuss", "reflect", "reflection", "discussion"];
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if any(text, &inviting) || alone.contains(&bare) { Head::Invitation } else { Head::Text }
}

fn chinese_head(text: &str) -> Head {
    let questions = [
        "思考题",
        "讨论题",
        "思考与讨论",
        "讨论与思考",
        "想一想",
        "待解决",
        "待讨论",
        "待确认",
        "待定",
        "待议",
        "未解决",
        "未决",
        "悬而未决",
        "遗留问题",
        "开放问题",
        "开放性问题",
        "讨论要点",
        "问卷",
        "提问",
        "思考題",
        "討論題",
        "問卷",
    ];
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let counted = bare.strip_suffix("问题").is_some_and(|before| {
        let counts = ["", "几个", "一些", "两个", "三个", "四个", "五个", "讨论"];
        counts.contains(&before)
    });
    let to_whom = text.contains("问题") && any(text, &["读者", "你", "您", "大家", "留给", "讨论"]);
    if any(text, &questions) || counted || to_whom {
        return Head::Questions;
    }
    let inviting = [
        "轮到你",
        "轮到您",
        "互动",
        "征集",
        "征求意见",
        "聊聊",
        "挑战",
        "参与讨论",
        "欢迎讨论",
        "说说你",
        "说说您",
        "你怎么看",
        "您怎么看",
        "反馈",
        "徵求意見",
    ];
    if any(text, &inviting) { Head::Invitation } else { Head::Text }
}

/// Whether a heading stands over what is no part of the text any more: sources, thanks.
pub(super) fn ends_article(heading: &str) -> bool {
    let text = plain(heading);
    let wanted = [
        "reference",
        "further reading",
        "links",
        "footnotes",
        "notes",
        "sources",
        "acknowledg",
        "about the author",
        "bibliography",
        "related",
        "参考",
        "延伸阅读",
        "致谢",
        "脚注",
        "相关阅读",
        "关于作者",
        "来源",
    ];
    heading.chars().count() <= 40 && any(&text, &wanted)
}
