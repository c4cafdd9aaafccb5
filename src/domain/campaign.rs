//! Campaigns: one batch of mails of one purpose about one questionnaire, and how far it is.

use sea_orm::{DeriveActiveEnum, EnumIter};

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
