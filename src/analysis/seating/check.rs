//! A second look at a plan that shares no code with the search: which hard rules it breaks.

use super::judge::{Broken, Violation};
use super::plan::{Leader, Plan, Reason};
use super::request::{Free, Given, Host, Person, Request, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// Looks at a plan once more, to be called before it is saved.
///
/// # Errors
/// Every way in which it breaks the request.
pub fn check(request: &Request, plan: &Plan) -> Result<(), Violation> {
    let given = given(request, plan);
    let mut wrong = broken(request, &given);
    explained(request, plan, &mut wrong);
    values(request, plan, &mut wrong);
    rounds(request, plan, &given, &mut wrong);
    wrong.sort();
    wrong.dedup();
    if wrong.is_empty() { Ok(()) } else { Err(Violation { broken: wrong }) }
}

/// A plan by keys. What is not in the request gets a key that nobody has.
pub fn given(request: &Request, plan: &Plan) -> Vec<Given> {
    let named = |key: Option<&String>, place: usize| {
        key.cloned().unwrap_or_else(|| format!("\u{fffd}{place}"))
    };
    let person = |place: usize| named(request.people.get(place).map(|p| &p.key), place);
    plan.groups
        .iter()
        .enumerate()
        .map(|(number, group)| Given {
            key: group.key.clone().unwrap_or_else(|| format!("\u{fffd}{}", number + 1)),
            slot: named(request.slots.get(group.slot).map(|slot| &slot.key), group.slot),
            language: group.language.clone(),
            host: group.host.map(|leader| match leader {
                Leader::Host(place) => named(request.hosts.get(place).map(|h| &h.key), place),
                Leader::Person(place) => person(place),
            }),
            people: group.seats.iter().map(|seat| person(seat.person)).collect(),
        })
        .collect()
}

/// The request by keys.
struct Known<'a> {
    request: &'a Request,
    people: BTreeMap<&'a str, &'a Person>,
    hosts: BTreeMap<&'a str, &'a Host>,
    slots: BTreeMap<&'a str, (usize, &'a Slot)>,
}

/// Every hard rule that a plan breaks, each once, in a fixed order.
pub(super) fn broken(request: &Request, plan: &[Given]) -> Vec<Broken> {
    let known = Known {
        request,
        people: request.people.iter().map(|person| (person.key.as_str(), person)).collect(),
        hosts: request.hosts.iter().map(|host| (host.key.as_str(), host)).collect(),
        slots: (0..).zip(&request.slots).map(|(at, s)| (s.key.as_str(), (at, s))).collect(),
    };
    let mut wrong = vec![];
    let mut groups_at: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sits: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, group) in plan.iter().enumerate() {
        known.group(group, &mut wrong);
        *groups_at.entry(&group.slot).or_default() += 1;
        for person in &group.people {
            sits.entry(person).or_default().push(number);
        }
    }
    for (key, groups) in groups_at {
        let room = known.slots.get(key).map_or(usize::MAX, |(_, slot)| slot.groups);
        if groups > room {
            wrong.push(Broken::Rooms { slot: key.to_owned(), groups, room });
        }
    }
    for (person, at) in &sits {
        if at.len() > 1 {
            wrong.push(Broken::Twice { person: (*person).to_owned() });
        }
    }
    known.rules(plan, &sits, &mut wrong);
    known.hosts(plan, &sits, &mut wrong);
    wrong.sort();
    wrong.dedup();
    wrong
}

fn can(free: &[Free], slot: usize) -> bool {
    matches!(free.get(slot), Some(Free::Yes | Free::IfNeedBe))
}

