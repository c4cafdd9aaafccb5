//! Moments as organizers type them: on the clock of a time zone.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

/// What was typed, with or without a `T`; nothing where it cannot be read, or the clock jumps over
/// it.
pub(super) fn read(typed: &str, zone: &str) -> Option<DateTime<Utc>> {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let local = NaiveDateTime::parse_from_str(&typed.trim().replace('T', " "), "%Y-%m-%d %H:%M");
    // Of a time that comes twice, the earlier is meant.
    let moment = local.ok()?.and_local_timezone(zone).earliest()?;
    Some(moment.with_timezone(&Utc))
}

/// A moment as a field for local times has it; empty without one.
pub(super) fn local(moment: Option<DateTime<Utc>>, zone: &str) -> String {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    moment.map(|m| m.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}
