//! The mix against brute force, with and without rules.
#![expect(clippy::as_conversions, reason = "a set of at most twenty people is a place in a table")]

use super::*;
use std::collections::BTreeSet;

/// People of each group, by place in the request.
fn groups(plan: &Plan) -> Vec<Vec<usize>> {
    let people = |group: &Group| group.seats.iter().map(|seat| seat.person).collect();
    plan.groups.iter().map(people).collect()
}

/// The best sum of `worth` over groups of `size` that are all of `left` (bits), from the exact
/// recursion over subsets: the first of those left sits with every choice of others.
fn best(left: u32, size: u32, worth: &[Option<f64>], known: &mut [Option<f64>]) -> Option<f64> {
    if left == 0 {
        return Some(0.0);
    }
    if let Some(value) = known[left as usize] {
        return (value > f64::MIN).then_some(value);
    }
    let first = left & left.wrapping_neg();
    let mut most = f64::MIN;
    let rest = left ^ first;
    let mut others = rest;
    while others > 0 {
        if others.count_ones() == size - 1
            && let Some(here) = worth[(others | first) as usize]
            && let Some(there) = best(left ^ others ^ first, size, worth, known)
        {
            most = most.max(here + there);
        }
        others = (others - 1) & rest;
    }
    known[left as usize] = Some(most);
    (most > f64::MIN).then_some(most)
}

/// The best plan by [`best`], with a worth for each group that may be.
fn optimum(people: usize, size: u32, worth: impl Fn(&[usize]) -> Option<f64>) -> Option<f64> {
    let all = 1_u32 << people;
    let of = |bits: u32| {
        let group: Vec<usize> = (0..people).filter(|person| bits >> person & 1 == 1).collect();
        (bits.count_ones() == size).then(|| worth(&group)).flatten()
    };
    let worth: Vec<Option<f64>> = (0..all).map(of).collect();
    best(all - 1, size, &worth, &mut vec![None; worth.len()])
}

/// `W/s` of a group.
fn mixed(request: &Request, group: &[usize]) -> f64 {
    let far = |a: usize, b: usize| -> f64 {
        let (a, b) = (&request.people[a].views, &request.people[b].views);
        let pairs = a.iter().zip(b).zip(&request.dimensions);
        pairs.map(|((x, y), d)| d.weight * (x.unwrap() - y.unwrap()).abs()).sum()
    };
    let pairs = group.iter().flat_map(|&a| group.iter().map(move |&b| (a, b)));
    pairs.map(|(a, b)| far(a, b)).sum::<f64>() / 2.0 / real(group.len())
}

/// Twelve people with four views each, at one time, for groups of `size`.
fn twelve(rng: &mut Rng, size: usize) -> Request {
    let people = (0..12).map(|i| {
        let views: Vec<f64> = (0..4).map(|_| rng.unit()).collect();
        person(i, &views, &[Free::Yes])
    });
    let mut request = request(people.collect(), 1, size, size, size);
    request.fairness = 0.0;
    request.steps = 60_000;
    request.seed = u64::try_from(rng.below(1000)).unwrap();
    request
}

#[test]
fn twelve_people_are_as_diverse_as_the_exact_recursion_finds() {
    let mut rng = Rng::new(6);
    for size in [3, 4, 6, 3, 4] {
        let request = twelve(&mut rng, size);
        let exact = optimum(12, u32::try_from(size).unwrap(), |group| Some(mixed(&request, group)));
        let found = seat(&request).unwrap().score.value;
        assert!((found - exact.unwrap()).abs() < 1e-6, "{found} {exact:?}");
    }
}

