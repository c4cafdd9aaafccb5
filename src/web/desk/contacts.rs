//! The contacts of an organizer: who they are, on which lists, and whom we do not write to.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpRequest, HttpResponse};
use maud::Markup;

use super::outbox::page_number;
use crate::acts::edit_contacts::{Deed, Whom, do_with_many};
use crate::domain::{Audience, ContactId, Fields, ListId, OrganizerId, audience};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::contact_imports;
use crate::store::contacts::{self, Contact, lists, search, tags};
use crate::store::suppressions::{self, Reason};
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;

mod choose;
mod erase;
mod everything;
mod files;
pub mod form;
mod import;
mod lists_page;
mod one;
mod preview;
mod view;

pub use erase::{ask as ask_to_erase, erase};
pub use everything::json as everything;
pub use files::csv;
pub use import::{ask as ask_for_import, bring, bring_from, decide, look};
pub use lists_page::{change as change_lists, page as lists};
pub use one::{page as one, save};

/// How many contacts are on one page.
const PAGE: u64 = 100;

/// What is shown of the contacts, as the address says it.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// Words, lists and tags.
    pub wanted: search::Wanted,
    /// Only those who are not written to.
    pub suppressed: bool,
}

impl Shown {
    fn read(query: &Fields) -> Self {
        let lists: Vec<ListId> = query.all("list").filter_map(|id| id.parse().ok()).collect();
        let tags: Vec<String> = query.all("tag").filter_map(audience::tag).collect();
        let words = query.get("q").unwrap_or_default().trim().chars().take(200).collect();
        let audience = Audience { lists, tags };
        let wanted = search::Wanted { words, audience };
        Self { wanted, suppressed: query.has("show", "suppressed") }
    }

    /// Whether it is everybody.
    fn is_all(&self) -> bool {
        !self.suppressed && self.wanted.words.is_empty() && self.wanted.audience.is_everybody()
    }

    /// The query that says it, ending where another pair may follow.
    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.wanted.words.is_empty() {
            query.append_pair("q", &self.wanted.words);
        }
        for list in &self.wanted.audience.lists {
            query.append_pair("list", &list.to_string());
        }
        for tag in &self.wanted.audience.tags {
            query.append_pair("tag", tag);
        }
        if self.suppressed {
            query.append_pair("show", "suppressed");
        }
        query.finish()
    }
}

/// What is known of contacts besides themselves.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// Why they are not written to, where they are not.
    pub suppressed: BTreeMap<ContactId, Reason>,
    /// On which lists they are.
    pub lists: BTreeMap<ContactId, BTreeSet<ListId>>,
    /// Which tags they carry.
    pub tags: BTreeMap<ContactId, BTreeSet<String>>,
}

impl About {
    async fn of(app: &Service, found: &[Contact]) -> Result<Self, AppError> {
        let db = app.store.read();
        let ids: Vec<ContactId> = found.iter().map(|contact| contact.id).collect();
        Ok(Self {
            suppressed: suppressed(app, found).await?,
            lists: lists::of_contacts(db, &ids).await?,
            tags: tags::of_contacts(db, &ids).await?,
        })
    }
}

async fn suppressed(
    app: &Service,
    found: &[Contact],
) -> Result<BTreeMap<ContactId, Reason>, AppError> {
    let hashes: Vec<String> =
        found.iter().map(|one| app.secret.address_hash(&one.address_folded)).collect();
    let reasons = suppressions::among(app.store.read(), &hashes).await?;
    let found = found.iter().zip(hashes);
    Ok(found.filter_map(|(one, hash)| Some((one.id, *reasons.get(&hash)?))).collect())
}

/// Everybody who is found.
async fn everybody(
    app: &Service,
    organizer: OrganizerId,
    shown: &Shown,
) -> Result<Vec<Contact>, AppError> {
    let mut found = search::all(app.store.read(), organizer, &shown.wanted).await?;
    if shown.suppressed {
        let reasons = suppressed(app, &found).await?;
        found.retain(|contact| reasons.contains_key(&contact.id));
    }
    Ok(found)
}

/// `GET /desk/contacts?q=…&list=…&tag=…&show=suppressed&page=…`
pub async fn page(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let query = Fields::parse(request.query_string().as_bytes());
    show(&app, &organizer, &query, None).await
}

async fn show(
    app: &App,
    organizer: &Organizer,
    query: &Fields,
    problem: Option<&str>,
) -> Result<Markup, AppError> {
    let (db, me) = (app.store.read(), organizer.0.id);
    let shown = Shown::read(query);
    let number = page_number(query);
    let (found, count) = if shown.suppressed {
        let all = everybody(app, me, &shown).await?;
        let count = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let first = usize::try_from(number.saturating_mul(PAGE)).unwrap_or(usize::MAX);
        let size = usize::try_from(PAGE).unwrap_or(100);
        (all.into_iter().skip(first).take(size).collect(), count)
    } else {
        search::page(db, me, &shown.wanted, number, PAGE).await?
    };
    let all = contacts::count(db, me, &Audience::default()).await?;
    let own = lists::all_of(db, me).await?;
    let typed = |name: &str| query.get(name).and_then(|n| n.parse::<usize>().ok());
    Ok(view::view(&view::Page {
        organizer: &organizer.0,
        about: About::of(app, &found).await?,
        found: &found,
        count,
        all,
        number,
        counts: lists::counts(db, &own).await?,
        lists: &own,
        tags: &tags::all_of(db, me).await?,
        waiting: &contact_imports::all_of(db, me).await?,
        shown: &shown,
        done: typed("done"),
        added: typed("added").zip(typed("known")),
        problem,
    }))
}

/// `POST /desk/contacts`: does something with those who are ticked, or with all that are found.
pub async fn change(
    app: App,
    organizer: Organizer,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let shown = Shown::read(&Fields::parse(fields.get("shown").unwrap_or_default().as_bytes()));
    let whom = if !fields.has("all", "yes") {
        Whom::Ticked(fields.all("contact").filter_map(|id| id.parse().ok()).collect())
    } else if shown.suppressed {
        let found = everybody(&app, organizer.0.id, &shown).await?;
        Whom::Ticked(found.into_iter().map(|contact| contact.id).collect())
    } else {
        Whom::Found(shown.wanted.clone())
    };
    let problem = match choose::deed(&fields) {
        _ if whom == Whom::Ticked(vec![]) => "Tick the people first, or “all”.",
        Err(problem) => problem,
        Ok(deed) => {
            let done = do_with_many(&app, organizer.0.id, &whom, &deed).await?;
            return Ok(back(&shown, &format!("done={done}")));
        }
    };
    let again = Fields::parse(shown.query().as_bytes());
    let page = show(&app, &organizer, &again, Some(problem)).await?;
    Ok(reply::refused(page))
}

fn back(shown: &Shown, said: &str) -> HttpResponse {
    let query = [shown.query(), said.to_owned()].into_iter().filter(|part| !part.is_empty());
    let query = query.collect::<Vec<_>>().join("&");
    reply::see(href::with_query(href::CONTACTS, &query))
}

/// Why an address is not written to, as a word behind a name.
pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Stopped => "asked us to stop",
        Reason::Complaint => "complained",
        Reason::Manual => "not to be written to",
        Reason::NoMailbox => "no such mailbox",
        Reason::Soft => "not reachable",
    }
}

/// What was asked for, with a deed; see [`Deed`].
type Chosen = Result<Deed, &'static str>;
