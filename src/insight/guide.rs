//! The guide of one group, made of its own members' answers: what they agree on already, where
//! they differ, and both sides in words that somebody wrote. Only words of respondents who
//! allowed it: members' to their group, others' to be quoted.
//!
//! What belongs into a guide follows the practice of deliberative formats (Living Room
//! Conversations, World Café, deliberative polling): story before opinion, open questions, both
//! sides, no push for consensus.

use serde::{Deserialize, Serialize};

use super::Insight;
use super::themes::OpenThemes;
use crate::analysis::passages::passages;
use crate::domain::consent::Consent;
use crate::domain::{QuestionId, ResponseId};

/// The guide of one group. Kept as it was made; words around it are added when it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guide {
    /// How long the group meets.
    pub minutes: u32,
    /// Statements on which all members who voted say the same: no time is needed for them.
    pub agreed: Vec<Votes>,
    /// What to talk about, in order.
    pub topics: Vec<Topic>,
}

/// Members' votes on a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// The statement.
    pub text: String,
    /// Members who agree.
    pub agree: u32,
    /// Members who disagree.
    pub disagree: u32,
    /// Members who passed.
    pub pass: u32,
}

/// One thing to talk about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Why it is here.
    pub why: Why,
    /// The question, or the statement on which members differ.
    pub text: String,
    /// How members voted, for statements.
    pub votes: Option<Votes>,
    /// What was written, from different sides.
    pub quotes: Vec<Quote>,
}

/// Why a topic is in a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Every group talks about it.
    Shared,
    /// This group differs on it.
    Differs,
    /// Hardly any member had an answer.
    Unanswered,
    /// A further question of the article.
    Further,
}

/// Words of an answer: the slice `start..end` of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Whose answer.
    pub response: ResponseId,
    /// To which question.
    pub question: QuestionId,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Whether a member of the group wrote it.
    pub inside: bool,
    /// The name under it, where that is allowed.
    pub name: Option<String>,
}

/// Most topics on which a group differs; more would not fit its time.
const DIFFERENCES: usize = 2;
/// Most quotes under a topic.
const QUOTES: usize = 4;
/// Most statements that are listed as agreed.
const AGREED: usize = 4;

/// The guide for these members.
pub fn guide(insight: &Insight, members: &[ResponseId], minutes: u32) -> Guide {
    let votes = member_votes(insight, members);
    let agreed = agreed(&votes);
    let mut topics = vec![];
    let mut open: Vec<&OpenThemes> = insight.themes.iter().collect();
    if !open.is_empty() {
        topics.push(topic(insight, members, Why::Shared, open.remove(0)));
    }
    topics.extend(differences(&votes).into_iter().map(|votes| Topic {
        why: Why::Differs,
        text: votes.text.clone(),
        quotes: vec![],
        votes: Some(votes),
    }));
    // Of what is left, the question to which the fewest members had something to say.
    let said = |open: &&OpenThemes| {
        let own = open.texts.iter().enumerate().filter(|(_, (id, _))| members.contains(id));
        own.filter(|(place, _)| !open.found.uninformative.contains(place)).count()
    };
    if let Some(least) = open.into_iter().min_by_key(said) {
        let few = said(&least) * 2 <= members.len();
        let why = if few { Why::Unanswered } else { Why::Further };
        topics.push(topic(insight, members, why, least));
    }
    Guide { minutes, agreed, topics }
}

fn topic(insight: &Insight, members: &[ResponseId], why: Why, open: &OpenThemes) -> Topic {
    let asked = insight.material.questions.iter().find(|asked| asked.id == open.question);
    Topic {
        why,
        text: asked.map(|asked| asked.wording.prompt.clone()).unwrap_or_default(),
        votes: None,
        quotes: quotes(insight, members, open),
    }
}

