//! Two closed questions against each other, as a table.

use maud::{Markup, html};

use super::table::{Cell, Part, Table, rounded};
use crate::domain::text::shortened;
use crate::href;
use crate::insight::brief::{people, percent};
use crate::insight::cross::{Association, Crossed};
use crate::insight::topics::Topic;
use crate::store::questionnaires::Questionnaire;

/// Characters in the head of a column: a longer one would leave no room for the numbers. The whole
/// words stand with the question itself.
const HEAD: usize = 40;

/// The section; `query`: that of the page.
pub(super) fn section(of: &Questionnaire, crossed: &Crossed, query: &str) -> Markup {
    let file = href::with_query(&href::desk(&of.slug, "insight/cross.csv"), query);
    let title = format!("{} / {}", crossed.rows.title, crossed.columns.title);
    html! {
        section {
            h2 id="cross" { "Compared" }
            p { "Rows: " strong dir="auto" { (named(&crossed.rows)) } br; "Columns: " strong dir="auto" { (named(&crossed.columns)) } }
            @if crossed.people == 0 {
                .empty { p { "Nobody of those shown answered both questions." } }
            } @else {
                .scroll tabindex="0" role="region" aria-label=(title) { (table(crossed)) }
                p.small.quiet {
                    (people(crossed.people)) " answered both questions. In each cell: people, and their share of the row."
                    @if crossed.is_of_placed() { " The shares of the points are of those in the row who placed themselves, that of “can’t say” is of everybody in it." }
                    @if !crossed.columns.exclusive { " Several columns can be true of one person: a row may add up to more than 100 %." }
                    @if !crossed.rows.exclusive { " One person can stand in several rows." }
                }
                @if let Some(found) = &crossed.association { p.small { (association(found)) } }
                p.files { a href=(file) download { "These numbers (CSV)" } }
            }
        }
    }
}

fn named(topic: &Topic) -> String {
    if topic.note.is_empty() {
        topic.title.clone()
    } else {
        format!("{} ({})", topic.title, topic.note)
    }
}

fn table(crossed: &Crossed) -> Markup {
    html! {
        table.data.cross {
            thead { tr {
                td {}
                @for column in &crossed.columns.choices { th.num scope="col" dir="auto" { (shortened(&column.label, HEAD)) } }
                th.num scope="col" { "People" }
            } }
            tbody {
                @for (row, (cells, of)) in crossed.rows.choices.iter().zip(crossed.cells.iter().zip(&crossed.row_people)) {
                    tr {
                        th scope="row" dir="auto" { (row.label) }
                        @for (at, count) in cells.iter().enumerate() { (cell(*count, crossed.of(at, cells, *of))) }
                        td.num { (of) }
                    }
                }
                tr.all {
                    th scope="row" { "All" }
                    @for (at, count) in crossed.column_people.iter().enumerate() {
                        (cell(*count, crossed.of(at, &crossed.column_people, crossed.people)))
                    }
                    td.num { (crossed.people) }
                }
            }
        }
    }
}

fn cell(count: usize, of: usize) -> Markup {
    html! {
        td.num {
            (count)
            @if of > 0 { small.quiet { (percent(Part::new(count, of).share)) } }
        }
    }
}

fn association(found: &Association) -> String {
    let strength = match found.v {
        ..0.1 => "hardly hang together",
        ..0.3 => "hang together a little",
        ..0.5 => "hang together clearly",
        _ => "hang together strongly",
    };
    let chance = if found.chance < 0.001 {
        "less than 0.1 %".to_owned()
    } else {
        format!("{} %", rounded((found.chance * 1000.0).round() / 10.0))
    };
    format!(
        "The two {strength}: Cramér’s V is {} (0: not at all, 1: one tells the other). Chance alone gives a difference as large in {chance} of cases (chi-square {} with {} degrees of freedom).",
        rounded(found.v),
        rounded(found.chi_square),
        found.df
    )
}

/// One row for each cell, for those who go on with it.
pub(super) fn csv(crossed: &Crossed) -> Table {
    let mut table = Table::new(&["Row", "Column", "People", "Share of row", "From", "To", "Of"]);
    let mut rows = |label: &str, counts: &[usize], of: usize| {
        for (at, (column, count)) in crossed.columns.choices.iter().zip(counts).enumerate() {
            let of = crossed.of(at, counts, of);
            let [share, low, high] = Part::new(*count, of).cells();
            let words = |text: &str| Cell::Words(text.to_owned());
            let (row, column) = (words(label), words(&column.label));
            let (count, of) = (Cell::Count(*count), Cell::Count(of));
            table.rows.push(vec![row, column, count, share, low, high, of]);
        }
    };
    for (row, (cells, of)) in
        crossed.rows.choices.iter().zip(crossed.cells.iter().zip(&crossed.row_people))
    {
        rows(&row.label, cells, *of);
    }
    rows("All", &crossed.column_people, crossed.people);
    table
}
