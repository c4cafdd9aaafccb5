use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{belongs, drop_all, index, unordered};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What a contact says besides name, address and language; empty where nobody has said it.
const ADDED: [&str; 3] = ["zone", "basis", "consent_from"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite's default is none: a migration that failed half-way would stay half applied.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in ADDED {
            let column = text(column).default("").take();
            m.alter_table(Table::alter().table("contact").add_column(column).take()).await?;
        }
        for (table, column) in [
            ("contact", date_null("consent_on")),
            ("contact", timestamp_with_time_zone_null("updated_at")),
            // Who has done it by hand: nobody else lifts it. It stays when that organizer goes.
            ("suppression", uuid_null("organizer_id")),
        ] {
            m.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        lists(m).await?;
        m.create_table(
            Table::create()
                .table("contact_import")
                .col(pk_uuid("id"))
                .col(uuid("organizer_id"))
                .col(text("name"))
                .col(text("content"))
                .col(text("choices"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut belongs("contact_import", "organizer_id", "organizer"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-contact_import-organizer", "contact_import", &["organizer_id"]))
            .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["contact_import", "contact_tag", "contact_listed", "contact_list"]).await?;
        for (table, column) in
            [("suppression", "organizer_id"), ("contact", "updated_at"), ("contact", "consent_on")]
        {
            m.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        for column in ADDED {
            m.alter_table(Table::alter().table("contact").drop_column(column).take()).await?;
        }
        Ok(())
    }
}

/// Lists that an organizer makes, who is on them, and the tags of a contact.
async fn lists(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("contact_list")
            .col(pk_uuid("id"))
            .col(uuid("organizer_id"))
            .col(text("name"))
            .col(text("name_folded"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut belongs("contact_list", "organizer_id", "organizer"))
            .take(),
    )
    .await?;
    let columns = &["organizer_id", "name_folded"];
    m.create_index(index("idx-contact_list-name", "contact_list", columns).unique().take()).await?;
    m.create_table(
        unordered(m, "contact_listed")
            .col(uuid("list_id"))
            .col(uuid("contact_id"))
            .primary_key(Index::create().col("list_id").col("contact_id"))
            .foreign_key(&mut belongs("contact_listed", "list_id", "contact_list"))
            .foreign_key(&mut belongs("contact_listed", "contact_id", "contact"))
            .take(),
    )
    .await?;
    m.create_index(index("idx-contact_listed-contact", "contact_listed", &["contact_id"])).await?;
    m.create_table(
        unordered(m, "contact_tag")
            .col(uuid("contact_id"))
            .col(text("tag"))
            .primary_key(Index::create().col("contact_id").col("tag"))
            .foreign_key(&mut belongs("contact_tag", "contact_id", "contact"))
            .take(),
    )
    .await?;
    m.create_index(index("idx-contact_tag-tag", "contact_tag", &["tag"])).await
}
