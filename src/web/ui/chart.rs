//! Pictures of numbers, drawn as SVG here: page styles forbid inline styling, so widths and
//! colours come from classes and attributes. Each picture has its table beside it.

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