#[test]
fn rules_cost_no_more_diversity_than_they_must() {
    let mut rng = Rng::new(7);
    for _ in 0..6 {
        let mut request = twelve(&mut rng, 4);
        let key = |person: usize| format!("r{person:04}");
        let mut order: Vec<usize> = (0..12).collect();
        rng.shuffle(&mut order);
        let together = [vec![order[0], order[1]], vec![order[2], order[3], order[4]]];
        let apart = [(order[0], order[2]), (order[5], order[6]), (order[6], order[7])];
        request.together = together.iter().map(|r| r.iter().map(|&p| key(p)).collect()).collect();
        request.apart = apart.iter().map(|&(a, b)| (key(a), key(b))).collect();
        let keeps = |group: &[usize]| {
            let has = |person: &usize| group.contains(person);
            together.iter().all(|rule| rule.iter().all(has) || !rule.iter().any(has))
                && !apart.iter().any(|(a, b)| has(a) && has(b))
        };
        let exact = optimum(12, 4, |group| keeps(group).then(|| mixed(&request, group))).unwrap();
        let plan = seat(&request).unwrap();
        assert!(groups(&plan).iter().all(|group| keeps(group)));
        assert!((plan.score.value - exact).abs() < 1e-6, "{} {exact}", plan.score.value);
    }
}

#[test]
fn no_more_tags_are_alone_than_must_be_and_then_views_count() {
    let mut rng = Rng::new(8);
    for _ in 0..6 {
        let mut request = twelve(&mut rng, 4);
        request.lone = vec!["rural".to_owned(), "young".to_owned()];
        for person in &mut request.people {
            let tags = request.lone.iter().filter(|_| rng.below(3) == 0);
            person.tags = tags.cloned().collect();
        }
        let carriers = |group: &[usize], tag: &String| {
            group.iter().filter(|&&p| request.people[p].tags.contains(tag)).count()
        };
        // One tag alone outweighs all views.
        let worth = |group: &[usize]| {
            let alone = request.lone.iter().filter(|tag| carriers(group, tag) == 1).count();
            mixed(&request, group) - 1000.0 * real(alone)
        };
        let exact = optimum(12, 4, |group| Some(worth(group))).unwrap();
        let plan = seat(&request).unwrap();
        let found: f64 = groups(&plan).iter().map(|group| worth(group)).sum();
        assert!((found - exact).abs() < 1e-6, "{found} {exact}");
    }
}

#[test]
fn a_fairness_term_lifts_the_group_that_agrees_most() {
    let mut rng = Rng::new(9);
    let (mut plain, mut fair) = (0.0, 0.0);
    for _ in 0..5 {
        let mut request = twelve(&mut rng, 4);
        plain += seat(&request).unwrap().score.worst;
        request.fairness = 16.0;
        fair += seat(&request).unwrap().score.worst;
    }
    assert!(fair > plain + 0.05, "{fair} {plain}");
}

#[test]
fn as_many_threads_as_there_are_find_the_same_plan() {
    let mut rng = Rng::new(10);
    let request = random(&mut rng, 40, 3, 5);
    let alone = seat(&request).unwrap();
    for threads in [1, 2, 4] {
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..threads).map(|_| scope.spawn(|| seat(&request))).collect();
            for run in runs {
                assert_eq!(run.join().unwrap().unwrap(), alone);
            }
        });
    }
}

#[test]
fn a_search_that_is_stopped_answers_with_a_plan_that_breaks_no_rule() {
    let mut rng = Rng::new(11);
    for people in [30, 90] {
        let mut request = random(&mut rng, people, 2, 5);
        request.slots.iter_mut().for_each(|slot| slot.groups = usize::MAX);
        request.size = Size { low: 3, target: 5, high: 7 };
        request.steps = 200_000;
        let whole = seat(&request).unwrap();
        for looks in [0, 3, 60] {
            let mut left = looks;
            let plan = seat_with(&request, &mut |_| {
                left -= 1;
                if left < 0 { Go::Stop } else { Go::On }
            });
            let plan = plan.unwrap();
            assert_eq!(check(&request, &plan), Ok(()));
            assert!(plan.score.placed <= whole.score.placed);
        }
    }
}

