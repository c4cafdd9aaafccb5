//! The form that sets a discussion up: filled from what is kept, read back from what was typed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::directory::Directory;
use crate::acts::set_up_discussion::{HostAsked, Setup, SlotAsked};
use crate::domain::kind::{Availability, Free, Kind, Slot as Offered};
use crate::domain::status::{Bond, Format};
use crate::domain::text::one_line;
use crate::domain::{Fields, ParticipantId, QuestionId};
use crate::insight::Material;
use crate::insight::participants::zone;
use crate::insight::seats::{Wish, can_count};
use crate::store::discussions::Whole;
use crate::store::questionnaires::Questionnaire;

/// How a time is typed.
const TIME: &str = "%Y-%m-%d %H:%M";
/// Rows that a page has at most; nobody types more by hand.
const ROWS: usize = 400;

/// The form as it stands before anybody types: what is kept, or good defaults.
pub(super) fn filled(
    questionnaire: &Questionnaire,
    material: &Material,
    whole: Option<&Whole>,
    directory: &Directory,
    now: DateTime<Utc>,
) -> Fields {
    let mut pairs: Vec<(String, String)> = vec![];
    let mut set = |name: &str, value: String| pairs.push((name.to_owned(), value));
    let offered = offered(material);
    let kept = whole.map(|whole| &whole.discussion);
    let minutes = offered.and_then(|kind| kind.slots.first()).map_or(90, |slot| slot.minutes);
    let text = |value: Option<i32>, otherwise: i32| value.unwrap_or(otherwise).to_string();
    set("title", kept.map_or(&questionnaire.title, |kept| &kept.title).clone());
    set("place", kept.map(|kept| kept.place.clone()).unwrap_or_default());
    set("minutes", kept.map_or(minutes.to_string(), |kept| kept.minutes.to_string()));
    set("format", format_key(kept.map_or(Format::One, |kept| kept.format)).to_owned());
    set("rounds", text(kept.map(|kept| kept.rounds.max(2)), 3));
    set("low", text(kept.map(|kept| kept.low), 4));
    set("target", text(kept.map(|kept| kept.target), 5));
    set("high", text(kept.map(|kept| kept.high), 6));
    set("seed", kept.map_or(1, |kept| kept.seed).to_string());
    let wish = kept.map(|kept| Wish::read(&kept.wish)).unwrap_or_default();
    let told_in = whole.map_or_else(|| material.zone(), |whole| zone(material, whole));
    set("zone", told_in.name().to_owned());
    let slots = slots(whole, offered, now);
    let silent = wish.silent_can.unwrap_or(offered.is_none() && slots.len() <= 1);
    for (name, on) in [("fair", wish.fair), ("long", wish.long), ("silent", silent)] {
        if on {
            set(name, "yes".to_owned());
        }
    }
    set("alone", wish.alone.join(", "));
    for question in &wish.alone_by {
        set("alone-by", question.to_string());
    }
    for asked in countable(material).filter(|(id, _)| wish.counts(*id)) {
        set("view", asked.0.to_string());
    }
    for (row, slot) in slots.iter().enumerate() {
        let mut part = |name: &str, value: String| set(&format!("s{row}.{name}"), value);
        part("key", slot.key.clone());
        part("when", slot.starts_at.with_timezone(&told_in).format(TIME).to_string());
        part("rooms", slot.capacity.to_string());
        part("place", slot.place.clone());
        part("language", slot.language.clone().unwrap_or_default());
        part("minutes", slot.minutes.map(|minutes| minutes.to_string()).unwrap_or_default());
    }
    if let Some(whole) = whole {
        for (row, host) in whole.hosts.iter().enumerate() {
            let mut part = |name: &str, value: String| set(&format!("h{row}.{name}"), value);
            let label = host.participant_id.and_then(|id| directory.label(id));
            part("id", host.id.to_string());
            part("who", label.map_or_else(|| host.name.clone(), str::to_owned));
            part("address", host.address.clone());
            let languages: Vec<String> = serde_json::from_str(&host.languages).unwrap_or_default();
            part("languages", languages.join(", "));
            part("most", host.most.to_string());
            let free: BTreeMap<String, Free> = serde_json::from_str(&host.free).unwrap_or_default();
            for slot in &slots {
                if free.is_empty() || free.get(&slot.key).is_some_and(|free| *free != Free::No) {
                    part("can", slot.key.clone());
                }
            }
        }
        let mut row = 0;
        for rule in &whole.rules {
            let people: Vec<ParticipantId> = serde_json::from_str(&rule.people).unwrap_or_default();
            let labels: Vec<&str> = people.iter().filter_map(|id| directory.label(*id)).collect();
            let Some((first, rest)) = labels.split_first() else { continue };
            for other in rest {
                let kind = if rule.kind == Bond::Together { "together" } else { "apart" };
                set(&format!("r{row}.kind"), kind.to_owned());
                set(&format!("r{row}.a"), (*first).to_owned());
                set(&format!("r{row}.b"), (*other).to_owned());
                row += 1;
            }
        }
    }
    pairs.into_iter().collect()
}

