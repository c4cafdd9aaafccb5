//! What an import would do, and what has to be said before.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::form::{number, people};
use super::reason;
use crate::acts::add_contacts::column::Says;
use crate::acts::add_contacts::{Choices, Plan, Reading};
use crate::domain::Basis;
use crate::domain::text::shortened;
use crate::href;
use crate::store::contact_imports::Import;
use crate::store::contacts::lists::List;
use crate::store::organizers::Organizer;
use crate::web::ui::layout::{self, language_name};
use list::{kept, left_out};

mod list;

/// Lists of so many bytes can be corrected on the page.
const SMALL: usize = 20_000;

/// What just happened.
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// So many were imported; the rest has to be corrected.
    Left { new: usize, known: usize },
    /// The list is read otherwise than it was.
    Changed,
    /// Something has to be said first, by field.
    Missing(BTreeMap<&'static str, &'static str>),
}

/// What the page is made from.
pub(super) struct Page<'a> {
    pub organizer: &'a Organizer,
    pub import: &'a Import,
    pub choices: &'a Choices,
    pub reading: &'a Reading,
    pub plan: &'a Plan,
    pub lists: &'a [List],
    pub said: Said,
    /// Which part of the people is shown, from 0.
    pub number: usize,
}

impl Page<'_> {
    fn problem(&self, field: &str) -> Option<&'static str> {
        match &self.said {
            Said::Missing(problems) => problems.get(field).copied(),
            _ => None,
        }
    }
}

/// The page.
pub(super) fn view(page: &Page<'_>) -> Markup {
    let count = page.plan.people.len();
    let kept_before = page.choices.kept;
    let left = kept_before > 0;
    let nobody = page.reading.sheet.rows.is_empty();
    layout::desk(
        page.organizer,
        "Look at the list",
        None,
        html! {
            p { a href=(href::CONTACTS) { "All contacts" } }
            h1 {
                @if left { "What is left of the list" } @else { "Look at the list" }
                small {
                    bdi { (page.import.name) }
                    @if left { ". " (people(kept_before)) " of it " @if kept_before == 1 { "is" } @else { "are" } " among your contacts; these lines are not." }
                    @else { ". Nothing of it is kept yet." }
                }
            }
            (said(page))
            @if nobody { (empty(page)) } @else if count > 0 || !left { (figures(page)) }
            form.setup method="post" action=(href::contacts_import(page.import.id)) {
                @if count > 0 { (kept(page)) }
                (left_out(page))
                @if !page.reading.sheet.columns.is_empty() && !nobody { (columns(page)) }
                @if page.import.content.len() <= SMALL { (text(page)) }
                @if count > 0 {
                    (right(page))
                    (for_all(page))
                }
                p.actions {
                    @if count > 0 {
                        button.primary name="do" value="import" { "Import " (people(count).to_lowercase()) }
                    }
                    button name="do" value="look" { "Look again" }
                    button.quiet name="do" value="throw_away" { "Throw the list away" }
                }
            }
        },
    )
}

fn said(page: &Page<'_>) -> Markup {
    match &page.said {
        Said::Nothing => html! {},
        Said::Left { new, known } => html! {
            .notice role="status" {
                p { strong { (people(*new)) " added" } @if *known > 0 { ", " (number(*known)) " known before" } "." }
                p { "Some lines could not be used. They are below: correct them and look again, or throw them away." }
            }
        },
        Said::Changed => html! {
            .notice role="status" { p { "The list is read in another way now, so nothing was imported. Look at it, then import." } }
        },
        Said::Missing(problems) => html! {
            .problems role="alert" tabindex="-1" {
                h2 { "Something is missing before the import" }
                ul {
                    @for (field, problem) in problems {
                        li { a href={ "#" (field) } { (problem) } }
                    }
                }
            }
        },
    }
}

/// A list without anybody on it.
fn empty(page: &Page<'_>) -> Markup {
    html! {
        .notice role="status" {
            p { strong { "Nobody is on this list." } }
            @if page.reading.sheet.head.is_some() {
                p { "It has a first line that names its columns, and nothing under it. Add the people under that line, one a line, and look again; or throw the list away and bring another." }
            } @else {
                p { "Write one person a line and look again; or throw the list away and bring another." }
            }
        }
    }
}

fn figures(page: &Page<'_>) -> Markup {
    let (new, changed, same) = page.plan.counts();
    let silent = page.plan.silent();
    let known: usize = silent.values().sum();
    let suppressed = known + page.plan.suppressed.values().map(Vec::len).sum::<usize>();
    html! {
        dl.facts.figures {
            div { dt { "new" } dd { (number(new)) } }
            div { dt { "known, changed" } dd { (number(changed)) } }
            div { dt { "known, the same" } dd { (number(same)) } }
            div { dt { "more than once" } dd { (number(page.reading.repeated)) } }
            div { dt { "not to be written to" } dd { (number(suppressed)) } }
            div { dt { "cannot be used" } dd { (number(page.reading.unusable.len())) } }
        }
        @if changed > 0 {
            @let words: Vec<String> = page
                .plan
                .changes()
                .into_iter()
                .map(|(word, count)| format!("{} ({})", word, number(count)))
                .collect();
            p { "What changes with those we know: " (words.join(", ")) "." }
        }
        @if known > 0 {
            @let words: Vec<String> = silent
                .into_iter()
                .map(|(why, count)| format!("{} ({})", reason(why), number(count)))
                .collect();
            p { "Of those we know, " (number(known)) " will still get no mails: " (words.join(", ")) "." }
        }
    }
}

