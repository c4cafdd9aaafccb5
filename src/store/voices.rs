//! Every response of a questionnaire at once, small in memory: a hundred thousand of them are
//! held while somebody looks at the results.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::consent::Consent;
use crate::domain::kind::ContactAnswer;
use crate::domain::{Answer, QuestionId, ResponseId, WordingId};

mod answers;
mod read;
mod state;

pub use answers::Answers;
pub use read::{spoken, whole};
pub use state::{State, state};

/// A response with its answers, as results are made of them.
#[derive(Clone, Debug)]
pub struct Voice {
    /// The response.
    pub response: Spoken,
    /// Its answers, by question.
    pub answers: Answers,
}

/// What is known of a response beside its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Its id.
    pub id: ResponseId,
    /// Which of its states these answers are.
    pub revision: i32,
    /// The language of the page it was written on.
    pub language: Arc<str>,
    /// Whether it is made up, to show what the pages look like.
    pub example: bool,
    /// When it arrived.
    pub created_at: DateTime<Utc>,
    /// Whether it came through an invitation.
    pub invited: bool,
}

impl Voice {
    /// The answer to a question.
    pub fn answer(&self, question: QuestionId) -> Option<&Answer> {
        self.bound(question).map(|(_, answer)| answer)
    }

    /// The answer to a question and the wording it was given to.
    pub fn bound(&self, question: QuestionId) -> Option<(WordingId, &Answer)> {
        self.answers.get(question)
    }

    /// Its answers, by question.
    pub fn all(&self) -> impl Iterator<Item = (QuestionId, &Answer)> {
        self.answers.iter()
    }

    /// Who it is from, as far as they said.
    pub fn contact(&self) -> Option<&ContactAnswer> {
        self.all().find_map(|(_, answer)| match answer {
            Answer::Contact(contact) => Some(&**contact),
            _ => None,
        })
    }

    /// Whether the respondent allows it.
    pub fn allows(&self, consent: Consent) -> bool {
        self.contact().is_some_and(|contact| contact.allows(consent))
    }
}
