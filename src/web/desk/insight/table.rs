//! The numbers of a picture as a table: on the page for those who cannot see the picture, as CSV
//! for those who go on with them. One source, so that they are the same.

use maud::{Markup, html};

use crate::analysis::stats::wilson;
use crate::domain::kind::Amount;
use crate::export::guard::guarded;
use crate::insight::brief::percent;

/// A table with a head.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows; the first cell says what the row is about.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Words.
    Words(String),
    /// People.
    Count(usize),
    /// A number that is no count.
    Number(f64),
    /// A number with all its places.
    Exact(Amount),
    /// A part of 1.
    Share(f64),
    /// Nothing to say.
    Empty,
}

impl Table {
    pub(super) fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|name| (*name).to_owned()).collect(), rows: vec![] }
    }

    /// The last row, of those who did not answer, where it is known.
    pub(super) fn missing(&mut self, place: usize, missing: Option<usize>) {
        if let Some(missing) = missing.filter(|missing| *missing > 0) {
            let mut row = vec![Cell::Empty; self.head.len()];
            for (at, cell) in row.iter_mut().enumerate() {
                match at {
                    0 => *cell = Cell::Words("No answer".to_owned()),
                    _ if at == place => *cell = Cell::Count(missing),
                    _ => {}
                }
            }
            self.rows.push(row);
        }
    }

    /// Under the picture, folded, with the files to take along.
    pub(super) fn folded(&self, title: &str, files: Markup) -> Markup {
        let exact: Vec<usize> = (0..self.head.len()).map(|at| self.decimals(at)).collect();
        let shown = |(at, cell): (usize, &Cell)| match cell {
            Cell::Number(number) => fixed(*number, exact.get(at).copied().unwrap_or(0)),
            cell => cell.shown(),
        };
        html! {
            details {
                summary { "As a table, or to take along" }
                .scroll tabindex="0" role="region" aria-label={ (title) ", as a table" } {
                    table.data.plain {
                        thead { tr {
                            @for (at, name) in self.head.iter().enumerate() { th.num[at > 0 && !self.holds_words(at)] scope="col" { (name) } }
                        } }
                        tbody {
                            @for row in &self.rows {
                                tr {
                                    @for (at, cell) in row.iter().enumerate() {
                                        @if at == 0 { th scope="row" dir="auto" { (shown((at, cell))) } }
                                        @else if let Cell::Words(words) = cell { td dir="auto" { (words) } }
                                        @else { td.num { (shown((at, cell))) } }
                                    }
                                }
                            }
                        }
                    }
                }
                (files)
            }
        }
    }

    fn holds_words(&self, column: usize) -> bool {
        self.rows.iter().any(|row| matches!(row.get(column), Some(Cell::Words(_))))
    }

    /// How many decimals the numbers of a column need.
    fn decimals(&self, column: usize) -> usize {
        decimals(self.rows.iter().filter_map(|row| match row.get(column) {
            Some(Cell::Number(number)) => Some(*number),
            _ => None,
        }))
    }

    /// As a file: UTF-8 with the mark by which spreadsheets know it, lines end as RFC 4180 says.
    pub(super) fn csv(&self) -> anyhow::Result<Vec<u8>> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(self.head.iter().map(|name| guarded(name).into_owned()))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Cell::written))?;
        }
        Ok(writer.into_inner()?)
    }
}

impl Cell {
    fn shown(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => rounded(*number),
            Self::Exact(number) => number.to_string(),
            Self::Share(share) => percent(*share),
            Self::Empty => String::new(),
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Words(words) => guarded(words).into_owned(),
            Self::Share(share) => format!("{share:.4}"),
            _ => self.shown(),
        }
    }
}

/// With two decimals at the most, and none that say nothing.
pub(super) fn rounded(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// How many decimals the most exact of these numbers has, as [`rounded`] writes it: what stands
/// under each other is written with as many.
pub(super) fn decimals(numbers: impl Iterator<Item = f64>) -> usize {
    let of = |number| rounded(number).split_once('.').map_or(0, |(_, rest)| rest.len());
    numbers.map(of).max().unwrap_or(0)
}

/// With just so many decimals.
pub(super) fn fixed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let is_none = !text.contains(|c: char| ('1'..='9').contains(&c));
    text.strip_prefix('-').filter(|_| is_none).map(str::to_owned).unwrap_or(text)
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

impl Part {
    /// `count` of `of`; of nobody, anything is possible.
    pub(super) fn new(count: usize, of: usize) -> Self {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (low, high) = wilson(number(count), number(of));
        Self { share: super::themes::share(count, of), low, high }
    }

    pub(super) fn interval(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Share, from, to.
    pub(super) fn cells(&self) -> [Cell; 3] {
        [self.share, self.low, self.high].map(Cell::Share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_words() {
        let mut table = Table::new(&["=head", "People"]);
        for words in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=b", "“Yes”, she said"] {
            table.rows.push(vec![Cell::Words(words.to_owned()), Cell::Number(-1.5)]);
        }
        let bytes = table.csv().unwrap();
        let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let first: Vec<String> =
            reader.records().map(|row| row.unwrap().get(0).unwrap().to_owned()).collect();
        let expected =
            ["'=head", "'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "a=b", "“Yes”, she said"];
        assert_eq!(first, expected);
        assert!(text.contains("a=b,-1.5\r\n"), "{text:?}");
    }

    #[test]
    fn numbers_under_each_other_have_as_many_decimals() {
        let of = |numbers: &[f64]| {
            let exact = decimals(numbers.iter().copied());
            numbers.iter().map(|number| fixed(*number, exact)).collect::<Vec<_>>()
        };
        assert_eq!(of(&[2.61, 2.6, 2.0]), ["2.61", "2.60", "2.00"]);
        assert_eq!(of(&[53.7, 24.0]), ["53.7", "24.0"]);
        assert_eq!(of(&[10.0, 0.0, -0.001]), ["10", "0", "0"]);
        assert!(of(&[]).is_empty());
    }

    #[test]
    fn numbers_are_written_as_short_as_they_are() {
        let of = [(34.0, "34"), (34.5, "34.5"), (1.0 / 3.0, "0.33"), (-0.001, "0"), (100.0, "100")];
        for (number, text) in of {
            assert_eq!(rounded(number), text);
        }
    }
}
