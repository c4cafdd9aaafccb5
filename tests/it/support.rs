//! A running Colloquy of its own for each test, and pages as the people who see them.

mod app;
mod contacts;
mod every_kind;
mod page;
mod picture;
mod questionnaire;
mod visitor;

pub use app::{TestApp, database_url};
pub use contacts::import_form;
pub use every_kind::every_kind;
pub use page::{Form, Page};
pub use picture::png;
pub use questionnaire::{open, statements};
pub use visitor::Visitor;
