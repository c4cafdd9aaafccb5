//! What a program sends: bodies and queries, read strictly, so that a misspelt name is told and
//! not passed over.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::domain::Fields;
use crate::domain::text::{at_the_door, one_line};
use crate::error::AppError;
use crate::web::body::Arrived;
use crate::web::extract::{App, Organizer};

/// So many things are listed at once where nothing else is asked for.
const USUAL: u16 = 50;
/// So many things are listed at once at the most.
const MOST: u16 = 200;

/// A JSON body. Texts are kept as they came, but for what no form can send either.
#[derive(Clone, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = AppError;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = request.extensions();
        let bytes = sent.get::<Arrived>().map_or(&[][..], |arrived| &arrived.bytes);
        let read = match request.content_type() {
            "application/json" => read(bytes).map(Self),
            _ => Err(AppError::WrongType),
        };
        told(request, read)
    }
}

type Asking<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

/// What was read, or what is wrong with it; but whoever may not ask this at all is told that first.
fn told<T: 'static>(request: &HttpRequest, read: Result<T, AppError>) -> Asking<T> {
    let request = request.clone();
    Box::pin(async move {
        let error = match read {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        let me = Organizer::extract(&request).await?;
        if let (Some(app), Some(slug)) =
            (request.app_data::<App>(), request.match_info().get("slug"))
        {
            me.questionnaire(app, slug).await?;
        }
        Err(error)
    })
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let mut value: Value = serde_json::from_slice(bytes)
        .map_err(|error| AppError::Refused(format!("The body is no JSON: {error}.")))?;
    if !value.is_object() {
        return Err(AppError::Refused("The body is no object.".to_owned()));
    }
    tidy(&mut value);
    serde_json::from_value(value)
        .map_err(|error| AppError::Refused(format!("The body says something else: {error}.")))
}

fn tidy(value: &mut Value) {
    match value {
        Value::String(text) => *text = at_the_door(text),
        Value::Array(all) => all.iter_mut().for_each(tidy),
        Value::Object(all) => {
            all.values_mut().for_each(tidy);
            if all.keys().any(|name| name.contains('\0')) {
                let named = std::mem::take(all).into_iter();
                *all = named.map(|(name, value)| (at_the_door(&name), value)).collect();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A query.
#[derive(Clone, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = AppError;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let fields = Fields::parse(request.query_string().as_bytes());
        let query: String =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.pairs()).finish();
        let read = actix_web::web::Query::<T>::from_query(&query);
        let read = read
            .map(|read| Self(read.into_inner()))
            .map_err(|error| AppError::Refused(format!("The query says something else: {error}.")));
        told(request, read)
    }
}

/// A text as one line, if it is not too long: nothing of it is cut off without a word.
///
/// # Errors
/// A longer one; `what` is its name.
pub fn line(what: &str, text: &str, most: usize) -> Result<String, AppError> {
    if text.chars().count() > most {
        let why = format!("This is longer than {most} characters: {what}.");
        return Err(AppError::Refused(why));
    }
    Ok(one_line(text, most))
}

/// Which part of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Where to go on: `next` of the part before.
    #[param(max_length = 1000)]
    pub cursor: Option<String>,
    /// How many at the most.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u16>,
}

impl Paging {
    /// How many, within the bounds.
    ///
    /// # Errors
    /// None at all, or too many.
    pub fn size(&self) -> Result<usize, AppError> {
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok(usize::from(limit)),
            _ => Err(AppError::Refused(format!("The limit is between 1 and {MOST}."))),
        }
    }

    /// Behind what to go on, if there is a cursor.
    ///
    /// # Errors
    /// A cursor that is none of ours.
    pub fn after(&self) -> Result<Option<String>, AppError> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
        let after = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let after = after.filter(|after| !after.contains('\0'));
        after.map(Some).ok_or_else(no_cursor)
    }
}

/// A cursor that was not ours.
pub fn no_cursor() -> AppError {
    AppError::Refused("This is no cursor of this list: begin without one.".to_owned())
}

/// A cursor that goes on behind this.
pub fn cursor(after: &str) -> String {
    URL_SAFE_NO_PAD.encode(after)
}

/// What is chosen and can be none: left out, it stays; null takes it away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice<T> {
    /// It was left out.
    #[default]
    Stays,
    /// It was null.
    Away,
    /// It is this from now on.
    Is(T),
}

impl<T> Choice<T> {
    /// What holds from now on; `before`: what held until now.
    pub fn over(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Stays => before,
            Self::Away => None,
            Self::Is(now) => Some(now),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Choice<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(from)?.map_or(Self::Away, Self::Is))
    }
}

/// A picture as a body, as it is.
#[derive(Clone, Debug)]
pub struct Picture(pub Bytes);

/// What the body of a [`Picture`] may be said to be; what it is, its bytes say.
pub const PICTURES: [&str; 3] = ["image/png", "image/jpeg", "application/octet-stream"];

impl FromRequest for Picture {
    type Error = AppError;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = request.extensions();
        let bytes = sent.get::<Arrived>().map(|arrived| arrived.bytes.clone());
        let is_one = PICTURES.contains(&request.content_type());
        let read = is_one.then(|| Self(bytes.unwrap_or_default())).ok_or(AppError::WrongType);
        told(request, read)
    }
}

/// A file in a JSON body.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// Its name, by whose end its format is known.
    #[schema(max_length = 300, example = "people.csv")]
    pub name: String,
    /// Its bytes in base 64 (RFC 4648, 4).
    #[schema(example = "YWRkcmVzcyxuYW1lCmFkYUBleGFtcGxlLm9yZyxBZGEK")]
    pub base64: String,
}

impl Upload {
    /// Its bytes.
    ///
    /// # Errors
    /// What is no base 64.
    pub fn bytes(&self) -> Result<Vec<u8>, AppError> {
        let whole: String = self.base64.split_ascii_whitespace().collect();
        STANDARD.decode(whole).map_err(|_no_base64| {
            AppError::Refused(format!("The file “{}” is not written in base 64.", self.name))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sent {
        text: String,
    }

    #[test]
    fn texts_are_what_a_form_could_have_sent_and_names_are_known() {
        let read = |body: &str| read::<Sent>(body.as_bytes());
        let text = "a\nb\u{202e}é".to_owned();
        assert_eq!(read(r#"{"text": "a\u0000\r\nb\u202eé"}"#).unwrap(), Sent { text });
        for wrong in ["", "{", r#"{"text": 1}"#, r#"{"text": "", "more": 1}"#, "[]", "{}"] {
            assert!(matches!(read(wrong), Err(AppError::Refused(_))), "{wrong}");
        }
    }

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let asked = |cursor: &str| Paging { cursor: Some(cursor.to_owned()), limit: None };
        assert_eq!(asked(&cursor("3:中")).after().unwrap().as_deref(), Some("3:中"));
        for wrong in ["=", "中", "_w", "AA"] {
            assert!(asked(wrong).after().is_err(), "{wrong}");
        }
        let size = |limit| Paging { cursor: None, limit }.size();
        assert_eq!((size(None).unwrap(), size(Some(200)).unwrap()), (50, 200));
        assert!(size(Some(0)).is_err() && size(Some(201)).is_err());
    }
}
