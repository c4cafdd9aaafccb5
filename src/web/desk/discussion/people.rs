//! The page of participants: who takes part, when they can come, who leads and what marks them;
//! people added by hand; and the question by mail when those can come who never said.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use maud::{Markup, html};

use super::form::words_of;
use crate::acts::change_participants::{Person, can_be_asked};
use crate::domain::kind::Free;
use crate::domain::text::one_line;
use crate::domain::{Fields, ParticipantId};
use crate::href;
use crate::insight::Material;
use crate::insight::brief::people;
use crate::insight::participants::{free_later, who, zone};
use crate::insight::seats::people::{free, languages, tags, takes_part};
use crate::insight::seats::said::{NAMELESS, time};
use crate::store::discussions::{Participant, Slot, Whole};
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::language_name;
use crate::words::Words;

/// What the page is drawn from.
pub(super) struct People<'a> {
    pub questionnaire: &'a Questionnaire,
    pub material: &'a Material,
    pub whole: &'a Whole,
    /// What was typed and not taken, and why.
    pub typed: Option<(&'a Fields, &'a str)>,
}

/// The page's content.
pub(super) fn content(page: &People<'_>) -> Markup {
    let (material, whole) = (page.material, page.whole);
    let mut named: Vec<(String, &Participant)> = whole
        .participants
        .iter()
        .filter(|one| takes_part(material, one))
        .map(|one| (who(material, one).name.unwrap_or_else(|| NAMELESS.to_owned()), one))
        .collect();
    named.sort_by_cached_key(|(name, one)| (name.to_lowercase(), one.id));
    let mut gone: Vec<&Participant> =
        whole.participants.iter().filter(|one| !takes_part(material, one)).collect();
    gone.sort_by_key(|one| one.id);
    let address = href::desk(&page.questionnaire.slug, "discussion/people");
    html! {
        h1 { (people(named.len())) }
        p {
            "Those who ticked that they want to join, and those you add. "
            a href=(href::desk(&page.questionnaire.slug, "discussion")) { "Back to the groups" }
        }
        (ask(page, &address))
        @if !named.is_empty() {
            table.data.cards {
                caption.vh { "Participants" }
                thead { tr {
                    th scope="col" { "Name" } th scope="col" { "Language" } th scope="col" { "Can come" }
                    th scope="col" { "Tags" } th scope="col" { "Change" }
                } }
                tbody { @for (name, one) in &named { (row(page, &address, name, one)) } }
            }
        }
        (add(page, &address))
        @if !gone.is_empty() {
            details {
                summary { "Not taking part any more: " (gone.len()) }
                ul {
                    @for one in gone {
                        li {
                            (who(material, one).name.unwrap_or_else(|| NAMELESS.to_owned())) " "
                            @if one.left_at.is_some() {
                                form.inline method="post" action=(address) {
                                    input type="hidden" name="who" value=(one.id);
                                    button.quiet.small name="what" value="back" { "Take back in" }
                                }
                            } @else { span.quiet { "took the consent back" } }
                        }
                    }
                }
            }
        }
    }
}

/// Who never said when they can come, and the question by mail.
fn ask(page: &People<'_>, address: &str) -> Markup {
    let silent: Vec<&Participant> = page
        .whole
        .participants
        .iter()
        .filter(|one| takes_part(page.material, one) && free(page.material, one).is_none())
        .collect();
    let reachable = |one: &&&Participant| can_be_asked(page.material, one);
    let fresh = silent.iter().filter(reachable).filter(|one| one.asked_at.is_none()).count();
    let waiting = silent.iter().filter(|one| one.asked_at.is_some()).count();
    let lost = silent.iter().filter(|one| !can_be_asked(page.material, one)).count();
    html! {
        @if !silent.is_empty() {
            section.notice {
                h2 { (people(silent.len())) @if silent.len() == 1 { " has" } @else { " have" } " not said when they can come" }
                @if page.whole.slots.is_empty() {
                    p { "There are no times to ask about yet. " a href=(href::desk(&page.questionnaire.slug, "discussion/setup")) { "Add times first" } "." }
                } @else {
                    @if waiting > 0 { p { (waiting) @if waiting == 1 { " was" } @else { " were" } " asked and " @if waiting == 1 { "has" } @else { "have" } " not answered yet." } }
                    @if lost > 0 { p { (lost) @if lost == 1 { " has" } @else { " have" } " no address: write down below when they can come." } }
                    form.actions method="post" action=(address) {
                        @if fresh > 0 { button.primary name="what" value="ask" { "Ask " (people(fresh)) " by mail" } }
                        @if waiting > 0 { button.quiet name="what" value="ask-again" { "Ask everybody once more" } }
                    }
                }
            }
        }
    }
}

fn row(page: &People<'_>, address: &str, name: &str, one: &Participant) -> Markup {
    let material = page.material;
    let known = who(material, one);
    let spoken = languages(material, one);
    let spoken: Vec<&str> = spoken.iter().map(|tag| language_name(tag)).collect();
    let host = page.whole.hosts.iter().find(|host| host.participant_id == Some(one.id));
    html! {
        tr id={ "p-" (one.id) } {
            th scope="row" {
                @match one.response_id {
                    Some(response) => { a href=(href::response(&page.questionnaire.slug, response)) { (name) } }
                    None => (name),
                }
                @if host.is_some() { " " span.tag.on { "host" } }
                @if one.added_by_hand { " " span.tag { "added" } }
                @if let Some(mail) = &known.address { br; span.small.quiet { (mail) } }
            }
            td data-label="Speaks:" { (spoken.join(", ")) }
            td data-label="Can come:" { (can(page, one)) }
            td data-label="Tags:" { (tags(one).join(", ")) }
            td {
                details.edit {
                    summary { "Change" span.vh { " " (name) } }
                    form.stack method="post" action={ (address) "#p-" (one.id) } {
                        input type="hidden" name="who" value=(one.id);
                        (fields(page, Some(one), &Fields::default()))
                        .actions {
                            button name="what" value="correct" { "Save" }
                            button.danger name="what" value="remove" { "Remove from the discussion" }
                        }
                    }
                }
            }
        }
    }
}

