//! Somebody who was asked to work on a questionnaire says yes. Whoever is signed in joins as who
//! they are; whoever has no account yet gets one, as the link has proved the address. An account
//! that exists is opened by its own means alone, never by this link.

use super::sign_in;
use crate::domain::{OrganizerId, token};
use crate::service::Service;
use crate::store::colleagues::{self, Colleague};
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{deletions, members, organizers};

/// What a link asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Whom, and as what.
    pub colleague: Colleague,
    /// To work on what.
    pub questionnaire: Questionnaire,
    /// Who asks.
    pub by: String,
    /// Whether there is an account with the address.
    pub has_account: bool,
}

/// What came of a yes.
#[derive(Clone, Debug)]
pub enum Joined {
    /// They are a member.
    Yes {
        /// Who.
        organizer: OrganizerId,
        /// Of what.
        questionnaire: Box<Questionnaire>,
        /// The cookie of their first session, where the account is new.
        cookie: Option<String>,
    },
    /// There is an account with the address, and nobody is signed in.
    SignInFirst,
    /// The link was used, is too old, or was taken back.
    Gone,
}

/// What a link asks; looking does not use it, since mail scanners look.
///
/// # Errors
/// A database that refuses.
pub async fn asked(service: &Service, link: &str) -> anyhow::Result<Option<Asked>> {
    let (db, now) = (service.store.read(), service.clock.now());
    let Some(colleague) = colleagues::by_token(db, &token::hash(link), now).await? else {
        return Ok(None);
    };
    let id = colleague.questionnaire_id;
    let Some(questionnaire) = questionnaires::by_id(db, id).await? else { return Ok(None) };
    if deletions::of(db, id).await?.is_some() {
        return Ok(None);
    }
    let by = organizers::by_id(db, colleague.invited_by).await?;
    let by = by.map(|by| by.shown()).unwrap_or_default();
    let has_account = organizers::by_address(db, &colleague.address).await?.is_some();
    Ok(Some(Asked { colleague, questionnaire, by, has_account }))
}

/// Uses the link: `me` who is signed in, or a new organizer of this `name`.
///
/// # Errors
/// A database that refuses.
pub async fn join(
    service: &Service,
    link: &str,
    me: Option<OrganizerId>,
    name: &str,
) -> anyhow::Result<Joined> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let Some(colleague) = colleagues::by_token(&tx, &token::hash(link), now).await? else {
        return Ok(Joined::Gone);
    };
    let id = colleague.questionnaire_id;
    // Of two who use the link at once, one finds it used.
    if !colleagues::delete(&tx, id, colleague.id).await? {
        return Ok(Joined::Gone);
    }
    let Some(questionnaire) = questionnaires::hold(&tx, id).await? else {
        return Ok(Joined::Gone);
    };
    if deletions::of(&tx, id).await?.is_some() {
        return Ok(Joined::Gone);
    }
    let known = organizers::by_address(&tx, &colleague.address).await?;
    let (organizer, cookie) = match (me, known) {
        (Some(me), _) => (me, None),
        (None, Some(_)) => return Ok(Joined::SignInFirst),
        (None, None) => {
            let new = OrganizerId(service.clock.name());
            organizers::insert(&tx, new, Some(colleague.address), name, now).await?;
            (new, Some(sign_in::begin_session(service, &tx, new).await?))
        }
    };
    // A link takes no role away.
    let before = members::role_of(&tx, id, organizer).await?;
    let role = before.map_or(colleague.role, |before| before.max(colleague.role));
    members::keep(&tx, id, organizer, role, now).await?;
    tx.commit().await?;
    Ok(Joined::Yes { organizer, questionnaire: Box::new(questionnaire), cookie })
}
