//! To which questionnaire an address belongs, for what stands before or behind its pages.

use actix_web::HttpRequest;

use super::answer::published::Published;
use super::extract::App;
use crate::domain::token;
use crate::store::{invited, responses};

/// The part of an address that says what it is about: `q`, `i`, `r`, …
pub fn room(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

/// What it is about: a slug or a link.
pub fn name(path: &str) -> &str {
    path.split('/').nth(2).unwrap_or_default()
}

/// The questionnaire that a reader's address belongs to, if it is there and readers may see it.
pub(in crate::web) async fn questionnaire(request: &HttpRequest) -> Option<Published> {
    let app = request.app_data::<App>()?;
    let (db, name) = (app.store.read(), name(request.path()));
    let id = match room(request.path()) {
        "q" => return Published::at_last(app, name).await.ok(),
        "i" => invited::by_token(db, &token::hash(name)).await.ok()??.invitation.questionnaire_id,
        "r" => responses::by_token(db, &token::hash(name)).await.ok()??.questionnaire_id,
        _ => return None,
    };
    Published::of_last(app, id).await.ok()
}
