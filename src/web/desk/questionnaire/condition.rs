//! When a question is asked: a choice of what was answered before it.

use maud::{Markup, html};

use crate::acts::edit_questionnaire::Placed;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::kind::{Kind, OTHER};
use crate::domain::text::shortened;
use crate::domain::{Condition, Fields, Wording};

/// The choice, among the questions before this one.
pub(super) fn choice(
    before: &[Placed],
    wording: &Wording,
    name: &dyn Fn(&str) -> String,
    field: &dyn Fn(&str) -> String,
) -> Markup {
    let present = wording.shown_if.as_ref().map(written).unwrap_or_default();
    let offered: Vec<(String, Vec<(String, String)>)> = (1_usize..)
        .zip(before)
        .map(|(number, asked)| {
            let prompt = shortened(&asked.wording.prompt, 50);
            (format!("{number}. {prompt}"), answers(asked))
        })
        .collect();
    let known = offered.iter().flat_map(|(_, answers)| answers).any(|(value, _)| *value == present);
    html! {
        .when {
            label for=(field("if")) { "Asked" }
            select id=(field("if")) name=(name("if")) {
                option value="" selected[present.is_empty()] { "always" }
                @if !present.is_empty() && !known {
                    option value=(present) selected { "As it is set now (" (present) ")" }
                }
                @for (question, answers) in &offered {
                    optgroup label=(question) {
                        @for (value, label) in answers {
                            option value=(value) selected[*value == present] { (label) }
                        }
                    }
                }
            }
        }
    }
}

/// What can be asked of an earlier question, as values and words.
fn answers(asked: &Placed) -> Vec<(String, String)> {
    let key = &asked.key;
    let value = |any_of: &[String]| format!("{key}={}", any_of.join("|"));
    let chosen = |of: &str, text: &str| {
        (value(&[of.to_owned()]), format!("if “{}” is chosen", shortened(text, 40)))
    };
    let mut all = vec![(key.clone(), "if it is answered".to_owned())];
    match &asked.wording.kind {
        Kind::Single(_) | Kind::Multiple(_) => {
            all.extend(asked.wording.kind.lines().iter().map(|l| chosen(&l.key, &l.text)));
            all.push(chosen(OTHER, "something else"));
        }
        Kind::Ranking(kind) => all.extend(kind.options.iter().map(|line| {
            let first = format!("if “{}” is ranked first", shortened(&line.text, 40));
            (value(std::slice::from_ref(&line.key)), first)
        })),
        Kind::Scale(kind) => {
            let points: Vec<String> = (1..=kind.points).map(|point| point.to_string()).collect();
            for (at, point) in points.iter().enumerate().skip(1) {
                let higher = points.get(at..).unwrap_or_default();
                all.push((value(higher), format!("if it is {point} or more")));
                let lower = points.get(..at).unwrap_or_default();
                all.push((value(lower), format!("if it is less than {point}")));
            }
            if kind.cannot_say {
                all.push((value(&[CANNOT_SAY.to_owned()]), "if they can’t say".to_owned()));
            }
        }
        Kind::Statements(kind) => {
            for line in &kind.statements {
                let text = shortened(&line.text, 40);
                for (vote, word) in [("agree", "agree with"), ("disagree", "disagree with")] {
                    let said = format!("{}={vote}", line.key);
                    all.push((value(&[said]), format!("if they {word} “{text}”")));
                }
            }
        }
        Kind::Open(_)
        | Kind::Number(_)
        | Kind::Allocation(_)
        | Kind::Availability(_)
        | Kind::Contact(_) => {}
    }
    all
}

/// A condition as the field's value: `q2`, or `q2=o1|o3`.
fn written(condition: &Condition) -> String {
    match condition.any_of.as_slice() {
        [] => condition.question.clone(),
        any_of => format!("{}={}", condition.question, any_of.join("|")),
    }
}

/// The inverse of [`written`]; nothing where nothing was chosen.
pub(super) fn read(fields: &Fields, name: &str) -> Option<Condition> {
    let typed = fields.filled(name)?;
    let (question, values) = typed.split_once('=').unwrap_or((typed, ""));
    let any_of = values.split('|').filter(|value| !value.is_empty()).map(str::to_owned).collect();
    Some(Condition { question: question.to_owned(), any_of })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_read_as_it_was_written() {
        for text in ["q2", "q2=o1", "q2=4|5", "q3=s1=agree"] {
            let fields = [("if".to_owned(), text.to_owned())].into_iter().collect();
            assert_eq!(written(&read(&fields, "if").unwrap()), text);
        }
        assert_eq!(read(&Fields::default(), "if"), None);
    }
}
