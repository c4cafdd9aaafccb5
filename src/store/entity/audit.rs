//! What an organizer has done. Rows are added, and removed when their time is over.

use sea_orm::entity::prelude::*;

use crate::domain::status::Way;
use crate::domain::{AuditId, OrganizerId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    pub organizer_id: Option<OrganizerId>,
    pub questionnaire_id: Option<QuestionnaireId>,
    pub way: Way,
    #[sea_orm(column_type = "Text")]
    pub deed: String,
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
