//! Responses over time.

use std::collections::BTreeMap;

use chrono::{
    DateTime, Datelike as _, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike as _, Utc,
};
use chrono_tz::Tz;

use super::Material;
use crate::domain::status::Mode;

/// One day on the questionnaire's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Responses that arrived on it.
    pub count: usize,
}

/// Responses a day, from the first to the last with none left out.
pub fn days(material: &Material) -> Vec<Day> {
    let zone = material.day_zone();
    let mut counts: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for at in arrivals(material) {
        *counts.entry(at.with_timezone(&zone).date_naive()).or_default() += 1;
    }
    let (Some(first), Some(last)) = (counts.keys().next(), counts.keys().next_back()) else {
        return vec![];
    };
    let every = first.iter_days().take_while(|date| date <= last);
    every.map(|date| Day { date, count: counts.get(&date).copied().unwrap_or(0) }).collect()
}

/// The days of the first and the last response.
pub fn span(material: &Material) -> Option<(NaiveDate, NaiveDate)> {
    let zone = material.day_zone();
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    arrivals(material).min().map(day).zip(arrivals(material).max().map(day))
}

fn arrivals(material: &Material) -> impl Iterator<Item = DateTime<Utc>> {
    material.voices.iter().map(|voice| voice.response.created_at)
}

/// How long each step of a timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An hour: only where the organizer may know when each answer came.
    Hour,
    /// A day.
    Day,
    /// A week, from its Monday.
    Week,
    /// A month, from its first day.
    Month,
}

/// Responses over their whole span, with none left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// How long each step is.
    pub step: Step,
    /// The beginning of each step on the clock of [`Material::day_zone`], and how many arrived.
    pub steps: Vec<(NaiveDateTime, usize)>,
}

/// Spans of more days than this are told by week, of more weeks than this by month.
const DAYS: i64 = 62;
const WEEKS: i64 = 104;

impl Step {
    fn of(mode: Mode, first: NaiveDateTime, last: NaiveDateTime) -> Self {
        let days = (last.date() - first.date()).num_days();
        match days {
            _ if mode == Mode::Identified && last - first <= TimeDelta::days(2) => Self::Hour,
            ..DAYS => Self::Day,
            _ if days < WEEKS * 7 => Self::Week,
            _ => Self::Month,
        }
    }

    /// The beginning of the step in which something lies.
    fn begin(self, at: NaiveDateTime) -> NaiveDateTime {
        let (day, midnight) = (at.date(), chrono::NaiveTime::MIN);
        let back = |days: u32| day.checked_sub_days(Days::new(days.into())).unwrap_or(day);
        match self {
            Self::Hour => day.and_hms_opt(at.hour(), 0, 0).unwrap_or(at),
            Self::Day => day.and_time(midnight),
            Self::Week => back(day.weekday().num_days_from_monday()).and_time(midnight),
            Self::Month => back(day.day0()).and_time(midnight),
        }
    }

    fn after(self, at: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Hour => at.checked_add_signed(TimeDelta::hours(1)),
            Self::Day => at.checked_add_days(Days::new(1)),
            Self::Week => at.checked_add_days(Days::new(7)),
            Self::Month => at.checked_add_months(Months::new(1)),
        }
    }
}

impl Timeline {
    /// The responses by hour, day, week or month, as fits their span.
    pub fn of(material: &Material) -> Self {
        let zone: Tz = material.day_zone();
        let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
        let (first, last) = (arrivals(material).min(), arrivals(material).max());
        let Some((first, last)) = first.map(local).zip(last.map(local)) else {
            return Self { step: Step::Day, steps: vec![] };
        };
        let step = Step::of(material.mode, first, last);
        let mut counts: BTreeMap<NaiveDateTime, usize> = BTreeMap::new();
        for at in arrivals(material) {
            *counts.entry(step.begin(local(at))).or_default() += 1;
        }
        let mut at = step.begin(first);
        while at <= last {
            counts.entry(at).or_default();
            let Some(next) = step.after(at) else { break };
            at = next;
        }
        Self { step, steps: counts.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_step_fits_its_span_and_what_may_be_known() {
        let first = at("2026-11-02T09:30:00");
        for (mode, last, step) in [
            (Mode::Identified, "2026-11-04T09:30:00", Step::Hour),
            (Mode::Confidential, "2026-11-02T10:00:00", Step::Day),
            (Mode::Anonymous, "2026-11-02T10:00:00", Step::Day),
            (Mode::Identified, "2026-11-05T00:00:00", Step::Day),
            (Mode::Identified, "2027-01-02T00:00:00", Step::Day),
            (Mode::Identified, "2027-01-03T00:00:00", Step::Week),
            (Mode::Identified, "2029-11-03T00:00:00", Step::Month),
        ] {
            assert_eq!(Step::of(mode, first, at(last)), step, "{last}");
        }
    }

    #[test]
    fn steps_begin_where_calendars_say() {
        let of = at("2026-11-26T13:45:10");
        for (step, begin, next) in [
            (Step::Hour, "2026-11-26T13:00:00", "2026-11-26T14:00:00"),
            (Step::Day, "2026-11-26T00:00:00", "2026-11-27T00:00:00"),
            (Step::Week, "2026-11-23T00:00:00", "2026-11-30T00:00:00"),
            (Step::Month, "2026-11-01T00:00:00", "2026-12-01T00:00:00"),
        ] {
            assert_eq!(step.begin(of), at(begin));
            assert_eq!(step.after(at(begin)), Some(at(next)));
        }
    }
}
