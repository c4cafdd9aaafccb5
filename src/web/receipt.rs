//! A respondent's own page: what was kept, read again and changed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::answer::carried::Carried;
use super::answer::conduct;
use super::answer::page::Trouble;
use super::answer::published::{Door, Published, answer, speaking};
use super::answer::{Drawing, draw, receive};
use super::extract::{App, Form};
use crate::acts::mail_receipt::mail_receipt;
use crate::acts::submit_response::field;
use crate::acts::withdraw_consent::withdraw_consent;
use crate::domain::consent::Consent;
use crate::domain::email::Email;
use crate::domain::{Fields, token};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::intake::Submission;
use crate::store::mixing;
use crate::store::own_page;
use crate::store::questionnaires::Asked;
use crate::store::responses::{self, Given};
use crate::web::reply;

pub mod download;
pub mod erase;
mod own;
mod results;
mod view;

use own::Said;

/// `GET /r/{token}`: the receipt.
pub async fn page(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    if let Some(waiting) = spooled(&app, &link).await {
        return self::waiting(&app, &request, &link, waiting).await;
    }
    let said = Fields::parse(request.query_string().as_bytes());
    let said = match said.get("done") {
        Some("withdrawn") => Some("mine-withdrawn"),
        Some("mailed") => Some("later-sent"),
        _ => None,
    };
    let said = said.map(|key| Said { key, ..Said::default() });
    show(&app, &request, &link, StatusCode::OK, said).await
}

/// The receipt, with what there is to say of what was just done.
async fn show(
    app: &Service,
    request: &HttpRequest,
    link: &str,
    status: StatusCode,
    said: Option<Said>,
) -> Result<HttpResponse, AppError> {
    let Some((of, given)) = opened(app, link).await? else { return Ok(unknown(app, request)) };
    let words = speaking(request, None, &given.response.language, &of.questionnaire.language);
    let id = given.response.id;
    let page = view::page(&view::Receipt {
        words,
        of: &of,
        given: &given,
        asked: &of.asked,
        revisions: &responses::revisions(app.store.read(), id).await?,
        path: href::receipt(link),
        link: app.link(&href::receipt(link)),
        seat: results::place(app, words, id).await?,
        code: app.secret.code(id.0),
        waits: false,
        said,
        results: results::of(app, &of, id).await?,
    });
    Ok(answer(app, request, status, words, page))
}

/// `GET /r/{token}/versions/{number}`: how it read then, under the words of then.
pub async fn version(
    app: App,
    request: HttpRequest,
    path: web::Path<(String, i32)>,
) -> Result<HttpResponse, AppError> {
    let (link, number) = path.into_inner();
    let Some((of, given)) = opened(&app, &link).await? else { return Ok(unknown(&app, &request)) };
    let words = speaking(&request, None, &given.response.language, &of.questionnaire.language);
    let db = app.store.read();
    let revisions = responses::revisions(db, given.response.id).await?;
    let place = revisions.iter().position(|(of, _)| *of == number);
    let then = own_page::as_of(db, given.response.clone(), number).await?;
    let (Some(place), Some(then)) = (place, then) else { return Err(AppError::NotFound) };
    let counts = given.response.revision == number;
    let page = view::version(words, &of, &then, &link, (place + 1, counts));
    Ok(answer(&app, &request, StatusCode::OK, words, page))
}

/// `POST /r/{token}/consents`: takes one back, also after the close.
pub async fn withdraw(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let Some((of, given)) = opened(&app, &link).await? else { return Ok(unknown(&app, &request)) };
    let named = fields.get("withdraw").unwrap_or_default();
    if let Some(consent) = Consent::ALL.into_iter().find(|consent| consent.key() == named) {
        withdraw_consent(&app, &of.questionnaire, &given.response, consent).await?;
    }
    Ok(reply::see(format!("{}?done=withdrawn", href::receipt(&link))))
}

/// `POST /r/{token}/mail`: sends the private link to its owner.
pub async fn mail(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let Some((of, given)) = opened(&app, &link).await? else { return Ok(unknown(&app, &request)) };
    let words = speaking(&request, None, &given.response.language, &of.questionnaire.language);
    let typed = fields.get("address").unwrap_or_default();
    let wrong = |key| Some(Said { key, wrong: true, address: typed.to_owned() });
    // In an anonymous questionnaire, no address is ever asked for.
    let address = typed.trim().parse::<Email>().ok().filter(|_| !of.is_anonymous());
    let Some(address) = address else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&app, &request, &link, status, wrong("mine-no-address")).await;
    };
    let id = given.response.id;
    if mail_receipt(&app, &of.questionnaire, id, &address, words).await? {
        return Ok(reply::see(format!("{}?done=mailed", href::receipt(&link))));
    }
    show(&app, &request, &link, StatusCode::TOO_MANY_REQUESTS, wrong("mine-too-many")).await
}

