//! Bars to both sides of a middle: disagree to the left, agree to the right.

use maud::{Markup, html};

use super::bars::whisker;
use super::drawing::Drawing;
use super::text::{block, lines, wrapped};
use super::{percent, percent_of, px};

/// Between the bars to both sides and the column of those who passed, in percent.
const GAP: f64 = 5.0;
/// The least room for the words and numbers of either, in percent.
const SIDES: f64 = 60.0;
const PASSED: f64 = 13.0;
const LINE: f64 = 19.0;

/// One statement, in parts of 1 of those who voted on it.
#[derive(Clone, Debug)]
pub struct Sides {
    /// Its words.
    pub label: String,
    /// How many disagree, and their part with its interval.
    pub disagree: (usize, f64, (f64, f64)),
    /// How many agree, and their part with its interval.
    pub agree: (usize, f64, (f64, f64)),
    /// Who passed.
    pub pass: (usize, f64),
    /// How many voted on it.
    pub voted: usize,
}

/// How wide a part of 1 is, and the rooms of both sides and of those who passed, in percent: one
/// scale for all, so that twice as many people are always twice as long a bar.
fn rooms(sides: f64, passed: f64) -> (f64, f64, f64) {
    let all = 100.0 - GAP;
    let scale = (all / (sides + passed)).min((all - PASSED) / sides).min((all - SIDES) / passed);
    let right = (passed * scale).clamp(PASSED, all - SIDES);
    (scale, all - right, right)
}

/// Statements with one middle for all of them; who passed stands in a column of its own. All bars
/// have one scale.
pub fn sides(rows: &[Sides], room: f64) -> Drawing {
    let most = |of: fn(&Sides) -> f64| rows.iter().map(of).fold(0.1, f64::max);
    let left = most(|row| row.disagree.2.1);
    let right = most(|row| row.agree.2.1);
    let passed = most(|row| row.pass.1);
    let (scale, bars, column) = rooms(left + right, passed);
    let (middle, pass_from) = (bars * left / (left + right), 100.0 - column);
    let mut y = 26.0;
    let mut drawn = vec![];
    for row in rows.iter().filter(|row| row.voted > 0) {
        let label = wrapped(&row.label, room, 14.0);
        let top = y + LINE * lines(label.len()) + 3.0;
        let (disagree, agree) = (row.disagree.1 * scale, row.agree.1 * scale);
        let ((_, _, (low, high)), (_, _, (less, more))) = (row.disagree, row.agree);
        drawn.push(html! {
            (block(&label, 0, y + 14.0, LINE, ""))
            rect class="disagree" x=(percent_of(middle - disagree)) y=(px(top)) width=(percent_of(disagree)) height="14" {}
            rect class="agree" x=(percent_of(middle)) y=(px(top)) width=(percent_of(agree)) height="14" {}
            (whisker(middle - high * scale, middle - low * scale, top + 18.0))
            (whisker(middle + less * scale, middle + more * scale, top + 18.0))
            rect class="pass" x=(percent_of(pass_from)) y=(px(top)) width=(percent_of(row.pass.1 * scale)) height="14" {}
            line class="zero" x1=(percent_of(middle)) x2=(percent_of(middle)) y1=(px(top - 2.0)) y2=(px(top + 22.0)) {}
            text.quiet x="0" y=(px(top + 35.0)) { (row.disagree.0) " · " (percent(row.disagree.1)) }
            text.quiet x=(percent_of(bars)) y=(px(top + 35.0)) text-anchor="end" { (row.agree.0) " · " (percent(row.agree.1)) }
            text.quiet x=(percent_of(pass_from)) y=(px(top + 35.0)) { (percent(row.pass.1)) }
        });
        y = top + 54.0;
    }
    let body = html! {
        text.strong x="0" y="13" { "Disagree" }
        text.strong x=(percent_of(bars)) y="13" text-anchor="end" { "Agree" }
        text.strong x=(percent_of(pass_from)) y="13" { "Pass" }
        @for row in drawn { (row) }
    };
    Drawing { height: (y - 12.0).max(20.0), body }
}

