//! A picture of one question: what it shows, of how many people, how to read it, and its numbers.

use maud::{Markup, html};

use super::table::Table;
use crate::domain::ResponseId;
use crate::domain::kind::Kind;
use crate::href;
use crate::insight::brief::people;
use crate::insight::tally::{self, Tally};
use crate::insight::{Insight, Material};
use crate::store::questionnaires::{Asked, Questionnaire};
use crate::web::ui::chart::bars::{Bar, Spread, bars, boxes, short_bars};
use crate::web::ui::chart::columns::{columns, histogram};
use crate::web::ui::chart::diverging::{Sides, scale, sides};
use crate::web::ui::chart::drawing::{Drawing, Frame, NARROW, WIDE};
use crate::web::ui::chart::heat::{Heat, heat};

mod choices;
mod points;
mod times;
mod votes;

/// A picture with everything that stands around it.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    /// Its name in addresses: the question's key, or one of [`super::top::NAMES`].
    pub name: String,
    /// The question.
    pub title: String,
    /// How many people it is of, and who is missing.
    pub count: String,
    /// How to read it, and what it says in one sentence.
    pub reading: Vec<String>,
    /// What is drawn; nothing where nobody answered.
    pub shape: Option<Shape>,
    /// The numbers.
    pub table: Table,
    /// What was written beside "something else".
    pub others: Vec<(ResponseId, String)>,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// Bars under words.
    Bars(Vec<Bar>),
    /// Both sides of a scale, its points under them.
    Scale { parts: Vec<f64>, low: String, high: String, points: Vec<Bar> },
    /// Disagree, agree, pass.
    Sides(Vec<Sides>),
    /// From quartile to quartile.
    Boxes { rows: Vec<Spread>, top: f64 },
    /// Columns over time.
    Columns(Vec<(String, usize)>),
    /// Numbers in steps, with their median.
    Histogram { edges: Vec<f64>, counts: Vec<usize>, median: Option<(f64, String)> },
    /// Days and times.
    Heat(Heat),
}

impl Shape {
    /// Draws it with so much room for a line of words.
    fn draw(&self, room: f64) -> Drawing {
        match self {
            Self::Bars(rows) => bars(rows, room),
            Self::Sides(rows) => sides(rows, room),
            Self::Boxes { rows, top } => boxes(rows, *top, room),
            Self::Columns(bars) => columns(bars),
            Self::Heat(of) => heat(of),
            Self::Histogram { edges, counts, median } => {
                histogram(edges, counts, median.as_ref().map(|(at, word)| (*at, word.as_str())))
            }
            Self::Scale { parts, low, high, points } => {
                scale(parts, low, high, room).above(short_bars(points), 14.0)
            }
        }
    }
}

impl Picture {
    /// On the page.
    pub(super) fn figure(&self, of: &Questionnaire, query: &str) -> Markup {
        let file = |ending: &str| {
            let page = format!("insight/{}.{ending}", self.name);
            href::with_query(&href::desk(&of.slug, &page), query)
        };
        html! {
            @if let Some(shape) = &self.shape {
                .picture {
                    figure {
                        (shape.draw(NARROW).inline(&self.label()))
                        @if !self.reading.is_empty() {
                            figcaption { @for line in &self.reading { p { (unbroken(line)) } } }
                        }
                    }
                    (self.table.folded(&self.title, html! {
                        p.files {
                            a href=(file("svg")) download { "Picture" span.vh { " of “" (self.title) "”" } " (SVG)" }
                            a href=(file("csv")) download { "Numbers" span.vh { " of “" (self.title) "”" } " (CSV)" }
                        }
                    }))
                }
            }
        }
    }

    /// What is read out in place of the picture.
    fn label(&self) -> String {
        let said = [&self.title, &self.count].into_iter().chain(&self.reading);
        said.filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    /// As a file; `which`: whose responses, where not everybody's.
    pub(super) fn svg(&self, which: &[String]) -> Option<String> {
        let shape = self.shape.as_ref()?;
        let notes: Vec<String> = std::iter::once(self.count.clone())
            .chain(self.reading.iter().cloned())
            .chain(which.iter().cloned())
            .filter(|note| !note.is_empty())
            .collect();
        Some(shape.draw(WIDE).file(&Frame { title: &self.title, notes: &notes }))
    }
}

/// Numbers keep their percent sign on their line.
fn unbroken(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}

/// The picture of a closed question; none for words and contacts.
pub(super) fn of(insight: &Insight, asked: &Asked) -> Option<Picture> {
    let material = &insight.material;
    if matches!(asked.wording.kind, Kind::Statements(_)) {
        return Some(votes::picture(material, asked));
    }
    let tally = insight.tallies.iter().find(|tally| tally.question == asked.id)?;
    Some(counted(material, asked, tally))
}

fn counted(material: &Material, asked: &Asked, tally: &Tally) -> Picture {
    use tally::Counts::{Numbers, Options, Ranking, Scale, Shares, Slots};
    let base = Base::of(asked, tally.answered, tally.asked);
    match &tally.counts {
        Options { rows, others } => choices::options(asked, &base, rows, others),
        Ranking(rows) => choices::ranking(asked, &base, rows),
        Shares { rows, others, total } => choices::shares(asked, &base, rows, others, *total),
        Scale { points, low, high, median, cannot_say } => {
            let ends = [low.as_str(), high.as_str()];
            points::scale(asked, &base, (points, tally.of()), ends, *median, *cannot_say)
        }
        Numbers { bins, median, unit, .. } => points::numbers(asked, &base, bins, *median, unit),
        Slots(slots) => times::slots(material, asked, &base, slots),
    }
}

/// Of how many people a picture is.
pub(super) struct Base {
    /// Who answered.
    pub answered: usize,
    /// Who was asked and did not, where that is known.
    pub missing: Option<usize>,
    /// Both in words.
    pub words: String,
}

impl Base {
    pub(super) fn of(asked: &Asked, answered: usize, base: Option<usize>) -> Self {
        let missing = base.map(|base| base.saturating_sub(answered));
        let answers = people(answered);
        let words = match (base, &asked.wording.shown_if) {
            (None, _) => format!(
                "{answers} answered. This question is no longer on the form; how many did not answer it is not known."
            ),
            (Some(base), Some(_)) => format!(
                "{answers} of the {base} who were asked answered: the question depends on what was said before."
            ),
            (Some(base), None) if base == answered => {
                format!("{answers} answered, nobody left it out.")
            }
            (Some(base), None) => {
                format!("{answers} of {base} answered, {} left it out.", base - answered.min(base))
            }
        };
        Self { answered, missing, words }
    }

    fn picture(&self, asked: &Asked, table: Table) -> Picture {
        Picture {
            name: asked.key.clone(),
            title: asked.wording.prompt.clone(),
            count: self.words.clone(),
            reading: vec![],
            shape: None,
            table,
            others: vec![],
        }
    }
}
