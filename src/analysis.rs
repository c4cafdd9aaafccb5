//! Algorithms on texts, votes and seats. Pure: the same input gives the same output, byte for
//! byte, whatever the order of rows; nothing here knows of the database, the clock or the web.

pub mod language;
pub mod opinions;
pub mod passages;
pub mod rng;
pub mod search;
pub mod seating;
pub mod stats;
pub mod themes;
