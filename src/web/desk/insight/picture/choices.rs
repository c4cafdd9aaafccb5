//! Options: chosen, put in an order, given points.

use super::{Base, Picture, Shape};
use crate::domain::ResponseId;
use crate::domain::kind::Kind;
use crate::insight::brief::{people, percent};
use crate::insight::tally::{Ranked, Row, Share};
use crate::store::questionnaires::Asked;
use crate::web::desk::insight::table::{Cell, Part, Table, decimals, fixed};
use crate::web::ui::chart::bars::{Bar, Spread};

/// What stands under every picture of shares.
pub(super) const INTERVAL: &str = "The thin line under a bar is its 95 % interval (Wilson).";

fn named(label: Option<&str>) -> String {
    label.unwrap_or("Something else").to_owned()
}

/// One option, or several.
pub(super) fn options(
    asked: &Asked,
    base: &Base,
    rows: &[Row],
    others: &[(ResponseId, String)],
) -> Picture {
    let mut table = Table::new(&["Option", "People", "Share", "From", "To", "Of"]);
    let mut bars = vec![];
    for row in rows {
        let part = Part::new(row.count, base.answered);
        let label = named(row.label.as_deref());
        let [share, low, high] = part.cells();
        let (count, of) = (Cell::Count(row.count), Cell::Count(base.answered));
        table.rows.push(vec![Cell::Words(label.clone()), count, share, low, high, of]);
        let said = format!("{} · {}", row.count, percent(part.share));
        bars.push(Bar { label, part: part.share, interval: Some(part.interval()), said });
    }
    table.missing(1, base.missing);
    let mut picture = base.picture(asked, table);
    picture.reading.push(INTERVAL.to_owned());
    if matches!(asked.wording.kind, Kind::Multiple(_)) {
        let several = "People could choose several: the shares may add up to more than 100 %.";
        picture.reading.push(several.to_owned());
    }
    picture.others = others.to_vec();
    picture.shape = (base.answered > 0).then_some(Shape::Bars(bars));
    picture
}

/// Borda's points, and first choices.
pub(super) fn ranking(asked: &Asked, base: &Base, rows: &[Ranked]) -> Picture {
    let mut table = Table::new(&[
        "Option",
        "Mean points",
        "First choice of",
        "Share",
        "From",
        "To",
        "Given a place by",
        "Of",
    ]);
    let most = u32::try_from(rows.len()).map_or(1.0, f64::from).max(1.0);
    let exact = decimals(rows.iter().map(|row| row.points));
    let mut bars = vec![];
    for row in rows {
        let first = Part::new(row.first, base.answered);
        let [share, low, high] = first.cells();
        let count = Cell::Count;
        let words = Cell::Words(row.label.clone());
        let (placed, of) = (count(row.placed), count(base.answered));
        let points = Cell::Number(row.points);
        table.rows.push(vec![words, points, count(row.first), share, low, high, placed, of]);
        let said = format!("{} · {} first", fixed(row.points, exact), row.first);
        bars.push(Bar { label: row.label.clone(), part: row.points / most, interval: None, said });
    }
    table.missing(2, base.missing);
    let mut picture = base.picture(asked, table);
    picture.reading.push(format!(
        "Mean points by Borda’s count, at most {most}: who puts options in an order gives the last of them 1 point, each one before it 1 more, and those left out none. Beside them, how many put it first."
    ));
    picture.shape = (base.answered > 0).then_some(Shape::Bars(bars));
    picture
}

/// Points shared out, those with most first.
pub(super) fn shares(
    asked: &Asked,
    base: &Base,
    rows: &[Share],
    others: &[(ResponseId, String)],
    total: u32,
) -> Picture {
    let mut table = Table::new(&[
        "Option",
        "Mean",
        "Least",
        "Lower quartile",
        "Median",
        "Upper quartile",
        "Most",
        "Gave it any",
        "Of",
    ]);
    let mut sorted: Vec<&Share> = rows.iter().collect();
    sorted.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    let short = |mean: f64| (mean * 10.0).round() / 10.0;
    let exact = decimals(sorted.iter().map(|row| short(row.mean)));
    let mut spreads = vec![];
    for row in sorted {
        let label = named(row.label.as_deref());
        let mut cells = vec![Cell::Words(label.clone()), Cell::Number(row.mean)];
        cells.extend(row.spread.unwrap_or_default().map(Cell::Number));
        cells.extend([Cell::Count(row.given), Cell::Count(base.answered)]);
        table.rows.push(cells);
        let said = format!("mean {}", fixed(short(row.mean), exact));
        let five = row.spread.unwrap_or_default();
        spreads.push(Spread { label, five, mean: row.mean, said });
    }
    table.missing(7, base.missing);
    let mut picture = base.picture(asked, table);
    picture.reading.push(format!(
        "Of {total} points, what each option got: the dot is the mean, the box holds the middle half of people, the stroke in it is the median, the thin line goes from the least to the most. Who gave an option nothing counts as 0."
    ));
    if base.answered > 0 && base.answered < 5 {
        let few = format!("Of {}, quartiles say little.", people(base.answered));
        picture.reading.push(few);
    }
    picture.others = others.to_vec();
    let top = f64::from(total);
    picture.shape = (base.answered > 0).then_some(Shape::Boxes { rows: spreads, top });
    picture
}
