//! Hostile requests, and places that are short.

use super::*;
use std::collections::BTreeSet;

#[test]
fn hostile_numbers_do_no_harm() {
    let odd = [f64::NAN, f64::INFINITY, -5.0, 1e300];
    let mut people: Vec<Person> =
        (0..9).map(|i| person(i, &[odd[i % 4]; 3], &[Free::Yes])).collect();
    people[0].views.clear();
    let mut request = request(people, 1, 2, 3, usize::MAX);
    request.dimensions = odd[..3].iter().map(|&weight| Dimension { weight, question: 0 }).collect();
    request.fairness = f64::NAN;
    for steps in [0, 1, 5000] {
        request.steps = steps;
        let plan = seat(&request).unwrap();
        assert_eq!(check(&request, &plan), Ok(()));
    }
    request.size = Size { low: 1, target: usize::MAX, high: usize::MAX };
    assert_eq!(check(&request, &seat(&request).unwrap()), Ok(()));
}

#[test]
fn seats_differ_with_the_seed_when_places_are_short() {
    let people = (0..8).map(|i| person(i, &[0.5], &[Free::Yes])).collect();
    let mut request = request(people, 1, 4, 4, 4);
    request.slots[0].groups = 1;
    let mut seen = BTreeSet::new();
    for seed in 0..40 {
        request.seed = seed;
        seen.extend(seat(&request).unwrap().groups[0].seats.iter().map(|seat| seat.person));
    }
    assert_eq!(seen.len(), 8);
}
