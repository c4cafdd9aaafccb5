//! An article as safe HTML, and as running text.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use super::blocks::{Role, blocks};
use super::images::Picture;
use super::read::Article;
use super::safe::{escape, image_words, leads, place, sanitizer, whole};
use super::token::{Token, is_block, tokens};

mod figure;

use figure::Figures;

/// Elements nested deeper are passed over, their words are not.
const DEEP: usize = 32;

/// The body as sanitised HTML whose headings begin at `h2`. Each mark (start, end, id) becomes a
/// `mark` around its words: the first with the id, more where other elements cut it.
/// Images are links.
pub fn to_html(article: &Article, marks: &[(usize, usize, String)]) -> String {
    illustrated(article, marks, &BTreeMap::new())
}

/// The same with the images that are kept here, by the addresses that [`super::images`] says; the
/// others are links.
pub fn illustrated(
    article: &Article,
    marks: &[(usize, usize, String)],
    kept: &BTreeMap<String, Picture>,
) -> String {
    let mut marks: Vec<Mark<'_>> = marks
        .iter()
        .map(|(start, end, id)| Mark { start: *start, end: *end, id, begun: false })
        .filter(|mark| mark.start < mark.end)
        .collect();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut writer = Writer {
        out: String::new(),
        open: vec![],
        begun: vec![],
        base: article.link.as_deref(),
        figures: Figures::of(kept),
        levels: vec![],
        marks,
        next: 0,
        image: None,
        words: false,
        places: HashSet::new(),
        notes: HashMap::new(),
    };
    let tokens = tokens(article);
    writer.look_ahead(&tokens);
    let skip = title_end(&tokens, &article.title);
    for token in tokens.iter().skip(skip) {
        writer.take(token);
    }
    writer.close_to(0);
    let kept = kept.values().map(|picture| picture.source.clone()).collect();
    sanitizer(article.link.as_deref(), kept).clean(&writer.out).to_string()
}

/// The body as running text: a paragraph a block, an empty line between two.
pub fn plain(article: &Article) -> String {
    let texts: Vec<String> = blocks(&tokens(article))
        .into_iter()
        .map(|block| match block.role {
            Role::Item => {
                format!("• {}", block.text.trim_start_matches(super::blocks::BULLETS).trim())
            }
            _ => block.text,
        })
        .collect();
    texts.join("\n\n")
}

/// How many tokens at the head only repeat the title, which the page shows above.
fn title_end(tokens: &[Token], title: &str) -> usize {
    let heading = |token: &Token| matches!(token, Token::Open("h1" | "h2", _));
    let Some(at) = tokens.iter().take(40).position(heading) else { return 0 };
    let before = tokens.iter().take(at).any(|token| matches!(token, Token::Text(..)));
    let mut words = String::new();
    for (number, token) in tokens.iter().enumerate().skip(at) {
        match token {
            Token::Text(text, ..) => words.push_str(text),
            Token::Close("h1" | "h2") => {
                let same = words.split_whitespace().eq(title.split_whitespace());
                return if same && !before { number + 1 } else { 0 };
            }
            _ => {}
        }
    }
    0
}

struct Mark<'a> {
    start: usize,
    end: usize,
    id: &'a str,
    begun: bool,
}

struct Writer<'a> {
    out: String,
    open: Vec<&'static str>,
    /// Where the tag of each begins and ends.
    begun: Vec<(usize, usize)>,
    /// Where the article stands.
    base: Option<&'a str>,
    figures: Figures<'a>,
    /// The source levels of the headings above.
    levels: Vec<u8>,
    marks: Vec<Mark<'a>>,
    /// The first mark that may still come.
    next: usize,
    /// The address of the image whose words come, and whether it had any.
    image: Option<String>,
    words: bool,
    /// The names of places that links lead to.
    places: HashSet<String>,
    /// The numbers of footnotes, by name.
    notes: HashMap<String, usize>,
}

