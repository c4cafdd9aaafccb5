//! Every address in one table.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{
    account, answer, assets, brief, desk, discussion, echo, front, inbound, receipt, stop, text,
};
use crate::error::AppError;

macro_rules! addresses {
    ($($method:ident $path:literal => $handler:path),* $(,)?) => {
        /// Every address with its method, for tests that walk them all.
        pub const ADDRESSES: &[(&str, &str)] = &[$((stringify!($method), $path)),*];

        /// Registers every address.
        pub fn configure(cfg: &mut web::ServiceConfig) {
            $(cfg.route($path, web::$method().to($handler));)*
            cfg.default_service(web::route().to(nowhere));
        }
    };
}

addresses! {
    get "/" => front::page,
    get "/help" => front::help,
    get "/health" => front::health,
    head "/health" => front::health,
    get "/assets/{name}" => assets::serve,
    get "/favicon.ico" => assets::favicon,

    get "/q/{slug}" => answer::form,
    post "/q/{slug}" => answer::submit,
    get "/q/{slug}/article" => answer::article,
    post "/q/{slug}/begun" => answer::reached::begun,
    get "/q/{slug}/look/{name}" => answer::look::serve,
    get "/q/{slug}/brief" => brief::newest,
    get "/q/{slug}/brief/{number}" => brief::one,
    get "/q/{slug}/brief/{number}/{name}" => brief::file,
    get "/q/{slug}/echo" => echo::page,
    get "/i/{token}" => answer::invited_form,
    post "/i/{token}" => answer::invited_submit,
    get "/i/{token}/stop" => stop::ask,
    post "/i/{token}/stop" => stop::stop,
    get "/r/{token}" => receipt::page,
    get "/r/{token}/change" => receipt::change_form,
    post "/r/{token}/change" => receipt::change,
    get "/r/{token}/versions/{number}" => receipt::version,
    get "/r/{token}/download.json" => receipt::download::json,
    get "/r/{token}/download.txt" => receipt::download::text,
    post "/r/{token}/consents" => receipt::withdraw,
    post "/r/{token}/mail" => receipt::mail,
    get "/r/{token}/erase" => receipt::erase::ask,
    post "/r/{token}/erase" => receipt::erase::erase,
    get "/d/{token}" => answer::later::form,
    post "/d/{token}/delete" => answer::later::delete,
    get "/g/{token}" => discussion::participant,
    get "/g/{token}/times" => discussion::times::page,
    post "/g/{token}/times" => discussion::times::say,
    post "/g/{token}/answer" => discussion::answer,
    get "/g/{token}/poll" => discussion::polled::form,
    post "/g/{token}/poll" => discussion::polled::keep,
    post "/g/{token}/notes" => discussion::notes::keep,
    get "/g/{token}/guide/{name}" => discussion::file,
    get "/h/{token}" => discussion::host::show,
    post "/h/{token}/{number}/attendance" => discussion::host::attendance,
    post "/h/{token}/{number}/notes" => discussion::host::keep_notes,
    get "/h/{token}/{number}/guide/{name}" => discussion::host::file,
    post "/text" => text::file,

    get "/sign-in" => account::ask,
    post "/sign-in" => account::send_link,
    post "/sign-in/code" => account::use_code,
    get "/sign-in/{token}" => account::confirm,
    post "/sign-in/{token}" => account::sign_in,
    post "/sign-out" => account::sign_out,
    get "/desk/account" => account::page,
    post "/desk/account" => account::save,

    get "/desk" => desk::home::page,
    get "/desk/new" => desk::article::bring_page,
    post "/desk/new" => desk::article::bring,
    get "/desk/new/polis" => desk::polis::page,
    post "/desk/new/polis" => desk::polis::bring,
    post "/desk/example" => desk::article::bring_example,
    get "/desk/q/{slug}" => desk::home::overview,
    get "/desk/q/{slug}/article" => desk::article::page,
    post "/desk/q/{slug}/article" => desk::article::take,
    get "/desk/q/{slug}/questionnaire" => desk::questionnaire::page,
    post "/desk/q/{slug}/questionnaire" => desk::questionnaire::save,
    get "/desk/q/{slug}/settings" => desk::questionnaire::settings::page,
    post "/desk/q/{slug}/settings" => desk::questionnaire::settings::save,
    post "/desk/q/{slug}/logo" => desk::questionnaire::look::save,
    get "/desk/q/{slug}/look/{name}" => desk::questionnaire::look::serve,
    get "/desk/q/{slug}/preview" => desk::questionnaire::preview::page,
    get "/desk/q/{slug}/preview/form" => desk::questionnaire::preview::form,
    get "/desk/q/{slug}/changes" => desk::questionnaire::changes::page,
    post "/desk/q/{slug}/changes" => desk::questionnaire::changes::publish,
    get "/desk/q/{slug}/history" => desk::questionnaire::history::page,
    get "/desk/q/{slug}/history/{number}" => desk::questionnaire::history::one,
    post "/desk/q/{slug}/history/{number}" => desk::questionnaire::history::restore,
    post "/desk/q/{slug}/publish" => desk::questionnaire::publish,
    post "/desk/q/{slug}/close" => desk::questionnaire::close,
    post "/desk/q/{slug}/demo" => desk::questionnaire::fill_example,
    get "/desk/q/{slug}/invitations" => desk::invitations::page,
    post "/desk/q/{slug}/invitations/contacts" => desk::invitations::add,
    post "/desk/q/{slug}/invitations/send" => desk::invitations::send,
    post "/desk/q/{slug}/invitations/remind" => desk::invitations::remind,
    post "/desk/q/{slug}/campaigns" => desk::campaigns::create,
    get "/desk/q/{slug}/campaigns/{id}" => desk::campaigns::page,
    post "/desk/q/{slug}/campaigns/{id}" => desk::campaigns::save,
    post "/desk/q/{slug}/campaigns/{id}/preview" => desk::campaigns::preview,
    post "/desk/q/{slug}/campaigns/{id}/turn" => desk::campaigns::turn,
    get "/desk/q/{slug}/campaigns/{id}/live" => desk::campaigns::live::stream,
    get "/desk/q/{slug}/campaigns/{id}/states.csv" => desk::campaigns::states,
    get "/desk/q/{slug}/responses" => desk::responses::page,
    get "/desk/q/{slug}/responses/{id}" => desk::responses::one,
    post "/desk/q/{slug}/responses/{id}" => desk::responses::decide,
    post "/desk/q/{slug}/statements" => desk::responses::decide_statement,
    get "/desk/q/{slug}/insight" => desk::insight::page,
    get "/desk/q/{slug}/themes/{key}" => desk::themes::page,
    post "/desk/q/{slug}/themes/{key}" => desk::themes::edit,
    get "/desk/q/{slug}/themes/{key}/suggest" => desk::themes::ask,
    post "/desk/q/{slug}/themes/{key}/suggest" => desk::themes::suggest,
    post "/desk/q/{slug}/themes/{key}/suggestions" => desk::themes::take,
    get "/desk/q/{slug}/insight/live" => desk::insight::live::stream,
    get "/desk/q/{slug}/insight/map.svg" => desk::insight::groups::files::map,
    get "/desk/q/{slug}/insight/statements.csv" => desk::insight::groups::files::statements,
    get "/desk/q/{slug}/insight/cross.csv" => desk::insight::files::cross,
    get "/desk/q/{slug}/insight/{key}.svg" => desk::insight::files::svg,
    get "/desk/q/{slug}/insight/{key}.csv" => desk::insight::files::csv,
    get "/desk/q/{slug}/exports" => desk::exports::page,
    get "/desk/q/{slug}/exports/{file}" => desk::exports::file,
    get "/desk/q/{slug}/brief" => desk::brief::page,
    get "/desk/q/{slug}/brief/edit" => desk::brief::edit,
    post "/desk/q/{slug}/brief/edit" => desk::brief::save,
    post "/desk/q/{slug}/brief/sign" => desk::brief::sign,
    get "/desk/q/{slug}/brief/publish" => desk::brief::ask,
    post "/desk/q/{slug}/brief/publish" => desk::brief::publish,
    post "/desk/q/{slug}/brief/unpublish" => desk::brief::unpublish,
    get "/desk/q/{slug}/brief/{name}" => desk::brief::file,
    get "/desk/q/{slug}/discussion" => desk::discussion::page,
    post "/desk/q/{slug}/discussion" => desk::discussion::make,
    get "/desk/q/{slug}/discussion/setup" => desk::discussion::setup_page,
    post "/desk/q/{slug}/discussion/groups" => desk::discussion::groups,
    post "/desk/q/{slug}/discussion/stop" => desk::discussion::stop,
    post "/desk/q/{slug}/discussion/change" => desk::discussion::change,
    get "/desk/q/{slug}/discussion/seats/{participant}" => desk::discussion::one_seat,
    get "/desk/q/{slug}/discussion/people" => desk::discussion::participants::page,
    post "/desk/q/{slug}/discussion/people" => desk::discussion::participants::change,
    post "/desk/q/{slug}/discussion/invite" => desk::discussion::invite,
    post "/desk/q/{slug}/discussion/guides" => desk::guides::again,
    post "/desk/q/{slug}/discussion/{group}/meeting" => desk::guides::meeting,
    get "/desk/q/{slug}/discussion/{group}/guide" => desk::guides::page,
    get "/desk/q/{slug}/discussion/{group}/guide/edit" => desk::guides::edit,
    post "/desk/q/{slug}/discussion/{group}/guide/edit" => desk::guides::save,
    get "/desk/q/{slug}/discussion/{group}/guide/{name}" => desk::guides::file,
    get "/desk/q/{slug}/echo" => desk::echo::page,
    post "/desk/q/{slug}/echo" => desk::echo::save,
    post "/desk/q/{slug}/echo/poll" => desk::echo::ask,
    get "/desk/q/{slug}/echo/publish" => desk::echo::preview,
    post "/desk/q/{slug}/echo/publish" => desk::echo::publish,
    post "/desk/q/{slug}/echo/unpublish" => desk::echo::unpublish,
    post "/inbound/mail" => inbound::mail,
    get "/desk/inbox" => desk::inbox::page,
    get "/desk/inbox/{id}" => desk::inbox::one,
    get "/desk/contacts" => desk::contacts::page,
    post "/desk/contacts" => desk::contacts::change,
    get "/desk/contacts/contacts.csv" => desk::contacts::csv,
    get "/desk/contacts/import" => desk::contacts::ask_for_import,
    post "/desk/contacts/import" => desk::contacts::bring,
    get "/desk/contacts/import/{id}" => desk::contacts::look,
    post "/desk/contacts/import/{id}" => desk::contacts::decide,
    get "/desk/contacts/lists" => desk::contacts::lists,
    post "/desk/contacts/lists" => desk::contacts::change_lists,
    get "/desk/contacts/{id}" => desk::contacts::one,
    post "/desk/contacts/{id}" => desk::contacts::save,
    get "/desk/contacts/{id}/everything.json" => desk::contacts::everything,
    get "/desk/contacts/{id}/erase" => desk::contacts::ask_to_erase,
    post "/desk/contacts/{id}/erase" => desk::contacts::erase,
    get "/desk/outbox" => desk::outbox::page,
    get "/desk/outbox/{id}" => desk::outbox::one,
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
    let methods = ADDRESSES.iter().filter(|(_, pattern)| of(pattern));
    let methods: Vec<String> = methods.map(|(method, _)| method.to_uppercase()).collect();
    Err(if methods.is_empty() {
        AppError::NotFound
    } else {
        AppError::WrongMethod(methods.join(", "))
    })
}
