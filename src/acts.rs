//! What people do, one file each: the transaction, the rule, and the mails it causes.
//! Whatever changes anything is here; pages and the command line only call it.

pub mod add_contacts;
pub mod admit_response;
pub mod bring_article;
pub mod bring_example;
pub mod change_participants;
pub mod change_plan;
pub mod choose_mode;
pub mod choose_options;
pub mod decide_statement;
pub mod edit_brief;
pub mod edit_themes;
pub mod erase_response;
pub mod fill_example;
pub mod import_polis;
pub mod invite_contacts;
pub mod invite_participants;
pub mod keep_draft;
pub mod leave_seat;
pub mod letter;
pub mod mail_receipt;
pub mod make_groups;
pub mod publish_brief;
pub mod publish_questionnaire;
pub mod remind_contacts;
pub mod save_questionnaire;
pub mod set_up_discussion;
pub mod sign_in;
pub mod stop_mails;
pub mod submit_response;
pub mod suggest_themes;
pub mod tell_change;
pub mod withdraw_consent;
