//! The states of things, as words that programs read and write.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::campaign::{Aim, State};
use crate::domain::status;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident of $from:ty { $($(#[$each:meta])* $variant:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$each])* $variant),*
        }

        impl From<$from> for $name {
            fn from(state: $from) -> Self {
                match state {
                    $(<$from>::$variant => Self::$variant),*
                }
            }
        }

        impl From<$name> for $from {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$variant => Self::$variant),*
                }
            }
        }
    )*};
}

words! {
    /// Whether readers can answer a questionnaire.
    Status of status::Status {
        /// Only its organizers see it.
        Draft,
        /// Readers answer it.
        Open,
        /// Readers can no longer answer it.
        Closed,
    }

    /// What is kept of who answered.
    Mode of status::Mode {
        /// Whose answers came through a personal link is seen.
        Identified,
        /// Names are seen only where the reader agreed.
        Confidential,
        /// Nothing that is kept connects an answer to an invitation.
        Anonymous,
    }

    /// Whether a response counts.
    Standing of status::Standing {
        /// It is part of every result.
        Counted,
        /// It came after the close and its grace.
        Late,
        /// It looks as if no person had written it.
        Held,
        /// It was late or held, and the organizer lets it count.
        Admitted,
        /// It was late or held, and the organizer leaves it out.
        LeftOut,
    }

    /// Where a mail stands on its way.
    Delivery of status::Delivery {
        /// Waits for its time.
        Queued,
        /// Is about to be handed over.
        Claimed,
        /// Is being handed over.
        InData,
        /// The server took it.
        Sent,
        /// The recipient's server refused it for good.
        Failed,
        /// Handed over without an answer: perhaps it arrived.
        Unknown,
        /// The recipient must not be written to.
        Suppressed,
        /// Called off before it was sent.
        Cancelled,
        /// Its latest time passed.
        Expired,
        /// It came back.
        Bounced,
        /// Its reader told their mail provider that it was unwanted.
        Complained,
    }

    /// What a mail that came in turned out to be.
    Arrival of status::Arrival {
        /// It was not looked at yet.
        Waiting,
        /// A mail of ours could not be delivered.
        Bounce,
        /// A server says something else about a mail of ours.
        Notice,
        /// A mail of ours was unwanted.
        Complaint,
        /// A calendar says whether somebody comes.
        Answer,
        /// A machine wrote it.
        Automatic,
        /// A person wrote it.
        Letter,
        /// It bears an address that we never made.
        Forged,
        /// It is no mail at all.
        Unreadable,
    }

    /// What a mail is for.
    Purpose of status::Purpose {
        /// Asks a contact to answer.
        Invitation,
        /// Asks once more.
        Reminder,
        /// The link with which an organizer signs in.
        SignIn,
        /// A seat in a group, with a calendar request.
        Seat,
        /// The seat is no longer theirs.
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
        /// Asks a colleague to work on a questionnaire.
        Colleague,
        /// Says that a webhook was switched off.
        WebhookOff,
        /// About an organizer's own account.
        Account,
        /// Thanks for an answer.
        Thanks,
        /// The way to the brief that was published.
        Brief,
        /// An organizer looks at a mail of a campaign.
        Test,
        /// What a person wrote to the service's address, handed on.
        Forward,
    }

    /// How a discussion is held.
    Format of status::Format {
        /// Everybody meets once, in one group.
        One,
        /// Several rounds at new tables.
        Rounds,
        /// Everybody together, then tables.
        Plenary,
    }

    /// What a rule says about people.
    Bond of status::Bond {
        /// They sit in one group.
        Together,
        /// They never sit in one group.
        Apart,
    }

    /// What a participant answered to the invitation to a group.
    Rsvp of status::Rsvp {
        /// Nothing yet.
        None,
        /// Comes.
        Accepted,
        /// Perhaps.
        Tentative,
        /// Does not come.
        Declined,
    }

    /// Where a search for a plan stands.
    Searching of status::Searching {
        /// Is at it.
        Running,
        /// Has made the plan that is kept.
        Done,
        /// Found no plan, and said why.
        Failed,
    }

    /// What a campaign is for.
    CampaignAim of Aim {
        /// Asks contacts to answer.
        Invite,
        /// Asks those once more who have not answered.
        Remind,
        /// Thanks those who have answered.
        Thank,
        /// Tells people where the brief is.
        Brief,
    }

    /// How far a campaign is.
    CampaignState of State {
        /// The organizer works on it.
        Draft,
        /// It begins by itself when its time has come.
        Scheduled,
        /// Its mails leave.
        Running,
        /// Nothing of it leaves until it is let go on.
        Paused,
        /// Called off.
        Cancelled,
        /// All its mails have come to an end.
        Done,
    }
}
