//! The layer of an organizer's edits: what is left of them when they are done one after another.
//! Nothing here looks at answers; what the layer says of answers that are gone or changed is left
//! out when themes are made with it.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbErr};

use super::edit::{Edit, Place, Record, Sentence, Span};
use crate::domain::{OrganizerId, QuestionId, QuestionnaireId, ResponseId, ThemeId};
use crate::store::theme_edits::{self, ThemeEdit};

/// A theme as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTheme {
    /// Its id.
    pub id: ThemeId,
    /// Its name.
    pub label: String,
    /// What it was called in addresses before it was kept.
    pub was: String,
    /// Whether an organizer has named it.
    pub named: bool,
    /// Whether it is left out of results and brief.
    pub hidden: bool,
    /// Quotes that come first, in the order in which they were pinned.
    pub pinned: Vec<Span>,
    /// What stands under its name.
    pub summary: Vec<Sentence>,
}

/// A step in the history of a question's themes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number, from 1.
    pub number: i32,
    /// Who took it.
    pub by: OrganizerId,
    /// When.
    pub at: chrono::DateTime<chrono::Utc>,
    /// What was done.
    pub edit: Edit,
    /// The names that the themes it speaks of had before it.
    pub labels: BTreeMap<ThemeId, String>,
    /// Whether it is still in force.
    pub stands: bool,
}

/// What the edits of one question come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// The number of the last edit; 0 without one.
    pub number: i32,
    /// Whether the themes are kept: there is an edit in force that has not been started over.
    pub keeps: bool,
    /// The themes, in the order in which they came.
    pub themes: Vec<KeptTheme>,
    /// Where answers stand.
    pub places: BTreeMap<ResponseId, Place>,
    /// Every step, oldest first.
    pub history: Vec<Step>,
}

/// The layers of a questionnaire's questions.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// How many edits they are made of.
    pub edits: u64,
    of: BTreeMap<QuestionId, Layer>,
}

impl Layers {
    /// Reads what is kept.
    ///
    /// # Errors
    /// A database that refuses, or an edit that cannot be read.
    pub async fn read(
        db: &impl ConnectionTrait,
        questionnaire: QuestionnaireId,
    ) -> Result<Self, DbErr> {
        let rows = theme_edits::all(db, questionnaire).await?;
        let edits = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let mut by: BTreeMap<QuestionId, Vec<ThemeEdit>> = BTreeMap::new();
        for row in rows {
            by.entry(row.question_id).or_default().push(row);
        }
        let mut of = BTreeMap::new();
        for (question, rows) in by {
            of.insert(question, Layer::read(&rows)?);
        }
        Ok(Self { edits, of })
    }

    /// The layer of a question, if somebody has ever edited its themes.
    pub fn of(&self, question: QuestionId) -> Option<&Layer> {
        self.of.get(&question)
    }

    /// The number of a question's last edit; 0 without one.
    pub fn number(&self, question: QuestionId) -> i32 {
        self.of(question).map_or(0, |layer| layer.number)
    }
}

impl Layer {
    fn read(rows: &[ThemeEdit]) -> Result<Self, DbErr> {
        let mut records = vec![];
        for row in rows {
            let record: Record =
                serde_json::from_str(&row.edit).map_err(|error| DbErr::Json(error.to_string()))?;
            records.push((row.number, row.organizer_id, row.made_at, record));
        }
        Ok(Self::of(&records))
    }

    /// Does one edit after the other.
    pub fn of(records: &[(i32, OrganizerId, chrono::DateTime<chrono::Utc>, Record)]) -> Self {
        // Places in `records` of what is in force.
        let mut standing: Vec<usize> = vec![];
        for (at, (.., record)) in records.iter().enumerate() {
            if record.edit == Edit::Undo {
                standing.pop();
            } else {
                standing.push(at);
            }
        }
        let stands: BTreeSet<usize> = standing.iter().copied().collect();
        let over = |at: &&usize| {
            records.get(**at).is_some_and(|(.., record)| record.edit == Edit::StartOver)
        };
        let from = standing.iter().rev().find(over).copied();
        let mut layer = Self::default();
        for at in standing.iter().filter(|at| from.is_none_or(|from| **at > from)) {
            if let Some((.., record)) = records.get(*at) {
                layer.keeps = true;
                layer.apply(record);
            }
        }
        layer.number = records.last().map_or(0, |(number, ..)| *number);
        let mut labels: BTreeMap<ThemeId, String> = BTreeMap::new();
        for (at, (number, by, made_at, record)) in records.iter().enumerate() {
            labels.extend(record.themes.iter().map(|theme| (theme.id, theme.label.clone())));
            layer.history.push(Step {
                number: *number,
                by: *by,
                at: *made_at,
                edit: record.edit.clone(),
                labels: spoken_of(&record.edit, &labels),
                stands: stands.contains(&at),
            });
            if let Edit::Rename { theme, label } = &record.edit {
                labels.insert(*theme, label.clone());
            }
        }
        layer
    }

    /// A theme that is kept.
    pub fn theme(&self, id: ThemeId) -> Option<&KeptTheme> {
        self.themes.iter().find(|theme| theme.id == id)
    }

    /// The last step, if it can be taken back.
    pub fn to_undo(&self) -> Option<&Step> {
        self.history.iter().rfind(|step| step.stands)
    }

