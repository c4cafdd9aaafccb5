//! Lists of people that are brought to be imported: read, looked at, imported.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web::Path;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use utoipa::ToSchema;

use super::answered::{Created, Done, Listed, Shown};
use super::asked::{Json, Paging, Query, Upload, line};
use super::refusals;
use super::words::{Column, Right};
use crate::acts::add_contacts::{self, Choices, Refused, file, plan};
use crate::domain::text::shortened;
use crate::domain::{Basis, ImportId, ListId};
use crate::error::AppError;
use crate::service::Service;
use crate::store::contact_imports;
use crate::web::extract::{App, Organizer};

/// A list of people to be imported: lines of text, or a file (CSV, XLSX).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BringPeople {
    /// One person a line: an address, or a table with a head.
    pub text: Option<String>,
    /// The file, instead of the text.
    pub file: Option<Upload>,
    /// What is said about all of them; it can be said later, too.
    pub choices: Option<ImportChoices>,
}

/// What is said about a list before it is imported; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImportChoices {
    /// What the list says itself, by the columns as they are read; left out: as it seems.
    pub columns: Option<Vec<Column>>,
    /// Whether the first line is a head.
    pub head: Option<bool>,
    /// The language of those whose line names none: `en` or `zh`.
    #[schema(pattern = "^(en|zh)$")]
    pub language: Option<String>,
    /// The time zone of those whose line names none.
    #[schema(max_length = 60)]
    pub zone: Option<String>,
    /// The lists they come on.
    #[schema(value_type = Option<Vec<ListId>>)]
    pub lists: Option<BTreeSet<ListId>>,
    /// The name of a list that is made for them.
    #[schema(max_length = 80)]
    pub new_list: Option<String>,
    /// Tags for all of them.
    #[schema(value_type = Option<Vec<String>>)]
    pub tags: Option<BTreeSet<String>>,
    /// By what right they are written to: without it, nobody is imported.
    pub basis: Option<Right>,
    /// Where the addresses come from: without it, nobody is imported.
    #[schema(max_length = 120, example = "sign-up sheet of the reading")]
    pub consent_from: Option<String>,
    /// When they agreed, where they did.
    pub consent_on: Option<NaiveDate>,
    /// Whether what the list says takes the place of what is there.
    pub overwrite: Option<bool>,
}

/// A list that waits to be imported, and what would become of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Import {
    /// Names it.
    pub id: ImportId,
    /// The name of its file.
    pub name: String,
    /// When it was brought; a day later it is forgotten.
    pub created_at: DateTime<Utc>,
    /// What each column says.
    pub columns: Vec<Column>,
    /// How many people of it are kept already: then what waits is the rest.
    pub kept: usize,
    /// How many would be new.
    pub new: usize,
    /// How many are known and would change.
    pub changed: usize,
    /// How many are known and stay as they are.
    pub same: usize,
    /// How many lines name an address that another line had named.
    pub repeated: usize,
    /// How many would not be kept, since they must not be written to.
    pub suppressed: usize,
    /// How many are known and must not be written to: they stay, and get no mails.
    pub known_suppressed: usize,
    /// Lines that cannot be used, and why.
    pub unusable: Vec<UnusableLine>,
    /// Parts of lines that were not understood; their people are imported without them.
    pub unclear: Vec<UnusableLine>,
    /// What has to be said before it can be imported, by choice.
    pub missing: BTreeMap<String, String>,
}

/// A line that cannot be used, or a part of one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnusableLine {
    /// The number of the line, from 1, as the list was brought.
    pub number: usize,
    /// Its text, or that of the part.
    pub text: String,
    /// Why.
    pub why: String,
}

/// What became of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Imported {
    /// How many are new.
    pub new: usize,
    /// How many were known.
    pub known: usize,
    /// How many of those have changed.
    pub changed: usize,
    /// How many lines named an address that another line had named.
    pub repeated: usize,
    /// How many are not kept, since they must not be written to.
    pub suppressed: usize,
    /// Lines that cannot be used; they wait in the list.
    pub unusable: Vec<UnusableLine>,
}

impl ImportChoices {
    fn over(self, before: Choices) -> Result<Choices, AppError> {
        let columns = self.columns.map(|all| all.into_iter().map(Into::into).collect());
        let said = |what: &str, text: Option<String>, before: String, most: usize| match text {
            Some(text) => line(what, &text, most),
            None => Ok(before),
        };
        Ok(Choices {
            columns: columns.unwrap_or(before.columns),
            head: self.head.or(before.head),
            language: self.language.map_or(Ok(before.language), refusals::language)?,
            zone: said("zone", self.zone, before.zone, 60)?,
            lists: self.lists.map_or(before.lists, |lists| lists.into_iter().collect()),
            new_list: said("new_list", self.new_list, before.new_list, 80)?,
            tags: self
                .tags
                .map_or(before.tags, |tags| tags.into_iter().collect::<Vec<_>>().join(", ")),
            basis: self.basis.map(Basis::from).or(before.basis),
            consent_from: said("consent_from", self.consent_from, before.consent_from, 120)?,
            consent_on: self.consent_on.map_or(before.consent_on, |day| day.to_string()),
            overwrite: self.overwrite.unwrap_or(before.overwrite),
            back: before.back,
            source: before.source,
            kept: before.kept,
            numbers: before.numbers,
        })
    }
}

