//! An organizer changes a plan by hand: moves people, locks seats, takes a change back or does it
//! again. A hard rule may be broken by the organizer's own hand; the page says so loudly. People
//! who were told of their seat are told again, in the same transaction.

use super::tell_change::tell_change;
use crate::domain::{ChangeId, GroupId, ParticipantId, ResponseId, SeatId};
use crate::insight::changes::{Change, Move};
use crate::insight::guide::guide;
use crate::insight::seats::{Because, Note};
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::discussions::changes::{self, PlanChange};
use crate::store::discussions::{self, Group, Seat, Whole, plan};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{self, Questionnaire};

/// What is to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// People sit elsewhere in a round, from 0; no group: they have no seat there.
    Move {
        /// Who goes where.
        people: Vec<(ParticipantId, Option<GroupId>)>,
        /// In which round.
        round: i32,
    },
    /// A seat is locked, or set free.
    Lock {
        /// Whose.
        who: ParticipantId,
        /// Whether it is to be locked.
        locked: bool,
    },
    /// All seats of a group are locked, or set free.
    LockGroup {
        /// Which.
        group: GroupId,
        /// Whether they are to be locked.
        locked: bool,
    },
    /// The last change is taken back.
    Undo,
    /// What was taken back last is done again.
    Redo,
}

/// Changes the plan; `false`: there was nothing to change, because it is so already, or because
/// what it was about is not there any more.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn change_plan(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    wanted: Wanted,
) -> anyhow::Result<bool> {
    let insight = insight::of(service, questionnaire).await?;
    let now = service.clock.now();
    let tx = service.store.write().await?;
    // Of two changes at once, one waits here.
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(before) = discussions::latest(&tx, questionnaire.id).await? else { return Ok(false) };
    let log = changes::all(&tx, before.discussion.id).await?;
    let mut seats = before.seats.clone();
    match wanted {
        Wanted::Undo => {
            let Some((last, change)) = undoable(&log) else { return Ok(false) };
            apply(service, &before, &mut seats, &change, true)?;
            changes::mark(&tx, last, Some(now)).await?;
        }
        Wanted::Redo => {
            let Some((next, change)) = redoable(&log) else { return Ok(false) };
            apply(service, &before, &mut seats, &change, false)?;
            changes::mark(&tx, next, None).await?;
        }
        wanted => {
            let Some(change) = change_of(&before, wanted) else { return Ok(false) };
            apply(service, &before, &mut seats, &change, false)?;
            let entry = PlanChange {
                id: ChangeId(service.clock.name()),
                discussion_id: before.discussion.id,
                questionnaire_id: questionnaire.id,
                number: log.last().map_or(1, |last| last.number + 1),
                what: serde_json::to_string(&change)?,
                at: now,
                undone_at: None,
            };
            changes::append(&tx, entry).await?;
        }
    }
    let groups = reguided(&insight, &before, &seats)?;
    plan::change(&tx, &before, &groups, &seats).await?;
    tell_change(service, &tx, organizer, questionnaire, &before).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(true)
}

/// The change that is taken back next.
pub fn undoable(log: &[PlanChange]) -> Option<(ChangeId, Change)> {
    let last = log.iter().rev().find(|change| change.undone_at.is_none())?;
    let change: Change = serde_json::from_str(&last.what).ok()?;
    (change != Change::Planned).then_some((last.id, change))
}

/// The change that is done again next: the first of those at the end that were taken back.
pub fn redoable(log: &[PlanChange]) -> Option<(ChangeId, Change)> {
    let undone = log.iter().rev().take_while(|change| change.undone_at.is_some());
    let next = undone.last()?;
    Some((next.id, serde_json::from_str(&next.what).ok()?))
}

