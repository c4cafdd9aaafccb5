//! The questions as readers see them: numbered, with the passage they come from, filled with what
//! was typed. The same view draws the form, the form to correct, and the organizer's preview.

use maud::{Markup, html};

use super::{kinds, passage, problems};
use crate::acts::submit_response::field;
use crate::article::Article;
use crate::domain::kind::{Kind, Problem};
use crate::domain::question::Translation;
use crate::domain::{Condition, Fields};
use crate::store::questionnaires::Asked;
use crate::words::Words;

/// Questions to draw.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The page's own words.
    pub words: Words,
    /// The language of the questions.
    pub language: &'a str,
    /// The questions, in order.
    pub asked: &'a [Asked],
    /// The article, of whose text passages are byte spans; none: no passages.
    pub article: Option<&'a Article>,
    /// What was typed.
    pub fields: &'a Fields,
    /// What has to change, by question key.
    pub problems: &'a [(String, Problem)],
}

/// One question while it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Asking<'a> {
    pub words: Words,
    /// Marks the page's own words where the questions are in another language.
    pub ours: Option<&'static str>,
    /// Where the question is translated: what is, and the language of the rest.
    pub translated: Option<(&'a Translation, &'a str)>,
    pub fields: &'a Fields,
    pub key: &'a str,
    /// The name of its fields.
    pub name: String,
    pub required: bool,
    pub problem: Option<&'a Problem>,
    /// The ids of what describes it.
    pub described: Option<String>,
}

impl<'a> Asking<'a> {
    /// The language of an option or a statement that has no translation on a page where the
    /// question has one.
    pub(super) fn tongue(&self, line: &str) -> Option<&'a str> {
        let (texts, otherwise) = self.translated?;
        let said = texts.lines.get(line).is_some_and(|text| !text.trim().is_empty());
        (!said).then_some(otherwise)
    }

    /// `true` where its answer has to change, for `aria-invalid`.
    pub(super) fn wrong(&self) -> Option<&'static str> {
        self.problem.map(|_| "true")
    }
}

/// The form of the organizer's preview: everything can be tried, nothing can be sent.
pub fn preview(words: Words, language: &str, asked: &[Asked], article: Option<&Article>) -> Markup {
    let fields = Fields::default();
    let sheet = Sheet { words, language, asked, article, fields: &fields, problems: &[] };
    html! {
        div data-words-left=(words.get("form-draft-left")) data-words-over=(words.get("form-draft-over"))
            data-words-own=(words.get("form-draft-own")) { (questions(&sheet)) }
    }
}

/// The questions, without the form around them.
pub fn questions(sheet: &Sheet<'_>) -> Markup {
    questions_with(sheet, &|_| html! {})
}

/// The same, each with something at its foot: `foot` gets its place, counted from 0.
pub(super) fn questions_with(sheet: &Sheet<'_>, foot: &dyn Fn(usize) -> Markup) -> Markup {
    html! {
        @for (place, asked) in sheet.asked.iter().enumerate() {
            (question(sheet, place + 1, asked, foot(place)))
        }
    }
}

/// Whether a form that shows one question at a time begins with this one: the first, or those
/// that have to change.
fn begins(sheet: &Sheet<'_>, number: usize, key: &str) -> bool {
    if sheet.problems.is_empty() {
        number == 1
    } else {
        sheet.problems.iter().any(|(of, _)| of == key)
    }
}

