//! Deleting one's own account, and taking that back.

use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use crate::acts::delete_account::{Ending, delete_account, restore_account};
use crate::acts::delete_questionnaire::DAYS;
use crate::domain::token;
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::questionnaires;
use crate::web::extract::{App, Form, Organizer, cookie};
use crate::web::reply;
use crate::web::ui::layout;

/// Why nothing was deleted.
enum Problem {
    Unticked,
    HandOverFirst(Vec<String>),
}

/// `GET /desk/account/delete`
pub async fn ask(app: App, organizer: Organizer) -> Result<Markup, AppError> {
    asking(&app, &organizer, None).await
}

async fn asking(
    app: &Service,
    organizer: &Organizer,
    problem: Option<&Problem>,
) -> Result<Markup, AppError> {
    let own = questionnaires::all_of(app.store.read(), organizer.0.id).await?;
    let body = html! {
        p { a href=(href::ACCOUNT) { "Your account" } }
        h1 { "Delete your account" }
        @if let Some(Problem::HandOverFirst(titles)) = problem {
            .problems role="alert" tabindex="-1" {
                h2 { "Others work with these questionnaires" }
                p { "They run in your name. Hand each over, take the others out, or delete it first; each has a page “People”." }
                ul { @for title in titles { li { bdi { (title) } } } }
            }
        }
        ul.notes {
            li { "At once you are signed out everywhere else." }
            @if !own.is_empty() {
                li { "At once the questionnaires in your name are closed to readers, and nothing is sent any more." }
            }
            li { "For " (DAYS) " days you can sign in and take it back, with everything as it was." }
            li { "Then your name, address, contacts and questionnaires are erased for good, with every response to them. In the log of questionnaires that you have worked on for others, your name is gone." }
        }
        form.stack method="post" action=(href::ACCOUNT_DELETE) {
            .field {
                @if let Some(Problem::Unticked) = problem { p.problem id="sure-problem" { "Tick this, if you mean it." } }
                label.check {
                    input type="checkbox" name="sure" value="yes"
                        aria-describedby=[matches!(problem, Some(Problem::Unticked)).then_some("sure-problem")];
                    " Delete my account"
                }
            }
            .actions {
                button.danger { "Delete it" }
                a.button.quiet href=(href::ACCOUNT) { "Keep it" }
            }
        }
    };
    Ok(layout::desk(&organizer.0, "Delete your account", None, body))
}

/// `POST /desk/account/delete`
pub async fn delete(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let problem = if fields.has("sure", "yes") {
        let stays = token::hash(&cookie(&request).unwrap_or_default());
        match delete_account(&app, organizer.0.id, &stays).await? {
            Ending::At(_) => {
                return Ok(reply::see(href::DESK));
            }
            Ending::HandOverFirst(titles) => Problem::HandOverFirst(titles),
        }
    } else {
        Problem::Unticked
    };
    let page = asking(&app, &organizer, Some(&problem)).await?;
    Ok(reply::refused(page))
}

/// `POST /desk/account/restore`
pub async fn restore(app: App, organizer: Organizer) -> Result<HttpResponse, AppError> {
    restore_account(&app, organizer.0.id).await?;
    Ok(reply::see(href::DESK))
}
