//! Tokens with which programs speak for an organizer: made, shown once, revoked.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Path;
use chrono::{DateTime, Days, NaiveTime, Utc};
use maud::{Markup, html};

use crate::acts::make_token::{LONGEST_NAME, NotMade, Wanted, make_token, revoke_token};
use crate::domain::api_token::Scope;
use crate::domain::{Fields, QuestionnaireId};
use crate::error::AppError;
use crate::href;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::tokens::{self, Token};
use crate::web::extract::{App, Form, FromBrowser, Organizer};
use crate::web::reply;
use crate::web::ui::layout;
use crate::words::Words;

/// For how many days a token can be good; the first is what we propose, 0 is until it is revoked.
const DAYS: [u64; 4] = [90, 30, 365, 0];

/// `GET /desk/account/tokens`
pub async fn page(app: App, organizer: Organizer) -> Result<Markup, AppError> {
    show(&app, &organizer, &Fields::default(), None, None).await
}

/// `POST /desk/account/tokens`: makes one, and shows it this once.
pub async fn make(
    app: App,
    organizer: Organizer,
    browser: FromBrowser,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let scopes: BTreeSet<Scope> =
        Scope::ALL.into_iter().filter(|scope| fields.has("scope", scope.word())).collect();
    let questionnaire = match fields.filled("questionnaire") {
        Some(slug) => Some(organizer.questionnaire(&app, slug).await?.id),
        None => None,
    };
    let days = fields.get("days").and_then(|days| days.parse().ok()).unwrap_or(90);
    let wanted = Wanted {
        name: fields.get("name").unwrap_or_default().to_owned(),
        scopes,
        questionnaire,
        expires: (days > 0).then(|| until(app.clock.now(), days)),
    };
    let (status, page) = match make_token(&app, organizer.0.id, wanted, &browser.0).await {
        Ok((token, kept)) => {
            let made = Some((token.as_str(), &kept));
            let page = show(&app, &organizer, &Fields::default(), made, None).await?;
            (HttpResponse::Ok(), page)
        }
        Err(NotMade::Unexpected(error)) => return Err(error.into()),
        Err(refused) => {
            let problem = refused.to_string();
            let page = show(&app, &organizer, &fields, None, Some(&problem)).await?;
            (HttpResponse::UnprocessableEntity(), page)
        }
    };
    let mut answer = status;
    // It is shown once: no browser keeps it.
    answer.insert_header((CACHE_CONTROL, "no-store"));
    Ok(answer.content_type("text/html; charset=utf-8").body(page.into_string()))
}

/// The end of the day so many days from now.
fn until(now: DateTime<Utc>, days: u64) -> DateTime<Utc> {
    let day = now.date_naive().checked_add_days(Days::new(days.saturating_add(1)));
    day.unwrap_or_else(|| now.date_naive()).and_time(NaiveTime::MIN).and_utc()
}

/// `POST /desk/account/tokens/{id}/revoke`
pub async fn revoke(
    app: App,
    organizer: Organizer,
    id: Path<String>,
) -> Result<HttpResponse, AppError> {
    if !revoke_token(&app, organizer.0.id, id.parse()?).await? {
        return Err(AppError::NotFound);
    }
    Ok(reply::see(href::TOKENS))
}

async fn show(
    app: &App,
    organizer: &Organizer,
    typed: &Fields,
    made: Option<(&str, &Token)>,
    problem: Option<&str>,
) -> Result<Markup, AppError> {
    let db = app.store.read();
    let own = tokens::all_of(db, organizer.0.id).await?;
    let all = questionnaires::with_roles(db, organizer.0.id).await?;
    let all: Vec<Questionnaire> = all.into_iter().map(|(of, _)| of).collect();
    let now = app.clock.now();
    Ok(layout::desk(
        &organizer.0,
        "Tokens",
        None,
        html! {
            p { a href="/desk/account" { "Your account" } }
            h1 { "Tokens" }
            p.lede { "With a token, a program does in your name what you could do here." }
            p { a href=(href::API) { "What programs can ask, and how" } }
            @if let Some((token, about)) = made {
                .notice role="status" {
                    p { strong { "This is the token “" (about.name) "”. It is shown this once: copy it now." } }
                    p { code id="token" { (token) } }
                    p { "Whoever has it can do what it allows. Keep it where you keep passwords." }
                }
            }
            (list(&own, &all, now))
            (form(typed, &all, problem))
        },
    ))
}