/// The points of a scale around its middle, in parts of 1; the point in the middle of an odd
/// number is split. `low`, `high`: what the ends mean.
pub fn scale(points: &[f64], low: &str, high: &str, room: f64) -> Drawing {
    let half = points.len() / 2;
    let odd = points.len() % 2 == 1;
    let of = |at: usize| points.get(at).copied().unwrap_or(0.0);
    let split = if odd { of(half) / 2.0 } else { 0.0 };
    let left: f64 = points.iter().take(half).sum::<f64>() + split;
    let right: f64 = points.iter().rev().take(half).sum::<f64>() + split;
    let unit = if left + right > 0.0 { 100.0 / (left + right) } else { 0.0 };
    let ends = [wrapped(low, room * 0.46, 13.0), wrapped(high, room * 0.46, 13.0)];
    let top = 18.0 * ends.iter().map(|end| lines(end.len())).fold(0.0, f64::max) + 6.0;
    let mut at = 0.0;
    let body = html! {
        (block(&ends[0], 0, 13.0, 18.0, "quiet"))
        (end_block(&ends[1]))
        @for (place, part) in points.iter().enumerate() {
            @let wide = part * unit;
            @if wide > 0.0 {
                rect class=(class(place, points.len())) x=(percent_of(at)) y=(px(top)) width=(percent_of((wide - 0.3).max(0.2))) height="22" {}
                @if wide >= 6.0 {
                    text.quiet x=(percent_of(at + wide / 2.0)) y=(px(top + 38.0)) text-anchor="middle" { (place + 1) }
                }
            }
            @let () = at += wide;
        }
        line class="zero" x1=(percent_of(left * unit)) x2=(percent_of(left * unit)) y1=(px(top - 4.0)) y2=(px(top + 26.0)) {}
    };
    Drawing { height: top + 46.0, body }
}

fn end_block(lines: &[String]) -> Markup {
    let mut at = -5.0;
    html! {
        @for line in lines {
            @let () = at += 18.0;
            text.quiet x="100%" y=(px(at)) text-anchor="end" { (line) }
        }
    }
}

/// The side of a point, and whether it is the outermost.
fn class(place: usize, points: usize) -> &'static str {
    let half = points / 2;
    match place {
        _ if points % 2 == 1 && place == half => "middle",
        0 => "disagree far",
        _ if place < half => "disagree near",
        _ if place + 1 == points => "agree far",
        _ => "agree near",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_an_odd_scale_is_no_side() {
        assert_eq!(
            [0, 1, 2, 3, 4].map(|place| class(place, 5)),
            ["disagree far", "disagree near", "middle", "agree near", "agree far"]
        );
        assert_eq!([0, 1].map(|place| class(place, 2)), ["disagree far", "agree far"]);
    }

    /// The number that an attribute of each rectangle of a class has.
    fn of(drawn: &str, class: &str, attribute: &str) -> Vec<f64> {
        let marked = format!("<rect class=\"{class}\"");
        let start = format!(" {attribute}=\"");
        let number = |rest: &str| {
            let value = rest.split(&start).nth(1)?.split('"').next()?;
            value.trim_end_matches('%').parse().ok()
        };
        drawn.split(&marked).skip(1).filter_map(number).collect()
    }

    #[test]
    fn all_bars_have_one_scale_and_stay_in_their_room() {
        let part =
            |count: usize| crate::analysis::stats::wilson(u32::try_from(count).unwrap(), 100);
        let share = |count: usize| f64::from(u32::try_from(count).unwrap()) / 100.0;
        for all in [
            vec![(54, 38)],
            vec![(20, 20), (46, 46)],
            vec![(0, 0)],
            vec![(100, 0), (0, 100)],
            vec![(1, 0)],
        ] {
            let rows: Vec<Sides> = (all.iter())
                .map(|(agree, disagree)| Sides {
                    label: "One".to_owned(),
                    disagree: (*disagree, share(*disagree), part(*disagree)),
                    agree: (*agree, share(*agree), part(*agree)),
                    pass: (100 - agree - disagree, share(100 - agree - disagree)),
                    voted: 100,
                })
                .collect();
            let drawn = sides(&rows, 300.0).body.into_string();
            let mut bars = vec![];
            for (place, row) in rows.iter().enumerate() {
                let sides =
                    [("disagree", row.disagree.1), ("agree", row.agree.1), ("pass", row.pass.1)];
                for (class, share) in sides {
                    let (from, wide) =
                        (of(&drawn, class, "x")[place], of(&drawn, class, "width")[place]);
                    assert!(from >= 0.0 && from + wide <= 100.02, "{class} {from} {wide}");
                    bars.push((share, wide));
                }
                let (agrees, passes) =
                    (of(&drawn, "agree", "x")[place], of(&drawn, "pass", "x")[place]);
                assert!(agrees + of(&drawn, "agree", "width")[place] < passes, "{drawn}");
            }
            let (most, widest) = bars.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
            for (share, wide) in &bars {
                // Widths are written with two decimals.
                assert!((wide - widest * share / most).abs() < 0.02, "{bars:?}");
            }
        }
    }

    #[test]
    fn a_scale_nobody_answered_is_drawn_all_the_same() {
        let drawn = scale(&[0.0; 7], "", "", 300.0).body.into_string();
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
    }
}
