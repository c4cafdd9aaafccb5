//! The schema: up, down and up again, and many nodes at once.

use colloquy::acts::plan_campaign::begin_campaign;
use colloquy::domain::campaign::Aim;
use colloquy::domain::kind::Contact;
use colloquy::domain::status::Delivery;
use colloquy::domain::token::Opens;
use colloquy::domain::{Kind, Wording};
use colloquy::store::entity;
use colloquy::store::{Store, discussions, invitations, organizers, outbox, questionnaires};
use migrations::Migrator;
use sea_orm::{
    ConnectionTrait as _, Database, DatabaseConnection, DbBackend, EntityTrait, Statement,
};
use sea_orm_migration::MigratorTrait as _;

use crate::support::{TestApp, database_url, open};

/// Every table with its columns, indexes and keys, in words.
async fn schema(db: &DatabaseConnection) -> Vec<String> {
    let backend = db.get_database_backend();
    let queries = match backend {
        DbBackend::Sqlite => {
            vec!["SELECT name || ': ' || sql AS line FROM sqlite_schema WHERE sql IS NOT NULL"]
        }
        _ => vec![
            "SELECT table_name || '.' || column_name || ': ' || data_type || ' ' || is_nullable AS line \
             FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT tablename || ': ' || indexdef AS line FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) AS line FROM pg_constraint \
             WHERE connamespace = 'public'::regnamespace",
        ],
    };
    let mut lines = vec![];
    for query in queries {
        for row in db.query_all_raw(Statement::from_string(backend, query)).await.unwrap() {
            lines.push(row.try_get::<String>("", "line").unwrap());
        }
    }
    lines.retain(|line| !line.contains("seaql_migrations"));
    lines.sort();
    lines
}

#[tokio::test]
async fn the_schema_goes_up_and_down_and_up_again() {
    let home = tempfile::tempdir().unwrap();
    let url = database_url(home.path()).await;
    Store::open(&url, 3).await.unwrap().close().await.unwrap();
    let db = Database::connect(&url).await.unwrap();
    let first = schema(&db).await;
    assert!(first.len() > 20, "{first:#?}");

    for _ in Migrator::migrations() {
        Migrator::down(&db, Some(1)).await.unwrap();
    }
    let nothing: Vec<String> = vec![];
    assert_eq!(schema(&db).await, nothing);
    db.close().await.unwrap();

    let store = Store::open(&url, 3).await.unwrap();
    assert!(store.answers().await);
    assert_eq!(schema(store.read()).await, first);
    store.close().await.unwrap();
}

#[tokio::test]
async fn nodes_that_start_together_on_an_empty_database_all_start() {
    let home = tempfile::tempdir().unwrap();
    let url = database_url(home.path()).await;
    // Threads with runtimes of their own, as nodes are processes of their own.
    let nodes: Vec<_> = (0..6)
        .map(|_| {
            let url = url.clone();
            std::thread::spawn(move || {
                tokio::runtime::Runtime::new().unwrap().block_on(async {
                    Store::open(&url, 3).await.unwrap().close().await.unwrap();
                });
            })
        })
        .collect();
    for node in nodes {
        node.join().unwrap();
    }
}

#[tokio::test]
async fn a_database_of_a_newer_colloquy_stops_the_start() {
    let home = tempfile::tempdir().unwrap();
    let url = database_url(home.path()).await;
    Store::open(&url, 3).await.unwrap().close().await.unwrap();
    let db = Database::connect(&url).await.unwrap();
    let newer =
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m99990101_000001_x', 1)";
    db.execute_unprepared(newer).await.unwrap();
    db.close().await.unwrap();
    let refused = Store::open(&url, 3).await.unwrap_err();
    assert!(format!("{refused:#}").contains("newer"), "{refused:#}");
}

#[tokio::test]
async fn what_reads_cannot_write() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(&database_url(home.path()).await, 3).await.unwrap();
    if store.read().get_database_backend() == DbBackend::Sqlite {
        let refused = store.read().execute_unprepared("DELETE FROM answer").await.unwrap_err();
        assert!(refused.to_string().contains("readonly"), "{refused}");
    }
    store.close().await.unwrap();
}

#[tokio::test]
async fn entities_and_migrations_agree() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(&database_url(home.path()).await, 3).await.unwrap();
    let db = store.read();
    let mut tables = 0;
    macro_rules! every {
        ($($table:ident)*) => {
            $(
                // Names every column and its type; a table that differs does not answer.
                assert!(entity::$table::Entity::find().all(db).await.unwrap().is_empty() || stringify!($table) == "setting");
                tables += 1;
            )*
        };
    }
    every! {
        address_change answer api_answer api_token article article_image brief_draft brief_version campaign ceremony contact contact_import contact_list
        contact_listed contact_tag discussion discussion_group
        discussion_host discussion_note discussion_poll discussion_rule discussion_slot draft erasure identity image inbound invitation mail_day mail_pace mailbox message
        message_event message_raw
        echo_draft echo_version edit guide_edit logo audit colleague handover membership notice openid_identity organizer organizer_deletion participant passkey password plan_change poll_answer proposal question questionnaire questionnaire_deletion reach response revision sealed seat seating session setting sign_in_link
        soft_bounce suppression theme_edit theme_suggestion webhook wording
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/entity");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), tables, "an entity is missing here");
    store.close().await.unwrap();
}

