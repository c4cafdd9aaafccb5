//! A plan that was found, kept: groups that go on keep their names, and whoever was told of a
//! seat and sits elsewhere now is told again.

use std::collections::HashMap;

use crate::acts::tell_change::tell_change;
use crate::analysis::seating::{Leader, Plan};
use crate::domain::status::Searching;
use crate::domain::{ChangeId, GroupId, ParticipantId, ResponseId, SeatId};
use crate::insight::Insight;
use crate::insight::changes::Change;
use crate::insight::guide::guide;
use crate::insight::seats::people::free;
use crate::insight::seats::said::Names;
use crate::insight::seats::{
    Because, GroupSummary, KeptScore, Manner, Note, PlanSummary, Seatable, Wish,
};
use crate::service::Service;
use crate::store::discussions::changes::{self, PlanChange};
use crate::store::discussions::search::{self, Search};
use crate::store::discussions::{self, Discussion, Group, Seat, Whole, plan as plans, setup};
use crate::store::questionnaires::Questionnaire;
use crate::store::{organizers, questionnaires};

/// What a plan was made from.
pub(super) struct Made<'a> {
    pub questionnaire: &'a Questionnaire,
    pub insight: &'a Insight,
    pub manner: Manner,
    pub names: &'a Names,
}

/// Keeps the plan, unless the search was given up meanwhile.
pub(super) async fn keep(
    service: &Service,
    made: &Made<'_>,
    begun: &Search,
    seatable: &Seatable,
    plan: &Plan,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, made.questionnaire.id).await?;
    if !search::end(&tx, begun.run, Searching::Done, "").await? {
        return Ok(());
    }
    let Some(before) = discussions::by_id(&tx, begun.discussion_id).await? else { return Ok(()) };
    let told = before.discussion.invited_at.is_some();
    if told && made.manner != Manner::Mend {
        // People were told while it was searched: what they know stays.
        return Ok(());
    }
    let groups = groups(service, made, &before, seatable, plan)?;
    let seats = seats(service, made, &before, seatable, plan, &groups)?;
    let summary = PlanSummary {
        diversity: plan.score.gap_closed,
        score: Some(KeptScore::from(&plan.score)),
        helps: plan.helps.iter().map(|help| made.names.help(help)).collect(),
    };
    let discussion = Discussion {
        summary: serde_json::to_string(&summary)?,
        input_hash: plan.input_hash.clone(),
        ..before.discussion.clone()
    };
    setup::update(&tx, discussion).await?;
    if told {
        plans::change(&tx, &before, &groups, &seats).await?;
        if let Some(organizer) = organizers::by_id(&tx, made.questionnaire.organizer_id).await? {
            tell_change(service, &tx, &organizer, made.questionnaire, &before).await?;
        }
    } else {
        plans::replace(&tx, before.discussion.id, &groups, &seats).await?;
    }
    let id = before.discussion.id;
    let number = changes::all(&tx, id).await?.last().map_or(1, |last| last.number + 1);
    let change = PlanChange {
        id: ChangeId(service.clock.name()),
        discussion_id: id,
        questionnaire_id: before.discussion.questionnaire_id,
        number,
        what: serde_json::to_string(&Change::Planned)?,
        at: service.clock.now(),
        undone_at: None,
    };
    changes::append(&tx, change).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(())
}

fn groups(
    service: &Service,
    made: &Made<'_>,
    before: &Whole,
    seatable: &Seatable,
    plan: &Plan,
) -> anyhow::Result<Vec<Group>> {
    let told = before.discussion.invited_at.is_some();
    let goes_on = |planned: &crate::analysis::seating::Group| {
        let id: GroupId = planned.key.as_ref()?.parse().ok()?;
        before.group(id)
    };
    let highest = before.groups.iter().map(|group| group.number).max().unwrap_or(0);
    let mut fresh = if told { highest } else { 0 };
    let mut groups: Vec<Group> = vec![];
    for planned in &plan.groups {
        let slot = seatable.slots.get(planned.slot);
        let known = goes_on(planned);
        let number = match known {
            Some(group) if told => group.number,
            _ => {
                fresh += 1;
                fresh
            }
        };
        let place = match known {
            Some(group) if told => group.place.clone(),
            _ => {
                let taken = |line: &str| {
                    let here = |group: &Group| group.slot_id == slot.map(|slot| slot.id);
                    groups.iter().any(|group| here(group) && group.place == line)
                };
                room(slot.map_or("", |slot| &slot.place), taken)
            }
        };
        let members: Vec<ResponseId> = planned
            .seats
            .iter()
            .filter_map(|seat| seatable.people.get(seat.person)?.response_id)
            .collect();
        let minutes = slot.and_then(|slot| slot.minutes).unwrap_or(before.discussion.minutes);
        let by_question = planned.by_question.iter();
        let by_question = by_question
            .filter_map(|(question, mix)| Some((*seatable.questions.get(*question)?, *mix)));
        let summary = GroupSummary { mix: planned.mix, by_question: by_question.collect() };
        groups.push(Group {
            id: known.map_or_else(|| GroupId(service.clock.name()), |group| group.id),
            discussion_id: before.discussion.id,
            questionnaire_id: before.discussion.questionnaire_id,
            number,
            language: planned.language.clone(),
            starts_at: match known {
                // One meeting may have been moved from its slot.
                Some(group) if told => group.starts_at,
                _ => slot.map(|slot| slot.starts_at),
            },
            place,
            slot_id: slot.map(|slot| slot.id),
            host_id: leader(before, seatable, planned.host),
            sequence: known.map_or(0, |group| group.sequence),
            guide: serde_json::to_string(&guide(
                made.insight,
                &members,
                u32::try_from(minutes).unwrap_or(60),
            ))?,
            summary: serde_json::to_string(&summary)?,
        });
    }
    Ok(groups)
}

