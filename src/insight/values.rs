//! What a closed answer says, as short keys: by these answers are filtered and crossed.

use crate::domain::Answer;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::kind::{Free, OTHER};

/// Whether an answer says this: the key of an option that was chosen (`other` for something else),
/// the point of a scale or `cannot_say`, `s3.agree` for a vote, the option that was put first, one
/// that got points, a time at which somebody could come; of a number whether it lies in a range
/// such as `0..10`, whose end is outside. Words say nothing.
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
