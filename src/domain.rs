//! The words of the product: values that are valid once they exist, and pure rules.
//! No input or output, no clock, no database calls.

pub mod answer;
pub mod api_token;
pub mod audience;
pub mod base32;
pub mod basis;
pub mod campaign;
pub mod colour;
pub mod condition;
pub mod consent;
pub mod difference;
pub mod document;
pub mod email;
pub mod fields;
pub mod id;
pub mod kind;
pub mod network;
pub mod options;
pub mod picture;
pub mod question;
pub mod rates;
pub mod rewording;
pub mod role;
pub mod slug;
pub mod status;
pub mod text;
pub mod token;
pub mod webhook;

pub use answer::Answer;
pub use audience::Audience;
pub use basis::Basis;
pub use condition::Condition;
pub use document::Document;
pub use fields::Fields;
pub use id::*;
pub use kind::Kind;
pub use options::Options;
pub use question::Wording;
pub use role::Role;
pub use slug::Slug;
