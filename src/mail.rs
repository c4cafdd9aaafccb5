//! The mail room: messages are composed here, frozen as bytes, and handed to a server or a folder.
//!
//! It knows no database: who is written to, when, and how often is decided by the outbox. One
//! [`message::Content`] makes both the plain text and the HTML; one file for each kind of mail.

pub mod address_change;
pub mod calendar;
pub mod clean;
pub mod colleague;
pub mod dkim;
pub mod draft;
pub mod files;
pub mod footer;
pub mod forward;
pub mod imap;
pub mod inbound;
pub mod key_changed;
pub mod mailbox;
pub mod message;
pub mod receipt;
mod render;
pub mod samples;
pub mod seat;
pub mod seat_after;
pub mod seat_cancelled;
pub mod seat_reminder;
pub mod sign_in;
pub mod smtp;
pub mod template;
#[cfg(test)]
mod tests;
pub mod times;
pub mod verp;
pub mod webhook_off;
