//! The brief at the desk: to read with what each sentence rests on, to edit, to sign, to publish.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::Markup;

use crate::acts::edit_brief::{self, Kept};
use crate::acts::publish_brief::{self, publish_brief, unpublish_brief};
use crate::domain::Fields;
use crate::domain::text::one_line;
use crate::error::AppError;
use crate::href;
use crate::insight::brief::edits::{self, Edits};
use crate::insight::brief::frozen::{Made, Rests};
use crate::insight::brief::json::{Names, json};
use crate::insight::brief::sheet::{Edition, sheet};
use crate::insight::brief::{Around, Brief, Limits, Sentence, brief};
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::briefs::{self, Listed};
use crate::store::invitations;
use crate::store::questionnaires::{self, Questionnaire};
use crate::web::brief::{files, readable};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{Step, Steps};
use crate::words::Words;

mod edit;
mod form;
mod publish;
mod view;

/// Everything that these pages are made of.
pub(in crate::web) struct Desk {
    questionnaire: Questionnaire,
    insight: std::sync::Arc<Insight>,
    /// What is kept of the edits.
    kept: Option<briefs::Draft>,
    pub(in crate::web) edits: Edits,
    /// The brief with its edits.
    pub(in crate::web) draft: edits::Draft,
    versions: Vec<Listed>,
    steps: Steps,
}

impl Desk {
    pub(in crate::web) async fn of(
        app: &Service,
        organizer: &Organizer,
        slug: &str,
    ) -> Result<Self, AppError> {
        let questionnaire = organizer.questionnaire(app, slug).await?;
        let insight = insight::of(app, &questionnaire).await?;
        let db = app.store.read();
        let kept = briefs::draft(db, questionnaire.id).await?;
        let edits: Edits = match &kept {
            Some(kept) => serde_json::from_str(&kept.edits).map_err(anyhow::Error::from)?,
            None => Edits::default(),
        };
        let made = made(app, &questionnaire, &insight).await?;
        let draft = edits::apply(made, &edits, &insight.material, None);
        let versions = briefs::listed(db, questionnaire.id).await?;
        let steps = steps(app, &questionnaire, Some(Step::Insight)).await?;
        Ok(Self { questionnaire, insight, kept, edits, draft, versions, steps })
    }

    /// Sentences that were left out, by key, whose theme is not there any more.
    pub(in crate::web) fn gone(&self) -> Vec<String> {
        self.edits.gone(&self.insight)
    }

    /// How often its edits were changed.
    pub(in crate::web) fn version(&self) -> i64 {
        self.kept.as_ref().map_or(0, |kept| kept.version)
    }

    /// Where in the editor the first sentence stands that is newer than its edit.
    fn first_newer(&self) -> String {
        let newer = |sentence: &Sentence| sentence.newer && !sentence.dropped;
        let first = self.draft.brief.sentences().find(|(_, sentence)| newer(sentence));
        first.map(|(_, sentence)| format!("s.{}", sentence.key)).unwrap_or_default()
    }

    /// Who signs it.
    pub(in crate::web) fn edition(&self) -> Edition<'_> {
        let kept = self.kept.as_ref();
        Edition {
            signed: kept.map_or("", |kept| kept.signed.as_str()),
            signed_on: kept.map_or("", |kept| kept.signed_on.as_str()),
            ..Edition::default()
        }
    }
}

/// The brief with every number, as it would be without edits.
async fn made(
    app: &Service,
    questionnaire: &Questionnaire,
    insight: &Insight,
) -> Result<Brief, AppError> {
    let around = Around {
        title: &questionnaire.title,
        words: Words::of(&questionnaire.language),
        invited: invitations::count(app.store.read(), questionnaire.id).await?,
        limits: Limits::DESK,
    };
    Ok(brief(insight, &around))
}

/// `GET /desk/q/{slug}/brief`: to read, to print.
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let said = Fields::parse(request.query_string().as_bytes());
    Ok(view::page(&organizer.0, &desk, said.get("done")))
}

/// `GET /desk/q/{slug}/brief/edit`
pub async fn edit(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let desk = Desk::of(&app, &organizer, &slug).await?;
    Ok(edit::page(&organizer.0, &desk, &[]))
}

