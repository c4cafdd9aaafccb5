//! Campaigns begin when their time has come, and are done when all their mails have come to an
//! end; on any number of nodes, each begins once.

use std::time::Duration;

use tokio::sync::watch;

use crate::acts::plan_campaign::{finish_campaigns, plan_campaign};
use crate::service::Service;
use crate::store::campaigns;

/// How often it is looked.
const POLL: Duration = Duration::from_secs(2);

/// Begins and ends campaigns until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if let Err(error) = begin_and_end(service).await {
            tracing::error!(error = ?error, "campaigns could not be looked after");
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Begins the campaigns that are due, and ends those that are over.
///
/// # Errors
/// A database that refuses; what was not begun is due the next time.
pub async fn begin_and_end(service: &Service) -> anyhow::Result<()> {
    let now = service.clock.now();
    for id in campaigns::due(service.store.read(), now).await? {
        // One that cannot begin keeps no other from it.
        if let Err(error) = plan_campaign(service, id).await {
            tracing::error!(error = ?error, campaign = %id, "a campaign could not begin");
        }
    }
    finish_campaigns(service).await
}
