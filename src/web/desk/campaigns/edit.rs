//! The page of a draft: for whom, in which words, by which rules, when; who would get it and how
//! it looks.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::form::LANGUAGES;
use super::{forecast_view, mail, tell};
use crate::acts::campaign::walk::Forecast;
use crate::acts::campaign::{MOST_REMINDERS, Plan, TOKEN};
use crate::domain::Fields;
use crate::domain::campaign::Aim;
use crate::domain::status::Status;
use crate::href;
use crate::mail::template::Place;
use crate::service::Service;
use crate::store::campaigns::Campaign;
use crate::store::contacts::Contact;
use crate::store::contacts::lists::List;
use crate::web::desk::outbox::tell as outbox;
use crate::web::ui::layout::{self, Steps};
use crate::words::Words;

/// What the page is made from.
pub struct Editing<'a> {
    pub service: &'a Service,
    pub steps: &'a Steps,
    pub campaign: &'a Campaign,
    /// As it would be, with what is typed.
    pub plan: &'a Plan,
    /// What is typed.
    pub fields: &'a Fields,
    /// Whether it was typed just now, and not kept.
    pub typed: bool,
    /// What has to be put right, by field.
    pub problems: &'a BTreeMap<String, Vec<String>>,
    pub forecast: &'a Forecast,
    pub lists: &'a [List],
    /// For whom the mail is shown.
    pub to: Option<&'a Contact>,
    /// When it would begin.
    pub begins: DateTime<Utc>,
    /// What just happened.
    pub done: Option<&'a str>,
}

impl Editing<'_> {
    fn get(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    fn wrong(&self, name: &str) -> Option<&'static str> {
        self.problems.contains_key(name).then_some("true")
    }

    /// What has to be put right in a field, under its label.
    fn problem(&self, name: &str) -> Markup {
        html! {
            @for text in self.problems.get(name).into_iter().flatten() {
                p.problem id={ (name) "-problem" } { (text) }
            }
        }
    }
}

/// The page.
pub fn view(page: &Editing<'_>) -> Markup {
    let slug = &page.plan.questionnaire.slug;
    let own = href::campaign(slug, page.campaign.id);
    let title = format!("Prepare {}", tell::mails(page.plan.aim));
    layout::desk(
        &page.plan.organizer,
        &title,
        Some(page.steps),
        html! {
            p { a href={ (href::desk(slug, "invitations")) "#campaigns" } { "All invitations and mails" } }
            h1 { (title) small { "Nothing leaves before you let it go." } }
            (said(page.done))
            (outbox::notices(page.service, false))
            (blocked(page))
            @if !page.problems.is_empty() {
                .problems role="alert" tabindex="-1" {
                    @if page.typed {
                        h2 { "Nothing was kept yet" }
                        p { "What you have typed is all here. Put right what is marked below, then keep it." }
                    } @else {
                        h2 { "It cannot begin like this" }
                        p { "Put right what is marked below." }
                    }
                }
            }
            form.stack method="post" action=(own) data-preview={ (own) "/preview" } {
                input type="hidden" name="version" value=(page.get("version"));
                (whom(page))
                (words(page))
                (when(page))
                (forecast(page))
                (preview(page, &own))
                .actions id="deeds" data-shown {
                    // Until it begins, there may be somebody; now there is nobody to let it go for.
                    @if page.fields.has("begin", "at") {
                        button.primary name="then" value="go" { "Let it begin then" }
                    } @else if page.forecast.mails > 0 {
                        button.primary name="then" value="go" { (tell::deed(page.plan.aim, &tell::people(page.forecast.mails))) }
                    }
                    button name="then" value="keep" { "Keep it for later" }
                }
            }
            section {
                h2 { "Throw it away" }
                p { "Nothing of it was sent; your words in it would be gone." }
                form method="post" action={ (own) "/turn" } {
                    button.danger name="turn" value="delete" { "Throw the draft away" }
                }
            }
        },
    )
}

fn said(done: Option<&str>) -> Markup {
    let text = match done {
        Some("kept") => "It is kept. Nothing has been sent.",
        Some("tested") => "A test is on its way to you. It is in the outbox as well.",
        Some("no-address") => {
            "Your account has no address to send a test to. Give one on the page of your account; what you have typed is kept."
        }
        Some("too-many") => {
            "You had many tests within a few minutes. Wait a little; what you have typed is kept."
        }
        _ => return html! {},
    };
    html! { .notice role="status" { p { (text) } } }
}

