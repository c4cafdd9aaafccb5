//! One question's part of a response.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::condition::CANNOT_SAY;
use super::fields::Fields;
use super::kind::{Amount, Chosen, ContactAnswer, Free, OTHER, OWN, Shares, Votes};

/// An answer, by the kind of its question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The reader's words.
    Open(String),
    /// One option or their own.
    Single(Chosen),
    /// Options, and perhaps their own.
    Multiple(Chosen),
    /// A point, from 1.
    Scale(u8),
    /// Seen, and no point of the scale chosen on purpose.
    CannotSay,
    /// Votes, and perhaps statements of their own.
    Statements(Votes),
    /// Option keys from the first place on; those that were not ranked are left out.
    Ranking(Vec<String>),
    /// A number.
    Number(Amount),
    /// Points by option key.
    Allocation(Shares),
    /// Slots by key.
    Availability(BTreeMap<String, Free>),
    /// Who they are.
    Contact(Box<ContactAnswer>),
}

impl Answer {
    /// The form fields that say this answer under `name`: the inverse of [`super::Kind::read`],
    /// with which a form is filled for changing.
    pub fn fields(&self, name: &str) -> Fields {
        let one = |value: &str| vec![(name.to_owned(), value.to_owned())];
        let part = |key: &str, value: &str| (format!("{name}.{key}"), value.to_owned());
        let pairs: Vec<(String, String)> = match self {
            Self::Open(text) => one(text),
            Self::Scale(point) => one(&point.to_string()),
            Self::CannotSay => one(CANNOT_SAY),
            Self::Number(number) => one(&number.to_string()),
            Self::Ranking(keys) => (1..)
                .zip(keys)
                .map(|(place, key): (usize, _)| part(key, &place.to_string()))
                .collect(),
            Self::Single(chosen) | Self::Multiple(chosen) => {
                let mut pairs: Vec<_> =
                    chosen.options.iter().map(|key| (name.to_owned(), key.clone())).collect();
                if let Some(other) = &chosen.other {
                    pairs.push((name.to_owned(), "other".to_owned()));
                    pairs.push(part("other", other));
                }
                pairs
            }
            Self::Statements(given) => {
                let votes = given.votes.iter().map(|(key, vote)| part(key, vote.key()));
                votes.chain(given.own.iter().map(|text| part(OWN, text))).collect()
            }
            Self::Availability(free) => {
                free.iter().map(|(key, free)| part(key, free.key())).collect()
            }
            Self::Allocation(shares) => {
                let points = shares.points.iter().map(|(key, p)| part(key, &p.to_string()));
                let other = shares.other.iter().map(|text| part(&format!("{OTHER}.text"), text));
                points.chain(other).collect()
            }
            Self::Contact(contact) => {
                let known = [("name", &contact.name), ("address", &contact.address)];
                let known = known.into_iter().map(|(key, value)| part(key, value));
                known.chain(contact.consents.iter().map(|c| part(c.key(), "yes"))).collect()
            }
        };
        pairs.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::consent::Consent;
    use crate::domain::kind::{
        Allocation, Availability, Contact, Kind, Multiple, Number, Open, Problem, Ranking, Scale,
        Single, Slot, Statements,
    };
    use crate::domain::question::Line;

    fn kinds() -> Vec<Kind> {
        let options = Line::numbered("o", ["A", "B"]);
        vec![
            Kind::Open(Open { long: true, most: None }),
            Kind::Single(Single { options: options.clone(), other: true }),
            Kind::Multiple(Multiple { options: options.clone(), other: true }),
            Kind::Scale(Scale {
                points: 5,
                low: "no".into(),
                high: "yes".into(),
                cannot_say: true,
            }),
            Kind::Statements(Statements {
                statements: Line::numbered("s", ["A", "B"]),
                own: true,
                one_by_one: false,
            }),
            Kind::Allocation(Allocation { options, other: true, total: 100 }),
            Kind::Availability(Availability {
                slots: vec![Slot {
                    key: "t1".into(),
                    start: chrono::DateTime::UNIX_EPOCH,
                    minutes: 90,
                }],
                zone: "Europe/Berlin".into(),
            }),
            Kind::Contact(Contact { consents: Consent::ALL.to_vec() }),
            Kind::Ranking(Ranking { options: Line::numbered("o", ["A", "B"]) }),
            Kind::Number(Number { unit: "years".into(), ..Number::default() }),
            Kind::Scale(Scale { points: 3, cannot_say: true, ..Scale::default() }),
        ]
    }

    fn read(kind: &Kind, body: &str) -> Result<Option<Answer>, Problem> {
        kind.read(&Fields::parse(body.as_bytes()), "a.q1")
    }

    #[test]
    fn every_kind_reads_back_what_it_shows() {
        let filled = [
            "a.q1=Two+lines%0D%0A%F0%9F%98%80",
            "a.q1=other&a.q1.other=mine",
            "a.q1=o2&a.q1=other&a.q1.other=mine",
            "a.q1=4",
            "a.q1.s1=agree&a.q1.s2=pass&a.q1.own=Mine&a.q1.own=Also",
            "a.q1.o1=60&a.q1.other=40&a.q1.other.text=mine",
            "a.q1.t1=if_need_be",
            "a.q1.name=Ada&a.q1.address=ada@example.org&a.q1.join=yes&a.q1.quote_named=yes",
            "a.q1.o2=1&a.q1.o1=2",
            "a.q1=12,5",
            "a.q1=cannot_say",
        ];
        for (kind, body) in kinds().iter().zip(filled) {
            let answer = read(kind, body).unwrap().unwrap();
            assert_eq!(
                kind.read(&answer.fields("a.q1"), "a.q1"),
                Ok(Some(answer.clone())),
                "{body}"
            );
            let stored = serde_json::to_string(&answer).unwrap();
            assert_eq!(serde_json::from_str::<Answer>(&stored).unwrap(), answer);
            let stored = serde_json::to_string(kind).unwrap();
            assert_eq!(&serde_json::from_str::<Kind>(&stored).unwrap(), kind);
        }
    }

    #[test]
    fn nothing_typed_is_no_answer() {
        for kind in kinds() {
            assert_eq!(read(&kind, "a.q1=&a.q1.name=+&x=1"), Ok(None), "{}", kind.word());
        }
    }

    #[test]
    fn what_was_not_offered_is_named() {
        let wrong = [
            (1, "a.q1=o9", Problem::NotOffered),
            (2, "a.q1=o9", Problem::NotOffered),
            (3, "a.q1=6", Problem::NotOffered),
            (4, "a.q1.s1=maybe", Problem::NotOffered),
            (5, "a.q1.o1=many", Problem::NoNumber("many".into())),
            (5, "a.q1.o1=70&a.q1.other=40", Problem::TooMany { given: 110, total: 100 }),
            (6, "a.q1.t1=perhaps", Problem::NotOffered),
            (7, "a.q1.address=ada", Problem::NoAddress),
            (7, "a.q1.join=yes", Problem::AddressMissing),
        ];
        for (kind, body, problem) in wrong {
            assert_eq!(read(&kinds()[kind], body), Err(problem), "{body}");
        }
    }

    #[test]
    fn what_was_kept_before_there_were_own_statements_is_still_read() {
        let votes: Answer = serde_json::from_str(r#"{"statements":{"s1":"agree"}}"#).unwrap();
        let Answer::Statements(votes) = votes else { panic!("{votes:?}") };
        assert_eq!((votes.votes.len(), votes.own.len()), (1, 0));
        let kept = r#"{"prompt":"Why?","kind":"open","long":true}"#;
        let wording: crate::domain::Wording = serde_json::from_str(kept).unwrap();
        assert_eq!(wording.kind, Kind::Open(Open { long: true, most: None }));
        assert_eq!(serde_json::to_string(&wording).unwrap().matches("translations").count(), 0);
    }
}
