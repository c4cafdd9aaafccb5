//! An organizer saves the questions. A draft is simply rewritten; a published question never
//! is: changed words become a further version, and answers stay with the words they answered.

use std::collections::BTreeMap;

use sea_orm::DatabaseTransaction;

use crate::domain::document::is_kept_key;
use crate::domain::kind::Kind;
use crate::domain::options::Head;
use crate::domain::question::Line;
use crate::domain::status::Status;
use crate::domain::{QuestionId, Wording, WordingId};
use crate::service::Service;
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// A questionnaire as the editor has it.
#[derive(Clone, Debug, PartialEq)]
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
}

/// A question as the editor has it.
#[derive(Clone, Debug, PartialEq)]
pub struct EditedQuestion {
    /// Its key; a new question has none yet, or one such as `q7` that no other has had.
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
    let held = questionnaires::hold(&tx, questionnaire.id).await?;
    let saved = save_in(service, &tx, held.unwrap_or(questionnaire), edited).await?;
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
) -> anyhow::Result<Questionnaire> {
    let now = service.clock.now();
    let draft = questionnaire.status == Status::Draft;
    let present = questionnaires::all_asked(tx, questionnaire.id).await?;
    let wordings = questionnaires::wordings(tx, questionnaire.id).await?;
    let wished = edited.questions.iter().filter_map(|question| question.key.as_deref());
    let known = present.iter().map(|asked| asked.key.as_str()).chain(wished);
    let mut next_key = known.filter_map(number).max().unwrap_or(0).saturating_add(1);
    let mut kept: Vec<QuestionId> = vec![];
    let mut positions = 0..;
    for (mut question, position) in edited.questions.into_iter().zip(positions.by_ref()) {
        let before = question.key.as_ref().and_then(|key| present.iter().find(|p| p.key == *key));
        let kind = &mut question.wording.kind;
        if let Some(before) = before {
            kept.push(before.id);
            keep_unseen(kind, &before.wording.kind, &question.shown);
            kind.name_lines(questionnaires::lines_ever(&wordings, before.id));
            let mut asked =
                Asked { position: Some(position), wording: question.wording, ..before.clone() };
            if asked.wording != before.wording {
                if draft {
                    questionnaires::rewrite_wording(tx, &asked).await?;
                } else {
                    asked.wording_id = WordingId(service.clock.name());
                    asked.version = before.version + 1;
                    questionnaires::insert_wording(tx, questionnaire.id, &asked, now).await?;
                }
            }
            questionnaires::update_question(tx, &asked).await?;
        } else {
            kind.name_lines([]);
            let wished = question.key.filter(|key| number(key).is_some());
            let key = wished.unwrap_or_else(|| {
                let key = format!("q{next_key}");
                next_key = next_key.saturating_add(1);
                key
            });
            let asked = Asked {
                id: QuestionId(service.clock.name()),
                key,
                position: Some(position),
                wording_id: WordingId(service.clock.name()),
                version: 1,
                wording: question.wording,
                passage: question.passage,
            };
            questionnaires::insert_question(tx, questionnaire.id, &asked, now).await?;
        }
    }
    let on_form = |asked: &&Asked| asked.position.is_some() && !kept.contains(&asked.id);
    for other in present.iter().filter(on_form) {
        let off = edited.off.contains(&other.key);
        if off && draft {
            questionnaires::delete_question(tx, other.id).await?;
        } else {
            let position = if off { None } else { positions.next() };
            let moved = Asked { position, ..other.clone() };
            questionnaires::update_question(tx, &moved).await?;
        }
    }
    let mut options = questionnaire.options();
    options.translations = edited.translations;
    questionnaire.set_options(&options);
    questionnaire.title = edited.title;
    questionnaire.introduction = edited.introduction;
    questionnaire.version += 1;
    questionnaires::update(tx, questionnaire.clone()).await?;
    Ok(questionnaire)
}

/// Puts the lines that the editor did not show behind those that it has; what was typed in the
/// words of such a line is that line.
fn keep_unseen(kind: &mut Kind, before: &Kind, shown: &[String]) {
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

fn number(key: &str) -> Option<u32> {
    is_kept_key(key).then(|| key.strip_prefix('q')?.parse().ok()).flatten()
}
