//! The ways to sign in besides a mailed link, as they stand on the page for signing in.

use actix_web::HttpResponse;
use maud::{Markup, html};

use crate::acts::use_passkey;
use crate::href;
use crate::service::Service;
use crate::web::account;
use crate::web::assets::url;
use crate::web::reply;
use crate::words::Words;

/// What is to be said, and what was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tried<'a> {
    /// The name of the sentence that says why nobody was signed in; empty: nothing was tried.
    pub why: &'a str,
    /// The address that was typed beside a password.
    pub address: &'a str,
}

/// A passkey, an account elsewhere, a password: what there is.
pub fn section(app: &Service, words: Words, tried: Tried<'_>) -> Markup {
    let with_password = tried.why == "sign-in-password-wrong";
    html! {
        @if use_passkey::possible(app) {
            // Shown by the script, since it is of no use without it.
            form.stack method="post" action="/sign-in/passkey" hidden data-passkey="/sign-in/passkey/begin"
                data-failed=(words.get("sign-in-passkey-none")) {
                input type="hidden" name="begun";
                input type="hidden" name="answer";
                p.problem role="alert" hidden {}
                button { (words.get("sign-in-passkey")) }
            }
            script src=(url("keys.js")) defer {}
        }
        @if app.settings.openid.is_set() {
            p.stack {
                a.button href=(href::OPENID) {
                    (words.with("sign-in-openid", &[("name", app.settings.openid.name.as_str().into())]))
                }
            }
        }
        details open[with_password] {
            summary { (words.get("sign-in-password")) }
            form.stack method="post" action="/sign-in/password" {
                .field {
                    label for="password-address" { (words.get("sign-in-address")) }
                    input id="password-address" name="address" type="email" autocomplete="username"
                        required spellcheck="false" maxlength="254" value=(tried.address);
                }
                .field {
                    label for="password" { (words.get("sign-in-password-field")) }
                    @if with_password { p.problem id="password-problem" { (words.get(tried.why)) } }
                    input id="password" name="password" type="password" required
                        autocomplete="current-password" maxlength="1024"
                        aria-invalid=[with_password.then_some("true")]
                        aria-describedby=[with_password.then_some("password-problem")];
                }
                button { (words.get("error-sign-in")) }
                p.help { (words.get("sign-in-password-help")) }
            }
        }
    }
}

/// The page for signing in, with why nobody was.
pub fn refused(app: &Service, words: Words, why: &str, address: &str) -> HttpResponse {
    let page = account::asked(app, words, None, Tried { why, address });
    reply::refused(page)
}