/// `GET /r/{token}/change`: the form as it was last sent.
pub async fn change_form(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let Some((of, given)) = opened(&app, &link).await? else { return Ok(unknown(&app, &request)) };
    if !of.is_open() {
        return Ok(reply::see(href::receipt(&link)));
    }
    let words = speaking(&request, None, &given.response.language, &of.questionnaire.language);
    let asked = changeable(&of, &given);
    let fields = filled(&asked, &given);
    let door = door(&app, &link, &given, &Fields::default());
    let drawing = Drawing { words, of: &of, door: &door, fields: &fields };
    Ok(draw(&app, &request, StatusCode::OK, drawing, &asked, Trouble::None))
}

/// `POST /r/{token}/change`: a further revision.
pub async fn change(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let found = opened(&app, &link).await?;
    let (of, given) = found.ok_or(AppError::NotFound)?;
    let of = of.not_withdrawn()?;
    let known = &given.response.language;
    let words = speaking(&request, Some(&fields), known, &of.questionnaire.language);
    receive(&app, &request, words, &of, door(&app, &link, &given, &fields), &fields).await
}

/// What this link's response waits with for the database, if it does.
async fn spooled(app: &Service, link: &str) -> Option<Submission> {
    if app.spool.waiting() == 0 {
        return None;
    }
    let (spool, hash) = (app.spool.clone(), token::hash(link));
    tokio::task::spawn_blocking(move || spool.find(&hash)).await.ok().flatten()
}

/// The receipt of what waits for the database: it must not need it.
async fn waiting(
    app: &Service,
    request: &HttpRequest,
    link: &str,
    submission: Submission,
) -> Result<HttpResponse, AppError> {
    let of = Published::of_last(app, submission.questionnaire).await?;
    let words = speaking(request, None, &submission.language, &of.questionnaire.language);
    let given = Given::from(submission);
    let page = view::page(&view::Receipt {
        words,
        of: &of,
        given: &given,
        asked: &of.asked,
        revisions: &[],
        path: href::receipt(link),
        link: app.link(&href::receipt(link)),
        seat: None,
        code: app.secret.code(given.response.id.0),
        waits: true,
        said: None,
        results: None,
    });
    Ok(answer(app, request, StatusCode::OK, words, page))
}

/// The response that a link opens, with its questionnaire.
async fn opened(app: &Service, link: &str) -> Result<Option<(Published, Given)>, AppError> {
    let db = app.store.read();
    let hash = token::hash(link);
    let mut moved = responses::by_token(db, &hash).await?;
    if moved.is_none() {
        if let Some((questionnaire, waiting)) = mixing::find(db, &app.mixer, &hash).await? {
            let of = Published::of_last(app, questionnaire).await?;
            let given = waiting.given(questionnaire, &of.questionnaire.language, app.clock.now());
            return Ok(Some((of, given)));
        }
        // It may have been moved in this moment.
        moved = responses::by_token(db, &hash).await?;
    }
    let Some(response) = moved else { return Ok(None) };
    let of = Published::of_last(app, response.questionnaire_id).await?;
    let given = responses::given(db, response).await?;
    Ok(Some((of, given)))
}

/// What stands at a link that opens nothing: most often, the link was cut short.
fn unknown(app: &Service, request: &HttpRequest) -> HttpResponse {
    let words = speaking(request, None, "", "en");
    answer(app, request, StatusCode::NOT_FOUND, words, view::unknown(words))
}

fn door(app: &Service, link: &str, given: &Given, sent: &Fields) -> Door {
    Door {
        path: href::change(link),
        key: String::new(),
        stamp: conduct::stamp(app, "", sent, app.clock.now()),
        response: given.response.id,
        invitation: None,
        changes: true,
        carried: Carried::default(),
    }
}

/// The questions of the form, and those taken off it since that this respondent has answered:
/// left out, their answers would be gone from the next revision.
fn changeable(of: &Published, given: &Given) -> Vec<Asked> {
    let shown = |asked: &&Asked| asked.position.is_some() || given.answers.contains_key(&asked.id);
    of.asked.iter().filter(shown).cloned().collect()
}

/// The fields that say what was answered.
fn filled(asked: &[Asked], given: &Given) -> Fields {
    let mut pairs = vec![];
    for asked in asked {
        let Some(answer) = given.answer(asked.id) else { continue };
        let fields = answer.fields(&field(&asked.key));
        pairs.extend(fields.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    pairs.into_iter().collect()
}
