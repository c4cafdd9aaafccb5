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
                .table("brief_draft")
                .col(uuid("questionnaire_id").primary_key())
                .col(big_integer("version"))
                .col(text("edits"))
                .col(text("signed"))
                .col(text("signed_on"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut belongs("brief_draft", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("brief_version")
                .col(uuid("id").primary_key())
                .col(uuid("questionnaire_id"))
                .col(integer("number"))
                .col(text("content"))
                .col(text("rests"))
                .col(text("behind"))
                .col(text("changes"))
                .col(text("note"))
                .col(text("signed"))
                .col(text("signed_on"))
                .col(timestamp_with_time_zone("published_at"))
                .col(timestamp_with_time_zone_null("unpublished_at"))
                .foreign_key(&mut belongs("brief_version", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        let columns = &["questionnaire_id", "number"];
        let mut unique = index("idx-brief_version-number", "brief_version", columns);
        m.create_index(unique.unique().take()).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["brief_version", "brief_draft"]).await
    }
}
