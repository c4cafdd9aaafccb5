//! What may stand in quotation marks.

use super::Quote;
use super::edits::Chosen;
use super::say::Limits;
use crate::analysis::themes::{Passage, Theme, bare_words};
use crate::domain::{Answer, ResponseId};
use crate::insight::Material;
use crate::insight::themes::OpenThemes;

/// So many quotes can be chosen from for a theme.
const CHOICES: usize = 12;
/// A quote of this many characters is read; longer ones come later.
const READ: std::ops::RangeInclusive<usize> = 15..=280;

/// A passage as a quote; none if its author does not allow it, or if it is no slice of the answer.
pub(super) fn quote(material: &Material, open: &OpenThemes, passage: &Passage) -> Option<Quote> {
    let (response, words) = open.quote(passage)?;
    let (start, end) = (passage.start, passage.end);
    let found = chosen(material, &Chosen { response, question: open.question, start, end })?;
    (found.text == words).then_some(found)
}

/// The quotes that could stand for a theme, the best first, one of each person; none of a
/// question that has too few answers for one to be hidden among.
pub(super) fn of_theme(
    limits: Limits,
    material: &Material,
    open: &OpenThemes,
    theme: &Theme,
) -> Vec<Quote> {
    if open.texts.len() < limits.comments {
        return vec![];
    }
    let mut quotes: Vec<(Quote, String)> = vec![];
    let may = |passage: &&Passage| {
        open.texts.get(passage.text).is_some_and(|(id, _)| material.is_quotable(*id))
    };
    let whole = theme.passages.iter().filter(may).map(|p| open.sentence(p, *READ.end()));
    for passage in theme.quotes.iter().copied().chain(whole) {
        if quotes.len() >= CHOICES {
            break;
        }
        let Some(quote) = quote(material, open, &passage) else { continue };
        let words = bare_words(&quote.text);
        let known =
            |(other, said): &(Quote, String)| other.response == quote.response || *said == words;
        if !quotes.iter().any(known) {
            quotes.push((quote, words));
        }
    }
    let mut quotes: Vec<Quote> = quotes.into_iter().map(|(quote, _)| quote).collect();
    // Within those of a good length, the order of the themes stays.
    quotes.sort_by_key(|quote| !READ.contains(&quote.text.chars().count()));
    quotes
}

/// Who has been quoted, and with which [`bare_words`] words.
pub(super) type Quoted = Vec<(ResponseId, String)>;

/// The first of them whose authors have not been quoted yet, nor the same words; notes that they
/// are.
pub(super) fn take(choices: &[Quote], most: usize, quoted: &mut Quoted) -> Vec<Quote> {
    let mut taken = vec![];
    for quote in choices {
        let words = bare_words(&quote.text);
        let known = quoted.iter().any(|(id, said)| *id == quote.response || *said == words);
        if taken.len() < most && !known {
            quoted.push((quote.response, words));
            taken.push(quote.clone());
        }
    }
    taken
}

/// A quote that the organizer chose, if it still is one.
pub(super) fn chosen(material: &Material, chosen: &Chosen) -> Option<Quote> {
    let voice =
        material.voice(chosen.response).filter(|_| material.is_quotable(chosen.response))?;
    let Answer::Open(text) = voice.answer(chosen.question)? else { return None };
    let words = text.get(chosen.start..chosen.end).filter(|words| !words.trim().is_empty())?;
    Some(Quote {
        text: words.to_owned(),
        response: chosen.response,
        revision: voice.response.revision,
        question: chosen.question,
        start: chosen.start,
        end: chosen.end,
        language: voice.response.language.to_string(),
        name: material.name_for_quotes(chosen.response).map(str::to_owned),
        example: voice.response.example,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::QuestionId;

    fn quote(by: u128, text: &str) -> Quote {
        Quote {
            text: text.to_owned(),
            response: ResponseId(Uuid::from_u128(by)),
            revision: 1,
            question: QuestionId(Uuid::nil()),
            start: 0,
            end: text.len(),
            language: "zh".to_owned(),
            name: None,
            example: false,
        }
    }

    #[test]
    fn nobody_and_no_words_are_quoted_twice() {
        let choices = [
            quote(1, "需要更多研究，疫苗的副作用还不清楚。"),
            quote(2, "需要更多研究，疫苗的副作用还不清楚"),
            quote(1, "还要更多时间。"),
            quote(3, "疫苗很安全。"),
        ];
        let mut quoted = vec![];
        assert_eq!(take(&choices, 2, &mut quoted), [choices[0].clone(), choices[3].clone()]);
        assert_eq!(take(&[quote(4, "疫苗很安全！")], 2, &mut quoted), []);
    }
}
