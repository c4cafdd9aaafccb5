//! A document as SurveyJS says it, with one note for each thing that it cannot say.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Note;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::document::DocumentQuestion;
use crate::domain::kind::{Amount, Kind, Vote};
use crate::domain::question::Line;
use crate::domain::{Condition, Document};

/// The questionnaire for SurveyJS, and what is not in it.
pub fn to_survey_js(document: &Document) -> (Value, Vec<Note>) {
    let mut notes = vec![];
    let head = |part: fn(&crate::domain::options::Head) -> &String, own: &str| {
        let others = document.options.translations.iter();
        said(own, others.map(|(language, head)| (language, part(head))))
    };
    let mut elements = vec![];
    for question in &document.questions {
        let name = question.key.clone().unwrap_or_default();
        let mut note = |what: &str| notes.push(Note { about: name.clone(), what: what.to_owned() });
        let Some(mut element) = element(question, &mut note) else { continue };
        let mut put = |property: &str, value: Value| element.insert(property.to_owned(), value);
        let wording = &question.wording;
        put("name", name.clone().into());
        let texts = wording.translations.iter();
        put("title", said(&wording.prompt, texts.clone().map(|(l, t)| (l, &t.prompt))));
        if !wording.help.is_empty() {
            put("description", said(&wording.help, texts.map(|(l, t)| (l, &t.help))));
        }
        if wording.required {
            put("isRequired", true.into());
        }
        if let Some(condition) = &wording.shown_if {
            match visible_if(condition, document) {
                Some(text) => drop(put("visibleIf", text.into())),
                None => note("Its condition cannot be said there: it is always asked."),
            }
        }
        elements.push(Value::Object(element));
    }
    let mut survey = json!({
        "title": head(|head| &head.title, &document.title),
        "locale": locale(&document.language),
        "pages": [{ "name": "page1", "elements": elements }],
    });
    if !document.introduction.is_empty()
        && let Some(survey) = survey.as_object_mut()
    {
        let introduction = head(|head| &head.introduction, &document.introduction);
        survey.insert("description".to_owned(), introduction);
    }
    (survey, notes)
}

fn locale(language: &str) -> String {
    if language == "zh" { "zh-cn".to_owned() } else { language.to_lowercase() }
}

/// A text alone, or with its translations.
fn said<'a>(own: &str, others: impl Iterator<Item = (&'a String, &'a String)>) -> Value {
    let mut all: BTreeMap<String, &str> = BTreeMap::new();
    for (language, text) in others.filter(|(_, text)| !text.is_empty()) {
        all.insert(locale(language), text);
    }
    if all.is_empty() {
        return own.into();
    }
    all.insert("default".to_owned(), own);
    json!(all)
}

fn element(question: &DocumentQuestion, note: &mut dyn FnMut(&str)) -> Option<Map<String, Value>> {
    let wording = &question.wording;
    let line_text = |key: &str, own: &str| {
        let others = wording.translations.iter();
        said(own, others.filter_map(|(language, texts)| Some((language, texts.lines.get(key)?))))
    };
    let choices = |lines: &[Line]| -> Value {
        let one =
            |line: &Line| json!({ "value": line.key, "text": line_text(&line.key, &line.text) });
        lines.iter().map(one).collect()
    };
    let number =
        |amount: Amount| -> Value { serde_json::from_str(&amount.to_string()).unwrap_or_default() };
    let value = match &wording.kind {
        Kind::Open(kind) => {
            let mut open = json!({ "type": if kind.long { "comment" } else { "text" } });
            if let (Some(most), Some(open)) = (kind.most, open.as_object_mut()) {
                open.insert("maxLength".to_owned(), most.into());
                note("There, longer texts than it wishes for cannot be typed.");
            }
            open
        }
        Kind::Single(kind) => {
            json!({ "type": "radiogroup", "choices": choices(&kind.options), "showOtherItem": kind.other })
        }
        Kind::Multiple(kind) => {
            json!({ "type": "checkbox", "choices": choices(&kind.options), "showOtherItem": kind.other })
        }
        Kind::Ranking(kind) => json!({ "type": "ranking", "choices": choices(&kind.options) }),
        Kind::Scale(kind) => {
            if kind.cannot_say {
                note("There, “can’t say” cannot be chosen beside a point.");
            }
            json!({
                "type": "rating", "rateMin": 1, "rateMax": kind.points,
                "minRateDescription": line_text("low", &kind.low),
                "maxRateDescription": line_text("high", &kind.high),
            })
        }
        Kind::Number(kind) => {
            let mut field = json!({ "type": "text", "inputType": "number" });
            if let Some(field) = field.as_object_mut() {
                for (name, bound) in [("min", kind.least), ("max", kind.most)] {
                    if let Some(bound) = bound {
                        field.insert(name.to_owned(), number(bound));
                    }
                }
                if kind.whole {
                    field.insert("step".to_owned(), 1.into());
                }
            }
            if !kind.unit.is_empty() {
                note("Its unit was left out.");
            }
            field
        }
        Kind::Statements(kind) => {
            if kind.own {
                note("Readers cannot add statements there.");
            }
            let column = |vote: Vote| {
                let zh = ["同意", "不同意", "跳过"];
                let texts = zip_votes(zh, vote);
                json!({ "value": vote.key(), "text": { "default": label(vote), "zh-cn": texts } })
            };
            json!({
                "type": "matrix", "rows": choices(&kind.statements),
                "columns": Vote::ALL.map(column),
            })
        }
        Kind::Allocation(_) | Kind::Availability(_) | Kind::Contact(_) => {
            note(match wording.kind {
                Kind::Allocation(_) => {
                    "Points to share cannot be said there: the question was left out."
                }
                Kind::Availability(_) => {
                    "Possible times cannot be said there: the question was left out."
                }
                _ => "Name, address and consents cannot be said there: the question was left out.",
            });
            return None;
        }
    };
    match value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

fn label(vote: Vote) -> &'static str {
    match vote {
        Vote::Agree => "Agree",
        Vote::Disagree => "Disagree",
        Vote::Pass => "Pass",
    }
}

fn zip_votes(words: [&'static str; 3], vote: Vote) -> &'static str {
    let found = Vote::ALL.into_iter().zip(words).find(|(one, _)| *one == vote);
    found.map_or("", |(_, word)| word)
}

/// The condition as an expression of SurveyJS.
fn visible_if(condition: &Condition, document: &Document) -> Option<String> {
    let key = condition.question.as_str();
    let earlier = document.questions.iter().find(|one| one.key.as_deref() == Some(key))?;
    if condition.any_of.is_empty() {
        return Some(format!("{{{key}}} notempty"));
    }
    let plain = |value: &String| value != CANNOT_SAY && !value.contains(['\'', '=']);
    if !condition.any_of.iter().all(plain) {
        return None;
    }
    let sign = match earlier.wording.kind {
        Kind::Single(_) | Kind::Scale(_) | Kind::Number(_) => "=",
        Kind::Multiple(_) => "contains",
        _ => return None,
    };
    let bare = matches!(earlier.wording.kind, Kind::Scale(_) | Kind::Number(_));
    let mark = if bare { "" } else { "'" };
    let one = |value: &String| format!("{{{key}}} {sign} {mark}{value}{mark}");
    Some(condition.any_of.iter().map(one).collect::<Vec<_>>().join(" or "))
}
