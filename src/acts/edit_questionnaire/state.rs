//! One state of a questionnaire in the editor.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::acts::save_questionnaire::{Edited, EditedQuestion, keep_unseen, name_questions};
use crate::domain::options::Head;
use crate::domain::question::Translation;
use crate::domain::{QuestionId, Wording, WordingId};
use crate::store::edits::Edit;
use crate::store::questionnaires::{Asked, Questionnaire, Wordings, lines_ever};

/// Everything that the editor changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The title.
    pub title: String,
    /// What stands before the first question.
    pub introduction: String,
    /// Both in further languages, by language tag.
    pub translations: BTreeMap<String, Head>,
    /// The questions on the form, in order.
    pub questions: Vec<Placed>,
}

/// One question of a state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// Its key; of a question that is not on the form yet, the one it will have.
    pub key: String,
    /// Where it comes from in the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<(usize, usize)>,
    /// Its words.
    pub wording: Wording,
}

impl State {
    /// What the form is.
    pub fn of(questionnaire: &Questionnaire, asked: &[Asked]) -> Self {
        let placed = |asked: &Asked| {
            let mut wording = asked.wording.clone();
            wording.translations.retain(|_, texts| *texts != Translation::default());
            Placed { key: asked.key.clone(), passage: asked.passage, wording }
        };
        Self {
            title: questionnaire.title.clone(),
            introduction: questionnaire.introduction.clone(),
            translations: without_thanks(questionnaire.options().translations),
            questions: asked.iter().map(placed).collect(),
        }
    }

    /// What an entry of the history holds.
    ///
    /// # Errors
    /// An entry that cannot be read.
    pub fn read(entry: &Edit) -> anyhow::Result<Self> {
        Ok(serde_json::from_str(&entry.state)?)
    }

    /// What was typed into an editor that now follows `latest`: every question and line with the
    /// key it will have. What came in while the editor was open stays.
    pub(super) fn typed(
        edited: Edited,
        latest: &Self,
        everything: &[Asked],
        wordings: &Wordings,
    ) -> Self {
        let mut questions = edited.questions;
        let known = everything.iter().map(|asked| asked.key.clone());
        let known: BTreeSet<String> =
            known.chain(latest.questions.iter().map(|placed| placed.key.clone())).collect();
        name_questions(&known, &mut questions);
        let placed = |question: EditedQuestion| {
            let EditedQuestion { key, mut wording, passage, shown } = question;
            let key = key.unwrap_or_default();
            let before = latest.questions.iter().find(|placed| placed.key == key);
            let new = unname_lines(&mut wording);
            if let Some(before) = before {
                keep_unseen(&mut wording.kind, &before.wording.kind, &shown);
            }
            let asked = everything.iter().find(|asked| asked.key == key);
            let ever = asked.into_iter().flat_map(|asked| lines_ever(wordings, asked.id));
            let lately = before.into_iter().flat_map(|before| before.wording.kind.lines());
            wording.kind.name_lines(ever.chain(lately));
            translate_new(&mut wording, &new);
            Placed { key, passage, wording }
        };
        Self {
            title: edited.title,
            introduction: edited.introduction,
            translations: without_thanks(edited.translations),
            questions: questions.into_iter().map(placed).collect(),
        }
    }

    /// What is saved to make the form, which is now `live`, like this.
    pub(super) fn edited(&self, live: &Self) -> Edited {
        let key_of = |placed: &Placed| placed.key.clone();
        let here: BTreeSet<String> = self.questions.iter().map(key_of).collect();
        let question = |placed: &Placed| {
            let before = live.questions.iter().find(|before| before.key == placed.key);
            let shown = before.into_iter().flat_map(|before| before.wording.kind.lines());
            EditedQuestion {
                key: Some(placed.key.clone()),
                wording: placed.wording.clone(),
                passage: placed.passage,
                shown: shown.map(|line| line.key.clone()).collect(),
            }
        };
        Edited {
            title: self.title.clone(),
            introduction: self.introduction.clone(),
            translations: self.translations.clone(),
            questions: self.questions.iter().map(question).collect(),
            off: live.questions.iter().map(key_of).filter(|key| !here.contains(key)).collect(),
            ..Edited::default()
        }
    }

    /// Whether the questions that are in both stand in another order in `later`.
    pub fn is_reordered(&self, later: &Self) -> bool {
        let keys = |one: &Self, other: &Self| -> Vec<String> {
            let there = |key: &String| other.questions.iter().any(|placed| placed.key == *key);
            one.questions.iter().map(|placed| placed.key.clone()).filter(there).collect()
        };
        keys(self, later) != keys(later, self)
    }

    /// Its questions as they would be asked, for those who draw or check the form; `live`: what
    /// is on the form.
    pub fn asked(&self, live: &[Asked]) -> Vec<Asked> {
        let asked = |(position, placed): (i32, &Placed)| {
            let before = live.iter().find(|asked| asked.key == placed.key);
            Asked {
                id: before.map_or(QuestionId(Uuid::nil()), |before| before.id),
                key: placed.key.clone(),
                position: Some(position),
                wording_id: before.map_or(WordingId(Uuid::nil()), |before| before.wording_id),
                version: before.map_or(1, |before| before.version),
                wording: placed.wording.clone(),
                passage: placed.passage,
            }
        };
        (0..).zip(&self.questions).map(asked).collect()
    }
}

/// The words of thanks are chosen beside the editor.
fn without_thanks(mut heads: BTreeMap<String, Head>) -> BTreeMap<String, Head> {
    for head in heads.values_mut() {
        head.thanks.clear();
    }
    heads.retain(|_, head| *head != Head::default());
    heads
}

/// Takes the provisional keys (`+0`) off new lines; each with its place.
fn unname_lines(wording: &mut Wording) -> Vec<(usize, String)> {
    let Some((lines, _)) = wording.kind.lines_mut() else { return vec![] };
    let new = lines.iter_mut().enumerate().filter(|(_, line)| line.key.starts_with('+'));
    new.map(|(place, line)| (place, std::mem::take(&mut line.key))).collect()
}

/// Gives the translations of new lines the keys that the lines were given.
fn translate_new(wording: &mut Wording, new: &[(usize, String)]) {
    let keys: Vec<String> = wording.kind.lines().iter().map(|line| line.key.clone()).collect();
    for texts in wording.translations.values_mut() {
        for (place, old) in new {
            if let (Some(text), Some(key)) = (texts.lines.remove(old), keys.get(*place)) {
                texts.lines.insert(key.clone(), text);
            }
        }
    }
}
