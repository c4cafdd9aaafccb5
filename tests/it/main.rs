//! Behaviour at the seams that people use, on SQLite or, with `COLLOQUY_TEST_POSTGRES`, on
//! PostgreSQL. One binary: each further one would link everything again.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::as_conversions,
    reason = "a test may fail loudly"
)]

mod account;
mod architecture;
mod desk;
mod guard;
mod locales;
mod migrating;
mod support;
