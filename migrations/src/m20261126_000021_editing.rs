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
                .table("edit")
                .col(uuid("questionnaire_id"))
                .col(big_integer("number"))
                .col(uuid_null("organizer_id"))
                .col(timestamp_with_time_zone("made_at"))
                .col(big_integer("base"))
                .col(boolean("on_form"))
                .col(text("what"))
                .col(text("state"))
                .primary_key(
                    Index::create().name("pk-edit").col("questionnaire_id").col("number").primary(),
                )
                .foreign_key(&mut belongs("edit", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("logo")
                .col(uuid("questionnaire_id").primary_key())
                .col(text("name"))
                .col(binary("bytes"))
                .foreign_key(&mut belongs("logo", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        let replaces = uuid_null("replaces");
        m.alter_table(Table::alter().table("question").add_column(replaces).take()).await?;
        m.create_index(index("idx-edit-on_form", "edit", &["questionnaire_id", "on_form"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.alter_table(Table::alter().table("question").drop_column("replaces").take()).await?;
        drop_all(m, &["logo", "edit"]).await
    }
}
