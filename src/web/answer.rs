//! The reader's form: drawn, sent, drawn again with every word where something has to change.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::extract::{App, Form};
use crate::acts::submit_response::{self, Arrival, Submitted, submit_response};
use crate::domain::{Fields, token};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::intake::IntakeError;
use crate::store::invited::{self, Invited};
use crate::store::questionnaires::Asked;
use crate::web::brief;
use crate::web::reply;
use crate::words::Words;

mod article;
pub(in crate::web) mod carried;
mod check;
pub(in crate::web) mod conduct;
mod drawn;
pub mod images;
mod kinds;
pub mod later;
pub mod look;
mod pace;
pub(in crate::web) mod page;
mod passage;
mod problems;
mod promise;
pub(in crate::web) mod published;
pub mod reached;
#[cfg(test)]
mod tests;
mod used;
pub mod view;

use carried::{Carried, filled_in};
use page::Trouble;
use published::{Door, Published, answer, answer_with, speaking};
use view::Sheet;

/// `GET /q/{slug}`
pub async fn form(
    app: App,
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let of = Published::at(&app, &slug).await?;
    let words = speaking(&request, None, "", &of.questionnaire.language);
    let door = Door::public(&app, &of.questionnaire.slug, &Fields::default());
    if of.is_open() && !of.is_full() && drawn::is_plain(request.query_string()) {
        reached::opened(&app, &request, &of);
        let page = drawn::page(words, &of, &door);
        return Ok(answer_with(&app, &request, StatusCode::OK, words, page));
    }
    Ok(show(&app, &request, words, &of, &door).await)
}

/// `POST /q/{slug}`
pub async fn submit(
    app: App,
    request: HttpRequest,
    slug: web::Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let of = Published::at(&app, &slug).await?;
    let words = speaking(&request, Some(&fields), "", &of.questionnaire.language);
    let door = Door::public(&app, &of.questionnaire.slug, &fields);
    receive(&app, &request, words, &of, door, &fields).await
}

/// `GET /q/{slug}/article`
pub async fn article(
    app: App,
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let of = Published::at(&app, &slug).await?;
    if !of.article.has_text() {
        return Err(AppError::NotFound);
    }
    let words = speaking(&request, None, "", &of.article.language);
    let page = article::page(&of, &of.questions(), words);
    Ok(answer(&app, &request, StatusCode::OK, words, page))
}

/// `GET /i/{token}`: the form for one contact. Looking uses nothing up, since mail scanners look.
pub async fn invited_form(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let (of, invited) = invited(&app, &link).await?;
    if of.is_anonymous() && invited.invitation.answered_at.is_some() {
        let words = speaking(&request, None, &invited.language, &of.questionnaire.language);
        let page = used::page(&of, &href::invitation(&link), words);
        return Ok(answer(&app, &request, StatusCode::OK, words, page));
    }
    if let Some(response) = invited.invitation.response_id {
        let receipt = app.secret.link(token::Opens::Response, response.0);
        return Ok(reply::see(href::receipt(&receipt)));
    }
    let words = speaking(&request, None, &invited.language, &of.questionnaire.language);
    let door = invited_door(&app, &of, &link, &invited, &Fields::default());
    Ok(show(&app, &request, words, &of, &door).await)
}

/// `POST /i/{token}`
pub async fn invited_submit(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (of, invited) = invited(&app, &link).await?;
    let words = speaking(&request, Some(&fields), &invited.language, &of.questionnaire.language);
    let door = invited_door(&app, &of, &link, &invited, &fields);
    receive(&app, &request, words, &of, door, &fields).await
}

async fn invited(app: &Service, link: &str) -> Result<(Published, Invited), AppError> {
    let db = app.store.read();
    let invited = invited::by_token(db, &token::hash(link)).await?;
    let invited = invited.ok_or(AppError::NotFound)?;
    Ok((Published::of(app, invited.invitation.questionnaire_id).await?, invited))
}

/// An invitation leads to one response, however often its form is sent. An anonymous one only
/// lets its reader in: the response is the form's own, as it is for everybody.
fn invited_door(
    app: &Service,
    of: &Published,
    link: &str,
    invited: &Invited,
    sent: &Fields,
) -> Door {
    let invitation = &invited.invitation;
    if of.is_anonymous() {
        let path = href::invitation(link);
        let invitation = Some((invitation.id, String::new()));
        return Door { path, invitation, ..Door::public(app, &of.questionnaire.slug, sent) };
    }
    let derived = app.secret.response_of(invitation.id);
    Door {
        path: href::invitation(link),
        key: String::new(),
        stamp: conduct::stamp(app, "", sent, app.clock.now()),
        response: invitation.response_id.unwrap_or(derived),
        invitation: Some((invitation.id, invited.name.clone())),
        changes: false,
        carried: Carried::default(),
    }
}

