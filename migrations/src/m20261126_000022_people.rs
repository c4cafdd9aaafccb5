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
                .table("membership")
                .col(uuid("questionnaire_id"))
                .col(uuid("organizer_id"))
                .col(text("role"))
                .col(timestamp_with_time_zone("created_at"))
                .primary_key(Index::create().col("questionnaire_id").col("organizer_id"))
                .foreign_key(&mut belongs("membership", "questionnaire_id", "questionnaire"))
                .foreign_key(&mut belongs("membership", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        let of = index("idx-membership-organizer", "membership", &["organizer_id"]);
        m.create_index(of).await?;
        // Whoever made a questionnaire owns it.
        m.get_connection()
            .execute_unprepared(
                "INSERT INTO membership (questionnaire_id, organizer_id, role, created_at) \
                 SELECT id, organizer_id, 'owner', created_at FROM questionnaire",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("membership").take()).await
    }
}
