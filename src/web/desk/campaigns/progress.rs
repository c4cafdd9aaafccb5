//! How far a campaign is that has been let go: by state, by domain, and when it will be over.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};

use super::tell;
use crate::domain::campaign::{Aim, State, Terms};
use crate::domain::email::written_domain;
use crate::domain::status::Delivery;
use crate::domain::{CampaignId, Slug};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::campaigns::mails::{self, Counts};
use crate::store::campaigns::{self, Campaign};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::home::steps;
use crate::web::desk::outbox::tell as outbox;
use crate::web::ui::layout::{self, Step};

/// How many domains are shown; the rest comes together.
const DOMAINS: usize = 12;
/// Over how long the speed is measured.
const LOOK_BACK: TimeDelta = TimeDelta::minutes(5);
/// After so many seconds the page comes anew where no script renews it.
const AGAIN: u32 = 5;

/// The states in the order of the page: those that go together, and what they are called.
const ROWS: [(&str, &[Delivery]); 10] = [
    ("waiting", &[Delivery::Queued]),
    ("being sent", &[Delivery::Claimed, Delivery::InData]),
    ("sent", &[Delivery::Sent]),
    (outbox::FILE, &[Delivery::Written]),
    ("perhaps delivered", &[Delivery::Unknown]),
    ("refused or came back", &[Delivery::Failed, Delivery::Bounced]),
    ("given up in time", &[Delivery::Expired]),
    ("not wanted", &[Delivery::Suppressed]),
    ("complained about", &[Delivery::Complained]),
    ("no longer needed", &[Delivery::Cancelled]),
];

/// What changes when the page does; `None`: the campaign is gone.
pub(super) async fn version(app: &Service, id: CampaignId) -> Result<Option<String>, AppError> {
    let db = app.store.read();
    let Some(campaign) = campaigns::by_id(db, id).await? else { return Ok(None) };
    let counts = mails::counts(db, &[id]).await?.remove(&id).unwrap_or_default();
    Ok(Some(written(&campaign, &counts)))
}

fn written(campaign: &Campaign, counts: &Counts) -> String {
    let counts: Vec<String> = counts.values().map(u64::to_string).collect();
    format!("{}-{}", campaign.updated_at.timestamp_micros(), counts.join("."))
}

fn sum(counts: &Counts, states: &[Delivery]) -> u64 {
    states.iter().filter_map(|state| counts.get(state)).sum()
}

fn open(counts: &Counts) -> u64 {
    sum(counts, &mails::OPEN)
}

/// The page.
pub(super) async fn page(
    app: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    campaign: &Campaign,
    done: Option<&str>,
) -> Result<Markup, AppError> {
    let (db, now) = (app.store.read(), app.clock.now());
    let counts = mails::counts(db, &[campaign.id]).await?.remove(&campaign.id).unwrap_or_default();
    let domains = mails::by_domain(db, campaign.id).await?;
    let ended = mails::ended_since(db, campaign.id, now - LOOK_BACK).await?;
    let zones = mails::zones(db, campaign.id).await?;
    let terms: Terms = serde_json::from_str(&campaign.terms).unwrap_or_default();
    let steps = steps(app, questionnaire, Some(Step::Invitation)).await?;
    let slug = &questionnaire.slug;
    let quiet = tell::waiting(&terms, campaign.aim, &zones, now)
        .filter(|_| campaign.state == State::Running);
    let going = matches!(campaign.state, State::Scheduled | State::Running);
    let over = (campaign.state == State::Running)
        .then(|| over_at(app, campaign, &terms, &domains, &zones, ended, now));
    let live = format!("{}/live", href::campaign(slug, campaign.id));
    Ok(layout::desk_for(
        going.then_some(AGAIN),
        organizer,
        tell::name(campaign.aim),
        Some(&steps),
        html! {
            p { a href={ (href::desk(slug, "invitations")) "#campaigns" } { "All invitations and mails" } }
            h1 { (tell::name(campaign.aim)) small { (questionnaire.title) } }
            (outbox::notices(app, false))
            div id="results" data-live=[going.then_some(live)] data-version=(written(campaign, &counts)) data-words-live="" {
                p { (tell::state(campaign)) " " (meaning(campaign, &counts)) }
                @if done == Some("again") {
                    .notice role="status" {
                        p { @if campaign.state == State::Paused { "They wait with the others until you let it go on." } @else { "They are on their way once more." } }
                    }
                }
                @if let Some(why) = &campaign.paused_why {
                    .warning role="status" {
                        p { strong { @if campaign.state == State::Cancelled { "Nothing was sent" } @else { "Paused by itself" } } }
                        p { (why) }
                    }
                }
                (bar(&counts, over.flatten()))
                @if let Some(quiet) = quiet { p { (quiet) } }
                (by_state(&counts))
                (unknown(slug, campaign, &terms, &counts, now))
                (left_out(campaign, &terms))
                (by_domain(&domains))
                (turns(slug, campaign, &counts))
                p {
                    a href={ (href::campaign(slug, campaign.id)) "/states.csv" } { "Every mail with its state (CSV)" }
                    " · "
                    a href=(href::OUTBOX) { "The mails themselves, in the outbox" }
                }
            }
        },
    ))
}

