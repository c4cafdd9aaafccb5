//! What came back, to be looked at as a person does: texts, links, forms.

use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

/// An answer to a request.
pub struct Page {
    /// Where it was found.
    pub path: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

/// A form as it stands on a page, to be filled in and sent with `Visitor::submit`.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    /// Whether it is sent as `multipart/form-data`.
    pub multipart: bool,
    /// What a browser would send if nothing were changed.
    pub fields: Vec<(String, String)>,
}

impl Page {
    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The path that a redirect leads to.
    pub fn location(&self) -> String {
        let location = self.header("location");
        assert!(!location.is_empty(), "{} {} leads nowhere: {}", self.status, self.path, self.text);
        location.to_owned()
    }

    /// The texts of all elements that `selector` finds, white space joined.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.select(selector, |element| {
            let text: String = element.text().collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    }

    /// An attribute of all elements that `selector` finds and that have it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let found = self.select(selector, |element| element.attr(name).map(ToOwned::to_owned));
        found.into_iter().flatten().collect()
    }

    /// The first form that `selector` finds.
    pub fn form(&self, selector: &str) -> Form {
        let found = self.select(selector, |element| Form::read(element, &self.path));
        found.into_iter().next().unwrap_or_else(|| panic!("no {selector} on {}", self.text))
    }

    /// The first form that has a button of this text.
    pub fn form_with_button(&self, button: &str) -> Form {
        let found = self.select("form", |element| {
            let of = Selector::parse("button").unwrap();
            let named = |b: ElementRef<'_>| b.text().collect::<String>().trim() == button;
            element.select(&of).any(named).then(|| Form::read(element, &self.path))
        });
        let form = found.into_iter().flatten().next();
        form.unwrap_or_else(|| panic!("no button {button:?} on {}", self.text))
    }

    /// The text of each text area, as it would be sent.
    pub fn texts_as_typed(&self) -> Vec<String> {
        self.select("textarea", |element| element.text().collect())
    }

    /// All text of the page, white space joined.
    pub fn words(&self) -> String {
        self.texts("body").join(" ")
    }

    fn select<T>(&self, selector: &str, each: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
        let document = Html::parse_document(&self.text);
        let selector = Selector::parse(selector).unwrap();
        document.select(&selector).map(each).collect()
    }
}

impl Form {
    /// Puts a text into a field, or sets a radio button; the field is added if it is not there.
    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        let place = self.fields.iter().position(|(of, _)| of == name);
        match place {
            Some(place) => value.clone_into(&mut self.fields[place].1),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// Types into each of the fields with this name, in order; those left over stay as they are.
    pub fn set_all(&mut self, name: &str, values: &[&str]) -> &mut Self {
        let fields = self.fields.iter_mut().filter(|(of, _)| of == name);
        let mut typed = 0;
        for ((_, place), value) in fields.zip(values) {
            (*value).clone_into(place);
            typed += 1;
        }
        assert_eq!(typed, values.len(), "{name} has fewer fields");
        self
    }

    /// What is sent under `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    fn read(form: ElementRef<'_>, path: &str) -> Self {
        let controls = Selector::parse("input, textarea, select").unwrap();
        let mut fields = vec![];
        for control in form.select(&controls) {
            let Some(name) = control.attr("name") else { continue };
            if control.attr("disabled").is_none()
                && let Some(value) = value_of(control)
            {
                fields.push((name.to_owned(), value));
            }
        }
        let of = |name| form.attr(name).unwrap_or_default().to_owned();
        let action = if of("action").is_empty() { path.to_owned() } else { of("action") };
        let method = if of("method") == "post" { "post" } else { "get" };
        let multipart = of("enctype") == "multipart/form-data";
        Self { action, method: method.to_owned(), multipart, fields }
    }
}

/// What a browser sends of a control that nobody touched.
fn value_of(control: ElementRef<'_>) -> Option<String> {
    let value = || control.attr("value").unwrap_or_default().to_owned();
    match (control.value().name(), control.attr("type")) {
        // The parser has dropped the line end after the tag, as browsers do.
        ("textarea", _) => Some(control.text().collect()),
        ("select", _) => {
            let options = Selector::parse("option").unwrap();
            let chosen = control.select(&options).find(|o| o.attr("selected").is_some());
            let chosen = chosen.or_else(|| control.select(&options).next())?;
            let text: String = chosen.text().collect();
            Some(chosen.attr("value").map_or(text, ToOwned::to_owned))
        }
        (_, Some("checkbox" | "radio")) => {
            let on = control.attr("value").unwrap_or("on").to_owned();
            control.attr("checked").map(|_| on)
        }
        (_, Some("file" | "submit" | "button" | "image" | "reset")) => None,
        _ => Some(value()),
    }
}
