//! Bring an article, and see what was found in it.

use actix_multipart::Multipart;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::Markup;

use crate::acts::bring_article::{self, EXAMPLE, Source, as_read, read_article};
use crate::acts::show_images::named;
use crate::acts::take_candidates::{is_asked, take_candidates};
use crate::article::{self, Candidate, CandidateKind, Format};
use crate::error::AppError;
use crate::href;
use crate::store::articles::{self, Article};
use crate::store::images as kept;
use crate::store::questionnaires::{self, Questionnaire};
use crate::web::answer::images::pictures;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::Step;
use crate::web::upload;

pub mod images;
pub mod newer;
mod view;

/// Articles are taken up to this many bytes.
const LARGEST: usize = 16 << 20;

/// `GET /desk/new`
pub async fn bring_page(app: App, organizer: Organizer) -> Markup {
    view::bring(&organizer.0, &app, &view::Typed::default(), None)
}

/// `POST /desk/new`: an uploaded file, an address, or pasted text.
pub async fn bring(
    app: App,
    organizer: Organizer,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let sent = upload::read(form, LARGEST).await?;
    let (typed, source, stated) = given(&sent);
    match read_article(&app, source, stated).await {
        Ok(read) => {
            let made = bring_article::keep_article(&app, organizer.0.id, read, false).await?;
            Ok(see(&made, "article"))
        }
        Err(why) => {
            let page = view::bring(&organizer.0, &app, &typed, Some(&why));
            Ok(reply::refused(page))
        }
    }
}

/// What was typed, what of it is the article, and its format where that is known.
fn given(sent: &upload::Sent) -> (view::Typed<'_>, Source, Option<Format>) {
    let typed = view::Typed {
        address: sent.text("address").trim(),
        text: sent.text("text"),
        html: sent.text("html"),
    };
    let (source, stated) = match sent.file() {
        Some((name, bytes)) => (Source::File(name.clone(), bytes.clone()), None),
        None if !typed.address.is_empty() => (Source::Address(typed.address.to_owned()), None),
        // A piece of a page that was pasted.
        None if !typed.html.is_empty() => {
            (Source::Words(typed.html.to_owned()), Some(Format::Html))
        }
        None => (Source::Words(typed.text.to_owned()), None),
    };
    (typed, source, stated)
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
    let (questionnaire, role) = organizer.with_role(&app, &slug).await?;
    let article = of(&app, &questionnaire).await?;
    let texts = articles::earlier(app.store.read(), &article).await? + 1;
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
    let asked_for = kept::of(app.store.read(), article.id).await?;
    let shown = pictures(&href::desk(&questionnaire.slug, "images"), &asked_for);
    let images = named(&article, asked_for)?;
    let html = article::illustrated(&read, &marks, &shown);
    let steps = steps(&app, &questionnaire, Some(Step::Article)).await?;
    let fresh = asked.is_empty();
    let asks = app.settings.fetch.articles;
    let images = images::section(&questionnaire, role, &images, asks);
    let shown = view::Shown { article: &article, texts, rows: &rows, html: &html, fresh, images };
    Ok(view::found(&organizer.0, &steps, &questionnaire, role, &shown))
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
    let ticked: Vec<Candidate> = (0..)
        .zip(candidates)
        .filter(|(number, _): &(usize, _)| fields.has("take", &number.to_string()))
        .map(|(_, candidate)| candidate)
        .collect();
    take_candidates(&app, questionnaire.clone(), ticked).await?;
    Ok(see(&questionnaire, "questionnaire"))
}

/// The questionnaire's article.
pub async fn of(app: &App, questionnaire: &Questionnaire) -> Result<Article, AppError> {
    articles::by_id(app.store.read(), questionnaire.article_id).await?.ok_or(AppError::NotFound)
}

fn see(questionnaire: &Questionnaire, page: &str) -> HttpResponse {
    reply::see(href::desk(&questionnaire.slug, page))
}
