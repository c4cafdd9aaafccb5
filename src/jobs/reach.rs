//! How often forms were opened and begun is written down.

use tokio::sync::watch;

use super::POLL;
use crate::service::Service;
use crate::store::reach;

/// Writes down what was counted, about once a second, and the rest when told to stop. What was
/// counted since is lost if the process is killed: a second's numbers.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    loop {
        let last = *stopping.borrow();
        if let Err(error) = write_down(service).await {
            tracing::warn!(%error, "what was counted is written down later");
        }
        if last {
            return;
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Adds what was counted to what is kept; nothing of it is lost if the database refuses.
///
/// # Errors
/// A database that refuses.
pub async fn write_down(service: &Service) -> anyhow::Result<()> {
    let counted = service.reach.take();
    // An idle service writes nothing.
    if counted.is_empty() {
        return Ok(());
    }
    let written = async {
        let tx = service.store.write().await?;
        reach::add(&tx, &counted).await?;
        anyhow::Ok(tx.commit().await?)
    };
    let written = written.await;
    if written.is_err() {
        service.reach.put_back(counted);
    }
    written
}
