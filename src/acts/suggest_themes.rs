//! An organizer asks a language model for names and summaries of a question's themes. What it
//! proposes is checked sentence by sentence and waits; the organizer takes it or leaves it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{QuestionId, ResponseId};
use crate::insight::themes::OpenThemes;
use crate::insight::themes::edit::Sentence;
use crate::insight::themes::summary::check;
use crate::insight::{self, Insight, Material};
use crate::narrator::{Answer, Brief, Proposal};
use crate::service::Service;
use crate::store::questionnaires::{Asked, Questionnaire};
use crate::store::theme_suggestions::{self, ThemeSuggestion};

/// Answers of a theme that are sent at the most: the most telling come first.
const ANSWERS: usize = 120;
/// Characters of each.
const LONGEST: usize = 1_500;

/// What was proposed for a theme, after the check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The name; none if it failed the check.
    pub title: Option<String>,
    /// Sentences that passed.
    pub sentences: Vec<Sentence>,
    /// What failed, and why.
    pub rejected: Vec<(String, String)>,
    /// Whose answers the model has seen. Whoever of them erases theirs takes the proposal along.
    pub seen: Vec<ResponseId>,
    /// Which model, at which host.
    pub from: String,
}

/// The answers of a theme that would be sent: of people who may be quoted, its quotes first.
pub fn sendable<'a>(
    material: &Material,
    open: &'a OpenThemes,
    place: usize,
) -> Vec<(ResponseId, &'a str)> {
    let Some(theme) = open.found.themes.get(place) else { return vec![] };
    let quoted = theme.quotes.iter().map(|quote| quote.text);
    let mut order: Vec<usize> = vec![];
    for at in quoted.chain(theme.main.iter().copied()).chain(theme.mentions.iter().copied()) {
        if !order.contains(&at) {
            order.push(at);
        }
    }
    let texts = order.iter().filter_map(|at| open.texts.get(*at));
    let allowed = texts.filter(|(id, text)| material.is_quotable(*id) && !text.trim().is_empty());
    allowed.map(|(id, text)| (*id, cut(text))).take(ANSWERS).collect()
}

fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Begins to ask, beside everything else; how far it is, the narrator tells. Whether it began:
/// not without an endpoint, nor while the same question is being asked about.
///
/// # Errors
/// A database that refuses.
pub async fn suggest_themes(
    service: &Service,
    questionnaire: &Questionnaire,
    asked: &Asked,
) -> anyhow::Result<bool> {
    let insight = insight::of(service, questionnaire).await?;
    let open = insight.themes.iter().find(|open| open.question == asked.id);
    let themes = open.map_or(0, |open| open.found.themes.len());
    if service.narrator.goes_to().is_none() || !service.narrator.begin(asked.id, themes) {
        return Ok(false);
    }
    let (service, questionnaire, asked) = (service.clone(), questionnaire.clone(), asked.clone());
    tokio::spawn(async move {
        for place in 0..themes {
            let problem = one(&service, &questionnaire, &asked, &insight, place).await;
            if !service.narrator.advance(asked.id, problem) {
                break;
            }
        }
        service.narrator.end(asked.id);
    });
    Ok(true)
}

/// Asks about one theme; its name and what went wrong.
async fn one(
    service: &Service,
    questionnaire: &Questionnaire,
    asked: &Asked,
    insight: &Insight,
    place: usize,
) -> Option<(String, String)> {
    let open = insight.themes.iter().find(|open| open.question == asked.id)?;
    let theme = open.found.themes.get(place)?;
    let failed = |why: String| Some((theme.label.clone(), why));
    let sent = sendable(&insight.material, open, place);
    if sent.is_empty() {
        return failed("nobody in it allows to be quoted, so nothing was sent".to_owned());
    }
    let answers = (1..).zip(&sent);
    let answers =
        answers.map(|(n, (_, text))| Answer { id: format!("a{n}"), text: (*text).to_owned() });
    let brief = Brief {
        question: asked.wording.prompt.clone(),
        label: theme.label.clone(),
        people: theme.mentions.len(),
        answered: open.texts.len(),
        answers: answers.collect(),
    };
    let proposal = match service.narrator.propose(&brief).await {
        Ok(proposal) => proposal,
        Err(why) => return failed(why.to_string()),
    };
    let (host, model) = service.narrator.goes_to()?;
    let from = if model.is_empty() { host.to_owned() } else { format!("{model} at {host}") };
    let seen: Vec<ResponseId> = sent.iter().map(|(id, _)| *id).collect();
    let suggestion = checked(open, place, &seen, proposal, from);
    match keep(service, questionnaire, asked.id, open.id(place), suggestion).await {
        Ok(()) => None,
        Err(error) => {
            tracing::error!(error = ?error, "a proposal for a theme could not be kept");
            failed("what was proposed could not be kept".to_owned())
        }
    }
}

/// Keeps of a proposal what can be checked against the answers.
fn checked(
    open: &OpenThemes,
    place: usize,
    seen: &[ResponseId],
    proposal: Proposal,
    from: String,
) -> Suggestion {
    let names: BTreeMap<String, ResponseId> =
        (1..).zip(seen).map(|(n, id)| (format!("a{n}"), *id)).collect();
    let (mut sentences, mut rejected) = (vec![], vec![]);
    for said in proposal.sentences {
        let answers: Option<Vec<ResponseId>> =
            said.answers.iter().map(|name| names.get(name).copied()).collect();
        let Some(answers) = answers else {
            rejected.push((said.text, "it names an answer that is not in this theme".to_owned()));
            continue;
        };
        let sentence = Sentence { text: said.text.trim().to_owned(), answers };
        match check(open, place, &sentence) {
            Ok(()) => sentences.push(sentence),
            Err(fault) => rejected.push((sentence.text, fault.to_string())),
        }
    }
    let name = Sentence { text: proposal.title, answers: seen.to_vec() };
    let short = name.text.chars().count() <= super::edit_themes::LONGEST;
    let title = match check(open, place, &name) {
        Ok(()) if short => Some(name.text),
        Ok(()) => {
            rejected.push((name.text, "it is too long for a name".to_owned()));
            None
        }
        Err(fault) => {
            rejected.push((name.text, fault.to_string()));
            None
        }
    };
    for (text, _) in &mut rejected {
        *text = crate::domain::text::shortened(text, 400);
    }
    Suggestion { title, sentences, rejected, seen: seen.to_vec(), from }
}

async fn keep(
    service: &Service,
    questionnaire: &Questionnaire,
    question: QuestionId,
    theme: String,
    suggestion: Suggestion,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    crate::store::questionnaires::hold(&tx, questionnaire.id).await?;
    // Somebody may have erased their answer while the model was thinking about it.
    let complete = theme_suggestions::are_there(&tx, &suggestion.seen).await?;
    anyhow::ensure!(complete, "an answer was erased meanwhile");
    let made_at = service.clock.now();
    let content = serde_json::to_string(&suggestion)?;
    let questionnaire_id = questionnaire.id;
    let row = ThemeSuggestion { question_id: question, theme, questionnaire_id, made_at, content };
    theme_suggestions::keep(&tx, row).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets go of what was proposed for a theme.
///
/// # Errors
/// A database that refuses.
pub async fn drop_suggestion(
    service: &Service,
    question: QuestionId,
    theme: &str,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    theme_suggestions::remove(&tx, question, theme).await?;
    tx.commit().await?;
    Ok(())
}
