//! What came of the answers, once the questionnaire is closed: the themes they fell into, the
//! opinion group, the seat.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::acts::invite_participants::group_name;
use crate::analysis::opinions::Verdict;
use crate::domain::ResponseId;
use crate::domain::token::{self, Opens};
use crate::error::AppError;
use crate::href;
use crate::insight::brief::Limits;
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::discussions;
use crate::store::echoes;
use crate::store::own_seat;
use crate::web::answer::page::other_language;
use crate::web::answer::published::Published;
use crate::web::{brief, echo};
use crate::words::Words;

/// What fewer people say is not named: it could tell who they are.
const LEAST: usize = Limits::PUBLISHED.people;

/// What came of one response.
#[derive(Clone, Debug, Default)]
pub(super) struct Results {
    /// Each open question that fell into themes.
    themes: Vec<Themed>,
    /// Whether a brief is published.
    brief: bool,
    /// Whether an echo is.
    echo: bool,
    /// The opinion group: its letter, its people, all who voted enough.
    group: Option<(char, usize, usize)>,
}

/// One answer's themes.
#[derive(Clone, Debug)]
struct Themed {
    prompt: String,
    answered: usize,
    /// Labels with the number of people.
    found: Vec<(String, usize)>,
}

/// A seat in the discussion.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The path of its page.
    pub path: String,
    group: String,
    starts: Option<DateTime<Utc>>,
}

/// The seat, if the respondent was told of one.
pub(super) async fn place(
    app: &Service,
    words: Words,
    response: ResponseId,
) -> anyhow::Result<Option<Place>> {
    let db = app.store.read();
    let Some(seat) = own_seat::of(db, response).await? else { return Ok(None) };
    let link = app.secret.link(Opens::Seat, seat.0);
    let Some((one, whole)) = discussions::by_token(db, &token::hash(&link)).await? else {
        return Ok(None);
    };
    let seat = whole.seat_of(one.id);
    let group = seat.and_then(|seat| whole.group(seat.group_id?));
    Ok(group.map(|group| Place {
        path: href::seat(&link),
        group: group_name(words, group),
        starts: group.starts_at,
    }))
}

impl Place {
    /// When, in which group, and the way there.
    pub(super) fn line(&self, words: Words, zone: Tz) -> Markup {
        html! {
            @if let Some(starts) = self.starts {
                (words.with("mine-seat", &[
                    ("when", words.date_time(starts, zone).into()),
                    ("group", self.group.as_str().into()),
                ])) " "
            }
            a href=(self.path) { (words.get("receipt-next-seat")) }
        }
    }
}

/// What came of a response; nothing while answers are still taken, which would be computed again
/// with each of them, and could sway those who have not answered.
pub(super) async fn of(
    app: &Service,
    of: &Published,
    response: ResponseId,
) -> Result<Option<Results>, AppError> {
    let brief = brief::latest(app, of.questionnaire.id).await?.is_some();
    let echo = echoes::published(app.store.read(), of.questionnaire.id).await?.is_some();
    let any = brief || echo;
    if of.is_open() {
        return Ok(any.then(|| Results { brief, echo, ..Results::default() }));
    }
    let insight = insight::now(app, &of.questionnaire).await?;
    let found = insight.material.voice(response).map(|_| found(&insight, response));
    Ok(found.or(any.then(Results::default)).map(|found| Results { brief, echo, ..found }))
}

fn found(insight: &Insight, response: ResponseId) -> Results {
    let mut themes = vec![];
    for open in insight.themes.iter() {
        let Some(place) = open.texts.iter().position(|(id, _)| *id == response) else { continue };
        let fell = (0..)
            .zip(&open.found.themes)
            .filter(|(_, theme)| theme.mentions.contains(&place) && theme.mentions.len() >= LEAST);
        let named = fell.filter_map(|(at, theme)| {
            Some((open.name(at, Limits::PUBLISHED.authors)?, theme.mentions.len()))
        });
        let found: Vec<_> = named.collect();
        let asked = insight.material.questions.iter().find(|asked| asked.id == open.question);
        if let (Some(asked), false) = (asked, found.is_empty()) {
            let prompt = asked.wording.prompt.clone();
            themes.push(Themed { prompt, answered: open.texts.len(), found });
        }
    }
    Results { themes, brief: false, echo: false, group: group(insight, response) }
}

fn group(insight: &Insight, response: ResponseId) -> Option<(char, usize, usize)> {
    let opinion = insight.opinion.as_ref()?;
    let Verdict::Groups { groups, .. } = &opinion.result.verdict else { return None };
    let row = opinion.votes.people.iter().position(|id| *id == response)?;
    let (letter, group) =
        ('A'..='Z').zip(groups).find(|(_, group)| group.members.contains(&row))?;
    let (people, placed) = (group.members.len(), opinion.result.placed.len());
    (people >= LEAST).then_some((letter, people, placed))
}

/// As a part of the page.
pub(super) fn section(words: Words, of: &Published, results: &Results) -> Markup {
    if results.themes.is_empty() && results.group.is_none() && !results.brief && !results.echo {
        return html! {};
    }
    let language = other_language(words, &of.questionnaire.language);
    html! {
        section.results {
            h2 { (words.get("mine-results")) }
            @if !of.is_open() { p { (words.get("mine-results-how")) } }
            @for themed in &results.themes {
                h3 lang=[language] dir="auto" { (themed.prompt) }
                ul {
                    @for (label, people) in &themed.found {
                        @let count = [("people", (*people).into()), ("answered", themed.answered.into())];
                        li { (words.with("mine-theme", &count)) " " bdi { strong { (label) } } }
                    }
                }
            }
            @if let Some((letter, people, placed)) = results.group {
                h3 { (words.get("mine-group")) }
                p {
                    (words.with("mine-group-of", &[
                        ("group", letter.to_string().into()),
                        ("people", people.into()),
                        ("placed", placed.into()),
                    ]))
                }
            }
            @if results.brief { (brief::link(words, of)) }
            @if results.echo { (echo::link(words, of)) }
        }
    }
}
