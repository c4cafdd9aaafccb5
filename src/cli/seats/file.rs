//! The file that `colloquy seats` reads, and the request that it is.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;

use crate::analysis::seating::{
    self, Dimension, Free, Given, Host, Person, Pin, Request, Size, Slot,
};

/// More than this is a mistake or a misuse: it takes hours and memory.
const MOST_BYTES: usize = 64 << 20;
const MOST_SLOTS: usize = 1_000;
const MOST_NUMBERS: usize = 1_000;
const MOST_RULES: usize = 50_000;
const MOST_ROUNDS: usize = 50;
/// People times slots times languages.
const MOST_CHOICES: usize = 4_000_000;

/// What was asked: the request, and what its numbers stand for.
pub struct Asked {
    /// What the engine is asked.
    pub request: Request,
    /// The key of each question.
    pub questions: Vec<String>,
    /// The question of each dimension and its place in it, where it has several numbers.
    pub dimensions: Vec<(usize, Option<usize>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    people: Vec<PersonLine>,
    slots: Vec<SlotLine>,
    #[serde(default)]
    size: SizeLine,
    #[serde(default)]
    questions: Vec<QuestionLine>,
    #[serde(default)]
    hosts: Vec<HostLine>,
    #[serde(default)]
    together: Vec<Vec<String>>,
    #[serde(default)]
    apart: Vec<(String, String)>,
    #[serde(default)]
    lone: Vec<String>,
    #[serde(default)]
    pins: Vec<PinLine>,
    previous: Option<Vec<GivenLine>>,
    rounds: Option<usize>,
    seed: Option<u64>,
    steps: Option<u64>,
    fairness: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonLine {
    key: String,
    #[serde(default)]
    answers: BTreeMap<String, AnswerLine>,
    free: Option<BTreeMap<String, FreeLine>>,
    languages: Option<Vec<String>>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    hosts: usize,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AnswerLine {
    One(Option<f64>),
    Many(Vec<Option<f64>>),
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FreeLine {
    Yes,
    IfNeedBe,
    No,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SlotLine {
    key: String,
    groups: Option<usize>,
    languages: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SizeLine {
    low: usize,
    target: usize,
    high: usize,
}

impl Default for SizeLine {
    fn default() -> Self {
        let Size { low, target, high } = Size::default();
        Self { low, target, high }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionLine {
    key: String,
    weight: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HostLine {
    key: String,
    free: Option<BTreeMap<String, FreeLine>>,
    languages: Option<Vec<String>>,
    most: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PinLine {
    person: String,
    slot: String,
    group: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenLine {
    key: String,
    slot: String,
    language: Option<String>,
    host: Option<String>,
    people: Vec<String>,
}

/// What is spoken where nothing is said of it.
const LANGUAGE: &str = "en";

/// Reads a file; the seed and the steps given go before those it names.
pub fn read(bytes: &[u8], seed: Option<u64>, steps: Option<u64>) -> anyhow::Result<Asked> {
    ensure!(bytes.len() <= MOST_BYTES, "larger than {} MiB", MOST_BYTES >> 20);
    let file: File =
        serde_json::from_slice(bytes).context("this is not what docs/seats.md tells")?;
    let rules = file.together.iter().map(Vec::len).sum::<usize>()
        + file.apart.len()
        + file.pins.len()
        + file.lone.len();
    let limits = [
        ("people", file.people.len(), seating::MOST_PEOPLE),
        ("hosts", file.hosts.len(), seating::MOST_PEOPLE),
        ("slots", file.slots.len(), MOST_SLOTS),
        ("rules", rules, MOST_RULES),
        ("rounds", file.rounds.unwrap_or(1), MOST_ROUNDS),
    ];
    for (what, count, most) in limits {
        ensure!(count <= most, "{what}: {count}, which is more than {most}");
    }
    let fairness = file.fairness.unwrap_or(Request::default().fairness);
    ensure!(fairness >= 0.0, "fairness: {fairness} is below 0");
    let slots: BTreeMap<&str, usize> =
        file.slots.iter().enumerate().map(|(at, slot)| (slot.key.as_str(), at)).collect();
    let columns = Columns::new(&file)?;
    let mut people = vec![];
    for line in &file.people {
        let here = || format!("person “{}”", line.key);
        people.push(Person {
            key: line.key.clone(),
            views: columns.views(&line.answers).with_context(here)?,
            free: free(line.free.as_ref(), &slots).with_context(here)?,
            languages: spoken(line.languages.as_ref()),
            tags: line.tags.clone(),
            hosts: line.hosts,
        });
    }
    let mut hosts = vec![];
    for line in &file.hosts {
        let here = || format!("host “{}”", line.key);
        hosts.push(Host {
            key: line.key.clone(),
            free: free(line.free.as_ref(), &slots).with_context(here)?,
            languages: spoken(line.languages.as_ref()),
            most: line.most.unwrap_or(1),
        });
    }
    let languages: BTreeSet<&String> = people.iter().flat_map(|p| &p.languages).collect();
    let choices = people.len().saturating_mul(slots.len()).saturating_mul(languages.len());
    ensure!(
        choices <= MOST_CHOICES,
        "people times slots times languages are {choices}, more than {MOST_CHOICES}"
    );
    let slot = |line: &SlotLine| Slot {
        key: line.key.clone(),
        groups: line.groups.unwrap_or(usize::MAX),
        languages: line.languages.clone(),
    };
    let request = Request {
        size: Size { low: file.size.low, target: file.size.target, high: file.size.high },
        seed: seed.or(file.seed).unwrap_or(1),
        steps: steps.or(file.steps).unwrap_or_else(|| seating::steps_for(people.len())),
        fairness,
        dimensions: columns.weights(),
        slots: file.slots.iter().map(slot).collect(),
        people,
        hosts,
        together: file.together,
        apart: file.apart,
        lone: file.lone,
        pins: file.pins.into_iter().map(pin).collect(),
        previous: file.previous.map(|groups| groups.into_iter().map(given).collect()),
        rounds: file.rounds.unwrap_or(1),
    };
    Ok(Asked { request, dimensions: columns.dimensions(), questions: columns.questions })
}

fn pin(line: PinLine) -> Pin {
    Pin { person: line.person, slot: line.slot, group: line.group }
}

fn given(line: GivenLine) -> Given {
    Given {
        key: line.key,
        slot: line.slot,
        language: line.language.unwrap_or_else(|| LANGUAGE.to_owned()),
        host: line.host,
        people: line.people,
    }
}

fn spoken(languages: Option<&Vec<String>>) -> Vec<String> {
    languages.cloned().unwrap_or_else(|| vec![LANGUAGE.to_owned()])
}

/// Times by place of the slot. Who says nothing can always; a slot not named is a no.
fn free(
    said: Option<&BTreeMap<String, FreeLine>>,
    slots: &BTreeMap<&str, usize>,
) -> anyhow::Result<Vec<Free>> {
    let Some(said) = said else { return Ok(vec![Free::Yes; slots.len()]) };
    let mut free = vec![Free::No; slots.len()];
    for (key, said) in said {
        let place = slots.get(key.as_str()).and_then(|at| free.get_mut(*at));
        let Some(place) = place else { bail!("free names no slot “{key}”") };
        *place = match said {
            FreeLine::Yes => Free::Yes,
            FreeLine::IfNeedBe => Free::IfNeedBe,
            FreeLine::No => Free::No,
        };
    }
    Ok(free)
}

/// How the answers become numbers: for each question so many.
struct Columns {
    questions: Vec<String>,
    weights: Vec<f64>,
    /// `None` for a question with one number.
    numbers: Vec<Option<usize>>,
}

impl Columns {
    /// Questions as the file lists them; if it lists none, all that anybody answered, by key.
    fn new(file: &File) -> anyhow::Result<Self> {
        let answered: BTreeSet<&String> =
            file.people.iter().flat_map(|person| person.answers.keys()).collect();
        let listed = file.questions.iter().map(|line| (&line.key, line.weight.unwrap_or(1.0)));
        let mut listed: Vec<(&String, f64)> = listed.collect();
        if listed.is_empty() {
            listed = answered.iter().map(|key| (*key, 1.0)).collect();
        }
        let mut known = BTreeSet::new();
        for (key, weight) in &listed {
            ensure!(known.insert(*key), "question “{key}” is there twice");
            ensure!(
                weight.is_finite() && *weight >= 0.0,
                "question “{key}”: its weight {weight} is not a number from 0 on"
            );
        }
        if let Some(key) = answered.iter().find(|key| !known.contains(*key)) {
            bail!("questions does not list “{key}”, which somebody answers");
        }
        let longest = |key: &String| {
            let answers = file.people.iter().filter_map(|person| person.answers.get(key));
            let many = answers.filter_map(|answer| match answer {
                AnswerLine::One(_) => None,
                AnswerLine::Many(list) => Some(list.len()),
            });
            many.max()
        };
        let columns = Self {
            questions: listed.iter().map(|(key, _)| (*key).clone()).collect(),
            weights: listed.iter().map(|(_, weight)| *weight).collect(),
            numbers: listed.iter().map(|(key, _)| longest(key)).collect(),
        };
        let count = columns.dimensions().len();
        ensure!(count <= MOST_NUMBERS, "answers have {count} numbers, more than {MOST_NUMBERS}");
        Ok(columns)
    }

    fn dimensions(&self) -> Vec<(usize, Option<usize>)> {
        let of = |(question, numbers): (usize, &Option<usize>)| match numbers {
            None => vec![(question, None)],
            Some(count) => (0..*count).map(|place| (question, Some(place))).collect(),
        };
        self.numbers.iter().enumerate().flat_map(of).collect()
    }

    /// The numbers of a question share its weight.
    fn weights(&self) -> Vec<Dimension> {
        let share = |(question, _): (usize, Option<usize>)| {
            let count = self.numbers.get(question).copied().flatten().unwrap_or(1).max(1);
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            let weight = self.weights.get(question).copied().unwrap_or(1.0);
            Dimension { weight: weight / f64::from(count), question }
        };
        self.dimensions().into_iter().map(share).collect()
    }

    fn views(&self, answers: &BTreeMap<String, AnswerLine>) -> anyhow::Result<Vec<Option<f64>>> {
        let mut views = vec![];
        for (key, numbers) in self.questions.iter().zip(&self.numbers) {
            let count = numbers.unwrap_or(1);
            let given: Vec<Option<f64>> = match answers.get(key) {
                None | Some(AnswerLine::One(None)) => vec![None; count],
                Some(AnswerLine::One(Some(one))) => {
                    ensure!(
                        numbers.is_none(),
                        "answers.{key} is one number where others give a list of {count}"
                    );
                    vec![Some(*one)]
                }
                Some(AnswerLine::Many(list)) => {
                    ensure!(
                        list.len() == count,
                        "answers.{key} has {} numbers where others have {count}",
                        list.len()
                    );
                    list.clone()
                }
            };
            for value in given.iter().flatten() {
                ensure!(
                    (0.0..=1.0).contains(value),
                    "answers.{key} is {value}, not between 0 and 1"
                );
            }
            views.extend(given);
        }
        Ok(views)
    }
}
