use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::*;
use crate::domain::consent::Consent;
use crate::domain::kind::{
    Allocation, Availability, Contact, Multiple, OTHER, Open, Scale, Single, Slot, Statements, Vote,
};
use crate::domain::question::Line;

mod people;

const STATEMENTS: [&str; 8] = [
    "It is still far away from the first-tier players such as OpenAI, Anthropic and Google.",
    "Open source is very important.",
    "Today, it is difficult to build a moat at both the model layer and the application layer.",
    "In the end, it may still return to the competition of compute.",
    "The model is the application.",
    "The landing of Agent is more critical.",
    "Companies with abundant GPU resources will still benefit.",
    "Nobody wrote a rule for this line.",
];

fn now() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn asked(prompt: &str, kind: Kind) -> Wording {
    Wording::new(prompt, kind)
}

fn questions() -> Vec<Wording> {
    let open = |prompt: &str| asked(prompt, Kind::Open(Open { long: true, most: None }));
    let options = Line::numbered(
        "o",
        [
            "next generation Transformer architecture",
            "breakthroughs in synthetic data",
            "Online Learning",
        ],
    );
    let slot = |day: i64, hour: i64| Slot {
        key: format!("t{day}_{hour}"),
        start: now() + TimeDelta::days(day) + TimeDelta::hours(hour),
        minutes: 90,
    };
    vec![
        open("Where will the next Aha moment of intelligent breakthrough appear?"),
        open("If you have sufficient exploration resources, in what direction will you invest?"),
        open("For example, synthetic data or Online Learning, what bets would you make?"),
        open("What did we forget?"),
        asked(
            "Bets",
            Kind::Allocation(Allocation { options: options.clone(), other: true, total: 100 }),
        ),
        asked(
            "Stand",
            Kind::Statements(Statements {
                statements: Line::numbered("s", STATEMENTS),
                ..Statements::default()
            }),
        ),
        asked(
            "When",
            Kind::Availability(Availability {
                slots: vec![slot(7, 0), slot(7, 9), slot(12, 2), slot(13, 9)],
                zone: "Europe/Berlin".to_owned(),
            }),
        ),
        asked("Who", Kind::Contact(Contact { consents: Consent::ALL.to_vec() })),
        asked("One", Kind::Single(Single { options: options.clone(), other: true })),
        asked("Some", Kind::Multiple(Multiple { options, other: true })),
        asked(
            "How",
            Kind::Scale(Scale {
                points: 7,
                low: "no".into(),
                high: "yes".into(),
                cannot_say: false,
            }),
        ),
    ]
}

fn filled(seed: u64) -> Vec<Person> {
    let questions = questions();
    people(&questions.iter().collect::<Vec<_>>(), seed, PEOPLE, now()).unwrap()
}

fn texts(people: &[Person]) -> impl Iterator<Item = &str> {
    people.iter().flat_map(|person| person.answers.values()).filter_map(|answer| match answer {
        Answer::Open(text) => Some(text.as_str()),
        _ => None,
    })
}

fn votes(person: &Person) -> BTreeMap<String, Vote> {
    match person.answers.get(&5) {
        Some(Answer::Statements(given)) => {
            given.votes.iter().map(|(key, vote)| (key.to_owned(), vote)).collect()
        }
        _ => BTreeMap::new(),
    }
}

#[test]
fn the_same_seed_gives_the_same_people_and_another_gives_others() {
    assert_eq!(filled(1), filled(1));
    assert_ne!(filled(1), filled(2));
}

#[test]
fn the_shares_are_those_promised() {
    let people = filled(SEED);
    let count = |fits: &dyn Fn(&Person) -> bool| people.iter().filter(|p| fits(p)).count();
    assert_eq!(people.len(), 60);
    assert_eq!(count(&|p| p.language == "zh"), 20);
    assert_eq!(count(&|p| p.camp == Camp::Scale), 24);
    let allows = |p: &Person, consent| match p.answers.get(&7) {
        Some(Answer::Contact(contact)) => contact.allows(consent),
        _ => false,
    };
    assert_eq!(count(&|p| allows(p, Consent::Join)), 36);
    let unreachable = |p: &Person| match p.answers.get(&7) {
        Some(Answer::Contact(contact)) => contact.address.is_empty(),
        _ => true,
    };
    assert_eq!(count(&unreachable), 17);
    let empty = count(&|p| !p.answers.contains_key(&0));
    assert!((2..20).contains(&empty), "{empty} left the first question empty");
}

#[test]
fn every_answer_reads_back_as_it_is() {
    let questions = questions();
    for seed in 0..20 {
        for person in filled(seed) {
            for (place, answer) in person.answers {
                let kind = &questions[place].kind;
                assert_eq!(kind.read(&answer.fields("a"), "a"), Ok(Some(answer)), "{kind:?}");
            }
        }
    }
}

