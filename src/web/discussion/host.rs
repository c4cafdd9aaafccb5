//! The page of somebody who leads groups: each group with its people, its guide with notes for the
//! host, who was there, and the note form.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::drawn::{self, For, drawn};
use super::notes::{self, Both};
use super::unknown;
use crate::acts::invite_participants::{group_name, name_of};
use crate::acts::write_notes::{tick_attendance, write_notes};
use crate::domain::status::Rsvp;
use crate::domain::{Fields, token};
use crate::error::AppError;
use crate::href;
use crate::insight::participants::{who_hosts, zone};
use crate::insight::{self, Material};
use crate::service::Service;
use crate::store::deletions;
use crate::store::discussions::{self, Group, Host, Whole};
use crate::store::questionnaires::{self, Questionnaire};
use crate::web::extract::{App, Form, Speaks};
use crate::web::reply;
use crate::web::ui::guide;
use crate::web::ui::layout::{self, ReaderFrame};
use crate::words::Words;

/// What a host's link opens.
struct Leads {
    host: Host,
    whole: Whole,
    questionnaire: Questionnaire,
}

impl Leads {
    async fn at(app: &Service, link: &str) -> Result<Option<Self>, AppError> {
        let db = app.store.read();
        let found = discussions::by_host_token(db, &token::hash(link)).await?;
        let Some((host, whole)) = found else { return Ok(None) };
        let questionnaire = questionnaires::by_id(db, host.questionnaire_id).await?;
        let questionnaire = questionnaire.ok_or(AppError::NotFound)?;
        if let Some(at) = deletions::of(db, questionnaire.id).await? {
            return Err(AppError::Withdrawn(at));
        }
        Ok(Some(Self { host, whole, questionnaire }))
    }

    fn groups(&self) -> impl Iterator<Item = &Group> {
        self.whole.groups.iter().filter(|group| group.host_id == Some(self.host.id))
    }

    fn group(&self, number: i32) -> Result<&Group, AppError> {
        self.groups().find(|group| group.number == number).ok_or(AppError::NotFound)
    }
}

/// `GET /h/{token}`
pub async fn show(
    app: App,
    Speaks(words): Speaks,
    token: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let Some(leads) = Leads::at(&app, &token).await? else { return Ok(unknown(words)) };
    let said = Fields::parse(request.query_string().as_bytes());
    let insight = insight::now(&app, &leads.questionnaire).await?;
    let material = &insight.material;
    let path = href::host(&token);
    let mut groups = vec![];
    for group in leads.groups() {
        let sheet = drawn(&app, material, &leads.whole, group, For::Host).await?.sheet();
        let kept = notes::of_group(&app, group).await?;
        let at = format!("{path}/{}", group.number);
        groups.push(html! {
            section.led id={ "g" (group.number) } {
                h2 { (group_name(words, group)) }
                p.lede { (drawn::when(words, group, zone(material, &leads.whole))) }
                (people(words, material, &leads.whole, group, &at))
                (notes::form(words, &kept, None, &format!("{at}/notes")))
                details.folded {
                    summary { (words.get("host-guide")) }
                    (guide::guide(&sheet, 2))
                }
                nav.take.no-print aria-label=(words.get("guide-files")) {
                    ul {
                        @for (name, key) in drawn::files() {
                            li { a href={ (at) "/guide/" (name) } download { (words.get(key)) } }
                        }
                    }
                }
            }
        });
    }
    let name = who_hosts(material, &leads.host, &leads.whole.participants).name;
    let title = words.get("host-title");
    let frame = ReaderFrame { path, ..ReaderFrame::default() };
    let body = html! {
        p.kicker dir="auto" { (leads.whole.discussion.title) }
        @match said.get("done") {
            Some("notes") => { .notice role="status" { p { (words.get("notes-kept")) } } }
            Some("there") => { .notice role="status" { p { (words.get("host-there-kept")) } } }
            _ => {}
        }
        h1 { (title) @if let Some(name) = &name { (words.get("receipt-colon")) bdi { (name) } } }
        @if groups.is_empty() {
            p.lede { (words.get("host-none")) }
        } @else {
            p.lede { (words.get("host-lede")) }
        }
        @for group in &groups { (group) }
    };
    Ok(reply::page(layout::reader_with(words, &title, frame, body)))
}

/// Who sits there, whether they come, and whether they came. Names only: no addresses, no answers.
fn people(words: Words, material: &Material, whole: &Whole, group: &Group, at: &str) -> Markup {
    let members = whole.members(group.id);
    html! {
        form.no-print method="post" action={ (at) "/attendance" } {
            fieldset.there {
                legend { (words.get("host-people")) }
                p.help { (words.get("host-people-how")) }
                @for (place, (seat, one)) in (1_usize..).zip(&members) {
                    label.choice {
                        input type="checkbox" name="there" value=(seat.id) checked[seat.attended == Some(true)];
                        span {
                            @match name_of(material, one) {
                                Some(name) => { bdi { (name) } }
                                None => { (words.with("host-unnamed", &[("number", place.into())])) }
                            }
                            @match one.rsvp {
                                Rsvp::Accepted => { " · " span.quiet { (words.get("host-comes")) } }
                                Rsvp::Tentative => { " · " span.quiet { (words.get("host-perhaps")) } }
                                Rsvp::None | Rsvp::Declined => {}
                            }
                        }
                    }
                }
            }
            .actions { button { (words.get("host-keep-there")) } }
        }
    }
}

/// `POST /h/{token}/{number}/attendance`
pub async fn attendance(
    app: App,
    path: Path<(String, i32)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (link, number) = path.into_inner();
    let leads = Leads::at(&app, &link).await?.ok_or(AppError::NotFound)?;
    let group = leads.group(number)?;
    let there: Vec<_> = fields.all("there").filter_map(|seat| seat.parse().ok()).collect();
    tick_attendance(&app, leads.questionnaire.id, group.discussion_id, group.id, &there).await?;
    Ok(reply::see(format!("{}?done=there", href::host(&link))))
}

/// `POST /h/{token}/{number}/notes`
pub async fn keep_notes(
    app: App,
    Speaks(words): Speaks,
    path: Path<(String, i32)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (link, number) = path.into_inner();
    let leads = Leads::at(&app, &link).await?.ok_or(AppError::NotFound)?;
    let group = leads.group(number)?;
    let typed = notes::read(&fields);
    let theirs = write_notes(&app, group, leads.host.participant_id, &typed).await?;
    if theirs.is_empty() {
        return Ok(reply::see(format!("{}?done=notes", href::host(&link))));
    }
    let both = Both { typed: &typed, theirs: &theirs };
    let action = format!("{}/{number}/notes", href::host(&link));
    notes::conflict(&app, words, group, &both, &action).await
}

/// `GET /h/{token}/{number}/guide/{name}`
pub async fn file(app: App, path: Path<(String, i32, String)>) -> Result<HttpResponse, AppError> {
    let (link, number, name) = path.into_inner();
    let leads = Leads::at(&app, &link).await?.ok_or(AppError::NotFound)?;
    let group = leads.group(number)?;
    let insight = insight::now(&app, &leads.questionnaire).await?;
    let drawn = drawn(&app, &insight.material, &leads.whole, group, For::Host).await?;
    let called = format!("{}-guide-{number}-host", leads.questionnaire.slug);
    drawn::file(&drawn.sheet(), &name, &called).await
}