impl Known<'_> {
    fn group(&self, group: &Given, wrong: &mut Vec<Broken>) {
        let name = || group.key.clone();
        let (size, people) = (self.request.size, group.people.len());
        if people < size.low || people > size.high {
            wrong.push(Broken::Size { group: name(), people });
        }
        let slot = self.slots.get(group.slot.as_str());
        match slot {
            None => wrong.push(Broken::NoSuchSlot { group: name() }),
            Some((_, slot)) => {
                if slot.languages.as_ref().is_some_and(|l| !l.contains(&group.language)) {
                    wrong.push(Broken::LanguageAtSlot { group: name() });
                }
            }
        }
        for key in &group.people {
            let person = || key.clone();
            let Some(about) = self.people.get(key.as_str()) else {
                wrong.push(Broken::NoSuchPerson { group: name(), person: person() });
                continue;
            };
            if slot.is_some_and(|(at, _)| !can(&about.free, *at)) {
                wrong.push(Broken::NotFree { group: name(), person: person() });
            }
            if !about.languages.contains(&group.language) {
                wrong.push(Broken::Language { group: name(), person: person() });
            }
        }
        for (a, b) in &self.request.apart {
            if a != b && group.people.contains(a) && group.people.contains(b) {
                let pair = (a.min(b).clone(), a.max(b).clone());
                wrong.push(Broken::Apart { group: name(), pair });
            }
        }
    }

    fn rules(&self, plan: &[Given], sits: &BTreeMap<&str, Vec<usize>>, wrong: &mut Vec<Broken>) {
        let first = |key: &String| sits.get(key.as_str()).and_then(|at| at.first()).copied();
        for block in &self.request.together {
            let there = block.iter().filter(|key| self.people.contains_key(key.as_str()));
            let places: BTreeSet<Option<usize>> = there.map(first).collect();
            if places.len() > 1 {
                let mut people = block.clone();
                people.sort();
                wrong.push(Broken::Together { people });
            }
        }
        for pin in &self.request.pins {
            let group = first(&pin.person).and_then(|at| plan.get(at));
            let kept = group.is_some_and(|group| {
                group.slot == pin.slot && pin.group.as_ref().is_none_or(|key| *key == group.key)
            });
            if !kept {
                wrong.push(Broken::Pin { person: pin.person.clone() });
            }
        }
    }

    fn hosts(&self, plan: &[Given], sits: &BTreeMap<&str, Vec<usize>>, wrong: &mut Vec<Broken>) {
        let needed =
            !self.request.hosts.is_empty() || self.request.people.iter().any(|p| p.hosts > 0);
        let mut leads: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
        for (number, group) in plan.iter().enumerate() {
            let Some(host) = &group.host else {
                if needed {
                    wrong.push(Broken::NoHost { group: group.key.clone() });
                }
                continue;
            };
            leads.entry(host).or_default().push(number);
            let about = self.hosts.get(host.as_str()).map(|host| (&host.free, &host.languages));
            let about = about.or_else(|| {
                let person = self.people.get(host.as_str())?;
                Some((&person.free, &person.languages))
            });
            let Some((free, languages)) = about else {
                let (group, person) = (group.key.clone(), host.clone());
                wrong.push(Broken::NoSuchPerson { group, person });
                continue;
            };
            let (key, name) = (|| group.key.clone(), || host.clone());
            if self.slots.get(group.slot.as_str()).is_some_and(|(at, _)| !can(free, *at)) {
                wrong.push(Broken::HostNotFree { group: key(), host: name() });
            }
            if !languages.contains(&group.language) {
                wrong.push(Broken::HostLanguage { group: key(), host: name() });
            }
        }
        for (host, groups) in leads {
            let person = self.people.get(host.as_str());
            let most = self.hosts.get(host.as_str()).map(|host| host.most);
            let most = most.or_else(|| person.map(|person| person.hosts)).unwrap_or(0);
            if groups.len() > most {
                let (host, groups) = (host.clone(), groups.len());
                wrong.push(Broken::HostTooOften { host, groups, most });
            }
            // Where somebody sits counts as a time at which they cannot lead elsewhere.
            let seats = sits.get(host.as_str()).cloned().unwrap_or_default();
            let busy: BTreeSet<usize> = groups.iter().chain(&seats).copied().collect();
            let mut at: BTreeMap<&String, usize> = BTreeMap::new();
            for group in busy.iter().filter_map(|&group| plan.get(group)) {
                *at.entry(&group.slot).or_default() += 1;
            }
            for (slot, _) in at.into_iter().filter(|(_, groups)| *groups > 1) {
                wrong.push(Broken::HostTwiceAtSlot { host: host.clone(), slot: slot.clone() });
            }
            let external = self.hosts.contains_key(host.as_str());
            if !external && person.is_some() && !groups.iter().any(|group| seats.contains(group)) {
                wrong.push(Broken::HostAway { host: host.clone() });
            }
        }
    }
}

