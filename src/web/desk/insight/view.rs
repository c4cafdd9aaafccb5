//! The page of what was said.

use maud::{Markup, html};

use super::{groups, tallies, themes};
use crate::href;
use crate::insight::Insight;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::{self, Steps};

/// Question by question, in the order of the form.
pub(super) fn page(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    insight: &Insight,
) -> Markup {
    let material = &insight.material;
    let count = material.voices.len();
    let examples = material.voices.iter().filter(|voice| voice.response.example).count();
    layout::desk(
        organizer,
        "What they said",
        Some(steps),
        html! {
            h1 { "What they said" }
            @if count == 0 {
                .empty {
                    p { "Nobody has answered yet. As soon as somebody has, you see it here." }
                    a.button.primary href=(href::desk(&questionnaire.slug, "invitations")) { "Invite readers" }
                }
            } @else {
                .notice {
                    p {
                        "Made from "
                        @if count == 1 { "1 response." } @else { (count) " responses." }
                        @if examples > 0 { " " (examples) " of them are made-up examples." }
                        " Every quote is a piece of an answer, letter by letter."
                    }
                }
                .actions {
                    a.button.primary href=(href::desk(&questionnaire.slug, "brief")) { "Open the brief" }
                    a.button.quiet href=(href::desk(&questionnaire.slug, "exports")) { "Take it along as files" }
                }
                @for asked in &material.questions {
                    @if let Some(open) = insight.themes.iter().find(|open| open.question == asked.id) {
                        (themes::section(questionnaire, material, &asked.wording.prompt, open))
                    } @else if let Some(tally) = insight.tallies.iter().find(|tally| tally.question == asked.id) {
                        (tallies::section(questionnaire, material, &asked.wording.prompt, tally))
                    }
                }
                @if let Some(opinion) = &insight.opinion {
                    (groups::section(questionnaire, material, opinion))
                }
            }
        },
    )
}
