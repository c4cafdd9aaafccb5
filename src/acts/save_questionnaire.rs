//! An organizer saves the questions. A draft is simply rewritten; a published question never
//! is: changed words become a further version, and answers stay with the words they answered. Where
//! the change makes it another question, the old one is taken off the form with its answers, and
//! the new one stands in its place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

use crate::domain::document::is_kept_key;
use crate::domain::kind::Kind;
use crate::domain::options::Head;
use crate::domain::question::Line;
use crate::domain::status::Status;
use crate::domain::{QuestionId, Wording, WordingId};
use crate::service::Service;
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// A questionnaire as the editor has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edited {
    /// Its title.
    pub title: String,
    /// What stands before the first question.
    pub introduction: String,
    /// Title and introduction in further languages, by language tag.
    pub translations: BTreeMap<String, Head>,
    /// Its questions in order; what the editor did not know of stays behind them.
    pub questions: Vec<EditedQuestion>,
    /// Keys of the questions that are taken off the form.
    pub off: Vec<String>,
    /// Keys of published questions whose changed words make them other questions. What else
    /// changed of a published question is a correction: its answers are read as one.
    pub replaced: BTreeSet<String>,
}

/// A question as the editor has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditedQuestion {
    /// Its key. A new question has none yet, or one like `q7` that conditions refer to.
    pub key: Option<String>,
    /// Its words.
    pub wording: Wording,
    /// Where it comes from in the article.
    pub passage: Option<(usize, usize)>,
    /// Keys of the options or statements that the editor showed: what came in meanwhile is not
    /// among them, and stays.
    pub shown: Vec<String>,
}

/// Keeps what was edited; the questionnaire as it now is. What came on the form while the editor
/// was open (another tab, a reader's statement) stays there.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn save_questionnaire(
    service: &Service,
    questionnaire: Questionnaire,
    edited: Edited,
) -> anyhow::Result<Questionnaire> {
    let tx = service.store.write().await?;
    let questionnaire = questionnaires::held(&tx, questionnaire).await?;
    let now = service.clock.now();
    let saved = save_in(service, &tx, questionnaire, edited, now).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(saved)
}

/// The same as a part of `tx`, which holds the questionnaire. Who commits says that forms changed.
pub(super) async fn save_in(
    service: &Service,
    tx: &DatabaseTransaction,
    mut questionnaire: Questionnaire,
    edited: Edited,
    now: DateTime<Utc>,
) -> anyhow::Result<Questionnaire> {
    let id = questionnaire.id;
    let draft = questionnaire.status == Status::Draft;
    let present = questionnaires::all_asked(tx, id).await?;
    let wordings = questionnaires::wordings(tx, id).await?;
    let mut questions = edited.questions;
    let known: BTreeSet<String> = present.iter().map(|asked| asked.key.clone()).collect();
    name_questions(&known, &mut questions);
    let replaced: BTreeSet<String> = if draft {
        BTreeSet::new()
    } else {
        let others = questions.iter().filter(|question| {
            let key = question.key.as_deref().unwrap_or_default();
            let before = present.iter().find(|asked| asked.key == key);
            let word = question.wording.kind.word();
            before.is_some_and(|before| {
                edited.replaced.contains(key) || before.wording.kind.word() != word
            })
        });
        others.filter_map(|question| question.key.clone()).collect()
    };
    let renamed = rename_replaced(&known, &mut questions, &replaced);
    let mut kept: Vec<QuestionId> = vec![];
    let mut positions = 0..;
    for (mut question, position) in questions.into_iter().zip(positions.by_ref()) {
        let key = question.key.unwrap_or_default();
        let before = present.iter().find(|before| before.key == key);
        let stood_here = renamed.get(&key).and_then(|old| present.iter().find(|p| p.key == *old));
        let kind = &mut question.wording.kind;
        if let Some(like) = before.or(stood_here) {
            keep_unseen(kind, &like.wording.kind, &question.shown);
            kind.name_lines(questionnaires::lines_ever(&wordings, like.id));
        } else {
            kind.name_lines([]);
        }
        if let Some(before) = before {
            kept.push(before.id);
            let mut asked =
                Asked { position: Some(position), wording: question.wording, ..before.clone() };
            if asked.wording != before.wording {
                if draft {
                    questionnaires::rewrite_wording(tx, &asked).await?;
                } else {
                    asked.wording_id = WordingId(service.clock.name());
                    asked.version = before.version + 1;
                    questionnaires::insert_wording(tx, id, &asked, now).await?;
                }
            }
            questionnaires::update_question(tx, &asked).await?;
        } else {
            let asked = Asked {
                id: QuestionId(service.clock.name()),
                key,
                position: Some(position),
                wording_id: WordingId(service.clock.name()),
                version: 1,
                wording: question.wording,
                passage: question.passage,
            };
            questionnaires::insert_question(tx, id, &asked, now).await?;
            if let Some(old) = stood_here {
                questionnaires::set_replaces(tx, asked.id, old.id).await?;
            }
        }
    }
    let on_form = |asked: &&Asked| asked.position.is_some() && !kept.contains(&asked.id);
    for other in present.iter().filter(on_form) {
        let gone = renamed.values().any(|old| *old == other.key);
        let off = gone || edited.off.contains(&other.key);
        if off && draft {
            questionnaires::delete_question(tx, other.id).await?;
        } else {
            let position = if off { None } else { positions.next() };
            let moved = Asked { position, ..other.clone() };
            questionnaires::update_question(tx, &moved).await?;
        }
    }
    let mut options = questionnaire.options();
    // The words of thanks are not the editor's: they stay.
    let before = std::mem::replace(&mut options.translations, edited.translations);
    for (tag, head) in before.into_iter().filter(|(_, head)| !head.thanks.is_empty()) {
        let present = options.translations.entry(tag).or_default();
        if present.thanks.is_empty() {
            present.thanks = head.thanks;
        }
    }
    questionnaire.set_options(&options);
    questionnaire.title = edited.title;
    questionnaire.introduction = edited.introduction;
    questionnaire.version += 1;
    questionnaires::update(tx, questionnaire.clone()).await?;
    Ok(questionnaire)
}

