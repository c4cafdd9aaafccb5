//! `colloquy opinions FILE`: opinion groups and statements of any table of votes, without keeping
//! anything, so that anybody can check the method on data of their own.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::streams;
use crate::analysis::opinions::{Opinions, Settings, of_many};
use crate::analysis::stats::adjusted_rand;
use crate::polis::{self, Comment, Matrix};

mod json;
mod listed;

#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// A row for each person, a column for each statement; 1 agrees, -1 disagrees, 0 passes
    file: PathBuf,
    /// The words of the statements, and which were moderated out
    #[arg(long, value_name = "FILE")]
    comments: Option<PathBuf>,
    /// How many groups to look for, if not as many as stand out most clearly
    #[arg(long, value_parser = clap::value_parser!(u8).range(2..=26))]
    k: Option<u8>,
    /// For the shuffles of the tests
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was read and what was found.
struct Found {
    matrix: Matrix,
    /// Words of the statements, by id.
    words: HashMap<String, String>,
    /// Statements among the votes that were moderated out.
    rejected: Vec<String>,
    settings: Settings,
    result: Opinions,
}

impl Found {
    /// The words of a statement, or its id where none are known.
    fn text(&self, statement: usize) -> &str {
        let id = self.matrix.statements.get(statement).map_or("", String::as_str);
        self.words.get(id).map_or(id, String::as_str)
    }

    /// How well the groups agree with those that the file gives, and over how many people; `None`
    /// where there are none to compare.
    fn agreement(&self) -> Option<(f64, usize)> {
        let names: BTreeMap<&String, usize> =
            self.matrix.groups.iter().flatten().zip(0..).collect();
        let mut pairs = vec![];
        for (at, group) in self.result.groups().iter().enumerate() {
            let given =
                group.members.iter().filter_map(|row| self.matrix.groups.get(*row)?.as_ref());
            pairs.extend(given.filter_map(|name| Some((at, *names.get(name)?))));
        }
        adjusted_rand(&pairs).map(|index| (index, pairs.len()))
    }
}

/// Reads the votes and prints what they say.
pub(super) fn print(wanted: &Wanted) -> anyhow::Result<()> {
    let found = found(wanted)?;
    let text = if wanted.json {
        serde_json::to_string_pretty(&json::of(&found))? + "\n"
    } else {
        listed::listed(&found)
    };
    streams::print(&text)
}

fn found(wanted: &Wanted) -> anyhow::Result<Found> {
    let mut matrix = read(&wanted.file, Matrix::read)?;
    let comments: Vec<Comment> = wanted
        .comments
        .as_deref()
        .map(|file| read(file, polis::comments))
        .transpose()?
        .unwrap_or_default();
    let out: HashSet<String> =
        comments.iter().filter(|c| c.moderated < 0).map(|c| c.id.clone()).collect();
    let rejected = matrix.statements.iter().filter(|id| out.contains(*id)).cloned().collect();
    matrix.remove(&out);
    let settings = Settings {
        groups: wanted.k.map(usize::from),
        permutations: 200,
        removals: 20,
        seed: wanted.seed,
    };
    let result = of_many(&matrix.votes(), &settings);
    let words = comments.into_iter().map(|comment| (comment.id, comment.text)).collect();
    Ok(Found { matrix, words, rejected, settings, result })
}

fn read<T>(file: &Path, reader: fn(&[u8]) -> Result<T, polis::Unreadable>) -> anyhow::Result<T> {
    let bytes =
        std::fs::read(file).with_context(|| format!("{} could not be read", file.display()))?;
    reader(&bytes).with_context(|| format!("{} could not be read", file.display()))
}
