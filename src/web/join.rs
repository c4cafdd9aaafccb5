//! A colleague who was asked to work on a questionnaire looks at the invitation, and says yes.

use actix_web::web::Path;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::account::signed_in_to;
use super::audit::Acting;
use super::extract::{App, Form, Organizer, Speaks};
use super::ui::layout;
use crate::acts::join::{Joined, asked, join as say_yes};
use crate::domain::text::one_line;
use crate::error::AppError;
use crate::href;
use crate::web::reply;

/// `GET /join/{token}`: a button. Looking uses nothing up, since mail scanners look.
pub async fn ask(
    app: App,
    speaks: Speaks,
    me: Option<Organizer>,
    token: Path<String>,
) -> Result<Markup, AppError> {
    let words = speaks.0;
    let asked = asked(&app, &token).await?.ok_or(AppError::Expired)?;
    let of = |key: &str, name: &str, value: &str| words.with(key, &[(name, value.into())]);
    let address = asked.colleague.address.to_string();
    let title = of("join-title", "title", &asked.questionnaire.title);
    Ok(layout::plain(
        words,
        &title,
        html! {
            .card {
                h1 { (title) }
                p { (of("join-asks", "name", &asked.by)) }
                p { (words.get(&format!("colleague-{}", asked.colleague.role.word()))) }
                @if let Some(me) = &me {
                    p { (of("join-as", "name", &me.0.shown())) }
                    form method="post" action=(href::join(&token)) {
                        button.primary { (words.get("join-yes")) }
                    }
                } @else if asked.has_account {
                    p { (of("join-known", "address", &address)) }
                    p { a.button.primary href="/sign-in" target="_blank" { (words.get("error-sign-in")) } }
                } @else {
                    p { (of("join-new", "address", &address)) }
                    form.stack method="post" action=(href::join(&token)) {
                        .field {
                            label for="name" { (words.get("join-name")) }
                            p.help id="name-help" { (words.get("join-name-help")) }
                            input id="name" name="name" autocomplete="name" maxlength="120" required
                                aria-describedby="name-help";
                        }
                        button.primary { (words.get("join-yes")) }
                    }
                }
            }
        },
    ))
}

/// `POST /join/{token}`: uses the link.
pub async fn join(
    app: App,
    me: Option<Organizer>,
    token: Path<String>,
    request: HttpRequest,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let name = one_line(fields.get("name").unwrap_or_default(), 120);
    match say_yes(&app, &token, me.map(|me| me.0.id), &name).await? {
        Joined::Gone => Err(AppError::Expired),
        Joined::SignInFirst => Err(AppError::SignInFirst(request.path().to_owned())),
        Joined::Yes { organizer, questionnaire, cookie } => {
            let acting = Acting::new(organizer);
            acting.on(questionnaire.id);
            request.extensions_mut().insert(acting);
            let next = href::desk(&questionnaire.slug, "");
            Ok(match cookie {
                Some(cookie) => signed_in_to(&app, cookie, &next),
                None => reply::see(next),
            })
        }
    }
}
