//! What an import would do: who is new, what changes, who is left out and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::choices::Choices;
use super::column::Says;
use super::people::{self, Line, Unusable};
use super::sheet::Sheet;
use crate::domain::{ContactId, OrganizerId};
use crate::service::Service;
use crate::store::contacts::{self, Contact, lists, tags};
use crate::store::suppressions::{self, Reason};

/// A list as it was read: the slow part, which needs no database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The list, with what each column says.
    pub sheet: Sheet,
    /// The people on it, each address once, in the order of their first lines.
    pub people: Vec<Line>,
    /// How many lines named an address that another line had named.
    pub repeated: usize,
    /// The lines that cannot be used, in order.
    pub unusable: Vec<Unusable>,
    /// What was not understood in the lines of people, in order.
    pub unclear: Vec<Unusable>,
}

impl Reading {
    /// Reads a list as the choices say, on `today`.
    pub fn of(text: &str, choices: &Choices, today: NaiveDate) -> Self {
        let mut sheet = Sheet::read(text, &choices.columns, choices.head);
        for row in &mut sheet.rows {
            row.number = choices.number(row.number);
        }
        let found = people::people(&sheet, today);
        let mut places: HashMap<String, usize> = HashMap::new();
        let (unusable, unclear) = (found.unusable, found.unclear);
        let mut reading = Self { sheet, unusable, unclear, ..Self::default() };
        for line in found.lines {
            let folded = line.address.folded();
            if let Some(before) =
                places.get(&folded).and_then(|place| reading.people.get_mut(*place))
            {
                reading.repeated += 1;
                before.merge(line);
            } else {
                places.insert(folded, reading.people.len());
                reading.people.push(line);
            }
        }
        reading
    }

    /// The lines that cannot be used, under the head of the list, to correct and read again; and
    /// the number that each has had.
    pub fn left(&self) -> (String, Vec<usize>) {
        let head = self.sheet.head.as_deref().map(|head| (1, head));
        let rest = self.unusable.iter().map(|line| (line.number, line.text.as_str()));
        let (mut lines, mut numbers) = (vec![], vec![]);
        for (number, text) in head.into_iter().chain(rest) {
            for (line, number) in text.lines().zip(number..) {
                lines.push(line);
                numbers.push(number);
            }
        }
        (lines.join("\n"), numbers)
    }

    fn says(&self, column: Says) -> bool {
        self.sheet.columns.contains(&column)
    }
}

/// What becomes of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// They are new.
    New,
    /// They are known, and this changes: words such as "name", "time zone".
    Changed(Vec<&'static str>),
    /// They are known, and nothing changes.
    Same,
}

/// One person of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The number of their line, from 1.
    pub number: usize,
    /// The contact as it will be kept.
    pub contact: Contact,
    /// Their tags from the list and for all.
    pub tags: Vec<String>,
    /// What becomes of them.
    pub what: What,
    /// Why they are not written to, though they are known.
    pub suppressed: Option<Reason>,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Those who are kept, in the order of the list.
    pub people: Vec<Planned>,
    /// Those who are not kept since they must not be written to: their addresses, by reason.
    pub suppressed: BTreeMap<Reason, Vec<String>>,
}

impl Plan {
    /// How many are new, how many of the known are changed, and how many stay as they are.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |is: fn(&What) -> bool| self.people.iter().filter(|one| is(&one.what)).count();
        (
            count(|what| *what == What::New),
            count(|what| matches!(what, What::Changed(_))),
            count(|what| *what == What::Same),
        )
    }

    /// How many of the known must not be written to, by reason: they stay, and get no mails.
    pub fn silent(&self) -> BTreeMap<Reason, usize> {
        let mut silent = BTreeMap::new();
        for reason in self.people.iter().filter_map(|one| one.suppressed) {
            *silent.entry(reason).or_default() += 1;
        }
        silent
    }

    /// How many of the known change in which way.
    pub fn changes(&self) -> BTreeMap<&'static str, usize> {
        let mut changes = BTreeMap::new();
        for one in &self.people {
            if let What::Changed(what) = &one.what {
                for word in what {
                    *changes.entry(*word).or_default() += 1;
                }
            }
        }
        changes
    }
}

