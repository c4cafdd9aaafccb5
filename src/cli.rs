//! The command line. Without a command, Colloquy serves.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command answers on the terminal")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::acts::bring_example::bring_example;
use crate::acts::fill_example::fill_example;
use crate::acts::note_deed::{Deed, note_deed};
use crate::acts::sign_in;
use crate::app::{self, Application};
use crate::clock::Clock;
use crate::config::{Flags, Settings};
use crate::domain::status::Way;
use crate::domain::{OrganizerId, QuestionnaireId};
use crate::href;
use crate::service::Service;
use crate::store::organizers;
use crate::telemetry;
use tokio::task::JoinHandle;

mod doctor;
mod model;
mod opinions;
mod polis;
mod publish;
mod questions;
pub mod seats;
mod streams;
mod themes;

/// From an article's open questions to a small-group discussion worth having.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Args, Debug)]
struct Common {
    /// Settings that differ from the defaults (TOML)
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// The folder for what is kept
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// sqlite:PATH or <postgres://USER:PASSWORD@HOST/NAME>
    #[arg(long, global = true)]
    database: Option<String>,
    /// The address to listen on
    #[arg(long, global = true)]
    host: Option<String>,
    /// The port to listen on; 0: the system chooses
    #[arg(long, global = true)]
    port: Option<u16>,
    /// What links in mails begin with
    #[arg(long, global = true)]
    public_url: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests (what happens without a command)
    Serve,
    /// Print a link with which the first organizer signs in once
    SignIn,
    /// Open to readers: an article with the questions found in it, or a questionnaire as a file
    Publish(publish::Wanted),
    /// Fill the example questionnaire with made-up responses, to see what Colloquy does with them
    Demo,
    /// Bring a conversation that was held with Polis: statements as questions, votes as responses
    ImportPolis {
        /// The folder with Polis's CSV files, or a ZIP archive of them
        folder: PathBuf,
        /// What the questionnaire is called, if not as summary.csv or the folder
        #[arg(long)]
        title: Option<String>,
    },
    /// Ask a running service whether it is well
    Health,
    /// Look at everything that Colloquy needs: disk, database, clock, address, mail server, DNS
    Doctor(doctor::Wanted),
    /// Print what in an article can become a question, best first
    Questions(questions::Wanted),
    /// Look for opinion groups in a table of votes, as Polis exports it or any other
    Opinions(opinions::Wanted),
    /// Print the themes of the open answers in a table, with quotes and counts
    Themes(themes::Wanted),
    /// Seat people into groups of mixed views, from a file
    Seats(seats::Wanted),
    /// Say which model themes are found with, or put in the larger one
    Model(model::Wanted),
}

/// Runs the command; its error goes to standard error with all its causes.
pub fn main(cli: Cli) -> ExitCode {
    let ran = actix_web::rt::System::new().block_on(run(cli));
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("colloquy: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    let common = cli.common;
    let settings = || -> anyhow::Result<Settings> {
        let settings = Settings::load(&Flags {
            config: common.config,
            data: common.data,
            database: common.database,
            port: common.port,
            host: common.host,
            public_url: common.public_url,
        })?;
        telemetry::start(&settings.log)?;
        Ok(settings)
    };
    match cli.command.unwrap_or(Command::Serve) {
        // These need no settings and touch no database.
        Command::Questions(wanted) => questions::print(&wanted),
        Command::Opinions(wanted) => opinions::print(&wanted),
        Command::Themes(wanted) => themes::print(&wanted),
        Command::Seats(wanted) => seats::print(&wanted),
        Command::Serve => serve(&settings()?).await,
        Command::SignIn => {
            let (service, writer) = app::open(&settings()?, Clock::default()).await?;
            let organizer = sign_in::first_organizer(&service).await?;
            println!("{}", sign_in::make_link(&service, organizer).await?);
            note(&service, Some(organizer), None, "made a link to sign in").await;
            close(service, writer).await
        }
        Command::Publish(wanted) => publish::publish(&settings()?, &wanted).await,
        Command::Demo => demo(&settings()?).await,
        Command::ImportPolis { folder, title } => polis::import(&settings()?, &folder, title).await,
        Command::Health => health(&settings()?).await,
        Command::Doctor(wanted) => doctor::run(&settings()?, &wanted).await,
        Command::Model(wanted) => model::run(&settings()?, &wanted),
    }
}

async fn serve(settings: &Settings) -> anyhow::Result<()> {
    let application = Application::build(settings, Clock::default()).await?;
    let service = application.service.clone();
    println!("Colloquy answers at {}", service.link("/"));
    if organizers::nobody_signed_in(service.store.read()).await? {
        let organizer = sign_in::first_organizer(&service).await?;
        let link = sign_in::make_link(&service, organizer).await?;
        println!("Sign in as the first organizer, once, within the hour:\n{link}");
    }
    drop(service);
    application.run().await
}

/// Safe while the service runs on the same database: it writes as any other form does.
async fn demo(settings: &Settings) -> anyhow::Result<()> {
    let (service, writer) = app::open(settings, Clock::default()).await?;
    let organizer = sign_in::first_organizer(&service).await?;
    let questionnaire = bring_example(&service, organizer).await?;
    let (title, slug) = (questionnaire.title.clone(), questionnaire.slug.clone());
    let of = Some(questionnaire.id);
    let filled = fill_example(&service, questionnaire).await?;
    if filled.added > 0 {
        note(&service, None, of, "filled the example with made-up responses").await;
    }
    println!("The example: {title}");
    match filled.added {
        0 => println!("Its {} example responses were there already.", filled.examples),
        added => println!("{added} example responses added, each marked as an example."),
    }
    println!("Readers see it at {}", service.link(&href::questionnaire(&slug)));
    println!("Its desk is at    {}", service.link(&href::desk(&slug, "")));
    close(service, writer).await
}

/// Writes down what a command has done: the command line has done it, in nobody's name. Where that
/// is `whose` account, they find it among what was done with it. What is done is done: if it cannot
/// be written down, that is said.
async fn note(
    service: &Service,
    whose: Option<OrganizerId>,
    questionnaire: Option<QuestionnaireId>,
    deed: &str,
) {
    let way = Way::CommandLine;
    let done = Deed { organizer: whose, questionnaire, way, deed, detail: "" };
    if let Err(error) = note_deed(service, done).await {
        eprintln!("colloquy: this was not written down: {deed}: {error:#}");
    }
}

/// Lets everything that was handed in be kept, then closes the database.
async fn close(service: Service, writer: JoinHandle<()>) -> anyhow::Result<()> {
    let Service { store, intake, .. } = service;
    drop(intake);
    writer.await?;
    Ok(store.close().await?)
}

/// For container health checks, where no other client may be there.
async fn health(settings: &Settings) -> anyhow::Result<()> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let (host, port) = (settings.server.host.as_str(), settings.server.port);
    let host = if host == "0.0.0.0" { "127.0.0.1" } else { host };
    let ask = async {
        let mut stream = tokio::net::TcpStream::connect((host, port)).await?;
        let request = format!("GET /health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        anyhow::ensure!(answer.starts_with("HTTP/1.1 200"), "it is not well: {answer}");
        println!("ok");
        Ok(())
    };
    tokio::time::timeout(std::time::Duration::from_secs(5), ask).await?
}
