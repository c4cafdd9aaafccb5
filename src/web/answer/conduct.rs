//! Whether a person seems to have written: a field that only scripts see, and the time between a
//! form's drawing and its sending. Nobody has to solve anything, and nothing is refused: what
//! looks odd is kept, and its organizer decides ([`Standing::Held`](crate::domain::status::Standing)).

use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};

use crate::acts::submit_response::KEY;
use crate::domain::Fields;
use crate::service::Service;
use crate::words::Words;

/// The field that says when the form was drawn: [`crate::domain::token::Secret::drawn`].
pub(in crate::web) const DRAWN: &str = "form_drawn";
/// The field that no person sees. No browser fills a name like this one by itself.
pub(in crate::web) const UNSEEN: &str = "form_rest";

/// How a form came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) struct Conduct {
    /// When it was drawn, if that is certain: who opened it before the close may still send it.
    pub drawn: Option<DateTime<Utc>>,
    /// Whether it looks as if no person had written it.
    pub suspicious: bool,
}

/// What the field [`DRAWN`] of a form with this key says: what it said when the form was first
/// drawn, where the form was sent and is drawn again.
pub(in crate::web) fn stamp(app: &Service, key: &str, sent: &Fields, now: DateTime<Utc>) -> String {
    let said = sent.get(DRAWN).filter(|said| app.secret.drawn_at(key, said).is_some());
    said.map_or_else(|| app.secret.drawn(key, now), str::to_owned)
}

/// The inputs that stand beside the form's key. The one that no person should fill in is in a
/// part that is hidden from everybody: eyes, screen readers, the keyboard.
pub(in crate::web) fn inputs(words: Words, stamp: &str) -> Markup {
    html! {
        input type="hidden" name=(DRAWN) value=(stamp);
        div hidden {
            label for=(UNSEEN) { (words.get("form-leave-empty")) }
            input id=(UNSEEN) name=(UNSEEN) autocomplete="off" tabindex="-1";
        }
    }
}

/// How a form that arrived has come.
pub(in crate::web) fn judge(app: &Service, fields: &Fields, now: DateTime<Utc>) -> Conduct {
    let key = fields.get(KEY).unwrap_or_default();
    let drawn = fields.get(DRAWN).and_then(|said| app.secret.drawn_at(key, said));
    let least = TimeDelta::seconds(app.settings.limits.form_seconds.into());
    Conduct { drawn, suspicious: is_suspicious(drawn, fields.filled(UNSEEN), now, least) }
}

/// Whether no person seems to have written: the unseen field is filled in, or the form was sent
/// sooner than `least` after its drawing, or without ever having been drawn. With `least` zero,
/// time says nothing.
fn is_suspicious(
    drawn: Option<DateTime<Utc>>,
    unseen: Option<&str>,
    now: DateTime<Utc>,
    least: TimeDelta,
) -> bool {
    // In whole seconds, as the drawing is told: nobody who took `least` is taken for faster.
    let since = |drawn: DateTime<Utc>| TimeDelta::seconds(now.timestamp() - drawn.timestamp());
    let fast = drawn.is_none_or(|drawn| since(drawn) < least);
    unseen.is_some() || (least > TimeDelta::zero() && fast)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_too_fast_or_fills_in_what_nobody_sees_is_suspicious() {
        let at = |seconds: i64, millis: i64| {
            DateTime::from_timestamp_millis((1_700_000_000 + seconds) * 1000 + millis)
        };
        let (now, least) = (at(10, 900).unwrap(), TimeDelta::seconds(2));
        for (drawn, unseen, suspicious) in [
            (at(0, 0), None, false),
            (at(8, 0), None, false),
            (at(8, 999), None, false),
            (at(9, 0), None, true),
            (at(10, 900), None, true),
            (at(60, 0), None, true),
            (None, None, true),
            (at(0, 0), Some("buy"), true),
        ] {
            assert_eq!(
                is_suspicious(drawn, unseen, now, least),
                suspicious,
                "{drawn:?} {unseen:?}"
            );
        }
        assert!(!is_suspicious(None, None, now, TimeDelta::zero()));
        assert!(is_suspicious(None, Some("buy"), now, TimeDelta::zero()));
    }
}
