//! What was written, from different sides: members' words where they let their group see them,
//! others' where they may be quoted.

use std::collections::BTreeSet;

use super::votes::side;
use super::{Quote, Side};
use crate::analysis::passages::{passages, sentences};
use crate::analysis::themes::{Passage, bare_words};
use crate::domain::ResponseId;
use crate::domain::consent::Consent;
use crate::insight::Insight;
use crate::insight::themes::OpenThemes;

/// Most quotes under a topic.
const QUOTES: usize = 4;
/// A quote of this many characters is read; longer ones are cut to a sentence, shorter ones say
/// nothing by themselves.
const READ: std::ops::RangeInclusive<usize> = 12..=280;
/// Under a statement a quote says at least so much.
const LEAST: usize = 30;
/// So much a quote shares with the statement it stands under (see [`weight`]); with less it may be
/// about something else.
const NEAR: usize = 2;

/// Who was quoted how, so that nobody's side can be put together with their name.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// By name.
    named: BTreeSet<ResponseId>,
    /// With a side.
    sided: BTreeSet<ResponseId>,
    /// These [`bare_words`].
    words: BTreeSet<String>,
}

impl Told {
    /// Notes a quote and returns it, without a name where its author's side is told elsewhere;
    /// none if the same words stand already.
    fn take(&mut self, quote: Quote) -> Option<Quote> {
        if !self.words.insert(bare_words(&quote.text)) {
            return None;
        }
        let name = quote.name.filter(|_| !self.sided.contains(&quote.response));
        if quote.side.is_some() {
            self.sided.insert(quote.response);
        } else if name.is_some() {
            self.named.insert(quote.response);
        }
        Some(Quote { name, ..quote })
    }
}

/// Members' words first, one passage each and from different themes where they are; then two from
/// outside the group: of the largest theme that no member speaks of, and of somebody who sees a
/// theme unlike the others.
pub(super) fn for_question(
    insight: &Insight,
    members: &[ResponseId],
    open: &OpenThemes,
    told: &mut Told,
) -> Vec<Quote> {
    let mut spoken_for: Vec<usize> = vec![];
    let (mut quotes, mut waiting) = (vec![], vec![]);
    for member in members {
        let Some(voice) = insight.material.voice(*member) else { continue };
        if !voice.allows(Consent::Group) {
            continue;
        }
        let Some((theme, quote)) = own_words(open, *member) else { continue };
        let name = voice.contact().map(|c| c.name.clone()).filter(|name| !name.is_empty());
        let quote = Quote { inside: true, name, ..quote };
        match theme {
            Some(theme) if !spoken_for.contains(&theme) => {
                spoken_for.push(theme);
                quotes.push(quote);
            }
            _ => waiting.push(quote),
        }
    }
    quotes.extend(waiting);
    let outside = outside(insight, members, open, &spoken_for);
    quotes.truncate(QUOTES - outside.len());
    quotes.extend(outside);
    quotes.into_iter().filter_map(|quote| told.take(quote)).collect()
}

/// Of a member's answer the sentence that stands for a theme, or else its first of some length.
fn own_words(open: &OpenThemes, member: ResponseId) -> Option<(Option<usize>, Quote)> {
    let place = open.texts.iter().position(|(id, _)| *id == member)?;
    if open.found.uninformative.contains(&place) {
        return None;
    }
    for (number, theme) in open.found.themes.iter().enumerate() {
        let passages = theme.quotes.iter().chain(&theme.passages);
        let own: Vec<Quote> = passages
            .filter(|passage| passage.text == place)
            .filter_map(|p| sentence(open, *p))
            .collect();
        let says = own.iter().find(|quote| READ.contains(&length(&quote.text)));
        if let Some(quote) = says.or(own.first()) {
            return Some((Some(number), quote.clone()));
        }
    }
    let (_, text) = open.texts.get(place)?;
    let all = passages(text);
    let long_enough = |(start, end): &&(usize, usize)| {
        text.get(*start..*end).is_some_and(|words| READ.contains(&length(words)))
    };
    let (start, end) = *all.iter().find(long_enough)?;
    Some((None, sentence(open, Passage { text: place, start, end })?))
}

