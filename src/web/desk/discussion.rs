//! Groups, seats and guides: set up, made, looked at, changed, told to those who sit there.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;
use serde::Deserialize;

use crate::acts::change_plan::{Wanted, change_plan};
use crate::acts::invite_participants::invite_participants;
use crate::acts::make_groups::{NoGroups, make_groups, stop_making};
use crate::acts::set_up_discussion::set_up_discussion;
use crate::domain::{Fields, GroupId, ParticipantId, Role};
use crate::error::AppError;
use crate::href;
use crate::insight::seats::Manner;
use crate::insight::seats::people::{free, taking_part};
use crate::insight::{self, Insight};
use crate::store::discussions::{self, Whole, changes, search};
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::Step;

use directory::Directory;
use look::Look;

mod cards;
mod directory;
mod form;
mod look;
pub mod participants;
mod people;
mod progress;
mod reasons;
mod score;
mod seat;
mod setup;
mod view;

/// Which round is looked at, from 1 as people count.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Round {
    #[serde(default)]
    round: Option<i32>,
}

impl Round {
    /// From 0, and one that is there.
    fn of(self, whole: &Whole) -> i32 {
        (self.round.unwrap_or(1) - 1).clamp(0, whole.discussion.rounds.max(1) - 1)
    }
}

/// `GET /desk/q/{slug}/discussion`
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    round: Query<Round>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    show(&app, &organizer, &questionnaire, *round, None).await
}

/// A form that was sent and not taken: what stood in it, which rows are to be more, and why.
struct Typed<'a> {
    fields: &'a Fields,
    further: Option<&'a str>,
    problems: &'a [String],
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    round: Round,
    typed: Option<Typed<'_>>,
) -> Result<HttpResponse, AppError> {
    let insight = insight::of(app, questionnaire).await?;
    let steps = steps(app, questionnaire, Some(Step::Discussion)).await?;
    // As of one moment: a search that ends in between would show neither its bar nor its plan.
    let db = app.store.snapshot().await?;
    let whole = discussions::latest(&db, questionnaire.id).await?;
    let (search, log) = match &whole {
        Some(whole) => (
            search::of(&db, whole.discussion.id).await?,
            changes::all(&db, whole.discussion.id).await?,
        ),
        None => (None, vec![]),
    };
    db.commit().await?;
    let now = app.clock.now();
    let runs = progress::runs(search.as_ref(), now);
    let material = &insight.material;
    let planned = whole.as_ref().filter(|whole| !whole.groups.is_empty());
    let look = planned.map(|whole| Look::at(whole, &insight, round.of(whole), &log));
    let directory = Directory::of(material, whole.as_ref());
    let filled = form::filled(questionnaire, material, whole.as_ref(), &directory, now);
    // The form names the addresses of those who join: it is for those who may write to them.
    let may_change = steps.role(&organizer.0).may(Role::Editor);
    let form = (planned.is_none() && !runs && may_change).then(|| setup::Form {
        questionnaire,
        material,
        whole: whole.as_ref(),
        directory: &directory,
        fields: typed.as_ref().map_or(&filled, |typed| typed.fields),
        further: typed.as_ref().and_then(|typed| typed.further),
        problems: typed.as_ref().map_or(&[], |typed| typed.problems),
    });
    let content = view::Content {
        questionnaire,
        look: look.as_ref(),
        form,
        search: search.as_ref(),
        runs,
        count: directory.len(),
        silent: silent(&insight, whole.as_ref()),
        ahead: planned.is_none_or(|whole| {
            whole.groups.iter().any(|group| group.starts_at.is_none_or(|at| at > now))
        }),
    };
    let page = view::page(&organizer.0, &steps, &content);
    let refused = typed.is_some_and(|typed| !typed.problems.is_empty());
    Ok(reply::page_or_refused(refused, page))
}

/// How many take part and have not said when they can come.
fn silent(insight: &Insight, whole: Option<&Whole>) -> usize {
    let material = &insight.material;
    let known = whole.map_or(&[][..], |whole| &whole.participants);
    let new = material
        .joining()
        .filter(|voice| !known.iter().any(|one| one.response_id == Some(voice.response.id)));
    let says = |voice: &&crate::store::voices::Voice| {
        voice.all().any(|(_, answer)| matches!(answer, crate::domain::Answer::Availability(_)))
    };
    let new = new.filter(|voice| !says(voice)).count();
    let known = whole.map_or(0, |whole| {
        taking_part(material, whole).filter(|one| free(material, one).is_none()).count()
    });
    new + known
}

/// `GET /desk/q/{slug}/discussion/setup`: how it is held, once there are groups.
pub async fn setup_page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    set_up_again(&app, &organizer, &questionnaire, None).await
}

async fn set_up_again(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    typed: Option<Typed<'_>>,
) -> Result<HttpResponse, AppError> {
    let insight = insight::now(app, questionnaire).await?;
    let whole = discussions::latest(app.store.read(), questionnaire.id).await?;
    let steps = steps(app, questionnaire, Some(Step::Discussion)).await?;
    let material = &insight.material;
    let directory = Directory::of(material, whole.as_ref());
    let now = app.clock.now();
    let filled = form::filled(questionnaire, material, whole.as_ref(), &directory, now);
    let form = setup::Form {
        questionnaire,
        material,
        whole: whole.as_ref(),
        directory: &directory,
        fields: typed.as_ref().map_or(&filled, |typed| typed.fields),
        further: typed.as_ref().and_then(|typed| typed.further),
        problems: typed.as_ref().map_or(&[], |typed| typed.problems),
    };
    let page = view::setting_up(&organizer.0, &steps, &form);
    let refused = typed.is_some_and(|typed| !typed.problems.is_empty());
    Ok(reply::page_or_refused(refused, page))
}

