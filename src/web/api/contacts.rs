//! Contacts: found, corrected, grouped, kept from being written to, erased.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::Path;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answered::{Done, Download, Listed, Shown};
use super::asked::{Json, Paging, Query, cursor, line, no_cursor};
use super::refusals;
use super::words::Right;
use crate::acts::add_contacts::column;
use crate::acts::edit_contacts::{
    Corrected, Deed, NotCorrected, Whom, correct, do_with_many, lift, suppress,
};
use crate::acts::erase_contact::{Extent, erase_contact};
use crate::acts::erase_response::EraseError;
use crate::domain::{Audience, Basis, ContactId, ListId, audience};
use crate::error::AppError;
use crate::service::Service;
use crate::store::contacts::{self, Contact, lists, search, tags};
use crate::store::suppressions;
use crate::web::desk;
use crate::web::extract::{App, Organizer};

/// Somebody whose address is held.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Contact)]
pub struct ContactSeen {
    /// Names them.
    pub id: ContactId,
    /// Their address.
    pub address: String,
    /// How they are called; may be empty.
    pub name: String,
    /// In which language they are written to.
    #[schema(example = "en")]
    pub language: String,
    /// Their time zone; may be empty.
    pub zone: String,
    /// By what right they are written to: `agreed`, `known`, or empty.
    pub basis: String,
    /// Where the address comes from.
    pub consent_from: String,
    /// When they agreed.
    pub consent_on: Option<NaiveDate>,
    /// On which lists they are.
    pub lists: BTreeSet<ListId>,
    /// Which tags they carry.
    pub tags: BTreeSet<String>,
    /// Why they are not written to, if they are not: `stopped`, `complaint`, `manual`,
    /// `no_mailbox`, `soft`.
    pub suppressed: Option<String>,
    /// When they came.
    pub created_at: DateTime<Utc>,
}

/// Who is looked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichContacts {
    /// Where to go on: `next` of the part before.
    #[param(max_length = 1000)]
    pub cursor: Option<String>,
    /// How many at the most.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u16>,
    /// Words that stand in the name or the address.
    pub q: Option<String>,
    /// On this list.
    pub list: Option<String>,
    /// With this tag.
    pub tag: Option<String>,
}

/// What of a contact is corrected; what is left out stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectContact {
    /// How they are called.
    #[schema(max_length = 120)]
    pub name: Option<String>,
    /// Their address.
    #[schema(format = Email, max_length = 254)]
    pub address: Option<String>,
    /// In which language: `en` or `zh`.
    #[schema(pattern = "^(en|zh)$")]
    pub language: Option<String>,
    /// Their time zone, such as `Europe/Berlin`; empty: unknown.
    #[schema(max_length = 120)]
    pub zone: Option<String>,
    /// By what right they are written to.
    pub basis: Option<Right>,
    /// Where the address comes from.
    #[schema(max_length = 120)]
    pub consent_from: Option<String>,
    /// When they agreed.
    pub consent_on: Option<NaiveDate>,
    /// On which lists they are, all of them.
    #[schema(value_type = Option<Vec<ListId>>)]
    pub lists: Option<BTreeSet<ListId>>,
    /// Which tags they carry, all of them.
    #[schema(value_type = Option<Vec<String>>)]
    pub tags: Option<BTreeSet<String>>,
}

/// How far somebody is erased.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HowFar {
    /// `true`: the responses go too that came by their link or name their address.
    pub responses: Option<bool>,
    /// `true`: the address is never written to again.
    pub never_again: Option<bool>,
}

/// Something done with many contacts.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoWithMany {
    /// With whom: their ids.
    #[schema(value_type = Vec<ContactId>)]
    pub contacts: BTreeSet<ContactId>,
    /// What.
    pub deed: ContactDeed,
}

/// What is done with many contacts.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum ContactDeed {
    /// They come on a list.
    PutOn {
        /// Which.
        list: ListId,
    },
    /// They come on a list of this name, which is made where there is none.
    PutOnNew {
        /// Its name.
        name: String,
    },
    /// They go off a list.
    TakeOff {
        /// Which.
        list: ListId,
    },
    /// They get tags.
    Tag {
        /// Which.
        tags: Vec<String>,
    },
    /// They lose tags.
    Untag {
        /// Which.
        tags: Vec<String>,
    },
    /// They are not written to any more.
    Suppress {},
}