fn meaning(campaign: &Campaign, counts: &Counts) -> Markup {
    html! {
        @match campaign.state {
            State::Draft => {}
            State::Scheduled => " It begins by itself; who gets a mail is decided then.",
            State::Running if open(counts) == 0 => "The last mails have left.",
            State::Running => "The mails leave by themselves; this page keeps itself up to date.",
            State::Paused if campaign.planned_at.is_some() => "Nothing of it leaves until you let it go on.",
            State::Paused => "It does not begin until you let it go on.",
            State::Cancelled => "Nothing of it leaves any more; what had been sent stays sent.",
            State::Done if counts.is_empty() => "Nobody was left to write to.",
            State::Done => "All its mails are dealt with.",
        }
    }
}

fn bar(counts: &Counts, over: Option<DateTime<Utc>>) -> Markup {
    let all: u64 = counts.values().sum();
    let ended = all - open(counts);
    html! {
        @if all > 0 {
            p {
                label for="sent" { (ended) " of " (all) " mails are dealt with" }
                progress id="sent" max=(all) value=(ended) {}
                @if let Some(over) = over { span.help { "About over at " (outbox::moment(over)) "." } }
            }
        }
    }
}

/// When it is about over: at the speed of the last minutes, and no faster than is set; not before
/// the last reader's quiet hours are.
fn over_at(
    app: &Service,
    campaign: &Campaign,
    terms: &Terms,
    domains: &BTreeMap<String, Counts>,
    zones: &BTreeMap<String, u64>,
    ended: u64,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let left: u64 = domains.values().map(open).sum();
    if left == 0 {
        return None;
    }
    let waiting = domains.iter().map(|(domain, counts)| (domain.as_str(), open(counts)));
    let (need, _) = app.settings.mail.rates().need(waiting);
    let begun = campaign.planned_at.unwrap_or(now);
    let lasted = (now - begun.max(now - LOOK_BACK)).num_seconds().max(1);
    let measured = if ended >= 10 {
        left.saturating_mul(u64::try_from(lasted).unwrap_or(1)) / ended
    } else {
        0
    };
    let need = i64::try_from(need.as_secs().max(measured).max(1)).ok()?;
    let over = now.checked_add_signed(TimeDelta::try_seconds(need)?)?;
    let asleep = |zone: &String| terms.quiet_until(zone, now).map(|(until, _)| until);
    let morning = zones.keys().filter_map(asleep).max();
    let morning = morning.filter(|_| campaign.aim == Aim::Remind);
    Some(over.max(morning.unwrap_or(over)).min(terms.latest(campaign.aim, campaign.not_after)))
}

fn by_state(counts: &Counts) -> Markup {
    html! {
        @if !counts.is_empty() {
            dl.facts.figures {
                @for (word, states) in ROWS {
                    @let count = sum(counts, states);
                    @if count > 0 { div { dt { (word) } dd { (count) } } }
                }
            }
        }
    }
}

