//! Who changed what, and when, in a line.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::OrganizerId;
use crate::error::AppError;
use crate::service::Service;
use crate::store::organizers;
use crate::words::Words;

/// The names of these organizers; somebody without one is told by their address.
pub(super) async fn names(
    app: &Service,
    of: impl IntoIterator<Item = OrganizerId>,
) -> Result<BTreeMap<OrganizerId, String>, AppError> {
    let mut names = BTreeMap::new();
    for id in of {
        if names.contains_key(&id) {
            continue;
        }
        let Some(found) = organizers::by_id(app.store.read(), id).await? else { continue };
        let address = found.address.map(|address| address.to_string());
        let name = Some(found.name).filter(|name| !name.is_empty()).or(address);
        names.insert(id, name.unwrap_or_else(|| "An organizer".to_owned()));
    }
    Ok(names)
}

/// "Ada, 14:02: question 3".
pub(super) async fn told(
    app: &Service,
    changes: &[(Option<OrganizerId>, DateTime<Utc>, String)],
) -> Result<Vec<String>, AppError> {
    let names = names(app, changes.iter().filter_map(|(who, ..)| *who)).await?;
    let line = |(who, at, what): &(Option<OrganizerId>, DateTime<Utc>, String)| {
        let who = who.and_then(|id| names.get(&id)).map_or("Beside the editor", String::as_str);
        format!("{who}, {}: {what}", when(*at))
    };
    Ok(changes.iter().map(line).collect())
}

/// A moment as the desk tells it.
pub(super) fn when(at: DateTime<Utc>) -> String {
    Words::of("en").day_time(at, Tz::UTC) + " UTC"
}
