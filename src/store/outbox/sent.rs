//! What the server has taken, with its line in the history, in one statement: for databases with
//! many writers, where each statement is a way there and back.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{
    CommonTableExpression, Expr, ExprTrait as _, IntoTableRef as _, Query, TableRef, ValueTuple,
    WithClause,
};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::way::{Said, owned};
use crate::domain::MessageId;
use crate::domain::status::Delivery;
use crate::store::entity::{message, message_event};

/// A mail that the server has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken<'a> {
    /// The message.
    pub message: MessageId,
    /// The server's words. Codes and stage must be the same for all that are written together.
    pub said: &'a Said,
    /// The name of its line in the history.
    pub event: Uuid,
    /// The line's words.
    pub told: &'a str,
}

/// Writes down that the server has taken these, as far as they are `owner`'s.
///
/// # Errors
/// A database that refuses, or that has one writer only: nothing is written.
pub async fn finish(
    db: &impl ConnectionTrait,
    owner: &str,
    taken: &[Taken<'_>],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Some(first) = taken.first() else { return Ok(()) };
    let rows = taken.iter().map(|one| {
        let (id, reply) = (one.message.into(), one.said.reply.clone().into());
        ValueTuple::Many(vec![id, reply, one.event.into(), one.told.to_owned().into()])
    });
    // The columns of a list of values have no other names.
    let told = |place: usize| Expr::col(("told", format!("column{place}")));
    let mut ended = Query::update();
    ended
        .table(message::Entity)
        .value(message::Column::State, Delivery::Sent)
        .value(message::Column::Attempts, Expr::col(message::Column::Attempts).add(1))
        .value(message::Column::TriedAt, Expr::col(message::Column::TriedAt).if_null(now))
        .value(message::Column::LeaseOwner, None::<String>)
        .value(message::Column::LeaseUntil, None::<DateTime<Utc>>)
        .value(message::Column::UpdatedAt, now)
        .value(message::Column::LastReply, told(2))
        .value(message::Column::LastCode, first.said.code)
        .value(message::Column::LastEnhanced, first.said.enhanced.clone())
        .value(message::Column::LastStage, first.said.stage)
        .from(TableRef::ValuesList(rows.collect(), "told".into()))
        .and_where(Expr::col((message::Entity, message::Column::Id)).eq(told(1)))
        .cond_where(owned(owner))
        .returning(Query::returning().exprs([
            told(3),
            Expr::col((message::Entity, message::Column::Id)),
            told(4),
        ]));
    let ended = CommonTableExpression::new()
        .query(ended)
        .table_name("ended")
        .columns(["event", "message", "words"])
        .to_owned();
    let lines = Query::select()
        .columns(["event", "message"])
        .expr(Expr::val(Delivery::Sent))
        .column("words")
        .expr(Expr::val(now))
        .from("ended".into_table_ref())
        .to_owned();
    let mut insert = Query::insert();
    insert
        .with_cte(WithClause::new().cte(ended).to_owned())
        .into_table(message_event::Entity)
        .columns([
            message_event::Column::Id,
            message_event::Column::MessageId,
            message_event::Column::State,
            message_event::Column::Detail,
            message_event::Column::CreatedAt,
        ])
        .select_from(lines)
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    db.execute(&insert).await?;
    Ok(())
}
