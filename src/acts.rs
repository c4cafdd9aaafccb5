//! What people do, one file each: the transaction, the rule, and the mails it causes.
//! Whatever changes anything is here; pages and the command line only call it.

pub mod bring_example;
pub mod fill_example;
pub mod publish_questionnaire;
pub mod save_questionnaire;
pub mod sign_in;
pub mod submit_response;
