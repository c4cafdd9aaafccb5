//! What members asked or claimed that somebody could look up before or during the meeting. Their
//! own sentences, without a name: only that they are to be checked, not that they are right or
//! wrong.

use super::{Quote, Topic};
use crate::analysis::passages::sentences;
use crate::domain::ResponseId;
use crate::domain::consent::Consent;
use crate::insight::Insight;

/// Most facts to check.
const FACTS: usize = 4;
/// Shorter is no claim; longer is not one.
const READ: std::ops::RangeInclusive<usize> = 8..=240;

/// Words of a claim of fact, in small letters.
const CLAIMS: [&str; 26] = [
    "according to",
    "study",
    "studies",
    "research",
    "survey",
    "statistic",
    "report",
    "percent",
    "evidence",
    "proven",
    "data show",
    "numbers show",
    "on average",
    "million",
    "billion",
    "研究",
    "数据",
    "调查",
    "统计",
    "报告",
    "据说",
    "据称",
    "百分之",
    "证明",
    "万人",
    "亿",
];

/// The questions and claims of fact of members who let their group see their answers, one of each
/// first, questions before claims; none that is quoted under a topic.
pub(super) fn facts(insight: &Insight, members: &[ResponseId], topics: &[Topic]) -> Vec<Quote> {
    let mut found: Vec<(usize, usize, Quote)> = vec![];
    for (order, member) in members.iter().enumerate() {
        let allows = insight.material.voice(*member).is_some_and(|v| v.allows(Consent::Group));
        if !allows {
            continue;
        }
        let mut own = vec![];
        for open in insight.themes.iter() {
            let Some((_, text)) = open.texts.iter().find(|(id, _)| id == member) else { continue };
            for (start, end) in sentences(text) {
                let Some(words) = text.get(start..end) else { continue };
                let asks = words.ends_with(['?', '？']);
                if !READ.contains(&words.chars().count()) || !(asks || claims(words)) {
                    continue;
                }
                let known = topics.iter().flat_map(|topic| &topic.quotes).any(|quote| {
                    quote.response == *member && quote.start < end && start < quote.end
                });
                if !known {
                    own.push((
                        asks,
                        Quote {
                            text: words.to_owned(),
                            response: *member,
                            question: open.question,
                            start,
                            end,
                            inside: true,
                            name: None,
                            side: None,
                        },
                    ));
                }
            }
        }
        own.sort_by_key(|(asks, _)| !asks);
        found.extend(own.into_iter().enumerate().map(|(place, (_, q))| (place, order, q)));
    }
    found.sort_by_key(|(place, order, _)| (*place, *order));
    let mut facts: Vec<Quote> = vec![];
    for (_, _, quote) in found {
        if facts.len() < FACTS && !facts.iter().any(|fact| fact.text == quote.text) {
            facts.push(quote);
        }
    }
    facts
}

/// Whether a sentence claims something that could be looked up: a figure or a source.
fn claims(words: &str) -> bool {
    let small = words.to_lowercase();
    let figure = small.contains('%')
        || small.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 2);
    figure || CLAIMS.iter().any(|claim| small.contains(claim))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_of_fact_has_a_figure_or_a_source() {
        for claim in
            ["It grew by 40 % a year.", "A study says so.", "据统计，多数人不同意。", "In 2017"]
        {
            assert!(claims(claim), "{claim}");
        }
        for view in ["I like it.", "We should wait 3 days.", "这很重要。"] {
            assert!(!claims(view), "{view}");
        }
    }
}
