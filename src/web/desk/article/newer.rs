//! A newer text of the article: bring it, see what became of the questions, take what you want.

use std::collections::BTreeSet;

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::{LARGEST, given, see, view};
use crate::acts::bring_article::{NotBrought, read_article};
use crate::acts::bring_newer::{self, Changed, Newer};
use crate::article::Change;
use crate::domain::ArticleId;
use crate::domain::status::Status;
use crate::error::AppError;
use crate::href;
use crate::store::organizers::Organizer as Who;
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{self, Step, Steps};
use crate::web::upload;

/// `GET /desk/q/{slug}/article/newer`
pub async fn bring_page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Article)).await?;
    Ok(asked_for(&app, &organizer.0, &steps, &view::Typed::default(), None))
}

/// `POST /desk/q/{slug}/article/newer`: a newer text, kept beside the one that is there.
pub async fn bring(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let sent = upload::read(form, LARGEST).await?;
    let (typed, source, stated) = given(&sent);
    let read = match read_article(&app, source, stated).await {
        Ok(read) => read,
        Err(why) => {
            let steps = steps(&app, &questionnaire, Some(Step::Article)).await?;
            let page = asked_for(&app, &organizer.0, &steps, &typed, Some(&why));
            return Ok(reply::refused(page));
        }
    };
    match bring_newer::keep_newer(&app, &questionnaire, read).await? {
        Some(id) => Ok(reply::see(href::newer(&questionnaire.slug, id))),
        None => Err(AppError::Refused(
            "This is the text that is here already, letter for letter: nothing was changed."
                .to_owned(),
        )),
    }
}

/// `GET /desk/q/{slug}/article/newer/{id}`: what became of the questions.
pub async fn page(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, id) = path.into_inner();
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let id: ArticleId = id.parse()?;
    if questionnaire.article_id == id {
        return Ok(see(&questionnaire, "article"));
    }
    let newer = bring_newer::compare(app.store.read(), &questionnaire, id).await?;
    let newer = newer.ok_or(AppError::NotFound)?;
    let steps = steps(&app, &questionnaire, Some(Step::Article)).await?;
    let page = compared(&organizer.0, &steps, &questionnaire, &newer);
    Ok(reply::page(page))
}

/// `POST /desk/q/{slug}/article/newer/{id}`: the newer text takes the place of the one that is
/// there, with what was ticked.
pub async fn take(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (slug, id) = path.into_inner();
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let id: ArticleId = id.parse()?;
    if questionnaire.article_id == id {
        return Ok(see(&questionnaire, "article"));
    }
    let taken: BTreeSet<String> = fields.all("take").map(str::to_owned).collect();
    match bring_newer::take_newer(&app, &questionnaire, id, &taken).await? {
        Some(_) if taken.is_empty() => Ok(see(&questionnaire, "article")),
        Some(_) => Ok(see(&questionnaire, "questionnaire")),
        None => Err(AppError::NotFound),
    }
}

/// Where a newer text is brought.
fn asked_for(
    app: &App,
    organizer: &Who,
    steps: &Steps,
    typed: &view::Typed<'_>,
    problem: Option<&NotBrought>,
) -> Markup {
    layout::desk(
        organizer,
        "A newer text",
        Some(steps),
        html! {
            h1 { "Bring a newer text" }
            p.lede { "We compare it with the one that is here: which questions were kept, moved, reworded, are new or gone. You decide what of that the form takes; until then nothing changes." }
            (view::bring_form(app, typed, problem, "Compare"))
        },
    )
}

/// What became of the questions.
fn compared(
    organizer: &Who,
    steps: &Steps,
    questionnaire: &Questionnaire,
    newer: &Newer,
) -> Markup {
    let action = href::newer(&questionnaire.slug, newer.article.id);
    let published = questionnaire.status != Status::Draft;
    let open: Vec<&Changed> = newer.changes.iter().filter(|one| one.can_be_taken()).collect();
    let other: Vec<&Changed> = newer.changes.iter().filter(|one| !one.can_be_taken()).collect();
    layout::desk(
        organizer,
        "A newer text",
        Some(steps),
        html! {
            h1 { "What became of the questions" }
            p.lede { (counted(&newer.changes)) }
            form method="post" action=(action) {
                @if open.is_empty() {
                    .empty { p { "No question on the form was reworded, and none is new." } }
                } @else {
                    h2 { "To take or to leave" }
                    @if published {
                        p.help { "This questionnaire is published. What you take becomes a further wording: answers stay with the words that they were given to." }
                    }
                    ul.candidates { @for one in open { (to_take(one, !published)) } }
                }
                @if !other.is_empty() {
                    h2 { "The others" }
                    ul.candidates {
                        @for one in other {
                            li.candidate {
                                p.text { (words(one)) }
                                span.tag { (name(one.change)) }
                                @if one.change == Change::Gone {
                                    p.why { "It is no longer in the article. It stays on the form, without a passage; you can take it off there." }
                                }
                            }
                        }
                    }
                }
                .actions {
                    button.primary { "Use the newer text" }
                    a.button href=(href::desk(&questionnaire.slug, "article")) { "Leave the article as it is" }
                }
            }
        },
    )
}

fn to_take(one: &Changed, ticked: bool) -> Markup {
    let id = format!("take-{}", one.key);
    let after = one.after.as_ref();
    html! {
        li.candidate {
            input type="checkbox" id=(id) name="take" value=(one.key) checked[ticked];
            label for=(id) { (after.map_or("", |after| after.text.as_str())) }
            span.tag.on { (name(one.change)) }
            @if let Some(after) = after {
                @if !after.options.is_empty() && one.change == Change::New {
                    ul.options { @for option in &after.options { li { (option) } } }
                }
                @match (&one.before, one.change) {
                    (Some(before), Change::Reworded) => { p.why { "Before: " (before) } }
                    _ => { p.why { (after.why) } }
                }
            }
        }
    }
}

/// The words that stand for a question: those of the newer text, or the last that it had.
fn words(one: &Changed) -> &str {
    let after = one.after.as_ref().map(|after| after.text.as_str());
    after.or(one.before.as_deref()).unwrap_or_default()
}

fn name(change: Change) -> &'static str {
    match change {
        Change::Kept => "kept",
        Change::Moved => "moved",
        Change::Reworded => "reworded",
        Change::New => "new",
        Change::Gone => "gone",
    }
}

/// How many of each there are, in a sentence.
fn counted(changes: &[Changed]) -> String {
    let all = [Change::Kept, Change::Moved, Change::Reworded, Change::New, Change::Gone];
    let counts: Vec<String> = all
        .into_iter()
        .filter_map(|change| {
            let count = changes.iter().filter(|one| one.change == change).count();
            (count > 0).then(|| format!("{count} {}", name(change)))
        })
        .collect();
    match counts.as_slice() {
        [] => "The article has no question that is on the form, and no new one.".to_owned(),
        [one] => format!("Of the questions and statements from the article: {one}."),
        [first @ .., last] => {
            format!(
                "Of the questions and statements from the article: {} and {last}.",
                first.join(", ")
            )
        }
    }
}
