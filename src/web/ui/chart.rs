//! Pictures of numbers, drawn as SVG here: page styles forbid inline styling, so widths and
//! colours come from classes and attributes. Each picture has its table beside it.

use maud::{Markup, html};

use crate::analysis::opinions::Opinions;
use crate::analysis::opinions::hull::hull;

pub mod bars;
pub mod columns;
pub mod diverging;
pub mod drawing;
pub mod heat;
pub mod text;

/// A part as `48 %`.
pub use crate::insight::brief::percent;

/// Round numbers from 0 to at least `top`: a handful, whole.
fn ticks(top: usize) -> Vec<usize> {
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]
        .into_iter()
        .find(|step| top.div_ceil(*step) <= 4)
        .unwrap_or(100_000);
    (0..=top.div_ceil(step).max(1)).map(|n| n * step).collect()
}

/// Round numbers from 0 to `top`: five at the most.
fn ticks_to(top: f64) -> Vec<f64> {
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 250.0, 1000.0, 10_000.0]
        .into_iter()
        .find(|step| top / step <= 4.0)
        .unwrap_or(top.max(1.0));
    let mut steps = vec![];
    let mut at = 0.0;
    while at <= top && steps.len() < 6 {
        steps.push(at);
        at += step;
    }
    steps
}

/// The map of opinions: near each other means voted alike. A shape for each group, never colour
/// alone. `group_of` says for each dot the number of its group, from 0.
pub fn opinion_map(opinions: &Opinions, group_of: &[Option<usize>], names: &[String]) -> Markup {
    let spot = |point: &[f64; 2]| (320.0 + point[0] * 290.0, 160.0 - point[1] * 135.0);
    let spots: Vec<(f64, f64)> = opinions.map.iter().map(spot).collect();
    let of_group = |group: usize| -> Vec<[f64; 2]> {
        let own = spots.iter().zip(group_of).filter(|(_, of)| **of == Some(group));
        own.map(|((x, y), _)| [*x, *y]).collect()
    };
    html! {
        svg viewBox="0 0 640 330" role="img" aria-label="Map of respondents by their votes" {
            @for (number, _) in (0_usize..).zip(names) {
                @let class = format!("hull g{}", number + 1);
                path class=(class) d=(outline(&of_group(number))) {}
            }
            @for ((x, y), group) in spots.iter().zip(group_of) {
                (dot(*x, *y, *group))
            }
            @for (number, name) in (0_usize..).zip(names) {
                @let points = of_group(number);
                @let (x, y) = label_spot(&points);
                text x=(px(x)) y=(px(y)) text-anchor="middle" { (name) }
            }
        }
    }
}

fn dot(x: f64, y: f64, group: Option<usize>) -> Markup {
    let class = group.map_or("dot".to_owned(), |group| format!("dot g{}", group + 1));
    html! {
        @match group {
            None | Some(0) => circle class=(class) cx=(px(x)) cy=(px(y)) r="6" {},
            Some(1) => rect class=(class) x=(px(x - 5.5)) y=(px(y - 5.5)) width="11" height="11" {},
            Some(2) => path class=(class) d={ "M" (px(x)) " " (px(y - 7.0)) "l7 12h-14z" } {},
            Some(3) => path class=(class) d={ "M" (px(x)) " " (px(y - 7.5)) "l7.5 7.5-7.5 7.5-7.5-7.5z" } {},
            Some(_) => path class=(class) d={ "M" (px(x - 6.0)) " " (px(y - 2.0)) "h4v-4h4v4h4v4h-4v4h-4v-4h-4z" } {},
        }
    }
}

/// The convex outline around points, with a margin.
fn outline(points: &[[f64; 2]]) -> String {
    let around: Vec<[f64; 2]> = points
        .iter()
        .flat_map(|[x, y]| {
            [[x - 13.0, y - 13.0], [x + 13.0, y - 13.0], [x - 13.0, y + 13.0], [x + 13.0, y + 13.0]]
        })
        .collect();
    let mut path = String::new();
    for [x, y] in hull(&around) {
        path.push(if path.is_empty() { 'M' } else { 'L' });
        path.push_str(&[px(x), px(y)].join(" "));
    }
    if !path.is_empty() {
        path.push('z');
    }
    path
}

/// Above the topmost point of a group, or below it where there is no room.
fn label_spot(points: &[[f64; 2]]) -> (f64, f64) {
    let top = points.iter().map(|p| p[1]).fold(f64::INFINITY, f64::min);
    let bottom = points.iter().map(|p| p[1]).fold(f64::NEG_INFINITY, f64::max);
    let count = number(points.len().max(1));
    let middle = points.iter().map(|p| p[0]).sum::<f64>() / count;
    let middle = middle.clamp(60.0, 580.0);
    if top > 36.0 { (middle, top - 20.0) } else { (middle, (bottom + 32.0).min(326.0)) }
}

/// A coordinate across, in percent.
fn percent_of(value: f64) -> String {
    format!("{value:.2}%")
}

/// A coordinate with one decimal.
fn px(value: f64) -> String {
    format!("{value:.1}")
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// A part of 100 as the class of a width: `w0` to `w100`.
pub fn width(share: f64) -> String {
    format!("w{:.0}", (share * 100.0).clamp(0.0, 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_reach_the_top_in_a_handful_of_round_steps() {
        assert_eq!(ticks(0), [0, 1]);
        assert_eq!(ticks(3), [0, 1, 2, 3]);
        assert_eq!(ticks(9), [0, 5, 10]);
        assert_eq!(ticks(18), [0, 5, 10, 15, 20]);
        for top in 1..5000 {
            let steps = ticks(top);
            assert!(steps.len() <= 6 && steps.last().is_some_and(|last| *last >= top), "{top}");
        }
    }
}
