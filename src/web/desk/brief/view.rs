//! The draft to read: each sentence with the responses it rests on.

use maud::{Markup, html};

use super::Desk;
use crate::domain::ResponseId;
use crate::href;
use crate::insight::brief::sheet::{quoted, sheet};
use crate::insight::brief::{By, Quote, Sentence};
use crate::store::organizers::Organizer;
use crate::web::brief::files::names;
use crate::web::desk::responses::who;
use crate::web::ui::brief::numbers;
use crate::web::ui::layout;
use crate::words::Words;

/// So many responses are listed under a sentence; all of them are in the data.
const LISTED: usize = 100;

/// The page; `done`: what was just done.
pub(super) fn page(organizer: &Organizer, desk: &Desk, done: Option<&str>) -> Markup {
    let slug = &desk.questionnaire.slug;
    let brief = desk.draft.read();
    let sheet = sheet(&brief, &desk.edition());
    layout::desk(
        organizer,
        "Brief",
        Some(&desk.steps),
        html! {
            @if brief.sections.is_empty() {
                h1 { "Brief" }
                .empty {
                    p { "A brief is made of responses, and there are none yet." }
                    a.button.primary href=(href::desk(slug, "invitations")) { "Invite readers" }
                }
            } @else {
                @if let Some(said) = done.and_then(said) { .notice role="status" { p { (said) } } }
                (state(desk))
                (gone(desk))
                .actions {
                    a.button.primary href=(href::desk(slug, "brief/edit")) { "Edit the brief" }
                    a.button href=(href::desk(slug, "brief/publish")) { "Sign and publish" }
                    button type="button" data-js hidden data-print { "Print" }
                    a.button.quiet href=(href::desk(slug, "insight")) { "Everything in detail" }
                }
                article.brief lang=(brief.language) {
                    p.kicker { (sheet.kicker) }
                    h1 dir="auto" { (brief.title) }
                    @for section in &brief.sections {
                        h2 dir="auto" { (section.title) }
                        @for each in &section.sentences { (sentence(desk, each)) }
                    }
                    @if !sheet.signed.is_empty() || !sheet.notes.is_empty() {
                        footer.signed {
                            @if !sheet.signed.is_empty() { p { (sheet.signed) } }
                            @for note in &sheet.notes { p { (note) } }
                        }
                    }
                }
                section.no-print aria-labelledby="files" {
                    h2 id="files" { "The draft as a file" }
                    p.help { "With every number, for you. What is published leaves out what could tell about a few people." }
                    ul.names {
                        @for (name, key) in names() {
                            li { a href=(href::desk(slug, &format!("brief/{name}"))) download { (Words::of("en").get(key)) } }
                        }
                    }
                }
            }
        },
    )
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "saved" => "Your changes are kept.",
        "merged" => {
            "Somebody else kept changes while you were writing. Yours and theirs are both kept: they do not touch."
        }
        "signed" => {
            "The signature is kept. It stands in the draft and in every version you publish from now on."
        }
        "published" => {
            "The brief is published. This version does not change any more, but for words that their authors take back."
        }
        "unpublished" => "The version is taken back: nobody can read it any more.",
        _ => return None,
    })
}

/// What is published, and what is newer than the edits.
fn state(desk: &Desk) -> Markup {
    let slug = &desk.questionnaire.slug;
    let latest = desk.versions.iter().find(|version| version.unpublished_at.is_none());
    let newer = desk.draft.newer();
    html! {
        @if let Some(latest) = latest {
            p.no-print {
                "Readers see " a href=(href::brief(slug, Some(latest.number))) { "version " (latest.number) }
                ". Below is the draft of the next one, made of the answers as they are now."
            }
        }
        @if newer > 0 {
            .notice.no-print {
                p {
                    @if newer == 1 { "1 sentence is newer than your edit of it." }
                    @else { (newer) " sentences are newer than your edits of them." }
                    " Your words still stand. "
                    a href=(href::desk(slug, &format!("brief/edit#{}", desk.first_newer()))) { "Compare" }
                }
            }
        }
    }
}

/// Sentences that were left out, and whose theme is not there any more.
pub(super) fn gone(desk: &Desk) -> Markup {
    let gone = desk.gone().len();
    html! {
        @if gone > 0 {
            .notice.no-print {
                p {
                    @if gone == 1 { "1 sentence that you left out was about a theme that is not there any more." }
                    @else { (gone) " sentences that you left out were about themes that are not there any more." }
                    " Another theme may say the same, and is not left out. "
                    a href=(href::desk(&desk.questionnaire.slug, "brief/edit#gone")) { "Look" }
                }
            }
        }
    }
}

/// A sentence; behind it, folded, the responses it rests on.
fn sentence(desk: &Desk, sentence: &Sentence) -> Markup {
    let rests = sentence.rests_on.len();
    html! {
        .sentence {
            p dir="auto" {
                (sentence.text)
                @match sentence.by {
                    By::Made => {}
                    By::Edited | By::Own => { " " span.tag { (Words::of(&desk.draft.brief.language).get("brief-mark")) } }
                }
            }
            @if rests > 0 {
                details.no-print lang="en" {
                    summary { "Rests on " (rests) @if rests == 1 { " response" } @else { " responses" } }
                    ul.names {
                        @for id in sentence.rests_on.iter().take(LISTED) { li { (link(desk, *id)) } }
                    }
                    @if rests > LISTED { p.help { "The first " (LISTED) " are listed here; all are in the data (JSON) below." } }
                }
            }
            @if let Some(table) = &sentence.table { (numbers(table)) }
            @for quote in &sentence.quotes { (quote_of(desk, quote)) }
        }
    }
}

fn quote_of(desk: &Desk, quote: &Quote) -> Markup {
    let said = quoted(Words::of(&desk.draft.brief.language), quote);
    html! {
        blockquote.quote dir="auto" lang=(said.language) {
            p { (said.text) }
            footer {
                (said.by)
                span.no-print lang="en" { @if !said.by.is_empty() { " · " } a href=(href::response(&desk.questionnaire.slug, quote.response)) { "the whole answer" } }
            }
        }
    }
}

fn link(desk: &Desk, id: ResponseId) -> Markup {
    html! { a href=(href::response(&desk.questionnaire.slug, id)) { (who(&desk.insight.material, id)) } }
}
