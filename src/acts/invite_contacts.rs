//! An organizer invites their contacts: one invitation and one mail for each, all or none.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::letter::{self, Letter};
use crate::domain::kind::Kind;
use crate::domain::status::{Delivery, Purpose, Status};
use crate::domain::text::shortened;
use crate::domain::token::{self, Opens};
use crate::domain::{InvitationId, token::Secret};
use crate::href;
use crate::mail::footer::{Footer, Why};
use crate::mail::invitation;
use crate::mail::mailbox::mailbox;
use crate::mail::message::Content;
use crate::service::Service;
use crate::store::contacts::Contact;
use crate::store::invitations::{self, NewInvitation, Person};
use crate::store::organizers::Organizer;
use crate::store::outbox;
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::suppressions::Reason;
use crate::words::Words;

/// Why somebody gets no mail now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// They have answered.
    Answered,
    /// They asked us to stop.
    Stopped,
    /// They complained about a mail of ours.
    Complained,
    /// An organizer keeps them from being written to.
    Barred,
    /// There is no such mailbox.
    NoMailbox,
    /// Mails to them were given up again and again.
    Unreachable,
    /// They are invited already (for an invitation).
    Invited,
    /// They are not invited yet (for a reminder).
    NotInvited,
    /// Their last mail could not be delivered (for a reminder).
    NotDelivered,
    /// Their last mail has not left yet (for a reminder).
    Waiting,
    /// Their last mail is too young (for a reminder).
    TooSoon,
    /// They have had all reminders.
    Enough,
}

/// How many get a mail, and how many do not, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queued {
    /// How many mails were queued.
    pub mails: usize,
    /// How many people were left out, by reason.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// Why a person must not get any mail about the questionnaire.
pub(super) fn must_not(person: &Person) -> Option<LeftOut> {
    let stopped = person.invitation.as_ref().is_some_and(|i| i.stopped_at.is_some());
    match person.suppressed {
        Some(Reason::Stopped) => Some(LeftOut::Stopped),
        Some(Reason::Complaint) => Some(LeftOut::Complained),
        Some(Reason::Manual) => Some(LeftOut::Barred),
        Some(Reason::NoMailbox) => Some(LeftOut::NoMailbox),
        Some(Reason::Soft) => Some(LeftOut::Unreachable),
        None if stopped => Some(LeftOut::Stopped),
        None => person.answered.then_some(LeftOut::Answered),
    }
}

/// Why a person gets no invitation now; `None`: they get one. An invitation whose mail never left
/// (called off, or too late) is mailed again.
pub fn left_out(person: &Person) -> Option<LeftOut> {
    let never_left = |state| matches!(state, Delivery::Cancelled | Delivery::Expired);
    let invited =
        person.invitation.is_some() && !person.mails.iter().all(|mail| never_left(mail.state));
    must_not(person).or_else(|| invited.then_some(LeftOut::Invited))
}

/// Roughly how long the questions take, in minutes, at least one: a sentence or two for each
/// open question, a glance for each option.
pub fn minutes(asked: &[Asked]) -> usize {
    let seconds: usize = asked
        .iter()
        .map(|asked| match &asked.wording.kind {
            Kind::Open(_) => 90,
            Kind::Statements(kind) => 8 * kind.statements.len(),
            Kind::Allocation(_) => 60,
            Kind::Ranking(kind) => 8 * kind.options.len(),
            Kind::Number(_) => 10,
            Kind::Availability(kind) => 5 * kind.slots.len(),
            Kind::Contact(_) => 30,
            Kind::Single(_) | Kind::Multiple(_) | Kind::Scale(_) => 20,
        })
        .sum();
    seconds.div_ceil(60).max(1)
}

/// What every mail of one questionnaire has in common.
#[derive(Clone, Debug)]
pub struct Round<'a> {
    /// Whose mails.
    pub organizer: &'a Organizer,
    /// About what.
    pub questionnaire: &'a Questionnaire,
    /// How many questions there are.
    pub questions: usize,
    /// How long they take.
    pub minutes: usize,
}

