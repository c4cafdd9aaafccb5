//! A questionnaire is made of a document, or changed to what a document says.

use sea_orm::DatabaseTransaction;

use super::bring_article::{Beginning, begin, free_slug};
use super::check_questionnaire;
use super::choose_mode;
use super::save_questionnaire::{Edited, EditedQuestion, save_in};
use crate::article::{self, Format};
use crate::domain::document::{ArticleText, DocumentQuestion, Fault};
use crate::domain::question::Line;
use crate::domain::status::Status;
use crate::domain::{Document, OrganizerId, Slug};
use crate::service::Service;
use crate::store::documents;
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// Why a document was not kept; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Another questionnaire has the address.
    #[error("another questionnaire has this address")]
    Taken,
    /// The questionnaire is no longer what whoever sent the document had seen.
    #[error("it was changed in between")]
    Changed,
    /// What stands in the way, place by place.
    #[error("{}", .0.iter().map(Fault::to_string).collect::<Vec<_>>().join(" "))]
    Faults(Vec<Fault>),
}

/// What a document did to a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The questionnaire as it now is.
    pub questionnaire: Questionnaire,
    /// Whether anything differs from before.
    pub changed: bool,
}

fn refused(pointer: &str, what: impl Into<String>) -> Refused {
    Refused::Faults(vec![Fault { pointer: pointer.to_owned(), what: what.into() }])
}

/// Keeps the document as a new questionnaire in draft, at `slug` or at an address made of its
/// title.
///
/// # Errors
/// A database that refuses.
pub async fn make_questionnaire(
    service: &Service,
    organizer: OrganizerId,
    document: Document,
    slug: Option<Slug>,
) -> anyhow::Result<Result<Questionnaire, Refused>> {
    let sound = match sound(document) {
        Ok(sound) => sound,
        Err(why) => return Ok(Err(why)),
    };
    let tx = service.store.write().await?;
    let made = make_in(service, &tx, organizer, sound, slug).await?;
    if made.is_ok() {
        tx.commit().await?;
    }
    Ok(made)
}

/// A document that can be kept, with its article as it was read.
pub(super) struct Sound {
    document: Document,
    article: article::Article,
}

/// The document with a key for every question; or what stands in the way.
pub(super) fn sound(document: Document) -> Result<Sound, Refused> {
    let mut document = document.sound().map_err(Refused::Faults)?;
    document.name_questions([]);
    let article = read_article(&document)?;
    Ok(Sound { document, article })
}

/// Keeps it as a new questionnaire in draft, as a part of `tx`: see [`make_questionnaire`].
pub(super) async fn make_in(
    service: &Service,
    tx: &DatabaseTransaction,
    organizer: OrganizerId,
    Sound { document, article }: Sound,
    slug: Option<Slug>,
) -> anyhow::Result<Result<Questionnaire, Refused>> {
    let slug = match slug {
        Some(slug) if questionnaires::by_slug(tx, &slug).await?.is_some() => {
            return Ok(Err(Refused::Taken));
        }
        Some(slug) => slug,
        None => free_slug(tx, Slug::of_title(&document.title, "questions")).await?,
    };
    Ok(Ok(keep(service, tx, organizer, document, article, slug).await?))
}

/// Keeps what a kept questionnaire says as a new one: it is as sound as that one.
pub(super) async fn make_as_it_is(
    service: &Service,
    organizer: OrganizerId,
    mut document: Document,
) -> anyhow::Result<Questionnaire> {
    document.name_questions([]);
    let article = read_article(&document)?;
    let tx = service.store.write().await?;
    let slug = free_slug(&tx, Slug::of_title(&document.title, "questions")).await?;
    let made = keep(service, &tx, organizer, document, article, slug).await?;
    tx.commit().await?;
    Ok(made)
}

async fn keep(
    service: &Service,
    tx: &DatabaseTransaction,
    organizer: OrganizerId,
    document: Document,
    article: article::Article,
    slug: Slug,
) -> anyhow::Result<Questionnaire> {
    let new = Beginning {
        title: document.title.clone(),
        introduction: document.introduction.clone(),
        language: document.language.clone(),
        example: false,
        mode: document.mode,
    };
    let made = begin(service, tx, organizer, article, slug, new).await?;
    put(service, tx, made, document, &[]).await
}

