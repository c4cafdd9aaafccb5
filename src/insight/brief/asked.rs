//! Questions that only some are asked. How many they are tells how many gave the answer that it
//! depends on: where that is kept back, so is every number of people who answered the question.

use super::Limits;
use super::closed::told_of;
use super::say::Say;
use crate::domain::condition::Condition;
use crate::domain::kind::Kind;
use crate::insight::Insight;
use crate::store::questionnaires::Asked;

impl Say {
    /// How a question is spoken of.
    pub fn on(self, insight: &Insight, asked: &Asked) -> Self {
        Self { bare: !tells(self.limits, insight, asked), ..self }
    }
}

/// Whether it may be told how many were asked.
fn tells(limits: Limits, insight: &Insight, asked: &Asked) -> bool {
    let Some(condition) = asked.wording.shown_if.as_ref().filter(|_| limits.people > 0) else {
        return true;
    };
    let mut before = insight.material.questions.iter().take_while(|one| one.id != asked.id);
    let Some(earlier) = before.find(|one| one.key == condition.question) else { return true };
    // Whoever knows a part of a part knows something of the whole.
    tells(limits, insight, earlier) && tells_part(limits, insight, earlier, condition)
}

fn tells_part(limits: Limits, insight: &Insight, earlier: &Asked, condition: &Condition) -> bool {
    if condition.any_of.is_empty() {
        return true;
    }
    let answers = || insight.material.answers(earlier.id).map(|(_, answer)| answer);
    let (part, all) =
        (answers().filter(|answer| condition.holds(Some(answer))).count(), answers().count());
    let tally = insight.tallies.iter().find(|tally| tally.question == earlier.id);
    let is_whole = matches!(earlier.wording.kind, Kind::Single(_) | Kind::Scale(_));
    if let Some(told) = tally.and_then(|tally| told_of(limits, tally)).filter(|_| is_whole) {
        // What is told of either side tells the other.
        let (inside, outside): (Vec<_>, Vec<_>) =
            told.into_iter().partition(|(key, _)| condition.any_of.contains(key));
        let all_told = |side: &[(String, bool)]| side.iter().all(|(_, told)| *told);
        return all_told(&inside) || (part >= limits.people && all_told(&outside));
    }
    // A part of a ranking or of votes can be what keeps another company that is not told, and
    // those who chose one of several lines follow from those who chose each.
    let lines = matches!(earlier.wording.kind, Kind::Ranking(_) | Kind::Statements(_));
    !lines && condition.any_of.len() == 1 && limits.tells(part, all)
}
