//! What all workers of a process share: their name, where mails go, how fast, and how far the mail
//! server is trusted at the moment.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Notify;

use crate::domain::CampaignId;
use crate::domain::rates::Rates;
use crate::mail::smtp::{Outcome, SmtpServer, Stage};
use crate::service::{Post, Service, Trouble};

/// After this many refusals of us in a row, nothing is sent for a while; of one campaign, and it
/// is paused.
const FAULTS: u32 = 3;
/// How long the server is left alone when it cannot be reached or refuses us; then one mail tries.
const QUIET: TimeDelta = TimeDelta::minutes(1);

/// Takes mails where they go. A handle, cheap to clone.
#[derive(Clone)]
pub struct Courier(Arc<Shared>);

struct Shared {
    owner: String,
    way: Way,
    connections: usize,
    rates: Rates,
    lease: TimeDelta,
    breaker: Mutex<Breaker>,
    learned: Notify,
}

/// Where mails go.
pub(super) enum Way {
    /// To a server.
    Smtp(Box<SmtpServer>),
    /// Into this folder.
    Files(PathBuf),
}

/// What may be claimed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    /// As many as the pace allows.
    Any,
    /// One, to see whether the server is well again; [`Courier::gave_up_probing`] if there is none.
    Probe,
    /// None for a while.
    Quiet,
    /// None until the probe is back.
    Probing,
}

#[derive(Default)]
struct Breaker {
    /// How often in a row the server has refused us.
    faults: u32,
    /// How often in a row it has refused us with mails of a campaign.
    of_campaigns: HashMap<CampaignId, u32>,
    /// How often in a row it has turned a connection away.
    turned_away: usize,
    /// Until when the server is left alone.
    quiet_until: Option<DateTime<Utc>>,
    /// Whether one mail is on its way to see.
    probing: bool,
}

impl Courier {
    /// A courier as the settings want it.
    pub fn new(service: &Service) -> Self {
        let mail = &service.settings.mail;
        if let Some(server) = mail.server() {
            return Self::to(service, server);
        }
        // Files are written one by one, as fast as the disk takes them.
        let folder = service.settings.data.join("outbox");
        Self::made(service, Way::Files(folder), 1, Rates::default())
    }

    /// A courier to this server.
    pub fn to(service: &Service, server: SmtpServer) -> Self {
        let mail = &service.settings.mail;
        let connections = usize::try_from(mail.connections.max(1)).unwrap_or(1);
        Self::made(service, Way::Smtp(Box::new(server)), connections, mail.rates())
    }

    fn made(service: &Service, way: Way, connections: usize, rates: Rates) -> Self {
        Self(Arc::new(Shared {
            owner: service.clock.random_name().simple().to_string(),
            way,
            connections,
            rates,
            lease: TimeDelta::seconds(i64::from(service.settings.mail.lease_seconds.max(1))),
            breaker: Mutex::default(),
            learned: Notify::new(),
        }))
    }

    /// Its name on the messages that it has.
    pub(super) fn owner(&self) -> &str {
        &self.0.owner
    }

    pub(super) fn way(&self) -> &Way {
        &self.0.way
    }

    /// How many mails may be on their way at once.
    pub(super) fn connections(&self) -> usize {
        self.0.connections
    }

    pub(super) fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// How long a claim holds without a sign of life.
    pub(super) fn lease(&self) -> TimeDelta {
        self.0.lease
    }

    /// How many mails may be tried now.
    pub(super) fn allowance(&self, now: DateTime<Utc>) -> Allowance {
        let mut breaker = self.0.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        match breaker.quiet_until {
            None => Allowance::Any,
            // A clock that was set back keeps nobody waiting for a day.
            Some(until) if until > now && until <= now + QUIET => Allowance::Quiet,
            Some(_) if breaker.probing => Allowance::Probing,
            Some(_) => {
                breaker.probing = true;
                Allowance::Probe
            }
        }
    }

    /// Whether a mail that was claimed may still be tried; `probe`: it was claimed to see.
    pub(super) fn may_go(&self, probe: bool) -> bool {
        let breaker = self.0.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        breaker.quiet_until.is_none() || probe
    }

    /// There was no mail to probe with.
    pub(super) fn gave_up_probing(&self) {
        self.0.breaker.lock().unwrap_or_else(PoisonError::into_inner).probing = false;
    }

    /// Returns when something was learned about the server.
    pub(super) async fn learned(&self) {
        self.0.learned.notified().await;
    }

    /// Notes what the last attempt says about the server (not about the mail); the answer is
    /// whether its campaign must be paused.
    pub(super) fn learn(
        &self,
        outcome: &Outcome,
        campaign: Option<CampaignId>,
        now: DateTime<Utc>,
        post: &Post,
    ) -> bool {
        let mut guard = self.0.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        let breaker = &mut *guard;
        let probing = std::mem::take(&mut breaker.probing);
        let (mut pause, mut quiet) = (false, None);
        match outcome {
            // We held it back ourselves: no news.
            Outcome::Withheld { .. } => {
                self.0.learned.notify_one();
                return false;
            }
            // As long as others get through, it was one connection too many.
            Outcome::Deferred { stage: Stage::Connect, code: Some(_), .. } if !probing => {
                breaker.turned_away = breaker.turned_away.saturating_add(1);
                if breaker.turned_away < self.0.connections {
                    self.0.learned.notify_one();
                    return false;
                }
                quiet = Some(QUIET);
            }
            Outcome::Deferred { stage: Stage::Connect | Stage::Auth, .. } => quiet = Some(QUIET),
            Outcome::SenderFault { .. } => {
                breaker.faults = breaker.faults.saturating_add(1);
                if probing || breaker.faults >= FAULTS {
                    quiet = Some(QUIET);
                }
                if let Some(campaign) = campaign {
                    let faults = breaker.of_campaigns.entry(campaign).or_default();
                    *faults += 1;
                    pause = *faults >= FAULTS;
                    if pause {
                        breaker.of_campaigns.remove(&campaign);
                    }
                }
            }
            Outcome::Sent { .. }
            | Outcome::Written { .. }
            | Outcome::Deferred { .. }
            | Outcome::Failed { .. }
            | Outcome::Unknown { .. } => {
                breaker.faults = 0;
                breaker.turned_away = 0;
                if let Some(campaign) = campaign {
                    breaker.of_campaigns.remove(&campaign);
                }
            }
        }
        let before = breaker.quiet_until;
        breaker.quiet_until = quiet.map(|quiet| now + quiet);
        if !matches!(outcome, Outcome::SenderFault { .. }) || breaker.quiet_until.is_some() {
            let text = outcome.text().to_owned();
            post.set_trouble(breaker.quiet_until.map(|until| Trouble { text, until }));
        }
        if breaker.quiet_until.is_some() && before.is_none() {
            tracing::warn!(reply = outcome.text(), "mail is paused");
        }
        drop(guard);
        self.0.learned.notify_one();
        pause
    }
}