/// `POST /desk/q/{slug}/brief/edit`: keeps the edits, or tells what somebody else kept meanwhile,
/// with everything typed still in its place.
pub async fn save(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let seen = fields.get("version").and_then(|v| v.parse().ok()).unwrap_or(-1);
    for _ in 0..5 {
        let desk = Desk::of(&app, &organizer, &slug).await?;
        // What only one of two has changed is kept; what both have, this one has to see first.
        let read = form::read(&fields, &desk.edits, &desk.draft.brief);
        let (of, version) = (&desk.questionnaire, desk.version());
        if edit_brief::edit_brief(&app, of, organizer.0.id, version, &read.edits).await?
            == Kept::Meanwhile
        {
            continue;
        }
        if read.both.is_empty() {
            let done = if seen == version { "saved" } else { "merged" };
            return Ok(see(of, &format!("brief?done={done}")));
        }
        let desk = Desk::of(&app, &organizer, &slug).await?;
        let page = edit::page(&organizer.0, &desk, &read.both);
        return Ok(reply::with(StatusCode::CONFLICT, page));
    }
    // Somebody saves again and again in this very moment: the form comes back with its texts.
    Err(AppError::Conflict)
}

/// `POST /desk/q/{slug}/brief/sign`
pub async fn sign(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let typed = |name| one_line(fields.get(name).unwrap_or_default(), 120);
    edit_brief::sign_brief(&app, &questionnaire, &typed("name"), &typed("day")).await?;
    Ok(see(&questionnaire, "brief?done=signed"))
}

/// `GET /desk/q/{slug}/brief/publish`: what would be published, and what stands in its way.
pub async fn ask(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let prospect = publish_brief::prospect(&app, &desk.questionnaire).await?;
    Ok(publish::page(&organizer.0, &desk, &prospect, ""))
}

/// `POST /desk/q/{slug}/brief/publish`
pub async fn publish(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let note = one_line(fields.get("note").unwrap_or_default(), 2000);
    match publish_brief(&app, &questionnaire, &note).await? {
        Ok(_number) => Ok(see(&questionnaire, "brief?done=published")),
        Err(prospect) => {
            let desk = Desk::of(&app, &organizer, &slug).await?;
            let page = publish::page(&organizer.0, &desk, &prospect, &note);
            Ok(reply::with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
    }
}

/// `POST /desk/q/{slug}/brief/unpublish`
pub async fn unpublish(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let number = fields.get("number").and_then(|number| number.parse().ok()).unwrap_or(0);
    unpublish_brief(&app, &questionnaire, number).await?;
    Ok(see(&questionnaire, "brief?done=unpublished"))
}

/// `GET /desk/q/{slug}/brief/{name}`: the draft as a file, or as `2.json` a published version with
/// the ids of its responses.
pub async fn file(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let (slug, name) = path.into_inner();
    let words = Words::of("en");
    if let Some(number) = name.strip_suffix(".json").and_then(|number| number.parse().ok()) {
        let questionnaire = organizer.questionnaire(&app, &slug).await?;
        let db = app.store.read();
        let version = briefs::numbered(db, questionnaire.id, number).await?;
        let version = version.ok_or(AppError::NotFound)?;
        let asked = questionnaires::all_asked(db, questionnaire.id).await?;
        let address = app.link(&href::brief(&questionnaire.slug, Some(number)));
        let read = readable(&app, version, &asked, address).await?;
        let rests: Rests =
            serde_json::from_str(&read.version.rests).map_err(anyhow::Error::from)?;
        let called = format!("{slug}-brief-{number}");
        let value =
            || json(&read.frozen.brief, &read.frozen.made, &read.edition(), Names::Ids(&rests));
        return files::file(&request, words, "brief.json", &called, &read.sheet(), value).await;
    }
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let read = desk.draft.read();
    if read.sections.is_empty() {
        return Err(AppError::NotFound);
    }
    let called = format!("{slug}-brief-draft");
    let value = || {
        let rests = Rests::of(&read);
        let made = Made::now(Limits::DESK, &app.insights.model());
        json(&read, &made, &desk.edition(), Names::Ids(&rests))
    };
    files::file(&request, words, &name, &called, &sheet(&read, &desk.edition()), value).await
}

fn see(questionnaire: &Questionnaire, page: &str) -> HttpResponse {
    reply::see(href::desk(&questionnaire.slug, page))
}
