//! Every operation of the interface in one table: its address, who may use it, which scopes it
//! takes, and what it is for. The routes, the checks and the document are made of it.

use actix_web::{HttpRequest, web};

use super::described::{Described, Description};
use super::{
    account, articles, brief, campaigns, contacts, discussion, documents, echo, forms, history,
    images, imports, lists, look, mail, members, newer, questionnaires, responses, results,
    settings, themes, tokens, webhooks,
};
use crate::domain::api_token::Scope::{self, Contacts, Read, Send, Write};
use crate::web::routes::{Address, Who};

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its line in the table of all addresses: method, path, who may use it, what was done.
    pub address: Address,
    /// The part of the interface that it belongs to.
    pub tag: &'static str,
    /// Which scopes a token needs for it, all of them.
    pub scopes: &'static [Scope],
    /// What it does, in one sentence.
    pub says: &'static str,
    /// More about it; may be empty.
    pub more: &'static str,
    /// With which statuses it may be refused that others may not.
    pub also: &'static [u16],
    handler: &'static str,
}

impl Operation {
    /// Its name for programs that make code of the document.
    pub fn name(&self) -> String {
        self.handler.replace("::", "_").replace(' ', "")
    }

    /// Whether a token that is for one questionnaire may use it although it is of none.
    pub fn is_for_every_token(&self) -> bool {
        let Address { method, path, .. } = self.address;
        method == "get" && matches!(path, "/api/v1/account" | "/api/v1/questionnaires")
    }
}

macro_rules! operations {
    ($($tag:literal {$(
        $method:ident $path:literal $who:ident $($deed:literal)? [$($scope:ident)*] $(($($also:literal)*))?
            => $first:ident$(::$next:ident)* : $says:literal $($more:literal)?;
    )*})*) => {
        /// Every operation.
        pub const OPERATIONS: &[Operation] = &[$($(Operation {
            address: Address {
                method: stringify!($method),
                path: $path,
                who: Who::$who,
                deed: concat!($($deed)?),
            },
            tag: $tag,
            scopes: &[$($scope),*],
            says: $says,
            more: concat!($($more)?),
            also: &[$($($also),*)?],
            handler: stringify!($first$(::$next)*),
        }),*),*];

        /// Registers every address.
        pub fn configure(cfg: &mut web::ServiceConfig) {
            $($(cfg.route($path, web::$method().to($first$(::$next)*));)*)*
        }

        /// Every operation, with what its handler takes and answers.
        pub fn described() -> Vec<(&'static Operation, Description)> {
            let all = vec![$($($first$(::$next)*.described()),*),*];
            OPERATIONS.iter().zip(all).collect()
        }
    };
}

/// The operation that a request asks for.
pub fn of(request: &HttpRequest) -> Option<&'static Operation> {
    let (pattern, method) = (request.match_pattern()?, request.method().as_str());
    OPERATIONS.iter().find(|one| {
        let Address { method: of, path, .. } = one.address;
        path == pattern && of.eq_ignore_ascii_case(method)
    })
}

