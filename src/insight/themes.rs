//! Themes of the open answers, with quotes that are slices of what was written.

use super::Material;
use crate::analysis::themes::{Passage, Settings, Text, Themes, themes};
use crate::domain::kind::Kind;
use crate::domain::{Answer, QuestionId, ResponseId};

/// Seeds are fixed, so that the same answers always give the same themes.
const SEED: u64 = 1;

/// The themes of one open question.
#[derive(Debug)]
pub struct OpenThemes {
    /// Which question.
    pub question: QuestionId,
    /// Its answers; themes speak of them by their place.
    pub texts: Vec<(ResponseId, String)>,
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

    /// The respondents behind these places.
    pub fn people(&self, places: &[usize]) -> Vec<ResponseId> {
        places.iter().filter_map(|place| self.texts.get(*place)).map(|(id, _)| *id).collect()
    }
}

/// The themes of every open question.
pub fn all(material: &Material) -> Vec<OpenThemes> {
    let open = material.questions.iter().filter(|a| matches!(a.wording.kind, Kind::Open(_)));
    open.map(|asked| {
        let texts: Vec<(ResponseId, String)> = material
            .answers(asked.id)
            .filter_map(|(id, answer)| match answer {
                Answer::Open(text) => Some((id, text.clone())),
                _ => None,
            })
            .collect();
        let given: Vec<Text> = texts
            .iter()
            .map(|(id, text)| Text {
                key: id.to_string(),
                text: text.clone(),
                language: material.voice(*id).map(|voice| voice.response.language.clone()),
            })
            .collect();
        let settings =
            Settings { question: asked.wording.prompt.clone(), themes: None, seed: SEED };
        OpenThemes { question: asked.id, found: themes(&given, &settings), texts }
    })
    .collect()
}
