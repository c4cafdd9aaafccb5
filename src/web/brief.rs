//! Published briefs, as everybody reads them. What they quote is looked up each time: whoever has
//! taken their words back does not stand in them any more.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use maud::{Markup, html};

use crate::domain::QuestionnaireId;
use crate::error::AppError;
use crate::href;
use crate::insight::brief::frozen::{Change, Frozen, check};
use crate::insight::brief::json::{Names, json};
use crate::insight::brief::sheet::{Edition, Sheet, sheet};
use crate::insight::material::asks_to_quote;
use crate::service::Service;
use crate::store::briefs::{self, Listed, Version};
use crate::store::echoes;
use crate::store::questionnaires::Asked;
use crate::web::answer::published::{Published, speaking};
use crate::web::echo;
use crate::web::extract::App;
use crate::web::ui::brief::article;
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::words::Words;

pub(in crate::web) mod files;

/// A version as it may be read now.
#[derive(Clone, Debug)]
pub(in crate::web) struct Readable {
    /// As it was kept.
    pub version: Version,
    /// Its content, without what was taken back.
    pub frozen: Frozen,
    /// How many quotes were taken back.
    pub withdrawn: usize,
    /// Its change log.
    pub changes: Vec<Change>,
    /// Where everybody reads it.
    pub address: String,
}

impl Readable {
    /// What belongs to it beside its text.
    pub fn edition(&self) -> Edition<'_> {
        Edition {
            number: Some(self.version.number),
            at: Some(self.version.published_at),
            signed: &self.version.signed,
            signed_on: &self.version.signed_on,
            note: &self.version.note,
            changes: &self.changes,
            withdrawn: self.withdrawn,
            address: &self.address,
        }
    }

    /// Its words.
    pub fn sheet(&self) -> Sheet {
        sheet(&self.frozen.brief, &self.edition())
    }
}

/// A version, with its quotes looked up; `asked`: every question of the questionnaire.
pub(in crate::web) async fn readable(
    app: &Service,
    version: Version,
    asked: &[Asked],
    address: String,
) -> Result<Readable, AppError> {
    let kept = |text: &str| serde_json::from_str(text).map_err(anyhow::Error::from);
    let mut frozen: Frozen = kept(&version.content)?;
    let changes = serde_json::from_str(&version.changes).map_err(anyhow::Error::from)?;
    let quoted = frozen.brief.quotes().map(|quote| quote.response).collect();
    let standing = briefs::standing(app.store.read(), &quoted).await?;
    let withdrawn = check(&mut frozen.brief, &standing, asks_to_quote(asked));
    Ok(Readable { version, frozen, withdrawn, changes, address })
}

/// The number of the version that everybody reads, if there is one.
pub(in crate::web) async fn latest(
    app: &Service,
    id: QuestionnaireId,
) -> Result<Option<i32>, AppError> {
    let listed = briefs::listed(app.store.read(), id).await?;
    Ok(listed.iter().find(|version| version.unpublished_at.is_none()).map(|v| v.number))
}

/// A line that leads to the brief.
pub(in crate::web) fn link(words: Words, of: &Published) -> Markup {
    let path = href::brief(&of.questionnaire.slug, None);
    html! {
        p { a href=(path) { (words.get("brief-link")) } " · " (words.get("brief-link-how")) }
    }
}

/// `GET /q/{slug}/brief`: the latest version.
pub async fn newest(
    app: App,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let of = Published::at(&app, &slug).await?;
    show(&app, &request, &of, None).await
}

/// `GET /q/{slug}/brief/{number}`: one version.
pub async fn one(
    app: App,
    request: HttpRequest,
    path: Path<(String, i32)>,
) -> Result<HttpResponse, AppError> {
    let (slug, number) = path.into_inner();
    let of = Published::at(&app, &slug).await?;
    show(&app, &request, &of, Some(number)).await
}

/// `GET /q/{slug}/brief/{number}/{name}`: one version as a file.
pub async fn file(
    app: App,
    request: HttpRequest,
    path: Path<(String, i32, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, number, name) = path.into_inner();
    let of = Published::at(&app, &slug).await?;
    let read = published(&app, &of, number).await?;
    let slug = &of.questionnaire.slug;
    let words = speaking(&request, None, "", &of.questionnaire.language);
    let called = format!("{slug}-brief-{number}");
    let value = || {
        let names = Names::References(&app.secret);
        json(&read.frozen.brief, &read.frozen.made, &read.edition(), names)
    };
    files::file(&request, words, &name, &called, &read.sheet(), value).await
}

async fn published(app: &Service, of: &Published, number: i32) -> Result<Readable, AppError> {
    let questionnaire = &of.questionnaire;
    let version = briefs::numbered(app.store.read(), questionnaire.id, number).await?;
    let version = version.filter(|v| v.unpublished_at.is_none()).ok_or(AppError::NotFound)?;
    let address = app.link(&href::brief(&questionnaire.slug, Some(number)));
    readable(app, version, &of.asked, address).await
}

async fn show(
    app: &Service,
    request: &HttpRequest,
    of: &Published,
    number: Option<i32>,
) -> Result<HttpResponse, AppError> {
    let mut versions = briefs::listed(app.store.read(), of.questionnaire.id).await?;
    versions.retain(|version| version.unpublished_at.is_none());
    let latest = versions.first().map(|version| version.number);
    let number = number.or(latest).ok_or(AppError::NotFound)?;
    let read = published(app, of, number).await?;
    let words = speaking(request, None, "", &of.questionnaire.language);
    let echo = echoes::published(app.store.read(), of.questionnaire.id).await?.is_some();
    let page = page(words, of, &read, &versions, echo).into_string();
    let drawn = files::revalidated(request, "text/html; charset=utf-8", page.into_bytes());
    Ok(drawn)
}

fn page(words: Words, of: &Published, read: &Readable, versions: &[Listed], echo: bool) -> Markup {
    let slug = &of.questionnaire.slug;
    let number = read.version.number;
    let path = href::brief(slug, Some(number));
    let sheet = read.sheet();
    let newer = versions.first().is_some_and(|latest| latest.number > number);
    let frame = ReaderFrame {
        path: path.clone(),
        asks: of.brand(),
        look: of.look(),
        ..ReaderFrame::default()
    };
    let title = format!("{} · {}", sheet.title, sheet.kicker);
    let body = html! {
        @if newer {
            p.notice.no-print {
                (words.get("brief-version-latest")) " "
                a href=(href::brief(slug, None)) { (words.get("brief-version-latest-link")) }
            }
        }
        (article(&sheet))
        p.print-only { (read.address) }
        nav.take.no-print aria-labelledby="files" {
            h2 id="files" { (words.get("brief-files")) }
            ul {
                @for (name, key) in files::names() {
                    li { a href={ (path) "/" (name) } download { (words.get(key)) } }
                }
            }
            @if versions.len() > 1 {
                h2 { (words.get("brief-versions")) }
                ul {
                    @for version in versions {
                        li {
                            a href=(href::brief(slug, Some(version.number))) aria-current=[(version.number == number).then_some("page")] {
                                (version_name(words, version.number, version.published_at))
                            }
                        }
                    }
                }
            }
            @if echo { (echo::link(words, of)) }
            p { a href=(href::questionnaire(slug)) { (words.get("brief-form")) } }
        }
    };
    reader_with(words, &title, frame, body)
}

/// "Version 2 of 26 November 2026"
fn version_name(words: Words, number: i32, at: DateTime<Utc>) -> String {
    let day = words.date(at, chrono_tz::UTC);
    words.with("brief-version", &[("number", i64::from(number).into()), ("day", day.into())])
}
