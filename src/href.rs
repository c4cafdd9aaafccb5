//! Addresses, so that no link is misspelt: on pages and in mails.

use crate::domain::{
    ArrivalId, ArticleId, CampaignId, ContactId, GroupId, ImportId, MessageId, ParticipantId,
    ResponseId, Slug, WebhookId,
};

/// Where a provider of OpenID Connect sends people back to.
pub const OPENID_BACK: &str = "/sign-in/openid/back";
/// Where signing in with an account elsewhere begins.
pub const OPENID: &str = "/sign-in/openid";
/// What an organizer signs in with.
pub const KEYS: &str = "/desk/account/keys";

/// The public form.
pub fn questionnaire(slug: &Slug) -> String {
    format!("/q/{slug}")
}

/// Where a form says that somebody has begun to answer.
pub fn begun(slug: &Slug) -> String {
    format!("/q/{slug}/begun")
}

/// The article, to read.
pub fn article(slug: &Slug) -> String {
    format!("/q/{slug}/article")
}

/// Where the images are that the article shows.
pub fn images(slug: &Slug) -> String {
    format!("/q/{slug}/images")
}

/// The published brief: one version, or the latest.
pub fn brief(slug: &Slug, number: Option<i32>) -> String {
    match number {
        Some(number) => format!("/q/{slug}/brief/{number}"),
        None => format!("/q/{slug}/brief"),
    }
}

/// The form for one invited contact.
pub fn invitation(token: &str) -> String {
    format!("/i/{token}")
}

/// Where an invited contact asks not to be written to.
pub fn stop(token: &str) -> String {
    format!("/i/{token}/stop")
}

/// A respondent's own page: the receipt.
pub fn receipt(token: &str) -> String {
    format!("/r/{token}")
}

/// Where a respondent changes their answers.
pub fn change(token: &str) -> String {
    format!("/r/{token}/change")
}

/// Where a reader goes on with a draft.
pub fn draft(token: &str) -> String {
    format!("/d/{token}")
}

/// One of the states that a response has had.
pub fn version(token: &str, number: i32) -> String {
    format!("/r/{token}/versions/{number}")
}

/// A participant's group and guide.
pub fn seat(token: &str) -> String {
    format!("/g/{token}")
}

/// Where a participant says when they can come.
pub fn times(token: &str) -> String {
    format!("/g/{token}/times")
}

/// Where an organizer looks at one participant's seat in a round, counted from 0.
pub fn place(slug: &Slug, participant: ParticipantId, round: i32) -> String {
    let page = format!("/desk/q/{slug}/discussion/seats/{participant}");
    if round > 0 { format!("{page}?round={}", round + 1) } else { page }
}

/// The page of somebody who leads groups.
pub fn host(token: &str) -> String {
    format!("/h/{token}")
}

/// Where the files of a questionnaire's look are.
pub fn look(slug: &Slug) -> String {
    format!("/q/{slug}/look")
}

/// The published echo.
pub fn echo(slug: &Slug) -> String {
    format!("/q/{slug}/echo")
}

/// Where a form's texts come back as a file.
pub const TEXT: &str = "/text";

/// Where an organizer uses a sign-in link.
pub fn sign_in(token: &str) -> String {
    format!("/sign-in/{token}")
}

/// Where an organizer's new address says yes.
pub fn new_address(token: &str) -> String {
    format!("/address/{token}")
}

/// Where an organizer's old address says no, or takes the change back.
pub fn keep_address(token: &str) -> String {
    format!("/keep-address/{token}")
}

/// Where a colleague says yes to work on a questionnaire.
pub fn join(token: &str) -> String {
    format!("/join/{token}")
}

