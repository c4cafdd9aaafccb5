//! A change of the address with which an organizer signs in, until its new address has said yes, and
//! for a while longer in which the old address can take it back.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{belongs, drop_all, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite's default is none: a migration that failed half-way would stay half applied.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("address_change")
                .col(pk_uuid("id"))
                .col(uuid("organizer_id"))
                .col(text("address"))
                .col(text("before"))
                .col(text_uniq("confirm_hash"))
                .col(text_uniq("back_hash"))
                .col(text("session_hash"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut belongs("address_change", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        let of = index("idx-address_change-organizer", "address_change", &["organizer_id"]);
        m.create_index(of).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["address_change"]).await
    }
}
