//! What was sent with a request, read before anything else looks at it: within limits of size and
//! time, of which actix has none for the time, and kept with the request, so that whatever goes
//! wrong later, the text can be given back.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};
use tokio::time::{Instant, timeout_at};

use crate::error::AppError;

pub mod typed;

/// So much of what is too large is read and thrown away: a browser that is cut off while it
/// sends shows an error of its own instead of our page.
const THROWN_AWAY: usize = 32 << 20;
/// So many bytes of all bodies together are held at once.
const HELD: usize = 256 << 20;

/// What a body may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes.
    pub size: usize,
    /// After this it is slow, and needs a place among the slow ones of its address.
    pub quick: Duration,
    /// By so much more, one body or another: those that began together are not cut together,
    /// which everybody else would notice.
    pub spread: Duration,
    /// Between two parts of it.
    pub idle: Duration,
    /// From first to last.
    pub total: Duration,
    /// Slow bodies that one address may have open at once.
    pub slow: usize,
}

/// A body as far as it came.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The bytes.
    pub bytes: Bytes,
    /// How it ended.
    pub end: End,
    _held: Arc<Held>,
}

/// How a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All of it is there.
    Whole,
    /// It was larger than what is taken; so many bytes are missing, as far as they were counted.
    TooLarge(usize),
    /// It took too long.
    TooSlow,
    /// The connection broke.
    BrokenOff,
    /// Too many others are as slow.
    Crowded,
}

impl Arrived {
    /// Nothing at all.
    pub fn nothing() -> Self {
        let held = Held { bodies: Arc::default(), bytes: 0 };
        Self { bytes: Bytes::new(), end: End::Whole, _held: Arc::new(held) }
    }

    /// What to answer if it is not whole.
    pub fn problem(&self) -> Option<AppError> {
        match self.end {
            End::Whole => None,
            End::TooLarge(_) => Some(AppError::TooLarge),
            End::TooSlow => Some(AppError::TooSlow),
            End::BrokenOff => Some(AppError::BrokenOff),
            End::Crowded => Some(AppError::Crowded),
        }
    }
}

/// The bodies that are being read at this moment, on all threads.
#[derive(Debug, Default)]
pub struct Bodies {
    held: AtomicUsize,
    turn: AtomicU32,
    /// Slow ones, by address: its number, not the address itself.
    slow: Mutex<HashMap<u64, usize>>,
}

/// Bytes that count as held until this is dropped.
#[derive(Debug)]
struct Held {
    bodies: Arc<Bodies>,
    bytes: usize,
}

impl Held {
    /// Whether there was room for so many more.
    fn grow(&mut self, by: usize) -> bool {
        let before = self.bodies.held.fetch_add(by, Ordering::Relaxed);
        self.bytes += by;
        before + by <= HELD
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.bodies.held.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// A place among the slow bodies of an address, given back when this is dropped.
#[derive(Debug)]
struct Place {
    bodies: Arc<Bodies>,
    address: u64,
}

impl Place {
    fn take(bodies: &Arc<Bodies>, address: u64, most: usize) -> Option<Self> {
        let mut slow = bodies.slow.lock().unwrap_or_else(PoisonError::into_inner);
        let count = slow.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Self { bodies: bodies.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut slow = self.bodies.slow.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = slow.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                slow.remove(&self.address);
            }
        }
    }
}

impl Bodies {
    /// Reads a body from the sender with this number. Quick ones, which are all that people's
    /// browsers send on a sound line, need no place; so slow ones cannot take theirs.
    pub async fn read(self: &Arc<Self>, payload: Payload, from: u64, limits: Limits) -> Arrived {
        let mut held = Held { bodies: self.clone(), bytes: 0 };
        let mut body = BytesMut::new();
        let end = self.gather(payload, from, limits, &mut body, &mut held).await;
        Arrived { bytes: body.freeze(), end, _held: Arc::new(held) }
    }

    async fn gather(
        self: &Arc<Self>,
        mut payload: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
        from: u64,
        limits: Limits,
        body: &mut BytesMut,
        held: &mut Held,
    ) -> End {
        let began = Instant::now();
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % 64;
        let quick_until = began + limits.quick + limits.spread * turn / 64;
        let (mut place, mut over) = (None, 0);
        loop {
            let now = Instant::now();
            if place.is_none() && now >= quick_until {
                place = Place::take(self, from, limits.slow);
                if place.is_none() {
                    return End::Crowded;
                }
            }
            let last = (now + limits.idle).min(began + limits.total);
            let until = if place.is_none() { last.min(quick_until) } else { last };
            let chunk = match timeout_at(until, payload.next()).await {
                Ok(Some(Ok(chunk))) => chunk,
                Ok(Some(Err(_))) => return End::BrokenOff,
                Ok(None) if over > 0 => return End::TooLarge(over),
                Ok(None) => return End::Whole,
                Err(_) if until < last => continue,
                Err(_) if over > 0 => return End::TooLarge(over),
                Err(_) => return End::TooSlow,
            };
            let room = limits.size.saturating_sub(body.len()).min(chunk.len());
            if room > 0 && !held.grow(room) {
                return End::Crowded;
            }
            body.extend_from_slice(chunk.get(..room).unwrap_or_default());
            over += chunk.len() - room;
            if over > THROWN_AWAY {
                return End::TooLarge(over);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    const LIMITS: Limits =
        Limits { size: 10, quick: ms(150), spread: ms(0), idle: ms(400), total: ms(900), slow: 2 };

    /// Reads one byte after each of these pauses.
    async fn dripping(bodies: &Arc<Bodies>, pauses: &[u64]) -> (usize, End) {
        let drops = stream::iter(pauses.to_vec()).then(async |pause| {
            tokio::time::sleep(ms(pause)).await;
            Ok(Bytes::from_static(b"x"))
        });
        let mut held = Held { bodies: bodies.clone(), bytes: 0 };
        let mut body = BytesMut::new();
        let end = bodies.gather(Box::pin(drops), 1, LIMITS, &mut body, &mut held).await;
        (body.len(), end)
    }

    #[tokio::test]
    async fn a_body_has_its_time_and_its_size() {
        let bodies = Arc::new(Bodies::default());
        assert_eq!(dripping(&bodies, &[0; 10]).await, (10, End::Whole));
        assert_eq!(dripping(&bodies, &[0; 13]).await, (10, End::TooLarge(3)));
        assert_eq!(dripping(&bodies, &[1, 200, 200]).await, (3, End::Whole));
        assert_eq!(dripping(&bodies, &[0, 0, 2000, 0]).await, (2, End::TooSlow));
        assert_eq!(dripping(&bodies, &[200; 10]).await.1, End::TooSlow);
        assert_eq!(bodies.held.load(Ordering::Relaxed), 0);
        assert!(bodies.slow.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn slow_bodies_of_one_address_have_only_so_many_places() {
        let bodies = Arc::new(Bodies::default());
        let slow = [200, 200];
        let all = tokio::join!(
            dripping(&bodies, &slow),
            dripping(&bodies, &slow),
            dripping(&bodies, &slow),
            dripping(&bodies, &[0, 1]),
        );
        let whole = (2, End::Whole);
        assert_eq!(all, (whole, whole, (0, End::Crowded), whole));
    }
}
