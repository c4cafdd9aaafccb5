//! How the page of people looks.

use chrono_tz::Tz;
use maud::{Markup, html};

use super::{People, Typed};
use crate::acts::invite_colleague::DAYS;
use crate::domain::Role;
use crate::href;
use crate::store::members::Member;
use crate::words::Words;

/// What each role may do.
const ROLES: [(Role, &str); 3] = [
    (
        Role::Viewer,
        "reads questions, answers, results, the brief and the discussion. Sees no mail addresses, takes no files along, and changes nothing.",
    ),
    (Role::Editor, "changes, publishes, invites and sends, and sees who was written to."),
    (
        Role::Owner,
        "does everything, decides who else works here, and can delete the questionnaire.",
    ),
];

pub(super) fn page(people: &People, done: Option<&str>, typed: &Typed<'_>) -> Markup {
    let owner = people.role == Role::Owner;
    let alive = people.erase_at.is_none();
    html! {
        h1 { "People" }
        p { "Who works with this questionnaire, and what each of them may do." }
        @if let Some(said) = said(done) { p.notice role="status" { (said) } }
        (asked_to_take_over(people))
        (members(people))
        @if owner && alive {
            (invite(people, typed))
            (asked(people))
            (hand_over(people))
        }
        h2 { "What each may do" }
        dl.facts {
            @for (role, may) in ROLES { dt { (capital(role)) } dd { (may) } }
        }
        h2 { "Whose name, whose contacts" }
        p { "Readers see the name of " bdi { (people.name(people.questionnaire.organizer_id)) } ": on the form, and in the mails about receipts, appointments and groups." }
        p { "Invitations and other campaigns go to the contacts of whoever prepares them, in that person’s name; nobody else’s contacts are used or shown. Before it begins, a campaign is open to whoever prepares it alone; then every editor sees to whom it went, and can stop it. When somebody leaves, their campaigns stop." }
        @if people.role.may(Role::Editor) {
            p { a href=(href::desk(&people.questionnaire.slug, "log")) { "What was done, and by whom" } }
        }
        @if owner && alive {
            p { a href=(href::desk(&people.questionnaire.slug, "delete")) { "Delete this questionnaire" } }
        }
    }
}

fn said(done: Option<&str>) -> Option<&'static str> {
    Some(match done? {
        "invited" => "The mail is on its way. The link in it is good for a week.",
        "taken-back" => "The invitation is taken back: its link opens nothing any more.",
        "role" => "The role is changed.",
        "removed" => "They do not work here any more.",
        "offered" => "They are asked. Nothing changes until they say yes.",
        "kept" => "Nothing is handed over.",
        "taken-over" => "The questionnaire runs in your name now.",
        _ => return None,
    })
}

fn capital(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Editor => "Editor",
        Role::Owner => "Owner",
    }
}

fn address(people: &People, page: &str) -> String {
    href::desk(&people.questionnaire.slug, &format!("people/{page}"))
}

fn asked_to_take_over(people: &People) -> Markup {
    let Some(offer) = &people.offer else { return html! {} };
    let mine = offer.organizer_id == people.me.id;
    html! {
        @if mine || offer.offered_by == people.me.id {
            section.notice {
                @if mine {
                    h2 { bdi { (people.name(offer.offered_by)) } " asks you to take this questionnaire over" }
                    p { "It would run in your name: readers see it on the form and in their mails, and you alone can hand it on. " bdi { (people.name(offer.offered_by)) } " stays an owner." }
                } @else {
                    h2 { bdi { (people.name(offer.organizer_id)) } " is asked to take this questionnaire over" }
                    p { "Nothing changes until they say yes." }
                }
                .actions {
                    @if mine {
                        form.own method="post" action=(address(people, "take-over")) { button.primary { "Take it over" } }
                    }
                    form.own method="post" action=(address(people, "keep")) {
                        button.quiet { @if mine { "Say no" } @else { "Call it off" } }
                    }
                }
            }
        }
    }
}

fn members(people: &People) -> Markup {
    html! {
        table.data.cards {
            caption.vh { "Who works here" }
            thead { tr {
                th scope="col" { "Name" } th scope="col" { "Role" } th scope="col" { "Since" }
                th scope="col" { "Change" }
            } }
            tbody { @for member in &people.members { (row(people, member)) } }
        }
    }
}