    fn apply(&mut self, record: &Record) {
        for new in &record.themes {
            self.themes.push(KeptTheme {
                id: new.id,
                label: new.label.clone(),
                was: new.was.clone(),
                named: new.named,
                hidden: false,
                pinned: vec![],
                summary: vec![],
            });
        }
        for place in &record.places {
            self.places.insert(place.response, place.clone());
        }
        match &record.edit {
            Edit::Rename { theme, label } => {
                self.change(*theme, |theme| {
                    theme.label.clone_from(label);
                    theme.named = true;
                });
            }
            Edit::Merge { into, from } => self.merge(*into, from),
            Edit::Move { from, spans, to, whole } => {
                for span in spans {
                    self.shift(*from, span, *to, *whole);
                }
                if let (Some(to), true) = (to, whole) {
                    for span in spans {
                        let place = self.places.get_mut(&span.response);
                        if let Some(place) = place
                            && place.passages.iter().any(|(theme, ..)| theme == to)
                        {
                            place.main = Some(*to);
                        }
                    }
                }
            }
            Edit::Pin { theme, span } => self.change(*theme, |theme| {
                if !theme.pinned.contains(span) {
                    theme.pinned.push(*span);
                }
            }),
            Edit::Unpin { theme, span } => {
                self.change(*theme, |theme| theme.pinned.retain(|pinned| pinned != span));
            }
            Edit::Hide { theme } => self.change(*theme, |theme| theme.hidden = true),
            Edit::Show { theme } => self.change(*theme, |theme| theme.hidden = false),
            Edit::Summarize { theme, sentences } => {
                self.change(*theme, |theme| theme.summary.clone_from(sentences));
            }
            Edit::Keep | Edit::Further | Edit::Undo | Edit::StartOver => {}
        }
    }

    fn change(&mut self, id: ThemeId, how: impl FnOnce(&mut KeptTheme)) {
        if let Some(theme) = self.themes.iter_mut().find(|theme| theme.id == id) {
            how(theme);
        }
    }

    fn merge(&mut self, into: ThemeId, from: &[ThemeId]) {
        if self.theme(into).is_none() {
            return;
        }
        let goes = |id: ThemeId| id != into && from.contains(&id);
        let mut pinned = vec![];
        self.themes.retain(|theme| {
            if goes(theme.id) {
                pinned.extend(theme.pinned.iter().copied());
            }
            !goes(theme.id)
        });
        self.change(into, |theme| {
            theme.pinned.extend(pinned);
            // It spoke of fewer people.
            theme.summary.clear();
        });
        for place in self.places.values_mut() {
            place.main = place.main.map(|main| if goes(main) { into } else { main });
            for (theme, ..) in &mut place.passages {
                if goes(*theme) {
                    *theme = into;
                }
            }
            place.settle();
        }
    }

    fn shift(&mut self, from: Option<ThemeId>, span: &Span, to: Option<ThemeId>, whole: bool) {
        if to.is_some_and(|to| self.theme(to).is_none()) {
            return;
        }
        let Some(place) = self.places.get_mut(&span.response) else { return };
        place.passages.retain(|(theme, start, end)| {
            let meets = *start < span.end && span.start < *end;
            let leaves = if whole { Some(*theme) != to } else { meets && from == Some(*theme) };
            // Out of every theme, where none is named.
            !(leaves || (meets && from.is_none() && to.is_none()))
        });
        if let Some(to) = to {
            place.passages.push((to, span.start, span.end));
        }
        place.settle();
    }
}

impl Place {
    /// Whether the answer has a passage in one of these themes.
    pub fn is_in(&self, themes: &[ThemeId]) -> bool {
        self.passages.iter().any(|(theme, ..)| themes.contains(theme))
    }

    /// Sorts the passages, drops those that overlap another of the same theme, and sees to it that
    /// the answer is mainly about a theme it has a passage of: else about the one with most bytes.
    pub fn settle(&mut self) {
        self.passages.sort_unstable_by_key(|(theme, start, end)| (*start, *end, *theme));
        let mut kept: Vec<(ThemeId, usize, usize)> = vec![];
        for (theme, start, end) in self.passages.drain(..) {
            let over = |other: &(ThemeId, usize, usize)| other.0 == theme && start < other.2;
            if start < end && !kept.iter().any(over) {
                kept.push((theme, start, end));
            }
        }
        self.passages = kept;
        let mut bytes: BTreeMap<ThemeId, usize> = BTreeMap::new();
        for (theme, start, end) in &self.passages {
            *bytes.entry(*theme).or_default() += end - start;
        }
        if self.main.is_none_or(|main| !bytes.contains_key(&main)) {
            let most = bytes.values().max().copied();
            let first = self.passages.iter().find(|(theme, ..)| bytes.get(theme).copied() == most);
            self.main = first.map(|(theme, ..)| *theme);
        }
    }
}

/// The names of the themes that an edit speaks of.
fn spoken_of(edit: &Edit, labels: &BTreeMap<ThemeId, String>) -> BTreeMap<ThemeId, String> {
    let themes: Vec<ThemeId> = match edit {
        Edit::Rename { theme, .. }
        | Edit::Pin { theme, .. }
        | Edit::Unpin { theme, .. }
        | Edit::Hide { theme }
        | Edit::Show { theme }
        | Edit::Summarize { theme, .. } => vec![*theme],
        Edit::Merge { into, from } => from.iter().copied().chain([*into]).collect(),
        Edit::Move { from, to, .. } => from.iter().chain(to).copied().collect(),
        Edit::Keep | Edit::Further | Edit::Undo | Edit::StartOver => vec![],
    };
    let named = |id: ThemeId| labels.get(&id).map(|label| (id, label.clone()));
    themes.into_iter().filter_map(named).collect()
}

#[cfg(test)]
mod tests;
