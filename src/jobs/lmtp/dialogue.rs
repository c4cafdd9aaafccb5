//! One conversation with a mail server that brings mail.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::sync::watch;
use tokio::time::timeout;

use super::Wire;
use crate::acts::receive_mail::{Envelope, LARGEST, Parcel, receive_mail};
use crate::service::Service;

/// How long the other side may be silent (RFC 5321, 4.5.3.2.7).
const SILENCE: Duration = Duration::from_mins(5);
/// The longest command, in bytes; the text of a mail has no such limit.
const LONGEST_COMMAND: usize = 2048;
/// So many addressees one mail may have.
const MOST_ADDRESSEES: usize = 100;

/// What the conversation has come to.
pub(super) struct Dialogue {
    service: Service,
    stopping: watch::Receiver<bool>,
    from: Option<String>,
    to: Vec<String>,
}

/// How a mail's text ended.
enum Text {
    Whole(Vec<u8>),
    TooLarge,
    BrokenOff,
}

impl Dialogue {
    pub fn new(service: Service, stopping: watch::Receiver<bool>) -> Self {
        Self { service, stopping, from: None, to: vec![] }
    }

    /// Speaks until the other side leaves, or until we stop.
    pub async fn hold(mut self, stream: Box<dyn Wire>) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        let name = self.service.settings.mail.from.email.domain().to_owned();
        say(&mut stream, &format!("220 {name} LMTP Colloquy")).await?;
        loop {
            let mut stopping = self.stopping.clone();
            let told = async { drop(stopping.wait_for(|stop| *stop).await) };
            let line = tokio::select! {
                // Between two mails we may stop; whoever has not handed one over keeps it.
                () = told => {
                    return say(&mut stream, "421 4.3.2 Stopping; try again").await;
                }
                line = timeout(SILENCE, command(&mut stream)) => line,
            };
            let line = match line {
                Ok(Ok(Some(line))) => line,
                Ok(Ok(None)) => {
                    return say(&mut stream, "500 5.5.2 That line is too long").await;
                }
                Ok(Err(error)) => return Err(error),
                Err(_) => return say(&mut stream, "421 4.4.2 Too long a silence").await,
            };
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            let answer = match verb.to_ascii_uppercase().as_str() {
                "LHLO" => {
                    self.forget();
                    let size = format!("250-SIZE {LARGEST}");
                    say(&mut stream, &format!("250-{name}")).await?;
                    for can in ["250-PIPELINING", "250-8BITMIME", "250-SMTPUTF8", &size] {
                        say(&mut stream, can).await?;
                    }
                    "250 ENHANCEDSTATUSCODES"
                }
                "HELO" | "EHLO" => "500 5.5.1 This is LMTP: say LHLO",
                "MAIL" => self.mail(rest),
                "RCPT" => self.rcpt(rest),
                "DATA" if self.from.is_none() || self.to.is_empty() => "503 5.5.1 Whom is it for?",
                "DATA" => {
                    say(&mut stream, "354 Go on").await?;
                    match text(&mut stream).await? {
                        Text::BrokenOff => return Ok(()),
                        text => {
                            for answer in self.take(text).await {
                                say(&mut stream, answer).await?;
                            }
                        }
                    }
                    continue;
                }
                "RSET" => {
                    self.forget();
                    "250 2.0.0 Forgotten"
                }
                "NOOP" => "250 2.0.0 Yes",
                "VRFY" => "252 2.5.0 Send it and see",
                "QUIT" => return say(&mut stream, "221 2.0.0 Goodbye").await,
                _ => "500 5.5.2 What does that mean?",
            };
            say(&mut stream, answer).await?;
        }
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
    }

    fn mail(&mut self, rest: &str) -> &'static str {
        let Some(path) = path(rest, "FROM:") else { return "501 5.5.4 MAIL FROM:<address>" };
        self.forget();
        self.from = Some(path);
        "250 2.1.0 Go on"
    }

    fn rcpt(&mut self, rest: &str) -> &'static str {
        if self.from.is_none() {
            return "503 5.5.1 Who sent it?";
        }
        let Some(path) = path(rest, "TO:") else { return "501 5.5.4 RCPT TO:<address>" };
        if !is_ours(&self.service, &path) {
            return "550 5.1.1 No mail for this address is taken here";
        }
        if self.to.len() >= MOST_ADDRESSEES {
            return "452 4.5.3 Too many addressees";
        }
        self.to.push(path);
        "250 2.1.5 Go on"
    }

    /// Keeps the mail; one answer for each addressee, as LMTP has it.
    async fn take(&mut self, text: Text) -> Vec<&'static str> {
        let to = std::mem::take(&mut self.to);
        let count = to.len();
        let envelope = Envelope { from: self.from.take(), to };
        let answer = match text {
            Text::Whole(raw) => {
                let parcel = Parcel { way: "lmtp", envelope, raw };
                match receive_mail(&self.service, parcel).await {
                    Ok(_) => "250 2.0.0 Kept",
                    Err(error) => {
                        tracing::warn!(error = ?error, "a mail could not be kept");
                        "451 4.3.0 It could not be kept; try again"
                    }
                }
            }
            Text::TooLarge => "552 5.3.4 It is too large",
            Text::BrokenOff => "451 4.4.2 It broke off",
        };
        vec![answer; count]
    }
}

