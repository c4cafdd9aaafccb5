//! A participant's page: the group, the guide, and the way to give the seat back.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use maud::{Markup, html};

use crate::acts::invite_participants::group_name;
use crate::acts::leave_seat::leave_seat;
use crate::domain::token;
use crate::error::AppError;
use crate::href;
use crate::insight::seats::Note;
use crate::insight::{self, Material};
use crate::store::discussions::{self, Group, Seat, Whole};
use crate::store::questionnaires;
use crate::web::extract::{App, Speaks};
use crate::web::ui::guide::{self, Frame};
use crate::web::ui::layout;
use crate::words::Words;

pub mod times;

/// `GET /g/{token}`
pub async fn participant(
    app: App,
    Speaks(words): Speaks,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let found = discussions::by_token(app.store.read(), &token::hash(&token)).await?;
    let Some((one, whole)) = found else {
        return Ok(HttpResponse::NotFound()
            .content_type("text/html; charset=utf-8")
            .body(nothing(words, "discussion-unknown").into_string()));
    };
    let questionnaire = questionnaires::by_id(app.store.read(), one.questionnaire_id)
        .await?
        .ok_or(AppError::NotFound)?;
    let insight = insight::now(&app, &questionnaire).await?;
    let seat = whole.seat_of(one.id);
    let group = seat.and_then(|seat| whole.group(seat.group_id?));
    let page = match group {
        Some(group) => {
            let frame = frame(words, &insight.material, &whole, group, 2);
            let guide = serde_json::from_str(&group.guide).map_err(anyhow::Error::from)?;
            let past = group.starts_at.is_some_and(|starts| starts < app.clock.now());
            seated(words, &frame, &guide::guide(&frame, &guide), &href::seat(&token), past)
        }
        None if seat.is_some_and(is_left) => nothing(words, "discussion-left"),
        None => nothing(words, "discussion-waiting"),
    };
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.into_string()))
}

/// `POST /g/{token}/leave`
pub async fn leave(app: App, token: Path<String>) -> Result<HttpResponse, AppError> {
    let found = discussions::by_token(app.store.read(), &token::hash(&token)).await?;
    let (one, whole) = found.ok_or(AppError::NotFound)?;
    leave_seat(&app, &one, &whole).await?;
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, href::seat(&token))).finish())
}

/// What stands around a group's guide.
pub fn frame(words: Words, material: &Material, whole: &Whole, group: &Group, level: u8) -> Frame {
    let named: Vec<Option<String>> = whole
        .members(group.id)
        .into_iter()
        .map(|(_, one)| crate::acts::invite_participants::name_of(material, one))
        .collect();
    let unnamed = named.iter().filter(|name| name.is_none()).count();
    let zone = material.zone();
    Frame {
        words,
        group: group_name(words, group),
        title: whole.discussion.title.clone(),
        when: group.starts_at.map(|starts| words.date_time(starts, zone)).unwrap_or_default(),
        place: whole.place_of(group).to_owned(),
        members: named.into_iter().flatten().collect(),
        unnamed,
        level,
    }
}

fn is_left(seat: &Seat) -> bool {
    serde_json::from_str::<Note>(&seat.reason).is_ok_and(|note| note == Note::Left)
}

fn seated(words: Words, frame: &Frame, guide: &Markup, path: &str, past: bool) -> Markup {
    let lede = if past { "discussion-lede-past" } else { "discussion-lede" };
    layout::reader(
        words,
        &words.get("discussion-title"),
        html! {
            h1 { (words.get("discussion-title")) ": " (frame.group) }
            p.lede { (words.with(lede, &[("when", frame.when.as_str().into())])) }
            (guide)
            @if !past {
                section.no-print id="leave" {
                    h2 { (words.get("discussion-leave")) }
                    p { (words.get("discussion-leave-how")) }
                    form method="post" action={ (path) "/leave" } {
                        button { (words.get("discussion-leave-action")) }
                    }
                }
            }
        },
    )
}

fn nothing(words: Words, key: &str) -> Markup {
    layout::reader(
        words,
        &words.get(key),
        html! {
            h1 { (words.get(key)) }
            p.lede { (words.get(&format!("{key}-next"))) }
        },
    )
}