fn leader(
    whole: &Whole,
    seatable: &Seatable,
    host: Option<Leader>,
) -> Option<crate::domain::HostId> {
    match host? {
        Leader::Host(place) => seatable.hosts.get(place).map(|host| host.id),
        Leader::Person(place) => {
            let one = seatable.people.get(place)?;
            whole.hosts.iter().find(|host| host.participant_id == Some(one.id)).map(|host| host.id)
        }
    }
}

/// The next room or link of a slot: its lines in order; the last one is for all that follow.
pub fn room(places: &str, taken: impl Fn(&str) -> bool) -> String {
    let lines: Vec<&str> = places.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let free = lines.iter().find(|line| !taken(line)).or(lines.last());
    free.map(|line| (*line).to_owned()).unwrap_or_default()
}

fn seats(
    service: &Service,
    made: &Made<'_>,
    before: &Whole,
    seatable: &Seatable,
    plan: &Plan,
    groups: &[Group],
) -> anyhow::Result<Vec<Seat>> {
    let known: HashMap<(ParticipantId, i32), &Seat> =
        before.seats.iter().map(|seat| ((seat.participant_id, seat.round), seat)).collect();
    let there = |id: ParticipantId| before.participant(id).is_some_and(|one| one.left_at.is_none());
    let mut seats: Vec<Seat> = vec![];
    let mut sit = |id: ParticipantId, round: i32, group: Option<GroupId>, note: &Note| {
        if !there(id) {
            return anyhow::Ok(());
        }
        let known = known.get(&(id, round));
        let same = known.filter(|seat| seat.group_id == group && group.is_some());
        seats.push(Seat {
            id: known.map_or_else(|| SeatId(service.clock.random_name()), |seat| seat.id),
            participant_id: id,
            group_id: group,
            discussion_id: before.discussion.id,
            questionnaire_id: before.discussion.questionnaire_id,
            round,
            reason: serde_json::to_string(note)?,
            locked: same.is_some_and(|seat| seat.locked),
            attended: same.and_then(|seat| seat.attended),
        });
        Ok(())
    };
    for (planned, group) in plan.groups.iter().zip(groups) {
        for seat in &planned.seats {
            let Some(one) = seatable.people.get(seat.person) else { continue };
            let note = Note::Seated { reasons: seatable.reasons(&seat.reasons) };
            sit(one.id, 0, Some(group.id), &note)?;
        }
    }
    for (round, tables) in (0..).zip(&plan.rounds).skip(1) {
        for (people, group) in tables.iter().zip(groups) {
            for one in people.iter().filter_map(|place| seatable.people.get(*place)) {
                sit(one.id, round, Some(group.id), &Note::Seated { reasons: vec![] })?;
            }
        }
    }
    let wish = Wish::read(&before.discussion.wish);
    let silent = !wish.silent_can(seatable.slots.len());
    for (place, unplaced) in &plan.unplaced {
        let Some(one) = seatable.people.get(*place) else { continue };
        let because = match Because::from(*unplaced) {
            Because::NoTime if silent && free(&made.insight.material, one).is_none() => {
                Because::Silent
            }
            because => because,
        };
        sit(one.id, 0, None, &Note::Waiting { because })?;
    }
    // Who left keeps what says so.
    let left = before.seats.iter().filter(|seat| seat.round == 0 && !there(seat.participant_id));
    seats.extend(left.map(|seat| Seat { group_id: None, ..seat.clone() }));
    Ok(seats)
}
