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
mod api;
mod architecture;
mod articles;
mod brief;
mod campaigns;
mod cli;
mod cli_doctor;
mod cli_seats;
mod cli_themes;
mod conduct;
mod contacts;
mod desk;
mod discussion;
mod doors;
mod editor;
mod exports;
mod finding;
mod front;
mod groups;
mod guard;
mod guarded;
mod images;
mod inbound;
mod intake;
mod judges;
mod keys;
mod kinds;
mod links;
mod live;
mod locales;
mod mail;
mod meetings;
mod mine;
mod opinions;
mod paper;
mod people;
mod reader;
mod results;
mod roles;
mod schema;
mod seen;
mod sending;
mod support;
mod textback;
mod themes;
