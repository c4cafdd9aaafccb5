//! An organizer brings an article: it is read, kept, and becomes a questionnaire in draft.

use sea_orm::{ConnectionTrait, DatabaseTransaction, Set};

use crate::article::{self, Format};
use crate::domain::status::{Mode, Status};
use crate::domain::{ArticleId, OrganizerId, QuestionnaireId, Slug};
use crate::service::Service;
use crate::store::articles::{self, Article, NewArticle};
use crate::store::questionnaires::{self, NewQuestionnaire, Questionnaire};

mod draft;
mod given;

pub use draft::{draft_of, questions_of};
pub use given::{NotBrought, Source, read_article};

/// The example article, part of the program.
pub const EXAMPLE: &str = include_str!("../../examples/article.md");

/// Reads a text and keeps it as [`keep_article`] does.
///
/// # Errors
/// An article without text, a database that refuses.
pub async fn bring_article(
    service: &Service,
    organizer: OrganizerId,
    text: &str,
    format: Format,
    example: bool,
) -> anyhow::Result<Questionnaire> {
    keep_article(service, organizer, article::read(text, format)?, example).await
}

/// Keeps an article and a draft questionnaire on it, without questions yet.
///
/// # Errors
/// A database that refuses.
pub async fn keep_article(
    service: &Service,
    organizer: OrganizerId,
    read: article::Article,
    example: bool,
) -> anyhow::Result<Questionnaire> {
    let slug = Slug::of_title(&read.title, "questions");
    let tx = service.store.write().await?;
    let new = Beginning {
        title: read.title.clone(),
        introduction: introduction(&read.language).to_owned(),
        language: read.language.clone(),
        example,
        mode: Mode::Identified,
    };
    let slug = free_slug(&tx, slug).await?;
    let questionnaire = begin(service, &tx, organizer, read, slug, new).await?;
    tx.commit().await?;
    Ok(questionnaire)
}

/// What a questionnaire begins with.
pub(super) struct Beginning {
    pub title: String,
    pub introduction: String,
    pub language: String,
    pub example: bool,
    pub mode: Mode,
}

/// Keeps an article and a draft questionnaire on it at a free address, as a part of `tx`.
pub(super) async fn begin(
    service: &Service,
    tx: &DatabaseTransaction,
    organizer: OrganizerId,
    read: article::Article,
    slug: Slug,
    new: Beginning,
) -> anyhow::Result<Questionnaire> {
    let now = service.clock.now();
    let id = keep_text(service, tx, read, None).await?;
    let questionnaire = questionnaires::insert(
        tx,
        NewQuestionnaire {
            id: Set(QuestionnaireId(service.clock.name())),
            organizer_id: Set(organizer),
            article_id: Set(id),
            slug: Set(slug),
            title: Set(new.title),
            introduction: Set(new.introduction),
            language: Set(new.language),
            status: Set(Status::Draft),
            version: Set(1),
            example: Set(new.example),
            created_at: Set(now),
            published_at: Set(None),
            closed_at: Set(None),
            mode: Set(new.mode),
            options: Set("{}".to_owned()),
        },
    )
    .await?;
    Ok(questionnaire)
}

/// Keeps the text of an article, as a part of `tx`. `earlier`: the one that it is to replace.
pub(super) async fn keep_text(
    service: &Service,
    tx: &DatabaseTransaction,
    read: article::Article,
    earlier: Option<ArticleId>,
) -> anyhow::Result<ArticleId> {
    let id = ArticleId(service.clock.name());
    articles::insert(
        tx,
        NewArticle {
            id: Set(id),
            title: Set(read.title),
            date: Set(read.date.map(|date| date.to_string())),
            source: Set(read.source),
            link: Set(read.link),
            summary: Set(read.summary),
            language: Set(read.language),
            format: Set(read.format.to_string()),
            body: Set(read.text),
            body_start: Set(i64::try_from(read.body_start)?),
            created_at: Set(service.clock.now()),
            earlier_id: Set(earlier),
        },
    )
    .await?;
    Ok(id)
}

/// The address that is wished for, or with a number behind it where it is taken.
pub(super) async fn free_slug(db: &impl ConnectionTrait, wished: Slug) -> anyhow::Result<Slug> {
    let mut slug = wished.clone();
    for number in 2.. {
        if questionnaires::by_slug(db, &slug).await?.is_none() {
            break;
        }
        slug = wished.numbered(number);
    }
    Ok(slug)
}

/// What a form says before its first question, until the organizer says it better.
pub fn introduction(language: &str) -> &'static str {
    match language {
        "zh" => "谢谢您读完这篇文章。下面的问题没有标准答案，答几个都可以，几句话就很好。",
        _ => {
            "Thank you for reading. None of these questions has a right answer: answer as many as \
             you like, a few sentences are plenty."
        }
    }
}

/// The kept article, as it was read.
///
/// # Errors
/// A stored format that this version does not know.
pub fn as_read(kept: &Article) -> anyhow::Result<article::Article> {
    Ok(article::Article {
        title: kept.title.clone(),
        date: kept.date.as_deref().and_then(|date| date.parse().ok()),
        source: kept.source.clone(),
        summary: kept.summary.clone(),
        link: kept.link.clone(),
        language: kept.language.clone(),
        format: kept.format.parse::<Format>()?,
        text: kept.body.clone(),
        body_start: usize::try_from(kept.body_start)?,
    })
}
