//! The groups, a card each, and who has no seat.

use maud::{Markup, html};

use super::look::Look;
use super::reasons;
use crate::domain::GroupId;
use crate::domain::status::Rsvp;
use crate::href;
use crate::insight::participants::{who_hosts, zone};
use crate::insight::seats::Note;
use crate::store::discussions::{Group, Participant, Seat};
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::chart::width;
use crate::web::ui::layout::language_name;
use crate::words::Words;

/// Every group, then those who have no seat.
pub(super) fn groups(q: &Questionnaire, look: &Look<'_>) -> Markup {
    html! {
        .tables data-tables data-change=(href::desk(&q.slug, "discussion/change")) data-round=(look.round)
            data-seats=(href::desk(&q.slug, "discussion/seats")) {
            @for group in &look.whole.groups { (card(q, look, group)) }
            (waiting(q, look))
        }
    }
}

/// Those who take part and sit nowhere in this round.
fn waiting(q: &Questionnaire, look: &Look<'_>) -> Markup {
    let without = |one: &&Participant| {
        one.left_at.is_none()
            && look.seatable.is_in(one.id)
            && !look.whole.seats.iter().any(|seat| {
                seat.participant_id == one.id
                    && seat.round == look.round
                    && seat.group_id.is_some_and(|group| look.whole.group(group).is_some())
            })
    };
    let mut waiting: Vec<&Participant> = look.whole.participants.iter().filter(without).collect();
    waiting.sort_by_cached_key(|one| (look.name(one.id).to_lowercase(), one.id));
    let gone = look.whole.participants.iter().filter(|one| !look.seatable.is_in(one.id)).count();
    html! {
        section.unseated data-table="" id="unseated" {
            h2 { "Without a seat: " (waiting.len()) }
            @if waiting.is_empty() { p.quiet { "Everybody who takes part has one." } }
            ul.seats {
                @for one in waiting {
                    @let seat = look.whole.seats.iter().find(|seat| seat.participant_id == one.id && seat.round == look.round);
                    li.seat id={ "p-" (one.id) } data-participant=(one.id) {
                        (person(q, look, one))
                        p.small { (why_not(seat)) }
                        .seat-tools { (to_move(q, look, one)) }
                    }
                }
            }
            @if gone > 0 {
                p.small.quiet { (gone) @if gone == 1 { " person does" } @else { " people do" } " not take part any more." }
            }
        }
    }
}

fn why_not(seat: Option<&Seat>) -> &'static str {
    match seat.and_then(note) {
        Some(Note::Waiting { because }) => reasons::waiting(because),
        Some(Note::Left) => "Gave the seat back.",
        _ => "New: groups were made before they came.",
    }
}

fn card(q: &Questionnaire, look: &Look<'_>, group: &Group) -> Markup {
    let words = Words::of("en");
    let material = &look.insight.material;
    let seats = look.sitting(group.id);
    let broken = look.broken_by(group.id);
    let host = look.whole.host_of(group);
    let leads = host.map(|host| who_hosts(material, host, &look.whole.participants));
    let place = look.whole.place_of(group);
    let all_locked = !seats.is_empty() && seats.iter().all(|(seat, _)| seat.locked);
    html! {
        article.table-card.broken[!broken.is_empty()] id={ "g-" (group.id) } data-table=(group.id) data-name={ "Group " (group.number) } {
            header {
                h2 { "Group " (group.number) }
                @if let Some(starts) = group.starts_at {
                    p { time datetime=(starts.to_rfc3339()) { (words.date_time(starts, zone(material, look.whole))) } }
                }
                p {
                    (seats.len()) @if seats.len() == 1 { " person" } @else { " people" }
                    " · " (language_name(&group.language))
                    @if !place.is_empty() { " · " span.place { (place) } }
                }
                @if let Some(leads) = leads {
                    p { "Host: " (leads.name.unwrap_or_else(|| "without a name".to_owned())) }
                }
                p.cost hidden aria-live="off" {}
            }
            @if !broken.is_empty() {
                .problems { h3 { "This breaks a rule" } ul { @for line in &broken { li { (line) } } } }
            }
            (mirror(look, group))
            ol.seats {
                @for (seat, one) in &seats { (one_seat(q, look, host.and_then(|host| host.participant_id) == Some(one.id), seat, one)) }
            }
            .actions {
                a.quiet.button.small href=(href::guide(&q.slug, group.id)) { "Guide" }
                @if look.round == 0 && !seats.is_empty() { (lock_group(q, group.id, !all_locked)) }
            }
        }
    }
}

