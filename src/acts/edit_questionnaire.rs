//! Organizers edit a questionnaire, step by step: every saved state is an entry of a history that
//! is only ever added to, so that nothing is lost and everything can be undone. What two save at
//! once is joined, part by part; where both changed the same part, both are offered.
//!
//! A draft is what was saved last. Once it is published, readers see the form as it is until the
//! changes are put on it ([`publish_changes`]).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::save_questionnaire::{self, Edited};
use crate::domain::status::Status;
use crate::domain::{OrganizerId, QuestionnaireId};
use crate::service::Service;
use crate::store::edits::{self, Edit};
use crate::store::questionnaires::{self, Asked, Questionnaire};

mod parts;
mod state;
mod steps;

pub use parts::{Conflict, changed};
pub use state::{Placed, State};
use steps::Steps;

/// So many entries are looked at for undoing.
const FAR: u64 = 2_000;

/// What an editor shows.
#[derive(Clone, Debug, Default)]
pub struct Present {
    /// The questionnaire as it is edited.
    pub state: State,
    /// The number of the last entry of its history; 0 before the first.
    pub number: i64,
    /// Whether readers see another state.
    pub pending: bool,
    /// Whether there is a step to undo, and one to do again.
    pub steps: (bool, bool),
}

/// What somebody saves.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Who.
    pub organizer: OrganizerId,
    /// The number of the entry that their page showed.
    pub based_on: i64,
    /// What they have now.
    pub edited: Edited,
    /// Parts of which they take the other's words, where both changed them.
    pub theirs: BTreeSet<String>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Saved {
    /// It is kept.
    Kept {
        /// The questionnaire as it now is.
        questionnaire: Questionnaire,
        /// What others changed meanwhile, in words, with who did; it is part of what is kept.
        joined: Vec<(Option<OrganizerId>, DateTime<Utc>, String)>,
    },
    /// Somebody else changed the same meanwhile: nothing is kept, and both are offered.
    Crossed {
        /// Everything joined, with this one's words where both changed the same.
        state: State,
        /// The entry that it would follow.
        number: i64,
        /// What both changed.
        conflicts: Vec<Conflict>,
        /// Who changed it, and when.
        by: Vec<(Option<OrganizerId>, DateTime<Utc>, String)>,
    },
}

/// A step in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Back to the state before.
    Undo,
    /// Forward again to the state that was undone.
    Redo,
    /// To the state of this entry.
    To(i64),
}

/// What the editor shows now.
///
/// # Errors
/// A database that refuses.
pub async fn present(
    db: &impl ConnectionTrait,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Present> {
    let live = State::of(questionnaire, &questionnaires::asked(db, questionnaire.id).await?);
    let (state, number) = latest(db, questionnaire.id, &live).await?;
    let steps = Steps::of(edits::bases(db, questionnaire.id, FAR).await?);
    let drifted = match edits::last(db, questionnaire.id, true).await? {
        Some(anchor) => State::read(&anchor)? != live,
        None => true,
    };
    let steps = (steps.undo().is_some() || drifted && number > 0, steps.redo().is_some());
    Ok(Present { pending: state != live, state, number, steps })
}

/// The state that was saved last, with what was changed beside the editor since; its number.
async fn latest(
    db: &impl ConnectionTrait,
    id: QuestionnaireId,
    live: &State,
) -> anyhow::Result<(State, i64)> {
    let Some(last) = edits::last(db, id, false).await? else { return Ok((live.clone(), 0)) };
    if last.on_form {
        return Ok((live.clone(), last.number));
    }
    let base = match edits::last(db, id, true).await? {
        Some(anchor) => State::read(&anchor)?,
        None => live.clone(),
    };
    Ok((parts::merge(&base, live, &State::read(&last)?).0, last.number))
}

/// The history while it is written: everything happens at one moment, on a questionnaire that is
/// held.
struct Writing<'a> {
    service: &'a Service,
    tx: DatabaseTransaction,
    now: DateTime<Utc>,
    questionnaire: Questionnaire,
    asked: Vec<Asked>,
    live: State,
    latest: State,
    number: i64,
}

