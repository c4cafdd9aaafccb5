//! An organizer works on the contacts: corrects one, groups many in lists and by tags, keeps an
//! address from being written to, and lets it be written to again.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::{DatabaseTransaction, DbErr};

use super::add_contacts::{LONGEST_LIST, column, today};
use crate::domain::email::Email;
use crate::domain::text::one_line;
use crate::domain::{ContactId, ListId, OrganizerId};
use crate::mail::mailbox;
use crate::service::Service;
use crate::store::contacts::{self, Contact, lists, search, tags};
use crate::store::outbox;
use crate::store::suppressions::{self, Reason};

/// What a contact says, as corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// How they are called; empty: unknown.
    pub name: String,
    /// Where they are written to.
    pub address: Email,
    /// In which language.
    pub language: String,
    /// Their time zone by its IANA name; empty: unknown.
    pub zone: String,
    /// By what right they are written to, in a word; empty: nobody has said.
    pub basis: String,
    /// Where the address comes from.
    pub consent_from: String,
    /// When they agreed.
    pub consent_on: Option<NaiveDate>,
    /// On which lists they are.
    pub lists: Vec<ListId>,
    /// Which tags they carry.
    pub tags: Vec<String>,
}

/// Why a contact was not corrected.
#[derive(Debug, thiserror::Error)]
pub enum NotCorrected {
    /// It is not there.
    #[error("there is no such contact")]
    Gone,
    /// Another contact has this address.
    #[error("another contact has this address")]
    Taken,
    /// The day on which they agreed is still to come.
    #[error("the day on which they agreed is still to come")]
    ToCome,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] DbErr),
}

/// Keeps a contact as corrected, with its lists and tags.
///
/// # Errors
/// See [`NotCorrected`]; nothing was changed.
pub async fn correct(
    service: &Service,
    organizer: OrganizerId,
    id: ContactId,
    corrected: Corrected,
) -> Result<(), NotCorrected> {
    let tx = service.store.write().await?;
    let before = contacts::own(&tx, organizer, id).await?.ok_or(NotCorrected::Gone)?;
    if corrected.consent_on.is_some_and(|day| column::is_to_come(day, today(service))) {
        return Err(NotCorrected::ToCome);
    }
    let folded = corrected.address.folded();
    let same = contacts::by_address(&tx, organizer, std::slice::from_ref(&folded)).await?;
    if same.iter().any(|other| other.id != id) {
        return Err(NotCorrected::Taken);
    }
    let own: BTreeSet<ListId> =
        lists::all_of(&tx, organizer).await?.into_iter().map(|list| list.id).collect();
    let is_on = lists::of_contacts(&tx, &[id]).await?.remove(&id).unwrap_or_default();
    let wanted: BTreeSet<ListId> =
        corrected.lists.into_iter().filter(|list| own.contains(list)).collect();
    for list in is_on.difference(&wanted) {
        lists::take_off(&tx, *list, &[id]).await?;
    }
    for list in wanted.difference(&is_on) {
        lists::put_on(&tx, *list, &[id]).await?;
    }
    let has = tags::of_contacts(&tx, &[id]).await?.remove(&id).unwrap_or_default();
    for tag in has.iter().filter(|tag| !corrected.tags.contains(tag)) {
        tags::take_off(&tx, &[id], tag).await?;
    }
    tags::put_on(&tx, corrected.tags.into_iter().map(|tag| (id, tag)).collect()).await?;
    let after = Contact {
        name: corrected.name,
        address: corrected.address,
        address_folded: folded,
        language: corrected.language,
        zone: corrected.zone,
        basis: corrected.basis,
        consent_from: corrected.consent_from,
        consent_on: corrected.consent_on,
        updated_at: Some(service.clock.now()),
        ..before
    };
    contacts::update(&tx, after).await?;
    tx.commit().await?;
    Ok(())
}

/// Whom something is done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// These.
    Ticked(Vec<ContactId>),
    /// Everybody who is found.
    Found(search::Wanted),
}

/// What is done with many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// They come on a list.
    PutOn(ListId),
    /// They come on a list of this name, which is made where there is none.
    PutOnNew(String),
    /// They go off a list.
    TakeOff(ListId),
    /// They get tags.
    Tag(Vec<String>),
    /// They lose tags.
    Untag(Vec<String>),
    /// They are not written to any more.
    Suppress,
}

