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
                .table("api_token")
                .col(pk_uuid("id"))
                .col(uuid("organizer_id"))
                .col(uuid_null("questionnaire_id"))
                .col(text("name"))
                // Of the token only this is kept, and its first characters to be told apart by.
                .col(text("token_hash"))
                .col(text("begins"))
                .col(text("scopes"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("expires_at"))
                .col(date_null("used_on"))
                .foreign_key(&mut belongs("api_token", "organizer_id", "organizer"))
                .foreign_key(&mut belongs("api_token", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-api_token-hash", "api_token", &["token_hash"]).unique().take())
            .await?;
        m.create_index(index("idx-api_token-organizer", "api_token", &["organizer_id"])).await?;
        m.create_table(
            Table::create()
                .table("api_answer")
                .col(uuid("organizer_id"))
                .col(text("key"))
                .col(text("print"))
                .col(integer_null("status"))
                .col(text("head"))
                .col(text("body"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("organizer_id").col("key"))
                .foreign_key(&mut belongs("api_answer", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-api_answer-created", "api_answer", &["created_at"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["api_answer", "api_token"]).await
    }
}
