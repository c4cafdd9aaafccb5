//! The waiting list moves up by itself: when a seat is free in a group that people were told about,
//! whoever has waited longest and fits gets it, and the appointment, in the same transaction.

use sea_orm::DatabaseTransaction;

use super::appointment::{Desk, To, writer};
use crate::domain::consent::Consent;
use crate::domain::kind::Free;
use crate::domain::status::{Bond, Rsvp};
use crate::domain::{DiscussionId, ParticipantId, QuestionnaireId, SeatId};
use crate::insight::participants::{free_at, voice, who};
use crate::insight::seats::given::sitting;
use crate::insight::seats::people::{free, languages};
use crate::insight::seats::{Note, SeatReason, Wish};
use crate::insight::{self, Material};
use crate::mail::mailbox::mailbox;
use crate::service::Service;
use crate::store::discussions::{self, Group, Participant, Rule, Seat, Whole};
use crate::store::meetings;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{self, Questionnaire};

/// Fills free seats; the discussion as it is then. The caller holds the questionnaire.
pub(super) async fn move_up(
    desk: &Desk<'_>,
    tx: &DatabaseTransaction,
    mut whole: Whole,
) -> anyhow::Result<Whole> {
    if whole.discussion.invited_at.is_none() {
        return Ok(whole);
    }
    while let Some((one, tables)) = next(desk, &whole) {
        let Some(first) = tables.first() else { break };
        let if_need_be = first.came == Free::IfNeedBe;
        let note = Note::Seated { reasons: vec![SeatReason::SharedTime { could: 1, if_need_be }] };
        for (round, table) in (0..).zip(&tables) {
            let seat = Seat {
                id: SeatId(desk.service.clock.random_name()),
                participant_id: one.id,
                group_id: Some(table.group.id),
                discussion_id: whole.discussion.id,
                questionnaire_id: whole.discussion.questionnaire_id,
                round,
                reason: serde_json::to_string(&note)?,
                locked: false,
                attended: None,
            };
            meetings::take_seat(tx, seat).await?;
        }
        // Of several rounds, the first is the appointment.
        let (group, one) = (first.group.clone(), one.clone());
        let after = discussions::by_id(tx, whole.discussion.id).await?;
        whole = after.ok_or_else(|| anyhow::anyhow!("the discussion is gone"))?;
        let desk = Desk { whole: &whole, ..*desk };
        desk.request(tx, &group, To::Participant(&one)).await?;
    }
    Ok(whole)
}

/// What it takes to fill seats, gathered before a write begins.
pub(super) struct Ready<'a> {
    service: &'a Service,
    organizer: Organizer,
    questionnaire: &'a Questionnaire,
    material: &'a Material,
}

impl<'a> Ready<'a> {
    /// `material`: of the answers as they are now.
    pub(super) async fn of(
        service: &'a Service,
        questionnaire: &'a Questionnaire,
        material: &'a Material,
    ) -> anyhow::Result<Self> {
        let organizer = writer(service, questionnaire).await?;
        Ok(Self { service, organizer, questionnaire, material })
    }

    /// Fills free seats of a discussion as it stands in this transaction: with somebody who came
    /// later, or said only now when they can. The caller holds the questionnaire, and wakes the
    /// courier after the commit.
    pub(super) async fn fill(
        &self,
        tx: &DatabaseTransaction,
        discussion: DiscussionId,
    ) -> anyhow::Result<()> {
        match discussions::by_id(tx, discussion).await? {
            Some(whole) => self.fill_in(tx, whole).await,
            None => Ok(()),
        }
    }

    async fn fill_in(&self, tx: &DatabaseTransaction, whole: Whole) -> anyhow::Result<()> {
        let desk = Desk {
            service: self.service,
            organizer: &self.organizer,
            questionnaire: self.questionnaire,
            material: self.material,
            whole: &whole,
        };
        move_up(&desk, tx, whole.clone()).await?;
        Ok(())
    }
}

/// Fills seats that somebody's erasing has left free, in the transaction of it.
pub(super) async fn fill(
    service: &Service,
    tx: &DatabaseTransaction,
    questionnaire: QuestionnaireId,
) -> anyhow::Result<()> {
    let Some(questionnaire) = questionnaires::hold(tx, questionnaire).await? else {
        return Ok(());
    };
    let Some(whole) = discussions::latest(tx, questionnaire.id).await? else { return Ok(()) };
    let insight = insight::now(service, &questionnaire).await?;
    Ready::of(service, &questionnaire, &insight.material).await?.fill_in(tx, whole).await
}

/// A group with a free seat in one round, for somebody who can sit there.
struct Table<'a> {
    group: &'a Group,
    /// Who sits there already and would be met, apart from those one must sit with.
    there: Vec<ParticipantId>,
    came: Free,
}

