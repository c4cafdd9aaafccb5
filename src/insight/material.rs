//! The questions and answers of one questionnaire, as insight works on them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, DbErr, StreamTrait};

use super::themes::layer::Layers;
use crate::domain::consent::Consent;
use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::status::Mode;
use crate::domain::{Answer, QuestionId, ResponseId, Wording, WordingId};
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::voices::{self, Voice};

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
    pub voices: Vec<Arc<Voice>>,
    /// What organizers did to the themes of its open questions.
    pub layers: Arc<Layers>,
    version: i64,
    places: HashMap<ResponseId, usize>,
    words: Arc<Texts>,
}

/// Words that the questions have and had.
#[derive(Debug)]
struct Texts {
    labels: BTreeMap<(QuestionId, String), String>,
    wordings: BTreeMap<WordingId, Wording>,
}

impl Material {
    /// Reads what is kept.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn gather<C: ConnectionTrait + StreamTrait>(
        db: &C,
        questionnaire: &Questionnaire,
    ) -> Result<Self, DbErr> {
        let mode = questionnaire.mode;
        let voices = voices::all(db, questionnaire.id, mode).await?;
        let questions = questionnaires::all_asked(db, questionnaire.id).await?;
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
        let words = Arc::new(Texts { labels, wordings });
        let language = questionnaire.language.clone();
        let (questions, places) = (of_interest(questions, &voices), places(&voices));
        let version = questionnaire.version;
        let layers = Arc::new(Layers::read(db, questionnaire.id).await?);
        Ok(Self { mode, language, questions, voices, layers, version, places, words })
    }

    /// The same questions, and the responses that were read again put in the place of what was
    /// known of them.
    #[must_use]
    pub fn renewed(&self, read: Vec<Arc<Voice>>) -> Self {
        let mut voices = self.voices.clone();
        let mut new = vec![];
        for voice in read {
            let known = self.places.get(&voice.response.id).and_then(|at| voices.get_mut(*at));
            match known {
                Some(known) => *known = voice,
                None => new.push(voice),
            }
        }
        let sorted = new.is_empty();
        voices.extend(new);
        if !sorted {
            voices.sort_by_key(|voice| (voice.response.created_at, voice.response.id));
        }
        self.with(voices)
    }

    /// Whether every answer is to a question that is known here: it was made of this version.
    pub fn is_of(&self, questionnaire: &Questionnaire) -> bool {
        self.version == questionnaire.version
    }

    /// The same questions with some of the responses only.
    #[must_use]
    pub fn with(&self, voices: Vec<Arc<Voice>>) -> Self {
        Self {
            mode: self.mode,
            language: self.language.clone(),
            questions: self.questions.clone(),
            layers: self.layers.clone(),
            version: self.version,
            places: places(&voices),
            voices,
            words: self.words.clone(),
        }
    }

    /// The same with the edits as they stand now.
    #[must_use]
    pub fn with_layers(self, layers: Layers) -> Self {
        Self { layers: Arc::new(layers), ..self }
    }

    /// The words to which an answer was given.
    pub fn wording(&self, id: WordingId) -> Option<&Wording> {
        self.words.wordings.get(&id)
    }

    /// Every line of a question that has words: those on the form first, in order, then those
    /// that were taken off.
    pub fn lines(&self, asked: &Asked) -> Vec<Line> {
        let mut all = asked.wording.kind.lines().to_vec();
        for ((question, key), text) in &self.words.labels {
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
    pub fn voice(&self, id: ResponseId) -> Option<&Voice> {
        self.voices.get(*self.places.get(&id)?).map(|voice| &**voice)
    }

    /// Those who want to join the discussion.
    pub fn joining(&self) -> impl Iterator<Item = &Voice> {
        self.voices.iter().map(|voice| &**voice).filter(|voice| voice.allows(Consent::Join))
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

fn places(voices: &[Arc<Voice>]) -> HashMap<ResponseId, usize> {
    (0..).zip(voices).map(|(place, voice)| (voice.response.id, place)).collect()
}

/// Questions that are asked, or were and have answers.
fn of_interest(mut questions: Vec<Asked>, voices: &[Arc<Voice>]) -> Vec<Asked> {
    questions.retain(|asked| {
        asked.position.is_some() || voices.iter().any(|voice| voice.answer(asked.id).is_some())
    });
    questions
}
