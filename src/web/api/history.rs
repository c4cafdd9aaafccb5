//! What was edited: changes that readers do not see yet, and the history of all saved states.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::{Done, Listed, Shown};
use super::asked::{Json, Paging, Query};
use super::questionnaires::{self, Questionnaire};
use super::refusals;
use super::words::Rewording;
use crate::acts::edit_questionnaire::{
    Placed, State, Step, drop_changes, present, publish_changes, step,
};
use crate::domain::options::Head;
use crate::domain::rewording::proposed;
use crate::domain::{OrganizerId, Wording};
use crate::error::AppError;
use crate::store::edits;
use crate::store::questionnaires::{Questionnaire as Kept, asked};
use crate::web::extract::{App, Organizer};

/// So many of the last entries are listed.
const LISTED: u64 = 2_000;

/// What was edited since the form was published, and readers do not see yet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Changes {
    /// Whether there is anything.
    pub pending: bool,
    /// Title and introduction, in every language in which they changed.
    pub heads: Vec<ChangedHead>,
    /// Questions that are new, have other words, or are taken off.
    pub questions: Vec<ChangedQuestion>,
    /// Whether those that stay stand in another order.
    pub reordered: bool,
}

/// The changed head of a form in one language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangedHead {
    /// The language, as a tag.
    pub language: String,
    /// What readers see.
    pub before: FormHead,
    /// What they would see.
    pub after: FormHead,
}

/// What stands before the first question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormHead {
    /// The title.
    pub title: String,
    /// The words below it; may be empty.
    pub introduction: String,
}

/// A question that is new, changed, or taken off.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangedQuestion {
    /// Its key.
    pub key: String,
    /// What readers are asked; null: it is new.
    pub before: Option<Wording>,
    /// What they would be asked; null: it is taken off.
    pub after: Option<Wording>,
    /// What we take the change for, where readers would notice it.
    pub taken_for: Option<Rewording>,
    /// Why.
    pub why: Option<&'static str>,
}

/// How changes are put on the form.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutOnForm {
    /// Keys of questions that become other questions; every other change is a correction.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub replaced: BTreeSet<String>,
}

/// An entry of the history.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HistoryEntry {
    /// Its number, from 1.
    pub number: i64,
    /// What changed, in words.
    pub what: String,
    /// Who changed it; null: it came about beside the editor.
    pub by: Option<OrganizerId>,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Whether readers got this state.
    pub on_form: bool,
}

/// An entry of the history with what it holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HistoryState {
    /// The entry.
    pub entry: HistoryEntry,
    /// The head of the form by language.
    pub heads: BTreeMap<String, FormHead>,
    /// The questions, in order.
    pub questions: Vec<PlacedQuestion>,
}

/// A question of a state.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlacedQuestion {
    /// Its key.
    pub key: String,
    /// Its words.
    pub wording: Wording,
}

/// The heads of a state by language.
fn heads(of: &Kept, state: &State) -> BTreeMap<String, FormHead> {
    let see = |head: &Head| FormHead {
        title: head.title.clone(),
        introduction: head.introduction.clone(),
    };
    let own = FormHead { title: state.title.clone(), introduction: state.introduction.clone() };
    let further = state.translations.iter().map(|(tag, head)| (tag.clone(), see(head)));
    further.chain([(of.language.clone(), own)]).collect()
}

async fn pending(app: &App, of: &Kept) -> Result<Changes, AppError> {
    let db = app.store.read();
    let live = State::of(of, &asked(db, of.id).await?);
    let edited = present(db, of).await?.state;
    let (old, new) = (heads(of, &live), heads(of, &edited));
    let none = FormHead { title: String::new(), introduction: String::new() };
    let tags: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let head = |tag: &String| ChangedHead {
        language: tag.clone(),
        before: old.get(tag).unwrap_or(&none).clone(),
        after: new.get(tag).unwrap_or(&none).clone(),
    };
    let find = |state: &State, key: &str| -> Option<Wording> {
        let placed = state.questions.iter().find(|placed| placed.key == key);
        placed.map(|placed| placed.wording.clone())
    };
    let gone = live.questions.iter().filter(|placed| find(&edited, &placed.key).is_none());
    let question = |Placed { key, .. }: &Placed| {
        let (before, after) = (find(&live, key), find(&edited, key));
        let both = before.as_ref().zip(after.as_ref());
        let found = both.and_then(|(before, after)| proposed(before, after));
        let (taken_for, why) = found.map(|(what, why)| (what.into(), why)).unzip();
        ChangedQuestion { key: key.clone(), before, after, taken_for, why }
    };
    Ok(Changes {
        pending: live != edited,
        heads: tags.into_iter().map(head).filter(|head| head.before != head.after).collect(),
        questions: edited
            .questions
            .iter()
            .chain(gone)
            .map(question)
            .filter(|one| one.before != one.after)
            .collect(),
        reordered: live.is_reordered(&edited),
    })
}

/// `GET /api/v1/questionnaires/{slug}/changes`
pub async fn changes(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<Changes>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    Ok(Shown(pending(&app, &of).await?))
}

/// `POST /api/v1/questionnaires/{slug}/changes`
pub async fn put_on_form(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<PutOnForm>,
) -> Result<Shown<Questionnaire>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let put = publish_changes(&app, of, me.0.id, wanted.replaced).await?;
    Ok(Shown(questionnaires::seen(&app, &me, put.map_err(refusals::all)?).await?))
}

/// `DELETE /api/v1/questionnaires/{slug}/changes`
pub async fn drop_them(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    drop_changes(&app, of, me.0.id).await?;
    Ok(Done)
}

/// `GET /api/v1/questionnaires/{slug}/history`
pub async fn list(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<HistoryEntry>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let all = edits::entries(app.store.read(), of.id, LISTED).await?;
    Ok(Listed::of(all, |one| one.number.to_string(), &paging)?.map(entry))
}

/// `GET /api/v1/questionnaires/{slug}/history/{number}`
pub async fn show(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Shown<HistoryState>, AppError> {
    let (slug, number) = path.into_inner();
    let of = me.questionnaire(&app, &slug).await?;
    let entry = one(&app, &of, &number).await?;
    let state = State::read(&entry)?;
    let see = |Placed { key, wording, .. }| PlacedQuestion { key, wording };
    Ok(Shown(HistoryState {
        entry: self::entry(entry.into()),
        heads: heads(&of, &state),
        questions: state.questions.into_iter().map(see).collect(),
    }))
}

fn entry(one: edits::Entry) -> HistoryEntry {
    HistoryEntry {
        number: one.number,
        what: one.what,
        by: one.organizer_id,
        made_at: one.made_at,
        on_form: one.on_form,
    }
}

async fn one(app: &App, of: &Kept, number: &str) -> Result<edits::Edit, AppError> {
    let number: i64 = number.parse().map_err(|_no_number| AppError::NotFound)?;
    edits::one(app.store.read(), of.id, number).await?.ok_or(AppError::NotFound)
}

/// `POST /api/v1/questionnaires/{slug}/history/{number}`
pub async fn restore(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Shown<Changes>, AppError> {
    let (slug, number) = path.into_inner();
    let of = me.questionnaire(&app, &slug).await?;
    let entry = one(&app, &of, &number).await?;
    step(&app, of, me.0.id, Step::To(entry.number)).await?;
    let of = me.questionnaire(&app, &slug).await?;
    Ok(Shown(pending(&app, &of).await?))
}
