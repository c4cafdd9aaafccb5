//! Themes of the open answers, with quotes that are slices of what was written.

use super::Material;
use crate::analysis::themes::{Model, Passage, Settings, Text, Themes, themes};
use crate::domain::kind::Kind;
use crate::domain::{Answer, QuestionId, ResponseId, token};

/// Seeds are fixed, so that the same answers always give the same themes.
pub const SEED: u64 = 1;

/// The themes of one open question.
#[derive(Debug)]
pub struct OpenThemes {
    /// Which question.
    pub question: QuestionId,
    /// Its answers, or of very many those that were drawn; themes speak of them by their place.
    pub texts: Vec<(ResponseId, String)>,
    /// How many answers there are.
    pub of: usize,
    /// The name of the model they were found with.
    pub model: &'static str,
    /// The themes.
    pub found: Themes,
}

impl OpenThemes {
    /// The words of a passage and who wrote them; none if the span is not one of that answer,
    /// so that nothing can stand in quotation marks that nobody wrote.
    pub fn quote(&self, passage: &Passage) -> Option<(ResponseId, &str)> {
        let (response, text) = self.texts.get(passage.text)?;
        let words = text.get(passage.start..passage.end)?;
        (!words.trim().is_empty()).then_some((*response, words))
    }

    /// The name of a theme in addresses: it stays as long as the label does.
    pub fn id(&self, place: usize) -> String {
        let label = self.found.themes.get(place).map_or("", |theme| theme.label.as_str());
        token::hash(label).chars().take(12).collect()
    }

    /// The same themes with other texts and places.
    #[must_use]
    pub fn narrowed(&self, texts: Vec<(ResponseId, String)>, found: Themes) -> Self {
        let of = self.of.min(texts.len());
        Self { question: self.question, of, model: self.model, texts, found }
    }

    /// The respondents behind these places.
    pub fn people(&self, places: &[usize]) -> Vec<ResponseId> {
        places.iter().filter_map(|place| self.texts.get(*place)).map(|(id, _)| *id).collect()
    }
}

/// Of more answers than this, every n-th is read, by the order of their random ids: themes that
/// matter are in them, and shares are known to two points.
const READ: usize = 5_000;

/// The themes of every open question, as this model knows meanings.
pub fn all(material: &Material, model: &Model) -> Vec<OpenThemes> {
    let open = material.questions.iter().filter(|a| matches!(a.wording.kind, Kind::Open(_)));
    open.map(|asked| {
        let written = material.answers(asked.id).filter_map(|(id, answer)| match answer {
            Answer::Open(text) => Some((id, text)),
            _ => None,
        });
        let mut written: Vec<(ResponseId, &String)> = written.collect();
        let of = written.len();
        if of > READ {
            written.sort_unstable();
            written = written.into_iter().step_by(of.div_ceil(READ)).collect();
        }
        let texts: Vec<(ResponseId, String)> =
            written.into_iter().map(|(id, text)| (id, text.clone())).collect();
        let given: Vec<Text> = texts
            .iter()
            .map(|(id, text)| Text {
                key: id.to_string(),
                text: text.clone(),
                language: material.voice(*id).map(|voice| voice.response.language.to_string()),
            })
            .collect();
        let settings = Settings {
            question: asked.wording.prompt.clone(),
            themes: None,
            seed: SEED,
            model: model.clone(),
        };
        let found = themes(&given, &settings);
        OpenThemes { question: asked.id, found, texts, of, model: model.name() }
    })
    .collect()
}
