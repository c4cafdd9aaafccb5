//! `everything.json`: questions in every wording, what was made of the answers with seeds and
//! versions, and every response with its ids; described in docs/exports.md. Written piece by
//! piece, the responses last, so that their number does not matter.

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Options;
use super::form::Form;
use super::table::Responses;
use crate::analysis::opinions::Verdict;
use crate::analysis::themes::Passage;
use crate::domain::status::{Mode, Status};
use crate::domain::{Answer, ResponseId};
use crate::insight::opinion::{self, Opinion};
use crate::insight::themes::{self, OpenThemes};
use crate::insight::{Insight, Material};
use crate::store::copying::Copied;

/// The version of the format, as docs/exports.md describes it.
const VERSION: u32 = 1;

/// Writes everything.
///
/// # Errors
/// A file that takes no more, a database that refuses.
pub fn write(
    form: &Form,
    insight: &Insight,
    options: Options,
    all: &mut Responses<'_>,
    mut file: impl Write,
) -> anyhow::Result<()> {
    let head = [
        ("format", json!("colloquy-everything")),
        ("format_version", json!(VERSION)),
        ("program", json!(concat!("colloquy ", env!("CARGO_PKG_VERSION")))),
        ("questionnaire", questionnaire(form)),
        ("made_up_examples", json!(if options.examples { "included" } else { "left out" })),
        ("questions", form.questions.iter().map(question).collect()),
        ("reach", reach(insight)),
        ("themes", insight.themes.iter().map(|open| found(&insight.material, open)).collect()),
        (
            "opinion",
            insight.opinion.as_deref().map_or(Value::Null, |of| voted(&insight.material, of)),
        ),
    ];
    file.write_all(b"{\n")?;
    for (name, value) in head {
        write!(file, "\"{name}\": ")?;
        serde_json::to_writer(&mut file, &value)?;
        file.write_all(b",\n")?;
    }
    file.write_all(b"\"responses\": [")?;
    for (place, response) in all.enumerate() {
        file.write_all(if place == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut file, &given(form, &response?))?;
    }
    file.write_all(b"\n]\n}\n")?;
    file.flush()?;
    Ok(())
}

fn questionnaire(form: &Form) -> Value {
    let of = &form.questionnaire;
    json!({
        "id": of.id,
        "slug": of.slug.to_string(),
        "title": of.title,
        "introduction": of.introduction,
        "language": of.language,
        "mode": mode(of.mode),
        "status": match of.status {
            Status::Draft => "draft",
            Status::Open => "open",
            Status::Closed => "closed",
        },
        "version": of.version,
        "example": of.example,
        "created_at": of.created_at,
        "published_at": of.published_at,
        "closed_at": of.closed_at,
    })
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Identified => "identified",
        Mode::Confidential => "confidential",
        Mode::Anonymous => "anonymous",
    }
}

fn question(question: &super::form::Question) -> Value {
    let wordings = question
        .wordings
        .iter()
        .map(|(id, version, wording)| json!({ "id": id, "version": version, "wording": wording }));
    json!({
        "id": question.asked.id,
        "key": question.asked.key,
        "position": question.asked.position,
        "wording": question.asked.wording_id,
        "passage": question.asked.passage,
        "wordings": wordings.collect::<Vec<_>>(),
    })
}

fn reach(insight: &Insight) -> Value {
    let day = |(day, opened, begun): &(chrono::NaiveDate, u64, u64)| json!({ "day": day, "opened": opened, "begun": begun });
    let days: Vec<Value> = insight.reach.days.iter().map(day).collect();
    json!({
        "opened": insight.reach.opened(),
        "begun": insight.reach.begun(),
        "late": insight.late,
        "days": days,
    })
}

fn key(material: &Material, id: crate::domain::QuestionId) -> Option<&str> {
    material.questions.iter().find(|asked| asked.id == id).map(|asked| asked.key.as_str())
}