fn lock_group(q: &Questionnaire, group: GroupId, lock: bool) -> Markup {
    html! {
        form method="post" action=(href::desk(&q.slug, "discussion/change")) {
            input type="hidden" name="group" value=(group);
            button.quiet.small name="what" value=(if lock { "lock" } else { "unlock" }) {
                @if lock { "Lock all seats" } @else { "Unlock all seats" }
            }
        }
    }
}

/// How like everybody the group is.
fn mirror(look: &Look<'_>, group: &Group) -> Markup {
    let Some((mix, by_question)) = look.mixed(group) else { return html! {} };
    let known = |value: f64| value.clamp(0.0, 100.0);
    html! {
        @if by_question.is_empty() {
            p.small.quiet { "How well views are mixed here cannot be told: no answers are mixed." }
        } @else {
            details.mirror {
                summary {
                    "Views mixed as among everybody: " (format!("{:.0}", known(mix))) " of 100"
                    span.bar { span.fill.(width(known(mix) / 100.0)) {} }
                }
                p.small.quiet { "100: the answers in this group are spread as among all who take part. 0: no more than in a group drawn by lot." }
                table.data.plain.small {
                    thead { tr { th scope="col" { "Question" } th.num scope="col" { "Of 100" } } }
                    tbody {
                        @for (prompt, mix) in &by_question {
                            tr { th scope="row" dir="auto" { (prompt) } td.num { (format!("{:.0}", known(*mix))) } }
                        }
                    }
                }
            }
        }
    }
}

fn one_seat(
    q: &Questionnaire,
    look: &Look<'_>,
    host: bool,
    seat: &Seat,
    one: &Participant,
) -> Markup {
    let reasons = match note(seat) {
        Some(Note::Seated { reasons }) => reasons::seat(&reasons),
        Some(Note::ByHand) => "You put them here.".to_owned(),
        _ => String::new(),
    };
    let told = look.whole.discussion.invited_at.is_some();
    html! {
        li.seat.locked[seat.locked] id={ "p-" (one.id) } data-participant=(one.id) {
            (person(q, look, one))
            @if host { " " span.tag.on { "host" } }
            @if seat.locked { " " span.tag { "locked" } }
            @if told { @match one.rsvp {
                Rsvp::Accepted => { " " span.tag.on { "comes" } }
                Rsvp::Tentative => { " " span.tag { "perhaps" } }
                Rsvp::Declined => { " " span.tag.off { "does not come" } }
                Rsvp::None => {}
            } }
            .seat-tools {
                details { summary { "Why this seat" } p { (reasons) } }
                (to_move(q, look, one))
                @if look.round == 0 {
                    form method="post" action=(href::desk(&q.slug, "discussion/change")) {
                        input type="hidden" name="who" value=(one.id);
                        button.quiet.small name="what" value=(if seat.locked { "unlock" } else { "lock" }) {
                            @if seat.locked { "Unlock" } @else { "Lock" }
                            span.vh { " the seat of " (look.name(one.id)) }
                        }
                    }
                }
            }
        }
    }
}

fn to_move(q: &Questionnaire, look: &Look<'_>, one: &Participant) -> Markup {
    html! {
        a.quiet.button.small href=(href::place(&q.slug, one.id, look.round)) {
            "Move" span.vh { " " (look.name(one.id)) }
        }
    }
}

/// What is kept with a seat.
pub(super) fn note(seat: &Seat) -> Option<Note> {
    serde_json::from_str(&seat.reason).ok()
}

/// A name, with the way to what they said.
pub(super) fn person(q: &Questionnaire, look: &Look<'_>, one: &Participant) -> Markup {
    let called = look.name(one.id);
    html! {
        span.who dir="auto" {
            @match one.response_id {
                Some(response) => { a href=(href::response(&q.slug, response)) { (called) } }
                None => (called),
            }
        }
    }
}