/// The question that asks for times, if the form has one.
pub(super) fn offered(material: &Material) -> Option<&Availability> {
    material.questions.iter().find_map(|asked| match &asked.wording.kind {
        Kind::Availability(kind) if asked.position.is_some() => Some(kind),
        _ => None,
    })
}

/// The questions whose answers can be mixed, with their words.
pub(super) fn countable(material: &Material) -> impl Iterator<Item = (QuestionId, &str)> {
    let asked = material.questions.iter().filter(|asked| asked.position.is_some());
    let can = asked.filter(|asked| can_count(&asked.wording.kind));
    can.map(|asked| (asked.id, asked.wording.prompt.as_str()))
}

/// The questions with one choice, by which people can be kept from being alone.
pub(super) fn choices(material: &Material) -> impl Iterator<Item = (QuestionId, &str)> {
    let asked = material.questions.iter().filter(|asked| asked.position.is_some());
    let single = asked.filter(|asked| matches!(asked.wording.kind, Kind::Single(_)));
    single.map(|asked| (asked.id, asked.wording.prompt.as_str()))
}

/// The slots that are kept, or those that were asked about and lie ahead.
fn slots(
    whole: Option<&Whole>,
    offered: Option<&Availability>,
    now: DateTime<Utc>,
) -> Vec<SlotAsked> {
    let kept = whole.map_or(&[][..], |whole| &whole.slots);
    let mut slots: Vec<SlotAsked> = kept
        .iter()
        .map(|slot| SlotAsked {
            key: slot.key.clone(),
            starts_at: slot.starts_at,
            minutes: slot.minutes,
            capacity: slot.capacity,
            place: slot.place.clone(),
            language: slot.language.clone(),
        })
        .collect();
    if kept.is_empty() {
        let rooms = whole.map_or(3, |whole| whole.discussion.rooms);
        let ahead = offered.into_iter().flat_map(|kind| &kind.slots).filter(|s| s.start > now);
        slots.extend(ahead.map(|slot| SlotAsked {
            key: slot.key.clone(),
            starts_at: slot.start,
            minutes: None,
            capacity: rooms,
            place: String::new(),
            language: None,
        }));
    }
    slots
}

pub(super) fn format_key(format: Format) -> &'static str {
    match format {
        Format::One => "one",
        Format::Rounds => "rounds",
        Format::Plenary => "plenary",
    }
}

/// How many rows of a kind the form has: `s`, `h` or `r`.
pub(super) fn rows(fields: &Fields, kind: &str, part: &str) -> usize {
    (0..ROWS).take_while(|row| fields.get(&format!("{kind}{row}.{part}")).is_some()).count()
}

/// Reads the form; each thing that cannot be read is a sentence.
pub(super) fn read(
    fields: &Fields,
    questionnaire: &Questionnaire,
    directory: &Directory,
) -> (Setup, Vec<String>) {
    let mut problems = vec![];
    let number = |name: &str, otherwise: i32, least: i32, most: i32| {
        let typed = fields.get(name).and_then(|typed| typed.trim().parse().ok());
        typed.unwrap_or(otherwise).clamp(least, most)
    };
    let line = |name: &str, most: usize| one_line(fields.get(name).unwrap_or_default(), most);
    let title = line("title", 300);
    let told_in = line("zone", 60);
    let zone: Tz = told_in.parse().unwrap_or_else(|_| {
        problems.push(format!("There is no clock called “{told_in}”. Write it as Europe/Berlin."));
        Tz::UTC
    });
    let format = match fields.get("format") {
        Some("rounds") => Format::Rounds,
        Some("plenary") => Format::Plenary,
        _ => Format::One,
    };
    let target = number("target", 5, 2, 60);
    let low = number("low", target - 1, 1, 60);
    let high = number("high", target + 1, 2, 60);
    if low > target || target > high {
        problems.push(format!(
            "The sizes do not fit each other: at least {low}, best {target}, at most {high}."
        ));
    }
    let minutes = number("minutes", 90, 10, 24 * 60);
    let slots = read_slots(fields, zone, &mut problems);
    let hosts = read_hosts(fields, &slots, directory, &questionnaire.language);
    let rules = read_rules(fields, directory, &mut problems);
    let ids =
        |name: &'static str| fields.all(name).filter_map(|id| id.parse().ok().map(QuestionId));
    let words = line("alone", 1000);
    let wish = Wish {
        views: fields.get("views-shown").map(|_| ids("view").collect()),
        alone: words_of(&words),
        alone_by: ids("alone-by").collect(),
        fair: fields.has("fair", "yes"),
        long: fields.has("long", "yes"),
        zone: zone.name().to_owned(),
        silent_can: Some(fields.has("silent", "yes")),
    };
    let setup = Setup {
        title: if title.is_empty() { questionnaire.title.clone() } else { title },
        place: line("place", 500),
        minutes,
        format,
        rounds: if format == Format::Rounds { number("rounds", 3, 2, 12) } else { 1 },
        low,
        target,
        high,
        seed: fields.get("seed").and_then(|seed| seed.parse().ok()).unwrap_or(1),
        slots,
        hosts,
        rules,
        wish,
    };
    (setup, problems)
}

