//! Counts of closed answers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

mod base;
mod number;
mod ranking;
mod votes;

pub use base::base;
pub use number::{Bin, bins_of};
pub use ranking::Ranked;
pub use votes::{VoteCount, votes};

use super::Material;
use crate::analysis::stats::{mean, quantile};
use crate::domain::kind::{Amount, Free, Kind, OTHER, Scale};
use crate::domain::{Answer, QuestionId, ResponseId};
use crate::store::questionnaires::Asked;

/// The counts of one closed question.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Which question.
    pub question: QuestionId,
    /// How many people answered it.
    pub answered: usize,
    /// How many were asked it, as far as that is known; see [`base()`].
    pub asked: Option<usize>,
    /// The counts.
    pub counts: Counts,
}

impl Tally {
    /// Of how many people the shares of its lines are: of a scale's points, those who placed
    /// themselves (who can't say is counted beside them, as a share of all who answered); of
    /// everything else all who answered.
    pub fn of(&self) -> usize {
        match &self.counts {
            Counts::Scale { points, .. } => points.iter().sum(),
            _ => self.answered,
        }
    }
}

/// What is counted, by kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Counts {
    /// People by option; with several options a person counts for each.
    Options {
        /// The options, then "something else" where it was offered.
        rows: Vec<Row>,
        /// What was written beside "something else".
        others: Vec<(ResponseId, String)>,
    },
    /// People by point of a scale.
    Scale {
        /// How many chose point 1, 2, …
        points: Vec<usize>,
        /// The label of point 1.
        low: String,
        /// The label of the last point.
        high: String,
        /// The point in the middle when answers are sorted (between two: their mean).
        median: Option<f64>,
        /// How many chose "can't say", where it was offered.
        cannot_say: Option<usize>,
    },
    /// Orders of options, those with most points first.
    Ranking(Vec<Ranked>),
    /// Numbers.
    Numbers {
        /// In equal steps.
        bins: Vec<Bin>,
        /// The smallest.
        least: Option<Amount>,
        /// The largest.
        most: Option<Amount>,
        /// The one in the middle when they are sorted.
        median: Option<f64>,
        /// What stands behind them; may be empty.
        unit: String,
    },
    /// Points shared out.
    Shares {
        /// The options, then "something else".
        rows: Vec<Share>,
        /// What was written beside "something else".
        others: Vec<(ResponseId, String)>,
        /// How many points there were to share.
        total: u32,
    },
    /// Who could come when.
    Slots(Vec<SlotCount>),
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its key; `other` for something else.
    pub key: String,
    /// Its words; none: "something else".
    pub label: Option<String>,
    /// How many chose it.
    pub count: usize,
}

/// One option of an allocation.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Its words; none: "something else".
    pub label: Option<String>,
    /// Mean points, of all who answered.
    pub mean: f64,
    /// How many gave it at least one point.
    pub given: usize,
    /// Least, lower quartile, median, upper quartile and most points of all who answered; those
    /// who gave it nothing gave 0. Nothing where nobody answered.
    pub spread: Option<[f64; 5]>,
}

/// One time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotCount {
    /// Its key.
    pub key: String,
    /// When.
    pub start: DateTime<Utc>,
    /// For how many minutes.
    pub minutes: u32,
    /// How many could come.
    pub yes: usize,
    /// How many could come if need be.
    pub if_need_be: usize,
    /// How many said no.
    pub no: usize,
}

/// The counts of every closed question but statements (see `opinion`).
pub fn tallies(material: &Material) -> Vec<Tally> {
    let base = base(material);
    let counted = material.questions.iter().filter_map(|asked| {
        let counts = match &asked.wording.kind {
            Kind::Single(kind) => options(material, asked, kind.other),
            Kind::Multiple(kind) => options(material, asked, kind.other),
            Kind::Scale(kind) => scale(material, asked.id, kind),
            Kind::Allocation(kind) => shares(material, asked, kind.other, kind.total),
            Kind::Availability(kind) => Counts::Slots(
                kind.slots
                    .iter()
                    .map(|slot| slot_count(material, asked.id, &slot.key, slot.start, slot.minutes))
                    .collect(),
            ),
            Kind::Ranking(_) => ranking::ranking(material, asked),
            Kind::Number(kind) => number::number(material, asked.id, &kind.unit),
            Kind::Open(_) | Kind::Statements(_) | Kind::Contact(_) => return None,
        };
        let answered = material.answers(asked.id).count();
        let of = base.get(&asked.id).copied();
        Some(Tally { question: asked.id, answered, asked: of, counts })
    });
    counted.collect()
}

