use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{belongs, index};

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
                .table("campaign")
                .col(pk_uuid("id"))
                .col(uuid("questionnaire_id"))
                .col(text("aim"))
                .col(text("state"))
                .col(text_null("paused_why"))
                // Who is meant, what is said and by which rules: read as a whole, never searched.
                .col(text("audience"))
                .col(text("template"))
                .col(text("terms"))
                .col(timestamp_with_time_zone("starts_at"))
                .col(timestamp_with_time_zone("not_after"))
                .col(timestamp_with_time_zone_null("planned_at"))
                .col(text_null("left_out"))
                .col(uuid("created_by"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .foreign_key(&mut belongs("campaign", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-campaign-questionnaire", "campaign", &["questionnaire_id"]))
            .await?;
        m.create_index(index("idx-campaign-due", "campaign", &["state", "starts_at"])).await?;
        // SeaQuery adds no references to tables of SQLite that are there; both databases do.
        let points = "REFERENCES campaign (id) ON DELETE CASCADE";
        let column = uuid_null("campaign_id").extra(points).take();
        m.alter_table(Table::alter().table("message").add_column(column).take()).await?;
        m.create_index(index("idx-message-campaign", "message", &["campaign_id", "state"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name("idx-message-campaign").table("message").to_owned();
        m.drop_index(index).await?;
        m.alter_table(Table::alter().table("message").drop_column("campaign_id").take()).await?;
        m.drop_table(Table::drop().table("campaign").take()).await
    }
}
