//! The mail server, and what mails are signed with.

use std::time::Duration;

use super::dns::{Dns, Said};
use super::{Finding, Verdict};
use crate::config::Settings;
use crate::mail::dkim::Record;
use crate::mail::smtp::{Connection, Outcome, Stage, Timeouts, Tls};

/// How long each step of the server may take here; nobody waits five minutes for a doctor.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connects, encrypts and signs in, and hangs up again.
pub(super) async fn server(settings: &Settings) -> Vec<Finding> {
    let Some(mut server) = settings.mail.server() else {
        let folder = settings.data.join("outbox");
        let said = format!("none is set: mails are written to {}", folder.display());
        let todo = "Nobody gets them. Set mail.url to let them out.";
        return vec![Finding::new(Verdict::Mind, "mail server", said).todo(todo)];
    };
    server.timeouts = Timeouts { connect: PATIENCE, command: PATIENCE, ..server.timeouts };
    let place = format!("{}:{}", server.host, server.port);
    let near = server.host == "localhost"
        || server.host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    let connected = Connection::open(&server).await;
    let mut findings = vec![match connected {
        Ok(connection) => {
            connection.close().await;
            let lets_in = if server.user.is_some() { " and lets us in" } else { "" };
            Finding::new(Verdict::Well, "mail server", format!("{place} answers{lets_in}"))
        }
        Err(outcome) => {
            let said = format!("{place}: {}", outcome.text());
            let todo = match &outcome {
                Outcome::Deferred { stage: Stage::Auth, .. }
                | Outcome::SenderFault { stage: Stage::Auth, .. } => {
                    "It does not take the user and password in mail.url."
                }
                _ => {
                    "Is the name right, the port open, and the scheme (smtp, smtp+starttls, smtps) what it speaks?"
                }
            };
            Finding::new(Verdict::Fault, "mail server", said).todo(todo)
        }
    }];
    if server.tls == Tls::None && !near {
        let said = format!("mails and their links go to {place} in the clear");
        let todo = "Use smtp+starttls:// or smtps://.";
        findings.push(Finding::new(Verdict::Mind, "encryption", said).todo(todo));
    }
    findings
}

/// The keys, and whether the DNS has what others check them with.
pub(super) async fn signatures(settings: &Settings, dns: &Dns) -> Vec<Finding> {
    let signer = match settings.dkim.signer(settings.mail.from.email.domain()) {
        Ok(signer) => signer,
        Err(error) => return vec![Finding::new(Verdict::Fault, "DKIM", format!("{error:#}"))],
    };
    if !signer.signs() {
        let said = "mails are not signed";
        let todo = "Large providers ask for it, unless your mail server signs. Make a key:\nopenssl genrsa -out dkim.pem 2048, then set dkim.rsa_key.";
        return vec![Finding::new(Verdict::Mind, "DKIM", said).todo(todo)];
    }
    let mut findings = vec![];
    for record in signer.records() {
        findings.push(signature(&record, dns).await);
    }
    findings
}

async fn signature(record: &Record, dns: &Dns) -> Finding {
    let Record { name, text } = record;
    let put = format!("Put this as TXT at {name}:\n{text}");
    let Said::These(found) = dns.texts(name).await else {
        let said = format!("the DNS does not answer about {name}");
        return Finding::new(Verdict::Unseen, "DKIM", said).todo(put);
    };
    let key = |text: &str| {
        let tag = text.split(';').find_map(|tag| tag.trim().strip_prefix("p=").map(str::to_owned));
        tag.map(|key| key.split_whitespace().collect::<String>())
    };
    if found.iter().any(|other| key(other) == key(text)) {
        return Finding::new(Verdict::Well, "DKIM", format!("{name} has our key"));
    }
    let said = match found.as_slice() {
        [] => format!("{name} is not there: others cannot check the signatures"),
        _ => format!("{name} has another key: others find the signatures false"),
    };
    Finding::new(Verdict::Fault, "DKIM", said).todo(put)
}
