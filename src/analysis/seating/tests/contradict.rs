//! Small requests of every kind, contradictory ones among them.

use super::*;

/// A small request with hosts, rules, pins, tags and a plan that people know, all by chance.
pub(super) fn wild(rng: &mut Rng, most: usize) -> Request {
    let count = if rng.below(12) == 0 { rng.below(4) } else { 4 + rng.below(most - 3) };
    let slots = if rng.below(20) == 0 { 0 } else { 1 + rng.below(3) };
    let mut request = random(rng, count, slots, 2);
    request.steps = 60;
    let someone = |rng: &mut Rng| format!("r{:04}", rng.below(count.max(1)));
    let rarely =
        |rng: &mut Rng, most: usize| if rng.below(3) > 0 { 0 } else { rng.below(most + 1) };
    for person in &mut request.people {
        if rng.below(3) == 0 {
            person.tags.push("new".to_owned());
        }
        if rng.below(6) == 0 {
            person.tags.push("far".to_owned());
        }
    }
    if rng.below(2) == 0 {
        request.lone = vec!["new".to_owned(), "far".to_owned()];
    }
    if rng.below(3) == 0 {
        for person in &mut request.people {
            person.hosts = [0, 0, 1, 2][rng.below(4)];
        }
    }
    for host in 0..rarely(rng, 3) {
        let free = (0..slots).map(|_| [Free::Yes, Free::No][rng.below(2)]).collect();
        let languages = vec![["en", "zh"][rng.below(2)].to_owned()];
        let key = format!("h{host}");
        request.hosts.push(Host { key, free, languages, most: rng.below(3) });
    }
    for _ in 0..rarely(rng, 3) {
        let block = (0..2 + rng.below(2)).map(|_| someone(rng)).collect();
        request.together.push(block);
    }
    for _ in 0..rarely(rng, 6) {
        request.apart.push((someone(rng), someone(rng)));
    }
    for slot in &mut request.slots {
        if rng.below(5) == 0 {
            slot.languages = Some(vec![["en", "zh"][rng.below(2)].to_owned()]);
        }
    }
    if rng.below(3) == 0 && slots > 0 {
        let mut told: Vec<Given> = (0..=rng.below(2))
            .map(|group| Given {
                key: format!("g{group}"),
                slot: format!("s{:02}", rng.below(slots)),
                language: "en".to_owned(),
                host: request.hosts.first().map(|host| host.key.clone()),
                people: vec![],
            })
            .collect();
        for person in &request.people {
            if let Some(group) = told.get_mut(rng.below(3)) {
                group.people.push(person.key.clone());
            }
        }
        request.previous = Some(told);
    }
    for _ in 0..rarely(rng, 2) {
        let group = request.previous.is_some() && rng.below(2) == 0;
        request.pins.push(Pin {
            person: someone(rng),
            slot: format!("s{:02}", rng.below(slots.max(1))),
            group: group.then(|| format!("g{}", rng.below(2))),
        });
    }
    match rng.below(60) {
        0 => request.together.push(vec!["nobody".to_owned(), someone(rng)]),
        1 => request.size = Size { low: 3, target: 2, high: 1 },
        2 => request.people.extend(request.people.first().cloned()),
        _ => {}
    }
    request
}

#[test]
fn ten_thousand_wild_requests_are_seated_without_fault_or_refused_for_what_stands_in_the_way() {
    let mut rng = Rng::new(11);
    let (mut plans, mut refused) = (0, 0);
    for number in 0..10_000 {
        let request = wild(&mut rng, 10);
        match seat(&request) {
            Ok(plan) => {
                plans += 1;
                assert_eq!(check(&request, &plan), Ok(()), "{number}: {request:#?}");
                assert!(!plan.groups.is_empty());
            }
            Err(conflict) => {
                refused += 1;
                assert!(!conflict.clashes.is_empty());
                let rest = without(&request, &conflict);
                match seat(&rest) {
                    Ok(plan) => assert_eq!(check(&rest, &plan), Ok(()), "{number}"),
                    Err(other) => panic!("{number}: {conflict:?} then {other:?}: {request:#?}"),
                }
            }
        }
    }
    assert!(plans > 2000 && refused > 2000, "{plans} plans, {refused} refused");
}

