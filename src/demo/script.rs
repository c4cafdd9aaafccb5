//! The texts of the example, as `examples/demo.toml` has them.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Deserialize;

use super::Camp;

const TEXTS: &str = include_str!("../../examples/demo.toml");

/// Texts in the two languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    en: Vec<String>,
    zh: Vec<String>,
}

impl Texts {
    pub(super) fn of(&self, language: &str) -> &[String] {
        if language == "zh" { &self.zh } else { &self.en }
    }
}

/// Something for each camp.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByCamp<T> {
    scale: T,
    open: T,
    society: T,
}

impl<T> ByCamp<T> {
    pub(super) fn of(&self, camp: Camp) -> &T {
        match camp {
            Camp::Scale => &self.scale,
            Camp::Open => &self.open,
            Camp::Society => &self.society,
        }
    }
}

/// What somebody says to one topic.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    name: String,
    words: Vec<String>,
}

/// Numbers of the camps for a text with these words.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Rule {
    words: Vec<String>,
    #[serde(flatten)]
    camps: ByCampNumbers,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct ByCampNumbers {
    scale: i32,
    open: i32,
    society: i32,
}

impl ByCampNumbers {
    fn of(self, camp: Camp) -> i32 {
        match camp {
            Camp::Scale => self.scale,
            Camp::Open => self.open,
            Camp::Society => self.society,
        }
    }
}

/// A name and the part of an address before the `@`, in the two languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    en: Vec<(String, String)>,
    zh: Vec<(String, String)>,
}

impl Names {
    pub(super) fn of(&self, language: &str) -> &[(String, String)] {
        if language == "zh" { &self.zh } else { &self.en }
    }
}

/// All of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    topic: Vec<Topic>,
    pub(super) core: BTreeMap<String, ByCamp<Texts>>,
    pub(super) short: BTreeMap<String, Texts>,
    pub(super) careless: Texts,
    pub(super) opener: Texts,
    pub(super) closer: ByCamp<Texts>,
    pub(super) aside: Texts,
    pub(super) other: ByCamp<Texts>,
    vote: Vec<Rule>,
    bet: Vec<Rule>,
    pub(super) names: Names,
}

impl Script {
    pub(super) fn load() -> anyhow::Result<Self> {
        toml::from_str(TEXTS).context("examples/demo.toml does not fit")
    }

    /// What an open question is about.
    pub(super) fn topic(&self, prompt: &str) -> &str {
        let prompt = prompt.to_lowercase();
        let about = |topic: &&Topic| topic.words.iter().any(|word| prompt.contains(word));
        self.topic.iter().find(about).map_or("general", |topic| topic.name.as_str())
    }

    /// How a camp stands to a statement, from -100 to 100, if somebody wrote that down.
    pub(super) fn stand(&self, statement: &str, camp: Camp) -> Option<i32> {
        let statement = statement.to_lowercase();
        let rule =
            self.vote.iter().find(|rule| rule.words.iter().all(|word| statement.contains(word)));
        rule.map(|rule| rule.camps.of(camp))
    }

    /// How many of ten points a camp puts on an option, if somebody wrote that down.
    pub(super) fn bet(&self, option: &str, camp: Camp) -> Option<usize> {
        let option = option.to_lowercase();
        let rule = self.bet.iter().find(|rule| rule.words.iter().any(|word| option.contains(word)));
        rule.and_then(|rule| usize::try_from(rule.camps.of(camp)).ok())
    }
}
