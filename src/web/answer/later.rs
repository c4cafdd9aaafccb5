//! Going on with another device: at the foot of the form a reader may have a link sent to
//! themselves, under which what they have typed is kept for a while.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::carried::Carried;
use super::page::Trouble;
use super::published::{Door, Published, answer, speaking};
use super::{Drawing, draw, invited_door};
use crate::acts::keep_draft::{Unfinished, delete_draft, drop_draft, keep_draft};
use crate::acts::submit_response;
use crate::domain::email::Email;
use crate::domain::token::{self, Opens};
use crate::domain::{Fields, ResponseId};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::drafts;
use crate::store::invited;
use crate::store::questionnaires::Asked;
use crate::web::extract::App;
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::words::Words;

/// The field of the button that keeps the draft, and what it says.
const GO: &str = "go";
const LATER: &str = "later";
/// The field for the mail address.
const ADDRESS: &str = "go_address";
/// The field that says that a draft of this form may be kept.
const KEPT: &str = "go_kept";

/// What the form is drawn again to say.
#[derive(Clone, Debug)]
pub(in crate::web) enum Told {
    /// The link is on its way.
    Sent,
    /// There is no address to send it to.
    NoAddress,
    /// There were too many mails.
    TooMany,
    /// It is the draft, as it was kept, opened by its link.
    Opened {
        /// When it was kept.
        at: DateTime<Utc>,
        /// The path of its deletion.
        delete: String,
    },
}

/// Whether a form asks to be kept for later.
pub(super) fn is_wanted(fields: &Fields) -> bool {
    fields.has(GO, LATER)
}

/// Keeps what is typed, sends the link, and draws the form again with everything in it.
pub(super) async fn keep(
    app: &Service,
    request: &HttpRequest,
    words: Words,
    of: &Published,
    mut door: Door,
    fields: &Fields,
) -> Result<HttpResponse, AppError> {
    door.carried = Carried::of(&of.questionnaire, fields);
    let address = fields.filled(ADDRESS).and_then(|typed| typed.trim().parse::<Email>().ok());
    let offered = !of.is_anonymous() && !door.changes;
    let (status, told) = match address.filter(|_| offered) {
        None => (StatusCode::UNPROCESSABLE_ENTITY, Told::NoAddress),
        Some(address) => {
            let new = Unfinished {
                questionnaire: &of.questionnaire,
                response: door.response,
                invitation: door.invitation.as_ref().map(|(id, _)| *id),
                fields: without_ours(fields),
                address: &address,
                words,
            };
            if keep_draft(app, new).await? {
                (StatusCode::OK, Told::Sent)
            } else {
                (StatusCode::TOO_MANY_REQUESTS, Told::TooMany)
            }
        }
    };
    let fields = match told {
        Told::Sent => Cow::Owned(without_ours(fields)),
        _ => Cow::Borrowed(fields),
    };
    Ok(again(app, request, words, status, of, &door, &fields, told))
}

/// Lets go of the draft of a form that was sent.
pub(super) async fn sent(app: &Service, fields: &Fields, response: ResponseId) {
    // Only forms that were kept say so: all others cost nothing. What Back has hidden from this,
    // the next clean-up removes.
    if fields.has(KEPT, "yes")
        && let Err(error) = drop_draft(app, response).await
    {
        tracing::warn!(error = ?error, "a draft was not removed; it will be");
    }
}

/// `GET /d/{token}`: the form with what was kept. Looking uses nothing up.
pub async fn form(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let db = app.store.read();
    let found = drafts::by_token(db, &token::hash(&link), app.clock.now()).await?;
    let Some(draft) = found else { return Ok(gone(&app, &request, "later-none")) };
    let of = Published::of(&app, draft.questionnaire_id).await?;
    let pairs: Vec<(String, String)> =
        serde_json::from_str(&draft.fields).map_err(anyhow::Error::from)?;
    let fields: Fields = pairs.into_iter().collect();
    let words = speaking(&request, None, &draft.language, &of.questionnaire.language);
    let mut door = Door::public(&app, &of.questionnaire.slug, &fields);
    if let Some(invitation) = draft.invitation_id {
        let link = app.secret.link(Opens::Invitation, invitation.0);
        if let Some(invited) = invited::by_token(db, &token::hash(&link)).await? {
            door = invited_door(&app, &of, &link, &invited, &fields);
        }
    }
    door.carried = Carried::of(&of.questionnaire, &fields);
    let of = Published(submit_response::with_its_wordings(&app, of.0.clone(), &fields).await, of.1);
    let told =
        Told::Opened { at: draft.updated_at, delete: format!("{}/delete", href::draft(&link)) };
    Ok(again(&app, &request, words, StatusCode::OK, &of, &door, &fields, told))
}

