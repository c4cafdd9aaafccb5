//! The page of contacts and invitations.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::contacts;
use super::preview::{self, Mail};
use crate::acts::invite_contacts::{self, LeftOut, Round};
use crate::acts::remind_contacts;
use crate::domain::status::{Delivery, Status};
use crate::href;
use crate::service::Service;
use crate::store::invitations::Person;
use crate::store::suppressions::Reason;
use crate::web::desk::contacts::form;
use crate::web::desk::outbox::{list, tell};
use crate::web::ui::layout::{self, Steps};

/// How many contacts are on one page.
const PAGE: usize = 100;
/// How many names are told of those left out for one reason.
const NAMES: usize = 30;

/// What just happened.
pub enum Said {
    /// Nothing.
    Nothing,
    /// So many contacts are new, and so many were known before.
    Added { new: usize, known: usize },
    /// So many invitations were queued.
    Invited(usize),
    /// So many reminders were queued.
    Reminded(usize),
}

/// What the page is made from.
pub struct Page<'a> {
    pub service: &'a Service,
    pub steps: &'a Steps,
    pub round: &'a Round<'a>,
    pub people: &'a [Person],
    pub said: Said,
    /// Which page of the contacts, from 0.
    pub number: u64,
}

/// Who gets a mail, and who does not, by reason.
struct Choice<'a> {
    chosen: Vec<&'a Person>,
    left_out: BTreeMap<LeftOut, Vec<&'a Person>>,
}

impl<'a> Choice<'a> {
    fn of(people: &'a [Person], why: impl Fn(&Person) -> Option<LeftOut>) -> Self {
        let mut choice = Self { chosen: vec![], left_out: BTreeMap::new() };
        for person in people {
            match why(person) {
                None => choice.chosen.push(person),
                Some(reason) => choice.left_out.entry(reason).or_default().push(person),
            }
        }
        choice
    }
}

/// The page.
pub fn view(page: &Page<'_>) -> Markup {
    let questionnaire = page.round.questionnaire;
    let open = questionnaire.status == Status::Open;
    let action = href::desk(&questionnaire.slug, "invitations/contacts");
    layout::desk(
        page.round.organizer,
        "Invitations",
        Some(page.steps),
        html! {
            h1 { "Invitations" small { "Each person gets a mail with a link of their own. Nothing leaves before you press the button." } }
            (said(&page.said))
            (tell::notices(page.service, false))
            @if page.people.is_empty() {
                p.lede { "There are no contacts yet. Add some, or simply give your readers the public link: " a href=(href::questionnaire(&questionnaire.slug)) { (page.service.link(&href::questionnaire(&questionnaire.slug))) } }
                h2 { "Add contacts" }
                (form::bring(&action, "", None, true))
                h2 { "The mail they will get" }
                (preview::previews(page.service, page.round, &[], Mail::Invitation))
            } @else {
                (figures(page.people))
                (preview::sender_notice(page.round))
                @match questionnaire.status {
                    Status::Draft => (preview::publish_first(page.round)),
                    Status::Closed => .notice { p { "The questionnaire is closed, so nobody is invited or reminded." } },
                    Status::Open => {},
                }
                (invite(page, open))
                (remind(page, open))
                h2 { "Add contacts" }
                (form::bring(&action, "", None, false))
                (list_of_contacts(page))
            }
        },
    )
}

fn said(said: &Said) -> Markup {
    let queued = |mails: usize, what: &str| match mails {
        0 => format!("No {what} was queued: nobody was left to write to."),
        1 => format!("1 {what} is on its way."),
        n => format!("{n} {what}s are on their way."),
    };
    let told = |text: String| {
        html! { .notice role="status" { p { (text) " " a href=(href::OUTBOX) { "See the outbox" } } } }
    };
    match said {
        Said::Nothing => html! {},
        Said::Added { new, known } => contacts::added(*new, *known),
        Said::Invited(mails) => told(queued(*mails, "invitation")),
        Said::Reminded(mails) => told(queued(*mails, "reminder")),
    }
}

fn lost(state: Delivery) -> bool {
    matches!(state, Delivery::Failed | Delivery::Expired | Delivery::Bounced)
}

