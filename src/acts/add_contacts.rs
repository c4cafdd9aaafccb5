//! An organizer adds contacts: pasted, or from a file.

use std::collections::BTreeMap;

use crate::domain::{ContactId, OrganizerId};
use crate::service::Service;
use crate::store::contacts::{self, Contact, NewContact};

pub mod lines;

pub use lines::{Line, Unusable, read};

/// What became of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// How many are new.
    pub new: usize,
    /// How many were there before.
    pub known: usize,
    /// How many lines named an address that another line had named.
    pub repeated: usize,
    /// The lines that cannot be used, in order.
    pub unusable: Vec<Unusable>,
}

/// Adds the contacts that `text` lists, in one transaction; those already there keep what they
/// have, and get a name if they had none. `language` is for those whose line names none; `source`
/// says in a word where the addresses come from.
///
/// # Errors
/// A database that refuses; nothing was added.
pub async fn add_contacts(
    service: &Service,
    organizer: OrganizerId,
    text: &str,
    language: &str,
    source: &str,
) -> anyhow::Result<Added> {
    let (lines, unusable) = read(text);
    let mut added = Added { unusable, ..Added::default() };
    let mut by_address: BTreeMap<String, Line> = BTreeMap::new();
    for line in lines {
        match by_address.get_mut(&line.address.folded()) {
            None => drop(by_address.insert(line.address.folded(), line)),
            Some(before) => {
                added.repeated += 1;
                before.merge(line);
            }
        }
    }
    let tx = service.store.write().await?;
    let known: BTreeMap<String, Contact> = contacts::all_of(&tx, organizer)
        .await?
        .into_iter()
        .map(|contact| (contact.address_folded.clone(), contact))
        .collect();
    let mut new = vec![];
    for (folded, line) in by_address {
        if let Some(contact) = known.get(&folded) {
            added.known += 1;
            if contact.name.is_empty() && !line.name.is_empty() {
                contacts::name(&tx, contact.id, &line.name).await?;
            }
        } else {
            added.new += 1;
            new.push(NewContact {
                id: ContactId(service.clock.random_name()),
                name: line.name,
                address: line.address,
                language: line.language.unwrap_or(language).to_owned(),
                source: source.to_owned(),
            });
        }
    }
    contacts::insert_all(&tx, organizer, new, service.clock.now()).await?;
    tx.commit().await?;
    Ok(added)
}
