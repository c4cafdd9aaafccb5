//! Images of articles, as they were fetched once: each is kept once, whichever articles show it,
//! and goes with the last of them.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::{article_image, image};
use crate::domain::{ArticleId, token};

pub use image::Model as Image;

/// An image that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Where.
    pub address: String,
    /// What of it is kept, or why nothing is.
    pub found: Result<Kept, String>,
}

/// What is kept of an image, but its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// A print of its bytes with the ending of its format.
    pub name: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// In bytes.
    pub size: usize,
}

/// The images of an article that were asked for, by their addresses.
///
/// # Errors
/// A database that refuses.
pub async fn of(db: &impl ConnectionTrait, article: ArticleId) -> Result<Vec<Asked>, DbErr> {
    let rows = article_image::Entity::find()
        .filter(article_image::Column::ArticleId.eq(article))
        .order_by_asc(article_image::Column::Address)
        .all(db)
        .await?;
    let names: Vec<String> = rows.iter().filter_map(|row| row.image.clone()).collect();
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let kept: Vec<(String, i32, i32, i32)> = image::Entity::find()
        .select_only()
        .columns([image::Column::Name, image::Column::Width])
        .columns([image::Column::Height, image::Column::Size])
        .filter(image::Column::Name.is_in(names))
        .into_tuple()
        .all(db)
        .await?;
    let kept = kept.into_iter().map(|(name, width, height, size)| {
        let kept = Kept {
            name: name.clone(),
            width: width.unsigned_abs(),
            height: height.unsigned_abs(),
            size: usize::try_from(size).unwrap_or(0),
        };
        (name, kept)
    });
    let kept: BTreeMap<String, Kept> = kept.collect();
    let asked = rows.into_iter().map(|row| {
        let found = row.image.and_then(|name| kept.get(&name).cloned());
        Asked { address: row.address, found: found.ok_or(row.why.unwrap_or_default()) }
    });
    Ok(asked.collect())
}

/// The bytes of an image with this name that the article shows.
///
/// # Errors
/// A database that refuses.
pub async fn bytes(
    db: &impl ConnectionTrait,
    article: ArticleId,
    name: &str,
) -> Result<Option<Vec<u8>>, DbErr> {
    let shown = article_image::Entity::find()
        .filter(article_image::Column::ArticleId.eq(article))
        .filter(article_image::Column::Image.eq(name));
    if shown.one(db).await?.is_none() {
        return Ok(None);
    }
    Ok(image::Entity::find_by_id(name).one(db).await?.map(|image| image.bytes))
}

/// Keeps what was found at an address that the article names.
///
/// # Errors
/// A database that refuses.
pub async fn put(
    tx: &DatabaseTransaction,
    article: ArticleId,
    address: &str,
    found: Result<Image, String>,
) -> Result<(), DbErr> {
    let (name, why) = match &found {
        Ok(image) => (Some(image.name.clone()), None),
        Err(why) => (None, Some(why.clone())),
    };
    if let Ok(image) = found {
        // The row is written even if it is there: so it is held, and nobody takes it away meanwhile.
        let same =
            OnConflict::column(image::Column::Name).update_column(image::Column::Size).to_owned();
        image::Entity::insert(image.into_active_model())
            .on_conflict(same)
            .exec_without_returning(tx)
            .await?;
    }
    let row = article_image::Model {
        article_id: article,
        print: token::print(&[address.as_bytes()]),
        address: address.to_owned(),
        image: name,
        why,
    };
    let newer =
        OnConflict::columns([article_image::Column::ArticleId, article_image::Column::Print])
            .update_columns([article_image::Column::Image, article_image::Column::Why])
            .to_owned();
    article_image::Entity::insert(row.into_active_model())
        .on_conflict(newer)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// A newer text shows those images of the earlier one that it still names.
///
/// # Errors
/// A database that refuses.
pub async fn carry(
    tx: &DatabaseTransaction,
    earlier: ArticleId,
    newer: ArticleId,
    named: &BTreeSet<String>,
) -> Result<(), DbErr> {
    let rows = article_image::Entity::find()
        .filter(article_image::Column::ArticleId.eq(earlier))
        .all(tx)
        .await?;
    let rows = rows.into_iter().filter(|row| row.image.is_some() && named.contains(&row.address));
    for row in rows {
        let row = article_image::Model { article_id: newer, ..row };
        let there = OnConflict::new().do_nothing().to_owned();
        article_image::Entity::insert(row.into_active_model())
            .on_conflict(there)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Takes the images of these articles away, and those from the store that no other shows; whether
/// there were any.
///
/// # Errors
/// A database that refuses.
pub async fn remove(tx: &DatabaseTransaction, articles: &[ArticleId]) -> Result<bool, DbErr> {
    let of = article_image::Column::ArticleId.is_in(articles.iter().copied());
    let rows = article_image::Entity::find().filter(of.clone()).all(tx).await?;
    let names: BTreeSet<String> = rows.iter().filter_map(|row| row.image.clone()).collect();
    // Held first, so that whoever begins to show one of them meanwhile waits, or is seen.
    let mut held = image::Entity::find()
        .select_only()
        .column(image::Column::Name)
        .filter(image::Column::Name.is_in(names.iter().cloned()))
        .order_by_asc(image::Column::Name);
    if tx.get_database_backend() == DbBackend::Postgres {
        held = held.lock_exclusive();
    }
    let _held: Vec<String> = held.into_tuple().all(tx).await?;
    article_image::Entity::delete_many().filter(of).exec(tx).await?;
    let shown: Vec<Option<String>> = article_image::Entity::find()
        .select_only()
        .column(article_image::Column::Image)
        .filter(article_image::Column::Image.is_in(names.iter().cloned()))
        .into_tuple()
        .all(tx)
        .await?;
    let shown: BTreeSet<String> = shown.into_iter().flatten().collect();
    let gone = names.difference(&shown).cloned();
    image::Entity::delete_many().filter(image::Column::Name.is_in(gone)).exec(tx).await?;
    Ok(!rows.is_empty())
}
