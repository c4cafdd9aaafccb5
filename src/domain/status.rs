//! The states that things can be in, stored as text.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// Whether readers can answer a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    /// Only organizers see it.
    Draft,
    /// Readers answer it.
    Open,
    /// Readers can no longer answer it.
    Closed,
}

/// What a questionnaire keeps of who answered. Chosen before the first answer, said on the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Mode {
    /// The organizer sees whose answers came through a personal link.
    Identified,
    /// The organizer sees names only where the reader agreed; the service keeps the connection.
    Confidential,
    /// Nothing that is kept connects an answer to an invitation.
    Anonymous,
}

impl Mode {
    /// How much it promises to those who answer: more is more.
    pub fn strictness(self) -> u8 {
        match self {
            Self::Identified => 0,
            Self::Confidential => 1,
            Self::Anonymous => 2,
        }
    }
}

/// Whether a response counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Standing {
    /// It is part of every result.
    Counted,
    /// It came after the close and its grace: kept, and the organizer decides.
    Late,
    /// It looks as if no person had written it: kept, and the organizer decides.
    Held,
    /// It was late or held, and the organizer lets it count.
    Admitted,
    /// It was late or held, and the organizer leaves it out.
    LeftOut,
}

impl Standing {
    /// Those that are part of every result.
    pub const COUNT: [Self; 2] = [Self::Counted, Self::Admitted];

    /// Whether it is part of every result.
    pub fn counts(self) -> bool {
        Self::COUNT.contains(&self)
    }
}

/// What an organizer decided about a statement that a reader added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Decision {
    /// It was put on the form.
    Taken,
    /// It is not shown to anybody else.
    Declined,
}

/// Where a message stands on its way; see ARCHITECTURE.md, "The outbox".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Delivery {
    /// Waits for its time.
    Queued,
    /// A worker has it and has not begun to hand over its text.
    Claimed,
    /// The text is being handed over: from here on a crash leaves it unknown.
    InData,
    /// The server took it.
    Sent,
    /// There was no server: it is a file, and reached nobody.
    Written,
    /// The recipient's server refused it for good.
    Failed,
    /// Handed over without an answer: perhaps it arrived. Never sent again by itself.
    Unknown,
    /// The recipient must not be written to.
    Suppressed,
    /// Called off before it was sent, for example because the reader has answered.
    Cancelled,
    /// Its latest time passed.
    Expired,
    /// The server had taken it, and later said that it could not be delivered.
    Bounced,
    /// It arrived, and its reader told their mail provider that it was unwanted.
    Complained,
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Purpose {
    /// Asks a contact to answer.
    Invitation,
    /// Asks once more, only if there is no answer yet.
    Reminder,
    /// The link with which an organizer signs in.
    SignIn,
    /// A seat in a group, with a calendar request.
    Seat,
    /// The seat is no longer theirs: a calendar cancellation.
    SeatCancelled,
    /// Asks a participant when they can come.
    Times,
    /// The link with which a reader goes on with another device.
    Draft,
    /// The private link to a respondent's own page.
    Receipt,
    /// The group meets tomorrow.
    SeatReminder,
    /// The group has met: the poll once more.
    SeatAfter,
    /// A webhook was switched off.
    WebhookOff,
    /// Thanks for an answer.
    Thanks,
    /// The way to the brief that was published.
    Brief,
    /// An organizer looks at a mail of a campaign in their own mailbox.
    Test,
    /// What a person wrote to the service's address, handed on to the organizer.
    Forward,
    /// Asks a colleague to work on a questionnaire.
    Colleague,
    /// About an organizer's own account: what opens it was changed, or is to be.
    Account,
}

/// By which door an organizer did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Way {
    /// The pages of the desk.
    Desk,
    /// The HTTP API.
    Api,
    /// The command line.
    CommandLine,
}

impl Purpose {
    /// Whether a calendar that gets it twice knows it again, so that in doubt it is sent once more.
    pub fn is_calendar(self) -> bool {
        matches!(self, Self::Seat | Self::SeatCancelled | Self::SeatReminder)
    }
}

/// What a mail that came in turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Arrival {
    /// It is kept, and was not looked at yet.
    Waiting,
    /// A server says that a mail of ours could not be delivered.
    Bounce,
    /// A server says something else about a mail of ours: that it is late, or that it arrived.
    Notice,
    /// A reader told their mail provider that a mail of ours was unwanted.
    Complaint,
    /// A calendar says whether somebody comes.
    Answer,
    /// A reader asks by mail to get no more mails.
    Stop,
    /// A machine wrote it, such as an answer during a holiday, or a mailing list.
    Automatic,
    /// A person wrote it.
    Letter,
    /// It bears an address that looks like one of ours, and that we never made.
    Forged,
    /// It is no mail at all.
    Unreadable,
}

/// How a discussion is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Format {
    /// Everybody meets once, in one group.
    One,
    /// Several rounds at new tables.
    Rounds,
    /// Everybody together, then tables.
    Plenary,
}

/// What a participant answered to the invitation to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Rsvp {
    /// Nothing yet.
    None,
    /// Comes.
    Accepted,
    /// Perhaps.
    Tentative,
    /// Does not come.
    Declined,
}

/// When somebody answers the poll.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Phase {
    /// Before the group meets.
    Before,
    /// Once it has met.
    After,
}

/// What a rule says about people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Bond {
    /// They sit in one group.
    Together,
    /// They never sit in one group.
    Apart,
}

/// Where a search for a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Searching {
    /// Is at it.
    Running,
    /// Has made the plan that is kept.
    Done,
    /// Found no plan, and said why.
    Failed,
}