/// Compares a list with what is there at `now`.
pub async fn plan(
    service: &Service,
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    reading: &Reading,
    choices: &Choices,
    now: DateTime<Utc>,
) -> Result<Plan, DbErr> {
    let folded: Vec<String> = reading.people.iter().map(|line| line.address.folded()).collect();
    let hashes: Vec<String> = folded.iter().map(|one| service.secret.address_hash(one)).collect();
    let suppressed = suppressions::among(db, &hashes).await?;
    let known: BTreeMap<String, Contact> = contacts::by_address(db, organizer, &folded)
        .await?
        .into_iter()
        .map(|contact| (contact.address_folded.clone(), contact))
        .collect();
    let ids: Vec<ContactId> = known.values().map(|contact| contact.id).collect();
    let there = There {
        listed: lists::of_contacts(db, &ids).await?,
        tagged: tags::of_contacts(db, &ids).await?,
    };
    let mut plan = Plan::default();
    for ((line, folded), hash) in reading.people.iter().zip(folded).zip(hashes) {
        match (known.get(&folded), suppressed.get(&hash)) {
            (None, Some(reason)) => {
                let address = line.address.to_string();
                plan.suppressed.entry(*reason).or_default().push(address);
            }
            (None, None) => {
                let id = ContactId(service.clock.random_name());
                plan.people.push(new((organizer, id), line, folded, choices, now));
            }
            (Some(contact), reason) => {
                let changed = there.changed(contact, line, reading, choices, now);
                plan.people.push(Planned { suppressed: reason.copied(), ..changed });
            }
        }
    }
    Ok(plan)
}

fn all_tags(line: &Line, choices: &Choices) -> Vec<String> {
    let all: BTreeSet<String> = line.tags.iter().cloned().chain(choices.tags()).collect();
    all.into_iter().collect()
}

/// What the list, or else the choices, say about where an address comes from and since when.
fn consent(line: &Line, choices: &Choices) -> (String, Option<NaiveDate>) {
    let from =
        [&line.consent_from, &choices.consent_from].into_iter().find(|from| !from.is_empty());
    (from.cloned().unwrap_or_default(), line.consent_on.or_else(|| choices.consent_on()))
}

fn new(
    (organizer, id): (OrganizerId, ContactId),
    line: &Line,
    folded: String,
    choices: &Choices,
    now: DateTime<Utc>,
) -> Planned {
    let (consent_from, consent_on) = consent(line, choices);
    let contact = Contact {
        id,
        organizer_id: organizer,
        name: line.name.clone(),
        address: line.address.clone(),
        address_folded: folded,
        language: line.language.unwrap_or(&choices.language).to_owned(),
        source: choices.source.clone(),
        created_at: now,
        zone: line.zone.or_else(|| choices.zone()).map_or("", |zone| zone.name()).to_owned(),
        basis: choices.basis.map_or("", |basis| basis.word()).to_owned(),
        consent_from,
        consent_on,
        updated_at: None,
    };
    let (number, tags) = (line.number, all_tags(line, choices));
    Planned { number, contact, tags, what: What::New, suppressed: None }
}

/// What is there about those who are known.
struct There {
    listed: BTreeMap<ContactId, BTreeSet<crate::domain::ListId>>,
    tagged: BTreeMap<ContactId, BTreeSet<String>>,
}

impl There {
    /// A known contact as it will be. What the list does not say stays; what is there stays too,
    /// unless the organizer wants it replaced.
    fn changed(
        &self,
        before: &Contact,
        line: &Line,
        reading: &Reading,
        choices: &Choices,
        now: DateTime<Utc>,
    ) -> Planned {
        let mut contact = before.clone();
        let mut what = vec![];
        let mut put = |field: &mut String, said: &str, word: &'static str| {
            if !said.is_empty() && (field.is_empty() || choices.overwrite) && field != said {
                said.clone_into(field);
                what.push(word);
            }
        };
        put(&mut contact.name, &line.name, "name");
        // A language is always there: the list's own word is needed to replace it.
        put(&mut contact.language, line.language.unwrap_or_default(), "language");
        let zone = line.zone.or_else(|| choices.zone()).map_or("", |zone| zone.name());
        put(&mut contact.zone, zone, "time zone");
        let (from, on) = consent(line, choices);
        let said = choices.overwrite
            && (reading.says(Says::ConsentFrom) || !choices.consent_from.is_empty());
        if before.basis.is_empty() || said {
            let basis = choices.basis.map_or("", |basis| basis.word());
            let after = (basis.to_owned(), from, on);
            let same = (&after.0, &after.1, after.2)
                == (&before.basis, &before.consent_from, before.consent_on);
            if !same && choices.basis.is_some() {
                (contact.basis, contact.consent_from, contact.consent_on) = after;
                what.push("consent");
            }
        }
        if !what.is_empty() {
            contact.updated_at = Some(now);
        }
        let on = self.listed.get(&before.id);
        let missing = |list| !on.is_some_and(|on| on.contains(list));
        if choices.lists.iter().any(missing) || !choices.new_list.is_empty() {
            what.push("list");
        }
        let tags = all_tags(line, choices);
        let has = self.tagged.get(&before.id);
        if tags.iter().any(|tag| !has.is_some_and(|has| has.contains(tag))) {
            what.push("tags");
        }
        let what = if what.is_empty() { What::Same } else { What::Changed(what) };
        Planned { number: line.number, contact, tags, what, suppressed: None }
    }
}
