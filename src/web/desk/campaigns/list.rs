//! The campaigns of a questionnaire, in a table.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::tell;
use crate::domain::campaign::State;
use crate::domain::status::Delivery;
use crate::domain::{CampaignId, Slug};
use crate::href;
use crate::store::campaigns::Campaign;
use crate::store::campaigns::mails::Counts;
use crate::web::desk::outbox::tell::moment;

/// The table; nothing where there is no campaign.
pub fn table(slug: &Slug, campaigns: &[Campaign], counts: &BTreeMap<CampaignId, Counts>) -> Markup {
    let none = Counts::new();
    html! {
        @if !campaigns.is_empty() {
            h2 id="campaigns" { "What was sent, and what is prepared" }
            .scroll tabindex="0" role="region" aria-label="Campaigns" {
                table.data.cards {
                    thead {
                        tr {
                            th scope="col" { "Mails" }
                            th scope="col" { "State" }
                            th scope="col" { "When" }
                            th.num scope="col" { "People" }
                            th.num scope="col" { "Sent" }
                        }
                    }
                    tbody {
                        @for campaign in campaigns {
                            @let counts = counts.get(&campaign.id).unwrap_or(&none);
                            @let all: u64 = counts.values().sum();
                            tr {
                                th scope="row" { a href=(href::campaign(slug, campaign.id)) { (tell::name(campaign.aim)) } }
                                td { (tell::state(campaign)) }
                                td data-label="When" {
                                    @match campaign.planned_at {
                                        Some(at) => { "begun " (moment(at)) },
                                        None if campaign.state == State::Draft => { "prepared " (moment(campaign.updated_at)) },
                                        None => "—",
                                    }
                                }
                                td.num data-label="People" { (all) }
                                td.num data-label="Sent" {
                                    @let of = |state| counts.get(&state).copied().unwrap_or(0);
                                    (of(Delivery::Sent))
                                    @if of(Delivery::Written) > 0 { br; span.quiet.small { (of(Delivery::Written)) " written as files" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
