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
        people(m).await?;
        endings(m).await?;
        audit(m).await?;
        // SQLite alters one column at a time.
        for column in [timestamp_with_time_zone_null("seen_at"), text_null("browser")] {
            m.alter_table(Table::alter().table("session").add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in ["browser", "seen_at"] {
            m.alter_table(Table::alter().table("session").drop_column(column).take()).await?;
        }
        let gone =
            ["audit", "organizer_deletion", "questionnaire_deletion", "handover", "colleague"];
        drop_all(m, &gone).await
    }
}

/// Who is asked to work on a questionnaire, and who is asked to take one over.
async fn people(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("colleague")
            .col(pk_uuid("id"))
            .col(uuid("questionnaire_id"))
            .col(text("address"))
            .col(text("address_folded"))
            .col(text("role"))
            .col(text_uniq("token_hash"))
            .col(uuid("invited_by"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .foreign_key(&mut belongs("colleague", "questionnaire_id", "questionnaire"))
            .foreign_key(&mut belongs("colleague", "invited_by", "organizer"))
            .take(),
    )
    .await?;
    let mut once =
        index("idx-colleague-address", "colleague", &["questionnaire_id", "address_folded"]);
    m.create_index(once.unique().take()).await?;
    m.create_table(
        Table::create()
            .table("handover")
            .col(uuid("questionnaire_id").primary_key().take())
            .col(uuid("organizer_id"))
            .col(uuid("offered_by"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut belongs("handover", "questionnaire_id", "questionnaire"))
            .foreign_key(&mut belongs("handover", "organizer_id", "organizer"))
            .foreign_key(&mut belongs("handover", "offered_by", "organizer"))
            .take(),
    )
    .await
}

/// What is to be erased, and when.
async fn endings(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column, of) in [
        ("questionnaire_deletion", "questionnaire_id", "questionnaire"),
        ("organizer_deletion", "organizer_id", "organizer"),
    ] {
        m.create_table(
            Table::create()
                .table(table)
                .col(uuid(column).primary_key().take())
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone("erase_at"))
                .foreign_key(&mut belongs(table, column, of))
                .take(),
        )
        .await?;
    }
    Ok(())
}

/// What organizers have done. It goes with its questionnaire; who did it may be gone before.
async fn audit(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("audit")
            .col(pk_uuid("id"))
            .col(uuid_null("organizer_id"))
            .col(uuid_null("questionnaire_id"))
            .col(text("way"))
            .col(text("deed"))
            .col(text("detail"))
            .col(timestamp_with_time_zone("at"))
            .foreign_key(&mut belongs("audit", "questionnaire_id", "questionnaire"))
            .take(),
    )
    .await?;
    for index in [
        index("idx-audit-questionnaire", "audit", &["questionnaire_id", "at"]),
        index("idx-audit-organizer", "audit", &["organizer_id", "at"]),
        index("idx-audit-at", "audit", &["at"]),
    ] {
        m.create_index(index).await?;
    }
    Ok(())
}
