//! A questionnaire that was published, with what its pages need, and the doors through which a
//! reader comes to its form.

use std::ops::Deref;
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use maud::Markup;

use super::carried::Carried;
use super::{conduct, look};
use crate::acts::submit_response::{KEY, new_key};
use crate::article;
use crate::domain::options::Head;
use crate::domain::status::{Mode, Status};
use crate::domain::{Fields, InvitationId, QuestionnaireId, ResponseId, Slug};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::articles::Article;
use crate::store::forms::{Form, Which};
use crate::store::questionnaires::Asked;
use crate::web::extract::LANGUAGE_COOKIE;
use crate::web::ui::layout::Look;
use crate::words::Words;

/// The field that says in which language the form was drawn.
pub(in crate::web) const LANGUAGE: &str = "form_lang";

/// A questionnaire that readers may see, as it was known at one moment.
#[derive(Clone, Debug)]
pub(in crate::web) struct Published(pub Arc<Form>, pub DateTime<Utc>);

impl Deref for Published {
    type Target = Form;

    fn deref(&self) -> &Form {
        &self.0
    }
}

impl Published {
    /// The one at `/q/{slug}`. A draft is not there at all.
    pub(in crate::web) async fn at(app: &Service, slug: &str) -> Result<Self, AppError> {
        let slug: Slug = slug.parse()?;
        Self::which(app, Which::At(&slug)).await?.not_withdrawn()
    }

    /// The one with this id.
    pub(in crate::web) async fn of(app: &Service, id: QuestionnaireId) -> Result<Self, AppError> {
        Self::which(app, Which::Of(id)).await?.not_withdrawn()
    }

    /// The one at `/q/{slug}`, even if it is deleted and only waits to be erased.
    pub(in crate::web) async fn at_last(app: &Service, slug: &str) -> Result<Self, AppError> {
        let slug: Slug = slug.parse()?;
        Self::which(app, Which::At(&slug)).await
    }

    /// The one with this id, in the same way: a respondent's own answers stay theirs to the end.
    pub(in crate::web) async fn of_last(
        app: &Service,
        id: QuestionnaireId,
    ) -> Result<Self, AppError> {
        Self::which(app, Which::Of(id)).await
    }

    /// This one, unless it is deleted.
    pub(in crate::web) fn not_withdrawn(self) -> Result<Self, AppError> {
        match self.erase_at {
            Some(at) => Err(AppError::Withdrawn(at)),
            None => Ok(self),
        }
    }

    async fn which(app: &Service, which: Which<'_>) -> Result<Self, AppError> {
        let now = app.clock.now();
        let form = app.forms.get(&app.store, which, now).await?;
        form.map(|form| Self(form, now)).ok_or(AppError::NotFound)
    }

    /// Title and introduction in the reader's language as far as there are any, and the language
    /// that the title is in.
    pub(in crate::web) fn head(&self, words: Words) -> (Head, String) {
        let questionnaire = &self.questionnaire;
        let mut options = questionnaire.options();
        let translated = options.translations.remove(words.language()).unwrap_or_default();
        let own = |text: String, own: &str| if text.is_empty() { own.to_owned() } else { text };
        let language = if translated.title.is_empty() {
            questionnaire.language.clone()
        } else {
            words.language().to_owned()
        };
        let head = Head {
            title: own(translated.title, &questionnaire.title),
            introduction: own(translated.introduction, &questionnaire.introduction),
            thanks: own(translated.thanks, &options.thanks),
        };
        (head, language)
    }

    /// The questions on the form, in order.
    pub(in crate::web) fn questions(&self) -> Vec<Asked> {
        self.shown().cloned().collect()
    }

    /// The article as it is read: what its passages are spans of.
    pub(in crate::web) fn read(&self) -> article::Article {
        as_read(&self.article)
    }

    /// Whether answers are taken at this moment.
    pub(in crate::web) fn is_open(&self) -> bool {
        let options = self.questionnaire.options();
        self.questionnaire.status == Status::Open
            && self.erase_at.is_none()
            && !options.waits(self.1)
            && options.closed_by(self.1).is_none()
    }

    /// When it will open, if it waits for its time.
    pub(in crate::web) fn opens(&self) -> Option<DateTime<Utc>> {
        let options = self.questionnaire.options();
        let waits = self.questionnaire.status == Status::Open && options.waits(self.1);
        options.opens_at.filter(|_| waits)
    }

    /// Whether as many have answered as may: whoever has begun may finish.
    pub(in crate::web) fn is_full(&self) -> bool {
        let most = self.questionnaire.options().most.map(u64::from);
        most.zip(self.answered).is_some_and(|(most, answered)| answered >= most)
    }

