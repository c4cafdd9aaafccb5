//! Bring an article, and see what was found in it.

use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use maud::Markup;

use crate::acts::bring_article::{self, EXAMPLE, as_read};
use crate::acts::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use crate::article::{self, Candidate, CandidateKind, Format};
use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::status::Status;
use crate::error::AppError;
use crate::href;
use crate::store::articles::{self, Article};
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::ui::layout::Step;
use crate::web::upload;

mod view;

/// Articles are taken up to this many bytes.
const LARGEST: usize = 16 << 20;

/// `GET /desk/new`
pub async fn bring_page(organizer: Organizer) -> Markup {
    view::bring(&organizer.0, "", None)
}

/// `POST /desk/new`: an uploaded file, or pasted text.
pub async fn bring(
    app: App,
    organizer: Organizer,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let sent = upload::read(form, LARGEST).await?;
    let text = match sent.file() {
        Some((_, bytes)) => article::decode(bytes),
        None => article::decode(sent.text("text").as_bytes()),
    };
    let name = sent.file().map(|(name, _)| name.as_str());
    let format = Format::guess(name, &text);
    let problem = if !is_text(&text) {
        Some(
            "This file holds no text that we can read. Save the article as Markdown, HTML or plain text, or paste it below.",
        )
    } else if article::read(&text, format).is_err() {
        Some("There was no text in it. Choose a file, or paste the article below.")
    } else {
        None
    };
    if problem.is_some() {
        let page = view::bring(&organizer.0, sent.text("text"), problem);
        return Ok(HttpResponse::UnprocessableEntity()
            .content_type("text/html; charset=utf-8")
            .body(page.into_string()));
    }
    let questionnaire =
        bring_article::bring_article(&app, organizer.0.id, &text, format, false).await?;
    Ok(see(&questionnaire, "article"))
}

/// Whether what was decoded is text: pictures and archives come out as signs of what was not.
fn is_text(text: &str) -> bool {
    let unreadable = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    unreadable * 20 <= text.chars().count()
}

/// `POST /desk/example`: the example article, brought as any other.
pub async fn bring_example(
    app: App,
    organizer: Organizer,
    _sent: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let (id, format) = (organizer.0.id, Format::Markdown);
    let questionnaire = bring_article::bring_article(&app, id, EXAMPLE, format, true).await?;
    Ok(see(&questionnaire, "article"))
}

/// `GET /desk/q/{slug}/article`: the article with what was found in it.
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let article = of(&app, &questionnaire).await?;
    let read = as_read(&article)?;
    let candidates = article::candidates(&read);
    let asked = questionnaires::asked(app.store.read(), questionnaire.id).await?;
    let rows: Vec<view::Row<'_>> = candidates
        .iter()
        .map(|candidate| view::Row { candidate, asked: is_asked(&asked, candidate) })
        .collect();
    let marks: Vec<(usize, usize, String)> = (0..)
        .zip(&candidates)
        .filter(|(_, c)| c.kind != CandidateKind::Allocation)
        .map(|(number, c)| (c.start, c.end, format!("c{number}")))
        .collect();
    let html = article::to_html(&read, &marks);
    let steps = steps(&app, &questionnaire, Some(Step::Article)).await?;
    let fresh = asked.is_empty();
    Ok(view::found(&organizer.0, &steps, &questionnaire, &article, &rows, &html, fresh))
}

/// `POST /desk/q/{slug}/article`: takes the ticked candidates into the questionnaire.
pub async fn take(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let article = of(&app, &questionnaire).await?;
    let candidates = article::candidates(&as_read(&article)?);
    let asked = questionnaires::asked(app.store.read(), questionnaire.id).await?;
    let ticked: Vec<Candidate> = (0..)
        .zip(candidates)
        .filter(|(number, candidate): &(usize, _)| {
            fields.has("take", &number.to_string()) && !is_asked(&asked, candidate)
        })
        .map(|(_, candidate)| candidate)
        .collect();
    let now = app.clock.now();
    let edited = if asked.is_empty() {
        bring_article::draft_of(&questionnaire, &ticked, now)
    } else {
        with_more(&questionnaire, &asked, &ticked, now)
    };
    if edited.questions.len() > asked.len() || questionnaire.status == Status::Draft {
        save_questionnaire(&app, questionnaire.clone(), edited).await?;
    }
    Ok(see(&questionnaire, "questionnaire"))
}

/// The present questions, and behind them those that were ticked as well; statements join the
/// statements that are there.
fn with_more(
    questionnaire: &Questionnaire,
    asked: &[Asked],
    ticked: &[Candidate],
    now: DateTime<Utc>,
) -> Edited {
    let mut questions: Vec<EditedQuestion> = asked
        .iter()
        .map(|asked| EditedQuestion {
            key: Some(asked.key.clone()),
            wording: asked.wording.clone(),
            passage: asked.passage,
            shown: vec![],
        })
        .collect();
    let last = match asked.last().map(|asked| &asked.wording.kind) {
        Some(Kind::Contact(_)) => questions.pop(),
        _ => None,
    };
    let mut more = bring_article::questions_of(ticked, &questionnaire.language, now);
    more.retain(|new| !matches!(new.wording.kind, Kind::Contact(_) | Kind::Availability(_)));
    for new in more {
        let present = questions.iter_mut().find_map(|q| match &mut q.wording.kind {
            Kind::Statements(kind) => Some(kind),
            _ => None,
        });
        match (&new.wording.kind, present) {
            (Kind::Statements(added), Some(present)) => {
                // Their keys are those of another list: they get new ones when they are kept.
                let new = |line: &Line| Line { key: String::new(), ..line.clone() };
                present.statements.extend(added.statements.iter().map(new));
            }
            _ => questions.push(new),
        }
    }
    questions.extend(last);
    Edited {
        title: questionnaire.title.clone(),
        introduction: questionnaire.introduction.clone(),
        translations: questionnaire.options().translations,
        questions,
        ..Edited::default()
    }
}

/// Whether a candidate is on the form already: its passage with its kind, or its very words.
fn is_asked(asked: &[Asked], candidate: &Candidate) -> bool {
    asked.iter().any(|asked| match &asked.wording.kind {
        Kind::Statements(kind) => {
            candidate.kind == CandidateKind::Statement
                && kind.statements.iter().any(|line| line.text == candidate.text)
        }
        kind => {
            let same_kind = matches!(
                (kind, candidate.kind),
                (Kind::Open(_), CandidateKind::Open | CandidateKind::Further)
                    | (Kind::Allocation(_), CandidateKind::Allocation)
                    | (Kind::Single(_), CandidateKind::Single)
            );
            same_kind && asked.passage == Some((candidate.start, candidate.end))
        }
    })
}

/// The questionnaire's article.
pub async fn of(app: &App, questionnaire: &Questionnaire) -> Result<Article, AppError> {
    articles::by_id(app.store.read(), questionnaire.article_id).await?.ok_or(AppError::NotFound)
}

fn see(questionnaire: &Questionnaire, page: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, href::desk(&questionnaire.slug, page)))
        .finish()
}
