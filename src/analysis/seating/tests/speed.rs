//! Larger cases: all are seated, and the mix is far above chance. Times are printed by hand runs.

use super::super::problem::real;
use super::*;

fn crowd(people: usize, slots: usize, seed: u64) -> Request {
    let mut rng = Rng::new(seed);
    let people: Vec<Person> = (0..people)
        .map(|i| {
            let views: Vec<f64> = (0..10).map(|_| real(rng.below(2))).collect();
            let free: Vec<Free> = (0..slots)
                .map(|_| [Free::Yes, Free::IfNeedBe, Free::No, Free::No][rng.below(4)])
                .collect();
            person(i, &views, &free)
        })
        .collect();
    let steps = steps_for(people.len());
    Request { steps, ..request(people, slots, 4, 5, 6) }
}

fn look(request: &Request) -> Plan {
    let start = std::time::Instant::now();
    let plan = seat(request).unwrap();
    let seated: usize = plan.groups.iter().map(|group| group.seats.len()).sum();
    eprintln!(
        "{} people, {} slots: {:?}, {seated} seated, {} groups, diversity {:.3}, score {:.3}",
        request.people.len(),
        request.slots.len(),
        start.elapsed(),
        plan.groups.len(),
        plan.score.gap_closed,
        plan.score.value
    );
    assert_eq!(check(request, &plan), Ok(()));
    plan
}

#[test]
fn thirty_six_people_sit_and_mix_well_at_six_slots() {
    let request = crowd(36, 6, 11);
    let plan = look(&request);
    let never = request.people.iter().filter(|p| p.free.iter().all(|f| *f == Free::No)).count();
    assert_eq!(plan.unplaced.len(), never);
    assert!(plan.score.gap_closed > 0.5, "{}", plan.score.gap_closed);
}

#[test]
#[ignore = "minutes without optimisation: a hand run with --release"]
fn five_hundred_people_sit() {
    assert!(look(&crowd(500, 20, 12)).unplaced.len() < 10);
}