/// The themes of one question, each passage a byte span of an answer.
fn found(material: &Material, open: &OpenThemes) -> Value {
    let span = |passage: &Passage| {
        let (response, text) = open.quote(passage)?;
        let (start, end) = (passage.start, passage.end);
        Some(json!({ "response": response, "start": start, "end": end, "text": text }))
    };
    let spans = |all: &[Passage]| all.iter().filter_map(span).collect::<Vec<_>>();
    let themes = open.found.themes.iter().enumerate().map(|(place, theme)| {
        json!({
            "id": open.id(place),
            "label": theme.label,
            "keywords": theme.keywords,
            "main_theme_of": open.people(&theme.main),
            "mentioned_by": open.people(&theme.mentions),
            "passages": spans(&theme.passages),
            "quotes": spans(&theme.quotes),
        })
    });
    let repeats = open.found.repeats.iter().map(|places| open.people(places));
    json!({
        "question": key(material, open.question),
        "seed": themes::SEED,
        "model": open.model.name(),
        "answers": open.of,
        "answers_read": open.texts.len(),
        "themes": themes.collect::<Vec<_>>(),
        "not_in_any_theme": open.people(&open.found.outside),
        "says_nothing": open.people(&open.found.uninformative),
        "nearly_the_same": repeats.collect::<Vec<_>>(),
    })
}

/// The statements, and the groups if there are any.
fn voted(material: &Material, of: &Opinion) -> Value {
    let statements = of.statements.iter().zip(&of.result.statements).map(|(voted, count)| {
        json!({
            "question": key(material, voted.question),
            "key": voted.key,
            "text": voted.text,
            "agree": count.agree,
            "disagree": count.disagree,
            "pass": count.pass,
            "unseen": count.unseen,
        })
    });
    let people = |rows: &[usize]| -> Vec<ResponseId> {
        rows.iter().filter_map(|row| of.votes.people.get(*row)).copied().collect()
    };
    let mut verdict = Map::new();
    let mut say = |name: &str, value: Value| verdict.insert(name.to_owned(), value);
    match &of.result.verdict {
        Verdict::TooFew { placed, needed } => {
            say("verdict", json!("too few"));
            say("placed", json!(placed));
            say("needed", json!(needed));
        }
        Verdict::NoGroups { silhouette, chance, tried } => {
            say("verdict", json!("no groups"));
            say("silhouette", json!(silhouette));
            say("chance", json!(chance));
            say("shuffles", json!(tried));
        }
        Verdict::Groups { groups, silhouette, chance, stability, tried } => {
            say("verdict", json!("groups"));
            say("silhouette", json!(silhouette));
            say("chance", json!(chance));
            say("stability", json!(stability));
            say("shuffles", json!(tried));
            let groups = groups.iter().map(|group| json!({ "members": people(&group.members) }));
            say("groups", groups.collect());
        }
    }
    say("seed", json!(opinion::SEED));
    say("statements", statements.collect());
    let places = of.result.placed.iter().zip(&of.result.map).filter_map(|(row, [x, y])| {
        Some(json!({ "response": of.votes.people.get(*row)?, "x": x, "y": y }))
    });
    say("map", places.collect());
    Value::Object(verdict)
}

#[derive(Serialize)]
struct Given<'a> {
    id: ResponseId,
    revision: i32,
    answered: String,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'static str>,
    example: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    hidden_fields: Option<&'a std::collections::BTreeMap<String, String>>,
    answers: Vec<Bound<'a>>,
}

#[derive(Serialize)]
struct Bound<'a> {
    question: &'a str,
    version: i32,
    answer: &'a Answer,
}

fn given<'a>(form: &'a Form, response: &'a Copied) -> Given<'a> {
    let identified = form.questionnaire.mode == Mode::Identified;
    let mut answers: Vec<(usize, Bound<'a>)> = response
        .answers
        .iter()
        .filter_map(|(wording, answer)| {
            let (place, version, _) = form.wording(*wording)?;
            let question = form.questions.get(place)?.asked.key.as_str();
            Some((place, Bound { question, version, answer }))
        })
        .collect();
    answers.sort_by_key(|(place, _)| *place);
    Given {
        id: response.id,
        revision: response.revision,
        answered: if identified {
            response.at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
        } else {
            response.at.format("%Y-%m-%d").to_string()
        },
        language: &response.language,
        via: response.invited.map(|invited| if invited { "invited" } else { "public" }),
        example: response.example,
        hidden_fields: Some(&response.extras).filter(|extras| !extras.is_empty()),
        answers: answers.into_iter().map(|(_, bound)| bound).collect(),
    }
}
