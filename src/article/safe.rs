//! What makes an article safe to show: everything that is written is escaped, and what then comes
//! out goes through a list of what is let through.

use std::borrow::Cow;
use std::collections::HashSet;

use ammonia::{Builder, Url, UrlRelative, UrlRelativeEvaluate};

/// What is let through, and nothing else. `base`: where the article stands, for links that only
/// say the way from there; without it they lead nowhere.
pub(super) fn sanitizer(base: Option<&str>) -> Builder<'static> {
    let tags = [
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "code",
        "table",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "strong",
        "em",
        "del",
        "sub",
        "sup",
        "a",
        "br",
        "hr",
        "mark",
        "q",
        "kbd",
    ];
    let base = base.and_then(|base| Url::parse(base).ok());
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("mark", ["id"])
        .add_tag_attributes("span", ["id"])
        .url_relative(Links::from(base))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("noopener nofollow"));
    builder
}

/// Links that only say the way from where the article stands: they lead there, or nowhere; those
/// to the article's own places stay.
pub(super) struct Links(Option<Url>);

impl Links {
    pub fn from(base: Option<Url>) -> UrlRelative<'static> {
        UrlRelative::Custom(Box::new(Self(base)))
    }
}

impl UrlRelativeEvaluate<'static> for Links {
    fn evaluate<'url>(&self, link: &'url str) -> Option<Cow<'url, str>> {
        if link.starts_with('#') {
            return Some(link.into());
        }
        let there = self.0.as_ref()?.join(link).ok()?;
        matches!(there.scheme(), "http" | "https").then(|| String::from(there).into())
    }
}

/// What an image without words is called, and which server has it.
pub(super) fn image_words(address: &str) -> (String, String) {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().filter(|name| !name.is_empty() && name.len() <= 80);
    let named = name.filter(|name| name.contains('.')).unwrap_or("Image").to_owned();
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    (named, host.map(|host| format!(" ({host})")).unwrap_or_default())
}

/// The name of a place within the article, in letters that need no escaping: names of the page's
/// own places cannot be taken.
pub(super) fn place(name: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name = name.chars().take(80).map(|c| if is_name(c) { c } else { '_' });
    format!("a-{}", name.collect::<String>())
}

/// Text so that it is nothing but text, within an element or in an attribute's quotes.
pub(in crate::article) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
