//! Articles: brought, read, and what was found in them taken as questions.

use std::collections::BTreeSet;

use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use utoipa::ToSchema;

use super::answered::{Created, Shown};
use super::asked::{Json, Upload};
use super::questionnaires::{self, Questionnaire};
use super::refusals;
use super::words::{FoundKind, Notation};
use crate::acts::bring_article::{Source, as_read, keep_article, read_article};
use crate::acts::import_polis::import_polis;
use crate::acts::take_candidates::{is_asked, take_candidates};
use crate::article::{self, Candidate};
use crate::error::AppError;
use crate::export::polis::read::{self as polis, Conversation, Unreadable};
use crate::store::articles;
use crate::store::questionnaires::{self as kept, Questionnaire as Kept};
use crate::web::extract::{App, Organizer};

/// An article to be brought: a text, a file (Markdown, HTML, DOCX, plain text), or its address.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BringArticle {
    /// The text.
    pub text: Option<String>,
    /// The file, instead of the text.
    pub file: Option<Upload>,
    /// Where it stands, instead of the text: it is fetched from there, if this service does that.
    #[schema(max_length = 2000, example = "https://example.org/article")]
    pub address: Option<String>,
    /// In which notation; left out: as it looks. A word processor's file needs none.
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
    /// What it becomes.
    pub kind: FoundKind,
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
    #[schema(value_type = Vec<usize>)]
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

impl BringArticle {
    /// Reads it, as the desk does.
    ///
    /// # Errors
    /// Nothing or more than one thing was sent; nothing in it is read; its address gave nothing.
    pub async fn read(self, app: &App) -> Result<article::Article, AppError> {
        let source = match (self.text, self.file, self.address) {
            (Some(text), None, None) => Source::Words(text),
            (None, Some(file), None) => Source::File(file.name.clone(), file.bytes()?),
            (None, None, Some(address)) => Source::Address(address.trim().to_owned()),
            _ => return Err(refusals::one_of("a text, a file or an address")),
        };
        let read = read_article(app, source, self.format.map(Into::into)).await;
        read.map_err(|why| AppError::Refused(why.to_string()))
    }
}

/// `POST /api/v1/articles`
pub async fn bring(
    app: App,
    me: Organizer,
    Json(brought): Json<BringArticle>,
) -> Result<Created<Questionnaire>, AppError> {
    let read = brought.read(&app).await?;
    let of = keep_article(&app, me.0.id, read, false).await?;
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
        kind: one.kind.into(),
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
