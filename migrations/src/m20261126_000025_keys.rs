//! What organizers sign in with besides a mailed link.

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
                .table("passkey")
                .col(pk_uuid("id"))
                .col(uuid("organizer_id"))
                .col(text_uniq("credential_id"))
                .col(text("credential"))
                .col(text("name"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("used_at"))
                .foreign_key(&mut belongs("passkey", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-passkey-organizer", "passkey", &["organizer_id"])).await?;
        m.create_table(
            Table::create()
                .table("ceremony")
                .col(text("token_hash").primary_key().take())
                .col(uuid_null("organizer_id"))
                .col(text("state"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut belongs("ceremony", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("password")
                .col(uuid("organizer_id").primary_key().take())
                .col(text("hash"))
                .col(timestamp_with_time_zone("changed_at"))
                .foreign_key(&mut belongs("password", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("openid_identity")
                .col(text("issuer"))
                .col(text("subject"))
                .col(uuid("organizer_id"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("issuer").col("subject"))
                .foreign_key(&mut belongs("openid_identity", "organizer_id", "organizer"))
                .take(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["openid_identity", "password", "ceremony", "passkey"]).await
    }
}
