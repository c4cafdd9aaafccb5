//! The echo: the poll before and after, the notes of the groups looked through, and what
//! everybody reads.

use std::collections::BTreeMap;

use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::answered::{Created, Done, Shown};
use super::asked::{Json, line};
use crate::acts::ask_poll::ask_poll;
use crate::acts::edit_echo::edit_echo;
use crate::acts::publish_echo::{prospect, publish_echo, unpublish_echo};
use crate::domain::NoteId;
use crate::error::AppError;
use crate::insight::echo::{Draft, Edited};
use crate::insight::poll::MOST;
use crate::web::desk;
use crate::web::extract::{App, Organizer};

/// The longest text, in characters.
const LONGEST: usize = 10_000;

/// The echo as it is being prepared.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Echo)]
pub struct EchoSeen {
    /// How often it was changed; a change has to name it.
    pub version: i64,
    /// What stands at its head.
    pub intro: String,
    /// What groups wrote down.
    pub notes: Vec<NoteSeen>,
    /// The statements of the poll.
    pub poll: Vec<String>,
    /// How many have answered the poll before, after, and both times.
    pub answered: PollAnswers,
    /// The number of the version that everybody reads, if one is published.
    pub published: Option<i32>,
    /// What everybody would read now.
    #[schema(value_type = Object)]
    pub echo: Value,
}

/// How many have answered the poll.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct PollAnswers {
    /// Before.
    pub before: usize,
    /// After.
    pub after: usize,
    /// Something both times.
    pub both: usize,
}

/// A note of a group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoteSeen {
    /// Names it.
    pub id: NoteId,
    /// What it is about.
    pub field: String,
    /// What was written.
    pub text: String,
    /// Other words for it, if there are any.
    pub instead: Option<String>,
    /// Whether it is left out.
    pub hidden: bool,
}

/// What is made of the notes, as a whole.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditEcho {
    /// As which version it was seen.
    pub version: i64,
    /// What stands at its head.
    #[serde(default)]
    #[schema(max_length = 10000)]
    pub intro: String,
    /// Notes in other words, or left out, by the note's id.
    #[serde(default)]
    pub notes: BTreeMap<NoteId, EditNote>,
}

/// What is done to one note.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditNote {
    /// Other words.
    #[schema(max_length = 10000)]
    pub text: Option<String>,
    /// Whether it is left out.
    #[serde(default)]
    pub hidden: bool,
}

/// The statements of the poll before and after.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPoll {
    /// The statements.
    #[schema(max_items = 5)]
    pub statements: Vec<String>,
}

/// A version that was published.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct EchoVersion {
    /// Its number.
    pub number: i32,
}

async fn seen(app: &App, me: &Organizer, slug: &str) -> Result<EchoSeen, AppError> {
    let desk = desk::echo::Desk::of(app, me, slug).await?;
    let made = prospect(app.store.read(), desk.questionnaire.id).await?;
    let echo = made.map(|(echo, _)| echo).unwrap_or_default();
    let (before, after, both) = desk.answered;
    let mut notes = vec![];
    for note in desk.notes.values().flat_map(|fields| fields.values()) {
        let edited = desk.draft.notes.get(&note.id).cloned().unwrap_or_default();
        notes.push(NoteSeen {
            id: note.id,
            field: note.field.clone(),
            text: note.text.clone(),
            instead: edited.text,
            hidden: edited.hidden,
        });
    }
    Ok(EchoSeen {
        version: desk.version,
        intro: desk.draft.intro.clone(),
        notes,
        poll: desk.statements.iter().map(|statement| statement.text.clone()).collect(),
        answered: PollAnswers { before, after, both },
        published: desk.published.as_ref().map(|version| version.number),
        echo: serde_json::to_value(echo).map_err(anyhow::Error::from)?,
    })
}

/// `GET /api/v1/questionnaires/{slug}/echo`
pub async fn show(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<EchoSeen>, AppError> {
    Ok(Shown(seen(&app, &me, &slug).await?))
}

/// `PUT /api/v1/questionnaires/{slug}/echo`
pub async fn edit(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<EditEcho>,
) -> Result<Shown<EchoSeen>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let texts = wanted.notes.values().filter_map(|note| note.text.as_ref());
    if texts.chain([&wanted.intro]).any(|text| text.chars().count() > LONGEST) {
        let why = format!("A text has {LONGEST} characters at the most.");
        return Err(AppError::Refused(why));
    }
    let notes = wanted.notes.into_iter().map(|(id, note)| {
        let text = note.text.map(|text| text.trim_end().to_owned());
        (id, Edited { hidden: note.hidden || text.as_deref() == Some(""), text })
    });
    let draft = Draft {
        intro: wanted.intro.trim().to_owned(),
        notes: notes.filter(|(_, edited)| *edited != Edited::default()).collect(),
    };
    if !edit_echo(&app, &of, wanted.version, &draft).await? {
        return Err(AppError::Conflict);
    }
    Ok(Shown(seen(&app, &me, &slug).await?))
}

/// `PUT /api/v1/questionnaires/{slug}/echo/poll`
pub async fn ask(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<AskPoll>,
) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    if wanted.statements.len() > MOST {
        let why = format!("A poll has {MOST} statements at the most.");
        return Err(AppError::Refused(why));
    }
    let lines = wanted.statements.iter().map(|text| line("a statement", text, 500));
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    if ask_poll(&app, &of, &lines).await? { Ok(Done) } else { Err(AppError::Conflict) }
}

/// `POST /api/v1/questionnaires/{slug}/echo/versions`
pub async fn publish(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Created<EchoVersion>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let number = publish_echo(&app, &of)
        .await?
        .ok_or_else(|| AppError::Refused("There is nothing to read in it yet.".to_owned()))?;
    let at = format!("/api/v1/questionnaires/{}/echo", of.slug);
    Ok(Created { at, made: EchoVersion { number } })
}

/// `DELETE /api/v1/questionnaires/{slug}/echo/versions`
pub async fn unpublish(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    if unpublish_echo(&app, &of).await? { Ok(Done) } else { Err(AppError::NotFound) }
}
