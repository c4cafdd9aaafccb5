//! Themes: an organizer's edits of them, and what a language model proposes.

use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::{Begun, Done, Shown};
use super::asked::Json;
use super::results::{QuestionThemes, themes_of};
use crate::acts::edit_themes::{Change, Outcome, Target, edit_themes};
use crate::acts::suggest_themes::{Suggestion, drop_suggestion, suggest_themes};
use crate::domain::ResponseId;
use crate::error::AppError;
use crate::insight;
use crate::insight::themes::edit::Span;
use crate::insight::themes::summary::check;
use crate::store::theme_suggestions;
use crate::web::desk::themes::find;
use crate::web::extract::{App, Organizer};

/// An edit of the themes of a question.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditThemes {
    /// On which edit it is made: `edits` of the themes as they were seen.
    #[schema(minimum = 0)]
    pub on: i32,
    /// What is changed.
    pub change: ThemeChange,
}

/// What is changed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum ThemeChange {
    /// Another name.
    Rename {
        /// Which theme.
        theme: String,
        /// The name.
        label: String,
    },
    /// These themes as one, which is called like the first of them that is kept.
    Merge {
        /// Which themes.
        themes: Vec<String>,
    },
    /// Two themes instead of one, as the method would part it.
    Split {
        /// Which theme.
        theme: String,
    },
    /// Passages into another theme.
    Move {
        /// Out of this theme; left out: they are in none.
        from: Option<String>,
        /// Which passages.
        passages: Vec<PassageOf>,
        /// Into this theme; left out: out of every theme, or into a new one.
        to: Option<String>,
        /// Into a new theme of this name; empty: as the method names it.
        new: Option<String>,
        /// Whether the whole answers go, out of all other themes.
        #[serde(default)]
        whole: bool,
    },
    /// A quote before the others, or among them again.
    Pin {
        /// In which theme.
        theme: String,
        /// Which words.
        passage: PassageOf,
        /// Whether it comes before the others.
        first: bool,
    },
    /// A theme left out of results and brief, or taken in again.
    Hide {
        /// Which theme.
        theme: String,
        /// Whether it is left out.
        hidden: bool,
    },
    /// Further themes among the answers that came later and fit none.
    Further {},
    /// The last step taken back.
    Undo {},
    /// Everything let go: themes are found in the answers anew.
    StartOver {},
}

/// A span of somebody's answer.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PassageOf {
    /// Whose answer.
    pub response: ResponseId,
    /// Where it begins, in bytes of the answer.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl From<PassageOf> for Span {
    fn from(of: PassageOf) -> Self {
        Self { response: of.response, start: of.start, end: of.end }
    }
}

/// What a language model proposes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Suggestions {
    /// The host that is asked, if one is set.
    pub host: Option<String>,
    /// Whether it is being asked now.
    pub asking: bool,
    /// What was proposed and passed the check, by theme.
    pub suggestions: Vec<SuggestionSeen>,
}

/// What is proposed for a theme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SuggestionSeen {
    /// For which theme.
    pub theme: String,
    /// The name, if one passed.
    pub title: Option<String>,
    /// The sentences that passed.
    pub sentences: Vec<String>,
    /// What failed the check, and why.
    pub rejected: Vec<Rejected>,
    /// Which model, at which host.
    pub from: String,
}

/// What failed the check.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rejected {
    /// What was proposed.
    pub text: String,
    /// Why it is not taken.
    pub why: String,
}

/// What is done with a proposal.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeSuggestion {
    /// On which edit it is made.
    pub on: i32,
    /// For which theme.
    pub theme: String,
    /// Whether the name is taken.
    pub name: bool,
    /// Whether the sentences are taken.
    pub sentences: bool,
}

type Key = Path<(String, String)>;

/// `GET /api/v1/questionnaires/{slug}/themes/{key}`
pub async fn show(app: App, me: Organizer, path: Key) -> Result<Shown<QuestionThemes>, AppError> {
    let (_, insight, asked) = find(&app, &me, &path).await?;
    let open = insight.themes.iter().find(|open| open.question == asked.id);
    let seen = open.and_then(|open| themes_of(&insight.material, open));
    seen.map(Shown).ok_or(AppError::NotFound)
}

fn change(wanted: ThemeChange) -> Result<Change, AppError> {
    Ok(match wanted {
        ThemeChange::Rename { theme, label } => Change::Rename { theme, label },
        ThemeChange::Merge { themes } => Change::Merge { themes },
        ThemeChange::Split { theme } => Change::Split { theme },
        ThemeChange::Move { from, passages, to, new, whole } => Change::Move {
            from,
            spans: passages.into_iter().map(Span::from).collect(),
            to: match (to, new) {
                (Some(_), Some(_)) => {
                    let why = "Say either to or new, not both.".to_owned();
                    return Err(AppError::Refused(why));
                }
                (Some(theme), None) => Target::Theme(theme),
                (None, Some(name)) => Target::New(Some(name).filter(|name| !name.is_empty())),
                (None, None) => Target::Nowhere,
            },
            whole,
        },
        ThemeChange::Pin { theme, passage, first } => {
            Change::Pin { theme, span: passage.into(), first }
        }
        ThemeChange::Hide { theme, hidden } => Change::Hide { theme, hidden },
        ThemeChange::Further {} => Change::Further,
        ThemeChange::Undo {} => Change::Undo,
        ThemeChange::StartOver {} => Change::StartOver,
    })
}

