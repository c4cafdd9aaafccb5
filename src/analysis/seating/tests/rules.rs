//! Rules, hosts, pins, plans that people know, and plans changed by hand.

use super::contradict::wild;
use super::*;

fn people(count: usize, slots: usize) -> Vec<Person> {
    (0..count).map(|i| person(i, &[real(i % 3) / 2.0], &vec![Free::Yes; slots])).collect()
}

fn key(number: usize) -> String {
    format!("r{number:04}")
}

fn told(groups: &[&[usize]], slot: &str) -> Vec<Given> {
    let group = |(number, people): (usize, &&[usize])| Given {
        key: format!("g{number}"),
        slot: slot.to_owned(),
        language: "en".to_owned(),
        host: None,
        people: people.iter().map(|&person| key(person)).collect(),
    };
    groups.iter().enumerate().map(group).collect()
}

#[test]
fn a_group_that_became_too_small_is_shared_out_and_nobody_else_moves() {
    let mut request = request(people(11, 2), 2, 4, 4, 6);
    request.previous = Some(told(&[&[0, 1, 2, 3], &[4, 5, 6, 7], &[8, 9, 10, 99]], "s01"));
    let plan = seat(&request).unwrap();
    assert_eq!(check(&request, &plan), Ok(()));
    assert_eq!((plan.score.placed, plan.score.moved), (11, 3));
    let kept: Vec<Option<&str>> = plan.groups.iter().map(|group| group.key.as_deref()).collect();
    assert_eq!(kept, [Some("g0"), Some("g1")]);
    // With one more to fill it up it goes on.
    request.people.push(person(11, &[0.5], &[Free::No, Free::Yes]));
    let plan = seat(&request).unwrap();
    assert_eq!((plan.score.placed, plan.score.moved, plan.groups.len()), (12, 0, 3));
}

#[test]
fn a_tag_is_carried_by_nobody_or_by_two() {
    for pair in [(0, 1), (0, 7), (3, 4)] {
        let mut request = request(people(12, 1), 1, 4, 4, 4);
        request.lone = vec!["new".to_owned()];
        request.people[pair.0].tags = request.lone.clone();
        request.people[pair.1].tags = request.lone.clone();
        let plan = seat(&request).unwrap();
        assert_eq!((plan.score.alone, plan.score.off_target), (0, 0));
    }
}

#[test]
fn one_host_leads_one_group_and_one_more_would_help() {
    let mut request = request(people(12, 1), 1, 4, 4, 6);
    let host = |key: &str, most| Host {
        key: key.to_owned(),
        free: vec![Free::Yes],
        languages: vec!["en".to_owned()],
        most,
    };
    request.hosts = vec![host("h", 3)];
    let plan = seat(&request).unwrap();
    assert_eq!(check(&request, &plan), Ok(()));
    assert_eq!((plan.groups.len(), plan.score.placed), (1, 6));
    assert_eq!(plan.groups[0].host, Some(Leader::Host(0)));
    assert!(plan.unplaced.iter().all(|(_, why)| *why == Unplaced::NoHost));
    let host_helps = Help { what: Remedy::Host { slot: 0, language: "en".to_owned() }, more: 6 };
    assert_eq!(plan.helps[0], host_helps);
    // A participant who leads does as well, and sits where they lead.
    request.people[5].hosts = 1;
    let plan = seat(&request).unwrap();
    assert_eq!((plan.score.placed, plan.groups.len()), (12, 2));
    let led = plan.groups.iter().find(|group| group.host == Some(Leader::Person(5))).unwrap();
    assert!(led.seats.iter().any(|seat| seat.person == 5));
}

