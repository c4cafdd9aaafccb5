//! What was edited since the questionnaire was published: word by word, and for each question
//! whether it is corrected or replaced.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::view::{problems as told, tabs};
use crate::acts::edit_questionnaire::{Placed, State, drop_changes, present, publish_changes};
use crate::domain::difference::{Piece, pieces};
use crate::domain::rewording::{Rewording, proposed};
use crate::domain::{Role, Wording};
use crate::error::AppError;
use crate::href;
use crate::store::questionnaires::Questionnaire;
use crate::store::{questionnaires, responses};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{self, Step};

/// `GET /desk/q/{slug}/changes`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let (questionnaire, role) = organizer.with_role(&app, &slug).await?;
    show(&app, &organizer, &questionnaire, &[], !role.may(Role::Editor)).await
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    problems: &[String],
    looks: bool,
) -> Result<Markup, AppError> {
    let db = app.store.read();
    let asked = questionnaires::asked(db, questionnaire.id).await?;
    let live = State::of(questionnaire, &asked);
    let edited = present(db, questionnaire).await?.state;
    let answered = responses::count(db, questionnaire.id).await? > 0;
    let steps = steps(app, questionnaire, Some(Step::Questionnaire)).await?;
    let slug = &questionnaire.slug;
    Ok(layout::desk(
        &organizer.0,
        "Changes",
        Some(&steps),
        html! {
            (tabs(questionnaire, ""))
            h1 { "Changes that readers do not see yet" }
            @if !problems.is_empty() { (told(problems)) }
            @if live == edited {
                .empty {
                    p { "There are none: readers see the form as it is in the editor." }
                    p { a.button href=(href::desk(slug, "questionnaire")) { "Back to the questions" } }
                }
            } @else {
                form method="post" action=(href::desk(slug, "changes")) {
                    (heads(&live, &edited))
                    @for (number, placed) in (1..).zip(&edited.questions) {
                        (question(number, placed, &live, answered))
                    }
                    (gone(&live, &edited))
                    (moved(&live, &edited))
                    .actions {
                        @if !looks { button.primary { "Put them on the form" } }
                        a.quiet.button href=(href::desk(slug, "questionnaire")) { "Go on editing" }
                    }
                }
                @if !looks { section.danger {
                    h2 { "Leave the form as it is" }
                    p { "The changes are dropped. They stay in the history, where you can restore them." }
                    form method="post" action=(href::desk(slug, "changes")) {
                        input type="hidden" name="drop" value="yes";
                        button.danger { "Drop the changes" }
                    }
                } }
            }
        },
    ))
}

/// `POST /desk/q/{slug}/changes`: puts them on the form, or drops them.
pub async fn publish(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let mut next = href::desk(&questionnaire.slug, "questionnaire");
    if fields.has("drop", "yes") {
        drop_changes(&app, questionnaire, organizer.0.id).await?;
    } else {
        let chosen = fields.pairs().filter(|(_, value)| *value == "replaced");
        let replaced: BTreeSet<String> =
            chosen.filter_map(|(name, _)| name.strip_prefix("as.")).map(str::to_owned).collect();
        let me = organizer.0.id;
        if let Err(obstacles) = publish_changes(&app, questionnaire.clone(), me, replaced).await? {
            let page = show(&app, &organizer, &questionnaire, &obstacles, false).await?;
            return Ok(reply::refused(page));
        }
        next = href::desk(&questionnaire.slug, "history");
    }
    Ok(reply::see(next))
}

/// Title and introduction, where they changed.
fn heads(before: &State, after: &State) -> Markup {
    let row = |what: &str, old: &str, new: &str| {
        html! {
            @if old != new { section.versions { h2 { (what) } p.compared dir="auto" { (compared(old, new)) } } }
        }
    };
    html! {
        (row("Title", &before.title, &after.title))
        (row("Introduction", &before.introduction, &after.introduction))
        @for (tag, head) in &after.translations {
            @let old = before.translations.get(tag).cloned().unwrap_or_default();
            @let name = layout::language_name(tag);
            (row(&format!("Title in {name}"), &old.title, &head.title))
            (row(&format!("Introduction in {name}"), &old.introduction, &head.introduction))
        }
    }
}

/// One question, if it changed, with the choice of what the change is.
fn question(number: usize, placed: &Placed, live: &State, answered: bool) -> Markup {
    let Some(before) = live.questions.iter().find(|before| before.key == placed.key) else {
        return html! {
            section.versions {
                h2 { "Question " (number) " " span.tag.on { "new" } }
                p dir="auto" { (placed.wording.prompt) }
            }
        };
    };
    if before.wording == placed.wording {
        return html! {};
    }
    let is_another = before.wording.kind.word() != placed.wording.kind.word();
    let name = format!("as.{}", placed.key);
    let choice = |value: &str, ticked: bool, what: &str, means: &str| {
        let id = format!("{value}-{}", placed.key);
        html! {
            label.check for=(id) {
                input type="radio" id=(id) name=(name) value=(value) checked[ticked] disabled[is_another && value == "corrected"];
                " " span { strong { (what) ". " } (means) }
            }
        }
    };
    html! {
        section.versions {
            h2 { "Question " (number) }
            (difference(&before.wording, &placed.wording))
            @if let Some((proposal, why)) = proposed(&before.wording, &placed.wording) {
                @let replaced = proposal == Rewording::Replaced;
                fieldset.field {
                    legend { "What is this change?" }
                    p.help { "We take it for " @if replaced { "another question" } @else { "a correction" } ": " (why) "." }
                    (choice("corrected", !replaced, "Corrected", "The question is the same; answers from before and after are read as one."))
                    (choice("replaced", replaced, "Replaced",
                        if answered { "It is another question: answers so far stay with the earlier words, and counting begins anew." }
                        else { "It is another question: answers to the earlier words would stay with them." }))
                }
            } @else {
                p.help { "Readers are asked the same: answers from before and after are read as one." }
            }
        }
    }
}

