//! The mails about one person's place in one group: the appointment, its changes and its end.
//! Everybody gets their own, with nobody else in it.
//!
//! Calendars take a change only if its SEQUENCE is higher than the last one of the same UID. The
//! number is therefore counted in the outbox itself: how many mails this person was sent about this
//! group, whatever they were.

use chrono::{DateTime, Utc};
use lettre::message::Mailbox;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::invite_participants::{group_name, token_of, uid};
use super::letter::{self, Letter};
use crate::domain::status::Purpose;
use crate::domain::token::Opens;
use crate::domain::{GroupId, HostId, ParticipantId};
use crate::href;
use crate::insight::Material;
use crate::insight::participants::{Who, told_host, told_name, who, who_hosts, zone};
use crate::mail::footer::{Footer, Why};
use crate::mail::mailbox::mailbox;
use crate::mail::message::Content;
use crate::mail::seat;
use crate::mail::seat_cancelled::{Ended, SeatCancelled};
use crate::service::Service;
use crate::store::discussions::{Group, Host, Participant, Whole};
use crate::store::organizers::{self, Organizer};
use crate::store::questionnaires::Questionnaire;
use crate::store::{outbox, poll};
use crate::words::Words;

/// Who writes, and about what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk<'a> {
    pub service: &'a Service,
    pub organizer: &'a Organizer,
    pub questionnaire: &'a Questionnaire,
    pub material: &'a Material,
    /// The discussion as it stands now.
    pub whole: &'a Whole,
}

/// Whom a mail is for: somebody who takes part, or who only leads.
#[derive(Clone, Copy, Debug)]
pub(super) enum To<'a> {
    Participant(&'a Participant),
    Host(&'a Host),
}

impl To<'_> {
    /// What the keys of mails about this person and this group begin with.
    fn keys(self, group: GroupId) -> [String; 2] {
        match self {
            Self::Participant(one) => {
                [format!("seat:{}:{group}:", one.id), format!("seat-cancelled:{}:{group}:", one.id)]
            }
            Self::Host(host) => [
                format!("host:{}:{group}:", host.id),
                format!("host-cancelled:{}:{group}:", host.id),
            ],
        }
    }

    fn id(self) -> Uuid {
        match self {
            Self::Participant(one) => one.id.0,
            Self::Host(host) => host.id.0,
        }
    }

    fn known(self, desk: &Desk<'_>) -> Who {
        match self {
            Self::Participant(one) => who(desk.material, one),
            Self::Host(host) => who_hosts(desk.material, host, &desk.whole.participants),
        }
    }
}

