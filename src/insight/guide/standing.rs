//! Whether what a guide quotes may still stand in it: looked up each time it is shown, and taken
//! out for good when somebody erases their answers.

use std::collections::{BTreeMap, BTreeSet};

use super::{Guide, Quote};
use crate::domain::consent::Consent;
use crate::domain::{Answer, ResponseId};
use crate::store::responses::Given;

/// Everybody who is quoted in a guide.
pub fn quoted(guide: &Guide) -> BTreeSet<ResponseId> {
    let quotes = guide.topics.iter().flat_map(|topic| &topic.quotes).chain(&guide.facts);
    quotes.map(|quote| quote.response).collect()
}

/// Takes out what may not stand there: quotes that are no slice of an answer that counts, members'
/// whose authors do not let their group see them (or are no members any more), others' whose
/// authors do not allow to be quoted; and names that are not allowed. `standing`: the responses
/// that are there; `asks`: whether the form asks who may be quoted; `members`: who sits in the group
/// now. How many quotes are gone.
pub fn check(
    guide: &mut Guide,
    standing: &BTreeMap<ResponseId, Given>,
    asks: bool,
    members: &BTreeSet<ResponseId>,
) -> usize {
    let mut gone = 0;
    let mut keep = |quotes: &mut Vec<Quote>| {
        let before = quotes.len();
        quotes.retain_mut(|quote| stands(quote, standing, asks, members));
        gone += before - quotes.len();
    };
    guide.topics.iter_mut().for_each(|topic| keep(&mut topic.quotes));
    keep(&mut guide.facts);
    gone
}

fn stands(
    quote: &mut Quote,
    standing: &BTreeMap<ResponseId, Given>,
    asks: bool,
    members: &BTreeSet<ResponseId>,
) -> bool {
    let Some(given) = standing.get(&quote.response) else { return false };
    let written = match given.answer(quote.question) {
        Some(Answer::Open(text)) => text.as_str(),
        _ => return false,
    };
    let named = given.allows(Consent::QuoteNamed);
    let outside = !asks || named || given.allows(Consent::Quote);
    let inside = members.contains(&quote.response) && given.allows(Consent::Group);
    if quote.inside && !inside {
        // Somebody who has left the group may still be quoted as somebody from outside.
        quote.inside = false;
    }
    if !quote.inside && !named {
        quote.name = None;
    }
    // An answer that was changed since may have the same words in another place.
    let is_there = written.get(quote.start..quote.end) == Some(quote.text.as_str())
        || written.contains(quote.text.as_str());
    !quote.text.is_empty() && is_there && (quote.inside || outside)
}

/// Takes a respondent's words out of a guide; whether there were any.
pub fn unquote(guide: &mut Guide, id: ResponseId) -> bool {
    let before = quoted(guide).len();
    for topic in &mut guide.topics {
        topic.quotes.retain(|quote| quote.response != id);
    }
    guide.facts.retain(|quote| quote.response != id);
    quoted(guide).len() < before
}
