//! Which server takes our mail, and how it is spoken to: read from one address in the settings.

use std::str::FromStr;
use std::time::Duration;

use secrecy::SecretString;

/// How the way to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: for a relay on the same machine or network. Nothing is tried.
    None,
    /// Begun in the clear, then upgraded (RFC 3207); without the upgrade nothing is sent.
    StartTls,
    /// From the first byte (RFC 8314).
    Implicit,
}

/// How long each step may take before it is given up. The defaults are those of RFC 5321,
/// 4.5.3.2, but for `connect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the TCP connection stands.
    pub connect: Duration,
    /// For each of greeting, EHLO, STARTTLS, AUTH, MAIL, RCPT, RSET.
    pub command: Duration,
    /// For the answer to DATA.
    pub data: Duration,
    /// For the whole text of the mail.
    pub body: Duration,
    /// For the answer to the final dot, after that. Impatience here sends mails twice.
    pub dot: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_mins(5),
            data: Duration::from_mins(2),
            body: Duration::from_mins(3),
            dot: Duration::from_mins(10),
        }
    }
}

/// A server that takes our mail.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    /// A name or an address (IPv6 without brackets).
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// Who we are to it; nobody if `None`.
    pub user: Option<String>,
    pub password: Option<SecretString>,
    pub timeouts: Timeouts,
    /// What we call ourselves in EHLO; the machine's name if `None`.
    pub hello: Option<String>,
}

/// Why an address names no server. The address itself is never repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidServer {
    #[error("a mail server's address begins with smtp://, smtp+starttls:// or smtps://")]
    Scheme,
    #[error("the mail server's address has no valid host")]
    Host,
    #[error("the mail server's port is no number between 1 and 65535")]
    Port,
    #[error("the mail server's user or password is not valid: write special characters as %XX")]
    Credentials,
    #[error("the mail server's address ends after the port: it has no path and no options")]
    Rest,
}

impl FromStr for SmtpServer {
    type Err = InvalidServer;

    /// Reads `smtp://`, `smtp+starttls://` or `smtps://`, then `user:password@` if needed (special
    /// characters as `%XX`), host, and `:port` (25, 587 and 465 if left out).
    fn from_str(address: &str) -> Result<Self, InvalidServer> {
        let (scheme, rest) = address.trim().split_once("://").ok_or(InvalidServer::Scheme)?;
        let (tls, usual_port) = match scheme.to_ascii_lowercase().as_str() {
            "smtp" => (Tls::None, 25),
            "smtp+starttls" => (Tls::StartTls, 587),
            "smtps" => (Tls::Implicit, 465),
            _ => return Err(InvalidServer::Scheme),
        };
        // A raw `/` or `?` in a password is forgiven: the last `@` ends the credentials.
        let (credentials, place) = match rest.rsplit_once('@') {
            Some((credentials, place)) => (Some(credentials), place),
            None => (None, rest),
        };
        let place = place.strip_suffix('/').unwrap_or(place);
        if place.contains(['/', '?', '#']) {
            return Err(InvalidServer::Rest);
        }
        let (host, port) = host_and_port(place)?;
        let port = match port {
            None => usual_port,
            Some(port) => match port.parse() {
                Ok(port) if port > 0 => port,
                _ => return Err(InvalidServer::Port),
            },
        };
        let (user, password) = match credentials {
            None => (None, None),
            Some(credentials) => {
                let (user, password) =
                    credentials.split_once(':').ok_or(InvalidServer::Credentials)?;
                let user = decoded(user).filter(|u| !u.is_empty());
                let user = user.ok_or(InvalidServer::Credentials)?;
                let password = decoded(password).ok_or(InvalidServer::Credentials)?;
                (Some(user), Some(SecretString::from(password)))
            }
        };
        let timeouts = Timeouts::default();
        Ok(Self { host: host.to_owned(), port, tls, user, password, timeouts, hello: None })
    }
}

pub(in crate::mail) fn host_and_port(place: &str) -> Result<(&str, Option<&str>), InvalidServer> {
    if let Some(rest) = place.strip_prefix('[') {
        let (host, rest) = rest.split_once(']').ok_or(InvalidServer::Host)?;
        host.parse::<std::net::Ipv6Addr>().map_err(|_invalid| InvalidServer::Host)?;
        return match rest.strip_prefix(':') {
            Some(port) => Ok((host, Some(port))),
            None if rest.is_empty() => Ok((host, None)),
            None => Err(InvalidServer::Port),
        };
    }
    let (host, port) = match place.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (place, None),
    };
    let fit = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    if host.is_empty() || host.len() > 253 || !host.bytes().all(fit) {
        return Err(InvalidServer::Host);
    }
    Ok((host, port))
}

/// `%XX` turned back; `None` if a `%` stands alone or the result is no printable text.
pub(in crate::mail) fn decoded(text: &str) -> Option<String> {
    let mut bytes = vec![];
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn an_address_names_a_server() {
        let server: SmtpServer =
            "smtp+starttls://ada%40example.org:p%3Aw%2F@mail.example.org:2525".parse().unwrap();
        assert_eq!((server.host.as_str(), server.port), ("mail.example.org", 2525));
        assert_eq!(server.tls, Tls::StartTls);
        assert_eq!(server.user.as_deref(), Some("ada@example.org"));
        assert_eq!(server.password.as_ref().unwrap().expose_secret(), "p:w/");
        assert!(!format!("{server:?}").contains("p:w/"), "a password is never shown");

        for (address, host, port, tls) in [
            ("smtp://localhost", "localhost", 25, Tls::None),
            ("SMTPS://mail.example.org/", "mail.example.org", 465, Tls::Implicit),
            ("smtp+starttls://10.0.0.1", "10.0.0.1", 587, Tls::StartTls),
            ("smtp://[::1]:1025", "::1", 1025, Tls::None),
        ] {
            let server: SmtpServer = address.parse().unwrap();
            assert_eq!((server.host.as_str(), server.port, server.tls), (host, port, tls));
            assert!(server.user.is_none() && server.password.is_none());
        }
    }

    #[test]
    fn what_names_no_server_says_why() {
        for (address, why) in [
            ("", InvalidServer::Scheme),
            ("mail.example.org:25", InvalidServer::Scheme),
            ("http://mail.example.org", InvalidServer::Scheme),
            ("smtp://", InvalidServer::Host),
            ("smtp://a b", InvalidServer::Host),
            ("smtp://[::1", InvalidServer::Host),
            ("smtp://host:0", InvalidServer::Port),
            ("smtp://host:99999", InvalidServer::Port),
            ("smtp://[::1]25", InvalidServer::Port),
            ("smtp://ada@host", InvalidServer::Credentials),
            ("smtp://ada:%0d%0a@host", InvalidServer::Credentials),
            ("smtp://ada:100%@host", InvalidServer::Credentials),
            ("smtp://host/path", InvalidServer::Rest),
        ] {
            assert_eq!(address.parse::<SmtpServer>().unwrap_err(), why, "{address}");
        }
    }
}
