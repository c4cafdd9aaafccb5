//! Plans against brute force, planted cases and the second look.

use super::problem::real;
use super::rng::Rng;
use super::*;

mod brute;
mod contradict;
mod mixing;
mod odd;
mod rules;
mod speed;

fn person(key: usize, views: &[f64], free: &[Free]) -> Person {
    Person {
        key: format!("r{key:04}"),
        views: views.iter().map(|view| Some(*view)).collect(),
        free: free.to_vec(),
        languages: vec!["en".to_owned()],
        ..Person::default()
    }
}

fn request(people: Vec<Person>, slots: usize, low: usize, target: usize, high: usize) -> Request {
    let dimensions = people.first().map_or(0, |person| person.views.len());
    Request {
        people,
        dimensions: (0..dimensions).map(|q| Dimension { weight: 1.0, question: q / 2 }).collect(),
        slots: (0..slots)
            .map(|slot| Slot { key: format!("s{slot:02}"), groups: usize::MAX, languages: None })
            .collect(),
        size: Size { low, target, high },
        seed: 7,
        steps: 20_000,
        fairness: 4.0,
        ..Request::default()
    }
}

fn random(rng: &mut Rng, people: usize, slots: usize, dimensions: usize) -> Request {
    let open = 20 + rng.below(70);
    let languages = [vec!["en"], vec!["zh"], vec!["zh", "en"], vec!["en", "zh"], vec![]];
    let spoken = [1, 1, 4, 5][rng.below(4)];
    let people = (0..people)
        .map(|key| {
            let free: Vec<Free> = (0..slots)
                .map(|_| match (rng.below(100) < open, rng.below(4)) {
                    (false, _) => Free::No,
                    (true, 0) => Free::IfNeedBe,
                    (true, _) => Free::Yes,
                })
                .collect();
            let mut made = person(key, &[], &free);
            made.views = (0..dimensions)
                .map(|_| (rng.below(5) > 0).then(|| real(rng.below(5)) / 4.0))
                .collect();
            made.languages = languages[rng.below(spoken)].iter().map(|l| (*l).to_owned()).collect();
            made
        })
        .collect();
    let low = 1 + rng.below(4);
    let target = low + rng.below(3);
    let high = target + rng.below(3);
    let mut made = request(people, slots, low, target, high);
    made.dimensions =
        (0..dimensions).map(|q| Dimension { weight: rng.unit(), question: q / 2 }).collect();
    for slot in &mut made.slots {
        slot.groups = [usize::MAX, 0, 1, 2][rng.below(4)];
    }
    made.seed = u64::try_from(rng.below(1000)).unwrap();
    made.steps = 300;
    made
}

#[test]
fn two_thousand_random_requests_break_no_rule() {
    let mut rng = Rng::new(1);
    let mut plans = 0;
    for _ in 0..3000 {
        let (people, slots) = (rng.below(22), rng.below(6));
        let dimensions = rng.below(5);
        let request = random(&mut rng, people, slots, dimensions);
        if let Ok(plan) = seat(&request) {
            assert_eq!(check(&request, &plan), Ok(()), "{request:?}");
            assert!(!plan.groups.is_empty());
            plans += 1;
        }
    }
    assert!(plans > 1500, "only {plans} plans");
}

#[test]
fn the_second_look_sees_every_kind_of_fault() {
    let free = [Free::Yes, Free::No];
    let people = (0..8).map(|i| person(i, &[0.1], &free)).collect();
    let mut request = request(people, 2, 3, 4, 4);
    request.slots[0].groups = 2;
    let good = seat(&request).unwrap();
    assert_eq!(check(&request, &good), Ok(()));
    let faults: [fn(&mut Plan); 8] = [
        |plan| plan.groups[0].slot = 1,
        |plan| plan.groups[0].slot = 9,
        |plan| plan.groups[0].language = "zh".to_owned(),
        |plan| plan.groups[0].seats.truncate(2),
        |plan| plan.groups[0].seats[0].person = plan.groups[1].seats[0].person,
        |plan| plan.groups[0].seats[0].reasons.clear(),
        |plan| plan.unplaced.push((0, Unplaced::NoRoom)),
        |plan| plan.groups[0].mix = 101.0,
    ];
    for fault in faults {
        let mut bad = good.clone();
        fault(&mut bad);
        assert!(check(&request, &bad).is_err());
    }
    let mut tight = request.clone();
    tight.slots[0].groups = 1;
    assert!(check(&tight, &good).is_err());
}

/// Groups as sets of keys with the key of their slot, which no order of the input changes.
fn by_keys(request: &Request, plan: &Plan) -> Vec<(String, Vec<String>, u64)> {
    plan.groups
        .iter()
        .map(|group| {
            let people = group.seats.iter().map(|s| request.people[s.person].key.clone());
            (request.slots[group.slot].key.clone(), people.collect(), group.mix.to_bits())
        })
        .collect()
}

#[test]
fn the_order_of_people_and_slots_changes_nothing() {
    let mut rng = Rng::new(5);
    for _ in 0..60 {
        let mut first = random(&mut rng, 18, 4, 4);
        first.steps = 2000;
        let mut second = first.clone();
        rng.shuffle(&mut second.people);
        let mut order: Vec<usize> = (0..4).collect();
        rng.shuffle(&mut order);
        second.slots = order.iter().map(|&slot| first.slots[slot].clone()).collect();
        for person in &mut second.people {
            person.free = order.iter().map(|&slot| person.free[slot]).collect();
        }
        match (seat(&first), seat(&second)) {
            (Ok(a), Ok(b)) => {
                assert_eq!(by_keys(&first, &a), by_keys(&second, &b));
                assert_eq!(a.score, b.score);
            }
            (a, b) => assert_eq!(a.is_err(), b.is_err()),
        }
    }
}

