//! A look at a questionnaire before readers see it: what stands in the way of publishing it, and
//! what is worth a look.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::choose_mode;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::kind::{Kind, OTHER};
use crate::domain::status::Mode;
use crate::domain::text::shortened;
use crate::domain::{Condition, Wording};
use crate::store::questionnaires::{Asked, Questionnaire};

mod lines;
pub mod translations;

/// Where something is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// In the question with this key.
    Question(String),
    /// Above the questions.
    Head,
    /// Among the settings of the questionnaire.
    Settings,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether it cannot be published like this; else it is worth a look.
    pub blocks: bool,
    /// What it is, one sentence.
    pub text: String,
    /// Where it is changed.
    pub place: Where,
}

/// What stands in the way of publishing, one sentence each; empty: nothing.
pub fn obstacles(questionnaire: &Questionnaire, asked: &[Asked]) -> Vec<String> {
    let all = findings(questionnaire, asked);
    all.into_iter().filter(|found| found.blocks).map(|found| found.text).collect()
}

/// What stands in the way of opening a questionnaire whose time to close has passed.
pub fn closing_passed(questionnaire: &Questionnaire, now: DateTime<Utc>) -> Option<Finding> {
    questionnaire.options().closed_by(now)?;
    let text = "Its closing time has passed: choose a later one, or none.".to_owned();
    Some(Finding { blocks: true, text, place: Where::Settings })
}

/// Everything that was found: what stands in the way first, then in the order of the form.
pub fn findings(questionnaire: &Questionnaire, asked: &[Asked]) -> Vec<Finding> {
    let mut found = Found(vec![]);
    if asked.is_empty() {
        found.blocks("There is no question yet: add at least one.", Where::Head);
    }
    for (place, one) in asked.iter().enumerate() {
        let earlier = asked.get(..place).unwrap_or_default();
        question(&mut found, place + 1, one, earlier);
    }
    for obstacle in choose_mode::obstacles(questionnaire, asked) {
        let contact = asked.iter().find(|one| matches!(one.wording.kind, Kind::Contact(_)));
        let place = contact.map_or(Where::Settings, |one| Where::Question(one.key.clone()));
        found.blocks(obstacle, place);
    }
    whole(&mut found, questionnaire, asked);
    translations::check(&mut found, questionnaire, asked);
    let Found(mut all) = found;
    all.sort_by_key(|found| !found.blocks);
    all
}

struct Found(Vec<Finding>);

impl Found {
    fn blocks(&mut self, text: impl Into<String>, place: Where) {
        self.0.push(Finding { blocks: true, text: text.into(), place });
    }

    fn hints(&mut self, text: impl Into<String>, place: Where) {
        self.0.push(Finding { blocks: false, text: text.into(), place });
    }
}

fn question(found: &mut Found, number: usize, asked: &Asked, earlier: &[Asked]) {
    let wording = &asked.wording;
    let place = || Where::Question(asked.key.clone());
    if wording.prompt.trim().is_empty() {
        found.blocks(format!("Question {number} has no text yet."), place());
    }
    lines::check(found, number, asked);
    if let Kind::Contact(kind) = &wording.kind
        && kind.consents.is_empty()
    {
        found.hints(
            format!(
                "Question {number} asks for an address, and offers nothing that readers could \
                 allow: you may keep it, and not write to them."
            ),
            place(),
        );
    }
    if let Kind::Number(kind) = &wording.kind
        && let (Some(least), Some(most)) = (&kind.least, &kind.most)
        && most < least
    {
        found.blocks(
            format!("Question {number}: no number is at least {least} and at most {most}."),
            place(),
        );
    }
    if let Some(condition) = &wording.shown_if {
        condition_of(found, number, asked, condition, earlier);
    }
    let long = wording.prompt.chars().count();
    if long > 300 {
        found.hints(format!("Question {number} is long ({long} characters): some of it may be better off as help."), place());
    }
}

fn condition_of(
    found: &mut Found,
    number: usize,
    asked: &Asked,
    condition: &Condition,
    earlier: &[Asked],
) {
    let place = || Where::Question(asked.key.clone());
    let Some(on) = earlier.iter().find(|earlier| earlier.key == condition.question) else {
        found.blocks(
            format!(
                "Question {number} is asked only after an answer to a question that does not \
                 stand before it: choose another condition, or move it."
            ),
            place(),
        );
        return;
    };
    let can = values(&on.wording);
    let never = can.as_ref().is_some_and(|can| {
        !condition.any_of.is_empty() && !condition.any_of.iter().any(|value| can.contains(value))
    });
    if never {
        found.blocks(
            format!(
                "Nobody will ever see question {number}: it waits for an answer that “{}” does \
                 not offer.",
                shortened(&on.wording.prompt, 50)
            ),
            place(),
        );
        return;
    }
    // What two conditions on the same question both ask for has to be possible at once.
    let mut narrowed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut next = Some((condition, on));
    for _ in 0..=earlier.len() {
        let Some((condition, on)) = next else { return };
        let wanted: BTreeSet<&str> = condition.any_of.iter().map(String::as_str).collect();
        if !wanted.is_empty() && matches!(on.wording.kind, Kind::Single(_) | Kind::Scale(_)) {
            let key = condition.question.as_str();
            let seen = narrowed.entry(key).or_insert_with(|| wanted.clone());
            seen.retain(|value| wanted.contains(value));
            if seen.is_empty() {
                let text = format!(
                    "Nobody will ever see question {number}: what it waits for and what the \
                     question before it waits for cannot both be answered."
                );
                found.blocks(text, place());
                return;
            }
        }
        next = on.wording.shown_if.as_ref().and_then(|condition| {
            let on = earlier.iter().find(|earlier| earlier.key == condition.question)?;
            Some((condition, on))
        });
    }
}