operations! {
    "Account" {
        get "/api/v1/account" SignedIn [Read] => account::show: "Who the token speaks for, and what it may do.";
        patch "/api/v1/account" SignedIn "changed the name of the account" [Write] => account::change: "Change your name."
            "The address with which the account signs in is changed at the desk: a token that leaks must not take the account over.";
        get "/api/v1/tokens" SignedIn [Read] => tokens::list: "Your tokens.";
        post "/api/v1/tokens" SignedIn "made a token" [Write] => tokens::make: "Make a token."
            "The token itself is in this answer and nowhere else. It allows no more than the one with which it is made: no other scope, no other questionnaire, no longer time.";
        delete "/api/v1/tokens/{id}" SignedIn "revoked a token" [Write] => tokens::revoke: "Revoke a token.";
    }
    "Questionnaires" {
        get "/api/v1/questionnaires" SignedIn [Read] => questionnaires::list: "The questionnaires that you may see, newest first.";
        post "/api/v1/questionnaires" SignedIn "made a questionnaire" [Write] => documents::make: "Make a questionnaire of a document; it is a draft.";
        get "/api/v1/questionnaires/{slug}/document" Viewer [Read] => documents::show: "The questionnaire as one document.";
        put "/api/v1/questionnaires/{slug}/document" Editor "changed the questionnaire" [Write] (412) => documents::save: "Change it to what a document says."
            "Questions are found by their keys, and where they have none by kind and words; what the document does not say is taken off the form. A published question whose words differ gets a further wording.";
        get "/api/v1/questionnaires/{slug}/wordings" Viewer [Read] => documents::wordings: "Every wording that its questions have had.";
        post "/api/v1/articles" SignedIn "brought an article" [Write] => articles::bring: "Bring an article, as a text, a file or its address: it is read, and becomes a questionnaire in draft, without questions yet.";
        post "/api/v1/imports" SignedIn "brought a form" [Write] => forms::bring: "Bring a form of another program; it becomes a draft."
            "Where answers came with it, it is closed, and they are its responses. What could not be kept is told.";
        post "/api/v1/examples" SignedIn "opened the example" [Write] => questionnaires::example: "Bring the example, with questions and open to readers.";
        post "/api/v1/polis" SignedIn "brought a conversation held with Polis" [Write] => articles::polis: "Bring a conversation that was held with Polis."
            "The same conversation brought again adds what is new.";
        get "/api/v1/questionnaires/{slug}" Viewer [Read] => questionnaires::show: "A questionnaire.";
        patch "/api/v1/questionnaires/{slug}" Editor "changed the settings" [Write] => settings::choose: "Choose what is kept of who answers, when it is open and for how many, thanks, the colour, what links may carry, and which sites may show the form.";
        post "/api/v1/questionnaires/{slug}/duplicate" Viewer "made a copy" [Write] => questionnaires::duplicate: "Make a copy, as a draft of your own: without answers and invitations.";
        get "/api/v1/questionnaires/{slug}/surveyjs" Viewer [Read] => forms::survey_js: "The questionnaire as SurveyJS says it.";
        get "/api/v1/questionnaires/{slug}/logo" Viewer [Read] => look::show: "The picture at the head of its pages.";
        put "/api/v1/questionnaires/{slug}/logo" Editor "changed the picture" [Write] => look::put: "Put a picture at the head of its pages: the bytes of a PNG or JPEG, at most 256 KB.";
        delete "/api/v1/questionnaires/{slug}/logo" Editor "changed the picture" [Write] => look::remove: "Take the picture away.";
        get "/api/v1/questionnaires/{slug}/changes" Viewer [Read] => history::changes: "What was edited since it was published, and readers do not see yet.";
        post "/api/v1/questionnaires/{slug}/changes" Editor "put changed questions on the form" [Write] => history::put_on_form: "Put these changes on the form."
            "A question in `replaced` becomes another question: answers so far stay with the earlier words. Any other change is a correction.";
        delete "/api/v1/questionnaires/{slug}/changes" Editor "dropped changes of the form" [Write] => history::drop_them: "Drop these changes; they stay in the history.";
        get "/api/v1/questionnaires/{slug}/history" Viewer [Read] => history::list: "Every saved state, newest first.";
        get "/api/v1/questionnaires/{slug}/history/{number}" Viewer [Read] => history::show: "One saved state.";
        post "/api/v1/questionnaires/{slug}/history/{number}" Editor "restored an earlier state" [Write] => history::restore: "Restore that state: in a draft at once, of a published form as changes that readers do not see yet.";
        get "/api/v1/questionnaires/{slug}/checks" Viewer [Read] => questionnaires::checks: "Whether it can be published, and what stands in the way.";
        post "/api/v1/questionnaires/{slug}/publish" Editor "published the questionnaire" [Write] => questionnaires::publish: "Open it to readers.";
        post "/api/v1/questionnaires/{slug}/close" Editor "closed the questionnaire" [Write] => questionnaires::close: "Close it: readers can no longer answer. It can be published again.";
        post "/api/v1/questionnaires/{slug}/example" Editor "filled the example with made-up answers" [Write] => questionnaires::fill: "Fill the example with made-up answers.";
        get "/api/v1/questionnaires/{slug}/article" Viewer [Read] => articles::show: "The article, and what in it can become a question.";
        get "/api/v1/questionnaires/{slug}/article/images" Viewer [Read] => images::list: "The images that the article names, and whether readers see them.";
        put "/api/v1/questionnaires/{slug}/article/images" Editor "fetched the images of the article" [Write] => images::show: "Show the images on the article page: each that is not kept yet is fetched once, now, by this server, and kept here."
            "What cannot be fetched stays a link, and says why.";
        delete "/api/v1/questionnaires/{slug}/article/images" Editor "took the images of the article away" [Write] => images::hide: "Take the images off the article page.";
        post "/api/v1/questionnaires/{slug}/article/newer" Editor "brought a newer text of the article" [Write] => newer::bring: "Bring a newer text of the article: it is compared, and nothing changes until it is taken.";
        get "/api/v1/questionnaires/{slug}/article/newer/{id}" Editor [Read] => newer::show: "What became of the questions in a newer text.";
        post "/api/v1/questionnaires/{slug}/article/newer/{id}/take" Editor "put a newer text in the article’s place" [Write] => newer::take: "Put a newer text in the article's place, with those of its questions that are named.";
        post "/api/v1/questionnaires/{slug}/article/questions" Editor "took questions from the article" [Write] => articles::take: "Take what was found in the article as questions.";
    }
    "Webhooks" {
        get "/api/v1/questionnaires/{slug}/webhooks" Editor [Read] => webhooks::list: "The addresses that are told what happens to a questionnaire.";
        post "/api/v1/questionnaires/{slug}/webhooks" Editor "added a webhook" [Write] => webhooks::make: "Add an address that is told."
            "Its secret is in this answer and in no other.";
        get "/api/v1/questionnaires/{slug}/webhooks/{id}" Editor [Read] => webhooks::show: "A webhook.";
        patch "/api/v1/questionnaires/{slug}/webhooks/{id}" Editor "changed a webhook" [Write] => webhooks::change: "Change where it is told and what, switch it off or on.";
        delete "/api/v1/questionnaires/{slug}/webhooks/{id}" Editor "removed a webhook" [Write] => webhooks::remove: "Remove it, and what it was told.";
        post "/api/v1/questionnaires/{slug}/webhooks/{id}/secret" Editor "gave a webhook a new secret" [Write] => webhooks::rotate: "Give it a new secret; the old one signs beside it for a day."
            "The secret is in this answer and in no other.";
        post "/api/v1/questionnaires/{slug}/webhooks/{id}/test" Editor "tried a webhook" [Write] => webhooks::test: "Tell it that this is a test.";
        get "/api/v1/questionnaires/{slug}/webhooks/{id}/deliveries" Editor [Read] => webhooks::deliveries: "What it was and will be told, newest first.";
        post "/api/v1/questionnaires/{slug}/webhooks/{id}/deliveries/{delivery}/again" Editor "told a webhook something again" [Write] => webhooks::again: "Tell it something again, at once.";
    }
    "People" {
        get "/api/v1/questionnaires/{slug}/members" Viewer [Read] => members::list: "Who works with a questionnaire, owners first.";
        patch "/api/v1/questionnaires/{slug}/members/{id}" Owner "changed a role" [Write] => members::set_role: "Give a member another role.";
        delete "/api/v1/questionnaires/{slug}/members/{id}" Owner "took an organizer out" [Write] => members::remove: "Take a member out.";
        post "/api/v1/questionnaires/{slug}/leave" Viewer "left" [Write] => members::leave: "Leave a questionnaire.";
        get "/api/v1/questionnaires/{slug}/colleagues" Owner [Read Contacts] => members::asked: "Colleagues who were asked and have not answered.";
        post "/api/v1/questionnaires/{slug}/colleagues" Owner "invited an organizer" [Write Send] => members::ask: "Ask a colleague by mail to work with a questionnaire.";
        delete "/api/v1/questionnaires/{slug}/colleagues/{id}" Owner "took back an organizer’s invitation" [Write] => members::unask: "Take such an invitation back.";
        put "/api/v1/questionnaires/{slug}/handover" Owner "asked another organizer to take over" [Write] => members::offer: "Ask a member to take the questionnaire over.";
        delete "/api/v1/questionnaires/{slug}/handover" Viewer "called off the handing over" [Write] => members::keep: "Call the handing over off, as who asked or who was asked.";
        post "/api/v1/questionnaires/{slug}/handover/accept" Viewer "took over the questionnaire" [Write] => members::take_over: "Take over what you were asked to.";
        delete "/api/v1/questionnaires/{slug}" Owner "deleted the questionnaire" [Write] => members::delete: "Delete a questionnaire: closed at once, and gone for good after two weeks.";
        post "/api/v1/questionnaires/{slug}/restore" Owner "restored the questionnaire" [Write] => members::restore: "Restore a questionnaire that was deleted.";
    }
    "Responses" {
        get "/api/v1/questionnaires/{slug}/responses" Viewer [Read] => responses::list: "Responses with their answers, in the order of their random ids."
            "What is told of who answered is what the questionnaire promised its readers.";
        get "/api/v1/questionnaires/{slug}/responses/{id}" Viewer [Read] => responses::show: "One response.";
        patch "/api/v1/questionnaires/{slug}/responses/{id}" Editor "decided whether a response counts" [Write] => responses::decide: "Decide whether a response counts that came late or is held.";
        get "/api/v1/questionnaires/{slug}/statements" Viewer [Read] => responses::statements: "Statements that readers added.";
        post "/api/v1/questionnaires/{slug}/statements" Editor "decided on an added statement" [Write] => responses::decide_one_statement: "Put a statement that readers added on the form, or leave it off.";
    }
    "Results" {
        get "/api/v1/questionnaires/{slug}/results" Viewer [Read] => results::show: "Counts, opinion groups and themes, of all responses or of some.";
        get "/api/v1/questionnaires/{slug}/results/{key}.csv" Viewer [Read] => results::table: "The numbers of one question as a table.";
        get "/api/v1/questionnaires/{slug}/results/{key}.svg" Viewer [Read] => results::picture: "The picture of one question.";
        get "/api/v1/questionnaires/{slug}/exports/{file}" Editor [Read] => results::export: "What was answered as a file."
            "`responses.csv`, `answers.csv`, `results.xlsx`, `everything.json`, `polis.zip`, or one of the five files of Polis.";
        get "/api/v1/questionnaires/{slug}/themes/{key}" Viewer [Read] => themes::show: "The themes of an open question.";
        post "/api/v1/questionnaires/{slug}/themes/{key}/edits" Editor "edited the themes" [Write] => themes::edit: "Edit the themes of an open question; each edit is a step that can be taken back.";
        get "/api/v1/questionnaires/{slug}/themes/{key}/suggestions" Viewer [Read] => themes::suggestions: "What a language model proposes for these themes, if one is set.";
        post "/api/v1/questionnaires/{slug}/themes/{key}/suggestions" Editor "asked for suggestions of themes" [Write Send] => themes::suggest: "Ask the language model: answers of people who allow to be quoted go to its host.";
        delete "/api/v1/questionnaires/{slug}/themes/{key}/suggestions" Editor "stopped asking for suggestions of themes" [Write] => themes::stop: "Stop asking.";
        post "/api/v1/questionnaires/{slug}/themes/{key}/suggestions/take" Editor "took or left suggestions of themes" [Write] => themes::take: "Take what is proposed for a theme, or let it go.";
    }
    "Invitations" {
        get "/api/v1/questionnaires/{slug}/campaigns" Editor [Read Contacts] => campaigns::list: "The campaigns of a questionnaire.";
        post "/api/v1/questionnaires/{slug}/campaigns" Editor "began a campaign" [Write Contacts] => campaigns::begin: "Begin a draft: everybody, our words, the usual rules.";
        get "/api/v1/questionnaires/{slug}/campaigns/{id}" Editor [Read Contacts] => campaigns::show: "A campaign.";
        put "/api/v1/questionnaires/{slug}/campaigns/{id}" Editor "saved a campaign" [Write Contacts] => campaigns::edit: "Change a draft.";
        delete "/api/v1/questionnaires/{slug}/campaigns/{id}" Editor "threw a campaign away" [Write Contacts] => campaigns::delete: "Throw a draft away.";
        get "/api/v1/questionnaires/{slug}/campaigns/{id}/forecast" Editor [Read Contacts] => campaigns::look_ahead: "Who would get a mail if it began now, and who would not, and why.";
        post "/api/v1/questionnaires/{slug}/campaigns/{id}/test" Editor "sent a test of a campaign" [Write Contacts] => campaigns::test: "Send a test to yourself.";
        post "/api/v1/questionnaires/{slug}/campaigns/{id}/turn" Editor "sent, stopped or called off a campaign" [Send Contacts] => campaigns::turn: "Let it go, stop it, let it go on, call it off.";
        get "/api/v1/questionnaires/{slug}/campaigns/{id}/states.csv" Editor [Read Contacts] => campaigns::states: "What became of each of its mails, as a table.";
        post "/api/v1/questionnaires/{slug}/invitations/send" Editor "sent invitations" [Send Contacts] => campaigns::invite: "Invite every contact who was not invited yet, in our words, now.";
        post "/api/v1/questionnaires/{slug}/invitations/remind" Editor "sent reminders" [Send Contacts] => campaigns::remind: "Remind every contact who has not answered, in our words, now.";
    }
    "Contacts" {
        get "/api/v1/contacts" SignedIn [Read Contacts] => contacts::list: "Contacts, by address.";
        post "/api/v1/contact-deeds" SignedIn "changed contacts" [Write Contacts] => contacts::many: "Do something with many contacts at once.";
        get "/api/v1/contacts/{id}" SignedIn [Read Contacts] => contacts::show: "One contact.";
        patch "/api/v1/contacts/{id}" SignedIn "changed a contact" [Write Contacts] => contacts::change: "Correct a contact.";
        delete "/api/v1/contacts/{id}" SignedIn "erased a contact" [Write Contacts] => contacts::erase: "Erase a person: the contact, the invitations, the mails to the address."
            "This cannot be taken back.";
        get "/api/v1/contacts/{id}/everything" SignedIn [Read Contacts] => contacts::everything: "All that is held of a person, as one file.";
        put "/api/v1/contacts/{id}/suppression" SignedIn "kept an address from being written to" [Write Contacts] => contacts::bar: "Keep the address from being written to.";
        delete "/api/v1/contacts/{id}/suppression" SignedIn "let an address be written to again" [Write Contacts] => contacts::unbar: "Let the address be written to again, where that is yours to decide.";
        get "/api/v1/contact-lists" SignedIn [Read Contacts] => lists::list: "Your lists of contacts, by name.";
        post "/api/v1/contact-lists" SignedIn "made a list of contacts" [Write Contacts] => lists::make: "Make a list.";
        get "/api/v1/contact-lists/{id}" SignedIn [Read Contacts] => lists::show: "One list.";
        patch "/api/v1/contact-lists/{id}" SignedIn "renamed a list of contacts" [Write Contacts] => lists::rename: "Give a list another name.";
        delete "/api/v1/contact-lists/{id}" SignedIn "deleted a list of contacts" [Write Contacts] => lists::delete: "Delete a list; who is on it stays a contact.";
        get "/api/v1/contact-imports" SignedIn [Read Contacts] => imports::imports: "Lists of people that wait to be imported.";
        post "/api/v1/contact-imports" SignedIn "brought a list of contacts" [Write Contacts] => imports::bring: "Bring a list of people; it waits until it is imported.";
        get "/api/v1/contact-imports/{id}" SignedIn [Read Contacts] => imports::look: "What would become of a list.";
        patch "/api/v1/contact-imports/{id}" SignedIn "decided on a list of contacts" [Write Contacts] => imports::choose: "Say what holds for all of them.";
        post "/api/v1/contact-imports/{id}/import" SignedIn "imported contacts" [Write Contacts] => imports::import: "Import a list that waits; lines that cannot be used go on waiting.";
        delete "/api/v1/contact-imports/{id}" SignedIn "threw a list of contacts away" [Write Contacts] => imports::throw_away: "Throw a list away.";
    }
    "Mails" {
        get "/api/v1/outbox" SignedIn [Read Contacts] => mail::outbox: "Mails that leave or have left, newest first.";
        get "/api/v1/outbox/{id}" SignedIn [Read Contacts] => mail::sent: "One of them.";
        get "/api/v1/outbox/{id}/raw" SignedIn [Read Contacts] => mail::sent_raw: "The mail itself.";
        get "/api/v1/inbox" SignedIn [Read Contacts] => mail::inbox: "Mails that came in, newest first.";
        get "/api/v1/inbox/{id}" SignedIn [Read Contacts] => mail::came: "One of them.";
        get "/api/v1/inbox/{id}/raw" SignedIn [Read Contacts] => mail::came_raw: "The mail itself.";
    }
    "Brief" {
        get "/api/v1/questionnaires/{slug}/brief" Viewer [Read] => brief::show: "The brief as it is being prepared.";
        put "/api/v1/questionnaires/{slug}/brief/edits" Editor "edited the brief" [Write] => brief::edit: "Change its edits, as a whole.";
        put "/api/v1/questionnaires/{slug}/brief/signature" Editor "signed the brief" [Write] => brief::sign: "Sign it, or take the signature away.";
        get "/api/v1/questionnaires/{slug}/brief/prospect" Viewer [Read] => brief::look_ahead: "What would be published now, and what stands in the way.";
        get "/api/v1/questionnaires/{slug}/brief/versions" Viewer [Read] => brief::versions: "Its published versions, newest first.";
        post "/api/v1/questionnaires/{slug}/brief/versions" Editor "published the brief" [Write] => brief::publish: "Publish a version, which never changes again.";
        get "/api/v1/questionnaires/{slug}/brief/versions/{number}" Viewer [Read] => brief::one: "A published version as data, with the ids of the responses behind it.";
        delete "/api/v1/questionnaires/{slug}/brief/versions/{number}" Editor "took back the brief" [Write] => brief::unpublish: "Take a version back.";
    }
    "Discussion" {
        get "/api/v1/questionnaires/{slug}/discussion" Viewer [Read] => discussion::show: "The discussion: how it is held, and its groups.";
        put "/api/v1/questionnaires/{slug}/discussion" Editor "set up the discussion" [Write] => discussion::set_up: "Say how it is held, as a whole."
            "Those who want to join are taken up by the way.";
        post "/api/v1/questionnaires/{slug}/discussion/groups" Editor "made the groups" [Write] => discussion::groups: "Have groups made: a search begins, and goes on by itself.";
        delete "/api/v1/questionnaires/{slug}/discussion/search" Editor "stopped the search for groups" [Write] => discussion::stop: "Stop the search: the best plan so far is taken.";
        post "/api/v1/questionnaires/{slug}/discussion/changes" Editor "changed the groups" [Write Send] => discussion::change: "Move people, lock seats, take a change back."
            "People who were told of their seat are told again by mail.";
        get "/api/v1/questionnaires/{slug}/discussion/people" Editor [Read Contacts] => discussion::people::list: "Participants.";
        post "/api/v1/questionnaires/{slug}/discussion/people" Editor "added a participant" [Write Send Contacts] => discussion::people::add: "Add somebody by hand."
            "After the appointments went out they get a seat where there is room, and a mail about it.";
        patch "/api/v1/questionnaires/{slug}/discussion/people/{participant}" Editor "corrected a participant" [Write Send Contacts] => discussion::people::correct: "Correct a participant, take them out, or in again."
            "Who is taken out after the appointments went out gets a mail.";
        post "/api/v1/questionnaires/{slug}/discussion/times" Editor "asked participants for times" [Send Contacts] => discussion::people::ask: "Ask everybody by mail who has not said when they can come.";
        post "/api/v1/questionnaires/{slug}/discussion/invitations" Editor "invited the participants" [Send] => discussion::invite: "Send the appointments.";
        post "/api/v1/questionnaires/{slug}/discussion/guides" Editor "made the guides again" [Write] => discussion::guides::again: "Make the guides again from the answers as they are now.";
        get "/api/v1/questionnaires/{slug}/discussion/groups/{group}/guide" Viewer [Read] => discussion::guides::show: "The guide of a group, and the edits over it.";
        put "/api/v1/questionnaires/{slug}/discussion/groups/{group}/guide" Editor "edited a guide" [Write] => discussion::guides::edit: "Change the edits of a layer, as a whole.";
        get "/api/v1/questionnaires/{slug}/discussion/groups/{group}/guide/{name}" Viewer [Read] => discussion::guides::file: "The guide as a file, such as `guide.pdf` or `guide.md`.";
        put "/api/v1/questionnaires/{slug}/discussion/groups/{group}/meeting" Editor "changed a meeting" [Write Send] => discussion::guides::meeting: "Another time or place for a group; who was told is told again.";
        get "/api/v1/questionnaires/{slug}/discussion/groups/{group}/notes" Editor [Read] => discussion::guides::notes: "What a group wrote down.";
        put "/api/v1/questionnaires/{slug}/discussion/groups/{group}/notes" Editor "wrote a group’s notes" [Write] => discussion::guides::write: "Write down what a group said."
            "If somebody else has written in one of these fields since it was looked at, it is not changed, and the answer is 409.";
    }
    "Echo" {
        get "/api/v1/questionnaires/{slug}/echo" Viewer [Read] => echo::show: "The echo as it is being prepared.";
        put "/api/v1/questionnaires/{slug}/echo" Editor "edited the echo" [Write] => echo::edit: "Change what is made of the notes, as a whole.";
        put "/api/v1/questionnaires/{slug}/echo/poll" Editor "asked the poll" [Write] => echo::ask: "Choose the statements of the poll, as long as nobody has answered.";
        post "/api/v1/questionnaires/{slug}/echo/versions" Editor "published the echo" [Write] => echo::publish: "Publish the echo as it stands.";
        delete "/api/v1/questionnaires/{slug}/echo/versions" Editor "took back the echo" [Write] => echo::unpublish: "Take the echo back.";
    }
}
