//! An organizer works on the themes of an open question. The first edit keeps them as they stand;
//! each is a step of its own, with who and when, and can be taken back.

use crate::analysis::passages;
use crate::domain::{OrganizerId, ResponseId, ThemeId};
use crate::insight;
use crate::insight::themes::edit::{Edit, NewTheme, Place, Record, Sentence, Span};
use crate::service::Service;
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::{theme_edits, theme_suggestions};

mod base;
mod found;
mod keep;

use base::Base;
pub(super) use keep::{Unkept, keep, unkept};

/// Longest name of a theme, in characters.
pub const LONGEST: usize = 120;

/// What is wanted. Themes are named as in addresses: see `OpenThemes::id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
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
        /// Out of this theme; none: they are in none.
        from: Option<String>,
        /// Which passages.
        spans: Vec<Span>,
        /// Where to.
        to: Target,
        /// Whether the whole answers go, out of all other themes.
        whole: bool,
    },
    /// A quote before the others, or among them again.
    Pin {
        /// In which theme.
        theme: String,
        /// Which words.
        span: Span,
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
    /// What a language model proposed for a theme: its name, its sentences, or both.
    Take {
        /// Which theme.
        theme: String,
        /// The name.
        label: Option<String>,
        /// The sentences; empty: none stand there.
        sentences: Option<Vec<Sentence>>,
    },
    /// Further themes among the answers that came later and fit none.
    Further,
    /// The last step taken back.
    Undo,
    /// Everything let go: themes are found in the answers anew.
    StartOver,
}

/// Where passages go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into this theme.
    Theme(String),
    /// Into one of their own; its name, or as the method names it.
    New(Option<String>),
    /// Out of the theme.
    Nowhere,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, under this number.
    Done(i32),
    /// Not done: somebody has edited the themes meanwhile.
    Stale,
    /// Not done; a sentence that says why.
    Cannot(&'static str),
}

/// Changes the themes of a question as they were at edit number `on`.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn edit_themes(
    service: &Service,
    questionnaire: &Questionnaire,
    by: OrganizerId,
    asked: &Asked,
    on: i32,
    change: Change,
) -> anyhow::Result<Outcome> {
    let insight = insight::of(service, questionnaire).await?;
    let question = asked.clone();
    let clock = service.clock.clone();
    // Parting a theme takes the method again.
    let made = tokio::task::spawn_blocking(move || {
        let open = insight.themes.iter().find(|open| open.question == question.id)?;
        let layer = insight.material.layers.of(question.id);
        if open.edits != on || layer.map_or(0, |layer| layer.number) != on {
            return Some(Err(Outcome::Stale));
        }
        let mut name = || ThemeId(clock.random_name());
        let base = Base::of(&insight.material, &question, open, layer, &mut name);
        Some(records(&base, &change, &mut name).map_err(Outcome::Cannot))
    })
    .await?;
    let records = match made {
        None => return Ok(Outcome::Cannot("Nobody has answered this question yet.")),
        Some(Err(outcome)) => return Ok(outcome),
        Some(Ok(records)) => records,
    };
    let tx = service.store.write().await?;
    let held = questionnaires::hold(&tx, questionnaire.id).await?;
    let last = theme_edits::last(&tx, asked.id).await?;
    if held.is_none() || last != on {
        return Ok(Outcome::Stale);
    }
    let now = service.clock.now();
    let last = keep::add(&tx, questionnaire, by, now, (asked.id, on), records).await?;
    tx.commit().await?;
    Ok(Outcome::Done(last))
}

/// Takes everything of a response out of the edits and proposals of its questionnaire, within the
/// transaction that erases it.
///
/// # Errors
/// A database that refuses, or an edit that cannot be read.
pub async fn forget_response(
    tx: &sea_orm::DatabaseTransaction,
    questionnaire: crate::domain::QuestionnaireId,
    response: ResponseId,
) -> anyhow::Result<()> {
    // As it stands in JSON.
    let name = response.0.to_string();
    let rows = theme_edits::all(tx, questionnaire).await?;
    for row in rows.into_iter().filter(|row| row.edit.contains(&name)) {
        let mut record: Record = serde_json::from_str(&row.edit)?;
        if record.forget(response) {
            let edit = serde_json::to_string(&record)?;
            theme_edits::rewrite(tx, row.question_id, row.number, edit).await?;
        }
    }
    theme_suggestions::forget(tx, questionnaire, response).await?;
    Ok(())
}

const GONE: &str = "This theme is not there any more: the answers have changed since the page was opened. The themes below are those of now.";
const LEFT: &str = "One of these passages is not there any more: its author has changed or taken back the answer. Nothing was moved.";

