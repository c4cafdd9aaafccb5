//! A running Colloquy of its own for each test, and pages as the people who see them.

mod app;
mod page;
mod visitor;

pub use app::TestApp;
pub use page::{Form, Page};
pub use visitor::Visitor;
