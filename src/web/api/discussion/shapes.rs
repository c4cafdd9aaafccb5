//! Discussions as programs read and write them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::{GroupId, HostId, ParticipantId, ResponseId};
use crate::web::api::words::{Bond, Format, Rsvp, Searching};

/// How a discussion is held, as a whole.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// What the appointment is called; left out: as the questionnaire.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub title: String,
    /// A room, or an address to click, where a time has none of its own.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub place: String,
    /// How long, in minutes.
    #[schema(minimum = 10, maximum = 1440, example = 90)]
    pub minutes: i32,
    /// One group each, several rounds, or all together first.
    pub format: Format,
    /// How many rounds, 2 to 12 where there are several; otherwise it means nothing.
    #[serde(default = "three")]
    #[schema(minimum = 1, maximum = 12)]
    pub rounds: i32,
    /// The fewest people in a group.
    #[schema(minimum = 1, maximum = 60, example = 4)]
    pub low: i32,
    /// The best number.
    #[schema(minimum = 2, maximum = 60, example = 5)]
    pub target: i32,
    /// The most.
    #[schema(minimum = 2, maximum = 60, example = 6)]
    pub high: i32,
    /// What the search goes by chance.
    #[serde(default = "one")]
    pub seed: i64,
    /// The clock on which times are told.
    #[schema(max_length = 60, example = "Europe/Berlin")]
    pub zone: String,
    /// When groups can meet.
    #[schema(max_items = 400)]
    pub times: Vec<TimeAsked>,
    /// Who leads.
    #[serde(default)]
    #[schema(max_items = 400)]
    pub hosts: Vec<Host>,
    /// Who sits with whom, and who does not.
    #[serde(default)]
    #[schema(max_items = 400)]
    pub rules: Vec<Rule>,
    /// The keys of the questions whose answers are mixed; left out: every one that can be.
    pub mix_by: Option<Vec<String>>,
    /// Tags that nobody should carry alone in a group.
    #[serde(default)]
    pub nobody_alone: Vec<String>,
    /// The keys of questions with one choice: nobody should be the only one of a group with theirs.
    #[serde(default)]
    pub nobody_alone_by: Vec<String>,
    /// Whether groups should be divided to the same degree.
    #[serde(default)]
    pub fair: bool,
    /// Whether to search for long.
    #[serde(default)]
    pub long: bool,
    /// Whether those who never said when they can come count as able to; left out: only where
    /// there is one time.
    pub silent_can: Option<bool>,
}

fn three() -> i32 {
    3
}

fn one() -> i64 {
    1
}

/// A time at which groups can meet.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeAsked {
    /// When.
    pub starts_at: DateTime<Utc>,
    /// How long, if not as the discussion.
    #[schema(minimum = 10, maximum = 1440)]
    pub minutes: Option<i32>,
    /// How many groups.
    #[schema(minimum = 1, maximum = 1000, example = 3)]
    pub groups: i32,
    /// Rooms or links, a line each.
    #[serde(default)]
    #[schema(max_length = 4000)]
    pub place: String,
    /// The only language there.
    #[schema(max_length = 35)]
    pub language: Option<String>,
}

/// A participant: as such, or as the respondent who is to become one.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Known already.
    pub participant: Option<ParticipantId>,
    /// By the response.
    pub response: Option<ResponseId>,
}

/// One who leads groups.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Which of those who were there before; left out: a new one.
    pub id: Option<HostId>,
    /// A participant, who then sits in the group, too.
    pub person: Option<Person>,
    /// What somebody else is called.
    #[serde(default)]
    #[schema(max_length = 120)]
    pub name: String,
    /// Where they get mail.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub address: String,
    /// What they can lead in, as language tags.
    #[serde(default)]
    pub languages: Vec<String>,
    /// How many groups at most.
    #[schema(minimum = 1, maximum = 100)]
    pub most: i32,
}

/// Who sits with whom, or does not.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Together or apart.
    pub bond: Bond,
    /// Who.
    #[schema(min_items = 2)]
    pub people: Vec<Person>,
}

