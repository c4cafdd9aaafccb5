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
            unordered(m, "contact")
                .col(pk_uuid("id"))
                .col(uuid("organizer_id"))
                .col(text("name"))
                .col(text("address"))
                .col(text("address_folded"))
                .col(text("language"))
                .col(text("source"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut belongs("contact", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        m.create_index(
            index("idx-contact-address", "contact", &["organizer_id", "address_folded"])
                .unique()
                .take(),
        )
        .await?;
        m.create_table(
            unordered(m, "invitation")
                .col(pk_uuid("id"))
                .col(uuid("questionnaire_id"))
                .col(uuid("contact_id"))
                .col(text("token_hash"))
                .col(uuid_null("response_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("opened_at"))
                .col(timestamp_with_time_zone_null("answered_at"))
                .col(timestamp_with_time_zone_null("stopped_at"))
                .foreign_key(&mut belongs("invitation", "questionnaire_id", "questionnaire"))
                .foreign_key(&mut belongs("invitation", "contact_id", "contact"))
                .take(),
        )
        .await?;
        m.create_index(
            index("idx-invitation-contact", "invitation", &["questionnaire_id", "contact_id"])
                .unique()
                .take(),
        )
        .await?;
        m.create_index(
            index("idx-invitation-token", "invitation", &["token_hash"]).unique().take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("suppression")
                .col(text("address_hash").primary_key().take())
                .col(text("reason"))
                .col(timestamp_with_time_zone("created_at"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("message")
                .col(pk_uuid("id"))
                .col(text_uniq("idempotency_key"))
                .col(uuid_null("questionnaire_id"))
                .col(uuid_null("invitation_id"))
                .col(text("purpose"))
                .col(text("recipient"))
                .col(text("language"))
                .col(text("subject"))
                .col(text("message_id"))
                .col(blob("raw"))
                .col(text("state"))
                .col(integer("attempts"))
                .col(timestamp_with_time_zone("next_at"))
                .col(timestamp_with_time_zone("not_after"))
                .col(text_null("lease_owner"))
                .col(timestamp_with_time_zone_null("lease_until"))
                .col(text_null("last_reply"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut belongs("message", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-message-due", "message", &["state", "next_at"])).await?;
        m.create_index(index("idx-message-questionnaire", "message", &["questionnaire_id"]))
            .await?;
        m.create_table(
            Table::create()
                .table("message_event")
                .col(pk_uuid("id"))
                .col(uuid("message_id"))
                .col(text("state"))
                .col(text("detail"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut belongs("message_event", "message_id", "message"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-message-event-message", "message_event", &["message_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["message_event", "message", "suppression", "invitation", "contact"]).await
    }
}