/// The database of a service, as it was before the migration with this name.
async fn before_the(app: &TestApp, migration: &str) -> DatabaseConnection {
    let url = match std::env::var("TEST_POSTGRES") {
        Ok(server) => {
            let db = app.service.store.read();
            let named =
                Statement::from_string(DbBackend::Postgres, "SELECT current_database() AS name");
            let name: String =
                db.query_one_raw(named).await.unwrap().unwrap().try_get("", "name").unwrap();
            format!("{}/{name}", server.rsplit_once('/').unwrap().0)
        }
        Err(_) => database_url(app.home.path()).await,
    };
    let db = Database::connect(&url).await.unwrap();
    let steps = Migrator::migrations().len();
    let place = Migrator::migrations().iter().position(|m| m.name().ends_with(migration)).unwrap();
    let steps = u32::try_from(steps - place).unwrap();
    Migrator::down(&db, Some(steps)).await.unwrap();
    db
}

#[tokio::test]
async fn addresses_of_before_are_compared_as_they_are_now_and_files_are_no_mails() {
    let app = TestApp::signed_in().await;
    let asks = Wording::new("May we write to you?", Kind::Contact(Contact { consents: vec![] }));
    let of = app.published(&[open("Why?"), asks]).await;
    for address in ["JÖRG@Bücher.Test", "Ada@Example.org"] {
        let reader = app.stranger();
        let mut form = reader.page(&format!("/q/{}", of.slug)).await.form("form#answers");
        form.set("a.q1", "So.").set("a.q2.name", "J").set("a.q2.address", address);
        assert_eq!(reader.submit(&form).await.status, 303);
    }
    app.import("/desk/contacts/import", "ada@example.net\nbo@example.net").await;
    let by = organizers::by_id(app.service.store.read(), of.organizer_id).await.unwrap().unwrap();
    begin_campaign(&app.service, &by, &of, Aim::Invite).await.unwrap();
    let states = async || {
        let lines = outbox::of_questionnaire(app.service.store.read(), of.id).await.unwrap();
        let mut states: Vec<Delivery> = lines.iter().map(|line| line.state).collect();
        states.sort();
        states
    };
    for _ in 0..200 {
        if states().await == [Delivery::Written; 2] {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let db = before_the(&app, "addresses").await;
    assert_eq!(states().await, [Delivery::Sent; 2], "as it was said then");
    db.execute_unprepared(
        "UPDATE message SET last_reply = '250 2.0.0 Ok' WHERE recipient = 'bo@example.net'",
    )
    .await
    .unwrap();
    Migrator::up(&db, None).await.unwrap();
    db.close().await.unwrap();
    assert_eq!(states().await, [Delivery::Sent, Delivery::Written]);
    let given = invitations::answered_addresses(app.service.store.read(), of.id).await.unwrap();
    let given: Vec<String> = given.into_iter().collect();
    assert_eq!(given, ["ada@example.org", "jörg@xn--bcher-kva.test"]);
}

#[tokio::test]
async fn seats_of_before_become_participants_who_keep_their_links() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let slug = desk.rsplit('/').next().unwrap().parse().unwrap();
    let of = questionnaires::by_slug(app.service.store.read(), &slug).await.unwrap().unwrap();
    let make = app.page(&format!("{desk}/discussion")).await.form("main form[method=post]");
    assert_eq!(app.submit(&make).await.status, 303);
    let before = discussions::latest(app.service.store.read(), of.id).await.unwrap().unwrap();
    assert!(before.participants.len() > 10 && before.seats.len() == before.participants.len());
    let seated = before.seats.iter().find(|seat| seat.group_id.is_some()).unwrap();
    let one = before.participant(seated.participant_id).unwrap();
    let path = format!("/g/{}", app.service.secret.link(Opens::Seat, one.id.0));
    let shown = app.stranger().page(&path).await.words();

    let db = before_the(&app, "gathering").await;
    let old = "SELECT COUNT(*) AS n FROM seat WHERE token_hash <> ''";
    let old = Statement::from_string(db.get_database_backend(), old);
    let old: i64 = db.query_one_raw(old).await.unwrap().unwrap().try_get("", "n").unwrap();
    assert_eq!(old, i64::try_from(before.seats.len()).unwrap());
    Migrator::up(&db, None).await.unwrap();
    db.close().await.unwrap();

    let after = discussions::latest(app.service.store.read(), of.id).await.unwrap().unwrap();
    let who = |whole: &discussions::Whole| {
        let mut seats: Vec<_> = whole
            .seats
            .iter()
            .map(|seat| (seat.participant_id, seat.group_id, seat.reason.clone()))
            .collect();
        seats.sort();
        seats
    };
    assert_eq!(who(&after), who(&before));
    assert_eq!(after.participants, before.participants);
    assert_eq!(app.stranger().page(&path).await.words(), shown);
}
