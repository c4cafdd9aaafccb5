//! How often a questionnaire's form was opened and begun, by day. Numbers only: nothing is kept
//! of who it was.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    Set,
};

use super::entity::reach::{ActiveModel, Column, Entity};
use crate::domain::QuestionnaireId;

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
pub async fn add(
    db: &impl ConnectionTrait,
    counted: &BTreeMap<(QuestionnaireId, NaiveDate), (i64, i64)>,
) -> Result<(), DbErr> {
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
