//! All that an organizer holds of one person, as one file for whoever asks for it.

use actix_web::HttpResponse;
use actix_web::http::header::ContentDisposition;
use actix_web::web::Path;
use serde_json::{Value, json};

use crate::domain::status::Mode;
use crate::domain::{QuestionnaireId, ResponseId};
use crate::error::AppError;
use crate::service::Service;
use crate::store::contacts::{self, lists, tags};
use crate::store::person::{self, Kept};
use crate::store::{inbound, questionnaires, responses, suppressions};
use crate::web::desk::outbox::tell;
use crate::web::extract::{App, Organizer};

/// `GET /desk/contacts/{id}/everything.json`
pub async fn json(
    app: App,
    organizer: Organizer,
    id: Path<String>,
) -> Result<HttpResponse, AppError> {
    let (db, me, id) = (app.store.read(), organizer.0.id, id.parse()?);
    let contact = contacts::own(db, me, id).await?.ok_or(AppError::NotFound)?;
    let kept = person::of(db, &contact).await?;
    let on = lists::of_contacts(db, &[id]).await?.remove(&id).unwrap_or_default();
    let all = lists::all_of(db, me).await?;
    let carried = tags::of_contacts(db, &[id]).await?.remove(&id).unwrap_or_default();
    let hash = app.secret.address_hash(&contact.address_folded);
    let suppressed = suppressions::with_author(db, &hash).await?;
    let letters = inbound::from_sender(db, me, &contact.address_folded).await?;
    let mut answers = vec![];
    for (response, questionnaire) in &kept.responses {
        answers.push(answered(&app, &kept, *response, *questionnaire).await?);
    }
    let value = json!({
        "contact": {
            "address": contact.address.as_str(),
            "name": contact.name,
            "language": contact.language,
            "time_zone": contact.zone,
            "source": contact.source,
            "basis": contact.basis,
            "where_it_comes_from": contact.consent_from,
            "agreed_on": contact.consent_on,
            "created_at": contact.created_at,
            "updated_at": contact.updated_at,
        },
        "lists": all.iter().filter(|list| on.contains(&list.id)).map(|list| &list.name).collect::<Vec<_>>(),
        "tags": carried,
        "not_written_to": suppressed.map(|(reason, _)| reason.word()),
        "invitations": kept.invitations.iter().map(|invitation| json!({
            "questionnaire": title(&kept, invitation.questionnaire_id),
            "made_at": invitation.created_at,
            "opened_at": invitation.opened_at,
            "answered_at": invitation.answered_at,
            "stopped_at": invitation.stopped_at,
        })).collect::<Vec<_>>(),
        "mails": kept.messages.iter().map(|(line, events)| json!({
            "purpose": tell::purpose(line.purpose),
            "to": line.recipient,
            "subject": line.subject,
            "state": tell::state(line.state, line.last_reply.as_deref()).0,
            "attempts": line.attempts,
            "queued_at": line.created_at,
            "since": line.updated_at,
            "history": events.iter().map(|event| json!({
                "at": event.created_at,
                "state": tell::state(event.state, None).0,
                "detail": event.detail,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "discussions": kept.participants.iter().map(|one| json!({
            "questionnaire": title(&kept, one.questionnaire_id),
            "as": "participant",
            "name": one.name,
            "address": one.address,
            "joined_at": one.joined_at,
            "answer": one.rsvp,
            "left_at": one.left_at,
        })).chain(kept.hosts.iter().map(|one| json!({
            "questionnaire": title(&kept, one.questionnaire_id),
            "as": "host",
            "name": one.name,
            "address": one.address,
        }))).collect::<Vec<_>>(),
        "came_in": letters.iter().map(|line| json!({
            "at": line.received_at,
            "subject": line.subject,
            "what_was_done": line.said,
        })).collect::<Vec<_>>(),
        "responses": answers,
    });
    let text = serde_json::to_string_pretty(&value).map_err(anyhow::Error::from)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(ContentDisposition::attachment(format!("contact-{id}.json")))
        .body(text))
}

fn title(kept: &Kept, id: QuestionnaireId) -> Option<&str> {
    kept.questionnaires.iter().find(|(of, _)| *of == id).map(|(_, of)| of.title.as_str())
}

/// A response: its answers only where the questionnaire shows the organizer who answered. Of
/// others the person has a private link, under which everything can be had.
async fn answered(
    app: &Service,
    kept: &Kept,
    id: ResponseId,
    questionnaire: QuestionnaireId,
) -> Result<Value, AppError> {
    let db = app.store.read();
    let of = kept.questionnaires.iter().find(|(of, _)| *of == questionnaire);
    let shown = of.is_some_and(|(_, of)| of.mode == Mode::Identified);
    let response = responses::by_id(db, id).await?;
    let (Some(response), true) = (response, shown) else {
        return Ok(json!({
            "questionnaire": title(kept, questionnaire),
            "answers": null,
            "note": "Not shown to the organizer; the person finds everything under their private link.",
        }));
    };
    let asked = questionnaires::all_asked(db, questionnaire).await?;
    let sent_at = response.updated_at;
    let given = responses::given(db, response).await?;
    let answers: Vec<Value> = asked
        .iter()
        .filter_map(|asked| {
            let (_, answer) = given.answers.get(&asked.id)?;
            Some(json!({ "question": asked.wording.prompt, "answer": answer }))
        })
        .collect();
    Ok(json!({
        "questionnaire": title(kept, questionnaire),
        "sent_at": sent_at,
        "answers": answers,
    }))
}
