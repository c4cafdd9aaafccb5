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
            Table::create()
                .table("guide_edit")
                .col(uuid("questionnaire_id"))
                .col(text("layer"))
                .col(big_integer("version"))
                .col(text("edits"))
                .col(timestamp_with_time_zone("updated_at"))
                .primary_key(Index::create().col("questionnaire_id").col("layer"))
                .foreign_key(&mut belongs("guide_edit", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        notes(m).await?;
        poll(m).await?;
        echo(m).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "echo_version",
            "echo_draft",
            "poll_answer",
            "discussion_poll",
            "discussion_note",
            "guide_edit",
        ];
        drop_all(m, &tables).await
    }
}

/// What groups wrote down: rows are only ever added, the last one of a field counts.
async fn notes(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("discussion_note")
            .col(pk_uuid("id"))
            .col(uuid("discussion_id"))
            .col(uuid("group_id"))
            .col(uuid("questionnaire_id"))
            // With whoever wrote it, it goes.
            .col(uuid_null("participant_id"))
            .col(text("field"))
            .col(text("text"))
            .col(timestamp_with_time_zone("written_at"))
            .foreign_key(&mut belongs("discussion_note", "discussion_id", "discussion"))
            .foreign_key(&mut belongs("discussion_note", "group_id", "discussion_group"))
            .foreign_key(&mut belongs("discussion_note", "participant_id", "participant"))
            .take(),
    )
    .await?;
    m.create_index(index("idx-discussion_note-group", "discussion_note", &["group_id"])).await?;
    m.create_index(index("idx-discussion_note-discussion", "discussion_note", &["discussion_id"]))
        .await?;
    let author = &["participant_id"];
    m.create_index(index("idx-discussion_note-participant", "discussion_note", author)).await
}

/// The statements of the poll before and after, and what each participant said to them.
async fn poll(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("discussion_poll")
            .col(uuid("discussion_id").primary_key())
            .col(uuid("questionnaire_id"))
            .col(text("statements"))
            .foreign_key(&mut belongs("discussion_poll", "discussion_id", "discussion"))
            .take(),
    )
    .await?;
    // Without a time and without an order: who answered when tells who it was.
    m.create_table(
        unordered(m, "poll_answer")
            .col(uuid("participant_id"))
            .col(text("phase"))
            .col(text("statement"))
            .col(uuid("discussion_id"))
            .col(uuid("questionnaire_id"))
            .col(integer("value"))
            .primary_key(Index::create().col("participant_id").col("phase").col("statement"))
            .foreign_key(&mut belongs("poll_answer", "participant_id", "participant"))
            .foreign_key(&mut belongs("poll_answer", "discussion_id", "discussion"))
            .take(),
    )
    .await?;
    m.create_index(index("idx-poll_answer-discussion", "poll_answer", &["discussion_id"])).await
}

/// What the organizer prepares to be read by everybody, and what was published.
async fn echo(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("echo_draft")
            .col(uuid("questionnaire_id").primary_key())
            .col(big_integer("version"))
            .col(text("content"))
            .col(timestamp_with_time_zone("updated_at"))
            .foreign_key(&mut belongs("echo_draft", "questionnaire_id", "questionnaire"))
            .take(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table("echo_version")
            .col(pk_uuid("id"))
            .col(uuid("questionnaire_id"))
            .col(integer("number"))
            .col(text("content"))
            .col(text("behind"))
            .col(timestamp_with_time_zone("published_at"))
            .col(timestamp_with_time_zone_null("unpublished_at"))
            .foreign_key(&mut belongs("echo_version", "questionnaire_id", "questionnaire"))
            .take(),
    )
    .await?;
    let columns = &["questionnaire_id", "number"];
    m.create_index(index("idx-echo_version-number", "echo_version", columns).unique().take()).await
}
