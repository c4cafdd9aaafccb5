//! The form that brings a list of people.

use maud::{Markup, html};

/// The form; `typed` is what stands in its field, `problem` why it is shown again.
pub fn bring(action: &str, typed: &str, problem: Option<&str>, primary: bool) -> Markup {
    html! {
        form.stack method="post" action=(action) enctype="multipart/form-data" {
            @if let Some(problem) = problem { p.problem id="bring-problem" role="alert" { (problem) } }
            .field {
                label for="list" { "One person a line" }
                p.help id="list-help" { "Such as “Ada Lovelace <ada@example.org>” or “ada@example.org, Ada Lovelace, English”. A table copied from a table program is understood too." }
                textarea id="list" name="list" rows="8" spellcheck="false" autocomplete="off" aria-describedby="list-help" data-no-draft { "\n" (typed) }
            }
            .field {
                label for="file" { "Or a file" }
                p.help id="file-help" { "An Excel workbook (XLSX), or a table saved as CSV: with a first line such as “name, email, language” in any order, or without one." }
                input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" aria-describedby="file-help";
            }
            .actions { button.primary[primary] { "Look at the list" } }
            p.help { "You see what will be kept before anything is." }
        }
    }
}

/// "Nobody", "1 person", "1,234 people".
pub fn people(count: usize) -> String {
    match count {
        0 => "Nobody".to_owned(),
        1 => "1 person".to_owned(),
        n => format!("{} people", number(n)),
    }
}

/// A number with its thousands set apart.
pub fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let told: Vec<String> = [0, 12, 999, 1000, 1_234_567].map(number).into();
        assert_eq!(told, ["0", "12", "999", "1,000", "1,234,567"]);
    }
}
