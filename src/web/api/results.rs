//! Results: counts of closed questions, votes with opinion groups, themes of open questions; and
//! every file that can be had of them.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Path;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use utoipa::{IntoParams, ToSchema};

use super::answered::{Download, Shown};
use super::asked::Query;
use crate::domain::Fields;
use crate::error::AppError;
use crate::insight::filter::Filter;
use crate::insight::{self, Insight};
use crate::web::desk;
use crate::web::extract::{App, Organizer};

mod counts;
mod groups;
mod themes;

pub use counts::{QuestionResult, counted};
pub use groups::{Opinions, opinions};
pub use themes::{QuestionThemes, ThemeSeen, themes_of};

/// How somebody came to the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// Through an invitation.
    Invited,
    /// Through the address that everybody knows.
    Public,
}

/// Whose responses.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Whose {
    /// Only those written on the form in this language.
    pub language: Option<String>,
    /// Only those who said this: the key of a question and a value, such as `q2.o1`; several
    /// with commas between them, of which those of one question are alternatives.
    pub chosen: Option<String>,
    /// Only those with something in this theme: the key of a question and the theme's id.
    pub theme: Option<String>,
    /// Only those of this opinion group: `A`, `B`, …
    pub group: Option<String>,
    /// Only those who came this way.
    #[param(inline)]
    pub via: Option<Via>,
    /// Only those of this day or later.
    pub from: Option<NaiveDate>,
    /// Only those of this day or earlier.
    pub until: Option<NaiveDate>,
}

impl Whose {
    /// The filter of the results page.
    pub fn filter(&self) -> Filter {
        let mut pairs: Vec<(String, String)> = vec![];
        let via = self.via.map(|via| match via {
            Via::Invited => "invited".to_owned(),
            Via::Public => "public".to_owned(),
        });
        let (from, until) = (self.from.map(day), self.until.map(day));
        for (name, value) in [
            ("language", &self.language),
            ("theme", &self.theme),
            ("group", &self.group),
            ("via", &via),
            ("from", &from),
            ("until", &until),
        ] {
            pairs.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
        }
        let chosen = self.chosen.iter().flat_map(|all| all.split(','));
        pairs.extend(chosen.map(|one| ("chosen".to_owned(), one.trim().to_owned())));
        Filter::read(&pairs.into_iter().collect::<Fields>())
    }
}

fn day(of: NaiveDate) -> String {
    of.to_string()
}

/// Everything that was counted and found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Results {
    /// Another one whenever anything of it has changed.
    pub version: String,
    /// How many responses it is of.
    pub responses: usize,
    /// How many of them are newer than themes and groups.
    pub newer: usize,
    /// Whether themes and groups are still being made for the first time: ask again.
    pub early: bool,
    /// How many responses came too late and do not count.
    pub late: u64,
    /// Counts of the closed questions, in the order of the form.
    pub questions: Vec<QuestionResult>,
    /// Votes on statements, and opinion groups; nothing where no statements are asked.
    pub opinions: Option<Opinions>,
    /// Themes of the open questions, in the order of the form.
    pub themes: Vec<QuestionThemes>,
}

/// `GET /api/v1/questionnaires/{slug}/results`
pub async fn show(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(whose): Query<Whose>,
) -> Result<Shown<Results>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let insight = insight::of(&app, &of).await?;
    let filter = whose.filter();
    let seen = spawn_blocking(move || {
        let shown: Arc<Insight> =
            if filter.is_empty() { insight } else { Arc::new(insight.narrowed(&filter)) };
        results(&shown)
    });
    Ok(Shown(seen.await.map_err(anyhow::Error::from)?))
}

fn results(insight: &Insight) -> Results {
    let material = &insight.material;
    Results {
        version: insight.version.clone(),
        responses: material.voices.len(),
        newer: insight.newer,
        early: insight.is_early(),
        late: insight.late,
        questions: counted(insight),
        opinions: insight.opinion.as_deref().map(|opinion| opinions(material, opinion)),
        themes: insight.themes.iter().filter_map(|open| themes_of(material, open)).collect(),
    }
}

/// Choices of a file.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FileChoices {
    /// `yes`: CSV begins with a byte order mark, by which Excel knows that it is UTF-8.
    pub bom: Option<String>,
    /// `no`: without made-up answers.
    pub examples: Option<String>,
}

/// `GET /api/v1/questionnaires/{slug}/exports/{file}`
pub async fn export(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    _choices: Query<FileChoices>,
    request: HttpRequest,
) -> Result<Download, AppError> {
    desk::exports::file(app, me, path, request).await.map(Download)
}

/// `GET /api/v1/questionnaires/{slug}/results/{key}.csv`
pub async fn table(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    _whose: Query<Whose>,
    request: HttpRequest,
) -> Result<Download, AppError> {
    desk::insight::files::csv(app, me, path, request).await.map(Download)
}

/// `GET /api/v1/questionnaires/{slug}/results/{key}.svg`
pub async fn picture(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    _whose: Query<Whose>,
    request: HttpRequest,
) -> Result<Download, AppError> {
    desk::insight::files::svg(app, me, path, request).await.map(Download)
}
