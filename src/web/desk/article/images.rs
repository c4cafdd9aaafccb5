//! The images of the article: which there are, and whether readers see them.

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::{of, see};
use crate::acts::show_images::{Named, NotFetched, hide_images, show_images};
use crate::domain::Role;
use crate::error::AppError;
use crate::href;
use crate::store::questionnaires::Questionnaire;
use crate::web::answer::images::file;
use crate::web::extract::{App, Organizer};

/// The section of the article's page; `asks`: whether this service asks others at all.
pub(super) fn section(
    questionnaire: &Questionnaire,
    role: Role,
    images: &[Named],
    asks: bool,
) -> Markup {
    let count = |wanted: fn(&Named) -> bool| images.iter().filter(|one| wanted(one)).count();
    let shown = count(|one| matches!(one.found, Some(Ok(_))));
    let asked = count(|one| one.found.is_some());
    let may = role.may(Role::Editor);
    let action = href::desk(&questionnaire.slug, "article/images");
    html! {
        @if !images.is_empty() {
            section.stack.images id="images" {
                h2 { "Images" }
                p { (told(images.len(), shown)) }
                ul { @for one in images { (line(one)) } }
                @if may && asks && shown < images.len() {
                    form method="post" action=(action) {
                        p.help id="images-help" { "Our server asks for each of them once, now, and keeps it here; whoever has it learns that this server asked. Readers’ browsers ask nobody but us. Show only what you may show." }
                        .actions {
                            button aria-describedby="images-help" {
                                @if asked == 0 { "Show the images on the article page" }
                                @else { "Fetch those that are missing" }
                            }
                        }
                    }
                }
                @if may && !asks && shown < images.len() {
                    p.help { "This server asks no other, as its settings say: the images stay links." }
                }
                @if may && shown > 0 {
                    form method="post" action={ (action) "/remove" } {
                        button.quiet { "Take the images off the page" }
                    }
                }
            }
        }
    }
}

/// How it stands, in a sentence.
fn told(all: usize, shown: usize) -> String {
    match (all, shown) {
        (1, 0) => "The article names an image. For readers it is a link: their browsers ask its server for nothing until they follow it.".to_owned(),
        (_, 0) => format!("The article names {all} images. For readers they are links: their browsers ask the images’ servers for nothing until they follow one."),
        (1, 1) => "Readers see the image of the article. It is kept here.".to_owned(),
        _ if shown == all => format!("Readers see all {all} images of the article. They are kept here."),
        _ => format!("Readers see {shown} of {all} images of the article, which are kept here. The others are links."),
    }
}

fn line(one: &Named) -> Markup {
    html! {
        li {
            span.called { (one.image.called()) }
            " "
            span.note {
                (one.image.host.as_deref().unwrap_or("no server named"))
                @match &one.found {
                    Some(Ok(kept)) => { " · shown, " (kept.width) " × " (kept.height) }
                    Some(Err(why)) => { " · stays a link: " (why) }
                    None => {}
                }
            }
        }
    }
}

/// `POST /desk/q/{slug}/article/images`: fetched once, and shown from then on.
pub async fn show(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    show_images(&app, &questionnaire).await?;
    Ok(see(&questionnaire, "article#images"))
}

/// `POST /desk/q/{slug}/article/images/remove`
pub async fn hide(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    hide_images(&app, &questionnaire).await?;
    Ok(see(&questionnaire, "article#images"))
}

/// `GET /desk/q/{slug}/images/{name}`
pub async fn serve(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, name) = path.into_inner();
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    file(&app, of(&app, &questionnaire).await?.id, &name).await
}

impl From<NotFetched> for AppError {
    fn from(why: NotFetched) -> Self {
        match why {
            NotFetched::Off => Self::Refused(why.to_string()),
            NotFetched::Changed => Self::Conflict,
            NotFetched::Store(error) => error.into(),
        }
    }
}
