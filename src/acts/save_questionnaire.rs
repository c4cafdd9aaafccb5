//! An organizer saves the questions. A draft is simply rewritten; a published question never
//! is: changed words become a further version, and answers stay with the words they answered.

use std::collections::BTreeMap;

use crate::domain::options::Head;
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
    /// Its questions in order; those left out are taken off the form.
    pub questions: Vec<EditedQuestion>,
}

/// A question as the editor has it.
#[derive(Clone, Debug, PartialEq)]
pub struct EditedQuestion {
    /// Its key; a new question has none yet.
    pub key: Option<String>,
    /// Its words.
    pub wording: Wording,
    /// Where it comes from in the article.
    pub passage: Option<(usize, usize)>,
}

/// Keeps what was edited; the questionnaire as it now is.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn save_questionnaire(
    service: &Service,
    mut questionnaire: Questionnaire,
    edited: Edited,
) -> anyhow::Result<Questionnaire> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let draft = questionnaire.status == Status::Draft;
    let present = questionnaires::all_asked(&tx, questionnaire.id).await?;
    let mut next_key = 1 + present.iter().filter_map(|asked| number(&asked.key)).max().unwrap_or(0);
    let mut kept: Vec<QuestionId> = vec![];
    for (position, question) in (0..).zip(edited.questions) {
        let before = question.key.as_ref().and_then(|key| present.iter().find(|p| p.key == *key));
        if let Some(before) = before {
            kept.push(before.id);
            let mut asked =
                Asked { position: Some(position), wording: question.wording, ..before.clone() };
            if asked.wording != before.wording {
                if draft {
                    questionnaires::rewrite_wording(&tx, &asked).await?;
                } else {
                    asked.wording_id = WordingId(service.clock.name());
                    asked.version = before.version + 1;
                    questionnaires::insert_wording(&tx, questionnaire.id, &asked, now).await?;
                }
            }
            questionnaires::update_question(&tx, &asked).await?;
        } else {
            let asked = Asked {
                id: QuestionId(service.clock.name()),
                key: format!("q{next_key}"),
                position: Some(position),
                wording_id: WordingId(service.clock.name()),
                version: 1,
                wording: question.wording,
                passage: question.passage,
            };
            next_key += 1;
            questionnaires::insert_question(&tx, questionnaire.id, &asked, now).await?;
        }
    }
    for gone in present.iter().filter(|asked| !kept.contains(&asked.id)) {
        if draft {
            questionnaires::delete_question(&tx, gone.id).await?;
        } else {
            let off = Asked { position: None, ..gone.clone() };
            questionnaires::update_question(&tx, &off).await?;
        }
    }
    let mut options = questionnaire.options();
    options.translations = edited.translations;
    questionnaire.set_options(&options);
    questionnaire.title = edited.title;
    questionnaire.introduction = edited.introduction;
    questionnaire.version += 1;
    questionnaires::update(&tx, questionnaire.clone()).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(questionnaire)
}

fn number(key: &str) -> Option<u32> {
    key.strip_prefix('q')?.parse().ok()
}