#[test]
fn every_allocation_gives_all_points() {
    for person in (0..20).flat_map(filled) {
        if let Some(Answer::Allocation(shares)) = person.answers.get(&4) {
            assert_eq!(shares.points.values().sum::<u32>(), 100);
            assert_eq!(shares.points.contains_key(OTHER), shares.other.is_some());
        }
    }
}

#[test]
fn camps_can_be_told_from_their_votes() {
    // What each camp means to one seed's people tells the camp of another seed's.
    let mut sums: BTreeMap<(Camp, String), (i32, i32)> = BTreeMap::new();
    for person in filled(1) {
        for (line, vote) in votes(&person) {
            let (sum, count) = sums.entry((person.camp, line)).or_default();
            *sum += 100 * i32::from(vote.sign());
            *count += 1;
        }
    }
    let distance = |person: &Person, camp: Camp| -> i32 {
        let mean =
            |line: &String| sums.get(&(camp, line.clone())).map_or(0, |(sum, count)| sum / count);
        votes(person).iter().map(|(line, v)| (100 * i32::from(v.sign()) - mean(line)).pow(2)).sum()
    };
    let people = filled(2);
    let told = people.iter().filter(|person| {
        let camps = [Camp::Scale, Camp::Open, Camp::Society];
        camps.into_iter().min_by_key(|camp| distance(person, *camp)) == Some(person.camp)
    });
    let told = told.count();
    assert!(told >= 45, "{told} of 60; chance alone would tell about 20");
}

#[test]
fn some_statements_are_passed_and_some_unseen() {
    let all: Vec<_> = filled(SEED).iter().map(votes).filter(|votes| !votes.is_empty()).collect();
    let passed = all.iter().flat_map(BTreeMap::values).filter(|vote| **vote == Vote::Pass).count();
    assert!(passed > 10, "{passed}");
    assert!(all.iter().any(|votes| votes.len() < STATEMENTS.len() - 2));
}

#[test]
fn every_text_is_used_by_somebody() {
    let crowd: Vec<Person> = (0..30).flat_map(filled).collect();
    let mut said: String = texts(&crowd).collect::<Vec<_>>().join("\n\n");
    for answer in crowd.iter().flat_map(|person| person.answers.values()) {
        match answer {
            Answer::Contact(who) => said.extend(["\n", &who.name, " ", &who.address]),
            Answer::Allocation(shares) => said.extend(shares.other.clone()),
            _ => {}
        }
    }
    let script = Script::load().unwrap();
    let mut written: Vec<&String> = vec![];
    for language in ["en", "zh"] {
        for camp in [Camp::Scale, Camp::Open, Camp::Society] {
            written.extend(script.core.values().flat_map(|texts| texts.of(camp).of(language)));
            written.extend(script.closer.of(camp).of(language));
            written.extend(script.other.of(camp).of(language));
        }
        written.extend(script.short.values().flat_map(|texts| texts.of(language)));
        for texts in [&script.careless, &script.opener, &script.aside] {
            written.extend(texts.of(language));
        }
        written.extend(script.names.of(language).iter().flat_map(|(name, local)| [name, local]));
    }
    for text in written {
        assert!(said.contains(text.trim()), "nobody says {text:?}");
    }
}

#[test]
fn questions_that_cannot_be_answered_are_left_out() {
    let nothing: Vec<Line> = vec![];
    let odd = [
        asked("", Kind::Open(Open { long: false, most: None })),
        asked("", Kind::Single(Single { options: nothing.clone(), other: false })),
        asked("", Kind::Multiple(Multiple { options: nothing.clone(), other: false })),
        asked(
            "",
            Kind::Scale(Scale {
                points: 1,
                low: String::new(),
                high: String::new(),
                cannot_say: false,
            }),
        ),
        asked(
            "",
            Kind::Statements(Statements { statements: nothing.clone(), ..Statements::default() }),
        ),
        asked("", Kind::Allocation(Allocation { options: nothing, other: false, total: 100 })),
        asked(
            "",
            Kind::Allocation(Allocation {
                options: Line::numbered("o", ["A"]),
                other: true,
                total: u32::MAX,
            }),
        ),
        asked("", Kind::Availability(Availability { slots: vec![], zone: "Nowhere".to_owned() })),
        asked("", Kind::Contact(Contact { consents: vec![] })),
    ];
    let people = people(&odd.iter().collect::<Vec<_>>(), 3, 40, now()).unwrap();
    for person in people {
        assert!(!person.answers.is_empty());
        for (place, answer) in person.answers {
            assert_eq!(odd[place].kind.read(&answer.fields("a"), "a"), Ok(Some(answer)));
        }
    }
}

#[test]
fn a_single_question_is_answered_by_everybody() {
    let only = asked(
        "Where will the next Aha moment appear?",
        Kind::Open(Open { long: true, most: None }),
    );
    let people = people(&[&only], SEED, PEOPLE, now()).unwrap();
    assert!(people.iter().all(|person| person.answers.len() == 1));
}
