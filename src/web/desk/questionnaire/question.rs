//! One question in the editor: as readers will see it, and changed in place.

use maud::{Markup, html};

use super::kinds::{self, KINDS, tick};
use super::translation::{self, Beside};
use super::{add, condition};
use crate::acts::edit_questionnaire::Placed;
use crate::domain::kind::Kind;

/// A question while it is drawn.
pub(super) struct Drawn<'a> {
    /// Its place, from 0, by which its fields are named.
    pub place: usize,
    pub placed: &'a Placed,
    pub beside: Beside<'a>,
}

impl Drawn<'_> {
    /// The name of one of its fields.
    pub(super) fn name(&self, part: &str) -> String {
        format!("q{}.{part}", self.place)
    }

    /// The id of one of its fields.
    pub(super) fn id(&self, part: &str) -> String {
        format!("q{}-{part}", self.place)
    }

    /// Ends a label that is only heard.
    pub(super) fn of(&self) -> String {
        format!("question {}", self.place + 1)
    }

    /// The field beside one with `own` words, in the other language.
    pub(super) fn beside(
        &self,
        part: &str,
        label: &str,
        class: &str,
        own: &str,
        text: &str,
    ) -> Markup {
        let language = (self.beside.tag, self.beside.name);
        let label = format!("{label} of {}", self.of());
        translation::field(language, &self.name(part), &label, class, own, text)
    }
}

/// The questions of a form.
pub(super) struct Whole<'a> {
    /// The questionnaire's language.
    pub language: &'a str,
    /// Every question, in order.
    pub questions: &'a [Placed],
    /// The question that was just made: it has the focus.
    pub fresh: Option<&'a str>,
}

/// The question at this place, with everything that can be changed of it.
pub(super) fn edited(whole: &Whole<'_>, place: usize, placed: &Placed) -> Markup {
    let Placed { key, wording, passage } = placed;
    let q = Drawn { place, placed, beside: Beside::of(whole.language, wording) };
    let (number, count) = (place + 1, whole.questions.len());
    let before = whole.questions.get(..place).unwrap_or_default();
    html! {
        li.edited id={ "q-" (key) } data-question=(key) {
            input type="hidden" name=(q.name("key")) value=(key);
            input type="hidden" name=(q.name("kind")) value=(wording.kind.word());
            @if let Some((start, end)) = passage {
                input type="hidden" name=(q.name("passage")) value={ (start) "-" (end) };
            }
            (tools(&q, number, count))
            .pair {
                textarea.ask name=(q.name("prompt")) rows="1" lang=(whole.language) dir="auto"
                    aria-label={ "Question " (number) } placeholder="What do you want to ask?"
                    autofocus[whole.fresh == Some(key.as_str())] {
                    "\n" (wording.prompt)
                }
                (q.beside("tr.prompt", "The words", "ask", &wording.prompt, q.beside.prompt()))
            }
            .pair {
                textarea.hint name=(q.name("help")) rows="1" lang=(whole.language) dir="auto"
                    aria-label={ "Help for question " (number) } placeholder="A sentence of help, if it needs one" {
                    "\n" (wording.help)
                }
                (q.beside("tr.help", "The help", "hint", &wording.help, q.beside.help()))
            }
            (kinds::fields(&q, whole.language))
            .foot {
                @if !matches!(wording.kind, Kind::Contact(_)) {
                    (tick(&q.name("required"), &q.id("required"), wording.required, "Must be answered"))
                }
                (kinds::settings(&q))
                @if !before.is_empty() {
                    (condition::choice(before, wording, &|part| q.name(part), &|part| q.id(part)))
                }
            }
            (add::between(number))
        }
    }
}

/// What moves a question, changes its kind, takes it off.
fn tools(q: &Drawn<'_>, number: usize, count: usize) -> Markup {
    let key = q.placed.key.as_str();
    let present = q.placed.wording.kind.word();
    let button = |act: &str, sign: &str, label: String, off: bool| {
        html! {
            button.tool name="then" value={ (act) ":" (key) } aria-label=(label) title=(label)
                aria-disabled=[off.then_some("true")] { (sign) }
        }
    };
    html! {
        .tools {
            span.grip data-js hidden draggable="true" aria-hidden="true" title="Drag to another place" { "⠿" }
            h2.number { "Question " (number) span.vh { " of " (count) } }
            select name=(q.name("to")) aria-label={ "How question " (number) " is answered" } data-now {
                @for (word, name, _) in KINDS {
                    option value=(word) selected[word == present] { (name) }
                }
            }
            span.moves {
                (button("up", "↑", format!("Move question {number} up"), number == 1))
                (button("down", "↓", format!("Move question {number} down"), number == count))
                button.tool.word name="then" value={ "copy:" (key) } { "Copy" span.vh { " question " (number) } }
                (button("off", "✕", format!("Take question {number} off"), false))
            }
        }
    }
}
