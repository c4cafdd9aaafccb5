//! An organizer lets a campaign go, stops it for a while, lets it go on, calls it off, or has
//! those mails sent again of which nobody knows whether they arrived.

use super::plan_campaign::plan_campaign;
use crate::domain::CampaignId;
use crate::domain::campaign::State;
use crate::domain::status::Delivery;
use crate::service::Service;
use crate::store::campaigns::{self, mails};

/// What an organizer does with a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Lets a draft go: now, or when its time has come.
    Go,
    /// Takes a campaign that has not begun back to being a draft.
    Back,
    /// Stops it for a while.
    Pause,
    /// Lets it go on.
    Resume,
    /// Calls it off for good.
    Cancel,
    /// Sends those again of which nobody knows whether they arrived, as far as their latest time has
    /// not come. In a campaign that is stopped they wait with the others.
    Again,
}

/// Does it; `false`: the campaign is in a state in which that means nothing, and nothing changed.
///
/// # Errors
/// A database that refuses; nothing changed.
pub async fn turn_campaign(service: &Service, id: CampaignId, turn: Turn) -> anyhow::Result<bool> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let Some(campaign) = campaigns::by_id(&tx, id).await? else { return Ok(false) };
    let begun = campaign.planned_at.is_some();
    let (before, next): (&[State], State) = match turn {
        Turn::Go => (&[State::Draft], State::Scheduled),
        Turn::Back => (&[State::Scheduled], State::Draft),
        Turn::Pause => (&[State::Scheduled, State::Running], State::Paused),
        Turn::Resume if begun => (&[State::Paused], State::Running),
        Turn::Resume => (&[State::Paused], State::Scheduled),
        Turn::Cancel => (&[State::Scheduled, State::Running, State::Paused], State::Cancelled),
        Turn::Again if campaign.state == State::Paused => (&[State::Paused], State::Paused),
        Turn::Again => (&[State::Running, State::Done], State::Running),
    };
    // What stays stopped keeps why.
    let why = campaign.paused_why.as_deref().filter(|_| next == campaign.state);
    if !campaigns::turn(&tx, id, before, next, why, now).await? {
        return Ok(false);
    }
    let name = || service.clock.name();
    match turn {
        Turn::Cancel => {
            let detail = "the campaign was called off";
            let way = (Delivery::Queued, Delivery::Cancelled);
            mails::turn_all(&tx, id, way, detail, now, name).await?;
        }
        Turn::Again => {
            let detail = "sent again by the organizer: nobody knows whether it had arrived";
            let way = (Delivery::Unknown, Delivery::Queued);
            if mails::turn_all(&tx, id, way, detail, now, name).await? == 0 {
                return Ok(false);
            }
        }
        Turn::Go | Turn::Back | Turn::Pause | Turn::Resume => {}
    }
    tx.commit().await?;
    service.post.wake();
    if matches!(turn, Turn::Go | Turn::Resume) && !begun && campaign.starts_at <= now {
        plan_campaign(service, id).await?;
    }
    Ok(true)
}