/// Everybody is seated or told why not, once.
fn explained(request: &Request, plan: &Plan, wrong: &mut Vec<Broken>) {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    let seated = plan.groups.iter().flat_map(|group| &group.seats).map(|seat| seat.person);
    for person in seated.chain(plan.unplaced.iter().map(|(person, _)| *person)) {
        *times.entry(person).or_default() += 1;
    }
    for (place, person) in request.people.iter().enumerate() {
        if times.remove(&place) != Some(1) {
            wrong.push(Broken::Unexplained { person: person.key.clone() });
        }
    }
    for place in times.into_keys() {
        wrong.push(Broken::Unexplained { person: format!("\u{fffd}{place}") });
    }
}

fn values(request: &Request, plan: &Plan, wrong: &mut Vec<Broken>) {
    let mut say = |what: String| wrong.push(Broken::Value { what });
    for (number, group) in plan.groups.iter().enumerate() {
        let mixes = group.by_question.iter().map(|(_, mix)| *mix).chain([group.mix]);
        if mixes.into_iter().any(|mix| !(0.0..=100.0).contains(&mix)) {
            say(format!("the mix of group {}", number + 1));
        }
        for seat in &group.seats {
            let time = match seat.reasons.first() {
                Some(Reason::OnlySlot { slot } | Reason::SharedSlot { slot, .. }) => Some(*slot),
                _ => None,
            };
            if time != Some(group.slot) || seat.reasons.len() > 3 {
                say(format!("the reasons of person {}", seat.person));
            }
            let other = seat.elsewhere.as_ref().map(|other| other.group);
            if other.is_some_and(|other| other == number || other >= plan.groups.len()) {
                say(format!("elsewhere of person {}", seat.person));
            }
        }
    }
    let seated: usize = plan.groups.iter().map(|group| group.seats.len()).sum();
    let score = &plan.score;
    if score.placed != seated
        || score.people != request.people.len()
        || !(0.0..=1.0).contains(&score.gap_closed)
        || !score.value.is_finite()
        || score.value > score.ceiling * (1.0 + 1e-9) + 1e-9
    {
        say("the score".to_owned());
    }
}

/// In every round everybody sits at one table, at the time and in the language of their group.
fn rounds(request: &Request, plan: &Plan, given: &[Given], wrong: &mut Vec<Broken>) {
    let say = |wrong: &mut Vec<Broken>, what: String| wrong.push(Broken::Value { what });
    for (number, round) in plan.rounds.iter().enumerate() {
        let name = format!("round {}", number + 1);
        let mut left: BTreeMap<usize, (usize, &str)> = plan
            .groups
            .iter()
            .flat_map(|group| {
                group.seats.iter().map(|s| (s.person, (group.slot, group.language.as_str())))
            })
            .collect();
        if round.len() != plan.groups.len() {
            say(wrong, format!("{name} has {} tables", round.len()));
        }
        for (table, group) in round.iter().zip(&plan.groups) {
            if table.len() < request.size.low || table.len() > request.size.high {
                say(wrong, format!("{name} has a table of {}", table.len()));
            }
            for person in table {
                if left.remove(person) != Some((group.slot, group.language.as_str())) {
                    say(wrong, format!("{name} seats person {person} twice or at a wrong time"));
                }
            }
            if let Some(Leader::Person(host)) = group.host
                && group.seats.iter().any(|seat| seat.person == host)
                && !table.contains(&host)
            {
                say(wrong, format!("{name} takes person {host} from the table they lead"));
            }
        }
        if !left.is_empty() {
            say(wrong, format!("{name} leaves {} people out", left.len()));
        }
        for (table, group) in round.iter().zip(given) {
            let keys: BTreeSet<&String> =
                table.iter().filter_map(|&p| Some(&request.people.get(p)?.key)).collect();
            for (a, b) in &request.apart {
                if a != b && keys.contains(a) && keys.contains(b) {
                    let pair = (a.min(b).clone(), a.max(b).clone());
                    wrong.push(Broken::Apart { group: group.key.clone(), pair });
                }
            }
        }
    }
}