/// A discussion as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Discussion {
    /// What the appointment is called.
    pub title: String,
    /// Where, where a time has no place of its own.
    pub place: String,
    /// How long, in minutes.
    pub minutes: i32,
    /// How it is held.
    pub format: Format,
    /// How many rounds.
    pub rounds: i32,
    /// The fewest people in a group.
    pub low: i32,
    /// The best number.
    pub target: i32,
    /// The most.
    pub high: i32,
    /// What the search goes by chance.
    pub seed: i64,
    /// When groups can meet.
    pub times: Vec<TimeAsked>,
    /// Who leads.
    pub hosts: Vec<Host>,
    /// Who sits with whom, and who does not.
    pub rules: Vec<Rule>,
    /// How far the search for a plan is, if one was begun.
    pub search: Option<Search>,
    /// The groups, once there are some.
    pub groups: Vec<Group>,
    /// Participants who have no seat in some round.
    pub waiting: Vec<Seat>,
    /// When the appointments went out.
    pub invited_at: Option<DateTime<Utc>>,
}

/// How far a search for a plan is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Search {
    /// Where it stands.
    pub state: Searching,
    /// Steps that are done.
    pub done: i64,
    /// Steps in all.
    pub of: i64,
    /// What it said, when it failed.
    pub said: String,
}

/// A group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Group {
    /// Names it.
    pub id: GroupId,
    /// Its number, as people are told it.
    pub number: i32,
    /// Its language.
    pub language: String,
    /// When it meets.
    pub starts_at: Option<DateTime<Utc>>,
    /// Where.
    pub place: String,
    /// Who leads it.
    pub host: Option<HostId>,
    /// Who sits in it.
    pub seats: Vec<Seat>,
}

/// A seat.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Seat {
    /// Whose.
    pub participant: ParticipantId,
    /// In which round, from 1.
    pub round: i32,
    /// Whether it is locked.
    pub locked: bool,
    /// Whether they came, once it is known.
    pub attended: Option<bool>,
    /// Why here.
    #[schema(value_type = Object)]
    pub reason: Value,
}

/// A participant.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Participant {
    /// Names them.
    pub id: ParticipantId,
    /// Their response, if they are a respondent.
    pub response: Option<ResponseId>,
    /// What they are called, as far as it may be told.
    pub name: Option<String>,
    /// Where they get mail.
    pub address: Option<String>,
    /// What they speak.
    pub languages: Vec<String>,
    /// What marks them.
    pub tags: Vec<String>,
    /// Whether they were added by hand.
    pub added_by_hand: bool,
    /// What they answered to the invitation.
    pub rsvp: Rsvp,
    /// When they were asked when they can come.
    pub asked_at: Option<DateTime<Utc>>,
    /// When they left.
    pub left_at: Option<DateTime<Utc>>,
}

/// How groups are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HowToMake {
    /// From nothing, as now asked.
    Anew,
    /// From nothing, but for locked seats.
    Again,
    /// As little as can be is changed.
    Mend,
}

/// Groups to be made.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeGroups {
    /// How.
    pub manner: HowToMake,
}

/// A change of the plan by hand.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangePlan {
    /// People sit elsewhere in a round.
    Move {
        /// Who goes where.
        people: Vec<MovePerson>,
        /// In which round, from 1.
        #[serde(default = "first")]
        #[schema(minimum = 1, maximum = 12)]
        round: i32,
    },
    /// A seat is locked, or set free.
    Lock {
        /// Whose.
        participant: ParticipantId,
        /// Whether it is to be locked.
        locked: bool,
    },
    /// All seats of a group are locked, or set free.
    LockGroup {
        /// Which.
        group: GroupId,
        /// Whether they are to be locked.
        locked: bool,
    },
    /// The last change is taken back.
    Undo {},
    /// What was taken back last is done again.
    Redo {},
}

fn first() -> i32 {
    1
}

/// Where somebody goes.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MovePerson {
    /// Who.
    pub participant: ParticipantId,
    /// Into which group; left out: they have no seat.
    pub group: Option<GroupId>,
}
