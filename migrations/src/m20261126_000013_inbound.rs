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
        let mut message = ForeignKey::create();
        message
            .from("inbound", "message_id")
            .to("message", "id")
            .on_delete(ForeignKeyAction::SetNull);
        m.create_table(
            Table::create()
                .table("inbound")
                .col(pk_uuid("id"))
                .col(text("print"))
                .col(text("way"))
                .col(text("envelope"))
                .col(text("kind"))
                .col(text("sender"))
                .col(text("subject"))
                .col(text("said"))
                .col(uuid_null("organizer_id"))
                .col(uuid_null("questionnaire_id"))
                .col(uuid_null("message_id"))
                .col(binary("raw"))
                .col(integer("size"))
                .col(integer("attempts"))
                .col(timestamp_with_time_zone("received_at"))
                .col(timestamp_with_time_zone_null("handled_at"))
                .foreign_key(&mut belongs("inbound", "organizer_id", "organizer"))
                .foreign_key(&mut belongs("inbound", "questionnaire_id", "questionnaire"))
                .foreign_key(&mut message)
                .take(),
        )
        .await?;
        m.create_index(index("idx-inbound-print", "inbound", &["print"]).unique().take()).await?;
        m.create_index(index("idx-inbound-organizer", "inbound", &["organizer_id", "received_at"]))
            .await?;
        m.create_index(index("idx-inbound-kind", "inbound", &["kind", "received_at"])).await?;
        m.create_index(index("idx-inbound-message", "inbound", &["message_id"])).await?;
        m.create_index(index("idx-inbound-questionnaire", "inbound", &["questionnaire_id"]))
            .await?;
        m.create_table(
            Table::create()
                .table("mailbox")
                .col(text("name").primary_key())
                .col(big_integer("validity"))
                .col(big_integer("last"))
                .col(text_null("lease_owner"))
                .col(timestamp_with_time_zone_null("lease_until"))
                .col(text_null("trouble"))
                .col(timestamp_with_time_zone_null("looked_at"))
                .take(),
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["mailbox", "inbound"]).await
    }
}
