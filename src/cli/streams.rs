//! What commands read and where they print: files, standard input, standard output.

use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::article::{self, Article, Given};

/// The bytes of a file, or of standard input for `-`.
pub(super) fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        let mut bytes = vec![];
        std::io::stdin().read_to_end(&mut bytes).context("Standard input could not be read")?;
        return Ok(bytes);
    }
    std::fs::read(file).with_context(|| format!("{} could not be read", file.display()))
}

/// The article in a file, or in standard input for `-`.
pub(super) fn article_of(file: &Path) -> anyhow::Result<Article> {
    let bytes = bytes_of(file)?;
    let name = file.to_str().filter(|name| *name != "-");
    Ok(article::bring(&Given { bytes: &bytes, name, ..Given::default() })?)
}

/// Prints what a command has to say. Whoever stops reading has seen enough.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