fn options(material: &Material, asked: &Asked, other: bool) -> Counts {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut others = vec![];
    for (response, answer) in material.answers(asked.id) {
        let (Answer::Single(chosen) | Answer::Multiple(chosen)) = answer else { continue };
        for key in &chosen.options {
            *counts.entry(key.as_str()).or_default() += 1;
        }
        if let Some(text) = &chosen.other {
            others.push((response, text.clone()));
        }
    }
    let mut rows: Vec<Row> = material
        .lines(asked)
        .into_iter()
        .map(|line| Row {
            count: counts.get(line.key.as_str()).copied().unwrap_or(0),
            label: Some(line.text),
            key: line.key,
        })
        .collect();
    if other {
        rows.push(Row { key: OTHER.to_owned(), label: None, count: others.len() });
    }
    others.retain(|(_, text)| !text.is_empty());
    Counts::Options { rows, others }
}

fn scale(material: &Material, id: QuestionId, kind: &Scale) -> Counts {
    let mut chosen: Vec<u8> = material
        .answers(id)
        .filter_map(|(_, answer)| match answer {
            Answer::Scale(point) => Some(*point),
            _ => None,
        })
        .collect();
    chosen.sort_unstable();
    let sorted: Vec<f64> = chosen.iter().copied().map(f64::from).collect();
    let of = |point: u8| chosen.iter().map(|chosen| usize::from(*chosen == point)).sum();
    let cannot = |(_, answer): &(_, &Answer)| matches!(answer, Answer::CannotSay);
    Counts::Scale {
        points: (1..=kind.points).map(of).collect(),
        low: kind.low.clone(),
        high: kind.high.clone(),
        median: quantile(&sorted, 0.5),
        cannot_say: kind.cannot_say.then(|| material.answers(id).filter(cannot).count()),
    }
}

fn shares(material: &Material, asked: &Asked, other: bool, total: u32) -> Counts {
    let mut given: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let (mut others, mut people) = (vec![], 0);
    for (response, answer) in material.answers(asked.id) {
        let Answer::Allocation(shares) = answer else { continue };
        people += 1;
        for (key, points) in &shares.points {
            given.entry(key.as_str()).or_default().push(*points);
        }
        if let Some(text) = &shares.other {
            others.push((response, text.clone()));
        }
    }
    let row = |key: &str, label: Option<String>| {
        let points = given.get(key).map(Vec::as_slice).unwrap_or_default();
        let mut all: Vec<f64> = points.iter().copied().map(f64::from).collect();
        all.resize(people, 0.0);
        all.sort_by(f64::total_cmp);
        let at = |part: f64| quantile(&all, part).unwrap_or(0.0);
        let spread = [0.0, 0.25, 0.5, 0.75, 1.0].map(at);
        Share {
            label,
            mean: mean(&all).unwrap_or(0.0),
            given: points.len(),
            spread: (people > 0).then_some(spread),
        }
    };
    let lines = material.lines(asked);
    let mut rows: Vec<Share> =
        lines.into_iter().map(|line| row(&line.key, Some(line.text))).collect();
    if other {
        rows.push(row(OTHER, None));
    }
    Counts::Shares { rows, others, total }
}

fn slot_count(
    material: &Material,
    question: QuestionId,
    key: &str,
    start: DateTime<Utc>,
    minutes: u32,
) -> SlotCount {
    let count = |wanted: Free| {
        material
            .answers(question)
            .filter(|(_, answer)| match answer {
                Answer::Availability(free) => free.get(key) == Some(&wanted),
                _ => false,
            })
            .count()
    };
    SlotCount {
        key: key.to_owned(),
        start,
        minutes,
        yes: count(Free::Yes),
        if_need_be: count(Free::IfNeedBe),
        no: count(Free::No),
    }
}
