//! An organizer takes questions that were found in the article into the questionnaire.

use chrono::{DateTime, Utc};

use super::bring_article::{draft_of, questions_of};
use super::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use crate::article::{Candidate, CandidateKind};
use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::status::Status;
use crate::service::Service;
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// Takes what was chosen of the article's candidates and is not on the form yet: an empty form is
/// drawn up with them, on another one they come behind what is there.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn take_candidates(
    service: &Service,
    questionnaire: Questionnaire,
    mut chosen: Vec<Candidate>,
) -> anyhow::Result<Questionnaire> {
    let now = service.clock.now();
    let asked = questionnaires::asked(service.store.read(), questionnaire.id).await?;
    chosen.retain(|candidate| !is_asked(&asked, candidate));
    let edited = if asked.is_empty() {
        draft_of(&questionnaire, &chosen, now)
    } else {
        with_more(&questionnaire, &asked, &chosen, now)
    };
    if edited.questions.len() > asked.len() || questionnaire.status == Status::Draft {
        return save_questionnaire(service, questionnaire, edited).await;
    }
    Ok(questionnaire)
}

/// The present questions, and behind them those that were ticked as well; statements join the
/// statements that are there.
pub(super) fn with_more(
    questionnaire: &Questionnaire,
    asked: &[Asked],
    ticked: &[Candidate],
    now: DateTime<Utc>,
) -> Edited {
    let mut questions: Vec<EditedQuestion> = asked
        .iter()
        .map(|asked| EditedQuestion {
            key: Some(asked.key.clone()),
            wording: asked.wording.clone(),
            passage: asked.passage,
            shown: vec![],
        })
        .collect();
    let last = match asked.last().map(|asked| &asked.wording.kind) {
        Some(Kind::Contact(_)) => questions.pop(),
        _ => None,
    };
    let mut more = questions_of(ticked, &questionnaire.language, now);
    more.retain(|new| !matches!(new.wording.kind, Kind::Contact(_) | Kind::Availability(_)));
    for new in more {
        let present = questions.iter_mut().find_map(|q| match &mut q.wording.kind {
            Kind::Statements(kind) => Some(kind),
            _ => None,
        });
        match (&new.wording.kind, present) {
            (Kind::Statements(added), Some(present)) => {
                // Their keys are those of another list: they get new ones when they are kept.
                let new = |line: &Line| Line { key: String::new(), ..line.clone() };
                present.statements.extend(added.statements.iter().map(new));
            }
            _ => questions.push(new),
        }
    }
    questions.extend(last);
    Edited {
        title: questionnaire.title.clone(),
        introduction: questionnaire.introduction.clone(),
        translations: questionnaire.options().translations,
        questions,
        ..Edited::default()
    }
}

/// Whether a candidate is on the form already: its passage with its kind, or its very words.
pub fn is_asked(asked: &[Asked], candidate: &Candidate) -> bool {
    asked_as(asked, candidate).is_some()
}

/// The question on the form that a candidate is, or that it is a statement of.
pub(super) fn asked_as<'a>(asked: &'a [Asked], candidate: &Candidate) -> Option<&'a Asked> {
    asked.iter().find(|asked| match &asked.wording.kind {
        Kind::Statements(kind) => {
            candidate.kind == CandidateKind::Statement
                && kind.statements.iter().any(|line| line.text == candidate.text)
        }
        kind => {
            let same_kind = matches!(
                (kind, candidate.kind),
                (Kind::Open(_), CandidateKind::Open | CandidateKind::Further)
                    | (Kind::Allocation(_), CandidateKind::Allocation)
                    | (Kind::Single(_), CandidateKind::Single)
            );
            same_kind && asked.passage == Some((candidate.start, candidate.end))
        }
    })
}