/// Where an organizer is signed in.
pub const SESSIONS: &str = "/desk/account/sessions";
/// What an organizer has done.
pub const ACCOUNT_LOG: &str = "/desk/account/log";
/// Where an organizer deletes their account.
pub const ACCOUNT_DELETE: &str = "/desk/account/delete";
/// What an organizer says of themselves.
pub const ACCOUNT: &str = "/desk/account";
/// What programs can ask, and how.
pub const API: &str = "/api";
/// The document that says so to programs.
pub const API_DOCUMENT: &str = "/api/v1/openapi.json";
/// An organizer's tokens.
pub const TOKENS: &str = "/desk/account/tokens";
/// What readers ask, and whom they can ask.
pub const HELP: &str = "/help";
/// An organizer's questionnaires.
pub const DESK: &str = "/desk";
/// Bring an article.
pub const NEW: &str = "/desk/new";
/// Bring a conversation that was held with Polis.
pub const NEW_POLIS: &str = "/desk/new/polis";
/// Bring a form of another program.
pub const NEW_IMPORT: &str = "/desk/new/import";
/// Mails that came in.
pub const INBOX: &str = "/desk/inbox";
/// An organizer's contacts.
pub const CONTACTS: &str = "/desk/contacts";
/// Where a list of people is brought.
pub const CONTACTS_IMPORT: &str = "/desk/contacts/import";
/// The lists of contacts.
pub const CONTACTS_LISTS: &str = "/desk/contacts/lists";
/// The contacts as a file.
pub const CONTACTS_CSV: &str = "/desk/contacts/contacts.csv";
/// The outbox.
pub const OUTBOX: &str = "/desk/outbox";

/// A page of the desk about one questionnaire; `page` is empty for the overview, or one of
/// `article`, `questionnaire`, `settings`, `preview`, `changes`, `history`, `publish`, `close`, `demo`, `invitations`,
/// `responses`, `statements`, `insight`, `exports`, `brief` (and `brief/edit`, `brief/publish`, …),
/// `discussion`, `echo`.
pub fn desk(slug: &Slug, page: &str) -> String {
    match page {
        "" => format!("/desk/q/{slug}"),
        page => format!("/desk/q/{slug}/{page}"),
    }
}

/// One contact.
pub fn contact(id: ContactId) -> String {
    format!("/desk/contacts/{id}")
}

/// Where everything that is held of one contact is had as a file.
pub fn contact_everything(id: ContactId) -> String {
    format!("/desk/contacts/{id}/everything.json")
}

/// Where one contact is erased.
pub fn contact_erase(id: ContactId) -> String {
    format!("/desk/contacts/{id}/erase")
}

/// A list of people that was brought and waits.
pub fn contacts_import(id: ImportId) -> String {
    format!("/desk/contacts/import/{id}")
}

/// An address with a query, where there is one.
pub fn with_query(address: &str, query: &str) -> String {
    if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") }
}

/// One response, as the organizer reads it.
pub fn response(slug: &Slug, id: ResponseId) -> String {
    format!("/desk/q/{slug}/responses/{id}")
}

/// Where the organizer works on the themes of an open question.
pub fn themes(slug: &Slug, key: &str) -> String {
    format!("/desk/q/{slug}/themes/{key}")
}

/// A file of what was answered.
pub fn export(slug: &Slug, file: &str) -> String {
    format!("/desk/q/{slug}/exports/{file}")
}

/// The addresses that are told what happens to a questionnaire.
pub fn webhooks(slug: &Slug) -> String {
    desk(slug, "webhooks")
}

/// One of them.
pub fn webhook(slug: &Slug, id: WebhookId) -> String {
    format!("/desk/q/{slug}/webhooks/{id}")
}

/// Where a group's notes are sent from the desk.
pub fn group_notes(slug: &Slug, group: GroupId) -> String {
    format!("/desk/q/{slug}/discussion/{group}/notes")
}

/// The guide of one group.
pub fn guide(slug: &Slug, group: GroupId) -> String {
    format!("/desk/q/{slug}/discussion/{group}/guide")
}

/// A campaign: its form, or how far it is.
pub fn campaign(slug: &Slug, id: CampaignId) -> String {
    format!("/desk/q/{slug}/campaigns/{id}")
}

/// A newer text of the article beside the one that is there.
pub fn newer(slug: &Slug, id: ArticleId) -> String {
    format!("/desk/q/{slug}/article/newer/{id}")
}

/// One mail that came in.
pub fn arrival(id: ArrivalId) -> String {
    format!("/desk/inbox/{id}")
}

/// One message of the outbox.
pub fn message(id: MessageId) -> String {
    format!("/desk/outbox/{id}")
}
