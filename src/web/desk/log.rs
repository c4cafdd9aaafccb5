//! What was done with a questionnaire, and by whom.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::web::Path;
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::domain::status::Way;
use crate::domain::{Fields, OrganizerId};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::audit::{self, Line};
use crate::store::organizers;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Organizer};
use crate::web::ui::layout;
use crate::words::Words;

/// Lines on one page.
pub const PAGE: u64 = 50;

/// `GET /desk/q/{slug}/log?page=…`
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let number = number(&request);
    let lines =
        audit::of_questionnaire(app.store.read(), questionnaire.id, number - 1, PAGE + 1).await?;
    let who = lines.iter().filter_map(|line| line.organizer_id);
    let names = organizers::names(app.store.read(), who).await?;
    let steps = steps(&app, &questionnaire, None).await?;
    let here = href::desk(&questionnaire.slug, "log");
    let body = html! {
        h1 { "What was done" }
        p { "Every change that somebody made, at the desk, by a program or on the command line, newest first. It holds no answers and no addresses of readers. " (kept(&app)) }
        (table(&lines, Some(&names)))
        (pages(&here, number, &lines))
        p { a href=(href::desk(&questionnaire.slug, "people")) { "Who works here" } }
    };
    Ok(layout::desk(&organizer.0, "What was done", Some(&steps), body))
}

/// Which page is asked for, from 1.
pub fn number(request: &HttpRequest) -> u64 {
    let query = Fields::parse(request.query_string().as_bytes());
    query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 1_000_000)
}

/// How long lines are kept, as a sentence.
pub fn kept(app: &Service) -> String {
    match app.settings.audit.days {
        0 => String::new(),
        days => format!("It is kept for {days} days."),
    }
}

/// The lines; `names`: of whoever did it, unless it was always the same one.
pub fn table(lines: &[Line], names: Option<&BTreeMap<OrganizerId, String>>) -> Markup {
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    html! {
        @if lines.is_empty() {
            .empty { p { "Nothing yet." } }
        } @else {
            table.data.cards {
                caption.vh { "What was done" }
                thead { tr {
                    th scope="col" { "When" }
                    @if names.is_some() { th scope="col" { "Who" } }
                    th scope="col" { "What" }
                } }
                tbody {
                    @for line in lines.iter().take(most) {
                        tr {
                            td { (Words::of("en").date_time(line.at, Tz::UTC)) }
                            @if let Some(names) = names { td { bdi { (who(line, names)) } } }
                            td {
                                (line.deed)
                                @if !line.detail.is_empty() { ": " bdi { (line.detail) } }
                                @match line.way {
                                    Way::Desk => {}
                                    Way::Api => { " " span.tag { "by the API" } }
                                    Way::CommandLine => { " " span.tag { "on the command line" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn who(line: &Line, names: &BTreeMap<OrganizerId, String>) -> String {
    let known = line.organizer_id.and_then(|id| names.get(&id)).cloned();
    known.unwrap_or_else(|| match line.way {
        Way::CommandLine => "The command line".to_owned(),
        Way::Desk | Way::Api => "Somebody whose account is gone".to_owned(),
    })
}

/// The way to the pages before and after, where there are any.
pub fn pages(here: &str, number: u64, lines: &[Line]) -> Markup {
    let more = u64::try_from(lines.len()).unwrap_or(u64::MAX) > PAGE;
    html! {
        @if number > 1 || more {
            nav.pages aria-label="Pages" {
                @if number > 1 { a rel="prev" href={ (here) "?page=" (number - 1) } { "Later" } }
                span aria-current="page" { "Page " (number) }
                @if more { a rel="next" href={ (here) "?page=" (number + 1) } { "Earlier" } }
            }
        }
    }
}