    /// The organizer's colour and picture.
    pub(in crate::web) fn look(&self) -> Look {
        look::of(self)
    }

    /// Whether nothing that is kept connects answers to invitations.
    pub(in crate::web) fn is_anonymous(&self) -> bool {
        self.questionnaire.mode == Mode::Anonymous
    }

    /// Who asks, to begin a sentence with.
    pub(in crate::web) fn asker(&self, words: Words) -> String {
        match self.organizer.as_str() {
            "" => words.get("form-organizer"),
            name => name.to_owned(),
        }
    }

    /// Who asks, at the head of the page.
    pub(in crate::web) fn brand(&self) -> String {
        if self.organizer.is_empty() { "Colloquy".to_owned() } else { self.organizer.clone() }
    }
}

/// The article as the article room knows it.
fn as_read(article: &Article) -> article::Article {
    article::Article {
        title: article.title.clone(),
        date: None,
        source: article.source.clone(),
        summary: None,
        link: article.link.clone(),
        language: article.language.clone(),
        format: article.format.parse().unwrap_or(article::Format::Text),
        text: article.body.clone(),
        body_start: usize::try_from(article.body_start).unwrap_or(0),
    }
}

/// How a reader came to the form.
#[derive(Clone, Debug)]
pub(in crate::web) struct Door {
    /// Where the form is, and where it is sent.
    pub path: String,
    /// The form's key.
    pub key: String,
    /// When the form was drawn, signed: [`super::conduct::stamp`].
    pub stamp: String,
    /// The response that it makes or changes.
    pub response: ResponseId,
    /// The invitation through which the reader came, and the name it was made for.
    pub invitation: Option<(InvitationId, String)>,
    /// Whether it changes what was sent before.
    pub changes: bool,
    /// What the form carries along from the link to it.
    pub carried: Carried,
}

impl Door {
    /// The public form; what was sent brings its key along.
    pub(in crate::web) fn public(app: &Service, slug: &Slug, fields: &Fields) -> Self {
        let sent = fields.get(KEY).and_then(|key| key.parse().ok());
        let form_key = sent.unwrap_or_else(|| new_key(app));
        let key = form_key.simple().to_string();
        Self {
            path: href::questionnaire(slug),
            stamp: conduct::stamp(app, &key, fields, app.clock.now()),
            key,
            response: app.secret.response_of_form(form_key),
            invitation: None,
            changes: false,
            carried: Carried::default(),
        }
    }
}

/// The words for a reader: what they chose, here or before; else the language that is known of
/// them; else what their browser asks for; else the questionnaire's.
pub(in crate::web) fn speaking(
    request: &HttpRequest,
    sent: Option<&Fields>,
    known: &str,
    questionnaire: &str,
) -> Words {
    let query = Fields::parse(request.query_string().as_bytes());
    let cookie = request.cookie(LANGUAGE_COOKIE).map(|cookie| cookie.value().to_owned());
    let explicit = query
        .get("lang")
        .or_else(|| sent.and_then(|fields| fields.get(LANGUAGE)))
        .or(cookie.as_deref())
        .or((!known.is_empty()).then_some(known));
    let accepts = request.headers().get(header::ACCEPT_LANGUAGE);
    let accepts = accepts.and_then(|value| value.to_str().ok()).unwrap_or_default();
    Words::negotiate(explicit, Some(&format!("{questionnaire};q=0.001,{accepts}")))
}

/// A page as an answer; a language that was chosen on it is remembered.
pub(in crate::web) fn answer(
    app: &Service,
    request: &HttpRequest,
    status: StatusCode,
    words: Words,
    page: Markup,
) -> HttpResponse {
    answer_with(app, request, status, words, page.into_string())
}

/// The same, of a page that was drawn before.
pub(in crate::web) fn answer_with(
    app: &Service,
    request: &HttpRequest,
    status: StatusCode,
    words: Words,
    page: String,
) -> HttpResponse {
    let mut builder: HttpResponseBuilder = HttpResponse::build(status);
    builder.content_type("text/html; charset=utf-8");
    if Fields::parse(request.query_string().as_bytes()).get("lang").is_some() {
        let cookie = Cookie::build(LANGUAGE_COOKIE, words.language())
            .path("/")
            .http_only(true)
            .secure(app.is_secure())
            .same_site(SameSite::Lax)
            .max_age(Duration::days(365));
        builder.cookie(cookie.finish());
    }
    if ["/r/", "/i/", "/d/"].iter().any(|private| request.path().starts_with(private)) {
        builder.insert_header(("x-robots-tag", "noindex"));
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        builder.insert_header((header::RETRY_AFTER, "60"));
    }
    builder.body(page)
}
