//! Webhooks, and what they are told: written in the transaction of its cause.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbBackend,
    DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};
use serde_json::{Map, Value, json};

use super::entity::{notice, questionnaire, webhook};
use crate::domain::status::Mode;
use crate::domain::webhook::{Event, Telling};
use crate::domain::{NoticeId, QuestionnaireId, ResponseId, WebhookId, token};

pub mod notices;

pub use notice::Model as Notice;
pub use webhook::Model as Webhook;

/// So many rows go in at once: below both databases' limits on parameters.
const CHUNK: usize = 200;

impl Webhook {
    /// What it is told.
    pub fn wants(&self) -> Vec<Event> {
        self.events.split(' ').filter_map(Event::of).collect()
    }
}

/// Something that happened, to be told.
#[derive(Clone, Debug)]
pub struct Happened {
    /// To which questionnaire.
    pub questionnaire: QuestionnaireId,
    /// What.
    pub event: Event,
    /// By which the same thing is known again, so that it is told once: `{response}:{revision}`.
    pub about: String,
    /// The response that it is about.
    pub response: Option<ResponseId>,
    /// What is said of it beside the questionnaire.
    pub data: Map<String, Value>,
}

impl Happened {
    /// Something that happened to the questionnaire itself.
    pub fn to(questionnaire: QuestionnaireId, event: Event, about: impl Into<String>) -> Self {
        let about = about.into();
        Self { questionnaire, event, about, response: None, data: Map::new() }
    }

    /// Something that one respondent did.
    pub fn with_response(
        questionnaire: QuestionnaireId,
        event: Event,
        response: ResponseId,
        about: impl Into<String>,
    ) -> Self {
        let data = Map::from_iter([("response".to_owned(), json!(response.to_string()))]);
        let about = format!("{response}:{}", about.into());
        Self { questionnaire, event, about, response: Some(response), data }
    }

    /// The same with one more thing said of it.
    #[must_use]
    pub fn saying(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.data.insert(name.to_owned(), value.into());
        self
    }
}

/// A questionnaire's webhooks, the oldest first.
pub async fn all_of(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Webhook>, DbErr> {
    webhook::Entity::find()
        .filter(webhook::Column::QuestionnaireId.eq(questionnaire))
        .order_by_asc(webhook::Column::CreatedAt)
        .order_by_asc(webhook::Column::Id)
        .all(db)
        .await
}

/// One webhook of a questionnaire.
pub async fn by_id(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    id: WebhookId,
) -> Result<Option<Webhook>, DbErr> {
    webhook::Entity::find_by_id(id)
        .filter(webhook::Column::QuestionnaireId.eq(questionnaire))
        .one(db)
        .await
}

/// The webhook as it stands now, which nobody else changes until the transaction is over; nothing
/// if it was removed.
///
/// # Errors
/// A database that refuses.
pub async fn hold(tx: &DatabaseTransaction, id: WebhookId) -> Result<Option<Webhook>, DbErr> {
    let mut query = webhook::Entity::find_by_id(id);
    if tx.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    query.one(tx).await
}

/// Keeps a new webhook.
pub async fn insert(db: &impl ConnectionTrait, new: Webhook) -> Result<(), DbErr> {
    let row = new.into_active_model().reset_all();
    webhook::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps what changed of a webhook.
pub async fn update(db: &impl ConnectionTrait, changed: Webhook) -> Result<(), DbErr> {
    webhook::Entity::update(changed.into_active_model().reset_all()).exec(db).await?;
    Ok(())
}

/// Removes a webhook, with everything that it was or would be told.
pub async fn delete(db: &impl ConnectionTrait, id: WebhookId) -> Result<(), DbErr> {
    notice::Entity::delete_many().filter(notice::Column::WebhookId.eq(id)).exec(db).await?;
    webhook::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Writes down what the webhooks of these questionnaires are to be told. The same thing is told
/// once, however often it is said here.
///
/// # Errors
/// A database that refuses.
pub async fn tell(
    tx: &impl ConnectionTrait,
    happened: &[Happened],
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let of: BTreeSet<QuestionnaireId> = happened.iter().map(|one| one.questionnaire).collect();
    if of.is_empty() {
        return Ok(());
    }
    let hooks = webhook::Entity::find()
        .filter(webhook::Column::QuestionnaireId.is_in(of.iter().copied()))
        .filter(webhook::Column::OffAt.is_null())
        .all(tx)
        .await?;
    if hooks.is_empty() {
        return Ok(());
    }
    let questionnaires =
        questionnaire::Entity::find().filter(questionnaire::Column::Id.is_in(of)).all(tx).await?;
    let known: BTreeMap<_, _> = questionnaires.into_iter().map(|one| (one.id, one)).collect();
    let mut rows = vec![];
    for one in happened {
        let Some(questionnaire) = known.get(&one.questionnaire) else { continue };
        if one.event.is_of_one() && questionnaire.mode == Mode::Anonymous {
            continue;
        }
        let hooks = hooks.iter().filter(|hook| hook.questionnaire_id == one.questionnaire);
        for hook in hooks.filter(|hook| hook.wants().contains(&one.event)) {
            rows.push(row(hook, one, questionnaire.slug.as_str(), at));
        }
    }
    insert_notices(tx, rows).await
}

/// Writes down a try: one webhook, whatever it wants to be told; the notice.
///
/// # Errors
/// A database that refuses.
pub async fn tell_test(
    tx: &impl ConnectionTrait,
    hook: &Webhook,
    slug: &str,
    about: &str,
    at: DateTime<Utc>,
) -> Result<NoticeId, DbErr> {
    let test = Happened::to(hook.questionnaire_id, Event::Test, about);
    insert_notices(tx, vec![row(hook, &test, slug, at)]).await?;
    Ok(name(hook.id, &test))
}

async fn insert_notices(
    tx: &impl ConnectionTrait,
    rows: Vec<notice::ActiveModel>,
) -> Result<(), DbErr> {
    for chunk in rows.chunks(CHUNK) {
        notice::Entity::insert_many(chunk.to_vec())
            .on_conflict(OnConflict::column(notice::Column::Id).do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

fn row(hook: &Webhook, one: &Happened, slug: &str, at: DateTime<Utc>) -> notice::ActiveModel {
    let mut data = Map::from_iter([("questionnaire".to_owned(), json!(slug))]);
    data.extend(one.data.clone());
    let body = json!({
        "type": one.event.word(),
        "timestamp": at.to_rfc3339_opts(SecondsFormat::Secs, true),
        "data": data,
    });
    notice::ActiveModel {
        id: Set(name(hook.id, one)),
        webhook_id: Set(hook.id),
        event: Set(one.event.word().to_owned()),
        response_id: Set(one.response),
        body: Set(body.to_string()),
        state: Set(Telling::Waiting),
        attempts: Set(0),
        next_at: Set(at),
        lease_until: Set(None),
        last_status: Set(None),
        last_said: Set(None),
        created_at: Set(at),
        told_at: Set(None),
    }
}

/// The same name for the same thing told to the same webhook, so that nothing is told twice.
fn name(hook: WebhookId, one: &Happened) -> NoticeId {
    NoticeId(token::id_of(&format!("{hook} {} {}", one.event.word(), one.about)))
}
