//! The discussion: how it is held, its groups, changes of the plan by hand, and the mails about
//! it.

use std::collections::BTreeMap;

use actix_web::web::Path;

use super::answered::{Begun, Done, Shown};
use super::asked::{Json, line};
use super::refusals;
use crate::acts::change_plan::{Wanted, change_plan};
use crate::acts::invite_participants::invite_participants;
use crate::acts::make_groups::{NoGroups, make_groups, stop_making};
use crate::acts::set_up_discussion::{HostAsked, Setup, SlotAsked, Whom, set_up_discussion};
use crate::domain::kind::{Kind, Slot as Offered};
use crate::error::AppError;
use crate::insight::seats::{Manner, Wish, can_count};
use crate::insight::{self, Material};
use crate::store::discussions::{self, Whole, search};
use crate::web::extract::{App, Organizer};

pub mod guides;
pub mod people;
mod seen;
mod shapes;

pub use seen::seen;
pub use shapes::*;

/// The most times, hosts and rules of one discussion.
const MOST: usize = 400;

/// The discussion of a questionnaire as it stands.
async fn whole(app: &App, me: &Organizer, slug: &str) -> Result<Discussion, AppError> {
    let of = me.questionnaire(app, slug).await?;
    let insight = insight::now(app, &of).await?;
    // As of one moment: a search that ends in between would show neither itself nor its plan.
    let db = app.store.snapshot().await?;
    let whole = discussions::latest(&db, of.id).await?.ok_or(AppError::NotFound)?;
    let search = search::of(&db, whole.discussion.id).await?;
    db.commit().await?;
    Ok(seen(&insight.material, &whole, search.as_ref()))
}

/// `GET /api/v1/questionnaires/{slug}/discussion`
pub async fn show(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<Discussion>, AppError> {
    Ok(Shown(whole(&app, &me, &slug).await?))
}

/// `PUT /api/v1/questionnaires/{slug}/discussion`
pub async fn set_up(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<SetUp>,
) -> Result<Shown<Discussion>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let insight = insight::now(&app, &of).await?;
    let before = discussions::latest(app.store.read(), of.id).await?;
    let setup = asked(wanted, &of.title, &insight.material, before.as_ref())?;
    set_up_discussion(&app, &of, setup).await?;
    Ok(Shown(whole(&app, &me, &slug).await?))
}

fn within(value: i32, least: i32, most: i32, what: &str) -> Result<i32, AppError> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(AppError::Refused(format!("{what} is between {least} and {most}.")))
}

fn paragraphs(text: String) -> Result<String, AppError> {
    if text.chars().count() > 4000 {
        return Err(AppError::Refused("A place has 4000 characters at the most.".to_owned()));
    }
    Ok(text)
}

/// The times as they are asked for; one that was there before keeps its key.
fn times(times: Vec<TimeAsked>, before: Option<&Whole>) -> Result<Vec<SlotAsked>, AppError> {
    let mut slots: Vec<SlotAsked> = vec![];
    for time in times {
        let kept = before.into_iter().flat_map(|whole| &whole.slots);
        let known = kept.filter(|slot| slot.starts_at == time.starts_at).map(|slot| &slot.key);
        let known = known.cloned().next_back();
        let key = known.unwrap_or_else(|| Offered::at(time.starts_at, 0).key);
        if slots.iter().any(|slot| slot.key == key) {
            return Err(AppError::Refused("One of the times stands there twice.".to_owned()));
        }
        slots.push(SlotAsked {
            key,
            starts_at: time.starts_at,
            minutes: time.minutes.map(|m| within(m, 10, 24 * 60, "A meeting")).transpose()?,
            capacity: within(time.groups, 1, 1000, "The number of groups at a time")?,
            place: paragraphs(time.place)?,
            language: time.language.map(|tag| line("language", &tag, 35)).transpose()?,
        });
    }
    Ok(slots)
}

fn whom(of: Person) -> Result<Whom, AppError> {
    match (of.participant, of.response) {
        (Some(id), None) => Ok(Whom::Participant(id)),
        (None, Some(id)) => Ok(Whom::Response(id)),
        _ => Err(AppError::Refused("Name a participant or a response.".to_owned())),
    }
}

