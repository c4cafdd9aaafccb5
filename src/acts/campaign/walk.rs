//! The people whom a campaign is meant for, a few hundred at a time: what a dry run counts is
//! what is then planned.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use super::left_out::reminders;
use super::{LeftOut, MOST_REMINDERS, Plan, left_out};
use crate::domain::campaign::Aim;
use crate::service::Service;
use crate::store::contacts;
use crate::store::invitations::{self, Person};
use crate::store::outbox::domain;
use crate::words::Words;

/// How many people are looked at together: few enough to be no weight, enough to be quick.
const CHUNK: u64 = 500;
/// How many addresses are kept for each reason.
const NAMES: usize = 30;

/// One of those whom a campaign is meant for.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Who.
    pub person: Person,
    /// Why they get no mail now; `None`: they get one.
    pub left_out: Option<LeftOut>,
    /// Whether no reminder will follow this mail.
    pub last: bool,
}

/// Tells for one person after the other whether they get a mail; of two contacts with one mailbox
/// the first one does.
#[derive(Debug)]
struct Sieve<'a> {
    plan: &'a Plan,
    now: DateTime<Utc>,
    met: BTreeSet<String>,
}

impl Sieve<'_> {
    /// Why a person gets no mail.
    fn left_out(&mut self, person: &Person) -> Option<LeftOut> {
        // One who is left out has the mailbox as well: they were invited there, or have answered.
        let first = self.met.insert(person.contact.address.folded());
        left_out(self.plan, person, self.now).or((!first).then_some(LeftOut::Duplicate))
    }
}

/// A way through all whom a campaign is meant for, by folded address.
#[derive(Debug)]
pub struct Walk<'a> {
    sieve: Sieve<'a>,
    answered: BTreeSet<String>,
    after: Option<String>,
    over: bool,
}

impl<'a> Walk<'a> {
    /// Begins it.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn begin(
        db: &impl ConnectionTrait,
        plan: &'a Plan,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        let answered = invitations::answered_addresses(db, plan.questionnaire.id).await?;
        let sieve = Sieve { plan, now, met: BTreeSet::new() };
        Ok(Self { sieve, answered, after: None, over: false })
    }

    /// The next few; `None`: that was everybody.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn next(
        &mut self,
        db: &impl ConnectionTrait,
        service: &Service,
    ) -> anyhow::Result<Option<Vec<Looked>>> {
        if self.over {
            return Ok(None);
        }
        let Plan { organizer, questionnaire, audience, aim, .. } = self.sieve.plan;
        let after = self.after.as_deref();
        let found = contacts::audience(db, organizer.id, audience, after, CHUNK).await?;
        self.over = u64::try_from(found.len()).unwrap_or(0) < CHUNK;
        self.after = found.last().map(|last| last.address_folded.clone());
        let (secret, id) = (&service.secret, questionnaire.id);
        let people = invitations::persons(db, secret, id, found, &self.answered).await?;
        let looked = people.into_iter().map(|person| {
            let left_out = self.sieve.left_out(&person);
            let last = *aim == Aim::Remind
                && reminders(&person, self.sieve.plan.has_server) + 1 >= MOST_REMINDERS;
            Looked { person, left_out, last }
        });
        Ok(Some(looked.collect()))
    }
}

/// What would happen if a campaign began now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// How many people it is meant for.
    pub meant: usize,
    /// How many would get a mail.
    pub mails: usize,
    /// The same by the language of the mail, and the name of the first of them.
    pub languages: BTreeMap<&'static str, (usize, String)>,
    /// The first few who would get one, by address.
    pub first: Vec<String>,
    /// How many would not, by reason, and the addresses of the first few.
    pub left_out: BTreeMap<LeftOut, (usize, Vec<String>)>,
    /// How many mails would go to each domain.
    pub domains: BTreeMap<String, u64>,
    /// How many mails would go to readers of each time zone; an empty name: it is not known.
    pub zones: BTreeMap<String, u64>,
}

/// Looks what would happen if a campaign began now; changes nothing.
///
/// # Errors
/// A database that refuses.
pub async fn forecast(
    db: &impl ConnectionTrait,
    service: &Service,
    plan: &Plan,
) -> anyhow::Result<Forecast> {
    let mut walk = Walk::begin(db, plan, service.clock.now()).await?;
    let mut forecast = Forecast::default();
    while let Some(chunk) = walk.next(db, service).await? {
        for Looked { person, left_out, .. } in chunk {
            forecast.count(&person, left_out);
        }
    }
    Ok(forecast)
}

impl Forecast {
    /// The same for people who are known already, by folded address.
    pub fn of(plan: &Plan, people: &[Person], now: DateTime<Utc>) -> Self {
        let mut sieve = Sieve { plan, now, met: BTreeSet::new() };
        let mut forecast = Self::default();
        for person in people {
            forecast.count(person, sieve.left_out(person));
        }
        forecast
    }

    fn count(&mut self, person: &Person, left_out: Option<LeftOut>) {
        self.meant += 1;
        let contact = &person.contact;
        if let Some(reason) = left_out {
            let (count, names) = self.left_out.entry(reason).or_default();
            *count += 1;
            if names.len() < NAMES {
                names.push(contact.address.to_string());
            }
            return;
        }
        self.mails += 1;
        let language = Words::of(&contact.language).language();
        let said = self.languages.entry(language).or_insert_with(|| (0, contact.name.clone()));
        said.0 += 1;
        *self.domains.entry(domain(&contact.address.folded())).or_default() += 1;
        *self.zones.entry(contact.zone.clone()).or_default() += 1;
        if self.first.len() < NAMES {
            self.first.push(contact.address.to_string());
        }
    }
}
