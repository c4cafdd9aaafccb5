//! Campaigns: one batch of mails of one purpose about one questionnaire, and how far it is.

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::status::Purpose;

/// What a campaign is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Aim {
    /// Asks contacts to answer.
    Invite,
    /// Asks those once more who have not answered.
    Remind,
    /// Thanks those who have answered.
    Thank,
    /// Tells people where the brief is that was published.
    Brief,
}

impl Aim {
    /// All, in the order of a questionnaire's life.
    pub const ALL: [Self; 4] = [Self::Invite, Self::Remind, Self::Thank, Self::Brief];

    /// The word for it in addresses and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Remind => "remind",
            Self::Thank => "thank",
            Self::Brief => "brief",
        }
    }

    /// The purpose of its mails.
    pub fn purpose(self) -> Purpose {
        match self {
            Self::Invite => Purpose::Invitation,
            Self::Remind => Purpose::Reminder,
            Self::Thank => Purpose::Thanks,
            Self::Brief => Purpose::Brief,
        }
    }
}

impl std::str::FromStr for Aim {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|aim| aim.word() == word).ok_or(())
    }
}

/// How far a campaign is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// The organizer works on it.
    Draft,
    /// It begins by itself when its time has come.
    Scheduled,
    /// Its mails are in the outbox and leave.
    Running,
    /// Nothing of it leaves, and nothing begins, until it is let go on.
    Paused,
    /// Called off: nothing of it leaves any more.
    Cancelled,
    /// All its mails have come to an end.
    Done,
}

/// The rules of one campaign, beyond who is meant and what is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// How many days must have passed since the last mail before a reminder.
    pub days: u32,
    /// The hours in which nobody is reminded, on the clock of whoever is written to.
    pub quiet: Option<Quiet>,
    /// Whether the brief goes to everybody who was invited, not only to those who answered.
    pub everybody: bool,
    /// Until when answers are welcome, where the mails say so.
    pub closes: Option<DateTime<Utc>>,
    /// The clock on which the organizer tells times.
    pub zone: Tz,
}

impl Terms {
    /// After this nothing of a campaign leaves: nobody is asked to answer when answers are no longer
    /// welcome.
    pub fn latest(&self, aim: Aim, not_after: DateTime<Utc>) -> DateTime<Utc> {
        let asks = matches!(aim, Aim::Invite | Aim::Remind);
        self.closes.filter(|_| asks).map_or(not_after, |closes| closes.min(not_after))
    }

    /// When quiet hours are over for a reader whose own zone this is (as it is kept; empty or unknown:
    /// the organizer's), and on which clock; `None`: they have none now.
    pub fn quiet_until(&self, zone: &str, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Tz)> {
        let zone = zone.parse().unwrap_or(self.zone);
        Some((self.quiet?.over(now, zone)?, zone))
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            days: 5,
            quiet: Some(Quiet { from: 21, until: 8 }),
            everybody: false,
            closes: None,
            zone: Tz::UTC,
        }
    }
}

/// Hours of the day in which nobody is written to: from the full hour `from` until the full hour
/// `until`, over midnight if `until` is the smaller one. Alike: no hours at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// When they begin, 0 to 23.
    pub from: u32,
    /// When they are over, 0 to 23.
    pub until: u32,
}

impl Quiet {
    /// When they are over, if `now` is within them on the clock of `zone`.
    pub fn over(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let inside = |hour: u32| {
            if self.from <= self.until {
                (self.from..self.until).contains(&hour)
            } else {
                hour >= self.from || hour < self.until
            }
        };
        // Minute by minute would be exact in every zone; quarters are, and no zone has less.
        let local = now.with_timezone(&zone);
        if !inside(local.hour()) {
            return None;
        }
        let quarter = TimeDelta::minutes(15);
        let begun = now - TimeDelta::seconds(now.timestamp().rem_euclid(15 * 60));
        let mut end = begun + quarter;
        while inside(end.with_timezone(&zone).hour()) {
            end += quarter;
        }
        Some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn quiet_hours_end_on_the_clock_of_the_reader_on_the_nights_of_the_change_too() {
        let night = Quiet { from: 21, until: 8 };
        let berlin = Tz::Europe__Berlin;
        for (now, over) in [
            ("2026-08-12T18:59:59Z", None),
            ("2026-08-12T19:00:00Z", Some("2026-08-13T06:00:00Z")),
            ("2026-08-13T05:59:59Z", Some("2026-08-13T06:00:00Z")),
            ("2026-08-13T06:00:00Z", None),
            // The clocks go back on the 25th of October, and forward on the 28th of March.
            ("2026-10-24T22:00:00Z", Some("2026-10-25T07:00:00Z")),
            ("2027-03-27T22:00:00Z", Some("2027-03-28T06:00:00Z")),
        ] {
            assert_eq!(night.over(at(now), berlin), over.map(at), "{now}");
        }
        // Nepal is five hours and three quarters ahead.
        let noon = Quiet { from: 12, until: 14 };
        let nepal = noon.over(at("2026-08-12T06:20:30Z"), Tz::Asia__Kathmandu);
        assert_eq!(nepal, Some(at("2026-08-12T08:15:00Z")));
        assert_eq!(Quiet { from: 8, until: 8 }.over(at("2026-08-12T08:10:00Z"), Tz::UTC), None);
    }

    #[test]
    fn what_was_kept_before_is_read_with_the_usual_rules() {
        assert_eq!(serde_json::from_str::<Terms>("{}").unwrap(), Terms::default());
        let terms = Terms { zone: Tz::Asia__Shanghai, quiet: None, ..Terms::default() };
        let kept = serde_json::to_string(&terms).unwrap();
        assert_eq!(serde_json::from_str::<Terms>(&kept).unwrap(), terms);
    }
}
