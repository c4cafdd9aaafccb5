//! Columns side by side: responses over time, numbers in steps.

use maud::{Markup, html};

use super::drawing::Drawing;
use super::{number, percent_of, px, ticks};

/// Where columns begin, in percent: before them stand the numbers of the axis.
const FROM: f64 = 8.0;
/// The height of the tallest column and of everything.
const TALL: f64 = 120.0;
const FOOT: f64 = 136.0;
/// At most about so many labels stand under columns on a phone.
const LABELS: usize = 5;

/// Columns with gaps, each with its label and its number.
pub fn columns(bars: &[(String, usize)]) -> Drawing {
    let wide = (100.0 - FROM) / number(bars.len().max(1));
    let each = bars.len().div_ceil(LABELS).max(1);
    let top = bars.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let (grid, scale) = grid(top);
    let body = html! {
        (grid)
        @for (place, (label, count)) in (0_usize..).zip(bars) {
            @let left = FROM + wide * number(place);
            @let height = number(*count) * scale;
            @let bar = (wide * 0.72).min(9.0);
            rect class="column" x=(percent_of(left + (wide - bar) / 2.0)) y=(px(FOOT - height)) width=(percent_of(bar)) height=(px(height)) {}
            @if place % each == 0 { (label_under(label, left + wide / 2.0)) }
        }
    };
    Drawing { height: FOOT + 24.0, body }
}

/// Columns without gaps on an axis of numbers; `edges`: one more than there are counts. A mark
/// stands at `marked`, a number on the axis.
pub fn histogram(edges: &[f64], counts: &[usize], marked: Option<(f64, &str)>) -> Drawing {
    let wide = (100.0 - FROM) / number(counts.len().max(1));
    let each = edges.len().div_ceil(LABELS + 1).max(1);
    let (grid, scale) = grid(counts.iter().copied().max().unwrap_or(0));
    let (first, last) = (edges.first().copied(), edges.last().copied());
    let along = |value: f64| {
        let (first, last) = first.zip(last).filter(|(first, last)| last > first)?;
        Some(FROM + (100.0 - FROM) * (value - first) / (last - first))
    };
    let body = html! {
        (grid)
        @for (place, count) in (0_usize..).zip(counts) {
            @let left = FROM + wide * number(place);
            @let height = number(*count) * scale;
            rect class="column" x=(percent_of(left)) y=(px(FOOT - height)) width=(percent_of((wide - 0.3).max(0.2))) height=(px(height)) {}
        }
        @for (place, edge) in (0_usize..).zip(edges) {
            @if place % each == 0 { (label_under(&edge.to_string(), FROM + wide * number(place))) }
        }
        @if let Some((x, word)) = marked.and_then(|(value, word)| Some((along(value)?, word))) {
            line class="zero" x1=(percent_of(x)) x2=(percent_of(x)) y1="8" y2=(px(FOOT)) {}
            text.strong x=(percent_of(x)) y="2" text-anchor=(anchor(x)) { (word) }
        }
    };
    Drawing { height: FOOT + 24.0, body }
}

fn grid(top: usize) -> (Markup, f64) {
    let steps = ticks(top);
    let scale = (TALL - 8.0) / number(steps.last().copied().unwrap_or(1).max(1));
    let drawn = html! {
        @for step in &steps {
            @let y = FOOT - number(*step) * scale;
            line class=(if *step == 0 { "axis" } else { "grid" }) x1=(percent_of(FROM)) x2="100%" y1=(px(y)) y2=(px(y)) {}
            text.quiet x=(percent_of(FROM - 1.5)) y=(px(y + 4.0)) text-anchor="end" { (step) }
        }
    };
    (drawn, scale)
}

fn label_under(label: &str, x: f64) -> Markup {
    html! { text.quiet x=(percent_of(x)) y=(px(FOOT + 18.0)) text-anchor=(anchor(x)) { (label) } }
}

/// Words at the edges grow inwards.
fn anchor(x: f64) -> &'static str {
    match x {
        ..9.0 => "start",
        ..95.0 => "middle",
        _ => "end",
    }
}
