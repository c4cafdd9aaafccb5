//! Images that are kept here, within the article: figures with what is written under them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::images::Picture;
use super::super::safe::{escape, image_words, whole};
use super::super::token::{Token, is_block};
use super::Writer;

/// Smaller images, in pixels, stand in their line: they are signs among words.
const SMALL: u32 = 48;

/// What is known of the images that are kept, and of the one whose words come.
pub(super) struct Figures<'a> {
    kept: &'a BTreeMap<String, Picture>,
    now: Option<Now<'a>>,
    /// Whether the article itself has a figure open here.
    within: bool,
}

struct Now<'a> {
    address: String,
    picture: &'a Picture,
    words: String,
    title: Option<String>,
}

impl<'a> Figures<'a> {
    pub fn of(kept: &'a BTreeMap<String, Picture>) -> Self {
        Self { kept, now: None, within: false }
    }
}

impl Writer<'_> {
    /// Takes what belongs to an image that is kept, or to the figure around one; whether it did.
    pub(super) fn pictured(&mut self, token: &Token) -> bool {
        match (token, &mut self.figures.now) {
            (Token::Close("img"), Some(_)) => {
                if let Some(now) = self.figures.now.take() {
                    self.picture(now);
                }
            }
            (Token::Text(words, ..), Some(now)) => now.words.push_str(words),
            (Token::Open("title", title), Some(now)) => now.title.clone_from(title),
            (_, Some(_)) | (Token::Open("title", _), None) => {}
            (Token::Open("img", Some(written)), None) => {
                let address = whole(self.base, written);
                let Some(picture) = self.figures.kept.get(&address) else { return false };
                let words = String::new();
                self.figures.now = Some(Now { address, picture, words, title: None });
            }
            (Token::Open("figure", _), None) => {
                self.end_paragraph();
                self.figures.within = true;
            }
            (Token::Open("figcaption", _), None) => {
                self.end_paragraph();
                if self.open.contains(&"figure") {
                    self.open("figcaption");
                }
            }
            (Token::Close(name @ ("figure" | "figcaption")), None) => {
                self.end_paragraph();
                self.figures.within &= *name != "figure";
                self.close(name);
            }
            _ => return false,
        }
        true
    }

    fn picture(&mut self, now: Now<'_>) {
        let in_line = |name: &&str| {
            matches!(*name, "pre" | "figcaption") || (name.len() == 2 && name.starts_with('h'))
        };
        let small = now.picture.width.max(now.picture.height) <= SMALL;
        if small || self.open.iter().any(in_line) {
            self.paragraph();
            let linked = self.open.contains(&"a");
            self.image(&now, linked);
            self.words = true;
            return;
        }
        let link = self.open.iter().rposition(|name| *name == "a");
        let link = link.and_then(|at| self.begun.get(at).copied());
        let link = link.and_then(|(from, to)| self.out.get(from..to)).map(str::to_owned);
        self.leave_paragraph();
        if !self.open.contains(&"figure") {
            self.open("figure");
        }
        self.out.push_str(link.as_deref().unwrap_or_default());
        self.image(&now, link.is_some());
        self.out.push_str(if link.is_some() { "</a>" } else { "" });
        if !self.figures.within {
            if let Some(title) = &now.title {
                self.out.push_str("<figcaption>");
                escape(&mut self.out, title);
                self.out.push_str("</figcaption>");
            }
            self.close("figure");
        }
    }

    /// An image without words only adorns, unless it is all that a link has.
    fn image(&mut self, now: &Now<'_>, linked: bool) {
        let Picture { source, width, height } = now.picture;
        let (named, _) = image_words(&now.address);
        let words = if now.words.trim().is_empty() && linked { &named } else { now.words.trim() };
        self.out.push_str("<img src=\"");
        escape(&mut self.out, source);
        self.out.push_str("\" alt=\"");
        escape(&mut self.out, words);
        _ = write!(self.out, "\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">");
    }

    /// Ends the paragraph for something that cannot stand in one; what has nothing in it yet is
    /// taken back.
    fn leave_paragraph(&mut self) {
        while let (Some(name), Some((before, after))) = (self.open.last(), self.begun.last()) {
            let empty = self.out.get(*after..).is_some_and(|inside| inside.trim().is_empty());
            if !empty || (*name != "p" && is_block(name)) {
                break;
            }
            self.out.truncate(*before);
            self.open.pop();
            self.begun.pop();
        }
        self.end_paragraph();
    }
}
