//! Looking into a mailbox by IMAP (RFC 9051): which mails are new, their bytes, a mark that they
//! were read. Nothing is ever deleted or moved. Every wait has an end.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use async_imap::{Client, Session};
use futures_util::TryStreamExt as _;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::smtp::server::{decoded, host_and_port};
use super::smtp::{InvalidServer, Tls};
use crate::domain::token;

/// How long one step may take; a large mail on a slow line is one.
const STEP: Duration = Duration::from_mins(2);
/// How long it may take until the connection stands.
const CONNECT: Duration = Duration::from_secs(30);

/// A mailbox on a server.
#[derive(Clone, Debug)]
pub struct ImapServer {
    /// A name or an address (IPv6 without brackets).
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub password: SecretString,
    /// The folder, mostly `INBOX`.
    pub folder: String,
}

impl ImapServer {
    /// What the mailbox is called where nothing about it must be told.
    pub fn name(&self) -> String {
        let place = format!("{}@{}:{}/{}", self.user, self.host, self.port, self.folder);
        token::hash(&place)
    }
}

/// Why an address names no mailbox. The address itself is never repeated: it holds a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMailbox {
    #[error("a mailbox's address begins with imaps:// or imap+starttls://")]
    Scheme,
    #[error("imap:// sends the password in the clear: only to a server on this machine")]
    Clear,
    #[error("a mailbox's address says who looks into it: imaps://USER:PASSWORD@HOST/INBOX")]
    Credentials,
    #[error("the folder is not valid: write special characters as %XX")]
    Folder,
    #[error(transparent)]
    Server(#[from] InvalidServer),
}

impl FromStr for ImapServer {
    type Err = InvalidMailbox;

    /// Reads `imaps://`, `imap+starttls://` or, on this machine, `imap://`, then `user:password@`
    /// (special characters as `%XX`), host, `:port` (993, 143 and 143 if left out), `/folder`
    /// (`INBOX` if left out).
    fn from_str(address: &str) -> Result<Self, InvalidMailbox> {
        let (scheme, rest) = address.trim().split_once("://").ok_or(InvalidMailbox::Scheme)?;
        let (tls, usual_port) = match scheme.to_ascii_lowercase().as_str() {
            "imap" => (Tls::None, 143),
            "imap+starttls" => (Tls::StartTls, 143),
            "imaps" => (Tls::Implicit, 993),
            _ => return Err(InvalidMailbox::Scheme),
        };
        let (credentials, place) = rest.rsplit_once('@').ok_or(InvalidMailbox::Credentials)?;
        let (user, password) = credentials.split_once(':').ok_or(InvalidMailbox::Credentials)?;
        let user = decoded(user).filter(|user| !user.is_empty());
        let user = user.ok_or(InvalidMailbox::Credentials)?;
        let password = decoded(password).ok_or(InvalidMailbox::Credentials)?;
        let (place, folder) = place.split_once('/').unwrap_or((place, ""));
        let folder = decoded(folder).ok_or(InvalidMailbox::Folder)?;
        let (host, port) = host_and_port(place)?;
        let port = match port {
            None => usual_port,
            Some(port) => port.parse().ok().filter(|port| *port > 0).ok_or(InvalidServer::Port)?,
        };
        if tls == Tls::None && !matches!(host, "localhost" | "127.0.0.1" | "::1") {
            return Err(InvalidMailbox::Clear);
        }
        Ok(Self {
            host: host.to_owned(),
            port,
            tls,
            user,
            password: password.into(),
            folder: if folder.is_empty() { "INBOX".to_owned() } else { folder },
        })
    }
}