#[test]
fn two_camps_are_split_evenly_over_two_groups() {
    let camps = |i: usize| if i < 6 { [0.0, 0.0, 0.0] } else { [1.0, 1.0, 1.0] };
    let people = (0..12).map(|i| person(i, &camps(i), &[Free::Yes])).collect();
    let request = request(people, 1, 6, 6, 6);
    let plan = seat(&request).unwrap();
    for group in &plan.groups {
        assert_eq!(group.seats.iter().filter(|seat| seat.person < 6).count(), 3);
        assert!(group.mix > 99.9 && group.by_question.iter().all(|(_, mix)| *mix > 99.9));
    }
    assert!(plan.score.gap_closed > 0.999);
}

#[test]
fn thirteen_people_make_two_groups_near_the_target_not_three_small_ones() {
    let people = (0..13).map(|i| person(i, &[0.0], &[Free::Yes, Free::IfNeedBe])).collect();
    let plan = seat(&request(people, 2, 4, 6, 8)).unwrap();
    let mut sizes: Vec<usize> = plan.groups.iter().map(|group| group.seats.len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [6, 7]);
    assert!(plan.groups.iter().all(|group| group.slot == 0));
}

#[test]
fn each_conflict_is_named() {
    let yes = |n: usize| (0..n).map(|i| person(i, &[0.5], &[Free::Yes])).collect::<Vec<_>>();
    let error = |request: &Request| seat(request).unwrap_err().first().clone();
    assert_eq!(error(&request(yes(0), 1, 4, 5, 6)), Clash::NoPeople);
    let few = Clash::TooFewPeople { people: 1, low: 4 };
    assert_eq!(error(&request(yes(1), 1, 4, 5, 6)), few);
    assert_eq!(error(&request(yes(8), 0, 4, 5, 6)), Clash::NoSlots);
    let odd = Clash::Size { people: 7, low: 4, high: 6 };
    assert_eq!(error(&request(yes(7), 1, 4, 5, 6)), odd);
    for (low, target, high) in [(0, 1, 2), (3, 2, 4), (3, 5, 4)] {
        assert_eq!(error(&request(yes(8), 1, low, target, high)), Clash::BadSize);
    }
    let nobody = (0..8).map(|i| person(i, &[], &[Free::No])).collect();
    assert_eq!(error(&request(nobody, 1, 4, 5, 6)), Clash::NobodyFree);
    let apart = (0..5).map(|i| {
        person(i, &[], &[[Free::Yes, Free::No], [Free::No, Free::Yes]][usize::from(i > 1)])
    });
    let apart = request(apart.collect(), 2, 4, 5, 6);
    assert_eq!(error(&apart), Clash::NoSharedSlot { best_slot: 1, free: 3, low: 4 });
}

#[test]
fn everybody_without_a_seat_hears_why() {
    let mut people: Vec<Person> =
        (0..6).map(|i| person(i, &[0.5], &[Free::Yes, Free::No, Free::No])).collect();
    people.push(person(6, &[], &[Free::No, Free::No, Free::Yes]));
    people.push(person(7, &[], &[Free::No, Free::Yes, Free::No]));
    people.push(person(8, &[], &[Free::No, Free::Yes, Free::No]));
    people.push(person(9, &[], &[Free::Yes, Free::Yes, Free::No]));
    people[9].languages = vec!["fi".to_owned()];
    let mut request = request(people, 3, 3, 4, 4);
    request.slots[0].groups = 1;
    request.slots[2].groups = 0;
    let plan = seat(&request).unwrap();
    assert_eq!(check(&request, &plan), Ok(()));
    let rest: Vec<Unplaced> = plan.unplaced.iter().map(|(_, why)| *why).collect();
    let alone = Unplaced::NoSharedSlot { shared: 1, needed: 2 };
    assert_eq!(rest.len(), 6);
    assert_eq!(rest[..2], [Unplaced::NoRoom; 2]);
    assert_eq!(rest[2..], [Unplaced::NoSlot, alone, alone, Unplaced::NoLanguage]);
}

#[test]
fn reasons_name_the_time_first_and_then_the_telling_view() {
    let mut people: Vec<Person> =
        (0..4).map(|i| person(i, &[0.2, 0.2, 0.5], &[Free::Yes, Free::No])).collect();
    people[3] = person(3, &[0.3, 1.0, 0.5], &[Free::IfNeedBe, Free::IfNeedBe]);
    let plan = seat(&request(people, 2, 4, 4, 4)).unwrap();
    let seats = &plan.groups[0].seats;
    assert_eq!(seats[0].reasons[0], Reason::OnlySlot { slot: 0 });
    let time = Reason::SharedSlot { slot: 0, could: 2, if_need_be: true };
    assert_eq!(seats[3].reasons[0], time);
    let Reason::Adds { dimension, value, group_mean } = seats[3].reasons[1] else { panic!() };
    assert_eq!((dimension, value), (1, 1.0));
    assert!((group_mean - 0.2).abs() < 1e-9 && seats[3].reasons.len() == 2);
    assert!(seats.iter().all(|seat| seat.elsewhere.is_none()));
}
