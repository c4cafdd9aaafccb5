//! The questions and answers of one questionnaire, as insight works on them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::TimeDelta;
use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, DbErr, StreamTrait};

use super::themes::layer::Layers;
use crate::domain::consent::Consent;
use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::status::Mode;
use crate::domain::{Answer, QuestionId, QuestionnaireId, ResponseId, Wording, WordingId};
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::voices::{self, Spoken, State, Voice};

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
    places: Places,
    words: Arc<Words>,
}

/// The questionnaire itself, at one of its versions.
#[derive(Debug)]
struct Words {
    version: i64,
    asked: Vec<Asked>,
    labels: BTreeMap<(QuestionId, String), String>,
    wordings: BTreeMap<WordingId, Wording>,
}

impl Words {
    async fn of(db: &impl ConnectionTrait, questionnaire: &Questionnaire) -> Result<Self, DbErr> {
        let asked = questionnaires::all_asked(db, questionnaire.id).await?;
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
        Ok(Self { version: questionnaire.version, asked, labels, wordings })
    }
}

impl Material {
    /// Reads what is kept. `before`: what was known until now, and the state of the responses
    /// then; only what has changed since is read. All of it should be read at one moment.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn gather<C: ConnectionTrait + StreamTrait>(
        db: &C,
        questionnaire: &Questionnaire,
        before: Option<(&Self, &State)>,
        state: &State,
    ) -> Result<Self, DbErr> {
        let (id, mode) = (questionnaire.id, questionnaire.mode);
        let before = before.filter(|(known, _)| known.mode == mode);
        let words = match before {
            Some((known, _)) if known.words.version == questionnaire.version => known.words.clone(),
            _ => Arc::new(Words::of(db, questionnaire).await?),
        };
        let voices = if let Some((known, was)) = before {
            known.news(db, id, was, state).await?
        } else {
            let spoken = voices::spoken(db, id, None).await?;
            voices::whole(db, id, mode, spoken).await?
        };
        // Few rows, and what was erased is taken out of them: they are always read.
        let layers = Arc::new(Layers::read(db, id).await?);
        let language = questionnaire.language.clone();
        Ok(Self { layers, ..Self::of(mode, language, words, voices) })
    }

    fn of(mode: Mode, language: String, words: Arc<Words>, voices: Vec<Arc<Voice>>) -> Self {
        let questions = of_interest(&words.asked, &voices);
        let (places, layers) = (Places::of(&voices), Arc::default());
        Self { mode, language, questions, voices, layers, places, words }
    }

    /// The responses as they are now, of which those that are known are not read again.
    async fn news<C: ConnectionTrait + StreamTrait>(
        &self,
        db: &C,
        id: QuestionnaireId,
        was: &State,
        is: &State,
    ) -> Result<Vec<Arc<Voice>>, DbErr> {
        if let Some(latest) = was.latest()
            && was.leaves_out_as(is)
        {
            let mut lately = voices::spoken(db, id, Some(latest - LATELY)).await?;
            lately.retain(|spoken| !self.knows(spoken));
            if is.is(self.voices.len(), self.revisions(), &self.added(&lately)) {
                let read = voices::whole(db, id, self.mode, lately).await?;
                return Ok(renewed(&self.voices, &self.places, read));
            }
        }
        // Something was taken back, or let in after the fact.
        let all = voices::spoken(db, id, None).await?;
        let there: HashSet<ResponseId> = all.iter().map(|spoken| spoken.id).collect();
        let new = all.into_iter().filter(|spoken| !self.knows(spoken)).collect();
        let read = voices::whole(db, id, self.mode, new).await?;
        let mut voices = renewed(&self.voices, &self.places, read);
        voices.retain(|voice| there.contains(&voice.response.id));
        Ok(voices)
    }

    fn knows(&self, spoken: &Spoken) -> bool {
        self.voice(spoken.id).is_some_and(|known| known.response.revision == spoken.revision)
    }

    fn revisions(&self) -> i64 {
        self.voices.iter().map(|voice| i64::from(voice.response.revision)).sum()
    }

    /// By how much these make responses and revisions more.
    fn added(&self, new: &[Spoken]) -> (usize, i64) {
        let fresh = new.iter().filter(|spoken| self.voice(spoken.id).is_none()).count();
        let before = |spoken: &Spoken| self.voice(spoken.id).map_or(0, |v| v.response.revision);
        let further = new.iter().map(|spoken| i64::from(spoken.revision - before(spoken))).sum();
        (fresh, further)
    }

    /// The same questions with some of the responses only.
    #[must_use]
    pub fn with(&self, voices: Vec<Arc<Voice>>) -> Self {
        Self {
            mode: self.mode,
            language: self.language.clone(),
            questions: self.questions.clone(),
            layers: self.layers.clone(),
            places: Places::of(&voices),
            voices,
            words: self.words.clone(),
        }
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
        self.voices.get(self.places.find(id, &self.voices)?).map(|voice| &**voice)
    }

    /// Those who want to join the discussion.
    pub fn joining(&self) -> impl Iterator<Item = &Voice> {
        self.voices.iter().map(|voice| &**voice).filter(|voice| voice.allows(Consent::Join))
    }

    /// Whether words of this response may stand outside the desk. Where the form never asked,
    /// its words say that answers may be quoted without a name.
    pub fn is_quotable(&self, id: ResponseId) -> bool {
        !asks_to_quote(&self.questions)
            || self.voice(id).is_some_and(|voice| {
                voice.allows(Consent::Quote) || voice.allows(Consent::QuoteNamed)
            })
    }

    /// The name that may stand under a quote, if the respondent allowed it.
    pub fn name_for_quotes(&self, id: ResponseId) -> Option<&str> {
        let voice = self.voice(id).filter(|voice| voice.allows(Consent::QuoteNamed))?;
        voice.contact().map(|c| c.name.as_str()).filter(|name| !name.is_empty())
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

/// Whether a form with these questions asks who may be quoted.
pub fn asks_to_quote(questions: &[Asked]) -> bool {
    questions.iter().any(|asked| match &asked.wording.kind {
        Kind::Contact(contact) => {
            contact.consents.iter().any(|c| matches!(c, Consent::Quote | Consent::QuoteNamed))
        }
        _ => false,
    })
}

/// Submissions that share a commit have times of their own, and the clocks of several nodes
/// differ: a response may come with an earlier time than one that is known.
const LATELY: TimeDelta = TimeDelta::seconds(30);

/// What was known, with what was read again in its place and what is new in the order of time.
fn renewed(known: &[Arc<Voice>], places: &Places, read: Vec<Arc<Voice>>) -> Vec<Arc<Voice>> {
    let mut voices = known.to_vec();
    let mut sorted = true;
    for voice in read {
        let at = places.find(voice.response.id, known);
        if let Some(known) = at.and_then(|at| voices.get_mut(at)) {
            *known = voice;
        } else {
            sorted = false;
            voices.push(voice);
        }
    }
    if !sorted {
        voices.sort_by_key(|voice| (voice.response.created_at, voice.response.id));
    }
    voices
}

/// Where the response with an id stands: the places of all, in the order of their ids. Several
/// materials are held at once while answers arrive, so it is small.
#[derive(Debug, Default)]
struct Places(Box<[u32]>);

impl Places {
    fn of(voices: &[Arc<Voice>]) -> Self {
        let mut of: Vec<(ResponseId, u32)> =
            voices.iter().zip(0..).map(|(voice, at)| (voice.response.id, at)).collect();
        of.sort_unstable();
        Self(of.into_iter().map(|(_, at)| at).collect::<Vec<_>>().into_boxed_slice())
    }

    /// The place among these voices, of which it was made.
    fn find(&self, id: ResponseId, voices: &[Arc<Voice>]) -> Option<usize> {
        let place = |at: &u32| usize::try_from(*at).ok();
        let named = |at: &u32| Some(voices.get(place(at)?)?.response.id);
        let found = self.0.binary_search_by_key(&Some(id), named).ok()?;
        self.0.get(found).and_then(place)
    }
}

/// Questions that are asked, or were and have answers.
fn of_interest(asked: &[Asked], voices: &[Arc<Voice>]) -> Vec<Asked> {
    let has_answers = |id| voices.iter().any(|voice| voice.answer(id).is_some());
    let of = asked.iter().filter(|asked| asked.position.is_some() || has_answers(asked.id));
    of.cloned().collect()
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::*;
    use crate::store::voices::Answers;

    /// A response with nothing in it: its id, its revision, and the minute in which it came.
    pub(in crate::insight) fn voice(id: u128, revision: i32, minute: i64) -> Arc<Voice> {
        let response = Spoken {
            id: ResponseId(Uuid::from_u128(id)),
            revision,
            language: "en".into(),
            example: false,
            created_at: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(minute),
            invited: false,
        };
        Arc::new(Voice { response, answers: Answers::default() })
    }

    /// A questionnaire without questions, and these responses.
    pub(in crate::insight) fn material(voices: Vec<Arc<Voice>>) -> Material {
        let words =
            Words { version: 1, asked: vec![], labels: BTreeMap::new(), wordings: BTreeMap::new() };
        Material::of(Mode::Identified, "en".to_owned(), Arc::new(words), voices)
    }

    fn told(voices: &[Arc<Voice>]) -> Vec<(u128, i32)> {
        voices.iter().map(|v| (v.response.id.0.as_u128(), v.response.revision)).collect()
    }

    #[test]
    fn what_was_changed_keeps_its_place_and_what_is_new_comes_by_its_time() {
        let known = [voice(7, 1, 0), voice(5, 1, 1), voice(9, 1, 4)];
        let read = vec![voice(5, 2, 1), voice(1, 1, 4), voice(3, 1, 2)];
        let all = renewed(&known, &Places::of(&known), read);
        assert_eq!(told(&all), [(7, 1), (5, 2), (3, 1), (1, 1), (9, 1)]);
        assert_eq!(told(&renewed(&known, &Places::of(&known), vec![])), told(&known));
        assert_eq!(told(&renewed(&[], &Places::of(&[]), known.to_vec())), told(&known));
    }

    #[test]
    fn what_is_added_counts_new_responses_and_further_revisions() {
        let known = material(vec![voice(1, 1, 0), voice(2, 2, 0)]);
        let spoken = |id, revision| voice(id, revision, 3).response.clone();
        assert_eq!(known.added(&[spoken(2, 5), spoken(3, 1), spoken(4, 2)]), (2, 6));
        assert!(known.knows(&spoken(2, 2)) && !known.knows(&spoken(2, 3)));
        assert!(!known.knows(&spoken(3, 1)));
    }
}
