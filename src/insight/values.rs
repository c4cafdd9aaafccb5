//! What a closed answer says, as short keys: by these answers are filtered and crossed.

use crate::domain::Answer;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::kind::{Free, OTHER};

/// Everything that an answer says: the keys of the options that were chosen (`other` for
/// something else), the point of a scale or `cannot_say`, `s3.agree` for a vote, the option that
/// was put first, options that got points, the times at which somebody could come. Nothing for
/// words; of a number only [`says`] can tell whether it lies in a range.
pub fn values(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Single(chosen) | Answer::Multiple(chosen) => {
            let other = chosen.other.iter().map(|_| OTHER.to_owned());
            chosen.options.iter().cloned().chain(other).collect()
        }
        Answer::Scale(point) => vec![point.to_string()],
        Answer::CannotSay => vec![CANNOT_SAY.to_owned()],
        Answer::Statements(given) => {
            given.votes.iter().map(|(key, vote)| format!("{key}.{}", vote.key())).collect()
        }
        Answer::Ranking(keys) => keys.first().cloned().into_iter().collect(),
        Answer::Availability(free) => {
            let can = free.iter().filter(|(_, free)| **free != Free::No);
            can.map(|(key, _)| key.clone()).collect()
        }
        Answer::Allocation(shares) => {
            let given = shares.points.iter().filter(|(_, points)| **points > 0);
            given.map(|(key, _)| key.clone()).collect()
        }
        Answer::Open(_) | Answer::Number(_) | Answer::Contact(_) => vec![],
    }
}

/// Whether an answer says this: one of its [`values`], found without making them all; of a number
/// whether it lies in a range such as `0..10`, whose end is outside.
pub fn says(answer: &Answer, value: &str) -> bool {
    match answer {
        Answer::Single(chosen) | Answer::Multiple(chosen) => {
            chosen.options.iter().any(|key| key == value)
                || (value == OTHER && chosen.other.is_some())
        }
        Answer::Scale(point) => value.parse() == Ok(*point),
        Answer::Statements(given) => value.rsplit_once('.').is_some_and(|(key, vote)| {
            given.votes.get(key).is_some_and(|given| given.key() == vote)
        }),
        Answer::Ranking(keys) => keys.first().is_some_and(|key| key == value),
        Answer::Availability(free) => free.get(value).is_some_and(|free| *free != Free::No),
        Answer::CannotSay => value == CANNOT_SAY,
        Answer::Allocation(shares) => shares.points.get(value).is_some_and(|points| *points > 0),
        Answer::Number(number) => value.split_once("..").is_some_and(|(from, to)| {
            let (from, to) = (from.parse::<f64>(), to.parse::<f64>());
            from.is_ok_and(|from| number.value() >= from) && to.is_ok_and(|to| number.value() < to)
        }),
        Answer::Open(_) | Answer::Contact(_) => false,
    }
}
