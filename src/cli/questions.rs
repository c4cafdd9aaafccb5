//! `colloquy questions FILE`: what in an article can become a question, without keeping anything.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::article::{self, Candidate, CandidateKind};

#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// The article: Markdown, HTML, a Word document or plain text; - reads standard input
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Reads the article and prints its candidates.
pub(super) fn print(wanted: &Wanted) -> anyhow::Result<()> {
    let article = super::streams::article_of(&wanted.file)?;
    let candidates = article::candidates(&article);
    if wanted.json {
        println!("{}", serde_json::to_string_pretty(&candidates)?);
    } else {
        print!("{}", listed(&article.title, &candidates));
    }
    Ok(())
}

/// The candidates for reading; `*` stands before those that are ticked by default.
fn listed(title: &str, candidates: &[Candidate]) -> String {
    let mut list = format!("{title}\n\n");
    if candidates.is_empty() {
        list.push_str("No questions were found in it.\n");
    }
    for candidate in candidates {
        let tick = if candidate.suggested { '*' } else { ' ' };
        let kind = candidate.kind.word();
        let rank = candidate.rank;
        // Writing to a string does not fail.
        _ = writeln!(list, "{rank:>3} {tick} {kind:<11}{}", candidate.text);
        if candidate.kind != CandidateKind::Open {
            for option in &candidate.options {
                _ = writeln!(list, "{:17}- {option}", "");
            }
        }
        _ = writeln!(list, "{:17}{}", "", candidate.why);
    }
    list
}
