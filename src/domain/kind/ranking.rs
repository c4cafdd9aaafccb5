//! Options in the order that the reader gives them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Problem, digits};
use crate::domain::fields::Fields;
use crate::domain::question::Line;

/// Options to rank. Not all have to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RankingQuestion)]
pub struct Ranking {
    /// What can be ranked.
    pub options: Vec<Line>,
}

impl Ranking {
    /// Keys from the first place on. Places may have gaps: only the order counts.
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Result<Option<Vec<String>>, Problem> {
        let mut placed: Vec<(u32, &str)> = vec![];
        for line in &self.options {
            let Some(typed) = fields.filled(&format!("{name}.{}", line.key)) else { continue };
            let place = digits::plain(typed).and_then(|text| text.parse().ok());
            let place = place.ok_or_else(|| Problem::NoNumber(typed.to_owned()))?;
            if placed.iter().any(|(other, _)| *other == place) {
                return Err(Problem::SamePlace(place));
            }
            placed.push((place, &line.key));
        }
        placed.sort_unstable();
        let keys: Vec<String> = placed.into_iter().map(|(_, key)| key.to_owned()).collect();
        Ok((!keys.is_empty()).then_some(keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_order_counts_and_no_place_is_taken_twice() {
        let kind = Ranking { options: Line::numbered("o", ["A", "B", "C"]) };
        let read = |body: &str| kind.read(&Fields::parse(body.as_bytes()), "r");
        let keys = |keys: &[&str]| Ok(Some(keys.iter().map(|k| (*k).to_owned()).collect()));
        assert_eq!(read("r.o1=3&r.o2=1&r.o3=2"), keys(&["o2", "o3", "o1"]));
        assert_eq!(read("r.o1=7&r.o3=%EF%BC%92"), keys(&["o3", "o1"]));
        assert_eq!(read("r.o1=&r.o9=1"), Ok(None));
        assert_eq!(read("r.o1=1&r.o2=1"), Err(Problem::SamePlace(1)));
        assert_eq!(read("r.o1=first"), Err(Problem::NoNumber("first".to_owned())));
    }
}
