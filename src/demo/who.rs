//! Who they are, when they could come and when they wrote.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, NaiveTime, TimeDelta, Timelike as _, Utc, Weekday};

use super::Traits;
use super::chance::Chance;
use super::script::Script;
use super::words::Decks;
use crate::domain::consent::Consent;
use crate::domain::kind::{Availability, Contact, ContactAnswer, Free};

/// How far somebody lets the organizer reach them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// They want to join the discussion.
    Joins,
    /// They leave an address and do not join.
    Address,
    /// They stay unknown.
    Nothing,
}

/// Name, address and consents, as far as they are asked for.
pub(super) fn contact(
    script: &Script,
    decks: &mut Decks,
    chance: &mut Chance,
    traits: Traits,
    kind: &Contact,
) -> Option<ContactAnswer> {
    let (likely, nameless): (&[(Consent, usize)], usize) = match traits.reach {
        Reach::Joins => (
            &[
                (Consent::Join, 100),
                (Consent::Contact, 85),
                (Consent::Quote, 70),
                (Consent::QuoteNamed, 30),
                (Consent::Group, 80),
            ],
            8,
        ),
        Reach::Address => (&[(Consent::Contact, 75), (Consent::Quote, 40)], 50),
        Reach::Nothing => (&[(Consent::Quote, 30)], 100),
    };
    let mut consents = BTreeSet::new();
    for (consent, percent) in likely {
        if chance.percent(*percent) && kind.consents.contains(consent) {
            consents.insert(*consent);
        }
    }
    let mut answer = ContactAnswer { consents, ..ContactAnswer::default() };
    if traits.reach != Reach::Nothing {
        let language = traits.language;
        let names = script.names.of(language);
        let ((name, local), round) = decks.deal(&format!("names/{language}"), names)?;
        let number = if round > 1 { round.to_string() } else { String::new() };
        let host = if chance.percent(70) { "example.org" } else { "example.net" };
        answer.address = format!("{local}{number}@{host}");
        if !chance.percent(nameless) {
            answer.name.clone_from(name);
        }
    }
    (answer != ContactAnswer::default()).then_some(answer)
}

/// When they could come: each has hours that suit, and answers every line.
pub(super) fn free(
    chance: &mut Chance,
    traits: Traits,
    kind: &Availability,
    must: bool,
) -> Option<BTreeMap<String, Free>> {
    let asked = if traits.reach == Reach::Joins { 97 } else { 15 };
    if !chance.percent(asked) && !must {
        return None;
    }
    let zone = kind.zone.parse::<chrono_tz::Tz>().unwrap_or(chrono_tz::UTC);
    let habit = chance.below(4);
    let mut free = BTreeMap::new();
    for slot in &kind.slots {
        let start = slot.start.with_timezone(&zone);
        let weekend = matches!(start.weekday(), Weekday::Sat | Weekday::Sun);
        let suits = match habit {
            0 => start.hour() >= 17,
            1 => start.hour() < 17 && !weekend,
            2 => weekend,
            _ => true,
        };
        let answer = match (suits, chance.below(100)) {
            (true, 0..72) | (false, 0..15) => Free::Yes,
            (true, 72..88) | (false, 15..45) => Free::IfNeedBe,
            _ => Free::No,
        };
        free.insert(slot.key.clone(), answer);
    }
    let never = free.values().all(|answer| *answer == Free::No);
    if traits.reach == Reach::Joins && never {
        let slot = kind.slots.get(chance.below(kind.slots.len()))?;
        free.insert(slot.key.clone(), Free::Yes);
    }
    (!free.is_empty()).then_some(free)
}

/// When they wrote: within the nine days before `now`, more in the first days than in the last,
/// two of three in their evening (that of Berlin for English, of Shanghai for Chinese).
pub(super) fn time(chance: &mut Chance, language: &str, now: DateTime<Utc>) -> DateTime<Utc> {
    let day = chance.below(9).max(chance.below(9));
    let evening = if language == "zh" { 11 } else { 17 };
    let hours = if chance.percent(67) { chance.below(5) } else { 12 + chance.below(12) };
    let hour = u32::try_from((evening + hours) % 24).unwrap_or(0);
    let second = u32::try_from(chance.below(3600)).unwrap_or(0);
    let clock = NaiveTime::from_hms_opt(hour, second / 60, second % 60).unwrap_or_default();
    let back = TimeDelta::days(i64::try_from(day).unwrap_or(0));
    let at = (now.date_naive().and_time(clock).and_utc()) - back;
    if at < now { at } else { at - TimeDelta::days(1) }
}
