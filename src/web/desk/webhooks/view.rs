//! How webhooks look.

use maud::{Markup, html};

use crate::acts::set_up_webhook::Wish;
use crate::domain::status::Mode;
use crate::domain::text::shortened;
use crate::domain::webhook::{Event, Telling};
use crate::href;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::store::webhooks::{Notice, Webhook};
use crate::web::desk::outbox::tell::moment;
use crate::web::ui::layout::{self, Steps};

/// What is on the page of one webhook.
pub(super) struct One<'a> {
    /// Whose it is.
    pub questionnaire: &'a Questionnaire,
    /// The webhook.
    pub hook: &'a Webhook,
    /// The secrets that sign now, the newest first.
    pub secrets: &'a [String],
    /// What it was told last, the newest first.
    pub last: &'a [Notice],
}

/// What an event is, in words.
fn meaning(event: Event) -> &'static str {
    match event {
        Event::QuestionnairePublished => "It is opened to readers",
        Event::QuestionnaireClosed => "It is closed",
        Event::ResponseSubmitted => "Somebody answers",
        Event::ResponseChanged => "Somebody changes their answers",
        Event::ResponseErased => "Somebody erases their answers",
        Event::BriefPublished => "A brief is published",
        Event::EchoPublished => "An echo is published",
        Event::Test => "You try it",
    }
}

/// The list, and the form for one more; `typed`: what could not be kept, and `problems` why.
pub(super) fn list(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    hooks: &[(Webhook, u64)],
    typed: &Wish,
    problems: &[String],
) -> Markup {
    layout::desk(
        organizer,
        "Webhooks",
        Some(steps),
        html! {
            h1 { "Webhooks" small { "Addresses of other programs that are told when something happens here." } }
            @for (hook, waiting) in hooks {
                section.entry {
                    h2 { a href=(href::webhook(&questionnaire.slug, hook.id)) { (shortened(&hook.address, 80)) } }
                    p {
                        (state(hook))
                        " Told when: " (hook.wants().into_iter().map(|event| meaning(event).to_lowercase()).collect::<Vec<_>>().join("; ")) "."
                        @if *waiting > 0 { " " (waiting) " still to be told." }
                    }
                }
            }
            h2 { "Add one" }
            form.stack method="post" action=(href::webhooks(&questionnaire.slug)) {
                (said(problems))
                (fields(questionnaire, typed))
                .actions { button.primary { "Add the webhook" } }
            }
            (explained(questionnaire))
        },
    )
}

/// One webhook: what it is told, its secret, what became of the last notices.
pub(super) fn one(
    organizer: &Organizer,
    steps: &Steps,
    shown: &One<'_>,
    typed: Option<(&Wish, &[String])>,
) -> Markup {
    let One { questionnaire, hook, secrets, last } = shown;
    let here = href::webhook(&questionnaire.slug, hook.id);
    let kept = Wish { address: hook.address.clone(), events: hook.wants() };
    let (wish, problems) = typed.unwrap_or((&kept, &[]));
    let deed = |then: &str, label: &str| {
        html! {
            form method="post" action=(here) {
                input type="hidden" name="then" value=(then);
                button { (label) }
            }
        }
    };
    layout::desk(
        organizer,
        "Webhook",
        Some(steps),
        html! {
            p { a href=(href::webhooks(&questionnaire.slug)) { "All webhooks" } }
            h1 { "Webhook" small { (hook.address) } }
            @if let Some(at) = hook.off_at {
                .warning role="status" {
                    p {
                        "It was switched off on " (moment(at))
                        @if let Some(why) = &hook.off_because { ", because it had not answered for more than a day. The last attempt: " (why) }
                        ". While it is off, it is told nothing."
                    }
                    (deed("on", "Switch it on"))
                }
            }
            h2 { "Its secret" }
            p { "Whoever receives the notices checks with it that they come from here." }
            details {
                summary { "Show the secret" }
                @for (place, secret) in secrets.iter().enumerate() {
                    p { @if place > 0 { "The one before, which signs too for a day: " } code { (secret) } }
                }
            }
            .actions {
                (deed("rotate", "Make a new secret"))
                (deed("try", "Send a test"))
                @if hook.off_at.is_none() { (deed("off", "Switch it off")) }
                (deed("remove", "Remove it"))
            }
            h2 { "What it was told" }
            @if last.is_empty() {
                p { "Nothing yet. Send a test to see whether it answers." }
            } @else {
                (table(&here, last))
                p.small.quiet { "The last " (last.len()) ", kept for 30 days." }
            }
            h2 { "What it is told" }
            form.stack method="post" action=(here) {
                (said(problems))
                (fields(questionnaire, wish))
                .actions { button { "Keep the changes" } }
            }
            (explained(questionnaire))
        },
    )
}

