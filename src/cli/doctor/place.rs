//! Where Colloquy runs: disk, database, clock, and the address that people see.

use std::path::Path;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::ExposeSecret as _;

use super::dns::{Dns, Said};
use super::{Finding, Verdict};
use crate::clock::Clock;
use crate::config::Settings;
use crate::store;

/// Less free space than this is worth a word, in bytes.
const LITTLE: u64 = 1 << 30;
/// With less, answers will soon not be kept.
const TOO_LITTLE: u64 = 100 << 20;
/// A clock that is further off than this puts wrong times into mails.
const OFF: TimeDelta = TimeDelta::seconds(30);
/// When this program was made, or a little before: an earlier time is wrong.
const MADE: i64 = 1_795_651_200;

/// Whether things can be kept in the data folder.
pub(super) fn folder(data: &Path) -> Finding {
    let of = "data folder";
    let shown = data.display();
    let todo = "Give the user that Colloquy runs as a folder to write in: data, or --data.";
    let tried = std::fs::create_dir_all(data).and_then(|()| {
        let trial = data.join(format!(".doctor-{}", std::process::id()));
        std::fs::write(&trial, b"well")?;
        std::fs::remove_file(&trial)
    });
    if let Err(error) = tried {
        let said = format!("{shown} cannot be written to: {error}");
        return Finding::new(Verdict::Fault, of, said).todo(todo);
    }
    let Ok(disk) = rustix::fs::statvfs(data) else {
        return Finding::new(Verdict::Well, of, format!("{shown} can be written to"));
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let megabytes = free / 1_000_000;
    let said = format!("{shown} can be written to; {megabytes} MB are free");
    match free {
        ..TOO_LITTLE => Finding::new(Verdict::Fault, of, said).todo("Make room."),
        TOO_LITTLE..LITTLE => {
            Finding::new(Verdict::Mind, of, said).todo("Make room before it is needed.")
        }
        _ => Finding::new(Verdict::Well, of, said),
    }
}

/// Whether the database answers, and thinks that it is as late as we do.
pub(super) async fn database(settings: &Settings) -> Vec<Finding> {
    let of = "database";
    match store::look(settings.database.url.expose_secret()).await {
        Ok(store::Seen::NotYet) => {
            vec![Finding::new(Verdict::Well, of, "it is made at the first start")]
        }
        Ok(store::Seen::Answers(time)) => {
            let mut findings = vec![Finding::new(Verdict::Well, of, "it answers")];
            let off = time.map(|time| (time - Clock::default().now()).abs());
            if let Some(off) = off.filter(|off| *off > OFF) {
                let said = format!("the database's clock is {} s off ours", off.num_seconds());
                let todo = "Set both by NTP: times in mails and sign-ins depend on it.";
                findings.push(Finding::new(Verdict::Fault, "clock", said).todo(todo));
            }
            findings
        }
        Err(error) => vec![Finding::new(Verdict::Fault, of, format!("{error:#}"))],
    }
}

/// Whether the clock can be right: not before this program was made, and not before what is kept.
pub(super) fn clock(data: &Path) -> Finding {
    let now = Clock::default().now();
    let todo = "Set the clock by NTP: links, reminders and calendars depend on it.";
    let newest = newest(data).map(DateTime::<Utc>::from);
    let said = format!("it is {} UTC", now.format("%Y-%m-%d %H:%M:%S"));
    if now.timestamp() < MADE {
        let said = format!("{said}, before this program was made");
        return Finding::new(Verdict::Fault, "clock", said).todo(todo);
    }
    match newest {
        Some(newest) if newest - now > OFF => {
            let said = format!("{said}, but something was kept at {}", newest.format("%F %T"));
            Finding::new(Verdict::Fault, "clock", said).todo(todo)
        }
        _ => Finding::new(Verdict::Well, "clock", said),
    }
}

fn newest(data: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(data).ok()?.flatten();
    entries.filter_map(|entry| entry.metadata().ok()?.modified().ok()).max()
}

/// Whether links in mails lead here.
pub(super) async fn public_address(settings: &Settings, dns: &Dns) -> Vec<Finding> {
    let of = "public address";
    let url = settings.server.public_url.as_str();
    if url.is_empty() {
        let said = "none is set: links in mails work on this machine only";
        let todo = "Set server.public_url to what people type, such as https://talk.example.org";
        return vec![Finding::new(Verdict::Mind, of, said).todo(todo)];
    }
    let mut findings = vec![];
    if url.starts_with("http://") {
        let said = format!("{url} is not encrypted");
        let todo = "Mail programs stop mails by one click only over https (RFC 8058).";
        findings.push(Finding::new(Verdict::Mind, of, said).todo(todo));
    }
    let host = reqwest::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_default();
    match dns.addresses(&host).await {
        Said::These(found) if found.is_empty() => {
            let said = format!("the DNS knows no host {host}");
            findings.push(Finding::new(Verdict::Fault, of, said).todo("Give it an address."));
            return findings;
        }
        Said::These(_) => {}
        Said::Nothing => {
            let said = format!("the DNS does not answer about {host}");
            findings.push(Finding::new(Verdict::Unseen, of, said));
        }
    }
    let (verdict, said) = match health(url).await {
        Ok(true) => (Verdict::Well, format!("{url} leads to Colloquy")),
        Ok(false) => (Verdict::Fault, format!("{url} leads to something else")),
        Err(error) => (Verdict::Unseen, format!("{url} does not answer now: {error}")),
    };
    findings.push(Finding::new(verdict, of, said));
    findings
}

async fn health(url: &str) -> reqwest::Result<bool> {
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    let answer = client.get(format!("{url}/health")).send().await?;
    Ok(answer.status().is_success() && answer.text().await?.trim() == "ok")
}