/// Most people in groups, all rules kept, every pin too; `None` if nobody can meet. Each unit
/// goes to one of all thinkable groups or nowhere.
struct Brute<'a> {
    request: &'a Request,
    /// Slot, language and name of each thinkable group.
    groups: Vec<(usize, &'static str, Option<String>)>,
    at: Vec<Option<usize>>,
    best: Option<usize>,
}

impl Brute<'_> {
    fn given(&self, hosts: &[Option<String>]) -> Vec<Given> {
        let group = |(number, (slot, language, name)): (usize, &(usize, &str, Option<String>))| {
            let sits = self.at.iter().zip(&self.request.people);
            let people = sits.filter(|(at, _)| **at == Some(number));
            Given {
                key: name.clone().unwrap_or_else(|| format!("new{number}")),
                slot: self.request.slots[*slot].key.clone(),
                language: (*language).to_owned(),
                host: hosts[number].clone(),
                people: people.map(|(_, person)| person.key.clone()).collect(),
            }
        };
        let all = self.groups.iter().enumerate().map(group);
        all.filter(|group| !group.people.is_empty()).collect()
    }

    fn led(&self, number: usize, hosts: &mut Vec<Option<String>>) -> bool {
        let used = |number: usize| self.at.contains(&Some(number));
        if number == self.groups.len() {
            return judge(self.request, &self.given(hosts)).broken.is_empty();
        }
        if !used(number) || !self.request.needs_hosts() {
            hosts.push(None);
            let well = self.led(number + 1, hosts);
            hosts.pop();
            return well;
        }
        let leads = self.request.people.iter().filter(|person| person.hosts > 0);
        let keys = self.request.hosts.iter().map(|host| &host.key).chain(leads.map(|p| &p.key));
        for key in keys {
            hosts.push(Some(key.clone()));
            if self.led(number + 1, hosts) {
                return true;
            }
            hosts.pop();
        }
        false
    }

    fn walk(&mut self) {
        if self.at.len() == self.request.people.len() {
            let seated = self.at.iter().flatten().count();
            if seated > 0 && self.best.is_none_or(|best| seated > best) && self.led(0, &mut vec![])
            {
                self.best = Some(seated);
            }
            return;
        }
        let person = &self.request.people[self.at.len()];
        let left = self.request.people.len() - self.at.len();
        if self.best.is_some_and(|best| self.at.iter().flatten().count() + left <= best) {
            return;
        }
        for number in 0..self.groups.len() {
            let (slot, language, _) = &self.groups[number];
            if person.free[*slot] != Free::No && person.languages.iter().any(|l| l == language) {
                self.at.push(Some(number));
                self.walk();
                self.at.pop();
            }
        }
        self.at.push(None);
        self.walk();
        self.at.pop();
    }
}

fn brute(request: &Request) -> Option<usize> {
    let mut groups = vec![];
    for (slot, about) in request.slots.iter().enumerate() {
        for language in ["en", "zh"] {
            let most = (request.people.len() / request.size.low).min(about.groups).min(2);
            groups.extend((0..most).map(|_| (slot, language, None)));
        }
        for group in request.previous.iter().flatten() {
            if group.slot == about.key {
                groups.push((slot, "en", Some(group.key.clone())));
            }
        }
    }
    let mut brute = Brute { request, groups, at: vec![], best: None };
    brute.walk();
    brute.best
}

#[test]
fn wild_requests_seat_as_many_as_trying_everything_can() {
    let mut rng = Rng::new(12);
    let (mut compared, mut fewer) = (0, 0);
    while compared < 150 {
        let request = wild(&mut rng, 6);
        let low = request.size.low;
        if request.slots.len() > 2
            || low < 2
            || request.people.len() / low > 2
            || request.previous.is_some() && request.slots.len() > 1
        {
            continue;
        }
        let found = seat(&request);
        let placed = match &found {
            Ok(plan) => plan.score.placed,
            // Contradictions in themselves and numbers that do not divide are refused at sight.
            Err(conflict) => match conflict.first() {
                Clash::Pins { .. } | Clash::Rules { .. } | Clash::NoHost { .. } => 0,
                _ => continue,
            },
        };
        let best = brute(&request).unwrap_or(0);
        compared += 1;
        assert!(placed <= best, "{placed} of {best}: {request:#?}");
        if placed < best {
            fewer += 1;
            eprintln!("{placed} of {best}: {:?}", found.map(|plan| plan.groups.len()));
        }
    }
    // With rules the search is no proof; it may miss one seat in a hundred such cases.
    assert!(fewer * 50 <= compared, "{fewer} of {compared}");
}
