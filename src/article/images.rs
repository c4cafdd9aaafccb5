//! The images that an article names: where they are, and what is said of them.

use std::collections::BTreeSet;

use super::read::Article;
use super::safe::{image_words, whole};
use super::token::{Token, tokens};

/// An image that an article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where it is; as it is written, where that says no place on the web.
    pub address: String,
    /// The words that stand for it; may be empty.
    pub words: String,
    /// The name of its file, or `Image`.
    pub name: String,
    /// Whose server has it.
    pub host: Option<String>,
}

impl Image {
    /// What it is called: by its words, or else by its file.
    pub fn called(&self) -> &str {
        if self.words.is_empty() { &self.name } else { &self.words }
    }
}

/// An image that is kept here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Where it is served from.
    pub source: String,
    /// Its width, in pixels.
    pub width: u32,
    /// Its height, in pixels.
    pub height: u32,
}

/// The images of the article in its order, each address once.
pub fn images(article: &Article) -> Vec<Image> {
    let mut found: Vec<Image> = vec![];
    let mut known = BTreeSet::new();
    let mut now: Option<Image> = None;
    for token in tokens(article) {
        match (token, &mut now) {
            (Token::Open("img", Some(written)), None) => {
                let address = whole(article.link.as_deref(), &written);
                let (name, host) = image_words(&address);
                now = Some(Image { address, words: String::new(), name, host });
            }
            (Token::Text(words, ..), Some(image)) => image.words.push_str(&words),
            (Token::Close("img"), Some(_)) => {
                let image = now.take().filter(|image| known.insert(image.address.clone()));
                found.extend(image.map(|image| Image {
                    words: image.words.split_whitespace().collect::<Vec<_>>().join(" "),
                    ..image
                }));
            }
            _ => {}
        }
    }
    found
}
