//! Every address in one table: who may use it, and what an organizer does with it.

use actix_web::{HttpRequest, HttpResponse, web};

use super::api::{self, operations};
use super::{
    account, answer, assets, brief, desk, discussion, echo, front, inbound, join, keys, receipt,
    stop, text,
};
use crate::domain::Role;
use crate::error::AppError;

/// Who may use an address. Each of the last three may do what the ones before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anyone,
    /// Whoever holds the link: it is the permission.
    Token,
    /// An organizer who has signed in.
    SignedIn,
    /// Whoever may look at the questionnaire.
    Viewer,
    /// Whoever may change the questionnaire.
    Editor,
    /// Whoever decides on the questionnaire and its people.
    Owner,
}

impl Who {
    /// The role that the address asks for on its questionnaire; nothing where it is about none.
    pub fn role(self) -> Option<Role> {
        match self {
            Self::Anyone | Self::Token | Self::SignedIn => None,
            Self::Viewer => Some(Role::Viewer),
            Self::Editor => Some(Role::Editor),
            Self::Owner => Some(Role::Owner),
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// `get`, `post`, `head`, and for programs `put`, `patch`, `delete`.
    pub method: &'static str,
    /// The path, with its gaps: `/desk/q/{slug}`.
    pub path: &'static str,
    /// Who may use it.
    pub who: Who,
    /// What an organizer has done with it, to follow a name; empty where nothing is changed.
    pub deed: &'static str,
}

impl Address {
    /// Whether it changes a questionnaire that is there: not once it is deleted, when it can be
    /// restored, or left.
    pub fn changes_what_is_there(&self) -> bool {
        let stays = ["/delete", "/restore", "/people/leave", "/people/remove"];
        !self.deed.is_empty() && !stays.iter().any(|end| self.path.ends_with(end))
    }
}

/// The role that a page of a questionnaire's desk asks for: `insight`; nothing: there is no such
/// page.
pub fn role_for(page: &str) -> Option<Role> {
    let path = format!("/desk/q/{{slug}}/{page}");
    ADDRESSES.iter().find(|line| line.method == "get" && line.path == path)?.who.role()
}

macro_rules! addresses {
    ($($method:ident $path:literal $who:ident $($deed:literal)? => $handler:path),* $(,)?) => {
        /// The addresses of pages, and of what pages are made of.
        const PAGES: &[Address] = &[$(Address {
            method: stringify!($method),
            path: $path,
            who: Who::$who,
            deed: concat!($($deed)?),
        }),*];

        /// Registers every address.
        pub fn configure(cfg: &mut web::ServiceConfig) {
            $(cfg.route($path, web::$method().to($handler));)*
            operations::configure(cfg);
            cfg.default_service(web::route().to(nowhere));
        }
    };
}

/// Every address with its method and who may use it: pages here, what programs ask in
/// [`operations`], and nothing anywhere else. Tests walk them all, as each of the people.
pub const ADDRESSES: &[Address] = &joined::<{ PAGES.len() + operations::OPERATIONS.len() }>();

#[expect(clippy::indexing_slicing, reason = "at compile time, where a wrong index is an error")]
const fn joined<const N: usize>() -> [Address; N] {
    let mut all = [PAGES[0]; N];
    let mut at = 0;
    while at < N {
        let pages = PAGES.len();
        all[at] = if at < pages { PAGES[at] } else { operations::OPERATIONS[at - pages].address };
        at += 1;
    }
    all
}

/// The line of the table that a request goes by.
pub fn address_of(request: &HttpRequest) -> Option<&'static Address> {
    let (pattern, method) = (request.match_pattern()?, request.method().as_str());
    ADDRESSES.iter().find(|line| line.path == pattern && line.method.eq_ignore_ascii_case(method))
}

addresses! {
    get "/" Anyone => front::page,
    get "/help" Anyone => front::help,
    get "/health" Anyone => front::health,
    head "/health" Anyone => front::health,
    get "/assets/{name}" Anyone => assets::serve,
    get "/favicon.ico" Anyone => assets::favicon,

    get "/q/{slug}" Anyone => answer::form,
    post "/q/{slug}" Anyone => answer::submit,
    get "/q/{slug}/article" Anyone => answer::article,
    get "/q/{slug}/images/{name}" Anyone => answer::images::serve,
    post "/q/{slug}/begun" Anyone => answer::reached::begun,
    get "/q/{slug}/look/{name}" Anyone => answer::look::serve,
    get "/q/{slug}/brief" Anyone => brief::newest,
    get "/q/{slug}/brief/{number}" Anyone => brief::one,
    get "/q/{slug}/brief/{number}/{name}" Anyone => brief::file,
    get "/q/{slug}/echo" Anyone => echo::page,
    get "/i/{token}" Token => answer::invited_form,
    post "/i/{token}" Token => answer::invited_submit,
    get "/i/{token}/stop" Token => stop::ask,
    post "/i/{token}/stop" Token => stop::stop,
    get "/r/{token}" Token => receipt::page,
    get "/r/{token}/change" Token => receipt::change_form,
    post "/r/{token}/change" Token => receipt::change,
    get "/r/{token}/versions/{number}" Token => receipt::version,
    get "/r/{token}/download.json" Token => receipt::download::json,
    get "/r/{token}/download.txt" Token => receipt::download::text,
    post "/r/{token}/consents" Token => receipt::withdraw,
    post "/r/{token}/mail" Token => receipt::mail,
    get "/r/{token}/erase" Token => receipt::erase::ask,
    post "/r/{token}/erase" Token => receipt::erase::erase,
    get "/d/{token}" Token => answer::later::form,
    post "/d/{token}/delete" Token => answer::later::delete,
    get "/g/{token}" Token => discussion::participant,
    get "/g/{token}/times" Token => discussion::times::page,
    post "/g/{token}/times" Token => discussion::times::say,
    post "/g/{token}/answer" Token => discussion::answer,
    get "/g/{token}/poll" Token => discussion::polled::form,
    post "/g/{token}/poll" Token => discussion::polled::keep,
    post "/g/{token}/notes" Token => discussion::notes::keep,
    get "/g/{token}/guide/{name}" Token => discussion::file,
    get "/h/{token}" Token => discussion::host::show,
    post "/h/{token}/{number}/attendance" Token => discussion::host::attendance,
    post "/h/{token}/{number}/notes" Token => discussion::host::keep_notes,
    get "/h/{token}/{number}/guide/{name}" Token => discussion::host::file,
    post "/text" Anyone => text::file,

    get "/sign-in" Anyone => account::ask,
    post "/sign-in" Anyone => account::send_link,
    post "/sign-in/code" Anyone => account::use_code,
    post "/sign-in/passkey/begin" Anyone => keys::begin_sign_in,
    post "/sign-in/passkey" Anyone => keys::with_passkey,
    post "/sign-in/password" Anyone => keys::with_password,
    get "/sign-in/openid" Anyone => keys::to_openid,
    get "/sign-in/openid/back" Anyone => keys::from_openid,
    get "/sign-in/{token}" Anyone => account::confirm,
    post "/sign-in/{token}" Anyone => account::sign_in,
    post "/sign-out" Anyone => account::sign_out,
    get "/desk/account" SignedIn => account::page,
    post "/desk/account" SignedIn "changed the name or address of the account" => account::save,
    get "/desk/account/tokens" SignedIn => desk::tokens::page,
    post "/desk/account/tokens" SignedIn "made a token" => desk::tokens::make,
    post "/desk/account/tokens/{id}/revoke" SignedIn "revoked a token" => desk::tokens::revoke,
    get "/desk/account/sessions" SignedIn => account::sessions::page,
    post "/desk/account/sessions" SignedIn "signed out elsewhere" => account::sessions::end,
    get "/desk/account/log" SignedIn => account::log::page,
    get "/desk/account/delete" SignedIn => account::delete::ask,
    post "/desk/account/delete" SignedIn "deleted the account" => account::delete::delete,
    post "/desk/account/restore" SignedIn "restored the account" => account::delete::restore,
    get "/address/{token}" Token => account::address::ask_new,
    post "/address/{token}" Token "confirmed a new address" => account::address::confirm,
    get "/keep-address/{token}" Token => account::address::ask_to_keep,
    post "/keep-address/{token}" Token "kept the address, or took a change of it back" => account::address::keep,
    get "/join/{token}" Token => join::ask,
    post "/join/{token}" Token "joined" => join::join,
    get "/desk/account/keys" SignedIn => keys::page,
    post "/desk/account/passkeys/begin" SignedIn "began to make a passkey" => keys::begin_passkey,
    post "/desk/account/passkeys" SignedIn "made a passkey" => keys::add_passkey,
    post "/desk/account/passkeys/{id}/remove" SignedIn "removed a passkey" => keys::remove_passkey,
    post "/desk/account/password" SignedIn "set or gave up the password" => keys::password,
    post "/desk/account/elsewhere" SignedIn "forgot an account elsewhere" => keys::forget_elsewhere,

    get "/desk" SignedIn => desk::home::page,
    get "/desk/new" SignedIn => desk::article::bring_page,
    post "/desk/new" SignedIn "brought an article" => desk::article::bring,
    get "/desk/new/polis" SignedIn => desk::polis::page,
    post "/desk/new/polis" SignedIn "brought a conversation held with Polis" => desk::polis::bring,
    get "/desk/new/import" SignedIn => desk::import::page,
    post "/desk/new/import" SignedIn "brought a form" => desk::import::bring,
    post "/desk/example" SignedIn "opened the example" => desk::article::bring_example,
    get "/desk/q/{slug}" Viewer => desk::home::overview,
    get "/desk/q/{slug}/people" Viewer => desk::people::page,
    post "/desk/q/{slug}/people/invite" Owner "invited an organizer" => desk::people::invite,
    post "/desk/q/{slug}/people/take-back" Owner "took back an organizer’s invitation" => desk::people::take_back,
    post "/desk/q/{slug}/people/role" Owner "changed a role" => desk::people::set_role,
    post "/desk/q/{slug}/people/remove" Owner "took an organizer out" => desk::people::remove,
    post "/desk/q/{slug}/people/leave" Viewer "left" => desk::people::leave,
    post "/desk/q/{slug}/people/hand-over" Owner "asked another organizer to take over" => desk::people::offer,
    post "/desk/q/{slug}/people/keep" Viewer "called off the handing over" => desk::people::keep,
    post "/desk/q/{slug}/people/take-over" Viewer "took over the questionnaire" => desk::people::take_over,
    get "/desk/q/{slug}/log" Editor => desk::log::page,
    get "/desk/q/{slug}/delete" Owner => desk::deletion::ask,
    post "/desk/q/{slug}/delete" Owner "deleted the questionnaire" => desk::deletion::delete,
    post "/desk/q/{slug}/restore" Owner "restored the questionnaire" => desk::deletion::restore,
    get "/desk/q/{slug}/article" Editor => desk::article::page,
    post "/desk/q/{slug}/article" Editor "took questions from the article" => desk::article::take,
    post "/desk/q/{slug}/article/images" Editor "fetched the images of the article" => desk::article::images::show,
    post "/desk/q/{slug}/article/images/remove" Editor "took the images of the article away" => desk::article::images::hide,
    get "/desk/q/{slug}/images/{name}" Editor => desk::article::images::serve,
    get "/desk/q/{slug}/article/newer" Editor => desk::article::newer::bring_page,
    post "/desk/q/{slug}/article/newer" Editor "brought a newer text of the article" => desk::article::newer::bring,
    get "/desk/q/{slug}/article/newer/{id}" Editor => desk::article::newer::page,
    post "/desk/q/{slug}/article/newer/{id}" Editor "put a newer text in the article’s place" => desk::article::newer::take,
    get "/desk/q/{slug}/questionnaire" Viewer => desk::questionnaire::page,
    post "/desk/q/{slug}/questionnaire" Editor "saved the questions" => desk::questionnaire::save,
    get "/desk/q/{slug}/settings" Viewer => desk::questionnaire::settings::page,
    post "/desk/q/{slug}/settings" Editor "changed the settings" => desk::questionnaire::settings::save,
    post "/desk/q/{slug}/logo" Editor "changed the picture" => desk::questionnaire::look::save,
    get "/desk/q/{slug}/look/{name}" Viewer => desk::questionnaire::look::serve,
    get "/desk/q/{slug}/preview" Viewer => desk::questionnaire::preview::page,
    get "/desk/q/{slug}/preview/form" Viewer => desk::questionnaire::preview::form,
    get "/desk/q/{slug}/changes" Viewer => desk::questionnaire::changes::page,
    post "/desk/q/{slug}/changes" Editor "put changed questions on the form" => desk::questionnaire::changes::publish,
    get "/desk/q/{slug}/history" Viewer => desk::questionnaire::history::page,
    get "/desk/q/{slug}/history/{number}" Viewer => desk::questionnaire::history::one,
    post "/desk/q/{slug}/history/{number}" Editor "restored an earlier state" => desk::questionnaire::history::restore,
    post "/desk/q/{slug}/publish" Editor "published the questionnaire" => desk::questionnaire::publish,
    post "/desk/q/{slug}/close" Editor "closed the questionnaire" => desk::questionnaire::close,
    post "/desk/q/{slug}/demo" Editor "filled the example with made-up answers" => desk::questionnaire::fill_example,
    get "/desk/q/{slug}/invitations" Editor => desk::invitations::page,
    post "/desk/q/{slug}/invitations/contacts" Editor "added contacts to invite" => desk::invitations::add,
    post "/desk/q/{slug}/invitations/send" Editor "sent invitations" => desk::invitations::send,
    post "/desk/q/{slug}/invitations/remind" Editor "sent reminders" => desk::invitations::remind,
    post "/desk/q/{slug}/campaigns" Editor "began a campaign" => desk::campaigns::create,
    get "/desk/q/{slug}/campaigns/{id}" Editor => desk::campaigns::page,
    post "/desk/q/{slug}/campaigns/{id}" Editor "saved a campaign" => desk::campaigns::save,
    post "/desk/q/{slug}/campaigns/{id}/preview" Editor => desk::campaigns::preview,
    post "/desk/q/{slug}/campaigns/{id}/turn" Editor "sent, stopped or called off a campaign" => desk::campaigns::turn,
    get "/desk/q/{slug}/campaigns/{id}/live" Editor => desk::campaigns::live::stream,
    get "/desk/q/{slug}/campaigns/{id}/states.csv" Editor => desk::campaigns::states,
    get "/desk/q/{slug}/responses" Viewer => desk::responses::page,
    get "/desk/q/{slug}/responses/{id}" Viewer => desk::responses::one,
    post "/desk/q/{slug}/responses/{id}" Editor "decided whether a response counts" => desk::responses::decide,
    post "/desk/q/{slug}/statements" Editor "decided on an added statement" => desk::responses::decide_statement,
    get "/desk/q/{slug}/insight" Viewer => desk::insight::page,
    get "/desk/q/{slug}/themes/{key}" Viewer => desk::themes::page,
    post "/desk/q/{slug}/themes/{key}" Editor "edited the themes" => desk::themes::edit,
    get "/desk/q/{slug}/themes/{key}/suggest" Editor => desk::themes::ask,
    post "/desk/q/{slug}/themes/{key}/suggest" Editor "asked for suggestions of themes" => desk::themes::suggest,
    post "/desk/q/{slug}/themes/{key}/suggestions" Editor "took or left suggestions of themes" => desk::themes::take,
    get "/desk/q/{slug}/insight/live" Viewer => desk::insight::live::stream,
    get "/desk/q/{slug}/insight/map.svg" Viewer => desk::insight::groups::files::map,
    get "/desk/q/{slug}/insight/statements.csv" Viewer => desk::insight::groups::files::statements,
    get "/desk/q/{slug}/insight/cross.csv" Viewer => desk::insight::files::cross,
    get "/desk/q/{slug}/insight/{key}.svg" Viewer => desk::insight::files::svg,
    get "/desk/q/{slug}/insight/{key}.csv" Viewer => desk::insight::files::csv,
    get "/desk/q/{slug}/exports" Editor => desk::exports::page,
    get "/desk/q/{slug}/exports/{file}" Editor => desk::exports::file,
    get "/desk/q/{slug}/brief" Viewer => desk::brief::page,
    get "/desk/q/{slug}/brief/edit" Editor => desk::brief::edit,
    post "/desk/q/{slug}/brief/edit" Editor "edited the brief" => desk::brief::save,
    post "/desk/q/{slug}/brief/sign" Editor "signed the brief" => desk::brief::sign,
    get "/desk/q/{slug}/brief/publish" Editor => desk::brief::ask,
    post "/desk/q/{slug}/brief/publish" Editor "published the brief" => desk::brief::publish,
    post "/desk/q/{slug}/brief/unpublish" Editor "took back the brief" => desk::brief::unpublish,
    get "/desk/q/{slug}/brief/{name}" Viewer => desk::brief::file,
    get "/desk/q/{slug}/discussion" Viewer => desk::discussion::page,
    post "/desk/q/{slug}/discussion" Editor "set up the discussion" => desk::discussion::make,
    get "/desk/q/{slug}/discussion/setup" Editor => desk::discussion::setup_page,
    post "/desk/q/{slug}/discussion/groups" Editor "made the groups" => desk::discussion::groups,
    post "/desk/q/{slug}/discussion/stop" Editor "stopped the search for groups" => desk::discussion::stop,
    post "/desk/q/{slug}/discussion/change" Editor "changed the groups" => desk::discussion::change,
    get "/desk/q/{slug}/discussion/seats/{participant}" Viewer => desk::discussion::one_seat,
    get "/desk/q/{slug}/discussion/people" Editor => desk::discussion::participants::page,
    post "/desk/q/{slug}/discussion/people" Editor "changed who takes part" => desk::discussion::participants::change,
    post "/desk/q/{slug}/discussion/invite" Editor "invited the participants" => desk::discussion::invite,
    post "/desk/q/{slug}/discussion/guides" Editor "made the guides again" => desk::guides::again,
    post "/desk/q/{slug}/discussion/{group}/meeting" Editor "changed a meeting" => desk::guides::meeting,
    post "/desk/q/{slug}/discussion/{group}/notes" Editor "wrote a group’s notes" => desk::guides::notes,
    get "/desk/q/{slug}/discussion/{group}/guide" Viewer => desk::guides::page,
    get "/desk/q/{slug}/discussion/{group}/guide/edit" Editor => desk::guides::edit,
    post "/desk/q/{slug}/discussion/{group}/guide/edit" Editor "edited a guide" => desk::guides::save,
    get "/desk/q/{slug}/discussion/{group}/guide/{name}" Viewer => desk::guides::file,
    get "/desk/q/{slug}/echo" Editor => desk::echo::page,
    post "/desk/q/{slug}/echo" Editor "edited the echo" => desk::echo::save,
    post "/desk/q/{slug}/echo/poll" Editor "asked the poll" => desk::echo::ask,
    get "/desk/q/{slug}/echo/publish" Editor => desk::echo::preview,
    post "/desk/q/{slug}/echo/publish" Editor "published the echo" => desk::echo::publish,
    post "/desk/q/{slug}/echo/unpublish" Editor "took back the echo" => desk::echo::unpublish,
    get "/desk/q/{slug}/questionnaire.json" Viewer => desk::import::document,
    get "/desk/q/{slug}/surveyjs.json" Viewer => desk::import::survey_js,
    post "/desk/q/{slug}/duplicate" Viewer "made a copy" => desk::home::duplicate,
    get "/desk/q/{slug}/webhooks" Editor => desk::webhooks::page,
    post "/desk/q/{slug}/webhooks" Editor "added a webhook" => desk::webhooks::make,
    get "/desk/q/{slug}/webhooks/{id}" Editor => desk::webhooks::one,
    post "/desk/q/{slug}/webhooks/{id}" Editor "changed a webhook" => desk::webhooks::change,
    get "/api" Anyone => api::page::page,
    get "/api/v1/openapi.json" Anyone => api::document::json,
    post "/inbound/mail" Anyone => inbound::mail,
    get "/desk/inbox" SignedIn => desk::inbox::page,
    get "/desk/inbox/{id}" SignedIn => desk::inbox::one,
    get "/desk/contacts" SignedIn => desk::contacts::page,
    post "/desk/contacts" SignedIn "changed contacts" => desk::contacts::change,
    get "/desk/contacts/contacts.csv" SignedIn => desk::contacts::csv,
    get "/desk/contacts/import" SignedIn => desk::contacts::ask_for_import,
    post "/desk/contacts/import" SignedIn "brought a list of contacts" => desk::contacts::bring,
    get "/desk/contacts/import/{id}" SignedIn => desk::contacts::look,
    post "/desk/contacts/import/{id}" SignedIn "decided on a list of contacts" => desk::contacts::decide,
    get "/desk/contacts/lists" SignedIn => desk::contacts::lists,
    post "/desk/contacts/lists" SignedIn "changed the lists of contacts" => desk::contacts::change_lists,
    get "/desk/contacts/{id}" SignedIn => desk::contacts::one,
    post "/desk/contacts/{id}" SignedIn "changed a contact" => desk::contacts::save,
    get "/desk/contacts/{id}/everything.json" SignedIn => desk::contacts::everything,
    get "/desk/contacts/{id}/erase" SignedIn => desk::contacts::ask_to_erase,
    post "/desk/contacts/{id}/erase" SignedIn "erased a contact" => desk::contacts::erase,
    get "/desk/outbox" SignedIn => desk::outbox::page,
    get "/desk/outbox/{id}" SignedIn => desk::outbox::one,
}

/// What stands at every other address; at a known one, what else can be done there.
async fn nowhere(request: HttpRequest) -> Result<HttpResponse, AppError> {
    let of = |pattern: &str| {
        let mut pieces = request.path().split('/');
        pattern.split('/').all(|wanted| {
            let piece = pieces.next();
            // What stands after a gap, as in `{key}.svg`, has to be there.
            let after = wanted.strip_prefix('{').and_then(|gap| gap.split_once('}'));
            piece == Some(wanted)
                || after.zip(piece).is_some_and(|((_, end), piece)| {
                    piece.len() > end.len() && piece.ends_with(end)
                })
        }) && pieces.next().is_none()
    };
    let methods = ADDRESSES.iter().filter(|line| of(line.path));
    let methods: Vec<String> = methods.map(|line| line.method.to_uppercase()).collect();
    Err(if methods.is_empty() {
        AppError::NotFound
    } else {
        AppError::WrongMethod(methods.join(", "))
    })
}
