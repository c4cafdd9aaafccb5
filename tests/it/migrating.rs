//! The schema: up, down and up again, and many nodes at once.

use colloquy::store::Store;
use migrations::Migrator;
use sea_orm::Database;
use sea_orm_migration::MigratorTrait as _;
use secrecy::ExposeSecret as _;

use super::support::settings;

#[actix_web::test]
async fn the_schema_goes_up_and_down_and_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&folder).await;
    let url = settings.database.url.expose_secret().to_owned();
    let store = Store::open(&url, 3).await.unwrap();
    store.close().await.unwrap();
    let db = Database::connect(&url).await.unwrap();
    Migrator::down(&db, None).await.unwrap();
    db.close().await.unwrap();
    let store = Store::open(&url, 3).await.unwrap();
    assert!(store.answers().await);
    store.close().await.unwrap();
}

#[actix_web::test]
async fn nodes_that_start_together_on_an_empty_database_all_start() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&folder).await;
    let url = settings.database.url.expose_secret();
    let nodes = futures_util::future::join_all((0..4).map(|_| Store::open(url, 3))).await;
    for node in nodes {
        node.unwrap().close().await.unwrap();
    }
}
