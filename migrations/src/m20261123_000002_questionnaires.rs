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
                .table("article")
                .col(pk_uuid("id"))
                .col(text("title"))
                .col(text_null("date"))
                .col(text_null("source"))
                .col(text_null("link"))
                .col(text_null("summary"))
                .col(text("language"))
                .col(text("format"))
                .col(text("body"))
                .col(big_integer("body_start"))
                .col(timestamp_with_time_zone("created_at"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("questionnaire")
                .col(pk_uuid("id"))
                .col(uuid("organizer_id"))
                .col(uuid("article_id"))
                .col(text_uniq("slug"))
                .col(text("title"))
                .col(text("introduction"))
                .col(text("language"))
                .col(text("status"))
                .col(big_integer("version"))
                .col(boolean("example"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("published_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .foreign_key(&mut belongs("questionnaire", "organizer_id", "organizer"))
                .foreign_key(&mut belongs("questionnaire", "article_id", "article"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-questionnaire-organizer", "questionnaire", &["organizer_id"]))
            .await?;
        m.create_table(
            Table::create()
                .table("question")
                .col(pk_uuid("id"))
                .col(uuid("questionnaire_id"))
                .col(text("key"))
                .col(integer_null("position"))
                .col(uuid("wording_id"))
                .col(big_integer_null("passage_start"))
                .col(big_integer_null("passage_end"))
                .foreign_key(&mut belongs("question", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(
            index("idx-question-key", "question", &["questionnaire_id", "key"]).unique().take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("wording")
                .col(pk_uuid("id"))
                .col(uuid("questionnaire_id"))
                .col(uuid("question_id"))
                .col(integer("version"))
                .col(text("content"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut belongs("wording", "question_id", "question"))
                .take(),
        )
        .await?;
        m.create_index(
            index("idx-wording-version", "wording", &["question_id", "version"]).unique().take(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["wording", "question", "questionnaire", "article"]).await
    }
}
