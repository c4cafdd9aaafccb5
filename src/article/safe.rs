//! What makes an article safe to show: everything that is written is escaped, and what then comes
//! out goes through a list of what is let through.

use std::borrow::Cow;
use std::collections::HashSet;

use ammonia::{Builder, Url, UrlRelative, UrlRelativeEvaluate};

/// What is let through, and nothing else. `base`: where the article stands, for links that only
/// say the way from there; without it they lead nowhere. `kept`: where images are served from that
/// are kept here; there are no others.
pub(super) fn sanitizer(base: Option<&str>, kept: HashSet<String>) -> Builder<'static> {
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
    builder.tags(HashSet::from(tags));
    if !kept.is_empty() {
        let kept = kept.clone();
        builder
            .add_tags(["figure", "figcaption", "img"])
            .add_tag_attributes("img", ["src", "alt", "width", "height", "loading"])
            .attribute_filter(move |element, attribute, value| {
                let foreign = element == "img" && attribute == "src" && !kept.contains(value);
                (!foreign).then_some(Cow::Borrowed(value))
            });
    }
    builder
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("mark", ["id"])
        .add_tag_attributes("span", ["id"])
        .url_relative(UrlRelative::Custom(Box::new(Links { base, kept })))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("noopener nofollow"));
    builder
}

/// Links that only say the way from where the article stands: they lead there, or nowhere; those
/// to the article's own places stay, and those to what is kept of it here.
pub(super) struct Links {
    base: Option<Url>,
    kept: HashSet<String>,
}

impl Links {
    pub fn from(base: Option<Url>) -> UrlRelative<'static> {
        UrlRelative::Custom(Box::new(Self { base, kept: HashSet::new() }))
    }
}

impl UrlRelativeEvaluate<'static> for Links {
    fn evaluate<'url>(&self, link: &'url str) -> Option<Cow<'url, str>> {
        if link.starts_with('#') || self.kept.contains(link) {
            return Some(link.into());
        }
        let there = self.base.as_ref()?.join(link).ok()?;
        matches!(there.scheme(), "http" | "https").then(|| String::from(there).into())
    }
}

/// Where a link of an article leads that is from `base`.
fn there(base: Option<&str>, address: &str) -> Option<Url> {
    let base = base.and_then(|base| Url::parse(base).ok());
    Url::options().base_url(base.as_ref()).parse(address).ok()
}

/// Where something is that an article names: as it is written, if that says no place on the web.
pub(super) fn whole(base: Option<&str>, address: &str) -> String {
    let there = there(base, address).filter(|there| matches!(there.scheme(), "http" | "https"));
    there.map_or_else(|| address.to_owned(), String::from)
}

/// Whether a link leads anywhere that is let through.
pub(super) fn leads(base: Option<&str>, address: &str) -> bool {
    there(base, address).is_some_and(|there| matches!(there.scheme(), "http" | "https" | "mailto"))
}

/// What an image without words is called, and which server has it.
pub(super) fn image_words(address: &str) -> (String, Option<String>) {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().filter(|name| !name.is_empty() && name.len() <= 80);
    let named = name.filter(|name| name.contains('.')).unwrap_or("Image").to_owned();
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    (named, host)
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
