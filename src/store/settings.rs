//! What the installation keeps about itself: so far its secret.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _, Set};

use super::entity::setting;
use crate::domain::token::{Secret, hex};

/// The installation's secret; `fresh` becomes it where there is none yet. Nodes that start
/// together agree on one.
///
/// # Errors
/// A database that refuses, or a stored secret that is not 64 hexadecimal digits.
pub async fn secret(db: &impl ConnectionTrait, fresh: [u8; 32]) -> Result<Secret, DbErr> {
    setting::Entity::insert(setting::ActiveModel {
        name: Set("secret".to_owned()),
        value: Set(hex(&fresh)),
    })
    .on_conflict(OnConflict::column(setting::Column::Name).do_nothing().to_owned())
    .exec_without_returning(db)
    .await?;
    let stored = setting::Entity::find_by_id("secret".to_owned()).one(db).await?;
    stored
        .and_then(|row| bytes(&row.value))
        .map(Secret::new)
        .ok_or_else(|| DbErr::Custom("the stored secret is damaged".to_owned()))
}

fn bytes(hexadecimal: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hexadecimal.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}
