//! Times on the organizer's clock; the script adds the reader's own beside them.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::domain::kind::Availability;
use crate::words::{Value, Words};

/// The zone and the length, named once for all slots.
pub(super) fn hint(words: Words, kind: &Availability) -> String {
    let zone = zone(&kind.zone);
    let zones: BTreeSet<String> =
        kind.slots.iter().map(|slot| words.zone(slot.start, zone)).collect();
    let zones = match zones.len() {
        1 => zones.into_iter().collect(),
        // Summer time ends among the slots: each has its own distance from UTC.
        _ => zone.name().replace('_', " "),
    };
    let lengths: BTreeSet<u32> = kind.slots.iter().map(|slot| slot.minutes).collect();
    let zone = ("zone", Value::from(zones));
    match (lengths.len(), lengths.first()) {
        (1, Some(minutes)) => {
            words.with("form-slots-zone", &[zone, ("minutes", i64::from(*minutes).into())])
        }
        _ => words.with("form-slots-zone-mixed", &[zone]),
    }
}

/// A moment on the clock of `zone`, in the form that machines read too.
pub(super) fn time(words: Words, moment: DateTime<Utc>, zone_name: &str) -> Markup {
    let zone = zone(zone_name);
    let machine = moment.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false);
    html! { time datetime=(machine) { (words.day_time(moment, zone)) } }
}

fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}