async fn waiting(app: &Service, me: &Organizer, id: ImportId) -> Result<Import, AppError> {
    let (db, now) = (app.store.read(), app.clock.now());
    let found = add_contacts::waiting(db, me.0.id, id).await?;
    let (import, choices) = found.ok_or(AppError::NotFound)?;
    let reading = add_contacts::reading(app, import.content, choices.clone()).await?;
    let plan = plan::plan(app, db, me.0.id, &reading, &choices, now).await?;
    let (new, changed, same) = plan.counts();
    let missing = choices.problems(&reading.sheet.columns, now.date_naive()).into_iter();
    let columns = reading.sheet.columns.iter().map(|says| (*says).into()).collect();
    Ok(Import {
        id: import.id,
        name: import.name,
        created_at: import.created_at,
        columns,
        kept: choices.kept,
        new,
        changed,
        same,
        repeated: reading.repeated,
        suppressed: plan.suppressed.values().map(Vec::len).sum(),
        known_suppressed: plan.silent().values().sum(),
        unusable: unusable(reading.unusable),
        unclear: unusable(reading.unclear),
        missing: missing.map(|(name, why)| (name.to_owned(), why.to_owned())).collect(),
    })
}

fn unusable(lines: Vec<add_contacts::Unusable>) -> Vec<UnusableLine> {
    let see = |line: add_contacts::Unusable| UnusableLine {
        number: line.number,
        text: shortened(&line.text, 1000),
        why: line.why.to_owned(),
    };
    lines.into_iter().map(see).collect()
}

/// `GET /api/v1/contact-imports`
pub async fn imports(
    app: App,
    me: Organizer,
    Query(paging): Query<Paging>,
) -> Result<Listed<Import>, AppError> {
    let all = contact_imports::all_of(app.store.read(), me.0.id).await?;
    let part = Listed::of(all, |import| import.id.to_string(), &paging)?;
    let mut data = vec![];
    for import in part.data {
        data.push(waiting(&app, &me, import.id).await?);
    }
    Ok(Listed { data, next: part.next })
}

/// How a list is called that came without a file, at the desk as well.
const BROUGHT: &str = "A list from a program";

/// `POST /api/v1/contact-imports`
pub async fn bring(
    app: App,
    me: Organizer,
    Json(brought): Json<BringPeople>,
) -> Result<Created<Import>, AppError> {
    let (name, text, source) = match (brought.text, brought.file) {
        (Some(text), None) => (BROUGHT.to_owned(), text, "pasted"),
        (None, Some(sent)) => {
            let bytes = sent.bytes()?;
            let read = spawn_blocking(move || file::text(&bytes)).await;
            let text = read.map_err(anyhow::Error::from)?;
            (sent.name, text.map_err(|why| AppError::Refused(why.to_string()))?, "file")
        }
        _ => return Err(refusals::one_of("a text or a file")),
    };
    if text.trim().is_empty() {
        return Err(AppError::Refused("The list is empty.".to_owned()));
    }
    let usual =
        Choices { language: "en".to_owned(), source: source.to_owned(), ..Choices::default() };
    let choices = brought.choices.unwrap_or_default().over(usual)?;
    let id = add_contacts::bring(&app, me.0.id, &name, &text, &choices).await?;
    let made = waiting(&app, &me, id).await?;
    Ok(Created { at: format!("/api/v1/contact-imports/{id}"), made })
}

/// `GET /api/v1/contact-imports/{id}`
pub async fn look(app: App, me: Organizer, id: Path<String>) -> Result<Shown<Import>, AppError> {
    Ok(Shown(waiting(&app, &me, id.parse()?).await?))
}

/// `PATCH /api/v1/contact-imports/{id}`
pub async fn choose(
    app: App,
    me: Organizer,
    id: Path<String>,
    Json(wanted): Json<ImportChoices>,
) -> Result<Shown<Import>, AppError> {
    let id = id.parse()?;
    let found = add_contacts::waiting(app.store.read(), me.0.id, id).await?;
    let (import, before) = found.ok_or(AppError::NotFound)?;
    add_contacts::choose(&app, &import, &wanted.over(before)?, None).await?;
    Ok(Shown(waiting(&app, &me, id).await?))
}

/// `POST /api/v1/contact-imports/{id}/import`
pub async fn import(
    app: App,
    me: Organizer,
    id: Path<String>,
) -> Result<Shown<Imported>, AppError> {
    match add_contacts::import(&app, me.0.id, id.parse()?).await {
        Ok(added) => Ok(Shown(Imported {
            new: added.new,
            known: added.known,
            changed: added.changed,
            repeated: added.repeated,
            suppressed: added.suppressed,
            unusable: unusable(added.unusable),
        })),
        Err(Refused::Gone) => Err(AppError::NotFound),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(Refused::Incomplete(problems)) => {
            Err(refusals::all(problems.iter().map(|(name, why)| format!("{name}: {why}"))))
        }
    }
}

/// `DELETE /api/v1/contact-imports/{id}`
pub async fn throw_away(app: App, me: Organizer, id: Path<String>) -> Result<Done, AppError> {
    let id = id.parse()?;
    let found = contact_imports::own(app.store.read(), me.0.id, id).await?;
    found.ok_or(AppError::NotFound)?;
    add_contacts::throw_away(&app, me.0.id, id).await?;
    Ok(Done)
}
