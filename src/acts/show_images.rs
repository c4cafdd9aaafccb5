//! An organizer lets the images of an article be shown: they are fetched once, by this service,
//! and kept here, so that readers' browsers ask nobody else. What cannot be fetched stays a link.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};

use super::bring_article::as_read;
use crate::article::{self, Image};
use crate::domain::picture::{self, LARGEST_IMAGE, Unfit};
use crate::domain::token;
use crate::service::Service;
use crate::store::articles::{self, Article};
use crate::store::images::{self, Asked, Kept};
use crate::store::questionnaires::{self, Questionnaire};

/// So many images of an article are asked for.
const MOST: usize = 60;
/// So many bytes they have together.
const TOGETHER: usize = 25 << 20;
/// So many are asked for at the same time.
const AT_ONCE: usize = 4;
/// Whoever waits for all of them waits no longer.
const TIME: Duration = Duration::from_mins(1);
/// What is asked for.
const ACCEPT: &str = "image/avif, image/webp, image/png, image/jpeg, image/gif";

/// An image that an article names, and what became of it.
#[derive(Clone, Debug)]
pub struct Named {
    /// The image.
    pub image: Image,
    /// What of it is kept, or why nothing is; none: nobody has asked for it.
    pub found: Option<Result<Kept, String>>,
}

/// Why no images were fetched.
#[derive(Debug, thiserror::Error)]
pub enum NotFetched {
    /// Nobody is asked for them, as the settings say.
    #[error("Images are not fetched from here.")]
    Off,
    /// A newer text has taken the article's place meanwhile.
    #[error("A newer text has taken the place of the article meanwhile; nothing was kept.")]
    Changed,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sea_orm::DbErr> for NotFetched {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// The images that the article names, in its order, with what became of each.
///
/// # Errors
/// A stored format that this version does not know.
pub fn named(article: &Article, asked: Vec<Asked>) -> anyhow::Result<Vec<Named>> {
    let mut asked: BTreeMap<String, Result<Kept, String>> =
        asked.into_iter().map(|one| (one.address, one.found)).collect();
    let images = named_by(article)?;
    Ok(images.map(|image| Named { found: asked.remove(&image.address), image }).collect())
}

/// Fetches those images of the article that are not kept yet, and keeps them. No transaction is
/// open meanwhile.
///
/// # Errors
/// See [`NotFetched`]; nothing was changed.
pub async fn show_images(service: &Service, of: &Questionnaire) -> Result<(), NotFetched> {
    if !service.settings.fetch.articles {
        return Err(NotFetched::Off);
    }
    let db = service.store.read();
    let article = articles::by_id(db, of.article_id).await?;
    let article = article.ok_or_else(|| anyhow::anyhow!("a questionnaire without its article"))?;
    let images = named(&article, images::of(db, article.id).await?)?;
    let kept = images.iter().filter_map(|one| Some(one.found.as_ref()?.as_ref().ok()?.size));
    let used = (kept.clone().count(), kept.sum());
    let missing = images.into_iter().filter(|one| !matches!(one.found, Some(Ok(_))));
    let missing: Vec<Image> = missing.map(|one| one.image).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let found = fetched(service, &missing, used).await;
    let tx = service.store.write().await?;
    let held = questionnaires::hold(&tx, of.id).await?;
    let held = held.filter(|held| held.article_id == article.id);
    let mut held = held.ok_or(NotFetched::Changed)?;
    // Somebody else may have kept one meanwhile that could not be fetched here.
    let there = images::of(&tx, article.id).await?;
    let kept = |address: &str| there.iter().any(|one| one.address == address && one.found.is_ok());
    for (address, found) in found.into_iter().filter(|(address, _)| !kept(address)) {
        images::put(&tx, article.id, &address, found).await?;
    }
    held.version += 1;
    questionnaires::update(&tx, held).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(())
}

/// Takes the images off the article, its earlier texts too, and out of the store where no other
/// shows them.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn hide_images(service: &Service, of: &Questionnaire) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    let Some(mut held) = questionnaires::hold(&tx, of.id).await? else { return Ok(()) };
    let texts = articles::family(&tx, held.article_id).await?;
    if images::remove(&tx, &texts).await? {
        held.version += 1;
        questionnaires::update(&tx, held).await?;
        tx.commit().await?;
        service.forms.changed();
    }
    Ok(())
}

/// The addresses of the images that an article names.
///
/// # Errors
/// A stored format that this version does not know.
pub(super) fn addresses(article: &Article) -> anyhow::Result<BTreeSet<String>> {
    Ok(named_by(article)?.map(|image| image.address).collect())
}

fn named_by(article: &Article) -> anyhow::Result<impl Iterator<Item = Image>> {
    Ok(article::images(&as_read(article)?).into_iter())
}

/// What is at the addresses of these images, or why nothing of it can be kept, in their order.
/// `kept` are kept already, with `used` bytes.
async fn fetched(
    service: &Service,
    wanted: &[Image],
    (kept, mut used): (usize, usize),
) -> Vec<(String, Result<images::Image, String>)> {
    let asked = wanted.iter().take(MOST.saturating_sub(kept));
    let mut found = vec![];
    let mut full = false;
    let mut answers =
        stream::iter(asked).map(|image| fetch(service, &image.address)).buffered(AT_ONCE);
    let asking = async {
        while let Some(one) = answers.next().await {
            let size = one.as_ref().map_or(0, |image| image.bytes.len());
            if used + size > TOGETHER {
                full = true;
                break;
            }
            used += size;
            found.push(one);
        }
    };
    let late = tokio::time::timeout(TIME, asking).await.is_err();
    drop(answers);
    let left = match (late, full) {
        (true, _) => "there was no time left for it; it can be asked for again".to_owned(),
        (_, true) => format!("the article's images have more than {} MB together", TOGETHER >> 20),
        _ => format!("an article shows {MOST} images at most"),
    };
    let found = found.into_iter().chain(std::iter::repeat_with(|| Err(left.clone())));
    wanted.iter().map(|image| image.address.clone()).zip(found).collect()
}

async fn fetch(service: &Service, address: &str) -> Result<images::Image, String> {
    let found = service.fetcher.get_within(address, ACCEPT, LARGEST_IMAGE).await;
    let bytes = found.map_err(|why| why.to_string())?.bytes;
    let head = picture::read_image(&bytes).map_err(|unfit| said(unfit).to_owned())?;
    let number = |number: u32| i32::try_from(number).map_err(|_large| said(Unfit::TooLarge));
    Ok(images::Image {
        name: format!("{}.{}", token::print(&[&bytes]), head.format.ending()),
        width: number(head.width)?,
        height: number(head.height)?,
        size: i32::try_from(bytes.len()).map_err(|_large| said(Unfit::TooLarge))?,
        bytes,
    })
}

fn said(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::NoPicture => "what is there is no PNG, JPEG, GIF, WebP or AVIF image",
        Unfit::Drawing => {
            "it is an SVG drawing, which can carry programs; bring it as PNG to show it"
        }
        Unfit::TooLarge => "it has more pixels than a phone can well unpack",
    }
}
