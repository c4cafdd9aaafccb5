//! The groups, a card each, and who has no seat.

use maud::{Markup, html};

use super::reasons;
use crate::acts::invite_participants::name_of;
use crate::href;
use crate::insight::Material;
use crate::insight::seats::{GroupSummary, Note};
use crate::store::discussions::{Group, Participant, Seat, Whole};
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::language_name;
use crate::words::Words;

/// Every group, then those who wait.
pub(super) fn groups(q: &Questionnaire, material: &Material, whole: &Whole) -> Markup {
    let waiting: Vec<&Seat> = whole.seats.iter().filter(|seat| seat.group_id.is_none()).collect();
    html! {
        .tables {
            @for group in &whole.groups { (card(q, material, whole, group)) }
        }
        p.small.quiet { "Mix: 100 would be a group whose views are spread as those of everybody together; 0 is what chance would give." }
        @if !waiting.is_empty() {
            section {
                h2 { "Without a seat: " (waiting.len()) }
                ul {
                    @for seat in waiting {
                        li {
                            @if let Some(one) = whole.participant(seat.participant_id) { (person(q, material, one)) }
                            ": "
                            @match note(seat) {
                                Some(Note::Waiting { because }) => (reasons::waiting(because)),
                                Some(Note::Left) => "Gave the seat back.",
                                _ => "",
                            }
                        }
                    }
                }
            }
        }
    }
}

fn card(q: &Questionnaire, material: &Material, whole: &Whole, group: &Group) -> Markup {
    let words = Words::of("en");
    let summary: Option<GroupSummary> = serde_json::from_str(&group.summary).ok();
    html! {
        article.table-card {
            header {
                h2 { "Group " (group.number) }
                @if let Some(starts) = group.starts_at {
                    p { time datetime=(starts.to_rfc3339()) { (words.date_time(starts, material.zone())) } }
                }
                p {
                    (language_name(&group.language))
                    @if let Some(summary) = summary { " · mix " (format!("{:.0}", summary.mix.clamp(0.0, 100.0))) }
                }
            }
            ol.seats {
                @for (seat, participant) in whole.members(group.id) { (one(q, material, seat, participant)) }
            }
            .actions { a.quiet.button href=(href::guide(&q.slug, group.id)) { "Guide" } }
        }
    }
}

fn one(q: &Questionnaire, material: &Material, seat: &Seat, participant: &Participant) -> Markup {
    let reasons = match note(seat) {
        Some(Note::Seated { reasons }) => reasons::seat(&reasons),
        _ => String::new(),
    };
    html! {
        li.seat {
            span.who { (person(q, material, participant)) }
            details { summary { "Why this seat" } p { (reasons) } }
        }
    }
}

fn note(seat: &Seat) -> Option<Note> {
    serde_json::from_str(&seat.reason).ok()
}

fn person(q: &Questionnaire, material: &Material, one: &Participant) -> Markup {
    let called = name_of(material, one).unwrap_or_else(|| "Somebody without a name".to_owned());
    html! {
        @match one.response_id {
            Some(response) => { a href=(href::response(&q.slug, response)) { (called) } }
            None => (called),
        }
    }
}
