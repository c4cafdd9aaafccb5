//! Who could come when: days and times, the darker the more people.

use maud::html;

use super::drawing::Drawing;
use super::{number, percent_of, px};

/// How many columns have room on a phone.
pub const COLUMNS: usize = 5;
/// Where the cells begin, in percent.
const FROM: f64 = 24.0;
const CELL: f64 = 40.0;

/// A table of cells; those that are none are left empty.
#[derive(Clone, Debug)]
pub struct Heat {
    /// The words over the columns, each in one or two lines.
    pub columns: Vec<[String; 2]>,
    /// The words before the rows.
    pub rows: Vec<[String; 2]>,
    /// By row and column.
    pub cells: Vec<Vec<Option<Cell>>>,
}

/// One time.
#[derive(Clone, Debug)]
pub struct Cell {
    /// How dark it is: a part of 1.
    pub part: f64,
    /// Its numbers.
    pub said: String,
    /// Whether none has more.
    pub best: bool,
}

/// Draws it.
pub fn heat(of: &Heat) -> Drawing {
    let wide = (100.0 - FROM) / number(of.columns.len().max(1));
    let two = of.columns.iter().any(|[_, second]| !second.is_empty());
    let head = if two { 40.0 } else { 22.0 };
    let body = html! {
        @for (place, [first, second]) in (0_usize..).zip(&of.columns) {
            @let middle = percent_of(FROM + wide * (number(place) + 0.5));
            text.quiet x=(middle) y="13" text-anchor="middle" { (first) }
            @if !second.is_empty() { text.quiet x=(middle) y="31" text-anchor="middle" { (second) } }
        }
        @for (line, ([first, second], cells)) in (0_usize..).zip(of.rows.iter().zip(&of.cells)) {
            @let top = head + CELL * number(line);
            @let alone = second.is_empty();
            text x="0" y=(px(top + if alone { 24.0 } else { 16.0 })) { (first) }
            @if !alone { text.quiet x="0" y=(px(top + 33.0)) { (second) } }
            @for (place, cell) in (0_usize..).zip(cells) {
                @if let Some(cell) = cell {
                    @let left = FROM + wide * number(place);
                    @let of = |class: &str| html! {
                        rect class=(class) x=(percent_of(left + 0.4)) y=(px(top + 1.5)) width=(percent_of(wide - 0.8)) height=(px(CELL - 3.0)) rx="2" {}
                    };
                    (of(&format!("h {}", shade(cell.part))))
                    @if cell.best { (of("best")) }
                    text.strong[cell.best] x=(percent_of(left + wide / 2.0)) y=(px(top + 25.0)) text-anchor="middle" { (cell.said) }
                }
            }
        }
    };
    Drawing { height: head + CELL * number(of.rows.len()), body }
}

fn shade(part: f64) -> &'static str {
    match part {
        ..=0.0 => "h0",
        ..0.25 => "h1",
        ..0.5 => "h2",
        ..0.75 => "h3",
        _ => "h4",
    }
}
