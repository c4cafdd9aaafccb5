//! A plan as it is now, judged: how good it is, what it breaks, what the last change did to it.

use std::collections::HashMap;

use crate::acts::change_plan::{redoable, undoable};
use crate::analysis::seating::{Judgement, judge};
use crate::domain::{GroupId, ParticipantId};
use crate::insight::Insight;
use crate::insight::changes::{Change, Move};
use crate::insight::seats::given::{given, sitting};
use crate::insight::seats::said::{Names, about};
use crate::insight::seats::{Seatable, seatable};
use crate::store::discussions::changes::PlanChange;
use crate::store::discussions::{Group, Participant, Seat, Whole};

/// What is shown of a plan.
pub(super) struct Look<'a> {
    pub whole: &'a Whole,
    pub insight: &'a Insight,
    pub seatable: Seatable,
    pub names: Names,
    /// The round that is looked at, from 0.
    pub round: i32,
    /// How it stands in this round.
    pub judged: Judgement,
    /// The change that can be taken back, with how the plan stood before it.
    pub last: Option<(Change, Judgement)>,
    /// Whether a change can be done again.
    pub redo: bool,
    /// Pairs who meet more than once, over all rounds.
    pub again: usize,
}

impl<'a> Look<'a> {
    /// Judges the plan in a round.
    pub fn at(whole: &'a Whole, insight: &'a Insight, round: i32, log: &[PlanChange]) -> Self {
        let seatable = seatable(insight, whole, None);
        let names = Names::of(&insight.material, whole, &seatable);
        let of = |whole: &Whole| {
            let given = given(whole, round, |one| seatable.is_in(one));
            judge(&seatable.request, &given)
        };
        let judged = of(whole);
        let last = undoable(log).map(|(_, change)| {
            let before = match &change {
                Change::Moved { moves } => of(&undone(whole, moves)),
                _ => judged.clone(),
            };
            (change, before)
        });
        let redo = redoable(log).is_some();
        let again = meetings_again(whole);
        Self { whole, insight, seatable, names, round, judged, last, redo, again }
    }

    /// The seats of a group in this round, with who sits there, by name.
    pub fn sitting(&self, group: GroupId) -> Vec<(&'a Seat, &'a Participant)> {
        let seats = self.whole.of(group).filter(|seat| seat.round == self.round);
        let mut seats: Vec<_> = seats
            .filter_map(|seat| Some((seat, self.whole.participant(seat.participant_id)?)))
            .collect();
        seats.sort_by_cached_key(|(_, one)| (self.name(one.id).to_lowercase(), one.id));
        seats
    }

    /// What somebody is called.
    pub fn name(&self, id: ParticipantId) -> String {
        self.names.name(&id.to_string())
    }

    /// How like everybody a group is, from 0 to 100, and by question.
    pub fn mixed(&self, group: &Group) -> Option<(f64, Vec<(String, f64)>)> {
        let key = group.id.to_string();
        let mixed = self.judged.groups.iter().find(|mixed| mixed.key == key)?;
        let questions = &self.insight.material.questions;
        let by_question = mixed.by_question.iter().filter_map(|(number, mix)| {
            let id = self.seatable.questions.get(*number)?;
            let asked = questions.iter().find(|asked| asked.id == *id)?;
            Some((asked.wording.prompt.clone(), *mix))
        });
        Some((mixed.mix, by_question.collect()))
    }

    /// The hard rules that a group breaks, in words.
    pub fn broken_by(&self, group: GroupId) -> Vec<String> {
        let key = group.to_string();
        let broken = self.judged.broken.iter().filter(|broken| about(broken) == Some(&key));
        broken.map(|broken| self.names.broken(broken)).collect()
    }

    /// All hard rules that the plan breaks, in words.
    pub fn broken(&self) -> Vec<String> {
        self.judged.broken.iter().map(|broken| self.names.broken(broken)).collect()
    }

    /// What the last change did: who moved, what it cost, what it breaks that held before.
    pub fn did(&self) -> Option<(String, Vec<String>)> {
        let (change, before) = self.last.as_ref()?;
        let what = match change {
            Change::Moved { moves } => {
                let moved: Vec<String> = moves.iter().map(|one| self.moved(one)).collect();
                format!("{} {}", moved.join(" "), self.cost(before))
            }
            Change::Locked { people, locked, .. } => {
                let word = if *locked { "locked" } else { "free to be moved" };
                match people.as_slice() {
                    [one] => format!("The seat of {} is {word}.", self.name(*one)),
                    many => format!("{} seats are {word}.", many.len()),
                }
            }
            Change::Planned => return None,
        };
        let new = self.judged.broken.iter().filter(|broken| !before.broken.contains(broken));
        Some((what, new.map(|broken| self.names.broken(broken)).collect()))
    }

    fn moved(&self, one: &Move) -> String {
        let group = |id: GroupId| self.whole.group(id).map_or(0, |group| group.number);
        let name = self.name(one.participant);
        let round = if self.whole.discussion.rounds > 1 {
            format!(" in round {}", one.round + 1)
        } else {
            String::new()
        };
        match (one.from, one.to) {
            (Some(from), Some(to)) => {
                format!("{name} moved from group {} to group {}{round}.", group(from), group(to))
            }
            (None, Some(to)) => format!("{name} sits in group {}{round}.", group(to)),
            (Some(from), None) => {
                format!("{name} was taken out of group {}{round}.", group(from))
            }
            (None, None) => format!("{name} has no seat{round}."),
        }
    }

    /// What the change cost, in percent of the best thinkable plan.
    fn cost(&self, before: &Judgement) -> String {
        let share = |judged: &Judgement| {
            let score = &judged.score;
            if score.ceiling > 0.0 { score.value / score.ceiling } else { 1.0 }
        };
        costs(100.0 * (share(before) - share(&self.judged)))
    }
}

/// What something costs, in words: percent of the best thinkable plan.
pub(super) fn costs(percent: f64) -> String {
    if percent.abs() < 0.05 {
        "The mix stays as good.".to_owned()
    } else if percent > 0.0 {
        format!("The mix loses {percent:.1} %.")
    } else {
        format!("The mix gains {:.1} %.", -percent)
    }
}

/// The plan as it was before these moves.
fn undone(whole: &Whole, moves: &[Move]) -> Whole {
    let mut before = whole.clone();
    for one in moves {
        let seat = before
            .seats
            .iter_mut()
            .find(|seat| seat.participant_id == one.participant && seat.round == one.round);
        if let Some(seat) = seat {
            seat.group_id = one.from;
        }
    }
    before
}

/// How many pairs sit together in more than one round.
fn meetings_again(whole: &Whole) -> usize {
    let mut met: HashMap<(ParticipantId, ParticipantId), usize> = HashMap::new();
    for round in 0..whole.discussion.rounds.max(1) {
        for group in &whole.groups {
            let mut people: Vec<ParticipantId> = sitting(whole, group.id, round).collect();
            people.sort_unstable();
            for (place, one) in people.iter().enumerate() {
                for other in people.iter().skip(place + 1) {
                    *met.entry((*one, *other)).or_default() += 1;
                }
            }
        }
    }
    met.values().filter(|times| **times > 1).count()
}
