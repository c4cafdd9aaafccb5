//! From whom a message is sent, as servers see it: an address that says which message comes back.

use crate::mail::verp;
use crate::service::Service;
use crate::store::outbox::Message;

/// The envelope's sender of a message.
pub fn envelope(service: &Service, message: &Message) -> String {
    let mail = &service.settings.mail;
    let own = mail
        .returns_to()
        .and_then(|base| verp::sender(&base, message.id, &service.secret.bounce_tag(message.id.0)));
    own.unwrap_or_else(|| mail.from.email.clone()).to_string()
}
