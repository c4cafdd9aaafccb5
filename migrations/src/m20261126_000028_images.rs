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

    // Images of articles, each once whoever shows it, and which article shows which.
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table("image")
                .col(text("name").primary_key())
                .col(integer("width"))
                .col(integer("height"))
                .col(integer("size"))
                .col(binary("bytes"))
                .take(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table("article_image")
                .col(uuid("article_id"))
                .col(text("print"))
                .col(text("address"))
                .col(text_null("image"))
                .col(text_null("why"))
                .primary_key(
                    Index::create()
                        .name("pk-article_image")
                        .col("article_id")
                        .col("print")
                        .primary(),
                )
                .foreign_key(&mut belongs("article_image", "article_id", "article"))
                .foreign_key(
                    ForeignKey::create().from("article_image", "image").to("image", "name"),
                )
                .take(),
        )
        .await?;
        m.create_index(index("idx-article_image-image", "article_image", &["image"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        drop_all(m, &["article_image", "image"]).await
    }
}
