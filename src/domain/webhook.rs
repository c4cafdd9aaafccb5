//! What other programs are told, in the format of Standard Webhooks (standardwebhooks.com):
//! which events there are, how they are signed, and how long they are tried.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use utoipa::ToSchema;

/// Something that happens to a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum Event {
    /// Readers can answer it.
    #[serde(rename = "questionnaire.published")]
    QuestionnairePublished,
    /// Readers can no longer answer it.
    #[serde(rename = "questionnaire.closed")]
    QuestionnaireClosed,
    /// Somebody answered.
    #[serde(rename = "response.submitted")]
    ResponseSubmitted,
    /// Somebody changed their answers.
    #[serde(rename = "response.changed")]
    ResponseChanged,
    /// Somebody erased their answers.
    #[serde(rename = "response.erased")]
    ResponseErased,
    /// A brief can be read by everybody.
    #[serde(rename = "brief.published")]
    BriefPublished,
    /// An echo can be read by everybody.
    #[serde(rename = "echo.published")]
    EchoPublished,
    /// The organizer looks whether it works. Nobody chooses it.
    #[serde(skip_deserializing, rename = "test")]
    Test,
}

impl Event {
    /// Those that can be chosen, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::QuestionnairePublished,
        Self::QuestionnaireClosed,
        Self::ResponseSubmitted,
        Self::ResponseChanged,
        Self::ResponseErased,
        Self::BriefPublished,
        Self::EchoPublished,
    ];

    /// Its name in the `type` of what is told.
    pub fn word(self) -> &'static str {
        match self {
            Self::QuestionnairePublished => "questionnaire.published",
            Self::QuestionnaireClosed => "questionnaire.closed",
            Self::ResponseSubmitted => "response.submitted",
            Self::ResponseChanged => "response.changed",
            Self::ResponseErased => "response.erased",
            Self::BriefPublished => "brief.published",
            Self::EchoPublished => "echo.published",
            Self::Test => "test",
        }
    }

    /// The event that a word means.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }

    /// Whether it tells that one person did something. Of anonymous questionnaires that is never
    /// told: the moment alone would say who it was to whoever sees her write.
    pub fn is_of_one(self) -> bool {
        matches!(self, Self::ResponseSubmitted | Self::ResponseChanged | Self::ResponseErased)
    }
}

/// How far telling has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Telling {
    /// It is due, or will be.
    Waiting,
    /// The other side took it.
    Told,
    /// The webhook was switched off before.
    Paused,
    /// It was tried as often as it is tried.
    GivenUp,
}

/// How long after each attempt that failed the next one is made, in seconds; after the last one
/// there is none. The times that the specification recommends.
const WAITS: [i64; 7] = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

/// How long an old secret goes on signing beside the new one.
pub const BOTH_SIGN: TimeDelta = TimeDelta::hours(24);

/// When to try again after so many attempts; `None`: not any more.
pub fn next_attempt(attempts: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let before = usize::try_from(attempts).ok()?.checked_sub(1)?;
    WAITS.get(before).map(|seconds| now + TimeDelta::seconds(*seconds))
}

/// A secret as the other side is given it.
pub fn written(secret: &[u8; 32]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

/// The signatures of what is told, for the header `webhook-signature`: one by each secret.
pub fn signatures(secrets: &[[u8; 32]], id: &str, seconds: i64, body: &str) -> String {
    let sign = |secret: &[u8; 32]| {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104)")]
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key");
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    };
    secrets.iter().map(sign).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_that_others_make() {
        // The example of the specification's libraries (standardwebhooks 1.0, tests of each).
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
        mac.update(b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}");
        let made = STANDARD.encode(mac.finalize().into_bytes());
        assert_eq!(made, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = signatures(&[[1; 32], [2; 32]], "msg_1", 1, "{}");
        assert_eq!(both.split(' ').count(), 2);
        assert!(both.split(' ').all(|one| one.starts_with("v1,")));
    }

    #[test]
    fn an_event_has_one_word_everywhere_and_a_test_is_not_chosen() {
        for event in Event::ALL {
            assert_eq!(serde_json::to_value(event).unwrap(), event.word());
            assert_eq!(serde_json::from_value::<Event>(event.word().into()).unwrap(), event);
        }
        assert!(serde_json::from_value::<Event>("test".into()).is_err());
    }

    #[test]
    fn it_is_tried_eight_times_in_28_hours() {
        let now = DateTime::UNIX_EPOCH;
        let waits: Vec<_> = (1..9).map_while(|attempts| next_attempt(attempts, now)).collect();
        assert_eq!(waits.len(), 7);
        let all: i64 = waits.iter().map(DateTime::timestamp).sum();
        assert_eq!(all, 5 + 300 + 1_800 + 7_200 + 18_000 + 36_000 + 36_000);
        assert_eq!(next_attempt(0, now), None);
    }
}
