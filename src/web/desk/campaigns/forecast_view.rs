//! Who would get a mail, who would not, and why: before anything leaves.

use maud::{Markup, html};

use super::tell;
use crate::acts::campaign::walk::Forecast;
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

/// How long the mails take to leave.
pub fn lasts(service: &Service, mails: usize) -> String {
    let pace = usize::try_from(service.settings.mail.per_second.max(1)).unwrap_or(1);
    let minutes = mails.div_ceil(pace).div_ceil(60);
    match minutes {
        0 | 1 => "The mails leave within a minute.".to_owned(),
        n => format!("At {pace} a second, the mails need about {n} minutes to leave."),
    }
}
