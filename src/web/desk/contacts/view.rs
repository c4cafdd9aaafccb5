//! How the contacts look at the desk.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::form::{number, people};
use super::{About, Shown, reason};
use crate::domain::text::shortened;
use crate::domain::{ContactId, ListId};
use crate::href;
use crate::store::contact_imports::Import;
use crate::store::contacts::Contact;
use crate::store::contacts::lists::List;
use crate::store::organizers::Organizer;
use crate::web::desk::outbox::list::pager;
use crate::web::ui::layout::{self, language_name};

/// What the page is made from.
pub(super) struct Page<'a> {
    pub organizer: &'a Organizer,
    /// The contacts of this page.
    pub found: &'a [Contact],
    pub about: About,
    /// How many are found in all.
    pub count: u64,
    /// How many contacts there are.
    pub all: u64,
    /// Which page, from 0.
    pub number: u64,
    pub lists: &'a [List],
    pub counts: BTreeMap<ListId, i64>,
    pub tags: &'a [(String, i64)],
    /// Lists that were brought and not yet imported.
    pub waiting: &'a [Import],
    pub shown: &'a Shown,
    /// With how many something was just done.
    pub done: Option<usize>,
    /// How many were just imported: new and known ones.
    pub added: Option<(usize, usize)>,
    pub problem: Option<&'a str>,
}

/// The page.
pub(super) fn view(page: &Page<'_>) -> Markup {
    layout::desk(
        page.organizer,
        "Contacts",
        None,
        html! {
            h1 { "Contacts" small { "The people you can invite. Nobody else sees them." } }
            (said(page))
            @if page.all == 0 {
                .empty {
                    p { "You have no contacts yet. Paste a list or bring a file; or invite nobody and simply share the link of a questionnaire." }
                    p { a.button.primary href=(href::CONTACTS_IMPORT) { "Add contacts" } }
                }
            } @else {
                p.actions {
                    a.button href=(href::CONTACTS_IMPORT) { "Add contacts" }
                    a.button href=(href::CONTACTS_LISTS) { "Lists" @if !page.lists.is_empty() { " (" (page.lists.len()) ")" } }
                    a href=(href::with_query(href::CONTACTS_CSV, &page.shown.query())) { "Take them along as CSV" }
                }
                (search(page))
                @if page.found.is_empty() {
                    .empty { p { "Nobody like this is among your contacts. " a href=(href::CONTACTS) { "Show all" } } }
                } @else {
                    (found(page))
                }
            }
        },
    )
}

fn said(page: &Page<'_>) -> Markup {
    html! {
        @if let Some((new, known)) = page.added {
            .notice role="status" {
                p { strong { (people(new)) " added" } @if known > 0 { ", " (number(known)) " known before" } "." }
            }
        }
        @if let Some(done) = page.done {
            .notice role="status" { p { "Done with " (people(done).to_lowercase()) "." } }
        }
        @if !page.waiting.is_empty() {
            .notice {
                p { "Lists with lines that are not among your contacts yet; they are forgotten after a day:" }
                ul.notes { @for import in page.waiting.iter().take(10) {
                    li { a href=(href::contacts_import(import.id)) { bdi { (import.name) } } }
                } }
            }
        }
    }
}

