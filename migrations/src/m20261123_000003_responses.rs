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
            unordered(m, "response")
                .col(pk_uuid("id"))
                .col(uuid("questionnaire_id"))
                .col(text("token_hash"))
                .col(integer("revision"))
                .col(text("content_hash"))
                .col(text("language"))
                .col(boolean("example"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut belongs("response", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(index(
            "idx-response-questionnaire",
            "response",
            &["questionnaire_id", "created_at"],
        ))
        .await?;
        m.create_index(index("idx-response-token", "response", &["token_hash"]).unique().take())
            .await?;
        m.create_table(
            unordered(m, "revision")
                .col(uuid("response_id"))
                .col(integer("number"))
                .col(uuid("questionnaire_id"))
                .col(text("content_hash"))
                .col(timestamp_with_time_zone("submitted_at"))
                .primary_key(Index::create().col("response_id").col("number"))
                .foreign_key(&mut belongs("revision", "response_id", "response"))
                .take(),
        )
        .await?;
        m.create_table(
            unordered(m, "answer")
                .col(uuid("response_id"))
                .col(integer("revision"))
                .col(uuid("question_id"))
                .col(uuid("questionnaire_id"))
                .col(uuid("wording_id"))
                .col(text("value"))
                .primary_key(Index::create().col("response_id").col("revision").col("question_id"))
                .foreign_key(&mut belongs("answer", "response_id", "response"))
                .take(),
        )
        .await?;
        m.create_index(index(
            "idx-answer-question",
            "answer",
            &["questionnaire_id", "question_id"],
        ))
        .await?;
        m.create_table(
            unordered(m, "identity")
                .col(uuid("response_id"))
                .col(integer("revision"))
                .col(uuid("question_id"))
                .col(uuid("questionnaire_id"))
                .col(uuid("wording_id"))
                .col(text("name"))
                .col(text("address"))
                .col(text("consents"))
                .primary_key(Index::create().col("response_id").col("revision").col("question_id"))
                .foreign_key(&mut belongs("identity", "response_id", "response"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-identity-questionnaire", "identity", &["questionnaire_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["identity", "answer", "revision", "response"]).await
    }
}
