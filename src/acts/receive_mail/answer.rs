//! A calendar answers the invitation to a group: the same as the answer by the link in the mail.

use chrono::{DateTime, Utc};

use super::whose::{keeper, organizer_of};
use crate::acts::answer_seat::answer_seat;
use crate::acts::invite_participants::{Seated, Stranger, token_of, whose_uid};
use crate::domain::status::{Arrival, Rsvp};
use crate::domain::{email, token};
use crate::mail::inbound as read;
use crate::mail::inbound::calendar::{CalendarReply, Part};
use crate::service::Service;
use crate::store::discussions::{self, Group, Participant, Whole};
use crate::store::inbound::{Found, Inbound};
use crate::store::outbox::{self, Message, back};

/// Keeps a calendar's answer, or says why it cannot be kept.
pub(super) async fn answered(
    service: &Service,
    kept: &Inbound,
    reply: &CalendarReply,
) -> anyhow::Result<Found> {
    let mut found = Found {
        kind: Arrival::Answer,
        said: String::new(),
        organizer: None,
        questionnaire: None,
        message: None,
    };
    let said = match judged(service, kept, reply, &mut found).await? {
        Ok(said) => said,
        Err(why) => format!("Nothing was changed: {why}."),
    };
    found.organizer = organizer_of(service, found.questionnaire).await?;
    if found.organizer.is_none() {
        found.organizer = keeper(service).await?;
    }
    found.said = match &reply.comment {
        Some(comment) => format!("{said} They wrote: “{comment}”"),
        None => said,
    };
    Ok(found)
}

type Judged = Result<String, &'static str>;

async fn judged(
    service: &Service,
    kept: &Inbound,
    reply: &CalendarReply,
    found: &mut Found,
) -> anyhow::Result<Judged> {
    let Seated { group, one } = match whose_uid(service, &reply.uid) {
        Ok(seated) => seated,
        Err(Stranger::Other) => return Ok(Err("it is about an appointment that is none of ours")),
        Err(Stranger::Forged) => {
            found.kind = Arrival::Forged;
            return Ok(Err("the appointment has a name that we never gave"));
        }
    };
    let db = service.store.read();
    let link = token_of(service, one);
    let Some((one, whole)) = discussions::by_token(db, &token::hash(&link)).await? else {
        return Ok(Err("whoever answers takes part in nothing of ours any more"));
    };
    found.questionnaire = Some(one.questionnaire_id);
    let Some(group) = whole.group(group) else {
        return Ok(Err("the group does not meet any more"));
    };
    let key = format!("seat:{}:{}:{}", one.id, group.id, reply.sequence);
    let Some(sent) = back::by_key(db, &key).await? else {
        return Ok(Err("it answers a version of the appointment that we never sent"));
    };
    found.message = Some(sent.id);
    let at = reply.stamp.unwrap_or(kept.received_at).min(service.clock.now());
    let raw = outbox::raw::of(db, sent.id).await?.unwrap_or_default();
    // Their calendar may know an earlier time than ours: then yes is no yes to the new one.
    let known = read::calendar::starts_of(&raw).or(reply.starts);
    if known.is_some() && known != group.starts_at {
        return Ok(Err(
            "the answer is about an earlier time of the group; the newer mail asks again",
        ));
    }
    if let Some(why) = hindrance(service, reply, &sent, &one, &whole, group, at) {
        return Ok(Err(why));
    }
    let answer = rsvp(reply.part);
    if one.rsvp == answer && one.rsvp_at.is_some() {
        return Ok(Ok(format!("{} This was known already.", told(answer))));
    }
    answer_seat(service, &one, answer, at).await?;
    Ok(Ok(told(answer).to_owned()))
}

/// Why an answer cannot be kept, if it cannot.
fn hindrance(
    service: &Service,
    reply: &CalendarReply,
    sent: &Message,
    one: &Participant,
    whole: &Whole,
    group: &Group,
    at: DateTime<Utc>,
) -> Option<&'static str> {
    if email::folded(&reply.attendee) != email::folded(&sent.recipient) {
        return Some("somebody else answered than the one who was invited");
    }
    let now_in = whole.seat_of(one.id).and_then(|seat| seat.group_id);
    if now_in.is_some_and(|other| other != group.id) {
        return Some("the answer is about a group that they have left for another");
    }
    if group.starts_at.is_some_and(|starts| starts <= service.clock.now()) {
        return Some("the group has met already");
    }
    if one.rsvp != Rsvp::None && one.rsvp_at.is_some_and(|before| before > at) {
        return Some("they answered otherwise later");
    }
    None
}

fn rsvp(part: Part) -> Rsvp {
    match part {
        Part::Accepted => Rsvp::Accepted,
        Part::Tentative => Rsvp::Tentative,
        Part::Declined => Rsvp::Declined,
    }
}

fn told(answer: Rsvp) -> &'static str {
    match answer {
        Rsvp::Accepted => "They come, as their calendar says.",
        Rsvp::Tentative => "They come perhaps, as their calendar says.",
        Rsvp::Declined => "They do not come, as their calendar says; the seat is free.",
        Rsvp::None => "They said nothing.",
    }
}
