//! Campaigns: prepared, looked at before anything leaves, let go, watched, stopped; and the short
//! way to invitations and reminders.

use std::collections::BTreeMap;

use actix_web::web::Path;

use super::answered::{Created, Done, Download, Listed, Shown};
use super::asked::{Json, Paging, Query};
use super::refusals;
use super::words::Delivery;
use crate::acts::campaign::walk::{Forecast, forecast};
use crate::acts::campaign::{LeftOut, Plan};
use crate::acts::edit_campaign::{
    Wanted, delete_campaign, draft_campaign, edit_campaign, wrong_times,
};
use crate::acts::letter::latest;
use crate::acts::plan_campaign::{Queued, begin_campaign};
use crate::acts::test_campaign::{Tested, test_campaign};
use crate::acts::turn_campaign::{Turn, turn_campaign};
use crate::domain::campaign::{Aim, Quiet, State, Terms};
use crate::domain::text::at_the_door;
use crate::domain::{Audience, audience};
use crate::error::AppError;
use crate::mail::template::{Template, Templates};
use crate::store::campaigns::{self as kept, Campaign as Kept, mails};
use crate::store::questionnaires::Questionnaire;
use crate::web::desk;
use crate::web::extract::{App, Organizer};
use crate::words::Words;

mod shapes;

pub use shapes::*;

type At = Path<(String, String)>;

async fn found(app: &App, me: &Organizer, path: &At) -> Result<(Questionnaire, Kept), AppError> {
    desk::campaigns::found(app, me, path).await
}

async fn seen(app: &App, of: Kept) -> Result<Campaign, AppError> {
    let counts = mails::counts(app.store.read(), &[of.id]).await?;
    let mut by_state = BTreeMap::new();
    for (state, count) in counts.into_values().flatten() {
        let word = serde_json::to_value(Delivery::from(state)).map_err(anyhow::Error::from)?;
        by_state.insert(word.as_str().unwrap_or_default().to_owned(), count);
    }
    let audience: Audience = serde_json::from_str(&of.audience).map_err(anyhow::Error::from)?;
    let words: Templates = serde_json::from_str(&of.template).map_err(anyhow::Error::from)?;
    let terms: Terms = serde_json::from_str(&of.terms).map_err(anyhow::Error::from)?;
    let word = |of: Template| CampaignWords { subject: of.subject, text: of.text };
    Ok(Campaign {
        id: of.id,
        aim: of.aim.into(),
        state: of.state.into(),
        paused_why: of.paused_why,
        audience: CampaignAudience { lists: audience.lists, tags: audience.tags },
        words: words.into_iter().map(|(language, of)| (language, word(of))).collect(),
        terms: CampaignTerms {
            days: terms.days,
            quiet: terms.quiet.map(|of| QuietHours { from: of.from, until: of.until }),
            everybody: terms.everybody,
            closes: terms.closes,
            zone: terms.zone.name().to_owned(),
        },
        starts_at: of.starts_at,
        not_after: of.not_after,
        mails: by_state,
        version: of.updated_at,
    })
}

/// `GET /api/v1/questionnaires/{slug}/campaigns`
pub async fn list(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<Campaign>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let all = kept::of_questionnaire(app.store.read(), of.id).await?;
    let part = Listed::of(all, |one| one.id.to_string(), &paging)?;
    let mut data = vec![];
    for one in part.data {
        data.push(seen(&app, one).await?);
    }
    Ok(Listed { data, next: part.next })
}

/// `POST /api/v1/questionnaires/{slug}/campaigns`
pub async fn begin(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<BeginCampaign>,
) -> Result<Created<Campaign>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let id = draft_campaign(&app, &me.0, &of, wanted.aim.into()).await?;
    let made = kept::by_id(app.store.read(), id).await?.ok_or(AppError::NotFound)?;
    let at = format!("/api/v1/questionnaires/{}/campaigns/{id}", of.slug);
    Ok(Created { at, made: seen(&app, made).await? })
}

/// `GET /api/v1/questionnaires/{slug}/campaigns/{id}`
pub async fn show(app: App, me: Organizer, path: At) -> Result<Shown<Campaign>, AppError> {
    let (_, campaign) = found(&app, &me, &path).await?;
    Ok(Shown(seen(&app, campaign).await?))
}

/// `PUT /api/v1/questionnaires/{slug}/campaigns/{id}`
pub async fn edit(
    app: App,
    me: Organizer,
    path: At,
    Json(wanted): Json<EditCampaign>,
) -> Result<Shown<Campaign>, AppError> {
    let (of, campaign) = found(&app, &me, &path).await?;
    let zone = refusals::zone(&wanted.terms.zone)?;
    let hours = wanted.terms.quiet.map(|of| Quiet { from: of.from, until: of.until });
    if wanted.terms.days > 90 || hours.is_some_and(|of| of.from > 23 || of.until > 23) {
        let why = "There are 90 days at most between two mails, and the hours are 0 to 23.";
        return Err(AppError::Refused(why.to_owned()));
    }
    let at_once = campaign.starts_at <= campaign.updated_at;
    let usual = at_once && campaign.not_after == latest(&app, campaign.starts_at);
    let edited = Wanted {
        audience: Audience {
            lists: wanted.audience.lists,
            tags: wanted.audience.tags.iter().filter_map(|tag| audience::tag(tag)).collect(),
        },
        templates: templates(wanted.words, campaign.aim)?,
        terms: Terms {
            days: wanted.terms.days,
            quiet: hours,
            everybody: wanted.terms.everybody,
            closes: wanted.terms.closes,
            zone,
        },
        // A time that was not chosen is that of the draft: it is given as it was seen.
        starts_at: wanted.starts_at.filter(|at| !at_once || *at != campaign.starts_at),
        not_after: wanted.not_after.filter(|at| !usual || *at != campaign.not_after),
    };
    let closes_at = of.options().closes_at;
    let wrong = wrong_times(&edited, campaign.aim, closes_at, app.clock.now());
    if !wrong.is_empty() {
        let told = wrong.into_iter().map(|(field, why)| format!("{field}: {why}"));
        return Err(refusals::all(told));
    }
    if !edit_campaign(&app, campaign.id, wanted.version, &edited).await? {
        return Err(AppError::Conflict);
    }
    show(app, me, path).await
}

