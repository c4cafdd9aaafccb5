//! An open question: its larger themes, each with the number of people and two quotes.

use super::quotes::{Quoted, of_theme, take};
use super::say::Say;
use super::{Section, Sentence};
use crate::analysis::themes::Theme;
use crate::domain::{QuestionId, ResponseId};
use crate::insight::Material;
use crate::insight::themes::OpenThemes;
use crate::store::questionnaires::Asked;

/// Most themes that stand under their question; the others are among the views of few.
const THEMES: usize = 4;
/// Quotes under each.
const QUOTES: usize = 2;

pub(super) fn section(
    say: &Say,
    material: &Material,
    asked: &Asked,
    open: &OpenThemes,
) -> Option<Section> {
    if open.texts.is_empty() {
        return None;
    }
    let all = answered(material, asked.id);
    let mut sentences = vec![said(say, asked, &all)];
    if all.len() >= say.limits.people {
        let mut quoted = vec![];
        for (place, theme) in (0..).zip(&open.found.themes) {
            if is_large(open, place, theme) && theme.mentions.len() >= say.limits.authors {
                let sentence =
                    about(say, material, asked, open, (place, theme), QUOTES, &mut quoted);
                sentences.extend(sentence);
            }
        }
    }
    let title = asked.wording.prompt.clone();
    Some(Section::new(&asked.key, title, vec![asked.key.clone()], sentences))
}

/// Whether a theme stands under its question: one of the largest, and of at least a tenth of the
/// answers.
pub(super) fn is_large(open: &OpenThemes, place: usize, theme: &Theme) -> bool {
    place < THEMES && theme.mentions.len() * 10 >= open.texts.len()
}

/// The key of the sentence on a theme of a question, by the theme's name in addresses.
pub(super) fn theme_key(question: &str, theme: &str) -> String {
    format!("{question}.theme.{theme}")
}

/// A theme in a sentence; none if it has no name that may be told.
pub(super) fn about(
    say: &Say,
    material: &Material,
    asked: &Asked,
    open: &OpenThemes,
    (place, theme): (usize, &Theme),
    most: usize,
    known: &mut Quoted,
) -> Option<Sentence> {
    let (count, of) = (theme.mentions.len(), open.texts.len());
    let name = open.name(place, say.limits.authors)?;
    let values = [("label", name.into()), ("who", say.of(count, of).into())];
    let key = theme_key(&asked.key, &open.id(place));
    let choices = of_theme(say.limits, material, open, theme);
    let sentence = Sentence {
        quotes: take(&choices, most, known),
        choices,
        ..Sentence::new(key, say.with("brief-theme", &values), open.people(&theme.mentions))
    };
    Some(sentence.counting(say.figure("people", count, of)))
}

/// How many answered.
pub(super) fn said(say: &Say, asked: &Asked, all: &[ResponseId]) -> Sentence {
    let text = if all.len() >= say.limits.people {
        say.with("brief-answered", &[("who", say.people(all.len()).into())])
    } else {
        say.with("brief-too-few", &[("least", say.limits.people.into())])
    };
    let key = format!("{}.answered", asked.key);
    Sentence::new(key, text, all.to_vec()).counting(say.number("answered", all.len()))
}

/// Those who answered a question.
pub(super) fn answered(material: &Material, question: QuestionId) -> Vec<ResponseId> {
    material.answers(question).map(|(id, _)| id).collect()
}