/// `POST /desk/q/{slug}/discussion`: keeps how it is held; the button says whether groups are
/// made at once, or the form wants a further row.
pub async fn make(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let insight = insight::now(&app, &questionnaire).await?;
    let whole = discussions::latest(app.store.read(), questionnaire.id).await?;
    let directory = Directory::of(&insight.material, whole.as_ref());
    let planned = whole.as_ref().is_some_and(|whole| !whole.groups.is_empty());
    let further = match fields.get("then") {
        Some("add-time") => Some("s"),
        Some("add-host") => Some("h"),
        Some("add-rule") => Some("r"),
        _ => None,
    };
    let (asked, problems) = form::read(&fields, &questionnaire, &directory);
    if further.is_some() || !problems.is_empty() {
        let problems = if further.is_some() { &[][..] } else { &problems };
        let typed = Some(Typed { fields: &fields, further, problems });
        return if planned {
            set_up_again(&app, &organizer, &questionnaire, typed).await
        } else {
            show(&app, &organizer, &questionnaire, Round::default(), typed).await
        };
    }
    set_up_discussion(&app, &questionnaire, asked).await?;
    if !planned && fields.get("then") != Some("save") {
        made(make_groups(&app, &questionnaire, Manner::Anew).await)?;
    }
    Ok(see(&questionnaire, ""))
}

/// `POST /desk/q/{slug}/discussion/groups`: mends the plan, or makes it anew.
pub async fn groups(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let manner = match fields.get("manner") {
        Some("mend") => Manner::Mend,
        Some("again") => Manner::Again,
        _ => Manner::Anew,
    };
    made(make_groups(&app, &questionnaire, manner).await)?;
    Ok(see(&questionnaire, ""))
}

fn made(made: Result<(), NoGroups>) -> Result<(), AppError> {
    match made {
        Ok(()) => Ok(()),
        Err(NoGroups::Database(error)) => Err(error.into()),
        Err(NoGroups::Other(error)) => Err(error.into()),
        Err(NoGroups::Told) => Err(AppError::Refused(
            "The appointments are out: the plan can be mended, and is not made anew.".to_owned(),
        )),
        Err(NoGroups::Nothing) => Err(AppError::NotFound),
    }
}

/// `POST /desk/q/{slug}/discussion/stop`: the best plan so far is taken.
pub async fn stop(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    if let Some(whole) = discussions::latest(app.store.read(), questionnaire.id).await? {
        stop_making(&app, whole.discussion.id).await?;
    }
    Ok(see(&questionnaire, ""))
}

/// `POST /desk/q/{slug}/discussion/change`: moves people, locks seats, takes a change back.
pub async fn change(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let round: i32 = fields.get("round").and_then(|round| round.parse().ok()).unwrap_or(0);
    let who = fields.get("who").and_then(|who| who.parse::<ParticipantId>().ok());
    let group = fields.get("group").and_then(|group| group.parse::<GroupId>().ok());
    let locked = fields.get("what") == Some("lock");
    let (wanted, place) = match (fields.get("what"), who, group) {
        (Some("undo"), ..) => (Wanted::Undo, "#last".to_owned()),
        (Some("redo"), ..) => (Wanted::Redo, "#last".to_owned()),
        (Some("lock" | "unlock"), Some(who), _) => {
            (Wanted::Lock { who, locked }, format!("#p-{who}"))
        }
        (Some("lock" | "unlock"), _, Some(group)) => {
            (Wanted::LockGroup { group, locked }, format!("#g-{group}"))
        }
        _ => {
            let people: Vec<(ParticipantId, Option<GroupId>)> = fields
                .all("move")
                .filter_map(|typed| {
                    let (who, to) = typed.split_once(':')?;
                    let to = if to.is_empty() { None } else { Some(to.parse().ok()?) };
                    Some((who.parse().ok()?, to))
                })
                .collect();
            (Wanted::Move { people, round }, "#last".to_owned())
        }
    };
    change_plan(&app, &organizer.0, &questionnaire, wanted).await?;
    let query = if round > 0 { format!("?round={}", round + 1) } else { String::new() };
    Ok(see(&questionnaire, &format!("{query}{place}")))
}

/// `GET /desk/q/{slug}/discussion/seats/{participant}`: why here, why not there.
pub async fn one_seat(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    round: Query<Round>,
) -> Result<Markup, AppError> {
    let (slug, wanted) = path.into_inner();
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let db = app.store.read();
    let whole = discussions::latest(db, questionnaire.id).await?.ok_or(AppError::NotFound)?;
    let id: ParticipantId = wanted.parse().or(Err(AppError::NotFound))?;
    let insight = insight::of(&app, &questionnaire).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Discussion)).await?;
    let look = Look::at(&whole, &insight, round.of(&whole), &[]);
    let one = whole.participant(id).filter(|one| look.seatable.is_in(one.id));
    let one = one.ok_or(AppError::NotFound)?;
    let body = seat::content(&questionnaire, &look, one);
    Ok(view::inner(&organizer.0, &steps, "A seat", body))
}

/// `POST /desk/q/{slug}/discussion/invite`: a mail with an appointment for every seat.
pub async fn invite(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    invite_participants(&app, &organizer.0, &questionnaire).await?;
    Ok(see(&questionnaire, ""))
}

fn see(questionnaire: &Questionnaire, rest: &str) -> HttpResponse {
    let page = href::desk(&questionnaire.slug, "discussion");
    reply::see(format!("{page}{rest}"))
}
