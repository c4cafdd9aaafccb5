//! The history of a questionnaire: every saved state with who and when, each to look at and to
//! restore; and the wordings that readers have had.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::changes::difference;
use super::view::tabs;
use super::who::{by, when};
use crate::acts::edit_questionnaire::{State, Step as Back, step};
use crate::domain::{OrganizerId, QuestionId, Role};
use crate::error::AppError;
use crate::href;
use crate::store::edits::{self, Entry};
use crate::store::organizers;
use crate::store::questionnaires::{self, Asked, Version};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{self, Step};

/// So many entries stand on the page.
const SHOWN: u64 = 200;

/// `GET /desk/q/{slug}/history`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let db = app.store.read();
    let entries = edits::entries(db, questionnaire.id, SHOWN).await?;
    let names =
        organizers::names(db, entries.iter().filter_map(|entry| entry.organizer_id)).await?;
    let (versions, replaces) = questionnaires::versions(db, questionnaire.id).await?;
    let asked = questionnaires::all_asked(db, questionnaire.id).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Questionnaire)).await?;
    let published = questionnaire.published_at.is_some();
    Ok(layout::desk(
        &organizer.0,
        "History",
        Some(&steps),
        html! {
            (tabs(&questionnaire, "history"))
            h1 { "History" }
            @if published { (wordings(&asked, &versions, &replaces, &entries, &names)) }
            h2 { "What was saved" }
            @if entries.is_empty() {
                .empty { p { "Nothing was changed in the editor yet." } }
            } @else {
                p.help { "Newest first. Nothing is ever taken out of this list: what you restore becomes a further entry." }
                ol.saved-states reversed {
                    @for (place, entry) in entries.iter().enumerate() {
                        li {
                            p {
                                a href={ (href::desk(&questionnaire.slug, "history")) "/" (entry.number) } { (entry.what) }
                                @if place == 0 { " " span.tag { "now" } }
                                @if published && entry.on_form { " " span.tag.on { "on the form" } }
                            }
                            p.small.quiet { (by(entry.organizer_id, &names)) ", " (when(entry.made_at)) }
                        }
                    }
                }
            }
        },
    ))
}

/// What readers were asked over time, question by question, where it changed.
fn wordings(
    asked: &[Asked],
    versions: &[Version],
    replaces: &BTreeMap<QuestionId, QuestionId>,
    entries: &[Entry],
    names: &BTreeMap<OrganizerId, String>,
) -> Markup {
    // Both came about in one transaction, so at one moment.
    let by = |version: &Version| {
        let entry = entries.iter().find(|entry| entry.made_at == version.since);
        entry.map(|entry| by(entry.organizer_id, names)).unwrap_or_default()
    };
    let of = |id: QuestionId| versions.iter().filter(move |version| version.question == id);
    let line = |version: &Version| {
        let by = by(version);
        let by = if by.is_empty() { String::new() } else { format!(", {by}") };
        html! { p.small.quiet { (when(version.since)) (by) } }
    };
    let changed: Vec<&Asked> = asked
        .iter()
        .filter(|asked| of(asked.id).count() > 1 || replaces.contains_key(&asked.id))
        .collect();
    html! {
        h2 { "What readers were asked" }
        @if changed.is_empty() {
            p { "Every question still has the words with which it was published." }
        }
        @for asked in changed {
            section.versions {
                h3 dir="auto" {
                    (asked.wording.prompt)
                    @if asked.position.is_none() { " " span.tag.off { "taken off" } }
                }
                @if let Some(old) = replaces.get(&asked.id).and_then(|old| of(*old).next_back()) {
                    @if let Some(first) = of(asked.id).next() {
                        p { strong { "Replaced. " } "Another question; answers to the earlier one stay with its words." }
                        (difference(&old.wording, &first.wording))
                        (line(first))
                    }
                }
                @let all: Vec<&Version> = of(asked.id).collect();
                @for pair in all.windows(2) {
                    @if let [before, after] = pair {
                        p { strong { "Corrected. " } "Its answers are read as answers to one question." }
                        (difference(&before.wording, &after.wording))
                        (line(after))
                    }
                }
            }
        }
    }
}

/// `GET /desk/q/{slug}/history/{number}`
pub async fn one(
    app: App,
    organizer: Organizer,
    path: Path<(String, i64)>,
) -> Result<Markup, AppError> {
    let (slug, number) = path.into_inner();
    let (questionnaire, role) = organizer.with_role(&app, &slug).await?;
    let db = app.store.read();
    let entry = edits::one(db, questionnaire.id, number).await?.ok_or(AppError::NotFound)?;
    let before = edits::one(db, questionnaire.id, number - 1).await?;
    let state = State::read(&entry)?;
    let earlier = before.map(|entry| State::read(&entry)).transpose()?.unwrap_or_default();
    let names = organizers::names(db, entry.organizer_id).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Questionnaire)).await?;
    let action = format!("{}/{number}", href::desk(&questionnaire.slug, "history"));
    Ok(layout::desk(
        &organizer.0,
        "An earlier state",
        Some(&steps),
        html! {
            (tabs(&questionnaire, "history"))
            h1 { (entry.what) }
            p.quiet { (by(entry.organizer_id, &names)) ", " (when(entry.made_at)) }
            (super::changes::states(&earlier, &state))
            form method="post" action=(action) {
                .actions {
                    @if role.may(Role::Editor) { button.primary { "Restore this state" } }
                    a.quiet.button href=(href::desk(&questionnaire.slug, "history")) { "Back to the history" }
                }
            }
        },
    ))
}

/// `POST /desk/q/{slug}/history/{number}`: the editor shows that state again.
pub async fn restore(
    app: App,
    organizer: Organizer,
    path: Path<(String, i64)>,
) -> Result<HttpResponse, AppError> {
    let (slug, number) = path.into_inner();
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    edits::one(app.store.read(), questionnaire.id, number).await?.ok_or(AppError::NotFound)?;
    let next = href::desk(&questionnaire.slug, "questionnaire");
    step(&app, questionnaire, organizer.0.id, Back::To(number)).await?;
    Ok(reply::see(next))
}
