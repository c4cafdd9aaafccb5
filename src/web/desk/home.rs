//! The organizer's questionnaires, and the overview of one with its seven steps.

use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::acts::duplicate_questionnaire::duplicate_questionnaire;
use crate::domain::status::{Mode, Status};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{deletions, handovers, invitations, members, mixing, responses};
use crate::web::extract::{App, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{self, Step, Steps};
use crate::words::Words;

/// `GET /desk`
pub async fn page(app: App, organizer: Organizer) -> Result<Markup, AppError> {
    let db = app.store.read();
    let mut rows = vec![];
    let all = questionnaires::with_roles(db, organizer.0.id).await?;
    let deleted = deletions::among(db, all.iter().map(|(of, _)| of.id)).await?;
    let offered = handovers::to(db, organizer.0.id).await?;
    let leaving = deletions::of_organizer(db, organizer.0.id).await?;
    for (questionnaire, role) in all {
        let count = responses::count(db, questionnaire.id).await?;
        rows.push((questionnaire, role, count));
    }
    Ok(layout::desk(
        &organizer.0,
        "Questionnaires",
        None,
        html! {
            h1 { "Questionnaires" }
            @if let Some(at) = leaving { (leaves(at)) }
            @for (questionnaire, _, _) in rows.iter().filter(|(of, _, _)| offered.contains(&of.id)) {
                p.notice {
                    "You are asked to take over “" bdi { (questionnaire.title) } "”. "
                    a href=(href::desk(&questionnaire.slug, "people")) { "Answer" }
                }
            }
            @if rows.is_empty() {
                .empty {
                    p { "Nothing here yet. There are two ways to begin." }
                    (ways_to_begin())
                }
            } @else {
                ul.questionnaires {
                    @for (questionnaire, role, count) in &rows {
                        li {
                            a href=(href::desk(&questionnaire.slug, "")) { (questionnaire.title) }
                            span.state {
                                (status_word(questionnaire.status)) ", "
                                (responses_word(*count))
                                @if questionnaire.example { " · example" }
                                @if questionnaire.organizer_id != organizer.0.id { " · your role: " (role.word()) }
                                @if let Some(at) = deleted.get(&questionnaire.id) {
                                    " · deleted, erased on " (Words::of("en").date(*at, Tz::UTC))
                                }
                            }
                        }
                    }
                }
                (ways_to_begin())
            }
        },
    ))
}

/// What whoever has deleted their account sees until it is erased.
fn leaves(at: DateTime<Utc>) -> Markup {
    html! {
        .danger {
            p { "Your account is deleted, and will be erased for good on " (Words::of("en").date(at, Tz::UTC)) "." }
            form method="post" action="/desk/account/restore" { button { "Take that back" } }
        }
    }
}

fn ways_to_begin() -> Markup {
    html! {
        .actions {
            a.primary.button href=(href::NEW) { "Bring an article" }
            form method="post" action="/desk/example" {
                button.quiet { "Try the example" }
            }
        }
    }
}

/// `GET /desk/q/{slug}`
pub async fn overview(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let steps = steps(&app, &questionnaire, None).await?;
    let public = app.link(&href::questionnaire(&questionnaire.slug));
    let unanswered = responses::count(app.store.read(), questionnaire.id).await? == 0;
    Ok(layout::desk(
        &organizer.0,
        &questionnaire.title,
        Some(&steps),
        html! {
            h1 { (questionnaire.title) }
            @match questionnaire.status {
                Status::Draft => {
                    p { "Only you see this questionnaire. Choose its questions, look at the preview, then publish it." }
                    p { a.primary.button href=(href::desk(&questionnaire.slug, "questionnaire")) { "Go on with the questions" } }
                }
                Status::Open => {
                    p { "Readers answer at this address:" }
                    p { a href=(public) { (public) } }
                    @if unanswered { (example_answers(&questionnaire)) }
                    p { a.primary.button href=(href::desk(&questionnaire.slug, "insight")) { "See what was said" } }
                }
                Status::Closed => {
                    p { "The questionnaire is closed; everything that was answered is kept." }
                    p { a.primary.button href=(href::desk(&questionnaire.slug, "insight")) { "See what was said" } }
                }
            }
            (more(&questionnaire))
        },
    ))
}

/// What else can be done with a questionnaire.
fn more(questionnaire: &Questionnaire) -> Markup {
    html! {
        h2 { "More" }
        .actions {
            form method="post" action=(href::desk(&questionnaire.slug, "duplicate")) {
                button { "Make a copy" }
            }
            a.quiet href=(href::webhooks(&questionnaire.slug)) { "Webhooks" }
        }
    }
}

/// `POST /desk/q/{slug}/duplicate`: a further draft like this one.
pub async fn duplicate(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let copy = duplicate_questionnaire(&app, organizer.0.id, &questionnaire).await?;
    let next = href::desk(&copy.slug, "questionnaire");
    Ok(reply::see(next))
}

/// For the example: made-up answers, to see what becomes of them.
pub fn example_answers(questionnaire: &Questionnaire) -> Markup {
    html! {
        @if questionnaire.example && questionnaire.status == Status::Open {
            form method="post" action=(href::desk(&questionnaire.slug, "demo")) {
                button { "Fill it with 60 made-up answers" }
            }
        }
    }
}

/// The steps of a questionnaire, each with its state in words.
pub async fn steps(
    app: &Service,
    questionnaire: &Questionnaire,
    current: Option<Step>,
) -> Result<Steps, AppError> {
    let db = app.store.read();
    let asked = questionnaires::asked(db, questionnaire.id).await?.len();
    let answered = responses::count(db, questionnaire.id).await?;
    let invited = invitations::count(db, questionnaire.id).await?;
    let waiting = match questionnaire.mode {
        Mode::Anonymous => mixing::count(db, questionnaire.id).await?,
        Mode::Identified | Mode::Confidential => 0,
    };
    let questions = match asked {
        0 => "no questions yet".to_owned(),
        1 => format!("{}, 1 question", status_word(questionnaire.status)),
        n => format!("{}, {n} questions", status_word(questionnaire.status)),
    };
    let states = Step::ALL
        .into_iter()
        .map(|step| {
            let (state, done) = match step {
                Step::Article => ("read".to_owned(), true),
                Step::Questionnaire => (questions.clone(), questionnaire.status != Status::Draft),
                Step::Invitation if invited == 0 => ("contacts and mails".to_owned(), false),
                Step::Invitation => (format!("{invited} invited"), true),
                Step::Response if waiting > 0 => {
                    (format!("{}, {waiting} to be mixed", responses_word(answered)), answered > 0)
                }
                Step::Response => (responses_word(answered), answered > 0),
                Step::Insight => ("themes, groups, brief".to_owned(), false),
                Step::Discussion => ("groups and guides".to_owned(), false),
                Step::Echo => ("afterwards".to_owned(), false),
            };
            (step, state, done)
        })
        .collect();
    Ok(Steps {
        roles: members::roles(db, questionnaire.id).await?,
        erase_at: deletions::of(db, questionnaire.id).await?,
        slug: questionnaire.slug.clone(),
        title: questionnaire.title.clone(),
        current,
        states,
    })
}

/// `draft`, `published`, `closed`.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Open => "published",
        Status::Closed => "closed",
    }
}

/// "no responses yet", "1 response", "64 responses".
pub fn responses_word(count: u64) -> String {
    match count {
        0 => "no responses yet".to_owned(),
        1 => "1 response".to_owned(),
        n => format!("{n} responses"),
    }
}
