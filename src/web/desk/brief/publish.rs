//! Before a brief is published: what everybody would read, what is kept back and why, the
//! signature, and what was published before.

use maud::{Markup, html};

use super::Desk;
use super::view::gone;
use crate::acts::publish_brief::{Obstacle, Prospect};
use crate::href;
use crate::insight::brief::Limits;
use crate::insight::brief::sheet::{Edition, sheet};
use crate::store::organizers::Organizer;
use crate::web::ui::brief::article;
use crate::web::ui::layout;
use crate::words::Words;

pub(super) fn page(organizer: &Organizer, desk: &Desk, prospect: &Prospect, note: &str) -> Markup {
    let slug = &desk.questionnaire.slug;
    let edition = Edition { changes: &prospect.changes, note, ..desk.edition() };
    let limits = Limits::PUBLISHED;
    layout::desk(
        organizer,
        "Publish the brief",
        Some(&desk.steps),
        html! {
            h1 { "Publish the brief" }
            @if !prospect.obstacles.is_empty() {
                .notice.warning role="alert" {
                    p { "It cannot be published as it is. Nothing of your edits is lost." }
                    ul { @for obstacle in &prospect.obstacles { li { (said(obstacle)) } } }
                }
            }
            @if prospect.newer > 0 {
                .notice {
                    p {
                        @if prospect.newer == 1 { "1 sentence in your words is older than the newest answers. " }
                        @else { (prospect.newer) " sentences in your words are older than the newest answers. " }
                        a href=(href::desk(slug, &format!("brief/edit#{}", desk.first_newer()))) { "Compare" } " before you publish."
                    }
                }
            }
            (gone(desk))
            @if !prospect.set_aside.is_empty() {
                .notice {
                    p {
                        "You have put "
                        @if prospect.set_aside.len() == 1 { "1 sentence" } @else { (prospect.set_aside.len()) " sentences" }
                        " in your own words whose numbers may not be published. What may be told stands in the place of your words:"
                    }
                    ul {
                        @for key in &prospect.set_aside {
                            @if let Some(text) = desk.edits.text(key) { li { q lang=(prospect.brief.language) { (text) } } }
                        }
                    }
                }
            }
            p {
                "Everybody who has the address can read it. A published version does not change any more; you can publish a further one, or take it back. Numbers of fewer than "
                (limits.people) " people, quotes where fewer than " (limits.comments)
                " people answered, and views of fewer than " (limits.authors)
                " are kept back. Words of your own are published as you wrote them: see that they tell nothing about somebody."
            }
            form.stack method="post" action=(href::desk(slug, "brief/sign")) {
                h2 { "Signature" }
                .field {
                    label for="name" { "Name" }
                    input id="name" name="name" maxlength="120" value=(edition.signed) autocomplete="name";
                }
                .field {
                    label for="day" { "Place and day, as they should stand there" }
                    input id="day" name="day" maxlength="120" value=(edition.signed_on);
                }
                button { "Keep the signature" }
            }
            form.stack method="post" action=(href::desk(slug, "brief/publish")) {
                h2 { "Version " (prospect.number) }
                .field {
                    label for="note" { "What readers should know about this version (it may be empty)" }
                    textarea id="note" name="note" rows="3" maxlength="2000" lang=(prospect.brief.language) { (note) }
                }
                @if prospect.obstacles.is_empty() {
                    button.primary { "Publish version " (prospect.number) }
                } @else {
                    button { "Try again" }
                }
            }
            (versions(desk))
            @if !prospect.brief.sections.is_empty() {
                section aria-labelledby="preview" {
                    h2 id="preview" { "What everybody would read" }
                    .panel { (article(&sheet(&prospect.brief, &edition))) }
                }
            }
        },
    )
}

fn said(obstacle: &Obstacle) -> Markup {
    let least = Limits::PUBLISHED.people;
    html! {
        @match obstacle {
            Obstacle::TooFew { people } => {
                @match *people { 0 => "Nobody has", 1 => "Only 1 person has", _ => { "Only " (people) " people have" } }
                " answered. Nothing is published of fewer than " (least) "."
            }
            Obstacle::Empty => "There is nothing in it: every section is left out.",
            Obstacle::TooNear { number, of, sections } => {
                @if of.of == "*" { "All responses" } @else { "The answers to question " (of.of) }
                " differ from those behind version " (number) " by only " (of.differ)
                @if of.differ == 1 { " person" } @else { " people" }
                ": whoever subtracts the two would learn what they said. Wait until at least " (least)
                " have changed, or leave out: "
                @for (place, section) in sections.iter().enumerate() {
                    @if place > 0 { ", " } "“" bdi { (section) } "”"
                }
                "."
            }
        }
    }
}

fn versions(desk: &Desk) -> Markup {
    let slug = &desk.questionnaire.slug;
    html! {
        @if !desk.versions.is_empty() {
            h2 { "Published before" }
            table.data.cards {
                thead { tr { th scope="col" { "Version" } th scope="col" { "Published" } th scope="col" { "Signed by" } th scope="col" { "With ids, for you" } th scope="col" { "Take back" } } }
                tbody {
                    @for version in &desk.versions {
                        tr {
                            th scope="row" {
                                @if version.unpublished_at.is_none() {
                                    a href=(href::brief(slug, Some(version.number))) { "Version " (version.number) }
                                } @else { "Version " (version.number) ", taken back" }
                            }
                            td data-label="Published" { (Words::of("en").date(version.published_at, chrono_tz::UTC)) }
                            td data-label="Signed by" { (if version.signed.is_empty() { "nobody" } else { version.signed.as_str() }) }
                            td data-label="Data" { a href=(href::desk(slug, &format!("brief/{}.json", version.number))) download { "JSON" } }
                            td {
                                @if version.unpublished_at.is_none() {
                                    form method="post" action=(href::desk(slug, "brief/unpublish")) {
                                        input type="hidden" name="number" value=(version.number);
                                        button { "Take version " (version.number) " back" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
