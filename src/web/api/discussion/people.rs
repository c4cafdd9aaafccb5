//! Participants: added by hand, corrected, taken out and in again, asked when they can come.

use std::collections::BTreeMap;

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shapes::Participant;
use crate::acts::change_participants::{
    Person, add_participant, ask_times, correct_participant, remove_participant,
};
use crate::domain::ParticipantId;
use crate::domain::kind::Free;
use crate::domain::text::one_line;
use crate::error::AppError;
use crate::insight::participants::who;
use crate::insight::seats::people::{languages, tags};
use crate::insight::{self, Material};
use crate::store::discussions::{self, Whole};
use crate::store::questionnaires::Questionnaire;
use crate::web::api::answered::{Created, Listed, Shown};
use crate::web::api::asked::{Json, Paging, Query, line};
use crate::web::api::refusals;
use crate::web::extract::{App, Organizer};

/// Somebody who is added by hand.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddParticipant {
    /// What they are called.
    #[schema(min_length = 1, max_length = 120)]
    pub name: String,
    /// Where they get mail; may be empty.
    #[serde(default)]
    #[schema(max_length = 254)]
    pub address: String,
    /// What they speak, as language tags; left out: the questionnaire's language.
    #[serde(default)]
    pub languages: Vec<String>,
    /// When they can come: moments at which groups meet; left out: not known.
    pub can_come: Option<Vec<DateTime<Utc>>>,
    /// What marks them.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// What is corrected of a participant; what is left out stays. Of a respondent only the tags are
/// yours.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectParticipant {
    /// What they are called.
    #[schema(max_length = 120)]
    pub name: Option<String>,
    /// Where they get mail.
    #[schema(max_length = 254)]
    pub address: Option<String>,
    /// What they speak, as language tags.
    pub languages: Option<Vec<String>>,
    /// When they can come.
    pub can_come: Option<Vec<DateTime<Utc>>>,
    /// What marks them.
    pub tags: Option<Vec<String>>,
    /// Whether they take part: `false` takes them out, and whoever was told of a seat is told
    /// that it is cancelled; `true` takes them in again.
    pub takes_part: Option<bool>,
}

/// Who is asked when they can come.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskTimes {
    /// Whether those are asked again who were asked before.
    #[serde(default)]
    pub again: bool,
}

/// How many mails were queued.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Asked {
    /// The number.
    pub mails: usize,
}

struct Here {
    of: Questionnaire,
    whole: Whole,
    insight: std::sync::Arc<insight::Insight>,
}

async fn here(app: &App, me: &Organizer, slug: &str) -> Result<Here, AppError> {
    let of = me.questionnaire(app, slug).await?;
    let whole = discussions::latest(app.store.read(), of.id).await?.ok_or(AppError::NotFound)?;
    let insight = insight::now(app, &of).await?;
    Ok(Here { of, whole, insight })
}

fn seen(material: &Material, one: &discussions::Participant) -> Participant {
    let known = who(material, one);
    Participant {
        id: one.id,
        response: one.response_id,
        name: known.name,
        address: known.address,
        languages: languages(material, one),
        tags: tags(one),
        added_by_hand: one.added_by_hand,
        rsvp: one.rsvp.into(),
        asked_at: one.asked_at,
        left_at: one.left_at,
    }
}

/// `GET /api/v1/questionnaires/{slug}/discussion/people`
pub async fn list(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<Participant>, AppError> {
    let here = here(&app, &me, &slug).await?;
    let material = &here.insight.material;
    let all = here.whole.participants.iter().map(|one| seen(material, one)).collect();
    Listed::of(all, |one: &Participant| one.id.to_string(), &paging)
}

fn lines(all: &[String]) -> Vec<String> {
    all.iter().map(|text| one_line(text, 60)).filter(|text| !text.is_empty()).collect()
}

fn free(whole: &Whole, can: &[DateTime<Utc>]) -> BTreeMap<String, Free> {
    let slots = whole.slots.iter();
    slots
        .map(|slot| {
            let free = if can.contains(&slot.starts_at) { Free::Yes } else { Free::No };
            (slot.key.clone(), free)
        })
        .collect()
}

fn address(typed: &str) -> Result<String, AppError> {
    if !typed.is_empty() {
        refusals::address(typed)?;
    }
    Ok(typed.to_owned())
}

/// `POST /api/v1/questionnaires/{slug}/discussion/people`
pub async fn add(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<AddParticipant>,
) -> Result<Created<Participant>, AppError> {
    let before = here(&app, &me, &slug).await?;
    let name = line("name", &wanted.name, 120)?;
    if name.is_empty() {
        let why = "A name is needed, so that the others know who is meant.";
        return Err(AppError::Refused(why.to_owned()));
    }
    let spoken = lines(&wanted.languages).join(",");
    let person = Person {
        name,
        address: address(&line("address", &wanted.address, 254)?)?,
        language: if spoken.is_empty() { before.of.language.clone() } else { spoken },
        free: wanted.can_come.map(|can| free(&before.whole, &can)),
        tags: lines(&wanted.tags),
    };
    if !add_participant(&app, &before.of, person).await? {
        let why = "Somebody with this address takes part already.";
        return Err(AppError::Refused(why.to_owned()));
    }
    let after = here(&app, &me, &slug).await?;
    let known = |id: ParticipantId| before.whole.participant(id).is_some();
    let mut new = after.whole.participants.iter();
    let new = new.find(|one| one.added_by_hand && !known(one.id)).ok_or(AppError::Conflict)?;
    let at = format!("/api/v1/questionnaires/{}/discussion/people/{}", after.of.slug, new.id);
    Ok(Created { at, made: seen(&after.insight.material, new) })
}

/// `PATCH /api/v1/questionnaires/{slug}/discussion/people/{participant}`
pub async fn correct(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    Json(wanted): Json<CorrectParticipant>,
) -> Result<Shown<Participant>, AppError> {
    let (slug, id) = path.into_inner();
    let id: ParticipantId = id.parse()?;
    let before = here(&app, &me, &slug).await?;
    let one = before.whole.participant(id).ok_or(AppError::NotFound)?;
    let kept = one.free.as_deref().and_then(|free| serde_json::from_str(free).ok());
    let person = Person {
        name: match wanted.name {
            Some(name) => line("name", &name, 120)?,
            None => one.name.clone(),
        },
        address: match wanted.address {
            Some(typed) => address(&line("address", &typed, 254)?)?,
            None => one.address.clone(),
        },
        language: wanted
            .languages
            .map_or_else(|| one.language.clone(), |spoken| lines(&spoken).join(",")),
        free: wanted.can_come.map_or(kept, |can| Some(free(&before.whole, &can))),
        tags: wanted.tags.map_or_else(|| tags(one), |tags| lines(&tags)),
    };
    correct_participant(&app, &before.of, id, person).await?;
    if let Some(takes_part) = wanted.takes_part {
        remove_participant(&app, &before.of, id, takes_part).await?;
    }
    let after = here(&app, &me, &slug).await?;
    let one = after.whole.participant(id).ok_or(AppError::NotFound)?;
    Ok(Shown(seen(&after.insight.material, one)))
}

/// `POST /api/v1/questionnaires/{slug}/discussion/times`
pub async fn ask(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<AskTimes>,
) -> Result<Shown<Asked>, AppError> {
    let here = here(&app, &me, &slug).await?;
    let mails = ask_times(&app, &me.0, &here.of, wanted.again).await?;
    Ok(Shown(Asked { mails }))
}
