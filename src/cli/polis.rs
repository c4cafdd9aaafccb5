//! `colloquy import-polis FOLDER`: a conversation that was held with Polis, as a questionnaire.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use super::{close, note};
use crate::acts::import_polis::import_polis;
use crate::acts::sign_in;
use crate::app;
use crate::clock::Clock;
use crate::config::Settings;
use crate::export::polis::read::{self, File};
use crate::href;

/// Reads the files, keeps them, and says what became of them. Safe while the service runs.
pub(super) async fn import(
    settings: &Settings,
    folder: &Path,
    title: Option<String>,
) -> anyhow::Result<()> {
    let files = read::unpacked(files(folder)?)?;
    let mut conversation = read::read(&files)?;
    conversation.call(title.as_deref().unwrap_or_default());
    conversation.call_if_nameless(&folder.file_stem().unwrap_or_default().to_string_lossy());
    let (service, writer) = app::open(settings, Clock::default()).await?;
    let organizer = sign_in::first_organizer(&service).await?;
    let imported = import_polis(&service, organizer, &conversation).await?;
    if imported.added > 0 {
        let of = Some(imported.questionnaire.id);
        note(&service, None, of, "brought a conversation held with Polis").await;
    }
    let slug = imported.questionnaire.slug;
    println!("The conversation: {}", imported.questionnaire.title);
    println!("{} statements", imported.statements);
    if imported.rejected > 0 {
        println!(
            "{} statements that Polis's moderators had rejected are left out",
            imported.rejected
        );
    }
    println!(
        "{} responses are new or changed, {} were there already",
        imported.added, imported.known
    );
    println!("What was said: {}", service.link(&href::desk(&slug, "insight")));
    close(service, writer).await
}

/// The CSV files of a folder, or the one file.
fn files(path: &Path) -> anyhow::Result<Vec<File>> {
    let read = |path: &Path| -> anyhow::Result<File> {
        let bytes =
            fs::read(path).with_context(|| format!("{} could not be read", path.display()))?;
        Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes))
    };
    if !path.is_dir() {
        return Ok(vec![read(path)?]);
    }
    let mut files = vec![];
    let listed =
        fs::read_dir(path).with_context(|| format!("{} could not be read", path.display()))?;
    for entry in listed {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
            files.push(read(&path)?);
        }
    }
    files.sort();
    Ok(files)
}
