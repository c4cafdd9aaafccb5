//! The stream to a server: a short text and its final dot leave in one packet.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, BufWriter, ReadBuf};
use tokio::net::TcpStream;

/// Texts up to so many bytes wait for their dot; longer ones leave at once.
const SHORT: usize = 64 << 10;

/// What is said to a [`Wire`] and known of it from outside, while the library has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Valve(Arc<State>);

#[derive(Debug, Default)]
struct State {
    closed: AtomicBool,
    torn: AtomicBool,
}

impl Valve {
    /// From now on what is written waits.
    pub(super) fn close(&self) {
        self.0.closed.store(true, Ordering::Relaxed);
    }

    /// What comes next leaves, and what waited with it.
    pub(super) fn open(&self) {
        self.0.closed.store(false, Ordering::Relaxed);
    }

    /// Whether something could not be written: the last that was said has not left whole.
    pub(super) fn is_torn(&self) -> bool {
        self.0.torn.load(Ordering::Relaxed)
    }

    fn noted<T>(&self, result: io::Result<T>) -> Poll<io::Result<T>> {
        if result.is_err() {
            self.0.torn.store(true, Ordering::Relaxed);
        }
        Poll::Ready(result)
    }
}

/// A connection whose [`Valve`] somebody else has too.
#[derive(Debug)]
pub(super) struct Wire {
    stream: BufWriter<TcpStream>,
    valve: Valve,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, valve: Valve) -> Self {
        Self { stream: BufWriter::with_capacity(SHORT, stream), valve }
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.get_ref().peer_addr()
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, bytes));
        self.valve.noted(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.valve.0.closed.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        let flushed = ready!(Pin::new(&mut self.stream).poll_flush(cx));
        self.valve.noted(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use tokio::time::timeout;

    use super::*;

    async fn pair() -> (Wire, Valve, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ours = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let valve = Valve::default();
        let wire = Wire::new(ours, valve.clone());
        (wire, valve, listener.accept().await.unwrap().0)
    }

    async fn say(wire: &mut Wire, what: &[u8]) -> io::Result<()> {
        wire.write_all(what).await?;
        wire.flush().await
    }

    #[tokio::test]
    async fn a_text_leaves_with_its_dot() {
        let (mut wire, valve, mut theirs) = pair().await;
        valve.close();
        say(&mut wire, b"text").await.unwrap();
        let mut heard = [0; 16];
        let early = timeout(Duration::from_millis(50), theirs.read(&mut heard)).await;
        assert!(early.is_err(), "nothing has left yet");
        valve.open();
        say(&mut wire, b"\r\n.\r\n").await.unwrap();
        let read = theirs.read(&mut heard).await.unwrap();
        assert_eq!(heard.get(..read), Some(b"text\r\n.\r\n".as_slice()));
        assert!(!valve.is_torn());
    }

    #[tokio::test]
    async fn a_long_text_does_not_wait() {
        let (mut wire, valve, mut theirs) = pair().await;
        valve.close();
        let long = vec![b'x'; 2 * SHORT];
        let reading = tokio::spawn(async move {
            let mut heard = vec![0; 2 * SHORT];
            theirs.read_exact(&mut heard).await.unwrap();
        });
        say(&mut wire, &long).await.unwrap();
        timeout(Duration::from_secs(5), reading).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_known() {
        let (mut wire, valve, theirs) = pair().await;
        drop(theirs);
        let refused = async { while say(&mut wire, b"text").await.is_ok() {} };
        timeout(Duration::from_secs(5), refused).await.unwrap();
        assert!(valve.is_torn());
    }
}