/// How many pairs meet again, and how many meetings there are.
fn meetings(plan: &Plan) -> (usize, usize) {
    let pairs = |table: &Vec<usize>| -> Vec<(usize, usize)> {
        let pairs = table.iter().flat_map(|&a| table.iter().map(move |&b| (a, b)));
        pairs.filter(|(a, b)| a < b).collect()
    };
    let all: Vec<(usize, usize)> = plan.rounds.iter().flatten().flat_map(pairs).collect();
    let once: BTreeSet<(usize, usize)> = all.iter().copied().collect();
    (all.len() - once.len(), all.len())
}

fn party(people: usize, tables: usize, rounds: usize, steps: u64) -> Request {
    let people_of = |people: usize| (0..people).map(|i| person(i, &[], &[Free::Yes])).collect();
    let size = people.div_ceil(tables);
    let mut request = request(people_of(people), 1, people / tables, size, size);
    request.slots[0].groups = tables;
    request.rounds = rounds;
    request.steps = steps;
    request
}

#[test]
fn rounds_without_meetings_again_are_found_where_they_are_known_to_exist() {
    for (people, tables, rounds) in [(25, 5, 6), (24, 6, 5), (30, 6, 4), (47, 8, 4)] {
        let request = party(people, tables, rounds, 4_000_000);
        let plan = seat(&request).unwrap();
        assert_eq!(check(&request, &plan), Ok(()));
        assert_eq!(plan.rounds.len(), rounds);
        assert_eq!(meetings(&plan).0, 0, "{people} people, {tables} tables, {rounds} rounds");
    }
}

#[test]
fn as_many_rounds_as_a_prime_number_of_tables_need_no_search() {
    for (people, tables, rounds) in [(20, 5, 5), (35, 7, 7), (33, 7, 7)] {
        let plan = seat(&party(people, tables, rounds, 0)).unwrap();
        assert_eq!(meetings(&plan).0, 0, "{people} people, {tables} tables, {rounds} rounds");
    }
}

#[test]
fn rounds_keep_hosts_pairs_times_and_languages() {
    let mut rng = Rng::new(12);
    let mut plans = 0;
    for _ in 0..300 {
        let people = 8 + rng.below(20);
        let mut request = random(&mut rng, people, 2, 2);
        request.rounds = 3;
        request.steps = 2000;
        for place in 0..people {
            request.people[place].hosts = usize::from(rng.below(3) > 0);
        }
        let key = |rng: &mut Rng| format!("r{:04}", rng.below(people));
        request.together = (0..rng.below(2)).map(|_| vec![key(&mut rng), key(&mut rng)]).collect();
        request.apart = (0..rng.below(5)).map(|_| (key(&mut rng), key(&mut rng))).collect();
        // Nobody who must not meet somebody they must sit with: that is another test's.
        let bound: Vec<String> = request.together.concat();
        request.apart.retain(|(a, b)| !bound.contains(a) || !bound.contains(b));
        if let Ok(plan) = seat(&request) {
            assert_eq!(check(&request, &plan), Ok(()));
            assert_eq!(plan.rounds.len(), 3);
            for round in &plan.rounds {
                for rule in &request.together {
                    let at = |key: &String| {
                        let place = request.people.iter().position(|p| p.key == *key).unwrap();
                        round.iter().position(|table| table.contains(&place))
                    };
                    assert_eq!(at(&rule[0]), at(&rule[1]));
                }
            }
            plans += 1;
        }
    }
    assert!(plans > 60, "only {plans} plans");
}

#[test]
fn further_rounds_mix_views_where_that_makes_nobody_meet_again() {
    let mut request = party(24, 6, 3, 400_000);
    let mut rng = Rng::new(13);
    request.dimensions = vec![Dimension { weight: 1.0, question: 0 }; 2];
    for person in &mut request.people {
        person.views = (0..2).map(|_| Some(real(rng.below(2)))).collect();
    }
    let plan = seat(&request).unwrap();
    assert_eq!(meetings(&plan).0, 0);
    let value =
        |round: &Vec<Vec<usize>>| -> f64 { round.iter().map(|table| mixed(&request, table)).sum() };
    let first = value(&plan.rounds[0]);
    for round in &plan.rounds[1..] {
        assert!(value(round) > 0.9 * first, "{} {first}", value(round));
    }
}
