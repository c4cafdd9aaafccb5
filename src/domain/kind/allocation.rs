//! Points shared among options: "what bets would you make?"

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Amount, Problem, digits};
use crate::domain::fields::Fields;
use crate::domain::question::Line;

/// The key of "something else".
pub const OTHER: &str = "other";

/// Points to share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AllocationQuestion)]
pub struct Allocation {
    /// What can be bet on.
    pub options: Vec<Line>,
    /// Whether "something else" takes points too.
    #[serde(default)]
    pub other: bool,
    /// How many points there are, 100 by default.
    #[serde(default = "hundred")]
    pub total: u32,
}

fn hundred() -> u32 {
    100
}

/// How one respondent shared the points. They may keep some back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Shares {
    /// Points by option key, [`OTHER`] included; options without points are left out.
    pub points: BTreeMap<String, u32>,
    /// What "something else" is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
}

impl Allocation {
    /// The keys that take points, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let other = self.other.then_some(OTHER);
        self.options.iter().map(|line| line.key.as_str()).chain(other)
    }

    pub(super) fn read(&self, fields: &Fields, name: &str) -> Result<Option<Shares>, Problem> {
        let mut shares = Shares::default();
        for key in self.keys() {
            let Some(typed) = fields.filled(&format!("{name}.{key}")) else { continue };
            let number = digits::plain(typed).and_then(|text| text.parse::<Amount>().ok());
            let number = number.ok_or_else(|| Problem::NoNumber(typed.to_owned()))?;
            // Whole points only, but nobody is sent back for writing "30.0".
            let whole = number.is_whole().then(|| number.to_string().parse().ok()).flatten();
            let points: u32 = whole.ok_or_else(|| Problem::NoNumber(typed.to_owned()))?;
            if points > 0 {
                shares.points.insert(key.to_owned(), points);
            }
        }
        let text = if self.other { fields.filled(&format!("{name}.{OTHER}.text")) } else { None };
        shares.other = text.map(str::to_owned);
        let given = shares.points.values().fold(0, |sum: u32, p| sum.saturating_add(*p));
        if given > self.total {
            return Err(Problem::TooMany { given, total: self.total });
        }
        Ok((shares != Shares::default()).then_some(shares))
    }
}