/// What keeps the campaign from reaching anybody at the moment.
fn blocked(page: &Editing<'_>) -> Markup {
    let (plan, slug) = (page.plan, &page.plan.questionnaire.slug);
    html! {
        @if matches!(plan.aim, Aim::Invite | Aim::Remind) && plan.questionnaire.status != Status::Open {
            .notice {
                p { "Readers cannot answer at the moment, so nobody would be written to. " a href=(href::desk(slug, "questionnaire")) { "Go to the questionnaire" } }
            }
        }
        @if plan.aim == Aim::Brief && plan.brief.is_none() {
            .notice { p { "No brief is published yet, so nobody would be written to. " a href=(href::desk(slug, "brief")) { "Go to the brief" } } }
        }
    }
}

fn whom(page: &Editing<'_>) -> Markup {
    let aim = page.plan.aim;
    html! {
        section {
            h2 { "Who is meant" }
            @if aim == Aim::Brief {
                fieldset.field {
                    legend { "Of your contacts" }
                    label.check { input type="radio" name="whom" value="answered" checked[!page.plan.terms.everybody]; span { "Those who have answered" } }
                    label.check { input type="radio" name="whom" value="everybody" checked[page.plan.terms.everybody]; span { "Everybody who was invited" } }
                }
            }
            @if !page.lists.is_empty() {
                fieldset.field {
                    legend { "Only those on one of these lists" }
                    p.help { "None ticked: it makes no difference on which list somebody is." }
                    .ticks {
                        @for list in page.lists {
                            label.check {
                                input type="checkbox" name="list" value=(list.id) checked[page.plan.audience.lists.contains(&list.id)];
                                span { (list.name) }
                            }
                        }
                    }
                }
            }
            .field {
                label for="tags" { "Only those with one of these tags" }
                p.help id="tags-help" { "Separated by commas. Empty: it makes no difference." }
                input id="tags" name="tags" value=(page.get("tags")) maxlength="1000" autocomplete="off" aria-describedby="tags-help";
            }
            @if aim == Aim::Remind {
                .field {
                    label for="days" { "Days since the last mail, at least" }
                    p.help id="days-help" { "Only those are reminded who were invited and have not answered, " (MOST_REMINDERS) " times at the most. It is looked at once more just before each mail leaves." }
                    input.short id="days" name="days" type="number" min="0" max="90" value=(page.get("days")) aria-describedby="days-help";
                }
                fieldset.field {
                    legend { "Quiet hours" }
                    label.check {
                        input type="checkbox" name="quiet" value="yes" checked[page.fields.has("quiet", "yes")];
                        span { "Nobody is reminded at night, on their own clock" }
                    }
                    .ticks {
                        label { "from " input.short type="number" name="from" min="0" max="23" value=(or(page.get("from"), "21")) aria-label="Quiet from this hour"; }
                        label { "until " input.short type="number" name="until" min="0" max="23" value=(or(page.get("until"), "8")) aria-label="Quiet until this hour"; " o’clock" }
                    }
                }
            } @else {
                // What does not show is sent along, so that it stays as it is.
                input type="hidden" name="days" value=(page.get("days"));
            }
        }
    }
}

fn or<'a>(value: &'a str, otherwise: &'a str) -> &'a str {
    if value.is_empty() { otherwise } else { value }
}

fn words(page: &Editing<'_>) -> Markup {
    let reading = |language: &str| page.forecast.languages.contains_key(language);
    let nobody = !LANGUAGES.iter().any(|language| reading(language));
    html! {
        section {
            h2 { "What it says" }
            p.help { "An empty line begins a paragraph, > a quote; the line in [square brackets] is the button. The small print with the way to stop is added by itself." }
            details.more {
                summary { "What can be filled in for each person" }
                dl.facts {
                    @for (_, name, what) in Place::ALL { dt { code { "{" (name) "}" } } dd { (what) } }
                }
                p.small { "A line whose gap has nothing to say is left out. {name|reader} says “reader” where no name is known." }
            }
            @for language in LANGUAGES {
                @let own = page.plan.questionnaire.language.as_str() == language;
                @let shown = reading(language) || (nobody && Words::of(&page.plan.questionnaire.language).language() == language) || own && nobody;
                @let wrong = page.wrong(&format!("subject.{language}")).or(page.wrong(&format!("text.{language}"))).is_some();
                details open[shown || wrong] {
                    summary { "In " (tell::language(language))
                        @match page.forecast.languages.get(language) {
                            Some((count, _)) => { ": " (tell::people(*count)) },
                            None => ": nobody at the moment",
                        }
                    }
                    (in_language(page, language))
                }
            }
            @if matches!(page.plan.aim, Aim::Invite | Aim::Remind) {
                .field {
                    label for="closes" { "Closing date that the mail tells" }
                    p.help id="closes-help" { "Empty: none is told. After it nobody is written to any more; the questionnaire itself stays open until "
                        @match page.plan.questionnaire.options().closes_at {
                            Some(closes) => { (tell::on_clock(closes, page.plan.terms.zone)) "." },
                            None => "you close it.",
                        }
                    }
                    (page.problem("closes"))
                    input id="closes" name="closes" type="datetime-local" value=(page.get("closes")) aria-describedby="closes-help" aria-invalid=[page.wrong("closes")];
                }
            }
        }
    }
}