fn templates(words: BTreeMap<String, CampaignWords>, aim: Aim) -> Result<Templates, AppError> {
    let (mut all, mut problems) = (Templates::new(), vec![]);
    for (language, words) in words {
        let language = refusals::language(language)?;
        let text = at_the_door(&words.text).trim().to_owned();
        let template = Template { subject: words.subject.trim().to_owned(), text };
        let found = template.problems(aim).into_iter();
        problems.extend(found.map(|of| format!("{language}: {}", desk::campaigns::told(&of))));
        all.insert(language, template);
    }
    if problems.is_empty() { Ok(all) } else { Err(refusals::all(problems)) }
}

/// `DELETE /api/v1/questionnaires/{slug}/campaigns/{id}`
pub async fn delete(app: App, me: Organizer, path: At) -> Result<Done, AppError> {
    let (_, campaign) = found(&app, &me, &path).await?;
    if delete_campaign(&app, campaign.id).await? { Ok(Done) } else { Err(AppError::Conflict) }
}

/// `GET /api/v1/questionnaires/{slug}/campaigns/{id}/forecast`
pub async fn look_ahead(
    app: App,
    me: Organizer,
    path: At,
) -> Result<Shown<CampaignForecast>, AppError> {
    let (of, campaign) = found(&app, &me, &path).await?;
    let db = app.store.read();
    let plan = Plan::of(db, &app, &me.0, &of, &campaign).await?;
    let Forecast { meant, mails, languages, left_out, .. } = forecast(db, &app, &plan).await?;
    let languages = languages.into_iter().map(|(name, (count, _))| (name.to_owned(), count));
    let left_out = left_out.into_iter().map(|(why, (count, _))| (why, count));
    Ok(Shown(CampaignForecast {
        meant,
        mails,
        languages: languages.collect(),
        left_out: reasons(left_out),
    }))
}

fn reasons(left_out: impl IntoIterator<Item = (LeftOut, usize)>) -> BTreeMap<String, usize> {
    left_out.into_iter().map(|(why, count)| (why.word().to_owned(), count)).collect()
}

/// `POST /api/v1/questionnaires/{slug}/campaigns/{id}/test`
pub async fn test(
    app: App,
    me: Organizer,
    path: At,
    Json(wanted): Json<TestCampaign>,
) -> Result<Done, AppError> {
    let (of, campaign) = found(&app, &me, &path).await?;
    let language = refusals::language(wanted.language)?;
    let plan = Plan::of(app.store.read(), &app, &me.0, &of, &campaign).await?;
    match test_campaign(&app, &plan, Words::of(&language), "").await? {
        Tested::Queued => Ok(Done),
        Tested::NoAddress => {
            Err(AppError::Refused("Your account has no mail address yet.".to_owned()))
        }
        Tested::TooMany => Err(AppError::TooMany(600)),
    }
}

/// `POST /api/v1/questionnaires/{slug}/campaigns/{id}/turn`
pub async fn turn(
    app: App,
    me: Organizer,
    path: At,
    Json(wanted): Json<TurnCampaign>,
) -> Result<Shown<Campaign>, AppError> {
    let (_, campaign) = found(&app, &me, &path).await?;
    let turn = Turn::from(wanted.turn);
    if turn == Turn::Go && campaign.state != State::Draft
        || !turn_campaign(&app, campaign.id, turn).await?
    {
        return Err(AppError::Conflict);
    }
    show(app, me, path).await
}

/// `GET /api/v1/questionnaires/{slug}/campaigns/{id}/states.csv`
pub async fn states(app: App, me: Organizer, path: At) -> Result<Download, AppError> {
    desk::campaigns::states(app, me, path).await.map(Download)
}

async fn at_once(
    app: App,
    me: Organizer,
    slug: Path<String>,
    aim: Aim,
) -> Result<Shown<MailsQueued>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let queued = begin_campaign(&app, &me.0, &of, aim).await?;
    let Queued { mails, left_out } = queued.ok_or_else(|| {
        let why = "The questionnaire is not open to readers, so nobody was written to.";
        AppError::Refused(why.to_owned())
    })?;
    Ok(Shown(MailsQueued { mails, left_out: reasons(left_out) }))
}

/// `POST /api/v1/questionnaires/{slug}/invitations/send`
pub async fn invite(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<MailsQueued>, AppError> {
    at_once(app, me, slug, Aim::Invite).await
}

/// `POST /api/v1/questionnaires/{slug}/invitations/remind`
pub async fn remind(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<MailsQueued>, AppError> {
    at_once(app, me, slug, Aim::Remind).await
}
