//! Everything that is kept of a response, to take along: for people as text, for programs as
//! JSON. Every state, every time, every consent, with the words that were on the form.

use std::fmt::Write as _;

use actix_web::http::header::ContentDisposition;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono_tz::Tz;
use maud::Markup;
use serde_json::{Value, json};

use super::{opened, unknown};
use crate::acts::erase_response::letters_to;
use crate::domain::consent::Consent;
use crate::domain::email::written;
use crate::domain::status::{Mode, Phase, Standing};
use crate::domain::token::Opens;
use crate::domain::{Answer, ParticipantId, Wording};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::discussions::Participant;
use crate::store::notes::{self, Note};
use crate::store::outbox::Line;
use crate::store::own_page::{self, Came};
use crate::store::responses::{self, Given};
use crate::store::{own_seat, poll};
use crate::web::answer::published::{Published, speaking};
use crate::web::extract::App;
use crate::web::ui::answers;
use crate::words::Words;

/// `GET /r/{token}/download.json`
pub async fn json(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let Some(kept) = gather(&app, &request, &link).await? else {
        return Ok(unknown(&app, &request));
    };
    let text = serde_json::to_string_pretty(&kept.value()).map_err(anyhow::Error::from)?;
    Ok(file(&kept, "application/json", "json", text))
}

/// `GET /r/{token}/download.txt`
pub async fn text(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let Some(kept) = gather(&app, &request, &link).await? else {
        return Ok(unknown(&app, &request));
    };
    Ok(file(&kept, "text/plain; charset=utf-8", "txt", kept.text()))
}

fn file(kept: &Kept, kind: &'static str, ending: &str, text: String) -> HttpResponse {
    // Of letters, digits and hyphens only: the plain form of RFC 6266 is enough.
    let name = format!("{}-{}.{ending}", kept.of.questionnaire.slug, kept.code);
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("x-robots-tag", "noindex"))
        .insert_header(ContentDisposition::attachment(name))
        .body(text)
}

/// Everything that is kept.
struct Kept {
    words: Words,
    of: Published,
    given: Given,
    /// Each state, oldest first.
    states: Vec<(i32, Given)>,
    came: Option<Came>,
    letters: Vec<Line>,
    seat: Option<String>,
    /// As whom the respondent takes part in discussions.
    parts: Vec<Participant>,
    /// What they wrote down there.
    notes: Vec<Note>,
    /// What they answered to the polls.
    polled: Vec<poll::Answer>,
    link: String,
    code: String,
}

async fn gather(
    app: &Service,
    request: &HttpRequest,
    link: &str,
) -> Result<Option<Kept>, AppError> {
    let Some((of, given)) = opened(app, link).await? else { return Ok(None) };
    let words = speaking(request, None, &given.response.language, &of.questionnaire.language);
    let db = app.store.read();
    let id = given.response.id;
    let mut states = vec![];
    for (number, _) in responses::revisions(db, id).await? {
        let then = own_page::as_of(db, given.response.clone(), number).await?;
        states.extend(then.map(|then| (number, then)));
    }
    if states.is_empty() {
        states.push((given.response.revision, given.clone()));
    }
    let seat = own_seat::of(db, id).await?;
    let mut keys = vec![format!("draft:{id}:"), format!("receipt:{id}:")];
    if let Some(seat) = seat {
        keys.extend(letters_to(seat));
    }
    let parts = own_seat::every(db, id).await?;
    let own: Vec<ParticipantId> = parts.iter().map(|one| one.id).collect();
    let (notes, polled) = (notes::by(db, &own).await?, poll::by(db, &own).await?);
    Ok(Some(Kept {
        words,
        came: own_page::invitation(db, id).await?,
        letters: own_page::letters(db, &keys).await?,
        seat: seat.map(|seat| app.link(&href::seat(&app.secret.link(Opens::Seat, seat.0)))),
        parts,
        notes,
        polled,
        link: app.link(&href::receipt(link)),
        code: app.secret.code(id.0),
        states,
        given,
        of,
    }))
}

