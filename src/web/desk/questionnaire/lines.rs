//! Options and statements in the editor: each in its place, one more room at the end.

use maud::{Markup, html};

use super::question::Drawn;
use super::translation;
use crate::domain::question::Line;

/// How a list of lines looks.
pub(super) struct Look {
    /// What one is called: `Option`, `Statement`.
    pub one: &'static str,
    /// The sign before it: what readers press.
    pub sign: &'static str,
    /// What readers see beside or under it.
    pub ghost: fn() -> Markup,
}

/// The lines, each changed in place.
pub(super) fn edited(q: &Drawn<'_>, look: &Look, lines: &[Line], language: &str) -> Markup {
    let keys: Vec<&str> = lines.iter().map(|line| line.key.as_str()).collect();
    html! {
        input type="hidden" name=(q.name("shown")) value=(keys.join(" "));
        ol.lines data-lines=(look.one) {
            @for (place, line) in lines.iter().enumerate() {
                (row(q, look, place, &line.key, &line.text, language))
            }
            (row(q, look, lines.len(), "", "", language))
        }
    }
}

fn row(q: &Drawn<'_>, look: &Look, place: usize, key: &str, text: &str, language: &str) -> Markup {
    let (one, number) = (look.one, place + 1);
    let fresh = text.is_empty();
    let label = format!("{one} {number} of {}", q.of());
    let button = |act: &str, sign: &str, what: &str| {
        let label = format!("{what} {} {number} of {}", one.to_lowercase(), q.of());
        html! {
            button.tool name="then" value={ (act) ":" (q.placed.key) ":" (place) } aria-label=(label) title=(label) { (sign) }
        }
    };
    html! {
        li.line.pair.fresh[fresh] {
            .own {
                span.sign aria-hidden="true" { (look.sign) }
                input type="hidden" name=(q.name("line-key")) value=(key);
                textarea name=(q.name("line")) rows="1" lang=(language) dir="auto" aria-label=(label)
                    placeholder={ "Add " (article(one)) " " (one.to_lowercase()) } {
                    "\n" (text)
                }
                @if !fresh {
                    span.moves {
                        span.grip data-js hidden draggable="true" aria-hidden="true" title="Drag to another place" { "⠿" }
                        (button("line-up", "↑", "Move up"))
                        (button("line-down", "↓", "Move down"))
                        (button("line-off", "✕", "Take off"))
                    }
                }
                @if !fresh { ((look.ghost)()) }
            }
            (translation::field(
                (q.beside.tag, q.beside.name), &q.name("line-tr"), &label, "", text, q.beside.line(key)
            ))
        }
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with('O') { "an" } else { "a" }
}