/// What is wanted, with what is needed to take it back; `None`: nothing would differ.
fn change_of(whole: &Whole, wanted: Wanted) -> Option<Change> {
    let seat = |who: ParticipantId, round: i32| {
        whole.seats.iter().find(|seat| seat.participant_id == who && seat.round == round)
    };
    match wanted {
        Wanted::Move { people, round } => {
            let rounds = whole.discussion.rounds.max(1);
            let there = |who: ParticipantId| {
                whole.participant(who).is_some_and(|one| one.left_at.is_none())
            };
            let known = |to: Option<GroupId>| to.is_none_or(|to| whole.group(to).is_some());
            let moves = people.into_iter().filter_map(|(who, to)| {
                let now = seat(who, round);
                let from = now.and_then(|seat| seat.group_id);
                let waiting = Note::Waiting { because: Because::ByHand };
                let note = now.and_then(|seat| serde_json::from_str(&seat.reason).ok());
                (there(who) && known(to) && from != to && (0..rounds).contains(&round)).then(|| {
                    Move {
                        participant: who,
                        round,
                        from,
                        to,
                        note: note.unwrap_or(waiting),
                        locked: now.is_some_and(|seat| seat.locked),
                    }
                })
            });
            let moves: Vec<Move> = moves.collect();
            (!moves.is_empty()).then_some(Change::Moved { moves })
        }
        Wanted::Lock { who, locked } => {
            let differs = seat(who, 0)?.locked != locked && seat(who, 0)?.group_id.is_some();
            differs.then(|| Change::Locked { people: vec![who], round: 0, locked })
        }
        Wanted::LockGroup { group, locked } => {
            let seats = whole.of(group).filter(|seat| seat.round == 0 && seat.locked != locked);
            let people: Vec<ParticipantId> = seats.map(|seat| seat.participant_id).collect();
            (!people.is_empty()).then_some(Change::Locked { people, round: 0, locked })
        }
        Wanted::Undo | Wanted::Redo => None,
    }
}

/// Does a change to the seats, or takes it `back`.
fn apply(
    service: &Service,
    whole: &Whole,
    seats: &mut Vec<Seat>,
    change: &Change,
    back: bool,
) -> anyhow::Result<()> {
    match change {
        Change::Planned => {}
        Change::Locked { people, round, locked } => {
            let of =
                |seat: &&mut Seat| seat.round == *round && people.contains(&seat.participant_id);
            for seat in seats.iter_mut().filter(of) {
                seat.locked = *locked != back && seat.group_id.is_some();
            }
        }
        Change::Moved { moves } => {
            for one in moves {
                // Whoever has left since stays away.
                if whole.participant(one.participant).is_none_or(|one| one.left_at.is_some()) {
                    continue;
                }
                let to = if back { one.from } else { one.to };
                let to = to.filter(|to| whole.group(*to).is_some());
                let note = match to {
                    _ if back => one.note.clone(),
                    Some(_) => Note::ByHand,
                    None => Note::Waiting { because: Because::ByHand },
                };
                put(service, whole, seats, one, to, &note, back && one.locked)?;
            }
        }
    }
    Ok(())
}

fn put(
    service: &Service,
    whole: &Whole,
    seats: &mut Vec<Seat>,
    one: &Move,
    to: Option<GroupId>,
    note: &Note,
    locked: bool,
) -> anyhow::Result<()> {
    let reason = serde_json::to_string(note)?;
    let known = seats
        .iter_mut()
        .find(|seat| seat.participant_id == one.participant && seat.round == one.round);
    match known {
        Some(seat) => {
            seat.group_id = to;
            seat.reason = reason;
            seat.locked = locked;
            seat.attended = None;
        }
        None => seats.push(Seat {
            id: SeatId(service.clock.random_name()),
            participant_id: one.participant,
            group_id: to,
            discussion_id: whole.discussion.id,
            questionnaire_id: whole.discussion.questionnaire_id,
            round: one.round,
            reason,
            locked,
            attended: None,
        }),
    }
    Ok(())
}

/// The groups, with a new guide where others sit now.
fn reguided(insight: &Insight, before: &Whole, seats: &[Seat]) -> anyhow::Result<Vec<Group>> {
    let members = |seats: &[Seat], group: GroupId| {
        let here = seats.iter().filter(|seat| seat.group_id == Some(group) && seat.round == 0);
        let mut people: Vec<ParticipantId> = here.map(|seat| seat.participant_id).collect();
        people.sort_unstable();
        people
    };
    let mut groups = before.groups.clone();
    for group in &mut groups {
        let now = members(seats, group.id);
        if now == members(&before.seats, group.id) {
            continue;
        }
        let people: Vec<ResponseId> =
            now.iter().filter_map(|id| before.participant(*id)?.response_id).collect();
        let minutes = u32::try_from(before.minutes_of(group)).unwrap_or(60);
        group.guide = serde_json::to_string(&guide(insight, &people, minutes))?;
    }
    Ok(groups)
}
