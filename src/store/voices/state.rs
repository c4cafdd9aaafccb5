//! Whether the responses have changed since they were last read.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use crate::domain::QuestionnaireId;
use crate::domain::status::Standing;
use crate::store::entity::response;

/// What tells whether the responses have changed since they were last read: the number, the
/// revisions together, and the latest change, of those that count and of those that do not. The
/// time alone would not do: of anonymous answers it is the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    counted: (i64, i64, Option<DateTime<Utc>>),
    /// How many came too late and do not count.
    pub late: u64,
    others: i64,
}

impl State {
    /// Whether these are those that count: so many responses with so many revisions together,
    /// and so many more of both.
    pub fn is(&self, responses: usize, revisions: i64, more: &(usize, i64)) -> bool {
        usize::try_from(self.counted.0) == Ok(responses + more.0)
            && self.counted.1 == revisions + more.1
    }

    /// Whether as many do not count, for the same reasons, as there.
    pub fn leaves_out_as(&self, other: &Self) -> bool {
        (self.late, self.others) == (other.late, other.others)
    }

    /// How many count.
    pub fn count(&self) -> u64 {
        u64::try_from(self.counted.0).unwrap_or(0)
    }

    /// When one that counts last changed.
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.counted.2
    }
}

/// The present state, in one question to the database that its index can answer.
///
/// # Errors
/// A database that refuses.
pub async fn state(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<State, DbErr> {
    type Row = (Standing, i64, Option<i64>, Option<DateTime<Utc>>);
    let rows: Vec<Row> = response::Entity::find()
        .select_only()
        .column(response::Column::Standing)
        .column_as(response::Column::Id.count(), "responses")
        .column_as(response::Column::Revision.sum(), "states")
        .column_as(response::Column::UpdatedAt.max(), "latest")
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .group_by(response::Column::Standing)
        .into_tuple()
        .all(db)
        .await?;
    let mut state = State::default();
    for (standing, number, revisions, latest) in rows {
        if Standing::COUNT.contains(&standing) {
            let (count, sum, last) = &mut state.counted;
            *count += number;
            *sum += revisions.unwrap_or(0);
            *last = Ord::max(*last, latest);
        } else if standing == Standing::Late {
            state.late = u64::try_from(number).unwrap_or(0);
        }
        state.others += if Standing::COUNT.contains(&standing) { 0 } else { number };
    }
    Ok(state)
}
