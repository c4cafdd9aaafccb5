//! Responses over time.

use chrono::{Days, NaiveDate};

use super::Material;

/// One day on the questionnaire's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Responses that arrived on it.
    pub count: usize,
}

/// Longest span that is shown day by day; the earlier days of a longer one are left out.
const SHOWN: usize = 120;

/// Responses a day, from the first to the last with none left out.
pub fn days(material: &Material) -> Vec<Day> {
    let zone = material.day_zone();
    let dates: Vec<NaiveDate> = material
        .voices
        .iter()
        .map(|voice| voice.response.created_at.with_timezone(&zone).date_naive())
        .collect();
    let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else {
        return vec![];
    };
    let mut days = vec![];
    let mut date = *last;
    while date >= *first && days.len() < SHOWN {
        days.push(Day { date, count: dates.iter().filter(|d| **d == date).count() });
        let Some(before) = date.checked_sub_days(Days::new(1)) else { break };
        date = before;
    }
    days.reverse();
    days
}
