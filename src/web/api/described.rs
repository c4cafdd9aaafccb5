//! What a handler takes and answers, read off its own signature: the document about the interface
//! cannot say anything else than the program does.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, web};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type as JsonType};
use utoipa::openapi::{Content, Ref, RefOr, Required, Response, ResponseBuilder, Schema};
use utoipa::{IntoParams, ToSchema};

use super::answered::{Begun, Created, Done, Download, Listed, Shown, ShownOnce, Tagged};
use super::asked::{Json, PICTURES, Picture, Query};
use super::caller::Caller;
use crate::error::AppError;
use crate::service::Service;
use crate::web::extract::Organizer;

/// What is known of one operation.
#[derive(Default)]
pub struct Description {
    /// Parameters in the query and in headers.
    pub parameters: Vec<Parameter>,
    /// The body it takes, if it takes one.
    pub body: Option<RequestBody>,
    /// What it answers when all is well, by status.
    pub answers: BTreeMap<u16, Response>,
    /// The schemas that these name.
    pub schemas: BTreeMap<String, RefOr<Schema>>,
}

impl Description {
    /// The name of a type, whose schema is kept with those that it names.
    fn named<T: ToSchema>(&mut self) -> Ref {
        let name = T::name().into_owned();
        if self.schemas.insert(name.clone(), T::schema()).is_none() {
            let mut inner = vec![];
            T::schemas(&mut inner);
            self.schemas.extend(inner);
        }
        Ref::from_schema_name(name)
    }

    fn answer(&mut self, status: u16, says: &str, schema: Option<RefOr<Schema>>) {
        let mut response = ResponseBuilder::new().description(says);
        if let Some(schema) = schema {
            response = response.content("application/json", Content::new(Some(schema)));
        }
        let text = || text("");
        if status == 200 {
            response = response.header("ETag", HeaderBuilder::new().schema(text()).build());
        }
        if status == 201 {
            response = response.header("Location", HeaderBuilder::new().schema(text()).build());
        }
        self.answers.insert(status, response.build());
    }
}

/// A schema of a text.
pub fn text(says: &str) -> Schema {
    let says = (!says.is_empty()).then_some(says);
    ObjectBuilder::new().schema_type(JsonType::String).description(says).build().into()
}

/// What a handler takes.
pub trait Part {
    /// Adds what it says of the operation.
    fn describe(_into: &mut Description) {}
}

impl Part for web::Data<Service> {}
impl Part for Organizer {}
impl Part for Caller {}
impl Part for HttpRequest {}
impl<T> Part for web::Path<T> {}

impl<T: ToSchema> Part for Json<T> {
    fn describe(into: &mut Description) {
        let content = Content::new(Some(RefOr::<Schema>::Ref(into.named::<T>())));
        let body = RequestBodyBuilder::new()
            .content("application/json", content)
            .required(Some(Required::True));
        into.body = Some(body.build());
    }
}

impl Part for Picture {
    fn describe(into: &mut Description) {
        let mut body = RequestBodyBuilder::new().required(Some(Required::True));
        for kind in PICTURES {
            body = body.content(kind, Content::new(None::<RefOr<Schema>>));
        }
        into.body = Some(body.build());
    }
}

impl<T: IntoParams> Part for Query<T> {
    fn describe(into: &mut Description) {
        into.parameters.extend(T::into_params(|| Some(ParameterIn::Query)));
    }
}

/// What a handler answers when all is well.
pub trait Answers {
    /// Adds what it says of the operation.
    fn describe(into: &mut Description);
}

impl<T: ToSchema> Answers for Shown<T> {
    fn describe(into: &mut Description) {
        let schema = into.named::<T>();
        into.answer(200, "This is how it stands.", Some(RefOr::Ref(schema)));
    }
}

impl<T: ToSchema> Answers for Tagged<T> {
    fn describe(into: &mut Description) {
        Shown::<T>::describe(into);
    }
}

impl<T: ToSchema> Answers for Listed<T> {
    fn describe(into: &mut Description) {
        let one = into.named::<T>();
        let next = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([JsonType::String, JsonType::Null]))
            .description(Some("The cursor of the next part; null where this is the last."));
        let part = ObjectBuilder::new()
            .property("data", ArrayBuilder::new().items(one))
            .required("data")
            .property("next", next)
            .required("next")
            .build();
        into.answer(200, "A part of the list.", Some(Schema::from(part).into()));
    }
}

impl<T: ToSchema> Answers for Created<T> {
    fn describe(into: &mut Description) {
        let schema = into.named::<T>();
        into.answer(201, "It was made, and stands at Location.", Some(RefOr::Ref(schema)));
    }
}

impl<T: ToSchema> Answers for ShownOnce<T> {
    fn describe(into: &mut Description) {
        Created::<T>::describe(into);
    }
}

impl<T: ToSchema> Answers for Begun<T> {
    fn describe(into: &mut Description) {
        let schema = into.named::<T>();
        into.answer(202, "It has begun, and goes on by itself.", Some(RefOr::Ref(schema)));
    }
}

impl Answers for Done {
    fn describe(into: &mut Description) {
        into.answer(204, "It was done.", None);
    }
}

impl Answers for Download {
    fn describe(into: &mut Description) {
        let content = Content::new(None::<RefOr<Schema>>);
        let response = ResponseBuilder::new().description("The file.").content("*/*", content);
        into.answers.insert(200, response.build());
    }
}

/// A handler that can be described.
pub trait Described<Parts> {
    /// What its signature says.
    fn described(&self) -> Description;
}

macro_rules! described {
    ($($part:ident)*) => {
        impl<F, Fut, R, $($part),*> Described<($($part,)*)> for F
        where
            F: Fn($($part),*) -> Fut,
            Fut: Future<Output = Result<R, AppError>>,
            R: Answers,
            $($part: Part),*
        {
            fn described(&self) -> Description {
                let mut description = Description::default();
                $($part::describe(&mut description);)*
                R::describe(&mut description);
                description
            }
        }
    };
}

described! { A }
described! { A B }
described! { A B C }
described! { A B C D }
described! { A B C D E }
