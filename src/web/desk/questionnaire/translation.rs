//! The texts of a questionnaire in its other language, beside its own.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::domain::kind::Kind;
use crate::domain::options::Head;
use crate::domain::question::Translation;
use crate::domain::text::one_line;
use crate::domain::{Fields, Wording};
use crate::store::questionnaires::Questionnaire;
use crate::words::Words;

/// The language beside the questionnaire's own, with its name.
pub(super) fn other(language: &str) -> (&'static str, &'static str) {
    if Words::of(language).language() == "zh" { ("en", "English") } else { ("zh", "Chinese") }
}

/// Title and introduction.
pub(super) fn head(questionnaire: &Questionnaire) -> Markup {
    let (tag, name) = other(&questionnaire.language);
    let texts = questionnaire.options().translations.remove(tag).unwrap_or_default();
    html! {
        details {
            summary { "Title and introduction in " (name) }
            p.help { "Readers of " (name) " see these. What you leave empty they see as it is above." }
            .field {
                label for="tr-title" { "Title in " (name) }
                input id="tr-title" name="tr.title" lang=(tag) value=(texts.title) maxlength="300";
            }
            .field {
                label for="tr-introduction" { "Introduction in " (name) }
                textarea id="tr-introduction" name="tr.introduction" lang=(tag) rows="3" {
                    "\n" (texts.introduction)
                }
            }
        }
    }
}

/// The texts of one question.
pub(super) fn fields(
    language: &str,
    wording: &Wording,
    name: &dyn Fn(&str) -> String,
    field: &dyn Fn(&str) -> String,
) -> Markup {
    let (tag, called) = other(language);
    let texts = wording.translations.get(tag).cloned().unwrap_or_default();
    let line = |part: &str, label: String, value: &str| {
        html! {
            .field {
                label for=(field(part)) { (label) " in " (called) }
                input id=(field(part)) name=(name(part)) lang=(tag) value=(value);
            }
        }
    };
    let of = |key: &str| texts.lines.get(key).map(String::as_str).unwrap_or_default();
    let lines = wording.kind.lines();
    html! {
        details {
            summary { "In " (called) span.vh { ": " (wording.prompt) } }
            (line("tr.prompt", "Question".to_owned(), &texts.prompt))
            (line("tr.help", "Help".to_owned(), &texts.help))
            @match &wording.kind {
                Kind::Scale(_) => {
                    (line("tr.low", "What the first point means".to_owned(), of("low")))
                    (line("tr.high", "What the last point means".to_owned(), of("high")))
                }
                Kind::Number(_) => (line("tr.unit", "Unit".to_owned(), of("unit"))),
                _ if !lines.is_empty() => {
                    @for one in lines {
                        (line(&format!("tr.{}", one.key), format!("“{}”", one.text), of(&one.key)))
                    }
                }
                _ => {},
            }
        }
    }
}

/// The texts of one question as they were typed, by language.
pub(super) fn read(
    fields: &Fields,
    part: &dyn Fn(&str) -> String,
    kind: &Kind,
    language: &str,
) -> BTreeMap<String, Translation> {
    let typed = |name: &str| one_line(fields.get(&part(name)).unwrap_or_default(), 2000);
    let mut keys: Vec<String> = kind.lines().iter().map(|line| line.key.clone()).collect();
    keys.extend(["low", "high", "unit"].map(str::to_owned));
    let lines = keys.into_iter().filter_map(|key| {
        let text = typed(&format!("tr.{key}"));
        (!text.is_empty()).then_some((key, text))
    });
    let texts =
        Translation { prompt: typed("tr.prompt"), help: typed("tr.help"), lines: lines.collect() };
    let nothing = texts == Translation::default();
    let tag = other(language).0.to_owned();
    if nothing { BTreeMap::new() } else { BTreeMap::from([(tag, texts)]) }
}

/// Title and introduction as they were typed, by language.
pub(super) fn read_head(fields: &Fields, language: &str) -> BTreeMap<String, Head> {
    let head = Head {
        title: one_line(fields.get("tr.title").unwrap_or_default(), 300),
        introduction: fields.get("tr.introduction").unwrap_or_default().trim().to_owned(),
        ..Head::default()
    };
    let nothing = head == Head::default();
    let tag = other(language).0.to_owned();
    if nothing { BTreeMap::new() } else { BTreeMap::from([(tag, head)]) }
}
