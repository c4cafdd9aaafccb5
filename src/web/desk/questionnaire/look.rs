//! The picture at the head of a questionnaire's pages, and the style sheet of its colour, for the
//! desk's own preview.

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::settings::{self, Told};
use crate::acts::choose_options::choose_logo;
use crate::domain::picture::{self, LARGEST, Unfit};
use crate::error::AppError;
use crate::href;
use crate::store::questionnaires::Questionnaire;
use crate::web::answer::look;
use crate::web::extract::{App, Organizer};
use crate::web::reply;
use crate::web::upload;

/// The form for the picture.
pub(super) fn picture(questionnaire: &Questionnaire) -> Markup {
    let logo = look::at(&href::desk(&questionnaire.slug, "look"), &questionnaire.options()).logo;
    html! {
        section.stack.settings {
            h2 { "Picture" }
            p.help { "A logo at the head of your form: PNG or JPEG, at most " (LARGEST / 1024) " KB. It is kept here and sent from here; nobody else is asked for it." }
            @if let Some(logo) = &logo {
                p { img.logo src=(logo) alt="The present picture"; }
            }
            form method="post" enctype="multipart/form-data" action=(href::desk(&questionnaire.slug, "logo")) {
                .field {
                    label for="file" { "Picture" }
                    input type="file" id="file" name="file" accept="image/png,image/jpeg";
                }
                .actions {
                    button { "Use this picture" }
                }
            }
            @if logo.is_some() {
                form method="post" enctype="multipart/form-data" action=(href::desk(&questionnaire.slug, "logo")) {
                    input type="hidden" name="remove" value="yes";
                    button.quiet { "Take the picture away" }
                }
            }
        }
    }
}

/// `POST /desk/q/{slug}/logo`
pub async fn save(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    form: Multipart,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let sent = upload::read(form, LARGEST * 4).await?;
    let next = href::desk(&questionnaire.slug, "settings");
    let problem = if sent.text("remove") == "yes" {
        choose_logo(&app, questionnaire.clone(), None).await?;
        None
    } else if let Some((_, bytes)) = sent.file() {
        match picture::read(bytes) {
            Ok(format) => {
                choose_logo(&app, questionnaire.clone(), Some((bytes.clone(), format))).await?;
                None
            }
            Err(Unfit::NoPicture | Unfit::Drawing) => {
                Some("The picture was not taken: it is neither PNG nor JPEG.")
            }
            Err(Unfit::TooLarge) => Some(
                "The picture was not taken: it has more than 256 KB, or a side of more than 4,000 pixels.",
            ),
        }
    } else {
        Some("Choose a file first.")
    };
    if let Some(problem) = problem {
        let problems = [problem.to_owned()];
        let told = Told { problems: &problems, ..Told::default() };
        let page = settings::show(&app, &organizer, &questionnaire, &told).await?;
        return Ok(reply::refused(page));
    }
    Ok(reply::see(next))
}

/// `GET /desk/q/{slug}/look/{name}`
pub async fn serve(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, name) = path.into_inner();
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    look::file(&app, questionnaire.id, &questionnaire.options(), &name).await
}
