//! Every operation of the interface in one table: its address, who may use it, which scopes it
//! takes, and what it is for. The routes, the checks and the document are made of it.

use actix_web::{HttpRequest, web};

use super::described::{Described, Description};
use super::{account, tokens};
use crate::domain::api_token::Scope::{self, Read, Write};
use crate::web::routes::{Address, Who};

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// `get`, `post`, `put`, `patch` or `delete`.
    pub method: &'static str,
    /// The path, with its gaps.
    pub path: &'static str,
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
        self.method == "get" && matches!(self.path, "/api/v1/account" | "/api/v1/questionnaires")
    }
}

macro_rules! operations {
    ($($tag:literal {$(
        $method:ident $path:literal $who:ident $($deed:literal)? [$($scope:ident)*] $(($($also:literal)*))?
            => $first:ident$(::$next:ident)* : $says:literal $($more:literal)?;
    )*})*) => {
        /// The addresses of the interface, as the table of all addresses has them.
        pub const API: &[Address] = &[$($(Address {
            method: stringify!($method),
            path: $path,
            who: Who::$who,
            deed: concat!($($deed)?),
        }),*),*];

        /// The same, with what programs need to know.
        pub const OPERATIONS: &[Operation] = &[$($(Operation {
            method: stringify!($method),
            path: $path,
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
            let all = [$($($first$(::$next)*.described()),*),*];
            OPERATIONS.iter().zip(all).collect()
        }
    };
}

/// The operation that a request asks for.
pub fn of(request: &HttpRequest) -> Option<&'static Operation> {
    let (pattern, method) = (request.match_pattern()?, request.method().as_str());
    let all = OPERATIONS.iter();
    all.into_iter().find(|one| one.path == pattern && one.method.eq_ignore_ascii_case(method))
}

operations! {
    "Account" {
        get "/api/v1/account" SignedIn [Read] => account::show: "Who the token speaks for, and what it may do.";
        patch "/api/v1/account" SignedIn "changed the account" [Write] => account::change: "Change your name or your address.";
        get "/api/v1/tokens" SignedIn [Read] => tokens::list: "Your tokens.";
        post "/api/v1/tokens" SignedIn "made a token" [Write] => tokens::make: "Make a token."
            "The token itself is in this answer and nowhere else. It allows no more than the one with which it is made: no other scope, no other questionnaire, no longer time.";
        delete "/api/v1/tokens/{id}" SignedIn "revoked a token" [Write] => tokens::revoke: "Revoke a token.";
    }
}
