//! What the questionnaire keeps of who answers: three modes, in plain words.

use maud::{Markup, html};

use crate::acts::choose_mode::Choice;
use crate::domain::status::Mode;

/// Each mode: its word in the form, its name, what it means.
const MODES: [(Mode, &str, &str, &str); 3] = [
    (
        Mode::Identified,
        "identified",
        "With names",
        "Readers with a personal link are told that you can see which answers are theirs.",
    ),
    (
        Mode::Confidential,
        "confidential",
        "Confidential",
        "You see a name or an address only where its reader agrees to it. The service keeps which \
         answers came through which link; whoever runs the server could look it up.",
    ),
    (
        Mode::Anonymous,
        "anonymous",
        "Anonymous",
        "Nothing that is kept connects an answer to an invitation. You cannot ask for name and \
         address. Answers reach you mixed, at least five at a time, with no time but the day: of \
         fewer than five you see none.",
    ),
];

/// The mode that a word of the form means.
pub(super) fn read(word: &str) -> Option<Mode> {
    MODES.iter().find(|(_, of, ..)| *of == word).map(|(mode, ..)| *mode)
}

/// The choice, or why there is none any more. `times`: whether the form offers times.
pub(super) fn choice(present: Mode, choice: Choice, times: bool) -> Markup {
    html! {
        fieldset.field.modes {
            legend { "What is kept of who answers" }
            p.help {
                @match choice {
                    Choice::Free => "Readers are told above the first question. Once it is published, you can only promise more; with the first answer it is settled.",
                    Choice::Stricter => "It is published: you can only promise more than you did. With the first answer it is settled.",
                    Choice::Frozen => "The first answer is in: what its reader was promised stays as it is.",
                }
            }
            .checks {
                @for (mode, word, name, meaning) in MODES {
                    label.check for={ "mode-" (word) } {
                        input type="radio" id={ "mode-" (word) } name="mode" value=(word)
                            checked[mode == present] disabled[!choice.allows(present, mode)];
                        " " span { strong { (name) ". " } (meaning) }
                    }
                }
            }
            @if present == Mode::Anonymous && times {
                p.help { "It asks who could come when: a choice of times that nobody else makes can give its reader away." }
            }
        }
    }
}
