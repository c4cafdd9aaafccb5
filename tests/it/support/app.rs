//! Starts the service as `colloquy` itself does: a port, a database and workers of its own.

use std::ops::Deref;
use std::path::Path;

use chrono::{DateTime, Utc};
use colloquy::acts::sign_in;
use colloquy::app::{Application, Handle};
use colloquy::clock::Clock;
use colloquy::config::{Flags, Settings};
use colloquy::domain::OrganizerId;
use colloquy::service::Service;
use colloquy::store::organizers;
use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;

use super::Visitor;

/// A service that runs until the test is over. It is a visitor too: `app.get("/")`.
pub struct TestApp {
    /// Its parts: the store, the clock (which stands still until `service.clock.advance`), …
    pub service: Service,
    /// Its folder, gone with it.
    pub home: TempDir,
    visitor: Visitor,
    server: Handle,
}

impl Deref for TestApp {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

/// The time at which every test begins.
pub fn noon() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

impl TestApp {
    /// A service with the default settings on an empty database.
    pub async fn spawn() -> Self {
        Self::spawn_with(|_| {}).await
    }

    /// A service whose settings differ.
    pub async fn spawn_with(change: impl FnOnce(&mut Settings)) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut settings = Settings::load(&Flags {
            data: Some(home.path().to_owned()),
            database: Some(database_url(home.path()).await),
            port: Some(0),
            ..Flags::default()
        })
        .unwrap();
        settings.database.connections = 3;
        // The clock stands still: every form would look as if a script had sent it.
        settings.limits.form_seconds = 0;
        change(&mut settings);
        let (started, starting) = tokio::sync::oneshot::channel();
        // A thread and a runtime of its own: a test that fails leaves nothing waiting for it.
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let clock = Clock::at(noon());
                let app = Application::build(&settings, clock).await.expect("it starts");
                let _ = started.send((app.port, app.service.clone(), app.handle()));
                let _ = app.run().await;
            });
        });
        let (port, service, server) = starting.await.expect("it starts");
        let visitor = Visitor::at(&format!("http://127.0.0.1:{port}"));
        Self { service, home, visitor, server }
    }

    /// A service at which the first organizer is signed in.
    pub async fn signed_in() -> Self {
        let app = Self::spawn().await;
        app.sign_in().await;
        app
    }

    /// Signs this visitor in as the first organizer, through a link as it is printed.
    pub async fn sign_in(&self) {
        let path = self.sign_in_link().await;
        let page = self.post_form(&path, &[]).await;
        assert_eq!((page.status, page.header("location")), (303, "/desk"));
    }

    /// The path of a fresh link for the first organizer.
    pub async fn sign_in_link(&self) -> String {
        let organizer = sign_in::first_organizer(&self.service).await.unwrap();
        self.link_of(organizer).await
    }

    /// A visitor with cookies of their own, signed in as a further organizer.
    pub async fn another_organizer(&self, address: &str) -> Visitor {
        let id = OrganizerId(self.service.clock.name());
        let tx = self.service.store.write().await.unwrap();
        let address = Some(address.parse().unwrap());
        organizers::insert(&tx, id, address, "Another", self.service.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let visitor = self.stranger();
        let page = visitor.post_form(&self.link_of(id).await, &[]).await;
        assert_eq!(page.status, 303);
        visitor
    }

    /// A visitor with cookies of their own, signed in to nothing.
    pub fn stranger(&self) -> Visitor {
        Visitor::at(&self.visitor.address)
    }

    /// Stops it as a signal would; returns when it has.
    pub async fn stop(&self) {
        self.server.stop(true).await;
    }

    async fn link_of(&self, organizer: OrganizerId) -> String {
        let link = sign_in::make_link(&self.service, organizer).await.unwrap();
        link.split_once("/sign-in/").map(|(_, token)| format!("/sign-in/{token}")).unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // The order is given here; nobody waits for it to be carried out.
        drop(self.server.stop(false));
    }
}

/// The address of an empty database: a file in `home`, or a new database of the PostgreSQL that
/// `TEST_POSTGRES` names.
pub async fn database_url(home: &Path) -> String {
    match std::env::var("TEST_POSTGRES") {
        Ok(server) => {
            let name = format!("test_{}", uuid::Uuid::new_v4().simple());
            let db = Database::connect(&server).await.expect("the PostgreSQL for tests");
            let made = format!("CREATE DATABASE {name} TEMPLATE template0");
            db.execute_unprepared(&made).await.unwrap();
            db.close().await.unwrap();
            let (before, _) = server.rsplit_once('/').unwrap();
            format!("{before}/{name}")
        }
        Err(_) => format!("sqlite:{}", home.join("colloquy.db").display()),
    }
}
