//! An organizer erases one person: the contact, the invitations, the mails to the address, the
//! letters from it, the name in discussions and, if wished, the responses that are connected with them.

use super::edit_contacts::keep_from;
use super::erase_response::{EraseError, erase_response};
use super::receive_mail::letter::key_of;
use crate::domain::status::Mode;
use crate::domain::{ContactId, OrganizerId};
use crate::service::Service;
use crate::store::invitations::{self, Going};
use crate::store::person::Kept;
use crate::store::{contacts, erasing, inbound, person, responses};

/// How far it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The responses go too that came by their link or name their address.
    pub responses: bool,
    /// The address is never written to again: its hash stays.
    pub never_again: bool,
}

/// Erases everything that an organizer holds of a contact; `false`: there is no such contact.
///
/// # Errors
/// See [`EraseError`]; what had gone before stays gone, and it can be asked for again.
pub async fn erase_contact(
    service: &Service,
    organizer: OrganizerId,
    id: ContactId,
    extent: Extent,
) -> Result<bool, EraseError> {
    let db = service.store.read();
    let Some(contact) = contacts::own(db, organizer, id).await? else { return Ok(false) };
    if extent.responses {
        let kept = person::of(db, &contact).await?;
        for (response, mode) in connected(&kept) {
            if let Some(response) = responses::by_id(db, response).await? {
                let given = responses::given(db, response).await?;
                erase_response(service, mode, &given).await?;
            }
        }
    }
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let kept = person::of(&tx, &contact).await?;
    if extent.never_again {
        keep_from(service, &tx, organizer, &contact).await?;
    }
    let mails: Vec<_> = kept.messages.iter().map(|(line, _)| line.id).collect();
    let gone = inbound::forget(&tx, organizer, &contact.address_folded, &mails).await?;
    // What was handed on of their letters is theirs as well, also where the letter itself is too
    // old to be kept, or came from another address of theirs.
    let plain: Vec<String> = gone.iter().map(|(id, _)| format!("forward:{id}")).collect();
    let exactly =
        |(id, sender): (_, String)| format!("{}{id}", key_of(service, organizer, &sender));
    let mut keys: Vec<String> = gone.into_iter().map(exactly).collect();
    keys.push(key_of(service, organizer, &contact.address_folded));
    // As versions called them that did not know whose they are.
    keys.extend(plain);
    erasing::handed_on(&tx, &keys).await?;
    let mark = |address: &str| service.secret.recipient_hash(address);
    erasing::letters_of(&tx, &mails, mark, now).await?;
    person::unname(&tx, &kept).await?;
    // Colleagues who have the person too go on with the same link.
    invitations::hand_on(&tx, Going::Contact(id)).await?;
    contacts::delete(&tx, id).await?;
    tx.commit().await?;
    for (questionnaire, _) in &kept.questionnaires {
        service.insights.forget(*questionnaire);
    }
    if let Err(error) = erasing::settle(&service.store).await {
        tracing::warn!(%error, "the log could not be emptied after an erasure");
    }
    Ok(true)
}

/// The responses that are connected with a person; of anonymous ones nothing is known.
pub fn connected(kept: &Kept) -> Vec<(crate::domain::ResponseId, Mode)> {
    let connected = kept.responses.iter().filter_map(|(response, questionnaire)| {
        let (_, of) = kept.questionnaires.iter().find(|(id, _)| id == questionnaire)?;
        (of.mode != Mode::Anonymous).then_some((*response, of.mode))
    });
    connected.collect()
}
