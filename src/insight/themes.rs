//! Themes of the open answers, with quotes that are slices of what was written: found anew each
//! time, until an organizer has changed something about them. From then on the question's themes
//! are those of the organizer's [`layer`] of edits, and answers that come later join the nearest.

use std::collections::HashSet;

use super::Material;
use super::opinion::Opinion;
use crate::analysis::passages::sentences;
use crate::analysis::themes::{Model, Passage, Settings, Text, Themes, themes};
use crate::domain::kind::Kind;
use crate::domain::{Answer, QuestionId, ResponseId, ThemeId, token};
use crate::store::questionnaires::Asked;

pub mod dissent;
pub mod edit;
pub mod fold;
pub mod kept;
pub mod layer;
mod named;
pub mod summary;

use dissent::Dissent;
use edit::{Sentence, Span};
use kept::Kept;

/// Seeds are fixed, so that the same answers always give the same themes.
pub const SEED: u64 = 1;

/// The themes of one open question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenThemes {
    /// Which question.
    pub question: QuestionId,
    /// Its answers, or of very many those that were drawn; themes speak of them by their place.
    pub texts: Vec<(ResponseId, String)>,
    /// How many answers there are.
    pub of: usize,
    /// What they were found with.
    pub model: Model,
    /// The themes that are shown.
    pub found: Themes,
    /// For each of them a quote that is unlike the others, where there is one.
    pub dissent: Vec<Option<Dissent>>,
    /// The number of the organizer's last edit; 0 before the first.
    pub edits: i32,
    /// The ids of the themes in their order, and what else is kept, if they are an organizer's.
    pub kept: Option<(Vec<ThemeId>, Kept)>,
}

impl OpenThemes {
    /// The words of a passage and who wrote them; none if the span is not one of that answer,
    /// so that nothing can stand in quotation marks that nobody wrote.
    pub fn quote(&self, passage: &Passage) -> Option<(ResponseId, &str)> {
        let (response, text) = self.texts.get(passage.text)?;
        let words = text.get(passage.start..passage.end)?;
        (!words.trim().is_empty()).then_some((*response, words))
    }

    /// The sentence around a passage, if it has at most so many characters, else the passage: a
    /// clause alone reads as if cut off.
    pub fn sentence(&self, passage: &Passage, most: usize) -> Passage {
        let Some((_, text)) = self.texts.get(passage.text) else { return *passage };
        let fits = |(start, end): &(usize, usize)| {
            let short = |words: &str| words.chars().count() <= most;
            *start <= passage.start
                && passage.end <= *end
                && text.get(*start..*end).is_some_and(short)
        };
        let around = sentences(text).into_iter().find(fits);
        let (start, end) = around.unwrap_or((passage.start, passage.end));
        Passage { start, end, ..*passage }
    }

    /// The words of a span; none if it is not one of that answer.
    pub fn words(&self, span: &Span) -> Option<&str> {
        let (_, text) = self.texts.iter().find(|(id, _)| *id == span.response)?;
        text.get(span.start..span.end).filter(|words| !words.trim().is_empty())
    }

    /// The name of a theme in addresses and in what is written about it: for ever if it is kept,
    /// and then the one it had before, else as long as the label stays.
    pub fn id(&self, place: usize) -> String {
        if let Some((ids, kept)) = &self.kept
            && let Some(id) = ids.get(place)
        {
            let was = kept.was.iter().find(|(_, theme)| *theme == id);
            return was.map_or_else(|| id.to_string(), |(was, _)| was.clone());
        }
        let label = self.found.themes.get(place).map_or("", |theme| theme.label.as_str());
        token::hash(label).chars().take(12).collect()
    }

    /// The place of the theme with this name in addresses.
    pub fn place(&self, id: &str) -> Option<usize> {
        let own = |place: &usize| self.kept.as_ref().and_then(|(ids, _)| ids.get(*place));
        (0..self.found.themes.len()).find(|place| {
            self.id(*place) == id || own(place).is_some_and(|own| own.to_string() == id)
        })
    }

    /// Whether a theme of this name is there, were it hidden or nobody's now.
    pub fn knows(&self, id: &str) -> bool {
        let aside = |kept: &Kept| {
            kept.was.contains_key(id)
                || kept.hidden.iter().any(|theme| theme.id.to_string() == id)
                || kept.empty.iter().any(|(theme, _)| theme.to_string() == id)
        };
        self.place(id).is_some() || self.layer().is_some_and(aside)
    }

    /// What the organizer's edits add, if there are any in force.
    pub fn layer(&self) -> Option<&Kept> {
        self.kept.as_ref().map(|(_, kept)| kept)
    }

