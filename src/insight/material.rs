//! The questions and answers of one questionnaire, as insight works on them.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, DbErr};

use crate::domain::consent::Consent;
use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::status::Mode;
use crate::domain::{Answer, QuestionId, ResponseId, Wording, WordingId};
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::responses::{self, Given};

/// The questions that were ever asked, and each respondent's present answers.
#[derive(Debug)]
pub struct Material {
    /// What is kept of who answers.
    pub mode: Mode,
    /// The questionnaire's language, the prior for short texts.
    pub language: String,
    /// The questions on the form, in order, then those taken off it that have answers.
    pub questions: Vec<Asked>,
    /// The responses, oldest first.
    pub voices: Vec<Given>,
    labels: BTreeMap<(QuestionId, String), String>,
    wordings: BTreeMap<WordingId, Wording>,
}

impl Material {
    /// Reads what is kept.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn gather(
        db: &impl ConnectionTrait,
        questionnaire: &Questionnaire,
    ) -> Result<Self, DbErr> {
        let mode = questionnaire.mode;
        let voices = responses::all(db, questionnaire.id).await?;
        let voices: Vec<Given> =
            voices.into_iter().map(|voice| voice.for_organizer(mode)).collect();
        let mut questions = questionnaires::all_asked(db, questionnaire.id).await?;
        questions.retain(|asked| {
            asked.position.is_some() || voices.iter().any(|v| v.answer(asked.id).is_some())
        });
        let all = questionnaires::wordings(db, questionnaire.id).await?;
        let mut versions: Vec<_> = all.values().collect();
        versions.sort_by_key(|(version, ..)| *version);
        let mut labels = BTreeMap::new();
        // Later versions overwrite the words of earlier ones; lines that are gone keep theirs.
        for (_, wording, question) in versions {
            for line in wording.kind.lines() {
                labels.insert((*question, line.key.clone()), line.text.clone());
            }
        }
        let wordings = all.into_iter().map(|(id, (_, wording, _))| (id, wording)).collect();
        let language = questionnaire.language.clone();
        Ok(Self { mode, language, questions, voices, labels, wordings })
    }

    /// The words to which an answer was given.
    pub fn wording(&self, id: WordingId) -> Option<&Wording> {
        self.wordings.get(&id)
    }

    /// Every line of a question that has words: those on the form first, in order, then those
    /// that were taken off.
    pub fn lines(&self, asked: &Asked) -> Vec<Line> {
        let mut all = asked.wording.kind.lines().to_vec();
        for ((question, key), text) in &self.labels {
            if *question == asked.id && !all.iter().any(|line| line.key == *key) {
                all.push(Line { key: key.clone(), text: text.clone() });
            }
        }
        all
    }

    /// Each answer to a question with the respondent who gave it.
    pub fn answers(&self, question: QuestionId) -> impl Iterator<Item = (ResponseId, &Answer)> {
        self.voices.iter().filter_map(move |v| Some((v.response.id, v.answer(question)?)))
    }

    /// One respondent's response.
    pub fn voice(&self, id: ResponseId) -> Option<&Given> {
        self.voices.iter().find(|voice| voice.response.id == id)
    }

    /// Those who want to join the discussion.
    pub fn joining(&self) -> impl Iterator<Item = &Given> {
        self.voices.iter().filter(|voice| voice.allows(Consent::Join))
    }

    /// Whether words of this response may stand outside the desk. Where the form never asked,
    /// its words say that answers may be quoted without a name.
    pub fn is_quotable(&self, id: ResponseId) -> bool {
        let asks = self.questions.iter().any(|asked| match &asked.wording.kind {
            Kind::Contact(contact) => {
                contact.consents.iter().any(|c| matches!(c, Consent::Quote | Consent::QuoteNamed))
            }
            _ => false,
        });
        !asks
            || self.voice(id).is_some_and(|voice| {
                voice.allows(Consent::Quote) || voice.allows(Consent::QuoteNamed)
            })
    }

    /// The name that may stand under a quote, if the respondent allowed it.
    pub fn name_for_quotes(&self, id: ResponseId) -> Option<&str> {
        let voice = self.voice(id).filter(|voice| voice.allows(Consent::QuoteNamed))?;
        voice.contact.as_ref().map(|c| c.name.as_str()).filter(|name| !name.is_empty())
    }

    /// The clock on which the day of an answer is told.
    pub fn day_zone(&self) -> Tz {
        // Anonymous answers have no time but a day, in UTC.
        if self.mode == Mode::Anonymous { Tz::UTC } else { self.zone() }
    }

    /// The clock on which days are counted: that of the times that are offered, or UTC.
    pub fn zone(&self) -> Tz {
        let offered = self.questions.iter().find_map(|asked| match &asked.wording.kind {
            Kind::Availability(kind) => kind.zone.parse().ok(),
            _ => None,
        });
        offered.unwrap_or(Tz::UTC)
    }
}