/// Draws the form for the first time, or says that it is closed.
async fn show(
    app: &Service,
    request: &HttpRequest,
    words: Words,
    of: &Published,
    door: &Door,
) -> HttpResponse {
    if let Some(opens) = of.opens() {
        let page = page::waits(of, door.path.clone(), words, opens);
        return answer(app, request, StatusCode::OK, words, page);
    }
    if of.is_open() && of.is_full() {
        let page = page::full(of, door.path.clone(), words);
        return answer(app, request, StatusCode::OK, words, page);
    }
    if !of.is_open() {
        // The page does not need it: where the database does not answer, the link is missing.
        let brief = matches!(brief::latest(app, of.questionnaire.id).await, Ok(Some(_)));
        let page = page::closed(of, door.path.clone(), words, brief);
        return answer(app, request, StatusCode::GONE, words, page);
    }
    reached::opened(app, request, of);
    let (link, questions) = (Fields::parse(request.query_string().as_bytes()), of.questions());
    let door = Door { carried: Carried::of(&of.questionnaire, &link), ..door.clone() };
    let fields = filled_in(&link, &questions);
    let drawing = Drawing { words, of, door: &door, fields: &fields };
    draw(app, request, StatusCode::OK, drawing, &questions, Trouble::None)
}

/// What a form is drawn from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawing<'a> {
    pub words: Words,
    pub of: &'a Published,
    pub door: &'a Door,
    pub fields: &'a Fields,
}

/// The form as an answer.
pub(super) fn draw(
    app: &Service,
    request: &HttpRequest,
    status: StatusCode,
    Drawing { words, of, door, fields }: Drawing<'_>,
    asked: &[Asked],
    trouble: Trouble,
) -> HttpResponse {
    let article = of.read();
    let fields = &*pace::chosen(request.query_string(), fields);
    let sheet = Sheet {
        words,
        language: &of.questionnaire.language,
        asked,
        article: Some(&article),
        fields,
        problems: trouble.problems(),
    };
    answer(app, request, status, words, page::form(of, door, &sheet, &trouble))
}

/// Keeps a form that arrived and leads to the receipt; or draws it again, with every word.
pub(super) async fn receive(
    app: &Service,
    request: &HttpRequest,
    words: Words,
    of: &Published,
    mut door: Door,
    fields: &Fields,
) -> Result<HttpResponse, AppError> {
    let of = Published(submit_response::with_its_wordings(app, of.0.clone(), fields).await, of.1);
    if check::is_wanted(fields) {
        let asked = submit_response::on_the_form(&of, fields);
        let trouble = Trouble::Check(check::problems(&asked, fields));
        let asked: Vec<Asked> = asked.into_iter().map(Cow::into_owned).collect();
        door.carried = Carried::of(&of.questionnaire, fields);
        let drawing = Drawing { words, of: &of, door: &door, fields };
        return Ok(draw(app, request, StatusCode::OK, drawing, &asked, trouble));
    }
    if later::is_wanted(fields) {
        return later::keep(app, request, words, &of, door, fields).await;
    }
    let conduct = conduct::judge(app, fields, app.clock.now());
    door.carried = Carried::of(&of.questionnaire, fields);
    let arrival = Arrival {
        drawn: conduct.drawn,
        suspicious: conduct.suspicious && !door.changes,
        language: words.language(),
        invitation: door.invitation.as_ref().map(|(id, _)| *id),
        extras: door.carried.extras.clone(),
        ..Arrival::of(&of, fields, door.response)
    };
    let (status, trouble) = match submit_response(app, arrival).await {
        Ok(Submitted::Kept { token, first }) => {
            if first && !door.changes {
                reached::sent(app, request, &of);
            }
            later::sent(app, fields, door.response).await;
            return Ok(reply::see(door.carried.receipt(&token)));
        }
        Ok(Submitted::Refused(problems)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Trouble::Problems(problems))
        }
        Ok(Submitted::Empty) => (StatusCode::UNPROCESSABLE_ENTITY, Trouble::Empty),
        Err(IntakeError::InvitationUsed) => (StatusCode::CONFLICT, Trouble::Used),
        Err(error) => {
            tracing::error!(error = %error, "a response was not kept");
            let mut status = StatusCode::SERVICE_UNAVAILABLE;
            if let IntakeError::OtherQuestionnaire = error {
                // With another key, the next try is kept.
                door.key = submit_response::new_key(app).simple().to_string();
                let drawn = conduct.drawn.unwrap_or_else(|| app.clock.now());
                door.stamp = app.secret.drawn(&door.key, drawn);
                status = StatusCode::CONFLICT;
            }
            (status, Trouble::Refused)
        }
    };
    let asked = submit_response::on_the_form(&of, fields);
    let asked: Vec<Asked> = asked.into_iter().map(Cow::into_owned).collect();
    let drawing = Drawing { words, of: &of, door: &door, fields };
    Ok(draw(app, request, status, drawing, &asked, trouble))
}
