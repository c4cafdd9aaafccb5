//! `colloquy themes FILE`: themes of any table's open answers, without keeping anything, so that
//! anybody can check the method on data of their own.

use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::Args;

use super::streams;
use crate::analysis::themes::{Model, Settings, Text, Themes, themes};

mod json;
mod listed;
mod table;

/// More answers than this take minutes and memory; a table that large is a mistake or a misuse.
const MOST: usize = 200_000;

#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// The table: CSV in UTF-8 with a first line of names; - reads standard input
    file: PathBuf,
    /// The column with the answers
    #[arg(long, value_name = "NAME")]
    column: String,
    /// The column that tells the answers apart; the number of the row if there is none
    #[arg(long, value_name = "NAME")]
    id: Option<String>,
    /// The language of answers too short to tell theirs, such as en or zh; auto: English, or
    /// Chinese by its letters
    #[arg(long, default_value = "auto")]
    lang: String,
    /// How many themes to find, if not as many as there seem to be
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=100))]
    k: Option<u16>,
    /// The words of the question, so that names of themes do not repeat it
    #[arg(long, default_value = "", hide_default_value = true)]
    question: String,
    /// The larger model (see: colloquy model); the one in the program if none is given
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// For the starts of the search
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was read and what was found.
struct Found<'a> {
    wanted: &'a Wanted,
    settings: Settings,
    texts: Vec<Text>,
    result: Themes,
}

/// Reads the answers and prints their themes.
pub(super) fn print(wanted: &Wanted) -> anyhow::Result<()> {
    let model = match &wanted.model {
        None => Model::default(),
        Some(file) => Model::read(streams::bytes_of(file)?)
            .with_context(|| format!("{} cannot be used as a model", file.display()))?,
    };
    let name = if wanted.file.as_os_str() == "-" {
        "standard input".to_owned()
    } else {
        wanted.file.display().to_string()
    };
    let rows = table::read(&streams::bytes_of(&wanted.file)?, &wanted.column, wanted.id.as_deref())
        .with_context(|| name.clone())?;
    ensure!(rows.len() <= MOST, "{name}: more than {MOST} rows");
    let language = (wanted.lang != "auto").then(|| wanted.lang.clone());
    let texts: Vec<Text> = rows
        .into_iter()
        .map(|(key, text)| Text { key, text, language: language.clone() })
        .collect();
    let settings = Settings {
        question: wanted.question.clone(),
        themes: wanted.k.map(usize::from),
        seed: wanted.seed,
        model,
    };
    let result = themes(&texts, &settings);
    let found = Found { wanted, settings, texts, result };
    let text = if wanted.json {
        serde_json::to_string_pretty(&json::of(&found))? + "\n"
    } else {
        listed::listed(&found)
    };
    streams::print(&text)
}