impl Writer<'_> {
    /// Learns which places are led to, and the numbers of footnotes.
    fn look_ahead(&mut self, tokens: &[Token]) {
        for token in tokens {
            match token {
                Token::Open("a", Some(link)) => {
                    self.places.extend(link.strip_prefix('#').map(place));
                }
                Token::Open("note", Some(name)) if !name.starts_with('-') => {
                    let next = self.notes.len() + 1;
                    self.notes.entry(name.clone()).or_insert(next);
                    self.places.insert(place(&format!("fn-{name}")));
                }
                _ => {}
            }
        }
    }

    /// The number of a footnote: at its place in the text, or before its words.
    fn note(&mut self, name: &str) {
        let (name, is_text) = name.strip_prefix('-').map_or((name, true), |name| (name, false));
        let Some(number) = self.notes.get(name).copied() else { return };
        self.paragraph();
        let place = place(&format!("fn-{name}"));
        let html = if is_text {
            format!("<sup><span id=\"r-{number}\"></span><a href=\"#{place}\">{number}</a></sup>")
        } else {
            format!("<a href=\"#r-{number}\">{number}.</a> ")
        };
        self.out.push_str(&html);
    }

    fn take(&mut self, token: &Token) {
        if self.pictured(token) {
            return;
        }
        match token {
            Token::Open("img", address) => {
                self.image = Some(address.clone().unwrap_or_default());
                self.words = false;
                self.paragraph();
                self.open_link(address.as_deref());
            }
            Token::Close("img") => {
                if let Some(address) = self.image.take() {
                    let (named, host) = image_words(&whole(self.base, &address));
                    if !self.words {
                        escape(&mut self.out, &named);
                    }
                    self.close("a");
                    // Whose server would be asked is said before anybody follows the link.
                    if let Some(host) = host {
                        escape(&mut self.out, &format!(" ({host})"));
                    }
                }
            }
            Token::Open("a", address) => {
                self.paragraph();
                self.open_link(address.as_deref());
            }
            Token::Open("anchor", name) => {
                let place = place(name.as_deref().unwrap_or_default());
                if self.places.remove(&place) {
                    self.paragraph();
                    _ = write!(self.out, "<span id=\"{place}\"></span>");
                }
            }
            Token::Open("note", name) => self.note(name.as_deref().unwrap_or_default()),
            Token::Open("task", done) => {
                self.out.push_str(if done.is_some() { "☑ " } else { "☐ " });
            }
            Token::Open(name, _) => {
                if is_block(name) {
                    self.end_paragraph();
                } else {
                    self.paragraph();
                }
                let name = self.demoted(name);
                self.open(name);
            }
            Token::Close(name) => {
                let heading = name.len() == 2 && name.starts_with('h');
                let open = self.open.iter().rev().find(|open| heading && open.starts_with('h'));
                let name = open.copied().unwrap_or(name);
                self.close(name);
            }
            Token::Void(name) => {
                if *name == "hr" {
                    self.end_paragraph();
                }
                self.out.push_str(if *name == "hr" { "<hr>\n" } else { "<br>\n" });
            }
            Token::Edge => self.end_paragraph(),
            Token::Text(words, start, end) => {
                if !words.trim().is_empty() {
                    self.words = true;
                    self.paragraph();
                }
                self.text(words, *start, *end);
            }
        }
    }

    /// Headings begin below the title and go down one step at a time.
    fn demoted(&mut self, name: &'static str) -> &'static str {
        let &[b'h', digit @ b'1'..=b'6'] = name.as_bytes() else { return name };
        while self.levels.last().is_some_and(|level| *level >= digit) {
            self.levels.pop();
        }
        self.levels.push(digit);
        match self.levels.len() {
            1 => "h2",
            2 => "h3",
            3 => "h4",
            4 => "h5",
            _ => "h6",
        }
    }

    fn open_link(&mut self, address: Option<&str>) {
        // A link does not stand in a link.
        if self.open.contains(&"a") || self.open.len() >= DEEP {
            return;
        }
        let address = address.filter(|address| address.len() <= 4000).unwrap_or_default();
        if !address.starts_with('#') && !leads(self.base, address) {
            return;
        }
        let mut tag = "<a href=\"".to_owned();
        match address.strip_prefix('#') {
            Some(name) => _ = write!(tag, "#{}", place(name)),
            None => escape(&mut tag, address),
        }
        tag.push_str("\">");
        self.begin("a", &tag);
    }

    /// Writes the tag with which an element begins.
    fn begin(&mut self, name: &'static str, tag: &str) {
        let before = self.out.len();
        self.out.push_str(tag);
        self.open.push(name);
        self.begun.push((before, self.out.len()));
    }

    fn open(&mut self, name: &'static str) {
        if self.open.len() < DEEP {
            self.begin(name, &format!("<{name}>"));
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(name) = self.open.pop()
        {
            self.begun.pop();
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
            if is_block(name) {
                self.out.push('\n');
            }
        }
    }

    /// Words that stand in no block get a paragraph.
    fn paragraph(&mut self) {
        let holds = |name: &&str| !matches!(*name, "ul" | "ol" | "table" | "tr" | "blockquote");
        if !self.open.iter().any(|name| is_block(name) && holds(name)) {
            self.close_inline();
            self.open("p");
        }
    }

    fn end_paragraph(&mut self) {
        self.close_inline();
        if self.open.last() == Some(&"p") {
            self.close("p");
        }
    }

    fn close_inline(&mut self) {
        while self.open.last().is_some_and(|name| !is_block(name)) {
            self.close_to(self.open.len() - 1);
        }
    }

    /// Writes words, and the marks that begin, last or end in them.
    fn text(&mut self, words: &str, start: usize, end: usize) {
        while self.marks.get(self.next).is_some_and(|mark| mark.end <= start && start < end) {
            self.next += 1;
        }
        let same = words.len() == end - start;
        let mut at = start;
        let mut index = self.next;
        while let Some(mark) = self.marks.get_mut(index).filter(|mark| mark.start < end) {
            let (from, to) = (mark.start.max(at), mark.end.min(end));
            index += 1;
            if from >= to {
                continue;
            }
            let id = (!mark.begun).then_some(mark.id);
            mark.begun = true;
            let (before, inside) = if same {
                (words.get(at - start..from - start), words.get(from - start..to - start))
            } else {
                (Some(""), Some(words))
            };
            let (Some(before), Some(inside)) = (before, inside) else { continue };
            escape_text(&mut self.out, before);
            self.out.push_str("<mark");
            if let Some(id) = id {
                self.out.push_str(" id=\"");
                escape(&mut self.out, id);
                self.out.push('"');
            }
            self.out.push('>');
            escape_text(&mut self.out, inside);
            self.out.push_str("</mark>");
            at = if same { to } else { end };
        }
        let rest = if same {
            words.get(at - start..)
        } else {
            Some(words).filter(|_| at < end || start == end)
        };
        escape_text(&mut self.out, rest.unwrap_or_default());
    }
}

/// The parser behind the sanitiser copies a text anew at each character reference: comments, which
/// the sanitiser drops, keep its texts short.
fn escape_text(out: &mut String, text: &str) {
    let mut references = 0;
    for (at, c) in text.char_indices() {
        escape(out, text.get(at..at + c.len_utf8()).unwrap_or_default());
        if matches!(c, '&' | '<' | '>' | '"') {
            references += 1;
            if references % 200 == 0 {
                out.push_str("<!---->");
            }
        }
    }
}
