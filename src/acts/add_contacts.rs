//! An organizer adds contacts: pasted, or from a file. What was brought waits in the database
//! until the organizer has seen what would become of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use tokio::task::spawn_blocking;

use crate::domain::text::{one_line, shortened};
use crate::domain::{ImportId, ListId, OrganizerId};
use crate::service::Service;
use crate::store::contact_imports::{self, Import};
use crate::store::contacts::{self, Contact, lists, tags};

pub mod choices;
pub mod column;
pub mod file;
pub mod people;
pub mod plan;
pub mod sheet;

pub use choices::Choices;
pub use people::Unusable;
pub use plan::{Plan, Planned, Reading, What};

/// The longest name of a list, in characters.
pub const LONGEST_LIST: usize = 80;

/// What became of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// How many are new.
    pub new: usize,
    /// How many were there before.
    pub known: usize,
    /// How many of those have changed.
    pub changed: usize,
    /// How many lines named an address that another line had named.
    pub repeated: usize,
    /// How many are not kept, since they must not be written to.
    pub suppressed: usize,
    /// The lines that cannot be used, in order.
    pub unusable: Vec<Unusable>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is not there: imported, thrown away or forgotten, or another's.
    #[error("there is no such import")]
    Gone,
    /// Something has to be said first, by field.
    #[error("something has to be said first")]
    Incomplete(BTreeMap<&'static str, &'static str>),
    /// The database refused; nothing was changed.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<DbErr> for Refused {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Keeps a list until the organizer has looked at it. `name` is that of its file.
///
/// # Errors
/// A database that refuses.
pub async fn bring(
    service: &Service,
    organizer: OrganizerId,
    name: &str,
    text: &str,
    choices: &Choices,
) -> anyhow::Result<ImportId> {
    let id = ImportId(service.clock.random_name());
    let import = Import {
        id,
        organizer_id: organizer,
        name: one_line(name, 120),
        content: people::tidy(text),
        choices: serde_json::to_string(choices)?,
        created_at: service.clock.now(),
    };
    let tx = service.store.write().await?;
    contact_imports::insert(&tx, import).await?;
    tx.commit().await?;
    Ok(id)
}

/// A list that waits, and what the organizer has said about it so far; `None`: there is none.
///
/// # Errors
/// A database that refuses.
pub async fn waiting(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    id: ImportId,
) -> anyhow::Result<Option<(Import, Choices)>> {
    let import = contact_imports::own(db, organizer, id).await?;
    // What an older version wrote and this one cannot read is as if nothing had been said.
    Ok(import.map(|import| {
        let choices = serde_json::from_str(&import.choices).unwrap_or_default();
        (import, choices)
    }))
}

/// Reads a list away from the threads that answer readers.
///
/// # Errors
/// A thread that was stopped.
pub async fn reading(service: &Service, text: String, choices: Choices) -> anyhow::Result<Reading> {
    let today = today(service);
    Ok(spawn_blocking(move || Reading::of(&text, &choices, today)).await?)
}

/// The day it is in Greenwich.
pub fn today(service: &Service) -> NaiveDate {
    service.clock.now().date_naive()
}

/// Keeps what the organizer has said, and the text where they have changed it: its lines are
/// counted anew.
///
/// # Errors
/// A database that refuses.
pub async fn choose(
    service: &Service,
    import: &Import,
    choices: &Choices,
    text: Option<&str>,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    let text = text.map(people::tidy);
    let mut choices = choices.clone();
    if text.is_some() {
        choices.numbers.clear();
    }
    contact_imports::change(&tx, import.id, &serde_json::to_string(&choices)?, text).await?;
    tx.commit().await?;
    Ok(())
}

