//! The texts of a questionnaire in its other language, beside its own.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::domain::options::Head;
use crate::domain::question::{Line, Translation};
use crate::domain::text::one_line;
use crate::domain::{Fields, Wording};
use crate::words::Words;

/// The language beside the questionnaire's own, with its name.
pub(super) fn other(language: &str) -> (&'static str, &'static str) {
    if Words::of(language).language() == "zh" { ("en", "English") } else { ("zh", "Chinese") }
}

/// The words of one question in the other language.
#[derive(Clone, Debug)]
pub(super) struct Beside<'a> {
    /// The language.
    pub tag: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The texts.
    texts: Option<&'a Translation>,
}

impl<'a> Beside<'a> {
    pub(super) fn of(language: &str, wording: &'a Wording) -> Self {
        let (tag, name) = other(language);
        Self { tag, name, texts: wording.translations.get(tag) }
    }

    pub(super) fn prompt(&self) -> &'a str {
        self.texts.map(|texts| texts.prompt.as_str()).unwrap_or_default()
    }

    pub(super) fn help(&self) -> &'a str {
        self.texts.map(|texts| texts.help.as_str()).unwrap_or_default()
    }

    /// The line with this key, or `low`, `high`, `unit`.
    pub(super) fn line(&self, key: &str) -> &'a str {
        self.texts.and_then(|texts| texts.lines.get(key)).map(String::as_str).unwrap_or_default()
    }
}

/// The field for a text in the other language, beside one that has `own` words.
pub(super) fn field(
    (tag, name): (&str, &str),
    field: &str,
    label: &str,
    class: &str,
    own: &str,
    text: &str,
) -> Markup {
    let missing = !own.trim().is_empty() && text.trim().is_empty();
    html! {
        textarea class={ "beside " (class) @if missing { " missing" } } name=(field) lang=(tag) rows="1"
            aria-label={ (label) ", in " (name) }
            placeholder=(if missing { format!("Missing in {name}") } else { format!("In {name}") }) {
            "\n" (text)
        }
    }
}

/// The texts of one question as they were typed, by language; `lines` with what stands beside each.
pub(super) fn read(
    fields: &Fields,
    part: &dyn Fn(&str) -> String,
    lines: &[(Line, String)],
    language: &str,
) -> BTreeMap<String, Translation> {
    let typed = |name: &str| one_line(fields.get(&part(name)).unwrap_or_default(), 2000);
    let of_lines = lines.iter().map(|(line, text)| (line.key.clone(), text.clone()));
    let ends = ["low", "high", "unit"].map(|key| (key.to_owned(), typed(&format!("tr.{key}"))));
    let lines = of_lines.chain(ends).filter(|(_, text)| !text.is_empty()).collect();
    let texts = Translation { prompt: typed("tr.prompt"), help: typed("tr.help"), lines };
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