#[test]
fn each_contradiction_of_rules_pins_and_hosts_is_named() {
    let first = |request: &Request| {
        let conflict = seat(request).unwrap_err();
        assert!(seat(&without(request, &conflict)).is_ok(), "{conflict:?}");
        conflict.clashes[0].clone()
    };
    let plain = request(people(8, 2), 2, 4, 4, 4);
    let some = |numbers: &[usize]| numbers.iter().map(|&n| key(n)).collect::<Vec<String>>();

    let mut large = plain.clone();
    large.together = vec![some(&[0, 1, 2]), some(&[2, 3, 4])];
    let clash = Clash::BlockTooLarge { people: some(&[0, 1, 2, 3, 4]), high: 4 };
    assert_eq!(first(&large), clash);

    let mut never = plain.clone();
    never.together = vec![some(&[0, 1, 2])];
    never.people[0].free = vec![Free::Yes, Free::No];
    never.people[2].free = vec![Free::No, Free::Yes];
    assert_eq!(first(&never), Clash::BlockNeverFree { people: some(&[0, 2]) });

    let mut torn = plain.clone();
    torn.together = vec![some(&[0, 1]), some(&[1, 2])];
    torn.apart = vec![(key(2), key(0))];
    let clash = Clash::BlockApart { people: some(&[0, 1, 2]), pair: (key(0), key(2)) };
    assert_eq!(first(&torn), clash);

    let mut clique = request(people(4, 1), 1, 4, 4, 4);
    clique.apart = vec![(key(0), key(1)), (key(0), key(2))];
    let clash = Clash::Rules { together: vec![], apart: vec![0, 1] };
    assert_eq!(first(&clique), clash);

    let pin =
        |person: usize, slot: &str| Pin { person: key(person), slot: slot.to_owned(), group: None };
    let mut pinned = plain.clone();
    pinned.pins = vec![pin(0, "s00"), pin(1, "s01"), pin(0, "s01")];
    assert_eq!(first(&pinned), Clash::Pins { pins: vec![0, 2] });
    pinned.people.truncate(4);
    pinned.pins.truncate(2);
    // Each alone can be kept, both cannot: the four are one group.
    assert!(matches!(first(&pinned), Clash::Pins { pins } if pins.len() == 1));

    let mut unled = plain.clone();
    unled.hosts = vec![Host { key: "h".to_owned(), most: 1, ..Host::default() }];
    assert_eq!(first(&unled), Clash::NoHost { slots: vec![0, 1] });

    let mut unknown = plain.clone();
    unknown.apart = vec![(key(0), "nobody".to_owned())];
    assert_eq!(first(&unknown), Clash::Unknown { key: "nobody".to_owned() });

    let mut double = plain;
    double.people[3].key = key(4);
    assert_eq!(first(&double), Clash::TwoOfAKey { key: key(4) });
}

#[test]
fn a_plan_changed_by_hand_hears_each_rule_it_breaks() {
    let mut request = request(people(9, 2), 2, 4, 4, 5);
    request.slots[1].groups = 1;
    request.slots[1].languages = Some(vec!["fi".to_owned()]);
    request.people[0].free = vec![Free::No, Free::Yes];
    request.people[1].languages = vec!["zh".to_owned()];
    request.people[2].hosts = 1;
    request.together = vec![vec![key(3), key(8)]];
    request.apart = vec![(key(5), key(4))];
    request.pins = vec![Pin { person: key(6), slot: "s01".to_owned(), group: None }];
    let mut plan = told(&[&[0, 1, 2, 3, 4, 5], &[6, 7, 7], &[42]], "s00");
    plan[0].host = Some(key(7));
    plan[1].host = Some(key(2));
    plan[2].slot = "never".to_owned();
    let broken = judge(&request, &plan).broken;
    let (group, person) = (|n: usize| format!("g{n}"), key);
    for expected in [
        Broken::Size { group: group(0), people: 6 },
        Broken::Size { group: group(1), people: 3 },
        Broken::NoSuchSlot { group: group(2) },
        Broken::NoSuchPerson { group: group(2), person: person(42) },
        Broken::Twice { person: person(7) },
        Broken::NotFree { group: group(0), person: person(0) },
        Broken::Language { group: group(0), person: person(1) },
        Broken::NoHost { group: group(2) },
        Broken::HostTooOften { host: person(7), groups: 1, most: 0 },
        Broken::HostTwiceAtSlot { host: person(2), slot: "s00".to_owned() },
        Broken::HostAway { host: person(2) },
        Broken::Together { people: vec![person(3), person(8)] },
        Broken::Apart { group: group(0), pair: (person(4), person(5)) },
        Broken::Pin { person: person(6) },
    ] {
        assert!(broken.contains(&expected), "{expected:?} is not in {broken:#?}");
    }
    let mut rooms = told(&[&[0, 1, 2, 3], &[4, 5, 6, 7]], "s01");
    rooms[0].host = Some("h".to_owned());
    let broken = judge(&request, &rooms).broken;
    assert!(broken.contains(&Broken::Rooms { slot: "s01".to_owned(), groups: 2, room: 1 }));
    assert!(broken.contains(&Broken::LanguageAtSlot { group: group(1) }));
}

