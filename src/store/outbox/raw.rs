//! The bytes of mails, packed: most of a mail is markup, and a third of it is left. They go some
//! time after the end of their message, whose line and history stay.

use std::collections::HashMap;
use std::io::Read as _;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, Set,
};

use crate::domain::MessageId;
use crate::domain::status::Delivery;
use crate::store::entity::{message, message_raw};

/// What packed bytes begin with (RFC 8878); no mail begins so.
const PACKED: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// How hard it is packed: more takes longer and gains little.
const LEVEL: i32 = 1;
/// No mail is longer, in bytes.
const LONGEST: u64 = 64 * 1024 * 1024;

pub(super) fn row(id: MessageId, raw: &[u8]) -> message_raw::ActiveModel {
    message_raw::ActiveModel { message_id: Set(id), raw: Set(pack(raw)) }
}

fn pack(raw: &[u8]) -> Vec<u8> {
    // Packing into memory does not fail; if it did, the bytes are kept as they are.
    zstd::bulk::compress(raw, LEVEL).unwrap_or_else(|_unpacked| raw.to_vec())
}

fn unpacked(kept: Vec<u8>) -> Result<Vec<u8>, DbErr> {
    if !kept.starts_with(&PACKED) {
        return Ok(kept);
    }
    let broken = |error: std::io::Error| DbErr::Type(format!("a mail cannot be read: {error}"));
    let mut raw = vec![];
    let reader = zstd::Decoder::new(kept.as_slice()).map_err(broken)?;
    reader.take(LONGEST).read_to_end(&mut raw).map_err(broken)?;
    Ok(raw)
}

/// The bytes of a mail; `None`: they are not kept any more.
pub async fn of(db: &impl ConnectionTrait, id: MessageId) -> Result<Option<Vec<u8>>, DbErr> {
    let found = message_raw::Entity::find_by_id(id).one(db).await?;
    found.map(|row| unpacked(row.raw)).transpose()
}

/// The bytes of these mails, as far as they are kept.
pub async fn of_all(
    db: &impl ConnectionTrait,
    ids: &[MessageId],
) -> Result<HashMap<MessageId, Vec<u8>>, DbErr> {
    let rows = message_raw::Entity::find()
        .filter(message_raw::Column::MessageId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok((row.message_id, unpacked(row.raw)?))).collect()
}

/// Forgets the bytes of these mails; their lines stay.
pub async fn forget(db: &impl ConnectionTrait, ids: &[MessageId]) -> Result<(), DbErr> {
    for ids in ids.chunks(500) {
        message_raw::Entity::delete_many()
            .filter(message_raw::Column::MessageId.is_in(ids.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Up to `most` mails with bytes that are at their end since before `until`. What is unknown
/// counts too: whoever wants it sent again has had the time.
pub async fn ended(
    db: &impl ConnectionTrait,
    until: DateTime<Utc>,
    most: u64,
) -> Result<Vec<MessageId>, DbErr> {
    let on_the_way = [Delivery::Queued, Delivery::Claimed, Delivery::InData];
    let kept = message_raw::Entity::find().select_only().column(message_raw::Column::MessageId);
    message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(message::Column::State.is_not_in(on_the_way))
        .filter(message::Column::UpdatedAt.lt(until))
        .filter(message::Column::Id.in_subquery(kept.into_query()))
        .limit(most)
        .into_tuple()
        .all(db)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_what_was_never_packed_too() {
        let raw = b"Subject: x\r\n\r\n<p>A paragraph.</p>\r\n".repeat(100);
        let packed = pack(&raw);
        assert!(packed.starts_with(&PACKED) && packed.len() * 3 < raw.len());
        assert_eq!(unpacked(packed.clone()).unwrap(), raw);
        assert_eq!(unpacked(raw.clone()).unwrap(), raw);
        assert!(unpacked(packed[..packed.len() / 2].to_vec()).is_err());
    }
}
