//! The poll before and after, as a participant answers it.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::{Opened, unknown};
use crate::acts::answer_poll::{answer_poll, phase};
use crate::domain::kind::Vote;
use crate::domain::status::Phase;
use crate::domain::token;
use crate::error::AppError;
use crate::href;
use crate::insight::poll::Statement;
use crate::store::{discussions, poll};
use crate::web::extract::{App, Form, Speaks};
use crate::web::reply;
use crate::web::ui::layout::{self, ReaderFrame};
use crate::words::Words;

/// Where the poll stands for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    phase: Phase,
    answered: bool,
}

/// Where it stands: after the group has begun to meet it is asked once more.
pub(super) fn state(answered: &[poll::Answer], started: bool) -> State {
    let phase = if started { Phase::After } else { Phase::Before };
    State { phase, answered: answered.iter().any(|answer| answer.phase == phase) }
}

/// The way to the poll.
pub(super) fn invites(words: Words, state: State, path: &str) -> Markup {
    let (title, how) = match state.phase {
        Phase::Before => ("poll-before", "poll-before-how"),
        Phase::After => ("poll-after", "poll-after-how"),
    };
    html! {
        section.no-print id="poll" {
            h2 { (words.get(title)) }
            p { (words.get(if state.answered { "poll-answered" } else { how })) }
            p {
                a.button.quiet[state.answered] href={ (path) "/poll" } {
                    (words.get(if state.answered { "poll-change" } else { "poll-open" }))
                }
            }
        }
    }
}

/// `GET /g/{token}/poll`
pub async fn form(
    app: App,
    Speaks(words): Speaks,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let Some(opened) = Opened::at(&app, &token).await? else { return Ok(unknown(words)) };
    let db = app.store.read();
    let poll = poll::of(db, opened.whole.discussion.id).await?.ok_or(AppError::NotFound)?;
    let statements: Vec<Statement> =
        serde_json::from_str(&poll.statements).map_err(anyhow::Error::from)?;
    let phase = phase(&opened.whole, &opened.one, app.clock.now()).ok_or(AppError::NotFound)?;
    let said: BTreeMap<String, i32> = poll::by(db, &[opened.one.id])
        .await?
        .into_iter()
        .filter(|answer| answer.phase == phase)
        .map(|answer| (answer.statement, answer.value))
        .collect();
    let path = href::seat(&token);
    let (title, how) = match phase {
        Phase::Before => ("poll-before", "poll-before-how"),
        Phase::After => ("poll-after", "poll-after-how"),
    };
    let title = words.get(title);
    let frame = ReaderFrame { path: format!("{path}/poll"), ..ReaderFrame::default() };
    let body = html! {
        p.kicker dir="auto" { (opened.whole.discussion.title) }
        h1 { (title) }
        p.lede { (words.get(how)) }
        form.poll method="post" action={ (path) "/poll" } {
            ol.statements {
                @for statement in &statements {
                    @let name = format!("p.{}", statement.key);
                    li.statement {
                        fieldset {
                            legend dir="auto" { (statement.text) }
                            .votes {
                                @for vote in Vote::ALL {
                                    label class={ "vote " (vote.key()) } {
                                        input type="radio" name=(name) value=(vote.key())
                                            checked[said.get(&statement.key) == Some(&i32::from(vote.sign()))];
                                        span { (words.get(&format!("form-{}", vote.key()))) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            p.help { (words.get("poll-private")) }
            .actions {
                button.primary { (words.get("poll-send")) }
                a.button.quiet href=(path) { (words.get("poll-back")) }
            }
        }
    };
    Ok(reply::page(layout::reader_with(words, &title, frame, body)))
}

/// `POST /g/{token}/poll`
pub async fn keep(
    app: App,
    token: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let found = discussions::by_token(app.store.read(), &token::hash(&token)).await?;
    let (one, _) = found.ok_or(AppError::NotFound)?;
    let said = fields.pairs().filter_map(|(name, value)| {
        let vote = Vote::ALL.into_iter().find(|vote| vote.key() == value)?;
        Some((name.strip_prefix("p.")?.to_owned(), i32::from(vote.sign())))
    });
    let kept = answer_poll(&app, &one, &said.collect()).await?;
    kept.ok_or(AppError::NotFound)?;
    Ok(reply::see(format!("{}?done=poll", href::seat(&token))))
}
