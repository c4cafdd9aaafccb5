//! A questionnaire as its files describe it: every question that was ever asked, in every wording.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr};

use crate::domain::consent::Consent;
use crate::domain::kind::{Kind, Slot};
use crate::domain::question::Line;
use crate::domain::{QuestionId, Wording, WordingId};
use crate::store::questionnaires::{self, Asked, Questionnaire, Wordings};

/// The questionnaire and its questions.
#[derive(Debug)]
pub struct Form {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The questions on the form, in order, then those that were taken off it.
    pub questions: Vec<Question>,
    places: HashMap<WordingId, (usize, usize)>,
}

/// A question in all its wordings.
#[derive(Debug)]
pub struct Question {
    /// Its present wording and place.
    pub asked: Asked,
    /// Every wording with its id and its number, oldest first.
    pub wordings: Vec<(WordingId, i32, Wording)>,
}

impl Form {
    /// Reads the questions.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn read(
        db: &impl ConnectionTrait,
        questionnaire: &Questionnaire,
    ) -> Result<Self, DbErr> {
        let asked = questionnaires::all_asked(db, questionnaire.id).await?;
        let wordings = questionnaires::wordings(db, questionnaire.id).await?;
        Ok(Self::of(questionnaire.clone(), asked, wordings))
    }

    /// Puts together what was read.
    pub fn of(questionnaire: Questionnaire, asked: Vec<Asked>, all: Wordings) -> Self {
        let mut by_question: HashMap<QuestionId, Vec<(WordingId, i32, Wording)>> = HashMap::new();
        for (id, (version, wording, question)) in all {
            by_question.entry(question).or_default().push((id, version, wording));
        }
        let mut places = HashMap::new();
        let mut questions = vec![];
        for (place, asked) in asked.into_iter().enumerate() {
            let mut wordings = by_question.remove(&asked.id).unwrap_or_default();
            wordings.sort_by_key(|(_, version, _)| *version);
            for (at, (id, ..)) in wordings.iter().enumerate() {
                places.insert(*id, (place, at));
            }
            questions.push(Question { asked, wordings });
        }
        Self { questionnaire, questions, places }
    }

    /// The place of the question that a wording is of, the wording's number, and its words.
    pub fn wording(&self, id: WordingId) -> Option<(usize, i32, &Wording)> {
        let (place, at) = *self.places.get(&id)?;
        let (_, version, wording) = self.questions.get(place)?.wordings.get(at)?;
        Some((place, *version, wording))
    }
}

impl Question {
    /// Its words on the form now, or when it was last there.
    pub fn prompt(&self) -> &str {
        &self.asked.wording.prompt
    }

    fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.wordings.iter().rev().map(|(.., wording)| &wording.kind)
    }

    /// Its options or statements: those on the form in order, then those that were on it before,
    /// each in its latest words.
    pub fn lines(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.asked.wording.kind.lines().iter().collect();
        let before = self.kinds().flat_map(Kind::lines);
        for line in before {
            if !lines.iter().any(|known| known.key == line.key) {
                lines.push(line);
            }
        }
        lines
    }

    /// Its times, those that were offered before included, earliest first.
    pub fn slots(&self) -> Vec<&Slot> {
        let mut slots: Vec<&Slot> = vec![];
        for kind in self.kinds() {
            let Kind::Availability(kind) = kind else { continue };
            for slot in &kind.slots {
                if !slots.iter().any(|known| known.key == slot.key) {
                    slots.push(slot);
                }
            }
        }
        slots.sort_by_key(|slot| (slot.start, &slot.key));
        slots
    }

    /// What it asks or asked to be allowed, in the order of the form.
    pub fn consents(&self) -> Vec<Consent> {
        let asks = |wanted: &Consent| {
            self.kinds().any(|kind| match kind {
                Kind::Contact(contact) => contact.consents.contains(wanted),
                _ => false,
            })
        };
        Consent::ALL.into_iter().filter(asks).collect()
    }

    /// Whether it offers or offered "something else", or readers' own statements.
    pub fn takes_own(&self) -> bool {
        self.kinds().any(|kind| match kind {
            Kind::Single(kind) => kind.other,
            Kind::Multiple(kind) => kind.other,
            Kind::Allocation(kind) => kind.other,
            Kind::Statements(kind) => kind.own,
            _ => false,
        })
    }
}
