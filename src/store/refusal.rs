//! Why the database refuses, as far as a person can do something about it.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// Why the database refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The disk is full.
    NoRoom,
    /// It cannot be reached, is stopping, or somebody else holds it for too long.
    Unavailable,
    /// Anything else: a fault of ours.
    Other,
}

impl Refusal {
    /// Why `error` came.
    pub fn of(error: &DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable,
            DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)) => Self::of_driver(error),
            _ => Self::Other,
        }
    }

    fn of_driver(error: &SqlxError) -> Self {
        match error {
            SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::Io(_) => Self::Unavailable,
            SqlxError::Database(error) => {
                error.code().map_or(Self::Other, |code| Self::named(&code))
            }
            _ => Self::Other,
        }
    }

    /// SQLite's result codes (sqlite.org/rescode.html), extended ones by their last byte, and
    /// PostgreSQL's (its manual, appendix A), which have five characters.
    fn named(code: &str) -> Self {
        if code == "53100" {
            return Self::NoRoom;
        }
        if code.len() == 5 {
            let away = ["08", "53", "57P"].iter().any(|class| code.starts_with(class));
            return if away { Self::Unavailable } else { Self::Other };
        }
        match code.parse::<u32>().map(|code| code & 0xff) {
            Ok(13) => Self::NoRoom,
            // Busy, locked, read-only, an error of the disk, cannot open
            Ok(5 | 6 | 8 | 10 | 14) => Self::Unavailable,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_a_person_can_do() {
        for (code, refusal) in [
            ("13", Refusal::NoRoom),
            ("53100", Refusal::NoRoom),
            ("5", Refusal::Unavailable),
            ("517", Refusal::Unavailable),
            ("1032", Refusal::Unavailable),
            ("57P01", Refusal::Unavailable),
            ("53300", Refusal::Unavailable),
            ("1", Refusal::Other),
            ("2067", Refusal::Other),
            ("23505", Refusal::Other),
            ("", Refusal::Other),
        ] {
            assert_eq!(Refusal::named(code), refusal, "{code}");
        }
    }
}
