//! Lines to agree with, disagree with or pass on. A line without a vote is unseen, not passed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::domain::fields::Fields;
use crate::domain::question::Line;

/// A list of statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statements {
    /// The statements, in order.
    pub statements: Vec<Line>,
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
    pub(super) fn read(
        &self,
        fields: &Fields,
        name: &str,
    ) -> Result<Option<BTreeMap<String, Vote>>, Problem> {
        let mut votes = BTreeMap::new();
        for line in &self.statements {
            let Some(typed) = fields.filled(&format!("{name}.{}", line.key)) else { continue };
            let vote = Vote::ALL.into_iter().find(|vote| vote.key() == typed);
            votes.insert(line.key.clone(), vote.ok_or(Problem::NotOffered)?);
        }
        Ok((!votes.is_empty()).then_some(votes))
    }
}