/// Questions that are taken off.
fn gone(before: &State, after: &State) -> Markup {
    let here = |key: &str| after.questions.iter().any(|placed| placed.key == key);
    html! {
        @for placed in before.questions.iter().filter(|placed| !here(&placed.key)) {
            section.versions {
                h2 dir="auto" { (placed.wording.prompt) " " span.tag.off { "taken off" } }
                p.help { "Its answers are kept, and shown with the results." }
            }
        }
    }
}

/// Whether the order changed.
fn moved(before: &State, after: &State) -> Markup {
    html! {
        @if before.is_reordered(after) {
            section.versions { h2 { "Order" } p { "The questions stand in another order." } }
        }
    }
}

/// What differs between two states.
pub(super) fn states(before: &State, after: &State) -> Markup {
    html! {
        (heads(before, after))
        @for (number, placed) in (1..).zip(&after.questions) {
            @match before.questions.iter().find(|one| one.key == placed.key) {
                Some(one) if one.wording == placed.wording => {},
                Some(one) => section.versions {
                    h2 { "Question " (number) }
                    (difference(&one.wording, &placed.wording))
                },
                None => section.versions {
                    h2 { "Question " (number) " " span.tag.on { "new" } }
                    p dir="auto" { (placed.wording.prompt) }
                },
            }
        }
        (gone(before, after))
        (moved(before, after))
    }
}

/// Two wordings laid over each other, part by part, where they differ.
pub(super) fn difference(before: &Wording, after: &Wording) -> Markup {
    let mut rows = vec![
        ("Words".to_owned(), before.prompt.clone(), after.prompt.clone()),
        ("Help".to_owned(), before.help.clone(), after.help.clone()),
    ];
    let texts = |wording: &Wording| {
        let mut texts: Vec<(String, String)> = vec![];
        wording.kind.clone().texts(&mut |key, text| texts.push((key.to_owned(), text.clone())));
        texts
    };
    let (old, new) = (texts(before), texts(after));
    let find = |list: &[(String, String)], key: &str| {
        list.iter().find(|(of, _)| of == key).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let what = |key: &str| match key {
        "low" => "First point",
        "high" => "Last point",
        "unit" => "Unit",
        _ => "Line",
    };
    let lost = old.iter().filter(|(key, _)| !new.iter().any(|(of, _)| of == key));
    for (key, text) in new.iter().chain(lost) {
        let row = (what(key).to_owned(), find(&old, key), find(&new, key));
        debug_assert!(row.1 == *text || row.2 == *text, "a line has one text on each side");
        rows.push(row);
    }
    let spoken: BTreeSet<&String> =
        before.translations.keys().chain(after.translations.keys()).collect();
    for tag in spoken {
        let of = |wording: &Wording| wording.translations.get(tag).cloned().unwrap_or_default();
        let (old, new) = (of(before), of(after));
        let name = layout::language_name(tag);
        rows.push((format!("Words in {name}"), old.prompt, new.prompt));
        rows.push((format!("Help in {name}"), old.help, new.help));
        let keys: BTreeSet<&String> = old.lines.keys().chain(new.lines.keys()).collect();
        for key in keys {
            let of = |lines: &std::collections::BTreeMap<String, String>| {
                lines.get(key).cloned().unwrap_or_default()
            };
            rows.push((format!("{} in {name}", what(key)), of(&old.lines), of(&new.lines)));
        }
    }
    let mut said = vec![];
    if before.required != after.required {
        said.push(if after.required {
            "It must be answered now."
        } else {
            "It may be skipped now."
        });
    }
    if before.shown_if != after.shown_if {
        said.push("It is asked on another condition.");
    }
    if before.kind.word() != after.kind.word() {
        said.push("It is answered in another way.");
    } else if bare(before) != bare(after) {
        said.push("Its settings have changed.");
    }
    rows.retain(|(_, old, new)| old != new);
    html! {
        @if !rows.is_empty() {
            dl.compared-rows {
                @for (what, old, new) in &rows {
                    dt { (what) }
                    dd.compared dir="auto" { (compared(old, new)) }
                }
            }
        }
        @for line in said { p { (line) } }
    }
}

/// A kind without its texts.
fn bare(wording: &Wording) -> crate::domain::Kind {
    let mut kind = wording.kind.clone();
    kind.texts(&mut |_, text| text.clear());
    if let Some((lines, _)) = kind.lines_mut() {
        lines.clear();
    }
    kind
}

/// Both texts in one, what is gone and what is new marked and told.
fn compared(before: &str, after: &str) -> Markup {
    html! {
        @for piece in pieces(before, after) {
            @match piece {
                Piece::Same(text) => (text),
                Piece::Gone(text) => del { (text) },
                Piece::New(text) => ins { (text) },
            }
        }
    }
}
