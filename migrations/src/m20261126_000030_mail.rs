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

    // Before each mail leaves it is asked whether its reader has given this address of themselves:
    // found at once, instead of by reading what all respondents gave. The new index also does what
    // the old one did.
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name("idx-identity-questionnaire").table("identity").to_owned())
            .await?;
        m.get_connection()
            .execute_unprepared(
                r#"CREATE INDEX "idx-identity-address"
                ON "identity" ("questionnaire_id", lower("address"))"#,
            )
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name("idx-identity-address").table("identity").to_owned())
            .await?;
        m.create_index(index("idx-identity-questionnaire", "identity", &["questionnaire_id"])).await
    }
}
