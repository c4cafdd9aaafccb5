//! A running Colloquy of one's own, and what people do with it.

use actix_web::dev::ServerHandle;
use chrono::{DateTime, Utc};
use colloquy::acts::sign_in;
use colloquy::app::Application;
use colloquy::clock::Clock;
use colloquy::config::{Flags, Settings};
use colloquy::service::Service;
use reqwest::header::LOCATION;
use reqwest::{Client, RequestBuilder, Response};
use scraper::{Html, Selector};
use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;

/// The time at which tests begin.
pub fn start() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

/// Settings for an installation in `folder`, on a database of its own.
pub async fn settings(folder: &TempDir) -> Settings {
    let database = match std::env::var("COLLOQUY_TEST_POSTGRES") {
        Ok(server) => Some(own_database(&server).await),
        Err(_) => None,
    };
    let flags = Flags {
        data: Some(folder.path().to_owned()),
        database,
        port: Some(0),
        host: Some("127.0.0.1".to_owned()),
        ..Flags::default()
    };
    let mut settings = Settings::load(&flags).unwrap();
    settings.server.workers = 1;
    settings.database.connections = 3;
    settings
}

async fn own_database(server: &str) -> String {
    let name = format!("t{}", uuid::Uuid::new_v4().simple());
    let (base, _) = server.rsplit_once('/').unwrap();
    let admin = Database::connect(server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    format!("{base}/{name}")
}

/// A service that listens, and a browser of sorts.
pub struct TestApp {
    /// `http://127.0.0.1:PORT`
    pub base: String,
    /// Keeps cookies, follows nothing.
    pub client: Client,
    /// What it runs on.
    pub service: Service,
    /// Its data.
    pub folder: TempDir,
    handle: ServerHandle,
}

impl TestApp {
    /// Starts one, at [`start`].
    pub async fn start() -> Self {
        Self::start_at(Clock::at(start())).await
    }

    /// Starts one with this clock.
    pub async fn start_at(clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(&folder).await;
        let app = Application::build(&settings, clock).await.unwrap();
        let (base, service) = (format!("http://127.0.0.1:{}", app.port), app.service.clone());
        let handle = app.handle();
        actix_web::rt::spawn(app.run());
        Self { base, client: client(), service, folder, handle }
    }

    /// Signs in as the first organizer, as the printed link does.
    pub async fn sign_in(&self) {
        let organizer = sign_in::first_organizer(&self.service).await.unwrap();
        let link = sign_in::make_link(&self.service, organizer).await.unwrap();
        let path = &link[link.find("/sign-in").unwrap()..];
        let answer = self.post(path, &[]).await;
        assert_eq!(answer.status(), 303, "signing in");
    }

    /// GET
    pub async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.base)).send().await.unwrap()
    }

    /// GET, which must succeed, as a page.
    pub async fn page(&self, path: &str) -> Page {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        Page::of(&answer.text().await.unwrap())
    }

    /// POST of a form, as a browser on our own page sends it.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.post_request(path).form(fields).send().await.unwrap()
    }

    /// A POST to be completed.
    pub fn post_request(&self, path: &str) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.base));
        request.header("sec-fetch-site", "same-origin")
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

/// A client that keeps cookies and follows no redirect.
pub fn client() -> Client {
    Client::builder()
        .cookie_store(true)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// Where an answer leads.
pub fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303, "a redirect after a form");
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// A page as it arrived.
pub struct Page(pub Html);

impl Page {
    /// Reads a page.
    pub fn of(text: &str) -> Self {
        Self(Html::parse_document(text))
    }

    /// The text of each element that fits, with single spaces.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let found = Selector::parse(selector).unwrap();
        let text = |element: scraper::ElementRef<'_>| {
            let text: String = element.text().collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.0.select(&found).map(text).collect()
    }

    /// An attribute of each element that fits and has it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let found = Selector::parse(selector).unwrap();
        let all = self.0.select(&found).filter_map(|element| element.value().attr(name));
        all.map(str::to_owned).collect()
    }

    /// All text of the page.
    pub fn text(&self) -> String {
        self.texts("body").join(" ")
    }
}
