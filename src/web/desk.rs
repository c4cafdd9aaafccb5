//! The organizer's side, step by step.

pub mod article;
pub mod brief;
pub mod campaigns;
pub mod contacts;
pub mod deletion;
pub mod discussion;
pub mod echo;
pub mod events;
pub mod exports;
pub mod guides;
pub mod home;
pub mod import;
pub mod inbox;
pub mod insight;
pub mod invitations;
pub mod log;
pub mod outbox;
pub mod people;
pub mod polis;
pub mod questionnaire;
pub mod responses;
pub mod themes;
pub mod tokens;
pub mod webhooks;
