//! What the desk says of anonymous answers that wait to be mixed: how many, and until when.

use maud::{Markup, html};

use crate::domain::status::{Mode, Status};
use crate::store::mixing::LEAST;
use crate::store::questionnaires::Questionnaire;

/// What there is to say; nothing where answers are not mixed.
pub(super) fn notice(questionnaire: &Questionnaire, waiting: u64) -> Markup {
    let few = usize::try_from(waiting).is_ok_and(|waiting| waiting < LEAST);
    html! {
        @if questionnaire.mode == Mode::Anonymous && waiting > 0 {
            .notice {
                p {
                    @if waiting == 1 { "1 more answer waits" } @else { (waiting) " more answers wait" }
                    " to be mixed with others, so that nobody can tell whose they are. "
                    @if few {
                        "Fewer than five would not be anonymous: they are kept, and you read them once there are five."
                    } @else if questionnaire.status == Status::Closed {
                        "You read them a day after the close, when no more are to come."
                    } @else {
                        "Some always wait while the questionnaire is open; you read the last of them a day after you close it."
                    }
                }
            }
        }
    }
}
