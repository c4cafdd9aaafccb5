//! `colloquy publish FILE`: an article, or a questionnaire as a file, opened to readers. Said twice
//! with `--slug`, it is done once.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use clap::Args;

use super::{close, note, streams};
use crate::acts::bring_article::introduction;
use crate::acts::bring_example::open_with_what_was_found;
use crate::acts::make_questionnaire::{make_questionnaire, save_document};
use crate::acts::publish_questionnaire::publish_questionnaire;
use crate::acts::sign_in;
use crate::app;
use crate::article::{self, Given};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::document::ArticleText;
use crate::domain::status::Status;
use crate::domain::text::shortened;
use crate::domain::{Document, OrganizerId, Slug};
use crate::forms;
use crate::href;
use crate::service::Service;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{documents, members};

/// What is to be published, and how.
#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// An article (Markdown, HTML, plain text), or a questionnaire: a document of Colloquy,
    /// SurveyJS, Typeform, LimeSurvey or an XLSForm; - reads standard input
    file: PathBuf,
    /// What the questionnaire is called, if not as the article
    #[arg(long)]
    title: Option<String>,
    /// Its address, /q/SLUG; the same content again changes nothing
    #[arg(long)]
    slug: Option<Slug>,
    /// Change the questionnaire that is at this address already, where the file differs
    #[arg(long, requires = "slug")]
    update: bool,
    /// Print what was done as JSON
    #[arg(long)]
    json: bool,
}

/// What was done.
struct Done {
    questionnaire: Questionnaire,
    what: &'static str,
    /// What of it changes something, for the log.
    deeds: Vec<&'static str>,
}

/// A draft was opened to readers.
const PUBLISHED: &str = "published the questionnaire";

/// Publishes the file. Safe while the service runs on the same database.
pub(super) async fn publish(settings: &Settings, wanted: &Wanted) -> anyhow::Result<()> {
    let title = wanted.title.as_deref().map(str::trim);
    ensure!(title != Some(""), "The title is empty");
    let bytes = streams::bytes_of(&wanted.file)?;
    let name = wanted.file.to_str().filter(|name| *name != "-");
    let (mut document, notes, found) = match form(name, &bytes)? {
        Some((document, notes)) => (document, notes, false),
        None => (of_article(name, &bytes)?, vec![], true),
    };
    if let Some(title) = title {
        title.clone_into(&mut document.title);
    }
    let (service, writer) = app::open(settings, Clock::default()).await?;
    let organizer = sign_in::first_organizer(&service).await?;
    let done = match present(&service, organizer, wanted.slug.as_ref()).await? {
        Some(present) => again(&service, present, document, (found, title), wanted.update).await?,
        None => first(&service, organizer, document, wanted.slug.clone(), found).await?,
    };
    let of = Some(done.questionnaire.id);
    for deed in &done.deeds {
        note(&service, None, of, deed).await;
    }
    say(&service, wanted.json, done, notes);
    close(service, writer).await
}

/// The file as a form, with what could not be kept; nothing where it is an article.
fn form(name: Option<&str>, bytes: &[u8]) -> anyhow::Result<Option<(Document, Vec<String>)>> {
    let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let is_form = ending.is_some_and(|e| ["json", "xlsx", "tsv"].contains(&e))
        || bytes.trim_ascii_start().starts_with(b"{")
        || bytes.starts_with(b"PK\x03\x04") && ending != Some("docx");
    let read = match forms::read(name, bytes) {
        Ok(brought) if is_form || brought.source == forms::Source::LimeSurvey => brought,
        Err(why) if is_form => bail!(why),
        _ => return Ok(None),
    };
    let notes = read.notes.iter().map(|note| match note.about.as_str() {
        "" => note.what.clone(),
        about => format!("{about}: {}", note.what),
    });
    Ok(Some((read.document, notes.collect())))
}

/// A document of the article, without questions yet.
fn of_article(name: Option<&str>, bytes: &[u8]) -> anyhow::Result<Document> {
    let read = article::bring(&Given { bytes, name, ..Given::default() })?;
    let title = shortened(&read.title, 290);
    let mut document = Document::new(title, read.language);
    introduction(&document.language).clone_into(&mut document.introduction);
    document.article = Some(ArticleText { format: read.format.to_string(), text: read.text });
    Ok(document)
}

