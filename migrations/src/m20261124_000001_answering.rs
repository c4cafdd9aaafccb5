use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{belongs, drop_all, index, unordered};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Columns that were added to tables of before: table, column, and what it says where nothing
/// was said.
const ADDED: [(&str, &str, &str); 4] = [
    ("questionnaire", "mode", "identified"),
    ("questionnaire", "options", "{}"),
    ("response", "standing", "counted"),
    ("response", "extras", "{}"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite's default is none: a migration that failed half-way would stay half applied.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (table, column, default) in ADDED {
            let column = text(column).default(default).take();
            m.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        m.create_table(
            unordered(m, "draft")
                .col(pk_uuid("id"))
                .col(uuid("questionnaire_id"))
                .col(uuid_null("invitation_id"))
                .col(text("token_hash"))
                .col(text("language"))
                .col(text("fields"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut belongs("draft", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-draft-token", "draft", &["token_hash"]).unique().take()).await?;
        m.create_index(index("idx-draft-expires", "draft", &["expires_at"])).await?;
        m.create_table(
            unordered(m, "proposal")
                .col(uuid("question_id"))
                .col(text("text_hash"))
                .col(uuid("questionnaire_id"))
                .col(text("decision"))
                .col(timestamp_with_time_zone("decided_at"))
                .primary_key(Index::create().col("question_id").col("text_hash"))
                .foreign_key(&mut belongs("proposal", "question_id", "question"))
                .take(),
        )
        .await?;
        m.create_table(
            unordered(m, "sealed")
                .col(text("name").primary_key().take())
                .col(uuid("questionnaire_id"))
                .col(text("key_name"))
                .col(blob("content"))
                .foreign_key(&mut belongs("sealed", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-sealed-questionnaire", "sealed", &["questionnaire_id"])).await?;
        m.create_table(
            unordered(m, "erasure")
                .col(pk_uuid("id"))
                .col(uuid("questionnaire_id"))
                .col(text("asked_by"))
                .col(timestamp_with_time_zone("erased_at"))
                .foreign_key(&mut belongs("erasure", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["erasure", "sealed", "proposal", "draft"]).await?;
        for (table, column, _) in ADDED {
            m.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
