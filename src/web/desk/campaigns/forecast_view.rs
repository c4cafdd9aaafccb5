//! Who would get a mail, who would not, and why: before anything leaves.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::tell;
use crate::acts::campaign::Plan;
use crate::acts::campaign::walk::Forecast;
use crate::domain::email::written_domain;
use crate::service::Service;

/// Those who are left out, by reason, with names.
pub fn left_out(forecast: &Forecast, days: u32) -> Markup {
    html! {
        @for (reason, (count, names)) in &forecast.left_out {
            details.more {
                summary { "Left out: " (count) " who " (tell::reason(*reason, days, *count)) }
                p.small { (listed(names, *count)) }
            }
        }
    }
}

/// Those who get one.
pub fn chosen(forecast: &Forecast) -> Markup {
    html! {
        @if forecast.mails > 0 {
            details.more {
                summary { "Who gets one" }
                p.small { (listed(&forecast.first, forecast.mails)) }
            }
        }
    }
}

fn listed(names: &[String], count: usize) -> Markup {
    html! {
        @for (place, name) in names.iter().enumerate() {
            @if place > 0 { ", " }
            bdi { (name) }
        }
        @if count > names.len() { " and " (count - names.len()) " more" }
    }
}

/// How long the mails take to leave, if they begin at `begins`, and who has to wait for the morning.
pub fn lasts(service: &Service, plan: &Plan, forecast: &Forecast, begins: DateTime<Utc>) -> Markup {
    let rates = service.settings.mail.rates();
    let domains = forecast.domains.iter().map(|(domain, count)| (domain.as_str(), *count));
    let (need, domain) = rates.need(domains);
    let need = need.as_secs();
    let waiting = tell::waiting(&plan.terms, plan.aim, &forecast.zones, begins);
    let first = rates.days.iter().min().filter(|least| forecast.mails > count(**least));
    html! {
        @if need <= 60 { "The mails leave within a minute." }
        @else {
            "The mails need about " (tell::lasting(need)) " to leave: at most "
            @match domain {
                Some(domain) => { (rates.of(domain)) " a minute go to " (written_domain(domain)) "." },
                None => { (rates.per_second) " a second in all." },
            }
        }
        @if first.is_some() { " In the first days on which mails leave here, fewer do: the settings begin slowly (mail.warm_up)." }
        @if let Some(waiting) = waiting { " " (waiting) }
    }
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
