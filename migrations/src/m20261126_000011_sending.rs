use sea_orm_migration::sea_orm::DbBackend;
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
        // The bytes apart from the line: SQLite writes a whole row each time its state changes.
        m.create_table(
            Table::create()
                .table("message_raw")
                .col(pk_uuid("message_id"))
                .col(blob("raw"))
                .foreign_key(&mut belongs("message_raw", "message_id", "message"))
                .take(),
        )
        .await?;
        let db = m.get_connection();
        db.execute_unprepared(
            "INSERT INTO message_raw (message_id, raw) SELECT id, raw FROM message \
             WHERE length(raw) > 0",
        )
        .await?;
        m.alter_table(Table::alter().table("message").drop_column("raw").take()).await?;
        for mut column in [
            text("domain").default("").take(),
            small_integer("rank").default(2).take(),
            integer("doubts").default(0).take(),
            timestamp_with_time_zone_null("tried_at"),
            integer_null("last_code"),
            text_null("last_enhanced"),
            text_null("last_stage"),
        ] {
            m.alter_table(Table::alter().table("message").add_column(&mut column).take()).await?;
        }
        let at = match m.get_database_backend() {
            DbBackend::Sqlite => "instr(recipient, '@')",
            _ => "strpos(recipient, '@')",
        };
        db.execute_unprepared(&format!(
            "UPDATE message SET domain = lower(substr(recipient, {at} + 1)), rank = CASE \
             WHEN purpose IN ('sign_in', 'draft', 'receipt') THEN 0 \
             WHEN purpose IN ('invitation', 'reminder') THEN 2 ELSE 1 END"
        ))
        .await?;
        m.drop_index(Index::drop().name("idx-message-due").table("message").to_owned()).await?;
        m.create_index(index("idx-message-due", "message", &["state", "rank", "next_at", "id"]))
            .await?;
        m.create_table(
            Table::create()
                .table("mail_pace")
                .col(text("domain").primary_key().take())
                .col(timestamp_with_time_zone("free_at"))
                .col(integer("thousandths"))
                .col(timestamp_with_time_zone_null("slowed_at"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("mail_day")
                .col(text("day").primary_key().take())
                .col(big_integer("mails"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("soft_bounce")
                .col(text("address_hash"))
                .col(text("day"))
                .primary_key(Index::create().col("address_hash").col("day"))
                .take(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let empty = match m.get_database_backend() {
            DbBackend::Sqlite => "X''",
            _ => "''::bytea",
        };
        let raw = format!("ALTER TABLE message ADD COLUMN raw blob NOT NULL DEFAULT {empty}");
        let raw = match m.get_database_backend() {
            DbBackend::Sqlite => raw,
            _ => raw.replace("raw blob", "raw bytea"),
        };
        let db = m.get_connection();
        db.execute_unprepared(&raw).await?;
        db.execute_unprepared(
            "UPDATE message SET raw = (SELECT raw FROM message_raw WHERE message_id = message.id) \
             WHERE id IN (SELECT message_id FROM message_raw)",
        )
        .await?;
        m.drop_index(Index::drop().name("idx-message-due").table("message").to_owned()).await?;
        m.create_index(index("idx-message-due", "message", &["state", "next_at"])).await?;
        for column in
            ["domain", "rank", "doubts", "tried_at", "last_code", "last_enhanced", "last_stage"]
        {
            m.alter_table(Table::alter().table("message").drop_column(column).take()).await?;
        }
        drop_all(m, &["soft_bounce", "mail_day", "mail_pace", "message_raw"]).await
    }
}
