//! Options to put in an order: a place each, typed; the script adds buttons that move,
//! and a grip to drag by.

use maud::{Markup, html};

use crate::domain::kind::Ranking;
use crate::web::answer::view::Asking;

/// The options in the order that was typed, then those without a place.
pub(super) fn ranking(asking: &Asking<'_>, kind: &Ranking) -> Markup {
    let words = asking.words;
    let typed =
        |key: &str| asking.fields.get(&format!("{}.{key}", asking.name)).unwrap_or_default();
    let mut options: Vec<_> = kind.options.iter().collect();
    options.sort_by_key(|line| typed(&line.key).trim().parse::<u32>().unwrap_or(u32::MAX));
    html! {
        ol.ranking {
            @for line in options {
                @let id = format!("r-{}-{}", asking.key, line.key);
                @let named = [("option", line.text.as_str().into())];
                li.rank {
                    input id=(id) name={ (asking.name) "." (line.key) } value=(typed(&line.key))
                        inputmode="numeric" autocomplete="off" maxlength="4" size="3"
                        aria-invalid=[asking.wrong()];
                    label for=(id) dir="auto" lang=[asking.tongue(&line.key)] { (line.text) }
                    span.grip data-js hidden aria-hidden="true" { "⠿" }
                    span.moves lang=[asking.ours] {
                        @for (way, sign) in [("up", "↑"), ("down", "↓")] {
                            @let label = words.with(&format!("form-move-{way}"), &named);
                            button type="button" data-js hidden data-rank=(way) aria-label=(label) {
                                (sign)
                            }
                        }
                    }
                }
            }
        }
    }
}
