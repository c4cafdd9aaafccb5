//! One mail that came in, with what it was and what was done. `print` is the same for the same mail,
//! whichever way it came; `envelope` is JSON; `raw` is empty once its time is over.

use sea_orm::entity::prelude::*;

use crate::domain::status::Arrival;
use crate::domain::{ArrivalId, MessageId, OrganizerId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inbound")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ArrivalId,
    #[sea_orm(column_type = "Text")]
    pub print: String,
    #[sea_orm(column_type = "Text")]
    pub way: String,
    #[sea_orm(column_type = "Text")]
    pub envelope: String,
    pub kind: Arrival,
    #[sea_orm(column_type = "Text")]
    pub sender: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub said: String,
    pub organizer_id: Option<OrganizerId>,
    pub questionnaire_id: Option<QuestionnaireId>,
    pub message_id: Option<MessageId>,
    #[sea_orm(column_type = "Blob")]
    pub raw: Vec<u8>,
    pub size: i32,
    pub attempts: i32,
    pub received_at: DateTimeUtc,
    pub handled_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
