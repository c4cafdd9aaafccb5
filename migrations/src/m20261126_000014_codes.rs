use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite's default is none: a migration that failed half-way would stay half applied.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let columns =
            [text_null("request_hash"), text_null("code_hash"), integer("tries").default(0).take()];
        // SQLite alters one column at a time.
        for column in columns {
            m.alter_table(Table::alter().table("sign_in_link").add_column(column).take()).await?;
        }
        let request = Index::create()
            .name("idx-sign-in-link-request")
            .table("sign_in_link")
            .col("request_hash")
            .unique()
            .take();
        m.create_index(request).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let request =
            Index::drop().name("idx-sign-in-link-request").table("sign_in_link").to_owned();
        m.drop_index(request).await?;
        for column in ["tries", "code_hash", "request_hash"] {
            m.alter_table(Table::alter().table("sign_in_link").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