impl<'a> Writing<'a> {
    async fn begin(service: &'a Service, of: Questionnaire) -> anyhow::Result<Self> {
        let now = service.clock.now();
        let tx = service.store.write().await?;
        let questionnaire = questionnaires::held(&tx, of).await?;
        let id = questionnaire.id;
        let asked = questionnaires::asked(&tx, id).await?;
        let live = State::of(&questionnaire, &asked);
        let (latest, number) = latest(&tx, id, &live).await?;
        let anchor = edits::last(&tx, id, true).await?;
        let mut writing = Self { service, tx, now, questionnaire, asked, live, latest, number };
        let what = match anchor {
            None => "As it was before",
            Some(anchor) if State::read(&anchor)? != writing.live => "Changed beside the editor",
            Some(_) => return Ok(writing),
        };
        let live = writing.live.clone();
        let pending =
            (writing.number > 0 && writing.latest != live).then(|| writing.latest.clone());
        writing.add(None, &live, None, true, what.to_owned()).await?;
        if let Some(pending) = pending {
            writing
                .add(None, &pending, None, false, "What was not on the form yet".to_owned())
                .await?;
        }
        Ok(writing)
    }

    /// Adds an entry.
    async fn add(
        &mut self,
        organizer: Option<OrganizerId>,
        state: &State,
        base: Option<i64>,
        on_form: bool,
        what: String,
    ) -> anyhow::Result<()> {
        self.number += 1;
        let entry = Edit {
            questionnaire_id: self.questionnaire.id,
            number: self.number,
            organizer_id: organizer,
            made_at: self.now,
            base: base.unwrap_or(self.number),
            on_form,
            what,
            state: serde_json::to_string(state)?,
        };
        edits::insert(&self.tx, entry).await?;
        Ok(())
    }

    /// Keeps a state: a draft's at once as the form.
    async fn keep(
        &mut self,
        organizer: OrganizerId,
        state: &State,
        base: Option<i64>,
        what: String,
    ) -> anyhow::Result<()> {
        let draft = self.questionnaire.status == Status::Draft;
        if draft {
            self.save(state, BTreeSet::new()).await?;
        }
        let on_form = draft || *state == self.live;
        self.add(Some(organizer), state, base, on_form, what).await
    }

    /// Puts a state on the form.
    async fn save(&mut self, state: &State, replaced: BTreeSet<String>) -> anyhow::Result<()> {
        let edited = Edited { replaced, ..state.edited(&self.live) };
        let of = self.questionnaire.clone();
        self.questionnaire =
            save_questionnaire::save_in(self.service, &self.tx, of, edited, self.now).await?;
        Ok(())
    }

    /// Goes on to a state that is in the history already, or on the form; `word`: what that is.
    async fn go(
        mut self,
        organizer: OrganizerId,
        state: &State,
        base: Option<i64>,
        word: &str,
    ) -> anyhow::Result<()> {
        let what = format!("{word}{}", changed(&self.latest, state).join("; "));
        self.keep(organizer, state, base, what).await?;
        self.end().await?;
        Ok(())
    }

    async fn end(self) -> anyhow::Result<Questionnaire> {
        self.tx.commit().await?;
        self.service.forms.changed();
        Ok(self.questionnaire)
    }
}