/// `POST /d/{token}/delete`
pub async fn delete(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let key = if delete_draft(&app, &link).await? { "later-deleted" } else { "later-none" };
    Ok(gone(&app, &request, key))
}

/// The form with everything that was typed.
#[expect(clippy::too_many_arguments, reason = "they are what a form is drawn from")]
fn again(
    app: &Service,
    request: &HttpRequest,
    words: Words,
    status: StatusCode,
    of: &Published,
    door: &Door,
    fields: &Fields,
    told: Told,
) -> HttpResponse {
    let asked = submit_response::on_the_form(of, fields);
    let asked: Vec<Asked> = asked.into_iter().map(Cow::into_owned).collect();
    let drawing = Drawing { words, of, door, fields };
    draw(app, request, status, drawing, &asked, Trouble::Later(told))
}

/// What was typed, without what is typed for the draft itself.
fn without_ours(fields: &Fields) -> Fields {
    let ours = [GO, ADDRESS, KEPT];
    let kept = fields.pairs().filter(|(name, _)| !ours.contains(name));
    kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What stands above the form that is drawn again.
pub(super) fn told(words: Words, told: &Told) -> Markup {
    match told {
        Told::Sent => html! {
            .notice role="status" tabindex="-1" autofocus {
                h2 { (words.get("later-sent")) }
                p { (words.get("later-sent-next")) }
                p { (words.get("later-unsent")) }
            }
        },
        Told::Opened { at, .. } => {
            let time = [("time", words.date_time(*at, Tz::UTC).into())];
            html! {
                .notice role="status" {
                    h2 { (words.with("later-opened", &time)) }
                    p { (words.get("later-unsent")) }
                }
            }
        }
        Told::NoAddress => html! {
            .problems role="alert" tabindex="-1" autofocus {
                h2 { (words.get("later-no-address")) }
                ul { li { a href="#go_address" { (words.get("later-no-address-next")) } } }
            }
        },
        Told::TooMany => html! {
            .problems role="alert" tabindex="-1" autofocus {
                h2 { (words.get("later-too-many")) }
                p { (words.get("later-too-many-next")) }
            }
        },
    }
}

/// Whether something has to be changed.
pub(super) fn is_error(told: &Told) -> bool {
    matches!(told, Told::NoAddress | Told::TooMany)
}

/// What stands at the foot of the form: the offer, and at a kept draft the way to delete it.
/// Nothing where the questionnaire is anonymous, or where there is a private link already.
pub(super) fn offer(
    words: Words,
    of: &Published,
    door: &Door,
    fields: &Fields,
    trouble: &Trouble,
) -> Markup {
    if of.is_anonymous() || door.changes {
        return html! {};
    }
    let wrong = matches!(trouble, Trouble::Later(Told::NoAddress));
    let opened = match trouble {
        Trouble::Later(Told::Opened { delete, .. }) => Some(delete),
        _ => None,
    };
    let kept = matches!(trouble, Trouble::Later(Told::Sent | Told::Opened { .. }));
    html! {
        @if kept || fields.has(KEPT, "yes") { input type="hidden" name=(KEPT) value="yes"; }
        @if matches!(trouble, Trouble::Check(_)) {
            // Here a reader looks at what is finished.
        } @else {
        details.elsewhere data-no-draft open[wrong] {
            summary { (words.get("later-offer")) }
            p.help id="i-go_address" { (words.get("later-offer-how")) }
            label for="go_address" { (words.get("later-address")) }
            @if wrong { p.problem id="p-go_address" { (words.get("later-no-address-next")) } }
            input id="go_address" name=(ADDRESS) type="email" autocomplete="email"
                value=(fields.get(ADDRESS).unwrap_or_default())
                aria-describedby=(if wrong { "i-go_address p-go_address" } else { "i-go_address" })
                aria-invalid=[wrong.then_some("true")];
            button name=(GO) value=(LATER) { (words.get("later-send")) }
        }
        }
        @if let Some(delete) = opened {
            details.elsewhere data-no-draft {
                summary { (words.get("later-delete")) }
                p.help { (words.get("later-delete-what")) }
                button formaction=(delete) { (words.get("later-delete-now")) }
            }
        }
    }
}

/// The page where a draft was, or never was.
fn gone(app: &Service, request: &HttpRequest, key: &str) -> HttpResponse {
    let words = speaking(request, None, "", "en");
    let status = if key == "later-deleted" { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let frame = ReaderFrame { asks: "Colloquy".to_owned(), ..Default::default() };
    let body = html! {
        h1 { (words.get(key)) }
        p.lede { (words.get(&format!("{key}-next"))) }
    };
    answer(app, request, status, words, reader_with(words, &words.get(key), frame, body))
}
