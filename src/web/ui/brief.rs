//! The brief as it is read on a screen and on paper, and as one file that needs nothing else.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::insight::brief::Table;
use crate::insight::brief::sheet::{Said, Sheet};

/// The style of the file: nothing is fetched from anywhere.
const STYLE: &str = include_str!("../../../assets/pdf/brief.css");

/// The brief.
pub fn article(sheet: &Sheet) -> Markup {
    html! {
        article.brief lang=(sheet.language) {
            p.kicker { (sheet.kicker) }
            h1 dir="auto" { (sheet.title) }
            @for part in &sheet.sections {
                h2 dir="auto" { (part.title) }
                @for item in &part.items {
                    p.says dir="auto" {
                        (item.text)
                        @if !item.mark.is_empty() { " " span.tag { (item.mark) } }
                    }
                    @if let Some(table) = &item.table { (numbers(table)) }
                    @for quote in &item.quotes { (quoted(quote)) }
                }
            }
            @if !sheet.signed.is_empty() || !sheet.notes.is_empty() {
                footer.signed {
                    @if !sheet.signed.is_empty() { p { (sheet.signed) } }
                    @for note in &sheet.notes { p { (note) } }
                }
            }
            @if !sheet.changes.is_empty() {
                h2 { (sheet.changes_title) }
                ul.changes { @for change in &sheet.changes { li dir="auto" { (change) } } }
            }
        }
    }
}

/// A quote, or what says that it was taken back.
pub fn quoted(quote: &Said) -> Markup {
    html! {
        @if quote.gone {
            p.gone { (quote.text) }
        } @else {
            blockquote.quote dir="auto" lang=(quote.language) {
                p { (quote.text) }
                @if !quote.by.is_empty() { footer { (quote.by) } }
            }
        }
    }
}

/// The numbers under a sentence.
pub fn numbers(table: &Table) -> Markup {
    html! {
        table.numbers {
            thead { tr { @for cell in &table.head { th scope="col" { (cell) } } } }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (place, cell) in row.iter().enumerate() {
                            @if place == 0 { th scope="row" dir="auto" { (cell) } } @else { td { (cell) } }
                        }
                    }
                }
            }
        }
    }
}

/// The brief as one HTML file.
pub fn file(sheet: &Sheet) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(sheet.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="referrer" content="no-referrer";
                title { (sheet.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (article(sheet))
                @if !sheet.address.is_empty() { p.address { a href=(sheet.address) { (sheet.address) } } }
            }
        }
    }
}
