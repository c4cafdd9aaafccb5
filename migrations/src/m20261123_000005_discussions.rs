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
                .table("discussion")
                .col(pk_uuid("id"))
                .col(uuid("questionnaire_id"))
                .col(text("title"))
                .col(text("place"))
                .col(integer("minutes"))
                .col(integer("low"))
                .col(integer("target"))
                .col(integer("high"))
                .col(integer("rooms"))
                .col(big_integer("seed"))
                .col(text("summary"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("invited_at"))
                .foreign_key(&mut belongs("discussion", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-discussion-questionnaire", "discussion", &["questionnaire_id"]))
            .await?;
        m.create_table(
            Table::create()
                .table("discussion_group")
                .col(pk_uuid("id"))
                .col(uuid("discussion_id"))
                .col(uuid("questionnaire_id"))
                .col(integer("number"))
                .col(text("language"))
                .col(timestamp_with_time_zone_null("starts_at"))
                .col(integer("sequence"))
                .col(text("guide"))
                .col(text("summary"))
                .foreign_key(&mut belongs("discussion_group", "discussion_id", "discussion"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-group-discussion", "discussion_group", &["discussion_id"]))
            .await?;
        m.create_table(
            Table::create()
                .table("seat")
                .col(pk_uuid("id"))
                .col(uuid("discussion_id"))
                .col(uuid_null("group_id"))
                .col(uuid("questionnaire_id"))
                .col(uuid("response_id"))
                .col(text("token_hash"))
                .col(text("reason"))
                .foreign_key(&mut belongs("seat", "discussion_id", "discussion"))
                .foreign_key(&mut belongs("seat", "group_id", "discussion_group"))
                .foreign_key(&mut belongs("seat", "response_id", "response"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-seat-token", "seat", &["token_hash"]).unique().take()).await?;
        m.create_index(index("idx-seat-discussion", "seat", &["discussion_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["seat", "discussion_group", "discussion"]).await
    }
}