#[test]
fn what_a_move_is_said_to_cost_is_what_it_costs_and_it_breaks_nothing() {
    let mut rng = Rng::new(21);
    let (mut ways, mut blocked) = (0, 0);
    for _ in 0..300 {
        let mut request = wild(&mut rng, 14);
        request.fairness = 0.0;
        let Ok(plan) = seat(&request) else { continue };
        let before = given(&request, &plan);
        let score = judge(&request, &before).score;
        let seated = plan.groups.iter().flat_map(|group| &group.seats);
        for person in seated.map(|seat| request.people[seat.person].key.clone()) {
            let here = before.iter().position(|group| group.people.contains(&person)).unwrap();
            for choice in moves(&request, &before, &person) {
                let Some(way) = choice.way else {
                    assert!(!choice.blocked.is_empty());
                    blocked += 1;
                    continue;
                };
                let mut after = before.clone();
                let block = request.together.iter().fold(vec![person.clone()], |mut all, rule| {
                    if rule.iter().any(|key| all.contains(key)) {
                        all.extend(rule.iter().cloned());
                    }
                    all
                });
                // Blocks made of several rules are left to other tests.
                if request.together.iter().filter(|rule| rule.len() > 1).count() > 1 {
                    continue;
                }
                let go: Vec<String> =
                    before[here].people.iter().filter(|key| block.contains(key)).cloned().collect();
                after[here].people.retain(|key| !go.contains(key));
                after[choice.group].people.retain(|key| !way.back.contains(key));
                after[here].people.extend(way.back.clone());
                after[choice.group].people.extend(go);
                let judged = judge(&request, &after);
                assert_eq!(judged.broken, vec![], "{person} {way:?} {request:#?}");
                let lost = 100.0 * (score.value - judged.score.value) / score.ceiling;
                assert!(score.ceiling == 0.0 || (lost - way.cost).abs() < 1e-6);
                let more = |after: usize, before: usize| {
                    i64::try_from(after).unwrap() - i64::try_from(before).unwrap()
                };
                assert_eq!(more(judged.score.alone, score.alone), way.alone);
                assert_eq!(more(judged.score.if_need_be, score.if_need_be), way.if_need_be);
                ways += 1;
            }
        }
    }
    assert!(ways > 100 && blocked > 100, "{ways} ways, {blocked} blocked");
}

#[test]
fn a_search_that_is_stopped_at_once_answers_with_a_plan_that_breaks_nothing() {
    let mut rng = Rng::new(22);
    let mut plans = 0;
    for _ in 0..300 {
        let mut request = wild(&mut rng, 16);
        request.steps = 5000;
        let mut told = 0;
        let stopped = seat_with(&request, &mut |progress| {
            assert!(progress.done <= progress.of);
            told += 1;
            Go::Stop
        });
        if let Ok(plan) = stopped {
            assert_eq!(check(&request, &plan), Ok(()));
            assert!(told > 0);
            plans += 1;
        } else {
            assert!(seat(&request).is_err());
        }
    }
    assert!(plans > 50, "{plans}");
}

#[test]
fn no_order_of_anything_and_no_thread_changes_a_plan() {
    let mut rng = Rng::new(23);
    let told = |request: &Request| match seat(request) {
        Ok(plan) => {
            let groups = given(request, &plan);
            let mixes: Vec<u64> = plan.groups.iter().map(|group| group.mix.to_bits()).collect();
            Some((groups, mixes, plan.score, plan.input_hash))
        }
        Err(_) => None,
    };
    let mut plans = 0;
    for _ in 0..150 {
        let mut first = wild(&mut rng, 16);
        first.steps = 2000;
        let mut second = first.clone();
        let mut order: Vec<usize> = (0..first.slots.len()).collect();
        rng.shuffle(&mut order);
        second.slots = order.iter().map(|&slot| first.slots[slot].clone()).collect();
        let turn = |free: &[Free]| order.iter().map(|&slot| free[slot]).collect();
        for person in &mut second.people {
            person.free = turn(&person.free);
            person.tags.reverse();
        }
        for host in &mut second.hosts {
            host.free = turn(&host.free);
        }
        rng.shuffle(&mut second.people);
        rng.shuffle(&mut second.hosts);
        rng.shuffle(&mut second.together);
        rng.shuffle(&mut second.apart);
        rng.shuffle(&mut second.pins);
        second.lone.reverse();
        for block in &mut second.together {
            rng.shuffle(block);
        }
        if let Some(groups) = &mut second.previous {
            rng.shuffle(groups);
        }
        let plan = told(&first);
        assert_eq!(plan, told(&second), "{first:#?}");
        let both = std::thread::scope(|scope| {
            let threads = [scope.spawn(|| told(&first)), scope.spawn(|| told(&second))];
            threads.map(|thread| thread.join().unwrap())
        });
        assert_eq!(both, [plan.clone(), plan.clone()]);
        plans += usize::from(plan.is_some());
    }
    assert!(plans > 40, "{plans}");
}
