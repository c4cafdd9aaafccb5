//! What a worker keeps between two mails: its name, its connection, and how far it trusts the
//! mail server at the moment.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};

use super::retry::Pace;
use crate::mail::smtp::{Connection, Outcome, SmtpServer, Stage};
use crate::service::{Post, Service, Trouble};

/// A connection takes this many mails, then a new one is made: some servers count.
const MAILS_A_CONNECTION: u32 = 100;
/// After this many refusals of us in a row, nothing is sent for a while.
const FAULTS: u32 = 3;
/// How long the server is left alone when it cannot be reached.
const UNREACHABLE: TimeDelta = TimeDelta::minutes(1);
/// How long it is left alone when it refuses us.
const REFUSED: TimeDelta = TimeDelta::minutes(15);

/// Takes mails where they go.
pub struct Courier {
    /// Its name on the messages that it has.
    pub(super) owner: String,
    pub(super) way: Way,
    pub(super) pace: Pace,
    /// How often in a row the server has refused us.
    faults: u32,
    /// Until when the server is left alone.
    quiet_until: Option<DateTime<Utc>>,
}

/// Where mails go.
pub(super) enum Way {
    /// To a server.
    Smtp { server: Box<SmtpServer>, connection: Option<Box<Connection>> },
    /// Into this folder.
    Files(PathBuf),
}

impl Courier {
    /// A courier as the settings want it.
    pub fn new(service: &Service) -> Self {
        let mail = &service.settings.mail;
        let way = match mail.server() {
            Some(server) => Way::Smtp { server: Box::new(server), connection: None },
            None => Way::Files(service.settings.data.join("outbox")),
        };
        Self {
            owner: service.clock.random_name().simple().to_string(),
            way,
            pace: Pace::new(mail.per_second, service.clock.now()),
            faults: 0,
            quiet_until: None,
        }
    }

    /// Whether mails may be tried now.
    pub(super) fn ready(&self, now: DateTime<Utc>) -> bool {
        self.quiet_until.is_none_or(|until| until <= now)
    }

    /// Notes what the last attempt says about the server (not about the mail).
    pub(super) fn learn(&mut self, outcome: &Outcome, now: DateTime<Utc>, post: &Post) {
        let pause = match outcome {
            Outcome::Deferred { stage: Stage::Connect | Stage::Auth, .. } => Some(UNREACHABLE),
            Outcome::SenderFault { .. } => {
                self.faults = self.faults.saturating_add(1);
                (self.faults >= FAULTS).then_some(REFUSED)
            }
            // We held it back ourselves: no news.
            Outcome::Withheld { .. } => return,
            Outcome::Sent { .. }
            | Outcome::Deferred { .. }
            | Outcome::Failed { .. }
            | Outcome::Unknown { .. } => {
                self.faults = 0;
                None
            }
        };
        self.quiet_until = pause.map(|pause| now + pause);
        if !matches!(outcome, Outcome::SenderFault { .. }) || self.quiet_until.is_some() {
            let text = outcome.text().to_owned();
            post.set_trouble(self.quiet_until.map(|until| Trouble { text, until }));
        }
        if self.quiet_until.is_some() {
            tracing::warn!(reply = outcome.text(), "mail is paused");
        }
    }

    /// Ends the connection, if there is one.
    pub async fn hang_up(&mut self) {
        if let Way::Smtp { connection, .. } = &mut self.way
            && let Some(open) = connection.take()
        {
            open.close().await;
        }
    }
}

/// A connection that can take another mail, and whether it has taken one before.
pub(super) async fn connected<'a>(
    server: &SmtpServer,
    connection: &'a mut Option<Box<Connection>>,
) -> Result<(&'a mut Connection, bool), Outcome> {
    let worn = |open: &Connection| !open.usable() || open.tried() >= MAILS_A_CONNECTION;
    if let Some(old) = connection.take_if(|open| worn(open)) {
        old.close().await;
    }
    let used = connection.is_some();
    let open = match connection.take() {
        Some(open) => open,
        None => Box::new(Connection::open(server).await?),
    };
    Ok((connection.insert(open), used))
}
