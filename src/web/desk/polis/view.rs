//! How bringing a conversation of Polis looks.

use maud::{Markup, html};

use crate::href;
use crate::store::organizers::Organizer;
use crate::web::ui::layout;

/// The form for the files.
pub(super) fn page(organizer: &Organizer, problem: Option<&str>) -> Markup {
    layout::desk(
        organizer,
        "Bring a Polis conversation",
        None,
        html! {
            h1 { "Bring a Polis conversation" }
            p.lede { "Its statements become a questionnaire, its participants’ votes become responses, and you see the map, the groups and what each statement’s votes say." }
            @if let Some(problem) = problem {
                p.problem role="alert" { "Nothing was kept. " (problem) }
            }
            form.stack method="post" enctype="multipart/form-data" {
                .field {
                    label for="file" { "The files" }
                    p.help id="file-help" { "The archive that Polis gives you, or its “comments.csv” together with “participants-votes.csv” or “votes.csv”. “summary.csv” adds the title." }
                    input id="file" name="file" type="file" multiple required aria-describedby="file-help"
                        accept=".csv,.zip,text/csv,application/zip";
                }
                .actions { button.primary { "Bring the conversation" } }
            }
            h2 { "What becomes of it" }
            ul.notes {
                li { "Statements that Polis’s moderators rejected are left out, with the votes on them. So are people who voted on nothing else." }
                li { "Nobody’s name is in these files. Each response keeps the participant’s number, and the time of the last vote where “votes.csv” tells it." }
                li { "The questionnaire is closed: nobody is asked anything. You can open it to readers like any other." }
                li { "Bring the same conversation again, and only what is new or changed is added." }
            }
            p { a href=(href::NEW) { "Bring an article instead" } }
        },
    )
}
