//! What is inside a sealed row: a whole submission, as long as every other.

use std::collections::BTreeMap;

use sea_orm::ActiveEnum as _;
use serde::{Deserialize, Serialize};

use crate::domain::status::Standing;
use crate::domain::{Answer, QuestionId, ResponseId, WordingId};

/// The least size of what is sealed, in bytes: nearly every submission is shorter, so that its
/// length says nothing. A longer one is twice as long, and so on.
const LEAST: usize = 64 * 1024;

/// A submission that waits to be mixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its response's id.
    pub response: ResponseId,
    /// The hash of the link that opens it.
    pub token_hash: String,
    /// How often it was sent with another text, from 1.
    pub number: i32,
    /// Whether it counts, as the table would say it.
    standing: String,
    /// What was answered.
    pub answers: BTreeMap<QuestionId, (WordingId, Answer)>,
}

impl Waiting {
    /// A submission as it is sealed. Who somebody is does not belong in it.
    pub fn new(
        response: ResponseId,
        token_hash: &str,
        standing: Standing,
        answers: &BTreeMap<QuestionId, (WordingId, Answer)>,
    ) -> Self {
        let mut answers = answers.clone();
        answers.retain(|_, (_, answer)| !matches!(answer, Answer::Contact(_)));
        let (token_hash, standing) = (token_hash.to_owned(), standing.to_value());
        Self { response, token_hash, number: 1, standing, answers }
    }

    /// Whether it counts.
    pub fn standing(&self) -> Standing {
        Standing::try_from_value(&self.standing).unwrap_or(Standing::Counted)
    }

    /// As bytes, with as many spaces behind as hide the length.
    pub fn padded(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec(self)?;
        let mut size = LEAST;
        while size < bytes.len() {
            size = size.saturating_mul(2);
        }
        bytes.resize(size, b' ');
        Ok(bytes)
    }

    /// What [`Self::padded`] made bytes of.
    pub fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::kind::ContactAnswer;

    fn saying(text: &str) -> Waiting {
        let name = |number| Uuid::from_u128(number);
        let contact = ContactAnswer { name: "Ada".to_owned(), ..Default::default() };
        let answers = BTreeMap::from([
            (QuestionId(name(1)), (WordingId(name(2)), Answer::Open(text.to_owned()))),
            (QuestionId(name(3)), (WordingId(name(4)), Answer::Contact(Box::new(contact)))),
        ]);
        Waiting::new(ResponseId(name(5)), "hash", Standing::Held, &answers)
    }

    #[test]
    fn a_short_and_a_long_text_are_equally_long_when_sealed() {
        let lengths = ["no", &"Because. ".repeat(1000), &"因为".repeat(8000)]
            .map(|text| saying(text).padded().unwrap().len());
        assert_eq!(lengths, [LEAST; 3]);
        assert_eq!(saying(&"x".repeat(LEAST)).padded().unwrap().len(), 2 * LEAST);
    }

    #[test]
    fn what_was_sealed_is_read_again_without_who_it_was() {
        let waiting = saying("“quoted”\n\u{1F600}");
        assert_eq!(Waiting::read(&waiting.padded().unwrap()).unwrap(), waiting);
        assert_eq!(waiting.answers.len(), 1);
        assert_eq!(waiting.standing(), Standing::Held);
    }
}
