//! How the time of a group is divided: whole minutes that add up to its length.

/// What a part of the meeting is, as far as its time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Read aloud and said at the beginning.
    Welcome,
    /// Everybody speaks once, at some length.
    Opening,
    /// Talked about.
    Topic,
    /// A pause in long meetings.
    Break,
    /// Everybody says one sentence.
    Closing,
    /// Notes are read out and agreed on.
    Notes,
    /// Needs no time of its own.
    None,
}

/// A meeting this long has a break.
pub(super) const LONG: u32 = 110;

/// The minutes of each part, in the order of the parts; their sum is `minutes` wherever one of
/// them can take time at all. `people`: how many sit there.
pub(super) fn minutes(minutes: u32, people: usize, parts: &[Kind]) -> Vec<u32> {
    let people = u32::try_from(people).unwrap_or(u32::MAX).max(1);
    let wanted = |kind: Kind| match kind {
        Kind::Welcome => (minutes / 15).clamp(2, 6),
        // A minute of silence, then two minutes each.
        Kind::Opening => people.saturating_mul(2).saturating_add(1).min(minutes / 4).max(2),
        Kind::Break => {
            if minutes >= LONG {
                10
            } else {
                0
            }
        }
        Kind::Closing => people.saturating_add(2).min(minutes / 6).max(2),
        Kind::Notes => {
            if minutes >= 45 {
                3
            } else {
                1
            }
        }
        Kind::Topic | Kind::None => 0,
    };
    let mut plan: Vec<u32> = parts.iter().map(|kind| wanted(*kind)).collect();
    let fixed: u32 = plan.iter().sum();
    let topics: Vec<usize> = places(parts, Kind::Topic);
    if fixed < minutes && !topics.is_empty() {
        let rest = minutes - fixed;
        let count = u32::try_from(topics.len()).unwrap_or(u32::MAX);
        // Nobody keeps time by the single minute: each gets a multiple of five, and what is left
        // over goes to the first, which everybody shares.
        let each = rest / count;
        let each = if each > 10 { each - each % 5 } else { each };
        for place in &topics {
            if let Some(minutes) = plan.get_mut(*place) {
                *minutes = each;
            }
        }
        let over = rest - each * count;
        if let Some(first) = topics.first().and_then(|first| plan.get_mut(*first)) {
            *first += over;
        }
        return plan;
    }
    // Nothing to talk about, or hardly any time: the difference is the opening's, or whoever's.
    let order = [Kind::Opening, Kind::Closing, Kind::Welcome, Kind::Notes, Kind::Break];
    let mut over = i64::from(minutes) - i64::from(fixed);
    for place in order.into_iter().flat_map(|kind| places(parts, kind)) {
        if let Some(part) = plan.get_mut(place) {
            let changed = (i64::from(*part) + over).max(0);
            over -= changed - i64::from(*part);
            *part = u32::try_from(changed).unwrap_or(u32::MAX);
        }
    }
    plan
}

/// How many minutes each speaks in the opening: two, or less where there are many.
pub(super) fn each(minutes: u32, people: usize) -> u32 {
    let people = u32::try_from(people).unwrap_or(u32::MAX).max(1);
    let opening = people.saturating_mul(2).saturating_add(1).min(minutes / 4).max(2);
    ((opening - 1) / people).clamp(1, 2)
}

fn places(parts: &[Kind], wanted: Kind) -> Vec<usize> {
    parts.iter().enumerate().filter(|(_, kind)| **kind == wanted).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const USUAL: [Kind; 8] = [
        Kind::Welcome,
        Kind::Opening,
        Kind::None,
        Kind::Topic,
        Kind::Topic,
        Kind::Topic,
        Kind::Closing,
        Kind::Notes,
    ];

    #[test]
    fn an_hour_for_five_leaves_most_of_it_for_the_topics() {
        assert_eq!(minutes(60, 5, &USUAL), [4, 11, 0, 15, 10, 10, 7, 3]);
        assert_eq!(minutes(90, 5, &USUAL), [6, 11, 0, 23, 20, 20, 7, 3]);
        // A quarter of the time at the most goes into the opening, also of a large group.
        assert_eq!(minutes(60, 14, &USUAL)[1], 15);
        let mut long = USUAL.to_vec();
        long.insert(5, Kind::Break);
        assert_eq!(minutes(120, 6, &long)[5], 10);
    }

    proptest! {
        #[test]
        fn the_minutes_add_up(length in 10_u32..300, people in 0_usize..40, topics in 0_usize..6) {
            let mut parts = vec![Kind::Welcome, Kind::Opening];
            parts.extend(vec![Kind::Topic; topics]);
            parts.extend([Kind::Break, Kind::Closing, Kind::Notes]);
            let plan = minutes(length, people, &parts);
            prop_assert_eq!(plan.iter().sum::<u32>(), length);
            for (minutes, kind) in plan.iter().zip(&parts) {
                let pause = *kind == Kind::Break && length < LONG;
                prop_assert!(*minutes > 0 || pause || length < 20, "{:?} {:?}", kind, plan);
            }
        }
    }
}