/// Keeps what an editor has.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn edit_questionnaire(
    service: &Service,
    questionnaire: Questionnaire,
    draft: Draft,
) -> anyhow::Result<Saved> {
    let id = questionnaire.id;
    let mut writing = Writing::begin(service, questionnaire).await?;
    let based_on = draft.based_on.max(1);
    let base = match edits::one(&writing.tx, id, based_on).await? {
        Some(base) => State::read(&base)?,
        None => writing.latest.clone(),
    };
    let wordings = questionnaires::wordings(&writing.tx, id).await?;
    let everything = questionnaires::all_asked(&writing.tx, id).await?;
    let mut ours = State::typed(draft.edited, &writing.latest, &everything, &wordings);
    parts::take(&mut ours, &writing.latest, &draft.theirs);
    let (state, conflicts) = parts::merge(&base, &writing.latest, &ours);
    let mut by = vec![];
    if base != writing.latest {
        let since = edits::entries(&writing.tx, id, FAR).await?.into_iter();
        let since = since.take_while(|entry| entry.number > based_on);
        by.extend(since.map(|entry| (entry.organizer_id, entry.made_at, entry.what)));
        by.reverse();
    }
    if !conflicts.is_empty() {
        let number = writing.number;
        // What was noted of changes beside the editor stays noted.
        writing.end().await?;
        return Ok(Saved::Crossed { state, number, conflicts, by });
    }
    if state != writing.latest {
        let what = changed(&writing.latest, &state).join("; ");
        writing.keep(draft.organizer, &state, None, what).await?;
    }
    Ok(Saved::Kept { questionnaire: writing.end().await?, joined: by })
}

/// Takes a step in the history; whether there was one to take.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn step(
    service: &Service,
    questionnaire: Questionnaire,
    organizer: OrganizerId,
    step: Step,
) -> anyhow::Result<bool> {
    let id = questionnaire.id;
    let writing = Writing::begin(service, questionnaire).await?;
    let steps = Steps::of(edits::bases(&writing.tx, id, FAR).await?);
    let (target, base, what) = match step {
        Step::Undo => (steps.undo(), steps.undo(), "Undone: "),
        Step::Redo => (steps.redo(), steps.redo(), "Done again: "),
        Step::To(number) => (Some(number), None, "Restored: "),
    };
    let Some(target) = target else { return Ok(false) };
    let Some(entry) = edits::one(&writing.tx, id, target).await? else { return Ok(false) };
    let state = State::read(&entry)?;
    if state == writing.latest && base.is_none() {
        return Ok(false);
    }
    writing.go(organizer, &state, base, what).await?;
    Ok(true)
}

/// Drops what was edited since it was published: the form's state is the last one again, and what
/// was dropped stays in the history. Whether there was anything.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn drop_changes(
    service: &Service,
    questionnaire: Questionnaire,
    organizer: OrganizerId,
) -> anyhow::Result<bool> {
    let writing = Writing::begin(service, questionnaire).await?;
    if writing.latest == writing.live {
        return Ok(false);
    }
    let live = writing.live.clone();
    writing.go(organizer, &live, None, "Restored: ").await?;
    Ok(true)
}

/// Puts what was edited since it was published on the form: questions in `replaced` become other
/// questions, what else changed is a correction. What stands in the way comes back; then nothing
/// changed.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn publish_changes(
    service: &Service,
    questionnaire: Questionnaire,
    organizer: OrganizerId,
    replaced: BTreeSet<String>,
) -> anyhow::Result<Result<Questionnaire, Vec<String>>> {
    let mut writing = Writing::begin(service, questionnaire).await?;
    if writing.latest == writing.live {
        return Ok(Ok(writing.questionnaire));
    }
    let state = writing.latest.clone();
    let asked = state.asked(&writing.asked);
    let obstacles = super::check_questionnaire::obstacles(&writing.questionnaire, &asked);
    if !obstacles.is_empty() {
        return Ok(Err(obstacles));
    }
    let what = changed(&writing.live, &state).join("; ");
    writing.save(&state, replaced).await?;
    let asked = questionnaires::asked(&writing.tx, writing.questionnaire.id).await?;
    let live = State::of(&writing.questionnaire, &asked);
    writing.add(Some(organizer), &live, None, true, format!("Put on the form: {what}")).await?;
    Ok(Ok(writing.end().await?))
}
