//! From whom a mail is and to whom: in one packet if the server takes that, which spares a way there
//! and back for each mail (RFC 2920).

use lettre::Address;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Ehlo, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::MailParameter;

use super::{Connection, Outcome, SmtpServer, Stage, hello, step};

/// What is said of a mail before its text.
pub(super) struct Envelope {
    /// Whether the server may have a half-made mail in mind, and is to forget it first.
    pub forget: bool,
    /// Where bounces go, if anywhere.
    pub sender: Option<Address>,
    pub options: Vec<MailParameter>,
    pub recipient: Address,
}

impl Envelope {
    fn commands(self) -> Vec<(Stage, String)> {
        let mut commands = vec![];
        if self.forget {
            commands.push((Stage::Connect, Rset.to_string()));
        }
        commands.push((Stage::Sender, Mail::new(self.sender, self.options).to_string()));
        commands.push((Stage::Recipient, Rcpt::new(self.recipient, vec![]).to_string()));
        commands
    }
}

impl Connection {
    /// Says it, and returns when the server has accepted all of it. The text is never sent along:
    /// see [`Connection::deliver`].
    pub(super) async fn envelope(&mut self, envelope: Envelope) -> Result<(), Outcome> {
        let commands = envelope.commands();
        if self.pipelining {
            return self.at_once(&commands).await;
        }
        for (stage, command) in commands {
            let answer = step(stage, self.timeouts.command, self.smtp.command(command)).await;
            self.completed(stage, answer)?;
        }
        Ok(())
    }

    /// All commands in one packet. Each is answered, also after a refusal, and the first refusal is
    /// what counts: the others follow from it.
    async fn at_once(&mut self, commands: &[(Stage, String)]) -> Result<(), Outcome> {
        let mut packet: Option<String> =
            Some(commands.iter().map(|(_, command)| command.as_str()).collect());
        let mut refused = Ok(());
        for (stage, _) in commands {
            let wait = self.timeouts.command;
            let answer = match packet.take() {
                Some(packet) => step(*stage, wait, self.smtp.command(packet)).await,
                None => step(*stage, wait, self.smtp.read_response()).await,
            };
            let answer = self.completed(*stage, answer);
            refused = refused.and(answer);
            if !self.usable() {
                break;
            }
        }
        refused
    }
}

/// Asks whether the server takes several commands at once. The library has heard that, but does
/// not tell: so the greeting is said once more, which a server must bear at any time between mails
/// (RFC 5321, 4.1.4).
pub(super) async fn pipelining(
    smtp: &mut AsyncSmtpConnection,
    server: &SmtpServer,
) -> Result<bool, Outcome> {
    let greeting = smtp.command(Ehlo::new(hello(server)));
    match step(Stage::Connect, server.timeouts.command, greeting).await {
        Ok(answer) => {
            Ok(answer.message().any(|line| line.trim().eq_ignore_ascii_case("PIPELINING")))
        }
        // Whoever does not like to be greeted twice is spoken to one command at a time.
        Err(outcome) if outcome.code().is_some_and(|code| code != 421) => Ok(false),
        Err(outcome) => Err(outcome),
    }
}
