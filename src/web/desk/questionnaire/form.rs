//! The editor's form, read back into a questionnaire.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::{condition, translation};
use crate::acts::save_questionnaire::{Edited, EditedQuestion};
use crate::domain::consent::Consent;
use crate::domain::kind::{
    Allocation, Availability, Contact, Kind, Multiple, Number, Open, Ranking, Scale, Single, Slot,
    Statements,
};
use crate::domain::question::Line;
use crate::domain::text::one_line;
use crate::domain::{Fields, Wording};

/// What was read, and what could not be.
pub(super) struct Read {
    /// The questionnaire as edited; what could not be read is left out of it.
    pub edited: Edited,
    /// One sentence for each thing that could not be read.
    pub problems: Vec<String>,
}

/// Reads the editor's form. Questions come as `q0.…`, `q1.…`, in the order of their `position`.
pub(super) fn read(fields: &Fields, language: &str) -> Read {
    let mut problems = vec![];
    let mut placed: Vec<(f64, usize, EditedQuestion)> = vec![];
    let mut off = vec![];
    for number in 0.. {
        let part = |name: &str| format!("q{number}.{name}");
        let Some(kind) = fields.get(&part("kind")) else { break };
        let key = fields.filled(&part("key")).map(str::to_owned);
        if fields.has(&part("remove"), "yes") {
            off.extend(key);
            continue;
        }
        let prompt = one_line(fields.get(&part("prompt")).unwrap_or_default(), 2000);
        let Some(kind) = read_kind(kind, fields, &part, &prompt, &mut problems) else { continue };
        let position = fields.get(&part("position")).and_then(|p| p.trim().parse::<f64>().ok());
        let shown = shown(fields, &part).into_iter().map(|line| line.key).collect();
        let passage = fields.get(&part("passage")).and_then(read_passage);
        let wording = Wording {
            help: one_line(fields.get(&part("help")).unwrap_or_default(), 1000),
            required: fields.has(&part("required"), "yes"),
            translations: translation::read(fields, &part, &kind, language),
            shown_if: condition::read(fields, &part("if")),
            ..Wording::new(prompt, kind)
        };
        let position = position.filter(|p| p.is_finite()).unwrap_or(f64::MAX);
        placed.push((position, number, EditedQuestion { key, wording, passage, shown }));
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut questions: Vec<EditedQuestion> = placed.into_iter().map(|(_, _, q)| q).collect();
    if fields.get("then") == Some("add") {
        questions.extend(fields.get("add").and_then(|word| fresh(word, language)));
    }
    let title = one_line(fields.get("title").unwrap_or_default(), 300);
    let title = if title.is_empty() {
        problems.push("The questionnaire needs a title.".to_owned());
        "Untitled".to_owned()
    } else {
        title
    };
    let introduction = fields.get("introduction").unwrap_or_default().trim().to_owned();
    let translations = translation::read_head(fields, language);
    Read {
        edited: Edited { title, introduction, translations, questions, off, ..Edited::default() },
        problems,
    }
}

fn read_passage(text: &str) -> Option<(usize, usize)> {
    let (start, end) = text.split_once('-')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

fn read_kind(
    word: &str,
    fields: &Fields,
    part: &dyn Fn(&str) -> String,
    prompt: &str,
    problems: &mut Vec<String>,
) -> Option<Kind> {
    let lines = || read_lines(fields.get(&part("lines")).unwrap_or_default(), &shown(fields, part));
    let ticked = |name: &str| fields.has(&part(name), "yes");
    let text = |name: &str| one_line(fields.get(&part(name)).unwrap_or_default(), 200);
    Some(match word {
        "open" => Kind::Open(Open {
            long: ticked("long"),
            most: text("most").parse().ok().filter(|most| *most > 0),
        }),
        "single" => Kind::Single(Single { options: lines(), other: ticked("other") }),
        "multiple" => Kind::Multiple(Multiple { options: lines(), other: ticked("other") }),
        "scale" => {
            let points = text("points").parse().unwrap_or(5).clamp(2, 11);
            Kind::Scale(Scale {
                points,
                low: text("low"),
                high: text("high"),
                cannot_say: ticked("cannot_say"),
            })
        }
        "statements" => Kind::Statements(Statements {
            statements: lines(),
            own: ticked("own"),
            one_by_one: ticked("one_by_one"),
        }),
        "ranking" => Kind::Ranking(Ranking { options: lines() }),
        "number" => Kind::Number(Number {
            least: text("least").parse().ok(),
            most: text("most").parse().ok(),
            whole: ticked("whole"),
            unit: text("unit"),
        }),
        "allocation" => {
            Kind::Allocation(Allocation { options: lines(), other: ticked("other"), total: 100 })
        }
        "availability" => {
            let zone = text("zone");
            let minutes = text("minutes").parse().unwrap_or(90).clamp(10, 24 * 60);
            let typed = fields.get(&part("slots")).unwrap_or_default();
            let (slots, wrong) = read_slots(typed, &zone, minutes);
            problems.extend(wrong.into_iter().map(|line| {
                format!(
                    "“{prompt}”: the time “{line}” cannot be read. Write it as 2026-12-03 19:00."
                )
            }));
            Kind::Availability(Availability { slots, zone })
        }
        "contact" => {
            let consents = Consent::ALL.into_iter().filter(|c| ticked(c.key())).collect();
            Kind::Contact(Contact { consents })
        }
        _ => return None,
    })
}

/// The lines that the editor showed of a question, each with its key.
fn shown(fields: &Fields, part: &dyn Fn(&str) -> String) -> Vec<Line> {
    let lines = fields.get(&part("keys")).unwrap_or_default().lines();
    let of = |(key, text): (&str, &str)| Line { key: key.to_owned(), text: text.to_owned() };
    lines.filter_map(|line| line.split_once('=')).map(of).collect()
}

/// Lines of a text area with their keys: a line that stayed keeps its key, wherever it stands
/// now; a corrected line keeps the key of its place; a new line has none.
fn read_lines(text: &str, old: &[Line]) -> Vec<Line> {
    let texts: Vec<String> =
        text.lines().map(|line| one_line(line, 1000)).filter(|line| !line.is_empty()).collect();
    let mut keys: Vec<Option<String>> = texts
        .iter()
        .map(|text| old.iter().find(|line| line.text == *text).map(|line| line.key.clone()))
        .collect();
    let same_number = texts.len() == old.len();
    let mut lines: Vec<Line> = vec![];
    for (place, text) in texts.into_iter().enumerate() {
        let of_place = old.get(place).map(|line| line.key.clone());
        let kept = keys.get_mut(place).and_then(Option::take);
        let taken = |key: &String| {
            keys.iter().flatten().any(|k| k == key) || lines.iter().any(|l| l.key == *key)
        };
        let kept = kept.filter(|key| !lines.iter().any(|line| line.key == *key));
        let key = kept.or_else(|| of_place.filter(|key| same_number && !taken(key)));
        lines.push(Line { key: key.unwrap_or_default(), text });
    }
    lines
}

/// Times, one a line, on the clock of `zone`; what cannot be read comes back.
fn read_slots(text: &str, zone: &str, minutes: u32) -> (Vec<Slot>, Vec<String>) {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let (mut starts, mut wrong): (Vec<DateTime<Utc>>, Vec<String>) = (vec![], vec![]);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let typed = line.replace('T', " ");
        let local = NaiveDateTime::parse_from_str(&typed, "%Y-%m-%d %H:%M");
        // A time that the clock jumps over does not exist; of two, the earlier is meant.
        match local.ok().and_then(|local| local.and_local_timezone(zone).earliest()) {
            Some(start) => starts.push(start.with_timezone(&Utc)),
            None => wrong.push(line.to_owned()),
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let slots = starts.into_iter().map(|start| Slot::at(start, minutes));
    (slots.collect(), wrong)
}

/// A new question of a kind, to be filled in.
fn fresh(word: &str, language: &str) -> Option<EditedQuestion> {
    let zone = if language == "zh" { "Asia/Shanghai" } else { "UTC" }.to_owned();
    let kind = match word {
        "open" => Kind::Open(Open { long: true, most: None }),
        "single" => Kind::Single(Single { options: vec![], other: false }),
        "multiple" => Kind::Multiple(Multiple { options: vec![], other: false }),
        "scale" => Kind::Scale(Scale {
            points: 5,
            low: String::new(),
            high: String::new(),
            cannot_say: false,
        }),
        "statements" => {
            Kind::Statements(Statements { statements: vec![], ..Statements::default() })
        }
        "allocation" => Kind::Allocation(Allocation { options: vec![], other: true, total: 100 }),
        "ranking" => Kind::Ranking(Ranking::default()),
        "number" => Kind::Number(Number::default()),
        "availability" => Kind::Availability(Availability { slots: vec![], zone }),
        "contact" => Kind::Contact(Contact { consents: Consent::ALL.to_vec() }),
        _ => return None,
    };
    let prompt = match (word, language) {
        ("availability", "zh") => "您什么时候方便？",
        ("availability", _) => "When could you come?",
        ("contact", "zh") => "要不要一起聊聊？",
        ("contact", _) => "Shall we talk about it?",
        _ => "",
    };
    let wording = Wording::new(prompt, kind);
    Some(EditedQuestion { key: None, wording, passage: None, shown: vec![] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(lines: &[Line]) -> Vec<(&str, &str)> {
        lines.iter().map(|line| (line.key.as_str(), line.text.as_str())).collect()
    }

    #[test]
    fn lines_keep_their_keys() {
        let before = "o1=Red\no2=Green\no3=Blue";
        let fields: Fields = [("q0.keys".to_owned(), before.to_owned())].into_iter().collect();
        let before = shown(&fields, &|name: &str| format!("q0.{name}"));
        assert_eq!(
            keys(&read_lines("Blue\nRed\nGreen", &before)),
            [("o3", "Blue"), ("o1", "Red"), ("o2", "Green")]
        );
        assert_eq!(
            keys(&read_lines("Red\nGreens\nBlue", &before)),
            [("o1", "Red"), ("o2", "Greens"), ("o3", "Blue")]
        );
        assert_eq!(
            keys(&read_lines("Red\nBlack\nGreen\nBlue\n", &before)),
            [("o1", "Red"), ("", "Black"), ("o2", "Green"), ("o3", "Blue")]
        );
        assert_eq!(keys(&read_lines("Red\nRed", &before)), [("o1", "Red"), ("", "Red")]);
    }

    #[test]
    fn times_are_read_on_the_organizers_clock() {
        let typed = "2026-12-03 19:00\n2026-03-29 02:30\nsoon\n2026-07-01T19:00";
        let (slots, wrong) = read_slots(typed, "Europe/Berlin", 90);
        let starts: Vec<String> = slots.iter().map(|slot| slot.start.to_rfc3339()).collect();
        assert_eq!(starts, ["2026-07-01T17:00:00+00:00", "2026-12-03T18:00:00+00:00"]);
        assert_eq!(wrong, ["2026-03-29 02:30", "soon"]);
    }
    #[test]
    fn clocks_that_change_are_followed() {
        let starts = |typed: &str, zone: &str| -> Vec<String> {
            let (slots, wrong) = read_slots(typed, zone, 90);
            let starts = slots.iter().map(|slot| slot.start.format("%m-%dT%H:%MZ").to_string());
            starts.chain(wrong).collect()
        };
        // Summer time ends on 25 October 2026 in Berlin, on 1 November in New York.
        let evenings = "2026-10-24 19:00\n2026-10-25 19:00\n2026-11-01 19:00";
        assert_eq!(
            starts(evenings, "Europe/Berlin"),
            ["10-24T17:00Z", "10-25T18:00Z", "11-01T18:00Z"]
        );
        assert_eq!(
            starts(evenings, "America/New_York"),
            ["10-24T23:00Z", "10-25T23:00Z", "11-02T00:00Z"]
        );
        // It begins on 8 March in New York: 02:30 is not there and comes back as it was typed.
        assert_eq!(
            starts("2026-03-08 02:30\n2026-03-08 03:30", "America/New_York"),
            ["03-08T07:30Z", "2026-03-08 02:30"]
        );
        // What is there twice is the first of the two: still summer time.
        assert_eq!(starts("2026-10-25 02:30", "Europe/Berlin"), ["10-25T00:30Z"]);
        assert_eq!(starts("2026-11-01 01:30", "America/New_York"), ["11-01T05:30Z"]);
    }
}
