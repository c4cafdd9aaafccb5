//! The addresses that are told what happens to a questionnaire.

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

use crate::acts::set_up_webhook::{
    Wish, change_webhook, make_webhook, remove_webhook, rotate_secret, secrets, switch_webhook,
    tell_again, try_webhook,
};
use crate::domain::webhook::{Event, written};
use crate::domain::{Fields, WebhookId};
use crate::error::AppError;
use crate::href;
use crate::store::questionnaires::Questionnaire;
use crate::store::webhooks::{self, Webhook, notices};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;

mod view;

/// So many of the last notices are shown.
const SHOWN: u64 = 50;

/// `GET /desk/q/{slug}/webhooks`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    show(&app, &organizer, &questionnaire, &Wish::default(), &[]).await
}

/// `POST /desk/q/{slug}/webhooks`: a new one.
pub async fn make(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let wish = read(&fields);
    match make_webhook(&app, &questionnaire, &wish).await? {
        Ok(hook) => Ok(reply::see(href::webhook(&questionnaire.slug, hook.id))),
        Err(obstacles) => {
            let page = show(&app, &organizer, &questionnaire, &wish, &obstacles).await?;
            Ok(reply::refused(page))
        }
    }
}

/// `GET /desk/q/{slug}/webhooks/{id}`
pub async fn one(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
) -> Result<Markup, AppError> {
    let (questionnaire, hook) = find(&app, &organizer, &path).await?;
    show_one(&app, &organizer, &questionnaire, &hook, None).await
}

/// `POST /desk/q/{slug}/webhooks/{id}`: the button says what is to be done.
pub async fn change(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (questionnaire, hook) = find(&app, &organizer, &path).await?;
    let here = href::webhook(&questionnaire.slug, hook.id);
    match fields.get("then") {
        Some("try") => drop(try_webhook(&app, &questionnaire, &hook).await?),
        Some("rotate") => drop(rotate_secret(&app, hook).await?),
        Some("off") => switch_webhook(&app, hook, false).await?,
        Some("on") => switch_webhook(&app, hook, true).await?,
        Some("remove") => {
            remove_webhook(&app, &hook).await?;
            return Ok(reply::see(href::webhooks(&questionnaire.slug)));
        }
        Some("again") => {
            let id = fields.get("notice").unwrap_or_default().parse()?;
            if !tell_again(&app, &hook, id).await? {
                return Err(AppError::NotFound);
            }
        }
        _ => {
            let wish = read(&fields);
            if let Err(obstacles) = change_webhook(&app, hook.clone(), &wish).await? {
                let typed = Some((&wish, obstacles.as_slice()));
                let page = show_one(&app, &organizer, &questionnaire, &hook, typed).await?;
                return Ok(reply::refused(page));
            }
        }
    }
    Ok(reply::see(here))
}

async fn find(
    app: &App,
    organizer: &Organizer,
    path: &Path<(String, String)>,
) -> Result<(Questionnaire, Webhook), AppError> {
    let (slug, id) = path.as_ref();
    let questionnaire = organizer.questionnaire(app, slug).await?;
    let id: WebhookId = id.parse()?;
    let hook = webhooks::by_id(app.store.read(), questionnaire.id, id).await?;
    Ok((questionnaire, hook.ok_or(AppError::NotFound)?))
}

fn read(fields: &Fields) -> Wish {
    let chosen = Event::ALL.into_iter().filter(|event| fields.has("event", event.word()));
    let address = fields.get("address").unwrap_or_default().trim().to_owned();
    Wish { address, events: chosen.collect() }
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    typed: &Wish,
    problems: &[String],
) -> Result<Markup, AppError> {
    let db = app.store.read();
    let mut hooks = vec![];
    for hook in webhooks::all_of(db, questionnaire.id).await? {
        let waiting = notices::waiting(db, hook.id).await?;
        hooks.push((hook, waiting));
    }
    let steps = steps(app, questionnaire, None).await?;
    Ok(view::list(&organizer.0, &steps, questionnaire, &hooks, typed, problems))
}

async fn show_one(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    hook: &Webhook,
    typed: Option<(&Wish, &[String])>,
) -> Result<Markup, AppError> {
    let last = notices::last_of(app.store.read(), hook.id, SHOWN).await?;
    let steps = steps(app, questionnaire, None).await?;
    let secrets = secrets(app, hook, app.clock.now());
    let secrets: Vec<String> = secrets.iter().map(written).collect();
    let shown = view::One { questionnaire, hook, secrets: &secrets, last: &last };
    Ok(view::one(&organizer.0, &steps, &shown, typed))
}
