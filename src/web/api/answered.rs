//! What a program is answered: JSON, a part of a list, a file, or nothing more to say.

use actix_web::body::BoxBody;
use actix_web::http::header::{ETag, EntityTag, Header as _, IfNoneMatch};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use super::asked::{Paging, cursor, no_cursor};
use crate::domain::token;
use crate::error::AppError;

/// 200, and this as JSON, with a tag of its bytes: who has these is told that nothing changed.
#[derive(Clone, Debug)]
pub struct Shown<T>(pub T);

impl<T: Serialize> Responder for Shown<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match written(&self.0) {
            Ok(body) => tagged(request, tag(&body), body),
            Err(error) => HttpResponse::from_error(error),
        }
    }
}

/// 200, and this as JSON, with a tag that a change can name (`If-Match`).
#[derive(Clone, Debug)]
pub struct Tagged<T> {
    /// The tag.
    pub tag: String,
    /// What is shown.
    pub shown: T,
}

impl<T: Serialize> Responder for Tagged<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match written(&self.shown) {
            Ok(body) => tagged(request, EntityTag::new_strong(self.tag), body),
            Err(error) => HttpResponse::from_error(error),
        }
    }
}

fn tagged(request: &HttpRequest, tag: EntityTag, body: Vec<u8>) -> HttpResponse {
    let asks = request.headers().contains_key(header::IF_NONE_MATCH) && request.method().is_safe();
    let known = asks
        && IfNoneMatch::parse(request).is_ok_and(|known| match known {
            IfNoneMatch::Any => true,
            IfNoneMatch::Items(tags) => tags.iter().any(|one| one.weak_eq(&tag)),
        });
    if known {
        return HttpResponse::NotModified().insert_header(ETag(tag)).finish();
    }
    HttpResponse::Ok().insert_header(ETag(tag)).content_type("application/json").body(body)
}

/// The bytes of an answer.
///
/// # Errors
/// A value that JSON cannot say.
pub fn written(value: &impl Serialize) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec(value).map_err(|error| anyhow::Error::from(error).into())
}

/// The tag of these bytes: the same for the same, on every node.
pub fn tag(body: &[u8]) -> EntityTag {
    EntityTag::new_strong(token::print(&[body]).chars().take(32).collect())
}

/// 200, and a part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Listed<T> {
    /// The things of this part, in the order of the list.
    pub data: Vec<T>,
    /// The cursor of the next part; nothing where this is the last.
    pub next: Option<String>,
}

impl<T> Listed<T> {
    /// The wanted part of a whole list. `name` tells its things apart: where the thing that a
    /// cursor names has gone meanwhile, its place counts.
    ///
    /// # Errors
    /// A cursor or a limit that makes no sense.
    pub fn of(
        whole: Vec<T>,
        name: impl Fn(&T) -> String,
        paging: &Paging,
    ) -> Result<Self, AppError> {
        let size = paging.size()?;
        let begin = match paging.after()? {
            None => 0,
            Some(after) => {
                let (place, named) = after.split_once(':').ok_or_else(no_cursor)?;
                let place: usize = place.parse().map_err(|_no_number| no_cursor())?;
                let at = whole.iter().position(|one| name(one) == named);
                at.map_or(place, |at| at.saturating_add(1))
            }
        };
        let more = whole.len() > begin.saturating_add(size);
        let data: Vec<T> = whole.into_iter().skip(begin).take(size).collect();
        let last = data.last().filter(|_| more);
        let next = last.map(|last| cursor(&format!("{}:{}", begin + size, name(last))));
        Ok(Self { data, next })
    }

    /// The same part, with its things as a program sees them.
    pub fn map<U>(self, see: impl FnMut(T) -> U) -> Listed<U> {
        Listed { data: self.data.into_iter().map(see).collect(), next: self.next }
    }
}

impl<T: Serialize> Responder for Listed<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        Shown(self).respond_to(request)
    }
}

/// 201: it was made, and stands at this address.
#[derive(Clone, Debug)]
pub struct Created<T> {
    /// Where it stands.
    pub at: String,
    /// What was made.
    pub made: T,
}

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        answer(StatusCode::CREATED, Some(self.at), &self.made)
    }
}

/// 201: it was made, and is shown this once; the answer is kept nowhere.
#[derive(Clone, Debug)]
pub struct ShownOnce<T>(pub Created<T>);

/// A mark on answers that must not be kept.
#[derive(Clone, Copy, Debug)]
pub struct KeptNowhere;

impl<T: Serialize> Responder for ShownOnce<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = self.0.respond_to(request);
        let never = header::HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, never);
        response.extensions_mut().insert(KeptNowhere);
        response
    }
}

/// 202: it has begun, and goes on by itself.
#[derive(Clone, Debug)]
pub struct Begun<T>(pub T);

impl<T: Serialize> Responder for Begun<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        answer(StatusCode::ACCEPTED, None, &self.0)
    }
}

fn answer(status: StatusCode, at: Option<String>, body: &impl Serialize) -> HttpResponse {
    match written(body) {
        Err(error) => HttpResponse::from_error(error),
        Ok(body) => {
            let mut answer = HttpResponse::build(status);
            if let Some(at) = at {
                answer.insert_header((header::LOCATION, at));
            }
            answer.content_type("application/json").body(body)
        }
    }
}

/// 204: it was done.
#[derive(Clone, Copy, Debug)]
pub struct Done;

impl Responder for Done {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

/// 200, and a file.
#[derive(Debug)]
pub struct Download(pub HttpResponse);

impl Responder for Download {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_told_whole_however_it_is_cut() {
        let whole: Vec<u32> = (0..10).collect();
        for size in 1..=12 {
            let (mut all, mut cursor) = (vec![], None);
            loop {
                let paging = Paging { cursor, limit: Some(size) };
                let part = Listed::of(whole.clone(), u32::to_string, &paging).unwrap();
                assert!(part.data.len() <= usize::from(size));
                all.extend(part.data);
                cursor = part.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(all, whole, "{size}");
        }
    }

    #[test]
    fn what_comes_or_goes_meanwhile_repeats_nothing() {
        let paging = Paging { cursor: None, limit: Some(3) };
        let first = Listed::of(vec![5, 4, 3, 2, 1], i32::to_string, &paging).unwrap();
        let paging = Paging { cursor: first.next, limit: Some(3) };
        let more = Listed::of(vec![7, 6, 5, 4, 3, 2, 1], i32::to_string, &paging).unwrap();
        assert_eq!((more.data, more.next), (vec![2, 1], None));
        // The last one of the part before is gone.
        let gone = Listed::of(vec![5, 4, 2, 1], i32::to_string, &paging).unwrap();
        assert_eq!(gone.data, [1]);
    }
}
