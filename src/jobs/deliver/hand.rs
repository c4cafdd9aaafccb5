//! How many mails a process has in hand: enough that no connection waits for the next, and few
//! enough that who waits before a screen does not wait behind them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Mails in hand for each connection: those on their way, and some that come next.
const LEAST: usize = 6;
/// The same at the most, when they leave fast.
pub const MOST: usize = 24;
/// If half of the hand is gone sooner, taking mails is most of the work: then more at once.
const FAST: Duration = Duration::from_millis(50);
/// If it lasts longer, fewer are taken.
const SLOW: Duration = Duration::from_millis(500);

/// The places for mails in hand.
pub struct Hand {
    places: Arc<Semaphore>,
    size: usize,
    least: usize,
    most: usize,
    filled: Option<Instant>,
}

impl Hand {
    /// A hand for so many connections, empty.
    pub fn new(connections: usize) -> Self {
        let (least, most) = (connections * LEAST, connections * MOST);
        Self { places: Arc::new(Semaphore::new(least)), size: least, least, most, filled: None }
    }

    /// Returns all free places as soon as half of them are free: so a claim is for several, and
    /// workers never run dry meanwhile.
    ///
    /// # Errors
    /// None in practice: the places are never closed.
    pub async fn free(&mut self) -> anyhow::Result<OwnedSemaphorePermit> {
        let half = u32::try_from(self.size.div_ceil(2))?;
        let mut free = Arc::clone(&self.places).acquire_many_owned(half).await?;
        let lasted = self.filled.take().map(|at| at.elapsed());
        if lasted.is_some_and(|lasted| lasted < FAST) {
            let more = self.size.min(self.most - self.size);
            self.places.add_permits(more);
            self.size += more;
        } else if lasted.is_some_and(|lasted| lasted > SLOW) {
            let fewer = (self.size / 2).min(self.size - self.least);
            if let Some(gone) = free.split(fewer) {
                gone.forget();
                self.size -= fewer;
            }
            // What was given up may have been all there was: half of the smaller hand is waited for.
            let short = self.size.div_ceil(2).saturating_sub(free.num_permits());
            let short = u32::try_from(short)?;
            free.merge(Arc::clone(&self.places).acquire_many_owned(short).await?);
        }
        let more = u32::try_from(self.places.available_permits())?;
        if let Ok(more) = Arc::clone(&self.places).try_acquire_many_owned(more) {
            free.merge(more);
        }
        Ok(free)
    }

    /// Notes that all places were filled: how soon they are free again says how large the hand
    /// should be.
    pub fn is_full(&mut self) {
        self.filled = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hand_grows_with_a_fast_server_and_is_never_empty_with_a_slow_one() {
        let mut hand = Hand::new(4);
        let (least, most) = (4 * LEAST, 4 * MOST);
        let mut size = least;
        while size < most {
            let all = hand.free().await.unwrap();
            assert_eq!(all.num_permits(), size, "all places are free");
            hand.is_full();
            drop(all);
            size = (2 * size).min(most);
        }
        let mut all = hand.free().await.unwrap();
        assert_eq!(all.num_permits(), most);
        while hand.size > least {
            hand.is_full();
            tokio::time::sleep(SLOW + Duration::from_millis(20)).await;
            // Half of the mails have left, the other half is still on its way.
            let on_their_way = all.split(hand.size / 2).unwrap();
            drop(all);
            let later = tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                drop(on_their_way);
            });
            all = hand.free().await.unwrap();
            assert!(all.num_permits() >= hand.size / 2, "{} of {}", all.num_permits(), hand.size);
            later.await.unwrap();
            let rest = u32::try_from(hand.places.available_permits()).unwrap();
            all.merge(Arc::clone(&hand.places).acquire_many_owned(rest).await.unwrap());
            assert_eq!(all.num_permits(), hand.size);
        }
    }
}
