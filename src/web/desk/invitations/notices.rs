//! What stands in the way of invitations.

use maud::{Markup, html};

use crate::href;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;

/// Who the mails are from, where that is not as it should be.
pub fn sender(organizer: &Organizer) -> Markup {
    html! {
        @if organizer.name.is_empty() || organizer.address.is_none() {
            .notice {
                p {
                    @if organizer.name.is_empty() { "Your readers do not see your name yet. " }
                    @if organizer.address.is_none() { "Their replies cannot reach you yet. " }
                    a href="/desk/account" { "Say who you are" } " before you invite them."
                }
            }
        }
    }
}

/// Where the questionnaire is published.
pub fn publish_first(questionnaire: &Questionnaire) -> Markup {
    html! {
        .notice {
            p { "Readers cannot answer yet: publish the questionnaire, then invite them." }
            p { a.button href=(href::desk(&questionnaire.slug, "questionnaire")) { "Go to the questionnaire" } }
        }
    }
}
