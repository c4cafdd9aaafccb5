//! An organizer chooses what a questionnaire keeps of who answers. Readers are promised it above
//! the first question, so it never becomes less than what somebody may have read.

use sea_orm::{ConnectionTrait, DbErr};

use super::save_questionnaire::{Edited, EditedQuestion};
use crate::domain::kind::Kind;
use crate::domain::status::{Mode, Status};
use crate::service::Service;
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::{mixing, responses};

/// Which modes can still be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Every one: nobody has seen the form.
    Free,
    /// The present one and those that promise more: the form is published.
    Stricter,
    /// None: the first answer is in.
    Frozen,
}

impl Choice {
    /// Whether `wanted` can be chosen where `present` is now.
    pub fn allows(self, present: Mode, wanted: Mode) -> bool {
        match self {
            Self::Free => true,
            Self::Stricter => wanted.strictness() >= present.strictness(),
            Self::Frozen => wanted == present,
        }
    }

    /// Why another mode cannot be chosen.
    pub fn why(self) -> &'static str {
        match self {
            Self::Frozen => "The first answer is in: what its reader was promised stays as it is.",
            Self::Stricter | Self::Free => {
                "Readers may have opened the form: what they were promised can only become more."
            }
        }
    }
}

/// Which modes the questionnaire can still be given.
///
/// # Errors
/// A database that refuses.
pub async fn choice(
    db: &impl ConnectionTrait,
    questionnaire: &Questionnaire,
) -> Result<Choice, DbErr> {
    let id = questionnaire.id;
    Ok(if questionnaire.published_at.is_none() {
        Choice::Free
    } else if responses::count(db, id).await? + mixing::count(db, id).await? == 0 {
        Choice::Stricter
    } else {
        Choice::Frozen
    })
}

/// Gives the questionnaire this mode; or says why not, and nothing changed.
///
/// # Errors
/// A database that refuses.
pub async fn choose_mode(
    service: &Service,
    questionnaire: Questionnaire,
    wanted: Mode,
) -> anyhow::Result<Result<Questionnaire, Vec<String>>> {
    if questionnaire.mode == wanted {
        return Ok(Ok(questionnaire));
    }
    let tx = service.store.write().await?;
    // As it stands now: somebody may have changed it since it was looked at.
    let questionnaire = questionnaires::held(&tx, questionnaire).await?;
    let choice = choice(&tx, &questionnaire).await?;
    if !choice.allows(questionnaire.mode, wanted) {
        return Ok(Err(vec![choice.why().to_owned()]));
    }
    let version = questionnaire.version + 1;
    let changed = Questionnaire { mode: wanted, version, ..questionnaire };
    if changed.status != Status::Draft {
        let asked = questionnaires::asked(&tx, changed.id).await?;
        let obstacles = obstacles(&changed, &asked);
        if !obstacles.is_empty() {
            return Ok(Err(obstacles));
        }
    }
    questionnaires::update(&tx, changed.clone()).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(Ok(changed))
}

/// What keeps the questionnaire from what its mode promises, one sentence each; empty: nothing.
pub fn obstacles(questionnaire: &Questionnaire, asked: &[Asked]) -> Vec<String> {
    let mut found = vec![];
    if questionnaire.mode == Mode::Anonymous {
        if asked.iter().any(|asked| matches!(asked.wording.kind, Kind::Contact(_))) {
            found.push(NO_CONTACT.to_owned());
        }
        if !questionnaire.options().hidden.is_empty() {
            found.push(NO_HIDDEN.to_owned());
        }
    }
    found
}

/// Takes out of an edit what a published anonymous questionnaire must not ask; one sentence for
/// each such thing.
pub fn without_names(questionnaire: &Questionnaire, edited: &mut Edited) -> Vec<String> {
    if questionnaire.mode != Mode::Anonymous || questionnaire.status == Status::Draft {
        return vec![];
    }
    let asks = |question: &EditedQuestion| matches!(question.wording.kind, Kind::Contact(_));
    let before = edited.questions.len();
    edited.questions.retain(|question| !asks(question));
    if edited.questions.len() == before { vec![] } else { vec![NO_CONTACT.to_owned()] }
}

const NO_CONTACT: &str = "An anonymous questionnaire cannot ask for name and address: take that \
                          question off the form.";
const NO_HIDDEN: &str = "An anonymous questionnaire takes no hidden fields: a link could carry a \
                         name.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_promised_never_becomes_less() {
        const ALL: [Mode; 3] = [Mode::Identified, Mode::Confidential, Mode::Anonymous];
        for (place, present) in ALL.into_iter().enumerate() {
            for (other, wanted) in ALL.into_iter().enumerate() {
                assert!(Choice::Free.allows(present, wanted));
                assert_eq!(Choice::Stricter.allows(present, wanted), other >= place);
                assert_eq!(Choice::Frozen.allows(present, wanted), other == place);
            }
        }
    }
}
