//! The preview: the form as readers will see it, on a phone and on a desk, in each language; and
//! above it what the check has found, with the way to each place.

use actix_web::web::{Path, Query};
use maud::{Markup, html};

use super::translation;
use super::view::tabs;
use crate::acts::bring_article::as_read;
use crate::acts::check_questionnaire::{Finding, Where, closing_passed, findings, minutes};
use crate::acts::edit_questionnaire::present;
use crate::domain::Role;
use crate::domain::status::Status;
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::web::answer::{look, view as reader_view};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Organizer};
use crate::web::ui::layout::{self, ReaderFrame, Step, Steps};
use crate::words::Words;

/// `GET /desk/q/{slug}/preview`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let (questionnaire, role) = organizer.with_role(&app, &slug).await?;
    show(&app, &organizer, &questionnaire, !role.may(Role::Editor)).await
}

/// The preview with the check; `looks`: they may only look.
pub(super) async fn show(
    app: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    looks: bool,
) -> Result<Markup, AppError> {
    let steps = steps(app, questionnaire, Some(Step::Questionnaire)).await?;
    let (asked, pending) = edited(app, questionnaire).await?;
    let mut found = findings(questionnaire, &asked);
    if questionnaire.status != Status::Open {
        found.splice(0..0, closing_passed(questionnaire, app.clock.now()));
    }
    Ok(drawn(organizer, &steps, questionnaire, &asked, &found, (pending, looks)))
}

/// The questions as they are edited, and whether readers see others.
async fn edited(
    app: &Service,
    questionnaire: &Questionnaire,
) -> Result<(Vec<Asked>, bool), AppError> {
    let live = questionnaires::asked(app.store.read(), questionnaire.id).await?;
    let present = present(app.store.read(), questionnaire).await?;
    Ok((present.state.asked(&live), present.pending))
}

fn drawn(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    asked: &[Asked],
    found: &[Finding],
    (pending, looks): (bool, bool),
) -> Markup {
    let slug = &questionnaire.slug;
    let blocked = found.iter().any(|found| found.blocks);
    let (tag, _) = translation::other(&questionnaire.language);
    let spoken = questionnaire.options().translations.contains_key(tag)
        || asked.iter().any(|asked| asked.wording.translations.contains_key(tag));
    let languages = if spoken {
        vec![questionnaire.language.as_str(), tag]
    } else {
        vec![questionnaire.language.as_str()]
    };
    let minutes = minutes(asked);
    layout::desk(
        &organizer.0,
        "Preview and check",
        Some(steps),
        html! {
            (tabs(questionnaire, "preview"))
            h1 { "Preview and check" }
            (check(questionnaire, found))
            .actions {
                @if questionnaire.status == Status::Open && pending {
                    a.primary.button href=(href::desk(slug, "changes")) { "Look at the changes" }
                } @else if questionnaire.status != Status::Open && !blocked && !looks {
                    form method="post" action=(href::desk(slug, "publish")) { button.primary { "Publish it" } }
                }
                a.quiet.button href=(href::desk(slug, "questionnaire")) { "Back to the questions" }
            }
            p.help {
                "It takes about " (minutes) @if minutes == 1 { " minute" } @else { " minutes" } " to answer. Nothing that you type below is kept."
            }
            @for (place, language) in languages.iter().enumerate() {
                @let source = format!("{}?lang={language}", href::desk(slug, "preview/form"));
                @let name = layout::language_name(language);
                @if languages.len() > 1 { h2 { "In " (name) } }
                .pair-of-frames {
                    figure.phone {
                        figcaption { "On a phone" }
                        iframe src=(source) title={ "The form on a phone, in " (name) } loading=[(place > 0).then_some("lazy")] {}
                    }
                    figure.wide {
                        figcaption { "On a larger screen" }
                        iframe src=(source) title={ "The form on a larger screen, in " (name) } loading=[(place > 0).then_some("lazy")] {}
                    }
                }
            }
        },
    )
}

/// What was found, each with the way to its place.
fn check(questionnaire: &Questionnaire, found: &[Finding]) -> Markup {
    let place = |found: &Finding| {
        let slug = &questionnaire.slug;
        match &found.place {
            Where::Question(key) => format!("{}#q-{key}", href::desk(slug, "questionnaire")),
            Where::Head => href::desk(slug, "questionnaire"),
            Where::Settings => href::desk(slug, "settings"),
        }
    };
    let list = |blocks: bool| {
        html! {
            ul.checklist {
                @for found in found.iter().filter(|found| found.blocks == blocks) {
                    li { span { (found.text) } " " a href=(place(found)) { "Go there" span.vh { ": " (found.text) } } }
                }
            }
        }
    };
    let blocked = found.iter().any(|found| found.blocks);
    html! {
        @if blocked {
            .problems {
                h2 { "Before it can be published" }
                (list(true))
            }
        }
        @if found.iter().any(|found| !found.blocks) {
            .notice {
                h2 { "Worth a look" }
                (list(false))
            }
        }
        @if found.is_empty() { p.notice { "The check has found nothing to change." } }
    }
}

/// What a framed form is asked for.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Spoken {
    /// The language.
    pub lang: String,
}

/// `GET /desk/q/{slug}/preview/form`: the form alone, for the frames of the preview.
pub async fn form(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    spoken: Query<Spoken>,
) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let (asked, _) = edited(&app, &questionnaire).await?;
    let state = present(app.store.read(), &questionnaire).await?.state;
    let article = as_read(&crate::web::desk::article::of(&app, &questionnaire).await?)?;
    let language = if spoken.lang.is_empty() { &questionnaire.language } else { &spoken.lang };
    let words = Words::of(language);
    let mut texts = state.translations.get(words.language()).cloned().unwrap_or_default();
    if texts.title.is_empty() {
        texts.title = state.title;
    }
    if texts.introduction.is_empty() {
        texts.introduction = state.introduction;
    }
    let frame = ReaderFrame {
        asks: if organizer.0.name.is_empty() {
            "Colloquy".to_owned()
        } else {
            organizer.0.name.clone()
        },
        look: look::at(&href::desk(&questionnaire.slug, "look"), &questionnaire.options()),
        ..ReaderFrame::default()
    };
    let body = html! {
        h1 dir="auto" { (texts.title) }
        .opening {
            @for paragraph in texts.introduction.split("\n\n").filter(|p| !p.trim().is_empty()) {
                p.lede dir="auto" { (paragraph.trim()) }
            }
        }
        (reader_view::preview(words, &questionnaire.language, &asked, Some(&article)))
        .actions { button.primary type="button" aria-disabled="true" { (words.get("form-send")) } }
    };
    Ok(layout::reader_with(words, &texts.title, frame, body))
}
