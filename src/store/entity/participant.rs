//! One who joins a discussion: a respondent who consented (name, address, language and times are
//! then in the response, and empty here unless they were said later), or somebody added by hand.
//! `free` is JSON (key of a slot: yes, `if_need_be` or no), `tags` a JSON list of words.

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, ParticipantId, QuestionnaireId, ResponseId, status::Rsvp};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "participant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ParticipantId,
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    pub response_id: Option<ResponseId>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub free: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub tags: String,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub most_groups: i32,
    pub added_by_hand: bool,
    pub joined_at: DateTimeUtc,
    pub asked_at: Option<DateTimeUtc>,
    pub left_at: Option<DateTimeUtc>,
    pub rsvp: Rsvp,
    pub rsvp_at: Option<DateTimeUtc>,
    pub waiting_since: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
