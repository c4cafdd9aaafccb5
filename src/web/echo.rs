//! The echo, as everybody reads it. Notes are looked up each time: what its author has taken back
//! does not stand in it any more.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::error::AppError;
use crate::href;
use crate::insight::echo::Echo;
use crate::insight::guide::sheet::NOTES;
use crate::insight::poll::{Change, Counts};
use crate::service::Service;
use crate::store::echoes::{self, Version};
use crate::web::answer::published::{Published, speaking};
use crate::web::brief::{self, files};
use crate::web::extract::App;
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::words::Words;

/// A version without what was taken back.
pub(in crate::web) async fn readable(app: &Service, version: &Version) -> Result<Echo, AppError> {
    let mut echo: Echo = serde_json::from_str(&version.content).map_err(anyhow::Error::from)?;
    let notes: Vec<_> = echo.said.iter().map(|said| said.note).collect();
    echo.keep_only(&echoes::standing(app.store.read(), &notes).await?);
    Ok(echo)
}

/// A line that leads to the echo.
pub(in crate::web) fn link(words: Words, of: &Published) -> Markup {
    html! {
        p { a href=(href::echo(&of.questionnaire.slug)) { (words.get("echo-link")) } " · " (words.get("echo-link-how")) }
    }
}

/// `GET /q/{slug}/echo`
pub async fn page(
    app: App,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let of = Published::at(&app, &slug).await?;
    let db = app.store.read();
    let version = echoes::published(db, of.questionnaire.id).await?.ok_or(AppError::NotFound)?;
    let echo = readable(&app, &version).await?;
    let words = speaking(&request, None, "", &of.questionnaire.language);
    let brief = brief::latest(&app, of.questionnaire.id).await?.is_some();
    let frame = ReaderFrame {
        path: href::echo(&of.questionnaire.slug),
        asks: of.brand(),
        look: of.look(),
        ..ReaderFrame::default()
    };
    let day = words.date(version.published_at, Tz::UTC);
    let body = html! {
        (article(words, &echo, &day))
        nav.take.no-print {
            @if brief { (brief::link(words, &of)) }
            p { a href=(href::questionnaire(&of.questionnaire.slug)) { (words.get("brief-form")) } }
        }
    };
    let title = format!("{} · {}", words.get("echo-title"), echo.title);
    let page = reader_with(words, &title, frame, body).into_string();
    Ok(files::revalidated(&request, "text/html; charset=utf-8", page.into_bytes()))
}

/// The echo; `day`: when it was published, or nothing.
pub(in crate::web) fn article(words: Words, echo: &Echo, day: &str) -> Markup {
    let kicker = if day.is_empty() {
        words.get("echo-kicker-draft")
    } else {
        words.with("echo-kicker", &[("day", day.into())])
    };
    let met =
        [("groups", i64::from(echo.groups).into()), ("people", i64::from(echo.people).into())];
    html! {
        article.brief.echo {
            p.kicker { (kicker) }
            h1 dir="auto" { (echo.title) }
            @if echo.groups > 0 { p { (words.with("echo-met", &met)) } }
            @for line in echo.intro.lines().filter(|line| !line.trim().is_empty()) {
                p dir="auto" { (line) }
            }
            @for field in NOTES {
                @let said: Vec<_> = echo.said.iter().filter(|said| said.field == field).collect();
                @if !said.is_empty() {
                    h2 { (words.get(&format!("echo-{field}"))) }
                    @for said in said {
                        .note {
                            p.small.quiet {
                                (words.with("discussion-group", &[("number", i64::from(said.group).into())]))
                                @if said.edited { " " span.tag { (words.get("echo-edited")) } }
                            }
                            @for line in said.text.lines().filter(|line| !line.trim().is_empty()) {
                                p dir="auto" { (line) }
                            }
                        }
                    }
                }
            }
            @if !echo.changes.is_empty() {
                h2 { (words.get("echo-changes")) }
                p { (words.get("echo-changes-how")) }
                @for change in &echo.changes { (changed(words, change)) }
            }
            @if echo.untold > 0 {
                p.small.quiet { (words.with("echo-untold", &[("count", i64::from(echo.untold).into())])) }
            }
        }
    }
}

fn changed(words: Words, change: &Change) -> Markup {
    let row = |counts: Counts| [counts.agree, counts.pass, counts.disagree];
    let number = |number: u32| i64::from(number).into();
    let moved = [
        ("pairs", number(change.pairs)),
        ("toward", number(change.toward)),
        ("away", number(change.away)),
    ];
    html! {
        .change-of {
            h3 dir="auto" { (change.statement.text) }
            table.numbers {
                thead {
                    tr {
                        th scope="col" { (words.with("echo-answered", &[("count", number(change.pairs))])) }
                        @for key in ["form-agree", "form-pass", "form-disagree"] { th scope="col" { (words.get(key)) } }
                    }
                }
                tbody {
                    @for (key, counts) in [("echo-before", change.before), ("echo-after", change.after)] {
                        tr {
                            th scope="row" { (words.get(key)) }
                            @for count in row(counts) { td { (count) } }
                        }
                    }
                }
            }
            p.small { (words.with("echo-moved", &moved)) }
        }
    }
}
