//! The page with what an organizer signs in with.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::store::credentials::Passkey;
use crate::store::organizers::Organizer;
use crate::web::assets::url;
use crate::web::ui::layout;
use crate::words::Words;

/// What is on the page.
#[derive(Debug)]
pub struct Keys<'a> {
    /// The passkeys, oldest first.
    pub passkeys: Vec<Passkey>,
    /// Whether there can be any at this address.
    pub possible: bool,
    /// Since when there is a password.
    pub password: Option<DateTime<Utc>>,
    /// Providers that know this organizer.
    pub elsewhere: Vec<String>,
    /// The provider that is set, by the name on its button.
    pub provider: Option<&'a str>,
    /// What went wrong.
    pub problem: Option<Problem>,
}

/// What went wrong, and where on the page it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// With a passkey; a sentence.
    Passkey(&'static str),
    /// The present password is another.
    Current,
    /// The new password; a sentence.
    New(&'static str),
}

/// The page.
pub fn keys(me: &Organizer, keys: &Keys<'_>) -> Markup {
    layout::desk(
        me,
        "How you sign in",
        None,
        html! {
            h1 { "How you sign in" }
            p {
                "A link that we mail to "
                @match &me.address { Some(address) => b { (address) }, None => "your address" }
                " always works. What follows is quicker, or works where you do not read mail."
            }
            (passkeys(keys))
            (password(me, keys))
            (elsewhere(keys))
            p { a href="/desk/account" { "Back to your account" } }
        },
    )
}

fn passkeys(keys: &Keys<'_>) -> Markup {
    html! {
        section aria-labelledby="passkeys" {
            h2 id="passkeys" { "Passkeys" }
            p { "Your phone, computer or security key keeps a passkey and asks for your finger, face or PIN. There is nothing to remember, and nothing that could be stolen from us." }
            @if let Some(Problem::Passkey(said)) = keys.problem { p.problem role="alert" { (said) } }
            @if keys.passkeys.is_empty() {
                p.help { "You have none yet." }
            } @else {
                .scroll tabindex="0" role="region" aria-label="The passkeys that you have" { table.data.cards {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Made" } th scope="col" { "Last used" } th scope="col" { span.vh { "What you can do" } } } }
                    tbody {
                        @for key in &keys.passkeys {
                            tr {
                                th scope="row" { (key.name) }
                                td data-label="Made" { (day(key.created_at)) }
                                td data-label="Last used" { @match key.used_at { Some(at) => (day(at)), None => "not yet" } }
                                td {
                                    form method="post" action={ "/desk/account/passkeys/" (key.id) "/remove" } {
                                        button.small { "Remove" span.vh { " " (key.name) } }
                                    }
                                }
                            }
                        }
                    }
                } }
            }
            @if keys.possible {
                form.stack method="post" action="/desk/account/passkeys"
                    data-passkey="/desk/account/passkeys/begin"
                    data-failed="No passkey was made: your device refused, or you stopped it. Nothing was changed." {
                    input type="hidden" name="begun";
                    input type="hidden" name="answer";
                    .field {
                        label for="passkey-name" { "What you call it" }
                        p.help id="passkey-help" { "So that you know it again: “phone”, “blue key”." }
                        input id="passkey-name" name="name" maxlength="60" aria-describedby="passkey-help" autocomplete="off";
                    }
                    p.problem role="alert" hidden {}
                    button.primary { "Make a passkey" }
                    noscript { p.help { "This needs JavaScript: the browser asks your device through it." } }
                }
                script src=(url("keys.js")) defer {}
            } @else {
                p.help { "Browsers know passkeys only at an address with a name and a lock: https://talk.example.org, or http://localhost to try it. Set server.public_url to such an address." }
            }
        }
    }
}

fn password(me: &Organizer, keys: &Keys<'_>) -> Markup {
    let weak = match keys.problem {
        Some(Problem::New(said)) => Some(said),
        _ => None,
    };
    let current = keys.problem == Some(Problem::Current);
    html! {
        section aria-labelledby="a-password" {
            h2 id="a-password" { "Password" }
            @match keys.password {
                Some(since) => p { "You have had this one since " (day(since)) "." },
                None => p { "You have none, and need none. If you want one: ten characters or more, best three or four words that do not go together." },
            }
            form.stack method="post" action="/desk/account/password" {
                // So that password managers know whose it is.
                input type="hidden" name="username" autocomplete="username" value=[me.address.as_ref()];
                @if keys.password.is_some() {
                    .field {
                        label for="current" { "The present password" }
                        @if current { p.problem id="current-problem" { "This is not your present password. It was left as it is." } }
                        input id="current" name="current" type="password" autocomplete="current-password" maxlength="1024"
                            aria-invalid=[current.then_some("true")]
                            aria-describedby=[current.then_some("current-problem")];
                    }
                }
                .field {
                    label for="new" { "A new password" }
                    @if let Some(said) = weak { p.problem id="new-problem" { (said) } }
                    input id="new" name="new" type="password" autocomplete="new-password" maxlength="1024"
                        aria-invalid=[weak.map(|_| "true")]
                        aria-describedby=[weak.map(|_| "new-problem")];
                }
                .actions {
                    button name="then" value="set" { "Set the password" }
                    @if keys.password.is_some() {
                        button.quiet name="then" value="remove" { "Go on without a password" }
                    }
                }
            }
        }
    }
}

fn elsewhere(keys: &Keys<'_>) -> Markup {
    html! {
        @if keys.provider.is_some() || !keys.elsewhere.is_empty() {
            section aria-labelledby="elsewhere" {
                h2 id="elsewhere" { "An account elsewhere" }
                @if let Some(name) = keys.provider {
                    p { "You can sign in with your account at " (name) ": the button is on the page for signing in. The first time it knows you by your mail address, from then on by that account." }
                }
                @for issuer in &keys.elsewhere {
                    form method="post" action="/desk/account/elsewhere" {
                        input type="hidden" name="issuer" value=(issuer);
                        p { "Linked: " bdi { (issuer) } " " button.quiet { "Unlink" span.vh { " " (issuer) } } }
                    }
                }
            }
        }
    }
}

fn day(at: DateTime<Utc>) -> String {
    Words::of("en").date(at, Tz::UTC)
}
