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
                .table("reach")
                .col(uuid("questionnaire_id"))
                .col(date("day"))
                .col(big_integer("opened"))
                .col(big_integer("begun"))
                .primary_key(Index::create().col("questionnaire_id").col("day"))
                .foreign_key(&mut belongs("reach", "questionnaire_id", "questionnaire"))
                .take(),
        )
        .await?;
        // Whether results have changed is asked every second while somebody looks: the index
        // alone can tell.
        let columns = &["questionnaire_id", "standing", "revision", "updated_at"];
        m.create_index(index("idx-response-state", "response", columns)).await?;
        // Which of a few new responses came through an invitation.
        m.create_index(index("idx-invitation-response", "invitation", &["response_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let invitation =
            Index::drop().name("idx-invitation-response").table("invitation").to_owned();
        m.drop_index(invitation).await?;
        m.drop_index(Index::drop().name("idx-response-state").table("response").to_owned()).await?;
        drop_all(m, &["reach"]).await
    }
}
