//! Who changed what, and when, in a line.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::OrganizerId;
use crate::error::AppError;
use crate::service::Service;
use crate::store::organizers;
use crate::words::Words;

/// Who it was, as far as somebody is known.
pub(super) fn by(who: Option<OrganizerId>, names: &BTreeMap<OrganizerId, String>) -> &str {
    who.and_then(|id| names.get(&id)).map_or("By another way", String::as_str)
}

/// "Ada, 14:02: question 3".
pub(super) async fn told(
    app: &Service,
    changes: &[(Option<OrganizerId>, DateTime<Utc>, String)],
) -> Result<Vec<String>, AppError> {
    let who = changes.iter().filter_map(|(who, ..)| *who);
    let names = organizers::names(app.store.read(), who).await?;
    let line = |(who, at, what): &(Option<OrganizerId>, DateTime<Utc>, String)| {
        format!("{}, {}: {what}", by(*who, &names), when(*at))
    };
    Ok(changes.iter().map(line).collect())
}

/// A moment as the desk tells it.
pub(super) fn when(at: DateTime<Utc>) -> String {
    Words::of("en").day_time(at, Tz::UTC) + " UTC"
}