/// Gives every question without a key of its own the next one that is not `known`.
pub(super) fn name_questions(known: &BTreeSet<String>, questions: &mut [EditedQuestion]) {
    let typed = questions.iter().filter_map(|question| question.key.as_ref());
    let mut next = 1 + known.iter().chain(typed).filter_map(|key| number(key)).max().unwrap_or(0);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for question in questions {
        let is_good = |key: &String| number(key).is_some() || known.contains(key);
        let key = question.key.take().filter(|key| is_good(key) && !taken.contains(key));
        let key = key.unwrap_or_else(|| {
            next += 1;
            format!("q{}", next - 1)
        });
        taken.insert(key.clone());
        question.key = Some(key);
    }
}

/// Gives questions that replace one that was asked a key of their own: new keys with the old
/// ones. What hung on the old question hangs on the new one: its lines keep their keys.
fn rename_replaced(
    known: &BTreeSet<String>,
    questions: &mut [EditedQuestion],
    replaced: &BTreeSet<String>,
) -> BTreeMap<String, String> {
    let mut renamed = BTreeMap::new();
    for old in replaced {
        let place = questions.iter().position(|question| question.key.as_ref() == Some(old));
        let Some(question) = place.and_then(|place| questions.get_mut(place)) else { continue };
        question.key = None;
        name_questions(known, questions);
        let question = place.and_then(|place| questions.get(place));
        let new = question.and_then(|question| question.key.clone()).unwrap_or_default();
        for condition in questions.iter_mut().filter_map(|q| q.wording.shown_if.as_mut()) {
            if condition.question == *old {
                condition.question.clone_from(&new);
            }
        }
        renamed.insert(new, old.clone());
    }
    renamed
}

/// Puts the lines that the editor did not show behind those that it has; what was typed in the
/// words of such a line is that line.
pub(super) fn keep_unseen(kind: &mut Kind, before: &Kind, shown: &[String]) {
    let Some((lines, _)) = kind.lines_mut() else { return };
    for unseen in before.lines() {
        if shown.contains(&unseen.key) || lines.iter().any(|line| line.key == unseen.key) {
            continue;
        }
        let same = |line: &&mut Line| line.key.is_empty() && line.text == unseen.text;
        match lines.iter_mut().find(same) {
            Some(line) => line.key.clone_from(&unseen.key),
            None => lines.push(unseen.clone()),
        }
    }
}

/// The number in the key of a question that we have named.
fn number(key: &str) -> Option<u32> {
    is_kept_key(key).then(|| key.strip_prefix('q')?.parse().ok()).flatten()
}
