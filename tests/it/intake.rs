//! The writer that lets submissions share a commit.

use std::collections::BTreeMap;

use colloquy::clock::Clock;
use colloquy::domain::status::Standing;
use colloquy::domain::token::hash;
use colloquy::domain::{Answer, ResponseId};
use colloquy::service::Service;
use colloquy::store::Store;
use colloquy::store::intake::{Intake, IntakeError, Submission};
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::responses;
use futures_util::future::join_all;
use sea_orm::{
    ConnectionTrait as _, Database, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait as _,
};
use secrecy::ExposeSecret as _;

use crate::support::{TestApp, open};

async fn submission(service: &Service, of: &Questionnaire, text: &str) -> Submission {
    let asked = questionnaires::asked(service.store.read(), of.id).await.unwrap();
    let answer = (asked[0].wording_id, Answer::Open(text.to_owned()));
    let response = ResponseId(service.clock.random_name());
    Submission {
        response,
        questionnaire: of.id,
        token_hash: hash(&response.0.to_string()),
        language: "en".to_owned(),
        example: false,
        invitation: None,
        at: service.clock.now(),
        standing: Standing::Counted,
        extras: BTreeMap::new(),
        answers: BTreeMap::from([(asked[0].id, answer)]),
        seal: None,
    }
}

#[tokio::test]
async fn one_that_fails_does_not_take_the_others_with_it() {
    let app = TestApp::spawn().await;
    let (of, other) = (app.published(&[open("Why?")]).await, app.published(&[open("How?")]).await);
    let mut all = vec![submission(&app.service, &of, "first").await];
    app.service.intake.keep(all[0].clone()).await.unwrap();
    // The same key, for another questionnaire, amid a crowd
    all[0].questionnaire = other.id;
    for number in 0..50 {
        all.push(submission(&app.service, &of, &format!("{number}")).await);
    }
    all.swap(0, 20);

    let results = join_all(all.into_iter().map(|s| app.service.intake.keep(s))).await;

    let failed: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    assert!(matches!(failed[..], [IntakeError::OtherQuestionnaire]), "{failed:?}");
    let db = app.service.store.read();
    assert_eq!(responses::count(db, of.id).await.unwrap(), 51);
    assert_eq!(responses::count(db, other.id).await.unwrap(), 0);
}

#[tokio::test]
async fn what_was_handed_in_before_the_end_is_kept() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let store: Store = app.service.store.clone();
    let (intake, writer) = Intake::start(store.clone());
    let mut keeping = vec![];
    for number in 0..200 {
        let one = submission(&app.service, &of, &format!("{number}")).await;
        let intake = intake.clone();
        keeping.push(tokio::spawn(async move { intake.keep(one).await }));
    }
    tokio::task::yield_now().await;
    drop(intake);

    let kept = join_all(keeping).await.into_iter().filter(|r| r.as_ref().unwrap().is_ok()).count();
    writer.await.unwrap();

    assert_eq!(kept, 200);
    assert_eq!(responses::count(store.read(), of.id).await.unwrap(), 200);
}

#[tokio::test]
async fn two_nodes_on_one_database_keep_one_response_for_one_key() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let one = submission(&app.service, &of, "the same").await;
    let url = secrecy::ExposeSecret::expose_secret(&app.service.settings.database.url).to_owned();
    let node = Store::open(&url, 3).await.unwrap();
    let (intake, writer) = Intake::start(node);
    let tries = (0..10).flat_map(|_| [&app.service.intake, &intake]).map(|i| i.keep(one.clone()));

    let results = join_all(tries).await;

    let first = results.iter().filter(|r| !r.as_ref().unwrap().repeated).count();
    assert_eq!(first, 1);
    assert!(results.iter().all(|result| result.as_ref().unwrap().revision == 1));
    drop(intake);
    writer.await.unwrap();
    let given = responses::all(app.service.store.read(), of.id).await.unwrap();
    assert_eq!(given.len(), 1);
}

#[tokio::test]
async fn a_clock_of_a_database_is_not_finer_than_what_it_keeps() {
    let app = TestApp::spawn_with(|_| {}).await;
    let of = app.published(&[open("Why?")]).await;
    let mut one = submission(&app.service, &of, "now").await;
    one.at = Clock::default().now();
    let at = one.at;
    app.service.intake.keep(one).await.unwrap();
    let given = responses::all(app.service.store.read(), of.id).await.unwrap();
    assert_eq!(given[0].response.created_at, at);
}

/// Keeps the database from being written to until it is dropped.
async fn refusing(app: &TestApp) -> DatabaseTransaction {
    let url = app.service.settings.database.url.expose_secret().to_owned();
    let db = Database::connect(&url).await.unwrap();
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    let tx = db.begin_with_options(immediate).await.unwrap();
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("ALTER TABLE response RENAME TO away").await.unwrap();
        tx.execute_unprepared("CREATE TABLE response AS SELECT 1").await.unwrap();
        tx.commit().await.unwrap();
        return db.begin().await.unwrap();
    }
    tx
}

/// Lets it be written to again.
async fn taking(app: &TestApp, tx: DatabaseTransaction) {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("DROP TABLE response").await.unwrap();
        tx.execute_unprepared("ALTER TABLE away RENAME TO response").await.unwrap();
        tx.commit().await.unwrap();
    } else {
        tx.rollback().await.unwrap();
    }
    for _ in 0..100 {
        if app.service.spool.waiting() == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the spool is not filed");
}

#[tokio::test]
async fn what_the_database_refuses_has_its_receipt_and_is_filed_later() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let path = format!("/q/{}", of.slug);
    let mut form = app.page(&path).await.form("form#answers");
    let first = app.submit(form.set("a.q1", "Before.")).await.location();
    let mut other = app.stranger().page(&path).await.form("form#answers");
    let tx = refusing(&app).await;

    let text = "一小时的文字 <&> 😀";
    let receipt = app.submit(other.set("a.q1", text)).await.location();
    let changed = app.submit(form.set("a.q1", "A change.")).await.location();

    assert_eq!(changed, first);
    assert_eq!(app.service.spool.waiting(), 2);
    for (receipt, text) in [(&receipt, text), (&first, "A change.")] {
        let page = app.page(receipt).await;
        assert!(page.texts("dd").contains(&text.to_owned()), "{}", page.words());
    }
    // Nobody who finds the files can read them.
    for file in std::fs::read_dir(app.home.path().join("spool")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|part| part == b"A change"));
    }
    taking(&app, tx).await;
    for (receipt, text) in [(&receipt, text), (&first, "A change.")] {
        assert!(app.page(receipt).await.texts("dd").contains(&text.to_owned()));
    }
    assert_eq!(responses::count(app.service.store.read(), of.id).await.unwrap(), 2);
    // Sent once more, it is still the same.
    assert_eq!(app.submit(&other).await.location(), receipt);
    assert_eq!(responses::count(app.service.store.read(), of.id).await.unwrap(), 2);
}
