//! What a link may bring to the form beside its address: texts to begin with (`?a.{question}=…`),
//! hidden fields that the organizer has declared (`?h.{name}=…`), and that it stands in a page of
//! another site (`?embed=1`). The form carries the latter two along until it is sent.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::domain::Fields;
use crate::domain::status::Mode;
use crate::href;
use crate::store::questionnaires::{Asked, Questionnaire};

/// The most characters that a link fills into one field of the form.
const TEXT: usize = 4_000;
/// The most fields that a link fills in.
const FIELDS: usize = 200;
/// The most characters of a hidden field.
const HIDDEN: usize = 500;

/// What a form carries along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::web) struct Carried {
    /// Declared hidden fields, by name.
    pub extras: BTreeMap<String, String>,
    /// Whether the form stands in a page of another site.
    pub embed: bool,
}

impl Carried {
    /// What a link (its query) or a form (its fields) carries: both name it alike. Of anonymous
    /// answers nothing is carried that could tell readers apart.
    pub(in crate::web) fn of(questionnaire: &Questionnaire, sent: &Fields) -> Self {
        let options = questionnaire.options();
        let mut extras = BTreeMap::new();
        if questionnaire.mode != Mode::Anonymous {
            for name in options.hidden {
                if let Some(value) = sent.filled(&format!("h.{name}")) {
                    extras.insert(name, value.chars().take(HIDDEN).collect());
                }
            }
        }
        Self { extras, embed: !options.embed.is_empty() && sent.has("embed", "1") }
    }

    /// The hidden inputs that carry it.
    pub(in crate::web) fn inputs(&self) -> Markup {
        html! {
            @for (name, value) in &self.extras {
                input type="hidden" name={ "h." (name) } value=(value);
            }
            @if self.embed { input type="hidden" name="embed" value="1"; }
        }
    }

    /// What the address is followed by to which the form is sent.
    pub(in crate::web) fn send(&self) -> &'static str {
        if self.embed { "?send&embed=1" } else { "?send" }
    }

    /// The receipt, in the same frame.
    pub(in crate::web) fn receipt(&self, token: &str) -> String {
        let receipt = href::receipt(token);
        if self.embed { format!("{receipt}?embed=1") } else { receipt }
    }
}

/// What a link fills in: only fields of questions that are on the form.
pub(in crate::web) fn filled_in(link: &Fields, asked: &[Asked]) -> Fields {
    let of = |name: &str| {
        let key = name.strip_prefix("a.").and_then(|rest| rest.split('.').next());
        key.is_some_and(|key| asked.iter().any(|asked| asked.key == key))
    };
    link.pairs()
        .filter(|(name, value)| of(name) && !value.is_empty())
        .take(FIELDS)
        .map(|(name, value)| (name.to_owned(), value.chars().take(TEXT).collect()))
        .collect()
}
