//! Names of things. Responses, invitations and contacts get random ids (UUID v4), because ids
//! that follow time betray people; the rest may be time-ordered.

use sea_orm::TryFromU64;
use sea_orm::entity::prelude::{DbErr, DeriveValueType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
            DeriveValueType, ToSchema,
        )]
        #[serde(transparent)]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(pub Uuid);

        // SeaORM asks for this on every primary key; no id of ours is a number.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// Names an organizer.
    OrganizerId,
    /// Names a token with which a program speaks for an organizer. Random.
    TokenId,
    /// Names an article.
    ArticleId,
    /// Names a questionnaire for as long as it exists.
    QuestionnaireId,
    /// Names somebody who is asked to work on a questionnaire.
    ColleagueId,
    /// Names one line of what organizers have done. Time-ordered.
    AuditId,
    /// Names a question through all its wordings.
    QuestionId,
    /// Names one wording of a question: answers are bound to it.
    WordingId,
    /// Names a response. Random; made when the form is drawn, so that it is also the key by
    /// which a form sent twice is stored once.
    ResponseId,
    /// Names one answer within one revision. Random.
    AnswerId,
    /// Names a contact. Random.
    ContactId,
    /// Names a list of contacts.
    ListId,
    /// Names what was brought to be imported and waits for a decision. Random.
    ImportId,
    /// Names an invitation. Random.
    InvitationId,
    /// Names a draft that is kept for another device. Random.
    DraftId,
    /// Names the proof that a response was erased. Random.
    ErasureId,
    /// Names a theme that an organizer keeps. Random.
    ThemeId,
    /// Names a campaign: one batch of mails of one purpose.
    CampaignId,
    /// Names a change of the address with which an organizer signs in. Random; the link that takes
    /// it back is made from it.
    AddressChangeId,
    /// Names a passkey. Random.
    PasskeyId,
    /// Names a message in the outbox.
    MessageId,
    /// Names a mail that came in.
    ArrivalId,
    /// Names a discussion.
    DiscussionId,
    /// Names one group of a discussion.
    GroupId,
    /// Names a seat. Random.
    SeatId,
    /// Names a participant of one discussion. Random; the link to their page is made from it.
    ParticipantId,
    /// Names one who leads groups of a discussion. Random; the link to their page is made from it.
    HostId,
    /// Names a time at which groups of a discussion can meet.
    SlotId,
    /// Names a rule about who sits with whom.
    RuleId,
    /// Names a change of a plan by hand.
    ChangeId,
    /// Names a published version of a brief.
    BriefId,
    /// Names an address that is told what happens.
    WebhookId,
    /// Names one thing that such an address is told.
    NoticeId,
    /// Names what was written down in a group.
    NoteId,
    /// Names a published version of an echo.
    EchoId,
}
