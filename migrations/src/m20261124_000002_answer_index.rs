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

    // Answers are read a questionnaire at a time. Sorted by question, the eight answers of one
    // respondent were written to eight pages of the index; now they stand together.
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name("idx-answer-question").table("answer").to_owned()).await?;
        m.create_index(index("idx-answer-questionnaire", "answer", &["questionnaire_id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name("idx-answer-questionnaire").table("answer").to_owned())
            .await?;
        let columns = &["questionnaire_id", "question_id"];
        m.create_index(index("idx-answer-question", "answer", columns)).await
    }
}
