//! Who the made-up readers are and when they wrote.

use std::collections::BTreeSet;

use chrono::{TimeDelta, Timelike as _};

use super::{filled, now};
use crate::demo::{Person, SEED};
use crate::domain::Answer;
use crate::domain::consent::Consent;

#[test]
fn nobody_can_be_written_to_by_accident() {
    let mut addresses = BTreeSet::new();
    for person in filled(SEED) {
        if let Some(Answer::Contact(contact)) = person.answers.get(&7)
            && !contact.address.is_empty()
        {
            let (_, host) = contact.address.split_once('@').unwrap();
            assert!(["example.org", "example.net"].contains(&host), "{host}");
            assert!(addresses.insert(contact.address.clone()), "{} twice", contact.address);
        }
    }
    assert_eq!(addresses.len(), 43);
}

#[test]
fn answers_came_in_the_nine_days_before_and_mostly_in_the_evening() {
    let crowd: Vec<Person> = (0..20).flat_map(filled).collect();
    let nine_days = now() - TimeDelta::days(9);
    assert!(crowd.iter().all(|person| nine_days < person.at && person.at < now()));
    let english: Vec<_> = crowd.iter().filter(|person| person.language == "en").collect();
    let late = english.iter().filter(|person| (17..22).contains(&person.at.hour())).count();
    assert!(late * 100 > english.len() * 55, "{late} of {}", english.len());
}

#[test]
fn those_who_join_can_come_at_some_time() {
    for person in filled(SEED) {
        let joins = matches!(person.answers.get(&7),
            Some(Answer::Contact(contact)) if contact.allows(Consent::Join));
        if let (true, Some(Answer::Availability(free))) = (joins, person.answers.get(&6)) {
            assert!(free.values().any(|free| free.key() != "no"));
        }
    }
}

#[test]
fn hardly_anybody_says_it_in_the_very_words_of_another() {
    for place in 0..3 {
        let people = filled(SEED);
        let said: Vec<&Answer> =
            people.iter().filter_map(|person| person.answers.get(&place)).collect();
        let distinct = said
            .iter()
            .filter(|text| said.iter().filter(|other| other == text).count() == 1)
            .count();
        assert!(distinct * 100 >= said.len() * 80, "{distinct} of {}", said.len());
    }
}

#[test]
fn a_few_say_nearly_what_another_said() {
    let people = filled(SEED);
    let plain = |text: &str| -> String {
        text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let said: Vec<String> = super::texts(&people).map(plain).filter(|t| t.len() > 90).collect();
    let within = |text: &&String| said.iter().filter(|other| other.contains(*text)).count() > 1;
    let repeated = said.iter().filter(within).count();
    assert!((2..said.len() / 4).contains(&repeated), "{repeated} of {}", said.len());
}
