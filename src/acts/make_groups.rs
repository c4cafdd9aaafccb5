//! An organizer has groups made of those who take part: kept with a reason for every seat and a
//! guide for every group. Made again, they replace those that nobody was told about; once people
//! were told, as few of them as possible are moved.
//!
//! A search is written down before it begins, so that whoever asks any node sees how far it is
//! and can stop it, and so that another node takes up what one has left behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use sea_orm::DbErr;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::set_up_discussion::take_up;
use crate::analysis::seating::{self, Conflict, Go, Plan, Progress, Stage};
use crate::domain::DiscussionId;
use crate::domain::status::{Format, Searching};
use crate::insight;
use crate::insight::seats::said::Names;
use crate::insight::seats::{Manner, Seatable, seatable};
use crate::service::Service;
use crate::store::discussions;
use crate::store::discussions::search::{self, Search};
use crate::store::questionnaires::{self, Questionnaire};

mod keep;

/// What `steps_done` counts up to.
const ALL: i64 = 1000;
/// How often it is written down how far a search is.
const BEAT: Duration = Duration::from_millis(400);
/// A search of so many people is waited for; larger ones only for a moment.
const FEW: usize = 80;
/// The moment.
const MOMENT: Duration = Duration::from_millis(1500);

/// Why no search began.
#[derive(Debug, thiserror::Error)]
pub enum NoGroups {
    /// Participants were told already: groups can be mended, not made anew.
    #[error("participants were told")]
    Told,
    /// Nothing was set up.
    #[error("there is no discussion")]
    Nothing,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// Something else failed.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// Begins to make groups; waits for them where they are few. What came of it is with the search.
///
/// # Errors
/// Why it did not begin; nothing was changed.
pub async fn make_groups(
    service: &Service,
    questionnaire: &Questionnaire,
    manner: Manner,
) -> Result<(), NoGroups> {
    let insight = insight::of(service, questionnaire).await?;
    let now = service.clock.now();
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(mut whole) = discussions::latest(&tx, questionnaire.id).await? else {
        return Err(NoGroups::Nothing);
    };
    if whole.discussion.invited_at.is_some() && manner != Manner::Mend {
        return Err(NoGroups::Told);
    }
    take_up(service, &tx, &insight.material, &mut whole).await?;
    if manner == Manner::Again {
        // A signed column keeps it.
        whole.discussion.seed = whole.discussion.seed.saturating_add(1).clamp(1, 1 << 62);
        discussions::setup::update(&tx, whole.discussion.clone()).await?;
    }
    let begun = Search {
        discussion_id: whole.discussion.id,
        questionnaire_id: questionnaire.id,
        run: service.clock.random_name(),
        state: Searching::Running,
        steps_done: 0,
        steps: ALL,
        stop: false,
        said: serde_json::to_string(&manner).map_err(anyhow::Error::from)?,
        started_at: now,
        beat_at: now,
    };
    search::begin(&tx, begun.clone()).await?;
    tx.commit().await?;
    let few = seatable(&insight, &whole, Some(now)).request.steps
        <= seating::steps_for(FEW).saturating_mul(2);
    let work = go_on(service.clone(), begun);
    if few {
        let _ = work.await;
    } else {
        let _ = tokio::time::timeout(MOMENT, work).await;
    }
    Ok(())
}

/// Carries a search out, and writes down what came of it.
pub fn go_on(service: Service, search: Search) -> JoinHandle<()> {
    tokio::spawn(async move {
        let run = search.run;
        let Err(error) = carry_out(&service, search).await else { return };
        tracing::error!(error = ?error, "groups could not be made");
        let said = "Something failed on our side; what was there before stays. Try again.";
        if let Err(error) = failed(&service, run, said).await {
            tracing::error!(%error, "that a search failed could not be kept");
        }
    })
}

/// Asks the search of a questionnaire's discussion to stop with the best plan so far.
///
/// # Errors
/// A database that refuses.
pub async fn stop_making(service: &Service, of: DiscussionId) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    search::stop(&tx, of).await?;
    tx.commit().await?;
    Ok(())
}

async fn failed(service: &Service, run: Uuid, said: &str) -> Result<(), DbErr> {
    let tx = service.store.write().await?;
    search::end(&tx, run, Searching::Failed, said).await?;
    tx.commit().await
}

async fn carry_out(service: &Service, begun: Search) -> anyhow::Result<()> {
    let db = service.store.read();
    let Some(questionnaire) = questionnaires::by_id(db, begun.questionnaire_id).await? else {
        return Ok(());
    };
    let Some(whole) = discussions::by_id(db, begun.discussion_id).await? else { return Ok(()) };
    let manner: Manner = serde_json::from_str(&begun.said)?;
    let insight = insight::of(service, &questionnaire).await?;
    let mut seatable = seatable(&insight, &whole, Some(service.clock.now()));
    seatable.heed(&whole, manner);
    if whole.discussion.format == Format::Plenary {
        seatable.meet_at_once();
    }
    let seatable = Arc::new(seatable);
    let Some(found) = found(service, begun.run, seatable.clone()).await? else { return Ok(()) };
    let names = Names::of(&insight.material, &whole, &seatable);
    let plan = match found {
        Ok(plan) => plan,
        Err(conflict) => {
            let said = names.conflict(&conflict).join("\n");
            return Ok(failed(service, begun.run, &said).await?);
        }
    };
    seating::check(&seatable.request, &plan)
        .map_err(|wrong| anyhow::anyhow!("a plan that breaks its rules: {wrong}"))?;
    let made =
        keep::Made { questionnaire: &questionnaire, insight: &insight, manner, names: &names };
    keep::keep(service, &made, &begun, &seatable, &plan).await
}

/// Searches on a thread of its own, and writes down how far it is. `None`: the service stops, or
/// the search was given up for another one.
async fn found(
    service: &Service,
    run: Uuid,
    seatable: Arc<Seatable>,
) -> anyhow::Result<Option<Result<Plan, Conflict>>> {
    let (done, stop) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicBool::new(false)));
    let (steps, stopped) = (done.clone(), stop.clone());
    let mut work = tokio::task::spawn_blocking(move || {
        seating::seat_with(&seatable.request, &mut |progress| {
            steps.store(how_far(progress), Ordering::Relaxed);
            if stopped.load(Ordering::Relaxed) { Go::Stop } else { Go::On }
        })
    });
    let mut closing = service.closing.subscribe();
    loop {
        tokio::select! {
            made = &mut work => return Ok(Some(made?)),
            () = tokio::time::sleep(BEAT) => {
                let tx = service.store.write().await?;
                let on = search::beat(&tx, run, done.load(Ordering::Relaxed), service.clock.now());
                if !on.await? {
                    stop.store(true, Ordering::Relaxed);
                }
                tx.commit().await?;
            }
            () = closed(&mut closing) => {
                stop.store(true, Ordering::Relaxed);
                let _ = work.await;
                return Ok(None);
            }
        }
    }
}

/// Returns when the service begins to stop.
async fn closed(closing: &mut tokio::sync::watch::Receiver<bool>) {
    drop(closing.wait_for(|closing| *closing).await);
}

/// How far, of [`ALL`]: most of the time goes into the mixing.
fn how_far(Progress { stage, done, of }: Progress) -> i64 {
    let (from, to) = match stage {
        Stage::Placing => (0, 250),
        Stage::Mixing => (250, 900),
        Stage::Rounds => (900, ALL),
    };
    let share = u128::from(done.min(of)) * 1000 / u128::from(of.max(1));
    from + (to - from) * i64::try_from(share).unwrap_or(0) / 1000
}
