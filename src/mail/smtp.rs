//! Talking to a mail server, one step at a time.
//!
//! The steps are made one by one, because only then is it known whether a lost connection may
//! have delivered the mail. Every wait has an end. The stream is our own, with `TCP_NODELAY`: without
//! it each mail waits for an acknowledgement that the other side delays.

mod envelope;
mod outcome;
pub(super) mod server;
#[cfg(test)]
mod tests;
mod wire;

use std::fmt::Display;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::Data;
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::{Error, response::Response};
use secrecy::ExposeSecret;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::timeout;

pub use self::outcome::{Enhanced, Outcome, Stage};
pub use self::server::{InvalidServer, SmtpServer, Timeouts, Tls};
use self::wire::{Valve, Wire};
use super::mailbox;

/// Sends one mail over a connection of its own. See [`Connection::deliver`].
pub async fn deliver<E: Display>(
    server: &SmtpServer,
    from: &str,
    to: &str,
    raw: &[u8],
    before_data: impl AsyncFnOnce() -> Result<(), E>,
) -> Outcome {
    match Connection::open(server).await {
        Err(outcome) => outcome,
        Ok(mut connection) => {
            let outcome = connection.deliver(from, to, raw, before_data).await;
            connection.close().await;
            outcome
        }
    }
}

/// A server that listens to us. Mails go over it one after the other.
pub struct Connection {
    smtp: AsyncSmtpConnection,
    valve: Valve,
    timeouts: Timeouts,
    /// Whether the server takes several commands at once (RFC 2920).
    pipelining: bool,
    /// Whether the conversation may go on.
    usable: bool,
    /// Whether the server may have a half-made mail in mind.
    begun: bool,
    tried: u32,
}

impl Connection {
    /// Connects, encrypts if so configured, and says who we are.
    ///
    /// # Errors
    /// [`Outcome::Deferred`] or [`Outcome::SenderFault`], at [`Stage::Connect`] or
    /// [`Stage::Auth`]: nothing has been said about any mail yet.
    pub async fn open(server: &SmtpServer) -> Result<Self, Outcome> {
        let valve = Valve::default();
        let mut smtp = connect(server, valve.clone()).await?;
        if let (Some(user), Some(password)) = (&server.user, &server.password) {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            let auth = smtp.auth(&mechanisms, &credentials);
            step(Stage::Auth, server.timeouts.command, auth).await?;
        }
        let pipelining = envelope::pipelining(&mut smtp, server).await?;
        let timeouts = server.timeouts;
        Ok(Self { smtp, valve, timeouts, pipelining, usable: true, begun: false, tried: 0 })
    }

    /// Whether another mail can go over this connection.
    pub fn usable(&self) -> bool {
        self.usable && !self.smtp.has_broken()
    }

    /// How many mails have been tried on it; some servers allow only so many.
    pub fn tried(&self) -> u32 {
        self.tried
    }

    /// Sends the frozen bytes of one mail. `from` is where bounces go (empty for none), `to` the
    /// addressee. `before_data` runs when the server has accepted both addresses and before it
    /// gets the text: the place to write down, durably, that from here on it may be delivered. If
    /// it fails, the mail is [`Outcome::Withheld`].
    ///
    /// Whatever happens, this ends within the sum of the [`Timeouts`] (and the time that
    /// `before_data` takes).
    pub async fn deliver<E: Display>(
        &mut self,
        from: &str,
        to: &str,
        raw: &[u8],
        before_data: impl AsyncFnOnce() -> Result<(), E>,
    ) -> Outcome {
        self.tried = self.tried.saturating_add(1);
        match self.conversation(from, to, raw, before_data).await {
            Ok(outcome) | Err(outcome) => outcome,
        }
    }

    async fn conversation<E: Display>(
        &mut self,
        from: &str,
        to: &str,
        raw: &[u8],
        before_data: impl AsyncFnOnce() -> Result<(), E>,
    ) -> Result<Outcome, Outcome> {
        if !self.usable() {
            let text = "the connection is closed".to_owned();
            return Err(Outcome::Deferred { stage: Stage::Connect, code: None, text });
        }
        let (sender, recipient) = addresses(from, to)?;
        let options = self.options(sender.as_ref(), &recipient, raw)?;
        let forget = std::mem::replace(&mut self.begun, true);
        self.envelope(envelope::Envelope { forget, sender, options, recipient }).await?;

        if let Err(reason) = before_data().await {
            return Err(Outcome::Withheld { text: outcome::tidy(&reason.to_string()) });
        }

        let answer = step(Stage::Data, self.timeouts.data, self.smtp.command(Data)).await;
        let ready = self.answered(answer)?;
        if !ready.has_code(354) {
            self.usable = false;
            return Err(outcome::of_surprise(Stage::Data, &ready, false));
        }
        let answer = self.text(raw).await;
        let taken = self.answered(answer)?;
        if !taken.has_code(250) && !taken.has_code(251) {
            self.usable = false;
            return Err(outcome::of_surprise(Stage::Dot, &taken, true));
        }
        self.begun = false;
        Ok(Outcome::Sent { code: taken.code().into(), text: outcome::response_text(&taken) })
    }

