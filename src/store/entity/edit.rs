//! One saved state of a questionnaire in the editor, as JSON of
//! [`crate::acts::edit_questionnaire::State`]; only ever added.

use sea_orm::entity::prelude::*;

use crate::domain::{OrganizerId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "edit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Who saved it; nobody where it came about beside the editor.
    pub organizer_id: Option<OrganizerId>,
    pub made_at: DateTimeUtc,
    /// The edit whose state it is: itself, or an earlier one by undoing.
    pub base: i64,
    /// Whether readers got this state.
    pub on_form: bool,
    /// What changed, in words.
    #[sea_orm(column_type = "Text")]
    pub what: String,
    #[sea_orm(column_type = "Text")]
    pub state: String,
}

impl ActiveModelBehavior for ActiveModel {}