fn done(outcome: Outcome) -> Result<(), AppError> {
    match outcome {
        Outcome::Done(_) => Ok(()),
        Outcome::Stale => Err(AppError::Conflict),
        Outcome::Cannot(why) => Err(AppError::Refused(why.to_owned())),
    }
}

/// `POST /api/v1/questionnaires/{slug}/themes/{key}/edits`
pub async fn edit(
    app: App,
    me: Organizer,
    path: Key,
    Json(wanted): Json<EditThemes>,
) -> Result<Shown<QuestionThemes>, AppError> {
    let (of, _, asked) = find(&app, &me, &path).await?;
    let change = change(wanted.change)?;
    done(edit_themes(&app, &of, me.0.id, &asked, wanted.on, change).await?)?;
    show(app, me, path).await
}

/// `GET /api/v1/questionnaires/{slug}/themes/{key}/suggestions`
pub async fn suggestions(
    app: App,
    me: Organizer,
    path: Key,
) -> Result<Shown<Suggestions>, AppError> {
    let (_, insight, asked) = find(&app, &me, &path).await?;
    let open = insight.themes.iter().find(|open| open.question == asked.id);
    let rows = theme_suggestions::all(app.store.read(), asked.id).await?;
    let seen = rows.iter().filter_map(|row| {
        let open = open?;
        let place = open.place(&row.theme)?;
        let read: Suggestion = serde_json::from_str(&row.content).ok()?;
        // The answers may have changed since.
        let holds = read.sentences.iter().filter(|one| check(open, place, one).is_ok());
        let rejected = read.rejected.iter().cloned();
        Some(SuggestionSeen {
            theme: open.id(place),
            title: read.title.clone(),
            sentences: holds.map(|sentence| sentence.text.clone()).collect(),
            rejected: rejected.map(|(text, why)| Rejected { text, why }).collect(),
            from: read.from.clone(),
        })
    });
    Ok(Shown(Suggestions {
        host: app.narrator.goes_to().map(|(host, _)| host.to_owned()),
        asking: app.narrator.progress(asked.id).is_some_and(|progress| !progress.over),
        suggestions: seen.collect(),
    }))
}

/// That something has begun.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct HasBegun {
    /// Whether it began now; else it was at it already.
    pub begun: bool,
}

/// `POST /api/v1/questionnaires/{slug}/themes/{key}/suggestions`
pub async fn suggest(app: App, me: Organizer, path: Key) -> Result<Begun<HasBegun>, AppError> {
    let (of, _, asked) = find(&app, &me, &path).await?;
    if app.narrator.goes_to().is_none() {
        let why = "No language model is set in this service.";
        return Err(AppError::Refused(why.to_owned()));
    }
    Ok(Begun(HasBegun { begun: suggest_themes(&app, &of, &asked).await? }))
}

/// `DELETE /api/v1/questionnaires/{slug}/themes/{key}/suggestions`
pub async fn stop(app: App, me: Organizer, path: Key) -> Result<Done, AppError> {
    let (_, _, asked) = find(&app, &me, &path).await?;
    app.narrator.stop(asked.id);
    Ok(Done)
}

/// `POST /api/v1/questionnaires/{slug}/themes/{key}/suggestions/take`
pub async fn take(
    app: App,
    me: Organizer,
    path: Key,
    Json(wanted): Json<TakeSuggestion>,
) -> Result<Done, AppError> {
    let (of, _, asked) = find(&app, &me, &path).await?;
    let insight = insight::of(&app, &of).await?;
    let open = insight.themes.iter().find(|open| open.question == asked.id);
    let open = open.ok_or(AppError::NotFound)?;
    let rows = theme_suggestions::all(app.store.read(), asked.id).await?;
    let place = open.place(&wanted.theme);
    let row = rows.iter().find(|row| place.is_some() && open.place(&row.theme) == place);
    let (Some(row), Some(place)) = (row, place) else {
        return Err(AppError::Refused("Nothing is proposed for this theme.".to_owned()));
    };
    let read: Suggestion = serde_json::from_str(&row.content).map_err(anyhow::Error::from)?;
    let mut sentences = read.sentences;
    sentences.retain(|sentence| check(open, place, sentence).is_ok());
    let label = read.title.filter(|_| wanted.name);
    let sentences = wanted.sentences.then_some(sentences);
    if label.is_some() || sentences.is_some() {
        let change = Change::Take { theme: wanted.theme.clone(), label, sentences };
        done(edit_themes(&app, &of, me.0.id, &asked, wanted.on, change).await?)?;
    }
    drop_suggestion(&app, asked.id, &row.theme).await?;
    Ok(Done)
}
