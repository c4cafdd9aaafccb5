//! What a group talks about: one question that all groups share, one on which this group differs,
//! one that nobody could answer.

use super::quotes::{Told, for_question, for_statement};
use super::votes::{Counted, most_divided};
use super::{Topic, Votes, Why};
use crate::domain::ResponseId;
use crate::domain::consent::Consent;
use crate::insight::Insight;
use crate::insight::brief::{self, Limits};
use crate::insight::themes::OpenThemes;
use crate::store::questionnaires::Asked;

/// Of so few voters nothing is said about everybody.
const EVERYBODY: u32 = 5;

/// The topics, in the order in which they are talked about.
pub(super) fn topics(insight: &Insight, members: &[ResponseId], votes: &[Counted]) -> Vec<Topic> {
    let mut told = Told::default();
    let mut open: Vec<&OpenThemes> = insight.themes.iter().collect();
    let shared = (!open.is_empty()).then(|| open.remove(0));
    let divides = dividing(insight);
    let mut topics = vec![];
    // What all groups share comes of everybody's answers alone, so that it is the same for all.
    if let Some(open) = shared {
        topics.extend(question(insight, members, Why::Shared, open, &mut told));
    } else if let Some(first) = divides.first() {
        topics.push(statement(insight, members, Why::Shared, first, None, &mut told));
    }
    let taken = |topics: &[Topic], text: &str| topics.iter().any(|topic| topic.text == text);
    let free: Vec<&Counted> = votes.iter().filter(|c| !taken(&topics, &c.votes.text)).collect();
    let own = most_divided(votes).filter(|own| free.iter().any(|free| free.key == own.key));
    if let Some(own) = own {
        let counted = Some(own.votes.clone());
        topics.push(statement(insight, members, Why::Differs, own, counted, &mut told));
    } else if let Some(between) = apart(insight, members, &open) {
        open.retain(|open| open.question != between.0.question);
        let topic = question(insight, members, Why::Differs, between.0, &mut told);
        topics.extend(topic.map(|topic| Topic { between: between.1, ..topic }));
    } else if let Some(next) = divides.iter().find(|next| !taken(&topics, &next.votes.text)) {
        topics.push(statement(insight, members, Why::Divides, next, None, &mut told));
    }
    topics.extend(last(insight, members, &open, &topics, &mut told));
    topics
}

/// The last one: the open question that the smallest part of everybody had something to say to,
/// if that is less than half of those who could have; or the statement that most passed on; or a
/// further question.
fn last(
    insight: &Insight,
    members: &[ResponseId],
    open: &[&OpenThemes],
    topics: &[Topic],
    told: &mut Told,
) -> Option<Topic> {
    let everybody = insight.material.voices.len();
    let said = |open: &OpenThemes| open.of.saturating_sub(open.found.uninformative.len());
    let least = open.iter().min_by_key(|open| said(open)).copied();
    if let Some(least) = least.filter(|least| said(least) * 2 <= everybody) {
        return question(insight, members, Why::Unanswered, least, told);
    }
    if let Some(passed) = passed(insight).filter(|p| !topics.iter().any(|t| t.text == p.votes.text))
    {
        return Some(statement(insight, members, Why::Unanswered, &passed, None, told));
    }
    question(insight, members, Why::Further, least?, told)
}

fn asked(insight: &Insight, open: &OpenThemes) -> Option<Asked> {
    insight.material.questions.iter().find(|asked| asked.id == open.question).cloned()
}

fn question(
    insight: &Insight,
    members: &[ResponseId],
    why: Why,
    open: &OpenThemes,
    told: &mut Told,
) -> Option<Topic> {
    let asked = asked(insight, open)?;
    Some(Topic {
        key: format!("{}.{}", name(why), asked.key),
        why,
        text: asked.wording.prompt,
        votes: None,
        between: vec![],
        quotes: for_question(insight, members, open, told),
    })
}

fn statement(
    insight: &Insight,
    members: &[ResponseId],
    why: Why,
    of: &Counted,
    votes: Option<Votes>,
    told: &mut Told,
) -> Topic {
    Topic {
        key: format!("{}.{}", name(why), of.key),
        why,
        text: of.votes.text.clone(),
        votes,
        between: vec![],
        quotes: for_statement(insight, members, of.at, &of.votes.text, told),
    }
}

/// How a topic's key begins.
fn name(why: Why) -> &'static str {
    match why {
        Why::Shared => "shared",
        Why::Differs => "differs",
        Why::Divides => "divides",
        Why::Unanswered => "unanswered",
        Why::Further => "further",
    }
}

/// The statements that part everybody most, as everybody's counts have it.
fn dividing(insight: &Insight) -> Vec<Counted> {
    let Some(opinion) = insight.opinion.as_deref() else { return vec![] };
    let most = brief::most_divided(&opinion.result.statements);
    let enough = most.into_iter().filter(|(_, c)| {
        c.agree + c.disagree + c.pass >= EVERYBODY && c.agree > 0 && c.disagree > 0
    });
    enough.filter_map(|(at, _)| counted(insight, at)).collect()
}

/// The statement on which the largest part of everybody passed, if it is at least a third.
fn passed(insight: &Insight) -> Option<Counted> {
    let opinion = insight.opinion.as_deref()?;
    let (mut best, mut most) = (None, 0.0);
    for (at, c) in opinion.result.statements.iter().enumerate() {
        let all = c.agree + c.disagree + c.pass;
        let share = f64::from(c.pass) / f64::from(all.max(1));
        if all >= EVERYBODY && share * 3.0 >= 1.0 && share > most {
            (best, most) = (Some(at), share);
        }
    }
    counted(insight, best?)
}

/// A statement by its place, without counts.
fn counted(insight: &Insight, at: usize) -> Option<Counted> {
    let statement = insight.opinion.as_deref()?.statements.get(at)?;
    let asked = insight.material.questions.iter().find(|a| a.id == statement.question)?;
    let votes = Votes { text: statement.text.clone(), ..Votes::default() };
    Some(Counted { at, key: format!("{}.{}", asked.key, statement.key), votes })
}

/// The open question of which members speak most differently: two themes, each spoken of by
/// members that do not speak of the other; with their labels.
fn apart<'a>(
    insight: &Insight,
    members: &[ResponseId],
    open: &[&'a OpenThemes],
) -> Option<(&'a OpenThemes, Vec<String>)> {
    let tells = |id: &ResponseId| {
        members.contains(id)
            && insight.material.voice(*id).is_some_and(|voice| voice.allows(Consent::Group))
    };
    let mut best: Option<(usize, &OpenThemes, Vec<String>)> = None;
    for open in open {
        let of: Vec<Vec<ResponseId>> = (open.found.themes.iter())
            .map(|theme| open.people(&theme.mentions).into_iter().filter(tells).collect())
            .collect();
        for (first, ones) in of.iter().enumerate() {
            for (second, others) in of.iter().enumerate().skip(first + 1) {
                let only = |these: &[ResponseId], those: &[ResponseId]| {
                    these.iter().filter(|id| !those.contains(id)).count()
                };
                let strength = only(ones, others).min(only(others, ones));
                let label = |at: usize| open.name(at, Limits::PUBLISHED.authors);
                if strength > best.as_ref().map_or(0, |(strength, ..)| *strength) {
                    let labels = [label(first), label(second)].into_iter().flatten().collect();
                    best = Some((strength, open, labels));
                }
            }
        }
    }
    best.map(|(_, open, labels)| (open, labels))
}
