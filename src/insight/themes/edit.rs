//! What an organizer can do to themes, as it is kept. An edit names answers by response and byte
//! span and never holds their words: whoever erases a response takes its words with it.

use serde::{Deserialize, Serialize};

use crate::domain::{ResponseId, ThemeId, token};

/// A span of a response's answer to the question, in bytes on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Whose answer.
    pub response: ResponseId,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// Where an answer stands: from then on it stays there, as long as its words do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Whose answer.
    pub response: ResponseId,
    /// Of which words, so that spans are never cut from others; see [`print_of`].
    pub print: String,
    /// The theme it is mainly about; none exactly if it has no passage.
    pub main: Option<ThemeId>,
    /// Its passages: theme, first byte, byte after the last; in order of place, then theme.
    pub passages: Vec<(ThemeId, usize, usize)>,
}

/// A theme that begins to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTheme {
    /// Its id, for ever.
    pub id: ThemeId,
    /// Its name.
    pub label: String,
    /// What it was called in addresses before it was kept, and still is, so that links, open pages
    /// and edits of the brief still find it; empty if it was not there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub was: String,
    /// Whether an organizer gave it its name; else it is made of answers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
}

/// A sentence about a theme and the answers it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// Whose answers.
    pub answers: Vec<ResponseId>,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Edit {
    /// Gives a theme another name.
    Rename {
        /// Which.
        theme: ThemeId,
        /// The name.
        label: String,
    },
    /// Puts themes into one.
    Merge {
        /// The one that stays.
        into: ThemeId,
        /// Those that go.
        from: Vec<ThemeId>,
    },
    /// Puts passages into a theme, or out of one.
    Move {
        /// Out of this theme; none: they were in none, or leave every one.
        from: Option<ThemeId>,
        /// Which passages.
        spans: Vec<Span>,
        /// Into this theme; none: they belong to no theme.
        to: Option<ThemeId>,
        /// Whether the answers leave all other themes, and are mainly about this one now.
        whole: bool,
    },
    /// Shows a quote before all others.
    Pin {
        /// In which theme.
        theme: ThemeId,
        /// Which words.
        span: Span,
    },
    /// Lets a quote take its place among the others again.
    Unpin {
        /// In which theme.
        theme: ThemeId,
        /// Which words.
        span: Span,
    },
    /// Leaves a theme out of results and brief.
    Hide {
        /// Which.
        theme: ThemeId,
    },
    /// Takes a hidden theme in again.
    Show {
        /// Which.
        theme: ThemeId,
    },
    /// Puts sentences under a theme's name; none: takes them away.
    Summarize {
        /// Which.
        theme: ThemeId,
        /// The sentences.
        sentences: Vec<Sentence>,
    },
    /// Keeps the themes as they stand, because something is written about one of them elsewhere.
    Keep,
    /// Takes in themes that were found among the answers that fitted none; see
    /// [`Record::themes`].
    Further,
    /// Takes back the last edit that is still in force.
    Undo,
    /// Lets go of everything: themes are found in the answers anew.
    StartOver,
}

/// An edit with what becomes fixed by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Themes that begin to be with it. With a question's first edit: all that it had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<NewTheme>,
    /// Answers whose places become fixed, where they stood before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// What was done.
    pub edit: Edit,
}

impl Record {
    /// Takes everything of a response out; whether there was anything. The steps stay, so that
    /// they can still be undone one by one.
    pub fn forget(&mut self, response: ResponseId) -> bool {
        let before = self.clone();
        self.places.retain(|place| place.response != response);
        match &mut self.edit {
            Edit::Move { spans, .. } => spans.retain(|span| span.response != response),
            Edit::Pin { theme, span } | Edit::Unpin { theme, span }
                if span.response == response =>
            {
                // A span of nothing pins nothing.
                let nobody = ResponseId(uuid::Uuid::nil());
                let span = Span { response: nobody, start: 0, end: 0 };
                self.edit = Edit::Unpin { theme: *theme, span };
            }
            // A model may have used the response's words for it.
            Edit::Summarize { sentences, .. } => {
                sentences.retain(|sentence| !sentence.answers.contains(&response));
            }
            _ => {}
        }
        *self != before
    }
}

/// What stands for the words of an answer: by it we know whether they are still the same. Bound
/// to the response, so that equal answers of two people do not show here.
pub fn print_of(response: ResponseId, text: &str) -> String {
    token::hash(&format!("{response} {text}")).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_forgotten_response_leaves_no_trace_in_any_edit() {
        let (gone, stays) = (ResponseId(Uuid::from_u128(7)), ResponseId(Uuid::from_u128(8)));
        let theme = ThemeId(Uuid::from_u128(1));
        let span = |response| Span { response, start: 0, end: 4 };
        let place = |response| Place {
            response,
            print: print_of(response, "text"),
            main: Some(theme),
            passages: vec![(theme, 0, 4)],
        };
        let edits = [
            Edit::Move {
                from: None,
                spans: vec![span(gone), span(stays)],
                to: Some(theme),
                whole: true,
            },
            Edit::Pin { theme, span: span(gone) },
            Edit::Unpin { theme, span: span(gone) },
            Edit::Summarize {
                theme,
                sentences: vec![
                    Sentence { text: "Both.".to_owned(), answers: vec![stays, gone] },
                    Sentence { text: "One.".to_owned(), answers: vec![stays] },
                ],
            },
        ];
        for edit in edits {
            let places = vec![place(gone), place(stays)];
            let mut record = Record { themes: vec![], places, edit };
            assert!(record.forget(gone));
            let json = serde_json::to_string(&record).unwrap();
            for trace in [gone.0.to_string(), print_of(gone, "text"), "Both.".to_owned()] {
                assert!(!json.contains(&trace), "{json}");
            }
            assert!(json.contains(&stays.0.to_string()), "{json}");
            assert!(!record.forget(gone));
        }
    }
}
