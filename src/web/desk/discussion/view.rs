//! How the discussion looks at the desk.

use maud::{Markup, html};

use super::cards;
use crate::acts::make_groups::Asked;
use crate::domain::kind::Kind;
use crate::href;
use crate::insight::brief::people;
use crate::insight::{Insight, Material};
use crate::store::discussions::Whole;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::{self, Steps};

/// What the page shows.
pub(super) struct Content<'a> {
    pub questionnaire: &'a Questionnaire,
    pub insight: &'a Insight,
    pub whole: Option<&'a Whole>,
    pub asked: &'a Asked,
    pub problem: Option<&'a str>,
}

/// The page: how groups are wanted, then the groups.
pub(super) fn page(organizer: &Organizer, steps: &Steps, content: &Content<'_>) -> Markup {
    let material = &content.insight.material;
    let joining = material.joining().count();
    let told = content.whole.is_some_and(|whole| whole.discussion.invited_at.is_some());
    let heading = match content.whole.map(|whole| whole.groups.len()) {
        None => "Groups".to_owned(),
        Some(1) => "One group".to_owned(),
        Some(count) => format!("{count} groups"),
    };
    layout::desk(
        organizer,
        "Discussion",
        Some(steps),
        html! {
            h1 { (heading) }
            @if let Some(problem) = content.problem { .warning role="alert" { p { (problem) } } }
            @if joining == 0 {
                .empty {
                    p { "Nobody has ticked “I want to join the discussion” yet." }
                    a.button.primary href=(href::desk(&content.questionnaire.slug, "invitations")) { "Invite readers" }
                }
            } @else if !offers_times(material) {
                .empty {
                    p { (people(joining)) @if joining == 1 { " wants" } @else { " want" } " to join, but the questionnaire does not ask when they can come." }
                    a.button.primary href=(href::desk(&content.questionnaire.slug, "questionnaire")) { "Add a question about availability" }
                }
            } @else {
                @if let Some(whole) = content.whole {
                    (cards::groups(content.questionnaire, material, whole))
                    (telling(content.questionnaire, whole))
                } @else {
                    p { (people(joining)) @if joining == 1 { " wants" } @else { " want" } " to join. Groups are made so that everybody can come, and views are mixed; each seat says why." }
                }
                @if told {
                    .notice { p { "Everybody with a seat and an address was written to. Groups that people were told about stay as they are." } }
                } @else {
                    (wishes(content))
                }
            }
        },
    )
}

fn offers_times(material: &Material) -> bool {
    material.questions.iter().any(|asked| {
        asked.position.is_some()
            && matches!(&asked.wording.kind, Kind::Availability(kind) if !kind.slots.is_empty())
    })
}

fn wishes(content: &Content<'_>) -> Markup {
    let Asked { title, place, wish } = content.asked;
    let again = content.whole.is_some();
    let slack = wish.high.saturating_sub(wish.target);
    html! {
        @if again { h2 { "Make them differently" } }
        form.stack method="post" action=(href::desk(&content.questionnaire.slug, "discussion")) {
            .field {
                label for="title" { "What the appointment is called" }
                input id="title" name="title" value=(title) maxlength="300";
            }
            .field {
                label for="place" { "Where" }
                p.help id="place-help" { "A room, or the address of a video call. It stands in the appointment." }
                input id="place" name="place" value=(place) maxlength="500" aria-describedby="place-help";
            }
            .field {
                label for="target" { "People in a group" }
                input.short id="target" name="target" type="number" min="2" max="30" value=(wish.target);
            }
            .field {
                label for="slack" { "More or fewer, where needed" }
                input.short id="slack" name="slack" type="number" min="0" max="5" value=(slack);
            }
            .field {
                label for="rooms" { "Groups that can meet at the same time" }
                input.short id="rooms" name="rooms" type="number" min="1" max="200" value=(wish.rooms);
            }
            input type="hidden" name="seed" value=(wish.seed);
            .actions {
                @if again {
                    button name="then" value="same" { "Make the groups anew" }
                    button.quiet name="then" value="again" { "Deal once more" }
                } @else {
                    button.primary { "Make the groups" }
                }
            }
        }
    }
}

fn telling(questionnaire: &Questionnaire, whole: &Whole) -> Markup {
    let seated = whole.seats.iter().filter(|seat| seat.group_id.is_some()).count();
    html! {
        .actions {
            @if whole.discussion.invited_at.is_none() && seated > 0 {
                form method="post" action=(href::desk(&questionnaire.slug, "discussion/invite")) {
                    button.primary { "Send " (seated) @if seated == 1 { " appointment" } @else { " appointments" } }
                }
            }
            @if !whole.groups.is_empty() {
                a.button.quiet href={ (href::desk(&questionnaire.slug, "discussion")) "/all/guide" } { "All guides, to print" }
            }
        }
    }
}