/// Does something with many contacts at once; with how many.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn do_with_many(
    service: &Service,
    organizer: OrganizerId,
    whom: &Whom,
    deed: &Deed,
) -> anyhow::Result<usize> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let ids: Vec<ContactId> = match whom {
        Whom::Found(wanted) => search::ids(&tx, organizer, wanted).await?,
        Whom::Ticked(ticked) => {
            let ticked: BTreeSet<ContactId> = ticked.iter().copied().collect();
            let mut own = search::ids(&tx, organizer, &search::Wanted::default()).await?;
            own.retain(|id| ticked.contains(id));
            own
        }
    };
    let own = lists::all_of(&tx, organizer).await?;
    let is_own = |list: &ListId| own.iter().any(|of| of.id == *list);
    match deed {
        Deed::PutOn(list) if is_own(list) => lists::put_on(&tx, *list, &ids).await?,
        Deed::TakeOff(list) if is_own(list) => lists::take_off(&tx, *list, &ids).await?,
        Deed::PutOn(_) | Deed::TakeOff(_) => return Ok(0),
        Deed::PutOnNew(name) => {
            let name = one_line(name, LONGEST_LIST);
            let id = ListId(service.clock.name());
            let list = lists::make(&tx, organizer, id, &name, now).await?;
            lists::put_on(&tx, list, &ids).await?;
        }
        Deed::Tag(words) => {
            let pairs = ids.iter().flat_map(|id| words.iter().map(|word| (*id, word.clone())));
            tags::put_on(&tx, pairs.collect()).await?;
        }
        Deed::Untag(words) => {
            for word in words {
                tags::take_off(&tx, &ids, word).await?;
            }
        }
        Deed::Suppress => {
            // Mails that wait are looked at again before they leave, and held back then.
            for contact in contacts::by_ids(&tx, &ids).await? {
                let hash = service.secret.address_hash(&contact.address_folded);
                suppressions::by_hand(&tx, hash, organizer, now).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(ids.len())
}

/// Keeps a contact's address from being written to; mails that wait are held back.
///
/// # Errors
/// A database that refuses.
pub async fn suppress(
    service: &Service,
    organizer: OrganizerId,
    id: ContactId,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let Some(contact) = contacts::own(&tx, organizer, id).await? else { return Ok(false) };
    keep_from(service, &tx, organizer, &contact).await?;
    tx.commit().await?;
    Ok(true)
}

pub(super) async fn keep_from(
    service: &Service,
    tx: &DatabaseTransaction,
    organizer: OrganizerId,
    contact: &Contact,
) -> anyhow::Result<()> {
    let now = service.clock.now();
    let hash = service.secret.address_hash(&contact.address_folded);
    suppressions::by_hand(tx, hash, organizer, now).await?;
    if let Ok(address) = mailbox::address(contact.address.as_str()) {
        let detail = Reason::Manual.why();
        let name = || service.clock.name();
        outbox::way::hold_back(tx, address.as_ref(), detail, now, name).await?;
    }
    Ok(())
}

/// Whether this organizer may let an address be written to again that is kept for this reason by
/// `by`. What a reader asked for, only the reader takes back; what an organizer did, only they do.
pub fn may_lift(organizer: OrganizerId, reason: Reason, by: Option<OrganizerId>) -> bool {
    match reason {
        Reason::Stopped | Reason::Complaint => false,
        Reason::Manual => by == Some(organizer),
        Reason::NoMailbox | Reason::Soft => true,
    }
}

/// Lets a contact's address be written to again; `false`: it is not there, or it is not the
/// organizer's to decide.
///
/// # Errors
/// A database that refuses.
pub async fn lift(
    service: &Service,
    organizer: OrganizerId,
    id: ContactId,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let Some(contact) = contacts::own(&tx, organizer, id).await? else { return Ok(false) };
    let hash = service.secret.address_hash(&contact.address_folded);
    let Some((reason, by)) = suppressions::with_author(&tx, &hash).await? else { return Ok(true) };
    if !may_lift(organizer, reason, by) {
        return Ok(false);
    }
    suppressions::lift(&tx, &hash, reason).await?;
    tx.commit().await?;
    Ok(true)
}

/// What is done with lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListDeed {
    /// A list is made.
    Make(String),
    /// A list gets another name.
    Rename(ListId, String),
    /// A list goes; who was on it stays a contact.
    Delete(ListId),
}

/// Works on an organizer's lists; `false`: another list has that name, or there is no such list.
///
/// # Errors
/// A database that refuses.
pub async fn work_on_lists(
    service: &Service,
    organizer: OrganizerId,
    deed: ListDeed,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let own = lists::all_of(&tx, organizer).await?;
    let taken = |name: &str, but: Option<ListId>| {
        own.iter().any(|list| list.name_folded == name.to_lowercase() && Some(list.id) != but)
    };
    let is_own = |id: ListId| own.iter().any(|list| list.id == id);
    match deed {
        ListDeed::Make(name) => {
            let name = one_line(&name, LONGEST_LIST);
            if name.is_empty() || taken(&name, None) {
                return Ok(false);
            }
            let id = ListId(service.clock.name());
            lists::make(&tx, organizer, id, &name, service.clock.now()).await?;
        }
        ListDeed::Rename(id, name) => {
            let name = one_line(&name, LONGEST_LIST);
            if name.is_empty() || !is_own(id) || taken(&name, Some(id)) {
                return Ok(false);
            }
            lists::rename(&tx, id, &name).await?;
        }
        ListDeed::Delete(id) if is_own(id) => lists::delete(&tx, id).await?,
        ListDeed::Delete(_) => return Ok(false),
    }
    tx.commit().await?;
    Ok(true)
}
