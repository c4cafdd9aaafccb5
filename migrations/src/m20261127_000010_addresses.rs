//! Addresses are compared in one form everywhere, and mails that were only written as files have a
//! state of their own.

use sea_orm_migration::sea_orm::Statement;
use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite's default is none: a migration that failed half-way would stay half applied.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        let folded = text("address_folded").default("").take();
        m.alter_table(Table::alter().table("identity").add_column(folded).take()).await?;
        db.execute_unprepared(r#"UPDATE "identity" SET "address_folded" = lower(trim("address"))"#)
            .await?;
        // What no database does: the domain as mail servers know it.
        let backend = m.get_database_backend();
        let given = Statement::from_string(backend, r#"SELECT DISTINCT "address" FROM "identity""#);
        for row in db.query_all_raw(given).await? {
            let address: String = row.try_get("", "address")?;
            if address.is_ascii() {
                continue;
            }
            let update = Query::update()
                .table("identity")
                .value("address_folded", folded_by_hand(&address))
                .and_where(Expr::col("address").eq(address))
                .take();
            db.execute(&update).await?;
        }
        m.drop_index(Index::drop().name("idx-identity-address").table("identity").to_owned())
            .await?;
        let columns = ["questionnaire_id", "address_folded"];
        m.create_index(index("idx-identity-address_folded", "identity", &columns)).await?;
        // Whoever was invited is known by their address, whoever holds it.
        m.create_index(index("idx-contact-address_folded", "contact", &["address_folded"])).await?;
        for (table, words) in [("message", "last_reply"), ("message_event", "detail")] {
            db.execute_unprepared(&format!(
                r#"UPDATE "{table}" SET "state" = 'written'
                WHERE "state" = 'sent' AND "{words}" LIKE 'written to %'"#
            ))
            .await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        for table in ["message", "message_event"] {
            db.execute_unprepared(&format!(
                r#"UPDATE "{table}" SET "state" = 'sent' WHERE "state" = 'written'"#
            ))
            .await?;
        }
        for (name, table) in
            [("idx-contact-address_folded", "contact"), ("idx-identity-address_folded", "identity")]
        {
            m.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        db.execute_unprepared(
            r#"CREATE INDEX "idx-identity-address"
            ON "identity" ("questionnaire_id", lower("address"))"#,
        )
        .await?;
        m.alter_table(Table::alter().table("identity").drop_column("address_folded").take()).await
    }
}

/// As the application folds addresses.
fn folded_by_hand(address: &str) -> String {
    let whole = address.trim().to_lowercase();
    let Some((user, domain)) = whole.rsplit_once('@') else { return whole };
    match idna::domain_to_ascii(domain) {
        Ok(domain) => format!("{user}@{domain}"),
        Err(_) => whole,
    }
}
