//! One file per table, one table per file. Only the store names columns.

pub mod answer;
pub mod article;
pub mod contact;
pub mod discussion;
pub mod discussion_group;
pub mod draft;
pub mod erasure;
pub mod identity;
pub mod invitation;
pub mod message;
pub mod message_event;
pub mod organizer;
pub mod proposal;
pub mod question;
pub mod questionnaire;
pub mod reach;
pub mod response;
pub mod revision;
pub mod sealed;
pub mod seat;
pub mod session;
pub mod setting;
pub mod sign_in_link;
pub mod suppression;
pub mod wording;
