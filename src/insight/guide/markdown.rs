//! The guide as CommonMark. Whatever somebody wrote stands there as text.

use std::fmt::Write as _;

use super::sheet::{Part, Sheet};
use crate::insight::brief::markdown::text;

/// The guide as CommonMark 0.31.
pub fn markdown(sheet: &Sheet) -> String {
    let mut out = format!("*{}*\n\n# {}\n\n", text(&sheet.kicker), text(&sheet.title));
    for (label, value) in &sheet.facts {
        let _ = writeln!(out, "- {}: {}", text(label), text(value));
    }
    for each in &sheet.parts {
        part(&mut out, each);
    }
    let _ = write!(out, "\n---\n\n{}\n", text(&sheet.foot));
    out
}

fn part(out: &mut String, part: &Part) {
    let time =
        if part.time.is_empty() { String::new() } else { format!(" ({})", text(&part.time)) };
    let _ = write!(out, "\n## {}{time}\n", text(&part.title));
    if !part.lead.is_empty() {
        let _ = write!(out, "\n**{}**\n", text(&part.lead));
    }
    if !part.counted.is_empty() {
        let _ = write!(out, "\n{}\n", text(&part.counted));
    }
    if part.list && !part.lines.is_empty() {
        out.push('\n');
        for line in &part.lines {
            let _ = writeln!(out, "- {}", text(line));
        }
    } else {
        for line in &part.lines {
            let _ = write!(out, "\n{}\n", text(line));
        }
    }
    for quote in &part.quotes {
        let mut lines: Vec<String> =
            quote.text.split('\n').map(|line| format!("> {}", text(line))).collect();
        if !quote.by.is_empty() {
            lines.extend([">".to_owned(), format!("> — {}", text(&quote.by))]);
        }
        let _ = write!(out, "\n{}\n", lines.join("\n"));
    }
}