fn row(people: &People, member: &Member) -> Markup {
    let (who, own) = (&member.organizer, member.organizer.id == people.me.id);
    let first = people.is_in_name_of(who.id);
    let name = who.shown();
    html! {
        tr {
            th scope="row" {
                bdi { (name) }
                @if own { " (you)" }
                @if let Some(mail) = &who.address && !who.name.is_empty() { br; span.small.quiet { (mail) } }
            }
            td data-label="Role" {
                (capital(member.role))
                @if first { " " span.tag.on { "in this name" } }
            }
            td data-label="Since" { (Words::of("en").date(member.since, Tz::UTC)) }
            td {
                @if first {
                    span.small.quiet { "Stays until it is handed over" }
                } @else if people.role == Role::Owner && people.erase_at.is_none() {
                    details {
                        summary { "Change" span.vh { " " (name) } }
                        form.stack method="post" action=(address(people, "role")) {
                            input type="hidden" name="who" value=(who.id);
                            .field {
                                label for={ "role-" (who.id) } { "Role" }
                                select id={ "role-" (who.id) } name="role" {
                                    @for role in Role::ALL {
                                        option value=(role.word()) selected[role == member.role] { (capital(role)) }
                                    }
                                }
                            }
                            button { "Change the role" }
                        }
                        form.stack method="post" action=(address(people, "remove")) {
                            input type="hidden" name="who" value=(who.id);
                            button.danger { @if own { "Leave" } @else { "Take out" } }
                        }
                    }
                } @else if own {
                    form.own method="post" action=(address(people, "leave")) { button.quiet { "Leave" } }
                }
            }
        }
    }
}

fn invite(people: &People, typed: &Typed<'_>) -> Markup {
    let problem = typed.problem;
    html! {
        h2 id="invite" { "Invite an organizer" }
        form.stack method="post" action=(address(people, "invite")) {
            .field {
                label for="address" { "Mail address" }
                p.help id="address-help" { "They get a mail with a link that is good for " (DAYS) " days and works once. Without an account yet, they get one." }
                @if let Some(problem) = problem { p.problem id="address-problem" { (problem) } }
                input id="address" name="address" type="email" required maxlength="254" spellcheck="false"
                    autocomplete="off" value=(typed.address)
                    aria-invalid=[problem.map(|_| "true")]
                    aria-describedby={ "address-help" @if problem.is_some() { " address-problem" } };
            }
            .field {
                label for="role" { "Role" }
                select id="role" name="role" {
                    @for role in Role::ALL {
                        option value=(role.word()) selected[typed.role.unwrap_or(Role::Editor) == role] { (capital(role)) }
                    }
                }
            }
            .actions { button.primary { "Send the invitation" } }
        }
    }
}

fn asked(people: &People) -> Markup {
    html! {
        @if !people.asked.is_empty() {
            h3 { "Invited, and not here yet" }
            ul.held {
                @for one in &people.asked {
                    li {
                        p { bdi { (one.address) } ", as " (one.role.word()) }
                        p.small.quiet { "The link is good until " (Words::of("en").date(one.expires_at, Tz::UTC)) "." }
                        form method="post" action=(address(people, "take-back")) {
                            input type="hidden" name="who" value=(one.id);
                            button.quiet { "Take it back" span.vh { ": " (one.address) } }
                        }
                    }
                }
            }
        }
    }
}

fn hand_over(people: &People) -> Markup {
    let others = || people.members.iter().filter(|member| member.organizer.id != people.me.id);
    let possible = people.is_in_name_of(people.me.id) && others().next().is_some();
    html! {
        @if possible && people.offer.is_none() {
            h2 { "Hand it over" }
            p { "The questionnaire runs in your name. Ask somebody who works here to take it over: nothing changes until they say yes." }
            form.stack method="post" action=(address(people, "hand-over")) {
                .field {
                    label for="to" { "To whom" }
                    select id="to" name="who" {
                        @for member in others() { option value=(member.organizer.id) { (member.organizer.shown()) } }
                    }
                }
                .actions { button { "Ask them to take it over" } }
            }
        }
    }
}