/// Who gets which seats next, one for each round: the first who waits and fits somewhere, in the
/// first groups they fit.
fn next<'a>(desk: &Desk<'_>, whole: &'a Whole) -> Option<(&'a Participant, Vec<Table<'a>>)> {
    let mut waiting: Vec<&Participant> =
        whole.participants.iter().filter(|one| waits(desk, whole, one)).collect();
    waiting.sort_by_key(|one| (one.waiting_since.unwrap_or(one.joined_at), one.id));
    // As the search for groups takes it: of the slots that are still to come.
    let now = desk.service.clock.now();
    let ahead = whole.slots.iter().filter(|slot| slot.starts_at > now).count();
    let silent = Wish::read(&whole.discussion.wish).silent_can(ahead);
    waiting.into_iter().find_map(|one| {
        let rounds = 0..whole.discussion.rounds.max(1);
        let mut open: Vec<Vec<Table<'_>>> =
            rounds.map(|round| open(desk, whole, one, round, silent)).collect();
        let mut tries = MOST_TRIES;
        let places = path(&open, &mut vec![], &mut tries)?;
        let tables = open.iter_mut().zip(places).map(|(open, at)| open.swap_remove(at));
        Some((one, tables.collect()))
    })
}

/// The groups in which somebody can have a seat in a round, by number.
fn open<'a>(
    desk: &Desk<'_>,
    whole: &'a Whole,
    one: &Participant,
    round: i32,
    silent: bool,
) -> Vec<Table<'a>> {
    let now = desk.service.clock.now();
    let high = usize::try_from(whole.discussion.high).unwrap_or(usize::MAX);
    let ahead = whole.groups.iter().filter(|group| group.starts_at.is_some_and(|at| at > now));
    let table = |group: &'a Group| {
        let mut there: Vec<ParticipantId> = sitting(whole, group.id, round).collect();
        // A group that has lost everybody does not meet.
        if there.is_empty() || there.len() >= high {
            return None;
        }
        let came = fits(desk, whole, one, group, &there, silent)?;
        there.retain(|other| !bound(whole, one.id, *other));
        Some(Table { group, there, came })
    };
    ahead.filter_map(table).collect()
}

/// So many groups are tried before somebody is said to fit nowhere in several rounds.
const MOST_TRIES: u32 = 10_000;

/// A place in the list of each round such that nobody is met twice and all are at one time; the
/// first in order. `taken`: those of the rounds before.
fn path(rounds: &[Vec<Table<'_>>], taken: &mut Vec<usize>, tries: &mut u32) -> Option<Vec<usize>> {
    let Some(now) = rounds.get(taken.len()) else { return Some(taken.clone()) };
    for (at, table) in now.iter().enumerate() {
        *tries = tries.checked_sub(1)?;
        let mut before = rounds.iter().zip(&*taken).filter_map(|(open, at)| open.get(*at));
        let suits = before.all(|sat| {
            sat.group.starts_at == table.group.starts_at
                && !table.there.iter().any(|other| sat.there.contains(other))
        });
        if suits {
            taken.push(at);
            if let Some(found) = path(rounds, taken, tries) {
                return Some(found);
            }
            taken.pop();
        }
    }
    None
}

/// Whether two must sit together.
fn bound(whole: &Whole, one: ParticipantId, other: ParticipantId) -> bool {
    whole.rules.iter().filter(|rule| rule.kind == Bond::Together).any(|rule| {
        let people = people_of(rule);
        people.contains(&one) && people.contains(&other)
    })
}

fn people_of(rule: &Rule) -> Vec<ParticipantId> {
    serde_json::from_str(&rule.people).unwrap_or_default()
}

/// Whether somebody waits for a seat, still wants one, and can be told of it.
fn waits(desk: &Desk<'_>, whole: &Whole, one: &Participant) -> bool {
    let seated = whole.seat_of(one.id).is_some_and(|seat| seat.group_id.is_some());
    let wants = match one.response_id {
        Some(_) => voice(desk.material, one).is_some_and(|voice| voice.allows(Consent::Join)),
        None => one.added_by_hand,
    };
    let known = who(desk.material, one);
    let told = known.address.is_some_and(|address| mailbox("", &address).is_ok());
    !seated && wants && told && one.left_at.is_none() && one.rsvp != Rsvp::Declined
}

/// How well somebody could sit in a group, if at all: its time, its language, and who must and
/// must not sit with whom. `silent`: whether those can come who never said when.
fn fits(
    desk: &Desk<'_>,
    whole: &Whole,
    one: &Participant,
    group: &Group,
    there: &[ParticipantId],
    silent: bool,
) -> Option<Free> {
    let speaks = who(desk.material, one).language == group.language
        || languages(desk.material, one).contains(&group.language);
    let allowed = whole.rules.iter().all(|rule| {
        let people = people_of(rule);
        let mut others = people.iter().filter(|other| **other != one.id);
        !people.contains(&one.id)
            || match rule.kind {
                Bond::Apart => !others.any(|other| there.contains(other)),
                Bond::Together => others.all(|other| there.contains(other)),
            }
    });
    if !speaks || !allowed {
        return None;
    }
    if free(desk.material, one).is_some() {
        return free_at(desk.material, whole, one, group);
    }
    silent.then_some(Free::Yes)
}