fn search(page: &Page<'_>) -> Markup {
    let wanted = &page.shown.wanted;
    html! {
        form.search role="search" method="get" action=(href::CONTACTS) {
            label.vh for="q" { "Search names and addresses" }
            input id="q" type="search" name="q" value=(wanted.words) placeholder="Name or address";
            @if !page.lists.is_empty() {
                label.vh for="in-list" { "On the list" }
                select id="in-list" name="list" {
                    option value="" { "on any list" }
                    @for list in page.lists {
                        option value=(list.id) selected[wanted.audience.lists.contains(&list.id)] {
                            (shortened(&list.name, 40)) " (" (page.counts.get(&list.id).copied().unwrap_or(0)) ")"
                        }
                    }
                }
            }
            @if !page.tags.is_empty() {
                label.vh for="with-tag" { "With the tag" }
                select id="with-tag" name="tag" {
                    option value="" { "any tag" }
                    @for (tag, count) in page.tags {
                        option value=(tag) selected[wanted.audience.tags.contains(tag)] { (tag) " (" (count) ")" }
                    }
                }
            }
            label.vh for="show" { "May be written to or not" }
            select id="show" name="show" {
                option value="" { "everybody" }
                option value="suppressed" selected[page.shown.suppressed] { "not to be written to" }
            }
            button { "Search" }
        }
        p.quiet role="status" {
            @if page.shown.is_all() { (people(size(page.all))) }
            @else { (number(size(page.count))) " of " (people(size(page.all))) ". " a href=(href::CONTACTS) { "Show all" } }
        }
    }
}

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn found(page: &Page<'_>) -> Markup {
    let query = page.shown.query();
    let base = if query.is_empty() { String::new() } else { format!("{query}&") };
    html! {
        form method="post" action=(href::CONTACTS) {
            input type="hidden" name="shown" value=(query);
            .scroll tabindex="0" role="region" aria-label="Contacts" {
                table.data.cards {
                    thead {
                        tr {
                            th scope="col" { span.vh { "Tick" } }
                            th scope="col" { "Address" }
                            th scope="col" { "Name" }
                            th scope="col" { "Lists and tags" }
                            th scope="col" { "Language, zone" }
                            th scope="col" { "May be written to" }
                        }
                    }
                    tbody { @for contact in page.found { (row(page, contact)) } }
                }
            }
            (deeds(page))
        }
        (pager(&format!("{}?{base}", href::CONTACTS), page.number, page.count))
    }
}

fn row(page: &Page<'_>, contact: &Contact) -> Markup {
    let address = contact.address.as_str();
    html! {
        tr {
            td { input type="checkbox" name="contact" value=(contact.id) aria-label={ "Tick " (address) }; }
            th scope="row" { a href=(href::contact(contact.id)) { bdi { (address) } } }
            td { bdi { (contact.name) } }
            td { (groups(page, contact.id)) }
            td.zone {
                (language_name(&contact.language))
                @if !contact.zone.is_empty() { br; span.quiet.small { (contact.zone) } }
            }
            @match page.about.suppressed.get(&contact.id) {
                Some(why) => td { span.tag.off { (reason(*why)) } },
                None => td data-label="May be written to:" { "yes" },
            }
        }
    }
}

/// The lists and tags of one contact.
fn groups(page: &Page<'_>, id: ContactId) -> Markup {
    let on = page.about.lists.get(&id);
    let lists = page.lists.iter().filter(|list| on.is_some_and(|on| on.contains(&list.id)));
    html! {
        @for list in lists { span.tag.on { (shortened(&list.name, 40)) } " " }
        @for tag in page.about.tags.get(&id).into_iter().flatten() { span.tag { (tag) } " " }
    }
}

/// What can be done with those who are ticked.
fn deeds(page: &Page<'_>) -> Markup {
    html! {
        section.panel {
            h2 { "With those you ticked" }
            @if let Some(problem) = page.problem { p.problem role="alert" { (problem) } }
            @if page.count > 1 {
                label.check {
                    input type="checkbox" name="all" value="yes";
                    span { "All " (number(size(page.count))) @if page.shown.is_all() { " contacts" } @else { " that were found" } }
                }
            }
            .trio {
                @if !page.lists.is_empty() {
                    .field {
                        label for="to-list" { "List" }
                        select id="to-list" name="list" {
                            option value="" { "choose a list" }
                            @for list in page.lists { option value=(list.id) { (shortened(&list.name, 40)) } }
                        }
                    }
                }
                .field {
                    label for="new-list" { @if page.lists.is_empty() { "A new list" } @else { "Or a new list" } }
                    input id="new-list" name="new_list" maxlength="80";
                }
                p.actions.near {
                    button name="do" value="put_on" { "Put on the list" }
                    @if !page.lists.is_empty() { button name="do" value="take_off" { "Take off" } }
                }
            }
            .trio {
                .field {
                    label for="tags" { "Tags, separated by commas" }
                    input id="tags" name="tags" maxlength="300";
                }
                p.actions.near {
                    button name="do" value="tag" { "Add the tags" }
                    button name="do" value="untag" { "Take the tags away" }
                }
            }
            p.actions {
                button.danger name="do" value="suppress" { "Do not write to them" }
            }
        }
    }
}
