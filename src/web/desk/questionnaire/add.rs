//! Where a question can be added: before the first, and behind each.

use maud::{Markup, html};

use super::kinds::KINDS;

/// The choice of a kind, for a question that comes at `place`, counted from 0.
pub(super) fn between(place: usize) -> Markup {
    fold(place, false)
}

/// The same, unfolded where there is nothing else to do.
pub(super) fn first(open: bool) -> Markup {
    fold(0, open)
}

fn fold(place: usize, open: bool) -> Markup {
    html! {
        details.add open[open] {
            summary {
                "Add a question"
                span.vh { @if place == 0 { " before the first" } @else { " behind question " (place) } }
            }
            .kinds {
                @for (word, name, what) in KINDS {
                    button name="then" value={ "add:" (place) ":" (word) } {
                        strong { (name) } span { (what) }
                    }
                }
            }
        }
    }
}
