//! A participant's page: the group and its guide, the answer to the invitation, the poll. Opening a
//! link changes nothing: mail scanners open every link.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use crate::acts::answer_seat::answer_seat;
use crate::domain::Fields;
use crate::domain::status::Rsvp;
use crate::domain::token;
use crate::error::AppError;
use crate::href;
use crate::insight::participants::zone;
use crate::insight::seats::Note;
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::discussions::{self, Group, Participant, Whole};
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{deletions, echoes, poll};
use crate::web::extract::{App, Form, Speaks};
use crate::web::reply;
use crate::words::Words;

pub mod drawn;
pub mod host;
pub mod notes;
pub mod polled;
pub mod times;
mod view;

use drawn::{For, drawn};

/// What a participant's link opens.
struct Opened {
    one: Participant,
    whole: Whole,
    questionnaire: Questionnaire,
    insight: std::sync::Arc<Insight>,
}

impl Opened {
    async fn at(app: &Service, link: &str) -> Result<Option<Self>, AppError> {
        let db = app.store.read();
        let found = discussions::by_token(db, &token::hash(link)).await?;
        let Some((one, whole)) = found else { return Ok(None) };
        let questionnaire = questionnaires::by_id(db, one.questionnaire_id).await?;
        let questionnaire = questionnaire.ok_or(AppError::NotFound)?;
        if let Some(at) = deletions::of(db, questionnaire.id).await? {
            return Err(AppError::Withdrawn(at));
        }
        let insight = insight::now(app, &questionnaire).await?;
        Ok(Some(Self { one, whole, questionnaire, insight }))
    }

    fn group(&self) -> Option<&Group> {
        self.whole.group(self.whole.seat_of(self.one.id)?.group_id?)
    }
}

/// `GET /g/{token}`
pub async fn participant(
    app: App,
    Speaks(words): Speaks,
    token: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let Some(opened) = Opened::at(&app, &token).await? else { return Ok(unknown(words)) };
    let said = Fields::parse(request.query_string().as_bytes());
    let path = href::seat(&token);
    let Some(group) = opened.group() else {
        let waits = !has_left(&opened);
        let now = app.clock.now();
        let ahead = |group: &Group| group.starts_at.is_some_and(|starts| starts > now);
        let open = opened.whole.groups.iter().any(ahead);
        return Ok(reply::page(view::without(words, waits, &path, open)));
    };
    let drawn = drawn(
        &app,
        &opened.insight.material,
        &opened.whole,
        group,
        For::Participant(opened.one.id),
    )
    .await?;
    let db = app.store.read();
    let poll = poll::of(db, opened.whole.discussion.id).await?;
    let answered = poll::by(db, &[opened.one.id]).await?;
    let started = group.starts_at.is_some_and(|starts| starts <= app.clock.now());
    let echo = echoes::published(db, opened.questionnaire.id).await?;
    let notes = notes::of_participant(&app, words, &opened, group, &path).await?;
    let seated = view::Seated {
        words,
        opened: &opened,
        group,
        when: drawn::when(words, group, zone(&opened.insight.material, &opened.whole)),
        sheet: drawn.sheet(),
        path,
        started,
        told: opened.whole.discussion.invited_at.is_some(),
        poll: poll
            .filter(|poll| poll.statements != "[]")
            .map(|_| polled::state(&answered, started)),
        echo: echo.is_some(),
        notes,
        done: said.get("done"),
    };
    Ok(reply::page(view::seated(&seated)))
}

/// `POST /g/{token}/answer`: yes, perhaps, or no.
pub async fn answer(
    app: App,
    token: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let found = discussions::by_token(app.store.read(), &token::hash(&token)).await?;
    let (one, _) = found.ok_or(AppError::NotFound)?;
    let answer = match fields.get("answer") {
        Some("yes") => Rsvp::Accepted,
        Some("perhaps") => Rsvp::Tentative,
        Some("no") => Rsvp::Declined,
        _ => return Err(AppError::NotFound),
    };
    answer_seat(&app, &one, answer, app.clock.now()).await?;
    Ok(reply::see(format!("{}?done=answer#answer", href::seat(&token))))
}

/// `GET /g/{token}/guide/{name}`: the guide as a file, as this participant may read it.
pub async fn file(app: App, path: Path<(String, String)>) -> Result<HttpResponse, AppError> {
    let (link, name) = path.into_inner();
    let opened = Opened::at(&app, &link).await?.ok_or(AppError::NotFound)?;
    let group = opened.group().ok_or(AppError::NotFound)?;
    let (material, reader) = (&opened.insight.material, For::Participant(opened.one.id));
    let drawn = drawn(&app, material, &opened.whole, group, reader).await?;
    let called = format!("{}-guide-{}", opened.questionnaire.slug, group.number);
    drawn::file(&drawn.sheet(), &name, &called).await
}

fn has_left(opened: &Opened) -> bool {
    let seat = opened.whole.seat_of(opened.one.id);
    let left = seat.is_some_and(|seat| {
        serde_json::from_str::<Note>(&seat.reason).is_ok_and(|note| note == Note::Left)
    });
    opened.one.left_at.is_some() || (left && opened.one.waiting_since.is_none())
}

/// The page of a link that opens nothing.
pub(in crate::web) fn unknown(words: Words) -> HttpResponse {
    reply::with(StatusCode::NOT_FOUND, view::nothing(words, "discussion-unknown"))
}