/// With how many something was done.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct HowMany {
    /// The number.
    pub contacts: usize,
}

async fn seen(app: &Service, found: Vec<Contact>) -> Result<Vec<ContactSeen>, AppError> {
    let db = app.store.read();
    let ids: Vec<ContactId> = found.iter().map(|contact| contact.id).collect();
    let mut on = lists::of_contacts(db, &ids).await?;
    let mut carried = tags::of_contacts(db, &ids).await?;
    let hashes: Vec<String> =
        found.iter().map(|one| app.secret.address_hash(&one.address_folded)).collect();
    let reasons: BTreeMap<_, _> = suppressions::among(db, &hashes).await?.into_iter().collect();
    let see = |(one, hash): (Contact, String)| ContactSeen {
        lists: on.remove(&one.id).unwrap_or_default(),
        tags: carried.remove(&one.id).unwrap_or_default(),
        suppressed: reasons.get(&hash).map(|reason| reason.word().to_owned()),
        id: one.id,
        address: one.address.to_string(),
        name: one.name,
        language: one.language,
        zone: one.zone,
        basis: one.basis,
        consent_from: one.consent_from,
        consent_on: one.consent_on,
        created_at: one.created_at,
    };
    Ok(found.into_iter().zip(hashes).map(see).collect())
}

async fn one(app: &Service, me: &Organizer, id: ContactId) -> Result<ContactSeen, AppError> {
    let found = contacts::own(app.store.read(), me.0.id, id).await?;
    let seen = seen(app, found.into_iter().collect()).await?;
    seen.into_iter().next().ok_or(AppError::NotFound)
}

/// `GET /api/v1/contacts`
pub async fn list(
    app: App,
    me: Organizer,
    Query(which): Query<WhichContacts>,
) -> Result<Listed<ContactSeen>, AppError> {
    let paging = Paging { cursor: which.cursor, limit: which.limit };
    let size = u64::try_from(paging.size()?).unwrap_or(1);
    // The cursor names the last address that was told.
    let after = paging.after()?;
    let number = |id: &String| {
        id.parse::<ListId>().map_err(|_no_id| AppError::Refused("There is no such list.".into()))
    };
    let wanted = search::Wanted {
        words: which.q.unwrap_or_default().trim().chars().take(200).collect(),
        audience: Audience {
            lists: which.list.iter().map(number).collect::<Result<_, _>>()?,
            tags: which.tag.as_deref().and_then(audience::tag).into_iter().collect(),
        },
    };
    if after.as_ref().is_some_and(String::is_empty) {
        return Err(no_cursor());
    }
    let db = app.store.read();
    let mut found = search::part(db, me.0.id, &wanted, after.as_deref(), size + 1).await?;
    let more = u64::try_from(found.len()).unwrap_or(0) > size;
    found.truncate(usize::try_from(size).unwrap_or(1));
    let next = found.last().filter(|_| more).map(|last| cursor(&last.address_folded));
    Ok(Listed { data: seen(&app, found).await?, next })
}

/// `GET /api/v1/contacts/{id}`
pub async fn show(
    app: App,
    me: Organizer,
    id: Path<String>,
) -> Result<Shown<ContactSeen>, AppError> {
    Ok(Shown(one(&app, &me, id.parse()?).await?))
}