fn in_language(page: &Editing<'_>, language: &str) -> Markup {
    let (subject, text) = (format!("subject.{language}"), format!("text.{language}"));
    html! {
        .stack {
        .field {
            label for=(subject) { "Subject" }
            (page.problem(&subject))
            input id=(subject) name=(subject) value=(page.get(&subject)) lang=(language) dir="auto" maxlength="400" autocomplete="off" aria-invalid=[page.wrong(&subject)];
        }
        .field {
            label for=(text) { "Text" }
            (page.problem(&text))
            textarea id=(text) name=(text) rows="14" lang=(language) dir="auto" data-no-draft aria-invalid=[page.wrong(&text)] { "\n" (page.get(&text)) }
        }
        }
    }
}

fn when(page: &Editing<'_>) -> Markup {
    let later = page.fields.has("begin", "at");
    html! {
        section {
            h2 { "When" }
            fieldset.field {
                legend { "It begins" }
                label.check { input type="radio" name="begin" value="now" checked[!later]; span { "as soon as you let it go" } }
                label.check { input type="radio" name="begin" value="at" checked[later]; span { "at this time, by itself:" } }
                (page.problem("starts_at"))
                input name="starts_at" type="datetime-local" value=(page.get("starts_at")) aria-label="It begins at" aria-invalid=[page.wrong("starts_at")];
            }
            .field {
                label for="not_after" { "Nothing leaves after" }
                p.help id="not_after-help" { "What could not be sent by then is never sent. Empty: " (page.service.settings.mail.hours) " hours after the beginning." }
                (page.problem("not_after"))
                input id="not_after" name="not_after" type="datetime-local" value=(page.get("not_after")) aria-describedby="not_after-help" aria-invalid=[page.wrong("not_after")];
            }
            .field {
                label for="zone" { "Time zone of these times, and of those in the mail" }
                (page.problem("zone"))
                input.short.zone id="zone" name="zone" value=(page.get("zone")) maxlength="60" aria-invalid=[page.wrong("zone")];
            }
        }
    }
}

fn forecast(page: &Editing<'_>) -> Markup {
    let (forecast, days) = (page.forecast, page.plan.terms.days);
    html! {
        section.panel id="forecast" data-shown {
            h2 { @if forecast.mails == 0 { "Nobody would get it" } @else { (capital(&tell::people(forecast.mails))) " would get it" } }
            p {
                @match (forecast.meant, forecast.meant - forecast.mails) {
                    (0, _) => "Nobody among your contacts is meant.",
                    (1, 0) => "As things stand now, that is all who are meant.",
                    (_, 0) => "As things stand now, that is everybody who is meant.",
                    (1, _) => "As things stand now, 1 person is meant, and left out.",
                    (meant, out) => { "As things stand now, " (meant) " people are meant, and " (out) " left out." },
                }
                @if forecast.mails > 0 { " " (forecast_view::lasts(page.service, page.plan, forecast, page.begins)) }
            }
            (forecast_view::chosen(forecast))
            (forecast_view::left_out(forecast, days))
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn preview(page: &Editing<'_>, own: &str) -> Markup {
    let plan = page.plan;
    let sought = page.get("to").trim();
    let words = Words::of(page.to.map_or(&plan.questionnaire.language, |to| &to.language));
    let to = match page.to {
        Some(contact) => plan.one(page.service, contact, TOKEN),
        None => plan.anybody(page.service, ""),
    };
    let content = plan.content(page.service, words, to, false);
    let shown = page.to.map(|to| match to.name.as_str() {
        "" => to.address.to_string(),
        name => format!("{name} <{}>", to.address),
    });
    html! {
        section id="preview" {
            h2 { "How it looks" }
            .field {
                label for="to" { "For the contact with this address" }
                .search {
                    input id="to" name="to" value=(page.to.map_or(sought, |to| to.address.as_str())) list="addresses" maxlength="300" autocomplete="off" inputmode="email";
                    button formaction={ (own) "/preview#preview" } { "Show it" }
                }
                datalist id="addresses" { @for address in &page.forecast.first { option value=(address) {} } }
            }
            @if page.to.is_none() && !sought.is_empty() {
                p.problem { "There is no contact with this address; it is shown as for somebody whose name we do not know." }
            }
            div id="mail" data-shown { (mail::shown(page.service, plan, shown.as_deref(), &content)) }
            p {
                button name="then" value="test" { "Keep it, and send this mail to myself" }
            }
            p.help { "It is marked as a test, and nobody can answer with its link." }
        }
    }
}
