//! Themes of open questions, as programs read them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::ResponseId;
use crate::insight::Material;
use crate::insight::themes::OpenThemes;

/// The themes of an open question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionThemes {
    /// The key of the question.
    pub question: String,
    /// The question, as it now stands on the form.
    pub prompt: String,
    /// How many answered it.
    pub answered: usize,
    /// The number of the last edit of these themes; an edit has to name it.
    pub edits: i32,
    /// What they were found with.
    pub model: String,
    /// The themes, by the number of people.
    pub themes: Vec<ThemeSeen>,
    /// Who said something that no theme fits.
    pub outside: Vec<ResponseId>,
    /// Who said that they have nothing to say.
    pub uninformative: Vec<ResponseId>,
}

/// A theme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ThemeSeen {
    /// Names it.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// How many people speak of it.
    pub people: usize,
    /// How many are mainly about it.
    pub mainly: usize,
    /// Sentences about it that were checked and taken.
    pub summary: Vec<String>,
    /// Some of what was said, word for word.
    pub quotes: Vec<PassageSeen>,
    /// Everything that was said, word for word.
    pub passages: Vec<PassageSeen>,
}

/// A passage of an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PassageSeen {
    /// Whose answer.
    pub response: ResponseId,
    /// Where it begins, in bytes of the answer.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its words.
    pub text: String,
}

/// What a program sees of the themes of a question.
pub fn themes_of(material: &Material, open: &OpenThemes) -> Option<QuestionThemes> {
    let asked = material.questions.iter().find(|asked| asked.id == open.question)?;
    let passage = |of: &crate::analysis::themes::Passage| {
        let (response, text) = open.quote(of)?;
        Some(PassageSeen { response, start: of.start, end: of.end, text: text.to_owned() })
    };
    let themes = open.found.themes.iter().enumerate().map(|(place, theme)| ThemeSeen {
        id: open.id(place),
        label: theme.label.clone(),
        people: theme.mentions.len(),
        mainly: theme.main.len(),
        summary: open.summary(place).into_iter().map(|sentence| sentence.text).collect(),
        quotes: theme.quotes.iter().filter_map(passage).collect(),
        passages: theme.passages.iter().filter_map(passage).collect(),
    });
    Some(QuestionThemes {
        question: asked.key.clone(),
        prompt: asked.wording.prompt.clone(),
        answered: open.of,
        edits: open.edits,
        model: open.model.name().to_owned(),
        themes: themes.collect(),
        outside: open.people(&open.found.outside),
        uninformative: open.people(&open.found.uninformative),
    })
}