/// Why a mailbox cannot be looked into.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    #[error("the mail server did not answer in time")]
    Slow,
    #[error("the mail server greeted with nothing")]
    Greeting,
    #[error("the name of the mail server cannot stand in a certificate")]
    Name,
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    #[error("{0}")]
    Imap(#[from] async_imap::error::Error),
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Wire for T {}

/// An open mailbox.
#[derive(Debug)]
pub struct Mailbox {
    session: Session<Box<dyn Wire>>,
    /// As long as this number is the same, a UID names the same mail.
    pub validity: u32,
    /// The UID that the next mail will get, if the server tells.
    pub next: Option<u32>,
}

impl Mailbox {
    /// Signs in and opens the folder.
    ///
    /// # Errors
    /// A server that cannot be reached, does not let us in, or has no such folder.
    pub async fn open(server: &ImapServer) -> Result<Self, ImapError> {
        let stream = in_time(CONNECT, TcpStream::connect((server.host.as_str(), server.port)));
        let stream = stream.await??;
        stream.set_nodelay(true)?;
        let client = match server.tls {
            Tls::None => greeted(Box::new(stream)).await?,
            Tls::Implicit => greeted(encrypted(stream, &server.host).await?).await?,
            Tls::StartTls => {
                let mut client = Client::new(stream);
                let greeting = in_time(STEP, client.read_response()).await??;
                greeting.ok_or(ImapError::Greeting)?;
                in_time(STEP, client.run_command_and_check_ok("STARTTLS", None)).await??;
                Client::new(encrypted(client.into_inner(), &server.host).await?)
            }
        };
        let signing_in = client.login(&server.user, server.password.expose_secret());
        let mut session = in_time(STEP, signing_in).await?.map_err(|(error, _)| error)?;
        let folder = in_time(STEP, session.select(&server.folder)).await??;
        let validity = folder.uid_validity.unwrap_or_default();
        Ok(Self { session, validity, next: folder.uid_next })
    }

    /// The UIDs of mails that nobody has read, in order.
    ///
    /// # Errors
    /// A connection that breaks.
    pub async fn unseen(&mut self) -> Result<Vec<u32>, ImapError> {
        self.search("UNSEEN").await
    }

    /// The UIDs of mails that came after this one, in order.
    ///
    /// # Errors
    /// A connection that breaks.
    pub async fn after(&mut self, last: u32) -> Result<Vec<u32>, ImapError> {
        let from = last.saturating_add(1);
        let mut found = self.search(&format!("UID {from}:*")).await?;
        // `*` is the last mail, even if it came before.
        found.retain(|uid| *uid >= from);
        Ok(found)
    }

    async fn search(&mut self, query: &str) -> Result<Vec<u32>, ImapError> {
        let found = in_time(STEP, self.session.uid_search(query)).await??;
        let mut found: Vec<u32> = found.into_iter().collect();
        found.sort_unstable();
        Ok(found)
    }

    /// A mail's bytes, as they lie there; only its heads if it is larger than `most` bytes.
    /// `None`: it is gone. It is not marked as read.
    ///
    /// # Errors
    /// A connection that breaks.
    pub async fn fetch(&mut self, uid: u32, most: usize) -> Result<Option<Vec<u8>>, ImapError> {
        let of = uid.to_string();
        let size = self.ask(&of, "(UID RFC822.SIZE)").await?.and_then(|fetch| fetch.size);
        let Some(size) = size else { return Ok(None) };
        let whole = usize::try_from(size).is_ok_and(|size| size <= most);
        let what = if whole { "(UID BODY.PEEK[])" } else { "(UID BODY.PEEK[HEADER])" };
        let fetched = self.ask(&of, what).await?;
        Ok(fetched.and_then(|fetch| fetch.body().or(fetch.header()).map(<[u8]>::to_vec)))
    }

    async fn ask(
        &mut self,
        uid: &str,
        what: &str,
    ) -> Result<Option<async_imap::types::Fetch>, ImapError> {
        let asking = async {
            let answers = self.session.uid_fetch(uid, what).await?;
            answers.try_collect::<Vec<_>>().await
        };
        let answers = in_time(STEP, asking).await??;
        let wanted: Option<u32> = uid.parse().ok();
        Ok(answers.into_iter().find(|answer| answer.uid == wanted))
    }

    /// Marks a mail as read.
    ///
    /// # Errors
    /// A connection that breaks.
    pub async fn mark(&mut self, uid: u32) -> Result<(), ImapError> {
        let marking = async {
            let answers = self.session.uid_store(uid.to_string(), "+FLAGS.SILENT (\\Seen)").await?;
            answers.try_collect::<Vec<_>>().await
        };
        in_time(STEP, marking).await??;
        Ok(())
    }

    /// Ends the connection.
    pub async fn close(mut self) {
        let _ = timeout(Duration::from_secs(5), self.session.logout()).await;
    }
}

async fn in_time<T>(most: Duration, work: impl Future<Output = T>) -> Result<T, ImapError> {
    timeout(most, work).await.map_err(|_elapsed| ImapError::Slow)
}

async fn greeted(stream: Box<dyn Wire>) -> Result<Client<Box<dyn Wire>>, ImapError> {
    let mut client = Client::new(stream);
    let greeting = in_time(STEP, client.read_response()).await??;
    greeting.ok_or(ImapError::Greeting)?;
    Ok(client)
}

async fn encrypted(stream: TcpStream, host: &str) -> Result<Box<dyn Wire>, ImapError> {
    let config = ClientConfig::builder().with_platform_verifier()?.with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(|_invalid| ImapError::Name)?;
    let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
    Ok(Box::new(in_time(CONNECT, connecting).await??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_mailbox() {
        let server: ImapServer =
            "imaps://ada%40example.org:p%2Fw@mail.example.org/Replies%20here".parse().unwrap();
        assert_eq!((server.host.as_str(), server.port), ("mail.example.org", 993));
        assert_eq!(
            (server.user.as_str(), server.folder.as_str()),
            ("ada@example.org", "Replies here")
        );
        assert!(!format!("{server:?}").contains("p/w"), "a password is never shown");
        let near: ImapServer = "imap://a:b@127.0.0.1:1143".parse().unwrap();
        assert_eq!((near.port, near.folder.as_str()), (1143, "INBOX"));
    }

    #[test]
    fn what_names_no_mailbox_says_why() {
        for (address, why) in [
            ("", InvalidMailbox::Scheme),
            ("pop3://a:b@c", InvalidMailbox::Scheme),
            ("imap://a:b@mail.example.org", InvalidMailbox::Clear),
            ("imaps://mail.example.org", InvalidMailbox::Credentials),
            ("imaps://a@mail.example.org", InvalidMailbox::Credentials),
            ("imaps://a:b@mail.example.org:0", InvalidMailbox::Server(InvalidServer::Port)),
            ("imaps://a:b@c d", InvalidMailbox::Server(InvalidServer::Host)),
            ("imaps://a:b@c/%0d%0a", InvalidMailbox::Folder),
        ] {
            assert_eq!(address.parse::<ImapServer>().unwrap_err(), why, "{address}");
        }
    }
}
