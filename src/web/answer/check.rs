//! "Check your answers": every question with what was answered, before anything is sent. It is the
//! form itself, with all its fields: nothing is kept on the way, and nothing can get lost.

use std::borrow::Cow;

use maud::{Markup, html};

use super::page::other_language;
use super::view::Sheet;
use crate::acts::submit_response::{field, read_shown};
use crate::domain::consent::Consent;
use crate::domain::kind::{Kind, Problem, Vote};
use crate::domain::question::text_of;
use crate::domain::{Answer, Fields, Wording};
use crate::store::questionnaires::Asked;
use crate::web::ui::answers;
use crate::words::Words;

/// The name and the value of the button that asks for it.
pub(super) const GO: &str = "go";
pub(super) const CHECK: &str = "check";

/// Whether the form was sent to be checked.
pub(super) fn is_wanted(fields: &Fields) -> bool {
    fields.get(GO) == Some(CHECK)
}

/// What would have to change before the form can be kept.
pub(super) fn problems(asked: &[Cow<'_, Asked>], fields: &Fields) -> Vec<(String, Problem)> {
    let read = read_shown(asked, fields).into_iter();
    let found = read.filter_map(|(asked, read)| match read {
        Ok(None) if asked.wording.required => Some((asked.key.clone(), Problem::Missing)),
        Ok(_) => None,
        Err(problem) => Some((asked.key.clone(), problem)),
    });
    found.collect()
}

/// The list: each question that is asked of somebody with these answers, what they answered, and
/// the way to change it.
pub(super) fn summary(sheet: &Sheet<'_>) -> Markup {
    let words = sheet.words;
    let clean = sheet.problems.is_empty();
    let all: Vec<Cow<'_, Asked>> = sheet.asked.iter().map(Cow::Borrowed).collect();
    html! {
        section.review id="check" {
            h2 tabindex=[clean.then_some("-1")] autofocus[clean] { (words.get("check-title")) }
            p { (words.get("check-lede")) }
            dl.answers {
                @for (asked, read) in read_shown(&all, sheet.fields) {
                    (checked(sheet, asked, read))
                }
            }
        }
    }
}

fn checked(sheet: &Sheet<'_>, asked: &Asked, read: Result<Option<Answer>, Problem>) -> Markup {
    let words = sheet.words;
    let (wording, translated) = asked.wording.in_language(words.language());
    let language = if translated { None } else { other_language(words, sheet.language) };
    let lines = match read {
        Ok(Some(answer)) => answers::lines(words, &wording, &answer),
        Ok(None) => vec![],
        Err(_) => as_typed(words, &wording, sheet.fields, &asked.key),
    };
    let link = format!("c-{}", asked.key);
    html! {
        .checked {
            dt id={ "d-" (asked.key) } lang=[language] dir="auto" { (wording.prompt) }
            @for line in &lines { dd dir="auto" { (line) } }
            @if lines.is_empty() { dd.none { (words.get("receipt-none")) } }
            dd.change {
                a id=(link) href={ "#q-" (asked.key) }
                    aria-labelledby={ (link) " d-" (asked.key) } { (words.get("check-change")) }
            }
        }
    }
}

/// What stands in the fields of a question, where it cannot be read: words and numbers as they were
/// typed, with the line they belong to.
fn as_typed(words: Words, wording: &Wording, fields: &Fields, key: &str) -> Vec<Markup> {
    let name = field(key);
    let parts = format!("{name}.");
    let line = |key: &str| text_of(wording.kind.lines(), key);
    let typed = fields.pairs().filter(|(_, value)| !value.trim().is_empty());
    let told = typed.filter_map(|(of, value)| {
        if *of == name {
            return Some(html! { (line(value).unwrap_or(value)) });
        }
        let part = of.strip_prefix(&parts)?;
        match (&wording.kind, line(part)) {
            (Kind::Allocation(_) | Kind::Ranking(_), Some(line)) => {
                Some(answers::labelled(words, value, line))
            }
            (Kind::Statements(_), Some(line)) => {
                let vote = Vote::ALL.into_iter().find(|vote| vote.key() == value)?;
                let vote = words.get(&format!("form-{}", vote.key()));
                Some(answers::labelled(words, &vote, line))
            }
            (Kind::Contact(_), _) if Consent::ALL.iter().any(|one| one.key() == part) => {
                Some(html! { (words.get(&format!("form-consent-{part}"))) })
            }
            (Kind::Availability(_), _) => None,
            (_, _) => Some(html! { (value) }),
        }
    });
    told.collect()
}

/// At the foot of a question that is being changed: back to the list.
pub(super) fn done(words: Words) -> Markup {
    html! {
        p.turn { button.primary name=(GO) value=(CHECK) { (words.get("form-continue")) } }
    }
}
