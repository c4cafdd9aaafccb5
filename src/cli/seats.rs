//! `colloquy seats FILE`: seats people into groups from a file, without keeping anything, so that
//! anybody can check the method on data of their own. The format is told in `docs/seats.md`.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;

use super::streams;
use crate::analysis::seating::{check, seat, without};

pub mod file;
mod json;
mod listed;
mod words;

#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// People, answers, slots, hosts and rules as JSON (see docs/seats.md); - reads standard input
    file: PathBuf,
    /// Another seed than the file names
    #[arg(long)]
    seed: Option<u64>,
    /// How long to search, in steps, if not as the file says
    #[arg(long)]
    steps: Option<u64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Reads the request and prints the plan, or why there is none.
pub(super) fn print(wanted: &Wanted) -> anyhow::Result<()> {
    let name = if wanted.file.as_os_str() == "-" {
        "standard input".to_owned()
    } else {
        wanted.file.display().to_string()
    };
    let asked = file::read(&streams::bytes_of(&wanted.file)?, wanted.seed, wanted.steps)
        .with_context(|| name.clone())?;
    let request = &asked.request;
    let plan = match seat(request) {
        Ok(plan) => plan,
        Err(conflict) => {
            let possible = seat(&without(request, &conflict)).is_ok();
            if wanted.json {
                let told = json::conflict(&asked, &conflict);
                streams::print(&(serde_json::to_string_pretty(&told)? + "\n"))?;
            }
            let told: Vec<String> =
                conflict.clashes.iter().map(|clash| words::clash(request, clash)).collect();
            let rest = if possible { "" } else { " (and more than that)" };
            bail!("{name}: no groups are possible{rest}:\n- {}", told.join("\n- "));
        }
    };
    check(request, &plan).with_context(|| format!("{name}: a plan that breaks its rules"))?;
    let text = if wanted.json {
        serde_json::to_string_pretty(&json::plan(&asked, &plan))? + "\n"
    } else {
        listed::listed(&asked, &plan)
    };
    streams::print(&text)
}
