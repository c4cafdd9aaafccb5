//! Points to share among options.

use maud::{Markup, html};

use crate::domain::kind::{Allocation, OTHER};
use crate::web::answer::view::Asking;

/// A number field for each option, and what is left to give.
pub(super) fn allocation(asking: &Asking<'_>, kind: &Allocation) -> Markup {
    let words = asking.words;
    let typed =
        |key: &str| asking.fields.get(&format!("{}.{key}", asking.name)).unwrap_or_default();
    let points = |key: &str| typed(key).trim().trim_end_matches('%').parse::<u32>().unwrap_or(0);
    let given = kind.keys().fold(0, |sum: u32, key| sum.saturating_add(points(key)));
    let left = if given > kind.total {
        words.with("form-over", &[("n", i64::from(given - kind.total).into())])
    } else {
        words.with("form-left", &[("n", i64::from(kind.total - given).into())])
    };
    let bar = |key: &str| {
        let share = u64::from(points(key)) * 100 / u64::from(kind.total.max(1));
        html! { span.bar { span class={ "fill w" (share.min(100)) } {} } }
    };
    let number = |key: &str, label: Option<String>| {
        // Not a number field of the browser: that one drops what it cannot read, such as "30 %".
        html! {
            input id={ "b-" (asking.key) "-" (key) } name={ (asking.name) "." (key) } value=(typed(key))
                inputmode="numeric" autocomplete="off" aria-label=[label] aria-invalid=[asking.wrong()];
        }
    };
    html! {
        .allocation data-total=(kind.total) {
            @for line in &kind.options {
                .bet {
                    label for={ "b-" (asking.key) "-" (line.key) } dir="auto" lang=[asking.tongue(&line.key)] { (line.text) }
                    (number(&line.key, None))
                    (bar(&line.key))
                }
            }
            @if kind.other {
                @let name = format!("{OTHER}.text");
                .bet.other lang=[asking.ours] {
                    label for={ "b-" (asking.key) "-text" } { (words.get("form-other")) }
                    input type="text" id={ "b-" (asking.key) "-text" } dir="auto"
                        name={ (asking.name) "." (name) } value=(typed(&name));
                    (number(OTHER, Some(words.get("form-other-points"))))
                    (bar(OTHER))
                }
            }
            output.left lang=[asking.ours] aria-live="polite" { (left) }
        }
    }
}
