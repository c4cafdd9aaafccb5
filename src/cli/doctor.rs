//! `colloquy doctor`: whether everything that Colloquy needs around it is there, each with what to
//! do if it is not. Nothing is changed, and no mail is sent.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use std::net::SocketAddr;

use clap::Args;

use self::dns::Dns;
use crate::config::Settings;

mod dns;
mod mail;
mod place;
mod records;

#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// The name server to ask, such as 1.1.1.1:53, if not the system's
    #[arg(long)]
    dns: Option<SocketAddr>,
}

/// How something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// As it should be.
    Well,
    /// It works; something is missing that will be missed.
    Mind,
    /// It does not work.
    Fault,
    /// It could not be looked at.
    Unseen,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    verdict: Verdict,
    /// What was looked at.
    of: &'static str,
    /// How it was found.
    said: String,
    /// What to do about it.
    todo: Option<String>,
}

impl Finding {
    fn new(verdict: Verdict, of: &'static str, said: impl Into<String>) -> Self {
        Self { verdict, of, said: said.into(), todo: None }
    }

    fn todo(self, todo: impl Into<String>) -> Self {
        Self { todo: Some(todo.into()), ..self }
    }
}

/// Looks at everything and prints it.
///
/// # Errors
/// If something does not work.
pub(super) async fn run(settings: &Settings, wanted: &Wanted) -> anyhow::Result<()> {
    let dns = Dns::new(wanted.dns)?;
    let mut faults = 0;
    let mut tell = |findings: Vec<Finding>| {
        for finding in findings {
            faults += usize::from(finding.verdict == Verdict::Fault);
            print(&finding);
        }
    };
    tell(vec![place::folder(&settings.data)]);
    tell(place::database(settings).await);
    tell(vec![place::clock(&settings.data)]);
    tell(place::public_address(settings, &dns).await);
    tell(mail::server(settings).await);
    tell(mail::signatures(settings, &dns).await);
    tell(records::of_sender(settings.mail.from.email.domain(), &dns).await);
    match faults {
        0 => Ok(()),
        1 => anyhow::bail!("1 thing does not work"),
        n => anyhow::bail!("{n} things do not work"),
    }
}

fn print(finding: &Finding) {
    let verdict = match finding.verdict {
        Verdict::Well => "well",
        Verdict::Mind => "mind",
        Verdict::Fault => "FAULT",
        Verdict::Unseen => "?",
    };
    println!("{verdict:<6} {:<15} {}", finding.of, finding.said);
    for line in finding.todo.iter().flat_map(|todo| todo.lines()) {
        println!("{:<22} {line}", "");
    }
}
