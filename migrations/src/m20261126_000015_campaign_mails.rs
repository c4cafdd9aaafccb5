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

    // Who had which mail is asked for a few hundred invitations at a time.
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_index(index("idx-message-invitation", "message", &["invitation_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name("idx-message-invitation").table("message").to_owned();
        m.drop_index(index).await
    }
}