/// Changes the questionnaire to what the document says: its questions by their keys, and where
/// they have none by kind and words; what the document does not say is taken off the form. A
/// published question whose words differ gets a further wording. `seen` is the print
/// ([`Document::print`]) of the document that was changed, where the sender knows it.
///
/// # Errors
/// A database that refuses.
pub async fn save_document(
    service: &Service,
    questionnaire: Questionnaire,
    document: Document,
    seen: Option<&str>,
) -> anyhow::Result<Result<Saved, Refused>> {
    let mut document = match document.sound() {
        Ok(document) => document,
        Err(faults) => return Ok(Err(Refused::Faults(faults))),
    };
    let tx = service.store.write().await?;
    let questionnaire = questionnaires::held(&tx, questionnaire).await?;
    let present = documents::of(&tx, &questionnaire).await?;
    if seen.is_some_and(|seen| seen != present.print()) {
        return Ok(Err(Refused::Changed));
    }
    let asked = questionnaires::all_asked(&tx, questionnaire.id).await?;
    let known: Vec<_> = asked.iter().map(|asked| (asked.key.as_str(), &asked.wording)).collect();
    document.align(&known);
    document.name_questions(known.iter().map(|(key, _)| *key));
    match (&document.article, &present.article) {
        // Where nothing is said of the article, it stays.
        (None, before) => document.article.clone_from(before),
        (Some(wished), Some(before)) if wished.text == before.text => {}
        (Some(_), _) => {
            let what = "The article of a questionnaire is changed by bringing its newer text.";
            return Ok(Err(refused("/article", what)));
        }
    }
    // Passages belong to what was found in the article: a document does not move them.
    for question in &mut document.questions {
        let before = asked.iter().find(|asked| Some(&asked.key) == question.key.as_ref());
        if let Some(before) = before {
            question.passage = before.passage;
        }
    }
    if document == present {
        return Ok(Ok(Saved { questionnaire, changed: false }));
    }
    if document.language != present.language && questionnaire.status != Status::Draft {
        let what = "It is published: the language of its texts stays as it is.";
        return Ok(Err(refused("/language", what)));
    }
    let choice = choose_mode::choice(&tx, &questionnaire).await?;
    if !choice.allows(present.mode, document.mode) {
        return Ok(Err(refused("/mode", choice.why())));
    }
    let saved = put(service, &tx, questionnaire, document, &asked).await?;
    if saved.status != Status::Draft {
        let asked = questionnaires::asked(&tx, saved.id).await?;
        let obstacles = check_questionnaire::obstacles(&saved, &asked);
        if !obstacles.is_empty() {
            let fault = |what| Fault { pointer: String::new(), what };
            return Ok(Err(Refused::Faults(obstacles.into_iter().map(fault).collect())));
        }
    }
    tx.commit().await?;
    service.forms.changed();
    Ok(Ok(Saved { questionnaire: saved, changed: true }))
}

/// Makes the questionnaire what the document says. Its questions have keys that can be kept.
async fn put(
    service: &Service,
    tx: &DatabaseTransaction,
    questionnaire: Questionnaire,
    document: Document,
    asked: &[Asked],
) -> anyhow::Result<Questionnaire> {
    let stays = |key: &String| document.questions.iter().any(|q| q.key.as_ref() == Some(key));
    let on_form = asked.iter().filter(|asked| asked.position.is_some());
    let off = on_form.map(|asked| asked.key.clone()).filter(|key| !stays(key)).collect();
    let has_article = document.article.is_some();
    let question = |DocumentQuestion { key, wording, passage }: DocumentQuestion| {
        let before = asked.iter().find(|asked| Some(&asked.key) == key.as_ref());
        // Whoever writes a document has seen the whole of it: lines that are gone are meant to go.
        let lines = before.map_or(&[][..], |before| before.wording.kind.lines());
        let shown = lines.iter().map(|line: &Line| line.key.clone()).collect();
        EditedQuestion { key, wording, passage: passage.filter(|_| has_article), shown }
    };
    let edited = Edited {
        title: document.title,
        introduction: document.introduction,
        translations: document.options.translations.clone(),
        questions: document.questions.into_iter().map(question).collect(),
        off,
        ..Edited::default()
    };
    let mut options = document.options;
    // A document carries no pictures.
    options.logo = questionnaire.options().logo;
    let now = service.clock.now();
    let mut saved = save_in(service, tx, questionnaire, edited, now).await?;
    saved.language = document.language;
    saved.mode = document.mode;
    saved.set_options(&options);
    questionnaires::update(tx, saved.clone()).await?;
    Ok(saved)
}

/// The document's article, or one that has its title and no text.
fn read_article(document: &Document) -> Result<article::Article, Refused> {
    let Some(ArticleText { format, text }) = &document.article else {
        return Ok(article::Article {
            title: document.title.clone(),
            date: None,
            source: None,
            summary: None,
            link: None,
            language: document.language.clone(),
            format: Format::Text,
            text: String::new(),
            body_start: 0,
        });
    };
    let known = format.parse::<Format>();
    let format =
        known.map_err(|_unknown| refused("/article/format", "This format is not known."))?;
    article::read(text, format)
        .map_err(|_empty| refused("/article/text", "There is no text in it."))
}
