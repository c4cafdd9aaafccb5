//! One person's seat: why here, and for every other group why not there, or what it would cost.

use maud::{Markup, html};

use super::cards::{note, person};
use super::look::{Look, costs};
use super::reasons;
use crate::analysis::seating::{Choice, moves};
use crate::domain::{GroupId, ParticipantId};
use crate::href;
use crate::insight::brief::people;
use crate::insight::participants::zone;
use crate::insight::seats::Note;
use crate::insight::seats::given::given;
use crate::store::discussions::{Group, Participant};
use crate::store::questionnaires::Questionnaire;
use crate::words::Words;

/// The page's content.
pub(super) fn content(q: &Questionnaire, look: &Look<'_>, one: &Participant) -> Markup {
    let seat = look
        .whole
        .seats
        .iter()
        .find(|seat| seat.participant_id == one.id && seat.round == look.round);
    let here = seat.and_then(|seat| look.whole.group(seat.group_id?));
    let why = match seat.and_then(note) {
        Some(Note::Seated { reasons }) => reasons::seat(&reasons),
        Some(Note::ByHand) => "You put them here.".to_owned(),
        Some(Note::Waiting { because }) => reasons::waiting(because).to_owned(),
        Some(Note::Left) => "Gave the seat back.".to_owned(),
        None => "Groups were made before they came.".to_owned(),
    };
    let given = given(look.whole, look.round, |one| look.seatable.is_in(one));
    let choices = moves(&look.seatable.request, &given, &one.id.to_string());
    html! {
        h1 { (person(q, look, one)) }
        p.lede {
            @match here {
                Some(group) => { "Sits in group " (group.number) @if look.whole.discussion.rounds > 1 { ", round " (look.round + 1) } "." }
                None => "Has no seat.",
            }
        }
        h2 { @if here.is_some() { "Why here" } @else { "Why not" } }
        p { (why) }
        h2 { "Elsewhere" }
        @if look.whole.discussion.invited_at.is_some() {
            p.notice { "People were told of their seats: whoever you move gets a new appointment at once, and the old one is called off." }
        }
        ul.choices-of-seat {
            @for choice in &choices {
                @if let Some(group) = look.whole.groups.get(choice.group) {
                    (elsewhere(q, look, one, here, group, choice))
                }
            }
            @if here.is_some() {
                li data-group="" {
                    h3 { "No seat" }
                    p { "Out of the group, and still taking part." }
                    (button(q, look, &[(one.id, None)], "Take out of the group", true))
                }
            }
        }
        p { a href={ (back(q, look)) "#p-" (one.id) } { "Back to the groups" } }
    }
}

/// The groups in the round that is looked at.
pub(super) fn back(q: &Questionnaire, look: &Look<'_>) -> String {
    let page = href::desk(&q.slug, "discussion");
    if look.round > 0 { format!("{page}?round={}", look.round + 1) } else { page }
}

fn elsewhere(
    q: &Questionnaire,
    look: &Look<'_>,
    one: &Participant,
    here: Option<&Group>,
    group: &Group,
    choice: &Choice,
) -> Markup {
    let words = Words::of("en");
    let to = Some(group.id);
    let along = along(look, one, here);
    let go: Vec<_> = along.iter().map(|id| (*id, to)).collect();
    let others = along.len().saturating_sub(1);
    html! {
        li data-group=(group.id) {
            h3 { "Group " (group.number) }
            @if let Some(starts) = group.starts_at {
                p.small.quiet { (words.date_time(starts, zone(&look.insight.material, look.whole))) ", " (people(look.sitting(group.id).len())) }
            }
            @match &choice.way {
                Some(way) => {
                    @let back: Vec<ParticipantId> = way.back.iter().filter_map(|key| key.parse().ok()).collect();
                    @let names: Vec<String> = back.iter().map(|id| look.name(*id)).collect();
                    @let mut all = go.clone();
                    @let () = all.extend(back.iter().map(|id| (*id, here.map(|group| group.id))));
                    p data-cost {
                        @if !back.is_empty() { "In exchange for " (names.join(" and ")) ". " }
                        @if others > 0 { "Takes along who must sit together with them. " }
                        (costs(way.cost))
                        @if way.alone > 0 { " Somebody would be alone with a tag." }
                        @if way.if_need_be > 0 { " Somebody would come only if need be." }
                    }
                    @let label = if back.is_empty() { format!("Move to group {}", group.number) } else { format!("Change places with {}", names.join(" and ")) };
                    (button(q, look, &all, &label, false))
                    @if !back.is_empty() { (button(q, look, &go, &format!("Only move to group {}", group.number), true)) }
                }
                None => {
                    p data-cost { "Not without breaking a rule:" }
                    ul.small { @for broken in &choice.blocked { li { (look.names.broken(broken)) } } }
                    (button(q, look, &go, &format!("Move to group {} all the same", group.number), true))
                }
            }
        }
    }
}

/// Everybody who goes along: who must sit together with them and sits beside them now.
fn along(look: &Look<'_>, one: &Participant, here: Option<&Group>) -> Vec<ParticipantId> {
    let mut all = vec![one.id];
    let beside = |id: ParticipantId| {
        here.is_some_and(|group| {
            look.whole.of(group.id).any(|s| s.round == look.round && s.participant_id == id)
        })
    };
    loop {
        let keys: Vec<String> = all.iter().map(ToString::to_string).collect();
        let bound = look.seatable.request.together.iter();
        let bound = bound.filter(|block| block.iter().any(|key| keys.contains(key))).flatten();
        let more: Vec<ParticipantId> = bound
            .filter_map(|key| key.parse().ok())
            .filter(|id| !all.contains(id) && beside(*id))
            .collect();
        if more.is_empty() {
            return all;
        }
        all.extend(more);
        all.sort_unstable();
        all.dedup();
    }
}

fn button(
    q: &Questionnaire,
    look: &Look<'_>,
    moves: &[(ParticipantId, Option<GroupId>)],
    label: &str,
    quiet: bool,
) -> Markup {
    html! {
        form method="post" action=(href::desk(&q.slug, "discussion/change")) {
            input type="hidden" name="round" value=(look.round);
            @for (who, to) in moves {
                input type="hidden" name="move" value={ (who) ":" @if let Some(to) = to { (to) } };
            }
            button.quiet[quiet] name="what" value="move" { (label) }
        }
    }
}
