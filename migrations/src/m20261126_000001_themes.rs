use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{belongs, drop_all, index, unordered};

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
            unordered(m, "theme_edit")
                .col(uuid("question_id"))
                .col(integer("number"))
                .col(uuid("questionnaire_id"))
                .col(uuid("organizer_id"))
                .col(timestamp_with_time_zone("made_at"))
                .col(text("edit"))
                .primary_key(Index::create().col("question_id").col("number"))
                .foreign_key(&mut belongs("theme_edit", "question_id", "question"))
                .take(),
        )
        .await?;
        // Whether there are new ones is asked whenever somebody looks at results.
        let of = &["questionnaire_id", "number"];
        m.create_index(index("idx-theme-edit-questionnaire", "theme_edit", of)).await?;
        m.create_table(
            unordered(m, "theme_suggestion")
                .col(uuid("question_id"))
                .col(text("theme"))
                .col(uuid("questionnaire_id"))
                .col(timestamp_with_time_zone("made_at"))
                .col(text("content"))
                .primary_key(Index::create().col("question_id").col("theme"))
                .foreign_key(&mut belongs("theme_suggestion", "question_id", "question"))
                .take(),
        )
        .await?;
        let of = &["questionnaire_id"];
        m.create_index(index("idx-theme-suggestion-questionnaire", "theme_suggestion", of)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["theme_suggestion", "theme_edit"]).await
    }
}
