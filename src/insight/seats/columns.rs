//! What people think as columns of numbers between 0 and 1, by which groups are mixed.

use super::{View, Wish};
use crate::analysis::seating::Dimension;
use crate::domain::kind::Kind;
use crate::domain::{Answer, QuestionId, ResponseId};
use crate::insight::Insight;
use crate::store::discussions::Participant;

/// The views, one column each; the columns of a question share its worth.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) values: Vec<Vec<Option<f64>>>,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) views: Vec<View>,
    pub(super) questions: Vec<QuestionId>,
}

impl Columns {
    pub(super) fn gather(&mut self, insight: &Insight, wish: &Wish, people: &[Participant]) {
        let material = &insight.material;
        let people: &[Option<ResponseId>] =
            &people.iter().map(|one| one.response_id).collect::<Vec<_>>();
        let counted = material.questions.iter().filter(|asked| asked.position.is_some());
        for asked in counted.filter(|asked| wish.counts(asked.id)) {
            let columns = match &asked.wording.kind {
                Kind::Statements(kind) => kind
                    .statements
                    .iter()
                    .map(|line| {
                        let view = View::Statement { text: line.text.clone() };
                        (view, votes(insight, people, asked.id, &line.key))
                    })
                    .collect(),
                Kind::Allocation(kind) => kind
                    .keys()
                    .map(|key| {
                        let known = kind.options.iter().find(|line| line.key == key);
                        let view = View::Option { text: known.map(|line| line.text.clone()) };
                        (view, points(insight, people, asked.id, key, kind.total))
                    })
                    .collect(),
                Kind::Single(kind) => kind
                    .options
                    .iter()
                    .map(|line| {
                        let view = View::Option { text: Some(line.text.clone()) };
                        (view, chosen(insight, people, asked.id, &line.key))
                    })
                    .collect(),
                Kind::Scale(kind) => {
                    let view = View::Scale { prompt: asked.wording.prompt.clone() };
                    vec![(view, scaled(insight, people, asked.id, kind.points))]
                }
                Kind::Open(_) => spoken(insight, people, asked.id),
                Kind::Ranking(kind) => kind
                    .options
                    .iter()
                    .map(|line| {
                        let view = View::Option { text: Some(line.text.clone()) };
                        (view, ranked(insight, people, asked.id, &line.key, kind.options.len()))
                    })
                    .collect(),
                Kind::Multiple(_) | Kind::Number(_) | Kind::Availability(_) | Kind::Contact(_) => {
                    vec![]
                }
            };
            self.add(asked.id, worth(&asked.wording.kind), columns);
        }
    }

    fn add(&mut self, question: QuestionId, worth: f64, columns: Vec<(View, Vec<Option<f64>>)>) {
        if columns.is_empty() {
            return;
        }
        let count = u32::try_from(columns.len()).unwrap_or(u32::MAX);
        let number = self.questions.len();
        self.questions.push(question);
        for (view, values) in columns {
            self.dimensions.push(Dimension { weight: worth / f64::from(count), question: number });
            self.views.push(view);
            self.values.push(values);
        }
    }
}

/// Whether answers to such a question can be mixed.
pub fn can_count(kind: &Kind) -> bool {
    !matches!(kind, Kind::Multiple(_) | Kind::Number(_) | Kind::Availability(_) | Kind::Contact(_))
}

/// How much a question counts. What people chose is sharper than the themes that were heard in
/// what they wrote; statements are there to tell views apart.
fn worth(kind: &Kind) -> f64 {
    match kind {
        Kind::Statements(_) => 2.0,
        Kind::Open(_) => 0.2,
        _ => 1.0,
    }
}

fn each(
    insight: &Insight,
    people: &[Option<ResponseId>],
    question: QuestionId,
    value: impl Fn(&Answer) -> Option<f64>,
) -> Vec<Option<f64>> {
    let answer = |id: &Option<ResponseId>| value(insight.material.voice((*id)?)?.answer(question)?);
    people.iter().map(answer).collect()
}

fn votes(
    i: &Insight,
    people: &[Option<ResponseId>],
    question: QuestionId,
    key: &str,
) -> Vec<Option<f64>> {
    each(i, people, question, |answer| match answer {
        Answer::Statements(votes) => {
            Some(f64::midpoint(1.0, f64::from(votes.votes.get(key)?.sign())))
        }
        _ => None,
    })
}

/// How high somebody ranks an option: 1 for the first place, 0 where it is left out.
fn ranked(
    insight: &Insight,
    people: &[Option<ResponseId>],
    question: QuestionId,
    key: &str,
    options: usize,
) -> Vec<Option<f64>> {
    let share = |place: usize| {
        let (place, all) = (u32::try_from(place).ok()?, u32::try_from(options).ok()?);
        Some(1.0 - f64::from(place) / f64::from(all.max(1)))
    };
    each(insight, people, question, |answer| match answer {
        Answer::Ranking(keys) => share(keys.iter().position(|k| k == key).unwrap_or(options)),
        _ => None,
    })
}

fn points(
    insight: &Insight,
    people: &[Option<ResponseId>],
    question: QuestionId,
    key: &str,
    total: u32,
) -> Vec<Option<f64>> {
    each(insight, people, question, |answer| match answer {
        Answer::Allocation(shares) => {
            let points = shares.points.get(key).copied().unwrap_or(0);
            Some(f64::from(points) / f64::from(total.max(1)))
        }
        _ => None,
    })
}

fn chosen(
    i: &Insight,
    people: &[Option<ResponseId>],
    question: QuestionId,
    key: &str,
) -> Vec<Option<f64>> {
    each(i, people, question, |answer| match answer {
        Answer::Single(chosen) => {
            Some(if chosen.options.iter().any(|option| option == key) { 1.0 } else { 0.0 })
        }
        _ => None,
    })
}

fn scaled(
    i: &Insight,
    people: &[Option<ResponseId>],
    question: QuestionId,
    top: u8,
) -> Vec<Option<f64>> {
    each(i, people, question, |answer| match answer {
        Answer::Scale(point) => {
            Some(f64::from(point.saturating_sub(1)) / f64::from(top.saturating_sub(1).max(1)))
        }
        _ => None,
    })
}

/// Who speaks of which theme, of those who answered the question.
fn spoken(
    insight: &Insight,
    people: &[Option<ResponseId>],
    question: QuestionId,
) -> Vec<(View, Vec<Option<f64>>)> {
    let Some(open) = insight.themes.iter().find(|open| open.question == question) else {
        return vec![];
    };
    let answered = open.texts.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let columns = open.found.themes.iter().map(|theme| {
        let of_it = open.people(&theme.mentions);
        let value = |id: &Option<ResponseId>| {
            let id = (*id).filter(|id| answered.contains(id))?;
            Some(if of_it.contains(&id) { 1.0 } else { 0.0 })
        };
        let view = View::Theme { label: theme.label.clone() };
        (view, people.iter().map(value).collect())
    });
    columns.collect()
}
