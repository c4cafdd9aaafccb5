//! What the organizer says about a list before it is imported.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::column::{self, Says};
use super::people::LONGEST_NAME;
use crate::domain::text::one_line;
use crate::domain::{Basis, Fields, ListId, audience};

/// The choices of one import, as typed: nothing of it is lost when something is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// What each column says; empty: as it seems.
    pub columns: Vec<Says>,
    /// Whether the first line is a head; `None`: as it seems.
    pub head: Option<bool>,
    /// The language of those whose line names none.
    pub language: String,
    /// The time zone of those whose line names none.
    pub zone: String,
    /// The lists they come on.
    pub lists: Vec<ListId>,
    /// The name of a list that is to be made for them.
    pub new_list: String,
    /// Tags for all of them.
    pub tags: String,
    /// By what right they are written to.
    pub basis: Option<Basis>,
    /// Where the addresses come from.
    pub consent_from: String,
    /// When they agreed.
    pub consent_on: String,
    /// Whether what the list says takes the place of what is there.
    pub overwrite: bool,
    /// The questionnaire from whose invitations the organizer comes; empty: from the contacts.
    pub back: String,
    /// A word on where the list comes from: `pasted` or `file`.
    pub source: String,
    /// How many people of it are kept already; then what waits is the rest.
    pub kept: usize,
    /// The numbers that the lines had when the list was brought; empty: they are counted.
    pub numbers: Vec<usize>,
}

impl Choices {
    /// What a form says, with what no form can say from before.
    pub fn read(fields: &Fields, before: &Self) -> Self {
        let line = |name: &str| one_line(fields.get(name).unwrap_or_default(), LONGEST_NAME);
        let has_columns = fields.get("columns").is_some();
        let columns = (0..super::sheet::MOST_COLUMNS)
            .map_while(|at| fields.get(&format!("column.{at}")))
            .map(|key| Says::of_key(key).unwrap_or(Says::Nothing));
        Self {
            columns: columns.collect(),
            head: has_columns.then(|| fields.has("head", "yes")),
            language: if fields.get("language") == Some("zh") { "zh" } else { "en" }.to_owned(),
            zone: line("zone"),
            lists: fields.all("list").filter_map(|id| id.parse().ok()).collect(),
            new_list: line("new_list"),
            tags: fields.get("tags").unwrap_or_default().trim().to_owned(),
            basis: fields.get("basis").and_then(Basis::of),
            consent_from: line("consent_from"),
            consent_on: line("consent_on"),
            overwrite: fields.has("overwrite", "yes"),
            back: before.back.clone(),
            source: before.source.clone(),
            kept: before.kept,
            numbers: before.numbers.clone(),
        }
    }

    /// The number that a line had when the list was brought.
    pub fn number(&self, line: usize) -> usize {
        let brought = line.checked_sub(1).and_then(|at| self.numbers.get(at));
        brought.copied().unwrap_or(line)
    }

    /// The time zone that was chosen, if one was.
    pub fn zone(&self) -> Option<Tz> {
        column::zone(&self.zone)
    }

    /// The day on which they agreed, if one was typed.
    pub fn consent_on(&self) -> Option<NaiveDate> {
        column::day(&self.consent_on)
    }

    /// The tags that were typed.
    pub fn tags(&self) -> Vec<String> {
        audience::tags(&self.tags)
    }

    /// What is missing or cannot be read on `today`, by field. `columns`: what the list says itself.
    pub fn problems(
        &self,
        columns: &[Says],
        today: NaiveDate,
    ) -> BTreeMap<&'static str, &'static str> {
        let mut problems = BTreeMap::new();
        if self.basis.is_none() {
            problems.insert("basis", "Say why you may write to these people.");
        }
        if self.consent_from.is_empty() && !columns.contains(&Says::ConsentFrom) {
            problems.insert("consent_from", "Say where the addresses come from.");
        }
        let agreed = self.basis == Some(Basis::Agreed);
        if !self.consent_on.is_empty() && self.consent_on().is_none() {
            let how = "Write the day as year-month-day, such as 2026-08-12.";
            problems.insert("consent_on", how);
        } else if self.consent_on().is_some_and(|day| column::is_to_come(day, today)) {
            problems.insert("consent_on", "This day is still to come.");
        } else if agreed && self.consent_on.is_empty() && !columns.contains(&Says::ConsentOn) {
            problems.insert("consent_on", "Say when they agreed; the day of the list is enough.");
        }
        if !self.zone.is_empty() && self.zone().is_none() {
            let how = "Write the zone by its place, such as Europe/Berlin, or leave it empty.";
            problems.insert("zone", how);
        }
        problems
    }
}