/// Throws a list away that waits.
///
/// # Errors
/// A database that refuses.
pub async fn throw_away(
    service: &Service,
    organizer: OrganizerId,
    id: ImportId,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    if contact_imports::own(&tx, organizer, id).await?.is_some() {
        contact_imports::delete(&tx, id).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Imports a list that waits, as it is compared with what is there at this moment. Lines that
/// cannot be used go on waiting, to be corrected.
///
/// # Errors
/// See [`Refused`]; nothing was changed.
pub async fn import(
    service: &Service,
    organizer: OrganizerId,
    id: ImportId,
) -> Result<Added, Refused> {
    let read = waiting(service.store.read(), organizer, id).await?;
    let (before, choices) = read.ok_or(Refused::Gone)?;
    let reading = reading(service, before.content.clone(), choices.clone()).await?;
    let problems = choices.problems(&reading.sheet.columns, today(service));
    if !problems.is_empty() {
        return Err(Refused::Incomplete(problems));
    }
    let tx = service.store.write().await?;
    // Whoever presses twice waits here, and then finds another text or none.
    contact_imports::lock(&tx, id).await?;
    let (now, _) = waiting(&tx, organizer, id).await?.ok_or(Refused::Gone)?;
    if now != before {
        return Err(Refused::Gone);
    }
    let added = keep(service, &tx, organizer, &reading, &choices).await?;
    if added.unusable.is_empty() {
        contact_imports::delete(&tx, id).await?;
    } else {
        let columns = reading.sheet.columns.clone();
        let head = (!columns.is_empty()).then_some(reading.sheet.head.is_some());
        let kept = choices.kept + added.new + added.known;
        let (text, numbers) = reading.left();
        let left = Choices { columns, head, kept, numbers, ..choices };
        let left = serde_json::to_string(&left).map_err(anyhow::Error::from)?;
        contact_imports::change(&tx, id, &left, Some(text)).await?;
    }
    tx.commit().await.map_err(anyhow::Error::from)?;
    Ok(added)
}

/// Adds the contacts that `text` lists without asking anything, in one transaction; those already
/// there keep what they have, and get what they lack. `language` is for those whose line names
/// none; `source` says in a word where the addresses come from.
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
    let choices =
        Choices { language: language.to_owned(), source: source.to_owned(), ..Choices::default() };
    let reading = reading(service, people::tidy(text), choices.clone()).await?;
    let tx = service.store.write().await?;
    let added = keep(service, &tx, organizer, &reading, &choices).await?;
    tx.commit().await?;
    Ok(added)
}

async fn keep(
    service: &Service,
    tx: &impl ConnectionTrait,
    organizer: OrganizerId,
    reading: &Reading,
    choices: &Choices,
) -> Result<Added, DbErr> {
    let now = service.clock.now();
    let plan = plan::plan(service, tx, organizer, reading, choices, now).await?;
    let (new, changed, same) = plan.counts();
    let folded: Vec<String> =
        plan.people.iter().map(|one| one.contact.address_folded.clone()).collect();
    let tagged: Vec<(String, Vec<String>)> = plan
        .people
        .iter()
        .map(|one| (one.contact.address_folded.clone(), one.tags.clone()))
        .collect();
    let suppressed = plan.suppressed.values().map(Vec::len).sum();
    let to_keep: Vec<Contact> = plan
        .people
        .into_iter()
        .filter(|one| one.what == What::New || one.contact.updated_at == Some(now))
        .map(|one| one.contact)
        .collect();
    contacts::save_all(tx, to_keep).await?;
    let mut on: BTreeSet<ListId> = BTreeSet::new();
    if !choices.new_list.is_empty() {
        let id = ListId(service.clock.name());
        on.insert(
            lists::make(tx, organizer, id, &shortened(&choices.new_list, LONGEST_LIST), now)
                .await?,
        );
    }
    let own: BTreeSet<ListId> =
        lists::all_of(tx, organizer).await?.into_iter().map(|list| list.id).collect();
    on.extend(choices.lists.iter().filter(|list| own.contains(list)));
    // An import of the same people at the same moment may have given them other names.
    let ids = contacts::ids(tx, organizer, &folded).await?;
    let everybody: Vec<_> = ids.values().copied().collect();
    for list in on {
        lists::put_on(tx, list, &everybody).await?;
    }
    let pairs: Vec<_> = tagged
        .into_iter()
        .filter_map(|(folded, tags)| Some((*ids.get(&folded)?, tags)))
        .flat_map(|(id, tags)| tags.into_iter().map(move |tag| (id, tag)))
        .collect();
    tags::put_on(tx, pairs).await?;
    Ok(Added {
        new,
        known: changed + same,
        changed,
        repeated: reading.repeated,
        suppressed,
        unusable: reading.unusable.clone(),
    })
}