impl<'a> Round<'a> {
    /// The round for a questionnaire with these questions.
    pub fn new(
        organizer: &'a Organizer,
        questionnaire: &'a Questionnaire,
        asked: &[Asked],
    ) -> Self {
        Self { organizer, questionnaire, questions: asked.len(), minutes: minutes(asked) }
    }

    /// The small print, with the way to stop.
    pub(super) fn footer(&self, service: &Service, token: &str) -> Footer {
        Footer {
            why: Why::Listed,
            organizer: letter::organizer_name(service, self.organizer),
            unsubscribe: Some(service.link(&href::stop(token))),
            imprint: None,
        }
    }

    /// The invitation for somebody of this name, by this link.
    pub fn content(&self, service: &Service, name: &str, token: &str, words: Words) -> Content {
        let intro = self.questionnaire.introduction.trim();
        invitation::Invitation {
            name: Some(name.to_owned()),
            title: self.questionnaire.title.clone(),
            intro: (!intro.is_empty()).then(|| shortened(intro, 600)),
            questions: self.questions,
            minutes: self.minutes,
            closes: None,
            zone: Tz::UTC,
            link: service.link(&href::invitation(token)),
            footer: self.footer(service, token),
        }
        .content(words)
    }
}

/// The link by which an invitation is known.
pub fn token_of(secret: &Secret, id: InvitationId) -> String {
    secret.link(Opens::Invitation, id.0)
}

/// Invites everybody who may be invited; `None`: the questionnaire is not open, nothing was done.
///
/// # Errors
/// A database that refuses; nobody was invited.
pub async fn invite_contacts(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Option<Queued>> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    // Read again inside the transaction: it may have been closed while the page was looked at.
    let Some(questionnaire) = questionnaires::by_id(&tx, questionnaire.id).await? else {
        return Ok(None);
    };
    if questionnaire.status != Status::Open {
        return Ok(None);
    }
    let asked = questionnaires::asked(&tx, questionnaire.id).await?;
    let round = Round::new(organizer, &questionnaire, &asked);
    let mut queued = Queued::default();
    let (mut asks, mut mails) = (vec![], vec![]);
    for person in invitations::people(&tx, &service.secret, &questionnaire).await? {
        if let Some(reason) = left_out(&person) {
            *queued.left_out.entry(reason).or_default() += 1;
            continue;
        }
        let token_hash = |id| token::hash(&token_of(&service.secret, id));
        let id = person.invitation.as_ref().map_or_else(
            || {
                let id = InvitationId(service.clock.random_name());
                let contact = person.contact.id;
                asks.push(NewInvitation { id, contact, token_hash: token_hash(id) });
                id
            },
            |before| before.id,
        );
        let number = 1 + person.mails.len();
        mails.push(one(service, &round, &person.contact, (id, number), now)?);
    }
    queued.mails = mails.len();
    invitations::insert_all(&tx, questionnaire.id, asks, now).await?;
    outbox::enqueue_all(&tx, mails).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(Some(queued))
}

fn one(
    service: &Service,
    round: &Round<'_>,
    contact: &Contact,
    (id, number): (InvitationId, usize),
    now: DateTime<Utc>,
) -> anyhow::Result<outbox::NewMessage> {
    let token = token_of(&service.secret, id);
    let words = Words::of(&contact.language);
    let content = round.content(service, &contact.name, &token, words);
    let mail = letter::freeze(
        service,
        Letter {
            key: format!("invitation:{id}:{number}"),
            purpose: Purpose::Invitation,
            to: mailbox(&contact.name, contact.address.as_str())?,
            content: &content,
            organizer: Some(round.organizer),
            questionnaire: Some(round.questionnaire),
            invitation: Some(id),
            unsubscribe: Some(service.link(&href::stop(&token))),
            at: now,
            not_after: letter::latest(service, now),
        },
    )?;
    Ok(mail)
}
