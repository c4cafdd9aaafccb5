//! Guides: read, edited, made again; the meeting of a group moved, and what it wrote down.

use std::collections::BTreeMap;

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::edit_guide::{edit_guide, remake_guides};
use crate::acts::move_meeting::move_meeting;
use crate::acts::write_notes::{LONGEST, Typed, write_notes};
use crate::domain::NoteId;
use crate::error::AppError;
use crate::insight::guide::edits::Edits;
use crate::insight::guide::sheet::NOTES;
use crate::store::discussions::Group;
use crate::store::notes::Note;
use crate::web::api::answered::{Done, Download, Shown};
use crate::web::api::asked::{Json, line};
use crate::web::desk::guides::{self, Desk};
use crate::web::discussion::notes::of_group;
use crate::web::extract::{App, Organizer};

/// The guide of a group, as far as it can be edited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GuideSeen {
    /// What was changed for all groups of its language.
    pub all: GuideLayer,
    /// What was changed for this group over that.
    pub group: GuideLayer,
    /// The guide with both.
    pub parts: Vec<GuidePart>,
}

/// A layer of edits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GuideLayer {
    /// How often it was changed; a change has to name it.
    pub version: i64,
    /// The edits.
    pub edits: Edits,
}

/// A part of a guide.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GuidePart {
    /// Names it, for edits.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// When it is about, such as "Minute 10 to 25"; may be empty.
    pub time: String,
    /// The question or statement, if it is about one.
    pub lead: String,
    /// What to do, or a list.
    pub lines: Vec<String>,
}

/// The edits of one layer of a guide, as a whole.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditGuide {
    /// Whether they hold for all groups of its language; else for this one.
    pub all: bool,
    /// As which version the layer was seen.
    pub version: i64,
    /// The edits.
    pub edits: Edits,
}

/// When and where a group meets.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveMeeting {
    /// When.
    pub starts_at: DateTime<Utc>,
    /// Where.
    #[schema(max_length = 500)]
    pub place: String,
}

/// What a group wrote down, as far as it did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NotesSeen {
    /// By field: `alike`, `differ`, `changed`, `ask` and `next`.
    pub notes: BTreeMap<String, WrittenNote>,
}

/// What stands in a field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WrittenNote {
    /// Names it; a change has to say that it saw it.
    pub id: NoteId,
    /// The words.
    pub text: String,
    /// When they were written.
    pub written_at: DateTime<Utc>,
}

/// What a group wrote down. What is left out stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNotes {
    /// By field: `alike`, `differ`, `changed`, `ask` and `next`.
    pub notes: BTreeMap<String, WriteNote>,
}

/// What is to stand in a field.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNote {
    /// The words; none take away what stands there.
    #[schema(max_length = 10_000)]
    pub text: String,
    /// The id of what stood there when it was looked at; left out if nothing did.
    pub seen: Option<NoteId>,
}

type At = Path<(String, String)>;

async fn seen(app: &App, me: &Organizer, path: &At) -> Result<GuideSeen, AppError> {
    let desk = Desk::of(app, me, &path.0).await?;
    let group = desk.group(&path.1)?;
    let [lower, upper] = guides::layers(app, &desk, group).await?;
    let drawn = desk.drawn(app, group).await?;
    let parts = drawn.parts(&[&lower.edits, &upper.edits]);
    let layer = |of: guides::Kept| GuideLayer { version: of.version, edits: of.edits };
    Ok(GuideSeen {
        parts: parts
            .into_iter()
            .map(|part| GuidePart {
                key: part.key,
                title: part.title,
                time: part.time,
                lead: part.lead,
                lines: part.lines,
            })
            .collect(),
        all: layer(lower),
        group: layer(upper),
    })
}

/// `GET /api/v1/questionnaires/{slug}/discussion/groups/{group}/guide`
pub async fn show(app: App, me: Organizer, path: At) -> Result<Shown<GuideSeen>, AppError> {
    Ok(Shown(seen(&app, &me, &path).await?))
}

/// `GET /api/v1/questionnaires/{slug}/discussion/groups/{group}/guide/{name}`
pub async fn file(
    app: App,
    me: Organizer,
    path: Path<(String, String, String)>,
) -> Result<Download, AppError> {
    guides::file(app, me, path).await.map(Download)
}

/// `PUT /api/v1/questionnaires/{slug}/discussion/groups/{group}/guide`
pub async fn edit(
    app: App,
    me: Organizer,
    path: At,
    Json(wanted): Json<EditGuide>,
) -> Result<Shown<GuideSeen>, AppError> {
    let desk = Desk::of(&app, &me, &path.0).await?;
    let group = desk.group(&path.1)?;
    let [lower, upper] = guides::layers(&app, &desk, group).await?;
    let layer = if wanted.all { lower } else { upper };
    let mut edits = wanted.edits;
    edits.tidy();
    if !edit_guide(&app, &desk.questionnaire, &layer.name, wanted.version, &edits).await? {
        return Err(AppError::Conflict);
    }
    Ok(Shown(seen(&app, &me, &path).await?))
}

/// `POST /api/v1/questionnaires/{slug}/discussion/guides`
pub async fn again(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    remake_guides(&app, &of).await?;
    Ok(Done)
}

/// `PUT /api/v1/questionnaires/{slug}/discussion/groups/{group}/meeting`
pub async fn meeting(
    app: App,
    me: Organizer,
    path: At,
    Json(wanted): Json<MoveMeeting>,
) -> Result<Done, AppError> {
    let desk = Desk::of(&app, &me, &path.0).await?;
    let group = desk.group(&path.1)?;
    let place = line("place", &wanted.place, 500)?;
    move_meeting(&app, &desk.questionnaire, group.id, wanted.starts_at, &place).await?;
    Ok(Done)
}

async fn noted(app: &App, group: &Group) -> Result<NotesSeen, AppError> {
    let kept = of_group(app, group).await?;
    let one =
        |note: Note| WrittenNote { id: note.id, text: note.text, written_at: note.written_at };
    Ok(NotesSeen { notes: kept.into_iter().map(|(field, note)| (field, one(note))).collect() })
}

/// `GET /api/v1/questionnaires/{slug}/discussion/groups/{group}/notes`
pub async fn notes(app: App, me: Organizer, path: At) -> Result<Shown<NotesSeen>, AppError> {
    let desk = Desk::of(&app, &me, &path.0).await?;
    Ok(Shown(noted(&app, desk.group(&path.1)?).await?))
}

/// `PUT /api/v1/questionnaires/{slug}/discussion/groups/{group}/notes`
pub async fn write(
    app: App,
    me: Organizer,
    path: At,
    Json(wanted): Json<WriteNotes>,
) -> Result<Shown<NotesSeen>, AppError> {
    let desk = Desk::of(&app, &me, &path.0).await?;
    let group = desk.group(&path.1)?;
    let mut typed = BTreeMap::new();
    for (field, note) in wanted.notes {
        if !NOTES.contains(&field.as_str()) {
            return Err(AppError::Refused(format!("There is no field “{field}” in notes.")));
        }
        if note.text.chars().count() > LONGEST {
            return Err(AppError::Refused(format!("A note has at most {LONGEST} characters.")));
        }
        typed.insert(field, Typed { text: note.text, seen: note.seen });
    }
    if !write_notes(&app, group, None, &typed).await?.is_empty() {
        return Err(AppError::Conflict);
    }
    Ok(Shown(noted(&app, group).await?))
}