/// What each column says, to be corrected.
fn columns(page: &Page<'_>) -> Markup {
    let sheet = &page.reading.sheet;
    let examples = |at: usize| {
        let cells = sheet.rows.iter().filter_map(|row| row.cells.get(at));
        let filled: Vec<String> =
            cells.filter(|cell| !cell.is_empty()).take(3).map(|cell| shortened(cell, 30)).collect();
        filled.join(" · ")
    };
    let open = !sheet.columns.contains(&Says::Address);
    html! {
        details.more open[open] {
            summary { "What the columns say" }
            input type="hidden" name="columns" value="yes";
            label.check {
                input type="checkbox" name="head" value="yes" checked[sheet.head.is_some()];
                span { "The first line is a head, not a person" }
            }
            .scroll tabindex="0" role="region" aria-label="Columns" {
                table.data.cards {
                    thead { tr { th scope="col" { "Column" } th scope="col" { "For example" } th scope="col" { "Says" } } }
                    tbody {
                        @for (at, column) in sheet.columns.iter().enumerate() {
                            @let name = sheet.heads.get(at).filter(|head| !head.is_empty());
                            @let name = name.map_or_else(|| format!("Column {}", at + 1), |head| shortened(head, 40));
                            tr {
                                th scope="row" { bdi { (name) } }
                                td { bdi { (examples(at)) } }
                                td {
                                    select name={ "column." (at) } aria-label={ "Column " (at + 1) " says" } {
                                        @for known in Says::ALL {
                                            @let (key, words) = known.key_and_words();
                                            option value=(key) selected[known == *column] { (words) }
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
}

/// The lines themselves, where they are few.
fn text(page: &Page<'_>) -> Markup {
    let open = page.plan.people.is_empty() || page.choices.kept > 0;
    html! {
        details.more open[open] {
            summary { "The lines themselves" }
            .field {
                label for="text" { "Correct them here, then look again" }
                textarea id="text" name="text" rows="8" spellcheck="false" autocomplete="off" data-no-draft { "\n" (page.import.content) }
            }
        }
    }
}

/// By what right they are written to.
fn right(page: &Page<'_>) -> Markup {
    let choices = page.choices;
    let described = |field: &'static str| page.problem(field).map(|_| format!("{field}-problem"));
    html! {
        section.panel.stack {
            h2 { "Why you may write to them" }
            fieldset.field id="basis" aria-describedby=[described("basis")] {
            legend { "I may write to them because" }
                p.help { "The law asks you to know. It is kept with each of them, and your mails say it in their last lines." }
            (problem(page, "basis"))
            @for (basis, words) in [
                (Basis::Agreed, "they agreed to hear from me"),
                (Basis::Known, "we know each other: members, colleagues, customers, people I have met"),
            ] {
                label.check {
                    input type="radio" name="basis" value=(basis.word()) checked[choices.basis == Some(basis)];
                    span { (words) }
                }
            }
            }
            .field {
                label for="consent_from" { "Where the addresses come from" }
                p.help id="consent_from-help" { "In the words that your readers will see, such as “the sign-up at the end of my newsletter”." }
                (problem(page, "consent_from"))
                input id="consent_from" name="consent_from" maxlength="120" value=(choices.consent_from) aria-describedby="consent_from-help" aria-invalid=[described("consent_from").map(|_| "true")];
            }
            .field {
                label for="consent_on" { "When they agreed" }
                (problem(page, "consent_on"))
                input id="consent_on" name="consent_on" type="date" value=(choices.consent_on) aria-invalid=[described("consent_on").map(|_| "true")];
            }
        }
    }
}

fn problem(page: &Page<'_>, field: &'static str) -> Markup {
    html! {
        @if let Some(problem) = page.problem(field) {
            p.problem id={ (field) "-problem" } { (problem) }
        }
    }
}

/// What is said for all of them together.
fn for_all(page: &Page<'_>) -> Markup {
    let choices = page.choices;
    let (_, changed, same) = page.plan.counts();
    html! {
        section.panel.stack {
            h2 { "For all of them" }
            @if !page.lists.is_empty() {
                fieldset.field {
                    legend { "They come on these lists" }
                    .ticks {
                        @for list in page.lists {
                            label.check {
                                input type="checkbox" name="list" value=(list.id) checked[choices.lists.contains(&list.id)];
                                span { (list.name) }
                            }
                        }
                    }
                }
            }
            .field {
                label for="new_list" { @if page.lists.is_empty() { "The name of a list for them, if you want one" } @else { "Or on a new list of this name" } }
                input id="new_list" name="new_list" maxlength="80" value=(choices.new_list);
            }
            .field {
                label for="tags" { "Tags, separated by commas" }
                input id="tags" name="tags" maxlength="300" value=(choices.tags);
            }
            .trio {
                .field {
                    label for="language" { "Language, where the line names none" }
                    select id="language" name="language" {
                        @for tag in ["en", "zh"] {
                            option value=(tag) selected[choices.language == tag] { (language_name(tag)) }
                        }
                    }
                }
                .field {
                    label for="zone" { "Time zone, where it names none" }
                    (problem(page, "zone"))
                    input.zone id="zone" name="zone" maxlength="60" placeholder="Europe/Berlin" value=(choices.zone) aria-invalid=[page.problem("zone").map(|_| "true")];
                }
            }
            @if changed + same > 0 {
                label.check {
                    input type="checkbox" name="overwrite" value="yes" checked[choices.overwrite];
                    span { "Where we know somebody, what the list says takes the place of what is there. Otherwise it only fills what is empty." }
                }
            }
        }
    }
}
