//! The list of contacts, and the form that adds to it.

use maud::{Markup, html};

use crate::acts::add_contacts::Added;
use crate::domain::status::{Delivery, Purpose};
use crate::domain::text::shortened;
use crate::href;
use crate::store::invitations::Person;
use crate::store::questionnaires::Questionnaire;
use crate::store::suppressions::Reason;
use crate::web::desk::outbox::tell;

/// What became of a list, line by line where a line could not be used.
pub fn added(added: &Added) -> Markup {
    html! {
        .notice role="status" {
            p { strong { (people(added.new)) " added" } }
            @if added.known > 0 { p { (people(added.known)) " were there already and stay as they are." } }
            @if added.repeated > 0 { p { "Addresses that stood there more than once were taken once." } }
            @if added.new + added.known == 0 && added.unusable.is_empty() {
                p { "The list was empty." }
            }
            @if !added.unusable.is_empty() {
                p { "These lines were left out; they are below, to correct and add again:" }
                dl.facts {
                    @for line in added.unusable.iter().take(100) {
                        dt { "Line " (line.number) }
                        dd { code { (shortened(&line.text, 60)) } " " (line.why) }
                    }
                }
                @if added.unusable.len() > 100 { p { "and " (added.unusable.len() - 100) " more" } }
            }
        }
    }
}

/// "nobody", "1 person", "12 people".
pub fn people(count: usize) -> String {
    match count {
        0 => "Nobody".to_owned(),
        1 => "1 person".to_owned(),
        n => format!("{n} people"),
    }
}

/// The form that adds contacts, with the lines that could not be used.
pub fn form(questionnaire: &Questionnaire, unusable: &str, primary: bool) -> Markup {
    let action = href::desk(&questionnaire.slug, "invitations/contacts");
    html! {
        form.stack method="post" action=(action) enctype="multipart/form-data" {
            .field {
                label for="list" { "One person a line" }
                p.help id="list-help" { "Such as “Ada Lovelace <ada@example.org>” or “ada@example.org, Ada Lovelace, English”. Without a language, mails are in the questionnaire’s." }
                textarea id="list" name="list" rows="8" spellcheck="false" autocomplete="off" aria-describedby="list-help" data-no-draft { "\n" (unusable) }
            }
            .field {
                label for="file" { "Or a file" }
                p.help id="file-help" { "A table saved as CSV: with a first line such as “name, email, language” in any order, or without one." }
                input id="file" name="file" type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" aria-describedby="file-help";
            }
            button.primary[primary] { "Add to the contacts" }
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
                                    None => "—",
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
