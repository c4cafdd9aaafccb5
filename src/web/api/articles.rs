//! Articles: brought, read, and what was found in them taken as questions.

use std::collections::BTreeSet;

use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use utoipa::ToSchema;

use super::answered::{Created, Shown};
use super::asked::{Json, Upload};
use super::questionnaires::{self, Questionnaire};
use crate::acts::bring_article::{as_read, bring_article};
use crate::acts::import_polis::import_polis;
use crate::acts::take_candidates::{is_asked, take_candidates};
use crate::article::{self, Candidate, CandidateKind, Format};
use crate::error::AppError;
use crate::export::polis::read::{self as polis, Conversation, Unreadable};
use crate::store::articles;
use crate::store::questionnaires::{self as kept, Questionnaire as Kept};
use crate::web::extract::{App, Organizer};

/// In which notation an article is written.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Notation {
    /// Markdown, with or without front matter.
    Markdown,
    /// A page or a piece of one.
    Html,
    /// Paragraphs between empty lines.
    Text,
}

/// An article to be brought: a text, or a file.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BringArticle {
    /// The text.
    pub text: Option<String>,
    /// The file, instead of the text.
    pub file: Option<Upload>,
    /// In which notation; left out: as it looks.
    pub format: Option<Notation>,
}

/// An article, and what was found in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Article {
    /// Its title.
    pub title: String,
    /// Its day, as it says.
    pub date: Option<String>,
    /// Where it is from, as it says.
    pub source: Option<String>,
    /// Its address, as it says.
    pub link: Option<String>,
    /// Its language, as a language tag.
    pub language: String,
    /// In which notation it was brought.
    pub format: String,
    /// Its text, as it was brought.
    pub text: String,
    /// What in it can become a question, best first.
    pub found: Vec<Found>,
}

/// Something in an article that can become a question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Found {
    /// Its number: by it, it is taken.
    pub number: usize,
    /// What it becomes: `open`, `single`, `allocation`, `statement`, or `further` for what the
    /// article asks itself.
    pub kind: String,
    /// Its words.
    pub text: String,
    /// The options that the author names.
    pub options: Vec<String>,
    /// Where it begins, in bytes of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Where it stands and what makes it a question.
    pub why: String,
    /// Whether we would take it.
    pub suggested: bool,
    /// Whether it is on the form already.
    pub asked: bool,
}

/// What is taken as questions.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeFound {
    /// The numbers of what is taken.
    pub take: BTreeSet<usize>,
}

/// The files of a conversation that was held with Polis.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BringPolis {
    /// The five files that Polis writes, or an archive of them.
    #[schema(min_items = 1, max_items = 10)]
    pub files: Vec<Upload>,
}

/// `POST /api/v1/articles`
pub async fn bring(
    app: App,
    me: Organizer,
    Json(brought): Json<BringArticle>,
) -> Result<Created<Questionnaire>, AppError> {
    let no_text = || AppError::Refused("There is no text in it.".to_owned());
    let (text, name) = match (brought.text, &brought.file) {
        (Some(text), None) => (text, None),
        (None, Some(file)) => (article::decode(&file.bytes()?), Some(file.name.as_str())),
        _ => {
            let why = "Send either a text or a file.";
            return Err(AppError::Refused(why.to_owned()));
        }
    };
    let format = match brought.format {
        Some(Notation::Markdown) => Format::Markdown,
        Some(Notation::Html) => Format::Html,
        Some(Notation::Text) => Format::Text,
        None => Format::guess(name, &text),
    };
    if article::read(&text, format).is_err() {
        return Err(no_text());
    }
    let of = bring_article(&app, me.0.id, &text, format, false).await?;
    questionnaires::made(&app, &me, of).await
}

async fn of(app: &App, of: &Kept) -> Result<(articles::Article, Vec<Candidate>), AppError> {
    let article = articles::by_id(app.store.read(), of.article_id).await?;
    let article = article.ok_or(AppError::NotFound)?;
    let read = as_read(&article)?;
    let found = spawn_blocking(move || article::candidates(&read)).await;
    Ok((article, found.map_err(anyhow::Error::from)?))
}

/// `GET /api/v1/questionnaires/{slug}/article`
pub async fn show(app: App, me: Organizer, slug: Path<String>) -> Result<Shown<Article>, AppError> {
    let questionnaire = me.questionnaire(&app, &slug).await?;
    let (article, found) = of(&app, &questionnaire).await?;
    let asked = kept::asked(app.store.read(), questionnaire.id).await?;
    let see = |(number, one): (usize, Candidate)| Found {
        asked: is_asked(&asked, &one),
        number,
        kind: kind(one.kind).to_owned(),
        text: one.text,
        options: one.options,
        start: one.start,
        end: one.end,
        why: one.why,
        suggested: one.suggested,
    };
    Ok(Shown(Article {
        title: article.title,
        date: article.date,
        source: article.source,
        link: article.link,
        language: article.language,
        format: article.format,
        text: article.body,
        found: (0..).zip(found).map(see).collect(),
    }))
}

fn kind(of: CandidateKind) -> &'static str {
    match of {
        CandidateKind::Open => "open",
        CandidateKind::Allocation => "allocation",
        CandidateKind::Single => "single",
        CandidateKind::Statement => "statement",
        CandidateKind::Further => "further",
    }
}

/// `POST /api/v1/questionnaires/{slug}/article/questions`
pub async fn take(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<TakeFound>,
) -> Result<Shown<Questionnaire>, AppError> {
    let questionnaire = me.questionnaire(&app, &slug).await?;
    let (_, found) = of(&app, &questionnaire).await?;
    if let Some(unknown) = wanted.take.iter().find(|number| **number >= found.len()) {
        let why = format!("Nothing in the article has the number {unknown}.");
        return Err(AppError::Refused(why));
    }
    let taken = (0..).zip(found).filter(|(number, _)| wanted.take.contains(number));
    let taken: Vec<Candidate> = taken.map(|(_, candidate)| candidate).collect();
    let of = take_candidates(&app, questionnaire, taken).await?;
    Ok(Shown(questionnaires::seen(&app, &me, of).await?))
}

/// `POST /api/v1/polis`
pub async fn polis(
    app: App,
    me: Organizer,
    Json(brought): Json<BringPolis>,
) -> Result<Created<Questionnaire>, AppError> {
    let mut files = vec![];
    for file in &brought.files {
        files.push((file.name.clone(), file.bytes()?));
    }
    let archive = files.iter().find_map(|(name, _)| name.strip_suffix(".zip")).map(str::to_owned);
    let read = spawn_blocking(move || -> Result<Conversation, Unreadable> {
        let mut conversation = polis::read(&polis::unpacked(files)?)?;
        conversation.call_if_nameless(&archive.unwrap_or_default());
        Ok(conversation)
    });
    let conversation = read.await.map_err(anyhow::Error::from)?;
    let conversation = conversation.map_err(|why| AppError::Refused(why.to_string()))?;
    let imported = import_polis(&app, me.0.id, &conversation).await?;
    questionnaires::made(&app, &me, imported.questionnaire).await
}