/// The steps that make the change.
fn records(
    base: &Base<'_>,
    change: &Change,
    name: &mut impl FnMut() -> ThemeId,
) -> Result<Vec<Record>, &'static str> {
    let theme = |id: &str| base.theme(id).ok_or(GONE);
    let one = |edit: Edit, places: Vec<Place>, themes: Vec<NewTheme>| {
        Ok(vec![base.record(edit, places, themes)])
    };
    match change {
        Change::Rename { theme: id, label } => {
            let (theme, label) = (theme(id)?, named(label)?);
            one(Edit::Rename { theme, label }, vec![], vec![])
        }
        Change::Merge { themes } => {
            let mut all = themes.iter().map(|id| theme(id)).collect::<Result<Vec<_>, _>>()?;
            all.dedup();
            let [into, from @ ..] = all.as_slice() else { return Err(TWO) };
            if from.is_empty() {
                return Err(TWO);
            }
            let places = base.places(|place| place.is_in(&all));
            one(Edit::Merge { into: *into, from: from.to_vec() }, places, vec![])
        }
        Change::Split { theme: id } => {
            let of = theme(id)?;
            let (label, spans) = found::split(base, of).ok_or(
                "The passages of this theme are too few or too much alike to be parted. You can tick some and move them to a new theme.",
            )?;
            let new = NewTheme { id: name(), label, was: String::new(), named: false };
            let places = base.places(|place| place.is_in(&[of]));
            let to = Some(new.id);
            one(Edit::Move { from: Some(of), spans, to, whole: false }, places, vec![new])
        }
        Change::Move { from, spans, to, whole } => {
            let from = from.as_deref().map(theme).transpose()?;
            move_spans(base, from, spans, to, *whole, name)
        }
        Change::Pin { theme: id, span, first } => {
            let theme = theme(id)?;
            base.words(span).ok_or(LEFT)?;
            let places = base.places(|place| place.response == span.response);
            let span = *span;
            let edit = if *first { Edit::Pin { theme, span } } else { Edit::Unpin { theme, span } };
            one(edit, places, vec![])
        }
        Change::Hide { theme: id, hidden } => {
            let theme = theme(id)?;
            let edit = if *hidden { Edit::Hide { theme } } else { Edit::Show { theme } };
            one(edit, vec![], vec![])
        }
        Change::Take { theme: id, label, sentences } => {
            let theme = theme(id)?;
            let mut edits = vec![];
            if let Some(label) = label {
                edits.push(Edit::Rename { theme, label: named(label)? });
            }
            if let Some(sentences) = sentences {
                edits.push(Edit::Summarize { theme, sentences: sentences.clone() });
            }
            Ok(base.steps(edits))
        }
        Change::Further => {
            let (themes, places) = found::further(base, name)
                .ok_or("The newer answers have nothing in common yet that would make a theme.")?;
            one(Edit::Further, places, themes)
        }
        Change::Undo if base.layer.is_some_and(|layer| layer.to_undo().is_some()) => {
            Ok(vec![Record { themes: vec![], places: vec![], edit: Edit::Undo }])
        }
        Change::StartOver if base.keeps() => {
            Ok(vec![Record { themes: vec![], places: vec![], edit: Edit::StartOver }])
        }
        Change::Undo | Change::StartOver => Err("There is nothing to take back."),
    }
}

const TWO: &str = "Tick two themes or more: those become one.";

fn move_spans(
    base: &Base<'_>,
    from: Option<ThemeId>,
    spans: &[Span],
    to: &Target,
    whole: bool,
    name: &mut impl FnMut() -> ThemeId,
) -> Result<Vec<Record>, &'static str> {
    if spans.is_empty() {
        return Err("Tick the passages that you want to move.");
    }
    let mut moved = vec![];
    for span in spans {
        let text = base.text(span.response).ok_or(LEFT)?;
        base.words(span).ok_or(LEFT)?;
        if whole {
            let all = passages::passages(text);
            let all = if all.is_empty() { vec![(span.start, span.end)] } else { all };
            let response = span.response;
            moved.extend(all.into_iter().map(|(start, end)| Span { response, start, end }));
        } else {
            moved.push(*span);
        }
    }
    moved.sort_unstable();
    moved.dedup();
    let mut themes = vec![];
    let to = match to {
        Target::Theme(id) => Some(base.theme(id).ok_or(GONE)?),
        Target::Nowhere => None,
        Target::New(label) => {
            let (label, named) = match label {
                Some(label) => (named(label)?, true),
                None => (found::name_of(base, &moved), false),
            };
            let new = NewTheme { id: name(), label, was: String::new(), named };
            themes.push(new.clone());
            Some(new.id)
        }
    };
    if to.is_some() && to == from && !whole {
        return Err("They are in this theme already.");
    }
    let of: Vec<ResponseId> = moved.iter().map(|span| span.response).collect();
    let places = base.places(|place| of.contains(&place.response));
    // Out of everything, where a whole answer goes nowhere.
    let from = if whole && to.is_none() { None } else { from };
    let edit = Edit::Move { from, spans: moved, to, whole: whole && to.is_some() };
    Ok(vec![base.record(edit, places, themes)])
}

/// A name as it is kept: one line, not empty, not too long.
fn named(label: &str) -> Result<String, &'static str> {
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    match label.chars().count() {
        0 => Err("A theme needs a name."),
        1..=LONGEST => Ok(label),
        _ => Err("A theme's name has 120 characters at most."),
    }
}
