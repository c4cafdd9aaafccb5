//! The groups, a card each, and who has no seat.

use maud::{Markup, html};

use super::reasons;
use crate::acts::invite_participants::name_of;
use crate::href;
use crate::insight::Material;
use crate::insight::seats::{GroupSummary, Note};
use crate::store::discussions::{Group, Seat, Whole};
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
                            a href=(href::response(&q.slug, seat.response_id)) { (called(material, seat)) }
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
                @for seat in whole.of(group.id) { (one(q, material, seat)) }
            }
            .actions { a.quiet.button href=(href::guide(&q.slug, group.id)) { "Guide" } }
        }
    }
}

fn one(q: &Questionnaire, material: &Material, seat: &Seat) -> Markup {
    let reasons = match note(seat) {
        Some(Note::Seated { reasons }) => reasons::seat(&reasons),
        _ => String::new(),
    };
    html! {
        li.seat {
            span.who { a href=(href::response(&q.slug, seat.response_id)) { (called(material, seat)) } }
            details { summary { "Why this seat" } p { (reasons) } }
        }
    }
}

fn note(seat: &Seat) -> Option<Note> {
    serde_json::from_str(&seat.reason).ok()
}

fn called(material: &Material, seat: &Seat) -> String {
    name_of(material, seat).unwrap_or_else(|| "Somebody without a name".to_owned())
}
