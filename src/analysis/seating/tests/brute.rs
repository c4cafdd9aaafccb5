//! What is best, found by trying everything.

use super::*;

/// Most people who can sit: each goes to a cell or nowhere; a cell's people must divide into
/// groups, and the groups of a slot must fit its cap.
fn most_seated(request: &Request) -> usize {
    let languages = ["en", "zh"];
    let slots = request.slots.len();
    let mut counts = vec![0_usize; slots * 2];
    let mut best = 0;
    walk(request, &languages, 0, &mut counts, &mut best);
    best
}

fn walk(
    request: &Request,
    languages: &[&str; 2],
    at: usize,
    counts: &mut [usize],
    best: &mut usize,
) {
    let Size { low, high, .. } = request.size;
    if at == request.people.len() {
        let fits = request.slots.iter().enumerate().all(|(s, slot)| {
            let needed = [counts[2 * s], counts[2 * s + 1]].map(|people| {
                let groups = people.div_ceil(high);
                if groups * low <= people { Some(groups) } else { None }
            });
            matches!(needed, [Some(a), Some(b)] if a + b <= slot.groups)
        });
        if fits {
            *best = (*best).max(counts.iter().sum());
        }
        return;
    }
    walk(request, languages, at + 1, counts, best);
    let person = &request.people[at];
    for slot in 0..request.slots.len() {
        for (l, language) in languages.iter().enumerate() {
            let speaks = person.languages.iter().any(|spoken| spoken == language);
            if speaks && person.free[slot] != Free::No {
                counts[2 * slot + l] += 1;
                walk(request, languages, at + 1, counts, best);
                counts[2 * slot + l] -= 1;
            }
        }
    }
}

#[test]
fn as_many_sit_as_trying_everything_can_seat() {
    let mut rng = Rng::new(2);
    let mut plans = 0;
    for _ in 0..600 {
        let (people, slots) = (2 + rng.below(6), 1 + rng.below(3));
        let request = random(&mut rng, people, slots, 2);
        let best = most_seated(&request);
        match seat(&request) {
            Ok(plan) => {
                let seated: usize = plan.groups.iter().map(|group| group.seats.len()).sum();
                assert_eq!(seated, best, "{request:?}");
                plans += 1;
            }
            // A number that does not divide is a conflict by itself, though some could sit.
            Err(conflict) => match conflict.first() {
                Clash::Size { .. } => assert!(best < people),
                clash => assert_eq!(best, 0, "{clash:?}"),
            },
        }
    }
    assert!(plans > 200, "only {plans} plans");
}

/// Sum over two groups of the mean-scaled distances, straight from the definition.
fn value(request: &Request, groups: &[Vec<usize>]) -> f64 {
    let far = |a: usize, b: usize| -> f64 {
        let (a, b) = (&request.people[a].views, &request.people[b].views);
        a.iter()
            .zip(b)
            .zip(&request.dimensions)
            .map(|((x, y), d)| d.weight * (x.unwrap() - y.unwrap()).abs())
            .sum()
    };
    groups
        .iter()
        .map(|group| {
            let sum: f64 = group
                .iter()
                .flat_map(|&a| group.iter().filter(move |&&b| b < a).map(move |&b| (a, b)))
                .map(|(a, b)| far(a, b))
                .sum();
            sum / f64::from(u8::try_from(group.len()).unwrap())
        })
        .sum()
}

#[test]
fn two_groups_are_as_diverse_as_trying_everything_finds() {
    let mut rng = Rng::new(3);
    for round in 0..60 {
        let count = 8 + round % 2;
        let people = (0..count)
            .map(|i| {
                let views: Vec<f64> = (0..4).map(|_| rng.unit()).collect();
                person(i, &views, &[Free::Yes])
            })
            .collect();
        let mut request = request(people, 1, 4, 4, 5);
        request.fairness = 0.0;
        request.seed = u64::try_from(round).unwrap();
        let mut best = f64::MIN;
        for mask in 0_u32..1 << count {
            if mask.count_ones() == 4 {
                let (a, b) = (0..count).partition(|i| mask >> i & 1 == 1);
                best = best.max(value(&request, &[a, b]));
            }
        }
        let plan = seat(&request).unwrap();
        let found: Vec<Vec<usize>> = plan
            .groups
            .iter()
            .map(|group| group.seats.iter().map(|seat| seat.person).collect())
            .collect();
        assert_eq!(found.len(), 2);
        assert!(
            (value(&request, &found) - best).abs() < 1e-9,
            "round {round}: {} {best} {found:?}",
            value(&request, &found)
        );
    }
}

#[test]
fn few_sit_at_a_time_they_would_rather_not() {
    // Six people, two slots: everybody can sit gladly only if each slot gets its own three.
    let mut rng = Rng::new(4);
    let mut order: Vec<usize> = (0..6).collect();
    for _ in 0..20 {
        rng.shuffle(&mut order);
        let people = order
            .iter()
            .enumerate()
            .map(|(i, &place)| {
                let first = [Free::Yes, Free::IfNeedBe];
                let second = [Free::IfNeedBe, Free::Yes];
                person(i, &[rng.unit()], if place < 3 { &first } else { &second })
            })
            .collect();
        let request = request(people, 2, 3, 3, 6);
        let plan = seat(&request).unwrap();
        for group in &plan.groups {
            for seat in &group.seats {
                assert_eq!(request.people[seat.person].free[group.slot], Free::Yes);
            }
        }
    }
}