fn outside(
    insight: &Insight,
    members: &[ResponseId],
    open: &OpenThemes,
    spoken_for: &[usize],
) -> Vec<Quote> {
    let may = |response: ResponseId| {
        !members.contains(&response) && insight.material.is_quotable(response)
    };
    let named = |quote: Quote| {
        let name = insight.material.name_for_quotes(quote.response).map(str::to_owned);
        Quote { name, ..quote }
    };
    let themes = open.found.themes.iter().enumerate();
    let missing = themes.filter(|(number, _)| !spoken_for.contains(number));
    let missing = missing.flat_map(|(_, theme)| theme.quotes.iter().chain(&theme.passages));
    let missing = missing.filter_map(|passage| {
        let (response, _) = open.quote(passage)?;
        may(response).then(|| sentence(open, *passage))?
    });
    let unlike = open.dissent.iter().flatten().filter_map(|dissent| {
        let span = dissent.span;
        let place = open.texts.iter().position(|(id, _)| *id == span.response)?;
        may(span.response)
            .then(|| sentence(open, Passage { text: place, start: span.start, end: span.end }))?
    });
    let mut found: Vec<Quote> = missing.take(1).map(named).collect();
    let known = |found: &[Quote], quote: &Quote| found.iter().any(|f| f.response == quote.response);
    let further: Vec<Quote> = unlike.filter(|quote| !known(&found, quote)).take(1).collect();
    found.extend(further.into_iter().map(named));
    found
}

/// Words about a statement from those who agree and from those who disagree, a member's and an
/// outsider's of each side where there are, and nothing if there is only one side: the sentence of an
/// open answer that has most words in
/// common with it.
pub(super) fn for_statement(
    insight: &Insight,
    members: &[ResponseId],
    at: usize,
    statement: &str,
    told: &mut Told,
) -> Vec<Quote> {
    let about = tokens(statement);
    let mut found: Vec<Quote> = vec![];
    for wanted in [Side::Agree, Side::Disagree] {
        for inside in [true, false] {
            let mut best: Option<(usize, Quote)> = None;
            for open in insight.themes.iter() {
                for (place, (id, text)) in open.texts.iter().enumerate() {
                    let may = if inside {
                        members.contains(id)
                            && insight.material.voice(*id).is_some_and(|v| v.allows(Consent::Group))
                    } else {
                        !members.contains(id) && insight.material.is_quotable(*id)
                    };
                    let twice = told.named.contains(id) || told.sided.contains(id);
                    if !may || twice || side(insight, *id, at) != Some(wanted) {
                        continue;
                    }
                    for (start, end) in sentences(text) {
                        let Some(words) = text.get(start..end) else { continue };
                        let long = (LEAST..=*READ.end()).contains(&length(words));
                        if !long || told.words.contains(&bare_words(words)) {
                            continue;
                        }
                        let near = tokens(words).intersection(&about).map(|t| weight(t)).sum();
                        let nearest = best.as_ref().map_or(NEAR - 1, |(near, _)| *near);
                        if near > nearest
                            && let Some(quote) = quote(open, place, start, end)
                        {
                            best = Some((near, Quote { inside, side: Some(wanted), ..quote }));
                        }
                    }
                }
            }
            found.extend(best.map(|(_, quote)| quote));
        }
    }
    // One side alone would lead.
    let both = [Side::Agree, Side::Disagree];
    if !both.iter().all(|side| found.iter().any(|quote| quote.side == Some(*side))) {
        return vec![];
    }
    found.into_iter().filter_map(|quote| told.take(quote)).collect()
}

/// How much a text says, in letters: a Chinese character says as much as two or three.
fn length(text: &str) -> usize {
    text.chars().map(|c| if ('\u{4e00}'..='\u{9fff}').contains(&c) { 2 } else { 1 }).sum()
}

/// A long word says by itself what a text is about; of short ones, and of pairs of Chinese
/// characters, it takes two.
fn weight(token: &str) -> usize {
    if token.chars().count() >= 6 { 2 } else { 1 }
}

/// What a text speaks of: words of four letters and more by their first six, pairs of Chinese
/// characters.
fn tokens(text: &str) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    let mut word = String::new();
    let mut before: Option<char> = None;
    for c in text.chars().chain([' ']) {
        let han = ('\u{4e00}'..='\u{9fff}').contains(&c);
        if han {
            tokens.extend(before.map(|before| format!("{before}{c}")));
            before = Some(c);
        } else {
            before = None;
        }
        if c.is_alphanumeric() && !han {
            word.extend(c.to_lowercase());
        } else {
            if word.chars().count() >= 4 && !SMALL.contains(&word.as_str()) {
                tokens.insert(word.chars().take(6).collect());
            }
            word.clear();
        }
    }
    tokens
}

