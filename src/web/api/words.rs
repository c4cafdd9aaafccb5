//! The states of things, as words that programs read and write.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::add_contacts::column;
use crate::acts::turn_campaign::Turn;
use crate::article;
use crate::domain::campaign::{Aim, State};
use crate::domain::{Basis, Role, rewording, status, webhook};

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
    /// What somebody may do with a questionnaire.
    MemberRole of Role {
        /// Looks at everything but addresses.
        Viewer,
        /// Changes, publishes, invites and sends.
        Editor,
        /// Decides who else works here, and deletes.
        Owner,
    }

    /// In which notation an article is written.
    Notation of article::Format {
        /// Markdown, with or without front matter.
        Markdown,
        /// A page or a piece of one.
        Html,
        /// Paragraphs between empty lines.
        Text,
    }

    /// What something found in an article becomes.
    FoundKind of article::CandidateKind {
        /// A question to the reader.
        Open,
        /// Points to share among options.
        Allocation,
        /// One option of several.
        Single,
        /// A claim to agree or disagree with.
        Statement,
        /// A question that the article asks itself.
        Further,
    }

    /// What became of a question in a newer text.
    Fate of article::Change {
        /// The same words among the same questions.
        Kept,
        /// The same words before or behind other questions than before.
        Moved,
        /// Other words in its place.
        Reworded,
        /// It was not there.
        New,
        /// It is there no more.
        Gone,
    }

    /// What a change of a published question is.
    Rewording of rewording::Rewording {
        /// A slip mended: its answers are read as answers to one question.
        Corrected,
        /// Another question: answers stay with the words that they were given to.
        Replaced,
    }

    /// How far telling a webhook something has come.
    Telling of webhook::Telling {
        /// It is due, or will be.
        Waiting,
        /// The other side took it.
        Told,
        /// The webhook was switched off before.
        Paused,
        /// It was tried as often as it is tried.
        GivenUp,
    }

    /// By what right somebody is written to.
    Right of Basis {
        /// They agreed to hear from you.
        Agreed,
        /// You and they know each other.
        Known,
    }

    /// What a column of a list says.
    Column of column::Says {
        /// Nothing that is kept.
        Nothing,
        /// The mail address.
        Address,
        /// How they are called.
        Name,
        /// Their first name.
        FirstName,
        /// Their last name.
        LastName,
        /// Their language.
        Language,
        /// Their time zone.
        Zone,
        /// Their tags.
        Tags,
        /// When they agreed.
        ConsentOn,
        /// Where the address comes from.
        ConsentFrom,
    }

    /// What is done with a campaign.
    CampaignTurn of Turn {
        /// Lets a draft go: now, or when its time has come.
        Go,
        /// Takes a campaign that has not begun back to being a draft.
        Back,
        /// Stops it for a while.
        Pause,
        /// Lets it go on.
        Resume,
        /// Calls it off for good.
        Cancel,
        /// Sends those again of which nobody knows whether they arrived.
        Again,
    }

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
        /// There was no server: it is a file, and reached nobody.
        Written,
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
        /// A reader asks to get no more mails.
        Stop,
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
