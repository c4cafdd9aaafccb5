//! The form of a draft: filled from what is kept, read back from what was typed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use chrono_tz::Tz;

use crate::acts::campaign::Plan;
use crate::acts::edit_campaign::{Wanted, wrong_times};
use crate::domain::audience::tags;
use crate::domain::campaign::{Aim, Quiet, Terms};
use crate::domain::{Audience, Fields, ListId};
use crate::mail::template::{LONGEST_TEXT, Place, Problem, Template, Templates};
use crate::store::campaigns::Campaign;
use crate::words::Words;

/// How a time is written in a field.
const TIME: &str = "%Y-%m-%dT%H:%M";
/// The languages in which mails are written.
pub const LANGUAGES: [&str; 2] = ["en", "zh"];
/// The most days between two mails that may be asked for.
const MOST_DAYS: u32 = 90;

/// What was typed, understood as far as it can be.
#[derive(Clone, Debug)]
pub struct Read {
    /// The campaign as it would be.
    pub wanted: Wanted,
    /// As which version it was seen.
    pub seen: DateTime<Utc>,
    /// What has to be put right, by the name of the field.
    pub problems: BTreeMap<String, Vec<String>>,
}

/// The form as it stands before anybody types. `latest`: until when a mail may usually wait.
pub fn filled(plan: &Plan, campaign: &Campaign, latest: DateTime<Utc>, to: Option<&str>) -> Fields {
    let mut pairs: Vec<(String, String)> = vec![];
    let mut set = |name: &str, value: String| pairs.push((name.to_owned(), value));
    let zone = plan.terms.zone;
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).format(TIME).to_string();
    set("version", campaign.updated_at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    for list in &plan.audience.lists {
        set("list", list.to_string());
    }
    set("tags", plan.audience.tags.join(", "));
    for language in LANGUAGES {
        let template = Template::of(&plan.templates, plan.aim, Words::of(language));
        set(&format!("subject.{language}"), template.subject);
        set(&format!("text.{language}"), template.text);
    }
    set("days", plan.terms.days.to_string());
    if let Some(quiet) = plan.terms.quiet {
        set("quiet", "yes".to_owned());
        set("from", quiet.from.to_string());
        set("until", quiet.until.to_string());
    }
    set("whom", if plan.terms.everybody { "everybody" } else { "answered" }.to_owned());
    set("closes", plan.terms.closes.map(local).unwrap_or_default());
    // A draft that begins when it was made begins as soon as it is let go.
    let later = campaign.starts_at > campaign.updated_at;
    set("begin", if later { "at" } else { "now" }.to_owned());
    set("starts_at", if later { local(campaign.starts_at) } else { String::new() });
    let usual = campaign.not_after == latest;
    set("not_after", if usual { String::new() } else { local(campaign.not_after) });
    set("zone", zone.name().to_owned());
    set("to", to.unwrap_or_default().to_owned());
    pairs.into_iter().collect()
}

/// Reads the form.
pub fn read(fields: &Fields, plan: &Plan, now: DateTime<Utc>) -> Read {
    let mut problems = Problems::default();
    let typed = |name: &str| fields.get(name).unwrap_or_default().trim();
    let zone: Tz = typed("zone").parse().unwrap_or_else(|_| {
        problems.add("zone", "This is no time zone. Write it as Europe/Berlin.".to_owned());
        plan.terms.zone
    });
    let mut time = |name: &str| read_time(typed(name), zone, name, &mut problems);
    let (starts_at, not_after, closes) = (time("starts_at"), time("not_after"), time("closes"));
    let later = fields.has("begin", "at");
    if later && typed("starts_at").is_empty() {
        problems.add("starts_at", "Say when it begins, or let it begin at once.".to_owned());
    }
    let starts_at = starts_at.filter(|_| later);
    let number = |name: &str, otherwise: u32| typed(name).parse().unwrap_or(otherwise);
    let quiet = fields
        .has("quiet", "yes")
        .then(|| Quiet { from: number("from", 21).min(23), until: number("until", 8).min(23) });
    let lists: Vec<ListId> = fields.all("list").filter_map(|id| id.parse().ok()).collect();
    let terms = Terms {
        days: number("days", plan.terms.days).min(MOST_DAYS),
        quiet,
        everybody: fields.has("whom", "everybody"),
        closes,
        zone,
    };
    let wanted = Wanted {
        audience: Audience { lists, tags: tags(typed("tags")) },
        templates: read_templates(fields, plan.aim, &mut problems),
        terms,
        starts_at,
        not_after,
    };
    let closes_at = plan.questionnaire.options().closes_at;
    for (field, text) in wrong_times(&wanted, plan.aim, closes_at, now) {
        problems.add(field, text.to_owned());
    }
    Read { wanted, seen: typed("version").parse().unwrap_or_default(), problems: problems.0 }
}

