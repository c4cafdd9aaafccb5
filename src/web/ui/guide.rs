//! The guide of one group as it is read on a screen and on paper, and as one file that needs
//! nothing else.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::insight::guide::Votes;
use crate::insight::guide::sheet::{Part, Said, Sheet};
use crate::web::ui::chart::width;
use crate::words::Words;

/// The style of the file: nothing is fetched from anywhere.
const STYLE: &str = include_str!("../../../assets/pdf/brief.css");

/// One guide; `level`: its heading is a page's (1) or stands below one (2).
pub fn guide(sheet: &Sheet, level: u8) -> Markup {
    let words = Words::of(&sheet.language);
    html! {
        article.guide lang=(sheet.language) {
            p.kicker dir="auto" { (sheet.kicker) }
            (heading(level, &sheet.title, ""))
            dl.facts {
                @for (label, value) in &sheet.facts { dt { (label) } dd dir="auto" { (value) } }
            }
            @for each in &sheet.parts { (part(words, each, level + 1)) }
            p.signed { (sheet.foot) }
        }
    }
}

fn heading(level: u8, text: &str, time: &str) -> Markup {
    let inside = html! {
        (text) @if !time.is_empty() { " " span.time { (time) } }
    };
    html! {
        @match level { 1 => { h1 { (inside) } } 2 => { h2 { (inside) } } _ => { h3 { (inside) } } }
    }
}

fn part(words: Words, part: &Part, level: u8) -> Markup {
    html! {
        section.part {
            (heading(level, &part.title, &part.time))
            @if !part.lead.is_empty() { p dir="auto" { strong { (part.lead) } } }
            @if let Some(votes) = &part.votes { (stacked(words, votes)) }
            @if !part.counted.is_empty() { p.small.quiet { (part.counted) } }
            @if part.list {
                ul.blank[part.blank] { @for line in &part.lines { li dir="auto" { (line) } } }
            } @else {
                @for line in &part.lines { p.quiet dir="auto" { (line) } }
            }
            @for quote in &part.quotes { (quoted(quote)) }
        }
    }
}

fn stacked(words: Words, votes: &Votes) -> Markup {
    let all = f64::from((votes.agree + votes.disagree + votes.pass).max(1));
    let parts = [
        ("agree", "form-agree", votes.agree),
        ("pass", "form-pass", votes.pass),
        ("disagree", "form-disagree", votes.disagree),
    ];
    html! {
        .stacked {
            @for (class, word, count) in parts {
                @if count > 0 {
                    span class={ (class) " " (width(f64::from(count) / all)) } { (words.get(word)) " " (count) }
                }
            }
        }
    }
}

fn quoted(quote: &Said) -> Markup {
    html! {
        blockquote.quote dir="auto" {
            p { (quote.text) }
            @if !quote.by.is_empty() { footer { (quote.by) } }
        }
    }
}

/// The guide as one HTML file.
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
                title { (sheet.kicker) " · " (sheet.title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (guide(sheet, 1)) }
        }
    }
}
