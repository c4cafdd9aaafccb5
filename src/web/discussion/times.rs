//! A participant says when they can come: the page behind the link of the mail that asks.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use crate::acts::change_participants::say_times;
use crate::domain::kind::Free;
use crate::domain::{Fields, token};
use crate::error::AppError;
use crate::href;
use crate::insight;
use crate::insight::participants::{who, zone};
use crate::insight::seats::people::{free, takes_part};
use crate::store::discussions::{self, Participant, Slot, Whole};
use crate::store::questionnaires;
use crate::web::extract::{App, Form, Speaks};
use crate::web::reply;
use crate::web::ui::layout::{self, ReaderFrame};
use crate::words::Words;

/// `GET /g/{token}/times`: shows, and changes nothing.
pub async fn page(
    app: App,
    Speaks(words): Speaks,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let found = discussions::by_token(app.store.read(), &token::hash(&token)).await?;
    let Some((one, whole)) = found else {
        return Ok(super::unknown(words));
    };
    let questionnaire = questionnaires::by_id(app.store.read(), one.questionnaire_id)
        .await?
        .ok_or(AppError::NotFound)?;
    let insight = insight::now(&app, &questionnaire).await?;
    let material = &insight.material;
    let body = if takes_part(material, &one) {
        let now = app.clock.now();
        let ahead = whole.slots.iter().filter(|slot| slot.starts_at > now);
        let page = Page {
            words,
            path: href::times(&token),
            title: &whole.discussion.title,
            name: who(material, &one).name,
            slots: ahead.collect(),
            zone: zone(material, &whole),
            said: free(material, &one).unwrap_or_default(),
            kept: one.free.is_some(),
        };
        draw(&page)
    } else {
        super::view::nothing(words, "discussion-left")
    };
    Ok(reply::page(body))
}

/// `POST /g/{token}/times`: keeps what was ticked.
pub async fn say(
    app: App,
    token: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let hash = token::hash(&token);
    let found = discussions::by_token(app.store.read(), &hash).await?;
    let (one, whole) = found.ok_or(AppError::NotFound)?;
    say_times(&app, one.id, &hash, &read(&fields, &whole, &one)).await?;
    let page = format!("{}#kept", href::times(&token));
    Ok(reply::see(page))
}

/// What was ticked; a slot that was not is a no.
fn read(fields: &Fields, whole: &Whole, one: &Participant) -> BTreeMap<String, Free> {
    let before: BTreeMap<String, Free> =
        one.free.as_deref().and_then(|kept| serde_json::from_str(kept).ok()).unwrap_or_default();
    let of = |slot: &Slot| {
        let typed = fields.get(&format!("t.{}", slot.key));
        let said = Free::ALL.into_iter().find(|free| Some(free.key()) == typed);
        said.or_else(|| before.get(&slot.key).copied()).unwrap_or(Free::No)
    };
    whole.slots.iter().map(|slot| (slot.key.clone(), of(slot))).collect()
}

struct Page<'a> {
    words: Words,
    path: String,
    title: &'a str,
    name: Option<String>,
    slots: Vec<&'a Slot>,
    zone: chrono_tz::Tz,
    said: BTreeMap<String, Free>,
    kept: bool,
}

fn draw(page: &Page<'_>) -> Markup {
    let words = page.words;
    let title = words.get("times-title");
    let frame = ReaderFrame { path: page.path.clone(), ..ReaderFrame::default() };
    let body = html! {
        h1 { (title) }
        p.lede {
            @if let Some(name) = &page.name { (words.with("times-lede-name", &[("name", name.as_str().into()), ("title", page.title.into())])) }
            @else { (words.with("times-lede", &[("title", page.title.into())])) }
        }
        @if page.kept {
            .kept id="kept" role="status" { p { (words.get("times-kept")) } }
        }
        @if page.slots.is_empty() {
            p { (words.get("times-none")) }
        } @else {
            form.stack method="post" action=(page.path) {
                (table(page))
                .actions { button.primary { (words.get("times-action")) } }
            }
        }
    };
    layout::reader_with(words, &title, frame, body)
}

fn table(page: &Page<'_>) -> Markup {
    let words = page.words;
    let word = |free: Free| words.get(&format!("form-slot-{}", free.key()));
    let look = |free: Free| if free == Free::IfNeedBe { "maybe" } else { free.key() };
    let zone = page.slots.first().map(|slot| words.zone(slot.starts_at, page.zone));
    html! {
        @if let Some(zone) = zone {
            p.help { (words.with("form-slots-zone-mixed", &[("zone", zone.into())])) }
        }
        table.slots {
            thead {
                tr {
                    th scope="col" { (words.get("form-slot-time")) }
                    @for free in Free::ALL { th scope="col" { (word(free)) } }
                }
            }
            tbody {
                @for slot in &page.slots {
                    @let id = format!("s-{}", slot.key);
                    @let start = slot.starts_at.with_timezone(&page.zone);
                    tr {
                        th scope="row" id=(id) {
                            time datetime=(start.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)) { (words.day_time(slot.starts_at, page.zone)) }
                        }
                        @for free in Free::ALL {
                            td {
                                label class={ "slot " (look(free)) } {
                                    input type="radio" name={ "t." (slot.key) } value=(free.key())
                                        aria-describedby=(id) checked[page.said.get(&slot.key) == Some(&free)];
                                    span { (word(free)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