/// Whether mail to this address is for us: the sender's address or the one that mails come back
/// to, with anything after a `+`.
fn is_ours(service: &Service, address: &str) -> bool {
    let mail = &service.settings.mail;
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let local = local.split('+').next().unwrap_or_default();
    let plain = format!("{local}@{domain}");
    let ours = [Some(mail.from.email.clone()), mail.returns_to()];
    ours.into_iter().flatten().any(|ours| plain.eq_ignore_ascii_case(ours.as_ref()))
}

/// The address in `FROM:<address> PARAMETERS`, without what RFC 5321 puts before it for routes.
fn path(rest: &str, word: &str) -> Option<String> {
    let rest = rest.trim_start();
    let given = rest.get(..word.len()).filter(|given| given.eq_ignore_ascii_case(word))?;
    let rest = rest.get(given.len()..)?.trim_start().strip_prefix('<')?;
    let (path, _) = rest.split_once('>')?;
    let path = path.rsplit_once(':').filter(|_| path.starts_with('@')).map_or(path, |(_, to)| to);
    (path.len() <= 320 && !path.contains(char::is_control)).then(|| path.to_owned())
}

async fn say(stream: &mut BufReader<Box<dyn Wire>>, line: &str) -> io::Result<()> {
    let line = format!("{line}\r\n");
    let writing = async {
        stream.get_mut().write_all(line.as_bytes()).await?;
        stream.get_mut().flush().await
    };
    timeout(SILENCE, writing).await.map_err(io::Error::other)?
}

/// One command; `None`: it is too long.
async fn command(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<String>> {
    let mut line = vec![];
    loop {
        let read = stream.fill_buf().await?;
        if read.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let end = read.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(read.len(), |at| at + 1);
        line.extend_from_slice(read.get(..taken).unwrap_or_default());
        stream.consume(taken);
        if line.len() > LONGEST_COMMAND {
            return Ok(None);
        }
        if end.is_some() {
            let line = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
            return Ok(Some(line));
        }
    }
}

/// The text of a mail up to the dot that stands alone, dots doubled by the sender made single. A
/// dot counts only between whole CRLFs: otherwise a mail could smuggle in another.
async fn text(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Text> {
    let (mut raw, mut line, mut size, mut ends) = (vec![], vec![], 0_usize, true);
    loop {
        let Ok(read) = timeout(SILENCE, stream.fill_buf()).await else {
            return Ok(Text::BrokenOff);
        };
        let read = read?;
        if read.is_empty() {
            return Ok(Text::BrokenOff);
        }
        let end = read.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(read.len(), |at| at + 1);
        line.extend_from_slice(read.get(..taken).unwrap_or_default());
        stream.consume(taken);
        if end.is_none() && line.len() < LARGEST {
            continue;
        }
        let whole = line.ends_with(b"\r\n");
        if ends && whole && line == b".\r\n" {
            return Ok(if size > LARGEST { Text::TooLarge } else { Text::Whole(raw) });
        }
        let plain = line.strip_prefix(b".").filter(|_| ends).unwrap_or(&line);
        size = size.saturating_add(plain.len());
        if size <= LARGEST {
            raw.extend_from_slice(plain);
        } else {
            raw.clear();
        }
        ends = whole;
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_out_of_a_command() {
        for (rest, word, address) in [
            ("FROM:<>", "FROM:", Some("")),
            ("from: <a@b.c> SIZE=1 BODY=8BITMIME", "FROM:", Some("a@b.c")),
            ("TO:<@x,@y:a@b.c>", "TO:", Some("a@b.c")),
            ("TO:a@b.c", "TO:", None),
            ("TO:<a@b.c", "TO:", None),
            ("FR", "FROM:", None),
            ("中文中文", "TO:", None),
        ] {
            assert_eq!(path(rest, word).as_deref(), address, "{rest}");
        }
    }

    #[tokio::test]
    async fn a_text_ends_at_its_dot_and_nowhere_else() {
        for (sent, kept) in [
            ("a\r\n.\r\n", Some("a\r\n")),
            ("..a\r\n...\r\n.\r\nQUIT\r\n", Some(".a\r\n..\r\n")),
            ("a\n.\nMAIL FROM:<x>\r\n.\r\n", Some("a\n.\nMAIL FROM:<x>\r\n")),
            ("a\n.\r\nb\r\n.\r\n", Some("a\n.\r\nb\r\n")),
            (".\r\n", Some("")),
            ("a\r\n", None),
            ("", None),
        ] {
            let mut stream = BufReader::with_capacity(2, sent.as_bytes());
            let text = match text(&mut stream).await.unwrap() {
                Text::Whole(raw) => Some(String::from_utf8(raw).unwrap()),
                Text::TooLarge | Text::BrokenOff => None,
            };
            assert_eq!(text.as_deref(), kept, "{sent:?}");
        }
        let large = "x".repeat(1 << 20).repeat(17) + "\r\n.\r\n";
        let mut stream = BufReader::new(large.as_bytes());
        assert!(matches!(text(&mut stream).await.unwrap(), Text::TooLarge));
    }
}
