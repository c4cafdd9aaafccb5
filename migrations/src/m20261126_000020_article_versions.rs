use sea_orm_migration::prelude::*;

use crate::columns::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite's default is none: a migration that failed half-way would stay half applied.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    // A newer text of an article names the one that it was brought to replace.
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table("article").add_column(ColumnDef::new("earlier_id").uuid());
        m.alter_table(table.take()).await?;
        m.create_index(index("idx-article-earlier", "article", &["earlier_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let dropped = Index::drop().name("idx-article-earlier").table("article").to_owned();
        m.drop_index(dropped).await?;
        let mut table = Table::alter();
        table.table("article").drop_column("earlier_id");
        m.alter_table(table.take()).await
    }
}
