//! Contacts and invitations: who is asked, who is not and why, and the mails before they leave.

use actix_multipart::Multipart;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::Markup;

use self::view::{Page, Said};
use super::contacts::bring_from;
use super::home::steps;
use super::outbox::page_number;
use crate::acts::add_contacts::Choices;
use crate::acts::campaign::Plan;
use crate::acts::plan_campaign::{Queued, begin_campaign};
use crate::domain::campaign::Aim;
use crate::domain::{CampaignId, Fields};
use crate::error::AppError;
use crate::href;
use crate::store::questionnaires::Questionnaire;
use crate::store::{campaigns, invitations};
use crate::web::extract::{App, Organizer};
use crate::web::reply;
use crate::web::ui::layout::Step;

mod contacts;
mod notices;
mod view;

/// `GET /desk/q/{slug}/invitations?page=…`
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let query = Fields::parse(request.query_string().as_bytes());
    let number = |name: &str| query.get(name).and_then(|n| n.parse::<usize>().ok());
    let added = number("added").zip(number("known"));
    let said = match (number("invited"), number("reminded"), added) {
        (Some(mails), ..) => Said::Invited(mails),
        (None, Some(mails), _) => Said::Reminded(mails),
        (None, None, Some((new, known))) => Said::Added { new, known },
        (None, None, None) => Said::Nothing,
    };
    show(&app, &organizer, &questionnaire, said, page_number(&query)).await
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    said: Said,
    page: u64,
) -> Result<Markup, AppError> {
    let db = app.store.read();
    let plan = Plan::usual(db, app, &organizer.0, questionnaire, Aim::Invite).await?;
    let campaigns = campaigns::of_questionnaire(db, questionnaire.id).await?;
    let ids: Vec<CampaignId> = campaigns.iter().map(|campaign| campaign.id).collect();
    let counts = campaigns::mails::counts(db, &ids).await?;
    let people = invitations::people(db, &app.secret, questionnaire.id, organizer.0.id).await?;
    let steps = steps(app, questionnaire, Some(Step::Invitation)).await?;
    Ok(view::view(&Page {
        service: app,
        steps: &steps,
        plan: &plan,
        campaigns: &campaigns,
        counts: &counts,
        people: &people,
        said,
        number: page,
    }))
}

/// `POST /desk/q/{slug}/invitations/contacts`: brings a list of people; its page leads back here.
pub async fn add(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let action = href::desk(&questionnaire.slug, "invitations/contacts");
    let choices = Choices {
        language: questionnaire.language,
        back: questionnaire.slug.to_string(),
        ..Choices::default()
    };
    bring_from(&app, &organizer, form, &action, choices).await
}

/// `POST /desk/q/{slug}/invitations/send`
pub async fn send(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let queued = begin_campaign(&app, &organizer.0, &questionnaire, Aim::Invite).await?;
    back(&questionnaire, "invited", queued)
}

/// `POST /desk/q/{slug}/invitations/remind`
pub async fn remind(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let queued = begin_campaign(&app, &organizer.0, &questionnaire, Aim::Remind).await?;
    back(&questionnaire, "reminded", queued)
}

/// Back to the page, so that reloading it sends nothing again.
fn back(
    questionnaire: &Questionnaire,
    what: &str,
    queued: Option<Queued>,
) -> Result<HttpResponse, AppError> {
    let queued = queued.ok_or_else(|| {
        AppError::Refused(
            "The questionnaire is not open to readers, so nobody was written to.".to_owned(),
        )
    })?;
    let page = href::desk(&questionnaire.slug, "invitations");
    Ok(reply::see(format!("{page}?{what}={}", queued.mails)))
}
