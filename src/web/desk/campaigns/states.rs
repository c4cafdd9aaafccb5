//! The states of a campaign's mails as a file: one row for each mail.

use actix_web::http::header;
use actix_web::web::{Bytes, Path};
use actix_web::{HttpResponse, error::ErrorInternalServerError};
use futures_util::stream;

use crate::domain::email::written;
use crate::domain::{CampaignId, MessageId};
use crate::error::AppError;
use crate::export::guard::guarded;
use crate::store::campaigns::mails;
use crate::store::outbox::Line;
use crate::web::desk::outbox::tell as outbox;
use crate::web::extract::{App, Organizer};

/// How many rows are read together.
const CHUNK: u64 = 1000;

const HEAD: [&str; 8] = [
    "address",
    "mail",
    "state",
    "attempts",
    "queued_at",
    "changed_at",
    "next_attempt_at",
    "last_reply",
];

/// `GET /desk/q/{slug}/campaigns/{id}/states.csv`
pub async fn states(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (questionnaire, campaign) = super::found(&app, &organizer, &path).await?;
    let name = format!("{}-{}.csv", questionnaire.slug, campaign.aim.word());
    let head = row(HEAD.map(ToOwned::to_owned)).map_err(anyhow::Error::from)?;
    let begin = Reader { app, id: campaign.id, after: None, head: Some(head), over: false };
    let rows = stream::unfold(begin, |mut reader| async move {
        let part = reader.next().await?;
        Some((part.map_err(ErrorInternalServerError), reader))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(rows))
}

struct Reader {
    app: App,
    id: CampaignId,
    after: Option<(String, MessageId)>,
    head: Option<Vec<u8>>,
    over: bool,
}

impl Reader {
    async fn next(&mut self) -> Option<anyhow::Result<Bytes>> {
        if let Some(head) = self.head.take() {
            // Table programs know by this mark that it is UTF-8.
            return Some(Ok(Bytes::from(["\u{feff}".as_bytes(), &head].concat())));
        }
        if self.over {
            return None;
        }
        Some(self.rows().await)
    }

    async fn rows(&mut self) -> anyhow::Result<Bytes> {
        let after = self.after.as_ref().map(|(recipient, id)| (recipient.as_str(), *id));
        let lines = mails::lines(self.app.store.read(), self.id, after, CHUNK).await?;
        self.over = u64::try_from(lines.len()).unwrap_or(0) < CHUNK;
        let mut bytes = vec![];
        for line in &lines {
            bytes.extend(row(cells(line))?);
        }
        self.after = lines.last().map(|line| (line.recipient.clone(), line.id));
        Ok(Bytes::from(bytes))
    }
}

fn cells(line: &Line) -> [String; 8] {
    let reply = line.last_reply.as_deref();
    let open = mails::OPEN.contains(&line.state);
    [
        guarded(&written(&line.recipient)).into_owned(),
        outbox::purpose(line.purpose).to_owned(),
        outbox::state(line.state, reply).0.to_owned(),
        line.attempts.to_string(),
        line.created_at.to_rfc3339(),
        line.updated_at.to_rfc3339(),
        if open { line.next_at.to_rfc3339() } else { String::new() },
        guarded(reply.unwrap_or_default()).into_owned(),
    ]
}

fn row(cells: [String; 8]) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    writer.write_record(&cells)?;
    writer.into_inner().map_err(|error| error.into_error().into())
}