fn said(problems: &[String]) -> Markup {
    html! {
        @for problem in problems { p.problem role="alert" { (problem) } }
    }
}

fn state(hook: &Webhook) -> Markup {
    html! {
        @if hook.off_at.is_some() { span.tag.off { "switched off" } } @else { span.tag.on { "on" } }
    }
}

fn fields(questionnaire: &Questionnaire, wish: &Wish) -> Markup {
    let anonymous = questionnaire.mode == Mode::Anonymous;
    html! {
        .field {
            label for="address" { "Address" }
            input id="address" name="address" type="url" required value=(wish.address)
                placeholder="https://hooks.example.org/colloquy" autocomplete="off" spellcheck="false";
        }
        fieldset.field {
            legend { "It is told when" }
            .checks {
                @for event in Event::ALL {
                    @if !(anonymous && event.is_of_one()) {
                        label.check {
                            input type="checkbox" name="event" value=(event.word()) checked[wish.events.contains(&event)];
                            " " span { (meaning(event)) " " code { (event.word()) } }
                        }
                    }
                }
            }
            @if anonymous {
                p.help { "The questionnaire is anonymous, so nobody is told when somebody answers: the moment alone could say who it was." }
            }
        }
    }
}

fn explained(questionnaire: &Questionnaire) -> Markup {
    html! {
        h2 { "Good to know" }
        ul.notes {
            li { "A notice says what happened, to which questionnaire, and which response it is about, by its id; never what was answered, nor by whom." }
            li { "Notices follow the Standard Webhooks specification: the headers webhook-id, webhook-timestamp and webhook-signature, a body of JSON. One that is told twice has the same webhook-id." }
            li { "An address that does not answer with a status from 200 to 299 is tried again after 5 seconds, 5 and 30 minutes, 2, 5, 10 and 10 hours. Then it is switched off, and you get a mail. Redirects are not followed." }
            @if questionnaire.mode != Mode::Anonymous {
                li { "When a respondent erases their response, what was told of it is erased here, too; only that it was erased is told." }
            }
        }
    }
}

fn table(here: &str, last: &[Notice]) -> Markup {
    html! {
        .scroll tabindex="0" role="region" aria-label="Notices" {
            table.data.cards {
                thead {
                    tr {
                        th scope="col" { "What" }
                        th scope="col" { "State" }
                        th scope="col" { "When" }
                        th scope="col" { "Answer" }
                        th scope="col" { span.vh { "Again" } }
                    }
                }
                tbody {
                    @for notice in last {
                        tr {
                            th scope="row" { code { (notice.event) } }
                            td {
                                (tag(notice.state))
                                @if notice.attempts > 1 { br; span.quiet.small { (notice.attempts) " attempts" } }
                            }
                            td {
                                (moment(notice.told_at.unwrap_or(notice.created_at)))
                                @if notice.state == Telling::Waiting && notice.attempts > 0 {
                                    br; span.quiet.small { "next try " (moment(notice.next_at)) }
                                }
                            }
                            td data-label="Answer" {
                                @if let Some(status) = notice.last_status { (status) }
                                @if let Some(said) = &notice.last_said { " " span.quiet.small { (said) } }
                                @if notice.last_status.is_none() && notice.last_said.is_none() { "—" }
                            }
                            td {
                                form method="post" action=(here) {
                                    input type="hidden" name="notice" value=(notice.id);
                                    button.quiet name="then" value="again" { "Send again" span.vh { ": " (notice.event) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn tag(state: Telling) -> Markup {
    let (word, class) = match state {
        Telling::Waiting => ("waiting", ""),
        Telling::Told => ("told", "on"),
        Telling::Paused => ("held back", ""),
        Telling::GivenUp => ("given up", "off"),
    };
    html! { span.{ "tag " (class) } { (word) } }
}