fn question(sheet: &Sheet<'_>, number: usize, asked: &Asked, foot: Markup) -> Markup {
    let Sheet { words, language, .. } = *sheet;
    let key = asked.key.as_str();
    let (wording, translated) = asked.wording.in_language(words.language());
    let foreign = !translated && Words::of(language).language() != words.language();
    let hint = kinds::hint(words, &wording.kind, wording.help.is_empty());
    let problem = sheet.problems.iter().find(|(of, _)| of == key).map(|(_, problem)| problem);
    let parts = [
        (!wording.help.is_empty()).then(|| format!("h-{key}")),
        hint.is_some().then(|| format!("i-{key}")),
        problem.is_some().then(|| format!("p-{key}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let asking = Asking {
        words,
        ours: foreign.then(|| words.language()),
        translated: asked
            .wording
            .translations
            .get(words.language())
            .filter(|_| translated && Words::of(language).language() != words.language())
            .map(|texts| (texts, language)),
        fields: sheet.fields,
        key,
        name: field(key),
        required: wording.required,
        problem,
        described: (!parts.is_empty()).then(|| parts.join(" ")),
    };
    let count = [("number", number.into()), ("count", sheet.asked.len().into())];
    let prompt = html! {
        (wording.prompt)
        @if wording.required { " " span.optional lang=[asking.ours] { (words.get("form-needed")) } }
    };
    let notes = html! {
        @if !wording.help.is_empty() {
            p.help id={ "h-" (key) } dir="auto" { (wording.help) }
        }
        @if let Some(hint) = &hint { p.help id={ "i-" (key) } lang=[asking.ours] { (hint) } }
        @if let Some(condition) = &wording.shown_if {
            (only_if(&asking, sheet.asked, condition))
        }
        @if let (Some(article), Some(span)) = (sheet.article, asked.passage) {
            (passage::fold(&asking, article, span))
        }
        @if let Some(problem) = problem {
            p.problem id={ "p-" (key) } lang=[asking.ours] { (problems::words(words, problem)) }
        }
    };
    html! {
        section.question.start[begins(sheet, number, key)] id={ "q-" (key) }
            lang=[foreign.then_some(language)]
            data-if=[wording.shown_if.as_ref().map(fields_of)] {
            p.number lang=[asking.ours] { (words.with("form-number", &count)) }
            (framed(&asking, &wording.kind, prompt, notes))
            @if let Some(ours) = asking.ours { div lang=(ours) { (foot) } } @else { (foot) }
        }
    }
}

/// Where a browser without scripts shows a question that may not be meant: whom it is for. The
/// script hides the question until it is.
fn only_if(asking: &Asking<'_>, all: &[Asked], condition: &Condition) -> Markup {
    let number = all.iter().position(|asked| asked.key == condition.question).unwrap_or(0) + 1;
    let said = asking.words.with("form-only-if", &[("number", number.into())]);
    html! { p.help.only-if lang=[asking.ours] { (said) } }
}

/// The fields that make a question asked, for the script: `a.q2=o1 a.q2=o3`, or `a.q2` where any
/// answer does. What counts in the end is the server's judgment.
fn fields_of(condition: &Condition) -> String {
    let name = field(&condition.question);
    if condition.any_of.is_empty() {
        return name;
    }
    let values = condition.any_of.iter().map(|value| match value.split_once('=') {
        Some((line, value)) => format!("{name}.{line}={value}"),
        None => format!("{name}={value}"),
    });
    values.collect::<Vec<_>>().join(" ")
}

/// A question's prompt bound to its fields: a label for one field, a legend for several, and a
/// heading in any case, by which a screen reader goes from question to question.
fn framed(asking: &Asking<'_>, kind: &Kind, prompt: Markup, notes: Markup) -> Markup {
    let key = asking.key;
    let control = kinds::control(asking, kind);
    let described = asking.described.as_deref();
    match kind {
        Kind::Open(_) | Kind::Number(_) => html! {
            h2.prompt dir="auto" { label for={ "a-" (key) } { (prompt) } }
            (notes) (control)
        },
        Kind::Statements(_) => html! {
            h2.prompt id={ "t-" (key) } dir="auto" { (prompt) }
            (notes)
            div role="group" aria-labelledby={ "t-" (key) } aria-describedby=[described] { (control) }
        },
        Kind::Single(_) | Kind::Scale(_) => html! {
            fieldset role="radiogroup" aria-describedby=[described]
                aria-required=[asking.required.then_some("true")] aria-invalid=[asking.wrong()] {
                legend { h2.prompt dir="auto" { (prompt) } }
                (notes) (control)
            }
        },
        _ => html! {
            fieldset aria-describedby=[described] {
                legend { h2.prompt dir="auto" { (prompt) } }
                (notes) (control)
            }
        },
    }
}