impl Kept {
    /// For programs.
    fn value(&self) -> Value {
        let Self { of, given, .. } = self;
        let response = &given.response;
        let states: Vec<Value> = self
            .states
            .iter()
            .map(|(number, then)| {
                json!({
                    "revision": number,
                    "counts": *number == response.revision,
                    "sent_at": then.response.updated_at,
                    "answers": self.answers(then),
                })
            })
            .collect();
        json!({
            "questionnaire": {
                "title": of.questionnaire.title,
                "organizer": of.organizer,
                "mode": mode(of.questionnaire.mode),
                "article": of.article.title,
            },
            "receipt_code": self.code,
            "private_link": self.link,
            "response": response.id.to_string(),
            "language": response.language,
            "standing": standing(response.standing),
            "first_sent_at": response.created_at,
            "last_sent_at": response.updated_at,
            "hidden_fields": response.extras(),
            "revisions": states,
            "invitation": self.came.as_ref().map(|came| json!({
                "address": came.address.as_str(),
                "name": came.name,
                "made_at": came.created_at,
                "answered_at": came.answered_at,
            })),
            "seat": self.seat,
            "discussions": self.parts.iter().map(|one| json!({
                "answer": one.rsvp,
                "answered_at": one.rsvp_at,
                "waiting_since": one.waiting_since,
                "left_at": one.left_at,
                "notes": self.notes.iter().filter(|note| note.participant_id == Some(one.id)).map(|note| json!({
                    "field": note.field,
                    "text": note.text,
                    "written_at": note.written_at,
                })).collect::<Vec<_>>(),
                "poll": self.polled.iter().filter(|said| said.participant_id == one.id).map(|said| json!({
                    "when": said.phase,
                    "statement": said.statement,
                    "vote": said.value,
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "mails": self.letters.iter().map(|line| json!({
                "to": line.recipient,
                "subject": line.subject,
                "queued_at": line.created_at,
            })).collect::<Vec<_>>(),
        })
    }

    fn answers(&self, then: &Given) -> Vec<Value> {
        self.worded(then)
            .into_iter()
            .map(|(key, version, wording, answer)| {
                let mut value = json!({
                    "question": key,
                    "wording": version,
                    "prompt": wording.prompt,
                    "help": wording.help,
                    "answer": answer,
                    "in_words": lines(self.words, &wording, answer),
                });
                if let (Answer::Contact(contact), Some(object)) = (answer, value.as_object_mut()) {
                    let said = |consent: &Consent| {
                        let key = consent.key();
                        json!({
                            "consent": key,
                            "in_words": self.words.get(&format!("form-consent-{key}")),
                        })
                    };
                    let given: Vec<Value> = contact.consents.iter().map(said).collect();
                    object.insert("consents".to_owned(), Value::Array(given));
                }
                value
            })
            .collect()
    }

    /// Each answer with its question's key, and the wording of then with its number.
    fn worded<'a>(&'a self, then: &'a Given) -> Vec<(&'a str, i32, Wording, &'a Answer)> {
        let mut worded = vec![];
        for asked in &self.of.asked {
            let Some((wording, answer)) = then.answers.get(&asked.id) else { continue };
            let found = self.of.wordings.get(wording);
            let (version, wording) = found
                .map_or((asked.version, &asked.wording), |(version, wording, _)| {
                    (*version, wording)
                });
            let (wording, _) = wording.in_language(self.words.language());
            worded.push((asked.key.as_str(), version, wording, answer));
        }
        worded
    }

    /// For people.
    fn text(&self) -> String {
        let Self { words, of, given, .. } = self;
        let colon = words.get("receipt-colon");
        let time = |at| {
            if of.is_anonymous() { words.date(at, Tz::UTC) } else { words.date_time(at, Tz::UTC) }
        };
        let mut text = format!("{}\n{}\n\n", of.questionnaire.title, of.asker(*words));
        let mut line = |label: &str, value: &str| {
            let _ = writeln!(text, "{label}{colon}{value}");
        };
        line(&words.get("mine-file-code"), &self.code);
        line(&words.get("receipt-link"), &self.link);
        line(&words.get("mine-file-first"), &time(given.response.created_at));
        line(&words.get("mine-file-last"), &time(given.response.updated_at));
        for (name, value) in given.response.extras() {
            line(&words.with("mine-file-hidden", &[("name", name.into())]), &value);
        }
        if let Some(came) = &self.came {
            line(&words.get("mine-file-invitation"), came.address.as_str());
        }
        if let Some(seat) = &self.seat {
            line(&words.get("discussion-title"), seat);
        }
        for note in &self.notes {
            line(&words.get(&format!("note-{}", note.field)), &note.text);
        }
        for said in &self.polled {
            let vote = match said.value {
                1 => "form-agree",
                -1 => "form-disagree",
                _ => "form-pass",
            };
            let when = if said.phase == Phase::Before { "echo-before" } else { "echo-after" };
            line(&format!("{} ({})", said.statement, words.get(when)), &words.get(vote));
        }
        for mail in &self.letters {
            let said = format!(
                "{}, {}, {}",
                written(&mail.recipient),
                mail.subject,
                time(mail.created_at)
            );
            line(&words.get("mine-file-mail"), &said);
        }
        let numbered: Vec<_> = (1_usize..).zip(&self.states).collect();
        for (place, (number, then)) in numbered.into_iter().rev() {
            let values =
                [("number", place.into()), ("time", time(then.response.updated_at).into())];
            let _ = write!(text, "\n\n{}", words.with("mine-version", &values));
            if *number == given.response.revision {
                let _ = write!(text, " · {}", words.get("receipt-version-counts"));
            }
            text.push('\n');
            for (_, _, wording, answer) in self.worded(then) {
                let _ = write!(text, "\n{}\n", wording.prompt);
                for said in lines(*words, &wording, answer) {
                    let _ = writeln!(text, "{said}");
                }
            }
        }
        text
    }
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Identified => "identified",
        Mode::Confidential => "confidential",
        Mode::Anonymous => "anonymous",
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Counted => "counted",
        Standing::Late => "late",
        Standing::Held => "held",
        Standing::Admitted => "admitted",
        Standing::LeftOut => "left_out",
    }
}

/// What an answer says, as plain text.
fn lines(words: Words, wording: &Wording, answer: &Answer) -> Vec<String> {
    answers::lines(words, wording, answer).into_iter().map(plain).collect()
}

/// The text between the tags of our own markup, in which texts have exactly four escapes.
fn plain(markup: Markup) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in markup.into_string().chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside => {}
            letter => text.push(letter),
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::plain;

    #[test]
    fn plain_text_is_what_was_typed() {
        for typed in ["1 < 2 & 3 > 2", "&lt;b&gt; &amp;amp;", "“so” \"so\" 'so'", "一个\n两个"]
        {
            let markup = html! { strong { "Said" } ": " bdi title="<x>" { (typed) } };
            assert_eq!(plain(markup), format!("Said: {typed}"));
        }
    }
}
