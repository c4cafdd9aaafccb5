//! Themes in open answers, found without a language model: which answers belong together, what
//! they have in common in their own words, and quotes that are slices of what was written.

mod careless;
mod graph;
mod kmeans;
mod lexical;
mod matrix;
mod model;
mod random;
mod repeats;
mod terms;

/// One answer.
#[derive(Clone, Debug)]
pub struct Text {
    /// The stable key of the response, unique; results do not depend on the order of the texts.
    pub key: String,
    /// What was written.
    pub text: String,
    /// The language of the questionnaire, believed where the text is too short to tell.
    pub language: Option<String>,
}

/// What the organizer may decide.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The words of the question, so that labels do not repeat it.
    pub question: String,
    /// The number of themes; by itself when `None`.
    pub themes: Option<usize>,
    /// Seed of the restarts: the same seed gives the same themes for ever.
    pub seed: u64,
}

/// A span of one of the given texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Index into the given texts.
    pub text: usize,
    /// First byte, on a character boundary.
    pub start: usize,
    /// One past the last byte, on a character boundary.
    pub end: usize,
}

/// What several answers have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// One to three short phrases from the answers, joined by "; " or "、".
    pub label: String,
    /// The most central short passage.
    pub gist: Passage,
    /// The texts whose main theme it is, ascending.
    pub main: Vec<usize>,
    /// The texts that hold at least one passage of it, ascending; a superset of `main`.
    pub mentions: Vec<usize>,
    /// Its passages, in order of text and place.
    pub passages: Vec<Passage>,
    /// Two to four quotes, central and different, each from another text.
    pub quotes: Vec<Passage>,
    /// Words that are more common in it than elsewhere, the most telling first.
    pub keywords: Vec<String>,
}

/// What was found in all answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Themes {
    /// By the number of mentions, then by label.
    pub themes: Vec<Theme>,
    /// The texts that no theme fits, ascending.
    pub outside: Vec<usize>,
    /// The texts that say nothing: empty, "no idea", "n/a", "不知道"; ascending.
    pub uninformative: Vec<usize>,
    /// Groups of (nearly) identical texts, each ascending.
    pub repeats: Vec<Vec<usize>>,
}

/// Finds the themes of the answers to one question.
pub fn themes(texts: &[Text], settings: &Settings) -> Themes {
    let _ = settings;
    Themes { outside: (0..texts.len()).collect(), ..Themes::default() }
}