/// The questionnaire at this address, if there is one and the organizer works with it.
async fn present(
    service: &Service,
    organizer: OrganizerId,
    slug: Option<&Slug>,
) -> anyhow::Result<Option<Questionnaire>> {
    let Some(slug) = slug else { return Ok(None) };
    let db = service.store.read();
    let Some(found) = questionnaires::by_slug(db, slug).await? else { return Ok(None) };
    let role = members::role_of(db, found.id, organizer).await?;
    ensure!(role.is_some(), "Another organizer's questionnaire is at /q/{slug}");
    Ok(Some(found))
}

async fn first(
    service: &Service,
    organizer: OrganizerId,
    document: Document,
    slug: Option<Slug>,
    found: bool,
) -> anyhow::Result<Done> {
    let draft = make_questionnaire(service, organizer, document, slug).await??;
    let desk = service.link(&href::desk(&draft.slug, ""));
    let kept = || format!("it is kept as a draft: {desk}");
    let questionnaire = if found {
        open_with_what_was_found(service, draft).await.with_context(kept)?
    } else {
        open(service, draft).await.with_context(kept)?
    };
    Ok(Done { questionnaire, what: "published", deeds: vec![PUBLISHED] })
}

/// The file once more: the same content changes nothing, another one only where that is wished.
async fn again(
    service: &Service,
    present: Questionnaire,
    mut document: Document,
    (found, title): (bool, Option<&str>),
    update: bool,
) -> anyhow::Result<Done> {
    let slug = present.slug.clone();
    let kept = documents::of(service.store.read(), &present).await?;
    if found {
        let same = |one: &Document| one.article.as_ref().map(|article| article.text.clone());
        ensure!(
            same(&kept) == same(&document),
            "Another text is at /q/{slug}: bring the newer text of an article at its desk"
        );
        // What the desk has made of the article stays; a title that was said is taken.
        document = Document { title: title.unwrap_or(&kept.title).to_owned(), ..kept.clone() };
    }
    let mut aligned = document.clone();
    let asked = questionnaires::all_asked(service.store.read(), present.id).await?;
    let known: Vec<_> = asked.iter().map(|one| (one.key.as_str(), &one.wording)).collect();
    aligned.align(&known);
    aligned.name_questions(known.iter().map(|(key, _)| *key));
    if aligned.article.is_none() {
        aligned.article.clone_from(&kept.article);
    }
    let changed = aligned != kept;
    ensure!(
        !changed || update,
        "What is at /q/{slug} differs from this file: --update makes it a new version"
    );
    let (mut what, mut deeds) = ("unchanged", vec![]);
    let mut questionnaire = present;
    if changed {
        questionnaire = save_document(service, questionnaire, document, None).await??.questionnaire;
        what = "updated";
        deeds.push("changed the questionnaire");
    }
    // One that was closed stays closed: a script that runs every night must not open it.
    if questionnaire.status == Status::Draft {
        questionnaire = open(service, questionnaire).await?;
        what = "published";
        deeds.push(PUBLISHED);
    }
    Ok(Done { questionnaire, what, deeds })
}

async fn open(service: &Service, draft: Questionnaire) -> anyhow::Result<Questionnaire> {
    let published = publish_questionnaire(service, draft).await?;
    published.map_err(|obstacles| anyhow::anyhow!("it stays a draft: {}", obstacles.join(" ")))
}

fn say(service: &Service, json: bool, done: Done, notes: Vec<String>) {
    let Done { questionnaire, what, .. } = done;
    let link = service.link(&href::questionnaire(&questionnaire.slug));
    let desk = service.link(&href::desk(&questionnaire.slug, ""));
    if json {
        let said = serde_json::json!({
            "slug": questionnaire.slug.as_str(), "what": what, "link": link, "desk": desk,
            "notes": notes,
        });
        println!("{said}");
        return;
    }
    for note in notes {
        println!("Not as it was: {note}");
    }
    if what == "unchanged" {
        println!("Nothing has changed: it stands there as it does in the file.");
    }
    println!("Readers answer at {link}");
    println!("Its desk is at    {desk}");
}
