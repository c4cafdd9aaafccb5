//! The list of contacts, and the form that adds to it.

use maud::{Markup, html};

use crate::domain::status::{Delivery, Purpose};
use crate::href;
use crate::store::invitations::Person;
use crate::store::suppressions::Reason;
use crate::web::desk::contacts::form::{number, people};
use crate::web::desk::outbox::tell;

/// What became of a list.
pub fn added(new: usize, known: usize) -> Markup {
    html! {
        .notice role="status" {
            p { strong { (people(new)) " added" } @if known > 0 { ", " (number(known)) " known before" } "." }
        }
    }
}

/// Where a person stands, in words, and whether that is good or bad.
fn state(person: &Person) -> (String, &'static str) {
    let word = |word: &str, class| (word.to_owned(), class);
    match (person.suppressed, person.answered) {
        (_, true) => return word("answered", "on"),
        (Some(Reason::Stopped), _) => return word("asked us to stop", "off"),
        (Some(Reason::Complaint), _) => return word("complained", "off"),
        (Some(Reason::Manual), _) => return word("not written to", "off"),
        (Some(Reason::NoMailbox), _) => return word("no such mailbox", "off"),
        (Some(Reason::Soft), _) => return word("not reachable", "off"),
        (None, false) => {}
    }
    let Some(mail) = person.mails.last() else { return word("not invited", "") };
    let (told, class) = tell::state(mail.state, mail.last_reply.as_deref());
    let kind = if mail.purpose == Purpose::Reminder { "reminder" } else { "invitation" };
    match mail.state {
        Delivery::Sent => (format!("{kind} {told}"), ""),
        _ => (format!("{kind} {told}"), class),
    }
}

/// One page of the list.
pub fn table(people: &[Person]) -> Markup {
    html! {
        .scroll tabindex="0" role="region" aria-label="Contacts" {
            table.data.cards {
                thead {
                    tr {
                        th scope="col" { "Address" }
                        th scope="col" { "Name" }
                        th scope="col" { "Language" }
                        th scope="col" { "State" }
                        th scope="col" { "Last mail" }
                    }
                }
                tbody {
                    @for person in people {
                        @let (word, class) = state(person);
                        tr {
                            th scope="row" { (person.contact.address) }
                            td { (person.contact.name) }
                            td { @if person.contact.language == "zh" { "Chinese" } @else { "English" } }
                            td { span.{ "tag " (class) } { (word) } }
                            td {
                                @match person.mails.last() {
                                    Some(mail) => a href=(href::message(mail.id)) { (tell::moment(mail.updated_at)) },
                                    None => span.quiet { "no mail yet" },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
