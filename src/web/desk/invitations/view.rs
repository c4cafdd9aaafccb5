//! The page of contacts and invitations.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{contacts, notices};
use crate::acts::campaign::walk::Forecast;
use crate::acts::campaign::{MOST_REMINDERS, Plan, only_files};
use crate::domain::campaign::Aim;
use crate::domain::status::{Delivery, Status};
use crate::domain::{CampaignId, Slug};
use crate::href;
use crate::service::Service;
use crate::store::campaigns::Campaign;
use crate::store::campaigns::mails::Counts;
use crate::store::invitations::Person;
use crate::store::suppressions::Reason;
use crate::web::desk::campaigns::{self, forecast_view, mail, tell};
use crate::web::desk::contacts::form;
use crate::web::desk::outbox::{list, tell as outbox};
use crate::web::ui::layout::{self, Steps};

/// How many contacts are on one page.
const PAGE: usize = 100;

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
    /// The usual invitations.
    pub plan: &'a Plan,
    pub campaigns: &'a [Campaign],
    pub counts: &'a BTreeMap<CampaignId, Counts>,
    pub people: &'a [Person],
    pub said: Said,
    /// Which page of the contacts, from 0.
    pub number: u64,
}

/// The page.
pub fn view(page: &Page<'_>) -> Markup {
    let questionnaire = &page.plan.questionnaire;
    let open = questionnaire.status == Status::Open;
    let action = href::desk(&questionnaire.slug, "invitations/contacts");
    layout::desk(
        &page.plan.organizer,
        "Invitations",
        Some(page.steps),
        html! {
            h1 { "Invitations" small { "Each person gets a mail with a link of their own. Nothing leaves before you press the button." } }
            (said(&page.said))
            (outbox::notices(page.service, false))
            @if page.people.is_empty() {
                p.lede { "There are no contacts yet. Add some, or simply give your readers the public link: " a href=(href::questionnaire(&questionnaire.slug)) { (page.service.link(&href::questionnaire(&questionnaire.slug))) } }
                h2 { "Add contacts" }
                (form::bring(&action, "", None, true))
                h2 { "The mail they will get" }
                (mail::in_languages(page.service, page.plan, [(questionnaire.language.as_str(), "")].into_iter()))
            } @else {
                (figures(page.people))
                (notices::sender(&page.plan.organizer))
                @match questionnaire.status {
                    Status::Draft => (notices::publish_first(questionnaire)),
                    Status::Closed => .notice { p { "The questionnaire is closed, so nobody is invited or reminded." } },
                    Status::Open => {},
                }
                (short_way(page, Aim::Invite, "invitations/send", open))
                @if page.people.iter().any(|person| person.invitation.is_some()) {
                    (short_way(page, Aim::Remind, "invitations/remind", open))
                    (afterwards(page))
                }
                (campaigns::list::table(&questionnaire.slug, page.campaigns, page.counts))
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
            div { dt { "invited" } dd { (count(|person| person.invitation.is_some() && !only_files(person))) } }
            @if count(only_files) > 0 { div { dt { (outbox::FILE) } dd { (count(only_files)) } } }
            div { dt { "answered" } dd { (count(|person| person.answered)) } }
            div { dt { "asked us to stop" } dd { (count(|person| person.suppressed == Some(Reason::Stopped))) } }
            div { dt { "not reached" } dd { (count(failed)) } }
        }
    }
}

/// What the short way to a campaign would do: everybody, our words, now.
fn short_way(page: &Page<'_>, aim: Aim, path: &str, open: bool) -> Markup {
    let plan = Plan { aim, ..page.plan.clone() };
    let now = page.service.clock.now();
    let forecast = Forecast::of(&plan, page.people, now);
    let files = page.people.iter().filter(|person| only_files(person)).count();
    let count = forecast.mails;
    let deed = tell::deed(aim, &tell::people(count));
    let slug = &page.plan.questionnaire.slug;
    let languages = forecast.languages.iter().map(|(tag, (_, name))| (*tag, name.as_str()));
    html! {
        section.panel {
            h2 {
                @match aim {
                    Aim::Invite if count == 0 => "Nobody to invite",
                    _ if count == 0 => "Nobody to remind today",
                    _ => (deed),
                }
            }
            @if aim == Aim::Remind {
                p { "A reminder goes to those who were invited and have not answered, " (plan.terms.days) " days after the last mail at the earliest, and " (MOST_REMINDERS) " times at the most." }
            }
            @if count > 0 { p { (forecast_view::lasts(page.service, &plan, &forecast, now)) } }
            @if aim == Aim::Invite && plan.has_server && files > 0 {
                p { (files) @if files == 1 { " was" } @else { " were" } " asked while no mail server was set: the mails are files, and reached nobody. The links in them go on working." }
            }
            (forecast_view::left_out(&forecast, plan.terms.days))
            @if count > 0 { (mail::in_languages(page.service, &plan, languages)) }
            .actions {
                @if open && count > 0 {
                    form method="post" action=(href::desk(slug, path)) {
                        button.primary[aim == Aim::Invite] { (deed) }
                    }
                }
                (prepare(slug, aim, "Choose whom, in your words, and when"))
            }
        }
    }
}

/// The way to a campaign that is prepared first.
fn prepare(slug: &Slug, aim: Aim, label: &str) -> Markup {
    html! {
        form method="post" action=(href::desk(slug, "campaigns")) {
            button.quiet name="aim" value=(aim.word()) { (label) }
        }
    }
}

/// What can be sent to those who have answered.
fn afterwards(page: &Page<'_>) -> Markup {
    let slug = &page.plan.questionnaire.slug;
    html! {
        section.panel {
            h2 { "Afterwards" }
            p { "Thank those who have answered, and tell people where they can read the brief." }
            .actions {
                (prepare(slug, Aim::Thank, "Prepare thanks"))
                (prepare(slug, Aim::Brief, "Prepare sending the brief"))
            }
        }
    }
}

fn list_of_contacts(page: &Page<'_>) -> Markup {
    let first = usize::try_from(page.number).unwrap_or(0).saturating_mul(PAGE);
    let rest = page.people.get(first..).unwrap_or_default();
    let shown = rest.get(..PAGE).unwrap_or(rest);
    let base = href::desk(&page.plan.questionnaire.slug, "invitations");
    let count = u64::try_from(page.people.len()).unwrap_or(u64::MAX);
    html! {
        h2 id="contacts" { "Your contacts" }
        p { a href=(href::CONTACTS) { "Work on them, their lists and tags" } }
        (contacts::table(shown))
        (list::pager(&format!("{base}?"), page.number, count))
    }
}
