//! A sheet for each closed question: its counts, and a chart of them.

use rust_xlsxwriter::{Chart, ChartType, Workbook};

use super::{Given, Sheet, Style, count, failed};
use crate::insight::tally::{Counts, Tally};

/// The counts of one question.
pub(super) fn sheet(
    book: &mut Workbook,
    style: &Style,
    given: &Given<'_>,
    tally: &Tally,
) -> anyhow::Result<()> {
    let asked = given.insight.material.questions.iter().find(|q| q.id == tally.question);
    let Some(asked) = asked else { return Ok(()) };
    let name = asked.key.clone();
    let mut sheet = Sheet::add(book, &name, style)?;
    sheet.text(0, &asked.wording.prompt)?;
    sheet.next();
    let people = match tally.answered {
        1 => "1 person answered.".to_owned(),
        n => format!("{n} people answered."),
    };
    sheet.text(0, &people)?;
    sheet.next();
    sheet.next();
    let from = sheet.row;
    let drawn = counts(&mut sheet, tally)?;
    if sheet.row > from + 1 {
        draw(&mut sheet, &name, from, &drawn)?;
    }
    Ok(())
}

/// What is drawn of a table: columns of numbers beside the first, and in which way.
struct Drawn {
    columns: Vec<(u16, &'static str)>,
    upright: bool,
}

fn counts(sheet: &mut Sheet<'_>, tally: &Tally) -> anyhow::Result<Drawn> {
    let of = tally.of();
    let one = |name| Drawn { columns: vec![(1, name)], upright: false };
    let something_else = "something else".to_owned();
    match &tally.counts {
        Counts::Options { rows, .. } => {
            sheet.heads(&["Option", "People", "Share"], &[40.0, 10.0, 10.0])?;
            for row in rows {
                sheet.text(0, row.label.as_ref().unwrap_or(&something_else))?;
                sheet.number(1, count(row.count))?;
                sheet.share(2, count(row.count) / count(of.max(1)))?;
                sheet.next();
            }
            Ok(one("People"))
        }
        Counts::Scale { points, low, high, cannot_say, .. } => {
            sheet.heads(&["Point", "People", "Share", "Of"], &[40.0, 10.0, 10.0, 10.0])?;
            let mut row = |label: &str, people: usize, of: usize| {
                sheet.text(0, label)?;
                sheet.number(1, count(people))?;
                sheet.share(2, count(people) / count(of.max(1)))?;
                sheet.number(3, count(of))?;
                sheet.next();
                anyhow::Ok(())
            };
            let last = points.len();
            for (point, people) in (1_usize..).zip(points) {
                let label = match point {
                    1 if !low.is_empty() => format!("1: {low}"),
                    n if n == last && !high.is_empty() => format!("{n}: {high}"),
                    n => n.to_string(),
                };
                row(&label, *people, of)?;
            }
            if let Some(people) = cannot_say {
                row("can’t say", *people, tally.answered)?;
            }
            Ok(one("People"))
        }
        Counts::Ranking(rows) => {
            let heads = ["Option", "Mean points (Borda)", "Put first by", "Ranked by"];
            sheet.heads(&heads, &[40.0, 20.0, 12.0, 12.0])?;
            for row in rows {
                sheet.text(0, &row.label)?;
                sheet.mean(1, row.points)?;
                sheet.number(2, count(row.first))?;
                sheet.number(3, count(row.placed))?;
                sheet.next();
            }
            Ok(one("Mean points"))
        }
        Counts::Numbers { bins, unit, .. } => {
            let head =
                if unit.is_empty() { "Number".to_owned() } else { format!("Number ({unit})") };
            sheet.heads(&[&head, "People", "At least", "Less than"], &[24.0, 10.0, 12.0, 12.0])?;
            for bin in bins {
                sheet.text(0, &bin.words())?;
                sheet.number(1, count(bin.count))?;
                sheet.number(2, bin.from.value())?;
                sheet.number(3, bin.to.value())?;
                sheet.next();
            }
            Ok(Drawn { upright: true, ..one("People") })
        }
        Counts::Shares { rows, .. } => {
            sheet.heads(&["Option", "Mean points", "Given points by"], &[40.0, 14.0, 16.0])?;
            for row in rows {
                sheet.text(0, row.label.as_ref().unwrap_or(&something_else))?;
                sheet.mean(1, row.mean)?;
                sheet.number(2, count(row.given))?;
                sheet.next();
            }
            Ok(one("Mean points"))
        }
        Counts::Slots(slots) => {
            let heads = ["Time (UTC)", "Yes", "If need be", "No", "Minutes"];
            sheet.heads(&heads, &[24.0, 10.0, 12.0, 10.0, 10.0])?;
            for slot in slots {
                sheet.text(0, &slot.start.format("%Y-%m-%d %H:%M").to_string())?;
                sheet.number(1, count(slot.yes))?;
                sheet.number(2, count(slot.if_need_be))?;
                sheet.number(3, count(slot.no))?;
                sheet.number(4, f64::from(slot.minutes))?;
                sheet.next();
            }
            let columns = vec![(1, "Yes"), (2, "If need be"), (3, "No")];
            Ok(Drawn { columns, upright: false })
        }
    }
}

/// The chart beside a table whose heads stand in row `from`.
fn draw(sheet: &mut Sheet<'_>, name: &str, from: u32, drawn: &Drawn) -> anyhow::Result<()> {
    let (first, last) = (from + 1, sheet.row - 1);
    let several = drawn.columns.len() > 1;
    let mut chart = Chart::new(match (drawn.upright, several) {
        (true, _) => ChartType::Column,
        (false, false) => ChartType::Bar,
        (false, true) => ChartType::BarStacked,
    });
    for (column, label) in &drawn.columns {
        chart
            .add_series()
            .set_name(*label)
            .set_categories((name, first, 0, last, 0))
            .set_values((name, first, *column, last, *column));
    }
    chart.title().set_hidden();
    if !several {
        chart.legend().set_hidden();
    }
    if !drawn.upright {
        // The first line of the table on top.
        chart.x_axis().set_reverse();
    }
    chart.set_width(640).set_height(160 + 28 * (last - first + 1).min(40));
    sheet.page.insert_chart(from, 6, &chart).map_err(failed)?;
    Ok(())
}