/// Members' words first, one passage each and from different themes where they are; then one
/// from outside the group, of the largest theme that no member speaks of.
fn quotes(insight: &Insight, members: &[ResponseId], open: &OpenThemes) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = vec![];
    let mut spoken_for: Vec<usize> = vec![];
    let mut waiting: Vec<Quote> = vec![];
    for member in members {
        let Some(voice) = insight.material.voice(*member) else { continue };
        if !voice.allows(Consent::Group) {
            continue;
        }
        let Some((theme, quote)) = own_words(open, *member) else { continue };
        let name = voice.contact.as_ref().map(|c| c.name.clone()).filter(|name| !name.is_empty());
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
    quotes.truncate(QUOTES - 1);
    quotes.extend(outside(insight, members, open, &spoken_for));
    quotes
}

/// The passage of a member's answer that stands for a theme, or else its first of some length.
fn own_words(open: &OpenThemes, member: ResponseId) -> Option<(Option<usize>, Quote)> {
    const SHORTEST: usize = 12;
    let place = open.texts.iter().position(|(id, _)| *id == member)?;
    if open.found.uninformative.contains(&place) {
        return None;
    }
    for (number, theme) in open.found.themes.iter().enumerate() {
        let passages = theme.quotes.iter().chain(&theme.passages);
        let mut own = passages.filter(|passage| passage.text == place);
        if let Some(quote) = own.find_map(|p| quote(open, p.text, p.start, p.end)) {
            return Some((Some(number), quote));
        }
    }
    let (_, text) = open.texts.get(place)?;
    let all = passages(text);
    let long_enough = |(start, end): &&(usize, usize)| {
        text.get(*start..*end).is_some_and(|words| words.chars().count() >= SHORTEST)
    };
    let (start, end) = *all.iter().find(long_enough).or_else(|| all.first())?;
    Some((None, quote(open, place, start, end)?))
}

fn outside(
    insight: &Insight,
    members: &[ResponseId],
    open: &OpenThemes,
    spoken_for: &[usize],
) -> Option<Quote> {
    let themes = open.found.themes.iter().enumerate();
    let missing = themes.filter(|(number, _)| !spoken_for.contains(number));
    missing.flat_map(|(_, theme)| theme.quotes.iter().chain(&theme.passages)).find_map(|passage| {
        let (response, _) = open.quote(passage)?;
        if members.contains(&response) || !insight.material.is_quotable(response) {
            return None;
        }
        let name = insight.material.name_for_quotes(response).map(str::to_owned);
        let quote = quote(open, passage.text, passage.start, passage.end)?;
        Some(Quote { name, ..quote })
    })
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
    })
}

fn member_votes(insight: &Insight, members: &[ResponseId]) -> Vec<Votes> {
    let Some(opinion) = &insight.opinion else { return vec![] };
    let rows: Vec<&Vec<Option<i8>>> = (opinion.people.iter().zip(&opinion.votes.cells))
        .filter(|(id, _)| members.contains(id))
        .map(|(_, row)| row)
        .collect();
    let count = |column: usize, vote: i8| {
        let voted = rows.iter().filter(|row| row.get(column).copied().flatten() == Some(vote));
        u32::try_from(voted.count()).unwrap_or(u32::MAX)
    };
    let counted = opinion.statements.iter().enumerate().map(|(column, statement)| Votes {
        text: statement.text.clone(),
        agree: count(column, 1),
        disagree: count(column, -1),
        pass: count(column, 0),
    });
    counted.collect()
}

/// Where at least three voted and nobody voted against the others.
fn agreed(votes: &[Votes]) -> Vec<Votes> {
    let mut agreed: Vec<Votes> = votes
        .iter()
        .filter(|v| (v.agree >= 3 && v.disagree == 0) || (v.disagree >= 3 && v.agree == 0))
        .cloned()
        .collect();
    agreed.sort_by_key(|v| (std::cmp::Reverse(v.agree.max(v.disagree)), v.pass));
    agreed.truncate(AGREED);
    agreed
}

/// Where the smaller side is largest.
fn differences(votes: &[Votes]) -> Vec<Votes> {
    let mut differ: Vec<Votes> =
        votes.iter().filter(|v| v.agree > 0 && v.disagree > 0).cloned().collect();
    differ.sort_by_key(|v| {
        let (small, large) = (v.agree.min(v.disagree), v.agree.max(v.disagree));
        (std::cmp::Reverse(small), large, v.pass)
    });
    differ.truncate(DIFFERENCES);
    differ
}
