//! Every mail that there is, as it may be: for those who judge them.

use super::message::Content;
use super::{
    address_change, colleague, draft, forward, key_changed, receipt, seat, seat_after,
    seat_cancelled, seat_reminder, sign_in, template, times, webhook_off,
};
use crate::domain::campaign::Aim;
use crate::words::Words;

/// Each mail by its name, in these words.
pub fn samples(words: Words) -> Vec<(&'static str, Content)> {
    let mut changed = seat::Seat::sample();
    changed.sequence = 2;
    changed.you_host = true;
    changed.with.clear();
    let mut all = vec![
        ("invitation", template::sample(Aim::Invite, words)),
        ("reminder", template::sample(Aim::Remind, words)),
        ("thanks", template::sample(Aim::Thank, words)),
        ("brief", template::sample(Aim::Brief, words)),
        ("draft", draft::DraftLink::sample().content(words)),
        ("receipt", receipt::ReceiptLink::sample().content(words)),
        ("webhook off", webhook_off::WebhookOff::sample().content(words)),
        ("forward", forward::Forward::sample().content(words)),
        ("colleague", colleague::Invitation::sample().content(words)),
        ("sign in", sign_in::SignIn::sample().content(words)),
        ("key changed", key_changed::KeyChanged::sample().content(words)),
        ("seat", seat::Seat::sample().content(words)),
        ("seat changed", changed.content(words)),
        ("seat cancelled", seat_cancelled::SeatCancelled::sample().content(words)),
        ("seat reminder", seat_reminder::SeatReminder::sample().content(words)),
        ("seat after", seat_after::SeatAfter::sample().content(words)),
        ("times", times::Times::sample().content(words)),
    ];
    let address = address_change::AddressChange::samples().into_iter();
    all.extend(address.map(|(name, mail)| (name, mail.content(words))));
    all
}