fn list(own: &[Token], all: &[Questionnaire], now: DateTime<Utc>) -> Markup {
    let title = |id: QuestionnaireId| {
        all.iter().find(|of| of.id == id).map_or("a questionnaire", |of| of.title.as_str())
    };
    let day = |at: DateTime<Utc>| Words::of("en").date(at, chrono_tz::UTC);
    html! {
        @if own.is_empty() {
            p.quiet { "There is no token yet." }
        } @else {
            table.data.cards {
                thead { tr { th scope="col" { "Token" } th scope="col" { "May" } th scope="col" { "For" } th scope="col" { "Until" } th scope="col" { "Last used" } th scope="col" { "Revoke" } } }
                tbody {
                    @for token in own {
                        tr {
                            th scope="row" { bdi { (token.name) } " " code { (token.begins) "…" } }
                            td data-label="May" { (token.scopes.replace(' ', ", ")) }
                            td data-label="For" { @match token.questionnaire_id { Some(id) => bdi { (title(id)) }, None => "everything of yours" } }
                            td data-label="Until" {
                                @match token.expires_at {
                                    Some(at) if at <= now => span.tag.off { "ended" },
                                    Some(at) => (day(at)),
                                    None => "it is revoked",
                                }
                            }
                            td data-label="Last used" { @match token.used_on { Some(on) => (on), None => "never" } }
                            td {
                                form method="post" action={ (href::TOKENS) "/" (token.id) "/revoke" } {
                                    button.quiet { "Revoke" span.vh { " “" (token.name) "”" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn about(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "look at questionnaires, responses, results, briefs and discussions",
        Scope::Write => "change them",
        Scope::Send => "let mails go to other people",
        Scope::Contacts => {
            "look at the addresses of contacts and at mails; with “change”, change contacts"
        }
    }
}

fn form(typed: &Fields, all: &[Questionnaire], problem: Option<&str>) -> Markup {
    let fresh = typed.get("name").is_none();
    let chosen = typed.get("questionnaire").unwrap_or_default();
    let days = typed.get("days").and_then(|days| days.parse().ok()).unwrap_or(90);
    html! {
        h2 { "Make a token" }
        form.stack method="post" action=(href::TOKENS) {
            @if let Some(problem) = problem { p.problem id="token-problem" role="alert" { (problem) } }
            .field {
                label for="name" { "What will use it" }
                input id="name" name="name" required maxlength=(LONGEST_NAME) autocomplete="off"
                    value=(typed.get("name").unwrap_or_default())
                    aria-describedby=[problem.map(|_| "token-problem")];
            }
            fieldset.field {
                legend { "It may" }
                @for scope in Scope::ALL {
                    @let ticked = typed.has("scope", scope.word()) || fresh && scope == Scope::Read;
                    label.check {
                        input type="checkbox" name="scope" value=(scope.word()) checked[ticked];
                        span { (about(scope)) " (" code { (scope.word()) } ")" }
                    }
                }
            }
            .field {
                label for="questionnaire" { "For" }
                select id="questionnaire" name="questionnaire" {
                    option value="" { "everything that is yours" }
                    @for of in all {
                        option value=(of.slug) selected[chosen == of.slug.as_str()] { (of.title) }
                    }
                }
            }
            .field {
                label for="days" { "Good for" }
                select id="days" name="days" {
                    @for choice in DAYS {
                        option value=(choice) selected[choice == days] {
                            @if choice == 0 { "as long as it is not revoked" } @else { (choice) " days" }
                        }
                    }
                }
            }
            button.primary { "Make the token" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_ends_with_a_day() {
        let now: DateTime<Utc> = "2026-11-26T16:00:00Z".parse().unwrap();
        assert_eq!(until(now, 30).to_rfc3339(), "2026-12-27T00:00:00+00:00");
    }
}
