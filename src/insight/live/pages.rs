//! Pages that are drawn once for all who look.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OnceCell, Semaphore};

use super::now;
use crate::insight::Insight;
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;

/// So many drawn pages of one version are kept, ...
const PAGES: usize = 32;
/// ... and so many bytes of them.
const BYTES: usize = 8 << 20;

/// Drawn pages of one version of one questionnaire's insight.
#[derive(Debug)]
pub(super) struct Pages {
    kept: Mutex<Kept>,
    /// Somebody who tries a hundred filters at once takes one core for it, not all.
    drawing: Semaphore,
}

impl Default for Pages {
    fn default() -> Self {
        Self { kept: Mutex::default(), drawing: Semaphore::new(1) }
    }
}

#[derive(Debug, Default)]
struct Kept {
    version: String,
    drawn: BTreeMap<String, Arc<OnceCell<Arc<str>>>>,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.drawn.values().filter_map(|page| page.get()).map(|page| page.len()).sum()
    }
}

impl Pages {
    /// Lets go of all pages.
    pub(super) fn clear(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Kept::default();
    }

    /// The place of this page, where it is or will be.
    fn place(&self, version: &str, name: &str) -> Arc<OnceCell<Arc<str>>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version != version {
            *kept = Kept { version: version.to_owned(), drawn: BTreeMap::new() };
        }
        if !kept.drawn.contains_key(name) && (kept.drawn.len() >= PAGES || kept.bytes() >= BYTES) {
            kept.drawn.clear();
        }
        kept.drawn.entry(name.to_owned()).or_default().clone()
    }
}

/// A page drawn of this version of the insight once for all who ask; `name`: which page, for
/// whom, and of which responses. What fails is tried again by the next who asks.
///
/// # Errors
/// A database that refuses, a page that cannot be drawn.
pub async fn drawn(
    service: &Service,
    questionnaire: &Questionnaire,
    name: &str,
    draw: impl FnOnce(Arc<Insight>) -> String + Send + 'static,
) -> anyhow::Result<Arc<str>> {
    let insight = now(service, questionnaire).await?;
    let live = service.insights.of(questionnaire.id);
    let place = live.pages.place(&insight.version, name);
    let page = place.get_or_try_init(|| async {
        let _turn = live.pages.drawing.acquire().await?;
        let page = tokio::task::spawn_blocking(move || draw(insight)).await?;
        anyhow::Ok(Arc::from(page))
    });
    page.await.cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(pages: &Pages, version: &str, name: &str, page: &str) {
        pages.place(version, name).set(page.into()).unwrap();
    }

    #[test]
    fn a_page_stays_while_its_version_does() {
        let pages = Pages::default();
        draw(&pages, "1", "all", "a page");
        assert_eq!(pages.place("1", "all").get().map(|page| &**page), Some("a page"));
        assert!(pages.place("1", "others").get().is_none());
        assert!(pages.place("2", "all").get().is_none());
        assert!(pages.place("1", "all").get().is_none());
    }

    #[test]
    fn a_thousand_filters_and_long_pages_do_not_fill_the_memory() {
        let pages = Pages::default();
        for number in 0..1000 {
            draw(&pages, "1", &format!("filter {number}"), "a page");
        }
        let kept = pages.kept.lock().unwrap();
        assert!(kept.drawn.len() <= PAGES, "{}", kept.drawn.len());
        drop(kept);
        let long = "long".repeat(1 << 20);
        for number in 0..10 {
            draw(&pages, "1", &format!("long {number}"), &long);
        }
        assert!(pages.kept.lock().unwrap().bytes() <= BYTES + long.len());
    }
}
