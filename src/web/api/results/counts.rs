//! Counts of closed questions, as programs read them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::insight::Insight;
use crate::insight::tally::Counts;

/// What was answered to a closed question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionResult {
    /// The key of the question.
    #[schema(example = "q2")]
    pub question: String,
    /// The question, as it now stands on the form.
    pub prompt: String,
    /// How many people answered it.
    pub answered: usize,
    /// How many were asked it, as far as that is known.
    pub asked: Option<usize>,
    /// The counts.
    pub counts: Counted,
}

/// What was counted, by kind.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Counted {
    /// People by option; with several options a person counts for each.
    Options {
        /// The options.
        options: Vec<OptionCount>,
        /// What was written beside "something else".
        others: Vec<String>,
    },
    /// People by point of a scale.
    Scale {
        /// How many chose point 1, 2, …
        points: Vec<usize>,
        /// What point 1 means.
        low: String,
        /// What the last point means.
        high: String,
        /// The point in the middle when answers are sorted.
        median: Option<f64>,
        /// How many chose "can't say", where it was offered.
        cannot_say: Option<usize>,
    },
    /// Orders of options, those with most points first.
    Ranking {
        /// The options.
        options: Vec<RankCount>,
    },
    /// Numbers.
    Numbers {
        /// How many in equal steps.
        bins: Vec<NumberBin>,
        /// The smallest.
        least: Option<String>,
        /// The largest.
        most: Option<String>,
        /// The one in the middle when they are sorted.
        median: Option<f64>,
        /// What stands behind them; may be empty.
        unit: String,
    },
    /// Points shared out.
    Shares {
        /// The options.
        options: Vec<ShareCount>,
        /// What was written beside "something else".
        others: Vec<String>,
        /// How many points there were to share.
        total: u32,
    },
    /// Who could come when.
    Slots {
        /// The times.
        slots: Vec<TimeCount>,
    },
}

/// One option.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OptionCount {
    /// Its key; `other` for something else.
    pub key: String,
    /// Its words; nothing: something else.
    pub label: Option<String>,
    /// How many chose it.
    pub count: usize,
}

/// One option of a ranking.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RankCount {
    /// Its words.
    pub label: String,
    /// Mean points by Borda's count, modified for orders that leave options out.
    pub points: f64,
    /// How many put it first.
    pub first: usize,
    /// How many gave it any place.
    pub placed: usize,
}

/// One step of numbers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberBin {
    /// The least number that it may hold.
    pub from: f64,
    /// Where it ends; this number is in the next.
    pub to: f64,
    /// How many numbers are in it.
    pub count: usize,
}

/// One option of an allocation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShareCount {
    /// Its words; nothing: something else.
    pub label: Option<String>,
    /// Mean points, of all who answered.
    pub mean: f64,
    /// How many gave it at least one point.
    pub given: usize,
    /// Least, lower quartile, median, upper quartile and most points.
    pub spread: Option<Vec<f64>>,
}

/// One time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimeCount {
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

/// The counts of every closed question.
pub fn counted(insight: &Insight) -> Vec<QuestionResult> {
    let questions = &insight.material.questions;
    let see = |tally: &crate::insight::tally::Tally| {
        let asked = questions.iter().find(|asked| asked.id == tally.question)?;
        Some(QuestionResult {
            question: asked.key.clone(),
            prompt: asked.wording.prompt.clone(),
            answered: tally.answered,
            asked: tally.asked,
            counts: counts(&tally.counts),
        })
    };
    insight.tallies.iter().filter_map(see).collect()
}

fn counts(of: &Counts) -> Counted {
    match of {
        Counts::Options { rows, others } => Counted::Options {
            options: rows
                .iter()
                .map(|row| OptionCount {
                    key: row.key.clone(),
                    label: row.label.clone(),
                    count: row.count,
                })
                .collect(),
            others: others.iter().map(|(_, text)| text.clone()).collect(),
        },
        Counts::Scale { points, low, high, median, cannot_say } => Counted::Scale {
            points: points.clone(),
            low: low.clone(),
            high: high.clone(),
            median: *median,
            cannot_say: *cannot_say,
        },
        Counts::Ranking(rows) => Counted::Ranking {
            options: rows
                .iter()
                .map(|row| RankCount {
                    label: row.label.clone(),
                    points: row.points,
                    first: row.first,
                    placed: row.placed,
                })
                .collect(),
        },
        Counts::Numbers { bins, least, most, median, unit } => Counted::Numbers {
            bins: bins
                .iter()
                .map(|bin| NumberBin {
                    from: bin.from.value(),
                    to: bin.to.value(),
                    count: bin.count,
                })
                .collect(),
            least: least.map(|amount| amount.to_string()),
            most: most.map(|amount| amount.to_string()),
            median: *median,
            unit: unit.clone(),
        },
        Counts::Shares { rows, others, total } => Counted::Shares {
            options: rows
                .iter()
                .map(|row| ShareCount {
                    label: row.label.clone(),
                    mean: row.mean,
                    given: row.given,
                    spread: row.spread.map(Vec::from),
                })
                .collect(),
            others: others.iter().map(|(_, text)| text.clone()).collect(),
            total: *total,
        },
        Counts::Slots(rows) => Counted::Slots {
            slots: rows
                .iter()
                .map(|row| TimeCount {
                    key: row.key.clone(),
                    start: row.start,
                    minutes: row.minutes,
                    yes: row.yes,
                    if_need_be: row.if_need_be,
                    no: row.no,
                })
                .collect(),
        },
    }
}
