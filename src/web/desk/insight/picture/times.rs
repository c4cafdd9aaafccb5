//! Times at which people could come, as days and times of the day.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::{Base, Picture, Shape};
use crate::insight::Material;
use crate::insight::tally::SlotCount;
use crate::store::questionnaires::Asked;
use crate::web::desk::insight::table::{Cell, Part, Table};
use crate::web::ui::chart::bars::Bar;
use crate::web::ui::chart::heat::{self, Heat};
use crate::words::Words;

/// Who could come when, on the clock of the questionnaire.
pub(super) fn slots(
    material: &Material,
    asked: &Asked,
    base: &Base,
    slots: &[SlotCount],
) -> Picture {
    let zone = material.zone();
    let words = Words::of("en");
    let mut table =
        Table::new(&["Begins", "Minutes", "Yes", "If need be", "No", "No answer to it"]);
    for slot in slots {
        let said = slot.yes + slot.if_need_be + slot.no;
        let minutes = usize::try_from(slot.minutes).unwrap_or(0);
        let none = base.answered.saturating_sub(said);
        let counts = [minutes, slot.yes, slot.if_need_be, slot.no, none].map(Cell::Count);
        let begins = Cell::Words(words.date_time(slot.start, zone));
        table.rows.push(std::iter::once(begins).chain(counts).collect());
    }
    let mut picture = base.picture(asked, table);
    let best = best(slots);
    let Some(first) = slots.first().filter(|_| base.answered > 0) else { return picture };
    if let Some(best) = slots.iter().find(|slot| Some(rank(slot)) == best) {
        picture.reading.push(format!(
            "Most can come on {}: {} yes, {} more if need be.",
            words.day_time(best.start, zone),
            best.yes,
            best.if_need_be
        ));
    }
    picture.reading.push(format!(
        "Yes + if need be, of {} who answered; the darker, the more. Times are those of {}.",
        base.answered,
        Words::of("en").zone(first.start, zone)
    ));
    picture.shape = Some(match grid(zone, base.answered, slots) {
        Some(heat) => Shape::Heat(heat),
        None => Shape::Bars(list(zone, base.answered, slots)),
    });
    picture
}

/// By yes, then by if need be.
fn rank(slot: &SlotCount) -> (usize, usize) {
    (slot.yes, slot.if_need_be)
}

fn best(slots: &[SlotCount]) -> Option<(usize, usize)> {
    slots.iter().map(rank).max().filter(|(yes, perhaps)| yes + perhaps > 0)
}

fn said(slot: &SlotCount) -> String {
    match slot.if_need_be {
        0 => slot.yes.to_string(),
        perhaps => format!("{} + {perhaps}", slot.yes),
    }
}

/// Days down and times across, or the other way round if only that has room; nothing if neither.
fn grid(zone: Tz, answered: usize, slots: &[SlotCount]) -> Option<Heat> {
    let local = |slot: &SlotCount| slot.start.with_timezone(&zone).naive_local();
    let days: BTreeSet<NaiveDate> = slots.iter().map(|slot| local(slot).date()).collect();
    let times: BTreeSet<NaiveTime> = slots.iter().map(|slot| local(slot).time()).collect();
    let best = best(slots);
    let cell = |day: NaiveDate, time: NaiveTime| {
        let slot = slots.iter().find(|slot| local(slot) == day.and_time(time))?;
        let able =
            Part::new(slot.yes, answered).share + Part::new(slot.if_need_be, answered).share / 2.0;
        Some(heat::Cell { part: able, said: said(slot), best: Some(rank(slot)) == best })
    };
    let day = |day: &NaiveDate| [day.format("%a").to_string(), day.format("%-d %b").to_string()];
    let time = |time: &NaiveTime| [time.format("%H:%M").to_string(), String::new()];
    if times.len() <= heat::COLUMNS {
        let row = |day: &NaiveDate| times.iter().map(|time| cell(*day, *time)).collect();
        return Some(Heat {
            columns: times.iter().map(time).collect(),
            rows: days.iter().map(day).collect(),
            cells: days.iter().map(row).collect(),
        });
    }
    let row = |time: &NaiveTime| days.iter().map(|day| cell(*day, *time)).collect();
    (days.len() <= heat::COLUMNS).then(|| Heat {
        columns: days.iter().map(day).collect(),
        rows: times.iter().map(time).collect(),
        cells: times.iter().map(row).collect(),
    })
}

fn list(zone: Tz, answered: usize, slots: &[SlotCount]) -> Vec<Bar> {
    let bar = |slot: &SlotCount| Bar {
        label: slot.start.with_timezone(&zone).format("%a %-d %b, %H:%M").to_string(),
        part: Part::new(slot.yes + slot.if_need_be, answered).share,
        interval: None,
        said: said(slot),
    };
    slots.iter().map(bar).collect()
}