impl Desk<'_> {
    /// Queues the appointment, or what has changed about it. `false`: there is no address, or no
    /// time yet.
    pub async fn request(
        &self,
        tx: &DatabaseTransaction,
        group: &Group,
        to: To<'_>,
    ) -> anyhow::Result<bool> {
        let known = to.known(self);
        let (Some(address), Some(starts)) = (&known.address, group.starts_at) else {
            return Ok(false);
        };
        let name = known.name.as_deref().unwrap_or_default();
        let Ok(mailbox) = mailbox(name, address) else { return Ok(false) };
        let now = self.service.clock.now();
        let words = Words::of(&known.language);
        let keys = to.keys(group.id);
        let before = sent(tx, &keys).await?;
        let sequence = before.max(u32::try_from(group.sequence)?);
        let host = self.whole.host_of(group);
        let you_host = match to {
            To::Participant(one) => host.is_some_and(|host| host.participant_id == Some(one.id)),
            To::Host(_) => true,
        };
        let own = match to {
            To::Participant(one) => Some(one.id),
            To::Host(_) => None,
        };
        let members = self.whole.members(group.id);
        let shown = |one: &Participant| Some(one.id) != host.and_then(|host| host.participant_id);
        let others = members.iter().map(|(_, one)| *one).filter(|one| Some(one.id) != own);
        let others: Vec<Option<String>> =
            others.filter(|one| shown(one)).map(|one| told_name(self.material, one)).collect();
        let unnamed = others.iter().filter(|name| name.is_none()).count();
        let leads = host.filter(|_| you_host).map(|host| self.host_link(host.id));
        let guide = match to {
            To::Participant(one) => self.seat_link(one.id),
            To::Host(host) => self.host_link(host.id),
        };
        let poll =
            poll::of(tx, self.whole.discussion.id).await?.is_some_and(|p| p.statements != "[]");
        let content = seat::Seat {
            name: known.name.clone(),
            title: self.whole.discussion.title.clone(),
            group: group_name(words, group),
            starts,
            minutes: u32::try_from(self.whole.minutes_of(group))?,
            zone: zone(self.material, self.whole),
            organizer_zone: zone(self.material, self.whole),
            place: self.whole.place_of(group).to_owned(),
            host: host.and_then(|host| told_host(self.material, host, &self.whole.participants)),
            you_host,
            others: unnamed,
            with: others.into_iter().flatten().collect(),
            answer: own.map(|_| format!("{guide}#answer")),
            poll: own.filter(|_| poll).map(|_| format!("{guide}/poll")),
            leads: leads.filter(|_| own.is_some()),
            guide,
            uid: uid(self.service, group.id, to.id()),
            replies: own.is_some() && self.service.settings.inbound.is_open(),
            sequence,
            changed: before > 0,
            stamp: now,
            footer: self.footer(),
        }
        .content(words);
        let [key, _] = keys;
        let (key, until) = (format!("{key}{sequence}"), letter::latest(self.service, now));
        self.send(tx, key, Purpose::Seat, mailbox, &content, until.min(starts)).await
    }

    /// Queues the end of an appointment; nothing for somebody who was never sent one.
    pub async fn cancel(
        &self,
        tx: &DatabaseTransaction,
        group: &Group,
        to: To<'_>,
        ended: Ended,
    ) -> anyhow::Result<bool> {
        let known = to.known(self);
        let (Some(address), Some(starts)) = (&known.address, group.starts_at) else {
            return Ok(false);
        };
        let name = known.name.as_deref().unwrap_or_default();
        let Ok(mailbox) = mailbox(name, address) else { return Ok(false) };
        let now = self.service.clock.now();
        let words = Words::of(&known.language);
        let keys = to.keys(group.id);
        // One more than any that may have been mailed before these were counted.
        let sequence = sent(tx, &keys).await?.max(u32::try_from(group.sequence)?.saturating_add(1));
        let content = SeatCancelled {
            name: known.name.clone(),
            title: self.whole.discussion.title.clone(),
            group: group_name(words, group),
            starts,
            minutes: u32::try_from(self.whole.minutes_of(group))?,
            zone: zone(self.material, self.whole),
            ended,
            reason: None,
            uid: uid(self.service, group.id, to.id()),
            sequence,
            stamp: now,
            footer: self.footer(),
        }
        .content(words);
        let [_, key] = keys;
        let (key, until) = (format!("{key}{sequence}"), letter::latest(self.service, now));
        self.send(tx, key, Purpose::SeatCancelled, mailbox, &content, until).await
    }

    /// Queues a mail about the discussion, once for each key; whether it is new.
    pub async fn send(
        &self,
        tx: &DatabaseTransaction,
        key: String,
        purpose: Purpose,
        to: Mailbox,
        content: &Content,
        not_after: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let letter = Letter {
            key,
            purpose,
            to,
            content,
            organizer: Some(self.organizer),
            questionnaire: Some(self.questionnaire),
            invitation: None,
            unsubscribe: None,
            at: self.service.clock.now(),
            not_after,
        };
        Ok(outbox::enqueue(tx, letter::freeze(self.service, letter)?).await?)
    }

    /// The appointment of whoever only leads a group, without sitting in it.
    pub async fn request_host(
        &self,
        tx: &DatabaseTransaction,
        group: &Group,
    ) -> anyhow::Result<bool> {
        match self.whole.host_of(group).filter(|host| host.participant_id.is_none()) {
            Some(host) => self.request(tx, group, To::Host(host)).await,
            None => Ok(true),
        }
    }

    /// What ends each of these mails.
    pub fn footer(&self) -> Footer {
        Footer {
            why: Why::Participant,
            organizer: letter::organizer_name(self.service, self.organizer),
            unsubscribe: None,
            imprint: None,
        }
    }

    /// The participant's own page.
    pub fn seat_link(&self, one: ParticipantId) -> String {
        self.service.link(&href::seat(&token_of(self.service, one)))
    }

    /// The page of somebody who leads groups.
    pub fn host_link(&self, host: HostId) -> String {
        self.service.link(&href::host(&self.service.secret.link(Opens::Host, host.0)))
    }
}

/// The organizer in whose name a questionnaire's mails are written.
pub(super) async fn writer(
    service: &Service,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Organizer> {
    let found = organizers::by_id(service.store.read(), questionnaire.organizer_id).await?;
    found.ok_or_else(|| anyhow::anyhow!("a questionnaire without its organizer"))
}

/// How many mails went out with keys that begin so.
async fn sent(tx: &DatabaseTransaction, keys: &[String]) -> anyhow::Result<u32> {
    let mut sent = 0;
    for key in keys {
        sent += outbox::about(tx, key).await?;
    }
    Ok(u32::try_from(sent)?)
}