fn asked(
    wanted: SetUp,
    title: &str,
    material: &Material,
    before: Option<&Whole>,
) -> Result<Setup, AppError> {
    let zone = refusals::zone(&wanted.zone)?;
    let many = [wanted.times.len(), wanted.hosts.len(), wanted.rules.len()];
    if many.iter().any(|count| *count > MOST) {
        return Err(AppError::Refused(format!("There are {MOST} of each at the most.")));
    }
    let (low, target, high) = (
        within(wanted.low, 1, 60, "The fewest people in a group")?,
        within(wanted.target, 2, 60, "The best number of people in a group")?,
        within(wanted.high, 2, 60, "The most people in a group")?,
    );
    if low > target || target > high {
        return Err(AppError::Refused("The sizes do not fit each other.".to_owned()));
    }
    let slots = times(wanted.times, before)?;
    let mut hosts = vec![];
    for host in wanted.hosts {
        hosts.push(HostAsked {
            id: host.id,
            whom: host.person.map(whom).transpose()?,
            name: line("name", &host.name, 120)?,
            address: line("address", &host.address, 300)?,
            languages: host
                .languages
                .iter()
                .map(|tag| line("language", tag, 35))
                .collect::<Result<_, _>>()?,
            free: BTreeMap::new(),
            most: within(host.most, 1, 100, "The number of groups of a host")?,
        });
    }
    let mut rules = vec![];
    for rule in wanted.rules {
        let people = rule.people.into_iter().map(whom).collect::<Result<Vec<_>, _>>()?;
        rules.push((rule.bond.into(), people));
    }
    let question = |key: &String| {
        let asked = material.questions.iter().find(|asked| asked.key == *key);
        asked.ok_or_else(|| AppError::Refused(format!("There is no question {key}.")))
    };
    let mut views = vec![];
    for key in wanted.mix_by.iter().flatten() {
        let asked = question(key)?;
        if !can_count(&asked.wording.kind) {
            return Err(AppError::Refused(format!("Answers to {key} cannot be mixed.")));
        }
        views.push(asked.id);
    }
    let mut alone_by = vec![];
    for key in &wanted.nobody_alone_by {
        let asked = question(key)?;
        if !matches!(asked.wording.kind, Kind::Single(_)) {
            return Err(AppError::Refused(format!("{key} is no question with one choice.")));
        }
        alone_by.push(asked.id);
    }
    let format = wanted.format.into();
    let name = line("title", &wanted.title, 300)?;
    let several = format == crate::domain::status::Format::Rounds;
    let least = if several { 2 } else { 1 };
    let rounds = within(wanted.rounds, least, 12, "The number of rounds")?;
    Ok(Setup {
        title: if name.is_empty() { title.to_owned() } else { name },
        place: line("place", &wanted.place, 500)?,
        minutes: within(wanted.minutes, 10, 24 * 60, "A meeting in minutes")?,
        format,
        rounds: if several { rounds } else { 1 },
        low,
        target,
        high,
        seed: wanted.seed,
        slots,
        hosts,
        rules,
        wish: Wish {
            views: wanted.mix_by.is_some().then_some(views),
            alone: wanted
                .nobody_alone
                .iter()
                .map(|tag| line("tag", tag, 60))
                .collect::<Result<_, _>>()?,
            alone_by,
            fair: wanted.fair,
            long: wanted.long,
            zone: zone.name().to_owned(),
            silent_can: wanted.silent_can,
        },
    })
}

/// `POST /api/v1/questionnaires/{slug}/discussion/groups`
pub async fn groups(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<MakeGroups>,
) -> Result<Begun<Discussion>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let manner = match wanted.manner {
        HowToMake::Anew => Manner::Anew,
        HowToMake::Again => Manner::Again,
        HowToMake::Mend => Manner::Mend,
    };
    match make_groups(&app, &of, manner).await {
        Ok(()) => Ok(Begun(whole(&app, &me, &slug).await?)),
        Err(NoGroups::Database(error)) => Err(error.into()),
        Err(NoGroups::Other(error)) => Err(error.into()),
        Err(NoGroups::Told) => Err(AppError::Refused(
            "The appointments are out: the plan can be mended, and is not made anew.".to_owned(),
        )),
        Err(NoGroups::Nothing) => Err(AppError::NotFound),
    }
}

/// `DELETE /api/v1/questionnaires/{slug}/discussion/search`
pub async fn stop(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let whole = discussions::latest(app.store.read(), of.id).await?.ok_or(AppError::NotFound)?;
    stop_making(&app, whole.discussion.id).await?;
    Ok(Done)
}

/// `POST /api/v1/questionnaires/{slug}/discussion/changes`
pub async fn change(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<ChangePlan>,
) -> Result<Shown<Discussion>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let wanted = match wanted {
        ChangePlan::Move { people, round } => Wanted::Move {
            people: people.into_iter().map(|one| (one.participant, one.group)).collect(),
            round: within(round, 1, 12, "The round")? - 1,
        },
        ChangePlan::Lock { participant, locked } => Wanted::Lock { who: participant, locked },
        ChangePlan::LockGroup { group, locked } => Wanted::LockGroup { group, locked },
        ChangePlan::Undo {} => Wanted::Undo,
        ChangePlan::Redo {} => Wanted::Redo,
    };
    if !change_plan(&app, &me.0, &of, wanted).await? {
        // It is so already, or what it was about is not there.
        return Err(AppError::Conflict);
    }
    Ok(Shown(whole(&app, &me, &slug).await?))
}

/// `POST /api/v1/questionnaires/{slug}/discussion/invitations`
pub async fn invite(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<Discussion>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    discussions::latest(app.store.read(), of.id).await?.ok_or(AppError::NotFound)?;
    invite_participants(&app, &me.0, &of).await?;
    Ok(Shown(whole(&app, &me, &slug).await?))
}
