//! Texts that people labelled: arguments with their key points, and draws of short requests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use colloquy::analysis::themes::Text;
use serde::{Deserialize, Serialize};

/// One question with its answers.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// Where it comes from.
    pub family: String,
    /// Which one of it.
    pub name: String,
    /// The words of the question.
    pub question: String,
    /// Whether constants may be chosen by it; the others are only reported.
    pub tuning: bool,
    /// What was answered.
    pub texts: Vec<String>,
    /// The theme of each answer, numbered from 0.
    pub gold: Vec<usize>,
    /// What people called the themes.
    pub names: Vec<String>,
}

impl Problem {
    /// How many themes people saw.
    pub fn themes(&self) -> usize {
        self.names.len()
    }

    /// As the product takes it.
    pub fn given(&self) -> Vec<Text> {
        given(&self.texts)
    }
}

/// Answers as the product takes them, in an order of keys.
pub fn given(texts: &[String]) -> Vec<Text> {
    let key = |at: usize| format!("{at:05}");
    let text = |(at, text): (usize, &String)| Text {
        key: key(at),
        text: text.clone(),
        language: Some("en".to_owned()),
    };
    texts.iter().enumerate().map(text).collect()
}

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    label: String,
    #[serde(default)]
    label_text: Vec<String>,
    #[serde(default)]
    group: String,
    #[serde(default)]
    topic: String,
}

/// Where the data lies: what the command says, or beside the checkout.
pub fn folder(said: Option<String>) -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/text");
    said.map_or(beside, PathBuf::from)
}

fn rows(folder: &Path, name: &str) -> Option<Vec<Row>> {
    let text = fs::read_to_string(folder.join(name)).ok()?;
    text.lines().map(|line| serde_json::from_str(line).ok()).collect()
}

/// All texts of a file, in its order.
pub fn texts(folder: &Path, name: &str) -> Vec<String> {
    rows(folder, name).unwrap_or_default().into_iter().map(|row| row.text).collect()
}

/// Every question of the arguments, every second one for tuning.
pub fn arguments(folder: &Path) -> Option<Vec<Problem>> {
    let mut questions: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(folder, "argkp.jsonl")? {
        questions.entry(row.group.clone()).or_default().push(row);
    }
    let problem = |(at, (group, rows)): (usize, (String, Vec<Row>))| {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for row in &rows {
            names.insert(&row.label, row.label_text.first().map_or(&row.label, |t| t));
        }
        let number = |label: &str| names.keys().position(|other| *other == label).unwrap();
        Problem {
            family: "ArgKP".to_owned(),
            name: group,
            question: rows[0].topic.clone(),
            tuning: at % 2 == 0,
            gold: rows.iter().map(|row| number(&row.label)).collect(),
            names: names.values().map(|name| (*name).to_owned()).collect(),
            texts: rows.iter().map(|row| row.text.clone()).collect(),
        }
    };
    Some(questions.into_iter().enumerate().map(problem).collect())
}

/// Draws of 30, 100 and 300 texts of 4, 7 and 12 labels, whose sizes fall as Zipf saw it; every
/// second one for tuning.
pub fn draws(folder: &Path, family: &str, file: &str, each: usize) -> Option<Vec<Problem>> {
    let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows(folder, file)? {
        labels.entry(row.label).or_default().push(row.text);
    }
    let mut problems = Vec::new();
    for (count, themes) in [(30, 4), (100, 7), (300, 12)] {
        for draw in 0..each {
            let mut chance = Chance((count * 1_000 + draw) as u64);
            let mut all: Vec<(&String, &Vec<String>)> = labels.iter().collect();
            chance.shuffle(&mut all);
            all.truncate(themes);
            let mut rows = Vec::new();
            for (theme, ((_, texts), size)) in all.iter().zip(sizes(count, &all)).enumerate() {
                let mut own: Vec<&String> = texts.iter().collect();
                chance.shuffle(&mut own);
                rows.extend(own.into_iter().take(size).map(|text| (theme, text.clone())));
            }
            chance.shuffle(&mut rows);
            problems.push(Problem {
                family: family.to_owned(),
                name: format!("{count} #{draw}"),
                question: String::new(),
                tuning: draw % 2 == 0,
                gold: rows.iter().map(|(theme, _)| *theme).collect(),
                names: all.iter().map(|(label, _)| (*label).replace('_', " ")).collect(),
                texts: rows.into_iter().map(|(_, text)| text).collect(),
            });
        }
    }
    Some(problems)
}

/// Sizes that fall as 1, 1/2, 1/3, at least two; what a label has too few texts for goes to the
/// next ones.
fn sizes(count: usize, labels: &[(&String, &Vec<String>)]) -> Vec<usize> {
    let all: f64 = (1..=labels.len()).map(|rank| 1.0 / rank as f64).sum();
    let mut sizes: Vec<usize> = (1..=labels.len())
        .zip(labels)
        .map(|(rank, (_, texts))| {
            ((count as f64 / all / rank as f64).round() as usize).clamp(2, texts.len())
        })
        .collect();
    while sizes.iter().sum::<usize>() < count {
        let free = (0..sizes.len()).find(|at| sizes[*at] < labels[*at].1.len());
        let Some(at) = free else { break };
        sizes[at] += 1;
    }
    sizes
}

/// Chance that is the same in every run (`SplitMix64`).
pub struct Chance(pub u64);

impl Chance {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = (self.next() % (last as u64 + 1)) as usize;
            items.swap(last, other);
        }
    }
}
