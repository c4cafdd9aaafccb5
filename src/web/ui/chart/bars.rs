//! Bars under their words: options, points, means with their spread.

use maud::{Markup, html};

use super::drawing::Drawing;
use super::text::{block, lines, wrapped};
use super::{percent_of, px};

/// Room for bars, in percent; what is left is for the numbers beside them.
const BARS: f64 = 72.0;
/// The height of a line of words.
const LINE: f64 = 19.0;

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How long it is: a part of 1.
    pub part: f64,
    /// Between which parts the true one lies.
    pub interval: Option<(f64, f64)>,
    /// Its numbers.
    pub said: String,
}

/// Bars, the words above each. `room`: how wide a line of words may be, in pixels.
pub fn bars(rows: &[Bar], room: f64) -> Drawing {
    let mut y = 0.0;
    let body = html! {
        @for row in rows {
            @let label = wrapped(&row.label, room, 14.0);
            @let top = y + LINE * lines(label.len()) + 3.0;
            (block(&label, 0, y + 14.0, LINE, ""))
            rect class="ground" x="0" y=(px(top)) width={ (BARS) "%" } height="12" {}
            rect class="column" x="0" y=(px(top)) width=(percent_of(BARS * row.part)) height="12" {}
            @if let Some((low, high)) = row.interval { (whisker(BARS * low, BARS * high, top + 16.0)) }
            text x="100%" y=(px(top + 11.0)) text-anchor="end" { (row.said) }
            @let () = y = top + 34.0;
        }
    };
    Drawing { height: (y - 12.0).max(1.0), body }
}

/// Bars with one short word before each: the points of a scale.
pub fn short_bars(rows: &[Bar]) -> Drawing {
    const FROM: f64 = 9.0;
    let mut y = 0.0;
    let body = html! {
        @for row in rows {
            @let over = BARS - FROM;
            text x=(percent_of(FROM - 2.0)) y=(px(y + 12.0)) text-anchor="end" { (row.label) }
            rect class="ground" x=(percent_of(FROM)) y=(px(y + 1.0)) width=(percent_of(over)) height="12" {}
            rect class="column" x=(percent_of(FROM)) y=(px(y + 1.0)) width=(percent_of(over * row.part)) height="12" {}
            @if let Some((low, high)) = row.interval { (whisker(FROM + over * low, FROM + over * high, y + 17.0)) }
            text x="100%" y=(px(y + 12.0)) text-anchor="end" { (row.said) }
            @let () = y += 28.0;
        }
    };
    Drawing { height: y.max(1.0), body }
}

/// A thin line with ends, from `low` to `high` percent.
pub(super) fn whisker(low: f64, high: f64, y: f64) -> Markup {
    html! {
        line class="whisker" x1=(percent_of(low)) x2=(percent_of(high)) y1=(px(y)) y2=(px(y)) {}
        @for end in [low, high] {
            line class="whisker" x1=(percent_of(end)) x2=(percent_of(end)) y1=(px(y - 2.5)) y2=(px(y + 2.5)) {}
        }
    }
}

/// How something is spread among people.
#[derive(Clone, Debug)]
pub struct Spread {
    /// Of what.
    pub label: String,
    /// Least, lower quartile, median, upper quartile, most.
    pub five: [f64; 5],
    /// The mean.
    pub mean: f64,
    /// Its numbers.
    pub said: String,
}

/// Boxes from quartile to quartile on an axis from 0 to `top`, a stroke at the median and a dot at
/// the mean.
pub fn boxes(rows: &[Spread], top: f64, room: f64) -> Drawing {
    let at = |value: f64| if top > 0.0 { BARS * value / top } else { 0.0 };
    let steps = super::ticks_to(top);
    let mut y = 0.0;
    let mut drawn = vec![];
    for row in rows {
        let label = wrapped(&row.label, room, 14.0);
        let middle = y + LINE * lines(label.len()) + 13.0;
        let [least, low, median, high, most] = row.five;
        drawn.push(html! {
            (block(&label, 0, y + 14.0, LINE, ""))
            @for step in &steps {
                line class="grid" x1=(percent_of(at(*step))) x2=(percent_of(at(*step))) y1=(px(middle - 9.0)) y2=(px(middle + 9.0)) {}
            }
            (whisker(at(least), at(most), middle))
            rect class="box" x=(percent_of(at(low))) y=(px(middle - 7.0)) width=(percent_of(at(high - low))) height="14" {}
            line class="median" x1=(percent_of(at(median))) x2=(percent_of(at(median))) y1=(px(middle - 8.0)) y2=(px(middle + 8.0)) {}
            circle class="mean" cx=(percent_of(at(row.mean))) cy=(px(middle)) r="5" {}
            text x="100%" y=(px(middle + 5.0)) text-anchor="end" { (row.said) }
        });
        y = middle + 23.0;
    }
    let body = html! {
        @for step in &steps {
            text.quiet x=(percent_of(at(*step))) y=(px(y + 8.0)) text-anchor=(if *step == 0.0 { "start" } else { "middle" }) { (step) }
        }
        @for row in drawn { (row) }
    };
    Drawing { height: y + 14.0, body }
}
