//! A number: typed as people type numbers, with its unit behind it.

use maud::{Markup, html};

use crate::domain::kind::{Amount, Number};
use crate::web::answer::view::Asking;
use crate::words::Words;

/// Which numbers fit, in words.
pub(super) fn hint(words: Words, kind: &Number) -> Option<String> {
    let said = |amount: &Amount| amount.to_string().into();
    match (&kind.least, &kind.most) {
        (Some(least), Some(most)) => {
            Some(words.with("form-between", &[("least", said(least)), ("most", said(most))]))
        }
        (Some(least), None) => Some(words.with("form-at-least", &[("least", said(least))])),
        (None, Some(most)) => Some(words.with("form-at-most", &[("most", said(most))])),
        (None, None) => None,
    }
}

/// The field.
pub(super) fn number(asking: &Asking<'_>, kind: &Number) -> Markup {
    html! {
        p.number-field {
            // Not a number field of the browser: that one drops what it cannot read.
            input id={ "a-" (asking.key) } name=(asking.name) inputmode="decimal" autocomplete="off"
                value=(asking.fields.get(&asking.name).unwrap_or_default())
                required[asking.required] aria-describedby=[asking.described.as_deref()]
                aria-invalid=[asking.wrong()];
            @if !kind.unit.is_empty() { " " span.unit dir="auto" { (kind.unit) } }
        }
    }
}
