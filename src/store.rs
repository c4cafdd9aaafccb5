//! Everything that is kept. The only room that queries the database.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use migrations::Migrator;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection,
    DatabaseTransaction, DbBackend, DbErr, IsolationLevel, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait as _,
};
use sea_orm_migration::MigratorTrait as _;
use tokio::task::spawn_blocking;

pub mod address_changes;
pub mod articles;
pub mod audit;
pub mod briefs;
pub mod campaigns;
pub mod colleagues;
pub mod contact_imports;
pub mod contacts;
pub mod copying;
pub mod credentials;
pub mod deletions;
pub mod discussions;
pub mod documents;
pub mod drafts;
pub mod echoes;
pub mod edits;
pub mod entity;
pub mod erasing;
pub mod forms;
pub mod guides;
pub mod handovers;
pub mod images;
pub mod inbound;
pub mod intake;
pub mod invitations;
pub mod invited;
pub mod logos;
pub mod mailboxes;
pub mod meetings;
pub mod members;
pub mod mixing;
pub mod notes;
pub mod organizers;
pub mod outbox;
pub mod own_page;
pub mod own_seat;
pub mod person;
pub mod poll;
pub mod proposals;
pub mod questionnaires;
pub mod reach;
pub mod refusal;
pub mod repeats;
pub mod responses;
pub mod sessions;
pub mod settings;
pub mod spool;
pub mod suppressions;
pub mod theme_edits;
pub mod theme_suggestions;
pub mod tokens;
pub mod voices;
pub mod webhooks;
pub mod withdrawing;

/// Any number that every node agrees on: the key of the lock under which migrations run.
const MIGRATION_LOCK: i64 = 0x636f_6c6c_6f71;

/// A handle to the database, cheap to clone.
///
/// SQLite has one writer at a time, so writers queue for the one connection that may write,
/// and any number of readers see the last commit. PostgreSQL needs no such split.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    /// See [`AtOnce::lazy`].
    lazy: Option<DatabaseConnection>,
}

impl Store {
    /// Opens `url` (`sqlite:…` or `postgres:…`), makes missing folders and brings the schema up
    /// to date under a lock.
    ///
    /// # Errors
    /// A database that cannot be reached, or that a newer version of Colloquy has changed.
    pub async fn open(url: &str, connections: u32) -> anyhow::Result<Self> {
        let newer = "the database cannot be brought up to date (is it of a newer Colloquy?)";
        if let Some(file) = sqlite_file(url) {
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make the folder {}", folder.display()))?;
            }
            let writer = Database::connect(sqlite(url, 1, false))
                .await
                .with_context(|| format!("cannot open {}", file.display()))?;
            let lock = File::create(file.with_extension("lock"))?;
            // Waiting for another process must not hold up a thread that others run on.
            let lock = spawn_blocking(move || lock.lock().map(|()| lock)).await??;
            Migrator::up(&writer, None).await.context(newer)?;
            lock.unlock()?;
            let reader = Database::connect(sqlite(url, connections, true)).await?;
            Ok(Self { reader, writer, lazy: None })
        } else {
            let mut options = common(url);
            options.max_connections(connections.max(3));
            let both = Database::connect(options).await.context("cannot reach the database")?;
            // SeaORM takes no lock of its own: nodes that start together would fail.
            let mut alone = common(url);
            alone.max_connections(1);
            let holder = Database::connect(alone).await?;
            holder
                .execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})"))
                .await?;
            let migrated = Migrator::up(&both, None).await.context(newer);
            holder.close().await?;
            migrated?;
            let mut lazy = common(url);
            lazy.max_connections(1).connect_lazy(true).map_sqlx_postgres_opts(|postgres| {
                postgres.options([("synchronous_commit", "off")])
            });
            let lazy = Some(Database::connect(lazy).await?);
            Ok(Self { reader: both.clone(), writer: both, lazy })
        }
    }

    /// The connection to read with.
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// A transaction to write with: dropped without `commit`, it leaves no trace.
    ///
    /// On SQLite it takes the write lock at once, so that it waits its turn there and never
    /// fails half-way with "database is locked"; PostgreSQL has no such mode.
    ///
    /// # Errors
    /// No connection within 10 seconds.
    pub async fn write(&self) -> Result<DatabaseTransaction, DbErr> {
        let tx = self
            .writer
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            })
            .await?;
        // A request that names itself is kept with what it does.
        repeats::keep_name(&tx).await?;
        Ok(tx)
    }

    /// Where several can write at once; `None` on SQLite.
    pub fn at_once(&self) -> Option<AtOnce<'_>> {
        let lazy = self.lazy.as_ref()?;
        Some(AtOnce { durable: &self.writer, lazy })
    }

    /// A transaction to read with, in which everything is as it was at one moment.
    ///
    /// # Errors
    /// No connection within 10 seconds.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        if self.reader.get_database_backend() == DbBackend::Sqlite {
            return self.reader.begin().await;
        }
        let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
        self.reader.begin_with_config(Some(level), Some(mode)).await
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> bool {
        self.reader.execute_unprepared("SELECT 1").await.is_ok()
    }

    /// Closes every connection, after which nothing is half written.
    ///
    /// # Errors
    /// A connection that does not close.
    pub async fn close(self) -> Result<(), DbErr> {
        if let Some(lazy) = self.lazy {
            lazy.close().await?;
        }
        self.reader.close().await?;
        self.writer.close().await
    }
}

