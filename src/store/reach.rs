//! How often a questionnaire's form was opened and begun, by day. Numbers only: nothing is kept
//! of who it was.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    Set,
};

use super::entity::reach::{ActiveModel, Column, Entity};
use crate::domain::QuestionnaireId;

/// What is counted and not yet written down: opening a form asks the database for nothing. Cheap
/// to clone.
#[derive(Clone, Debug, Default)]
pub struct Counting(Arc<RwLock<HashMap<(QuestionnaireId, NaiveDate), Counts>>>);

#[derive(Debug, Default)]
struct Counts {
    opened: AtomicI64,
    begun: AtomicI64,
}

/// Opened and begun, by questionnaire and day.
pub type Counted = BTreeMap<(QuestionnaireId, NaiveDate), (i64, i64)>;

impl Counting {
    /// The form was opened.
    pub fn opened(&self, id: QuestionnaireId, day: NaiveDate) {
        self.count((id, day), 1, 0);
    }

    /// Somebody began to answer.
    pub fn begun(&self, id: QuestionnaireId, day: NaiveDate) {
        self.count((id, day), 0, 1);
    }

    /// Takes out what was counted since this was last called.
    pub fn take(&self) -> Counted {
        let taken = std::mem::take(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner));
        let numbers = |Counts { opened, begun }| (opened.into_inner(), begun.into_inner());
        taken.into_iter().map(|(of, counts)| (of, numbers(counts))).collect()
    }

    /// Puts back what could not be written down.
    pub fn put_back(&self, counted: Counted) {
        for (of, (opened, begun)) in counted {
            self.count(of, opened, begun);
        }
    }

    fn count(&self, of: (QuestionnaireId, NaiveDate), opened: i64, begun: i64) {
        let add = |counts: &Counts| {
            counts.opened.fetch_add(opened, Ordering::Relaxed);
            counts.begun.fetch_add(begun, Ordering::Relaxed);
        };
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(counts) = known.get(&of) {
            return add(counts);
        }
        drop(known);
        add(self.0.write().unwrap_or_else(PoisonError::into_inner).entry(of).or_default());
    }
}

/// Opened and begun, by day (UTC), oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The day, how often the form was opened on it, and how often an answer was begun.
    pub days: Vec<(NaiveDate, u64, u64)>,
}

impl Reach {
    /// How often the form was opened.
    pub fn opened(&self) -> u64 {
        self.days.iter().map(|(_, opened, _)| opened).sum()
    }

    /// How often an answer was begun.
    pub fn begun(&self) -> u64 {
        self.days.iter().map(|(.., begun)| begun).sum()
    }
}

/// The numbers of one questionnaire.
pub async fn of(db: &impl ConnectionTrait, id: QuestionnaireId) -> Result<Reach, DbErr> {
    let rows = Entity::find()
        .filter(Column::QuestionnaireId.eq(id))
        .order_by_asc(Column::Day)
        .all(db)
        .await?;
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    let days = rows.into_iter().map(|row| (row.day, number(row.opened), number(row.begun)));
    Ok(Reach { days: days.collect() })
}

/// Adds what was counted since it was last added.
pub async fn add(db: &impl ConnectionTrait, counted: &Counted) -> Result<(), DbErr> {
    for ((questionnaire, day), (opened, begun)) in counted {
        let more = |column: Column, by: i64| Expr::col((Entity, column)).add(by);
        Entity::insert(ActiveModel {
            questionnaire_id: Set(*questionnaire),
            day: Set(*day),
            opened: Set(*opened),
            begun: Set(*begun),
        })
        .on_conflict(
            OnConflict::columns([Column::QuestionnaireId, Column::Day])
                .value(Column::Opened, more(Column::Opened, *opened))
                .value(Column::Begun, more(Column::Begun, *begun))
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    }
    Ok(())
}
