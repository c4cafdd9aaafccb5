use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{belongs, drop_all};

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
                .table("setting")
                .col(string("name").primary_key().take())
                .col(text("value"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("organizer")
                .col(pk_uuid("id"))
                .col(text_null("address"))
                .col(text_uniq("address_folded"))
                .col(text("name"))
                .col(timestamp_with_time_zone("created_at"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("session")
                .col(text("token_hash").primary_key().take())
                .col(uuid("organizer_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut belongs("session", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("sign_in_link")
                .col(text("token_hash").primary_key().take())
                .col(uuid("organizer_id"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("used_at"))
                .foreign_key(&mut belongs("sign_in_link", "organizer_id", "organizer"))
                .take(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["sign_in_link", "session", "organizer", "setting"]).await
    }
}