    /// The text and the final dot. The library takes the text from an iterator: when it asks for
    /// more than there is, all of the text has left us or waits for the dot, which comes next.
    async fn text(&mut self, raw: &[u8]) -> Result<Response, Outcome> {
        let Timeouts { body, dot, .. } = self.timeouts;
        let handed_over = AtomicBool::new(false);
        let all_gone = Notify::new();
        let mut rest = Some(raw);
        let valve = &self.valve;
        valve.close();
        let parts = std::iter::from_fn(|| {
            let part = rest.take();
            if part.is_none() {
                valve.open();
                handed_over.store(true, Ordering::Relaxed);
                all_gone.notify_one();
            }
            part
        });
        let mut sending = pin!(self.smtp.message_iter(parts));
        let answer = tokio::select! {
            answer = &mut sending => Some(answer),
            () = all_gone.notified() => timeout(dot, &mut sending).await.ok(),
            () = tokio::time::sleep(body) => None,
        };
        let handed_over = handed_over.load(Ordering::Relaxed) && !self.valve.is_torn();
        let stage = if handed_over { Stage::Dot } else { Stage::Data };
        match answer {
            Some(answer) => answer.map_err(|e| outcome::of_error(stage, &e, handed_over)),
            None if handed_over => Err(Outcome::Unknown { text: silence(stage) }),
            None => Err(Outcome::Deferred { stage, code: None, text: silence(stage) }),
        }
    }

    /// Which extensions this mail needs.
    fn options(
        &self,
        sender: Option<&Address>,
        recipient: &Address,
        raw: &[u8],
    ) -> Result<Vec<MailParameter>, Outcome> {
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let mut options = vec![];
        if !sender.is_none_or(is_ascii) || !is_ascii(recipient) {
            if !self.smtp.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(unsendable("the mail server takes no addresses beyond ASCII"));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !raw.is_ascii() {
            if !self.smtp.server_info().supports_feature(Extension::EightBitMime) {
                return Err(unsendable("the mail server takes no text beyond ASCII"));
            }
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(options)
    }

    /// The answer of a step that is done with 2xx.
    fn completed(
        &mut self,
        stage: Stage,
        answer: Result<Response, Outcome>,
    ) -> Result<(), Outcome> {
        let answer = self.answered(answer)?;
        if (200..300).contains(&u16::from(answer.code())) {
            return Ok(());
        }
        self.usable = false;
        Err(outcome::of_surprise(stage, &answer, false))
    }

    /// Notes whether the conversation can go on after this: it can after a refusal, unless it is
    /// 421, and cannot after silence or a lost connection.
    fn answered(&mut self, answer: Result<Response, Outcome>) -> Result<Response, Outcome> {
        if let Err(outcome) = &answer {
            self.usable = outcome.code().is_some_and(|code| code != 421);
        }
        answer
    }

    /// Says goodbye, but does not wait long for the answer.
    pub async fn close(mut self) {
        if self.usable() {
            drop(timeout(Duration::from_secs(2), self.smtp.quit()).await);
        }
    }
}

/// What we call ourselves.
fn hello(server: &SmtpServer) -> ClientId {
    server.hello.clone().map_or_else(ClientId::default, ClientId::Domain)
}

async fn connect(server: &SmtpServer, valve: Valve) -> Result<AsyncSmtpConnection, Outcome> {
    let hello = hello(server);
    let place = (server.host.as_str(), server.port);
    let waits = server.timeouts;
    if server.tls == Tls::Implicit {
        // The library encrypts from the first byte only on a stream that it opens itself.
        let tls = Some(tls(server)?);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(place, Some(waits.connect), &hello, tls, None);
        return step(Stage::Connect, waits.connect + waits.command, connecting).await;
    }
    let deferred = |text| Outcome::Deferred { stage: Stage::Connect, code: None, text };
    let stream = match timeout(waits.connect, TcpStream::connect(place)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(deferred(outcome::tidy(&error.to_string()))),
        Err(_) => return Err(deferred(silence(Stage::Connect))),
    };
    stream.set_nodelay(true).map_err(|error| deferred(outcome::tidy(&error.to_string())))?;
    let greeting =
        AsyncSmtpConnection::connect_with_transport(Box::new(Wire::new(stream, valve)), &hello);
    let mut smtp = step(Stage::Connect, waits.command, greeting).await?;
    if server.tls == Tls::StartTls {
        let upgrade = smtp.starttls(tls(server)?, &hello);
        step(Stage::Connect, waits.command, upgrade).await?;
    }
    Ok(smtp)
}

fn tls(server: &SmtpServer) -> Result<TlsParameters, Outcome> {
    TlsParameters::new(server.host.clone()).map_err(|error| Outcome::SenderFault {
        stage: Stage::Connect,
        code: None,
        text: outcome::tidy(&error.to_string()),
    })
}

/// One step before the text, with an end to waiting.
async fn step<T>(
    stage: Stage,
    wait: Duration,
    step: impl Future<Output = Result<T, Error>>,
) -> Result<T, Outcome> {
    match timeout(wait, step).await {
        Ok(answer) => answer.map_err(|error| outcome::of_error(stage, &error, false)),
        Err(_) => Err(Outcome::Deferred { stage, code: None, text: silence(stage) }),
    }
}

fn silence(stage: Stage) -> String {
    let at = match stage {
        Stage::Connect => "when we connected",
        Stage::Auth => "when we signed in",
        Stage::Sender => "to the sender's address",
        Stage::Recipient => "to the addressee's address",
        Stage::Data => "while it was given the text",
        Stage::Dot => "to the finished mail",
    };
    format!("the mail server did not answer in time {at}")
}

fn addresses(from: &str, to: &str) -> Result<(Option<Address>, Address), Outcome> {
    let sender = match from {
        "" => None,
        from => Some(mailbox::address(from).map_err(|error| Outcome::SenderFault {
            stage: Stage::Sender,
            code: None,
            text: error.to_string(),
        })?),
    };
    let recipient = mailbox::address(to).map_err(|error| unsendable(&error.to_string()))?;
    Ok((sender, recipient))
}

fn unsendable(text: &str) -> Outcome {
    Outcome::Failed { stage: None, code: None, text: text.to_owned(), suppress: false }
}