/// Longer words that speak of nothing.
const SMALL: [&str; 40] = [
    "that", "this", "these", "those", "there", "their", "them", "then", "than", "they", "what",
    "when", "where", "which", "while", "with", "will", "would", "from", "have", "been", "were",
    "your", "more", "most", "much", "many", "very", "just", "only", "also", "about", "into",
    "over", "some", "such", "could", "should", "because", "think",
];

/// Of the sentence around a passage, if it can be read at once.
fn sentence(open: &OpenThemes, passage: Passage) -> Option<Quote> {
    let around = open.sentence(&passage, *READ.end());
    quote(open, around.text, around.start, around.end)
}

fn quote(open: &OpenThemes, place: usize, start: usize, end: usize) -> Option<Quote> {
    let (response, text) = open.texts.get(place)?;
    let words = text.get(start..end).filter(|words| !words.trim().is_empty())?;
    Some(Quote {
        text: words.to_owned(),
        response: *response,
        question: open.question,
        start,
        end,
        inside: false,
        name: None,
        side: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::themes::{Model, Theme, Themes};

    #[test]
    fn words_are_known_by_their_beginning_and_chinese_by_pairs() {
        let of = |text: &str| tokens(text).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(of("Models will need less data."), "data less models need");
        assert_eq!(of("The MODELLING of it"), "modell");
        assert_eq!(of("工具更重要"), "具更 工具 更重 重要");
        assert_eq!(of("AI 工具, 重要"), "工具 重要");
    }

    #[test]
    fn a_member_is_quoted_with_a_whole_sentence_where_it_can_be_read() {
        let member = ResponseId(uuid::Uuid::from_u128(1));
        let of = |text: &str, clause: &str| {
            let start = text.find(clause).unwrap();
            let passage = Passage { text: 0, start, end: start + clause.len() };
            let theme = Theme {
                label: "Tools".to_owned(),
                gist: passage,
                main: vec![0],
                mentions: vec![0],
                passages: vec![passage],
                quotes: vec![],
                keywords: vec![],
            };
            let open = OpenThemes {
                question: crate::domain::QuestionId(uuid::Uuid::nil()),
                texts: vec![(member, text.to_owned())],
                of: 1,
                model: Model::default(),
                found: Themes { themes: vec![theme], ..Themes::default() },
                dissent: vec![],
                edits: 0,
                kept: None,
            };
            let (theme, quote) = own_words(&open, member).unwrap();
            assert_eq!(theme, Some(0));
            assert_eq!(text.get(quote.start..quote.end), Some(quote.text.as_str()));
            quote.text
        };
        let text =
            "先有验证。只有验证变得便宜，Agent 才会被用到要紧的事情上，而不是只写演示。以后再说。";
        let whole = "只有验证变得便宜，Agent 才会被用到要紧的事情上，而不是只写演示。";
        assert_eq!(of(text, "Agent 才会被用到要紧的事情上，"), whole);
        let text = "First things first. Once proofs are cheap, agents will be trusted. Later more.";
        assert_eq!(
            of(text, "agents will be trusted."),
            "Once proofs are cheap, agents will be trusted."
        );
        // A sentence that nobody would read out stays cut to what it is about.
        let endless =
            format!("Once {}proofs are cheap, agents will be trusted.", "and again ".repeat(40));
        assert_eq!(of(&endless, "agents will be trusted."), "agents will be trusted.");
    }

    #[test]
    fn nobody_is_quoted_with_a_name_and_with_a_side() {
        let quote = |words: &str, name: Option<&str>, side| Quote {
            text: words.to_owned(),
            response: ResponseId(uuid::Uuid::nil()),
            question: crate::domain::QuestionId(uuid::Uuid::nil()),
            start: 0,
            end: 1,
            inside: true,
            name: name.map(str::to_owned),
            side,
        };
        let mut told = Told::default();
        let sided = told.take(quote("One.", None, Some(Side::Agree))).unwrap();
        assert_eq!((sided.side, sided.name), (Some(Side::Agree), None));
        let later = told.take(quote("Two.", Some("Ada"), None)).unwrap();
        assert_eq!(later.name, None, "the side is known of the one who wrote this");
        assert_eq!(told.take(quote("two", None, None)), None, "the same words once");
    }
}
