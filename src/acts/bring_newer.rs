//! An organizer brings a newer text of the article: what became of its questions is shown, and
//! what of that is taken changes the form. Nothing that was published changes by itself: taken
//! words are a further wording, as if they had been typed in the editor.

use std::collections::BTreeSet;

use sea_orm::ConnectionTrait;

use super::bring_article::{as_read, draft_of, keep_text};
use super::save_questionnaire::{Edited, save_in};
use super::show_images::addresses;
use super::take_candidates::{asked_as, with_more};
use crate::article::{self, Candidate, Change, candidates, difference};
use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::{ArticleId, QuestionId};
use crate::service::Service;
use crate::store::articles::{self, Article};
use crate::store::images;
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// A newer text beside the one that is there.
#[derive(Debug)]
pub struct Newer {
    /// The newer text.
    pub article: Article,
    /// What became of the questions that are on the form, and what is new, in its order.
    pub changes: Vec<Changed>,
}

/// What became of one question.
#[derive(Clone, Debug)]
pub struct Changed {
    /// What it is called where it is taken: the key of a question on the form, or a place.
    pub key: String,
    /// What became of it.
    pub change: Change,
    /// Its words in the text that is there.
    pub before: Option<String>,
    /// What it is in the newer text.
    pub after: Option<Candidate>,
    /// The question on the form that it is; none: it is a statement, or new.
    question: Option<QuestionId>,
}

impl Changed {
    /// Whether it can be taken into the form.
    pub fn can_be_taken(&self) -> bool {
        matches!(self.change, Change::New | Change::Reworded)
    }
}

/// Keeps a newer text beside the one that is there, which stays until the newer one is taken.
/// None: it is the same text.
///
/// # Errors
/// A database that refuses.
pub async fn keep_newer(
    service: &Service,
    questionnaire: &Questionnaire,
    read: article::Article,
) -> anyhow::Result<Option<ArticleId>> {
    let tx = service.store.write().await?;
    let present = articles::by_id(&tx, questionnaire.article_id).await?;
    if present.is_some_and(|present| present.body == read.text && present.title == read.title) {
        return Ok(None);
    }
    let id = keep_text(service, &tx, read, Some(questionnaire.article_id)).await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// Compares a newer text with the one that is there. None: there is no such text, or it was
/// brought to replace another one.
///
/// # Errors
/// A database that refuses.
pub async fn compare(
    db: &impl ConnectionTrait,
    questionnaire: &Questionnaire,
    newer: ArticleId,
) -> anyhow::Result<Option<Newer>> {
    let Some(article) = articles::by_id(db, newer).await? else { return Ok(None) };
    if article.earlier_id != Some(questionnaire.article_id) {
        return Ok(None);
    }
    let present = articles::by_id(db, questionnaire.article_id).await?;
    let present = present.ok_or_else(|| anyhow::anyhow!("a questionnaire without its article"))?;
    let asked = questionnaires::asked(db, questionnaire.id).await?;
    let (before, after) = (candidates(&as_read(&present)?), candidates(&as_read(&article)?));
    let mut changes: Vec<Changed> = vec![];
    for one in difference(&before, &after) {
        let earlier = one.before.and_then(|at| before.get(at));
        let later = one.after.and_then(|at| after.get(at));
        let on_form = earlier.and_then(|candidate| asked_as(&asked, candidate));
        let question = on_form.filter(|asked| !matches!(asked.wording.kind, Kind::Statements(_)));
        let is_new = one.change == Change::New;
        let wanted = later.filter(|candidate| is_new && candidate.suggested);
        let listed = wanted.is_some_and(|candidate| asked_as(&asked, candidate).is_none());
        if on_form.is_some() || listed {
            changes.push(Changed {
                key: question.map_or_else(|| place(later.or(earlier)), |asked| asked.key.clone()),
                change: one.change,
                before: earlier.map(|candidate| candidate.text.clone()),
                after: later.cloned(),
                question: question.map(|asked| asked.id),
            });
        }
    }
    Ok(Some(Newer { article, changes }))
}

/// A name for what has no key on the form yet.
fn place(candidate: Option<&Candidate>) -> String {
    candidate.map_or_else(String::new, |candidate| {
        format!("{}-{}-{}", candidate.kind.word(), candidate.start, candidate.end)
    })
}

/// Puts a newer text in the place of the one that is there, and takes from it what `taken` names.
/// Questions that are in it stand where they are in it now; those that are gone stay on the form
/// without a passage. None: it cannot be taken any more, since another one was.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn take_newer(
    service: &Service,
    questionnaire: &Questionnaire,
    newer: ArticleId,
    taken: &BTreeSet<String>,
) -> anyhow::Result<Option<Questionnaire>> {
    let tx = service.store.write().await?;
    let Some(mut held) = questionnaires::hold(&tx, questionnaire.id).await? else {
        return Ok(None);
    };
    let Some(newer) = compare(&tx, &held, newer).await? else { return Ok(None) };
    let present = articles::by_id(&tx, held.article_id).await?;
    let asked = questionnaires::asked(&tx, held.id).await?;
    let wanted = |changed: &&Changed| changed.can_be_taken() && taken.contains(&changed.key);
    let wanted: Vec<&Changed> = newer.changes.iter().filter(wanted).collect();
    if !wanted.is_empty() {
        let edited = edited(service, &held, &asked, &wanted);
        held = save_in(service, &tx, held, edited, service.clock.now()).await?;
    }
    for asked in &asked {
        if let Some(span) = asked.passage {
            let found = newer.changes.iter().find(|changed| changed.question == Some(asked.id));
            let passage = match found {
                Some(changed) => changed.after.as_ref().map(|after| (after.start, after.end)),
                None => same_words(present.as_ref(), &newer.article, span),
            };
            questionnaires::set_passage(&tx, asked.id, passage).await?;
        }
    }
    // What it shows of what was fetched before, it goes on showing; nothing new is asked for.
    let named = addresses(&newer.article)?;
    images::carry(&tx, held.article_id, newer.article.id, &named).await?;
    held.article_id = newer.article.id;
    questionnaires::update(&tx, held.clone()).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(Some(held))
}

