//! The composition root: settings in, a listening service with its workers out.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use anyhow::Context as _;
use secrecy::ExposeSecret as _;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing_actix_web::TracingLogger;

use crate::analysis::themes::Model;
use crate::clock::Clock;
use crate::config::Settings;
use crate::fetch::Fetcher;
use crate::insight::Cache;
use crate::jobs;
use crate::narrator::Narrator;
use crate::service::Service;
use crate::store::Store;
use crate::store::forms::Forms;
use crate::store::intake::Intake;
use crate::store::mixing::keys::Keys;
use crate::store::reach::Counting;
use crate::store::settings;
use crate::store::spool::Spool;
use crate::telemetry::Spans;
use crate::web as pages;

/// A service that is ready to run.
pub struct Application {
    /// The port it listens on.
    pub port: u16,
    /// The parts it runs on; tests look at them.
    pub service: Service,
    server: Server,
    stop: watch::Sender<bool>,
    writer: JoinHandle<()>,
    worker: JoinHandle<()>,
}

/// What themes are found with: the larger model if its file is there, else the one in the program.
///
/// # Errors
/// A file that cannot be read, is named in the settings and not there, or is damaged.
pub fn themes_model(settings: &Settings) -> anyhow::Result<Model> {
    let file = settings.themes.place(&settings.data);
    if settings.themes.model.as_os_str().is_empty() && !file.exists() {
        return Ok(Model::default());
    }
    let of = || format!("the model for themes, {}", file.display());
    Model::read(std::fs::read(&file).with_context(of)?).with_context(of)
}

/// Opens the database and starts the writer: all that commands without pages need.
///
/// # Errors
/// A database that cannot be opened or brought up to date.
pub async fn open(settings: &Settings, clock: Clock) -> anyhow::Result<(Service, JoinHandle<()>)> {
    // Clients of other services take it from here; a second call changes nothing.
    drop(rustls::crypto::ring::default_provider().install_default());
    let url = settings.database.url.expose_secret();
    let store = Store::open(url, settings.database.connections).await?;
    let tx = store.write().await?;
    let secret = settings::secret(&tx, clock.bytes()).await?;
    tx.commit().await?;
    let (intake, writer) = Intake::start(store.clone());
    let folder = settings.data.join("mixer");
    let mixer = Keys::open(&folder, clock.now())
        .with_context(|| format!("cannot read the mixer's keys in {}", folder.display()))?;
    let public_url = match settings.server.public_url.as_str() {
        "" => format!("http://{}:{}", settings.server.host, settings.server.port),
        given => given.to_owned(),
    };
    let narrator = Narrator::of(&settings.narrator);
    let fetcher = Fetcher::of(&settings.fetch);
    let signer = Arc::new(settings.dkim.signer(settings.mail.from.email.domain())?);
    let settings = Arc::new(settings.clone());
    let public_url = Arc::from(public_url);
    let spool = Spool::open(settings.data.join("spool"), secret.spool_key());
    let service = Service {
        store,
        intake,
        spool,
        forms: Forms::default(),
        clock,
        mixer,
        reach: Counting::default(),
        closing: watch::Sender::new(false),
        secret,
        insights: Cache::default(),
        fetcher,
        narrator,
        signer,
        settings,
        public_url,
        post: Arc::default(),
    };
    Ok((service, writer))
}

impl Application {
    /// Opens the database, binds the port and starts the workers.
    ///
    /// # Errors
    /// A database that cannot be opened, a port that is taken.
    pub async fn build(settings: &Settings, clock: Clock) -> anyhow::Result<Self> {
        let (host, port) = (settings.server.host.as_str(), settings.server.port);
        let listener = TcpListener::bind((host, port))
            .with_context(|| format!("cannot listen on {host}:{port}; is it taken?"))?;
        let port = listener.local_addr()?.port();
        let mut settings = settings.clone();
        settings.server.port = port;
        let model = themes_model(&settings)?;
        let (mut service, writer) = open(&settings, clock).await?;
        service.insights = Cache::with(model);
        let (stop, stopping) = watch::channel(false);
        let worker = tokio::spawn(jobs::run(service.clone(), stopping));
        let shared = web::Data::new(service.clone());
        let gate = web::Data::new(pages::guard::Gate::default());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .app_data(gate.clone())
                .wrap(from_fn(pages::api::caller::known))
                .wrap(from_fn(pages::audit::note))
                .wrap(from_fn(pages::guard::limits))
                .wrap(from_fn(pages::guard::same_origin_writes))
                .wrap(from_fn(pages::guard::text_back))
                .wrap(from_fn(pages::guard::security_headers))
                .wrap(Compress::default())
                .wrap(TracingLogger::<Spans>::new())
                .configure(pages::routes::configure)
        })
        .workers(settings.server.workers)
        .max_connections(settings.server.connections)
        .client_request_timeout(Duration::from_secs(20))
        // A hundred thousand readers who are writing must not mean as many open connections.
        .keep_alive(Duration::from_secs(5))
        .shutdown_timeout(20)
        .listen(listener)?
        .run();
        Ok(Self { port, service, server, stop, writer, worker })
    }

    /// Answers until a signal asks to stop; then lets requests end, keeps every submission that
    /// was handed in, lets the mail in hand go out, and closes the database.
    ///
    /// # Errors
    /// A server that fails.
    pub async fn run(self) -> anyhow::Result<()> {
        let Self { service, server, stop, writer, worker, .. } = self;
        let closing = tokio::spawn(close_when_told(service.closing.clone()));
        let served = server.await;
        closing.abort();
        service.closing.send_replace(true);
        let _ = stop.send(true);
        let _ = tokio::time::timeout(Duration::from_secs(20), worker).await;
        let Service { store, intake, .. } = service;
        drop(intake);
        let _ = tokio::time::timeout(Duration::from_secs(20), writer).await;
        store.close().await?;
        Ok(served?)
    }

    /// A handle that stops the service as a signal would.
    pub fn handle(&self) -> Handle {
        Handle { server: self.server.handle(), closing: self.service.closing.clone() }
    }
}

/// Stops a service that runs.
#[derive(Clone, Debug)]
pub struct Handle {
    server: ServerHandle,
    closing: watch::Sender<bool>,
}

impl Handle {
    /// Stops it; `graceful`: requests that are being answered end first. The order is given when
    /// this is called; what it returns waits until it is carried out.
    pub fn stop(&self, graceful: bool) -> impl Future<Output = ()> + use<> {
        self.closing.send_replace(true);
        self.server.stop(graceful)
    }
}

/// Lets what waits without an end, like pages that keep themselves up to date, end at the signal
/// at which the server begins to wait for its requests.
async fn close_when_told(closing: watch::Sender<bool>) {
    let told = async {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            if let Ok(mut terminate) = signal(SignalKind::terminate()) {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
                return;
            }
        }
        let _ = tokio::signal::ctrl_c().await;
    };
    told.await;
    closing.send_replace(true);
}