/// `PATCH /api/v1/contacts/{id}`
pub async fn change(
    app: App,
    me: Organizer,
    id: Path<String>,
    Json(wanted): Json<CorrectContact>,
) -> Result<Shown<ContactSeen>, AppError> {
    let id: ContactId = id.parse()?;
    let before = one(&app, &me, id).await?;
    let said = |what: &str, text: Option<String>, before: String| match text {
        Some(text) => line(what, &text, 120),
        None => Ok(before),
    };
    let zone = said("zone", wanted.zone, before.zone)?;
    let zone = match zone.as_str() {
        "" => String::new(),
        typed => {
            let zone = column::zone(typed).ok_or_else(refusals::no_zone)?;
            zone.name().to_owned()
        }
    };
    let language = refusals::language(wanted.language.unwrap_or(before.language))?;
    let address = refusals::address(&wanted.address.unwrap_or(before.address))?;
    let tags = wanted.tags.unwrap_or(before.tags);
    let corrected = Corrected {
        name: said("name", wanted.name, before.name)?,
        address,
        language,
        zone,
        basis: wanted.basis.map_or(before.basis, |right| Basis::from(right).word().to_owned()),
        consent_from: said("consent_from", wanted.consent_from, before.consent_from)?,
        consent_on: wanted.consent_on.or(before.consent_on),
        lists: wanted.lists.unwrap_or(before.lists).into_iter().collect(),
        tags: tags.iter().filter_map(|tag| audience::tag(tag)).collect(),
    };
    match correct(&app, me.0.id, id, corrected).await {
        Ok(()) => Ok(Shown(one(&app, &me, id).await?)),
        Err(NotCorrected::Gone) => Err(AppError::NotFound),
        Err(NotCorrected::Taken) => {
            Err(AppError::Refused("Another contact of yours has this address.".to_owned()))
        }
        Err(NotCorrected::ToCome) => {
            Err(AppError::Refused("consent_on: This day is still to come.".to_owned()))
        }
        Err(NotCorrected::Store(error)) => Err(error.into()),
    }
}

/// `DELETE /api/v1/contacts/{id}`
pub async fn erase(
    app: App,
    me: Organizer,
    id: Path<String>,
    Query(far): Query<HowFar>,
) -> Result<Done, AppError> {
    let extent = Extent {
        responses: far.responses.unwrap_or(false),
        never_again: far.never_again.unwrap_or(false),
    };
    match erase_contact(&app, me.0.id, id.parse()?, extent).await {
        Ok(true) => Ok(Done),
        Ok(false) => Err(AppError::NotFound),
        Err(error @ EraseError::Waiting) => Err(AppError::Unavailable(error.into())),
        Err(EraseError::Store(error)) => Err(error.into()),
    }
}

/// `PUT /api/v1/contacts/{id}/suppression`
pub async fn bar(app: App, me: Organizer, id: Path<String>) -> Result<Done, AppError> {
    if suppress(&app, me.0.id, id.parse()?).await? { Ok(Done) } else { Err(AppError::NotFound) }
}

/// `DELETE /api/v1/contacts/{id}/suppression`
pub async fn unbar(app: App, me: Organizer, id: Path<String>) -> Result<Done, AppError> {
    let id: ContactId = id.parse()?;
    one(&app, &me, id).await?;
    if lift(&app, me.0.id, id).await? {
        return Ok(Done);
    }
    let why = "This is not yours to decide: what a reader asked for, only the reader takes back.";
    Err(AppError::Refused(why.to_owned()))
}

/// `POST /api/v1/contact-deeds`
pub async fn many(
    app: App,
    me: Organizer,
    Json(wanted): Json<DoWithMany>,
) -> Result<Shown<HowMany>, AppError> {
    let words = |typed: Vec<String>| {
        let tags: Vec<String> = typed.iter().filter_map(|tag| audience::tag(tag)).collect();
        if tags.is_empty() { Err(AppError::Refused("Name a tag.".to_owned())) } else { Ok(tags) }
    };
    let deed = match wanted.deed {
        ContactDeed::PutOn { list } => Deed::PutOn(list),
        ContactDeed::PutOnNew { name } if !name.trim().is_empty() => Deed::PutOnNew(name),
        ContactDeed::PutOnNew { .. } => {
            return Err(AppError::Refused("The list needs a name.".to_owned()));
        }
        ContactDeed::TakeOff { list } => Deed::TakeOff(list),
        ContactDeed::Tag { tags } => Deed::Tag(words(tags)?),
        ContactDeed::Untag { tags } => Deed::Untag(words(tags)?),
        ContactDeed::Suppress {} => Deed::Suppress,
    };
    let whom = Whom::Ticked(wanted.contacts.into_iter().collect());
    Ok(Shown(HowMany { contacts: do_with_many(&app, me.0.id, &whom, &deed).await? }))
}

/// `GET /api/v1/contacts/{id}/everything`
pub async fn everything(app: App, me: Organizer, id: Path<String>) -> Result<Download, AppError> {
    desk::contacts::everything(app, me, id).await.map(Download)
}