/// Where a passage that is no question of the article's own stands in the newer text.
fn same_words(
    present: Option<&Article>,
    newer: &Article,
    (start, end): (usize, usize),
) -> Option<(usize, usize)> {
    let words = present?.body.get(start..end).filter(|words| !words.trim().is_empty())?;
    let at = newer.body.find(words)?;
    Some((at, at + words.len()))
}

/// The form with what was taken.
fn edited(
    service: &Service,
    questionnaire: &Questionnaire,
    asked: &[Asked],
    wanted: &[&Changed],
) -> Edited {
    let now = service.clock.now();
    let new = wanted.iter().filter(|changed| changed.change == Change::New);
    let new: Vec<Candidate> = new.filter_map(|changed| changed.after.clone()).collect();
    if asked.is_empty() {
        return draft_of(questionnaire, &new, now);
    }
    let mut edited = with_more(questionnaire, asked, &new, now);
    for changed in wanted.iter().filter(|changed| changed.change == Change::Reworded) {
        let Some(after) = &changed.after else { continue };
        let question = edited
            .questions
            .iter_mut()
            .find(|question| question.key.as_deref() == Some(changed.key.as_str()));
        let Some(question) = question else { continue };
        // The words of a question to share points are ours; its options are the article's.
        if !matches!(question.wording.kind, Kind::Allocation(_)) {
            question.wording.prompt.clone_from(&after.text);
        }
        question.shown =
            question.wording.kind.lines().iter().map(|line| line.key.clone()).collect();
        if let (Some((lines, _)), false) =
            (question.wording.kind.lines_mut(), after.options.is_empty())
        {
            let before = std::mem::take(lines);
            *lines = after.options.iter().map(|option| known(&before, option)).collect();
        }
    }
    edited
}

/// An option under the key that it had; a new one has none yet.
fn known(before: &[Line], option: &str) -> Line {
    let same = before.iter().find(|line| line.text == option);
    same.cloned().unwrap_or_else(|| Line { key: String::new(), text: option.to_owned() })
}
