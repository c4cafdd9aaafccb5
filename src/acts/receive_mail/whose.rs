//! Which message of ours a mail is about, and whom it concerns.

use uuid::Uuid;

use super::{Envelope, folded};
use crate::domain::status::Arrival;
use crate::domain::{InvitationId, MessageId, OrganizerId, QuestionnaireId};
use crate::mail::inbound::{Incoming, What};
use crate::mail::verp;
use crate::service::Service;
use crate::store::inbound::Found;
use crate::store::outbox::{Message, back};
use crate::store::{organizers, questionnaires};

/// What a mail's addresses and references prove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// It is about this message: only who got the message, or carried it, knows what it bears.
    Of(Box<Message>),
    /// It is for the address that stops mails to the reader of this invitation.
    Stops(InvitationId),
    /// It bears an address that looks like one of ours, and is none.
    Forged,
    /// Nothing.
    Unknown,
}

impl Whose {
    pub fn message(&self) -> Option<&Message> {
        match self {
            Self::Of(message) => Some(message),
            Self::Stops(_) | Self::Forged | Self::Unknown => None,
        }
    }
}

/// Looks for the address that the message was sent with first, then for its Message-ID. An address
/// that was made up spoils the whole mail, whatever else it says.
pub(super) async fn whose(
    service: &Service,
    envelope: &Envelope,
    incoming: &Incoming,
) -> anyhow::Result<Whose> {
    let db = service.store.read();
    if let Some(base) = service.settings.mail.returns_to() {
        let returned = match &incoming.what {
            What::Complaint(complaint) => complaint.addresses.as_slice(),
            _ => &[],
        };
        let to = envelope.to.iter().chain(&incoming.to);
        let mut forged = false;
        for (invitation, tag) in to.clone().filter_map(|one| verp::read_stop(&base, one)) {
            if service.secret.is_stop_tag(invitation.0, &tag) {
                return Ok(Whose::Stops(invitation));
            }
            forged = true;
        }
        let all = to.chain(returned);
        for bears in all.filter_map(|address| verp::read(&base, address)) {
            if !service.secret.is_bounce_tag(bears.message.0, &bears.tag) {
                forged = true;
            } else if let Some(message) = back::by_id(db, bears.message).await? {
                return Ok(Whose::Of(Box::new(message)));
            }
        }
        if forged {
            return Ok(Whose::Forged);
        }
    }
    for id in &incoming.refers {
        if let Some(message) = by_message_id(service, id).await? {
            return Ok(Whose::Of(Box::new(message)));
        }
    }
    Ok(Whose::Unknown)
}

/// The message with this Message-ID (without brackets): its random part is its name.
pub(super) async fn by_message_id(service: &Service, id: &str) -> anyhow::Result<Option<Message>> {
    let local = id.split('@').next().unwrap_or_default();
    let name = local.rsplit('.').next().and_then(|name| name.parse::<Uuid>().ok());
    let Some(name) = name else { return Ok(None) };
    let found = back::by_id(service.store.read(), MessageId(name)).await?;
    Ok(found.filter(|message| message.message_id.trim_matches(['<', '>']) == id))
}

/// The organizer of a questionnaire.
pub(super) async fn organizer_of(
    service: &Service,
    questionnaire: Option<QuestionnaireId>,
) -> anyhow::Result<Option<OrganizerId>> {
    let Some(id) = questionnaire else { return Ok(None) };
    let found = questionnaires::by_id(service.store.read(), id).await?;
    Ok(found.map(|found| found.organizer_id))
}

/// Whoever set the service up, and reads what concerns nobody else.
pub(super) async fn keeper(service: &Service) -> anyhow::Result<Option<OrganizerId>> {
    Ok(organizers::first(service.store.read()).await?.map(|found| found.id))
}

/// What was done about a mail, for the organizer whom it concerns: by the message that it is
/// about, or by the last one that its sender got.
pub(super) async fn concerning(
    service: &Service,
    kind: Arrival,
    said: String,
    whose: &Whose,
    incoming: &Incoming,
) -> anyhow::Result<Found> {
    let known = match whose.message() {
        Some(message) => Some(message.clone()),
        None if incoming.sender.is_empty() => None,
        None => back::latest_to(service.store.read(), &folded(&incoming.sender)).await?,
    };
    let questionnaire = known.as_ref().and_then(|message| message.questionnaire_id);
    Ok(Found {
        kind,
        said,
        organizer: organizer_of(service, questionnaire).await?,
        questionnaire,
        // Only what is proven to be about a message is shown with it.
        message: whose.message().map(|message| message.id),
    })
}