/// What has to be put right, by field.
#[derive(Default)]
struct Problems(BTreeMap<String, Vec<String>>);

impl Problems {
    fn add(&mut self, field: &str, text: String) {
        self.0.entry(field.to_owned()).or_default().push(text);
    }
}

fn read_time(typed: &str, zone: Tz, field: &str, problems: &mut Problems) -> Option<DateTime<Utc>> {
    if typed.is_empty() {
        return None;
    }
    let typed = typed.replace(' ', "T");
    let local = NaiveDateTime::parse_from_str(&typed, TIME)
        .or_else(|_| NaiveDateTime::parse_from_str(&typed, "%Y-%m-%dT%H:%M:%S"));
    // A time that the clock jumps over does not exist; of two, the earlier is meant.
    let at = local.ok().and_then(|local| local.and_local_timezone(zone).earliest());
    if at.is_none() {
        let text = "This time cannot be read. Write it as 2026-12-03 19:00.";
        problems.add(field, text.to_owned());
    }
    at.map(|at| at.with_timezone(&Utc))
}

/// The organizer's own words; what is as ours, or empty, is ours.
fn read_templates(fields: &Fields, aim: Aim, problems: &mut Problems) -> Templates {
    let mut templates = Templates::new();
    for language in LANGUAGES {
        let (subject, text) = (format!("subject.{language}"), format!("text.{language}"));
        let (Some(said), Some(typed)) = (fields.get(&subject), fields.get(&text)) else { continue };
        let template = Template {
            subject: said.trim().to_owned(),
            text: typed.replace("\r\n", "\n").trim().to_owned(),
        };
        let ours = Template::builtin(aim, Words::of(language));
        let is_empty = template.subject.is_empty() && template.text.is_empty();
        if is_empty || (template.subject == ours.subject && template.text == ours.text.trim()) {
            continue;
        }
        for problem in template.problems(aim) {
            let field = if problem.in_subject() { &subject } else { &text };
            problems.add(field, told(&problem));
        }
        templates.insert(language.to_owned(), template);
    }
    templates
}

/// What is wrong with somebody's words, as a sentence.
pub fn told(problem: &Problem) -> String {
    match problem {
        Problem::NoSubject => "A mail needs a subject.".to_owned(),
        Problem::TooLong => {
            format!("This is too long: a text has {LONGEST_TEXT} characters at most.")
        }
        Problem::Unknown(name, _) => {
            let known: Vec<String> =
                Place::ALL.iter().map(|(_, name, _)| format!("{{{name}}}")).collect();
            format!(
                "There is nothing called {{{name}}} to fill in. There is {}. For a brace as such, \
                 write \\{{.",
                known.join(", ")
            )
        }
        Problem::NoLink => "Nobody could follow it: put a button on a line of its own, its words \
             in square brackets, such as [Give my answers]."
            .to_owned(),
        Problem::Buttons => "There is more than one line in square brackets: a mail has one \
             button, so that it is plain what there is to do."
            .to_owned(),
    }
}