    /// Whether this span was pinned in the theme at this place.
    pub fn is_pinned(&self, place: usize, span: &Span) -> bool {
        self.kept.as_ref().is_some_and(|(ids, kept)| {
            ids.get(place).is_some_and(|id| kept.pinned.contains(&(*id, *span)))
        })
    }

    /// The sentences under the name of the theme at this place that still hold.
    pub fn summary(&self, place: usize) -> Vec<Sentence> {
        let kept = self.kept.as_ref();
        let own = kept.and_then(|(ids, kept)| kept.summaries.get(ids.get(place)?));
        let holds = |sentence: &&Sentence| summary::check(self, place, sentence).is_ok();
        own.into_iter().flatten().filter(holds).cloned().collect()
    }

    /// The same themes, in the same order, with other texts and places.
    #[must_use]
    pub fn narrowed(&self, texts: Vec<(ResponseId, String)>, found: Themes) -> Self {
        let inside: HashSet<ResponseId> = texts.iter().map(|(id, _)| *id).collect();
        let within = |dissent: &Dissent| inside.contains(&dissent.span.response);
        let kept = self.kept.as_ref();
        Self {
            question: self.question,
            of: self.of.min(texts.len()),
            model: self.model.clone(),
            dissent: self.dissent.iter().map(|dissent| dissent.filter(within)).collect(),
            edits: self.edits,
            kept: kept.map(|(ids, kept)| (ids.clone(), kept.among(|id| inside.contains(&id)))),
            texts,
            found,
        }
    }

    /// The respondents behind these places.
    pub fn people(&self, places: &[usize]) -> Vec<ResponseId> {
        places.iter().filter_map(|place| self.texts.get(*place)).map(|(id, _)| *id).collect()
    }
}

/// Of more answers than this, every n-th is read, by the order of their random ids: themes that
/// matter are in them, and shares are known to two points.
const READ: usize = 5_000;

/// The themes of every open question.
pub fn all(material: &Material, model: &Model, opinion: Option<&Opinion>) -> Vec<OpenThemes> {
    let open = material.questions.iter().filter(|a| matches!(a.wording.kind, Kind::Open(_)));
    open.map(|asked| one(material, asked, model, opinion)).collect()
}

/// The themes of one open question.
pub fn one(
    material: &Material,
    asked: &Asked,
    model: &Model,
    opinion: Option<&Opinion>,
) -> OpenThemes {
    let layer = material.layers.of(asked.id);
    let edits = layer.map_or(0, |layer| layer.number);
    let layer = layer.filter(|layer| layer.keeps);
    let (texts, of) =
        read(material, asked.id, |id| layer.is_some_and(|layer| layer.places.contains_key(&id)));
    let given = given(material, &texts);
    let settings = settings(asked, None, model);
    let (found, kept) = match layer {
        Some(layer) => {
            let (found, ids, kept) = kept::kept(layer, &texts, &given, &settings);
            (found, Some((ids, kept)))
        }
        None => (themes(&given, &settings), None),
    };
    let mut open = OpenThemes {
        question: asked.id,
        texts,
        of,
        model: model.clone(),
        found,
        dissent: vec![],
        edits,
        kept,
    };
    open.dissent = dissent::dissents(&open, &given, &settings, opinion);
    open
}

/// How the method is asked about a question's answers, or a part of them.
pub fn settings(asked: &Asked, count: Option<usize>, model: &Model) -> Settings {
    let question = asked.wording.prompt.clone();
    Settings { question, themes: count, seed: SEED, model: model.clone() }
}

/// The answers that are read, and how many there are: all that stand in an organizer's themes,
/// and as many of the others as are read of a question without.
fn read(
    material: &Material,
    question: QuestionId,
    stands: impl Fn(ResponseId) -> bool,
) -> (Vec<(ResponseId, String)>, usize) {
    let written = material.answers(question).filter_map(|(id, answer)| match answer {
        Answer::Open(text) => Some((id, text)),
        _ => None,
    });
    let mut written: Vec<(ResponseId, &String)> = written.collect();
    let of = written.len();
    if of > READ {
        written.sort_unstable();
        let (standing, others): (Vec<_>, Vec<_>) =
            written.into_iter().partition(|(id, _)| stands(*id));
        let each = others.len().div_ceil(READ).max(1);
        written = standing;
        written.extend(others.into_iter().step_by(each));
    }
    (written.into_iter().map(|(id, text)| (id, text.clone())).collect(), of)
}

/// Texts as the method reads them.
pub fn given(material: &Material, texts: &[(ResponseId, String)]) -> Vec<Text> {
    let text = |(id, text): &(ResponseId, String)| Text {
        key: id.to_string(),
        text: text.clone(),
        language: material.voice(*id).map(|voice| voice.response.language.to_string()),
    };
    texts.iter().map(text).collect()
}