/// At how many of the times somebody can come.
fn can(page: &People<'_>, one: &Participant) -> String {
    let slots = &page.whole.slots;
    match free(page.material, one) {
        None => match one.asked_at {
            Some(asked) => {
                let asked = Words::of("en").date(asked, zone(page.material, page.whole));
                format!("asked on {asked}, not answered yet")
            }
            None => "not said".to_owned(),
        },
        Some(free) => {
            let count = |wanted: Free| {
                slots.iter().filter(|slot| free.get(&slot.key) == Some(&wanted)).count()
            };
            let (yes, maybe) = (count(Free::Yes), count(Free::IfNeedBe));
            match (yes, maybe) {
                (0, 0) => "at none of the times".to_owned(),
                (yes, 0) => format!("at {yes} of {}", slots.len()),
                (yes, maybe) => format!("at {yes} of {}, {maybe} if need be", slots.len()),
            }
        }
    }
}

fn add(page: &People<'_>, address: &str) -> Markup {
    let nothing = Fields::default();
    let (fields_typed, problem) = page.typed.unwrap_or((&nothing, ""));
    html! {
        section {
            h2 id="add" { "Add somebody" }
            @if !problem.is_empty() { .problems role="alert" { p { (problem) } } }
            form.stack method="post" action={ (address) "#add" } {
                (fields(page, None, fields_typed))
                .actions { button name="what" value="add" { "Add" } }
            }
        }
    }
}

/// The fields about one person; of a respondent only the tags are the organizer's.
fn fields(page: &People<'_>, one: Option<&Participant>, typed: &Fields) -> Markup {
    let by_hand = one.is_none_or(|one| one.added_by_hand);
    let id = |name: &str| one.map_or_else(|| name.to_owned(), |one| format!("{name}-{}", one.id));
    let said = |name: &str, kept: &dyn Fn(&Participant) -> String| {
        one.map_or_else(|| typed.get(name).unwrap_or_default().to_owned(), kept)
    };
    let clock = zone(page.material, page.whole);
    html! {
        @if by_hand {
            .field {
                label for=(id("name")) { "Name" }
                input id=(id("name")) name="name" value=(said("name", &|one| one.name.clone())) maxlength="120" autocomplete="off";
            }
            .field {
                label for=(id("address")) { "Mail address" }
                input id=(id("address")) name="address" type="email" value=(said("address", &|one| one.address.clone())) maxlength="300" autocomplete="off";
            }
            .field {
                label for=(id("language")) { "Speaks (en, zh, …; parted by commas)" }
                input id=(id("language")) name="language" value=(said("language", &|one| one.language.clone())) placeholder=(page.questionnaire.language) maxlength="60";
            }
            @if !page.whole.slots.is_empty() { (times(page, one, typed, clock)) }
        }
        .field {
            label for=(id("tags")) { "Tags, parted by commas" }
            input id=(id("tags")) name="tags" value=(said("tags", &|one| tags(one).join(", "))) maxlength="300" autocomplete="off";
        }
    }
}

fn times(page: &People<'_>, one: Option<&Participant>, typed: &Fields, clock: Tz) -> Markup {
    let kept = one.and_then(|one| free_later(one.free.as_deref()));
    let ticked = |slot: &Slot| match one {
        Some(_) => kept.as_ref().is_some_and(|free| free.get(&slot.key) == Some(&Free::Yes)),
        None => typed.has("can", &slot.key),
    };
    html! {
        fieldset.field {
            legend { "Can come; tick none if you do not know" }
            .ticks {
                @for slot in &page.whole.slots {
                    label.check {
                        input type="checkbox" name="can" value=(slot.key) checked[ticked(slot)];
                        span { (time(slot, clock)) }
                    }
                }
            }
        }
    }
}

/// What was typed about one person.
pub(super) fn read(fields: &Fields, whole: &Whole, language: &str) -> Person {
    let line = |name: &str, most: usize| one_line(fields.get(name).unwrap_or_default(), most);
    let can: Vec<&str> = fields.all("can").collect();
    let free: BTreeMap<String, Free> = whole
        .slots
        .iter()
        .map(|slot| {
            let can = can.contains(&slot.key.as_str());
            (slot.key.clone(), if can { Free::Yes } else { Free::No })
        })
        .collect();
    let spoken = words_of(&line("language", 60)).join(",");
    Person {
        name: line("name", 120),
        address: line("address", 300),
        language: if spoken.is_empty() { language.to_owned() } else { spoken },
        free: (!can.is_empty()).then_some(free),
        tags: words_of(&line("tags", 300)),
    }
}

/// Whom the form is about.
pub(super) fn whom(fields: &Fields) -> Option<ParticipantId> {
    fields.get("who")?.parse().ok()
}
