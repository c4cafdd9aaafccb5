//! A reader asks us to stop: their address is not asked or reminded any more, about anything.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr};

use crate::domain::{InvitationId, email, token};
use crate::mail::mailbox;
use crate::service::Service;
use crate::store::invitations::Invitation;
use crate::store::suppressions::{self, Reason};
use crate::store::{contacts, invitations, outbox};

/// What is held of an invitation's reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The invitation.
    pub invitation: Invitation,
    /// The address, shown so that only its owner knows it.
    pub shown: String,
    /// Whether the address is not written to already.
    pub stopped: bool,
}

/// Whom a link is for; `None`: no such invitation. Changes nothing, since mail scanners look.
///
/// # Errors
/// A database that refuses.
pub async fn find(service: &Service, link: &str) -> anyhow::Result<Option<Found>> {
    let db = service.store.read();
    let found = invitations::by_token(db, &token::hash(link)).await?;
    whose(service, found).await
}

async fn whose(service: &Service, invitation: Option<Invitation>) -> anyhow::Result<Option<Found>> {
    let db = service.store.read();
    let Some(invitation) = invitation else { return Ok(None) };
    let Some(contact) = contacts::by_id(db, invitation.contact_id).await? else {
        return Ok(None);
    };
    let hash = service.secret.address_hash(&contact.address_folded);
    let by_them = [Some(Reason::Stopped), Some(Reason::Complaint)];
    let stopped = by_them.contains(&suppressions::of(db, &hash).await?);
    Ok(Some(Found { invitation, shown: veiled(contact.address.as_str()), stopped }))
}

/// Stops invitations and reminders to the address of this invitation; mails that wait are held
/// back. `None`: no such invitation. Twice is as good as once.
///
/// # Errors
/// A database that refuses.
pub async fn stop_mails(service: &Service, link: &str) -> anyhow::Result<Option<Found>> {
    let found = find(service, link).await?;
    stopped(service, found).await
}

/// The same for whoever asks by mail, by the invitation that their address bears.
///
/// # Errors
/// A database that refuses.
pub async fn stop_by_mail(
    service: &Service,
    invitation: InvitationId,
) -> anyhow::Result<Option<Found>> {
    let invitation = invitations::by_id(service.store.read(), invitation).await?;
    let found = whose(service, invitation).await?;
    stopped(service, found).await
}

async fn stopped(service: &Service, found: Option<Found>) -> anyhow::Result<Option<Found>> {
    let Some(found) = found else { return Ok(None) };
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let Some(contact) = contacts::by_id(&tx, found.invitation.contact_id).await? else {
        return Ok(None);
    };
    let hash = service.secret.address_hash(&contact.address_folded);
    suppressions::insert(&tx, hash, Reason::Stopped, now).await?;
    invitations::mark_stopped(&tx, found.invitation.id, now).await?;
    let mut recipients = went_to(&tx, found.invitation.id).await?;
    if let Ok(address) = mailbox::address(contact.address.as_str()) {
        recipients.insert(address.to_string());
    }
    for recipient in recipients {
        let hash = service.secret.recipient_hash(&recipient);
        suppressions::insert(&tx, hash, Reason::Stopped, now).await?;
        let detail = "the reader asked us to stop";
        let name = || service.clock.name();
        outbox::way::hold_back(&tx, &recipient, detail, now, name).await?;
    }
    tx.commit().await?;
    Ok(Some(Found { stopped: true, ..found }))
}

/// The addresses that mails with the link of this invitation went to. Contacts are corrected, and
/// colleagues write to the same person: whoever holds such a mail asks for where it came to.
async fn went_to(
    tx: &impl ConnectionTrait,
    invitation: InvitationId,
) -> Result<BTreeSet<String>, DbErr> {
    let mails = outbox::of_invitations(tx, &[invitation]).await?;
    // Of one that was erased only a mark is left.
    let whole = |recipient: &String| recipient.contains('@');
    Ok(mails.into_iter().map(|line| line.recipient).filter(whole).collect())
}

/// The reader wants to be written to again, and says so on the page that only their mails lead to:
/// what they had asked for is taken back, and nothing else. `None`: no such invitation.
///
/// # Errors
/// A database that refuses.
pub async fn write_again(service: &Service, link: &str) -> anyhow::Result<Option<Found>> {
    let Some(found) = find(service, link).await? else { return Ok(None) };
    let tx = service.store.write().await?;
    let Some(contact) = contacts::by_id(&tx, found.invitation.contact_id).await? else {
        return Ok(None);
    };
    let mut addresses = went_to(&tx, found.invitation.id).await?;
    addresses.insert(contact.address_folded);
    for address in addresses {
        let address = email::folded(&address);
        let hash = service.secret.address_hash(&address);
        for reason in [Reason::Stopped, Reason::Complaint] {
            suppressions::lift(&tx, &hash, reason).await?;
        }
        invitations::mark_welcome(&tx, &address).await?;
    }
    tx.commit().await?;
    Ok(Some(Found { stopped: false, ..found }))
}

/// `a…@example.org`: a mail may have been passed on, and whoever reads it need not learn whose
/// it was.
fn veiled(address: &str) -> String {
    let (user, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = user.chars().take(1).collect();
    format!("{first}…@{domain}")
}
