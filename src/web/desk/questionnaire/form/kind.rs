//! How a question is answered, as the editor has it: its lines and its settings.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use crate::domain::Fields;
use crate::domain::consent::Consent;
use crate::domain::kind::{
    Allocation, Availability, Contact, Kind, Multiple, Number, Open, Ranking, Scale, Single, Slot,
    Statements,
};
use crate::domain::question::Line;
use crate::domain::text::one_line;

/// Reads a question's kind.
pub(super) fn read(
    word: &str,
    fields: &Fields,
    part: &dyn Fn(&str) -> String,
    prompt: &str,
    problems: &mut Vec<String>,
) -> Option<Kind> {
    let lines = || lines(fields, part).into_iter().map(|(line, _)| line).collect();
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
            let name = part("slot");
            let (slots, wrong) = read_slots(fields.all(&name), &zone, minutes);
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

/// The lines of a question with what stands beside each in the other language. A line that is new
/// has a key like `+2`, until it is kept.
pub(super) fn lines(fields: &Fields, part: &dyn Fn(&str) -> String) -> Vec<(Line, String)> {
    let (name, keys, beside) = (part("line"), part("line-key"), part("line-tr"));
    let mut keys = fields.all(&keys);
    let mut beside = fields.all(&beside);
    let mut lines: Vec<(Line, String)> = vec![];
    for typed in fields.all(&name) {
        let mut key = keys.next().filter(|key| !key.is_empty()).map(str::to_owned);
        let mut other = one_line(beside.next().unwrap_or_default(), 1000);
        // What is pasted as several lines is several.
        for text in typed.lines().map(|line| one_line(line, 1000)) {
            let known = |key: &String| lines.iter().any(|(line, _)| line.key == *key);
            let key = key.take().filter(|key| !known(key));
            if !text.is_empty() {
                let key = key.unwrap_or_else(|| format!("+{}", lines.len()));
                lines.push((Line { key, text }, std::mem::take(&mut other)));
            }
        }
    }
    lines
}

/// Times on the clock of `zone`; what cannot be read comes back.
fn read_slots<'a>(
    typed: impl Iterator<Item = &'a str>,
    zone: &str,
    minutes: u32,
) -> (Vec<Slot>, Vec<String>) {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let (mut starts, mut wrong): (Vec<DateTime<Utc>>, Vec<String>) = (vec![], vec![]);
    for line in typed.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_keys_wherever_they_stand() {
        let read = |rows: &[(&str, &str, &str)]| -> Vec<String> {
            let pairs = rows.iter().flat_map(|(key, text, other)| {
                [("q0.line-key", key), ("q0.line", text), ("q0.line-tr", other)]
            });
            let fields: Fields =
                pairs.map(|(name, value)| (name.to_owned(), (*value).to_owned())).collect();
            let lines = lines(&fields, &|name: &str| format!("q0.{name}"));
            let told =
                |(line, other): (Line, String)| format!("{}={}|{other}", line.key, line.text);
            lines.into_iter().map(told).collect()
        };
        assert_eq!(
            read(&[("o3", "Blue", ""), ("o1", " Red ", "红"), ("", "", "")]),
            ["o3=Blue|", "o1=Red|红"]
        );
        assert_eq!(
            read(&[("o1", "Red\nGreen\n\nBlue", "红"), ("o2", "", ""), ("", "Black", "黑")]),
            ["o1=Red|红", "+1=Green|", "+2=Blue|", "+3=Black|黑"]
        );
        assert_eq!(read(&[("o1", "Red", ""), ("o1", "Red", "")]), ["o1=Red|", "+1=Red|"]);
    }

    #[test]
    fn times_are_read_on_the_organizers_clock() {
        let typed = "2026-12-03 19:00\n2026-03-29 02:30\nsoon\n2026-07-01T19:00";
        let (slots, wrong) = read_slots([typed].into_iter(), "Europe/Berlin", 90);
        let starts: Vec<String> = slots.iter().map(|slot| slot.start.to_rfc3339()).collect();
        assert_eq!(starts, ["2026-07-01T17:00:00+00:00", "2026-12-03T18:00:00+00:00"]);
        assert_eq!(wrong, ["2026-03-29 02:30", "soon"]);
    }
    #[test]
    fn clocks_that_change_are_followed() {
        let starts = |typed: &str, zone: &str| -> Vec<String> {
            let (slots, wrong) = read_slots([typed].into_iter(), zone, 90);
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
