//! Who works with a questionnaire: invited, given another role, taken out, and who it runs in the
//! name of.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use maud::Markup;

use crate::acts::change_members::{self, Changed};
use crate::acts::hand_over;
use crate::acts::invite_colleague::{self, Invited, invite_colleague};
use crate::domain::email::Email;
use crate::domain::{ColleagueId, Fields, OrganizerId, Role};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::colleagues::{self, Colleague};
use crate::store::handovers::{self, Handover};
use crate::store::members::{self, Member};
use crate::store::questionnaires::Questionnaire;
use crate::store::{deletions, organizers};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer, Speaks};
use crate::web::reply;
use crate::web::ui::layout;

mod view;

/// What the page is made of.
struct People {
    me: organizers::Organizer,
    role: Role,
    questionnaire: Questionnaire,
    members: Vec<Member>,
    asked: Vec<Colleague>,
    offer: Option<Handover>,
    erase_at: Option<DateTime<Utc>>,
}

impl People {
    async fn of(app: &Service, organizer: &Organizer, slug: &str) -> Result<Self, AppError> {
        let (questionnaire, role) = organizer.with_role(app, slug).await?;
        let (db, id) = (app.store.read(), questionnaire.id);
        Ok(Self {
            me: organizer.0.clone(),
            role,
            members: members::of(db, id).await?,
            asked: colleagues::of(db, id, app.clock.now()).await?,
            offer: handovers::of(db, id).await?,
            erase_at: deletions::of(db, id).await?,
            questionnaire,
        })
    }

    /// Whether the questionnaire runs in the name of this organizer.
    fn is_in_name_of(&self, who: OrganizerId) -> bool {
        self.questionnaire.organizer_id == who
    }

    fn name(&self, who: OrganizerId) -> String {
        let found = self.members.iter().find(|member| member.organizer.id == who);
        found.map_or_else(|| "Somebody".to_owned(), |member| member.organizer.shown())
    }
}

/// What was typed into the form for an invitation, and what is wrong with it.
#[derive(Default)]
struct Typed<'a> {
    address: &'a str,
    role: Option<Role>,
    problem: Option<&'static str>,
}

/// `GET /desk/q/{slug}/people`
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let people = People::of(&app, &organizer, &slug).await?;
    let query = Fields::parse(request.query_string().as_bytes());
    draw(&app, &people, query.get("done"), &Typed::default()).await
}

async fn draw(
    app: &Service,
    people: &People,
    done: Option<&str>,
    typed: &Typed<'_>,
) -> Result<Markup, AppError> {
    let steps = steps(app, &people.questionnaire, None).await?;
    Ok(layout::desk(&people.me, "People", Some(&steps), view::page(people, done, typed)))
}

fn see(of: &Questionnaire, rest: &str) -> HttpResponse {
    reply::see(href::desk(&of.slug, rest))
}

/// `POST /desk/q/{slug}/people/invite`
pub async fn invite(
    app: App,
    organizer: Organizer,
    speaks: Speaks,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let people = People::of(&app, &organizer, &slug).await?;
    let address = fields.get("address").unwrap_or_default().trim();
    let role = fields.get("role").and_then(Role::of);
    let problem = match (address.parse::<Email>(), role) {
        (Err(_), _) => "This is not a mail address, such as ada@example.org.",
        (_, None) => "Choose what they may do.",
        (Ok(to), Some(role)) => {
            let of = &people.questionnaire;
            match invite_colleague(&app, &organizer.0, of, (&to, role), speaks.0).await? {
                Invited::Sent => {
                    organizer.detail(format!("{to}, as {}", role.word()));
                    return Ok(see(of, "people?done=invited"));
                }
                Invited::Member => "Somebody with this address works here already.",
                Invited::TooMany => {
                    "Enough mails have gone to this address today, or too many people are asked at once."
                }
                Invited::Unreachable => "The address cannot be one that gets mail.",
            }
        }
    };
    let typed = Typed { address, role, problem: Some(problem) };
    let page = draw(&app, &people, None, &typed).await?;
    Ok(reply::refused(page))
}

/// `POST /desk/q/{slug}/people/take-back`
pub async fn take_back(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let people = People::of(&app, &organizer, &slug).await?;
    let id = fields.get("who").and_then(|who| who.parse::<ColleagueId>().ok());
    let id = id.ok_or(AppError::Conflict)?;
    if !invite_colleague::take_back(&app, people.questionnaire.id, id).await? {
        return Err(AppError::Conflict);
    }
    let asked = people.asked.iter().find(|one| one.id == id);
    organizer.detail(asked.map(|one| one.address.to_string()).unwrap_or_default());
    Ok(see(&people.questionnaire, "people?done=taken-back"))
}

/// Whom a form is about.
fn whom(fields: &Fields) -> Result<OrganizerId, AppError> {
    fields.get("who").and_then(|who| who.parse().ok()).ok_or(AppError::Conflict)
}

fn changed(outcome: Changed) -> Result<(), AppError> {
    match outcome {
        Changed::Done => Ok(()),
        Changed::NotThere => Err(AppError::Conflict),
        Changed::InTheirName => Err(AppError::Refused(
            "The questionnaire runs in this name. Hand it over first.".to_owned(),
        )),
    }
}

/// `POST /desk/q/{slug}/people/role`
pub async fn set_role(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let people = People::of(&app, &organizer, &slug).await?;
    let who = whom(&fields)?;
    let role = fields.get("role").and_then(Role::of).ok_or(AppError::Conflict)?;
    changed(change_members::set_role(&app, people.questionnaire.id, who, role).await?)?;
    organizer.detail(format!("{}, now {}", people.name(who), role.word()));
    let next =
        if who == people.me.id && role < Role::Owner { "people" } else { "people?done=role" };
    Ok(see(&people.questionnaire, next))
}

/// `POST /desk/q/{slug}/people/remove`
pub async fn remove(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let people = People::of(&app, &organizer, &slug).await?;
    let who = whom(&fields)?;
    changed(change_members::remove(&app, people.questionnaire.id, who).await?)?;
    organizer.detail(people.name(who));
    if who == people.me.id {
        return Ok(reply::see(href::DESK));
    }
    Ok(see(&people.questionnaire, "people?done=removed"))
}

/// `POST /desk/q/{slug}/people/leave`
pub async fn leave(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    changed(change_members::remove(&app, questionnaire.id, organizer.0.id).await?)?;
    Ok(reply::see(href::DESK))
}

/// `POST /desk/q/{slug}/people/hand-over`
pub async fn offer(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let people = People::of(&app, &organizer, &slug).await?;
    let to = whom(&fields)?;
    if !hand_over::offer(&app, people.questionnaire.id, organizer.0.id, to).await? {
        return Err(AppError::Conflict);
    }
    organizer.detail(people.name(to));
    Ok(see(&people.questionnaire, "people?done=offered"))
}

/// `POST /desk/q/{slug}/people/keep`: whoever asked, or was asked, calls it off.
pub async fn keep(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    if !hand_over::end(&app, questionnaire.id, organizer.0.id).await? {
        return Err(AppError::Conflict);
    }
    Ok(see(&questionnaire, "people?done=kept"))
}

/// `POST /desk/q/{slug}/people/take-over`
pub async fn take_over(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    if !hand_over::take_over(&app, questionnaire.id, organizer.0.id).await? {
        return Err(AppError::Conflict);
    }
    Ok(see(&questionnaire, "people?done=taken-over"))
}