/// What can be answered to a question, in the words of conditions; nothing where anything can.
fn values(wording: &Wording) -> Option<BTreeSet<String>> {
    let keys =
        |wording: &Wording| wording.kind.lines().iter().map(|line| line.key.clone()).collect();
    Some(match &wording.kind {
        Kind::Single(kind) => with_other(keys(wording), kind.other),
        Kind::Multiple(kind) => with_other(keys(wording), kind.other),
        Kind::Ranking(_) => keys(wording),
        Kind::Allocation(kind) => with_other(keys(wording), kind.other),
        Kind::Scale(kind) => {
            let points = (1..=kind.points).map(|point| point.to_string());
            points.chain(kind.cannot_say.then(|| CANNOT_SAY.to_owned())).collect()
        }
        Kind::Statements(kind) => {
            let votes = ["agree", "disagree", "pass"];
            let lines = kind.statements.iter();
            lines.flat_map(|line| votes.map(|vote| format!("{}={vote}", line.key))).collect()
        }
        Kind::Open(_) | Kind::Number(_) | Kind::Availability(_) | Kind::Contact(_) => return None,
    })
}

fn with_other(mut keys: BTreeSet<String>, other: bool) -> BTreeSet<String> {
    if other {
        keys.insert(OTHER.to_owned());
    }
    keys
}

/// What concerns the whole form.
fn whole(found: &mut Found, questionnaire: &Questionnaire, asked: &[Asked]) {
    let options = questionnaire.options();
    if let (Some(opens), Some(closes)) = (options.opens_at, options.closes_at)
        && closes <= opens
    {
        found.blocks("It closes before it opens: change one of the two times.", Where::Settings);
    }
    if options.closes_at.is_none() {
        found.hints(
            "It has no closing time: it stays open until you close it. A date helps readers to \
             answer in time.",
            Where::Settings,
        );
    }
    let minutes = minutes(asked);
    if minutes > 15 {
        found.hints(
            format!("It takes about {minutes} minutes to answer. Most readers give ten."),
            Where::Head,
        );
    }
    let needed = asked.iter().filter(|asked| asked.wording.required).count();
    if needed > 3 && needed == asked.len() {
        found.hints(
            "Every question has to be answered: who cannot answer one cannot send the others.",
            Where::Head,
        );
    }
    if questionnaire.mode == Mode::Anonymous {
        return;
    }
    let asks_who = asked.iter().any(|asked| matches!(asked.wording.kind, Kind::Contact(_)));
    let times = asked.iter().find(|asked| matches!(asked.wording.kind, Kind::Availability(_)));
    if let Some(times) = times.filter(|_| !asks_who) {
        found.hints(
            "It asks who could come when, and not for an address: nobody could be invited.",
            Where::Question(times.key.clone()),
        );
    }
}

/// About how long it takes to answer, in minutes: reading at 200 words a minute, two minutes for
/// a long text, half a minute for a short one, a few seconds for a tick.
pub fn minutes(asked: &[Asked]) -> usize {
    let seconds = asked.iter().map(|asked| {
        let wording = &asked.wording;
        let lines = wording.kind.lines();
        let read = [wording.prompt.as_str(), wording.help.as_str()];
        let read = read.into_iter().chain(lines.iter().map(|line| line.text.as_str()));
        let words: usize = read.map(|text| crate::domain::difference::words(text).len()).sum();
        let answer = match &wording.kind {
            Kind::Open(kind) if kind.long => 120,
            Kind::Open(_) | Kind::Contact(_) => 30,
            Kind::Single(_) | Kind::Multiple(_) | Kind::Scale(_) | Kind::Number(_) => 5,
            Kind::Statements(kind) => 5 * kind.statements.len(),
            Kind::Ranking(kind) => 6 * kind.options.len(),
            Kind::Allocation(kind) => 8 * kind.options.len(),
            Kind::Availability(kind) => 4 * kind.slots.len(),
        };
        words * 3 / 10 + answer
    });
    seconds.sum::<usize>().div_ceil(60)
}