/// Words parted by commas, each once.
pub(super) fn words_of(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![];
    for word in typed.split([',', '，', '、']).map(str::trim).filter(|word| !word.is_empty()) {
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

fn read_slots(fields: &Fields, zone: Tz, problems: &mut Vec<String>) -> Vec<SlotAsked> {
    let mut slots: Vec<SlotAsked> = vec![];
    for row in 0..rows(fields, "s", "when") {
        let part = |name: &str| fields.get(&format!("s{row}.{name}")).unwrap_or_default().trim();
        let typed = part("when").replace('T', " ");
        if typed.is_empty() {
            continue;
        }
        let local = NaiveDateTime::parse_from_str(&typed, TIME).ok();
        // A time that the clock jumps over does not exist; of two, the earlier is meant.
        let start = local.and_then(|local| local.and_local_timezone(zone).earliest());
        let Some(start) = start.map(|start| start.with_timezone(&Utc)) else {
            problems
                .push(format!("The time “{typed}” cannot be read. Write it as 2026-12-03 19:00."));
            continue;
        };
        let minutes: Option<i32> = part("minutes").parse().ok();
        let known = part("key");
        let key = if known.is_empty() { Offered::at(start, 0).key } else { known.to_owned() };
        if slots.iter().any(|slot| slot.key == key || slot.starts_at == start) {
            problems.push(format!("The time “{typed}” is there twice."));
            continue;
        }
        let language = part("language");
        let place: Vec<String> = fields
            .get(&format!("s{row}.place"))
            .unwrap_or_default()
            .lines()
            .map(|line| one_line(line, 500))
            .filter(|line| !line.is_empty())
            .collect();
        slots.push(SlotAsked {
            key,
            starts_at: start,
            minutes: minutes.map(|minutes| minutes.clamp(10, 24 * 60)),
            capacity: part("rooms").parse().unwrap_or(3).clamp(0, 1000),
            place: place.join("\n"),
            language: (!language.is_empty()).then(|| language.to_owned()),
        });
    }
    slots.sort_by(|a, b| (a.starts_at, &a.key).cmp(&(b.starts_at, &b.key)));
    slots
}

fn read_hosts(
    fields: &Fields,
    slots: &[SlotAsked],
    directory: &Directory,
    language: &str,
) -> Vec<HostAsked> {
    let mut hosts = vec![];
    for row in 0..rows(fields, "h", "who") {
        let name = |part: &str| format!("h{row}.{part}");
        let line = |part: &str| one_line(fields.get(&name(part)).unwrap_or_default(), 300);
        let who = line("who");
        if who.is_empty() {
            continue;
        }
        let can: Vec<&str> = fields.get(&name("shown")).map_or_else(Vec::new, |_| {
            let field = name("can");
            let all: Vec<&str> = slots.iter().map(|slot| slot.key.as_str()).collect();
            all.into_iter().filter(|key| fields.has(&field, key)).collect()
        });
        // Neither all nor none: only then it is a choice. Whoever can never is no host.
        let shown: Vec<&str> = fields.get(&name("shown")).unwrap_or_default().split(' ').collect();
        let choice = !can.is_empty() && can.len() < shown.len();
        let free = if choice {
            let said = slots.iter().map(|slot| {
                let can = can.contains(&slot.key.as_str()) || !shown.contains(&slot.key.as_str());
                (slot.key.clone(), if can { Free::Yes } else { Free::No })
            });
            said.collect()
        } else {
            BTreeMap::new()
        };
        let mut languages = words_of(&line("languages"));
        if languages.is_empty() {
            languages.push(language.to_owned());
        }
        hosts.push(HostAsked {
            id: fields.get(&name("id")).and_then(|id| id.parse().ok()),
            whom: directory.find(&who),
            name: who,
            address: line("address"),
            languages,
            free,
            most: line("most").parse().unwrap_or(1).clamp(1, 100),
        });
    }
    hosts
}

fn read_rules(
    fields: &Fields,
    directory: &Directory,
    problems: &mut Vec<String>,
) -> Vec<(Bond, Vec<crate::acts::set_up_discussion::Whom>)> {
    let mut rules = vec![];
    for row in 0..rows(fields, "r", "a") {
        let typed =
            |part: &str| one_line(fields.get(&format!("r{row}.{part}")).unwrap_or_default(), 300);
        let (a, b) = (typed("a"), typed("b"));
        if a.is_empty() && b.is_empty() {
            continue;
        }
        let found = [&a, &b].map(|name| directory.find(name));
        for (name, found) in [&a, &b].into_iter().zip(&found) {
            if found.is_none() {
                problems.push(format!(
                    "Nobody, or more than one, is called “{name}”. Choose a name from the list."
                ));
            }
        }
        let [Some(a), Some(b)] = found else { continue };
        let kind = if typed("kind") == "together" { Bond::Together } else { Bond::Apart };
        if a != b {
            rules.push((kind, vec![a, b]));
        }
    }
    rules
}
