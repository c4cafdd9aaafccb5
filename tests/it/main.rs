//! One binary for all integration tests: it links once.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail loudly, and asks the environment for its database"
)]

mod account;
mod anonymous;
mod answering;
mod architecture;
mod cli;
mod conduct;
mod desk;
mod front;
mod guard;
mod intake;
mod kinds;
mod links;
mod locales;
mod mail;
mod mine;
mod reader;
mod schema;
mod seen;
mod support;
mod textback;
mod themes;