fn by_domain(domains: &BTreeMap<String, Counts>) -> Markup {
    let mut sorted: Vec<(&String, &Counts)> = domains.iter().collect();
    sorted.sort_by_key(|(name, counts)| (std::cmp::Reverse(counts.values().sum::<u64>()), *name));
    let first = sorted.get(..DOMAINS).unwrap_or(&sorted);
    let mut rest = Counts::new();
    for (_, counts) in sorted.get(DOMAINS..).unwrap_or_default() {
        for (state, count) in *counts {
            *rest.entry(*state).or_default() += count;
        }
    }
    let others = sorted.len().saturating_sub(DOMAINS);
    // Only where some were made while no mail server was set.
    let files = domains.values().any(|counts| counts.contains_key(&Delivery::Written));
    let row = |name: String, counts: &Counts| {
        let all: u64 = counts.values().sum();
        let gone = sum(counts, &[Delivery::Sent, Delivery::Complained]);
        let waiting = open(counts);
        let (unknown, written) =
            (sum(counts, &[Delivery::Unknown]), sum(counts, &[Delivery::Written]));
        html! {
            tr {
                th scope="row" { (name) }
                td.num data-label="People" { (all) }
                td.num data-label="Sent" { (gone) }
                @if files { td.num data-label="Written as files" { (written) } }
                td.num data-label="Waiting" { (waiting) }
                td.num data-label="Perhaps delivered" { (unknown) }
                td.num data-label="Not sent" { (all - gone - written - waiting - unknown) }
            }
        }
    };
    html! {
        @if domains.len() > 1 {
            h2 { "By mail service" }
            .scroll tabindex="0" role="region" aria-label="Mails by mail service" {
                table.data.cards {
                    thead {
                        tr {
                            th scope="col" { "Domain" }
                            @for head in ["People", "Sent", "Written as files", "Waiting", "Perhaps delivered", "Not sent"] {
                                @if files || head != "Written as files" { th.num scope="col" { (head) } }
                            }
                        }
                    }
                    tbody {
                        @for (name, counts) in first { (row(written_domain(name).into_owned(), counts)) }
                        @if others > 0 { (row(format!("{others} others"), &rest)) }
                    }
                }
            }
        }
    }
}

fn unknown(
    slug: &Slug,
    campaign: &Campaign,
    terms: &Terms,
    counts: &Counts,
    now: DateTime<Utc>,
) -> Markup {
    let late = terms.latest(campaign.aim, campaign.not_after) <= now;
    let stopped = campaign.state == State::Paused;
    let count = sum(counts, &[Delivery::Unknown]);
    let over = matches!(campaign.state, State::Cancelled | State::Draft | State::Scheduled);
    let (them, has) =
        if count == 1 { ("it", "One mail was") } else { ("them", "These mails were") };
    html! {
        @if count > 0 && !over {
            section.panel {
                h2 { "Perhaps delivered: " (count) }
                p { (has) " handed over whole, but no answer came: perhaps they arrived, perhaps not. We do not send " (them) " again by ourselves, so that nobody gets a mail twice." }
                @if late {
                    p { "The latest time of this campaign has passed, so nothing of it is sent any more." }
                } @else {
                    p {
                        "If you do, each keeps its link, and whoever got the first one gets a second."
                        @if stopped { " Nothing leaves while the campaign is stopped: they wait with the others until you let it go on." }
                    }
                    @if stopped { (button(slug, campaign, "again", &format!("Let {them} wait to be sent again"), "")) }
                    @else { (button(slug, campaign, "again", &format!("Send {them} again"), "")) }
                }
            }
        }
    }
}

fn left_out(campaign: &Campaign, terms: &Terms) -> Markup {
    let counts: BTreeMap<String, usize> = campaign
        .left_out
        .as_deref()
        .and_then(|kept| serde_json::from_str(kept).ok())
        .unwrap_or_default();
    html! {
        @if !counts.is_empty() {
            details.more {
                summary { "Who was left out when it began: " (counts.values().sum::<usize>()) }
                ul {
                    @for (word, count) in &counts {
                        @if let Some(reason) = tell::reason_of(word) {
                            li { (count) " who " (tell::reason(reason, terms.days, *count)) }
                        }
                    }
                }
            }
        }
    }
}

fn button(slug: &Slug, campaign: &Campaign, turn: &str, label: &str, class: &str) -> Markup {
    html! {
        form method="post" action={ (href::campaign(slug, campaign.id)) "/turn" } {
            button.(class) name="turn" value=(turn) { (label) }
        }
    }
}

fn turns(slug: &Slug, campaign: &Campaign, counts: &Counts) -> Markup {
    let waiting = open(counts);
    html! {
        .actions {
            @match campaign.state {
                State::Scheduled => {
                    (button(slug, campaign, "back", "Change it", ""))
                    (button(slug, campaign, "pause", "Pause", ""))
                }
                State::Running if waiting > 0 => (button(slug, campaign, "pause", "Pause", "primary")),
                State::Paused => (button(slug, campaign, "resume", "Let it go on", "primary")),
                State::Running | State::Draft | State::Cancelled | State::Done => {}
            }
        }
        @if matches!(campaign.state, State::Scheduled | State::Running | State::Paused) && (waiting > 0 || campaign.planned_at.is_none()) {
            section {
                h2 { "Call it off" }
                p {
                    @if campaign.planned_at.is_none() { "Nothing is sent then." }
                    @else { (waiting) " that have not left yet are never sent then; what was sent stays sent." }
                }
                (button(slug, campaign, "cancel", "Call it off", "danger"))
            }
        }
    }
}