fn figures(people: &[Person]) -> Markup {
    let count = |which: fn(&Person) -> bool| people.iter().filter(|person| which(person)).count();
    let failed = |person: &Person| {
        matches!(person.suppressed, Some(Reason::NoMailbox | Reason::Soft))
            || person.mails.last().is_some_and(|mail| lost(mail.state))
    };
    html! {
        dl.facts.figures {
            div { dt { "contacts" } dd { (people.len()) } }
            div { dt { "invited" } dd { (count(|person| person.invitation.is_some())) } }
            div { dt { "answered" } dd { (count(|person| person.answered)) } }
            div { dt { "asked us to stop" } dd { (count(|person| person.suppressed == Some(Reason::Stopped))) } }
            div { dt { "not reached" } dd { (count(failed)) } }
        }
    }
}

fn invite(page: &Page<'_>, open: bool) -> Markup {
    let choice = Choice::of(page.people, invite_contacts::left_out);
    let count = choice.chosen.len();
    html! {
        section.panel {
            h2 { @if count == 0 { "Everybody is invited" } @else { "Invite " (lower(count)) } }
            @if count > 0 { p { (lasts(page.service, count)) } }
            (left_out(page.service, &choice))
            @if count > 0 {
                (preview::previews(page.service, page.round, &choice.chosen, Mail::Invitation))
            }
            @if open && count > 0 {
                form method="post" action=(href::desk(&page.round.questionnaire.slug, "invitations/send")) {
                    p.actions { button.primary { "Invite " (lower(count)) } }
                }
            }
        }
    }
}

fn remind(page: &Page<'_>, open: bool) -> Markup {
    let invited = page.people.iter().any(|person| person.invitation.is_some());
    let (now, days) = (page.service.clock.now(), page.service.settings.mail.reminder_days);
    let choice = Choice::of(page.people, |person| remind_contacts::left_out(person, now, days));
    let count = choice.chosen.len();
    html! {
        @if invited {
            section.panel {
                h2 { @if count == 0 { "Nobody to remind today" } @else { "Remind " (lower(count)) } }
                p { "A reminder goes to those who were invited and have not answered, " (days) " days after the last mail at the earliest, and " (remind_contacts::MOST) " times at the most." }
                (left_out(page.service, &choice))
                @if count > 0 {
                    (preview::previews(page.service, page.round, &choice.chosen, Mail::Reminder))
                }
                @if open && count > 0 {
                    form method="post" action=(href::desk(&page.round.questionnaire.slug, "invitations/remind")) {
                        p.actions { button { "Remind " (lower(count)) } }
                    }
                }
            }
        }
    }
}

fn lower(count: usize) -> String {
    form::people(count).to_lowercase()
}

/// How long the mails take to leave.
fn lasts(service: &Service, mails: usize) -> String {
    let pace = usize::try_from(service.settings.mail.per_second.max(1)).unwrap_or(1);
    let minutes = mails.div_ceil(pace).div_ceil(60);
    match minutes {
        0 | 1 => "The mails leave within a minute.".to_owned(),
        n => format!("At {pace} a second, the mails need about {n} minutes to leave."),
    }
}

fn left_out(service: &Service, choice: &Choice<'_>) -> Markup {
    let days = service.settings.mail.reminder_days;
    html! {
        @for (reason, people) in &choice.left_out {
            @let count = people.len();
            details.more {
                summary { "Left out: " (count) " who " (singular(preview::reason(*reason, days), count)) }
                p.small {
                    @for (place, person) in people.iter().take(NAMES).enumerate() {
                        @if place > 0 { ", " }
                        (person.contact.address)
                    }
                    @if count > NAMES { " and " (count - NAMES) " more" }
                }
            }
        }
    }
}

/// "1 who is invited", "2 who are invited".
fn singular(reason: String, count: usize) -> String {
    if count != 1 {
        return reason;
    }
    for (many, one) in [("are ", "is "), ("have ", "has "), ("were ", "was ")] {
        if let Some(rest) = reason.strip_prefix(many) {
            return format!("{one}{rest}");
        }
    }
    reason
}

fn list_of_contacts(page: &Page<'_>) -> Markup {
    let first = usize::try_from(page.number).unwrap_or(0).saturating_mul(PAGE);
    let rest = page.people.get(first..).unwrap_or_default();
    let shown = rest.get(..PAGE).unwrap_or(rest);
    let base = href::desk(&page.round.questionnaire.slug, "invitations");
    let count = u64::try_from(page.people.len()).unwrap_or(u64::MAX);
    html! {
        h2 id="contacts" { "Your contacts" }
        p { a href=(href::CONTACTS) { "Work on them, their lists and tags" } }
        (contacts::table(shown))
        (list::pager(&format!("{base}?"), page.number, count))
    }
}
