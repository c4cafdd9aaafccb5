//! A mail on its way into the outbox: who writes, to whom, frozen as bytes.

use chrono::{DateTime, TimeDelta, Utc};
use lettre::message::Mailbox;

use crate::domain::Basis;
use crate::domain::status::Purpose;
use crate::domain::{InvitationId, MessageId};
use crate::mail::footer::Why;
use crate::mail::mailbox::mailbox;
use crate::mail::message::{self, BuildError, Content, Envelope};
use crate::mail::verp;
use crate::service::Service;
use crate::store::contacts::Contact;
use crate::store::organizers::Organizer;
use crate::store::outbox::NewMessage;
use crate::store::questionnaires::Questionnaire;

/// A mail that is to be queued.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// What it is about, so that it is queued once: `seat:SEAT:0`.
    pub key: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The one addressee; [`mailbox`] makes it from a name and an address.
    pub to: Mailbox,
    /// What it says.
    pub content: &'a Content,
    /// The organizer in whose name it is written; nobody's for sign-in links.
    pub organizer: Option<&'a Organizer>,
    /// The questionnaire it belongs to.
    pub questionnaire: Option<&'a Questionnaire>,
    /// The invitation it carries the link of.
    pub invitation: Option<InvitationId>,
    /// The address that unsubscribes by a POST.
    pub unsubscribe: Option<String>,
    /// When it is made.
    pub at: DateTime<Utc>,
    /// After this it is not sent any more.
    pub not_after: DateTime<Utc>,
}

/// How long a mail may wait for its server, from `at` on.
pub fn latest(service: &Service, at: DateTime<Utc>) -> DateTime<Utc> {
    at + TimeDelta::hours(i64::from(service.settings.mail.hours))
}

/// The name that readers know an organizer by; empty names give the sender's of the settings.
pub fn organizer_name(service: &Service, organizer: &Organizer) -> String {
    let own = Some(organizer.name.trim()).filter(|name| !name.is_empty());
    let set = service.settings.mail.from.name.as_deref();
    own.or(set).unwrap_or("Colloquy").to_owned()
}

/// Why a contact gets mails, as the foot of each says.
pub fn why(contact: &Contact) -> Why {
    let from = contact.consent_from.clone();
    match Basis::of(&contact.basis) {
        Some(Basis::Agreed) => Why::Agreed { on: contact.consent_on, from },
        Some(Basis::Known) => Why::Known { from },
        None => Why::Listed,
    }
}

/// The message for `store::outbox::enqueue`, its bytes frozen.
///
/// # Errors
/// A link or a date that no mail can bear.
pub fn freeze(service: &Service, letter: Letter<'_>) -> Result<NewMessage, BuildError> {
    let reply_to = letter.organizer.and_then(|organizer| {
        let address = organizer.address.as_ref()?;
        mailbox(&organizer.name, address.as_str()).ok()
    });
    freeze_answered_to(service, letter, reply_to)
}

/// [`freeze`], for a mail whose answers go to `reply_to` instead of the organizer.
///
/// # Errors
/// A link or a date that no mail can bear.
pub fn freeze_answered_to(
    service: &Service,
    letter: Letter<'_>,
    reply_to: Option<Mailbox>,
) -> Result<NewMessage, BuildError> {
    let id = MessageId(service.clock.name());
    let sender = &service.settings.mail.from;
    let domain = sender.email.domain();
    let name = letter.organizer.map(|organizer| organizer_name(service, organizer));
    // Only where mail to it comes in: elsewhere it would be a promise to nobody.
    let open = service.settings.inbound.is_open();
    let back = service.settings.mail.returns_to().filter(|_| open);
    let stop_by_mail = |invitation: InvitationId| {
        verp::stop(back.as_ref()?, invitation, &service.secret.stop_tag(invitation.0))
    };
    let kind = match letter.purpose {
        Purpose::Invitation => "invitation",
        Purpose::Reminder => "reminder",
        Purpose::SignIn => "sign-in",
        Purpose::Seat => "seat",
        Purpose::SeatCancelled => "seat-cancelled",
        Purpose::Times => "times",
        Purpose::Draft => "draft",
        Purpose::Receipt => "receipt",
        Purpose::SeatReminder => "seat-reminder",
        Purpose::SeatAfter => "seat-after",
        Purpose::Thanks => "thanks",
        Purpose::Brief => "brief",
        Purpose::Test => "test",
        Purpose::Forward => "forward",
        Purpose::WebhookOff => "webhook-off",
        Purpose::Colleague => "colleague",
        Purpose::Account => "account",
    };
    let envelope = Envelope {
        from: Mailbox::new(name.or_else(|| sender.name.clone()), sender.email.clone()),
        reply_to,
        to: letter.to,
        message_id: message::message_id(kind, id.0, domain),
        date: letter.at,
        list_id: letter.questionnaire.map(|of| format!("{}.{domain}", of.slug.as_str())),
        unsubscribe_to: letter.unsubscribe.as_ref().and(letter.invitation).and_then(stop_by_mail),
        unsubscribe: letter.unsubscribe,
        auto_submitted: true,
    };
    let raw = message::build(&envelope, letter.content)?;
    Ok(NewMessage {
        id,
        idempotency_key: letter.key,
        questionnaire: letter.questionnaire.map(|of| of.id),
        invitation: letter.invitation,
        campaign: None,
        purpose: letter.purpose,
        recipient: envelope.to.email.to_string(),
        language: letter.content.language.to_owned(),
        subject: letter.content.subject.clone(),
        message_id: envelope.message_id,
        raw,
        at: letter.at,
        not_after: letter.not_after,
    })
}
