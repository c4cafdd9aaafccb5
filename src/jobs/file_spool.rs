//! What came while the database refused is filed as soon as it takes it.

use std::io;

use tokio::task::spawn_blocking;

use crate::acts::submit_response::mixer;
use crate::service::Service;
use crate::store::intake::IntakeError;

/// Files what waits; how many were filed. Stops at the first that the database refuses again.
///
/// # Errors
/// A folder that cannot be read, a file that cannot be removed.
pub async fn file_spool(service: &Service) -> io::Result<usize> {
    if service.spool.waiting() == 0 {
        return Ok(0);
    }
    let spool = service.spool.clone();
    let all = spawn_blocking(move || spool.all()).await??;
    let mut filed = 0;
    for waiting in all {
        let mut submission = waiting.submission.clone();
        if let Some(seal) = &mut submission.seal {
            seal.keys = Some(mixer(service).await?);
        }
        match service.intake.keep(submission).await {
            Ok(_) => {}
            Err(error @ (IntakeError::OtherQuestionnaire | IntakeError::InvitationUsed)) => {
                tracing::error!(%error, "a submission in the spool cannot be filed");
                continue;
            }
            Err(_) => break,
        }
        filed += 1;
        let spool = service.spool.clone();
        spawn_blocking(move || spool.remove(&waiting)).await??;
    }
    if filed > 0 {
        tracing::info!(filed, "what came while the database refused is filed");
    }
    Ok(filed)
}
