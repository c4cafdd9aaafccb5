//! Lines to agree with, disagree with or pass on. A line without a vote is unseen, not passed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Ballot, Problem};
use crate::domain::fields::Fields;
use crate::domain::question::Line;

/// A list of statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StatementsQuestion)]
pub struct Statements {
    /// The statements, in order.
    pub statements: Vec<Line>,
    /// Whether readers may add a statement of their own. Others see it only after the organizer
    /// has put it on the form.
    #[serde(default)]
    pub own: bool,
    /// Whether they are shown one after the other where the browser can.
    #[serde(default)]
    pub one_by_one: bool,
}

/// The part of a field's name under which a reader's own statements come.
pub const OWN: &str = "own";
/// At most so many statements of one's own.
const MOST_OWN: usize = 3;

/// What one respondent says of the statements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// Votes by statement key; unseen statements are left out.
    pub votes: Ballot,
    /// Statements of their own, as they wrote them.
    pub own: Box<[String]>,
}

impl Votes {
    const OWN: &'static str = "+own";

    /// The respondent's own statements, each on one line as it would stand on the form: the same
    /// words are the same statement, however they were broken into lines.
    pub fn proposed(&self) -> impl Iterator<Item = String> {
        let lines = self.own.iter().map(|text| text.split_whitespace().collect::<Vec<_>>());
        lines.map(|words| words.join(" ")).filter(|text| !text.is_empty())
    }
}

/// Kept as one object of votes by key, as it was before there were own statements: those stand
/// under a name that no statement's key has.
impl Serialize for Votes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        for (key, vote) in self.votes.iter() {
            map.serialize_entry(key, &vote)?;
        }
        if !self.own.is_empty() {
            map.serialize_entry(Self::OWN, &self.own)?;
        }
        map.end()
    }
}

impl PartialSchema for Votes {
    fn schema() -> RefOr<Schema> {
        let says = "`agree`, `disagree` or `pass` by the key of a statement; under `+own` the \
                    statements that the reader added, in a list.";
        let any = AdditionalProperties::FreeForm(true);
        let map = ObjectBuilder::new().description(Some(says)).additional_properties(Some(any));
        Schema::from(map.build()).into()
    }
}

impl ToSchema for Votes {}

impl<'de> Deserialize<'de> for Votes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let mut all = BTreeMap::<String, serde_json::Value>::deserialize(deserializer)?;
        let own = all.remove(Self::OWN).map(serde_json::from_value).transpose();
        let votes = all.into_iter().map(|(key, vote)| Ok((key, serde_json::from_value(vote)?)));
        let votes: Result<_, serde_json::Error> = votes.collect();
        Ok(Self {
            votes: votes.map_err(D::Error::custom)?,
            own: own.map_err(D::Error::custom)?.unwrap_or_default(),
        })
    }
}

/// What one respondent says of one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// +1
    Agree,
    /// -1
    Disagree,
    /// 0: seen, and neither.
    Pass,
}

impl Vote {
    /// Every vote, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Agree, Self::Disagree, Self::Pass];

    /// `agree`, `disagree`, `pass`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Pass => "pass",
        }
    }

    /// 1, -1 or 0.
    pub fn sign(self) -> i8 {
        match self {
            Self::Agree => 1,
            Self::Disagree => -1,
            Self::Pass => 0,
        }
    }
}

impl Statements {
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Result<Option<Votes>, Problem> {
        let (mut votes, mut own) = (vec![], vec![]);
        for line in &self.statements {
            let Some(typed) = fields.filled(&format!("{name}.{}", line.key)) else { continue };
            let vote = Vote::ALL.into_iter().find(|vote| vote.key() == typed);
            votes.push((line.key.clone(), vote.ok_or(Problem::NotOffered)?));
        }
        if self.own {
            let field = format!("{name}.{OWN}");
            let typed = fields.all(&field).filter(|text| !text.trim().is_empty());
            own = typed.take(MOST_OWN).map(str::to_owned).collect();
        }
        let given = Votes { votes: votes.into_iter().collect(), own: own.into() };
        Ok((given != Votes::default()).then_some(given))
    }
}
