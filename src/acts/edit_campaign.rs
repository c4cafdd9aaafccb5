//! An organizer prepares a campaign: for whom, in which words, by which rules, and when.

use chrono::{DateTime, Utc};

use super::campaign::Plan;
use super::letter;
use crate::domain::campaign::{Aim, State, Terms};
use crate::domain::{Audience, CampaignId};
use crate::mail::template::Templates;
use crate::service::Service;
use crate::store::campaigns::{self, Campaign, Draft};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;

/// A campaign as the organizer wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whom it is meant for.
    pub audience: Audience,
    /// The organizer's own words, by language.
    pub templates: Templates,
    /// The rules.
    pub terms: Terms,
    /// When it begins; `None`: as soon as it is let go.
    pub starts_at: Option<DateTime<Utc>>,
    /// After this, nothing of it leaves; `None`: as long as the settings let a mail wait.
    pub not_after: Option<DateTime<Utc>>,
}

/// What is wrong with the times of a campaign, by the name of the field; `closes_at`: when its
/// questionnaire closes by itself.
pub fn wrong_times(
    wanted: &Wanted,
    aim: Aim,
    closes_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Vec<(&'static str, &'static str)> {
    let Wanted { starts_at, not_after, terms, .. } = wanted;
    let begins = starts_at.unwrap_or(now);
    let asks = matches!(aim, Aim::Invite | Aim::Remind);
    let (closes, closes_at) = (terms.closes.filter(|_| asks), closes_at.filter(|_| asks));
    let mut wrong = vec![];
    let mut say = |field, is_so: bool, text| {
        if is_so && !wrong.iter().any(|(said, _)| *said == field) {
            wrong.push((field, text));
        }
    };
    let over = |at: &Option<DateTime<Utc>>| at.is_some_and(|at| at <= now);
    let early = |at: &Option<DateTime<Utc>>| at.is_some_and(|at| at <= begins);
    say(
        "starts_at",
        over(starts_at),
        "This time has passed. Choose a later one, or let it begin at once.",
    );
    say(
        "starts_at",
        starts_at.is_some() && early(&closes_at),
        "The questionnaire closes by itself before that, so nobody could answer.",
    );
    say("not_after", over(not_after), "This time has passed, so nothing would be sent.");
    say("not_after", early(not_after), "The latest time has to be after the beginning.");
    say("closes", over(&closes), "This time has passed, so nobody would be written to.");
    say("closes", early(&closes), "The closing date has to be after the beginning.");
    say(
        "closes",
        closes.zip(closes_at).is_some_and(|(told, closes)| told > closes),
        "The questionnaire closes by itself before that: tell no later date.",
    );
    wrong
}

/// A campaign that nobody has touched yet, not kept.
pub(super) fn fresh(service: &Service, plan: &Plan) -> serde_json::Result<Campaign> {
    let now = service.clock.now();
    Ok(Campaign {
        id: CampaignId(service.clock.name()),
        questionnaire_id: plan.questionnaire.id,
        aim: plan.aim,
        state: State::Draft,
        paused_why: None,
        audience: serde_json::to_string(&plan.audience)?,
        template: serde_json::to_string(&plan.templates)?,
        terms: serde_json::to_string(&plan.terms)?,
        starts_at: now,
        not_after: letter::latest(service, now),
        planned_at: None,
        left_out: None,
        created_by: plan.organizer.id,
        created_at: now,
        updated_at: now,
    })
}

/// Begins a draft: everybody, our words, the usual rules.
///
/// # Errors
/// A database that refuses.
pub async fn draft_campaign(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    aim: Aim,
) -> anyhow::Result<CampaignId> {
    let tx = service.store.write().await?;
    let plan = Plan::usual(&tx, service, organizer, questionnaire, aim).await?;
    let campaign = fresh(service, &plan)?;
    let id = campaign.id;
    campaigns::insert(&tx, campaign).await?;
    tx.commit().await?;
    Ok(id)
}

/// Keeps what was typed, for whoever has seen the draft as it was kept at `seen`; `false`: it has
/// changed or begun since, and nothing was kept.
///
/// # Errors
/// A database that refuses.
pub async fn edit_campaign(
    service: &Service,
    id: CampaignId,
    seen: DateTime<Utc>,
    wanted: &Wanted,
) -> anyhow::Result<bool> {
    let now = service.clock.now();
    let starts_at = wanted.starts_at.unwrap_or(now);
    let draft = Draft {
        audience: serde_json::to_string(&wanted.audience)?,
        template: serde_json::to_string(&wanted.templates)?,
        terms: serde_json::to_string(&wanted.terms)?,
        starts_at,
        not_after: wanted.not_after.unwrap_or_else(|| letter::latest(service, starts_at)),
    };
    let tx = service.store.write().await?;
    let kept = campaigns::keep(&tx, id, seen, draft, now).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Throws a draft away; `false`: it is none (any more).
///
/// # Errors
/// A database that refuses.
pub async fn delete_campaign(service: &Service, id: CampaignId) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let gone = campaigns::delete_draft(&tx, id).await?;
    tx.commit().await?;
    Ok(gone)
}
