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
                .table("webhook")
                .col(uuid("id").primary_key())
                .col(uuid("questionnaire_id"))
                .col(text("address"))
                .col(text("events"))
                .col(integer("generation"))
                .col(timestamp_with_time_zone_null("rotated_at"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("off_at"))
                .col(text_null("off_because"))
                .foreign_key(&mut belongs("webhook", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-webhook-questionnaire", "webhook", &["questionnaire_id"]))
            .await?;
        m.create_table(
            Table::create()
                .table("notice")
                .col(uuid("id").primary_key())
                .col(uuid("webhook_id"))
                .col(text("event"))
                .col(uuid_null("response_id"))
                .col(text("body"))
                .col(text("state"))
                .col(integer("attempts"))
                .col(timestamp_with_time_zone("next_at"))
                .col(timestamp_with_time_zone_null("lease_until"))
                .col(integer_null("last_status"))
                .col(text_null("last_said"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("told_at"))
                .foreign_key(&mut belongs("notice", "webhook_id", "webhook"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-notice-due", "notice", &["state", "next_at"])).await?;
        m.create_index(index("idx-notice-webhook", "notice", &["webhook_id", "created_at"]))
            .await?;
        m.create_index(index("idx-notice-response", "notice", &["response_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["notice", "webhook"]).await
    }
}
