//! Campaigns as programs read and write them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{CampaignId, ListId};
use crate::web::api::words::{CampaignAim, CampaignState, CampaignTurn};

/// Whom a campaign is meant for: who is on one of the lists and carries one of the tags; where
/// one of the two is empty, it asks for nothing.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CampaignAudience {
    /// On one of these lists.
    pub lists: Vec<ListId>,
    /// With one of these tags.
    pub tags: Vec<String>,
}

/// The words of a campaign in one language.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignWords {
    /// The subject: one line.
    pub subject: String,
    /// The text, with places such as `{name}` and one `[button]`.
    pub text: String,
}

/// The rules of a campaign.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CampaignTerms {
    /// How many days must have passed since the last mail before a reminder.
    #[schema(maximum = 90)]
    pub days: u32,
    /// The hours in which nobody is reminded, on the clock of whoever is written to.
    pub quiet: Option<QuietHours>,
    /// Whether the brief goes to everybody who was invited, not only to those who answered.
    pub everybody: bool,
    /// Until when answers are welcome, where the mails say so.
    pub closes: Option<DateTime<Utc>>,
    /// The clock on which times are told.
    #[schema(example = "Europe/Berlin")]
    pub zone: String,
}

/// Hours of the day in which nobody is written to.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// When they begin.
    #[schema(maximum = 23)]
    pub from: u32,
    /// When they are over.
    #[schema(maximum = 23)]
    pub until: u32,
}

/// A campaign.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Campaign {
    /// Names it.
    pub id: CampaignId,
    /// What it is for.
    pub aim: CampaignAim,
    /// How far it is.
    pub state: CampaignState,
    /// Why it paused by itself, if it did.
    pub paused_why: Option<String>,
    /// Whom it is meant for.
    pub audience: CampaignAudience,
    /// Own words, by language tag; where there are none, ours are used.
    pub words: BTreeMap<String, CampaignWords>,
    /// The rules.
    pub terms: CampaignTerms,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// After this, nothing of it leaves.
    pub not_after: DateTime<Utc>,
    /// How many of its mails stand where.
    pub mails: BTreeMap<String, u64>,
    /// As which version it was seen; a change has to name it.
    pub version: DateTime<Utc>,
}

/// What a campaign is begun for.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginCampaign {
    /// What it is for.
    pub aim: CampaignAim,
}

/// A draft as it is wanted, as a whole.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditCampaign {
    /// As which version it was seen.
    pub version: DateTime<Utc>,
    /// Whom it is meant for; left out: everybody.
    #[serde(default)]
    pub audience: CampaignAudience,
    /// Own words, by language tag (`en`, `zh`).
    #[serde(default)]
    pub words: BTreeMap<String, CampaignWords>,
    /// The rules.
    pub terms: CampaignTerms,
    /// When it begins; left out: as soon as it is let go.
    pub starts_at: Option<DateTime<Utc>>,
    /// After this, nothing of it leaves; left out: as long as a mail may wait.
    pub not_after: Option<DateTime<Utc>>,
}

/// What is to be done with a campaign.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnCampaign {
    /// What.
    pub turn: CampaignTurn,
}

/// What would happen if a campaign began now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CampaignForecast {
    /// How many people it is meant for.
    pub meant: usize,
    /// How many would get a mail.
    pub mails: usize,
    /// The same by language.
    pub languages: BTreeMap<String, usize>,
    /// How many would not, by reason.
    pub left_out: BTreeMap<String, usize>,
}

/// How many get a mail, and how many do not, by reason.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MailsQueued {
    /// How many mails were queued.
    pub mails: usize,
    /// How many people were left out, by reason.
    pub left_out: BTreeMap<String, usize>,
}

/// In which language a test is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestCampaign {
    /// `en` or `zh`.
    #[schema(pattern = "^(en|zh)$")]
    pub language: String,
}
