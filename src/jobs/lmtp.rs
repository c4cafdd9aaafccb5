//! Mail comes in by LMTP (RFC 2033) from a mail server on this machine: each mail is on disk before
//! we say that we have it.

use std::time::Duration;

use anyhow::Context as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use self::dialogue::Dialogue;
use crate::service::Service;

mod dialogue;

/// So many servers may speak at once; those who come later wait.
const MOST: usize = 20;
/// So long a conversation may last.
const LONGEST: Duration = Duration::from_mins(30);
/// How long it is waited before another try to listen, or to accept.
const PAUSE: Duration = Duration::from_secs(5);

/// Where mail comes in.
enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(tokio::net::UnixListener),
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

impl Listener {
    async fn bind(place: &str) -> anyhow::Result<Self> {
        #[cfg(unix)]
        if let Some(path) = place.strip_prefix("unix:") {
            return unix(path);
        }
        Ok(Self::Tcp(TcpListener::bind(place).await?))
    }

    async fn accept(&self) -> std::io::Result<Box<dyn Wire>> {
        Ok(match self {
            Self::Tcp(listener) => Box::new(listener.accept().await?.0),
            #[cfg(unix)]
            Self::Unix(listener) => Box::new(listener.accept().await?.0),
        })
    }
}

/// A socket that its user and group may write to. One that a process left behind is taken away.
#[cfg(unix)]
fn unix(path: &str) -> anyhow::Result<Listener> {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
    use std::os::unix::net::UnixStream;

    let left = std::fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
    if left {
        anyhow::ensure!(UnixStream::connect(path).is_err(), "another process listens there");
        std::fs::remove_file(path)?;
    }
    let listener = tokio::net::UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o660))?;
    Ok(Listener::Unix(listener))
}

/// Takes mail in until told to stop; conversations that are open may end what they are at.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    let place = service.settings.inbound.lmtp.clone();
    if place.is_empty() {
        return;
    }
    let mut open = JoinSet::new();
    let mut listener = None;
    while !*stopping.borrow() {
        let Some(listening) = &listener else {
            let bound = Listener::bind(&place).await;
            match bound.with_context(|| format!("cannot listen for mail at {place}")) {
                Ok(bound) => listener = Some(bound),
                Err(error) => {
                    tracing::error!(error = ?error, "no mail comes in by LMTP");
                    wait(&mut stopping).await;
                }
            }
            continue;
        };
        if open.len() >= MOST {
            tokio::select! {
                _ = stopping.changed() => {}
                _ = open.join_next() => {}
            }
            continue;
        }
        tokio::select! {
            _ = stopping.changed() => {}
            Some(_) = open.join_next() => {}
            accepted = listening.accept() => match accepted {
                Ok(stream) => {
                    let dialogue = Dialogue::new(service.clone(), stopping.clone());
                    open.spawn(async move {
                        if let Ok(Err(error)) = timeout(LONGEST, dialogue.hold(stream)).await {
                            tracing::debug!(%error, "a conversation about mail broke off");
                        }
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a mail server could not be let in");
                    wait(&mut stopping).await;
                }
            },
        }
    }
    while open.join_next().await.is_some() {}
    #[cfg(unix)]
    if let (Some(_), Some(path)) = (listener, place.strip_prefix("unix:")) {
        let _ = std::fs::remove_file(path);
    }
}

async fn wait(stopping: &mut watch::Receiver<bool>) {
    tokio::select! {
        _ = stopping.changed() => {}
        () = tokio::time::sleep(PAUSE) => {}
    }
}
