//! Options and points: each camp has its favourites, each person their own mind.

use super::chance::Chance;
use super::script::Script;
use super::{Camp, Traits};
use crate::domain::kind::{Allocation, Chosen, Multiple, OTHER, Shares, Single};
use crate::domain::question::{Line, text_of};

/// How much a camp likes an option, 0 to 10. Where nobody wrote it down it depends on the text.
fn liking(script: &Script, option: &str, camp: Camp) -> usize {
    let hashed = || 1 + Chance::named(0, &format!("bet/{camp:?}/{option}")).below(5);
    script.bet(option, camp).unwrap_or_else(hashed)
}

/// "Something else", in their words.
fn other(script: &Script, chance: &mut Chance, traits: Traits) -> Option<String> {
    let texts = script.other.of(traits.camp).of(traits.language);
    texts.get(chance.below(texts.len())).cloned()
}

/// One option, by how much it is liked.
fn favourite(script: &Script, chance: &mut Chance, camp: Camp, options: &[Line]) -> Option<String> {
    let liked: Vec<&Line> = options
        .iter()
        .flat_map(|line| std::iter::repeat_n(line, 1 + liking(script, &line.text, camp)))
        .collect();
    chance.pick(&liked).map(|line| line.key.clone())
}

pub(super) fn single(
    script: &Script,
    chance: &mut Chance,
    traits: Traits,
    kind: &Single,
) -> Option<Chosen> {
    if kind.other && (chance.percent(8) || kind.options.is_empty()) {
        return other(script, chance, traits)
            .map(|text| Chosen { options: vec![], other: Some(text) });
    }
    favourite(script, chance, traits.camp, &kind.options)
        .map(|key| Chosen { options: vec![key], other: None })
}

pub(super) fn multiple(
    script: &Script,
    chance: &mut Chance,
    traits: Traits,
    kind: &Multiple,
) -> Option<Chosen> {
    let first = favourite(script, chance, traits.camp, &kind.options);
    let mut options = vec![];
    for line in &kind.options {
        let likely = 5 * liking(script, &line.text, traits.camp);
        if chance.percent(likely) || first.as_ref() == Some(&line.key) {
            options.push(line.key.clone());
        }
    }
    let other = if kind.other && chance.percent(8) { other(script, chance, traits) } else { None };
    let chosen = Chosen { options, other };
    (chosen != Chosen::default()).then_some(chosen)
}

/// All points, in steps that people use; one in twelve puts everything on one option.
pub(super) fn allocation(
    script: &Script,
    chance: &mut Chance,
    traits: Traits,
    kind: &Allocation,
) -> Option<Shares> {
    let all_in = chance.percent(8);
    let own = if traits.camp == Camp::Society { 65 } else { 30 };
    let own = kind.other && chance.percent(own);
    let mut weighed: Vec<(usize, &str)> = vec![];
    for key in kind.keys().filter(|key| own || *key != OTHER) {
        let text = text_of(&kind.options, key).unwrap_or(key);
        let liked = 10 * liking(script, text, traits.camp);
        weighed.push((liked + chance.below(18), key));
    }
    weighed.sort_by(|one, two| two.cmp(one));
    if all_in {
        weighed.truncate(1);
    }
    let sum: usize = weighed.iter().map(|(weight, _)| weight).sum::<usize>().max(1);
    let step = if kind.total >= 50 { 5 } else { 1 };
    let mut shares = Shares::default();
    let mut left = kind.total;
    for (weight, key) in weighed.iter().skip(1) {
        let weight = u64::try_from(*weight).ok()?;
        let points = u64::from(kind.total) * weight / u64::try_from(sum).ok()?;
        let points = u32::try_from(points).ok()? / step * step;
        if points > 0 {
            shares.points.insert((*key).to_owned(), points);
            left = left.saturating_sub(points);
        }
    }
    let (_, best) = weighed.first()?;
    if left > 0 {
        shares.points.insert((*best).to_owned(), left);
    }
    if shares.points.contains_key(OTHER) {
        shares.other = other(script, chance, traits);
    }
    (shares != Shares::default()).then_some(shares)
}