/// Two ways to write at the same time, each statement a transaction of its own.
#[derive(Clone, Copy, Debug)]
pub struct AtOnce<'a> {
    /// What has been written is on disk.
    pub durable: &'a DatabaseConnection,
    /// What has been written is on disk at the latest when something durable is that was begun after
    /// it: the log is written in order (PostgreSQL 15, 30.4).
    pub lazy: &'a DatabaseConnection,
}

/// What a look at a database found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is made at the first start.
    NotYet,
    /// It answers, and says what time it is; SQLite has no time of its own.
    Answers(Option<DateTime<Utc>>),
}

/// Looks at the database at `url` and changes nothing.
///
/// # Errors
/// A database that cannot be reached or opened.
pub async fn look(url: &str) -> anyhow::Result<Seen> {
    let file = sqlite_file(url);
    let options = match &file {
        Some(file) if !file.exists() => return Ok(Seen::NotYet),
        Some(_) => sqlite(url, 1, true),
        None => common(url),
    };
    let db = Database::connect(options).await.context("cannot reach the database")?;
    let time = if file.is_some() {
        db.execute_unprepared("SELECT 1").await?;
        None
    } else {
        let asked = Statement::from_string(DbBackend::Postgres, "SELECT now() AS now");
        let row = db.query_one_raw(asked).await?;
        row.map(|row| row.try_get("", "now")).transpose()?
    };
    db.close().await?;
    Ok(Seen::Answers(time))
}

/// The file of a SQLite address.
fn sqlite_file(url: &str) -> Option<PathBuf> {
    if !DbBackend::Sqlite.is_prefix_of(url) {
        return None;
    }
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    path.split('?').next().map(|path| Path::new(path).to_owned())
}

fn common(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .acquire_timeout(Duration::from_secs(10))
        // A connection that was used just now is there: to ask it each time is a round trip for
        // every query.
        .test_before_acquire_if_idle_for(Duration::from_secs(1))
        .sqlx_logging_level(tracing::log::LevelFilter::Trace)
        .record_stmt_in_spans(false);
    options
}

fn sqlite(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = common(url);
    options.max_connections(connections).map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: what a person was told is kept survives a power cut; NORMAL loses it.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true);
        // Each connection has its own. The system keeps the file's pages too, so more room here
        // makes nothing faster.
        if read_only {
            return sqlite.pragma("query_only", "ON").pragma("cache_size", "-1024");
        }
        // Random ids touch pages all over the tables, and 16 MiB of log gather before they are
        // written back.
        sqlite
            .pragma("cache_size", "-8192")
            .pragma("wal_autocheckpoint", "4096")
            // What is erased is overwritten, not only unlinked.
            .pragma("secure_delete", "ON")
    });
    options
}
